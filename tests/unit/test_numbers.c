/* Numbers by instance against the array that they stand for, through random changes. */
#include "models/placement/numbers.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"
#include <stdbool.h>

enum { INSTANCES = 2000, STEPS = 20000, FAR = 1000 * 1000 };

/* Neighbours, and some that are far away. */
static uint32_t instance_of(uint32_t index)
{
    return index % 8 ? index : index * FAR;
}

static void check(const struct numbers *numbers, const uint32_t *expected)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < INSTANCES; i++) {
        assert_int_equal(numbers_get(numbers, instance_of(i)), expected[i]);
        count += expected[i] > 0;
    }
    assert_int_equal(numbers->count, count);
}

/* The table is filled, and then emptied. */
static void numbers_answer_as_an_array_would(void **state)
{
    (void)state;
    struct numbers numbers = {0};
    uint32_t expected[INSTANCES] = {0};
    rng_key key = rng_open(1, 2, 3, 4);
    for (uint32_t step = 0; step < STEPS; step++) {
        uint32_t index = (uint32_t)rng_below(key, 3 * step, INSTANCES);
        bool goes = rng_below(key, 3 * step + 1, STEPS) < step;
        expected[index] = goes ? 0 : 1 + (uint32_t)rng_below(key, 3 * step + 2, UINT32_MAX);
        numbers_set(&numbers, instance_of(index), expected[index]);
        if (step % 100 == 0)
            check(&numbers, expected);
    }
    numbers_free(&numbers);
}

static void where_nothing_was_set_there_is_nothing(void **state)
{
    (void)state;
    struct numbers numbers = {0};
    assert_int_equal(numbers_get(&numbers, 7), 0);
    numbers_set(&numbers, 7, 0);
    assert_int_equal(numbers_get(&numbers, 7), 0);
    assert_int_equal(numbers.count, 0);
    numbers_free(&numbers);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_answer_as_an_array_would),
        cmocka_unit_test(where_nothing_was_set_there_is_nothing),
    };
    return RUN_TESTS(tests);
}
