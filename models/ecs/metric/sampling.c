#include "models/ecs/metric/sampling.h"
#include "models/ecs/capacity/cluster_auto_scaling.h"
#include "models/ecs/events.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/metric/samplers.h"
#include "models/ecs/scaling/scaling_controller.h"
#include <string.h>

static metric_sampler *const samplers[METRIC_COUNT] = {
#define METRIC(name, namespace, metric, kind, visibility, sampler) sampler,
#include "models/settings/metrics.def"
#undef METRIC
};

static metric_steadiness *const steadiness[METRIC_COUNT] = {
    [METRIC_REQUEST_COUNT] = request_count_steady_until,
    [METRIC_GROUP_CPU] = group_cpu_steady_until,
    [METRIC_CUSTOM] = custom_metric_steady_until,
};

/* --- when ------------------------------------------------------------------------------------- */

enum metric_resolution sampling_resolution(enum metric_visibility visibility)
{
    return visibility == METRIC_HIGH_RESOLUTION ? RESOLUTION_20S : RESOLUTION_MINUTE;
}

enum metric_resolution metric_resolution(enum metric_name name)
{
    return sampling_resolution(metric_definitions[name].visibility);
}

simtime sampling_delay(const struct world *world, enum metric_visibility visibility)
{
    const struct timing_settings *timing = &world->settings->timing;
    const simtime delays[METRIC_VISIBILITIES] = {
        [METRIC_STANDARD] = timing->metric_delay,
        [METRIC_HIGH_RESOLUTION] = timing->high_resolution_metric_delay,
        [METRIC_MANAGED_SCALING] = timing->managed_scaling_delay,
    };
    return delays[visibility];
}

bool sampling_takes(const struct metrics *metrics, enum metric_resolution resolution)
{
    for (enum metric_visibility each = 0; each < METRIC_VISIBILITIES; each++)
        if (metrics->in_use[each] && sampling_resolution(each) == resolution)
            return true;
    return false;
}

bool sampling_is_complete(const struct world *world)
{
    const struct metrics *metrics = world->metrics;
    for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
        if (sampling_takes(metrics, resolution) &&
            metrics->taken_at[resolution] + resolution_period(resolution) <= world->run->now)
            return false;
    return true;
}

void sampling_expect(struct world *world, enum metric_resolution resolution, simtime at)
{
    world->metrics->period_ends[resolution] =
        run_schedule(world->run, at, PHASE_CONTROL, EVENT_METRICS_TAKE, resolution, 0);
}

void sampling_announce(struct world *world, enum metric_resolution resolution, simtime taken_at, simtime from)
{
    uint64_t count = (uint64_t)(taken_at / resolution_period(resolution));
    for (enum metric_visibility each = 0; each < METRIC_VISIBILITIES; each++) {
        simtime seen_at = taken_at + sampling_delay(world, each);
        if (world->metrics->in_use[each] && sampling_resolution(each) == resolution && seen_at >= from)
            run_schedule(world->run, seen_at, PHASE_CONTROL, EVENT_METRICS_VISIBLE, each, count);
    }
}

void sampling_stop(struct world *world)
{
    for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
        run_cancel(world->run, &world->metrics->period_ends[resolution]);
}

/* Points that are not yet visible have room beside those that are. */
static void begin(struct world *world, struct metric *metric)
{
    enum metric_visibility visibility = metric_definitions[metric->name].visibility;
    simtime period = resolution_period(sampling_resolution(visibility));
    metric->capacity += (uint64_t)(sampling_delay(world, visibility) / period) + 1;
    metric->points = arena_array(world->arena, metric->capacity, sizeof *metric->points);
    world->metrics->in_use[visibility] = true;
}

void sampling_start(struct world *world)
{
    struct metrics *metrics = world->metrics;
    for (size_t i = 0; i < metrics->count; i++)
        begin(world, metrics->watched[i]);
    for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
        if (sampling_takes(metrics, resolution))
            sampling_expect(world, resolution, world->run->now + resolution_period(resolution));
}

/* --- what ------------------------------------------------------------------------------------- */

static bool is_sound(const struct metric_point *point)
{
    __int128 samples = point->samples;
    return !samples ||
           (samples > 0 && point->minimum * samples <= point->sum && point->sum <= point->maximum * samples);
}

static void take(struct world *world, struct metric *metric, uint64_t number)
{
    struct metric_point *point = &metric->points[number % metric->capacity];
    struct metric_point before = metric->points[(number + metric->capacity - 1) % metric->capacity];
    *point = samplers[metric->name](world, metric->subject);
    CHECK(is_sound(point));
    metric->alike = memcmp(point, &before, sizeof before) ? 1 : metric->alike + 1;
    metric_row(world, metric, point, world->run->now);
}

simtime sampling_steady_until(const struct world *world, const struct metric *metric, simtime from)
{
    metric_steadiness *steady_until = steadiness[metric->name];
    return steady_until ? steady_until(world, metric->subject, from) : SIMTIME_NEVER;
}

void metrics_take(void *context, uint64_t resolution, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct metrics *metrics = world->metrics;
    simtime now = world->run->now, period = resolution_period(resolution);
    metrics_happen(world);
    for (size_t i = 0; i < metrics->count; i++)
        if (metric_resolution(metrics->watched[i]->name) == resolution)
            take(world, metrics->watched[i], (uint64_t)(now / period) - 1);
    metrics->taken_at[resolution] = now;
    sampling_announce(world, resolution, now, now);
    sampling_expect(world, resolution, now + period);
    metrics_try_to_rest(world);
}

void metrics_become_visible(void *context, uint64_t visibility, uint64_t count)
{
    struct world *world = context;
    metrics_happen(world);
    world->metrics->visible[visibility] = count;
    alarms_evaluate(world, visibility);
    scaling_react(world, visibility);
    cluster_auto_scaling_reacts(world, visibility);
    metrics_have_been_seen(world);
}
