/* What task definitions need of hosts: every network mode, with and without roles and drivers. */
#include "models/settings/settings.h"
#include "tests/unit/unit.h"
#include <string.h>

static unsigned needed(int network_mode, bool task_role, bool execution_role, unsigned drivers)
{
    struct capability_needs needs = {task_role, execution_role, network_mode, drivers};
    return capabilities_needed(&needs);
}

static void test_needs(void **state)
{
    (void)state;
    for (int mode = NETWORK_BRIDGE; mode <= NETWORK_NONE; mode++) {
        unsigned bare = mode == NETWORK_AWSVPC ? CAPABILITY_BIT(TASK_ENI) : 0;
        unsigned role = CAPABILITY_BIT(TASK_IAM_ROLE) |
                        (mode == NETWORK_HOST ? CAPABILITY_BIT(TASK_IAM_ROLE_NETWORK_HOST) : 0);
        assert_int_equal(needed(mode, false, false, 0), bare);
        assert_int_equal(needed(mode, false, true, 0), bare);
        assert_int_equal(needed(mode, true, false, 0), bare | role);
        assert_int_equal(needed(mode, true, true, CAPABILITY_BIT(LOGGING_SYSLOG)),
                         bare | role | CAPABILITY_BIT(LOGGING_SYSLOG));
        assert_int_equal(needed(mode, false, false, CAPABILITY_BIT(LOGGING_AWSLOGS)),
                         bare | CAPABILITY_BIT(LOGGING_AWSLOGS));
        assert_int_equal(needed(mode, false, true, CAPABILITY_BIT(LOGGING_AWSLOGS)),
                         bare | CAPABILITY_BIT(LOGGING_AWSLOGS) | CAPABILITY_BIT(EXECUTION_ROLE_AWSLOGS));
    }
}

static void test_drivers(void **state)
{
    (void)state;
    assert_int_equal(capability_of_logging_driver("json-file"), CAPABILITY_LOGGING_JSON_FILE);
    assert_int_equal(capability_of_logging_driver("awslogs"), CAPABILITY_LOGGING_AWSLOGS);
    assert_int_equal(capability_of_logging_driver("none"), CAPABILITY_LOGGING_NONE);
    assert_int_equal(capability_of_logging_driver("aws"), CAPABILITY_COUNT);
    assert_int_equal(capability_of_logging_driver(""), CAPABILITY_COUNT);
}

/* Drivers are the last rows, and all rows are named. */
static void test_table(void **state)
{
    (void)state;
    for (int i = 0; i < CAPABILITY_COUNT; i++) {
        assert_non_null(strstr(capability_definitions[i].attribute, "ecs.capability."));
        assert_int_equal(strncmp(capability_definitions[i].given_by, "ECS_", 4), 0);
        assert_int_equal(strstr(capability_definitions[i].attribute, ".logging-driver.") != NULL,
                         i >= CAPABILITY_LOGGING_JSON_FILE);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_needs),
        cmocka_unit_test(test_drivers),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
