/* Metrics of the cluster, and its Container Insights.
 *
 * Reservations are over ACTIVE and DRAINING container instances, not Fargate, and stand as the minute ends;
 * use is the minute's. [G:cloudwatch-metrics] */
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/metric/samplers.h"
#include "models/ecs/task/task.h"

static struct fleet_cell whole_fleet(const struct world *world)
{
    struct fleet_cell sum = {0};
    for (uint32_t i = 0; i < world->cell_count; i++) {
        const struct fleet_cell *cell = world->cells[i];
        sum.active += cell->active;
        sum.draining += cell->draining;
        sum.cpu_registered += cell->cpu_registered;
        sum.cpu_reserved += cell->cpu_reserved;
        sum.memory_registered += cell->memory_registered;
        sum.memory_reserved += cell->memory_reserved;
        sum.gpus_registered += cell->gpus_registered;
        sum.gpus_reserved += cell->gpus_reserved;
    }
    return sum;
}

static struct metric_point percent_of(__int128 part, __int128 whole)
{
    return whole > 0 ? point_of(metric_bounded(part * 100 * MILLION / whole)) : (struct metric_point){0};
}

struct metric_point cluster_cpu_reservation(struct world *world, uint32_t unused)
{
    (void)unused;
    struct fleet_cell fleet = whole_fleet(world);
    return percent_of(fleet.cpu_reserved, fleet.cpu_registered);
}

struct metric_point cluster_memory_reservation(struct world *world, uint32_t unused)
{
    (void)unused;
    struct fleet_cell fleet = whole_fleet(world);
    return percent_of(fleet.memory_reserved, fleet.memory_registered);
}

struct metric_point cluster_gpu_reservation(struct world *world, uint32_t unused)
{
    (void)unused;
    struct fleet_cell fleet = whole_fleet(world);
    return percent_of(fleet.gpus_reserved, fleet.gpus_registered);
}

/* --- use -------------------------------------------------------------------------------------- */

static bool is_on_fargate(const struct service *service)
{
    return service->strategy && capacity_is_fargate(service->strategy);
}

/* Standalone tasks do what they do without requests; those that are there as the minute ends count. */
static void add_standalone(struct usage *sum, const struct task *task)
{
    const struct task_definition_settings *settings = task->definition->settings;
    if (!task_share(task).running || task->instance->fargate)
        return;
    sum->cpu_used += (__int128)settings->simulation.cpu_idle * SIMTIME_MINUTE;
    sum->cpu_reserved += (__int128)settings->reserved_cpu * SIMTIME_MINUTE;
    sum->memory_used += (__int128)settings->simulation.memory_idle_mib * MILLION * SIMTIME_MINUTE;
    sum->memory_reserved += (__int128)settings->reserved_memory_mib * MILLION * SIMTIME_MINUTE;
}

static struct usage usage_of_hosts(struct world *world)
{
    struct usage sum = {0};
    for (uint32_t i = 0; i < world->service_count; i++)
        if (!is_on_fargate(&world->services[i]))
            usage_add(&sum, &load_period(world, &world->services[i], RESOLUTION_MINUTE)->usage);
    for (uint32_t i = 0; i < world->family_count; i++)
        for (const struct task *task = world->families[i].first; task; task = task->next_in_deployment)
            add_standalone(&sum, task);
    return sum;
}

/* Hosts cannot do more than they can, whatever their tasks are asked. */
static struct metric_point use_of(__int128 used, __int128 registered)
{
    return percent_of(used < registered ? used : registered, registered);
}

struct metric_point cluster_cpu(struct world *world, uint32_t unused)
{
    (void)unused;
    return use_of(usage_of_hosts(world).cpu_used,
                  (__int128)whole_fleet(world).cpu_registered * SIMTIME_MINUTE);
}

struct metric_point cluster_memory(struct world *world, uint32_t unused)
{
    (void)unused;
    return use_of(usage_of_hosts(world).memory_used,
                  (__int128)whole_fleet(world).memory_registered * MILLION * SIMTIME_MINUTE);
}

/* --- ECS/ContainerInsights [G:cloudwatch-container-insights] ----------------------------------- */

struct metric_point insights_container_instances(struct world *world, uint32_t unused)
{
    (void)unused;
    struct fleet_cell fleet = whole_fleet(world);
    return point_of((fleet.active + fleet.draining) * MILLION);
}

struct metric_point insights_services(struct world *world, uint32_t unused)
{
    (void)unused;
    int64_t count = 0;
    for (uint32_t i = 0; i < world->service_count; i++)
        count += world->services[i].exists;
    return point_of(count * MILLION);
}

struct metric_point insights_tasks(struct world *world, uint32_t unused)
{
    (void)unused;
    int64_t count = 0;
    for (uint32_t i = 0; i < world->service_count; i++)
        count += world->services[i].counts.running;
    for (uint32_t i = 0; i < world->family_count; i++)
        count += world->families[i].counts.running;
    return point_of(count * MILLION);
}

struct metric_point insights_cluster_cpu_reserved(struct world *world, uint32_t unused)
{
    (void)unused;
    return point_of(metric_bounded(usage_of_hosts(world).cpu_reserved * MILLION / SIMTIME_MINUTE));
}

struct metric_point insights_cluster_cpu_utilized(struct world *world, uint32_t unused)
{
    (void)unused;
    return point_of(metric_bounded(usage_of_hosts(world).cpu_used * MILLION / SIMTIME_MINUTE));
}

struct metric_point insights_cluster_memory_reserved(struct world *world, uint32_t unused)
{
    (void)unused;
    return point_of(metric_bounded(usage_of_hosts(world).memory_reserved / SIMTIME_MINUTE));
}

struct metric_point insights_cluster_memory_utilized(struct world *world, uint32_t unused)
{
    (void)unused;
    return point_of(metric_bounded(usage_of_hosts(world).memory_used / SIMTIME_MINUTE));
}
