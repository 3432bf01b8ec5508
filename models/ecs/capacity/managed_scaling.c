#include "models/ecs/capacity/managed_scaling.h"
#include "sim/engine/check.h"

enum { ONE_PERCENT = 1000000 };

const char *const need_rule_names[NEED_RULES] = {
    [NEED_OCCUPIED] = "hosts with tasks",
    [NEED_CPU] = "CPU",
    [NEED_MEMORY] = "memory",
    [NEED_GPUS] = "GPUs",
    [NEED_INTERFACES] = "network interfaces",
    [NEED_HOSTS] = "one host a task",
    [NEED_ROOM] = "room on present hosts",
    [NEED_LEFT_OUT] = "no task fits the smallest type",
    [NEED_MINIMUM_STEP] = "minimumScalingStepSize",
    [NEED_MAXIMUM_STEP] = "maximumScalingStepSize",
};

/* Of a number that is not negative. */
static int64_t divide_up(int64_t number, int64_t by)
{
    return (number + by - 1) / by;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t between(int64_t number, int64_t least, int64_t most)
{
    return number < least ? least : number > most ? most : number;
}

int64_t room_fits(const struct room *host, const struct room *task)
{
    int64_t fits = INT64_MAX;
    for (int i = 0; i < ROOM_RESOURCES; i++) {
        int64_t of_this = task->of[i] ? larger(host->of[i], 0) / task->of[i] : INT64_MAX;
        fits = of_this < fits ? of_this : fits;
    }
    return fits;
}

/* --- M ---------------------------------------------------------------------------------------- */

struct extremes {
    struct room smallest, largest;
};

static struct extremes extremes_of(const struct room *types, size_t count)
{
    struct extremes found = {types[0], types[0]};
    for (size_t i = 1; i < count; i++)
        for (int k = 0; k < ROOM_RESOURCES; k++) {
            if (types[i].of[k] < found.smallest.of[k])
                found.smallest.of[k] = types[i].of[k];
            found.largest.of[k] = larger(found.largest.of[k], types[i].of[k]);
        }
    return found;
}

struct bound {
    int64_t hosts;
    enum need_rule rule;
};

static void raise(struct bound *bound, int64_t hosts, enum need_rule rule)
{
    if (hosts > bound->hosts)
        *bound = (struct bound){hosts, rule};
}

/* What the smallest type holds, the largest has some of. */
static void raise_by(struct bound *bound, const struct demand *demand, const struct room *largest)
{
    int64_t tasks = demand->tasks - demand->tasks_with_room;
    for (int i = 0; i < ROOM_RESOURCES; i++)
        if (demand->task.of[i])
            raise(bound, divide_up(tasks * demand->task.of[i], largest->of[i]), NEED_CPU + i);
    if (demand->alone)
        raise(bound, demand->tasks, NEED_HOSTS);
}

static struct bound bound_of(const struct managed_scaling_view *view)
{
    struct extremes types = extremes_of(view->types, view->type_count);
    struct bound bound = {0, NEED_LEFT_OUT};
    for (size_t i = 0; i < view->demand_count; i++) {
        const struct demand *demand = &view->demands[i];
        if (!room_fits(&types.smallest, &demand->task))
            continue;
        if (bound.rule == NEED_LEFT_OUT)
            bound.rule = NEED_ROOM;
        raise_by(&bound, demand, &types.largest);
    }
    return bound;
}

static void hold_to_steps(struct bound *bound, const struct managed_scaling_view *view)
{
    if (!bound->hosts)
        return;
    if (bound->hosts < view->minimum_step)
        *bound = (struct bound){view->minimum_step, NEED_MINIMUM_STEP};
    if (bound->hosts > view->maximum_step)
        *bound = (struct bound){view->maximum_step, NEED_MAXIMUM_STEP};
}

static int64_t reservation_of(int64_t needed, int64_t running)
{
    if (!running)
        return (needed ? 200 : 100) * ONE_PERCENT;
    return (int64_t)((__int128)needed * 100 * ONE_PERCENT / running);
}

static struct need need_of_waiting(const struct managed_scaling_view *view)
{
    struct bound bound = bound_of(view);
    hold_to_steps(&bound, view);
    int64_t needed = view->running + bound.hosts;
    if (bound.rule == NEED_LEFT_OUT)
        return (struct need){needed, view->target * ONE_PERCENT, bound.rule};
    return (struct need){needed, reservation_of(needed, view->running), bound.rule};
}

struct need managed_scaling_need(const struct managed_scaling_view *view)
{
    CHECK(view->type_count > 0);
    if (view->demand_count)
        return need_of_waiting(view);
    return (struct need){view->occupied, reservation_of(view->occupied, view->running), NEED_OCCUPIED};
}

/* --- the desired capacity --------------------------------------------------------------------- */

bool reservation_is_below(int64_t reservation, int64_t target)
{
    return reservation < target * ONE_PERCENT;
}

bool reservation_is_above(int64_t reservation, int64_t target)
{
    return reservation > target * ONE_PERCENT;
}

static int64_t proportional(int64_t capacity, const struct managed_scaling_question *question)
{
    __int128 by = (__int128)question->target * ONE_PERCENT;
    return (int64_t)(((__int128)capacity * question->reservation + by - 1) / by);
}

static int64_t scaled_out(const struct managed_scaling_question *question)
{
    int64_t wanted = proportional(larger(question->capacity, 1), question);
    if (question->warming || wanted <= question->capacity)
        return question->capacity;
    return question->capacity +
           between(wanted - question->capacity, question->minimum_step, question->maximum_step);
}

static int64_t scaled_in(const struct managed_scaling_question *question)
{
    int64_t most_out = larger(question->capacity / 2, 1);
    return larger(larger(proportional(question->capacity, question), question->capacity - most_out), 0);
}

int64_t managed_scaling_desired(const struct managed_scaling_question *question)
{
    if (reservation_is_above(question->reservation, question->target))
        return scaled_out(question);
    if (question->minutes_below >= MINUTES_TO_SCALE_IN)
        return scaled_in(question);
    return question->capacity;
}
