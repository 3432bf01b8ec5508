#include "models/ecs/metric/rest.h"
#include "models/ecs/capacity/cluster_auto_scaling.h"
#include "models/ecs/events.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/metric/sampling.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/scaling/scaling_controller.h"

/* --- whether anything happens ------------------------------------------------------------------- */

void metrics_happen(struct world *world)
{
    struct metric_rest *rest = &world->metrics->rest;
    if (world->run->event_number != rest->last_event + 1)
        rest->undisturbed_since = world->run->now;
    rest->last_event = world->run->event_number;
    rest->decided = world->run->fingerprint;
}

/* Whatever scales something is a decision, and decisions are in the fingerprint. */
void metrics_have_been_seen(struct world *world)
{
    struct metric_rest *rest = &world->metrics->rest;
    if (world->run->fingerprint != rest->decided)
        rest->undisturbed_since = world->run->now;
}

/* --- until when points are alike ---------------------------------------------------------------- */

static simtime points_steady_until(const struct world *world, simtime from)
{
    const struct metrics *metrics = world->metrics;
    simtime until = loads_steady_until(world, from);
    for (size_t i = 0; i < metrics->count; i++)
        until = simtime_earlier(until, sampling_steady_until(world, metrics->watched[i], from));
    return until;
}

static bool all_are_alike(const struct metrics *metrics)
{
    for (size_t i = 0; i < metrics->count; i++)
        if (metrics->watched[i]->alike < metrics->watched[i]->capacity)
            return false;
    return true;
}

/* --- resting ------------------------------------------------------------------------------------ */

static void rest_until(struct world *world, simtime until)
{
    struct metric_rest *rest = &world->metrics->rest;
    sampling_stop(world);
    rest->since = world->run->now;
    if (until < SIMTIME_NEVER)
        rest->end = run_schedule(world->run, until, PHASE_WORLD, EVENT_METRICS_REST_ENDS, 0, 0);
    run_rest(world->run);
}

/* As a minute ends, whatever has been acted on in it has shown in points of all resolutions. */
void metrics_try_to_rest(struct world *world)
{
    simtime now = world->run->now, from = now - SIMTIME_MINUTE;
    if (now % SIMTIME_MINUTE || !sampling_is_complete(world) ||
        world->metrics->rest.undisturbed_since > from || !all_are_alike(world->metrics))
        return;
    simtime until = simtime_earlier(points_steady_until(world, from), scaling_steady_until(world, from));
    until = simtime_earlier(until, cluster_auto_scaling_steady_until(world, from));
    if (until > now && alarms_are_steady(world))
        rest_until(world, until);
}

void metrics_rest_ends(void *context, uint64_t unused, uint64_t unused_too)
{
    (void)context, (void)unused, (void)unused_too;
}

/* --- making up for it --------------------------------------------------------------------------- */

static void write_rows(struct world *world, enum metric_resolution resolution, simtime at)
{
    const struct metrics *metrics = world->metrics;
    for (size_t i = 0; i < metrics->count; i++)
        if (metric_resolution(metrics->watched[i]->name) == resolution)
            metric_row(world, metrics->watched[i], metrics->watched[i]->points, at);
}

static void catch_up_rows(struct world *world, simtime until)
{
    const simtime step = resolution_period(RESOLUTION_20S);
    simtime at = simtime_next_on_grid(world->metrics->rest.since + 1, 0, step);
    bool wanted = run_wants(world->run, SERIES_METRICS);
    for (; wanted && at <= until && run_may_go_on(world->run); at += step)
        for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
            if (at % resolution_period(resolution) == 0)
                write_rows(world, resolution, at);
}

static void catch_up_sight(struct world *world, simtime until)
{
    struct metrics *metrics = world->metrics;
    for (enum metric_visibility each = 0; each < METRIC_VISIBILITIES; each++) {
        simtime taken = until - sampling_delay(world, each);
        uint64_t count = taken > 0 ? (uint64_t)(taken / resolution_period(sampling_resolution(each))) : 0;
        if (metrics->in_use[each] && count > metrics->visible[each])
            metrics->visible[each] = count;
    }
    scaling_remembers(world);
}

static void catch_up(struct world *world, simtime until)
{
    catch_up_rows(world, until);
    catch_up_sight(world, until);
    load_repeat_periods(world, world->metrics->rest.since, until);
}

/* --- waking ------------------------------------------------------------------------------------- */

static simtime next_end(const struct metric_rest *rest, enum metric_resolution resolution, simtime at)
{
    return simtime_next_on_grid(simtime_later(at, rest->since + 1), 0, resolution_period(resolution));
}

/* What would be pending, had it been scheduled as time went by, in that order. */
static void go_on(struct world *world, enum metric_resolution resolution, simtime scheduled_at, simtime at)
{
    const struct metric_rest *rest = &world->metrics->rest;
    simtime period = resolution_period(resolution);
    if (scheduled_at % period || !sampling_takes(world->metrics, resolution))
        return;
    if (scheduled_at > rest->since)
        sampling_announce(world, resolution, scheduled_at, at);
    if (scheduled_at + period == next_end(rest, resolution, at))
        sampling_expect(world, resolution, scheduled_at + period);
}

static simtime longest_delay(const struct world *world)
{
    simtime longest = 0;
    for (enum metric_visibility each = 0; each < METRIC_VISIBILITIES; each++)
        longest = simtime_later(longest, sampling_delay(world, each));
    return longest;
}

static void go_on_from(struct world *world, simtime at)
{
    const simtime step = resolution_period(RESOLUTION_20S);
    simtime since = world->metrics->rest.since;
    simtime first = simtime_later(since, at - longest_delay(world) - SIMTIME_MINUTE);
    first -= first % SIMTIME_MINUTE;
    for (simtime scheduled_at = first; scheduled_at < at || scheduled_at <= since; scheduled_at += step)
        for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
            go_on(world, resolution, scheduled_at, at);
}

/* Points that were announced before are seen, and change nothing. */
void metrics_wake(void *context, const struct event *event)
{
    struct world *world = context;
    struct metric_rest *rest = &world->metrics->rest;
    if (event->kind == EVENT_METRICS_VISIBLE)
        return;
    run_wake(world->run);
    run_cancel(world->run, &rest->end);
    catch_up(world, event->at - 1);
    go_on_from(world, event->at);
}

void metrics_finish(struct world *world)
{
    if (world->run->resting)
        catch_up(world, world->run->now);
}
