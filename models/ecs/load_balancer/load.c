#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/slow_start.h"
#include "models/ecs/task/task.h"
#include <string.h>

static const struct load_settings *settings_of(const struct world *world, const struct service *service)
{
    EACH(struct load_settings, each, world->settings->load)
        if (each->service && !strcmp(each->service, service->name))
            return each;
    return NULL;
}

void load_begin(struct world *world, struct service *service)
{
    static const struct workload none;
    const struct load_settings *settings = settings_of(world, service);
    if (!settings && !settings_need_metrics(world->settings))
        return;
    service->load = arena_alloc(world->arena, sizeof *service->load);
    service->load->workload = settings ? &settings->requests_per_second : &none;
}

bool load_is_asked(const struct service *service)
{
    return service->load && service->load->workload->chosen.variant;
}

/* Before it is first created nobody asks anything of it; while it is deleted, in vain. */
void load_opens(struct world *world, struct service *service)
{
    if (!service->load || service->primary)
        return;
    service->load->counted_until = service->load->told.at = world->run->now;
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
            sum = (sum == ABSENT ? 0 : sum) + each->traffic_permille;
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
    if (!division->weight)
        return 0;
    division->given_weight += weight;
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
    int64_t permille = deployment->traffic_permille == ABSENT ? 0 : deployment->traffic_permille;
    struct division targets = {.requests = give(parts, permille),
                               .weight = weight_of(&deployment->receivers, spell)};
    return served_by(deployment, spell, &targets);
}

/* CPU and memory follow the requests that are served. [G: cloudwatch-metrics] */
static void use_resources(struct usage *usage, const struct deployment *deployment, __int128 served,
                          simtime lasts)
{
    const struct task_definition_settings *definition = deployment->definition->settings;
    const struct task_simulation_settings *simulation = &definition->simulation;
    int64_t present = deployment->receivers.present;
    usage->cpu_used += served * simulation->cpu_per_request * 1024 / MILLION +
                       (__int128)simulation->cpu_idle * present * lasts;
    usage->cpu_reserved += (__int128)definition->reserved_cpu * present * lasts;
    usage->memory_used += served * simulation->memory_per_request * SIMTIME_SECOND / MILLION +
                          (__int128)simulation->memory_idle_mib * MILLION * present * lasts;
    usage->present_time += (__int128)present * lasts;
    usage->memory_reserved += (__int128)definition->reserved_memory_mib * MILLION * present * lasts;
}

static void serve(struct load *load, const struct deployment *deployment, const struct spell *spell,
                  __int128 served)
{
    const struct receivers *receivers = &deployment->receivers;
    struct crowd reached = fails_open(receivers, spell) ? receivers->registered : receivers->routed;
    load->total.served += served;
    load->total.routed_time += (__int128)reached.tasks * spell->lasts;
    use_resources(&load->total, deployment, served, spell->lasts);
}

static void count_spell(struct world *world, struct service *service, simtime from, simtime until)
{
    struct load *load = service->load;
    struct spell spell = spell_of(service, from, until);
    __int128 requests = workload_requests(load->workload, from, until, world->settings->run.start_time_us);
    struct division parts = {.requests = requests, .weight = spell.permille};
    struct division targets = {.requests = requests, .weight = weight_of_all(service, &spell)};
    load->total.requests += requests;
    for (const struct deployment *each = service->primary; each; each = each->older) {
        __int128 served = spell.permille == ABSENT ? served_by(each, &spell, &targets)
                                                   : served_of_part(each, &spell, &parts);
        serve(load, each, &spell, served);
    }
}

static bool any_ramps(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older)
        if (each->receivers.ramping.tasks)
            return true;
    return false;
}

/* Up to now with what has been so far; second by second while a slow start goes on. */
void load_advance(struct world *world, struct service *service)
{
    struct load *load = service->load;
    simtime now = world->run->now;
    if (!load || load->counted_until >= now || !service->primary)
        return;
    for (bool steps = any_ramps(service); load->counted_until < now;) {
        simtime step = (load->counted_until / SIMTIME_SECOND + 1) * SIMTIME_SECOND;
        simtime until = steps && step < now ? step : now;
        count_spell(world, service, load->counted_until, until);
        load->counted_until = until;
    }
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

/* --- what CloudWatch sees --------------------------------------------------------------------- */

static struct usage usage_since(const struct usage *now, const struct usage *before)
{
    return (struct usage){
        .requests = now->requests - before->requests,
        .served = now->served - before->served,
        .cpu_used = now->cpu_used - before->cpu_used,
        .cpu_reserved = now->cpu_reserved - before->cpu_reserved,
        .memory_used = now->memory_used - before->memory_used,
        .memory_reserved = now->memory_reserved - before->memory_reserved,
        .routed_time = now->routed_time - before->routed_time,
        .present_time = now->present_time - before->present_time,
    };
}

/* No more than this, which is a million percent, so that sums over tasks fit 64 bits. */
#define GREATEST_RATIO (MILLION * MILLION)

static int64_t ratio(__int128 part, __int128 whole, int64_t scale)
{
    if (whole <= 0)
        return ABSENT;
    __int128 value = part * scale / whole;
    return value < GREATEST_RATIO ? (int64_t)value : GREATEST_RATIO;
}

static void take(struct load *load, struct load_period *period, simtime now)
{
    simtime lasts = now - period->until;
    struct usage usage = usage_since(&load->total, &period->total_at_end);
    *period = (struct load_period){
        .until = now,
        .usage = usage,
        .tasks = lasts ? (int64_t)((usage.present_time + lasts - 1) / lasts) : 0,
        .cpu_percent = ratio(usage.cpu_used, usage.cpu_reserved, 100 * MILLION),
        .memory_percent = ratio(usage.memory_used, usage.memory_reserved, 100 * MILLION),
        .requests_per_target = ratio(usage.requests * lasts, usage.routed_time, 1),
        .total_at_end = load->total,
    };
}

/* No RUNNING task, no point. [G:cloudwatch-metrics] */
const struct load_period *load_period(struct world *world, struct service *service,
                                      enum metric_resolution resolution)
{
    struct load_period *period = &service->load->periods[resolution];
    load_advance(world, service);
    if (period->until < world->run->now)
        take(service->load, period, world->run->now);
    return period;
}
