#include "models/ecs/metric/metric.h"
#include "models/ecs/capacity/cluster_auto_scaling.h"
#include "models/ecs/events.h"
#include "models/ecs/metric/samplers.h"
#include "models/ecs/scaling/scaling_controller.h"

const struct metric_definition metric_definitions[METRIC_COUNT] = {
#define METRIC(name, namespace, metric, kind, visibility, sampler)                                           \
    {namespace, metric, METRIC_OF_##kind, METRIC_##visibility, sampler},
#include "models/ecs/metric/metrics.def"
#undef METRIC
};

struct metrics {
    struct metric **of[METRIC_COUNT]; /* by subject; NULL: nobody watches it */
    uint32_t subjects[METRIC_COUNT];
    struct metric **watched; /* from metrics_start() on: by name, then by subject */
    size_t count;
    uint64_t visible[METRIC_VISIBILITIES];
};

static enum metric_resolution resolution_of(enum metric_visibility visibility)
{
    return visibility == METRIC_HIGH_RESOLUTION ? RESOLUTION_20S : RESOLUTION_MINUTE;
}

static simtime delay_of(const struct world *world, enum metric_visibility visibility)
{
    const struct timing_settings *timing = &world->settings->timing;
    const simtime delays[METRIC_VISIBILITIES] = {
        [METRIC_STANDARD] = timing->metric_delay,
        [METRIC_HIGH_RESOLUTION] = timing->high_resolution_metric_delay,
        [METRIC_MANAGED_SCALING] = timing->managed_scaling_delay,
    };
    return delays[visibility];
}

/* --- watching --------------------------------------------------------------------------------- */

static uint32_t subjects_of(const struct world *world, enum metric_kind kind)
{
    switch (kind) {
    case METRIC_OF_SERVICE:
        return world->service_count;
    case METRIC_OF_CAPACITY_PROVIDER:
        return world->provider_count;
    }
    return 0;
}

void metrics_begin(struct world *world)
{
    struct metrics *metrics = arena_alloc(world->arena, sizeof *metrics);
    for (enum metric_name name = 0; name < METRIC_COUNT; name++)
        metrics->subjects[name] = subjects_of(world, metric_definitions[name].kind);
    world->metrics = metrics;
}

static struct metric *add(struct world *world, enum metric_name name, uint32_t subject)
{
    struct metrics *metrics = world->metrics;
    struct metric *metric = arena_alloc(world->arena, sizeof *metric);
    *metric = (struct metric){.name = name, .subject = subject};
    metric->visible = &metrics->visible[metric_definitions[name].visibility];
    metrics->of[name][subject] = metric;
    metrics->count++;
    return metric;
}

struct metric *metric_watch(struct world *world, enum metric_name name, uint32_t subject, size_t points)
{
    struct metrics *metrics = world->metrics;
    CHECK(!metrics->watched && subject < metrics->subjects[name]);
    if (!metrics->of[name])
        metrics->of[name] = arena_array(world->arena, metrics->subjects[name], sizeof *metrics->of[name]);
    struct metric *metric = metrics->of[name][subject];
    if (!metric)
        metric = add(world, name, subject);
    if (metric->capacity < points)
        metric->capacity = points;
    return metric;
}

/* Points that are not yet visible have room beside those that are. */
static void make_room(struct world *world, struct metric *metric)
{
    enum metric_visibility visibility = metric_definitions[metric->name].visibility;
    metric->capacity +=
        (uint64_t)(delay_of(world, visibility) / resolution_period(resolution_of(visibility))) + 1;
    metric->points = arena_array(world->arena, metric->capacity, sizeof *metric->points);
}

static void schedule_period(struct world *world, enum metric_resolution resolution)
{
    run_schedule(world->run, world->run->now + resolution_period(resolution), PHASE_CONTROL,
                 EVENT_METRICS_TAKE, resolution, 0);
}

static bool any_of(const struct metrics *metrics, enum metric_resolution resolution)
{
    for (size_t i = 0; i < metrics->count; i++)
        if (resolution_of(metric_definitions[metrics->watched[i]->name].visibility) == resolution)
            return true;
    return false;
}

static void list_watched(struct world *world)
{
    struct metrics *metrics = world->metrics;
    size_t count = 0;
    metrics->watched = arena_array(world->arena, metrics->count + 1, sizeof *metrics->watched);
    for (enum metric_name name = 0; name < METRIC_COUNT; name++)
        for (uint32_t i = 0; metrics->of[name] && i < metrics->subjects[name]; i++)
            if (metrics->of[name][i])
                metrics->watched[count++] = metrics->of[name][i];
}

void metrics_start(struct world *world)
{
    struct metrics *metrics = world->metrics;
    list_watched(world);
    for (size_t i = 0; i < metrics->count; i++)
        make_room(world, metrics->watched[i]);
    for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
        if (any_of(metrics, resolution))
            schedule_period(world, resolution);
}

/* --- points ----------------------------------------------------------------------------------- */

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
    }
    return ABSENT;
}

int64_t metric_value(const struct metric *metric, size_t ago, enum statistic statistic)
{
    if (ago >= *metric->visible)
        return ABSENT;
    const struct metric_point *point = &metric->points[(*metric->visible - 1 - ago) % metric->capacity];
    return point->samples ? statistic_of(point, statistic) : ABSENT;
}

static void take(struct world *world, struct metric *metric, uint64_t number)
{
    const struct metric_definition *definition = &metric_definitions[metric->name];
    metric->points[number % metric->capacity] =
        definition->sampler ? definition->sampler(world, metric->subject) : (struct metric_point){0};
}

/* Event by event, so that two delays that are equal keep the order of the enum. */
static void announce(struct world *world, enum metric_resolution resolution, uint64_t count)
{
    for (enum metric_visibility each = 0; each < METRIC_VISIBILITIES; each++)
        if (resolution_of(each) == resolution)
            run_schedule(world->run, world->run->now + delay_of(world, each), PHASE_CONTROL,
                         EVENT_METRICS_VISIBLE, each, count);
}

void metrics_take(void *context, uint64_t resolution, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct metrics *metrics = world->metrics;
    uint64_t number = (uint64_t)(world->run->now / resolution_period(resolution)) - 1;
    for (size_t i = 0; i < metrics->count; i++)
        if (resolution_of(metric_definitions[metrics->watched[i]->name].visibility) == resolution)
            take(world, metrics->watched[i], number);
    announce(world, resolution, number + 1);
    schedule_period(world, resolution);
}

void metrics_become_visible(void *context, uint64_t visibility, uint64_t count)
{
    struct world *world = context;
    world->metrics->visible[visibility] = count;
    scaling_react(world, visibility);
    cluster_auto_scaling_reacts(world, visibility);
}
