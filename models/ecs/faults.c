/* The verbs by which the world may break, and the strikes that call them. */
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/image/host_disk.h"
#include "models/ecs/image/registry.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/host_agent.h"
#include "models/ecs/instance/spot.h"
#include "models/ecs/job/job.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/role/role.h"
#include "models/ecs/selector.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task_definition.h"
#include "models/failure/failure.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- strikes ---------------------------------------------------------------------------------- */

static const struct chosen *failure_at(const struct world *world, uint64_t index)
{
    return &LIST_AT(struct failure_settings, world->settings->failures, index)->failure;
}

/* Of one that lasts. */
static const struct failure_outage *outage_of(const struct chosen *failure)
{
    const struct failure_verbs *verbs = failure->variant->verbs;
    return (const void *)((const char *)failure->settings + verbs->outage_offset);
}

void failures_begin(struct world *world)
{
    for (uint32_t i = 0; i < world->settings->failures.count; i++) {
        const struct chosen *failure = failure_at(world, i);
        const struct failure_verbs *verbs = failure->variant->verbs;
        if (verbs->set_outage)
            failure_schedule_time(world, i, &outage_of(failure)->times, 0);
        else if (verbs->begin)
            verbs->begin(world, i, failure->settings);
    }
}

void failures_host_launched(struct world *world, struct container_instance *host)
{
    for (uint32_t i = 0; i < world->settings->failures.count; i++) {
        const struct chosen *failure = failure_at(world, i);
        const struct failure_verbs *verbs = failure->variant->verbs;
        if (verbs->host_launched)
            verbs->host_launched(world, i, failure->settings, host);
    }
}

/* Strikes that are far away would pile up behind hosts that live for an hour. */
void failures_host_gone(struct world *world, struct container_instance *host)
{
    for (size_t i = 0; host->failure_events && i < world->settings->failures.count; i++)
        run_cancel(world->run, &host->failure_events[i]);
}

void failure_schedule(struct world *world, uint32_t index, simtime at, uint64_t nth)
{
    if (at < SIMTIME_NEVER)
        run_schedule(world->run, at, PHASE_WORLD, EVENT_FAILURE, index, nth);
}

/* The number of the strike at which an outage ends, whichever it is. */
static const uint64_t the_end = UINT64_MAX;

static void strike_outage(struct world *world, uint32_t index, const struct chosen *failure, uint64_t nth)
{
    const struct failure_verbs *verbs = failure->variant->verbs;
    const struct failure_outage *outage = outage_of(failure);
    bool lost = nth != the_end;
    if (lost && outage->length != ABSENT)
        failure_schedule(world, index, simtime_after(world->run->now, outage->length), the_end);
    if (lost)
        failure_schedule_time(world, index, &outage->times, nth + 1);
    verbs->set_outage(world, index, failure->settings, lost);
}

void failure_strikes(void *context, uint64_t index, uint64_t nth)
{
    struct world *world = context;
    const struct chosen *failure = failure_at(world, index);
    const struct failure_verbs *verbs = failure->variant->verbs;
    if (verbs->set_outage)
        strike_outage(world, (uint32_t)index, failure, nth);
    else
        verbs->strike(world, (uint32_t)index, failure->settings, nth);
}

void failure_schedule_host(struct world *world, uint32_t index, simtime after,
                           struct container_instance *host, uint64_t nth)
{
    CHECK(nth <= UINT32_MAX);
    if (!host->failure_events)
        host->failure_events =
            arena_array(world->arena, world->settings->failures.count, sizeof *host->failure_events);
    run_cancel(world->run, &host->failure_events[index]);
    simtime at = simtime_after(world->run->now, after);
    if (at < SIMTIME_NEVER)
        host->failure_events[index] =
            run_schedule(world->run, at, PHASE_WORLD, EVENT_FAILURE_OF_HOST, host->ref, nth << 32 | index);
}

static void strike_host(struct world *world, uint32_t index, struct container_instance *host, uint64_t nth)
{
    const struct chosen *failure = failure_at(world, index);
    const struct failure_verbs *verbs = failure->variant->verbs;
    verbs->strike_host(world, index, failure->settings, host, nth);
}

void failure_strikes_host(void *context, uint64_t ref, uint64_t index_and_nth)
{
    struct world *world = context;
    struct container_instance *host = pool_find(&world->instances, ref);
    uint32_t index = (uint32_t)index_and_nth;
    if (!host)
        return;
    host->failure_events[index] = 0;
    strike_host(world, index, host, index_and_nth >> 32);
}

/* --- whom ------------------------------------------------------------------------------------- */

static bool host_is_up(const struct container_instance *host)
{
    return host->host_up;
}

static bool agent_is_up(const struct container_instance *host)
{
    return host->agent_up;
}

static bool agent_is_at_work(const struct container_instance *host)
{
    return host->agent_up && host->status >= INSTANCE_ACTIVE && instance_is_registered(host);
}

static bool is_in_ec2(const struct container_instance *host)
{
    return host->terminated_at == SIMTIME_NEVER;
}

static bool task_runs(const struct task *task)
{
    int main = task->definition->main;
    return !task->stopping && task->last_status == TASK_RUNNING && container_up(task, main) &&
           !container_hangs(task, main);
}

/* A host that is dead can still be terminated. */
static host_filter *const may_happen_to[] = {
    [HOST_CRASH] = host_is_up,
    [HOST_TERMINATE] = is_in_ec2,
    [HOST_STOP] = host_is_up,
    [HOST_AGENT_LOST] = agent_is_up,
    [HOST_SPOT_TERMINATE] = spot_may_be_interrupted,
    [HOST_SPOT_STOP] = spot_may_be_interrupted,
    [HOST_AGENT_EXIT] = agent_is_at_work,
    [HOST_DISK_FULL] = host_disk_may_fill,
};

/* Nobody in particular: the draw of a choice. */
static rng_key choice(struct world *world, uint32_t index, uint64_t nth)
{
    return failure_draw(world, index, 0, nth);
}

void failure_strike_hosts(struct world *world, uint32_t index, enum host_failure failure,
                          const struct selector *selector, uint64_t nth)
{
    struct selection chosen =
        select_hosts(world, selector, may_happen_to[failure], choice(world, index, nth));
    for (size_t i = 0; i < chosen.count; i++) {
        struct container_instance *host = pool_find(&world->instances, chosen.refs[i]);
        if (host)
            strike_host(world, index, host, nth);
    }
    selection_free(&chosen);
}

static void strike_tasks(struct world *world, uint32_t index, const struct selector *selector,
                         task_filter *may, uint64_t nth)
{
    const struct chosen *failure = failure_at(world, index);
    const struct failure_verbs *verbs = failure->variant->verbs;
    struct selection chosen = select_tasks(world, selector, may, choice(world, index, nth));
    for (size_t i = 0; i < chosen.count; i++) {
        struct task *task = pool_find(&world->tasks, chosen.refs[i]);
        if (task)
            verbs->strike_task(world, index, failure->settings, task);
    }
    selection_free(&chosen);
}

void failure_strike_tasks(struct world *world, uint32_t index, const struct selector *selector, uint64_t nth)
{
    strike_tasks(world, index, selector, task_runs, nth);
}

void failure_strike_spot_tasks(struct world *world, uint32_t index, const struct selector *selector,
                               uint64_t nth)
{
    strike_tasks(world, index, selector, fargate_may_interrupt, nth);
}

bool failure_means_host(struct world *world, const struct selector *selector,
                        const struct container_instance *host)
{
    return selector_means_host(world, selector, host);
}

simtime fault_now(const struct world *world)
{
    return world->run->now;
}

rng_key failure_draw(struct world *world, uint32_t index, uint64_t who, uint64_t nth)
{
    return run_key(world->run, DRAW_FAILURE + (uint64_t)index, who, nth);
}

uint64_t fault_host_name(const struct container_instance *host)
{
    return host->who;
}

/* --- marks ------------------------------------------------------------------------------------ */

/* In the panel of a service, or of all where it is NULL. */
static void __attribute__((format(printf, 3, 4)))
mark(struct world *world, const struct service *service, const char *format, ...)
{
    char label[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(label, sizeof label, format, arguments);
    va_end(arguments);
    row_mark(world, service ? service->name : NULL, "failure", arena_text(world->arena, label));
}

/* --- hosts ------------------------------------------------------------------------------------ */

static const char *const what_happened[] = {
    [HOST_CRASH] = "crashed",
    [HOST_TERMINATE] = "terminated",
    [HOST_STOP] = "stopped",
    [HOST_AGENT_LOST] = "lost its agent",
    [HOST_SPOT_TERMINATE] = "got its Spot notice",
    [HOST_SPOT_STOP] = "got its Spot notice",
    [HOST_DISK_FULL] = "has a full disk",
};

static void break_host(struct world *world, struct container_instance *host, enum host_failure failure)
{
    switch (failure) {
    case HOST_CRASH:
        instance_crash(world, host);
        break;
    case HOST_TERMINATE:
        instance_terminate(world, host, "terminated");
        break;
    case HOST_STOP:
        instance_stop(world, host);
        break;
    case HOST_AGENT_LOST:
        instance_lose_agent(world, host);
        break;
    case HOST_SPOT_TERMINATE:
    case HOST_SPOT_STOP:
        spot_give_notice(world, host, failure == HOST_SPOT_STOP);
        break;
    case HOST_AGENT_EXIT:
        CHECK(!"an agent ends by fault_agent_exit()");
        break;
    case HOST_DISK_FULL:
        host_disk_fill(world, host);
        break;
    }
}

/* A host that fails while it launches never comes up: its group sees the launch fail and tries again. A
 * group replaces a dead host; to a lost agent it is blind, since EC2's checks pass. [EAS health-checks] */
bool fault_host(struct world *world, struct container_instance *host, enum host_failure failure)
{
    bool launching = instance_is_launching(host);
    bool stays = !launching && failure != HOST_TERMINATE && (!host->group || failure == HOST_AGENT_LOST);
    if (!may_happen_to[failure](host))
        return stays;
    mark(world, NULL, "%s %s", host->name, launching ? "failed to launch" : what_happened[failure]);
    if (launching)
        instance_terminate(world, host, "failed to launch");
    else
        break_host(world, host, failure);
    return stays;
}

bool fault_agent_exit(struct world *world, struct container_instance *host, int64_t exit_code)
{
    if (!agent_is_at_work(host))
        return false;
    bool is_back = host_agent_ends(world, host, exit_code);
    mark(world, NULL, "%s: its agent exited with %d%s", host->name, (int)exit_code,
         is_back ? "" : " for good");
    return !is_back;
}

void fault_start_agent(struct world *world, struct container_instance *host)
{
    host_agent_is_started(world, host);
}

void fault_reconnect_agent(struct world *world, struct container_instance *host)
{
    if (host->host_up)
        instance_repair(world, host);
}

/* Without power in its zone it boots when that is back. */
void fault_repair_host(struct world *world, struct container_instance *host)
{
    if (!host->host_up && host->zone->power_outages)
        host->without_power = true;
    else
        instance_repair(world, host);
}

void fault_keep_disk_full(struct container_instance *host, simtime until)
{
    host_disk_keep_full(host, until);
}

void fault_clear_disk(struct world *world, struct container_instance *host)
{
    host_disk_clear(world, host);
}

/* --- registries ------------------------------------------------------------------------------- */

void fault_registry(struct world *world, const char *name, bool lost)
{
    if (lost)
        mark(world, NULL, "%s cannot be pulled from", name ? name : "any registry");
    registry_outage(world, name, lost);
}

/* --- zones ------------------------------------------------------------------------------------ */

static void change_count(int *count, bool more)
{
    *count += more ? 1 : -1;
    CHECK(*count >= 0);
}

static void change_launches(struct world *world, struct zone *zone, bool refused)
{
    change_count(&zone->launch_refusals, refused);
    services_zone_changed(world, zone);
}

/* Whoever launches: the groups, and services on Fargate. */
static void wake_launchers(struct world *world)
{
    for (uint32_t i = 0; i < world->group_count; i++)
        group_wake(world, &world->groups[i]);
    services_room_freed(world);
}

static void lose_power(struct world *world, struct container_instance *host)
{
    if (host->host_up) {
        instance_crash(world, host);
        host->without_power = true;
    } else if (host->next_event) { /* it was booting */
        run_cancel(world->run, &host->next_event);
        host->without_power = true;
    }
}

static void regain_power(struct world *world, struct container_instance *host)
{
    if (!host->without_power)
        return;
    host->without_power = false;
    instance_repair(world, host);
}

/* A group sees its launch fail and tries again; a host of nobody boots when the power is back. */
static void change_power_of_launching(struct world *world, const struct zone *zone, bool lost)
{
    for (struct container_instance *host = world->first_launching, *next; host; host = next) {
        next = host->next_launching;
        if (host->zone != zone)
            continue;
        if (!host->group)
            (lost ? lose_power : regain_power)(world, host);
        else if (lost)
            instance_terminate(world, host, "failed to launch");
    }
}

static void change_power(struct world *world, const struct zone *zone, bool lost)
{
    for (uint32_t i = 0; i < world->host_count; i++) {
        struct container_instance *host = world->hosts[i];
        if (host && host->zone == zone && !instance_is_launching(host))
            (lost ? lose_power : regain_power)(world, host);
    }
    change_power_of_launching(world, zone, lost);
    if (lost)
        fargate_zone_dies(world, zone);
}

/* Whether this is the first of outages that overlap, or the end of the last. */
static bool has_turned(int outages, bool lost)
{
    return outages == (lost ? 1 : 0);
}

void fault_zone_power(struct world *world, const char *name, bool lost)
{
    struct zone *zone = zone_named(world, name);
    if (!zone)
        return;
    change_count(&zone->power_outages, lost);
    change_launches(world, zone, lost);
    if (lost)
        mark(world, NULL, "zone %s lost power", name);
    if (has_turned(zone->power_outages, lost))
        change_power(world, zone, lost);
    if (!zone->launch_refusals)
        wake_launchers(world);
}

static void change_network(struct world *world, const struct zone *zone)
{
    for (uint32_t i = 0; i < world->host_count; i++) {
        struct container_instance *host = world->hosts[i];
        if (host && host->zone == zone)
            instance_network_changed(world, host);
    }
    fargate_zone_network(world, zone);
}

void fault_zone_network(struct world *world, const char *name, bool lost)
{
    struct zone *zone = zone_named(world, name);
    if (!zone)
        return;
    change_count(&zone->network_outages, lost);
    change_launches(world, zone, lost);
    if (lost)
        mark(world, NULL, "zone %s is cut off", name);
    if (has_turned(zone->network_outages, lost))
        change_network(world, zone);
    if (!zone->launch_refusals)
        wake_launchers(world);
}

void fault_zone_launches(struct world *world, const char *name, bool refused)
{
    for (uint32_t i = 0; i < world->zone_count; i++)
        if (!name || !strcmp(world->zones[i].name, name))
            change_launches(world, &world->zones[i], refused);
    if (refused)
        mark(world, NULL, "launches are refused %s%s", name ? "in " : "everywhere", name ? name : "");
    else
        wake_launchers(world);
}

/* --- APIs ------------------------------------------------------------------------------------- */

void fault_api(struct world *world, uint32_t index, enum failing_api api, int64_t share, bool throttled)
{
    static const char *const names[] = {[FAILING_RUN_TASK] = "RunTask", [FAILING_INVOKE] = "Lambda"};
    if (world->jobs)
        jobs_throttle(world, index, api, share, throttled);
    if (throttled)
        mark(world, NULL, "%s throttles", names[api]);
}

/* --- roles ------------------------------------------------------------------------------------ */

void fault_role(struct world *world, const char *name, enum role_loss loss, bool lost)
{
    struct role *role = role_named(world, name);
    change_count(loss == ROLE_DELETED ? &role->deletions : &role->detachments, lost);
    if (lost)
        mark(world, NULL, "role %s %s", name, loss == ROLE_DELETED ? "deleted" : "lost its policy");
    role_changed(world, name);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static int container_of(const struct task *task, const char *name)
{
    return name ? definition_container(task->definition, name) : task->definition->main;
}

/* A task of one container is named alone. */
static const char *name_of(struct world *world, const struct task *task, int container)
{
    return task->definition->container_count == 1
               ? task->name
               : arena_format(world->arena, "%s of %s",
                              task->definition->containers[container].settings->name, task->name);
}

void fault_task_exit(struct world *world, struct task *task, const char *name, int64_t exit_code)
{
    int container = container_of(task, name);
    mark(world, task->service, "%s exited with %d", name_of(world, task, container), (int)exit_code);
    container_exit(world, task, container, (int)exit_code);
}

void fault_task_hang(struct world *world, struct task *task, const char *name)
{
    int container = container_of(task, name);
    mark(world, task->service, "%s hangs", name_of(world, task, container));
    container_hang(world, task, container);
}

void fault_task_interrupt(struct world *world, struct task *task)
{
    mark(world, task->service, "%s was interrupted", task->name);
    fargate_interrupt(world, task);
}
