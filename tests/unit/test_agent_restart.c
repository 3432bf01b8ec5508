/* Who starts an agent again: every keeper, every exit code that matters, every number of restarts so far. */
#include "models/ecs/instance/agent_restart.h"
#include "tests/unit/unit.h"

static const struct agent_restart_settings ecs_init = {KEEPER_ECS_INIT, ABSENT}, no = {KEEPER_NO, ABSENT},
                                           on_failure = {KEEPER_ON_FAILURE, ABSENT},
                                           ten_times = {KEEPER_ON_FAILURE, 10},
                                           never = {KEEPER_ON_FAILURE, 0}, always = {KEEPER_ALWAYS, ABSENT},
                                           unless_stopped = {KEEPER_UNLESS_STOPPED, ABSENT};

static bool restarts(const struct agent_restart_settings *restart, int64_t exit_code, int64_t before)
{
    struct agent_end end = {.exit_code = exit_code, .restarts = before};
    return agent_restart_after(restart, &end) != SIMTIME_NEVER;
}

static void test_exit_codes(void **state)
{
    (void)state;
    static const int64_t codes[] = {AGENT_EXIT_OK, AGENT_EXIT_ERROR, 2, AGENT_EXIT_FOR_GOOD, 137};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        bool failed = codes[i] != 0;
        assert_int_equal(restarts(&ecs_init, codes[i], 99), failed && codes[i] != 5);
        assert_false(restarts(&no, codes[i], 0));
        assert_int_equal(restarts(&on_failure, codes[i], 99), failed);
        assert_true(restarts(&always, codes[i], 99));
        assert_true(restarts(&unless_stopped, codes[i], 99));
    }
}

static void test_number_of_restarts(void **state)
{
    (void)state;
    for (int64_t before = 0; before < 20; before++) {
        assert_int_equal(restarts(&ten_times, 1, before), before < 10);
        assert_false(restarts(&never, 1, before));
    }
}

static simtime after(const struct agent_restart_settings *restart, int64_t in_a_row)
{
    struct agent_end end = {.exit_code = 1, .in_a_row = in_a_row};
    return agent_restart_after(restart, &end);
}

static void test_backoff(void **state)
{
    (void)state;
    static const int64_t docker_ms[] = {100,  200,   400,   800,   1600,  3200,
                                        6400, 12800, 25600, 51200, 60000, 60000};
    static const int64_t ecs_init_ms[] = {500, 1000, 2000, 4000, 8000, 15000, 15000};
    for (int64_t i = 0; i < 12; i++)
        assert_int_equal(after(&on_failure, i), docker_ms[i] * SIMTIME_MILLISECOND);
    for (int64_t i = 0; i < 7; i++)
        assert_int_equal(after(&ecs_init, i), ecs_init_ms[i] * SIMTIME_MILLISECOND);
    assert_int_equal(after(&always, INT64_MAX), SIMTIME_MINUTE);
}

/* ecs-init starts an agent that it has upgraded; Docker knows nothing of that. */
static void test_upgrade(void **state)
{
    (void)state;
    struct agent_end end = {AGENT_EXIT_UPGRADE, 3, 3};
    assert_int_equal(agent_restart_after(&ecs_init, &end), 0);
    assert_int_equal(agent_restart_after(&on_failure, &end), 800 * SIMTIME_MILLISECOND);
}

static void test_boot(void **state)
{
    (void)state;
    assert_true(agent_starts_at_boot(&ecs_init));
    assert_true(agent_starts_at_boot(&always));
    assert_true(agent_starts_at_boot(&unless_stopped));
    assert_false(agent_starts_at_boot(&no));
    assert_false(agent_starts_at_boot(&on_failure));
    assert_false(agent_starts_at_boot(&ten_times));
}

static simtime next_after_ms(const struct agent_restart_settings *restart, struct agent_end *end,
                             int64_t attempt_ms, int64_t elapsed_ms)
{
    simtime next =
        agent_next_attempt(restart, end, attempt_ms * SIMTIME_MILLISECOND, elapsed_ms * SIMTIME_MILLISECOND);
    return next == SIMTIME_NEVER ? next : next / SIMTIME_MILLISECOND;
}

static simtime next_ms(const struct agent_restart_settings *restart, int64_t attempt_ms, int64_t elapsed_ms)
{
    struct agent_end end = {.exit_code = AGENT_EXIT_ERROR};
    return next_after_ms(restart, &end, attempt_ms, elapsed_ms);
}

/* Ten pauses from 0.1 s to 51.2 s are 102.3 s, and ten attempts of 5 s 50 s. Attempts of 10 s have no
 * backoff. */
static void test_next_attempt(void **state)
{
    (void)state;
    assert_int_equal(next_ms(&ten_times, 5000, 0), 5100);
    assert_int_equal(next_ms(&ten_times, 5000, 5100), 5100);
    assert_int_equal(next_ms(&ten_times, 5000, 5101), 10300);
    assert_int_equal(next_ms(&ten_times, 5000, 152300), 152300);
    assert_int_equal(next_ms(&ten_times, 5000, 152301), SIMTIME_NEVER);
    assert_int_equal(next_ms(&ten_times, 10000, 101000), 101000);
    assert_int_equal(next_ms(&ten_times, 10000, 101001), SIMTIME_NEVER);
    assert_int_equal(next_ms(&no, 5000, 0), SIMTIME_NEVER);
    assert_int_equal(next_ms(&never, 5000, 0), SIMTIME_NEVER);
    assert_int_equal(next_ms(&ecs_init, 5000, 5500), 5500);
    assert_int_equal(next_ms(&ecs_init, 5000, 5501), 11500);
}

/* Seven of ten are used up, with pauses of 0.1 to 0.4 s in a row. */
static void test_next_attempt_goes_on_counting(void **state)
{
    (void)state;
    struct agent_end end = {AGENT_EXIT_ERROR, 7, 3};
    assert_int_equal(next_after_ms(&ten_times, &end, 5000, 5800), 5800);
    assert_int_equal(end.restarts, 7);
    assert_int_equal(end.in_a_row, 3);
    assert_int_equal(next_after_ms(&ten_times, &end, 5000, 12000), 5800 + 6600);
    assert_int_equal(end.restarts, 8);
    assert_int_equal(end.in_a_row, 4);
    end = (struct agent_end){AGENT_EXIT_ERROR, 7, 3};
    assert_int_equal(next_after_ms(&ten_times, &end, 5000, 5800 + 6600 + 8201), SIMTIME_NEVER);
    end = (struct agent_end){AGENT_EXIT_ERROR, 7, 3};
    assert_int_equal(next_after_ms(&ten_times, &end, 10000, 20000), 10800 + 10100);
    assert_int_equal(end.in_a_row, 0);
}

/* However far away, as if each attempt were counted. */
static void test_next_attempt_far_away(void **state)
{
    (void)state;
    static const struct agent_restart_settings many = {KEEPER_ON_FAILURE, 100000};
    for (int64_t elapsed_ms = 500000; elapsed_ms < 9000000; elapsed_ms += 12345) {
        assert_int_equal(next_ms(&on_failure, 5000, elapsed_ms), next_ms(&many, 5000, elapsed_ms));
        assert_int_equal(next_ms(&always, 11000, elapsed_ms), next_ms(&many, 11000, elapsed_ms));
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exit_codes),   cmocka_unit_test(test_number_of_restarts),
        cmocka_unit_test(test_backoff),      cmocka_unit_test(test_boot),
        cmocka_unit_test(test_next_attempt), cmocka_unit_test(test_next_attempt_far_away),
        cmocka_unit_test(test_upgrade),      cmocka_unit_test(test_next_attempt_goes_on_counting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
