#include "models/ecs/load.h"
#include <string.h>

static const struct load_settings *settings_of(const struct world *world, const struct service *service)
{
    EACH(struct load_settings, each, world->settings->load)
        if (!strcmp(each->service, service->name))
            return each;
    return NULL;
}

void load_begin(struct world *world, struct service *service)
{
    const struct load_settings *settings = settings_of(world, service);
    if (!settings)
        return;
    service->load = arena_alloc(world->arena, sizeof *service->load);
    service->load->workload = &settings->requests_per_second;
}

/* Before it is first created nobody asks anything of it; while it is deleted, in vain. */
void load_opens(struct world *world, struct service *service)
{
    if (service->load && !service->primary)
        service->load->counted_until = service->load->minute_since = world->run->now;
}

/* Who gets requests: the healthy targets, or all of them if none is. */
static void receivers(const struct load *load, int64_t *all, int64_t *answering)
{
    bool fail_open = load->routed == 0;
    *all = fail_open ? load->registered : load->routed;
    *answering = fail_open ? load->registered_answering : load->routed_answering;
}

static __int128 capacity(const struct task_simulation_settings *simulation, int64_t tasks, simtime lasts)
{
    return (__int128)simulation->most_requests_per_second * tasks * lasts / SIMTIME_SECOND;
}

static __int128 served_of(const struct load *load, const struct task_simulation_settings *simulation,
                          __int128 requests, simtime lasts)
{
    int64_t all, answering;
    receivers(load, &all, &answering);
    if (!all)
        return 0;
    __int128 served = requests * answering / all;
    if (simulation->most_requests_per_second == ABSENT)
        return served;
    __int128 most = capacity(simulation, answering, lasts);
    return served < most ? served : most;
}

/* CPU and memory follow the requests that are served. [G: cloudwatch-metrics] */
static void use_resources(struct load *load, const struct service *service, __int128 served, simtime lasts)
{
    const struct task_definition_settings *definition = service->primary->definition->settings;
    const struct task_simulation_settings *simulation = &definition->simulation;
    int64_t running = service->counts.running;
    load->cpu_used += served * simulation->cpu_per_request * 1024 / MILLION +
                      (__int128)simulation->cpu_idle * running * lasts;
    load->cpu_reserved += (__int128)definition->reserved_cpu * running * lasts;
    load->memory_used += served * simulation->memory_per_request * SIMTIME_SECOND / MILLION +
                         (__int128)simulation->memory_idle_mib * MILLION * running * lasts;
    load->memory_reserved += (__int128)definition->reserved_memory_mib * MILLION * running * lasts;
}

static void advance(struct world *world, struct service *service)
{
    struct load *load = service->load;
    simtime now = world->run->now, lasts = now - load->counted_until;
    if (lasts <= 0 || !service->primary)
        return;
    __int128 requests =
        workload_requests(load->workload, load->counted_until, now, world->settings->run.start_time_us);
    __int128 served = served_of(load, &service->primary->definition->settings->simulation, requests, lasts);
    int64_t all, answering;
    receivers(load, &all, &answering);
    load->requests += requests;
    load->served += served;
    load->minute_requests += requests;
    load->routed_time += (__int128)all * lasts;
    use_resources(load, service, served, lasts);
    load->counted_until = now;
}

void load_count(struct world *world, const struct task *task, struct task_share share, int sign)
{
    struct load *load = task->service->load;
    if (!load)
        return;
    advance(world, task->service);
    bool registered = share.running && (task->target_count ? task->registered : true);
    bool routed = registered && (task->target_count ? task->routed : true);
    load->registered += sign * registered;
    load->registered_answering += sign * (registered && share.serving);
    load->routed += sign * routed;
    load->routed_answering += sign * (routed && share.serving);
}

static int64_t ratio(__int128 part, __int128 whole, int64_t scale)
{
    return whole > 0 ? (int64_t)(part * scale / whole) : ABSENT;
}

/* No RUNNING task, no point. [G cloudwatch-metrics] */
struct load_minute load_take_minute(struct world *world, struct service *service)
{
    struct load *load = service->load;
    advance(world, service);
    simtime lasts = world->run->now - load->minute_since;
    struct load_minute minute = {
        .cpu_percent = ratio(load->cpu_used, load->cpu_reserved, 100 * MILLION),
        .memory_percent = ratio(load->memory_used, load->memory_reserved, 100 * MILLION),
        .requests_per_target = ratio(load->minute_requests * lasts, load->routed_time, 1),
    };
    load->minute_requests = 0;
    load->cpu_used = load->cpu_reserved = load->memory_used = load->memory_reserved = load->routed_time = 0;
    load->minute_since = world->run->now;
    return minute;
}

void load_finish(struct world *world, struct service *service)
{
    if (service->load)
        advance(world, service);
}
