/* Who has how much of the traffic: in the middle of a staged deployment, and after it, however it ends. */
#include "models/ecs/world.h"
#include "tests/unit/ecs_run.h"

static struct ecs_run *play(const char *timeline)
{
    struct text text = {0};
    text_add(&text, SMALL_CLUSTER "timeline:\n"
                                  "  - at: 1m\n"
                                  "    updateService:\n"
                                  "      service: web\n"
                                  "      taskDefinition: app:2\n"
                                  "      deploymentConfiguration:\n");
    text_add(&text, timeline);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    text_free(&text);
    return seen;
}

static const struct service *web(const struct ecs_run *seen)
{
    const struct world *world = seen->run->world;
    return &world->services[0];
}

static void assert_unshared(const struct ecs_run *seen)
{
    for (const struct deployment *each = web(seen)->primary; each; each = each->older) {
        assert_int_equal(each->traffic_permille, ABSENT);
        assert_null(each->staged);
    }
}

static void a_canary_bakes_with_its_share(void **state)
{
    (void)state;
    struct ecs_run *seen =
        play("        strategy: CANARY\n"
             "        canaryConfiguration: {canaryPercent: 12.5, canaryBakeTimeInMinutes: 1440}\n");
    const struct deployment *target = web(seen)->primary;
    assert_int_equal(target->traffic_permille, 125);
    assert_int_equal(target->older->traffic_permille, 875);
    ecs_run_free(seen);
}

static void a_third_revision_has_no_share(void **state)
{
    (void)state;
    struct ecs_run *seen = play(
        "        strategy: CANARY\n"
        "        canaryConfiguration: {canaryBakeTimeInMinutes: 1440}\n"
        "        lifecycleHooks: [{targetType: PAUSE, lifecycleStages: [PRE_SCALE_UP, RECONCILE_SERVICE]}]\n"
        "  - {at: 2m, continueServiceDeployment: {service: web}}\n"
        "  - {at: 59m55s, updateService: {service: web, forceNewDeployment: true}}\n");
    const struct deployment *target = web(seen)->primary;
    assert_int_equal(target->traffic_permille, 0);
    assert_int_equal(target->older->traffic_permille, 0);
    assert_int_equal(target->older->older->traffic_permille, 1000);
    ecs_run_free(seen);
}

static void traffic_is_unshared_after_completion(void **state)
{
    (void)state;
    struct ecs_run *seen = play("        strategy: BLUE_GREEN\n"
                                "        bakeTimeInMinutes: 1\n");
    assert_int_equal(web(seen)->primary->state, STATE_COMPLETED);
    assert_unshared(seen);
    ecs_run_free(seen);
}

static void traffic_is_unshared_after_a_roll_back(void **state)
{
    (void)state;
    struct ecs_run *seen = play("        strategy: BLUE_GREEN\n"
                                "        bakeTimeInMinutes: 1\n"
                                "        lifecycleHooks:\n"
                                "          - hookTargetArn: ask\n"
                                "            lifecycleStages: [POST_PRODUCTION_TRAFFIC_SHIFT]\n"
                                "            simulation: {outcome: FAILED}\n");
    assert_string_equal(web(seen)->primary->definition->name, "app:1");
    assert_int_equal(web(seen)->primary->state, STATE_COMPLETED);
    assert_unshared(seen);
    ecs_run_free(seen);
}

static void traffic_is_unshared_after_a_deletion(void **state)
{
    (void)state;
    struct ecs_run *seen = play("        strategy: BLUE_GREEN\n"
                                "        bakeTimeInMinutes: 1440\n"
                                "  - {at: 10m, deleteService: {service: web, force: true}}\n");
    assert_unshared(seen);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_canary_bakes_with_its_share),
        cmocka_unit_test(a_third_revision_has_no_share),
        cmocka_unit_test(traffic_is_unshared_after_completion),
        cmocka_unit_test(traffic_is_unshared_after_a_roll_back),
        cmocka_unit_test(traffic_is_unshared_after_a_deletion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
