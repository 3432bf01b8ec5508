/* Metrics of services. */
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/metric/samplers.h"

/* SampleCount is the number of RUNNING tasks, and without any there is no point. [G:cloudwatch-metrics] The
 * samples of all tasks are taken to be alike. */
static struct metric_point of_tasks(int64_t value, int64_t tasks)
{
    if (value == ABSENT)
        return (struct metric_point){0};
    return (struct metric_point){value * tasks, value, value, tasks};
}

static struct metric_point cpu_point(struct world *world, uint32_t index, enum metric_resolution resolution)
{
    const struct load_period *period = load_period(world, &world->services[index], resolution);
    return of_tasks(period->cpu_percent, period->tasks);
}

static struct metric_point memory_point(struct world *world, uint32_t index,
                                        enum metric_resolution resolution)
{
    const struct load_period *period = load_period(world, &world->services[index], resolution);
    return of_tasks(period->memory_percent, period->tasks);
}

struct metric_point service_cpu_point(struct world *world, uint32_t index)
{
    return cpu_point(world, index, RESOLUTION_MINUTE);
}

struct metric_point service_cpu_20s_point(struct world *world, uint32_t index)
{
    return cpu_point(world, index, RESOLUTION_20S);
}

struct metric_point service_memory_point(struct world *world, uint32_t index)
{
    return memory_point(world, index, RESOLUTION_MINUTE);
}

struct metric_point service_memory_20s_point(struct world *world, uint32_t index)
{
    return memory_point(world, index, RESOLUTION_20S);
}

/* Already divided: every statistic is the same. */
struct metric_point requests_per_target_point(struct world *world, uint32_t index)
{
    const struct load_period *period = load_period(world, &world->services[index], RESOLUTION_MINUTE);
    return of_tasks(period->requests_per_target, 1);
}
