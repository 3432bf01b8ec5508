/* How capacity follows demand: a policy looks at the past minutes of a metric and names the capacity that it
 * wants. Pure: the world keeps the numbers, hands them in, and acts. One file per policy type, one line in
 * policies.def. [Application Auto Scaling user guide] */
#ifndef MODELS_SCALING_SCALING_H
#define MODELS_SCALING_SCALING_H

#include "sim/engine/param.h"

enum { SCALING_POINTS = 15 }; /* as far back as any policy looks */

/* The metric's latest one-minute points in millionths, newest first; ABSENT where a minute had none. */
struct scaling_metric {
    int64_t points[SCALING_POINTS];
};

/* What the policy remembers between minutes, and what it sees now. */
struct scaling_view {
    simtime now;
    int64_t running, desired; /* tasks (or instances) */
    int64_t least, most;      /* MinCapacity, MaxCapacity */
    bool scale_in_held;       /* a deployment runs: no scale-in [G service-auto-scaling] */
    struct scaling_metric metric;
    simtime last_out_at, last_in_at; /* when this policy's last change was made; SIMTIME_NEVER: never */
    int64_t last_out_by;             /* the `added` of the policy's last scale-out */
};

enum scaling_alarm { ALARM_INSUFFICIENT_DATA, ALARM_OK, ALARM_ALARM };

struct scaling_answer {
    int64_t desired;              /* clamped to [least, most]; the view's desired if there is nothing to do */
    enum scaling_alarm high, low; /* states of the two alarms behind it */
    const char *why;              /* for the decision's record, see below */
    int64_t added;                /* by a scale-out and those before it in the same cooldown; 0 otherwise */
};

/* Why an answer is what it is.
 *
 *   AlarmHigh, AlarmLow: the capacity changes, because of this alarm.
 *
 *   Ok, InsufficientData: there is no alarm; the metric is near its target, or has no points.
 *
 *   AlreadyAtMaxCapacity, AlreadyAtMinCapacity, AlreadyAtDesiredCapacity: nothing is left to do
 *   [AAS:scaling-activities].
 *
 *   Cooldown, DisableScaleIn, DeploymentInProgress: it must not be done now. */
struct scaling_policy_verbs {
    struct scaling_answer (*answer)(const void *settings, const struct scaling_view *);
};

/* targetTrackingScalingPolicyConfiguration, as PutScalingPolicy has it. */
enum scaling_metric_type { METRIC_ECS_CPU, METRIC_ECS_MEMORY, METRIC_ALB_REQUEST_COUNT_PER_TARGET };

struct target_tracking {
    int64_t target_value;       /* millionths */
    int metric_type;            /* enum scaling_metric_type */
    const char *resource_label; /* requests per target: the target group */
    simtime scale_out_cooldown, scale_in_cooldown;
    bool disable_scale_in;
};

extern const struct shape target_tracking_shape;
extern const struct catalogue scaling_policies; /* TargetTrackingScaling; later StepScaling, … */

#define ENTRY(name) extern const struct variant scaling_##name;
#include "models/scaling/policies.def"
#undef ENTRY

#endif
