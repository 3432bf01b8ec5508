#include "models/ecs/results/request_rows.h"
#include "models/ecs/events.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/results/rows.h"

static simtime request_period(const struct run_settings *run)
{
    if (run->sample_every != ABSENT)
        return run->sample_every;
    simtime whole_run_in_minutes = (run->duration + SIMTIME_MINUTE - 1) / SIMTIME_MINUTE;
    return (whole_run_in_minutes + REQUEST_ROWS - 1) / REQUEST_ROWS * SIMTIME_MINUTE;
}

/* Whole ones that have come since then, so that the rows add up to the whole. */
static int64_t whole_since(__int128 now, __int128 then)
{
    return (int64_t)(now / MILLION - then / MILLION);
}

static __int128 served(const struct load *load)
{
    return load->total.requests - load_unserved(load);
}

static void write_row(struct world *world, const struct service *service)
{
    const struct load *load = service->load;
    run_row(world->run, SERIES_REQUESTS,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(service->name),
                value_seconds(world->run->now - load->told.at),
                value_integer(whole_since(load->total.requests, load->told.requests)),
                value_integer(whole_since(served(load), load->told.served)),
            });
}

/* Counted even where nobody reads the row: what a task can do is compared with the mean of the interval. */
static void row_requests(struct world *world, struct service *service)
{
    struct load *load = service->load;
    if (!load_is_asked(service) || !service->primary || load->told.at == world->run->now)
        return;
    load_advance(world, service);
    if (run_wants(world->run, SERIES_REQUESTS))
        write_row(world, service);
    load->told = (struct requests_told){world->run->now, load->total.requests, served(load)};
}

void request_rows_finish(struct world *world)
{
    for (uint32_t i = 0; i < world->service_count; i++)
        row_requests(world, &world->services[i]);
}

static void schedule_rows(struct world *world)
{
    simtime at = simtime_after(world->run->now, request_period(&world->settings->run));
    run_schedule(world->run, at, PHASE_CONTROL, EVENT_REQUEST_ROWS, 0, 0);
}

void request_rows_begin(struct world *world)
{
    for (uint32_t i = 0; i < world->service_count; i++)
        if (load_is_asked(&world->services[i])) {
            schedule_rows(world);
            return;
        }
}

void request_rows_due(void *context, uint64_t unused, uint64_t unused_too)
{
    (void)unused;
    (void)unused_too;
    request_rows_finish(context);
    schedule_rows(context);
}
