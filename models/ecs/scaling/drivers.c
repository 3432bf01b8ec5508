#include "models/ecs/scaling/drivers.h"
#include <stdlib.h>

/* Policies of one name. */
struct namesake {
    struct driven_policy driven;
    const struct namesake *next;
};

static void enter(struct arena *arena, struct symbols *names, struct driven_policy driven)
{
    struct symbol *symbol = symbol_named(names, driven.policy->settings->name);
    struct namesake *namesake = arena_alloc(arena, sizeof *namesake);
    *namesake = (struct namesake){driven, symbol->pointer};
    symbol->pointer = namesake;
}

static struct symbols policies_by_name(struct world *world)
{
    struct symbols names = {.arena = world->arena};
    for (size_t i = 0; i < world->scaling->count; i++) {
        struct scaling_controller *controller = &world->scaling->controllers[i];
        for (size_t j = 0; j < controller->count; j++)
            enter(world->arena, &names, (struct driven_policy){controller, &controller->policies[j]});
    }
    return names;
}

/* An alarm with each policy that one of its actions names, as often as they do. */
typedef void visit_pair(struct alarm *, struct driven_policy);

static void visit_alarm(struct alarm *alarm, const struct symbols *names, visit_pair *visit)
{
    if (!alarm->settings || !alarm->settings->actions_enabled)
        return;
    EACH(struct alarm_action_settings, action, alarm->settings->alarm_actions) {
        const struct namesake *namesake = symbol_entered(names, action->name);
        for (; namesake; namesake = namesake->next)
            visit(alarm, namesake->driven);
    }
}

static void visit_all(struct world *world, const struct symbols *names, visit_pair *visit)
{
    for (struct alarm *alarm = world->first_alarm; alarm; alarm = alarm->next)
        visit_alarm(alarm, names, visit);
}

static void count(struct alarm *alarm, struct driven_policy driven)
{
    alarm->driven_count++;
    driven.policy->driver_count++;
}

/* Whoever is driven by an alarm has it last among its drivers, as long as this alarm's turn lasts. */
static void join(struct alarm *alarm, struct driven_policy driven)
{
    struct scaling_policy *policy = driven.policy;
    if (policy->driver_count && policy->drivers[policy->driver_count - 1] == alarm)
        return;
    policy->drivers[policy->driver_count++] = alarm;
    alarm->driven[alarm->driven_count++] = driven;
}

static void make_room_for_drivers(struct arena *arena, struct scaling_policy *policy)
{
    policy->drivers = arena_array(arena, policy->driver_count, sizeof *policy->drivers);
    policy->driver_count = 0;
}

static void make_room(struct world *world)
{
    for (struct alarm *alarm = world->first_alarm; alarm; alarm = alarm->next) {
        alarm->driven = arena_array(world->arena, alarm->driven_count, sizeof *alarm->driven);
        alarm->driven_count = 0;
    }
    for (size_t i = 0; i < world->scaling->count; i++)
        for (size_t j = 0; j < world->scaling->controllers[i].count; j++)
            make_room_for_drivers(world->arena, &world->scaling->controllers[i].policies[j]);
}

/* Controllers stand in one array, the policies of each in another. */
static int compare_driven(const void *a, const void *b)
{
    const struct driven_policy *one = a, *other = b;
    int by_controller = (one->controller > other->controller) - (one->controller < other->controller);
    return by_controller ? by_controller : (one->policy > other->policy) - (one->policy < other->policy);
}

void drivers_begin(struct world *world)
{
    struct symbols names = policies_by_name(world);
    visit_all(world, &names, count);
    make_room(world);
    visit_all(world, &names, join);
    for (struct alarm *alarm = world->first_alarm; alarm; alarm = alarm->next)
        if (alarm->driven_count > 1)
            qsort(alarm->driven, alarm->driven_count, sizeof *alarm->driven, compare_driven);
}
