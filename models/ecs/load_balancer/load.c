#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/request_chain.h"
#include "models/ecs/load_balancer/slow_start.h"
#include "models/ecs/task/task.h"
#include <string.h>

void load_begin(struct world *world, struct service *service)
{
    static const struct workload none;
    const struct ecs_settings *settings = world->settings;
    const struct load_settings *load = settings_named(settings, NAMED_WORKLOAD, service->name);
    if (!settings_named(settings, NAMED_IN_LOAD, service->name) && !settings_need_metrics(settings))
        return;
    service->load = arena_alloc(world->arena, sizeof *service->load);
    service->load->workload = load ? &load->requests_per_second : &none;
}

bool load_is_asked(const struct service *service)
{
    return service->load && (service->load->workload->chosen.variant || service->load->asker_count);
}

static __int128 asked_before(const struct world *world, const struct load *load, simtime at)
{
    return workload_cumulative(load->workload, at, world->settings->run.start_time_us) +
           request_chain_asked(load);
}

__int128 load_asked_in(const struct world *world, const struct load *load, simtime from, simtime until)
{
    int64_t start = world->settings->run.start_time_us;
    if (!load->chain)
        return workload_requests(load->workload, from, until, start);
    __int128 sum = 0;
    for (uint32_t i = 0; i < load->chain->count; i++)
        sum += workload_requests(load->chain->services[i]->load->workload, from, until, start);
    return sum;
}

__int128 load_unserved(const struct load *load)
{
    return load->total.requests - load->total.served + load->total.failed;
}

/* Before it is first created nobody asks anything of it; while it is deleted, in vain. */
void load_opens(struct world *world, struct service *service)
{
    if (!service->load || service->primary)
        return;
    request_rows_catch_up(world);
    if (service->load->chain)
        request_chain_count_until(world, service->load->chain, world->run->now);
    service->load->counted_until = service->load->told.at = world->run->now;
    service->load->asked_before = asked_before(world, service->load, world->run->now);
    for (int i = 0; i < METRIC_RESOLUTIONS; i++)
        service->load->periods[i].until = world->run->now;
}

/* --- who receives ----------------------------------------------------------------------------- */

static void add_crowd(struct crowd *sum, struct crowd one, int sign)
{
    sum->tasks += sign * one.tasks;
    sum->answering += sign * one.answering;
}

void load_add_receivers(struct receivers *sum, const struct receivers *one, int sign)
{
    sum->present += sign * one->present;
    add_crowd(&sum->registered, one->registered, sign);
    add_crowd(&sum->routed, one->routed, sign);
    add_crowd(&sum->ramping, one->ramping, sign);
    add_crowd(&sum->ramping_since, one->ramping_since, sign);
}

struct receivers load_receivers(const struct task *task)
{
    bool running = task_share(task).running, answers = task->serving;
    bool registered = task->target_count ? task->registered : running;
    bool routed = task->target_count ? task->routed : running;
    bool ramping = routed && task->ramping;
    return (struct receivers){
        .present = running || registered,
        .registered = {registered, registered && answers},
        .routed = {routed, routed && answers},
        .ramping = {ramping, ramping && answers},
        .ramping_since = {ramping ? task->ramp_second : 0, ramping && answers ? task->ramp_second : 0},
    };
}

/* --- how requests are split ------------------------------------------------------------------- */

/* A while in which the split does not change. */
struct spell {
    simtime lasts;
    int64_t second;     /* of the clock: what a slow start has come to */
    int64_t full_share; /* in the units of slow_start_weight() */
    int64_t permille;   /* sum of the deployments' parts; ABSENT: none has one */
    bool fail_open;     /* of the whole service */
};

static int64_t sum_of_parts(const struct service *service)
{
    int64_t sum = ABSENT;
    for (const struct deployment *each = service->primary; each; each = each->older)
        if (each->traffic_permille != ABSENT)
            sum = given_or(sum, 0) + each->traffic_permille;
    return sum;
}

static bool any_routed(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older)
        if (each->receivers.routed.tasks)
            return true;
    return false;
}

static struct spell spell_of(const struct service *service, simtime from, simtime until)
{
    return (struct spell){
        .lasts = until - from,
        .second = from / SIMTIME_SECOND,
        .full_share = service->slow_start ? service->slow_start / SIMTIME_SECOND : 1,
        .permille = sum_of_parts(service),
        .fail_open = !any_routed(service),
    };
}

static bool fails_open(const struct receivers *receivers, const struct spell *spell)
{
    return spell->permille == ABSENT ? spell->fail_open : receivers->routed.tasks == 0;
}

/* Tasks that get a full share. */
static struct crowd full_sharers(const struct receivers *receivers, const struct spell *spell)
{
    if (fails_open(receivers, spell))
        return receivers->registered;
    return (struct crowd){receivers->routed.tasks - receivers->ramping.tasks,
                          receivers->routed.answering - receivers->ramping.answering};
}

static int64_t weight_of(const struct receivers *receivers, const struct spell *spell)
{
    return full_sharers(receivers, spell).tasks * spell->full_share +
           slow_start_weight(receivers->ramping.tasks, receivers->ramping_since.tasks, spell->second);
}

static int64_t weight_of_all(const struct service *service, const struct spell *spell)
{
    int64_t sum = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        sum += weight_of(&each->receivers, spell);
    return sum;
}

/* --- what is served --------------------------------------------------------------------------- */

static __int128 within_capacity(__int128 requests, const struct task_simulation_settings *simulation,
                                int64_t tasks, simtime lasts)
{
    if (simulation->most_requests_per_second == ABSENT)
        return requests;
    __int128 most = (__int128)simulation->most_requests_per_second * tasks * lasts / SIMTIME_SECOND;
    return requests < most ? requests : most;
}

/* Some requests, divided by weights into shares that add up to all of them. */
struct division {
    __int128 requests, given;
    int64_t weight, given_weight;
};

static __int128 give(struct division *division, int64_t weight)
{
    __int128 given_before = division->given;
    if (!weight || !division->weight)
        return 0;
    division->given_weight += weight;
    if (division->given_weight == division->weight)
        division->given = division->requests; /* most often there is one to give to: nothing to divide */
    else
        division->given = division->requests * division->given_weight / division->weight;
    return division->given - given_before;
}

/* By those of its tasks that answer. */
static __int128 served_by(const struct deployment *deployment, const struct spell *spell,
                          struct division *targets)
{
    const struct receivers *receivers = &deployment->receivers;
    const struct task_simulation_settings *simulation = &deployment->definition->settings->simulation;
    int64_t full = full_sharers(receivers, spell).answering, ramping = receivers->ramping.answering;
    int64_t ramped = slow_start_weight(ramping, receivers->ramping_since.answering, spell->second);
    __int128 of_full = give(targets, full * spell->full_share), of_ramping = give(targets, ramped);
    return within_capacity(of_full, simulation, full, spell->lasts) +
           within_capacity(of_ramping, simulation, ramping, spell->lasts);
}

/* Of the part that the deployment has of the traffic. */
static __int128 served_of_part(const struct deployment *deployment, const struct spell *spell,
                               struct division *parts)
{
    int64_t permille = given_or(deployment->traffic_permille, 0);
    struct division targets = {.requests = give(parts, permille),
                               .weight = weight_of(&deployment->receivers, spell)};
    return served_by(deployment, spell, &targets);
}

/* CPU and memory follow the requests that are served. [G:cloudwatch-metrics] */
static struct usage usage_of(const struct deployment *deployment, const struct spell *spell, __int128 served)
{
    const struct task_definition_settings *definition = deployment->definition->settings;
    const struct task_simulation_settings *simulation = &definition->simulation;
    const struct receivers *receivers = &deployment->receivers;
    struct crowd reached = fails_open(receivers, spell) ? receivers->registered : receivers->routed;
    __int128 present_time = (__int128)receivers->present * spell->lasts;
    return (struct usage){
        .served = served,
        .cpu_used =
            served * simulation->cpu_per_request * 1024 / MILLION + simulation->cpu_idle * present_time,
        .cpu_reserved = definition->reserved_cpu * present_time,
        .memory_used = served * simulation->memory_per_request * SIMTIME_SECOND / MILLION +
                       simulation->memory_idle_mib * MILLION * present_time,
        .memory_reserved = definition->reserved_memory_mib * MILLION * present_time,
        .routed_time = (__int128)reached.tasks * spell->lasts,
        .present_time = present_time,
    };
}

void load_count_spell(struct world *world, struct service *service, simtime until)
{
    struct load *load = service->load;
    struct spell spell = spell_of(service, load->counted_until, until);
    __int128 asked = asked_before(world, load, until), requests = asked - load->asked_before;
    struct division parts = {.requests = requests, .weight = spell.permille};
    struct division targets = {.requests = requests, .weight = weight_of_all(service, &spell)};
    load->total.requests += requests;
    for (struct deployment *each = service->primary; each; each = each->older) {
        __int128 served = spell.permille == ABSENT ? served_by(each, &spell, &targets)
                                                   : served_of_part(each, &spell, &parts);
        struct usage usage = usage_of(each, &spell, served);
        usage_add(&load->total, &usage);
        usage_add(&each->usage.total, &usage);
    }
    load->counted_until = until;
    load->asked_before = asked;
}

void load_pass(const struct world *world, struct load *load, simtime lasts)
{
    load->counted_until += lasts;
    load->asked_before = asked_before(world, load, load->counted_until);
}

bool load_ramps(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older)
        if (each->receivers.ramping.tasks)
            return true;
    return false;
}

/* Second by second while a slow start goes on. */
static void count_alone_until(struct world *world, struct service *service, simtime until)
{
    struct load *load = service->load;
    for (bool steps = load_ramps(service); load->counted_until < until;) {
        simtime step = (load->counted_until / SIMTIME_SECOND + 1) * SIMTIME_SECOND;
        load_count_spell(world, service, steps && step < until ? step : until);
    }
}

void load_count_until(struct world *world, struct service *service, simtime until)
{
    if (service->load->chain)
        request_chain_count_until(world, service->load->chain, until);
    else
        count_alone_until(world, service, until);
}

void load_advance(struct world *world, struct service *service)
{
    if (!service->load || !service->primary)
        return;
    request_rows_catch_up(world);
    load_count_until(world, service, world->run->now);
}

/* --- told by tasks ---------------------------------------------------------------------------- */

void load_count(struct world *world, const struct task *task, int sign)
{
    if (!task->service->load)
        return;
    struct receivers one = load_receivers(task);
    load_advance(world, task->service);
    load_add_receivers(&task->deployment->receivers, &one, sign);
}

void load_orphan(struct world *world, const struct task *task)
{
    if (!task->service->load)
        return;
    struct receivers one = load_receivers(task);
    one.present = 0;
    one.registered.answering = one.routed.answering = 0;
    one.ramping.answering = one.ramping_since.answering = 0;
    load_advance(world, task->service);
    load_add_receivers(&task->deployment->receivers, &one, +1);
    load_add_receivers(&task->deployment->orphans, &one, +1);
}

void load_forget_orphans(struct world *world, struct service *service)
{
    if (!service->load)
        return;
    load_advance(world, service);
    for (struct deployment *each = service->primary; each; each = each->older) {
        load_add_receivers(&each->receivers, &each->orphans, -1);
        each->orphans = (struct receivers){0};
    }
}

void load_split(struct world *world, struct deployment *deployment, int64_t permille)
{
    if (deployment->service->load)
        load_advance(world, deployment->service);
    deployment->traffic_permille = permille;
}
