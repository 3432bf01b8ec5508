/* What a scenario says of what Auto Scaling groups do beside keeping their size; a part of settings.h. */
#ifndef MODELS_SETTINGS_MAINTENANCE_H
#define MODELS_SETTINGS_MAINTENANCE_H

#include "models/settings/launch_plan.h"

struct instance_maintenance_policy_settings {               /* [API autoscaling:InstanceMaintenancePolicy] */
    int64_t min_healthy_percentage, max_healthy_percentage; /* both -1: there is none */
};

enum warm_pool_state { POOL_STOPPED, POOL_RUNNING, POOL_HIBERNATED };
extern const char *const warm_pool_states[]; /* NULL-terminated */

struct instance_reuse_policy_settings { /* [API autoscaling:InstanceReusePolicy] */
    bool reuse_on_scale_in;             /* not modelled */
};

struct warm_pool_settings {              /* [API autoscaling:PutWarmPool] */
    int64_t max_group_prepared_capacity; /* -1: the group's maximum */
    int64_t min_size;
    int pool_state; /* enum warm_pool_state */
    struct instance_reuse_policy_settings instance_reuse_policy;
};

enum impaired_zone_behavior { IMPAIRED_REPLACE_UNHEALTHY, IMPAIRED_IGNORE_UNHEALTHY };

struct zone_impairment_policy_settings { /* [API autoscaling:AvailabilityZoneImpairmentPolicy] */
    bool zonal_shift_enabled;
    int health_check_behavior; /* enum impaired_zone_behavior */
};

struct group_maintenance_settings {
    struct instance_maintenance_policy_settings *policy; /* NULL: none */
    struct warm_pool_settings *warm_pool;                /* NULL: none */
    struct zone_impairment_policy_settings impairment;
    simtime max_instance_lifetime;   /* 0: for ever */
    simtime default_instance_warmup; /* ABSENT: off */
};

struct checkpoint_settings {
    int64_t percentage;
};

enum refresh_protected { PROTECTED_WAIT, PROTECTED_IGNORE, PROTECTED_REFRESH };
enum refresh_strategy { REFRESH_ROLLING, REFRESH_REPLACE_ROOT_VOLUME };

struct refresh_alarms_settings { /* [API autoscaling:AlarmSpecification] */
    struct list alarms;          /* struct alarm_name_settings */
};

struct refresh_preferences_settings { /* ABSENT: the group's policy, or 90 and 100
                                         [API autoscaling:RefreshPreferences] */
    int64_t min_healthy_percentage, max_healthy_percentage;
    simtime instance_warmup;            /* ABSENT: the group's default, or its grace period */
    struct list checkpoint_percentages; /* struct checkpoint_settings, ascending */
    simtime checkpoint_delay, bake_time;
    bool skip_matching, auto_rollback;
    int protected_instances; /* enum refresh_protected */
    struct refresh_alarms_settings alarm_specification;
};

struct desired_configuration_settings { /* [API autoscaling:DesiredConfiguration] */
    struct launch_template_specification_settings *launch_template;
    struct mixed_instances_policy_settings *mixed_instances_policy;
    struct launch_plan plan; /* derived */
};

struct start_instance_refresh_settings { /* [API autoscaling:StartInstanceRefresh] */
    const char *auto_scaling_group;
    int strategy;                                                 /* enum refresh_strategy */
    struct desired_configuration_settings *desired_configuration; /* NULL: what the group has */
    struct refresh_preferences_settings preferences;
};

struct end_instance_refresh_settings { /* [API autoscaling:CancelInstanceRefresh, RollbackInstanceRefresh] */
    const char *auto_scaling_group;
};

struct start_zonal_shift_settings { /* [API arc-zonal-shift:StartZonalShift] */
    const char *auto_scaling_group, *away_from, *comment;
    simtime expires_in;
};

struct cancel_zonal_shift_settings { /* [API arc-zonal-shift:CancelZonalShift] */
    const char *auto_scaling_group;
};

#endif
