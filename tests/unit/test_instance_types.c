#include "models/settings/instance_types.h"
#include "tests/group.h"
#include <string.h>

static void the_names_are_in_order(void **state)
{
    (void)state;
    for (size_t i = 1; i < instance_type_count; i++)
        assert_true(strcmp(instance_types[i - 1].name, instance_types[i].name) < 0);
}

static void every_type_is_found(void **state)
{
    (void)state;
    assert_int_equal(instance_type_count, 1108);
    for (size_t i = 0; i < instance_type_count; i++)
        assert_ptr_equal(instance_type_find(instance_types[i].name), &instance_types[i]);
}

static void every_type_makes_sense(void **state)
{
    (void)state;
    for (const struct instance_type *type = instance_types; type < instance_types + instance_type_count;
         type++) {
        assert_true(type->vcpu > 0 && type->cpu_units == 1024 * type->vcpu);
        assert_true(type->memory_mib > 0 && type->gpus >= 0 && type->max_enis >= 2);
        assert_true(strcmp(type->arch, "amd64") == 0 || strcmp(type->arch, "arm64") == 0);
        assert_true(type->awsvpc_tasks_with_trunking == -1 || type->awsvpc_tasks_with_trunking > 0);
        assert_true(type->price == -1 || type->price > 0);
    }
}

static void a_common_type_is_as_published(void **state)
{
    (void)state;
    const struct instance_type *type = instance_type_find("a1.large");
    assert_string_equal(type->arch, "arm64");
    assert_int_equal(type->cpu_units, 2048);
    assert_int_equal(type->memory_mib, 3743);
    assert_false(type->memory_estimated);
    assert_int_equal(type->max_enis, 3);
    assert_int_equal(type->awsvpc_tasks_with_trunking, 10);
    assert_int_equal(type->price, 51000000);
}

static void a_burstable_type_cannot_trunk(void **state)
{
    (void)state;
    const struct instance_type *type = instance_type_find("t3.medium");
    assert_int_equal(type->awsvpc_tasks_with_trunking, type->max_enis - 1);
}

static void memory_that_nobody_measured_is_estimated(void **state)
{
    (void)state;
    size_t estimated = 0;
    for (size_t i = 0; i < instance_type_count; i++)
        estimated += instance_types[i].memory_estimated;
    assert_int_equal(estimated, 191);
    const struct instance_type *type = instance_type_find("mac1.metal");
    assert_true(type->memory_estimated);
    assert_int_equal(type->memory_mib, 32768 * 95 / 100);
    assert_int_equal(type->price, -1);
}

static void an_unknown_type_has_a_nearest(void **state)
{
    (void)state;
    assert_null(instance_type_find("m5.lagre"));
    assert_string_equal(instance_type_nearest("m5.lagre"), "m5.large");
    assert_null(instance_type_nearest("a completely different thing"));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_names_are_in_order),
        cmocka_unit_test(every_type_is_found),
        cmocka_unit_test(every_type_makes_sense),
        cmocka_unit_test(a_common_type_is_as_published),
        cmocka_unit_test(a_burstable_type_cannot_trunk),
        cmocka_unit_test(memory_that_nobody_measured_is_estimated),
        cmocka_unit_test(an_unknown_type_has_a_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
