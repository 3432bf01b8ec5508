/* Auto scaling of services [AAS] and of Auto Scaling groups [EAS]: as points of the metrics that they follow
 * become visible, as an alarm fires, or as an hour's forecast begins to hold, the policies of a resource are
 * asked together (scaling_decision.h). Every scalable target and every group has a controller, also without
 * policies: scheduled actions find what they scale by it. */
#ifndef MODELS_ECS_SCALING_CONTROLLER_H
#define MODELS_ECS_SCALING_CONTROLLER_H

#include "models/ecs/metric/alarm.h"
#include "models/ecs/metric/metric.h"
#include "models/ecs/scaling/scalable.h"

/* A policy at work. */
struct scaling_policy {
    const struct scaling_policy_settings *settings;
    const struct metric *metric; /* that it follows; NULL: alarms drive it, or there is no such metric */
    struct alarm *high, *low;    /* behind target tracking; NULL otherwise */
    struct alarm **drivers;      /* the alarms whose actions name it */
    size_t driver_count;
    struct forecaster *forecaster; /* of predictive scaling; NULL otherwise */
    const struct alarm *fired_by;  /* the one that asks for it now; NULL: none does */
    simtime last_out_at, last_in_at;
    int64_t last_out_by, last_out_from;
    enum scaling_why told; /* why it did not scale, as told last */
};

struct scaling_controller {
    struct scalable scalable;
    struct scaling_policy *policies; /* in declared order */
    size_t count;
    simtime out_at; /* the last scale-out; SIMTIME_NEVER */
};

/* An alarm that nobody evaluates: while it is in ALARM it drives its policies once a minute. */
struct alarm_repeat {
    const struct alarm *alarm;
    event_handle event;
};

/* Of the world: services in declared order, then groups. */
struct scaling {
    struct scaling_controller *controllers;
    size_t count;
    struct scaling_controller **of_services, **of_groups; /* by index; NULL: it has none */
    struct alarm_repeat *repeats;
    size_t repeat_count;
    struct scaling_answer *answers; /* scratch, as many as there are policies */
};

/* After the alarms that the scenario declares. */
void scaling_begin(struct world *);

struct scalable *scalable_named(struct world *, bool is_group, const char *name);

/* Points of this visibility can be seen, and alarms have been evaluated: whoever follows such a metric is
 * asked, and whoever is driven by an alarm on one that is in ALARM. */
void scaling_react(struct world *, enum metric_visibility);

/* When first after `from` a decision may be another, of the same points and if nothing happens. */
simtime scaling_steady_until(const struct world *, simtime from);
/* Points that are like those before can be seen since, and nobody needs to be asked: forecasts remember them.
 */
void scaling_remembers(struct world *);

/* SetAlarmState has moved the alarm: whom it drives is asked, and while it is in ALARM and nobody evaluates
 * it, once a minute. */
void scaling_alarm_set(struct world *, const struct alarm *);

/* Events: an alarm that nobody evaluates is still in ALARM; an hour's forecast begins to hold. */
void scaling_alarm_repeats(void *world, uint64_t repeat, uint64_t unused);
void scaling_hour_begins(void *world, uint64_t controller, uint64_t policy);

#endif
