/* When the agent pulls, and what a failed pull means: every combination. */
#include "models/ecs/image/pull_rules.h"
#include "tests/unit/unit.h"

struct expected {
    enum pull_behaviour behaviour;
    bool has_copy, pulls, falls_back;
};

static void behaviours_are_as_the_agent_documents_them(void **state)
{
    (void)state;
    const struct expected table[] = {
        {PULL_DEFAULT, false, true, false},       {PULL_DEFAULT, true, true, true},
        {PULL_ALWAYS, false, true, false},        {PULL_ALWAYS, true, true, false},
        {PULL_ONCE, false, true, false},          {PULL_ONCE, true, false, false},
        {PULL_PREFER_CACHED, false, true, false}, {PULL_PREFER_CACHED, true, false, true},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(pull_is_needed(table[i].behaviour, table[i].has_copy), table[i].pulls);
        assert_int_equal(pull_may_fall_back(table[i].behaviour, table[i].has_copy), table[i].falls_back);
    }
}

static void pauses_double_up_to_five_seconds(void **state)
{
    (void)state;
    const simtime least[MOST_PULL_ATTEMPTS] = {0, 1100, 2200, 4400, 5000};
    for (int nth = 1; nth < MOST_PULL_ATTEMPTS; nth++) {
        simtime low = least[nth] * SIMTIME_MILLISECOND, seen_low = SIMTIME_NEVER, seen_high = 0;
        for (uint64_t who = 0; who < 1000; who++) {
            simtime pause = pull_retry_after(nth, rng_open(1, 2, who, 3));
            seen_low = pause < seen_low ? pause : seen_low;
            seen_high = pause > seen_high ? pause : seen_high;
        }
        assert_true(seen_low >= low && seen_low < low + low / 50);
        assert_true(seen_high < low + low / 5 && seen_high > low + low * 9 / 50);
    }
}

static void a_token_is_good_for_twelve_hours(void **state)
{
    (void)state;
    assert_true(ecr_token_is_good(SIMTIME_HOUR, SIMTIME_HOUR));
    assert_true(ecr_token_is_good(SIMTIME_HOUR, 13 * SIMTIME_HOUR - 1));
    assert_false(ecr_token_is_good(SIMTIME_HOUR, 13 * SIMTIME_HOUR));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(behaviours_are_as_the_agent_documents_them),
        cmocka_unit_test(pauses_double_up_to_five_seconds),
        cmocka_unit_test(a_token_is_good_for_twelve_hours),
    };
    return RUN_TESTS(tests);
}
