/* CloudWatch alarms: those that the scenario declares, and those that stand behind policies.
 *
 * One that watches a metric is evaluated whenever a point of it can be seen, over the periods that end with
 * that point: with a period of five minutes every minute, over windows that slide; once an hour where they
 * are more than a day together. [CW:alarm-evaluation] One without a metric, or whose metric is not modelled,
 * stands still. SetAlarmState moves both kinds, the first until its next evaluation [API
 * cloudwatch:SetAlarmState]. The alarms of a policy are turned by who decides for the policy.
 *
 * Each change is a row of alarms.csv, a mark of the picture and an EventBridge event, and one to ALARM trips
 * the deployments and fails the instance refreshes that watch the alarm. An alarm whose actions name a
 * scaling policy drives it for as long as it is in ALARM (scaling/drivers.h). */
#ifndef MODELS_ECS_ALARM_H
#define MODELS_ECS_ALARM_H

#include "models/ecs/metric/alarm_evaluation.h"
#include "models/ecs/metric/metric.h"

struct driven_policy; /* scaling/drivers.h */

struct alarm {
    const char *name;
    enum scaling_alarm state;
    const struct alarm_settings *settings; /* NULL: of a policy */
    struct metric *metric;                 /* NULL: nobody evaluates it */
    enum datapoint *datapoints;            /* room for its range */
    enum datapoint newest;                 /* at its last evaluation */
    size_t alike;                          /* evaluations in a row that saw it, since the alarm last turned */
    struct driven_policy *driven;          /* the policies that it drives */
    size_t driven_count;
    size_t repeat; /* its place in struct scaling, where it drives some and nobody evaluates it */
    struct alarm *next;
};

void alarms_begin(struct world *);
/* One that target tracking makes, in INSUFFICIENT_DATA, under the name that it gives it; `side` is High or
 * Low. [AAS:target-tracking; G cluster-auto-scaling] */
struct alarm *alarm_behind(struct world *, const char *resource_id, const char *policy, const char *side);
struct alarm *alarm_find(const struct world *, const char *name); /* NULL if there is none */

/* The one door by which an alarm changes; to the state that it has is no change. The reason outlives the call
 * only. */
void alarm_turn(struct world *, struct alarm *, enum scaling_alarm, const char *reason);
void alarms_evaluate(struct world *, enum metric_visibility);
/* None turns for as long as points stay as they are: all that anybody looks back at are alike. */
bool alarms_are_steady(const struct world *);

/* One of those that a service's deployments look at is in ALARM; NULL: they look at none. */
bool alarms_any_in_alarm(const struct world *, const struct deployment_alarms_settings *);

#endif
