/* What the task execution role is needed for: every mix of an ECR image, secrets and credentials, on hosts
 * and on Fargate. */
#include "models/ecs/role/execution_role.h"
#include "models/settings/settings.h"
#include "tests/unit/unit.h"

static enum execution_need need(bool ecr, bool secrets, bool credentials, bool on_fargate)
{
    static struct repository_credentials_settings secret = {"registry"};
    struct container_settings containers[] = {
        {.image = "nginx:1.10.1"},
        {.image = ecr ? "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1" : "app:1",
         .has_secrets = secrets,
         .repository_credentials = credentials ? &secret : NULL},
    };
    struct task_definition_settings definition = {.containers = {2, containers}};
    return execution_need(&definition, on_fargate);
}

static void test_every_mix(void **state)
{
    (void)state;
    for (int mix = 0; mix < 16; mix++) {
        bool ecr = mix & 1, secrets = mix & 2, credentials = mix & 4, on_fargate = mix & 8;
        enum execution_need expected = secrets             ? EXECUTION_NEEDS_SECRETS
                                       : credentials       ? EXECUTION_NEEDS_CREDENTIALS
                                       : ecr && on_fargate ? EXECUTION_NEEDS_ECR
                                                           : EXECUTION_NEEDS_NOTHING;
        assert_int_equal(need(ecr, secrets, credentials, on_fargate), expected);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_mix)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
