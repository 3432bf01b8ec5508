#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/request_chain.h"

/* No more than this, which is a million percent, so that sums over tasks fit 64 bits. */
#define GREATEST_RATIO (MILLION * MILLION)

static int64_t ratio(__int128 part, __int128 whole, int64_t scale)
{
    if (whole <= 0)
        return ABSENT;
    __int128 value = part * scale / whole;
    return value < GREATEST_RATIO ? (int64_t)value : GREATEST_RATIO;
}

static int64_t cpu_percent(const struct usage *usage)
{
    return ratio(usage->cpu_used, usage->cpu_reserved, 100 * MILLION);
}

static int64_t memory_percent(const struct usage *usage)
{
    return ratio(usage->memory_used, usage->memory_reserved, 100 * MILLION);
}

static void spread_over(struct utilisation *utilisation, int64_t percent)
{
    if (percent == ABSENT)
        return;
    if (percent < utilisation->least)
        utilisation->least = percent;
    if (percent > utilisation->most)
        utilisation->most = percent;
}

static void take_deployment(struct load_period *period, struct deployment_usage *of,
                            enum metric_resolution resolution)
{
    struct usage usage = usage_since(&of->total, &of->at_end[resolution]);
    spread_over(&period->cpu, cpu_percent(&usage));
    spread_over(&period->memory, memory_percent(&usage));
    of->at_end[resolution] = of->total;
}

/* One deployment may have ended within the period: it has a part in the mean alone. */
static void take(const struct service *service, enum metric_resolution resolution, simtime now)
{
    struct load *load = service->load;
    struct load_period *period = &load->periods[resolution];
    simtime lasts = now - period->until;
    struct usage usage = usage_since(&load->total, &period->total_at_end);
    int64_t cpu = cpu_percent(&usage), memory = memory_percent(&usage);
    *period = (struct load_period){
        .until = now,
        .usage = usage,
        .tasks = (int64_t)((usage.present_time + lasts - 1) / lasts),
        .cpu = {cpu, cpu, cpu},
        .memory = {memory, memory, memory},
        .total_at_end = load->total,
    };
    for (struct deployment *each = service->primary; each; each = each->older)
        take_deployment(period, &each->usage, resolution);
}

/* No RUNNING task, no point. [G:cloudwatch-metrics] */
const struct load_period *load_period(struct world *world, struct service *service,
                                      enum metric_resolution resolution)
{
    struct load_period *period = &service->load->periods[resolution];
    load_advance(world, service);
    if (period->until < world->run->now)
        take(service, resolution, world->run->now);
    return period;
}

/* --- periods that nobody came to look at -------------------------------------------------------- */

/* Somebody has looked as every period of this resolution ended, until metrics came to rest. */
static bool is_looked_at(const struct load *load, enum metric_resolution resolution, simtime resting_since)
{
    simtime period = resolution_period(resolution);
    return load->periods[resolution].until >= resting_since / period * period;
}

static void look(struct service *service, simtime resting_since, simtime at)
{
    for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
        if (at % resolution_period(resolution) == 0 && is_looked_at(service->load, resolution, resting_since))
            take(service, resolution, at);
}

/* When next a period ends in which somebody looks; SIMTIME_NEVER: nobody does. */
static simtime next_end(const struct service *service, simtime resting_since)
{
    simtime next = SIMTIME_NEVER;
    if (!service->load || !service->primary)
        return next;
    for (enum metric_resolution resolution = 0; resolution < METRIC_RESOLUTIONS; resolution++)
        if (is_looked_at(service->load, resolution, resting_since))
            next = simtime_earlier(next,
                                   service->load->periods[resolution].until + resolution_period(resolution));
    return next;
}

/* The longest period in which somebody looks has been counted, to its end. As many more as end by `until` are
 * the same: returns how long they take. */
static simtime repeat_period(struct world *world, struct service *service, simtime resting_since,
                             simtime until)
{
    struct load *load = service->load;
    enum metric_resolution longest =
        is_looked_at(load, RESOLUTION_MINUTE, resting_since) ? RESOLUTION_MINUTE : RESOLUTION_20S;
    simtime period = resolution_period(longest), at = load->counted_until;
    if (at % period)
        return 0;
    simtime times = (until - at) / period;
    usage_repeat(&load->total, &load->periods[longest].total_at_end, times);
    for (struct deployment *each = service->primary; each; each = each->older)
        usage_repeat(&each->usage.total, &each->usage.at_end[longest], times);
    load_pass(world, load, times * period);
    return times * period;
}

static void repeat_alone(struct world *world, struct service *service, simtime resting_since, simtime until)
{
    simtime at;
    while ((at = next_end(service, resting_since)) <= until) {
        load_count_until(world, service, at);
        look(service, resting_since, at + repeat_period(world, service, resting_since, until));
    }
}

/* Period by period: each of them counts the others. */
static void repeat_chain(struct world *world, struct request_chain *chain, simtime resting_since,
                         simtime until)
{
    const simtime step = resolution_period(RESOLUTION_20S);
    simtime at = simtime_next_on_grid(chain->counted_until + 1, 0, step);
    for (; at <= until; at += step)
        for (uint32_t i = 0; i < chain->count; i++)
            if (next_end(chain->services[i], resting_since) == at) {
                request_chain_count_until(world, chain, at);
                look(chain->services[i], resting_since, at);
            }
}

static void repeat_until(struct world *world, simtime resting_since, simtime until)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        struct request_chain *chain = service->load ? service->load->chain : NULL;
        if (!chain)
            repeat_alone(world, service, resting_since, until);
        else if (chain->services[0] == service)
            repeat_chain(world, chain, resting_since, until);
    }
}

void load_repeat_periods(struct world *world, simtime resting_since, simtime until)
{
    while (world->request_rows_due <= until) {
        repeat_until(world, resting_since, world->request_rows_due);
        request_rows_catch_up_to(world, world->request_rows_due);
    }
    repeat_until(world, resting_since, until);
}

/* --- periods to come ---------------------------------------------------------------------------- */

static simtime service_steady_until(const struct service *service, simtime from)
{
    return load_ramps(service) ? from : workload_steady_until(service->load->workload, from);
}

static simtime chain_steady_until(const struct request_chain *chain, simtime from)
{
    simtime until = request_chain_divides(chain) ? SIMTIME_NEVER : from;
    for (uint32_t i = 0; i < chain->count; i++)
        until = simtime_earlier(until, service_steady_until(chain->services[i], from));
    return until;
}

static bool is_measured(const struct service *service, simtime now)
{
    const struct load *load = service->load;
    return load && service->primary &&
           (is_looked_at(load, RESOLUTION_MINUTE, now) || is_looked_at(load, RESOLUTION_20S, now));
}

/* Where the rows of requests cut minutes, that is rounded otherwise in each. */
simtime loads_steady_until(const struct world *world, simtime from)
{
    simtime until = request_rows_cut_minutes(world) ? from : SIMTIME_NEVER;
    for (uint32_t i = 0; i < world->service_count; i++) {
        const struct service *service = &world->services[i];
        if (is_measured(service, world->run->now))
            until =
                simtime_earlier(until, service->load->chain ? chain_steady_until(service->load->chain, from)
                                                            : service_steady_until(service, from));
    }
    return until;
}
