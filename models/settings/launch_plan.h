/* What a group may launch and how it pays for it: launch templates, mixed instances policies, the Spot
 * market. Prices and price shares are millionths; weights are units of the desired capacity. */
#ifndef MODELS_SETTINGS_LAUNCH_PLAN_H
#define MODELS_SETTINGS_LAUNCH_PLAN_H

#include "models/settings/instance_types.h"
#include "models/settings/role.h"
#include "sim/engine/param.h"

enum market { MARKET_ON_DEMAND, MARKET_SPOT, MARKET_COUNT };
extern const char *const market_names[]; /* NULL-terminated */

/* --- launch templates ------------------------------------------------------------------------- */

struct spot_options_settings { /* [API ec2:LaunchTemplateSpotMarketOptions] */
    int64_t max_price;         /* dollars an hour; ABSENT: the On-Demand price */
};

enum market_type { MARKET_TYPE_NOT_SAID, MARKET_TYPE_SPOT, MARKET_TYPE_CAPACITY_BLOCK };

struct instance_market_options_settings { /* [API ec2:LaunchTemplateInstanceMarketOptions] */
    int market_type;                      /* enum market_type */
    struct spot_options_settings spot_options;
};

struct launch_template_data_settings { /* [API ec2:ResponseLaunchTemplateData] */
    const char *instance_type;         /* NULL: the mixed instances policy says it */
    struct instance_market_options_settings market_options;
    struct instance_profile_settings instance_profile;
    bool instance_requirements; /* not modelled */
};

/* One version of a launch template. */
struct launch_template_settings { /* [API ec2:LaunchTemplateVersion] */
    const char *name, *id;
    int64_t version;
    bool is_default;
    struct launch_template_data_settings data;
};

struct launch_template_specification_settings { /* [API autoscaling:LaunchTemplateSpecification] */
    const char *id, *name;                      /* one of the two */
    const char *version;                        /* a number, "$Latest" or "$Default", which NULL means, too */
    const struct launch_template_settings *launch_template; /* derived; NULL: the scenario has none such */
};

/* --- mixed instances policies ----------------------------------------------------------------- */

enum on_demand_allocation_strategy { ON_DEMAND_PRIORITIZED, ON_DEMAND_LOWEST_PRICE };
enum spot_allocation_strategy {
    SPOT_LOWEST_PRICE,
    SPOT_CAPACITY_OPTIMIZED,
    SPOT_CAPACITY_OPTIMIZED_PRIORITIZED,
    SPOT_PRICE_CAPACITY_OPTIMIZED,
};

struct instances_distribution_settings { /* [API autoscaling:InstancesDistribution] */
    int64_t on_demand_base_capacity;     /* units */
    int64_t on_demand_percentage_above_base_capacity;
    int on_demand_allocation_strategy; /* enum on_demand_allocation_strategy */
    int spot_allocation_strategy;      /* enum spot_allocation_strategy */
    int64_t spot_instance_pools;       /* of lowest-price; ABSENT: 2 */
    int64_t spot_max_price;            /* dollars an hour of one unit; ABSENT: the On-Demand price */
};

struct launch_template_override_settings { /* [API autoscaling:LaunchTemplateOverrides] */
    const char *instance_type;
    int64_t weighted_capacity; /* ABSENT: 1 */
    struct launch_template_specification_settings *specification;
    bool instance_requirements; /* not modelled */
};

struct mixed_launch_template_settings { /* [API autoscaling:LaunchTemplate] */
    struct launch_template_specification_settings *specification;
    struct list overrides; /* struct launch_template_override_settings */
};

struct mixed_instances_policy_settings { /* [API autoscaling:MixedInstancesPolicy] */
    struct instances_distribution_settings distribution;
    struct mixed_launch_template_settings launch_template;
};

/* --- what follows from them ------------------------------------------------------------------- */

struct launch_option {
    const struct instance_type *type;
    int64_t weight;
    const struct launch_template_specification_settings *specification; /* NULL: not said */
};

enum { MOST_LAUNCH_OPTIONS = 100 }; /* no runaway by a typing error */

/* What a group may launch, however it says so. Nothing in it is of one zone. */
struct launch_plan {
    struct list options; /* struct launch_option, by priority: the first before the second; at least one */
    const struct launch_template_specification_settings *specification; /* of the group; NULL: not said */
    int market;             /* of every host, where there is no distribution */
    int64_t spot_max_price; /* dollars an hour of one unit; ABSENT: the On-Demand price */
    const struct instances_distribution_settings *distribution; /* NULL: all hosts are of one market */
};

/* --- the Spot market -------------------------------------------------------------------------- */

/* A pool, or several: hosts of one type in one zone. */
struct spot_pool_settings {
    const char *instance_type, *availability_zone; /* NULL: any */
    int64_t hosts;                                 /* that it can hold; ABSENT: without limit */
    int64_t price_share;                           /* ABSENT: the market's */
};

struct spot_market_settings {
    int64_t price_share; /* of the On-Demand price */
    struct list pools;   /* struct spot_pool_settings; the first that fits says a pool's price */
};

#endif
