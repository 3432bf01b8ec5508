/* How many instances a warm pool is to hold. */
#include "models/ecs/group/warm_pool_size.h"
#include "tests/group.h"
#include <stddef.h>

enum { NOT_SET = -1 };

static int64_t size(int64_t desired, int64_t most, int64_t prepared, int64_t least)
{
    return warm_pool_size(&(struct warm_pool_terms){desired, most, prepared, least});
}

/* ASG-23 */
static void by_default_it_is_what_the_group_may_grow_by(void **state)
{
    (void)state;
    assert_int_equal(size(6, 10, NOT_SET, 0), 4);
    assert_int_equal(size(10, 10, NOT_SET, 0), 0);
    assert_int_equal(size(0, 10, NOT_SET, 0), 10);
}

/* ASG-24 */
static void a_maximum_prepared_capacity_takes_the_place_of_the_maximum(void **state)
{
    (void)state;
    assert_int_equal(size(6, 10, 8, 0), 2);
    assert_int_equal(size(6, 10, 6, 0), 0);
    assert_int_equal(size(6, 10, 0, 0), 0); /* below the desired capacity */
}

static void it_is_never_below_its_minimum(void **state)
{
    (void)state;
    assert_int_equal(size(6, 10, 8, 3), 3);
    assert_int_equal(size(10, 10, NOT_SET, 3), 3);
    assert_int_equal(size(2, 10, NOT_SET, 3), 8);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_default_it_is_what_the_group_may_grow_by),
        cmocka_unit_test(a_maximum_prepared_capacity_takes_the_place_of_the_maximum),
        cmocka_unit_test(it_is_never_below_its_minimum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
