/* Metrics as CloudWatch holds them.
 *
 * There is a metric only where somebody watches it: a policy, an alarm, a capacity provider, or a scenario
 * that records it (metric_watch()). Each takes a point as every period of its resolution ends: one minute
 * [G:cloudwatch-metrics], or 20 s where it is of high resolution. A point merges the samples of its period; a
 * period without samples has none.
 *
 * Nobody sees a point when it is taken. What looks at metrics sees it a delay later, which depends on the
 * metric (timing.metricDelay, .highResolutionMetricDelay, .managedScalingDelay), and then all at once:
 * alarms first, then those who scale. Points are exact, where consoles print whole percents.
 *
 * All numbers are millionths. Each point is a row of metrics.csv. Nothing happens in a run in which nobody
 * watches, nor while points are known to stay what they are (rest.h). */
#ifndef MODELS_ECS_METRIC_H
#define MODELS_ECS_METRIC_H

#include "models/ecs/metric/resolution.h"
#include "models/ecs/world.h"

struct metric_point {
    int64_t sum, minimum, maximum; /* millionths */
    int64_t samples;               /* 0: there is no point */
};

/* Of the samples of both. */
struct metric_point metric_merge(struct metric_point, struct metric_point);

/* What the period that ends now adds up to. */
typedef struct metric_point metric_sampler(struct world *, uint32_t subject);

struct metric {
    enum metric_name name;
    uint32_t subject;            /* an index into what the world has of its kind */
    const char *dimensions;      /* "ClusterName=demo;ServiceName=web" */
    const uint64_t *visible;     /* periods whose points are */
    uint64_t capacity;           /* points that it keeps */
    struct metric_point *points; /* by number of their period, modulo capacity */
    uint64_t alike;              /* as many as were taken last are the same */
};

struct metrics; /* the world's */

/* metrics_begin() comes before the first metric_watch(), metrics_start() after the last, at t = 0. */
void metrics_begin(struct world *);
void metrics_start(struct world *);

/* The metric of this subject, from now on watched as far back as `points`; the same for all who ask. */
struct metric *metric_watch(struct world *, enum metric_name, uint32_t subject, size_t points);
/* The one that a scenario names; NULL where this world has no such subject, or nobody publishes it. */
struct metric *metric_watch_named(struct world *, const struct metric_reference *, size_t points);

enum metric_resolution metric_resolution(enum metric_name);

/* Of the latest visible period, or of one so many before it; ABSENT where it has no point. `ago` is less than
 * somebody watches. */
int64_t metric_value(const struct metric *, size_t ago, enum statistic);
/* Of `count` periods taken together, of which the latest is so many before the latest visible one. */
int64_t metric_value_over(const struct metric *, size_t ago, size_t count, enum statistic);

void metric_row(struct world *, const struct metric *, const struct metric_point *, simtime at);

#endif
