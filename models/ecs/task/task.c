#include "models/ecs/task/task.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/image/image_mix.h"
#include "models/ecs/image/pull.h"
#include "models/ecs/image/task_layer.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/registration.h"
#include "models/ecs/job/job.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/log/log_driver.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/role/execution_role.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/agent.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task_definition.h"
#include "models/ecs/task/task_health.h"
#include <stdlib.h>
#include <string.h>

const char *const task_status_names[] = {"PROVISIONING", "PENDING",  "ACTIVATING",     "RUNNING",
                                         "DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED"};

const char *const stop_code_names[] = {
    NULL,
    "TaskFailedToStart",
    "EssentialContainerExited",
    "UserInitiated",
    "ServiceSchedulerInitiated",
    "SpotInterruption",
    "TerminationNotice",
    "InfrastructureHealth",
};

/* --- counting --------------------------------------------------------------------------------- */

inline struct task_share task_share(const struct task *task)
{
    bool wanted = !task->stopping;
    bool running = wanted && task->last_status == TASK_RUNNING;
    return (struct task_share){
        .pending = wanted && task->last_status < TASK_RUNNING,
        .running = running,
        .healthy = running && task->healthy,
        .unhealthy = running && task->unhealthy,
        .hopeless = running && task->unhealthy && !task->was_healthy,
        .ailing = running && task->ailing,
        .guarded = wanted && task->guarded && !task->unhealthy,
        .guarded_healthy = running && task->guarded && task->healthy,
        .serving = running && task->serving,
        .stopping = task->stopping && task->last_status != TASK_STOPPED,
        .holds_room = task->instance && task->last_status != TASK_STOPPED,
        .draining = task->instance && task->instance->status == INSTANCE_DRAINING,
    };
}

static void add_to_draining(struct deployment *deployment, struct task_share share, int sign)
{
    deployment->draining.alive += sign * (share.pending + share.running);
    deployment->draining.healthy += sign * share.healthy;
    deployment->draining.unhealthy += sign * share.unhealthy;
    deployment->draining.hopeless += sign * share.hopeless;
    deployment->draining.ailing += sign * share.ailing;
    deployment->draining.guarded += sign * share.guarded;
    deployment->draining.guarded_healthy += sign * share.guarded_healthy;
}

static void add_to_deployment(struct deployment *deployment, struct task_share share, int sign)
{
    deployment->pending += sign * share.pending;
    deployment->running += sign * share.running;
    deployment->healthy += sign * share.healthy;
    deployment->unhealthy += sign * share.unhealthy;
    deployment->hopeless += sign * share.hopeless;
    deployment->ailing += sign * share.ailing;
    deployment->guarded += sign * share.guarded;
    deployment->guarded_healthy += sign * share.guarded_healthy;
    deployment->stopping += sign * share.stopping;
    deployment->alive += sign * (share.pending + share.running);
    deployment->touched = true;
    if (share.draining)
        add_to_draining(deployment, share, sign);
}

static void add_to_counts(struct task_counts *counts, struct task_share share, int sign)
{
    counts->pending += sign * share.pending;
    counts->running += sign * share.running;
    counts->healthy += sign * share.healthy;
    counts->serving += sign * share.serving;
    counts->stopping += sign * share.stopping;
}

static void add_to_holding(struct holding *held, const struct task *task, struct task_share share, int sign)
{
    const struct task_definition_settings *definition = task->definition->settings;
    held->tasks += sign * share.holds_room;
    held->cpu += sign * share.holds_room * definition->reserved_cpu;
    held->memory_mib += sign * share.holds_room * definition->reserved_memory_mib;
}

const struct zone *task_zone(const struct task *task)
{
    return task->instance ? task->instance->zone : NULL;
}

/* A task that waits for a host is in no zone. */
static void add_to_zone(struct zone_share *zones, const struct task *task, struct task_share share, int sign)
{
    if (!task->instance)
        return;
    struct zone_share *zone = &zones[task->instance->zone->index];
    zone->tasks += sign * (share.pending + share.running);
    zone->guarded += sign * share.guarded;
}

static void add_to_service(struct world *world, struct task *task, int sign)
{
    struct task_share share = task_share(task);
    load_count(world, task, sign); /* first: it counts up to now with what has been so far */
    targets_count(task, sign);
    add_to_deployment(task->deployment, share, sign);
    if (task->provider)
        task->deployment->alive_of[task->provider->index] += sign * (share.pending + share.running);
    add_to_counts(&task->service->counts, share, sign);
    add_to_holding(&task->service->held, task, share, sign);
    task->service->unhealthy += sign * share.unhealthy;
    if (share.running && task->pull)
        image_mix_count(world, task, sign);
    add_to_zone(task->service->zones, task, share, sign);
}

static void add_to_family(struct task *task, int sign)
{
    struct task_share share = task_share(task);
    add_to_counts(&task->family->counts, share, sign);
    add_to_zone(task->family->zones, task, share, sign);
}

/* Placement is told of what has changed, and of no more: each telling costs it a look at the host. */
static void tally(struct world *world, struct task *task)
{
    struct task_share share = task_share(task);
    bool may_be_lost = (share.pending || share.running) && !share.unhealthy && !share.guarded;
    bool on_host = task->instance && !task->instance->fargate;
    if (may_be_lost == task->may_be_lost || !on_host)
        return;
    task->may_be_lost = may_be_lost;
    placement_tally_add(world->placement, task->deployment->losable, task->instance->placement,
                        may_be_lost ? 1 : -1);
}

void task_uncount(struct world *world, struct task *task)
{
    if (task->deployment)
        add_to_service(world, task, -1);
    else
        add_to_family(task, -1);
}

void task_count(struct world *world, struct task *task)
{
    if (task->deployment) {
        add_to_service(world, task, +1);
        index_set_add(&world->touched_services, task->service->index);
        tally(world, task);
    } else {
        add_to_family(task, +1);
        index_set_add(&world->touched_families, task->family->index);
    }
}

static void set_status(struct world *world, struct task *task, enum task_status status)
{
    task_uncount(world, task);
    task->last_status = status;
    task_count(world, task);
    event_task_changed(world, task);
}

/* --- birth ------------------------------------------------------------------------------------ */

static void name_task(struct world *world, struct task *task)
{
    struct service *service = task->service;
    struct task_family *family = task->family;
    const char *owner = service ? service->name : family->family;
    char number[DECIMAL_TEXT_SIZE];
    size_t digits = decimal_format(number, service ? ++service->tasks_created : ++family->created, 0);
    task->name = pieces_take(&world->pieces, strlen(owner) + 1 + digits + 1);
    char *end = stpcpy(task->name, owner);
    *end = '-';
    memcpy(end + 1, number, digits + 1);
    task->who = rng_name(task->name);
}

static void link_to_owner(struct task *task)
{
    struct task **first = task->deployment ? &task->deployment->first : &task->family->first;
    struct task **last = task->deployment ? &task->deployment->last : &task->family->last;
    task->previous_in_deployment = *last;
    *(*last ? &(*last)->next_in_deployment : first) = task;
    *last = task;
}

static void unlink_from_owner(struct task *task)
{
    struct task **first = task->deployment ? &task->deployment->first : &task->family->first;
    struct task **last = task->deployment ? &task->deployment->last : &task->family->last;
    *(task->previous_in_deployment ? &task->previous_in_deployment->next_in_deployment : first) =
        task->next_in_deployment;
    *(task->next_in_deployment ? &task->next_in_deployment->previous_in_deployment : last) =
        task->previous_in_deployment;
}

static simtime draw(struct world *world, const struct task *task, const struct dist *dist,
                    enum draw_purpose purpose)
{
    return world->starting ? 0 : run_draw(world->run, dist, purpose, task->who, 0);
}

static const struct dist *latency(const struct task *task, const struct dist *on_host,
                                  const struct dist *on_fargate)
{
    return task->instance->fargate ? on_fargate : on_host;
}

void task_step_after(struct world *world, struct task *task, simtime after)
{
    task->life_event = run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD,
                                    EVENT_TASK_STEP, task->ref, 0);
}

/* In the steady world before t = 0: RUNNING and healthy, now. */
static void start_at_once(struct world *world, struct task *task)
{
    agent_hold(task);
    task->pull_started_at = task->pull_stopped_at = world->run->now;
    pull_at_once(world, task);
    task_layer_create(world, task);
    containers_start_at_once(world, task);
}

static bool has_interface(const struct task_definition *definition)
{
    return definition->settings->network_mode == NETWORK_AWSVPC;
}

/* A network interface, or an EBS volume that ECS makes for the task. */
static bool has_attachments(const struct task_definition *definition)
{
    return has_interface(definition) || volume_is_managed(definition);
}

/* All at the same time, the interface from its placement on. */
void task_attach(struct world *world, struct task *task)
{
    const struct timing_settings *timing = &world->settings->timing;
    simtime now = world->run->now;
    simtime interface =
        has_interface(task->definition)
            ? draw(world, task, latency(task, &timing->eni_attach, &timing->fargate_provisioning),
                   DRAW_ENI_ATTACH)
            : 0;
    simtime interface_at = simtime_after(task->placed_at, interface);
    task_step_after(world, task, simtime_later(interface_at - now, volume_attach_time(world, task)));
}

static simtime detach_time(struct world *world, const struct task *task)
{
    const struct timing_settings *timing = &world->settings->timing;
    simtime interface =
        has_interface(task->definition)
            ? draw(world, task, latency(task, &timing->eni_detach, &timing->fargate_deprovisioning),
                   DRAW_ENI_DETACH)
            : 0;
    return simtime_later(interface, volume_detach_time(world, task));
}

/* Attachments come first. [DG:task-lifecycle-explanation] */
static void start_life(struct world *world, struct task *task)
{
    const struct timing_settings *timing = &world->settings->timing;
    if (world->starting && volumes_mount_at_once(world, task))
        start_at_once(world, task);
    else if (task->last_status == TASK_PROVISIONING)
        task_attach(world, task);
    else
        task_step_after(world, task, draw(world, task, &timing->task_dispatch, DRAW_DISPATCH));
}

static void take_host(struct world *world, struct task *task, struct container_instance *instance)
{
    task->instance = instance;
    task->placed_at = world->run->now;
    instance_add_task(instance, task);
    instance_reserve(world, instance, task);
}

static void wait_for_host(struct world *world, struct task *task)
{
    provisioning_add(world, task);
    task_step_after(
        world, task,
        draw(world, task, &world->settings->timing.provisioning_timeout, DRAW_PROVISIONING_TIMEOUT));
}

void task_place(struct world *world, struct task *task, struct container_instance *instance)
{
    run_cancel(world->run, &task->life_event);
    provisioning_remove(world, task);
    task_uncount(world, task);
    take_host(world, task, instance);
    if (!has_attachments(task->definition))
        task->last_status = TASK_PENDING;
    task_count(world, task);
    run_decide(world->run, &(struct decision){DECISION_PLACE_TASK, 0, rng_name(task->group_name), task->ref});
    event_task_changed(world, task);
    start_life(world, task);
}

static void nothing_has_come(struct task *task)
{
    task->placed_at = task->pull_started_at = task->pull_stopped_at = SIMTIME_NEVER;
    task->started_at = task->healthy_at = task->stopping_at = task->stopped_at = SIMTIME_NEVER;
    task->guarded_until = SIMTIME_NEVER;
    task->runtime = task->exit_code = ABSENT;
}

/* What is 0 at first the pool has cleared. */
struct task *task_create(struct world *world, const struct task_definition *definition,
                         struct deployment *deployment, placement_group group, struct capacity capacity)
{
    pool_ref ref;
    struct task *task = pool_take(&world->tasks, &ref);
    bool is_provisioned = has_attachments(definition) || !capacity.instance;
    run_count_subject(world->run);
    nothing_has_come(task);
    task->ref = ref;
    task->definition = definition;
    task->deployment = deployment;
    task->service = deployment ? deployment->service : NULL;
    task->family = deployment ? NULL : definition->family;
    task->group_name = placement_group_name(world->placement, group);
    task->group = group;
    task->provider = capacity.provider;
    task->wait.call = capacity.call;
    task->last_status = is_provisioned ? TASK_PROVISIONING : TASK_PENDING;
    task->created_at = world->run->now;
    task->of_daemon = deployment && deployment->service->daemon;
    task->volumes = volumes_of_task(definition);
    name_task(world, task);
    link_to_owner(task);
    if (capacity.instance)
        take_host(world, task, capacity.instance);
    containers_create(world, task);
    log_driver_create(task);
    task_health_begin(world, task);
    task_count(world, task);
    event_task_changed(world, task);
    (capacity.instance ? start_life : wait_for_host)(world, task);
    return task;
}

/* --- starting --------------------------------------------------------------------------------- */

void task_begin(struct world *world, struct task *task)
{
    task->pull_started_at = world->run->now;
    set_status(world, task, TASK_ACTIVATING);
    const char *refused = execution_role_refuses(world, task);
    if (refused)
        task_end(world, task, refused);
    else
        pull_begin(world, task);
}

/* [ODG:CannotCreateContainerError] */
static const char no_space[] = "CannotCreateContainerError: Error response from daemon: mkdir "
                               "/var/lib/docker/overlay2: no space left on device";

void task_pulled(struct world *world, struct task *task)
{
    const char *port_taken = registration_port_taken(world, task);
    task->pull_stopped_at = world->run->now;
    instance_remember_images(task->instance, task->definition);
    if (task->deployment)
        deployment_task_pulled(world, task);
    if (!task_layer_create(world, task))
        task_end(world, task, no_space);
    else if (port_taken)
        task_end(world, task, port_taken);
    else if (volumes_mount(world, task))
        containers_look(world, task);
}

void task_started(struct world *world, struct task *task)
{
    task->started_at = world->run->now;
    set_status(world, task, TASK_RUNNING);
    task_layer_runs(world, task);
    if (task->deployment)
        deployment_task_runs(task->deployment);
    if (task->job)
        job_starts(world, task);
    if (task->of_load)
        task_load_starts(world, task);
    task_health_started(world, task);
}

/* --- stopping --------------------------------------------------------------------------------- */

static void cancel_life(struct world *world, struct task *task)
{
    run_cancel(world->run, &task->life_event);
    run_cancel(world->run, &task->exit_event);
    log_driver_task_gone(world, task);
    task_health_end(world, task);
}

void task_free(struct world *world, struct task *task)
{
    pieces_give(&world->pieces, task->name, strlen(task->name) + 1);
    free(task->pull);
    free(task->volumes);
    containers_free(world, task);
    task_health_free(world, task);
    log_driver_free(task);
}

static void leave_host(struct world *world, struct task *task)
{
    if (task->waiting)
        agent_forget(task);
    agent_release(task);
    housekeeping_leave(world, task);
    volumes_release(world, task);
    instance_remove_task(world, task->instance, task);
}

static void leave(struct world *world, struct task *task)
{
    struct container_instance *instance = task->instance;
    if (instance)
        leave_host(world, task);
    unlink_from_owner(task);
    row_task(world, task);
    if (task->job)
        job_task_ends(world, task);
    struct service *service = task->service;
    struct deployment *deployment = task->deployment;
    bool failed = task->stop_code == STOP_TASK_FAILED_TO_START;
    task_free(world, task);
    pool_give(&world->tasks, task->ref);
    if (service)
        service_task_stopped(world, service, deployment, failed);
    if (instance && instance->fargate)
        fargate_machine_ends(world, instance);
    else if (instance)
        agent_start_waiting(world, instance);
}

/* From here on ECS wants it gone: what it reserved is free for others. [WN 2023: faster task launches] */
static void mark_stopping(struct world *world, struct task *task, enum stop_code code, const char *reason)
{
    if (task->stopping)
        return;
    task_uncount(world, task);
    task->stopping = true;
    task->stopping_at = world->run->now;
    task->stop_code = code;
    task->stopped_reason = reason;
    task_count(world, task);
    if (task->deployment && code != STOP_SERVICE_SCHEDULER_INITIATED && !task->was_healthy)
        deployment_task_lost_early(task->deployment);
    if (task->instance)
        instance_unreserve(world, task->instance, task);
    else
        provisioning_remove(world, task);
}

void task_stopped(struct world *world, struct task *task, enum stop_code code, const char *reason)
{
    mark_stopping(world, task, code, reason);
    cancel_life(world, task);
    targets_lose_task(world, task);
    task->stopped_at = world->run->now;
    set_status(world, task, TASK_STOPPED);
    leave(world, task);
}

/* The stop signal can be sent only where the agent can be told. */
static void signal_or_wait(struct world *world, struct task *task)
{
    set_status(world, task, TASK_STOPPING);
    if (instance_reachable(task->instance))
        containers_stop(world, task);
}

void task_stop(struct world *world, struct task *task, enum stop_code code, const char *reason)
{
    if (task->stopping)
        return;
    if (task->last_status < TASK_RUNNING && !containers_up(task)) {
        task_stopped(world, task, code, reason);
        return;
    }
    mark_stopping(world, task, code, reason);
    task_health_end(world, task);
    run_cancel(world->run, &task->life_event);
    /* Its targets are deregistered and drain first, then the signal. [DG:update-service-parameters] */
    if (targets_await_deregistration(world, task))
        set_status(world, task, TASK_DEACTIVATING);
    else
        signal_or_wait(world, task);
}

/* The signal waits for its targets, but not those for it if its containers are being stopped already. */
void task_drain(struct world *world, struct task *task, simtime time)
{
    if (task->last_status != TASK_STOPPING)
        task_step_after(world, task, time);
}

void task_containers_gone(struct world *world, struct task *task)
{
    run_cancel(world->run, &task->life_event);
    run_cancel(world->run, &task->exit_event);
    task_layer_ended(world, task);
    volumes_release(world, task);
    if (!has_attachments(task->definition)) {
        task_stopped(world, task, task->stop_code, task->stopped_reason);
        return;
    }
    set_status(world, task, TASK_DEPROVISIONING);
    task_step_after(world, task, detach_time(world, task));
}

/* Before it was RUNNING it has failed to start, whatever its containers did. [DG:service-throttle-logic] */
void task_end(struct world *world, struct task *task, const char *reason)
{
    bool news = !task->stopping;
    bool ran = task->started_at != SIMTIME_NEVER;
    mark_stopping(world, task, ran ? STOP_ESSENTIAL_CONTAINER_EXITED : STOP_TASK_FAILED_TO_START, reason);
    task_health_end(world, task);
    run_cancel(world->run, &task->life_event);
    if (!containers_up(task)) {
        task_containers_gone(world, task);
        return;
    }
    signal_or_wait(world, task);
    if (news)
        targets_await_deregistration(world, task);
}

void task_resume(struct world *world, struct task *task)
{
    if (task->last_status == TASK_RUNNING) {
        task_health_look(world, task);
        containers_look(world, task);
    } else if (task->last_status == TASK_STOPPING && !task->life_event) {
        containers_stop(world, task);
    } else if (!task->life_event && !task->waiting && task->last_status != TASK_DEACTIVATING) {
        task_step_after(world, task, 0);
    }
}

/* --- events ----------------------------------------------------------------------------------- */

static void attached(struct world *world, struct task *task)
{
    const char *failure = volume_attachment_failure(world, task);
    if (failure) {
        task_stopped(world, task, STOP_TASK_FAILED_TO_START, failure);
        return;
    }
    set_status(world, task, TASK_PENDING);
    if (task->instance->fargate)
        task_step_after(world, task, 0); /* its machine came with it */
    else
        task_step_after(world, task,
                        draw(world, task, &world->settings->timing.task_dispatch, DRAW_DISPATCH));
}

void task_next_step(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    task->life_event = 0;
    if (!task->instance) {
        provisioning_times_out(world, task);
        return;
    }
    /* Only the load balancer's draining needs no agent; the rest waits for task_resume(). */
    if (task->last_status != TASK_DEACTIVATING && !instance_reachable(task->instance))
        return;
    switch (task->last_status) {
    case TASK_PROVISIONING:
        attached(world, task);
        break;
    case TASK_PENDING:
        agent_receive(world, task);
        break;
    case TASK_ACTIVATING:
        if (task->pull_stopped_at == SIMTIME_NEVER)
            pull_step(world, task);
        else if (volumes_wait(task))
            volumes_mounted(world, task);
        else
            containers_step(world, task);
        break;
    case TASK_RUNNING: /* a container is started again */
    case TASK_STOPPING:
        containers_step(world, task);
        break;
    case TASK_DEACTIVATING:
        signal_or_wait(world, task);
        break;
    case TASK_DEPROVISIONING:
        task_stopped(world, task, task->stop_code, task->stopped_reason);
        break;
    case TASK_STOPPED:
        CHECK(!"a task has no next step here");
    }
}
