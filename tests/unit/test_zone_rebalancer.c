/* Rebalancing that protected tasks hold up, and what UpdateService answers. */
#include "models/ecs/service/service_placement.h"
#include "models/ecs/service/tick.h"
#include "models/ecs/task/task.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

/* `web` has its four tasks in the one zone whose hosts it may use so far. */
#define TWO_ZONES                                                                                            \
    "duration: 1h\n"                                                                                         \
    "timing: {rebalancingDelay: 0s}\n"                                                                       \
    "containerInstances:\n"                                                                                  \
    "  - {instanceType: m5.large, availabilityZone: us-east-1a, attributes: {stack: prod}}\n"                \
    "  - {instanceType: m5.large, availabilityZone: us-east-1b}\n"                                           \
    "taskDefinitions: [{family: web, containerDefinitions: [{name: main, cpu: 64, memory: 128}]}]\n"         \
    "services:\n"                                                                                            \
    "  - serviceName: web\n"                                                                                 \
    "    taskDefinition: web\n"                                                                              \
    "    desiredCount: 4\n"                                                                                  \
    "    placementConstraints: [{type: memberOf, expression: \"attribute:stack == prod\"}]\n"

static void protect(struct world *world, struct service *service, int64_t count)
{
    for (struct task *task = service->primary->first; task; task = task->next_in_deployment) {
        task_uncount(world, task);
        task->guarded = count-- > 0;
        task_count(world, task);
    }
}

/* Its constraints no longer keep it in one zone. */
static void open_zones(struct world *world, struct service *service)
{
    static const struct list none;
    service->constraints = &none;
    service_look_at_hosts(world, service);
}

static void only_unprotected_tasks_are_moved(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(TWO_ZONES);
    struct world *world = ecs_run_begin(seen);
    struct service *web = &world->services[0];
    open_zones(world, web);
    protect(world, web, 4);
    reconcile(world, web);
    assert_int_equal(web->counts.pending, 0);
    assert_false(web->rebalancing.under_way);
    protect(world, web, 3);
    reconcile(world, web);
    assert_int_equal(web->counts.pending, 1);
    assert_true(web->rebalancing.under_way);
    assert_int_equal(web->zones[1].tasks, 1);
    ecs_run_free(seen);
}

static void assert_answer(const char *update, const char *answer)
{
    struct text text = {0};
    text_add_format(&text, "%stimeline: [{at: 1m, updateService: {service: web, %s}}]\n", TWO_ZONES, update);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    if (!strstr(seen->calls.bytes, answer))
        fail_msg("no `%s` in %s", answer, seen->calls.bytes);
    ecs_run_free(seen);
    text_free(&text);
}

static void an_update_that_could_not_be_rebalanced_is_refused(void **state)
{
    (void)state;
    assert_answer("availabilityZoneRebalancing: ENABLED", "\"status\":\"ACTIVE\"");
    assert_answer(
        "availabilityZoneRebalancing: ENABLED, deploymentConfiguration: {minimumHealthyPercent: 50, "
        "maximumPercent: 100}",
        "needs a maximumPercent above 100");
    assert_answer("availabilityZoneRebalancing: ENABLED, placementStrategy: [{type: random}]",
                  "as the first placement strategy, or none");
    assert_answer("availabilityZoneRebalancing: ENABLED, placementConstraints: [{type: memberOf, expression: "
                  "\"attribute:ecs.availability-zone == us-east-1a\"}]",
                  "in a placement constraint");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_unprotected_tasks_are_moved),
        cmocka_unit_test(an_update_that_could_not_be_rebalanced_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
