#include "models/ecs/history.h"
#include "models/ecs/expect.h"
#include "models/ecs/rows.h"
#include <string.h>

enum { FIRST_UPDATE = 2 }; /* ecs-svc/1 creates the service */

static bool is_mark_of(const struct past_mark *mark, const struct service *service, const char *kind)
{
    return mark->service && !strcmp(mark->service, service->name) && !strcmp(mark->kind, kind);
}

/* NULL: it ends no deployment. */
static const char *outcome_of(const struct past_mark *mark, const struct service *service)
{
    if (is_mark_of(mark, service, "event") && !strcmp(mark->label, MARK_COMPLETED))
        return "COMPLETED";
    if (is_mark_of(mark, service, "failure") && !strcmp(mark->label, MARK_FAILED))
        return "FAILED";
    return NULL;
}

static const char *unfinished_outcome(const struct service *service, bool superseded)
{
    return superseded ? "SUPERSEDED" : service->stuck == STUCK_NOT ? "IN_PROGRESS" : "STUCK";
}

/* What follows its own mark: its completion, the next deployment, or the end of the run. */
static void find_outcome(const struct service *service, struct past_deployment *past,
                         const struct past_mark *mark, const struct past_mark *end)
{
    bool superseded = false;
    while (++mark < end && !superseded) {
        superseded = is_mark_of(mark, service, "change");
        past->outcome = outcome_of(mark, service);
        if (past->outcome) {
            past->duration = mark->at - past->started_at;
            return;
        }
    }
    past->outcome = unfinished_outcome(service, superseded);
}

struct past_deployment history_next_deployment(const struct world *world, const struct service *service,
                                               int64_t after)
{
    size_t count;
    const struct past_mark *marks = expect_marks(world, &count);
    int64_t number = FIRST_UPDATE - 1;
    for (const struct past_mark *mark = marks; mark < marks + count; mark++) {
        if (!is_mark_of(mark, service, "change") || ++number <= after)
            continue;
        struct past_deployment past = {number, mark->label, mark->at, SIMTIME_NEVER, NULL};
        find_outcome(service, &past, mark, marks + count);
        return past;
    }
    return (struct past_deployment){.duration = SIMTIME_NEVER};
}

struct past_deployment history_last_deployment(const struct world *world, const struct service *service)
{
    return history_next_deployment(world, service, service->deployments_created - 1);
}
