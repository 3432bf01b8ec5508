/* What the tables of models/ecs make of small scenarios: defaults, derived fields, and what passes with a
 * warning. The mistakes are in tests/mistakes. */
#include "models/settings/aws_fields.h"
#include "models/settings/settings.h"
#include "sim/engine/text.h"
#include "sim/scenario/scenario.h"
#include "tests/group.h"
#include <string.h>
/* cmocka wants the three above first */

static const struct model model = {.settings = &ecs_settings_shape, .known_field = aws_field_known};

static struct scenario *read_text(const char *text)
{
    struct scenario *scenario = scenario_read_text(&model, "test.yaml", text, strlen(text), NULL, 0);
    if (scenario->errors)
        scenario_print_mistakes(scenario, stderr);
    assert_int_equal(scenario->errors, 0);
    assert_non_null(scenario->settings);
    return scenario;
}

/* The scenario is the test's state until end(). */
static const struct ecs_settings *begin(void **state, const char *text)
{
    struct scenario *scenario = read_text(text);
    *state = scenario;
    return scenario->settings;
}

static size_t warnings(void **state)
{
    const struct scenario *scenario = *state;
    return scenario->warnings;
}

static void end(void **state)
{
    scenario_free(*state);
}

#define SERVICE_OF_ONE                                                                                       \
    "taskDefinitions: [{family: app, containerDefinitions: [{name: main, memory: 128}]}]\n"                  \
    "services: [{serviceName: web, taskDefinition: app, desiredCount: 1}]\n"

/* --- defaults --------------------------------------------------------------------------------- */

static void a_bare_scenario_has_documented_defaults(void **state)
{
    const struct ecs_settings *settings = begin(state, "duration: 10m\n");
    assert_string_equal(settings->cluster.name, "default");
    assert_int_equal(settings->start, START_STEADY);
    assert_int_equal(settings->record_events.count, 5);
    assert_int_equal(settings->availability_zones.count, 1);
    assert_int_equal(settings->timing.service_tick, 10 * SIMTIME_SECOND);
    assert_int_equal(settings->timing.healthy_without_checks, 40 * SIMTIME_SECOND);
    assert_int_equal(settings->timing.steady_state_repeat, 6 * SIMTIME_HOUR);
    assert_int_equal(dist_draw(&settings->timing.instance_launch, 1), 30 * SIMTIME_SECOND);
    assert_int_equal(dist_draw(&settings->timing.task_dispatch, 1), 1200 * SIMTIME_MILLISECOND);
    assert_int_equal(dist_draw(&settings->timing.image_pull_cached, 1), 100 * SIMTIME_MILLISECOND);
    end(state);
}

static void a_service_leaves_percentages_to_the_world(void **state)
{
    const struct ecs_settings *settings = begin(state, "duration: 10m\n" SERVICE_OF_ONE);
    const struct service_settings *service = LIST_AT(struct service_settings, settings->services, 0);
    assert_int_equal(service->deployment_configuration.minimum_healthy_percent, ABSENT);
    assert_int_equal(service->deployment_configuration.maximum_percent, ABSENT);
    assert_int_equal(service->health_check_grace_period, 0);
    assert_true(service->simulation.stopping_counts);
    end(state);
}

static void health_checks_have_the_defaults_of_aws(void **state)
{
    const struct ecs_settings *settings = begin(
        state,
        "duration: 10m\n"
        "taskDefinitions:\n"
        "  - family: app\n"
        "    containerDefinitions: [{name: main, memory: 128, healthCheck: {command: [CMD, \"true\"]}}]\n"
        "targetGroups: [{name: web}]\n"
        "loadBalancerDescriptions: [{loadBalancerName: old}]\n");
    const struct task_definition_settings *definition = settings->task_definitions.items;
    const struct container_settings *container = definition->containers.items;
    const struct target_group_settings *group = settings->target_groups.items;
    const struct classic_load_balancer_settings *classic = settings->load_balancers.items;
    assert_int_equal(container->health_check->interval, 30 * SIMTIME_SECOND);
    assert_int_equal(container->health_check->retries, 3);
    assert_int_equal(group->interval, 30 * SIMTIME_SECOND);
    assert_int_equal(group->healthy_threshold, 5);
    assert_int_equal(group->deregistration_delay, 300 * SIMTIME_SECOND);
    assert_int_equal(classic->health_check.healthy_threshold, 10);
    assert_false(classic->attributes.connection_draining.enabled);
    assert_int_equal(classic->attributes.connection_draining.timeout, 300 * SIMTIME_SECOND);
    end(state);
}

/* --- task definitions ------------------------------------------------------------------------- */

static void revisions_are_numbered_and_named(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "taskDefinitions:\n"
                     "  - {family: app, containerDefinitions: [{name: main, memory: 128}]}\n"
                     "  - {family: app, revision: 7, containerDefinitions: [{name: main, memory: 128}]}\n"
                     "  - {family: app, containerDefinitions: [{name: main, memory: 128}]}\n");
    const struct task_definition_settings *definitions = settings->task_definitions.items;
    assert_string_equal(definitions[0].name, "app:1");
    assert_string_equal(definitions[1].name, "app:7");
    assert_string_equal(definitions[2].name, "app:8");
    end(state);
}

/* 6 MiB is the least that Docker takes: 300 (reserved) + 512 + 6. */
static void a_task_reserves_the_sum_of_its_containers(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "taskDefinitions:\n"
                     "  - family: app\n"
                     "    containerDefinitions:\n"
                     "      - {name: a, cpu: 100, memory: 1 GB, memoryReservation: 300}\n"
                     "      - {name: b, cpu: 0.5 vCPU, memory: 512}\n"
                     "      - {name: c, memory: 4}\n");
    const struct task_definition_settings *definition = settings->task_definitions.items;
    assert_int_equal(definition->reserved_cpu, 612);
    assert_int_equal(definition->reserved_memory_mib, 818);
    end(state);
}

static void the_size_of_the_task_comes_before_its_containers(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "taskDefinitions:\n"
                     "  - {family: app, cpu: \"512\", memory: \"1024\", "
                     "containerDefinitions: [{name: a, cpu: 100, memory: 300}]}\n");
    const struct task_definition_settings *definition = settings->task_definitions.items;
    assert_int_equal(definition->reserved_cpu, 512);
    assert_int_equal(definition->reserved_memory_mib, 1024);
    end(state);
}

static void only_static_ports_of_the_host_are_taken(void **state)
{
    static const char *const modes[] = {"bridge", "host", "awsvpc"};
    static const size_t counts[] = {1, 2, 0};
    for (size_t i = 0; i < 3; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "duration: 10m\ntaskDefinitions:\n  - family: app\n    networkMode: %s\n"
                 "    containerDefinitions: [{name: a, memory: 128, portMappings: [{containerPort: 80}, "
                 "{containerPort: 53, hostPort: 53, protocol: udp}]}]\n",
                 modes[i]);
        const struct ecs_settings *settings = begin(state, text);
        const struct task_definition_settings *definition = settings->task_definitions.items;
        assert_int_equal(definition->host_port_count, counts[i]);
        if (counts[i] > 0) {
            assert_int_equal(definition->host_ports[counts[i] - 1].port, 53);
            assert_int_equal(definition->host_ports[counts[i] - 1].protocol, PORT_UDP);
        }
        end(state);
    }
}

/* --- target groups ---------------------------------------------------------------------------- */

static void the_deregistration_delay_is_an_attribute(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "targetGroups:\n"
                     "  - TargetGroupName: web\n"
                     "    Attributes: [{Key: deregistration_delay.timeout_seconds, Value: \"60\"}]\n"
                     "  - {name: api, attributes: {deregistration_delay.timeout_seconds: 5}}\n");
    const struct target_group_settings *groups = settings->target_groups.items;
    assert_int_equal(groups[0].deregistration_delay, 60 * SIMTIME_SECOND);
    assert_int_equal(groups[1].deregistration_delay, 5 * SIMTIME_SECOND);
    end(state);
}

/* --- the fleet -------------------------------------------------------------------------------- */

static void a_group_finds_its_type(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "instanceTypes:\n"
                     "  - {instanceType: m5.large, pricePerHour: 0.05}\n"
                     "  - {instanceType: own.big, vcpu: 8, memoryMiB: 16GiB}\n"
                     "autoScalingGroups:\n"
                     "  - {autoScalingGroupName: a, instanceType: m5.large, minSize: 2, maxSize: 4}\n"
                     "  - {autoScalingGroupName: b, instanceType: own.big, minSize: 0, maxSize: 4}\n"
                     "  - AutoScalingGroupName: c\n"
                     "    MinSize: 1\n"
                     "    MaxSize: 4\n"
                     "    DesiredCapacity: 2\n"
                     "    Instances: [{InstanceType: c5.large}, {InstanceType: c5.large}]\n");
    const struct auto_scaling_group_settings *groups = settings->auto_scaling_groups.items;
    const struct instance_type *known = instance_type_find("m5.large");
    const struct instance_type *types[3];
    for (int i = 0; i < 3; i++) {
        assert_int_equal(groups[i].plan.options.count, 1);
        types[i] = LIST_AT(struct launch_option, groups[i].plan.options, 0)->type;
    }
    assert_int_equal(types[0]->memory_mib, known->memory_mib);
    assert_int_equal(types[0]->max_enis, known->max_enis);
    assert_int_equal(types[0]->price, 50000000);
    assert_int_equal(groups[0].desired_capacity, 2);
    assert_int_equal(types[1]->cpu_units, 8192);
    assert_int_equal(types[1]->memory_mib, 16384);
    assert_int_equal(types[1]->price, -1);
    assert_ptr_equal(types[2], instance_type_find("c5.large"));
    assert_int_equal(groups[2].desired_capacity, 2);
    end(state);
}

static void reserved_ports_may_be_json_or_yaml(void **state)
{
    const struct ecs_settings *settings = begin(
        state, "duration: 10m\n"
               "containerInstances:\n"
               "  - {instanceType: m5.large, simulation: {ecsConfig: {ECS_RESERVED_PORTS: \"[22, 80]\"}}}\n"
               "  - {instanceType: m5.large, simulation: {ecsConfig: {ECS_RESERVED_PORTS: [443]}}}\n"
               "  - {instanceType: m5.large, simulation: {ecsConfig: {ECS_RESERVED_PORTS: \"[]\"}}}\n"
               "  - {instanceType: m5.large}\n");
    static const size_t counts[] = {2, 1, 0, 5};
    static const uint16_t last[] = {80, 443, 0, 51679};
    for (size_t i = 0; i < 4; i++) {
        const struct container_instance_settings *instance =
            LIST_AT(struct container_instance_settings, settings->container_instances, i);
        const struct list *ports = &instance->simulation.ecs_config.reserved_ports;
        assert_int_equal(ports->count, counts[i]);
        if (counts[i] > 0)
            assert_int_equal(LIST_AT(struct host_port, *ports, counts[i] - 1)->port, last[i]);
    }
    end(state);
}

static void what_aws_prints_of_an_instance_names_type_and_zone(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "containerInstances:\n"
                     "  - attributes:\n"
                     "      - {name: ecs.instance-type, value: c5.xlarge}\n"
                     "      - {name: ecs.availability-zone, value: eu-west-1b}\n"
                     "      - {name: ecs.capability.task-eni}\n");
    const struct container_instance_settings *instance = settings->container_instances.items;
    assert_string_equal(instance->type->name, "c5.xlarge");
    assert_string_equal(instance->availability_zone, "eu-west-1b");
    assert_null(LIST_AT(struct pair, instance->attributes, 2)->value);
    assert_int_equal(instance->count, 1);
    end(state);
}

static void zones_are_those_that_hosts_name(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "containerInstances: [{instanceType: m5.large, availabilityZone: z}]\n"
                     "autoScalingGroups:\n"
                     "  - {autoScalingGroupName: a, instanceType: m5.large, minSize: 0, maxSize: 1, "
                     "availabilityZones: [b, a]}\n"
                     "  - {autoScalingGroupName: b, instanceType: m5.large, minSize: 0, maxSize: 1, "
                     "availabilityZones: [a, c]}\n");
    static const char *const expected[] = {"b", "a", "c", "z"};
    assert_int_equal(settings->availability_zones.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(*LIST_AT(const char *, settings->availability_zones, i), expected[i]);
    end(state);
}

/* --- timeline --------------------------------------------------------------------------------- */

static void an_entry_repeats_to_the_end_unless_it_says_how_often(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n" SERVICE_OF_ONE "timeline:\n"
                     "  - {at: 1m, updateService: {service: web}}\n"
                     "  - {at: 1m, every: 2m, updateService: {service: web}}\n"
                     "  - {at: 1m, every: 2m, times: 3, updateService: {service: web}}\n");
    static const int64_t times[] = {1, 5, 3};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(LIST_AT(struct timeline_settings, settings->timeline, i)->times, times[i]);
    end(state);
}

static void what_the_timeline_creates_has_a_name(void **state)
{
    const struct ecs_settings *settings = begin(
        state,
        "duration: 10m\n"
        "timeline:\n"
        "  - {at: 1m, registerTaskDefinition: {family: new, containerDefinitions: [{name: a, memory: 9}]}}\n"
        "  - {at: 2m, createService: {serviceName: late, taskDefinition: \"new:1\", desiredCount: 1}}\n"
        "  - {at: 3m, updateService: {service: late, desiredCount: 2}}\n");
    const struct timeline_settings *entries = settings->timeline.items;
    const struct task_definition_settings *definition = entries[0].action.settings;
    const struct update_service_settings *update = entries[2].action.settings;
    assert_string_equal(definition->name, "new:1");
    assert_string_equal(update->service, "late");
    assert_int_equal(update->deployment_configuration.maximum_percent, ABSENT);
    end(state);
}

static void a_name_will_do_for_a_selector(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n" SERVICE_OF_ONE "timeline:\n"
                     "  - {at: 1m, stopTask: {task: web-1}}\n"
                     "  - {at: 1m, stopTask: {task: {service: web, pick: newest, count: 2}}}\n");
    const struct timeline_settings *entries = settings->timeline.items;
    const struct stop_task_settings *one = entries[0].action.settings, *several = entries[1].action.settings;
    assert_string_equal(one->task.name, "web-1");
    assert_int_equal(one->task.count, 1);
    assert_null(several->task.name);
    assert_int_equal(several->task.pick, PICK_NEWEST);
    assert_int_equal(several->task.count, 2);
    end(state);
}

/* --- warnings --------------------------------------------------------------------------------- */

struct percentages {
    int desired, minimum, maximum;
    size_t warnings;
};

static void percentages_that_leave_no_move_are_a_warning(void **state)
{
    static const struct percentages cases[] = {
        {1, 100, 150, 1}, {1, 50, 150, 1},  {2, 100, 125, 1}, {3, 100, 125, 1},
        {10, 95, 105, 1}, {1, 100, 200, 0}, {1, 0, 100, 0},   {2, 50, 100, 0},
        {2, 100, 150, 0}, {4, 100, 125, 0}, {10, 90, 105, 0}, {0, 100, 150, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        snprintf(
            text, sizeof text,
            "duration: 10m\n"
            "taskDefinitions: [{family: app, containerDefinitions: [{name: main, memory: 128}]}]\n"
            "services: [{serviceName: web, taskDefinition: app, desiredCount: %d, deploymentConfiguration: "
            "{minimumHealthyPercent: %d, maximumPercent: %d}}]\n",
            cases[i].desired, cases[i].minimum, cases[i].maximum);
        begin(state, text);
        assert_int_equal(warnings(state), cases[i].warnings);
        end(state);
    }
}

/* An m5.large has 2 vCPUs; the group's other type would do. */
static void one_host_with_room_is_enough(void **state)
{
    static const char text[] =
        "duration: 10m\n"
        "taskDefinitions: [{family: app, containerDefinitions: [{name: main, cpu: 4096, memory: 128}]}]\n"
        "containerInstances: [{instanceType: m5.large}%s]\n";
    char small[400], large[400];
    snprintf(small, sizeof small, text, "");
    snprintf(large, sizeof large, text, ", {instanceType: m5.xlarge}");
    begin(state, small);
    assert_int_equal(warnings(state), 1);
    end(state);
    begin(state, large);
    assert_int_equal(warnings(state), 0);
    end(state);
}

/* --- scaling ---------------------------------------------------------------------------------- */

static void timings_and_quotas_of_scaling_have_documented_defaults(void **state)
{
    const struct ecs_settings *settings = begin(state, "duration: 10m\n");
    const struct timing_settings *timing = &settings->timing;
    assert_int_equal(timing->metric_delay, 183 * SIMTIME_SECOND);
    assert_int_equal(timing->high_resolution_metric_delay, 26 * SIMTIME_SECOND);
    assert_int_equal(timing->managed_scaling_delay, 30 * SIMTIME_SECOND);
    assert_int_equal(timing->status_check_patience, 3 * SIMTIME_MINUTE);
    assert_int_equal(timing->rebalance_recommendation, 10 * SIMTIME_MINUTE);
    assert_int_equal(dist_draw(&timing->provisioning_timeout, 1), 20 * SIMTIME_MINUTE);
    assert_int_equal(dist_draw(&timing->warm_start_stopped, 1), 21200 * SIMTIME_MILLISECOND);
    assert_int_equal(dist_draw(&timing->warm_start_running, 1), 1900 * SIMTIME_MILLISECOND);
    assert_int_equal(dist_draw(&timing->warm_start_hibernated, 1), 20700 * SIMTIME_MILLISECOND);
    assert_int_equal(settings->quotas.provisioning_tasks_per_cluster, 500);
    assert_int_equal(settings->quotas.ec2_launch_burst, 1000);
    assert_int_equal(settings->quotas.ec2_launches_per_second, 2);
    end(state);
}

static void managed_scaling_has_the_defaults_of_aws(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large, minSize: 1, "
                     "maxSize: 9}]\n"
                     "capacityProviders: [{name: hosts, autoScalingGroupProvider: {autoScalingGroupArn: "
                     "fleet}}]\n");
    const struct auto_scaling_group_provider_settings *provider =
        LIST_AT(struct capacity_provider_settings, settings->capacity_providers, 0)
            ->auto_scaling_group_provider;
    assert_false(provider->managed_scaling.status);
    assert_int_equal(provider->managed_scaling.target_capacity, 100);
    assert_int_equal(provider->managed_scaling.minimum_step, 1);
    assert_int_equal(provider->managed_scaling.maximum_step, 10000);
    assert_int_equal(provider->managed_scaling.warmup, 300 * SIMTIME_SECOND);
    assert_false(provider->managed_termination_protection);
    assert_true(provider->managed_draining);
    end(state);
}

static void groups_have_the_defaults_of_aws(void **state)
{
    const struct ecs_settings *settings =
        begin(state, "duration: 10m\n"
                     "autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large, minSize: 1, "
                     "maxSize: 9}]\n");
    const struct auto_scaling_group_settings *group =
        LIST_AT(struct auto_scaling_group_settings, settings->auto_scaling_groups, 0);
    assert_int_equal(group->default_cooldown, 300 * SIMTIME_SECOND);
    assert_int_equal(group->behaviour.health_check_grace_period, 0);
    assert_int_equal(group->behaviour.zone_distribution.capacity_distribution,
                     DISTRIBUTION_BALANCED_BEST_EFFORT);
    assert_false(group->behaviour.new_instances_protected);
    assert_true(group->maintenance.default_instance_warmup < 0);
    assert_int_equal(group->maintenance.max_instance_lifetime, 0);
    assert_false(group->capacity_rebalance);
    end(state);
}

/* --- quotas of scaling ------------------------------------------------------------------------ */

static size_t errors_of(const struct text *text)
{
    struct scenario *scenario =
        scenario_read_text(&model, "test.yaml", text->bytes, strlen(text->bytes), NULL, 0);
    size_t errors = scenario->errors;
    scenario_free(scenario);
    return errors;
}

/* Errors of a scenario in which a section has so many entries, each with its number as its name. */
static size_t errors_of_many(const char *section, const char *entry, int count)
{
    struct text text = {0};
    text_add(&text, "duration: 10m\n"
                    "autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large, minSize: 1, "
                    "maxSize: 9}]\n"
                    "scalableTargets: [{resourceId: web, minCapacity: 1, maxCapacity: 9}]\n" SERVICE_OF_ONE);
    text_add_format(&text, "%s:\n", section);
    for (int i = 0; i < count; i++)
        text_add_format(&text, "  - {%sName: a-%d, %s}\n",
                        strcmp(section, "scalingPolicies") ? "scheduledAction" : "policy", i, entry);
    size_t errors = errors_of(&text);
    text_free(&text);
    return errors;
}

static size_t errors_of_overrides(int count)
{
    struct text text = {0};
    text_add(&text, "duration: 10m\ninstanceTypes:\n");
    for (int i = 0; i < count; i++)
        text_add_format(&text, "  - {instanceType: t%d, vcpu: 1, memoryMiB: 1024}\n", i);
    text_add(&text, "launchTemplates: [{launchTemplateName: web, launchTemplateData: {instanceType: t0}}]\n"
                    "autoScalingGroups:\n"
                    "  - autoScalingGroupName: fleet\n"
                    "    minSize: 0\n"
                    "    maxSize: 9\n"
                    "    mixedInstancesPolicy:\n"
                    "      launchTemplate:\n"
                    "        launchTemplateSpecification: {launchTemplateName: web}\n"
                    "        overrides:\n");
    for (int i = 0; i < count; i++)
        text_add_format(&text, "          - {instanceType: t%d}\n", i);
    size_t errors = errors_of(&text);
    text_free(&text);
    return errors;
}

static void a_group_has_no_more_types_than_it_can_choose_from(void **state)
{
    (void)state;
    assert_int_equal(errors_of_overrides(100), 0);
    assert_int_equal(errors_of_overrides(101), 1);
}

static void assert_most(const char *section, const char *entry, int most)
{
    assert_int_equal(errors_of_many(section, entry, most), 0);
    assert_int_equal(errors_of_many(section, entry, most + 1), 1);
}

/* [Q] */
static void a_resource_has_so_many_policies_and_scheduled_actions(void **state)
{
    (void)state;
    assert_most("scheduledActions",
                "resourceId: web, schedule: \"rate(1 day)\", scalableTargetAction: {minCapacity: 2}", 200);
    assert_most("scheduledUpdateGroupActions",
                "autoScalingGroupName: fleet, recurrence: \"0 8 * * *\", minSize: 2", 125);
    assert_most("scalingPolicies",
                "resourceId: web, targetTrackingScalingPolicyConfiguration: {targetValue: 50, "
                "predefinedMetricSpecification: {predefinedMetricType: ECSServiceAverageCPUUtilization}}",
                50);
    assert_most("scalingPolicies",
                "autoScalingGroupName: fleet, targetTrackingConfiguration: {targetValue: 50, "
                "predefinedMetricSpecification: {predefinedMetricType: ASGAverageCPUUtilization}}",
                50);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bare_scenario_has_documented_defaults),
        cmocka_unit_test(a_service_leaves_percentages_to_the_world),
        cmocka_unit_test(health_checks_have_the_defaults_of_aws),
        cmocka_unit_test(revisions_are_numbered_and_named),
        cmocka_unit_test(a_task_reserves_the_sum_of_its_containers),
        cmocka_unit_test(the_size_of_the_task_comes_before_its_containers),
        cmocka_unit_test(only_static_ports_of_the_host_are_taken),
        cmocka_unit_test(the_deregistration_delay_is_an_attribute),
        cmocka_unit_test(a_group_finds_its_type),
        cmocka_unit_test(reserved_ports_may_be_json_or_yaml),
        cmocka_unit_test(what_aws_prints_of_an_instance_names_type_and_zone),
        cmocka_unit_test(zones_are_those_that_hosts_name),
        cmocka_unit_test(an_entry_repeats_to_the_end_unless_it_says_how_often),
        cmocka_unit_test(what_the_timeline_creates_has_a_name),
        cmocka_unit_test(a_name_will_do_for_a_selector),
        cmocka_unit_test(percentages_that_leave_no_move_are_a_warning),
        cmocka_unit_test(one_host_with_room_is_enough),
        cmocka_unit_test(timings_and_quotas_of_scaling_have_documented_defaults),
        cmocka_unit_test(managed_scaling_has_the_defaults_of_aws),
        cmocka_unit_test(groups_have_the_defaults_of_aws),
        cmocka_unit_test(a_resource_has_so_many_policies_and_scheduled_actions),
        cmocka_unit_test(a_group_has_no_more_types_than_it_can_choose_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
