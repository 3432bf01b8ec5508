/* Services that ask the same of a host share the set of those that are eligible. */
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/service/eligible_hosts.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

#define FOUR_SERVICES                                                                                        \
    "duration: 1h\n"                                                                                         \
    "availabilityZones: [us-east-1a, us-east-1b]\n"                                                          \
    "containerInstances:\n"                                                                                  \
    "  - {count: 2, instanceType: m5.large, availabilityZone: us-east-1a}\n"                                 \
    "  - {count: 1, instanceType: c5.large, availabilityZone: us-east-1b}\n"                                 \
    "taskDefinitions:\n"                                                                                     \
    "  - {family: web, containerDefinitions: [{name: main, cpu: 256, memory: 512}]}\n"                       \
    "services:\n"                                                                                            \
    "  - {serviceName: web, taskDefinition: web, desiredCount: 0}\n"                                         \
    "  - {serviceName: api, taskDefinition: web, desiredCount: 0}\n"                                         \
    "  - {serviceName: picky, taskDefinition: web, desiredCount: 0, placementConstraints: "                  \
    "[{type: memberOf, expression: \"attribute:ecs.instance-type == m5.large\"}]}\n"                         \
    "  - {serviceName: agent, taskDefinition: web, schedulingStrategy: DAEMON}\n"

enum { WEB, API, PICKY, AGENT, LAST_HOST = 2 };

static void who_asks_for_the_same_shares_a_set(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(FOUR_SERVICES);
    struct world *world = ecs_run_begin(seen);
    const struct service *services = world->services;
    assert_ptr_equal(services[WEB].eligible, services[API].eligible);
    assert_ptr_equal(services[WEB].eligible, services[AGENT].eligible);
    assert_int_equal(services[WEB].eligible->services, 3);
    assert_int_equal(services[WEB].eligible->count, 3);
    assert_ptr_not_equal(services[WEB].eligible, services[PICKY].eligible);
    assert_int_equal(services[PICKY].eligible->count, 2);
    assert_false(eligible_hosts_have(services[PICKY].eligible, LAST_HOST));
    ecs_run_free(seen);
}

/* The last host of its zone: all that have the set lose the zone, and the daemon wants one task less. */
static void a_change_reaches_all_that_share(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(FOUR_SERVICES);
    struct world *world = ecs_run_begin(seen);
    const struct service *services = world->services;
    assert_true(services[API].zones[1].has_hosts);
    assert_int_equal(services[AGENT].desired_count, 3);
    instance_set_state(world, world->hosts[LAST_HOST], INSTANCE_DRAINING, true);
    assert_int_equal(services[WEB].eligible->count, 2);
    assert_false(services[WEB].zones[1].has_hosts);
    assert_false(services[API].zones[1].has_hosts);
    assert_true(services[API].zones[0].has_hosts);
    assert_int_equal(services[AGENT].desired_count, 2);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_asks_for_the_same_shares_a_set),
        cmocka_unit_test(a_change_reaches_all_that_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
