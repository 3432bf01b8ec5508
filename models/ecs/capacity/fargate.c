#include "models/ecs/capacity/fargate.h"
#include "models/ecs/capacity/fargate_price.h"
#include "models/ecs/events.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/tick.h"
#include "models/ecs/task/task.h"
#include <string.h>

enum { MOST_LAUNCHES_OF_BATCH = 10 };

void fargate_begin(struct world *world)
{
    const struct quotas_settings *quotas = &world->settings->quotas;
    world->fargate.bucket =
        token_bucket_full(quotas->fargate_launch_burst, quotas->fargate_launches_per_second);
}

/* --- machines --------------------------------------------------------------------------------- */

bool fargate_launches_in(const struct zone *zone, const struct list *zones)
{
    bool reached = !zones || !zones->count;
    for (size_t i = 0; zones && i < zones->count; i++)
        reached = reached || !strcmp(*LIST_AT(const char *, *zones, i), zone->name);
    return reached && !zone->launch_refusals;
}

/* What a container without a stopTimeout is given. [API:ContainerDefinition.stopTimeout] */
static const struct host_simulation_settings default_agent = {
    .ecs_config.container_stop_timeout = 30 * SIMTIME_SECOND,
};

struct container_instance *fargate_machine(struct world *world, struct zone *zone,
                                           const struct task_definition *definition)
{
    pool_ref ref;
    struct container_instance *machine = pool_take(&world->instances, &ref);
    *machine = (struct container_instance){
        .ref = ref,
        .zone = zone,
        .status = INSTANCE_ACTIVE,
        .fargate = true,
        .agent_connected = true,
        .host_up = true,
        .agent_up = true,
        .simulation = &default_agent,
        .placement = PLACEMENT_NONE,
        .registered_cpu = definition->settings->reserved_cpu,
        .registered_memory_mib = definition->settings->reserved_memory_mib,
        .previous_in_group = world->fargate.last,
    };
    *(machine->previous_in_group ? &machine->previous_in_group->next_in_group : &world->fargate.first) =
        machine;
    world->fargate.last = machine;
    return machine;
}

void fargate_machine_ends(struct world *world, struct container_instance *machine)
{
    struct fargate *fargate = &world->fargate;
    run_cancel(world->run, &machine->next_event);
    run_cancel(world->run, &machine->health.verdict);
    *(machine->previous_in_group ? &machine->previous_in_group->next_in_group : &fargate->first) =
        machine->next_in_group;
    *(machine->next_in_group ? &machine->next_in_group->previous_in_group : &fargate->last) =
        machine->previous_in_group;
    instance_free(machine);
    pool_give(&world->instances, machine->ref);
}

/* --- the launch rate -------------------------------------------------------------------------- */

/* The steady world before t = 0 was launched long ago. */
bool fargate_may_launch(struct world *world)
{
    return world->starting || token_bucket_take(&world->fargate.bucket, world->run->now);
}

bool fargate_has_launches(const struct world *world, int64_t count)
{
    simtime now = world->run->now;
    const struct token_bucket *bucket = &world->fargate.bucket;
    return count <= bucket->burst && token_bucket_ready_at(bucket, now, count) == now;
}

static void schedule_launches(struct world *world)
{
    struct fargate *fargate = &world->fargate;
    if (fargate->launch_event || !fargate->first_to_launch)
        return;
    simtime at =
        token_bucket_ready_at(&fargate->bucket, world->run->now, fargate->first_to_launch->launches_awaited);
    fargate->launch_event = run_schedule(world->run, at, PHASE_CONTROL, EVENT_FARGATE_LAUNCHES, 0, 0);
}

void fargate_wait(struct world *world, const struct deployment *deployment)
{
    struct fargate *fargate = &world->fargate;
    struct service *service = deployment->service;
    int64_t missing = deployment->desired - deployment->alive;
    bool waits = service->launches_awaited > 0;
    service->launches_awaited = missing < 1                        ? 1
                                : missing < MOST_LAUNCHES_OF_BATCH ? missing
                                                                   : MOST_LAUNCHES_OF_BATCH;
    if (waits)
        return;
    service->next_to_launch = NULL;
    *(fargate->last_to_launch ? &fargate->last_to_launch->next_to_launch : &fargate->first_to_launch) =
        service;
    fargate->last_to_launch = service;
    schedule_launches(world);
}

static struct service *next_in_line(struct fargate *fargate)
{
    struct service *service = fargate->first_to_launch;
    fargate->first_to_launch = service->next_to_launch;
    if (!fargate->first_to_launch)
        fargate->last_to_launch = NULL;
    service->launches_awaited = 0;
    return service;
}

void fargate_launches(void *context, uint64_t unused, uint64_t unused_too)
{
    (void)unused;
    (void)unused_too;
    struct world *world = context;
    struct service *service = next_in_line(&world->fargate);
    world->fargate.launch_event = 0;
    service->launches_continue = true;
    reconcile(world, service);
    service->launches_continue = false;
    schedule_launches(world);
}

/* --- which one stops -------------------------------------------------------------------------- */

/* How full the zone of a task is that may go; -1 of one that may not. */
static int64_t fullness(const struct part *part, const struct task *task)
{
    return part_may_lose(part, task) ? task->service->zones[task->instance->zone->index].tasks : -1;
}

struct task *fargate_choose_stop(const struct part *part, rng_key draw)
{
    int64_t most = 0;
    uint64_t count = 0;
    for (struct task *task = part->deployment->first; task; task = task->next_in_deployment) {
        int64_t here = fullness(part, task);
        if (here > most)
            most = here, count = 0;
        count += here == most;
    }
    uint64_t nth = rng_below(draw, 0, count);
    for (struct task *task = part->deployment->first; task; task = task->next_in_deployment)
        if (fullness(part, task) == most && nth-- == 0)
            return task;
    CHECK(!"a task that may go was counted");
    return NULL;
}

/* --- what breaks ------------------------------------------------------------------------------ */

void fargate_zone_dies(struct world *world, const struct zone *zone)
{
    simtime found_at = world->run->now + world->settings->timing.status_check_patience;
    for (struct container_instance *each = world->fargate.first; each; each = each->next_in_group) {
        if (each->zone != zone || !each->host_up)
            continue;
        instance_crash(world, each);
        each->health.verdict =
            run_schedule(world->run, found_at, PHASE_WORLD, EVENT_FARGATE_MACHINE_LOST, each->ref, 0);
    }
}

void fargate_zone_network(struct world *world, const struct zone *zone)
{
    for (struct container_instance *each = world->fargate.first; each; each = each->next_in_group)
        if (each->zone == zone)
            instance_network_changed(world, each);
}

void fargate_machine_lost(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *machine = pool_find(&world->instances, ref);
    if (machine)
        task_stopped(world, machine->first_task, STOP_INFRASTRUCTURE_HEALTH,
                     "The machine of the task was lost");
}

bool fargate_may_interrupt(const struct task *task)
{
    return !task->stopping && task->provider && !strcmp(task->provider->name, "FARGATE_SPOT");
}

void fargate_interrupt(struct world *world, struct task *task)
{
    run_schedule(world->run, world->run->now + 2 * SIMTIME_MINUTE, PHASE_WORLD, EVENT_FARGATE_TAKES_BACK,
                 task->ref, 0);
    if (task->service)
        service_wake(world, task->service);
    task_stop(world, task, STOP_SPOT_INTERRUPTION, "Your Spot Task was interrupted.");
}

void fargate_takes_back(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (task)
        task_stopped(world, task, task->stop_code, task->stopped_reason);
}

/* --- cost ------------------------------------------------------------------------------------- */

int64_t fargate_cost(const struct task *task, simtime until)
{
    const struct task_definition_settings *settings = task->definition->settings;
    if (task->pull_started_at == SIMTIME_NEVER || until <= task->pull_started_at ||
        task->provider->price_share == ABSENT)
        return 0;
    int64_t price = fargate_price(settings->reserved_cpu, settings->reserved_memory_mib,
                                  settings->runtime_platform.cpu_architecture, until - task->pull_started_at);
    return (int64_t)((__int128)price * task->provider->price_share / MILLION);
}
