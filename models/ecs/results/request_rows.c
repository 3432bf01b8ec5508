#include "models/ecs/results/request_rows.h"
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
                value_seconds(load->counted_until),
                value_text(service->name),
                value_seconds(load->counted_until - load->told.at),
                value_integer(whole_since(load->total.requests, load->told.requests)),
                value_integer(whole_since(served(load), load->told.served)),
            });
}

/* Counted even where nobody reads the row: what a task can do is compared with the mean of the interval. */
static void row_requests(struct world *world, struct service *service, simtime until)
{
    struct load *load = service->load;
    if (!load_is_asked(service) || !service->primary || load->told.at == until)
        return;
    load_count_until(world, service, until);
    if (run_wants(world->run, SERIES_REQUESTS))
        write_row(world, service);
    load->told = (struct requests_told){until, load->total.requests, served(load)};
}

static void rows_until(struct world *world, simtime until)
{
    for (uint32_t i = 0; i < world->service_count; i++)
        row_requests(world, &world->services[i], until);
}

void request_rows_begin(struct world *world)
{
    world->request_rows_due = SIMTIME_NEVER;
    for (uint32_t i = 0; i < world->service_count; i++)
        if (load_is_asked(&world->services[i]))
            world->request_rows_due = request_period(&world->settings->run);
}

bool request_rows_cut_minutes(const struct world *world)
{
    return world->request_rows_due < SIMTIME_NEVER &&
           request_period(&world->settings->run) % SIMTIME_MINUTE != 0;
}

void request_rows_catch_up_to(struct world *world, simtime until)
{
    while (world->request_rows_due <= until) {
        rows_until(world, world->request_rows_due);
        world->request_rows_due =
            simtime_after(world->request_rows_due, request_period(&world->settings->run));
    }
}

void request_rows_catch_up(struct world *world)
{
    request_rows_catch_up_to(world, world->run->now);
}

void request_rows_finish(struct world *world)
{
    request_rows_catch_up(world);
    rows_until(world, world->run->now);
}
