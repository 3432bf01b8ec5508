/* timeline: what people do, AWS actions at their time. An action's verbs are in models/ecs/timeline.h. */
#include "models/settings/tables.h"
#include <inttypes.h>

enum {
    /* [API:StartTaskRequest, UpdateContainerInstancesStateRequest.containerInstances] */
    MOST_INSTANCES_OF_CALL = 10,
};

/* --- selectors -------------------------------------------------------------------------------- */

#define OF struct selector
static const struct param selector_params[] = {
    ROW("name", NAME, name, "the very one: a task `web-3`, a host `fleet-2`"),
    ROW("service", REFERENCE, service, "of this service", IN("services")),
    ROW("taskDefinition", REFERENCE, task_definition, "of this task definition", IN("taskDefinitions")),
    ROW("availabilityZone", TEXT, availability_zone, "in this zone"),
    ROW("autoScalingGroup", REFERENCE, auto_scaling_group, "of this Auto Scaling group",
        IN("autoScalingGroups"), ALIAS("autoScalingGroupName")),
    {.key = "expression",
     .type = PARAM_PARSED,
     .offset = PARAM_OFFSET(OF, expression, const struct query *),
     .parse = query_bind,
     .meaning = "on instances that match, in the cluster query language"},
    ROW("pick", CHOICE, pick, "which of several: oldest, newest or random", DEFAULT("oldest"),
        ONE_OF(pick_names)),
    ROW("count", INTEGER, count, "how many of them", DEFAULT("1"), RANGE(1, MOST_COUNT)),
    PARAM_END,
};
#undef OF

static void check_selector(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct selector *selector = object;
    if (selector->name && (selector->service || selector->task_definition || selector->availability_zone ||
                           selector->auto_scaling_group || selector->expression || selector->count > 1))
        mistake(mistakes, selector, "name",
                "a name says which one is meant; nothing else can be selected beside it");
}

const struct shape selector_shape = {
    .name = "selector",
    .size = sizeof(struct selector),
    .params = selector_params,
    .shorthand = "name",
    .check = check_selector,
};

/* --- actions on services ---------------------------------------------------------------------- */

#define OF struct update_service_settings
static const struct param update_service_params[] = {
    ROW("service", REFERENCE, service, "service to update", REQUIRED, IN("services"), ALIAS("serviceName")),
    ROW("taskDefinition", REFERENCE, task_definition, "family:revision to deploy (default: what it has)",
        IN("taskDefinitions")),
    ROW("desiredCount", INTEGER, desired_count, "tasks that should run (default: what it has)",
        RANGE(0, MOST_COUNT)),
    ROW_STRUCT("deploymentConfiguration", deployment_configuration, struct deployment_configuration_settings,
               deployment_configuration_shape, "limits from now on (default: what it has)"),
    LIST_OF_PLACEMENT(OF),
    ROW_LIST("capacityProviderStrategy", capacity_provider_strategy, capacity_provider_item_shape,
             "with forceNewDeployment: where the tasks of the deployment run (default: what it has)"),
    ROW_LIST("loadBalancers", load_balancers, service_load_balancer_shape,
             "of the tasks that are deployed with it (default: what it has)"),
    ROW_NETWORK_CONFIGURATION,
    CONFIGURATION_ROWS,
    ROW("healthCheckGracePeriodSeconds", DURATION, health_check_grace_period,
        "seconds, from now on (default: what it has)", SECONDS(0, INT32_MAX)),
    ROW_REBALANCING("ENABLED or DISABLED (default: what it has)"),
    ROW("forceNewDeployment", FLAG, force_new_deployment, "whether to deploy without any change",
        DEFAULT("false")),
    PARAM_END,
};
#undef OF

/* Without a task definition of its own it means the one that the service has by then. */
static void check_update_service(struct mistakes *mistakes, void *object, void *root)
{
    const struct update_service_settings *update = object;
    const struct task_definition_settings *definition =
        update->task_definition ? settings_named(root, NAMED_TASK_DEFINITION, update->task_definition) : NULL;
    settings_check_early_success(mistakes, update->deployment_configuration.early_success,
                                 update->deployment_configuration.minimum_healthy_percent);
    placement_check(mistakes, update, &update->placement_strategies, &update->placement_constraints,
                    definition ? &definition->placement_constraints : NULL);
    settings_check_capacity_strategy(mistakes, update, "capacityProviderStrategy",
                                     &update->capacity_provider_strategy);
    settings_check_load_balancers(mistakes, update, &update->load_balancers, definition);
}

static const struct shape update_service_shape = {
    .name = "updateService",
    .size = sizeof(struct update_service_settings),
    .params = update_service_params,
    .check = check_update_service,
};

#define OF struct delete_service_settings
static const struct param delete_service_params[] = {
    ROW("service", REFERENCE, service, "service to delete", REQUIRED, IN("services"), ALIAS("serviceName")),
    ROW("force", FLAG, force, "whether its desired count may be above 0", DEFAULT("false")),
    PARAM_END,
};
#undef OF

static const struct shape delete_service_shape = {
    .name = "deleteService",
    .size = sizeof(struct delete_service_settings),
    .params = delete_service_params,
};

/* --- actions on tasks ------------------------------------------------------------------------- */

#define OF struct run_task_settings
static const struct param run_task_params[] = {
    ROWS_OF_RUN_TASK,
    PARAM_END,
};
#undef OF

void settings_check_run_task(struct mistakes *mistakes, void *object, void *root)
{
    const struct run_task_settings *run = object;
    const struct task_definition_settings *definition =
        settings_named(root, NAMED_TASK_DEFINITION, run->task_definition);
    placement_check(mistakes, run, &run->placement_strategies, &run->placement_constraints,
                    definition ? &definition->placement_constraints : NULL);
    if (run->capacity.launch_type > LAUNCH_FARGATE)
        settings_warn_unmodelled(mistakes, run, "launchType",
                                 settings_launch_types[run->capacity.launch_type]);
    settings_check_capacity(mistakes, root,
                            &(struct capacity_use){
                                .object = run,
                                .capacity = &run->capacity,
                                .definition = definition,
                                .placement_strategies = &run->placement_strategies,
                                .placement_constraints = &run->placement_constraints,
                            });
    settings_check_network(mistakes, run, &run->network_configuration, definition);
}

static const struct shape run_task_shape = {
    .name = "runTask",
    .size = sizeof(struct run_task_settings),
    .params = run_task_params,
    .check = settings_check_run_task,
};

#define OF struct start_task_settings
static const struct param start_task_params[] = {
    ROW("taskDefinition", REFERENCE, task_definition, "family:revision to start", REQUIRED,
        IN("taskDefinitions")),
    ROW("group", TEXT, group, "task group (default: family:FAMILY)"),
    ROW_LIST("containerInstances", container_instances, selector_shape,
             "hosts that get one task each, at most 10", REQUIRED),
    ROW_NETWORK_CONFIGURATION,
    PARAM_END,
};
#undef OF

static void check_number_of_instances(struct mistakes *mistakes, const void *object, const char *action,
                                      const struct list *selectors)
{
    int64_t count = 0;
    EACH(struct selector, selector, *selectors)
        count += selector->count;
    if (count < 1 || count > MOST_INSTANCES_OF_CALL)
        mistake(mistakes, object, "containerInstances", "%s takes 1 to %d container instances, not %" PRId64,
                action, MOST_INSTANCES_OF_CALL, count);
}

static void check_start_task(struct mistakes *mistakes, void *object, void *root)
{
    const struct start_task_settings *start = object;
    check_number_of_instances(mistakes, start, "startTask", &start->container_instances);
    settings_check_network(mistakes, start, &start->network_configuration,
                           settings_named(root, NAMED_TASK_DEFINITION, start->task_definition));
}

static const struct shape start_task_shape = {
    .name = "startTask",
    .size = sizeof(struct start_task_settings),
    .params = start_task_params,
    .check = check_start_task,
};

#define OF struct stop_task_settings
static const struct param stop_task_params[] = {
    ROW_STRUCT("task", task, struct selector, selector_shape, "task to stop: its name, or a selector",
               REQUIRED),
    ROW("reason", TEXT, reason, "what stoppedReason will say"),
    PARAM_END,
};
#undef OF

static const struct shape stop_task_shape = {
    .name = "stopTask",
    .size = sizeof(struct stop_task_settings),
    .params = stop_task_params,
};

#define OF struct update_task_protection_settings
static const struct param update_task_protection_params[] = {
    ROW_LIST("tasks", tasks, selector_shape, "tasks of services, at most 10 [API:UpdateTaskProtection]",
             REQUIRED),
    ROW("protectionEnabled", FLAG, protection_enabled, "whether scale-in and deployments leave them alone",
        REQUIRED),
    ROW("expiresInMinutes", DURATION, expires_in,
        "until it ends by itself (default: 120 [API:UpdateTaskProtection])", DEFAULT("120"),
        .unit = SIMTIME_MINUTE, RANGE(SIMTIME_MINUTE, 2880 * SIMTIME_MINUTE)),
    PARAM_END,
};
#undef OF

static void check_update_task_protection(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct update_task_protection_settings *update = object;
    int64_t count = 0;
    EACH(struct selector, selector, update->tasks)
        count += selector->count;
    if (count < 1 || count > MOST_PROTECTED_TASKS)
        mistake(mistakes, update, "tasks", "updateTaskProtection takes 1 to %d tasks, not %" PRId64,
                MOST_PROTECTED_TASKS, count);
}

static const struct shape update_task_protection_shape = {
    .name = "updateTaskProtection",
    .size = sizeof(struct update_task_protection_settings),
    .params = update_task_protection_params,
    .check = check_update_task_protection,
};

/* --- actions on hosts ------------------------------------------------------------------------- */

#define OF struct set_desired_capacity_settings
static const struct param set_desired_capacity_params[] = {
    ROW("autoScalingGroupName", REFERENCE, auto_scaling_group, "group to resize", REQUIRED,
        IN("autoScalingGroups")),
    ROW("desiredCapacity", INTEGER, desired_capacity, "hosts from now on", REQUIRED, RANGE(0, MOST_COUNT)),
    PARAM_END,
};
#undef OF

static const struct shape set_desired_capacity_shape = {
    .name = "setDesiredCapacity",
    .size = sizeof(struct set_desired_capacity_settings),
    .params = set_desired_capacity_params,
};

#define OF struct terminate_instance_settings
static const struct param terminate_instance_params[] = {
    ROW_STRUCT("instanceId", instance, struct selector, selector_shape,
               "host to terminate: its name, or a selector", REQUIRED),
    ROW("shouldDecrementDesiredCapacity", FLAG, decrement_desired_capacity,
        "whether its group replaces it: false, or not: true", DEFAULT("false")),
    PARAM_END,
};
#undef OF

static const struct shape terminate_instance_shape = {
    .name = "terminateInstanceInAutoScalingGroup",
    .size = sizeof(struct terminate_instance_settings),
    .params = terminate_instance_params,
};

const char *const settable_states[] = {[SET_ACTIVE] = "ACTIVE", [SET_DRAINING] = "DRAINING", NULL};

#define OF struct update_container_instances_state_settings
static const struct param update_container_instances_state_params[] = {
    ROW_LIST("containerInstances", container_instances, selector_shape,
             "hosts: their names, or selectors, at most 10", REQUIRED),
    ROW("status", CHOICE, status, "ACTIVE, or DRAINING: its service tasks go elsewhere", REQUIRED,
        ONE_OF(settable_states)),
    PARAM_END,
};
#undef OF

static void check_update_container_instances_state(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct update_container_instances_state_settings *update = object;
    check_number_of_instances(mistakes, update, "updateContainerInstancesState",
                              &update->container_instances);
}

static const struct shape update_container_instances_state_shape = {
    .name = "updateContainerInstancesState",
    .size = sizeof(struct update_container_instances_state_settings),
    .params = update_container_instances_state_params,
    .check = check_update_container_instances_state,
};

#define OF struct deregister_container_instance_settings
static const struct param deregister_container_instance_params[] = {
    ROW_STRUCT("containerInstance", instance, struct selector, selector_shape,
               "host that ECS is to forget: its name, or a selector", REQUIRED),
    ROW("force", FLAG, force, "whether it may have tasks; their containers run on, and ECS forgets them",
        DEFAULT("false")),
    PARAM_END,
};
#undef OF

static const struct shape deregister_container_instance_shape = {
    .name = "deregisterContainerInstance",
    .size = sizeof(struct deregister_container_instance_settings),
    .params = deregister_container_instance_params,
};

/* --- the catalogue ---------------------------------------------------------------------------- */

#define ACTION(identifier, action_name, action_verbs_of, text)                                               \
    static const struct variant identifier = {                                                               \
        .name = action_name, .meaning = text, .shape = &identifier##_shape, .verbs = &action_verbs_of}
#define create_service_shape service_shape
#define register_task_definition_shape task_definition_shape
#define create_role_shape role_action_shape
#define delete_role_shape role_action_shape
#define attach_role_policy_shape role_action_shape
#define detach_role_policy_shape role_action_shape

ACTION(run_task, "runTask", run_task_action, "start tasks outside any service, where the placement says");
ACTION(start_task, "startTask", start_task_action, "start a task on named hosts");
ACTION(stop_task, "stopTask", stop_task_action, "stop a task");
ACTION(create_service, "createService", create_service_action, "create a service");
ACTION(update_service, "updateService", update_service_action,
       "change a service; a new task definition is deployed");
ACTION(delete_service, "deleteService", delete_service_action, "delete a service");
ACTION(continue_service_deployment, "continueServiceDeployment", continue_service_deployment_action,
       "let a deployment go on, or back, that waits at a PAUSE hook");
ACTION(register_task_definition, "registerTaskDefinition", register_task_definition_action,
       "register a task definition");
ACTION(update_task_protection, "updateTaskProtection", update_task_protection_action,
       "protect tasks from scale-in and deployments, or no longer");
ACTION(set_desired_capacity, "setDesiredCapacity", set_desired_capacity_action,
       "resize an Auto Scaling group");
ACTION(update_auto_scaling_group, "updateAutoScalingGroup", update_auto_scaling_group_action,
       "change the sizes or the zones of an Auto Scaling group");
ACTION(set_instance_health, "setInstanceHealth", set_instance_health_action,
       "tell a group that a host is unhealthy, or is not");
ACTION(set_instance_protection, "setInstanceProtection", set_instance_protection_action,
       "protect hosts of a group from scale-in, or no longer");
ACTION(suspend_processes, "suspendProcesses", suspend_processes_action, "keep a group from doing something");
ACTION(resume_processes, "resumeProcesses", resume_processes_action, "let it do it again");
ACTION(complete_lifecycle_action, "completeLifecycleAction", complete_lifecycle_action_action,
       "let a host go on that waits for a lifecycle hook, or give its launch up");
ACTION(terminate_instance, "terminateInstanceInAutoScalingGroup", terminate_instance_action,
       "terminate a host of a group");
ACTION(stop_service_deployment, "stopServiceDeployment", stop_service_deployment_action,
       "end a deployment that is under way, with or without a rollback");
ACTION(set_alarm_state, "setAlarmState", set_alarm_state_action, "set the state of a CloudWatch alarm");
ACTION(update_container_instances_state, "updateContainerInstancesState",
       update_container_instances_state_action, "drain hosts, or take them back");
ACTION(deregister_container_instance, "deregisterContainerInstance", deregister_container_instance_action,
       "let ECS forget a host");
ACTION(start_instance_refresh, "startInstanceRefresh", start_instance_refresh_action,
       "replace the instances of a group, a few at a time");
ACTION(cancel_instance_refresh, "cancelInstanceRefresh", cancel_instance_refresh_action,
       "end an instance refresh where it is");
ACTION(rollback_instance_refresh, "rollbackInstanceRefresh", rollback_instance_refresh_action,
       "take an instance refresh back");
ACTION(start_zonal_shift, "startZonalShift", start_zonal_shift_action,
       "let a group launch nothing in a zone for a while");
ACTION(cancel_zonal_shift, "cancelZonalShift", cancel_zonal_shift_action, "end a zonal shift");
ACTION(put_image, "putImage", put_image_action, "let a tag stand for another image");

ACTION(create_role, "createRole", create_role_action, "create an IAM role, with its policy");
ACTION(delete_role, "deleteRole", delete_role_action, "delete an IAM role: nobody can assume it");
ACTION(attach_role_policy, "attachRolePolicy", attach_role_policy_action,
       "give a role the policy by which it may what it is for");
ACTION(detach_role_policy, "detachRolePolicy", detach_role_policy_action,
       "take it away: the role may nothing");

static const struct variant *const actions[] = {
    &run_task,
    &start_task,
    &stop_task,
    &create_service,
    &update_service,
    &delete_service,
    &continue_service_deployment,
    &register_task_definition,
    &set_desired_capacity,
    &update_auto_scaling_group,
    &set_instance_health,
    &set_instance_protection,
    &suspend_processes,
    &resume_processes,
    &complete_lifecycle_action,
    &terminate_instance,
    &update_container_instances_state,
    &deregister_container_instance,
    &update_task_protection,
    &stop_service_deployment,
    &start_instance_refresh,
    &cancel_instance_refresh,
    &rollback_instance_refresh,
    &start_zonal_shift,
    &cancel_zonal_shift,
    &set_alarm_state,
    &create_role,
    &delete_role,
    &attach_role_policy,
    &detach_role_policy,
    &put_image,
    NULL,
};

const struct catalogue timeline_actions = {"action", actions};

const void *settings_of_action(const struct timeline_settings *entry, const char *name)
{
    const struct variant *action = entry->action.variant;
    return action && settings_same(action->name, name) ? entry->action.settings : NULL;
}

/* --- entries ---------------------------------------------------------------------------------- */

#define OF struct timeline_settings
static const struct param timeline_params[] = {
    ROW("at", DURATION, at, "time of the action since the start of the run", REQUIRED),
    ROW("every", DURATION, every, "repeats it after each such time (default: once)",
        RANGE(SIMTIME_MILLISECOND, INT64_MAX)),
    ROW("times", INTEGER, times, "how often in all (default: once, or with `every` to the end)",
        RANGE(1, INT32_MAX)),
    ROW("action", VARIANT, action, "what is done, in the words of the AWS API",
        .catalogue = &timeline_actions, .aws = "timeline"),
    PARAM_END,
};
#undef OF

static void derive_times(struct timeline_settings *entry, simtime duration)
{
    if (entry->times != ABSENT)
        return;
    bool repeats = entry->every != ABSENT && entry->at <= duration;
    entry->times = repeats ? (duration - entry->at) / entry->every + 1 : 1;
}

static void check_action(struct mistakes *mistakes, const struct timeline_settings *entry)
{
    const struct variant *action = entry->action.variant;
    if (!action)
        mistake(mistakes, entry, NULL, "the entry has no action: updateService, runTask, stopTask, …");
}

static void check_timeline(struct mistakes *mistakes, void *object, void *root)
{
    const struct ecs_settings *settings = root;
    struct timeline_settings *entry = object;
    check_action(mistakes, entry);
    if (entry->times != ABSENT && entry->times > 1 && entry->every == ABSENT)
        mistake(mistakes, entry, "times", "`times` needs `every`: after how long it is done again");
    if (entry->at > settings->run.duration)
        warn(mistakes, entry, "at", "this is after the end of the run, so it never happens");
    derive_times(entry, settings->run.duration);
}

const struct shape timeline_shape = {
    .name = "timeline entry",
    .size = sizeof(struct timeline_settings),
    .params = timeline_params,
    .check = check_timeline,
};
