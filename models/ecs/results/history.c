#include "models/ecs/results/history.h"
#include "models/ecs/results/expect.h"
#include <string.h>

enum { FIRST_UPDATE = 2 }; /* ecs-svc/1 creates the service */

static bool is_mark_of(const struct past_mark *mark, const struct service *service, const char *kind)
{
    return mark->service && !strcmp(mark->service, service->name) && !strcmp(mark->kind, kind);
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
static void find_outcome(const struct service *service, struct past_deployment *past,
                         const struct past_mark *mark, const struct past_mark *end)
{
    bool superseded = false;
    while (++mark < end && !superseded) {
        superseded = is_mark_of(mark, service, "change");
        if (is_mark_of(mark, service, "event") && ends(past, mark))
            return;
    }
    past->outcome = unfinished_outcome(service, superseded);
}

struct past_deployment history_next_deployment(const struct world *world, const struct service *service,
                                               const struct past_deployment *after)
{
    size_t count;
    const struct past_mark *marks = expect_marks(world, &count);
    for (size_t i = after ? after->mark + 1 : 0; i < count; i++) {
        if (!is_mark_of(&marks[i], service, "change"))
            continue;
        struct past_deployment past = {
            .number = after ? after->number + 1 : FIRST_UPDATE,
            .definition = marks[i].label,
            .started_at = marks[i].at,
            .duration = SIMTIME_NEVER,
            .mark = i,
        };
        find_outcome(service, &past, &marks[i], marks + count);
        return past;
    }
    return (struct past_deployment){.duration = SIMTIME_NEVER};
}

struct past_deployment history_last_deployment(const struct world *world, const struct service *service)
{
    struct past_deployment past = history_next_deployment(world, service, NULL);
    while (past.number && past.number < service->deployments_created)
        past = history_next_deployment(world, service, &past);
    return past;
}
