/* What a scenario says of an Auto Scaling group beside its size and what it launches (launch_plan.h): how it
 * chooses, what it does not do, how it looks at its instances. In AWS's words. */
#ifndef MODELS_SETTINGS_AUTO_SCALING_GROUP_H
#define MODELS_SETTINGS_AUTO_SCALING_GROUP_H

#include "models/settings/launch_plan.h"
#include "sim/engine/dist.h"

/* [API autoscaling:CapacityDistributionStrategy] */
enum capacity_distribution {
    DISTRIBUTION_BALANCED_BEST_EFFORT, /* where a zone refuses, another one gets the launch */
    DISTRIBUTION_BALANCED_ONLY,        /* the same zone is tried again */
    DISTRIBUTION_RESERVATIONS,         /* then balanced; not modelled: as the first */
};

struct zone_distribution_settings { /* [API autoscaling:AvailabilityZoneDistribution] */
    int capacity_distribution;      /* enum capacity_distribution */
};

enum termination_policy { /* [EAS termination-policies] */
                          TERMINATE_DEFAULT,
                          TERMINATE_ALLOCATION_STRATEGY,
                          TERMINATE_OLDEST_LAUNCH_TEMPLATE,
                          TERMINATE_OLDEST_LAUNCH_CONFIGURATION,
                          TERMINATE_CLOSEST_TO_NEXT_INSTANCE_HOUR,
                          TERMINATE_NEWEST_INSTANCE,
                          TERMINATE_OLDEST_INSTANCE,
                          TERMINATION_POLICIES,
};

enum scaling_process { /* [EAS as-suspend-resume-processes] */
                       PROCESS_LAUNCH,
                       PROCESS_TERMINATE,
                       PROCESS_ADD_TO_LOAD_BALANCER,
                       PROCESS_ALARM_NOTIFICATION,
                       PROCESS_AZ_REBALANCE,
                       PROCESS_HEALTH_CHECK,
                       PROCESS_INSTANCE_REFRESH,
                       PROCESS_REPLACE_UNHEALTHY,
                       PROCESS_SCHEDULED_ACTIONS,
                       SCALING_PROCESSES,
};
extern const char *const scaling_process_names[]; /* NULL-terminated */

struct suspended_process_settings { /* [API autoscaling:SuspendedProcess] */
    int process;                    /* enum scaling_process */
};

enum lifecycle_transition { TRANSITION_LAUNCHING, TRANSITION_TERMINATING };
enum lifecycle_result { RESULT_ABANDON, RESULT_CONTINUE };
extern const char *const lifecycle_results[]; /* NULL-terminated */

struct group_hook_simulation_settings {
    struct dist after; /* until CompleteLifecycleAction; absent: nobody calls it */
    int result;        /* enum lifecycle_result */
    bool records_heartbeats;
};

enum { MOST_GROUP_HOOKS = 50 }; /* of a group [EAS as-account-limits] */

struct group_hook_settings { /* [API autoscaling:LifecycleHookSpecification] */
    const char *name;
    int transition; /* enum lifecycle_transition */
    simtime heartbeat_timeout;
    int default_result; /* enum lifecycle_result */
    struct group_hook_simulation_settings simulation;
};

struct group_instance_settings { /* what describe-auto-scaling-groups prints of each */
    const char *instance_type, *availability_zone;
    const char *launch_configuration;
    struct launch_template_specification_settings *launch_template;
    bool protected_from_scale_in;
    const char *lifecycle_state;
    bool in_service; /* derived: or about to be */
};

struct attachment_settings {
    const char *name; /* of a target group, or of a Classic load balancer */
};

/* The part of an Auto Scaling group that is about its behaviour. */
struct group_behaviour_settings {
    const char *launch_configuration;
    struct zone_distribution_settings zone_distribution;
    struct list termination_policies; /* const char * */
    bool new_instances_protected;
    struct list health_check_types; /* const char * */
    simtime health_check_grace_period;
    struct list target_groups, load_balancers; /* struct attachment_settings */
    struct list suspended_processes;           /* struct suspended_process_settings */
    struct list lifecycle_hooks;               /* struct group_hook_settings */
    /* derived */
    struct list policies;           /* enum termination_policy */
    unsigned suspended;             /* a bit per enum scaling_process */
    simtime load_balancer_patience; /* until its load balancers find a dead target unhealthy; SIMTIME_NEVER:
                                       it does not ask them */
};

/* --- actions ---------------------------------------------------------------------------------- */

struct set_instance_protection_settings { /* [API autoscaling:SetInstanceProtectionQuery] */
    const char *auto_scaling_group;
    struct list instances; /* struct selector */
    bool protected_from_scale_in;
};

enum health_status { STATUS_HEALTHY, STATUS_UNHEALTHY };
extern const char *const health_statuses[]; /* NULL-terminated */

struct scaling_processes_settings { /* [API autoscaling:ScalingProcessQuery] */
    const char *auto_scaling_group;
    struct list processes; /* const char *; empty: all */
    unsigned bits;         /* derived: a bit per enum scaling_process */
};

struct update_auto_scaling_group_settings { /* [API autoscaling:UpdateAutoScalingGroupType]; what is not given
                                               stays as it is */
    const char *auto_scaling_group;
    int64_t min_size, max_size, desired_capacity;
    struct list availability_zones; /* const char * */
};

#endif
