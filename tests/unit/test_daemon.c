/* Daemons on hosts that drain, and what is kept for them. */
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/service/tick.h"
#include "models/ecs/task/task.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

#define THREE_HOSTS                                                                                          \
    "duration: 1h\n"                                                                                         \
    "containerInstances: [{count: 3, instanceType: m5.large}]\n"                                             \
    "taskDefinitions:\n"                                                                                     \
    "  - {family: agent, networkMode: awsvpc, containerDefinitions: [{name: main, cpu: 256, memory: "        \
    "512}]}\n"                                                                                               \
    "  - {family: web, containerDefinitions: [{name: main, cpu: 256, memory: 512}]}\n"                       \
    "services:\n"                                                                                            \
    "  - {serviceName: web, taskDefinition: web, desiredCount: 3}\n"                                         \
    "  - {serviceName: agent, taskDefinition: agent, schedulingStrategy: DAEMON}\n"

enum { WEB, AGENT };

/* Its status changes as far as services see it. */
static void drain(struct world *world, struct container_instance *host)
{
    for (struct task *task = host->first_task; task; task = task->next_on_instance)
        task_uncount(world, task);
    host->status = INSTANCE_DRAINING;
    for (struct task *task = host->first_task; task; task = task->next_on_instance)
        task_count(world, task);
    placement_touch(world->placement, host->placement)->active = false;
    services_host_changed(world, host);
}

static struct task *task_on(const struct container_instance *host, const struct service *service)
{
    for (struct task *task = host->first_task; task; task = task->next_on_instance)
        if (task->service == service)
            return task;
    return NULL;
}

/* G8 */
static void a_daemon_leaves_a_draining_host_last(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(THREE_HOSTS);
    struct world *world = ecs_run_begin(seen);
    struct service *web = &world->services[WEB], *agent = &world->services[AGENT];
    struct container_instance *host = world->hosts[0];
    assert_int_equal(agent->desired_count, 3);
    drain(world, host);
    assert_int_equal(agent->desired_count, 2);
    reconcile(world, agent);
    assert_int_equal(agent->counts.running, 3);
    struct task *task = task_on(host, web);
    task_stopped(world, task, STOP_USER_INITIATED, "test");
    assert_true(world->dirty_services.has[AGENT]);
    reconcile(world, agent);
    assert_int_equal(agent->counts.running, 2);
    assert_true(task_on(host, agent)->stopping);
    /* It does not hold back another host. */
    task_stopped(world, task_on(world->hosts[1], agent), STOP_ESSENTIAL_CONTAINER_EXITED, "test");
    reconcile(world, agent);
    assert_non_null(task_on(world->hosts[1], agent));
    ecs_run_free(seen);
}

/* Until the daemon has its task again, nobody else has the room. */
static void room_is_kept_for_a_missing_task(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(THREE_HOSTS);
    struct world *world = ecs_run_begin(seen);
    struct service *agent = &world->services[AGENT];
    struct container_instance *host = world->hosts[1];
    const struct placement_facts *facts = placement_see(world->placement, host->placement);
    assert_int_equal(facts->kept_cpu, 0);
    task_stopped(world, task_on(host, agent), STOP_ESSENTIAL_CONTAINER_EXITED, "test");
    assert_int_equal(facts->kept_cpu, 256);
    assert_int_equal(facts->kept_memory_mib, 512);
    assert_int_equal(facts->kept_enis, 1);
    drain(world, host);
    assert_int_equal(facts->kept_cpu, 0);
    reconcile(world, agent);
    assert_null(task_on(host, agent));
    ecs_run_free(seen);
}

static void assert_refused(const char *update, const char *answer)
{
    struct text text = {0};
    text_add_format(&text, "%stimeline: [{at: 1m, updateService: {service: agent, %s}}]\n", THREE_HOSTS,
                    update);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    if (!strstr(seen->calls.bytes, answer))
        fail_msg("no `%s` in %s", answer, seen->calls.bytes);
    ecs_run_free(seen);
    text_free(&text);
}

static void what_a_daemon_does_not_have_is_refused(void **state)
{
    (void)state;
    assert_refused("desiredCount: 2", "does not support a desired count");
    assert_refused("placementStrategy: [{type: random}]", "does not support placement strategies");
    assert_refused("deploymentConfiguration: {maximumPercent: 150}", "requires a maximumPercent of 100");
    assert_refused("capacityProviderStrategy: [{capacityProvider: FARGATE, weight: 1}]",
                   "not supported when you use the DAEMON");
    assert_refused("availabilityZoneRebalancing: ENABLED", "does not support the DAEMON");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_daemon_leaves_a_draining_host_last),
        cmocka_unit_test(room_is_kept_for_a_missing_task),
        cmocka_unit_test(what_a_daemon_does_not_have_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
