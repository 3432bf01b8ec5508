#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/events.h"
#include "models/ecs/scaling/forecaster.h"
#include "models/ecs/scaling/scaling_decision.h"
#include <string.h>

/* --- beginning --------------------------------------------------------------------------------- */

static const struct scalable_target_settings *target_of(const struct world *world,
                                                        const struct service *service)
{
    EACH(struct scalable_target_settings, each, world->settings->scalable_targets)
        if (!strcmp(each->service, service->name))
            return each;
    return NULL;
}

static bool is_of(const struct scaling_policy_settings *settings, const struct scalable *scalable)
{
    const char *name = scalable->is_group ? settings->auto_scaling_group : settings->service;
    return settings->policy.variant && name && !strcmp(name, scalable->name);
}

static void repeat_later(struct world *world, size_t index)
{
    struct alarm_repeat *repeat = &world->scaling->repeats[index];
    if (repeat->alarm->state == ALARM_ALARM && !repeat->event)
        repeat->event = run_schedule(world->run, world->run->now + SIMTIME_MINUTE, PHASE_CONTROL,
                                     EVENT_SCALING_ALARM_REPEATS, index, 0);
}

static void find_drivers(struct world *world, struct scaling_policy *policy)
{
    for (struct alarm *each = world->first_alarm; each; each = each->next)
        policy->driver_count += alarm_drives(each, policy->settings->name);
    policy->drivers = arena_array(world->arena, policy->driver_count, sizeof *policy->drivers);
    size_t count = 0;
    for (struct alarm *each = world->first_alarm; each; each = each->next)
        if (alarm_drives(each, policy->settings->name))
            policy->drivers[count++] = each;
}

static void expect_hour(struct world *world, const struct scaling_controller *controller,
                        const struct scaling_policy *policy)
{
    run_schedule(world->run, forecaster_next(world, policy->forecaster), PHASE_CONTROL,
                 EVENT_SCALING_HOUR_BEGINS, (uint64_t)(controller - world->scaling->controllers),
                 (uint64_t)(policy - controller->policies));
}

static void begin_forecasts(struct world *world, const struct scaling_controller *controller,
                            struct scaling_policy *policy)
{
    policy->forecaster = forecaster_new(world, policy->settings, &controller->scalable, policy->metric);
    if (policy->metric)
        expect_hour(world, controller, policy);
}

static void add_policy(struct world *world, struct scaling_controller *controller,
                       const struct scaling_policy_settings *settings)
{
    struct scaling_policy *policy = &controller->policies[controller->count++];
    *policy = (struct scaling_policy){
        .settings = settings, .last_out_at = SIMTIME_NEVER, .last_in_at = SIMTIME_NEVER};
    find_drivers(world, policy);
    if (settings->followed.name != METRIC_COUNT)
        policy->metric = metric_watch_named(world, &settings->followed, SCALING_POINTS);
    if (settings->policy.variant == &scaling_predictive)
        begin_forecasts(world, controller, policy);
    if (settings->policy.variant != &scaling_target_tracking)
        return;
    policy->high = alarm_behind(world, controller->scalable.resource_id, settings->name, "High");
    policy->low = alarm_behind(world, controller->scalable.resource_id, settings->name, "Low");
}

static size_t count_policies(const struct world *world, const struct scalable *scalable)
{
    size_t count = 0;
    EACH(struct scaling_policy_settings, each, world->settings->scaling_policies)
        count += is_of(each, scalable);
    return count;
}

static void add_controller(struct world *world, struct scalable scalable)
{
    struct scaling *scaling = world->scaling;
    struct scaling_controller *controller = &scaling->controllers[scaling->count++];
    *controller = (struct scaling_controller){
        .scalable = scalable,
        .policies = arena_array(world->arena, count_policies(world, &scalable), sizeof *controller->policies),
        .out_at = SIMTIME_NEVER,
    };
    EACH(struct scaling_policy_settings, each, world->settings->scaling_policies) {
        if (is_of(each, &scalable))
            add_policy(world, controller, each);
    }
}

static bool is_driven_by(const struct scaling_policy *policy, const struct alarm *alarm)
{
    for (size_t i = 0; i < policy->driver_count; i++)
        if (policy->drivers[i] == alarm)
            return true;
    return false;
}

static bool drives_any(const struct world *world, const struct alarm *alarm)
{
    for (size_t i = 0; i < world->scaling->count; i++)
        for (size_t j = 0; j < world->scaling->controllers[i].count; j++)
            if (is_driven_by(&world->scaling->controllers[i].policies[j], alarm))
                return true;
    return false;
}

/* Of the alarms that nobody evaluates, those that drive a policy. */
static void begin_repeats(struct world *world)
{
    struct scaling *scaling = world->scaling;
    scaling->repeats = arena_array(world->arena, world->settings->alarms.count, sizeof *scaling->repeats);
    for (struct alarm *each = world->first_alarm; each; each = each->next)
        if (each->settings && !each->metric && drives_any(world, each))
            scaling->repeats[scaling->repeat_count++] = (struct alarm_repeat){each, 0};
    for (size_t i = 0; i < scaling->repeat_count; i++)
        repeat_later(world, i);
}

void scaling_begin(struct world *world)
{
    struct scaling *scaling = world->scaling = arena_alloc(world->arena, sizeof *scaling);
    scaling->controllers =
        arena_array(world->arena, world->service_count + world->group_count, sizeof *scaling->controllers);
    scaling->answers =
        arena_array(world->arena, world->settings->scaling_policies.count, sizeof *scaling->answers);
    for (uint32_t i = 0; i < world->service_count; i++) {
        const struct scalable_target_settings *target = target_of(world, &world->services[i]);
        if (target)
            add_controller(world, scalable_of_service(world, &world->services[i], target));
    }
    for (uint32_t i = 0; i < world->group_count; i++)
        add_controller(world, scalable_of_group(world, &world->groups[i]));
    begin_repeats(world);
}

struct scalable *scalable_named(struct world *world, bool is_group, const char *name)
{
    for (size_t i = 0; i < world->scaling->count; i++) {
        struct scalable *scalable = &world->scaling->controllers[i].scalable;
        if (scalable->is_group == is_group && !strcmp(scalable->name, name))
            return scalable;
    }
    CHECK(!"the reader has seen to it");
    return NULL;
}

/* --- who is asked ------------------------------------------------------------------------------ */

static bool is_seen(const struct metric *metric, enum metric_visibility visibility)
{
    return metric && metric_definitions[metric->name].visibility == visibility;
}

/* Of the alarms that have just been evaluated, the first in ALARM. */
static const struct alarm *evaluated_driver(const struct scaling_policy *policy,
                                            enum metric_visibility visibility)
{
    for (size_t i = 0; i < policy->driver_count; i++)
        if (policy->drivers[i]->state == ALARM_ALARM && is_seen(policy->drivers[i]->metric, visibility))
            return policy->drivers[i];
    return NULL;
}

static void ask_if(struct world *world, struct scaling_controller *controller, bool concerned)
{
    if (concerned && controller->scalable.verbs->exists(world, &controller->scalable))
        scaling_decide(world, controller);
    for (size_t i = 0; i < controller->count; i++)
        controller->policies[i].fired_by = NULL;
}

void scaling_react(struct world *world, enum metric_visibility visibility)
{
    for (size_t i = 0; i < world->scaling->count; i++) {
        struct scaling_controller *controller = &world->scaling->controllers[i];
        bool concerned = false;
        for (size_t j = 0; j < controller->count; j++) {
            struct scaling_policy *policy = &controller->policies[j];
            bool sees = is_seen(policy->metric, visibility);
            policy->fired_by = evaluated_driver(policy, visibility);
            if (policy->forecaster && sees)
                forecaster_sees(world, policy->forecaster);
            concerned |= policy->fired_by || sees;
        }
        ask_if(world, controller, concerned);
    }
}

static void ask_driven_by(struct world *world, const struct alarm *alarm)
{
    for (size_t i = 0; i < world->scaling->count; i++) {
        struct scaling_controller *controller = &world->scaling->controllers[i];
        bool concerned = false;
        for (size_t j = 0; j < controller->count; j++)
            if (is_driven_by(&controller->policies[j], alarm)) {
                controller->policies[j].fired_by = alarm;
                concerned = true;
            }
        ask_if(world, controller, concerned);
    }
}

void scaling_alarm_set(struct world *world, const struct alarm *alarm)
{
    if (alarm->state != ALARM_ALARM)
        return;
    ask_driven_by(world, alarm);
    for (size_t i = 0; i < world->scaling->repeat_count; i++)
        if (world->scaling->repeats[i].alarm == alarm)
            repeat_later(world, i);
}

void scaling_alarm_repeats(void *context, uint64_t index, uint64_t unused)
{
    struct world *world = context;
    struct alarm_repeat *repeat = &world->scaling->repeats[index];
    (void)unused;
    repeat->event = 0;
    if (repeat->alarm->state == ALARM_ALARM)
        ask_driven_by(world, repeat->alarm);
    repeat_later(world, index);
}

/* --- told by forecasts ------------------------------------------------------------------------- */

/* What a forecast has raised stays so until somebody lowers it. [EAS:predictive-scaling] */
static void raise_maximum(struct world *world, struct scalable *scalable,
                          const struct scaling_policy_settings *settings, int64_t forecast)
{
    int64_t least, most;
    scalable->verbs->limits(world, scalable, &least, &most);
    int64_t raised = predictive_most(settings->predictive, forecast, most);
    if (raised > most)
        scalable->verbs->set_limits(world, scalable, least, raised);
}

void scaling_hour_begins(void *context, uint64_t controller_index, uint64_t policy_index)
{
    struct world *world = context;
    struct scaling_controller *controller = &world->scaling->controllers[controller_index];
    struct scaling_policy *policy = &controller->policies[policy_index];
    forecaster_refresh(world, policy->forecaster);
    int64_t forecast = forecaster_capacity(world, policy->forecaster);
    if (forecast != ABSENT)
        raise_maximum(world, &controller->scalable, policy->settings, forecast);
    ask_if(world, controller, forecast != ABSENT);
    expect_hour(world, controller, policy);
}
