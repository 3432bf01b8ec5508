#include "models/ecs/metric/metric.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/metric/sampling.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/service.h"
#include <string.h>

/* --- what metrics are of ---------------------------------------------------------------------- */

static const struct target_group_settings *target_group(const struct world *world, size_t index)
{
    return LIST_AT(struct target_group_settings, world->settings->target_groups, index);
}

static const struct metric_settings *custom(const struct world *world, size_t index)
{
    return LIST_AT(struct metric_settings, world->settings->metrics, index);
}

static uint32_t subjects_of(const struct world *world, enum metric_kind kind)
{
    const uint32_t counts[] = {
        [METRIC_OF_CLUSTER] = 1,
        [METRIC_OF_SERVICE] = world->service_count,
        [METRIC_OF_TARGET_GROUP] = (uint32_t)world->settings->target_groups.count,
        [METRIC_OF_GROUP] = world->group_count,
        [METRIC_OF_CAPACITY_PROVIDER] = world->provider_count,
        [METRIC_OF_SCENARIO] = (uint32_t)world->settings->metrics.count,
    };
    return counts[kind];
}

/* NULL: it has no name of its own. */
static const char *name_of(const struct world *world, enum metric_kind kind, uint32_t subject)
{
    switch (kind) {
    case METRIC_OF_SERVICE:
        return world->services[subject].name;
    case METRIC_OF_TARGET_GROUP:
        return target_group(world, subject)->name;
    case METRIC_OF_GROUP:
        return world->groups[subject].name;
    case METRIC_OF_CAPACITY_PROVIDER:
        return world->providers[subject].name;
    case METRIC_OF_CLUSTER:
    case METRIC_OF_SCENARIO:
        break;
    }
    return NULL;
}

static char *custom_dimensions(struct world *world, const struct metric_settings *metric)
{
    char *text = "";
    EACH(struct dimension_settings, each, metric->id.dimensions)
        text = arena_format(world->arena, "%s%s%s=%s", text, *text ? ";" : "", each->name, each->value);
    return text;
}

static char *dimensions_of(struct world *world, enum metric_kind kind, uint32_t subject)
{
    const char *cluster = world->cluster_name, *name = name_of(world, kind, subject);
    switch (kind) {
    case METRIC_OF_CLUSTER:
        return arena_format(world->arena, "ClusterName=%s", cluster);
    case METRIC_OF_SERVICE:
        return arena_format(world->arena, "ClusterName=%s;ServiceName=%s", cluster, name);
    case METRIC_OF_TARGET_GROUP:
        return arena_format(world->arena, "TargetGroup=%s", name);
    case METRIC_OF_GROUP:
        return arena_format(world->arena, "AutoScalingGroupName=%s", name);
    case METRIC_OF_CAPACITY_PROVIDER:
        return arena_format(world->arena, "CapacityProviderName=%s;ClusterName=%s", name, cluster);
    case METRIC_OF_SCENARIO:
        return custom_dimensions(world, custom(world, subject));
    }
    return NULL;
}

/* --- watching --------------------------------------------------------------------------------- */

void metrics_begin(struct world *world)
{
    world->metrics = arena_alloc(world->arena, sizeof *world->metrics);
}

static struct metric *add(struct world *world, enum metric_name name, uint32_t subject)
{
    struct metrics *metrics = world->metrics;
    const struct metric_definition *definition = &metric_definitions[name];
    struct metric *metric = arena_alloc(world->arena, sizeof *metric);
    *metric = (struct metric){
        .name = name,
        .subject = subject,
        .dimensions = dimensions_of(world, definition->kind, subject),
        .visible = &metrics->visible[definition->visibility],
    };
    metrics->of[name][subject] = metric;
    metrics->count++;
    return metric;
}

struct metric *metric_watch(struct world *world, enum metric_name name, uint32_t subject, size_t points)
{
    struct metrics *metrics = world->metrics;
    uint32_t subjects = subjects_of(world, metric_definitions[name].kind);
    CHECK(!metrics->watched && subject < subjects);
    if (!metrics->of[name])
        metrics->of[name] = arena_array(world->arena, subjects, sizeof *metrics->of[name]);
    struct metric *metric = metrics->of[name][subject];
    if (!metric)
        metric = add(world, name, subject);
    if (metric->capacity < points)
        metric->capacity = points;
    return metric;
}

/* Whether AWS has it at all: points every 20 seconds, and reservations, are asked for. */
static bool is_published(const struct world *world, enum metric_name name, uint32_t subject)
{
    const struct metric_definition *definition = &metric_definitions[name];
    if (definition->visibility == METRIC_HIGH_RESOLUTION)
        return settings_monitored_every_20s(world->settings, name_of(world, METRIC_OF_SERVICE, subject),
                                            definition->name);
    return definition->kind != METRIC_OF_CAPACITY_PROVIDER || world->providers[subject].scaling;
}

#define NO_SUBJECT UINT32_MAX

static uint32_t service_subject(const struct world *world, const char *name)
{
    const struct service *service = service_named(world, name);
    return service ? service->index : NO_SUBJECT;
}

static uint32_t target_group_subject(const struct world *world, const char *name)
{
    const struct target_group_settings *first = world->settings->target_groups.items,
                                       *group = settings_named(world->settings, NAMED_TARGET_GROUP, name);
    return group ? (uint32_t)(group - first) : NO_SUBJECT;
}

static uint32_t group_subject(const struct world *world, const char *name)
{
    const struct auto_scaling_group *group = group_find(world, name);
    return group ? group->index : NO_SUBJECT;
}

static uint32_t provider_subject(const struct world *world, const char *name)
{
    const struct capacity_provider *provider = name ? capacity_provider_named(world, name) : NULL;
    return provider ? provider->index : NO_SUBJECT;
}

static uint32_t subject_of(const struct world *world, const struct metric_reference *reference)
{
    switch (metric_definitions[reference->name].kind) {
    case METRIC_OF_SERVICE:
        return service_subject(world, reference->subject);
    case METRIC_OF_TARGET_GROUP:
        return target_group_subject(world, reference->subject);
    case METRIC_OF_GROUP:
        return group_subject(world, reference->subject);
    case METRIC_OF_CAPACITY_PROVIDER:
        return provider_subject(world, reference->subject);
    case METRIC_OF_SCENARIO:
        return (uint32_t)reference->index;
    case METRIC_OF_CLUSTER:
        break;
    }
    return 0;
}

struct metric *metric_watch_named(struct world *world, const struct metric_reference *reference,
                                  size_t points)
{
    uint32_t subject = subject_of(world, reference);
    return subject != NO_SUBJECT && is_published(world, reference->name, subject)
               ? metric_watch(world, reference->name, subject, points)
               : NULL;
}

static bool is_recorded(const struct world *world, enum metric_name name, uint32_t subject)
{
    const struct metric_definition *definition = &metric_definitions[name];
    if (definition->kind != METRIC_OF_SCENARIO)
        return settings_record_metric(world->settings, definition->namespace, definition->name) &&
               is_published(world, name, subject);
    const struct metric_selector *id = &custom(world, subject)->id;
    return settings_record_metric(world->settings, id->namespace, id->name);
}

static void watch_recorded(struct world *world)
{
    for (enum metric_name name = 0; name < METRIC_COUNT; name++)
        for (uint32_t i = 0; i < subjects_of(world, metric_definitions[name].kind); i++)
            if (is_recorded(world, name, i))
                metric_watch(world, name, i, 1);
}

static void list_watched(struct world *world)
{
    struct metrics *metrics = world->metrics;
    size_t count = 0;
    metrics->watched = arena_array(world->arena, metrics->count + 1, sizeof *metrics->watched);
    for (enum metric_name name = 0; name < METRIC_COUNT; name++)
        for (uint32_t i = 0; metrics->of[name] && i < subjects_of(world, metric_definitions[name].kind); i++)
            if (metrics->of[name][i])
                metrics->watched[count++] = metrics->of[name][i];
}

void metrics_start(struct world *world)
{
    watch_recorded(world);
    list_watched(world);
    sampling_start(world);
}

/* --- points ----------------------------------------------------------------------------------- */

static struct metric_point visible_point(const struct metric *metric, size_t ago)
{
    if (ago >= *metric->visible)
        return (struct metric_point){0};
    return metric->points[(*metric->visible - 1 - ago) % metric->capacity];
}

/* A sum of many points may be more than 64 bits hold. */
static int64_t saturating_sum(int64_t a, int64_t b)
{
    int64_t sum;
    if (!__builtin_add_overflow(a, b, &sum))
        return sum;
    return a > 0 ? INT64_MAX : -INT64_MAX;
}

struct metric_point metric_merge(struct metric_point a, struct metric_point b)
{
    if (!a.samples || !b.samples)
        return a.samples ? a : b;
    return (struct metric_point){
        .sum = saturating_sum(a.sum, b.sum),
        .minimum = a.minimum < b.minimum ? a.minimum : b.minimum,
        .maximum = a.maximum > b.maximum ? a.maximum : b.maximum,
        .samples = a.samples + b.samples,
    };
}

static int64_t statistic_of(const struct metric_point *point, enum statistic statistic)
{
    switch (statistic) {
    case STATISTIC_AVERAGE:
        return point->sum / point->samples;
    case STATISTIC_SUM:
        return point->sum;
    case STATISTIC_MINIMUM:
        return point->minimum;
    case STATISTIC_MAXIMUM:
        return point->maximum;
    case STATISTIC_SAMPLE_COUNT:
        return point->samples * MILLION;
    case STATISTIC_NOT_SAID:
        break;
    }
    return ABSENT;
}

int64_t metric_value_over(const struct metric *metric, size_t ago, size_t count, enum statistic statistic)
{
    struct metric_point all = {0};
    for (size_t i = 0; i < count; i++)
        all = metric_merge(all, visible_point(metric, ago + i));
    return all.samples ? statistic_of(&all, statistic) : ABSENT;
}

int64_t metric_value(const struct metric *metric, size_t ago, enum statistic statistic)
{
    return metric_value_over(metric, ago, 1, statistic);
}

/* --- rows --------------------------------------------------------------------------------------- */

void metric_row(struct world *world, const struct metric *metric, const struct metric_point *point,
                simtime at)
{
    const struct metric_definition *definition = &metric_definitions[metric->name];
    bool of_scenario = definition->kind == METRIC_OF_SCENARIO;
    const struct metric_selector *id = of_scenario ? &custom(world, metric->subject)->id : NULL;
    if (!point->samples)
        return;
    run_row(world->run, SERIES_METRICS,
            (struct value[]){
                value_seconds(at),
                value_text(of_scenario ? id->namespace : definition->namespace),
                value_text(of_scenario ? id->name : definition->name),
                value_text(metric->dimensions),
                value_seconds(resolution_period(metric_resolution(metric->name))),
                value_decimal(statistic_of(point, STATISTIC_AVERAGE)),
                value_decimal(point->sum),
                value_decimal(point->minimum),
                value_decimal(point->maximum),
                value_integer(point->samples),
            });
}
