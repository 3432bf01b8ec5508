#include "models/ecs/scaling/scaling_activity.h"
#include "models/ecs/events.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/role/role.h"

static void tally(struct scaling_tally *tally, const struct scaling_activity *activity)
{
    tally->failed += activity->failed;
    tally->out += !activity->failed && activity->to > activity->from;
    tally->in += !activity->failed && activity->to < activity->from;
}

void row_scaling_activity(struct world *world, const struct scaling_activity *activity)
{
    tally(&world->scaling_tally, activity);
    run_row(world->run, SERIES_SCALING_ACTIVITIES,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(activity->scalable->resource_id),
                value_text(activity->policy),
                value_text(activity->failed ? "Failed" : "Successful"),
                value_text(activity->cause),
                value_integer(activity->from),
                activity->failed ? value_empty() : value_integer(activity->to),
                activity->why ? value_text(scaling_why_names[activity->why]) : value_empty(),
            });
}

static bool is_not_scaled_reason(enum scaling_why why)
{
    return why >= WHY_ANTICIPATED_FLAPPING && why <= WHY_AT_DESIRED_CAPACITY;
}

/* A cooldown or a warm-up that comes between two of a kind makes the second no news. */
bool scaling_reason_is_news(enum scaling_why why, enum scaling_why *told)
{
    bool calm = why == WHY_OK || why == WHY_INSUFFICIENT_DATA;
    bool news = is_not_scaled_reason(why) && why != *told;
    if (calm || news)
        *told = calm ? WHY_OK : why;
    return news;
}

static bool is_denied(struct world *world, struct scalable *scalable, const struct scaling_activity *activity)
{
    bool news = !scalable->denied;
    scalable->denied = !role_allows(world, scalable->role);
    if (!scalable->denied || !news)
        return scalable->denied;
    struct scaling_activity denied = *activity;
    denied.failed = true;
    denied.cause = arena_format(
        world->arena, "%s. Failed to set desired count to %ld. %s", activity->cause, (long)activity->to,
        role_error(world, scalable->role, "application-autoscaling", "ecs:UpdateService"));
    row_scaling_activity(world, &denied);
    return true;
}

bool scaling_carry_out(struct world *world, struct scalable *scalable,
                       const struct scaling_activity *activity, const char *reason)
{
    if (is_denied(world, scalable, activity))
        return false;
    run_decide(world->run, &(struct decision){DECISION_SCALE, activity->to > activity->from, scalable->who,
                                              (uint64_t)activity->to});
    row_scaling_activity(world, activity);
    scalable->verbs->set(world, scalable, activity->to, reason);
    return true;
}
