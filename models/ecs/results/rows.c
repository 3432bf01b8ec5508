#include "models/ecs/results/rows.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/deployment/service_deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/load_balancer/target_group.h"
#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/results/expect.h"
#include "models/ecs/results/history.h"
#include "models/ecs/results/request_rows.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/task.h"
#include <string.h>

/* --- tables ----------------------------------------------------------------------------------- */

static const struct column timeseries_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"service", "name of the service, or family:<name> for standalone tasks"},
    {"desired", "tasks asked for; empty for standalone tasks"},
    {"pending", "tasks: desired status RUNNING, last status PROVISIONING, PENDING or ACTIVATING"},
    {"running", "tasks: desired and last status RUNNING"},
    {"healthy", "of these, tasks that count towards minimumHealthyPercent, as ECS believes"},
    {"serving", "of these, tasks that truly answer, whatever ECS believes"},
    {"stopping", "tasks: desired status STOPPED, last status not yet STOPPED"},
};

static const struct column deployment_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"service", "name of the service"},
    {"deployment", "ecs-svc/<n>, n from 1 within the service"},
    {"task_definition", "family:revision"},
    {"status", "PRIMARY, ACTIVE or INACTIVE"},
    {"rollout_state", "IN_PROGRESS, COMPLETED or FAILED; empty where AWS has none (Classic load balancers)"},
    {"desired", "tasks: the service's for the PRIMARY, else what it was last asked for"},
    {"pending", "tasks"},
    {"running", "tasks"},
    {"healthy", "tasks"},
    {"failed", "tasks that failed to start since one last ran"},
};

static const struct column target_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"service", "name of the service"},
    {"target_group", "name of the target group or Classic load balancer"},
    {"initial", "targets: registered, not yet checked often enough"},
    {"healthy", "targets"},
    {"unhealthy", "targets"},
    {"draining", "targets: deregistered, within the deregistration delay"},
};

static const struct column cluster_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"auto_scaling_group", "name; empty for hand-built hosts"},
    {"availability_zone", "name"},
    {"launching", "hosts that are not yet registered, or REGISTERING"},
    {"active", "hosts: status ACTIVE, whatever their agent"},
    {"draining", "hosts: status DRAINING"},
    {"disconnected", "of these, hosts whose agentConnected is false"},
    {"tasks", "tasks whose resources are reserved there"},
    {"cpu_registered", "CPU units of ACTIVE and DRAINING hosts"},
    {"cpu_reserved", "CPU units"},
    {"memory_registered", "MiB of ACTIVE and DRAINING hosts"},
    {"memory_reserved", "MiB"},
};

static const struct column task_columns[] = {
    {"task", "<service or family>-<n>"},
    {"group", "service:<name>, or the task group"},
    {"service", "name; empty for standalone tasks"},
    {"task_definition", "family:revision"},
    {"deployment", "ecs-svc/<n>"},
    {"capacity_provider", "name; empty where a host was chosen without a strategy"},
    {"container_instance", "name of the host; empty on Fargate"},
    {"availability_zone", "name"},
    {"created_s", "seconds: the task came to be"},
    {"placed_s", "seconds: it got its host"},
    {"pull_started_s", "seconds"},
    {"pull_stopped_s", "seconds"},
    {"started_s", "seconds: RUNNING"},
    {"healthy_s", "seconds: first counted as healthy"},
    {"stopping_s", "seconds: its desired status became STOPPED"},
    {"stopped_s", "seconds: STOPPED"},
    {"stop_code", "as DescribeTasks prints it"},
    {"stopped_reason", "as DescribeTasks prints it"},
    {"exit_code", "of the essential container that ended"},
};

static const struct column instance_columns[] = {
    {"container_instance", "<group or type>-<n>"},
    {"auto_scaling_group", "name; empty for hand-built hosts"},
    {"instance_type", "name"},
    {"market", "on-demand or spot"},
    {"availability_zone", "name"},
    {"launched_s", "seconds: launch request"},
    {"active_s", "seconds: registered"},
    {"draining_s", "seconds: last set DRAINING"},
    {"terminated_s", "seconds: EC2 has ended it"},
    {"reason", "why it was terminated"},
    {"cost_usd", "dollars, at the On-Demand price of its type, on Spot at its pool's"},
};

static const struct column service_event_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"service", "name of the service"},
    {"message", "as in the console's Events tab, with our names for ids"},
};

static const struct column service_deployment_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"service", "name of the service"},
    {"service_deployment", "<service>/<n>"},
    {"deployment", "ecs-svc/<n> that it brings in, or back"},
    {"status", "PENDING, IN_PROGRESS, SUCCESSFUL, STOP_REQUESTED, STOPPED, ROLLBACK_REQUESTED, …"},
    {"reason", "rolloutStateReason of that deployment"},
};

static const struct column mark_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"key", "the service whose panel is marked; empty: all"},
    {"kind", "change (a deployment begins), event (it is complete, failed or rolled back, or traffic has "
             "shifted to it), failure or alarm (one that the scenario declares has changed)"},
    {"label", "what the picture says"},
};

static const struct column traffic_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"service", "name of the service"},
    {"deployment", "ecs-svc/<n>"},
    {"task_definition", "family:revision"},
    {"stage", "lifecycle stage that begins, or ROLLBACK"},
    {"production_permille",
     "of the production traffic that it has from now on; the revision before has the rest"},
    {"test_permille", "of the test traffic that it has from now on"},
};

static const struct column group_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"auto_scaling_group", "name"},
    {"min_size", "units of capacity: hosts, or the sum of their weights"},
    {"desired_capacity", "units of capacity"},
    {"max_size", "units of capacity"},
    {"capacity", "units of capacity of its hosts, whether in service or pending"},
    {"pending", "hosts: Pending or Pending:Wait"},
    {"in_service", "hosts: InService"},
    {"warmed", "hosts in its warm pool"},
};

static const struct column request_columns[] = {
    {"time_s", "seconds since the start of the run: the end of a period"},
    {"service", "name of the service"},
    {"period_s", "seconds: how long the period was"},
    {"requests", "asked in the period; whole ones, whose sum is the whole"},
    {"served", "of these, answered"},
};

static const struct column managed_scaling_columns[] = {
    {"time_s", "seconds since the start of the run: the end of a minute"},
    {"capacity_provider", "name"},
    {"auto_scaling_group", "name"},
    {"running", "N: hosts of the group that are InService"},
    {"provisioning", "tasks that wait for a host of it"},
    {"with_room", "of these, tasks for which there is room on present hosts"},
    {"needed", "M: hosts that are needed"},
    {"because", "the rule that made M: hosts with tasks, or the resource with the greatest bound"},
    {"reservation_percent", "CapacityProviderReservation: M of N"},
    {"desired", "hosts: the group's desired capacity until this point is acted upon"},
    {"minutes_below", "points below the target in a row, so far acted upon, 15 at most"},
};

static const struct column metric_columns[] = {
    {"time_s", "seconds since the start of the run: the end of the period"},
    {"namespace", "AWS/ECS, …"},
    {"metric", "its name there"},
    {"dimensions", "name=value, by semicolons"},
    {"period_s", "seconds of which the point is"},
    {"average", "percent, a count, or what its source calls it; exact, where consoles print whole percents"},
    {"sum", "of its samples"},
    {"minimum", "of its samples"},
    {"maximum", "of its samples"},
    {"sample_count", "samples"},
};

static const struct column alarm_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"alarm", "its name"},
    {"state", "OK, ALARM or INSUFFICIENT_DATA, from now on"},
    {"reason", "why"},
};

static const struct column instance_refresh_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"auto_scaling_group", "name"},
    {"refresh", "<group>/<n>"},
    {"status", "InProgress, Baking, Successful, Failed, Cancelling, Cancelled, RollbackInProgress, …"},
    {"percentage_complete", "percent of the group that is replaced and has warmed up"},
    {"instances_to_update", "units of capacity that are not"},
    {"reason", "why it waits at a checkpoint, has failed, or is taken back"},
};

static const struct column scaling_activity_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"resource", "service/<cluster>/<name>, or autoScalingGroupName/<name>"},
    {"policy", "name of the scaling policy; empty for a scheduled action"},
    {"status", "Successful, or Failed: it was not scaled"},
    {"cause", "as DescribeScalingActivities prints it"},
    {"from", "desired count or capacity before"},
    {"to", "and from now on; empty where it was not scaled"},
    {"not_scaled_reason", "why not: AlreadyAtMaxCapacity, …; told again when it has changed"},
};

static const struct column forecast_columns[] = {
    {"time_s", "seconds since the start of the run: when it was forecast"},
    {"resource", "service/<cluster>/<name>, or autoScalingGroupName/<name>"},
    {"policy", "name of the predictive scaling policy"},
    {"hour_s", "seconds since the start of the run: begin of the hour that is forecast"},
    {"load", "of a minute of that hour: percent of CPU or memory in all, or requests"},
    {"capacity", "tasks or units of the desired capacity that it needs"},
};

static const struct column job_columns[] = {
    {"job", "<name of the load>-<n>"},
    {"arrived_s", "seconds since the start of the run"},
    {"called_s", "seconds: RunTask gave it its task"},
    {"task", "name; empty where it never had one"},
    {"started_s", "seconds: its task was RUNNING"},
    {"ended_s", "seconds: its task was STOPPED, or it was dropped"},
    {"outcome", "done, late, dropped or failed"},
    {"reason", "why it was dropped: gatewayThrottled, …; or why its task stopped, if it failed"},
    {"attempts", "how often it was handed over"},
};

static const struct column queue_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"jobs", "name of the load"},
    {"arrived", "jobs so far; the sum of those that follow, visible aside"},
    {"queued", "jobs without a task"},
    {"visible", "of these, messages that can be received; empty where there is no queue"},
    {"in_flight", "jobs whose task has not stopped"},
    {"done", "jobs so far"},
    {"late", "jobs so far: done after their deadline"},
    {"dropped", "jobs so far"},
    {"failed", "jobs so far: their task did not exit with 0"},
};

static const struct column disk_columns[] = {
    {"time_s", "seconds since the start of the run"},
    {"container_instance", "name of the host"},
    {"images", "images: pulled, or being pulled"},
    {"image_mib", "whole MiB of their layers, each once"},
    {"containers_mib", "whole MiB of what containers have written, those of stopped tasks too"},
    {"free_mib", "whole MiB; 0 while something else fills the disk"},
};

#define TABLE(file, text, columns)                                                                           \
    {                                                                                                        \
        file, text, columns, sizeof(columns) / sizeof *(columns), false                                      \
    }

/* Of what few scenarios have. */
#define TABLE_WHEN_USED(file, text, columns)                                                                 \
    {                                                                                                        \
        file, text, columns, sizeof(columns) / sizeof *(columns), true                                       \
    }

const struct series ecs_series[SERIES_COUNT] = {
    [SERIES_TIMESERIES] = TABLE("timeseries.csv", "tasks of each service over time", timeseries_columns),
    [SERIES_DEPLOYMENTS] = TABLE("deployments.csv", "each deployment over time", deployment_columns),
    [SERIES_TARGETS] =
        TABLE("targets.csv", "targets of each service's load balancers over time", target_columns),
    [SERIES_CLUSTER] = TABLE("cluster.csv", "hosts by group and zone over time", cluster_columns),
    [SERIES_TASKS] = TABLE("tasks.csv", "every task that ever was", task_columns),
    [SERIES_INSTANCES] = TABLE("instances.csv", "every host that ever was", instance_columns),
    [SERIES_SERVICE_EVENTS] = TABLE("service-events.csv", "service event messages", service_event_columns),
    [SERIES_EVENTS] = {"events.jsonl", "EventBridge events", NULL, 1, false},
    [SERIES_CALLS] = {"calls.jsonl",
                      "timeline calls and their answers, and calls of jobs that AWS has refused", NULL, 1,
                      false},
    [SERIES_TRAFFIC] =
        TABLE("traffic.csv", "stages of BLUE_GREEN, LINEAR and CANARY deployments", traffic_columns),
    [SERIES_FORECASTS] =
        TABLE("forecasts.csv", "what predictive scaling forecasts, hour by hour", forecast_columns),
    [SERIES_LOGS] = {"logs.jsonl", "lines of containers with the log driver awslogs, as they arrive", NULL, 1,
                     true},
    [SERIES_SCALING_ACTIVITIES] =
        TABLE("scaling-activities.csv", "what scaled, and why something did not", scaling_activity_columns),
    [SERIES_GROUPS] = TABLE("groups.csv", "capacity of each Auto Scaling group over time", group_columns),
    [SERIES_REQUESTS] = TABLE("requests.csv", "requests to services with a load, by period", request_columns),
    [SERIES_MANAGED_SCALING] = TABLE(
        "managed-scaling.csv", "capacity providers with managed scaling, by minute", managed_scaling_columns),
    [SERIES_INSTANCE_REFRESHES] =
        TABLE("instance-refreshes.csv", "instance refreshes of Auto Scaling groups, a row per change",
              instance_refresh_columns),
    [SERIES_JOBS] =
        TABLE_WHEN_USED("jobs.csv", "every job that has ended, of loads with a trigger", job_columns),
    [SERIES_QUEUES] = TABLE_WHEN_USED("queues.csv", "how many jobs are where, over time", queue_columns),
    [SERIES_MARKS] = TABLE("marks.csv", "what the picture marks", mark_columns),
    [SERIES_METRICS] =
        TABLE("metrics.csv", "points of the metrics that somebody watches or `recordMetrics` names",
              metric_columns),
    [SERIES_ALARMS] = TABLE("alarms.csv", "changes of CloudWatch alarms", alarm_columns),
    [SERIES_DISKS] = TABLE_WHEN_USED("disks.csv", "disks of hosts over time", disk_columns),
    [SERIES_SERVICE_DEPLOYMENTS] =
        TABLE("service-deployments.csv", "service deployments and their rollbacks, a row per change",
              service_deployment_columns),
};

/* --- series that change ----------------------------------------------------------------------- */

bool row_is_due(struct last_row *last, simtime now, const int64_t *values, size_t count, bool always)
{
    bool news = !last->any;
    for (size_t i = 0; i < count; i++) {
        news |= last->values[i] != values[i];
        last->values[i] = values[i];
    }
    if (!news && (!always || last->at == now))
        return false;
    last->any = true;
    last->at = now;
    return true;
}

static void row_counts(struct world *world, const char *name, const struct task_counts *counts,
                       struct last_row *last, bool always)
{
    int64_t values[] = {counts->desired, counts->pending, counts->running,
                        counts->healthy, counts->serving, counts->stopping};
    if (!row_is_due(last, world->run->now, values, 6, always))
        return;
    run_row(world->run, SERIES_TIMESERIES,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(name),
                counts->desired == ABSENT ? value_empty() : value_integer(counts->desired),
                value_integer(counts->pending),
                value_integer(counts->running),
                value_integer(counts->healthy),
                value_integer(counts->serving),
                value_integer(counts->stopping),
            });
}

static void row_deployment(struct world *world, struct deployment *deployment, bool always)
{
    int64_t values[] = {deployment->status,  deployment->state,   deployment->desired, deployment->pending,
                        deployment->running, deployment->healthy, deployment->failed};
    deployment->touched = false;
    if (!row_is_due(&deployment->last_row, world->run->now, values, 7, always))
        return;
    const struct service *service = deployment->service;
    bool classic = registrations_classic(deployment->registrations, deployment->registration_count);
    run_row(world->run, SERIES_DEPLOYMENTS,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(service->name),
                value_text(deployment->name),
                value_text(deployment->definition->name),
                value_text(deployment_status_names[deployment->status]),
                classic ? value_empty() : value_text(rollout_state_names[deployment->state]),
                value_integer(deployment->desired),
                value_integer(deployment->pending),
                value_integer(deployment->running),
                value_integer(deployment->healthy),
                value_integer(deployment->failed),
            });
}

static void row_targets(struct world *world, const struct service *service, struct target_counts *counts,
                        bool always)
{
    const int64_t *values = &counts->in[TARGET_INITIAL];
    if (!row_is_due(&counts->last_row, world->run->now, values, TARGET_STATES - TARGET_INITIAL, always))
        return;
    run_row(world->run, SERIES_TARGETS,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(service->name),
                value_text(counts->target_group),
                value_integer(counts->in[TARGET_INITIAL]),
                value_integer(counts->in[TARGET_HEALTHY]),
                value_integer(counts->in[TARGET_UNHEALTHY]),
                value_integer(counts->in[TARGET_DRAINING]),
            });
}

static void row_cell(struct world *world, struct fleet_cell *cell, bool always)
{
    int64_t values[] = {
        cell->launching,      cell->active,       cell->draining,          cell->disconnected,   cell->tasks,
        cell->cpu_registered, cell->cpu_reserved, cell->memory_registered, cell->memory_reserved};
    if (!row_is_due(&cell->last_row, world->run->now, values, 9, always))
        return;
    run_row(world->run, SERIES_CLUSTER,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(cell->group ? cell->group->name : NULL),
                value_text(cell->zone->name),
                value_integer(cell->launching),
                value_integer(cell->active),
                value_integer(cell->draining),
                value_integer(cell->disconnected),
                value_integer(cell->tasks),
                value_integer(cell->cpu_registered),
                value_integer(cell->cpu_reserved),
                value_integer(cell->memory_registered),
                value_integer(cell->memory_reserved),
            });
}

static void row_group(struct world *world, struct auto_scaling_group *group, bool always)
{
    const struct group_tally *tally = &group->tally;
    int64_t values[] = {group->least,
                        group->desired,
                        group->most,
                        tally->capacity,
                        tally->hosts - tally->in_service,
                        tally->in_service,
                        group->maintenance.warmed};
    if (!row_is_due(&group->last_row, world->run->now, values, 7, always))
        return;
    run_row(world->run, SERIES_GROUPS,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(group->name),
                value_integer(group->least),
                value_integer(group->desired),
                value_integer(group->most),
                value_integer(tally->capacity),
                value_integer(tally->hosts - tally->in_service),
                value_integer(tally->in_service),
                value_integer(group->maintenance.warmed),
            });
}

/* --- settling --------------------------------------------------------------------------------- */

static void keep_figures(struct world *world, struct service *service)
{
    simtime now = world->run->now;
    bool below = service->exists && service->counts.healthy < service->desired_count;
    time_weighted_set(&service->healthy_over_time, now, service->counts.healthy);
    time_weighted_set(&service->serving_over_time, now, service->counts.serving);
    time_weighted_set(&service->running_over_time, now, service->counts.running);
    history_settle(world, service);
    if (service->below_desired_since != SIMTIME_NEVER && !below) {
        service->below_desired += now - service->below_desired_since;
        service->below_desired_since = SIMTIME_NEVER;
    } else if (service->below_desired_since == SIMTIME_NEVER && below) {
        service->below_desired_since = now;
    }
}

static void forget_inactive(struct world *world, struct service *service)
{
    for (struct deployment **link = &service->primary->older; *link;) {
        struct deployment *each = *link;
        if (each->status == DEPLOYMENT_INACTIVE && each != service->completed) {
            *link = each->older;
            placement_tally_give(world->placement, each->losable);
            pool_give(&world->deployments, each->ref);
        } else {
            link = &each->older;
        }
    }
}

static void settle_service(struct world *world, struct service *service, bool always)
{
    if (!service->primary)
        return;
    bool sampled = world->settings->run.sample_every != ABSENT;
    targets_say(world, service);
    keep_figures(world, service);
    service->counts.desired = service->exists ? service->desired_count : 0;
    if (!sampled || always)
        row_counts(world, service->name, &service->counts, &service->last_row, always);
    for (struct deployment *each = service->primary; each; each = each->older)
        if (each->touched || (always && each->status != DEPLOYMENT_INACTIVE))
            row_deployment(world, each, always);
    for (struct target_counts *each = service->target_counts; each && (!sampled || always); each = each->next)
        row_targets(world, service, each, always);
    forget_inactive(world, service);
}

static void rows_all(struct world *world)
{
    for (uint32_t i = 0; i < world->service_count; i++)
        settle_service(world, &world->services[i], true);
    for (uint32_t i = 0; i < world->family_count; i++)
        if (world->families[i].created)
            row_counts(world, world->families[i].name, &world->families[i].counts,
                       &world->families[i].last_row, true);
    for (uint32_t i = 0; i < world->cell_count; i++)
        row_cell(world, world->cells[i], true);
    for (uint32_t i = 0; i < world->group_count; i++)
        row_group(world, &world->groups[i], true);
    disk_watch_rows(world);
}

void rows_settle(struct world *world)
{
    bool sampled = world->settings->run.sample_every != ABSENT;
    uint32_t *indices = world->scratch_indices;
    uint32_t count = index_set_take(&world->touched_services, indices);
    expect_settle(world, indices, count);
    for (uint32_t i = 0; i < count; i++)
        settle_service(world, &world->services[indices[i]], false);
    count = index_set_take(&world->touched_families, indices);
    for (uint32_t i = 0; i < count && !sampled; i++) {
        struct task_family *family = &world->families[indices[i]];
        row_counts(world, family->name, &family->counts, &family->last_row, false);
    }
    count = index_set_take(&world->touched_cells, indices);
    for (uint32_t i = 0; i < count && !sampled; i++)
        row_cell(world, world->cells[indices[i]], false);
    count = index_set_take(&world->touched_groups, indices);
    for (uint32_t i = 0; i < count && !sampled; i++)
        row_group(world, &world->groups[indices[i]], false);
    disk_watch_settle(world);
    if (world->sample_due)
        rows_all(world);
    world->sample_due = false;
}

void sample_due(void *context, uint64_t unused, uint64_t unused_too)
{
    (void)unused;
    (void)unused_too;
    struct world *world = context;
    world->sample_due = true;
    run_schedule(world->run, world->run->now + world->settings->run.sample_every, PHASE_CONTROL, EVENT_SAMPLE,
                 0, 0);
}

/* --- subjects --------------------------------------------------------------------------------- */

/* On a host, what a task costs ends with its reservation, or with the run; without one it costs nothing. */
static void bill(struct world *world, const struct task *task)
{
    if (!task->instance)
        return;
    if (task->instance->fargate)
        cost_fargate_ends(world, task);
    else if (!task->stopping)
        cost_reservation_ends(world, task);
}

void row_task(struct world *world, const struct task *task)
{
    expect_task_ended(world, task);
    bill(world, task);
    if (!run_wants(world->run, SERIES_TASKS))
        return;
    const struct container_instance *instance = task->instance;
    run_row(world->run, SERIES_TASKS,
            (struct value[]){
                value_text(task->name),
                value_text(task->group_name),
                value_text(task->service ? task->service->name : NULL),
                value_text(task->definition->name),
                value_text(task->deployment ? task->deployment->name : NULL),
                value_text(task->provider ? task->provider->name : NULL),
                value_text(instance ? instance->name : NULL),
                value_text(instance ? instance->zone->name : NULL),
                value_seconds(task->created_at),
                value_seconds(task->placed_at),
                value_seconds(task->pull_started_at),
                value_seconds(task->pull_stopped_at),
                value_seconds(task->started_at),
                value_seconds(task->healthy_at),
                value_seconds(task->stopping_at),
                value_seconds(task->stopped_at),
                value_text(stop_code_names[task->stop_code]),
                value_text(task->stopped_reason),
                task->exit_code == ABSENT ? value_empty() : value_integer(task->exit_code),
            });
}

void row_instance(struct world *world, const struct container_instance *instance)
{
    simtime until = instance->terminated_at == SIMTIME_NEVER ? world->run->now : instance->terminated_at;
    int64_t cost = instance->maintenance.cost_of_pauses + instance_cost(instance, until);
    cost_instance_ends(world, instance);
    run_row(world->run, SERIES_INSTANCES,
            (struct value[]){
                value_text(instance->name),
                value_text(instance->group ? instance->group->name : NULL),
                value_text(instance->type->name),
                value_text(market_names[instance->market]),
                value_text(instance->zone->name),
                value_seconds(instance->launched_at),
                value_seconds(instance->active_at),
                value_seconds(instance->draining_at),
                value_seconds(instance->terminated_at),
                value_text(instance->reason),
                instance->price < 0 ? value_empty() : value_dollars(cost),
            });
}

void row_instance_refresh(struct world *world, const struct auto_scaling_group *group)
{
    const struct refresh_told *told = &group->maintenance.refresh.told;
    run_row(world->run, SERIES_INSTANCE_REFRESHES,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(group->name),
                value_text(instance_refresh_id(world, group)),
                value_text(refresh_status_names[told->status]),
                value_integer(told->percentage),
                value_integer(told->to_update),
                value_text(told->reason),
            });
}

void row_service_deployment(struct world *world, const struct deployment *deployment, const char *reason)
{
    const struct service_deployment *record = deployment->service_deployment;
    if (world->starting)
        return;
    run_row(world->run, SERIES_SERVICE_DEPLOYMENTS,
            (struct value[]){value_seconds(world->run->now), value_text(deployment->service->name),
                             value_text(record->name), value_text(deployment->name),
                             value_text(service_deployment_status_names[record->status]),
                             value_text(reason)});
}

void row_service_event(struct world *world, const struct service *service, const char *message)
{
    if (world->starting)
        return;
    expect_message(world, service, message);
    run_row(world->run, SERIES_SERVICE_EVENTS,
            (struct value[]){value_seconds(world->run->now), value_text(service->name), value_text(message)});
}

void row_traffic(struct world *world, const struct deployment *deployment, const char *stage,
                 int64_t test_permille)
{
    run_row(world->run, SERIES_TRAFFIC,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(deployment->service->name),
                value_text(deployment->name),
                value_text(deployment->definition->name),
                value_text(stage),
                value_integer(deployment->traffic_permille),
                value_integer(test_permille),
            });
}

void row_mark(struct world *world, const char *key, const char *kind, const char *label)
{
    if (world->starting)
        return;
    expect_mark(world, key, kind, label);
    run_row(world->run, SERIES_MARKS,
            (struct value[]){value_seconds(world->run->now), value_text(key), value_text(kind),
                             value_text(label)});
}

void row_alarm(struct world *world, const struct alarm *alarm, const char *reason)
{
    run_row(world->run, SERIES_ALARMS,
            (struct value[]){value_seconds(world->run->now), value_text(alarm->name),
                             value_text(alarm_state_names[alarm->state]), value_text(reason)});
}

void row_document(struct world *world, enum series_name series, const struct text *json)
{
    run_row(world->run, series, &(struct value){.type = VALUE_TEXT, .text = json->bytes});
}

/* --- the end ---------------------------------------------------------------------------------- */

static void rows_of_living_tasks(struct world *world, struct task *first)
{
    for (struct task *task = first; task; task = task->next_in_deployment)
        row_task(world, task);
}

static void rows_of_deployment(struct world *world, struct deployment *deployment)
{
    if (!deployment)
        return;
    rows_of_deployment(world, deployment->older);
    rows_of_living_tasks(world, deployment->first);
}

void rows_finish(struct world *world)
{
    rows_all(world);
    request_rows_finish(world);
    for (uint32_t i = 0; i < world->service_count; i++)
        rows_of_deployment(world, world->services[i].primary);
    for (uint32_t i = 0; i < world->family_count; i++)
        rows_of_living_tasks(world, world->families[i].first);
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            row_instance(world, world->hosts[i]);
    for (struct container_instance *each = world->first_launching; each; each = each->next_launching)
        if (each->placement == PLACEMENT_NONE)
            row_instance(world, each);
}
