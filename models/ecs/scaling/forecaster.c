#include "models/ecs/scaling/forecaster.h"
#include "models/ecs/results/rows.h"

struct forecaster *forecaster_new(struct world *world, const struct scaling_policy_settings *settings,
                                  const struct scalable *scalable, const struct metric *metric)
{
    struct forecaster *forecaster = arena_alloc(world->arena, sizeof *forecaster);
    *forecaster = (struct forecaster){
        .settings = settings, .scalable = scalable, .metric = metric, .hour = ABSENT, .first_hour = ABSENT};
    load_history_clear(&forecaster->history);
    return forecaster;
}

/* The hour since 1970 in which this instant is. */
static int64_t hour_at(const struct world *world, simtime at)
{
    int64_t us = world->settings->run.start_time_us + at;
    return us / SIMTIME_HOUR - (us % SIMTIME_HOUR < 0);
}

static simtime begin_of(const struct world *world, int64_t hour)
{
    return hour * SIMTIME_HOUR - world->settings->run.start_time_us;
}

static simtime buffer_of(const struct forecaster *forecaster)
{
    return forecaster->settings->predictive->scheduling_buffer_time;
}

/* --- what was ---------------------------------------------------------------------------------- */

/* The mean of its points, which are of a minute each. */
static void close_hour(struct forecaster *forecaster)
{
    if (forecaster->points)
        load_history_add(&forecaster->history, forecaster->hour,
                         (int64_t)(forecaster->sum / forecaster->points));
    forecaster->sum = forecaster->points = 0;
}

static void see(struct forecaster *forecaster, int64_t hour, int64_t load)
{
    if (hour != forecaster->hour)
        close_hour(forecaster);
    forecaster->hour = hour;
    if (load == ABSENT)
        return;
    forecaster->sum += load > 0 ? load : 0;
    forecaster->points++;
}

void forecaster_sees(const struct world *world, struct forecaster *forecaster)
{
    const struct metric *metric = forecaster->metric;
    simtime period = resolution_period(metric_resolution(metric->name));
    int64_t load = metric_value(metric, 0, (enum statistic)forecaster->settings->statistic);
    for (; forecaster->seen < *metric->visible; forecaster->seen++)
        see(forecaster, hour_at(world, (simtime)forecaster->seen * period), load);
}

/* --- what will be ------------------------------------------------------------------------------ */

static void row_forecast(struct world *world, const struct forecaster *forecaster, int64_t hour, int64_t load,
                         int64_t capacity)
{
    run_row(world->run, SERIES_FORECASTS,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(forecaster->scalable->resource_id),
                value_text(forecaster->settings->name),
                value_seconds(begin_of(world, hour)),
                value_integer(load / MILLION),
                value_integer(capacity),
            });
}

static int64_t capacity_for(struct world *world, const struct forecaster *forecaster, int64_t hour)
{
    enum { MOST_CAPACITY = 1000000 }; /* no runaway by a target value near 0 */
    int64_t load = load_forecast(&forecaster->history, hour);
    if (load == ABSENT)
        return ABSENT;
    int64_t capacity = predictive_capacity(forecaster->settings->predictive, load);
    capacity = capacity < MOST_CAPACITY ? capacity : MOST_CAPACITY;
    row_forecast(world, forecaster, hour, load, capacity);
    return capacity;
}

/* From the hour that is about to begin on. */
void forecaster_refresh(struct world *world, struct forecaster *forecaster)
{
    int64_t hour = hour_at(world, world->run->now + buffer_of(forecaster));
    if (forecaster->first_hour != ABSENT && hour - forecaster->first_hour < FORECAST_REFRESH_HOURS)
        return;
    for (int i = 0; i < FORECAST_HOURS; i++)
        forecaster->capacities[i] = capacity_for(world, forecaster, hour + i);
    forecaster->first_hour = forecaster->capacities[0] == ABSENT ? ABSENT : hour;
}

static int64_t capacity_of_hour(const struct forecaster *forecaster, int64_t hour)
{
    int64_t ahead = forecaster->first_hour == ABSENT ? -1 : hour - forecaster->first_hour;
    return ahead >= 0 && ahead < FORECAST_HOURS ? forecaster->capacities[ahead] : ABSENT;
}

/* The larger of this hour's and, shortly before it, the next one's; ABSENT is the least integer. */
int64_t forecaster_capacity(const struct world *world, const struct forecaster *forecaster)
{
    simtime now = world->run->now;
    int64_t here = capacity_of_hour(forecaster, hour_at(world, now));
    int64_t soon = capacity_of_hour(forecaster, hour_at(world, now + buffer_of(forecaster)));
    return here > soon ? here : soon;
}

simtime forecaster_steady_until(const struct world *world, const struct forecaster *forecaster, simtime from)
{
    simtime buffer = buffer_of(forecaster);
    simtime soon = begin_of(world, hour_at(world, from + buffer) + 1) - buffer;
    return simtime_earlier(soon, begin_of(world, hour_at(world, from) + 1));
}

simtime forecaster_next(const struct world *world, const struct forecaster *forecaster)
{
    int64_t hour = hour_at(world, world->run->now + buffer_of(forecaster));
    return begin_of(world, hour + 1) - buffer_of(forecaster);
}
