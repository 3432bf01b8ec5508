/* Random groups, whose hosts come, go, fall ill, are protected and put at risk at random: whom they give up
 * by cohorts is whom they would give up by a look at each host, choice for choice, and who is next of the
 * unhealthy and of those at risk is who a look at each host finds.
 */
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/group/scale_in.h"
#include "models/ecs/instance/container_instance.h"
#include "tests/property/random_scenario.h"
#include "tests/unit/ecs_run.h"

enum { GROUPS = 300, STEPS = 60, MOST_CHOICES = 8 };

static void say_policies(struct sketch *sketch)
{
    static const char *const policies[] = {
        "AllocationStrategy", "OldestLaunchTemplate", "OldestLaunchConfiguration",
        "NewestInstance",     "OldestInstance",       "Default",
    };
    say(sketch, ", terminationPolicies: [");
    for (int64_t i = roll(sketch, 0, 2); i > 0; i--) {
        say(sketch, policies[roll(sketch, 0, 4)]);
        say(sketch, ", ");
    }
    say(sketch, policies[roll(sketch, 0, 5)]); /* Default is the last, or not there */
    say(sketch, "]");
}

static void say_scenario(struct sketch *sketch)
{
    sketch->zones = 3;
    say(sketch, "duration: 1h\navailabilityZones: [us-east-1a, us-east-1b, us-east-1c]\n");
    say_market(sketch);
    say(sketch, "autoScalingGroups:\n  - {autoScalingGroupName: fleet, minSize: 0, maxSize: 90, ");
    say_number(sketch, "desiredCapacity: ", 0, 30);
    say(sketch, ", ");
    if (happens(sketch, 50))
        say_mixed_instances(sketch, happens(sketch, 50));
    else
        say(sketch, "launchTemplate: {launchTemplateName: template, version: $Latest}");
    if (happens(sketch, 70))
        say_policies(sketch);
    say(sketch, ", capacityRebalance: true}\n");
}

/* --- what befalls a group --------------------------------------------------------------------- */

static struct container_instance *any_host(struct sketch *sketch, const struct auto_scaling_group *group)
{
    struct container_instance *host = group->first;
    for (int64_t i = roll(sketch, 0, 40); host && i > 0; i--)
        host = host->next_in_group ? host->next_in_group : group->first;
    return host;
}

static void launch(struct sketch *sketch, struct world *world, struct auto_scaling_group *group)
{
    static const struct launch_origin origins[] = {
        {.launch_configuration = "old"},
        {.launch_template = "other", .version = 7},
        {.launch_template = "template", .version = 1},
        {.launch_template = "template", .version = 2},
    };
    struct zone *zone = &world->zones[roll(sketch, 0, 2)];
    struct purchase purchase = group_purchase(world, group, zone);
    if (!purchase.type)
        return;
    if (happens(sketch, 50))
        purchase.origin = origins[roll(sketch, 0, 3)];
    instance_launch(world, group, zone, &purchase, NULL);
}

static void befall(struct sketch *sketch, struct world *world, struct auto_scaling_group *group)
{
    int64_t what = roll(sketch, 0, 9);
    struct container_instance *host = any_host(sketch, group);
    bool yes = happens(sketch, 50);
    if (what < 4 || !host)
        launch(sketch, world, group);
    else if (what < 6)
        instance_protect(world, host, yes);
    else if (what < 8)
        instance_set_unhealthy(host, yes, yes && happens(sketch, 30));
    else if (what == 8)
        instance_set_at_risk(host);
    else
        group_terminate(world, host, "by hand");
}

/* --- the same question twice ------------------------------------------------------------------ */

static struct container_instance *choose(struct auto_scaling_group *group, struct scale_in *pass,
                                         uint64_t choices, int64_t spare)
{
    group->choices = choices;
    return scale_in_choice(pass, spare);
}

static void check_choices(struct sketch *sketch, struct world *world, struct auto_scaling_group *group)
{
    struct scale_in *by_cohorts = scale_in_begin(world, group);
    struct scale_in *one_by_one = scale_in_begin_one_by_one(world, group);
    group->desired = roll(sketch, 0, 30);
    for (int64_t i = roll(sketch, 1, MOST_CHOICES); i > 0; i--) {
        int64_t spare = roll(sketch, 1, 4);
        uint64_t choices = group->choices;
        struct container_instance *host = choose(group, by_cohorts, choices, spare);
        assert_ptr_equal(host, choose(group, one_by_one, choices, spare));
        if (!host)
            break;
        group_terminate(world, host, "scale-in");
    }
    scale_in_end(by_cohorts);
    scale_in_end(one_by_one);
}

static void check_who_is_next(const struct auto_scaling_group *group)
{
    int64_t ill = 0, at_risk = 0;
    for (struct container_instance *each = group->first; each; each = each->next_in_group) {
        if (each->health.unhealthy && lifecycle_counts(each->lifecycle)) {
            assert_ptr_equal(roster_next_unhealthy(group, ill), each);
            ill = each->places.launch;
        }
        if (each->at_risk && lifecycle_counts(each->lifecycle)) {
            assert_ptr_equal(roster_next_at_risk(group, at_risk), each);
            at_risk = each->places.launch;
        }
    }
    assert_null(roster_next_unhealthy(group, ill));
    assert_null(roster_next_at_risk(group, at_risk));
}

static void check_group(uint64_t number)
{
    struct sketch sketch = {.key = rng_open(number, 1, 2, 3)};
    say_scenario(&sketch);
    struct ecs_run *seen = ecs_run_new(sketch.text.bytes);
    struct world *world = ecs_run_begin(seen);
    struct auto_scaling_group *group = &world->groups[0];
    for (int i = 0; i < STEPS; i++) {
        befall(&sketch, world, group);
        check_who_is_next(group);
        if (happens(&sketch, 20))
            check_choices(&sketch, world, group);
    }
    ecs_run_free(seen);
    text_free(&sketch.text);
}

static void cohorts_choose_as_a_look_at_each_host_does(void **state)
{
    (void)state;
    for (uint64_t number = 1; number <= GROUPS; number++)
        check_group(number);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cohorts_choose_as_a_look_at_each_host_does)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
