/* What the scenario's `metrics` publish: the mean of the minute; divided by what there is as it ends. */
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/metric/samplers.h"
#include "models/ecs/service/service.h"

/* 1 where it is not divided. */
static int64_t divisor(struct world *world, const struct metric_settings *metric)
{
    if (metric->per_task_of) {
        const struct service *service = service_find(world, metric->per_task_of);
        return service ? service->counts.running : 0;
    }
    if (metric->per_instance_of)
        return group_find(world, metric->per_instance_of)->tally.in_service;
    return 1;
}

static const struct metric_settings *settings_of(const struct world *world, uint32_t index)
{
    return LIST_AT(struct metric_settings, world->settings->metrics, index);
}

simtime custom_metric_steady_until(const struct world *world, uint32_t index, simtime from)
{
    return workload_steady_until(&settings_of(world, index)->value, from);
}

struct metric_point custom_metric(struct world *world, uint32_t index)
{
    const struct metric_settings *metric = settings_of(world, index);
    simtime now = world->run->now;
    int64_t mean =
        workload_mean(&metric->value, now - SIMTIME_MINUTE, now, world->settings->run.start_time_us);
    int64_t by = divisor(world, metric);
    return mean == ABSENT || by == 0 ? (struct metric_point){0} : point_of(mean / by);
}
