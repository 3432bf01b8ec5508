/* Every group in three zones with up to four hosts each, some of them protected, some zones refusing, some
 * not the group's any more. */
#include "models/ecs/group/zone_balance.h"
#include "tests/group.h"
#include <stddef.h>
#include <string.h>

enum { ZONES = 3, MOST_HOSTS = 4 };

/* Calls `check` for each combination. */
static void for_all(struct zone_view *zones, int from, void (*check)(const struct zone_view *))
{
    if (from == ZONES) {
        check(zones);
        return;
    }
    struct zone_view *zone = &zones[from];
    for (int flags = 0; flags < 4; flags++)
        for (zone->hosts = 0; zone->hosts <= MOST_HOSTS; zone->hosts++)
            for (zone->candidates = 0; zone->candidates <= zone->hosts; zone->candidates++) {
                zone->used = flags & 1;
                zone->refuses = flags & 2;
                for_all(zones, from + 1, check);
            }
}

static bool takes(const struct zone_view *zone)
{
    return zone->used && !zone->refuses;
}

/* --- launches --------------------------------------------------------------------------------- */

/* Best effort: nobody who takes launches has fewer. */
static void check_best_effort(const struct zone_view *zones)
{
    int chosen = zone_for_launch(zones, ZONES, DISTRIBUTION_BALANCED_BEST_EFFORT);
    for (int i = 0; i < ZONES; i++) {
        if (chosen == NO_ZONE)
            assert_false(takes(&zones[i]));
        else
            assert_true(!takes(&zones[i]) || zones[i].hosts >= zones[chosen].hosts);
    }
    assert_true(chosen == NO_ZONE || takes(&zones[chosen]));
}

/* Only balanced: nobody at all has fewer, and where the fewest all refuse, nobody is chosen. */
static void check_only(const struct zone_view *zones)
{
    int chosen = zone_for_launch(zones, ZONES, DISTRIBUTION_BALANCED_ONLY);
    int64_t fewest = INT64_MAX;
    bool some_takes = false;
    for (int i = 0; i < ZONES; i++)
        if (zones[i].used && zones[i].hosts < fewest)
            fewest = zones[i].hosts;
    for (int i = 0; i < ZONES; i++)
        some_takes |= takes(&zones[i]) && zones[i].hosts == fewest;
    assert_int_equal(chosen != NO_ZONE, some_takes);
    assert_true(chosen == NO_ZONE || (takes(&zones[chosen]) && zones[chosen].hosts == fewest));
}

static void a_launch_goes_where_there_are_fewest(void **state)
{
    (void)state;
    struct zone_view zones[ZONES];
    for_all(zones, 0, check_best_effort);
    for_all(zones, 0, check_only);
}

/* --- scale-in --------------------------------------------------------------------------------- */

static bool goes_before(const struct zone_view *a, const struct zone_view *b)
{
    return a->candidates && ((!a->used && b->used) || (a->used == b->used && a->hosts > b->hosts));
}

static void check_scale_in(const struct zone_view *zones)
{
    bool any = false, some_candidate = false;
    int with_most = zone_with_most(zones, ZONES);
    for (int i = 0; i < ZONES; i++) {
        bool first = zones[i].candidates > 0;
        for (int j = 0; j < ZONES; j++)
            first &= !goes_before(&zones[j], &zones[i]);
        assert_int_equal(with_most != NO_ZONE && zone_scales_in(&zones[i], &zones[with_most]), first);
        any |= first;
        some_candidate |= zones[i].candidates > 0;
    }
    assert_int_equal(any, some_candidate);
}

static void scale_in_takes_from_the_zones_with_most(void **state)
{
    (void)state;
    struct zone_view zones[ZONES];
    for_all(zones, 0, check_scale_in);
}

/* --- rebalancing ------------------------------------------------------------------------------ */

static int64_t count_hosts(const struct zone_view *zones)
{
    int64_t count = 0;
    for (int i = 0; i < ZONES; i++)
        count += zones[i].hosts;
    return count;
}

/* Nothing could be moved any more: nobody who may give has more than one beyond somebody who takes, and
 * nobody is left in a zone that is not the group's, unless nobody takes or nobody may go. */
static void check_is_even(const struct zone_view *zones)
{
    for (int from = 0; from < ZONES; from++)
        for (int to = 0; to < ZONES; to++)
            if (zones[from].candidates && takes(&zones[to]))
                assert_true(zones[from].used && zones[from].hosts - zones[to].hosts <= 1);
}

static void check_moves(const struct zone_view *zones)
{
    struct zone_view moved[ZONES], step[ZONES];
    memcpy(moved, zones, sizeof moved);
    memcpy(step, zones, sizeof step);
    int64_t moves = zone_moves(moved, ZONES, INT64_MAX), steps = 0;
    check_is_even(moved);
    assert_int_equal(count_hosts(moved), count_hosts(zones));
    while (zone_moves(step, ZONES, 1))
        steps++;
    assert_int_equal(steps, moves);
    assert_memory_equal(step, moved, sizeof step);
    for (int i = 0; i < ZONES; i++) {
        assert_true(takes(&zones[i]) || moved[i].hosts <= zones[i].hosts);
        assert_true(moved[i].hosts >= zones[i].hosts - zones[i].candidates);
    }
}

static void rebalancing_ends_even_and_moves_nobody_who_is_protected(void **state)
{
    (void)state;
    struct zone_view zones[ZONES];
    for_all(zones, 0, check_moves);
}

/* ASG-07, ASG-08, ASG-10: 6 of 5, 11 of 10, 55 of 50. */
static void the_margin_is_a_tenth_or_one(void **state)
{
    (void)state;
    assert_int_equal(zone_rebalancing_margin(0), 1);
    assert_int_equal(zone_rebalancing_margin(5), 1);
    assert_int_equal(zone_rebalancing_margin(10), 1);
    assert_int_equal(zone_rebalancing_margin(19), 1);
    assert_int_equal(zone_rebalancing_margin(20), 2);
    assert_int_equal(zone_rebalancing_margin(50), 5);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_launch_goes_where_there_are_fewest),
        cmocka_unit_test(scale_in_takes_from_the_zones_with_most),
        cmocka_unit_test(rebalancing_ends_even_and_moves_nobody_who_is_protected),
        cmocka_unit_test(the_margin_is_a_tenth_or_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
