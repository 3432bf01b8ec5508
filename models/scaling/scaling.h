/* How capacity follows demand: a policy looks at its metric and at what there is, and names the capacity that
 * it wants. Pure: the world keeps the numbers, hands them in, and acts. One file per policy type, one line in
 * policies.def. Capacity is tasks of a service, or instances of an Auto Scaling group (their weights, where
 * they have some). [Application Auto Scaling user guide; EC2 Auto Scaling user guide] */
#ifndef MODELS_SCALING_SCALING_H
#define MODELS_SCALING_SCALING_H

#include "sim/engine/param.h"

enum { SCALING_POINTS = 15 }; /* as far back as any policy looks */

/* The metric's latest points in millionths, newest first; ABSENT where a period had none. */
struct scaling_metric {
    int64_t points[SCALING_POINTS];
};

/* Why an answer is what it is. */
enum scaling_why {
    WHY_OK,                /* no alarm; or nothing is asked of the policy */
    WHY_INSUFFICIENT_DATA, /* no alarm: the metric has no points */
    /* The capacity changes. */
    WHY_ALARM_HIGH,
    WHY_ALARM_LOW,
    WHY_FORECAST,
    /* Nothing is left to do. [API application-autoscaling:NotScaledReason] */
    WHY_ANTICIPATED_FLAPPING,
    WHY_UNSCALABLE,
    WHY_AT_MAX_CAPACITY,
    WHY_AT_MIN_CAPACITY,
    WHY_AT_DESIRED_CAPACITY,
    /* It must not be done now. */
    WHY_COOLDOWN,
    WHY_WARMING_UP,
    WHY_SCALE_IN_DISABLED,
    WHY_SUSPENDED,
    WHY_COUNT,
};
extern const char *const scaling_why_names[WHY_COUNT];

/* What the policy remembers from earlier, and what it sees now. */
struct scaling_view {
    simtime now;
    int64_t running; /* capacity that does its work: RUNNING tasks, instances that have warmed up */
    int64_t desired;
    int64_t least, most; /* MinCapacity, MaxCapacity */
    /* Why there must be no scale-in, or no scale-out, now; WHY_OK: there may be. */
    enum scaling_why scale_in_held_by, scale_out_held_by;
    struct scaling_metric metric;
    simtime last_out_at, last_in_at; /* when this policy's last change was made; SIMTIME_NEVER: never */
    int64_t last_out_by;             /* the `added` of the policy's last scale-out */
    int64_t last_out_from;           /* and its `from` */
    simtime out_at;                  /* the last scale-out by whichever policy; SIMTIME_NEVER: never */
    bool fired;                      /* step and simple: an alarm asks for it */
    int64_t breach;                  /* step: the metric less that alarm's threshold, millionths */
    simtime idle_since;              /* simple: the end of the group's last activity; SIMTIME_NEVER: one goes
                                        on; ABSENT: there was none */
    int64_t forecast;                /* predictive: the capacity that will be needed; ABSENT: not known */
};

enum scaling_alarm { ALARM_INSUFFICIENT_DATA, ALARM_OK, ALARM_ALARM };

struct scaling_answer {
    int64_t desired;              /* within [least, most]; the view's desired if there is nothing to do */
    enum scaling_alarm high, low; /* target tracking: states of the two alarms behind it */
    enum scaling_why why;
    int64_t added;     /* by a scale-out and those before it in the same cooldown; 0 otherwise */
    int64_t from;      /* target tracking: what ran when the first of these was made */
    bool must_agree;   /* the others' scale-in waits for its own; not that of step and simple policies */
    bool needs_no_one; /* its scale-in waits for nobody's */
    int64_t floor;     /* nobody's scale-in goes below it */
};

struct scaling_policy_verbs {
    struct scaling_answer (*answer)(const void *settings, const struct scaling_view *);
    /* When first after `from` the answer may be another if nothing but the time changes; NULL: never. */
    simtime (*steady_until)(const void *settings, const struct scaling_view *, simtime from);
};

/* --- several policies of one resource ---------------------------------------------------------- */

/* Which answer is carried out: out if any asks for it, the largest wins; in only if all agree that must, and
 * again the largest wins [AAS:target-tracking]. A step or simple policy's scale-in is not blocked by target
 * tracking [AAS:target-tracking]; predictive scaling holds the others' up, and itself only adds
 * [EAS:predictive-scaling]. The first among equals. Returns the index, and the capacity, or -1 where nothing
 * is done. */
int scaling_choose(const struct scaling_answer *, size_t count, int64_t desired, int64_t *chosen);

/* --- what follows is for variants -------------------------------------------------------------- */

struct scaling_cooldowns {
    simtime out, in;
};

/* Towards `wanted`, as far as limits and cooldowns let it. [AAS; API application-autoscaling]
 *
 * While the cooldown of a scale-out runs, only a larger increase is made, and what was added counts already:
 * 2 were added, 3 are asked, 1 more comes. A capacity below its minimum is first brought up to it, and above
 * its maximum a scale-out does nothing; a scale-in is the mirror of both. The cooldown of a scale-in holds
 * the next scale-in, and a scale-out ends it. */
struct scaling_answer scaling_out(const struct scaling_view *, struct scaling_cooldowns, int64_t wanted);
simtime scaling_cools_until(simtime last, simtime cooldown, simtime from); /* SIMTIME_NEVER: no longer */
simtime scaling_cooldowns_end(const struct scaling_view *, struct scaling_cooldowns, simtime from);
bool scaling_out_cools(const struct scaling_view *, simtime cooldown); /* the cooldown of a scale-out runs */
struct scaling_answer scaling_in(const struct scaling_view *, struct scaling_cooldowns, int64_t wanted);
struct scaling_answer scaling_stay(const struct scaling_view *, enum scaling_why);

/* How an adjustment changes a capacity. [API application-autoscaling:StepScalingPolicyConfiguration] */
enum adjustment_type { CHANGE_IN_CAPACITY, EXACT_CAPACITY, PERCENT_CHANGE_IN_CAPACITY };
extern const char *const adjustment_type_names[]; /* NULL-terminated */

struct adjustment {
    enum adjustment_type type;
    int64_t amount;    /* capacity, or percent */
    int64_t magnitude; /* a percent changes so much at least; ABSENT: 1 */
};

/* A percentage is rounded towards zero, but to 1 at least, or -1. Never negative. [AAS:step-scaling] */
int64_t adjusted_capacity(struct adjustment, int64_t capacity);

/* --- the policies ------------------------------------------------------------------------------ */

/* What target tracking and predictive scaling can follow. The last two are of target tracking alone. */
enum scaling_metric_type {
    METRIC_ECS_CPU,
    METRIC_ECS_MEMORY,
    METRIC_ALB_REQUEST_COUNT_PER_TARGET,
    METRIC_ASG_CPU,
    METRIC_ASG_NETWORK_IN,
    METRIC_ASG_NETWORK_OUT,
    METRIC_ECS_CPU_HIGH_RESOLUTION, /* points of 20 s, as the next */
    METRIC_ECS_MEMORY_HIGH_RESOLUTION,
};
extern const char *const scaling_metric_type_names[]; /* NULL-terminated; by enum scaling_metric_type */

struct dimension {
    const char *name, *value;
};

struct predefined_metric {      /* [API application-autoscaling:PredefinedMetricSpecification] */
    int type;                   /* enum scaling_metric_type */
    const char *resource_label; /* requests per target: the target group */
};

struct customized_metric { /* [API application-autoscaling:CustomizedMetricSpecification] */
    const char *namespace, *name;
    struct list dimensions; /* struct dimension */
    int statistic;          /* of scaling_statistics */
    bool metric_math;       /* given, and not modelled */
};
extern const char *const scaling_statistics[]; /* NULL-terminated; in the order of enum statistic */

/* targetTrackingScalingPolicyConfiguration, as PutScalingPolicy has it. */
struct target_tracking {
    int64_t target_value; /* millionths */
    struct predefined_metric *predefined;
    struct customized_metric *customized; /* one of the two is NULL */
    struct scaling_cooldowns cooldowns;   /* ABSENT: not given */
    bool disable_scale_in;
};

enum {
    MOST_STEP_ADJUSTMENTS = 20, /* of a policy [Q] */
    MOST_ADJUSTMENT = 1000000,  /* no runaway by a typing error */
};

/* Relative to the alarm's threshold, millionths; ABSENT: unbounded. Above the threshold `lower` belongs to
 * the step and `upper` does not; below it `upper` does. [API application-autoscaling:StepAdjustment] */
struct step_adjustment {
    int64_t lower, upper;
    int64_t amount;
};

struct step_scaling {    /* [API application-autoscaling:StepScalingPolicyConfiguration] */
    int adjustment_type; /* enum adjustment_type */
    struct list steps;   /* struct step_adjustment */
    int64_t magnitude;   /* ABSENT: none */
    int aggregation;     /* of scaling_aggregations */
    simtime cooldown;    /* of both directions; 0: none */
};
extern const char *const scaling_aggregations[]; /* NULL-terminated */

/* What AWS refuses of steps, and of an adjustment type with a minAdjustmentMagnitude. */
void step_adjustments_check(struct mistakes *, const void *object, const char *key, const struct list *);
void adjustment_check(struct mistakes *, const void *object, int type, int64_t magnitude);

struct simple_scaling { /* [API autoscaling:PutScalingPolicy] */
    int adjustment_type;
    int64_t amount, magnitude;
    simtime cooldown;
};

enum predictive_mode { FORECAST_ONLY, FORECAST_AND_SCALE };
enum breach_behavior { HONOR_MAX_CAPACITY, INCREASE_MAX_CAPACITY };

struct predictive_metric { /* [API application-autoscaling:PredictiveScalingMetricSpecification] */
    int64_t target_value;  /* millionths */
    struct predefined_metric *pair, *scaling, *load; /* a pair, or both of the others; NULL: not given */
    bool customized_scaling, customized_load, customized_capacity; /* given, and not modelled */
};

struct predictive_scaling {      /* [API application-autoscaling:PredictiveScalingPolicyConfiguration] */
    struct list metrics;         /* struct predictive_metric, one */
    int mode;                    /* enum predictive_mode */
    int breach_behavior;         /* enum breach_behavior */
    int64_t max_capacity_buffer; /* percent; ABSENT: not given */
    simtime scheduling_buffer_time;
};

/* What it follows. NULL where that is something that is not modelled. */
const struct predefined_metric *predictive_follows(const struct predictive_scaling *);

/* The capacity that a load needs: load / target, rounded up. */
int64_t predictive_capacity(const struct predictive_scaling *, int64_t load);

/* The most that the resource may have, of which `most` is the limit: a forecast that comes within the buffer
 * of it or goes beyond raises it to the forecast and the buffer.
 * [API:PredictiveScalingMaxCapacityBreachBehavior]
 */
int64_t predictive_most(const struct predictive_scaling *, int64_t forecast, int64_t most);

extern const struct shape target_tracking_shape, step_scaling_shape, step_adjustment_shape,
    predictive_scaling_shape;
extern const struct catalogue scaling_policies; /* TargetTrackingScaling, StepScaling, … */

#define ENTRY(name) extern const struct variant scaling_##name;
#include "models/scaling/policies.def"
#undef ENTRY

#endif
