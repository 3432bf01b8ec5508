/* Which images a cycle of the agent's cleanup removes, and which cycle is the next that removes any: all
 * small cases, and larger ones by chance, against the rule taken word by word. */
#include "models/ecs/image/image_cleanup.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"
#include <string.h>

enum { MOST_IMAGES = 12, HORIZON = 60 };

/* --- the rule, word by word ------------------------------------------------------------------- */

static bool may_go(const struct cleanup_rules *rules, const struct cleanup_image *image, simtime now)
{
    return !rules->off && image->references == 0 && now - image->pulled_at >= rules->minimum_age;
}

/* One image after the other: the least recently used of those that may go and have not gone. */
static size_t remove_one_by_one(const struct cleanup_rules *rules, const struct cleanup_image *images,
                                size_t count, simtime now, size_t *removed)
{
    bool gone[MOST_IMAGES] = {0};
    size_t total = 0;
    while ((int64_t)total < rules->most_per_cycle) {
        size_t least = count;
        for (size_t i = count; i-- > 0;)
            if (!gone[i] && may_go(rules, &images[i], now) &&
                (least == count || images[i].last_used_at <= images[least].last_used_at))
                least = i;
        if (least == count)
            break;
        gone[least] = true;
        removed[total++] = least;
    }
    return total;
}

/* Every cycle is looked at. */
static simtime poll(const struct cleanup_rules *rules, const struct cleanup_image *images, size_t count,
                    simtime started_at, simtime now)
{
    size_t removed[MOST_IMAGES];
    for (simtime cycle = started_at + rules->interval; cycle <= now + HORIZON; cycle += rules->interval)
        if (cycle > now && image_cleanup_choose(rules, images, count, cycle, removed))
            return cycle;
    return SIMTIME_NEVER;
}

static void hold(const struct cleanup_rules *rules, const struct cleanup_image *images, size_t count,
                 simtime started_at, simtime now)
{
    size_t wanted[MOST_IMAGES], got[MOST_IMAGES];
    size_t many = remove_one_by_one(rules, images, count, now, wanted);
    assert_int_equal(image_cleanup_choose(rules, images, count, now, got), many);
    assert_memory_equal(got, wanted, many * sizeof *got);
    assert_int_equal(image_cleanup_next(rules, images, count, started_at, now),
                     poll(rules, images, count, started_at, now));
}

/* --- cases ------------------------------------------------------------------------------------ */

/* Number `n` of all images: pulled at 0 to 2, used last 0 to 2 later, referred to or not. */
enum { KINDS_OF_IMAGE = 3 * 3 * 2 };
static struct cleanup_image image_of_kind(int n)
{
    simtime pulled_at = n % 3;
    return (struct cleanup_image){pulled_at, pulled_at + n / 3 % 3, n / 9};
}

static void every_pair_of_images_under_every_rule(void **state)
{
    (void)state;
    for (int a = 0; a < KINDS_OF_IMAGE; a++)
        for (int b = 0; b < KINDS_OF_IMAGE; b++)
            for (int n = 0; n < 2 * 4 * 3 * 3 * 2 * 9; n++) {
                struct cleanup_image images[] = {image_of_kind(a), image_of_kind(b)};
                struct cleanup_rules rules = {.off = n % 18 == 17,
                                              .minimum_age = n % 4,
                                              .interval = 1 + n / 4 % 3,
                                              .most_per_cycle = 1 + n / 12 % 3};
                simtime started_at = n / 36 % 2, now = n / 72 % 9;
                hold(&rules, images, n % 5 ? 2 : 1, started_at, now);
            }
}

static int64_t draw(rng_key key, uint64_t *nth, int64_t below)
{
    return (int64_t)rng_below(key, (*nth)++, (uint64_t)below);
}

static void many_images_by_chance(void **state)
{
    (void)state;
    rng_key key = rng_open(1, 1, 1, 1);
    uint64_t nth = 0;
    for (int round = 0; round < 20000; round++) {
        struct cleanup_image images[MOST_IMAGES];
        size_t count = (size_t)draw(key, &nth, MOST_IMAGES + 1);
        for (size_t i = 0; i < count; i++) {
            images[i].pulled_at = draw(key, &nth, 10);
            images[i].last_used_at = images[i].pulled_at + draw(key, &nth, 5);
            images[i].references = draw(key, &nth, 3) / 2;
        }
        struct cleanup_rules rules = {.off = draw(key, &nth, 20) == 0};
        rules.minimum_age = draw(key, &nth, 12);
        rules.interval = 1 + draw(key, &nth, 7);
        rules.most_per_cycle = 1 + draw(key, &nth, 5);
        simtime started_at = draw(key, &nth, 6);
        hold(&rules, images, count, started_at, started_at + draw(key, &nth, 20));
    }
}

/* Five an interval until nothing is left, and then no cycle any more. [AGENT:README.md] */
static void eleven_images_go_in_three_cycles(void **state)
{
    (void)state;
    struct cleanup_rules rules = {.interval = 30, .minimum_age = 60, .most_per_cycle = 5};
    struct cleanup_image images[11];
    size_t removed[11], left = 11;
    for (size_t i = 0; i < left; i++)
        images[i] = (struct cleanup_image){.pulled_at = 5, .last_used_at = 200 - (simtime)i};
    simtime now = 10;
    for (int cycle = 0; cycle < 3; cycle++) {
        now = image_cleanup_next(&rules, images, left, 0, now);
        assert_int_equal(now, 90 + 30 * cycle);
        assert_true(image_cleanup_is_due(&rules, 0, now));
        size_t gone = image_cleanup_choose(&rules, images, left, now, removed);
        assert_int_equal(gone, cycle < 2 ? 5 : 1);
        assert_int_equal(removed[0], left - 1); /* used last the longest ago */
        left -= gone;
    }
    assert_int_equal(image_cleanup_next(&rules, images, left, 0, now), SIMTIME_NEVER);
}

static void cycles_are_counted_from_the_start_of_the_agent(void **state)
{
    (void)state;
    struct cleanup_rules rules = {.interval = 30, .most_per_cycle = 5};
    assert_false(image_cleanup_is_due(&rules, 7, 7));
    assert_false(image_cleanup_is_due(&rules, 7, 30));
    assert_true(image_cleanup_is_due(&rules, 7, 37));
    struct cleanup_image image = {.pulled_at = 1, .last_used_at = 1};
    assert_int_equal(image_cleanup_next(&rules, &image, 1, 7, 36), 37);
    assert_int_equal(image_cleanup_next(&rules, &image, 1, 7, 37), 67);
}

static void a_rule_of_a_century_fits(void **state)
{
    (void)state;
    struct cleanup_image image = {.pulled_at = 100 * 366 * SIMTIME_DAY};
    struct cleanup_rules never = {
        .interval = SIMTIME_NEVER, .minimum_age = SIMTIME_NEVER, .most_per_cycle = 1};
    assert_int_equal(image_cleanup_next(&never, &image, 1, 0, 0), SIMTIME_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_images_under_every_rule),
        cmocka_unit_test(many_images_by_chance),
        cmocka_unit_test(eleven_images_go_in_three_cycles),
        cmocka_unit_test(cycles_are_counted_from_the_start_of_the_agent),
        cmocka_unit_test(a_rule_of_a_century_fits),
    };
    return RUN_TESTS(tests);
}
