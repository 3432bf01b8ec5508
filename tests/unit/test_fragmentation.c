/* What is free on a host and of no use to what is typically asked. */
#include "models/ecs/task/fragmentation.h"
#include "tests/unit/unit.h"

static void assert_amounts(struct amounts found, int64_t cpu, int64_t memory, int64_t gpus)
{
    assert_int_equal(found.of[OF_CPU], cpu);
    assert_int_equal(found.of[OF_MEMORY], memory);
    assert_int_equal(found.of[OF_GPUS], gpus);
}

static void whatever_a_host_lacks_leaves_a_task_out(void **state)
{
    (void)state;
    struct asked_size sizes[] = {{{{1024, 2048, 0}}, 5}, {{{2048, 8192, 1}}, 3}, {{{1024, 2048, 4}}, 2}};
    struct typical_sizes typical = typical_sizes_of(sizes, 3);
    assert_amounts(typical.asking, 10, 10, 5);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{4096, 16384, 4}}), 0, 0, 0);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{4096, 16384, 3}}), 2, 2, 2);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{2048, 8192, 1}}), 2, 2, 2);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{2047, 8192, 4}}), 3, 3, 3);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{4096, 16384, 0}}), 5, 5, 5);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{1023, 16384, 8}}), 10, 10, 5);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{4096, 2047, 8}}), 10, 10, 5);
}

static void only_those_count_that_ask_for_some(void **state)
{
    (void)state;
    struct asked_size sizes[] = {{{{0, 512, 0}}, 7}, {{{128, 0, 2}}, 1}};
    struct typical_sizes typical = typical_sizes_of(sizes, 2);
    assert_amounts(typical.asking, 1, 7, 1);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{127, 511, 1}}), 1, 7, 1);
    assert_amounts(typical_sizes_left_out(&typical, &(struct amounts){{0, 512, 0}}), 1, 0, 1);
}

static void equal_sizes_are_brought_together(void **state)
{
    (void)state;
    struct asked_size sizes[] = {
        {{{2, 1, 0}}, 1}, {{{1, 1, 1}}, 2}, {{{2, 1, 0}}, 4}, {{{1, 2, 0}}, 8}, {{{1, 1, 1}}, 16}};
    struct typical_sizes typical = typical_sizes_of(sizes, 5);
    assert_int_equal(typical.count, 3);
    assert_amounts(typical.items[0].size, 1, 2, 0);
    assert_amounts(typical.items[1].size, 2, 1, 0);
    assert_amounts(typical.items[2].size, 1, 1, 1);
    assert_int_equal(typical.items[0].tasks, 8);
    assert_int_equal(typical.items[1].tasks, 5);
    assert_int_equal(typical.items[2].tasks, 18);
    assert_int_equal(typical_sizes_of(NULL, 0).count, 0);
}

/* So many sizes, each one unit of CPU larger than the one before. */
static struct typical_sizes sizes_in_steps(struct asked_size *sizes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sizes[i] = (struct asked_size){{{(int64_t)(count - i), 1, 0}}, 1};
    return typical_sizes_of(sizes, count);
}

static void of_many_sizes_the_middle_ones_stand_for_all(void **state)
{
    (void)state;
    static struct asked_size sizes[10 * MOST_TYPICAL_SIZES];
    struct typical_sizes all = sizes_in_steps(sizes, MOST_TYPICAL_SIZES);
    assert_int_equal(all.count, MOST_TYPICAL_SIZES);
    assert_int_equal(all.items[5].size.of[OF_CPU], 6);
    struct typical_sizes some = sizes_in_steps(sizes, 10 * MOST_TYPICAL_SIZES);
    assert_int_equal(some.count, MOST_TYPICAL_SIZES);
    assert_amounts(some.asking, MOST_TYPICAL_SIZES, MOST_TYPICAL_SIZES, 0);
    for (int64_t i = 0; i < MOST_TYPICAL_SIZES; i++)
        assert_int_equal(some.items[i].size.of[OF_CPU], 10 * i + 6); /* of 10 i + 1 to 10 i + 10 */
}

/* One size that half of the tasks ask for keeps its half. */
static void a_size_stands_for_its_share_of_the_tasks(void **state)
{
    (void)state;
    enum { OTHERS = 2 * MOST_TYPICAL_SIZES };
    struct asked_size sizes[OTHERS + 1];
    for (int64_t i = 0; i < OTHERS; i++)
        sizes[i] = (struct asked_size){{{1 + i, 1, 0}}, 3};
    sizes[OTHERS] = (struct asked_size){{{1, 1, 8}}, 3 * OTHERS};
    struct typical_sizes typical = typical_sizes_of(sizes, OTHERS + 1);
    assert_amounts(typical.asking, MOST_TYPICAL_SIZES, MOST_TYPICAL_SIZES, MOST_TYPICAL_SIZES / 2);
    assert_int_equal(typical.items[typical.count - 1].tasks, MOST_TYPICAL_SIZES / 2);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_a_host_lacks_leaves_a_task_out),
        cmocka_unit_test(only_those_count_that_ask_for_some),
        cmocka_unit_test(equal_sizes_are_brought_together),
        cmocka_unit_test(of_many_sizes_the_middle_ones_stand_for_all),
        cmocka_unit_test(a_size_stands_for_its_share_of_the_tasks),
    };
    return RUN_TESTS(tests);
}
