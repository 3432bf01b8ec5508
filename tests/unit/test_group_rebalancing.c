/* A group that has evened itself out in vain does not begin again until something is different. */
#include "models/ecs/group/auto_scaling_group.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

/* Both hosts are in one zone of two. */
#define UNEVEN                                                                                               \
    "duration: 1h\n"                                                                                         \
    "availabilityZones: [us-east-1a, us-east-1b]\n"                                                          \
    "autoScalingGroups:\n"                                                                                   \
    "  - autoScalingGroupName: fleet\n"                                                                      \
    "    instanceType: m5.large\n"                                                                           \
    "    minSize: 2\n"                                                                                       \
    "    maxSize: 2\n"                                                                                       \
    "    instances: [{availabilityZone: us-east-1a}, {availabilityZone: us-east-1a}]\n"

static void an_uneven_group_launches_ahead(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(UNEVEN);
    struct world *world = ecs_run_begin(seen);
    struct auto_scaling_group *group = &world->groups[0];
    assert_int_equal(group->zones[0].tally.in_service, 2);
    group_acts(world, 0, 0);
    assert_int_equal(group->rebalancing.ahead, 1);
    assert_int_equal(group->zones[1].tally.hosts, 1);
    ecs_run_free(seen);
}

/* It has come back to where the last round began. */
static void a_round_in_vain_is_not_repeated(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(UNEVEN);
    struct world *world = ecs_run_begin(seen);
    struct auto_scaling_group *group = &world->groups[0];
    group_look_at_zones(world, group);
    memcpy(group->rebalancing.from, group->views, world->zone_count * sizeof *group->views);
    group->rebalancing.under_way = true;
    group_acts(world, 0, 0);
    assert_int_equal(group->tally.hosts, 2);
    group->rebalancing.from[1].refuses = true; /* the zone refused launches then, and takes them now */
    group_acts(world, 0, 0);
    assert_int_equal(group->tally.hosts, 3);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_uneven_group_launches_ahead),
        cmocka_unit_test(a_round_in_vain_is_not_repeated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
