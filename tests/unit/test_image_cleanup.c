/* Which images a cycle of the agent's cleanup removes, and which cycle is the next that removes any: all
 * small cases, and larger ones by chance, against the rule taken word by word. */
#include "models/ecs/image/image_cleanup.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"
#include <string.h>

enum { SHELF = 12, HORIZON = 60 };

/* A store of so many images, each by itself. */
struct shelf {
    struct image_store store;
    struct stored_image images[SHELF];
    struct image is[SHELF];
};

static void fill(struct shelf *shelf, size_t count)
{
    shelf->store.images = shelf->images;
    shelf->store.image_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        shelf->images[i].image = &shelf->is[i];
}

/* --- the rule, word by word ------------------------------------------------------------------- */

static bool may_go(const struct cleanup_rules *rules, const struct stored_image *image, simtime now)
{
    return !rules->off && image->references == 0 && now - image->pulled_at >= rules->minimum_age;
}

/* One image after the other: the least recently used of those that may go and have not gone. */
static size_t remove_one_by_one(const struct cleanup_rules *rules, const struct shelf *shelf, simtime now,
                                const struct image **removed)
{
    bool gone[SHELF] = {0};
    size_t total = 0, count = shelf->store.image_count;
    while ((int64_t)total < rules->most_per_cycle) {
        size_t least = count;
        for (size_t i = count; i-- > 0;)
            if (!gone[i] && may_go(rules, &shelf->images[i], now) &&
                (least == count || shelf->images[i].used_at <= shelf->images[least].used_at))
                least = i;
        if (least == count)
            break;
        gone[least] = true;
        removed[total++] = &shelf->is[least];
    }
    return total;
}

/* Every cycle is looked at. */
static simtime poll(const struct cleanup_rules *rules, const struct shelf *shelf, simtime started_at,
                    simtime now)
{
    const struct image *removed[SHELF];
    for (simtime cycle = started_at + rules->interval; cycle <= now + HORIZON; cycle += rules->interval)
        if (cycle > now && image_cleanup_choose(rules, &shelf->store, cycle, removed))
            return cycle;
    return SIMTIME_NEVER;
}

static void hold(const struct cleanup_rules *rules, const struct shelf *shelf, simtime started_at,
                 simtime now)
{
    const struct image *wanted[SHELF], *got[SHELF];
    size_t many = remove_one_by_one(rules, shelf, now, wanted);
    assert_int_equal(image_cleanup_choose(rules, &shelf->store, now, got), many);
    for (size_t i = 0; i < many; i++)
        assert_ptr_equal(got[i], wanted[i]);
    assert_int_equal(image_cleanup_next(rules, &shelf->store, started_at, now),
                     poll(rules, shelf, started_at, now));
}

/* --- cases ------------------------------------------------------------------------------------ */

/* Number `n` of all images: pulled at 0 to 2, used last 0 to 2 later, referred to or not. */
enum { KINDS_OF_IMAGE = 3 * 3 * 2 };
static void set_kind(struct stored_image *image, int n)
{
    image->pulled_at = n % 3;
    image->used_at = image->pulled_at + n / 3 % 3;
    image->references = n / 9;
}

static void every_pair_of_images_under_every_rule(void **state)
{
    (void)state;
    for (int a = 0; a < KINDS_OF_IMAGE; a++)
        for (int b = 0; b < KINDS_OF_IMAGE; b++)
            for (int n = 0; n < 2 * 4 * 3 * 3 * 2 * 9; n++) {
                struct shelf shelf = {0};
                fill(&shelf, n % 5 ? 2 : 1);
                set_kind(&shelf.images[0], a);
                set_kind(&shelf.images[1], b);
                struct cleanup_rules rules = {.off = n % 18 == 17,
                                              .minimum_age = n % 4,
                                              .interval = 1 + n / 4 % 3,
                                              .most_per_cycle = 1 + n / 12 % 3};
                hold(&rules, &shelf, n / 36 % 2, n / 72 % 9);
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
        struct shelf shelf = {0};
        fill(&shelf, (size_t)draw(key, &nth, SHELF + 1));
        for (size_t i = 0; i < shelf.store.image_count; i++) {
            shelf.images[i].pulled_at = draw(key, &nth, 10);
            shelf.images[i].used_at = shelf.images[i].pulled_at + draw(key, &nth, 5);
            shelf.images[i].references = draw(key, &nth, 3) / 2;
        }
        struct cleanup_rules rules = {.off = draw(key, &nth, 20) == 0};
        rules.minimum_age = draw(key, &nth, 12);
        rules.interval = 1 + draw(key, &nth, 7);
        rules.most_per_cycle = 1 + draw(key, &nth, 5);
        simtime started_at = draw(key, &nth, 6);
        hold(&rules, &shelf, started_at, started_at + draw(key, &nth, 20));
    }
}

/* Five an interval until nothing is left, and then no cycle any more. [AGENT:README.md] */
static void eleven_images_go_in_three_cycles(void **state)
{
    (void)state;
    struct cleanup_rules rules = {.interval = 30, .minimum_age = 60, .most_per_cycle = 5};
    struct shelf shelf = {0};
    const struct image *removed[SHELF];
    fill(&shelf, 11);
    for (size_t i = 0; i < 11; i++) {
        shelf.images[i].pulled_at = 5;
        shelf.images[i].used_at = 200 - (simtime)i;
    }
    simtime now = 10;
    for (int cycle = 0; cycle < 3; cycle++) {
        now = image_cleanup_next(&rules, &shelf.store, 0, now);
        assert_int_equal(now, 90 + 30 * cycle);
        assert_true(image_cleanup_is_due(&rules, 0, now));
        size_t gone = image_cleanup_choose(&rules, &shelf.store, now, removed);
        assert_int_equal(gone, cycle < 2 ? 5 : 1);
        assert_ptr_equal(removed[0], &shelf.is[shelf.store.image_count - 1]); /* used the longest ago */
        shelf.store.image_count -= (uint32_t)gone;
    }
    assert_int_equal(image_cleanup_next(&rules, &shelf.store, 0, now), SIMTIME_NEVER);
}

static void cycles_are_counted_from_the_start_of_the_agent(void **state)
{
    (void)state;
    struct cleanup_rules rules = {.interval = 30, .most_per_cycle = 5};
    assert_false(image_cleanup_is_due(&rules, 7, 7));
    assert_false(image_cleanup_is_due(&rules, 7, 30));
    assert_true(image_cleanup_is_due(&rules, 7, 37));
    struct shelf shelf = {.images = {{.pulled_at = 1, .used_at = 1}}};
    fill(&shelf, 1);
    assert_int_equal(image_cleanup_next(&rules, &shelf.store, 7, 36), 37);
    assert_int_equal(image_cleanup_next(&rules, &shelf.store, 7, 37), 67);
}

static void a_rule_of_a_century_fits(void **state)
{
    (void)state;
    struct shelf shelf = {.images = {{.pulled_at = 100 * 366 * SIMTIME_DAY}}};
    struct cleanup_rules never = {
        .interval = SIMTIME_NEVER, .minimum_age = SIMTIME_NEVER, .most_per_cycle = 1};
    fill(&shelf, 1);
    assert_int_equal(image_cleanup_next(&never, &shelf.store, 0, 0), SIMTIME_NEVER);
}

/* --- with layers ------------------------------------------------------------------------------ */

/* What a cycle leaves is what the images left have, each layer once: whatever is removed by chance. */
static void a_layer_goes_with_its_last_image(void **state)
{
    (void)state;
    enum { LAYERS = 6 };
    rng_key key = rng_open(1, 2, 1, 1);
    uint64_t nth = 0;
    for (int round = 0; round < 500; round++) {
        struct image_layer layers[LAYERS];
        struct image images[SHELF] = {0};
        const struct image_layer *of[SHELF][LAYERS];
        struct image_store store = {0};
        for (int i = 0; i < LAYERS; i++)
            layers[i] = (struct image_layer){"", 1 + draw(key, &nth, 50), (uint32_t)i};
        for (int i = 0; i < SHELF; i++) {
            images[i].layers = of[i];
            for (int k = 0; k < LAYERS; k++)
                if (draw(key, &nth, 3) == 0)
                    of[i][images[i].layer_count++] = &layers[k];
            image_store_add(&store, &images[i], NULL, draw(key, &nth, 9));
        }
        struct cleanup_rules rules = {.interval = 1, .minimum_age = draw(key, &nth, 4), .most_per_cycle = 3};
        for (simtime now = 1; now <= 8; now++) {
            const struct image *removed[SHELF];
            size_t count = image_cleanup_choose(&rules, &store, now, removed);
            for (size_t i = 0; i < count; i++)
                image_store_remove(&store, removed[i]);
            int64_t bytes = 0;
            for (int k = 0; k < LAYERS; k++) {
                bool left = false;
                for (uint32_t i = 0; i < store.image_count; i++)
                    for (uint32_t l = 0; l < store.images[i].image->layer_count; l++)
                        left |= store.images[i].image->layers[l] == &layers[k];
                bytes += left ? layers[k].bytes : 0;
            }
            assert_int_equal(store.claimed, bytes);
        }
        image_store_free(&store);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_images_under_every_rule),
        cmocka_unit_test(many_images_by_chance),
        cmocka_unit_test(eleven_images_go_in_three_cycles),
        cmocka_unit_test(cycles_are_counted_from_the_start_of_the_agent),
        cmocka_unit_test(a_rule_of_a_century_fits),
        cmocka_unit_test(a_layer_goes_with_its_last_image),
    };
    return RUN_TESTS(tests);
}
