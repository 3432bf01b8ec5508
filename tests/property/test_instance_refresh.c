/* An instance refresh of a group, step by step, under every policy and with checkpoints: both pure rules at
 * once. */
#include "models/ecs/group/maintenance_policy.h"
#include "models/ecs/group/refresh_progress.h"
#include "tests/group.h"
#include <stdbool.h>
#include <stddef.h>

struct group {
    int64_t desired;
    struct refresh_census census;
    int64_t asked_ahead;
};

static int64_t capacity(const struct group *group)
{
    return group->census.updated + group->census.pending + group->census.outdated;
}

/* What it has beyond the desired capacity, of what it was to have. */
static int64_t present_ahead(const struct group *group)
{
    int64_t surplus = capacity(group) - group->desired;
    return surplus < 0 ? 0 : surplus < group->asked_ahead ? surplus : group->asked_ahead;
}

static void launch(struct group *group)
{
    int64_t missing = group->desired + group->asked_ahead - capacity(group);
    group->census.pending += missing > 0 ? missing : 0;
    group->census.ahead = present_ahead(group);
}

static void replace(struct group *group, struct maintenance_policy policy, int64_t due)
{
    struct maintenance_view view = {
        .desired = group->desired,
        .in_service = group->census.updated + group->census.outdated,
        .pending = group->census.pending,
        .outdated = due,
    };
    struct maintenance_step step = maintenance_step(policy, &view);
    group->census.outdated -= step.terminations;
    group->asked_ahead = step.ahead;
    launch(group);
    assert_true(capacity(group) <= maintenance_most(policy, group->desired));
}

/* At a checkpoint nothing is due: no more were terminated than it asks for. */
static void check_pause(const struct group *group, struct checkpoints checkpoints, size_t reached)
{
    int64_t gone = group->desired - group->census.outdated;
    int64_t asked = (group->desired * checkpoints.percentages[reached - 1] + 99) / 100;
    assert_int_equal(gone, asked);
    assert_int_equal(group->census.ahead, 0);
}

static void play(int64_t desired, struct maintenance_policy policy, struct checkpoints checkpoints)
{
    struct group group = {.desired = desired, .census = {.outdated = desired}};
    size_t reached = 0, count = refresh_checkpoint_count(checkpoints);
    for (int64_t rounds = 0;; rounds++) {
        size_t now = refresh_checkpoints_reached(checkpoints, &group.census);
        assert_true(now >= reached && rounds <= 2 * desired + 2);
        if (now > reached)
            check_pause(&group, checkpoints, now);
        reached = now;
        if (reached == count)
            break;
        replace(&group, policy, refresh_due(checkpoints, reached, &group.census));
        group.census.updated += group.census.pending;
        group.census.pending = 0;
    }
    assert_int_equal(refresh_percentage_complete(&group.census) >= checkpoints.percentages[count - 1], true);
}

/* ASG-26, ASG-27 and everything between: it pauses where it should, and ends. */
static void every_refresh_stops_at_its_checkpoints_and_ends(void **state)
{
    (void)state;
    static const int64_t all[] = {100}, some[] = {10, 40, 100}, part[] = {1, 20},
                         many[] = {7, 33, 34, 66, 100};
    static const struct checkpoints lists[] = {{all, 1}, {some, 3}, {part, 2}, {many, 5}};
    for (int64_t desired = 0; desired <= 30; desired++)
        for (int64_t least = 0; least <= 100; least += 10)
            for (int64_t most = 100; most <= 200 && most - least <= 100; most += 10)
                for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
                    play(desired, (struct maintenance_policy){least, most}, lists[i]);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_refresh_stops_at_its_checkpoints_and_ends)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
