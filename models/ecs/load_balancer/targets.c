#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/events.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/slow_start.h"
#include "models/ecs/load_balancer/target_group.h"
#include "models/ecs/role/role.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_health.h"

/* --- states ----------------------------------------------------------------------------------- */

enum target_state target_state(bool registered, bool draining, enum health health)
{
    static const enum target_state of_registered[] = {
        [HEALTH_UNKNOWN] = TARGET_INITIAL,
        [HEALTH_HEALTHY] = TARGET_HEALTHY,
        [HEALTH_UNHEALTHY] = TARGET_UNHEALTHY,
    };
    if (registered)
        return of_registered[health];
    return draining ? TARGET_DRAINING : TARGET_UNUSED;
}

enum target_state targets_state_of(const struct task *task, int i)
{
    const struct check *check = &task->checks[task->check_count - task->target_count + i];
    return target_state(task->registered, false, check->health);
}

static struct target_counts *counts_of(const struct task *task, int i)
{
    return task->deployment->registrations[i].counts;
}

/* Those that drain are counted from their deregistration to target_drained(), since they outlive the task. */
void targets_count(const struct task *task, int sign)
{
    for (int i = 0; task->registered && i < task->target_count; i++)
        counts_of(task, i)->in[targets_state_of(task, i)] += sign;
}

/* --- waiting for the scheduler ---------------------------------------------------------------- */

static void await(struct world *world, struct task *task)
{
    struct service *service = task->service;
    task->awaits_scheduler = true;
    task->next_awaiting = NULL;
    task->previous_awaiting = service->last_awaiting;
    *(service->last_awaiting ? &service->last_awaiting->next_awaiting : &service->first_awaiting) = task;
    service->last_awaiting = task;
    service_wake(world, service);
}

static void await_no_longer(struct task *task)
{
    struct service *service = task->service;
    if (!task->awaits_scheduler)
        return;
    task->awaits_scheduler = false;
    *(task->previous_awaiting ? &task->previous_awaiting->next_awaiting : &service->first_awaiting) =
        task->next_awaiting;
    *(task->next_awaiting ? &task->next_awaiting->previous_awaiting : &service->last_awaiting) =
        task->previous_awaiting;
}

/* Without its role nothing happens until it is given back. */
static bool happens_at_once(const struct world *world, const struct service *service)
{
    bool at_once = world->starting || !world->settings->timing.targets_await_tick;
    return at_once && role_allows(world, service->settings->role);
}

/* --- registration ----------------------------------------------------------------------------- */

static void enrol(struct world *world, struct task *task)
{
    slow_start_registers(world, task);
    task_health_registered(world, task);
    for (int i = 0; i < task->target_count; i++)
        counts_of(task, i)->registered_now += !world->starting;
}

void targets_await_registration(struct world *world, struct task *task)
{
    if (happens_at_once(world, task->service))
        enrol(world, task);
    else
        await(world, task);
}

/* --- deregistration --------------------------------------------------------------------------- */

static void drain_target(struct world *world, const struct service *service, struct target_counts *counts)
{
    simtime delay = counts->registration->deregistration_delay;
    counts->deregistered_now++;
    if (target_state(false, delay > 0, HEALTH_UNKNOWN) == TARGET_UNUSED)
        return;
    counts->in[TARGET_DRAINING]++;
    run_schedule(world->run, world->run->now + delay, PHASE_WORLD, EVENT_TARGET_DRAINED, service->index,
                 counts->number);
}

void target_drained(void *context, uint64_t index, uint64_t number)
{
    struct world *world = context;
    struct target_counts *counts = world->services[index].target_counts;
    while (counts->number != number)
        counts = counts->next;
    counts->in[TARGET_DRAINING]--;
    index_set_add(&world->touched_services, (uint32_t)index);
}

static void strike_off(struct world *world, struct task *task)
{
    task_uncount(world, task);
    slow_start_stop(world, task);
    task->registered = task->routed = false;
    task_count(world, task);
}

static void expel(struct world *world, struct task *task)
{
    struct service *service = task->service;
    strike_off(world, task);
    for (int i = 0; i < task->target_count; i++)
        drain_target(world, service, counts_of(task, i));
    service->deregistered_now++;
    service->deregistered_from = task->deployment->name;
}

/* All its load balancers drain at the same time, and ECS waits for the slowest.
 * [DG:load-balancer-connection-draining] */
static simtime slowest_drain(const struct deployment *deployment)
{
    simtime longest = 0;
    for (int i = 0; i < deployment->registration_count; i++)
        if (deployment->registrations[i].deregistration_delay > longest)
            longest = deployment->registrations[i].deregistration_delay;
    return longest;
}

static void expel_and_drain(struct world *world, struct task *task)
{
    expel(world, task);
    task_drain(world, task, slowest_drain(task->deployment));
}

bool targets_await_deregistration(struct world *world, struct task *task)
{
    if (!task->registered) {
        await_no_longer(task);
        return false;
    }
    if (happens_at_once(world, task->service))
        expel_and_drain(world, task);
    else
        await(world, task);
    return true;
}

/* --- orphans ---------------------------------------------------------------------------------- */

static void orphan(struct world *world, struct task *task)
{
    struct service *service = task->service;
    load_orphan(world, task);
    for (int i = 0; i < task->target_count; i++) {
        counts_of(task, i)->in[targets_state_of(task, i)]++;
        counts_of(task, i)->orphans[targets_state_of(task, i)]++;
    }
    strike_off(world, task);
    service->orphans++;
    service->deregistered_from = task->deployment->name;
    service_wake(world, service);
}

void targets_lose_task(struct world *world, struct task *task)
{
    if (!task->target_count)
        return;
    await_no_longer(task);
    if (!task->registered)
        return;
    if (happens_at_once(world, task->service))
        expel(world, task);
    else
        orphan(world, task);
}

static void expel_orphans_from(struct world *world, const struct service *service,
                               struct target_counts *counts)
{
    for (int state = 0; state < TARGET_STATES; state++)
        for (; counts->orphans[state]; counts->orphans[state]--) {
            counts->in[state]--;
            drain_target(world, service, counts);
        }
}

static void expel_orphans(struct world *world, struct service *service)
{
    if (!service->orphans)
        return;
    load_forget_orphans(world, service);
    for (struct target_counts *each = service->target_counts; each; each = each->next)
        expel_orphans_from(world, service, each);
    service->deregistered_now += service->orphans;
    service->orphans = 0;
    index_set_add(&world->touched_services, service->index);
}

/* --- messages --------------------------------------------------------------------------------- */

static void say_count(struct world *world, struct service *service, const struct target_counts *counts,
                      const char *says, int64_t count)
{
    const struct registration *registration = counts->registration;
    if (count)
        service_say(world, service, says, (long)count, registration_members(registration),
                    registration_kind(registration), registration->name);
}

void targets_say(struct world *world, struct service *service)
{
    for (struct target_counts *each = service->target_counts; each; each = each->next)
        say_count(world, service, each, SAYS_REGISTERED, each->registered_now);
    for (struct target_counts *each = service->target_counts; each; each = each->next) {
        say_count(world, service, each, SAYS_DEREGISTERED, each->deregistered_now);
        each->registered_now = each->deregistered_now = 0;
    }
    if (service->deregistered_now)
        service_task_set_says(world, service, service->deregistered_from, SAYS_DRAINING,
                              (long)service->deregistered_now);
    service->deregistered_now = 0;
}

/* --- the scheduler ---------------------------------------------------------------------------- */

static void say_denied(struct world *world, struct service *service)
{
    const struct registration *registration = &service->registrations[0];
    bool leaves = service->orphans || (service->first_awaiting && service->first_awaiting->stopping);
    const char *verb = leaves ? "deregister" : "register";
    const char *action =
        arena_format(world->arena, "elasticloadbalancing:%s%s%s", leaves ? "Deregister" : "Register",
                     registration->classic ? "Instances" : "Targets",
                     !registration->classic ? ""
                     : leaves               ? "FromLoadBalancer"
                                            : "WithLoadBalancer");
    service_say(world, service, SAYS_NOT_REGISTERED, verb, registration_members(registration),
                registration_kind(registration), registration->name,
                role_error(world, service->settings->role, "ecs-service-scheduler", action));
}

/* By its role; what waits goes on waiting, a stop for its deregistration too (AWS does not say). */
static bool is_denied(struct world *world, struct service *service)
{
    bool denied = !role_allows(world, service->settings->role);
    bool waits = service->first_awaiting || service->orphans;
    if (!denied)
        service->message_at[MESSAGE_TARGETS_DENIED] = SIMTIME_NEVER;
    else if (waits && service->registration_count && service_may_say(world, service, MESSAGE_TARGETS_DENIED))
        say_denied(world, service);
    return denied;
}

void targets_catch_up(struct world *world, struct service *service)
{
    if (is_denied(world, service))
        return;
    for (struct task *task; (task = service->first_awaiting);) {
        await_no_longer(task);
        if (task->stopping)
            expel_and_drain(world, task);
        else
            enrol(world, task);
    }
    expel_orphans(world, service);
    targets_say(world, service);
}
