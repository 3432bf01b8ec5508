/* The results of a run, as rows: which files there are, and when a row is due.
 *
 * Rows of a series stand for the state after everything that happened at their instant, so they are written
 * when the world settles, and only for what was touched. */
#ifndef MODELS_ECS_ROWS_H
#define MODELS_ECS_ROWS_H

#include "models/ecs/world.h"

enum series_name {
    SERIES_TIMESERIES,
    SERIES_DEPLOYMENTS,
    SERIES_TARGETS,
    SERIES_CLUSTER,
    SERIES_TASKS,
    SERIES_INSTANCES,
    SERIES_SERVICE_EVENTS,
    SERIES_EVENTS,
    SERIES_CALLS,
    SERIES_MARKS,
    SERIES_SERVICE_DEPLOYMENTS,
    SERIES_TRAFFIC,
    SERIES_REQUESTS,
    SERIES_GROUPS,
    SERIES_MANAGED_SCALING,
    SERIES_METRICS,
    SERIES_ALARMS,
    SERIES_INSTANCE_REFRESHES,
    SERIES_SCALING_ACTIVITIES,
    SERIES_FORECASTS,
    SERIES_JOBS,
    SERIES_QUEUES,
    SERIES_LOGS,
    SERIES_DISKS,
    SERIES_COUNT,
};

extern const struct series ecs_series[SERIES_COUNT];

/* Whether these values differ from the last row's, or, if one is wanted always, this instant has none;
 * remembers them. */
bool row_is_due(struct last_row *, simtime now, const int64_t *values, size_t count, bool always);

void rows_settle(struct world *); /* for all that was touched */
/* The end: a last row of everything, and of tasks and hosts that are still there. */
void rows_finish(struct world *);

void row_task(struct world *, const struct task *);
void row_instance(struct world *, const struct container_instance *);
/* A stage of a deployment begins; `stage` is its name, or ROLLBACK. */
void row_traffic(struct world *, const struct deployment *, const char *stage, int64_t test_permille);
void row_service_deployment(struct world *, const struct deployment *, const char *reason); /* NULL: none */
void row_instance_refresh(struct world *, const struct auto_scaling_group *); /* its refresh has come on */
void row_service_event(struct world *, const struct service *, const char *message);
/* What the picture marks. `key` is a service, or NULL for every panel; kind is change (a deployment begins),
 * event (it is complete, has failed, is rolled back, or traffic has shifted to it), failure, or alarm (one
 * that the scenario declares has changed). */
void row_mark(struct world *, const char *key, const char *kind, const char *label);
struct alarm;
void row_alarm(struct world *, const struct alarm *, const char *reason); /* its state has changed */
void row_document(struct world *, enum series_name, const struct text *json);

/* Event. */
void sample_due(void *world, uint64_t unused, uint64_t unused_too);

#endif
