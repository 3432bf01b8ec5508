/* timeline: what people do to Auto Scaling groups. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <strings.h>

#define GROUP                                                                                                \
    ROW("autoScalingGroupName", REFERENCE, auto_scaling_group, "the group", REQUIRED, IN("autoScalingGroups"))

/* --- SetInstanceProtection -------------------------------------------------------------------- */

enum { MOST_PROTECTED_INSTANCES = 50 }; /* [API autoscaling:SetInstanceProtectionQuery] */

#define OF struct set_instance_protection_settings
static const struct param set_instance_protection_params[] = {
    GROUP,
    ROW_LIST("instanceIds", instances, selector_shape, "hosts of the group, at most 50", REQUIRED),
    ROW("protectedFromScaleIn", FLAG, protected_from_scale_in, "whether scale-in leaves them alone",
        REQUIRED),
    PARAM_END,
};
#undef OF

static void check_set_instance_protection(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct set_instance_protection_settings *set = object;
    int64_t count = 0;
    EACH(struct selector, selector, set->instances)
        count += selector->count;
    if (count < 1 || count > MOST_PROTECTED_INSTANCES)
        mistake(mistakes, set, "instanceIds", "setInstanceProtection takes 1 to %d instances, not %" PRId64,
                MOST_PROTECTED_INSTANCES, count);
}

const struct shape set_instance_protection_shape = {
    .name = "setInstanceProtection",
    .size = sizeof(struct set_instance_protection_settings),
    .params = set_instance_protection_params,
    .check = check_set_instance_protection,
};

/* --- SetInstanceHealth ------------------------------------------------------------------------ */

const char *const health_statuses[] = {[STATUS_HEALTHY] = "Healthy", [STATUS_UNHEALTHY] = "Unhealthy", NULL};

#define OF struct set_instance_health_settings
static const struct param set_instance_health_params[] = {
    ROW_STRUCT("instanceId", instance, struct selector, selector_shape,
               "host of a group: its name, or a selector", REQUIRED),
    ROW("healthStatus", CHOICE, health_status,
        "Unhealthy: it is replaced at once; Healthy: it is not, if it still waits for that", REQUIRED,
        ONE_OF(health_statuses)),
    ROW("shouldRespectGracePeriod", FLAG, respects_grace_period,
        "whether it counts for nothing in the host's grace period [API autoscaling:SetInstanceHealthQuery]",
        DEFAULT("true")),
    PARAM_END,
};
#undef OF

const struct shape set_instance_health_shape = {
    .name = "setInstanceHealth",
    .size = sizeof(struct set_instance_health_settings),
    .params = set_instance_health_params,
};

/* --- SuspendProcesses, ResumeProcesses -------------------------------------------------------- */

#define OF struct scaling_processes_settings
static const struct param scaling_processes_params[] = {
    GROUP,
    ROW("scalingProcesses", TEXTS, processes, "names of processes (default: all)"),
    PARAM_END,
};
#undef OF

static unsigned bit_of(struct mistakes *mistakes, const void *object, const char *name)
{
    for (int i = 0; i < SCALING_PROCESSES; i++)
        if (!strcasecmp(scaling_process_names[i], name))
            return 1U << i;
    mistake(mistakes, object, "scalingProcesses",
            "there is no process `%s`: Launch, Terminate, AZRebalance, …", name);
    return 0;
}

static void check_scaling_processes(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct scaling_processes_settings *call = object;
    if (call->processes.count == 0)
        call->bits = (1U << SCALING_PROCESSES) - 1;
    EACH_TEXT(name, call->processes)
        call->bits |= bit_of(mistakes, call, *name);
}

const struct shape suspend_processes_shape = {
    .name = "suspendProcesses",
    .size = sizeof(struct scaling_processes_settings),
    .params = scaling_processes_params,
    .check = check_scaling_processes,
};

const struct shape resume_processes_shape = {
    .name = "resumeProcesses",
    .size = sizeof(struct scaling_processes_settings),
    .params = scaling_processes_params,
    .check = check_scaling_processes,
};

/* --- CompleteLifecycleAction ------------------------------------------------------------------ */

#define OF struct complete_lifecycle_action_settings
static const struct param complete_lifecycle_action_params[] = {
    GROUP,
    ROW("lifecycleHookName", TEXT, hook, "name of the hook", REQUIRED),
    ROW_STRUCT("instanceId", instance, struct selector, selector_shape, "the host that waits for it",
               REQUIRED),
    ROW("lifecycleActionResult", CHOICE, result, "CONTINUE or ABANDON", REQUIRED, ONE_OF(lifecycle_results)),
    PARAM_END,
};
#undef OF

const struct shape complete_lifecycle_action_shape = {
    .name = "completeLifecycleAction",
    .size = sizeof(struct complete_lifecycle_action_settings),
    .params = complete_lifecycle_action_params,
};

/* --- UpdateAutoScalingGroup ------------------------------------------------------------------- */

#define OF struct update_auto_scaling_group_settings
static const struct param update_auto_scaling_group_params[] = {
    GROUP,
    ROW("minSize", INTEGER, min_size, "least number of hosts (default: what it has)", RANGE(0, MOST_COUNT)),
    ROW("maxSize", INTEGER, max_size, "most hosts (default: what it has)", RANGE(0, MOST_COUNT)),
    ROW("desiredCapacity", INTEGER, desired_capacity,
        "hosts from now on (default: what it has, within the new sizes)", RANGE(0, MOST_COUNT)),
    ROW("availabilityZones", TEXTS, availability_zones, "zones from now on (default: what it has)"),
    PARAM_END,
};
#undef OF

const struct shape update_auto_scaling_group_shape = {
    .name = "updateAutoScalingGroup",
    .size = sizeof(struct update_auto_scaling_group_settings),
    .params = update_auto_scaling_group_params,
};

static void check_zones(struct mistakes *mistakes, const struct ecs_settings *settings,
                        const struct update_auto_scaling_group_settings *update)
{
    EACH_TEXT(zone, update->availability_zones) {
        if (!settings_named(settings, NAMED_ZONE, *zone))
            mistake(mistakes, update, "availabilityZones",
                    "`%s` is not one of the scenario's availabilityZones", *zone);
    }
}

void settings_check_updated_zones(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct timeline_settings, entry, settings->timeline) {
        const void *update = settings_of_action(entry, "updateAutoScalingGroup");
        if (update)
            check_zones(mistakes, settings, update);
    }
}
