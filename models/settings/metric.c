/* metrics, recordMetrics, a service's monitoring: which metrics there are, and who looks at them. */
#include "models/settings/tables.h"
#include "sim/engine/text.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const struct metric_definition metric_definitions[METRIC_COUNT] = {
#define METRIC(name, namespace, metric, kind, visibility, sampler)                                           \
    {namespace, metric, METRIC_OF_##kind, METRIC_##visibility},
#include "models/settings/metrics.def"
#undef METRIC
};

/* --- which one is meant ----------------------------------------------------------------------- */

static const char *value_of(const struct metric_selector *selector, const char *dimension)
{
    EACH(struct dimension_settings, each, selector->dimensions) {
        if (settings_same(each->name, dimension))
            return each->value;
    }
    return NULL;
}

/* The dimensions that name a subject; the second may be missing where it says nothing. */
struct dimensions {
    const char *subject, *beside;
    bool optional;
};

static const struct dimensions dimensions_of[] = {
    [METRIC_OF_CLUSTER] = {"ClusterName", NULL, false},
    [METRIC_OF_SERVICE] = {"ServiceName", "ClusterName", false},
    [METRIC_OF_TARGET_GROUP] = {"TargetGroup", "LoadBalancer", true},
    [METRIC_OF_GROUP] = {"AutoScalingGroupName", NULL, false},
    [METRIC_OF_CAPACITY_PROVIDER] = {"CapacityProviderName", "ClusterName", true},
};

static bool has_dimensions(const struct metric_selector *selector, enum metric_kind kind)
{
    const struct dimensions *dimensions = &dimensions_of[kind];
    bool beside = dimensions->beside && value_of(selector, dimensions->beside);
    return value_of(selector, dimensions->subject) && selector->dimensions.count == 1u + beside &&
           (beside || !dimensions->beside || dimensions->optional);
}

static bool is_named(const struct metric_definition *definition, const struct metric_selector *selector)
{
    return definition->name && settings_same(definition->namespace, selector->namespace) &&
           settings_same(definition->name, selector->name) && has_dimensions(selector, definition->kind);
}

static int compare_dimensions(const void *a, const void *b)
{
    const struct dimension_settings *one = a, *other = b;
    int order = strcmp(one->name, other->name);
    return order ? order : strcmp(one->value, other->value);
}

/* Its dimensions may stand in any order. */
static struct list sorted_dimensions(struct arena *arena, const struct metric_selector *selector)
{
    struct list sorted = {0,
                          arena_array(arena, selector->dimensions.count, sizeof(struct dimension_settings))};
    EACH(struct dimension_settings, each, selector->dimensions) {
        if (each->name && each->value)
            *LIST_AT(struct dimension_settings, sorted, sorted.count++) = *each;
    }
    qsort(sorted.items, sorted.count, sizeof(struct dimension_settings), compare_dimensions);
    return sorted;
}

/* With its length, as texts may hold whatever could stand between them. */
static void add_part(struct text *text, const char *part)
{
    text_add_format(text, "%zu:%s", strlen(part), part);
}

/* All that names it, in one text; NULL where it lacks something. */
static const char *full_name(struct arena *arena, const struct metric_selector *selector)
{
    if (!selector->namespace || !selector->name)
        return NULL;
    struct text text = {0};
    struct list dimensions = sorted_dimensions(arena, selector);
    add_part(&text, selector->namespace);
    add_part(&text, selector->name);
    EACH(struct dimension_settings, each, dimensions) {
        add_part(&text, each->name);
        add_part(&text, each->value);
    }
    const char *name = arena_copy(arena, text.bytes, text.length);
    text_free(&text);
    return name;
}

static void index_recorded(struct ecs_settings *settings)
{
    EACH_TEXT(word, settings->record_metrics)
        symbol_enter(&settings->by_name[NAMED_RECORDED], *word, word);
}

void settings_index_metrics(struct ecs_settings *settings)
{
    struct symbols *index = &settings->by_name[NAMED_METRIC];
    EACH(struct metric_settings, metric, settings->metrics)
        symbol_enter(index, full_name(index->arena, &metric->id), metric);
    index_recorded(settings);
}

static struct metric_reference reference_to(enum metric_name name, const struct metric_selector *selector)
{
    enum metric_kind kind = metric_definitions[name].kind;
    const char *subject = kind == METRIC_OF_CLUSTER ? NULL : value_of(selector, dimensions_of[kind].subject);
    return (struct metric_reference){.name = name, .subject = subject};
}

struct metric_reference settings_metric(struct arena *arena, const struct ecs_settings *settings,
                                        const struct metric_selector *selector)
{
    const struct metric_settings *first = settings->metrics.items,
                                 *own = settings_named(settings, NAMED_METRIC, full_name(arena, selector));
    if (own)
        return (struct metric_reference){.name = METRIC_CUSTOM, .index = (size_t)(own - first)};
    for (enum metric_name name = 0; name < METRIC_COUNT; name++)
        if (is_named(&metric_definitions[name], selector))
            return reference_to(name, selector);
    return (struct metric_reference){.name = METRIC_COUNT};
}

enum metric_name settings_high_resolution(enum metric_name name)
{
    return name == METRIC_SERVICE_CPU      ? METRIC_SERVICE_CPU_20S
           : name == METRIC_SERVICE_MEMORY ? METRIC_SERVICE_MEMORY_20S
                                           : METRIC_COUNT;
}

/* --- who looks -------------------------------------------------------------------------------- */

static bool is_false(const char *word)
{
    return settings_same(word, "false");
}

static bool any_recorded(const struct ecs_settings *settings)
{
    return settings->record_metrics.count > 0 &&
           !is_false(*LIST_AT(const char *, settings->record_metrics, 0));
}

static bool any_alarm_evaluated(const struct ecs_settings *settings)
{
    EACH(struct alarm_settings, alarm, settings->alarms) {
        if (alarm->metric.name)
            return true;
    }
    return false;
}

bool settings_need_metrics(const struct ecs_settings *settings)
{
    return settings->scaling_policies.count > 0 || any_alarm_evaluated(settings) || any_recorded(settings);
}

bool settings_record_metric(const struct ecs_settings *settings, const char *namespace, const char *name)
{
    return settings_named(settings, NAMED_RECORDED, "true") ||
           settings_named(settings, NAMED_RECORDED, namespace) ||
           settings_named(settings, NAMED_RECORDED, name);
}

static void know(struct symbols *known, const char *word)
{
    symbol_enter(known, word, word);
}

/* The words that recordMetrics may have. */
static struct symbols known_words(struct arena *arena, const struct ecs_settings *settings)
{
    struct symbols known = {.arena = arena};
    know(&known, "true");
    know(&known, "false");
    for (enum metric_name name = 0; name < METRIC_COUNT; name++) {
        know(&known, metric_definitions[name].namespace);
        know(&known, metric_definitions[name].name);
    }
    EACH(struct metric_settings, each, settings->metrics) {
        know(&known, each->id.namespace);
        know(&known, each->id.name);
    }
    return known;
}

void settings_check_recorded_metrics(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    if (!settings->record_metrics.count)
        return;
    struct symbols known = known_words(mistakes_arena(mistakes), settings);
    EACH_TEXT(word, settings->record_metrics) {
        if (!symbol_find(&known, *word))
            mistake(mistakes, settings, "recordMetrics",
                    "`%s` is neither true, nor a metric, nor a namespace (`ecsim list metrics`)", *word);
    }
}

/* --- tables ----------------------------------------------------------------------------------- */

#define OF struct dimension_settings
static const struct param dimension_params[] = {
    ROW("name", TEXT, name, "name of the dimension", REQUIRED),
    ROW("value", NAME, value, "its value", REQUIRED),
    PARAM_END,
};
#undef OF

const struct shape dimension_shape = {
    .name = "dimension",
    .size = sizeof(struct dimension_settings),
    .params = dimension_params,
};

#define OF struct metric_settings
static const struct param metric_params[] = {
    ROW("namespace", TEXT, id.namespace, "its namespace, not one of AWS's", REQUIRED),
    ROW("metricName", TEXT, id.name, "its name", REQUIRED),
    ROW_LIST("dimensions", id.dimensions, dimension_shape, "{name, value}, which belong to its name"),
    ROW_STRUCT(
        "value", value, struct workload, workload_shape,
        "its value over time, written as the requestsPerSecond of a load is; the point of a minute is the "
        "mean, and there is none where a trace has no row",
        REQUIRED),
    ROW("perTaskOf", REFERENCE, per_task_of,
        "divided by the RUNNING tasks of this service, as a backlog per task; no point without any",
        IN("services")),
    ROW("perInstanceOf", REFERENCE, per_instance_of,
        "divided by the InService instances of this Auto Scaling group; no point without any",
        IN("autoScalingGroups")),
    PARAM_END,
};
#undef OF

static void check_metric(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct metric_settings *metric = object;
    if (metric->id.namespace && !strncmp(metric->id.namespace, "AWS/", strlen("AWS/")))
        mistake(mistakes, metric, "namespace",
                "the namespaces of AWS begin with AWS/; this one needs another");
    if (metric->id.dimensions.count > MOST_DIMENSIONS)
        mistake(mistakes, metric, "dimensions", "a metric has at most %d dimensions", MOST_DIMENSIONS);
    if (metric->per_task_of && metric->per_instance_of)
        mistake(mistakes, metric, "perInstanceOf",
                "a metric is divided by tasks or by instances, not by both");
}

const struct shape metric_shape = {
    .name = "metric",
    .size = sizeof(struct metric_settings),
    .params = metric_params,
    .check = check_metric,
};

#define OF struct metric_configuration_settings
static const struct param metric_configuration_params[] = {
    ROW("metricNames", TEXTS, metric_names, "CPUUtilization, MemoryUtilization", REQUIRED),
    ROW("resolutionSeconds", INTEGER, resolution_seconds, "20 or 60", REQUIRED, RANGE(20, 60)),
    PARAM_END,
};
#undef OF

static void check_metric_configuration(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct metric_configuration_settings *configuration = object;
    if (configuration->resolution_seconds != 20 && configuration->resolution_seconds != 60)
        mistake(mistakes, configuration, "resolutionSeconds",
                "the resolution is 20 or 60 seconds, not %" PRId64, configuration->resolution_seconds);
    EACH_TEXT(name, configuration->metric_names) {
        if (!settings_same(*name, "CPUUtilization") && !settings_same(*name, "MemoryUtilization"))
            mistake(mistakes, configuration, "metricNames",
                    "`%s` is neither CPUUtilization nor MemoryUtilization", *name);
    }
}

static const struct shape metric_configuration_shape = {
    .name = "metric configuration",
    .size = sizeof(struct metric_configuration_settings),
    .params = metric_configuration_params,
    .check = check_metric_configuration,
};

#define OF struct monitoring_settings
static const struct param monitoring_params[] = {
    ROW_LIST("metricConfigurations", metric_configurations, metric_configuration_shape,
             "which metrics have points every 20 seconds too"),
    PARAM_END,
};
#undef OF

const struct shape monitoring_shape = {
    .name = "monitoring",
    .size = sizeof(struct monitoring_settings),
    .params = monitoring_params,
};

static bool monitors_every_20s(const struct monitoring_settings *monitoring, const char *metric_name)
{
    EACH(struct metric_configuration_settings, each, monitoring->metric_configurations) {
        if (each->resolution_seconds == 20 && settings_has_text(&each->metric_names, metric_name))
            return true;
    }
    return false;
}

bool settings_monitored_every_20s(const struct ecs_settings *settings, const char *service_name,
                                  const char *metric_name)
{
    const struct service_settings *service = settings_named(settings, NAMED_SERVICE, service_name);
    return service && monitors_every_20s(&service->monitoring, metric_name);
}
