#include "models/ecs/scaling/scheduled_action.h"
#include "models/ecs/events.h"
#include "models/ecs/scaling/scaling_activity.h"
#include "models/ecs/scaling/scaling_controller.h"
#include "models/scaling/schedule.h"

static const struct list *actions_of(const struct world *world, bool of_group)
{
    return of_group ? &world->settings->scheduled_update_group_actions : &world->settings->scheduled_actions;
}

/* --- when -------------------------------------------------------------------------------------- */

static void schedule_from(struct world *world, uint64_t index, bool of_group, simtime from)
{
    const struct scheduled_action_settings *action =
        LIST_AT(struct scheduled_action_settings, *actions_of(world, of_group), index);
    const struct run_settings *run = &world->settings->run;
    int64_t due = scheduled_action_next(action, run->start_time_us, run->start_time_us + from);
    if (due != SCHEDULE_NEVER && due - run->start_time_us <= run->duration)
        run_schedule(world->run, due - run->start_time_us, PHASE_CONTROL, EVENT_SCHEDULED_ACTION, index,
                     of_group);
}

void scheduled_actions_begin(struct world *world)
{
    for (size_t i = 0; i < actions_of(world, false)->count; i++)
        schedule_from(world, i, false, 0);
    for (size_t i = 0; i < actions_of(world, true)->count; i++)
        schedule_from(world, i, true, 0);
}

/* --- what -------------------------------------------------------------------------------------- */

struct sizes {
    int64_t least, most, desired;
};

static struct sizes sizes_of(const struct world *world, const struct scalable *scalable)
{
    struct sizes sizes = {.desired = scalable->verbs->desired(world, scalable)};
    scalable->verbs->limits(world, scalable, &sizes.least, &sizes.most);
    return sizes;
}

static struct sizes sizes_after(const struct scheduled_action_settings *action, struct sizes sizes)
{
    sizes.least = given_or(action->min_capacity, sizes.least);
    sizes.most = given_or(action->max_capacity, sizes.most);
    sizes.desired = given_or(action->desired_capacity, sizes.desired);
    if (sizes.desired < sizes.least)
        sizes.desired = sizes.least;
    else if (sizes.desired > sizes.most)
        sizes.desired = sizes.most;
    return sizes;
}

static void add_cause(struct text *cause, const struct scalable *scalable, struct sizes sizes)
{
    if (scalable->is_group) {
        text_add(cause, "a scheduled action update of AutoScalingGroup constraints to min: ");
        text_add_integer(cause, sizes.least);
        text_add(cause, ", max: ");
        text_add_integer(cause, sizes.most);
        text_add(cause, ", desired: ");
        text_add_integer(cause, sizes.desired);
        return;
    }
    bool raised = sizes.desired == sizes.least;
    text_add(cause, raised ? "minimum capacity was set to " : "maximum capacity was set to ");
    text_add_integer(cause, raised ? sizes.least : sizes.most);
}

static void scale(struct world *world, struct scalable *scalable, int64_t from, struct sizes sizes)
{
    struct text cause = {0};
    add_cause(&cause, scalable, sizes);
    struct scaling_activity activity = {
        .scalable = scalable, .cause = cause.bytes, .from = from, .to = sizes.desired};
    scaling_carry_out(world, scalable, &activity, cause.bytes);
    text_free(&cause);
}

static void play(struct world *world, struct scalable *scalable,
                 const struct scheduled_action_settings *action)
{
    struct sizes before = sizes_of(world, scalable), after = sizes_after(action, before);
    if (after.least > after.most) {
        row_scaling_activity(world, &(struct scaling_activity){
                                        .scalable = scalable,
                                        .cause = "the minimum would be above the maximum",
                                        .from = before.desired,
                                        .failed = true,
                                    });
        return;
    }
    scalable->verbs->set_limits(world, scalable, after.least, after.most);
    if (after.desired != before.desired && scalable->verbs->exists(world, scalable))
        scale(world, scalable, before.desired, after);
}

void scheduled_action_is_due(void *context, uint64_t index, uint64_t of_group)
{
    struct world *world = context;
    const struct scheduled_action_settings *action =
        LIST_AT(struct scheduled_action_settings, *actions_of(world, of_group), index);
    struct scalable *scalable =
        scalable_named(world, of_group, of_group ? action->auto_scaling_group : action->service);
    if (!scalable->verbs->scheduled_suspended(world, scalable))
        play(world, scalable, action);
    schedule_from(world, index, of_group, world->run->now + 1);
}
