/* The metrics that there are, and how a scenario names one: as CloudWatch does, by namespace, name and
 * dimensions. [API cloudwatch:Metric]
 *
 * A metric is of something: the cluster, a service, … Which one stands in its dimensions, of which all must
 * be given and none beside them, but for the LoadBalancer of a target group. */
#ifndef MODELS_SETTINGS_METRICS_H
#define MODELS_SETTINGS_METRICS_H

#include "models/workload/workload.h"

struct ecs_settings;

enum statistic {
    STATISTIC_NOT_SAID,
    STATISTIC_AVERAGE,
    STATISTIC_SUM,
    STATISTIC_MINIMUM,
    STATISTIC_MAXIMUM,
    STATISTIC_SAMPLE_COUNT,
};

enum metric_kind {
    METRIC_OF_CLUSTER,
    METRIC_OF_SERVICE,
    METRIC_OF_TARGET_GROUP,
    METRIC_OF_GROUP, /* an Auto Scaling group */
    METRIC_OF_CAPACITY_PROVIDER,
    METRIC_OF_SCENARIO, /* one of its `metrics` */
};

/* How its points become visible (models/ecs/metric/metric.h). */
enum metric_visibility {
    METRIC_STANDARD,
    METRIC_HIGH_RESOLUTION,
    METRIC_MANAGED_SCALING,
    METRIC_VISIBILITIES,
};

enum metric_name {
#define METRIC(name, namespace, metric, kind, visibility, sampler) METRIC_##name,
#include "models/settings/metrics.def"
#undef METRIC
    METRIC_COUNT,
};

struct metric_definition {
    const char *namespace, *name; /* NULL: each has its own */
    enum metric_kind kind;
    enum metric_visibility visibility;
};
extern const struct metric_definition metric_definitions[METRIC_COUNT];

struct dimension_settings { /* [API cloudwatch:Dimension] */
    const char *name, *value;
};

enum { MOST_DIMENSIONS = 30 }; /* of a metric [API cloudwatch:MetricDatum.Dimensions] */

/* How a metric is named. */
struct metric_selector {
    const char *namespace, *name;
    struct list dimensions; /* struct dimension_settings */
};

/* The metric that is meant, and what it is of: the name of a service, group, …, or the index among `metrics`.
 */
struct metric_reference {
    enum metric_name name; /* METRIC_COUNT: none that is modelled */
    const char *subject;   /* NULL: the cluster */
    size_t index;          /* of METRIC_OF_SCENARIO */
};
struct metric_reference settings_metric(struct arena *, const struct ecs_settings *,
                                        const struct metric_selector *);
/* The same metric, with points every 20 seconds; METRIC_COUNT where it has none. */
enum metric_name settings_high_resolution(enum metric_name);

/* What somebody publishes: one point a minute. [API cloudwatch:PutMetricData] */
struct metric_settings {
    struct metric_selector id;
    struct workload value;       /* what it calls requests per second is the value */
    const char *per_task_of;     /* a service; NULL: not divided, as the next */
    const char *per_instance_of; /* an Auto Scaling group */
};

/* How often the metrics of a service have points, beside once a minute. [API:MonitoringConfiguration] */
struct monitoring_settings {
    struct list metric_configurations; /* struct metric_configuration_settings */
};
struct metric_configuration_settings { /* [API:MetricConfiguration] */
    struct list metric_names;          /* const char * */
    int64_t resolution_seconds;
};
bool settings_monitored_every_20s(const struct ecs_settings *, const char *service, const char *metric_name);

/* Whether anything in the scenario looks at metrics. */
bool settings_need_metrics(const struct ecs_settings *);
/* Whether `recordMetrics` names this one: its name, its namespace, or all. */
bool settings_record_metric(const struct ecs_settings *, const char *namespace, const char *name);

extern const struct shape dimension_shape, metric_shape, monitoring_shape;

#endif
