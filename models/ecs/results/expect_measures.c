/* What can be promised: each measure, its bound, and its value now. */
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/image/image_mix.h"
#include "models/ecs/job/job.h"
#include "models/ecs/results/expectation.h"
#include <string.h>

/* --- numbers of a service --------------------------------------------------------------------- */

#define COUNT_OF_SERVICE(name, count)                                                                        \
    static int64_t name(struct world *world, struct expectation *expectation)                                \
    {                                                                                                        \
        (void)world;                                                                                         \
        return expectation->service->count * MILLION;                                                        \
    }

COUNT_OF_SERVICE(desired_now, desired_count)
COUNT_OF_SERVICE(pending_now, counts.pending)
COUNT_OF_SERVICE(running_now, counts.running)
COUNT_OF_SERVICE(healthy_now, counts.healthy)
COUNT_OF_SERVICE(serving_now, counts.serving)
COUNT_OF_SERVICE(stopping_now, counts.stopping)
COUNT_OF_SERVICE(starts_without_data_now, data.starts_without)

/* The count that availability and recovery look at. */
static int64_t chosen_count(const struct service *service, int64_t healthy, int64_t serving)
{
    const struct task_counts *counts = &service->counts;
    return (healthy != ABSENT   ? counts->healthy
            : serving != ABSENT ? counts->serving
                                : counts->running) *
           MILLION;
}

static int64_t available_now(struct world *world, struct expectation *expectation)
{
    (void)world;
    const struct availability_settings *settings = expectation->settings->availability;
    return chosen_count(expectation->service, settings->healthy, settings->serving);
}

static int64_t recovered_now(struct world *world, struct expectation *expectation)
{
    (void)world;
    const struct recovered_settings *settings = expectation->settings->recovered;
    return chosen_count(expectation->service, settings->healthy, settings->serving);
}

/* --- tasks on hosts --------------------------------------------------------------------------- */

static int64_t tasks_on(const struct world *world, const struct expectation *expectation, uint32_t host)
{
    return world->hosts[host] ? placement_tasks_on(world->placement, expectation->service->group, host) : 0;
}

static int64_t tasks_per_instance_now(struct world *world, struct expectation *expectation)
{
    return placement_most_tasks(world->placement, expectation->service->group) * MILLION;
}

static int64_t instances_used_now(struct world *world, struct expectation *expectation)
{
    return placement_instances_used(world->placement, expectation->service->group) * MILLION;
}

static int64_t images_now(struct world *world, struct expectation *expectation)
{
    (void)world;
    return image_mix_size(expectation->service) * MILLION;
}

static int64_t tasks_on_now(struct world *world, struct expectation *expectation)
{
    const struct query *query = expectation->settings->tasks_on->expression;
    int64_t tasks = 0;
    for (uint32_t host = 0; host < world->host_count; host++) {
        int64_t here = tasks_on(world, expectation, host);
        if (here && query_matches(query, world->placement, host))
            tasks += here;
    }
    return tasks * MILLION;
}

static bool eligible(const struct world *world, const struct service *service, uint32_t host)
{
    const struct container_instance *instance = world->hosts[host];
    return instance && instance->status == INSTANCE_ACTIVE && instance->agent_connected &&
           capacity_uses_host(service->strategy, instance) &&
           placement_satisfies(world->placement, service->constraints, host) &&
           placement_satisfies(world->placement,
                               &service->primary->definition->settings->placement_constraints, host);
}

struct zone_tally {
    bool eligible;
    int64_t tasks;
};

static struct zone_tally tally_zone(const struct world *world, const struct expectation *expectation,
                                    const struct zone *zone)
{
    const struct service *service = expectation->service;
    const struct zone_share *share = &service->zones[zone->index];
    struct zone_tally tally = {.eligible = share->launches, .tasks = share->tasks};
    for (uint32_t host = 0; !tally.eligible && host < world->host_count; host++)
        tally.eligible =
            world->hosts[host] && world->hosts[host]->zone == zone && eligible(world, service, host);
    return tally;
}

static int64_t zone_skew_now(struct world *world, struct expectation *expectation)
{
    int64_t most = INT64_MIN, least = INT64_MAX;
    for (uint32_t zone = 0; zone < world->zone_count; zone++) {
        struct zone_tally tally = tally_zone(world, expectation, &world->zones[zone]);
        if (!tally.eligible)
            continue;
        most = tally.tasks > most ? tally.tasks : most;
        least = tally.tasks < least ? tally.tasks : least;
    }
    return most < least ? 0 : (most - least) * MILLION;
}

/* --- states of a service ---------------------------------------------------------------------- */

/* A bare family means any of its revisions. */
static bool is_named(const struct task_definition *definition, const char *name)
{
    return !strcmp(definition->name, name) || !strcmp(definition->settings->family, name);
}

static const struct deployment *meant_deployment(const struct expectation *expectation)
{
    const char *name = expectation->settings->task_definition;
    const struct deployment *deployment = expectation->service->primary;
    while (name && deployment && !is_named(deployment->definition, name))
        deployment = deployment->older;
    return deployment && !deployment->creates_service ? deployment : NULL;
}

static int64_t rollout_now(struct world *world, struct expectation *expectation)
{
    static const enum rollout_state states[] = {[ROLLOUT_COMPLETED] = STATE_COMPLETED,
                                                [ROLLOUT_FAILED] = STATE_FAILED,
                                                [ROLLOUT_IN_PROGRESS] = STATE_IN_PROGRESS};
    (void)world;
    struct seen_deployment *seen = &expectation->deployment;
    const struct deployment *deployment = meant_deployment(expectation);
    if (deployment)
        *seen = (struct seen_deployment){deployment->number, deployment->definition->name, deployment->state};
    return seen->number && seen->state == states[expectation->settings->deployment] ? MILLION : 0;
}

/* The finding is as old as the latest look; a deployment that has begun since has ended it. */
static int64_t steady_now(struct world *world, struct expectation *expectation)
{
    (void)world;
    const struct service *service = expectation->service;
    return service->steady && service->primary->state == STATE_COMPLETED ? MILLION : 0;
}

static int64_t stuck_now(struct world *world, struct expectation *expectation)
{
    (void)world;
    return expectation->service->stuck != STUCK_NOT ? MILLION : 0;
}

/* --- numbers of the fleet --------------------------------------------------------------------- */

struct fleet_sum {
    int64_t active, cpu_registered, cpu_reserved, memory_registered, memory_reserved, gpus_registered,
        gpus_reserved;
};

static struct fleet_sum sum_cells(const struct world *world, const struct auto_scaling_group *group)
{
    struct fleet_sum sum = {0};
    for (uint32_t i = 0; i < (group ? world->zone_count : world->cell_count); i++) {
        const struct fleet_cell *cell = group ? &group->cells[i] : world->cells[i];
        sum.active += cell->active;
        sum.cpu_registered += cell->cpu_registered;
        sum.cpu_reserved += cell->cpu_reserved;
        sum.memory_registered += cell->memory_registered;
        sum.memory_reserved += cell->memory_reserved;
        sum.gpus_registered += cell->gpus_registered;
        sum.gpus_reserved += cell->gpus_reserved;
    }
    return sum;
}

static int64_t share(int64_t part, int64_t whole)
{
    return whole > 0 ? (int64_t)((__int128)part * MILLION / whole) : 0;
}

static int64_t instances_now(struct world *world, struct expectation *expectation)
{
    return sum_cells(world, expectation->group).active * MILLION;
}

static int64_t desired_capacity_now(struct world *world, struct expectation *expectation)
{
    (void)world;
    return expectation->group->desired * MILLION;
}

static int64_t in_service_now(struct world *world, struct expectation *expectation)
{
    (void)world;
    return expectation->group->tally.in_service * MILLION;
}

static int64_t cpu_reserved_now(struct world *world, struct expectation *expectation)
{
    struct fleet_sum sum = sum_cells(world, expectation->group);
    return share(sum.cpu_reserved, sum.cpu_registered);
}

static int64_t memory_reserved_now(struct world *world, struct expectation *expectation)
{
    struct fleet_sum sum = sum_cells(world, expectation->group);
    return share(sum.memory_reserved, sum.memory_registered);
}

static int64_t disk_used_now(struct world *world, struct expectation *expectation)
{
    return disk_watch_fullest(world, expectation->group);
}

static void set_figures(struct fleet_figures *fleet, struct fleet_sum sum, simtime now,
                        void (*set)(struct time_weighted *, simtime, int64_t))
{
    set(&fleet->active, now, sum.active);
    set(&fleet->cpu_registered, now, sum.cpu_registered);
    set(&fleet->cpu_reserved, now, sum.cpu_reserved);
    set(&fleet->memory_registered, now, sum.memory_registered);
    set(&fleet->memory_reserved, now, sum.memory_reserved);
    set(&fleet->gpus_registered, now, sum.gpus_registered);
    set(&fleet->gpus_reserved, now, sum.gpus_reserved);
}

void measure_fleet(const struct world *world, struct fleet_figures *fleet, bool first)
{
    set_figures(fleet, sum_cells(world, NULL), world->run->now,
                first ? time_weighted_start : time_weighted_set);
}

/* --- numbers of jobs -------------------------------------------------------------------------- */

#define COUNT_OF_JOBS(name, count)                                                                           \
    static int64_t name(struct world *world, struct expectation *expectation)                                \
    {                                                                                                        \
        (void)world;                                                                                         \
        return expectation->job->counts.count * MILLION;                                                     \
    }

COUNT_OF_JOBS(queued_now, queued)
COUNT_OF_JOBS(in_flight_now, in_flight)
COUNT_OF_JOBS(done_now, done)

/* --- the table -------------------------------------------------------------------------------- */

#define OF(field) offsetof(struct expect_settings, field)
static const struct measure measures[] = {
    {"desired", MEASURE_LEVEL, LOOK_SERVICE, OF(desired), desired_now},
    {"pending", MEASURE_LEVEL, LOOK_SERVICE, OF(pending), pending_now},
    {"running", MEASURE_LEVEL, LOOK_SERVICE, OF(running), running_now},
    {"healthy", MEASURE_LEVEL, LOOK_SERVICE, OF(healthy), healthy_now},
    {"serving", MEASURE_LEVEL, LOOK_SERVICE, OF(serving), serving_now},
    {"stopping", MEASURE_LEVEL, LOOK_SERVICE, OF(stopping), stopping_now},
    {"starts without data", MEASURE_LEVEL, LOOK_SERVICE, OF(starts_without_data), starts_without_data_now},
    {"share of unserved requests", MEASURE_UNSERVED, LOOK_SERVICE, OF(unserved), NULL},
    {"time to healthy", MEASURE_DELAYS, LOOK_SERVICE, OF(time_to_healthy), NULL},
    {"skew of tasks per zone", MEASURE_LEVEL, LOOK_SERVICE | LOOK_FLEET, OF(tasks_per_zone), zone_skew_now},
    {"tasks on one instance", MEASURE_LEVEL, LOOK_SERVICE | LOOK_FLEET, OF(tasks_per_instance),
     tasks_per_instance_now},
    {"instances used", MEASURE_LEVEL, LOOK_SERVICE | LOOK_FLEET, OF(instances_used), instances_used_now},
    {"images", MEASURE_LEVEL, LOOK_SERVICE, OF(images), images_now},
    {"tasks on", MEASURE_LEVEL, LOOK_SERVICE | LOOK_FLEET, OF(tasks_on), tasks_on_now},
    {"availability", MEASURE_AVAILABILITY, LOOK_SERVICE, OF(availability), available_now},
    {"recovered", MEASURE_RECOVERY, LOOK_SERVICE, OF(recovered), recovered_now},
    {"instances", MEASURE_LEVEL, LOOK_FLEET, OF(instances), instances_now},
    {"desired capacity", MEASURE_LEVEL, LOOK_FLEET, OF(desired_capacity), desired_capacity_now},
    {"instances in service", MEASURE_LEVEL, LOOK_FLEET, OF(in_service), in_service_now},
    {"share of CPU reserved", MEASURE_LEVEL, LOOK_FLEET, OF(cpu_reserved), cpu_reserved_now},
    {"share of memory reserved", MEASURE_LEVEL, LOOK_FLEET, OF(memory_reserved), memory_reserved_now},
    {"jobs queued", MEASURE_LEVEL, 0, OF(queued), queued_now},
    {"jobs in flight", MEASURE_LEVEL, 0, OF(in_flight), in_flight_now},
    {"jobs done", MEASURE_LEVEL, 0, OF(done), done_now},
    {"share of late jobs", MEASURE_SHARE, 0, OF(late), NULL},
    {"share of dropped jobs", MEASURE_SHARE, 0, OF(dropped), NULL},
    {"share of failed jobs", MEASURE_SHARE, 0, OF(failed), NULL},
    {"waiting", MEASURE_DELAYS, 0, OF(waiting), NULL},
    {"share of a disk used", MEASURE_LEVEL, LOOK_DISKS, OF(disk_used), disk_used_now},
    {"cost", MEASURE_COST, 0, OF(cost), NULL},
    {"count", MEASURE_TALLY, 0, OF(count), NULL},
    {"log lines dropped", MEASURE_LOSSES, 0, OF(logs_dropped), NULL},
};
#undef OF

static const struct measure rollout = {"deployment", MEASURE_STATE, LOOK_SERVICE, 0, rollout_now};
static const struct measure steady = {"steady state", MEASURE_STATE, LOOK_SERVICE | LOOK_ALWAYS, 0,
                                      steady_now};
static const struct measure stuck = {"stuck", MEASURE_STATE, LOOK_SERVICE | LOOK_ALWAYS, 0, stuck_now};

static const void *setting_of(const struct expect_settings *settings, const struct measure *measure)
{
    return *(const void *const *)((const char *)settings + measure->offset);
}

const struct measure *measure_of(const struct expect_settings *settings)
{
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        if (setting_of(settings, &measures[i]))
            return &measures[i];
    if (settings->steady_state)
        return &steady;
    if (settings->stuck)
        return &stuck;
    CHECK(settings->deployment != ROLLOUT_ANY);
    return &rollout;
}

static struct measure_bound bound_of(int64_t at_least, int64_t at_most, int64_t exactly, int64_t unit)
{
    if (exactly != ABSENT)
        at_least = at_most = exactly;
    return (struct measure_bound){
        .at_least = at_least == ABSENT ? INT64_MIN : at_least * unit,
        .at_most = at_most == ABSENT ? INT64_MAX : at_most * unit,
    };
}

static struct measure_bound bound_as_written(const struct bound_settings *bound)
{
    return bound_of(bound->at_least, bound->at_most, bound->exactly, 1);
}

static int64_t enough(int64_t healthy, int64_t serving, int64_t running)
{
    return healthy != ABSENT ? healthy : serving != ABSENT ? serving : running;
}

struct measure_bound measure_bound(const struct expect_settings *settings, const struct measure *measure)
{
    const struct tasks_on_settings *on = settings->tasks_on;
    const struct availability_settings *available = settings->availability;
    const struct recovered_settings *recovered = settings->recovered;
    switch (measure->kind) {
    case MEASURE_STATE:
        return (struct measure_bound){MILLION, INT64_MAX};
    case MEASURE_AVAILABILITY:
        return bound_of(enough(available->healthy, available->serving, available->running), ABSENT, ABSENT,
                        MILLION);
    case MEASURE_RECOVERY:
        return bound_of(enough(recovered->healthy, recovered->serving, recovered->running), ABSENT, ABSENT,
                        MILLION);
    case MEASURE_DELAYS:
        return (struct measure_bound){INT64_MIN, INT64_MAX};
    default:
        break;
    }
    if (on)
        return bound_of(on->at_least, on->at_most, on->exactly, MILLION);
    if (settings->tasks_per_zone)
        return bound_as_written(&settings->tasks_per_zone->skew);
    return bound_as_written(setting_of(settings, measure));
}

void measure_delays(const struct expect_settings *settings, struct delay_bound bounds[DELAY_BOUNDS])
{
    const struct quantile_settings *quantiles =
        settings->waiting ? settings->waiting : settings->time_to_healthy;
    const struct delay_bound all[DELAY_BOUNDS] = {
        {"p50", 0.5, &quantiles->p50},  {"p90", 0.9, &quantiles->p90},         {"p95", 0.95, &quantiles->p95},
        {"p99", 0.99, &quantiles->p99}, {"longest", 1.0, &quantiles->longest},
    };
    memcpy(bounds, all, sizeof all);
}
