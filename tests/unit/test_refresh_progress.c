/* Checkpoints of an instance refresh, and how far it is. */
#include "models/ecs/group/refresh_progress.h"
#include "tests/group.h"
#include <stddef.h>

#define CHECKPOINTS(...)                                                                                     \
    ((struct checkpoints){(const int64_t[]){__VA_ARGS__},                                                    \
                          sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t)})

static const struct checkpoints none = {NULL, 0};

static struct refresh_census census(int64_t updated, int64_t pending, int64_t outdated)
{
    return (struct refresh_census){.updated = updated, .pending = pending, .outdated = outdated};
}

/* ASG-26: after the first of two, 10 is skipped and 40 is reached. */
static void a_percentage_that_was_jumped_over_is_skipped(void **state)
{
    (void)state;
    struct checkpoints checkpoints = CHECKPOINTS(10, 40, 100);
    struct refresh_census before = census(0, 0, 2), under_way = census(0, 1, 1), after = census(1, 0, 1);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &before), 0);
    assert_int_equal(refresh_due(checkpoints, 0, &before), 1);
    assert_int_equal(refresh_due(checkpoints, 0, &under_way), 0);
    assert_int_equal(refresh_percentage_complete(&under_way), 0);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &after), 2);
    assert_int_equal(refresh_percentage_complete(&after), 50);
    assert_int_equal(refresh_due(checkpoints, 2, &after), 1);
}

/* AWS's own example: of 10, checkpoints at 20 and 50 %: two, then three and no more. */
static void no_more_are_replaced_than_a_checkpoint_asks_for(void **state)
{
    (void)state;
    struct checkpoints checkpoints = CHECKPOINTS(20, 50);
    struct refresh_census begun = census(0, 0, 10), fifth = census(2, 0, 8), more = census(4, 0, 6),
                          half = census(5, 0, 5);
    assert_int_equal(refresh_due(checkpoints, 0, &begun), 2);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &fifth), 1);
    assert_int_equal(refresh_due(checkpoints, 1, &fifth), 3);
    assert_int_equal(refresh_due(checkpoints, 1, &more), 1);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &half), refresh_checkpoint_count(checkpoints));
    assert_int_equal(refresh_due(checkpoints, 2, &half), 0);
    assert_int_equal(refresh_instances_to_update(&half), 5);
}

static void without_checkpoints_it_goes_to_the_end(void **state)
{
    (void)state;
    struct refresh_census begun = census(0, 0, 10), done = census(10, 0, 0), warming = census(9, 1, 0);
    assert_int_equal(refresh_due(none, 0, &begun), 10);
    assert_int_equal(refresh_checkpoints_reached(none, &warming), 0);
    assert_int_equal(refresh_checkpoints_reached(none, &done), refresh_checkpoint_count(none));
}

static void of_no_instances_all_are_updated(void **state)
{
    (void)state;
    struct refresh_census empty = census(0, 0, 0);
    assert_int_equal(refresh_percentage_complete(&empty), 100);
    assert_int_equal(refresh_checkpoints_reached(none, &empty), 1);
}

/* A group that grows may reach a checkpoint again. */
static void growth_takes_a_checkpoint_back(void **state)
{
    (void)state;
    struct checkpoints checkpoints = CHECKPOINTS(50, 100);
    struct refresh_census before = census(5, 0, 5), grown = census(5, 4, 5), again = census(9, 0, 5);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &before), 1);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &grown), 0);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &again), 1);
}

/* What is due is there to be replaced, and takes the refresh to its next checkpoint, and not beyond. */
static void what_is_due_reaches_the_next_checkpoint_and_no_other(void **state)
{
    (void)state;
    static const int64_t percentages[] = {1, 10, 33, 34, 50, 99, 100};
    struct checkpoints checkpoints = {percentages, 7};
    for (int64_t all = 0; all <= 25; all++)
        for (int64_t updated = 0; updated <= all; updated++) {
            struct refresh_census now = census(updated, 0, all - updated);
            size_t reached = refresh_checkpoints_reached(checkpoints, &now);
            int64_t due = refresh_due(checkpoints, reached, &now);
            struct refresh_census then = census(updated + due, 0, all - updated - due);
            struct refresh_census short_of_it = census(updated + due - 1, 0, all - updated - due + 1);
            assert_in_range(due, reached < 7, now.outdated);
            assert_true(refresh_checkpoints_reached(checkpoints, &then) > reached || reached == 7);
            assert_true(!due || refresh_checkpoints_reached(checkpoints, &short_of_it) == reached);
        }
}

/* A successor that was launched first has replaced nothing until its predecessor is gone. */
static void what_was_launched_first_counts_when_its_predecessor_is_gone(void **state)
{
    (void)state;
    struct checkpoints checkpoints = CHECKPOINTS(10, 100);
    struct refresh_census launched = {0, 10, 100, 10}, warm = {10, 0, 100, 10}, gone = {10, 0, 90, 0};
    assert_int_equal(refresh_due(checkpoints, 0, &launched), 10);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &warm), 0);
    assert_int_equal(refresh_due(checkpoints, 0, &warm), 10);
    assert_int_equal(refresh_instances_to_update(&warm), 100);
    assert_int_equal(refresh_checkpoints_reached(checkpoints, &gone), 1);
    assert_int_equal(refresh_percentage_complete(&gone), 10);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_percentage_that_was_jumped_over_is_skipped),
        cmocka_unit_test(no_more_are_replaced_than_a_checkpoint_asks_for),
        cmocka_unit_test(without_checkpoints_it_goes_to_the_end),
        cmocka_unit_test(of_no_instances_all_are_updated),
        cmocka_unit_test(growth_takes_a_checkpoint_back),
        cmocka_unit_test(what_was_launched_first_counts_when_its_predecessor_is_gone),
        cmocka_unit_test(what_is_due_reaches_the_next_checkpoint_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
