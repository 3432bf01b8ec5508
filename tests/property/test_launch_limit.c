/* No minute ever holds more launches than its quota, over all small sequences of wishes. */
#include "models/ecs/service/launch_limit.h"
#include "tests/group.h"
#include <stddef.h>

enum { STEPS = 11, MOST = 3, WISHES = 3 };

/* The test's own books: what was launched at each step. */
struct books {
    struct launches launches;
    simtime step;
    int64_t launched[STEPS];
};

/* By the plain definition. */
static int64_t in_the_minute_before(const struct books *books, int step)
{
    int64_t tasks = 0;
    for (int i = 0; i < step; i++)
        if ((step - i) * books->step < SIMTIME_MINUTE)
            tasks += books->launched[i];
    return tasks;
}

/* Ten seconds apart, each launch is told exactly; closer ones may be allowed less. */
static void launch(struct books *books, int step, int64_t wish, bool exact)
{
    simtime now = step * books->step;
    int64_t allowed = launches_allowed(&books->launches, now, MOST);
    int64_t left = MOST - in_the_minute_before(books, step);
    assert_true(allowed >= 0 && allowed <= left);
    if (exact)
        assert_int_equal(allowed, left);
    int64_t tasks = wish < allowed ? wish : allowed;
    books->launched[step] = tasks;
    if (tasks)
        launches_add(&books->launches, now, tasks);
    if (tasks == wish)
        return;
    simtime again = launches_continue_at(&books->launches, now);
    assert_true(again > now && again <= now + SIMTIME_MINUTE);
    assert_int_equal(launches_allowed(&books->launches, again - 1, MOST), allowed - tasks);
    assert_true(launches_allowed(&books->launches, again, MOST) > allowed - tasks);
}

static void try_all(const struct books *before, int step, bool exact)
{
    for (int64_t wish = 0; step < STEPS && wish < WISHES; wish++) {
        struct books books = *before;
        launch(&books, step, wish, exact);
        try_all(&books, step + 1, exact);
    }
}

static void no_minute_holds_more_than_its_quota(void **state)
{
    (void)state;
    try_all(&(struct books){.step = 10 * SIMTIME_SECOND}, 0, true);
    try_all(&(struct books){.step = 30 * SIMTIME_SECOND}, 0, true);
    try_all(&(struct books){.step = SIMTIME_MINUTE}, 0, true);
    try_all(&(struct books){.step = 9 * SIMTIME_SECOND}, 0, false);
    try_all(&(struct books){.step = 4 * SIMTIME_SECOND}, 0, false);
}

/* A task each second, sixty instants in a minute: a quota of sixty is all but used, one of seventy not felt.
 */
static int64_t trickle(int64_t quota)
{
    struct launches launches = {0};
    int64_t launched[600] = {0}, total = 0;
    for (int second = 0; second < 600; second++) {
        int64_t minute = 0;
        launched[second] = launches_allowed(&launches, second * SIMTIME_SECOND, quota) > 0;
        if (launched[second])
            launches_add(&launches, second * SIMTIME_SECOND, 1);
        for (int i = second; i >= 0 && i > second - 60; i--)
            minute += launched[i];
        assert_true(minute <= quota);
        total += launched[second];
    }
    return total;
}

static void a_trickle_is_held_to_its_quota_and_no_further(void **state)
{
    (void)state;
    assert_int_equal(trickle(70), 600);
    assert_in_range(trickle(60), 500, 600);
    assert_in_range(trickle(30), 250, 300);
}

/* Launches of one instant are one. */
static void one_instant_is_told_once(void **state)
{
    (void)state;
    struct launches launches = {0};
    for (int i = 0; i < 20; i++)
        launches_add(&launches, SIMTIME_SECOND, 10);
    assert_int_equal(launches.count, 1);
    assert_int_equal(launches_allowed(&launches, SIMTIME_SECOND, 500), 300);
    assert_int_equal(launches_allowed(&launches, SIMTIME_SECOND + SIMTIME_MINUTE - 1, 500), 300);
    assert_int_equal(launches_allowed(&launches, SIMTIME_SECOND + SIMTIME_MINUTE, 500), 500);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_minute_holds_more_than_its_quota),
        cmocka_unit_test(a_trickle_is_held_to_its_quota_and_no_further),
        cmocka_unit_test(one_instant_is_told_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
