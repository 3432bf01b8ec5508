/* Replacing all instances of a group, step by step to the end, under every policy that AWS accepts. */
#include "models/ecs/group/maintenance_policy.h"
#include "tests/group.h"
#include <stdbool.h>
#include <stddef.h>

static const int64_t percents_below[] = {0, 1, 33, 50, 66, 75, 80, 89, 90, 99, 100};
static const int64_t percents_above[] = {100, 101, 110, 120, 133, 150, 199, 200};

struct group {
    int64_t desired, old, fresh, pending;
    int64_t fewest, most; /* that were in service, and in all, while it was replaced */
    int64_t rounds;
};

static void note(struct group *group)
{
    int64_t in_service = group->old + group->fresh, all = in_service + group->pending;
    group->fewest = in_service < group->fewest ? in_service : group->fewest;
    group->most = all > group->most ? all : group->most;
}

/* The group launches up to what is wanted, as it does of itself. */
static void take_step(struct group *group, struct maintenance_policy policy)
{
    struct maintenance_view view = {group->desired, group->old + group->fresh, group->pending, group->old};
    struct maintenance_step step = maintenance_step(policy, &view);
    assert_in_range(step.terminations, 0, group->old);
    group->old -= step.terminations;
    int64_t missing = group->desired + step.ahead - group->old - group->fresh - group->pending;
    group->pending += missing > 0 ? missing : 0;
    group->rounds++;
    note(group);
}

static struct group replace_all(int64_t desired, struct maintenance_policy policy)
{
    struct group group = {.desired = desired, .old = desired, .fewest = desired, .most = desired};
    while (group.old > 0 || group.pending > 0) {
        take_step(&group, policy);
        group.fresh += group.pending;
        group.pending = 0;
        assert_true(group.rounds <= desired + 1);
    }
    return group;
}

static bool lies_in_range(const struct group *group, struct maintenance_policy policy)
{
    int64_t least = maintenance_least(policy, group->desired),
            most = maintenance_most(policy, group->desired);
    return group->most <= most && group->fewest >= (least == most && least > 0 ? least - 1 : least);
}

/* Whatever the range, it ends, with as many new instances as were desired, and it never leaves the range. */
static void every_policy_replaces_every_group(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof percents_below / sizeof *percents_below; i++)
        for (size_t j = 0; j < sizeof percents_above / sizeof *percents_above; j++)
            for (int64_t desired = 0; desired <= 40; desired++) {
                struct maintenance_policy policy = {percents_below[i], percents_above[j]};
                struct group group = replace_all(desired, policy);
                assert_int_equal(group.fresh, desired);
                assert_true(lies_in_range(&group, policy));
            }
}

/* ASG-21 */
static void of_100_under_90_120_there_are_between_90_and_120(void **state)
{
    (void)state;
    struct group group = replace_all(100, (struct maintenance_policy){90, 120});
    assert_int_equal(group.fewest, 90);
    assert_int_equal(group.most, 120);
}

/* ASG-27 */
static void a_minimum_of_100_is_one_at_a_time_and_one_of_0_all_at_once(void **state)
{
    (void)state;
    struct maintenance_policy one = {100, 100}, all = {0, 100};
    struct maintenance_view full = {10, 10, 0, 10}, one_is_pending = {10, 9, 1, 9},
                            one_more_is_pending = {10, 10, 1, 10};
    assert_int_equal(maintenance_step(one, &full).terminations, 1);
    assert_int_equal(maintenance_step(one, &one_is_pending).terminations, 0);
    assert_int_equal(maintenance_step(one, &one_more_is_pending).terminations, 0);
    assert_int_equal(maintenance_step(all, &full).terminations, 10);
    assert_int_equal(replace_all(10, one).rounds, 10);
    assert_int_equal(replace_all(10, all).rounds, 1);
}

/* A group of one launches first if it may be larger, and else is without it for a while. */
static void of_one_instance_its_successor_may_come_first(void **state)
{
    (void)state;
    struct maintenance_view alone = {1, 1, 0, 1}, successor_is_there = {1, 2, 0, 1};
    struct maintenance_policy first = {100, 110};
    assert_int_equal(maintenance_step(first, &alone).terminations, 0);
    assert_int_equal(maintenance_step(first, &alone).ahead, 1);
    assert_int_equal(maintenance_step(first, &successor_is_there).terminations, 1);
    assert_int_equal(maintenance_step(first, &successor_is_there).ahead, 0);
    assert_int_equal(maintenance_step(maintenance_by_default, &alone).terminations, 1);
    assert_int_equal(maintenance_step(maintenance_by_default, &alone).ahead, 0);
}

/* Where launches are refused it waits, and never takes another. */
static void below_the_minimum_nothing_is_terminated(void **state)
{
    (void)state;
    for (int64_t in_service = 0; in_service < 90; in_service++) {
        struct maintenance_view view = {100, in_service, 0, in_service};
        assert_int_equal(maintenance_step(maintenance_by_default, &view).terminations, 0);
    }
}

/* [EAS asg-instance-refresh] for the minimum. */
static void a_minimum_is_rounded_up_and_a_maximum_down(void **state)
{
    (void)state;
    assert_int_equal(maintenance_least((struct maintenance_policy){90, 100}, 5), 5);
    assert_int_equal(maintenance_least((struct maintenance_policy){50, 100}, 3), 2);
    assert_int_equal(maintenance_least((struct maintenance_policy){33, 100}, 10), 4);
    assert_int_equal(maintenance_least((struct maintenance_policy){0, 100}, 7), 0);
    assert_int_equal(maintenance_most((struct maintenance_policy){100, 120}, 9), 10);
    assert_int_equal(maintenance_most((struct maintenance_policy){100, 110}, 25), 27);
    assert_int_equal(maintenance_most((struct maintenance_policy){100, 110}, 5), 6);
    assert_int_equal(maintenance_most((struct maintenance_policy){100, 100}, 5), 5);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_policy_replaces_every_group),
        cmocka_unit_test(of_100_under_90_120_there_are_between_90_and_120),
        cmocka_unit_test(a_minimum_of_100_is_one_at_a_time_and_one_of_0_all_at_once),
        cmocka_unit_test(of_one_instance_its_successor_may_come_first),
        cmocka_unit_test(below_the_minimum_nothing_is_terminated),
        cmocka_unit_test(a_minimum_is_rounded_up_and_a_maximum_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
