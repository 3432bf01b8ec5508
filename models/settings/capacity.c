/* capacityProviders: CreateCapacityProvider; launchType and capacityProviderStrategy of services and calls.
 */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>
#include <strings.h>

/* --- tables ----------------------------------------------------------------------------------- */

const char *const settings_launch_types[] = {
    [LAUNCH_NOT_SAID] = "",
    [LAUNCH_EC2] = "EC2",
    [LAUNCH_FARGATE] = "FARGATE",
    [LAUNCH_EXTERNAL] = "EXTERNAL",
    [LAUNCH_MANAGED_INSTANCES] = "MANAGED_INSTANCES",
    NULL,
};

#define OF struct capacity_provider_item_settings
static const struct param item_params[] = {
    ROW("capacityProvider", NAME, capacity_provider, "FARGATE, FARGATE_SPOT or one of `capacityProviders`",
        REQUIRED),
    ROW("base", INTEGER, base,
        "tasks that go there first; of one provider only [API:CapacityProviderStrategyItem]", DEFAULT("0"),
        RANGE(0, 100000)),
    ROW("weight", INTEGER, weight,
        "its share of the other tasks, relative to the others' weights; 0 gets none "
        "[API:CapacityProviderStrategyItem]",
        DEFAULT("0"), RANGE(0, 1000)),
    PARAM_END,
};
#undef OF

static void check_item(struct mistakes *, void *object, void *root);

const struct shape capacity_provider_item_shape = {
    .name = "capacity provider strategy item",
    .size = sizeof(struct capacity_provider_item_settings),
    .params = item_params,
    .check = check_item,
};

#define OF struct managed_scaling_settings
static const struct param managed_scaling_params[] = {
    ROW("status", FLAG, status,
        "ENABLED: the group follows its tasks, and a task without room waits in PROVISIONING (default: "
        "DISABLED [API:ManagedScaling])"),
    ROW("targetCapacity", INTEGER, target_capacity,
        "percent of the running hosts that are to be needed; less than 100 keeps spare ones "
        "[API:ManagedScaling]",
        DEFAULT("100"), RANGE(1, 100)),
    ROW("minimumScalingStepSize", INTEGER, minimum_step,
        "least hosts that one scale-out adds [API:ManagedScaling]", DEFAULT("1"), RANGE(1, 10000)),
    ROW("maximumScalingStepSize", INTEGER, maximum_step,
        "most hosts that one scale-out adds [API:ManagedScaling]", DEFAULT("10000"), RANGE(1, 10000)),
    ROW("instanceWarmupPeriod", DURATION, warmup,
        "seconds from the launch of a host during which there is no further scale-out [API:ManagedScaling]",
        DEFAULT("300"), SECONDS(0, 10000)),
    PARAM_END,
};
#undef OF

static const struct shape managed_scaling_shape = {
    .name = "managed scaling",
    .size = sizeof(struct managed_scaling_settings),
    .params = managed_scaling_params,
};

#define OF struct auto_scaling_group_provider_settings
static const struct param group_provider_params[] = {
    ROW("autoScalingGroupArn", REFERENCE, auto_scaling_group, "its Auto Scaling group", REQUIRED,
        IN("autoScalingGroups")),
    ROW_STRUCT("managedScaling", managed_scaling, struct managed_scaling_settings, managed_scaling_shape,
               "whether the group follows its tasks"),
    ROW("managedTerminationProtection", FLAG, managed_termination_protection,
        "ENABLED: a scale-in takes only hosts without tasks; needs managed scaling, and "
        "newInstancesProtectedFromScaleIn of the group (default: DISABLED "
        "[API:AutoScalingGroupProvider])"),
    ROW("managedDraining", FLAG, managed_draining,
        "whether a host that its group gives up drains first, for at most 48 hours (default: ENABLED, as a "
        "new capacity provider has it [DG:managed-instance-draining])",
        DEFAULT("ENABLED")),
    PARAM_END,
};
#undef OF

/* [CR 653 for the first sentence; API:AutoScalingGroupProvider.managedTerminationProtection] */
static void check_termination_protection(struct mistakes *mistakes,
                                         const struct auto_scaling_group_provider_settings *provider,
                                         const struct auto_scaling_group_settings *group)
{
    static const char invalid[] =
        "The managed termination protection setting for the capacity provider is "
        "invalid. To enable managed termination protection for a capacity provider,";
    if (!provider->managed_termination_protection)
        return;
    if (!provider->managed_scaling.status)
        mistake(mistakes, provider, "managedTerminationProtection", "%s managed scaling must be enabled.",
                invalid);
    if (group && !group->behaviour.new_instances_protected)
        mistake(mistakes, provider, "managedTerminationProtection",
                "%s the Auto Scaling group must have instance protection from scale in enabled "
                "(newInstancesProtectedFromScaleIn).",
                invalid);
}

/* [G cluster-auto-scaling] */
static void check_weights(struct mistakes *mistakes,
                          const struct auto_scaling_group_provider_settings *provider,
                          const struct auto_scaling_group_settings *group)
{
    EACH(struct launch_option, option, group->plan.options)
        if (option->weight != 1) {
            mistake(mistakes, provider, "autoScalingGroupArn",
                    "the group's instances have weights, which a capacity provider does not support");
            return;
        }
}

static void check_group_provider(struct mistakes *mistakes, void *object, void *root)
{
    const struct auto_scaling_group_provider_settings *provider = object;
    const struct managed_scaling_settings *scaling = &provider->managed_scaling;
    const struct auto_scaling_group_settings *group =
        settings_named(root, NAMED_AUTO_SCALING_GROUP, provider->auto_scaling_group);
    if (scaling->minimum_step > scaling->maximum_step)
        mistake(mistakes, scaling, "minimumScalingStepSize",
                "the minimum %" PRId64 " is more than the maximumScalingStepSize %" PRId64,
                scaling->minimum_step, scaling->maximum_step);
    check_termination_protection(mistakes, provider, group);
    if (group)
        check_weights(mistakes, provider, group);
}

static const struct shape group_provider_shape = {
    .name = "Auto Scaling group provider",
    .size = sizeof(struct auto_scaling_group_provider_settings),
    .params = group_provider_params,
    .check = check_group_provider,
};

#define OF struct capacity_provider_simulation_settings
static const struct param provider_simulation_params[] = {
    ROW("priceShare", NUMBER, price_share,
        "what FARGATE_SPOT costs, as a share of FARGATE's price (default: unknown)", RANGE(0, MILLION)),
    PARAM_END,
};
#undef OF

static const struct shape provider_simulation_shape = {
    .name = "simulation of a capacity provider",
    .size = sizeof(struct capacity_provider_simulation_settings),
    .params = provider_simulation_params,
};

#define OF struct capacity_provider_settings
static const struct param capacity_provider_params[] = {
    ROW("name", NAME, name, "its name; FARGATE and FARGATE_SPOT are there without being named", REQUIRED),
    ROW_OPTIONAL("autoScalingGroupProvider", auto_scaling_group_provider,
                 struct auto_scaling_group_provider_settings, group_provider_shape,
                 "whose hosts take its tasks"),
    ROW_STRUCT("simulation", simulation, struct capacity_provider_simulation_settings,
               provider_simulation_shape, "what the sources leave open"),
    PARAM_END,
};
#undef OF

/* --- capacity providers ----------------------------------------------------------------------- */

bool settings_is_fargate(const char *name)
{
    return settings_same(name, "FARGATE") || settings_same(name, "FARGATE_SPOT");
}

/* A name that begins so is AWS's own. [API:CreateCapacityProviderRequest.name] */
static bool is_reserved(const char *name)
{
    return strncasecmp(name, "aws", 3) == 0 || strncasecmp(name, "ecs", 3) == 0 ||
           strncasecmp(name, "fargate", 7) == 0;
}

static void check_group_is_free(struct mistakes *mistakes, const struct ecs_settings *settings,
                                const struct capacity_provider_settings *provider)
{
    EACH(struct capacity_provider_settings, other, settings->capacity_providers) {
        if (other == provider)
            return;
        if (other->auto_scaling_group_provider &&
            settings_same(other->auto_scaling_group_provider->auto_scaling_group,
                          provider->auto_scaling_group_provider->auto_scaling_group)) {
            mistake(mistakes, provider->auto_scaling_group_provider, "autoScalingGroupArn",
                    "the group is already that of capacity provider `%s`", other->name);
            return;
        }
    }
}

/* describe-capacity-providers prints Fargate's two as well. */
static void check_capacity_provider(struct mistakes *mistakes, void *object, void *root)
{
    const struct ecs_settings *settings = root;
    const struct capacity_provider_settings *provider = object;
    if (settings->capacity_providers.count > MOST_PROVIDERS_OF_CLUSTER &&
        provider == settings->capacity_providers.items)
        mistake(mistakes, settings, "capacityProviders", "%zu capacity providers; a cluster has at most %d",
                settings->capacity_providers.count, MOST_PROVIDERS_OF_CLUSTER);
    if (settings_is_fargate(provider->name))
        return;
    if (is_reserved(provider->name))
        mistake(mistakes, provider, "name", "a name that begins with aws, ecs or fargate is AWS's own");
    if (provider->auto_scaling_group_provider)
        check_group_is_free(mistakes, settings, provider);
    else
        mistake(mistakes, provider, NULL, "the capacity provider has no autoScalingGroupProvider");
}

const struct shape capacity_provider_shape = {
    .name = "capacity provider",
    .size = sizeof(struct capacity_provider_settings),
    .params = capacity_provider_params,
    .collection = "capacityProviders",
    .name_key = "name",
    .check = check_capacity_provider,
};

/* --- strategies ------------------------------------------------------------------------------- */

static bool has_price(const struct ecs_settings *settings, const char *name)
{
    EACH(struct capacity_provider_settings, provider, settings->capacity_providers) {
        if (settings_same(provider->name, name) && provider->simulation.price_share != ABSENT)
            return true;
    }
    return strcmp(name, "FARGATE_SPOT") != 0;
}

static void check_item(struct mistakes *mistakes, void *object, void *root)
{
    const struct capacity_provider_item_settings *item = object;
    const char *name = item->capacity_provider, *nearest = NULL;
    if (!has_price(root, name))
        warn(mistakes, item, "capacityProvider",
             "what FARGATE_SPOT costs is not known, so its tasks count as free; say it under "
             "capacityProviders, simulation: {priceShare}");
    if (item->base > 0 && item->weight == 0)
        warn(mistakes, item, "base", "a provider of weight 0 gets no tasks, so its base has no use");
    if (settings_is_fargate(name) || collection_has(mistakes, "capacityProviders", name, &nearest))
        return;
    if (nearest)
        mistake(mistakes, item, "capacityProvider", "there is no capacity provider `%s`; did you mean `%s`?",
                name, nearest);
    else
        mistake(mistakes, item, "capacityProvider", "there is no capacity provider `%s`", name);
}

static void check_not_twice(struct mistakes *mistakes, const struct list *strategy,
                            const struct capacity_provider_item_settings *item)
{
    EACH(struct capacity_provider_item_settings, other, *strategy) {
        if (other == item)
            return;
        if (settings_same(other->capacity_provider, item->capacity_provider))
            mistake(mistakes, item, "capacityProvider", "`%s` stands in the strategy twice",
                    item->capacity_provider);
    }
}

/* [API:CapacityProviderStrategyItem; API:CreateServiceRequest.capacityProviderStrategy] */
void settings_check_capacity_strategy(struct mistakes *mistakes, const void *object, const char *key,
                                      const struct list *strategy)
{
    size_t bases = 0, on_fargate = 0;
    int64_t weights = 0;
    EACH(struct capacity_provider_item_settings, item, *strategy) {
        check_not_twice(mistakes, strategy, item);
        bases += item->base > 0;
        weights += item->weight;
        on_fargate += settings_is_fargate(item->capacity_provider);
    }
    if (strategy->count > MOST_STRATEGY_ITEMS)
        mistake(mistakes, object, key, "%zu capacity providers; a strategy has at most %d", strategy->count,
                MOST_STRATEGY_ITEMS);
    if (bases > 1)
        mistake(mistakes, object, key, "%zu capacity providers have a base; only one may", bases);
    if (strategy->count > 0 && weights == 0)
        mistake(mistakes, object, key,
                "every weight of the strategy is 0, so it can place no task and the call fails");
    if (on_fargate > 0 && on_fargate < strategy->count)
        mistake(mistakes, object, key,
                "a strategy cannot mix Fargate's capacity providers and those of Auto Scaling groups");
}

const struct list *settings_strategy(const struct ecs_settings *settings,
                                     const struct capacity_settings *capacity)
{
    static struct capacity_provider_item_settings fargate = {.capacity_provider = "FARGATE", .weight = 1};
    static const struct list on_fargate = {1, &fargate}, on_any_host = {0};
    if (capacity->strategy.count > 0)
        return &capacity->strategy;
    if (capacity->launch_type == LAUNCH_FARGATE)
        return &on_fargate;
    return capacity->launch_type == LAUNCH_NOT_SAID ? &settings->cluster.default_capacity_provider_strategy
                                                    : &on_any_host;
}

/* --- who uses them ---------------------------------------------------------------------------- */

static bool runs_on_fargate(const struct ecs_settings *settings, const struct capacity_settings *capacity)
{
    const struct list *strategy = settings_strategy(settings, capacity);
    return strategy->count > 0 &&
           settings_is_fargate(
               LIST_AT(struct capacity_provider_item_settings, *strategy, 0)->capacity_provider);
}

/* Where the user says that its tasks run on Fargate. */
static const char *key_of(const struct capacity_settings *capacity)
{
    if (capacity->strategy.count > 0)
        return "capacityProviderStrategy";
    return capacity->launch_type == LAUNCH_FARGATE ? "launchType" : "taskDefinition";
}

static void check_use_of_fargate(struct mistakes *mistakes, const struct capacity_use *use)
{
    if (use->placement_strategies->count > 0)
        mistake(mistakes, use->object, "placementStrategy", "on Fargate there are no placement strategies");
    if (use->placement_constraints->count > 0)
        mistake(mistakes, use->object, "placementConstraints",
                "on Fargate there are no placement constraints");
    if (use->definition && !settings_requires(use->definition, "FARGATE"))
        settings_check_fargate(mistakes, use->definition, use->object, key_of(use->capacity));
}

/* The cluster's default is one, too. [aws/containers-roadmap#692; DG:ecs_service-options] */
static void check_daemon(struct mistakes *mistakes, const struct ecs_settings *settings,
                         const struct capacity_use *use)
{
    if (use->capacity->launch_type == LAUNCH_FARGATE)
        mistake(mistakes, use->object, "launchType", "a DAEMON service needs hosts, and Fargate has none");
    else if (settings_strategy(settings, use->capacity)->count > 0)
        mistake(mistakes, use->object, "schedulingStrategy",
                "InvalidParameterException: Specifying a capacity provider strategy is not supported when "
                "you create a service using the DAEMON scheduling strategy.%s",
                use->capacity->strategy.count ? "" : " The cluster's default is one; say launchType: EC2.");
}

void settings_check_capacity(struct mistakes *mistakes, const struct ecs_settings *settings,
                             const struct capacity_use *use)
{
    const struct capacity_settings *capacity = use->capacity;
    settings_check_capacity_strategy(mistakes, use->object, "capacityProviderStrategy", &capacity->strategy);
    if (capacity->launch_type != LAUNCH_NOT_SAID && capacity->strategy.count > 0)
        mistake(mistakes, use->object, "launchType",
                "InvalidParameterException: Specifying both a launch type and capacity provider strategy is "
                "not supported. Remove one and try again.");
    if (use->daemon)
        check_daemon(mistakes, settings, use);
    else if (runs_on_fargate(settings, capacity))
        check_use_of_fargate(mistakes, use);
}
