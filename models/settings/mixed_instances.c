/* mixedInstancesPolicy, and what a group may launch by whatever it says. */
#include "models/settings/tables.h"
#include <inttypes.h>

static const char *const on_demand_allocation_strategies[] = {
    [ON_DEMAND_PRIORITIZED] = "prioritized",
    [ON_DEMAND_LOWEST_PRICE] = "lowest-price",
    NULL,
};

static const char *const spot_allocation_strategies[] = {
    [SPOT_LOWEST_PRICE] = "lowest-price",
    [SPOT_CAPACITY_OPTIMIZED] = "capacity-optimized",
    [SPOT_CAPACITY_OPTIMIZED_PRIORITIZED] = "capacity-optimized-prioritized",
    [SPOT_PRICE_CAPACITY_OPTIMIZED] = "price-capacity-optimized",
    NULL,
};

/* --- tables ----------------------------------------------------------------------------------- */

#define OF struct instances_distribution_settings
static const struct param distribution_params[] = {
    ROW("onDemandBaseCapacity", INTEGER, on_demand_base_capacity,
        "units of the desired capacity that are On-Demand before any is Spot [API "
        "autoscaling:InstancesDistribution]",
        DEFAULT("0"), RANGE(0, MOST_COUNT)),
    ROW("onDemandPercentageAboveBaseCapacity", INTEGER, on_demand_percentage_above_base_capacity,
        "percent of what is above the base that is On-Demand, rounded up [API "
        "autoscaling:InstancesDistribution]",
        DEFAULT("100"), RANGE(0, 100)),
    ROW("onDemandAllocationStrategy", CHOICE, on_demand_allocation_strategy,
        "which type an On-Demand host has: prioritized takes the first of the overrides, lowest-price the "
        "cheapest unit [API autoscaling:InstancesDistribution]",
        DEFAULT("prioritized"), ONE_OF(on_demand_allocation_strategies)),
    ROW("spotAllocationStrategy", CHOICE, spot_allocation_strategy,
        "from which pool a Spot host comes [EAS mixed-instances-groups]", DEFAULT("lowest-price"),
        ONE_OF(spot_allocation_strategies)),
    ROW("spotInstancePools", INTEGER, spot_instance_pools,
        "lowest-price: over how many of the cheapest pools of a zone it spreads (default: 2 [API "
        "autoscaling:InstancesDistribution])",
        RANGE(1, 20)),
    ROW("spotMaxPrice", NUMBER, spot_max_price,
        "the most that a unit may cost, dollars an hour; a dearer pool is not used (default: the On-Demand "
        "price)",
        RANGE(0, MOST_PRICE)),
    PARAM_END,
};
#undef OF

static void check_distribution(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct instances_distribution_settings *distribution = object;
    if (distribution->spot_instance_pools != ABSENT &&
        distribution->spot_allocation_strategy != SPOT_LOWEST_PRICE)
        mistake(mistakes, distribution, "spotInstancePools",
                "spotInstancePools is of the spotAllocationStrategy lowest-price alone");
}

static const struct shape distribution_shape = {
    .name = "instances distribution",
    .size = sizeof(struct instances_distribution_settings),
    .params = distribution_params,
    .check = check_distribution,
};

#define OF struct launch_template_override_settings
static const struct param override_params[] = {
    ROW("instanceType", TEXT, instance_type, "a type that the group may launch"),
    ROW("weightedCapacity", INTEGER, weighted_capacity,
        "units of the desired capacity that such a host is; of all overrides or of none (default: 1) [EAS "
        "instance-weighting]",
        RANGE(1, 999)),
    ROW_OPTIONAL("launchTemplateSpecification", specification, struct launch_template_specification_settings,
                 launch_template_specification_shape, "its launch template (default: the policy's)"),
    ROW("instanceRequirements", UNREAD, instance_requirements, "not modelled yet"),
    PARAM_END,
};
#undef OF

static void check_override(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct launch_template_override_settings *override = object;
    if (override->instance_requirements)
        settings_warn_unmodelled(mistakes, override, "instanceRequirements",
                                 "choosing instance types by their attributes");
}

static const struct shape override_shape = {
    .name = "override",
    .size = sizeof(struct launch_template_override_settings),
    .params = override_params,
    .check = check_override,
};

#define OF struct mixed_launch_template_settings
static const struct param mixed_launch_template_params[] = {
    ROW_OPTIONAL("launchTemplateSpecification", specification, struct launch_template_specification_settings,
                 launch_template_specification_shape, "the launch template of all hosts"),
    ROW_LIST("overrides", overrides, override_shape,
             "the types that the group may launch, by priority (default: the launch template's)"),
    PARAM_END,
};
#undef OF

static const struct shape mixed_launch_template_shape = {
    .name = "launch template of a mixed instances policy",
    .size = sizeof(struct mixed_launch_template_settings),
    .params = mixed_launch_template_params,
};

#define OF struct mixed_instances_policy_settings
static const struct param policy_params[] = {
    ROW_STRUCT("instancesDistribution", distribution, struct instances_distribution_settings,
               distribution_shape, "how much is On-Demand and how much Spot, and of which types"),
    ROW_STRUCT("launchTemplate", launch_template, struct mixed_launch_template_settings,
               mixed_launch_template_shape, "what is launched"),
    PARAM_END,
};
#undef OF

/* [EAS mixed-instances-groups] */
static void refuse_spot(struct mistakes *mistakes,
                        const struct launch_template_specification_settings *specification)
{
    const struct launch_template_settings *template = specification ? specification->launch_template : NULL;
    if (template && template->data.market_options.market_type == MARKET_TYPE_SPOT)
        mistake(mistakes, specification, NULL,
                "`%s` asks for Spot itself, so a mixed instances policy cannot use it", template->name);
}

static void check_policy(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct mixed_launch_template_settings *of =
        &((const struct mixed_instances_policy_settings *)object)->launch_template;
    refuse_spot(mistakes, of->specification);
    EACH(struct launch_template_override_settings, override, of->overrides)
        refuse_spot(mistakes, override->specification);
}

const struct shape mixed_instances_policy_shape = {
    .name = "mixed instances policy",
    .size = sizeof(struct mixed_instances_policy_settings),
    .params = policy_params,
    .check = check_policy,
};

/* --- options ---------------------------------------------------------------------------------- */

/* A plan in the making. */
struct planner {
    struct mistakes *mistakes;
    const struct ecs_settings *settings;
    struct launch_option *options;
    size_t count;
};

static bool has_type(const struct planner *planner, const struct instance_type *type)
{
    for (size_t i = 0; i < planner->count; i++)
        if (planner->options[i].type == type)
            return true;
    return false;
}

/* `object` says the type at its key instanceType, or its launch template does. */
static void add_option(struct planner *planner, const void *object, const char *type_name, int64_t weight,
                       const struct launch_template_specification_settings *specification)
{
    const struct instance_type *type =
        settings_instance_type(planner->mistakes, planner->settings, object, type_name);
    if (type && has_type(planner, type))
        mistake(planner->mistakes, object, "instanceType", "`%s` stands in the overrides twice", type->name);
    else if (type)
        planner->options[planner->count++] = (struct launch_option){type, weight, specification};
}

static void add_override(struct planner *planner, const struct mixed_launch_template_settings *of,
                         const struct launch_template_override_settings *override)
{
    const struct launch_template_specification_settings *specification =
        override->specification ? override->specification : of->specification;
    const char *type =
        override->instance_type ? override->instance_type : settings_template_type(specification);
    int64_t weight = given_or(override->weighted_capacity, 1);
    if (type)
        add_option(planner, override, type, weight, specification);
    else
        mistake(planner->mistakes, override, NULL,
                "the override has no instanceType, and no launch template that has one");
}

static void check_weights(struct mistakes *mistakes, const struct list *overrides)
{
    const struct launch_template_override_settings *first = overrides->items;
    EACH(struct launch_template_override_settings, override, *overrides) {
        if ((override->weighted_capacity == ABSENT) != (first->weighted_capacity == ABSENT)) {
            mistake(mistakes, override, "weightedCapacity",
                    "either all overrides have a weightedCapacity, or none has");
            return;
        }
    }
}

static void add_overrides(struct planner *planner, const struct mixed_launch_template_settings *of)
{
    if (of->overrides.count > MOST_LAUNCH_OPTIONS) {
        mistake(planner->mistakes, of, "overrides", "%zu overrides; there are at most %d",
                of->overrides.count, MOST_LAUNCH_OPTIONS);
        return;
    }
    check_weights(planner->mistakes, &of->overrides);
    EACH(struct launch_template_override_settings, override, of->overrides)
        add_override(planner, of, override);
}

/* --- the plan --------------------------------------------------------------------------------- */

/* A type that the group says itself wins over its launch template's, where they are at odds it is a mistake.
 */
static void add_single(struct planner *planner, const struct launch_source *source,
                       const struct launch_template_specification_settings *specification)
{
    const char *own = source->instance_type, *its = settings_template_type(specification);
    if (own && its && !settings_same(own, its))
        mistake(planner->mistakes, source->object, "instanceType",
                "instanceType `%s`, but its launch template says `%s`", own, its);
    else if (own || its)
        add_option(planner, source->object, own ? own : its, 1, specification);
    else if (specification && specification->launch_template)
        mistake(planner->mistakes, source->object, NULL,
                "neither the group nor its launch template `%s` says an instanceType",
                specification->launch_template->name);
    else
        mistake(planner->mistakes, source->object, NULL,
                "the group has no instanceType, and no instances that have one");
}

static struct launch_plan plan_of_one(struct planner *planner, const struct launch_source *source)
{
    const struct launch_template_settings *template =
        source->launch_template ? source->launch_template->launch_template : NULL;
    bool asks_for_spot = template && template->data.market_options.market_type == MARKET_TYPE_SPOT;
    add_single(planner, source, source->launch_template);
    return (struct launch_plan){
        .specification = source->launch_template,
        .market = asks_for_spot ? MARKET_SPOT : source->market,
        .spot_max_price = asks_for_spot ? template->data.market_options.spot_options.max_price : ABSENT,
    };
}

static struct launch_plan plan_of_policy(struct planner *planner, const struct launch_source *source)
{
    const struct mixed_instances_policy_settings *policy = source->mixed_instances_policy;
    const struct mixed_launch_template_settings *of = &policy->launch_template;
    if (source->launch_template)
        mistake(planner->mistakes, source->object, "launchTemplate",
                "a group has a launchTemplate or a mixedInstancesPolicy, not both");
    if (source->market == MARKET_SPOT)
        mistake(planner->mistakes, policy, NULL,
                "the policy says what is of the Spot market, so `market: spot` has no place beside it");
    if (of->overrides.count > 0)
        add_overrides(planner, of);
    else
        add_single(planner, source, of->specification);
    return (struct launch_plan){
        .specification = of->specification,
        .spot_max_price = policy->distribution.spot_max_price,
        .distribution = &policy->distribution,
    };
}

void settings_derive_plan(struct mistakes *mistakes, const struct ecs_settings *settings,
                          const struct launch_source *source, struct launch_plan *plan)
{
    struct planner planner = {
        .mistakes = mistakes,
        .settings = settings,
        .options = arena_array(mistakes_arena(mistakes), MOST_LAUNCH_OPTIONS, sizeof *planner.options),
    };
    struct launch_plan derived =
        source->mixed_instances_policy ? plan_of_policy(&planner, source) : plan_of_one(&planner, source);
    derived.options = (struct list){planner.count, planner.options};
    *plan = derived;
}
