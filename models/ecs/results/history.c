#include "models/ecs/results/history.h"
#include "models/ecs/results/expect.h"
#include <string.h>

enum { FIRST_UPDATE = 2 }; /* ecs-svc/1 creates the service */

/* --- while it is under way -------------------------------------------------------------------- */

enum { LEVEL_DESIRED, LEVEL_HEALTHY, LEVEL_TASKS, LEVEL_CPU, LEVEL_MEMORY, LEVELS };

struct deployment_levels {
    struct time_weighted over_time[LEVELS];
    struct holding before; /* what was held at the update */
    struct deployment_levels *next;
};

static int64_t level_now(const struct service *service, int level)
{
    const int64_t levels[LEVELS] = {[LEVEL_DESIRED] = service->desired_count,
                                    [LEVEL_HEALTHY] = service->counts.healthy,
                                    [LEVEL_TASKS] = service->held.tasks,
                                    [LEVEL_CPU] = service->held.cpu,
                                    [LEVEL_MEMORY] = service->held.memory_mib};
    return levels[level];
}

void history_deployment_begins(struct world *world, struct service *service)
{
    history_deployment_ends(world, service); /* the one that it takes the place of */
    struct deployment_levels *levels = arena_alloc(world->arena, sizeof *levels);
    *levels = (struct deployment_levels){.before = service->held};
    for (int i = 0; i < LEVELS; i++)
        time_weighted_start(&levels->over_time[i], world->run->now, level_now(service, i));
    *(service->last_levels ? &service->last_levels->next : &service->first_levels) = levels;
    service->last_levels = levels;
    service->deploys = true;
}

void history_deployment_ends(struct world *world, struct service *service)
{
    for (int i = 0; service->deploys && i < LEVELS; i++)
        time_weighted_close(&service->last_levels->over_time[i], world->run->now);
    service->deploys = false;
}

void history_settle(const struct world *world, struct service *service)
{
    for (int i = 0; service->deploys && i < LEVELS; i++)
        time_weighted_set(&service->last_levels->over_time[i], world->run->now, level_now(service, i));
}

/* --- when it is told -------------------------------------------------------------------------- */

static bool is_of_kind(const struct past_mark *mark, const char *kind)
{
    return !strcmp(mark->kind, kind);
}

static const char *unfinished_outcome(const struct service *service, bool superseded)
{
    return superseded ? "SUPERSEDED" : service->stuck == STUCK_NOT ? "IN_PROGRESS" : "STUCK";
}

/* The end of a rollback ends another one. */
static bool ends(struct past_deployment *past, const struct past_mark *mark)
{
    if (!strcmp(mark->label, "failed")) {
        past->outcome = "FAILED";
    } else if (!strcmp(mark->label, "completed")) {
        past->duration = mark->at - past->started_at;
        past->outcome = "COMPLETED";
    }
    return past->outcome;
}

/* What follows its own mark: its completion, its failure, the next deployment, or the end of the run. */
static void find_outcome(const struct world *world, const struct service *service,
                         struct past_deployment *past)
{
    bool superseded = false;
    size_t place = past->mark;
    while (!superseded && (place = expect_next_mark(world, service, place))) {
        const struct past_mark *mark = expect_mark_at(world, place);
        superseded = is_of_kind(mark, "change");
        if (is_of_kind(mark, "event") && ends(past, mark))
            return;
    }
    past->outcome = unfinished_outcome(service, superseded);
}

static struct time_weighted level_of(const struct world *world, const struct service *service,
                                     const struct deployment_levels *levels, int level)
{
    struct time_weighted over_time = levels->over_time[level];
    if (service->deploys && levels == service->last_levels)
        time_weighted_close(&over_time, world->run->now);
    return over_time;
}

static int64_t beyond(int64_t most, int64_t bound)
{
    return most > bound ? most - bound : 0;
}

static void find_levels(const struct world *world, const struct service *service,
                        struct past_deployment *past)
{
    const struct deployment_levels *levels = past->levels;
    past->most_desired = level_of(world, service, levels, LEVEL_DESIRED).greatest;
    past->least_healthy = level_of(world, service, levels, LEVEL_HEALTHY).least;
    past->most_tasks = level_of(world, service, levels, LEVEL_TASKS).greatest;
    past->extra_tasks = beyond(past->most_tasks, past->most_desired);
    past->extra_cpu = beyond(level_of(world, service, levels, LEVEL_CPU).greatest, levels->before.cpu);
    past->extra_memory_mib =
        beyond(level_of(world, service, levels, LEVEL_MEMORY).greatest, levels->before.memory_mib);
}

struct past_deployment history_next_deployment(const struct world *world, const struct service *service,
                                               const struct past_deployment *after)
{
    size_t place = after ? after->mark : 0;
    while ((place = expect_next_mark(world, service, place))) {
        const struct past_mark *mark = expect_mark_at(world, place);
        if (!is_of_kind(mark, "change"))
            continue;
        struct past_deployment past = {
            .number = after ? after->number + 1 : FIRST_UPDATE,
            .definition = mark->label,
            .started_at = mark->at,
            .duration = SIMTIME_NEVER,
            .mark = place,
            .levels = after ? after->levels->next : service->first_levels,
        };
        find_outcome(world, service, &past);
        find_levels(world, service, &past);
        return past;
    }
    return (struct past_deployment){
        .duration = SIMTIME_NEVER,
        .most_desired = ABSENT,
        .least_healthy = ABSENT,
        .most_tasks = ABSENT,
        .extra_tasks = ABSENT,
        .extra_cpu = ABSENT,
        .extra_memory_mib = ABSENT,
    };
}

struct past_deployment history_last_deployment(const struct world *world, const struct service *service)
{
    struct past_deployment past = history_next_deployment(world, service, NULL);
    while (past.number && past.number < service->deployments_created)
        past = history_next_deployment(world, service, &past);
    return past;
}
