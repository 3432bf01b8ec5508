/* How the cost of a host is divided. */
#include "models/ecs/results/cost.h"
#include "tests/group.h"
#include <stddef.h>

#define BILLION INT64_C(1000000000)

/* AWS's own example: an hour of 4 vCPUs and 16 GB for a dollar. [CUR:example-split-cost-allocation-data] */
static void a_vcpu_weighs_as_much_as_nine_gb(void **state)
{
    (void)state;
    int64_t whole = cost_weight(4096, 16384);
    assert_int_equal(cost_part(BILLION, cost_weight(1024, 0), whole), 9 * BILLION / 52);
    assert_int_equal(cost_part(BILLION, cost_weight(0, 1024), whole), BILLION / 52);
    assert_int_equal(cost_part(BILLION, whole, whole), BILLION);
}

static void parts_are_never_more_than_the_whole(void **state)
{
    (void)state;
    for (int64_t cost = 0; cost < 40; cost++)
        for (int64_t whole = 1; whole < 40; whole++) {
            int64_t sum = 0;
            for (int64_t weight = 1, rest = whole; rest > 0; rest -= weight, weight++) {
                weight = weight < rest ? weight : rest;
                sum += cost_part(cost, weight, whole);
            }
            assert_true(sum <= cost && cost - sum < whole);
        }
}

/* A hundred years of a machine at the highest price that a scenario may name. */
static void the_greatest_fits(void **state)
{
    (void)state;
    int64_t cost = 10000 * BILLION * 24 * 366 * 100;
    assert_int_equal(cost_part(cost, INT64_MAX, INT64_MAX), cost);
}

static void nothing_has_no_parts(void **state)
{
    (void)state;
    assert_int_equal(cost_part(BILLION, 0, 0), 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_vcpu_weighs_as_much_as_nine_gb),
        cmocka_unit_test(parts_are_never_more_than_the_whole),
        cmocka_unit_test(the_greatest_fits),
        cmocka_unit_test(nothing_has_no_parts),
    };
    return cmocka_run_group_tests_name("cost", tests, NULL, NULL);
}
