/* autoScalingGroups: CreateAutoScalingGroup, and what describe-auto-scaling-groups prints. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

#define OF struct group_instance_settings
static const struct param group_instance_params[] = {
    ROW("instanceType", TEXT, instance_type, "its type"),
    PARAM_END,
};
#undef OF

static const struct shape group_instance_shape = {
    .name = "instance of a group",
    .size = sizeof(struct group_instance_settings),
    .params = group_instance_params,
};

#define OF struct auto_scaling_group_settings
static const struct param group_params[] = {
    ROW("autoScalingGroupName", NAME, name, "its name", REQUIRED),
    ROW("instanceType", TEXT, instance_type,
        "type of its hosts (default: that of the `instances` that AWS printed)"),
    ROW("minSize", INTEGER, min_size, "least number of hosts", REQUIRED, RANGE(0, MOST_COUNT)),
    ROW("maxSize", INTEGER, max_size, "most hosts", REQUIRED, RANGE(0, MOST_COUNT)),
    ROW("desiredCapacity", INTEGER, desired_capacity, "hosts to begin with (default: minSize)",
        RANGE(0, MOST_COUNT)),
    ROW("availabilityZones", TEXTS, availability_zones, "zones over which it spreads (default: all)"),
    ROW_LIST("instances", instances, group_instance_shape, "what AWS printed of its instances"),
    ROW("mixedInstancesPolicy", UNREAD, mixed_instances, "not modelled yet"),
    ROW_STRUCT("simulation", simulation, struct host_simulation_settings, host_simulation_shape,
               "what AWS does not say of its hosts"),
    PARAM_END,
};
#undef OF

static const char *type_of_instances(struct mistakes *mistakes,
                                     const struct auto_scaling_group_settings *group)
{
    const char *type = NULL;
    EACH(struct group_instance_settings, instance, group->instances) {
        if (type && instance->instance_type && strcmp(type, instance->instance_type) != 0) {
            mistake(mistakes, group, "instances",
                    "instances of several types, `%s` and `%s`; give the group an instanceType", type,
                    instance->instance_type);
            return NULL;
        }
        type = instance->instance_type;
    }
    if (!type)
        mistake(mistakes, group, NULL, "the group has no instanceType, and no instances that have one");
    return type;
}

/* [API autoscaling:CreateAutoScalingGroup] */
static void check_sizes(struct mistakes *mistakes, struct auto_scaling_group_settings *group)
{
    if (group->desired_capacity == ABSENT)
        group->desired_capacity = group->min_size;
    if (group->min_size > group->max_size)
        mistake(mistakes, group, "minSize", "minSize %" PRId64 " is more than maxSize %" PRId64,
                group->min_size, group->max_size);
    else if (group->desired_capacity < group->min_size)
        mistake(mistakes, group, "desiredCapacity",
                "desiredCapacity %" PRId64 " is less than minSize %" PRId64, group->desired_capacity,
                group->min_size);
    else if (group->desired_capacity > group->max_size)
        mistake(mistakes, group, "desiredCapacity",
                "desiredCapacity %" PRId64 " is more than maxSize %" PRId64, group->desired_capacity,
                group->max_size);
}

static void check_group(struct mistakes *mistakes, void *object, void *root)
{
    struct auto_scaling_group_settings *group = object;
    const char *type = group->instance_type ? group->instance_type : type_of_instances(mistakes, group);
    if (type)
        group->type = settings_instance_type(mistakes, root, group, type);
    if (group->mixed_instances)
        settings_warn_unmodelled(mistakes, group, "mixedInstancesPolicy", "a mixed instances policy");
    check_sizes(mistakes, group);
}

const struct shape auto_scaling_group_shape = {
    .name = "Auto Scaling group",
    .size = sizeof(struct auto_scaling_group_settings),
    .params = group_params,
    .collection = "autoScalingGroups",
    .name_key = "autoScalingGroupName",
    .check = check_group,
};
