/* Metrics of Auto Scaling groups, and of their hosts taken together. */
#include "models/ecs/group/upkeep.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/metric/samplers.h"
#include "models/ecs/scaling/group_activity.h"
#include "models/ecs/task/task.h"

/* --- AWS/AutoScaling: as the minute ends [EAS:as-instance-monitoring] -------------------------- */

struct metric_point group_desired_capacity(struct world *world, uint32_t index)
{
    return point_of(world->groups[index].desired * MILLION);
}

struct metric_point group_in_service_instances(struct world *world, uint32_t index)
{
    return point_of(world->groups[index].tally.in_service * MILLION);
}

struct metric_point group_pending_instances(struct world *world, uint32_t index)
{
    const struct group_tally *tally = &world->groups[index].tally;
    return point_of((tally->hosts - tally->in_service) * MILLION);
}

struct metric_point group_terminating_instances(struct world *world, uint32_t index)
{
    return point_of(group_terminating(&world->groups[index]) * MILLION);
}

struct metric_point group_total_instances(struct world *world, uint32_t index)
{
    const struct auto_scaling_group *group = &world->groups[index];
    return point_of((group->tally.hosts + group_terminating(group)) * MILLION);
}

/* --- AWS/EC2 ---------------------------------------------------------------------------------- */

/* CPU units, in millionths: of a service the mean of its tasks over the minute. */
static int64_t cpu_of_task(struct world *world, const struct task *task)
{
    if (!task_share(task).running)
        return 0;
    if (!task->service)
        return task->definition->settings->simulation.cpu_idle * MILLION;
    const struct usage *usage = &load_period(world, task->service, RESOLUTION_MINUTE)->usage;
    return usage->present_time ? metric_bounded(usage->cpu_used * MILLION / usage->present_time) : 0;
}

/* A host cannot do more than it can. */
static int64_t cpu_of_host(struct world *world, const struct container_instance *host)
{
    __int128 used = 0;
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        used += cpu_of_task(world, task);
    __int128 percent = used * 100 / host->type->cpu_units;
    return percent < 100 * MILLION ? (int64_t)percent : 100 * MILLION;
}

/* A sample of each InService host that has warmed up: what its tasks use; what the system itself does is not
 * modelled. [EAS:as-scale-based-on-demand; EAS:ec2-auto-scaling-default-instance-warmup] */
struct metric_point group_cpu(struct world *world, uint32_t index)
{
    struct metric_point point = {0};
    for (const struct container_instance *each = world->groups[index].first; each; each = each->next_in_group)
        if (each->lifecycle == LIFECYCLE_IN_SERVICE && !instance_is_warming_up(each, world->run->now))
            point = metric_merge(point, point_of(cpu_of_host(world, each)));
    return point;
}

simtime group_cpu_steady_until(const struct world *world, uint32_t index, simtime from)
{
    const struct auto_scaling_group *group = &world->groups[index];
    return group_next_warm(group, from, group->settings->maintenance.default_instance_warmup);
}
