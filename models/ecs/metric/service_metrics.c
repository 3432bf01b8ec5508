/* Metrics of services, and their Container Insights. */
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/metric/samplers.h"

/* --- AWS/ECS ---------------------------------------------------------------------------------- */

/* SampleCount is the number of RUNNING tasks, and without any there is no point. [G:cloudwatch-metrics] AWS
 * takes samples of each task; here the tasks of a deployment are taken to be alike. */
static struct metric_point of_tasks(const struct utilisation *utilisation, int64_t tasks)
{
    if (utilisation->mean == ABSENT)
        return (struct metric_point){0};
    return (struct metric_point){utilisation->mean * tasks, utilisation->least, utilisation->most, tasks};
}

static struct metric_point cpu_point(struct world *world, uint32_t index, enum metric_resolution resolution)
{
    const struct load_period *period = load_period(world, &world->services[index], resolution);
    return of_tasks(&period->cpu, period->tasks);
}

static struct metric_point memory_point(struct world *world, uint32_t index,
                                        enum metric_resolution resolution)
{
    const struct load_period *period = load_period(world, &world->services[index], resolution);
    return of_tasks(&period->memory, period->tasks);
}

struct metric_point service_cpu(struct world *world, uint32_t index)
{
    return cpu_point(world, index, RESOLUTION_MINUTE);
}

struct metric_point service_cpu_20s(struct world *world, uint32_t index)
{
    return cpu_point(world, index, RESOLUTION_20S);
}

struct metric_point service_memory(struct world *world, uint32_t index)
{
    return memory_point(world, index, RESOLUTION_MINUTE);
}

struct metric_point service_memory_20s(struct world *world, uint32_t index)
{
    return memory_point(world, index, RESOLUTION_20S);
}

/* --- ECS/ContainerInsights: as the minute ends [G:cloudwatch-container-insights] --------------- */

static struct metric_point count_of(const struct service *service, int64_t count)
{
    return service->exists ? point_of(count * MILLION) : (struct metric_point){0};
}

struct metric_point insights_desired_tasks(struct world *world, uint32_t index)
{
    const struct service *service = &world->services[index];
    return count_of(service, service->desired_count);
}

struct metric_point insights_running_tasks(struct world *world, uint32_t index)
{
    const struct service *service = &world->services[index];
    return count_of(service, service->counts.running);
}

struct metric_point insights_pending_tasks(struct world *world, uint32_t index)
{
    const struct service *service = &world->services[index];
    return count_of(service, service->counts.pending);
}

struct metric_point insights_deployments(struct world *world, uint32_t index)
{
    const struct service *service = &world->services[index];
    int64_t count = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        count += each->status != DEPLOYMENT_INACTIVE;
    return count_of(service, count);
}

/* The mean over the minute of what has added up in it, if a task was there. */
static struct metric_point mean_of(const struct load_period *minute, __int128 sum)
{
    return minute->tasks ? point_of(metric_bounded(sum / SIMTIME_MINUTE)) : (struct metric_point){0};
}

static const struct load_period *minute_of(struct world *world, uint32_t index)
{
    return load_period(world, &world->services[index], RESOLUTION_MINUTE);
}

struct metric_point insights_service_cpu_reserved(struct world *world, uint32_t index)
{
    const struct load_period *minute = minute_of(world, index);
    return mean_of(minute, minute->usage.cpu_reserved * MILLION);
}

struct metric_point insights_service_cpu_utilized(struct world *world, uint32_t index)
{
    const struct load_period *minute = minute_of(world, index);
    return mean_of(minute, minute->usage.cpu_used * MILLION);
}

struct metric_point insights_service_memory_reserved(struct world *world, uint32_t index)
{
    const struct load_period *minute = minute_of(world, index);
    return mean_of(minute, minute->usage.memory_reserved);
}

struct metric_point insights_service_memory_utilized(struct world *world, uint32_t index)
{
    const struct load_period *minute = minute_of(world, index);
    return mean_of(minute, minute->usage.memory_used);
}
