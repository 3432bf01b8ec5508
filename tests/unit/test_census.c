/* A census against the array that it stands for, through random additions and removals. */
#include "models/placement/census.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"

enum { INSTANCES = 1500, STEPS = 6000 };

static void check(const struct census *census, const bool *belongs)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < INSTANCES; i++)
        if (belongs[i])
            assert_int_equal(census_nth(census, count++), i);
    assert_int_equal(census->count, count);
}

/* It grows as it goes: numbers are low at first. */
static void a_census_answers_as_an_array_would(void **state)
{
    (void)state;
    struct census census = {0};
    bool belongs[INSTANCES] = {false};
    rng_key key = rng_open(1, 2, 3, 4);
    for (uint32_t step = 0; step < STEPS; step++) {
        uint64_t bound = step < INSTANCES ? step + 1 : INSTANCES;
        uint32_t instance = (uint32_t)rng_below(key, 2 * step, bound);
        belongs[instance] = rng_below(key, 2 * step + 1, 3) > 0;
        census_set(&census, instance, belongs[instance]);
        if (step % 50 == 0)
            check(&census, belongs);
    }
    census_free(&census);
}

static void many_are_marked_and_summed(void **state)
{
    (void)state;
    struct census census = {0};
    bool belongs[INSTANCES] = {false};
    for (uint32_t i = 0; i < INSTANCES; i += 1 + i % 7) {
        belongs[i] = true;
        census_mark(&census, i);
    }
    census_sum(&census);
    check(&census, belongs);
    census_set(&census, 0, false);
    belongs[0] = false;
    check(&census, belongs);
    census_free(&census);
}

static void nobody_is_marked(void **state)
{
    (void)state;
    struct census census = {0};
    census_sum(&census);
    census_set(&census, 70, true);
    assert_int_equal(census_nth(&census, 0), 70);
    census_free(&census);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_census_answers_as_an_array_would),
        cmocka_unit_test(many_are_marked_and_summed),
        cmocka_unit_test(nobody_is_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
