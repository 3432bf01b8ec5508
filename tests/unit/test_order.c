/* A set against the array that it stands for, through random additions and removals. */
#include "sim/engine/order.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"

enum { NUMBERS = 60, STEPS = 4000 };

struct thing {
    struct order_place place;
};

static int64_t number_of(size_t index)
{
    return (int64_t)index * 3 - NUMBERS; /* gaps, and some are negative */
}

static void check_questions(const struct order *order, struct thing *things)
{
    size_t below = 0;
    void *last = NULL;
    for (size_t i = 0; i < NUMBERS; i++) {
        assert_int_equal(order_below(order, number_of(i)), below);
        if (!things[i].place.thing)
            continue;
        assert_ptr_equal(order_at(order, below), &things[i]);
        assert_ptr_equal(order_from(order, number_of(i)), &things[i]);
        assert_ptr_equal(order_from(order, number_of(i) - 1), &things[i]);
        last = &things[i];
        below++;
    }
    assert_int_equal(order_count(order), below);
    assert_null(order_at(order, below));
    assert_ptr_equal(order_last(order), last);
}

static void a_set_answers_as_an_array_would(void **state)
{
    (void)state;
    struct order order = {0};
    struct thing things[NUMBERS] = {0};
    rng_key key = rng_open(1, 2, 3, 4);
    check_questions(&order, things);
    for (uint64_t i = 0; i < STEPS; i++) {
        size_t index = rng_below(key, i, NUMBERS);
        order_keep(&order, &things[index].place, !things[index].place.thing, number_of(index),
                   &things[index]);
        check_questions(&order, things);
    }
}

static void what_is_as_it_should_be_is_left_alone(void **state)
{
    (void)state;
    struct order order = {0};
    struct thing thing = {0};
    order_keep(&order, &thing.place, false, 1, &thing);
    assert_int_equal(order_count(&order), 0);
    order_keep(&order, &thing.place, true, 1, &thing);
    order_keep(&order, &thing.place, true, 1, &thing);
    assert_int_equal(order_count(&order), 1);
}

enum { SETS = 3 };

static void check_together(const struct order *const *orders, struct thing *things)
{
    size_t k = 0;
    for (size_t i = 0; i < NUMBERS; i++)
        if (things[i].place.thing)
            assert_ptr_equal(order_at_of_several(orders, SETS, k++), &things[i]);
    assert_null(order_at_of_several(orders, SETS, k));
}

/* Of which some may be empty. */
static void several_sets_answer_as_one(void **state)
{
    (void)state;
    struct order sets[SETS] = {0};
    const struct order *const orders[SETS] = {&sets[0], &sets[1], &sets[2]};
    struct thing things[NUMBERS] = {0};
    rng_key key = rng_open(5, 6, 7, 8);
    check_together(orders, things);
    for (uint64_t i = 0; i < STEPS; i++) {
        size_t index = rng_below(key, i, NUMBERS), set = index * index % 7 % SETS;
        order_keep(&sets[set], &things[index].place, !things[index].place.thing, number_of(index),
                   &things[index]);
        check_together(orders, things);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_answers_as_an_array_would),
        cmocka_unit_test(what_is_as_it_should_be_is_left_alone),
        cmocka_unit_test(several_sets_answer_as_one),
    };
    return RUN_TESTS(tests);
}
