#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/scaling/drivers.h"
#include "models/ecs/scaling/forecaster.h"
#include "models/ecs/scaling/scaling_decision.h"
#include "models/ecs/service/service.h"

/* --- beginning --------------------------------------------------------------------------------- */

static struct scaling_controller *controller_named(struct world *world, bool is_group, const char *name)
{
    return is_group ? world->scaling->of_groups[group_find(world, name)->index]
                    : world->scaling->of_services[service_named(world, name)->index];
}

/* NULL: the policy does nothing. */
static struct scaling_controller *controller_of(struct world *world,
                                                const struct scaling_policy_settings *settings)
{
    bool is_group = settings->auto_scaling_group;
    return settings->policy.variant
               ? controller_named(world, is_group,
                                  is_group ? settings->auto_scaling_group : settings->service)
               : NULL;
}

static void repeat_later(struct world *world, size_t index)
{
    struct alarm_repeat *repeat = &world->scaling->repeats[index];
    if (repeat->alarm->state == ALARM_ALARM && !repeat->event)
        repeat->event = run_schedule(world->run, world->run->now + SIMTIME_MINUTE, PHASE_CONTROL,
                                     EVENT_SCALING_ALARM_REPEATS, index, 0);
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

static void begin_policy(struct world *world, struct scaling_controller *controller,
                         struct scaling_policy *policy)
{
    const struct scaling_policy_settings *settings = policy->settings;
    if (settings->followed.name != METRIC_COUNT)
        policy->metric = metric_watch_named(world, &settings->followed, SCALING_POINTS);
    if (settings->policy.variant == &scaling_predictive)
        begin_forecasts(world, controller, policy);
    if (settings->policy.variant != &scaling_target_tracking)
        return;
    policy->high = alarm_behind(world, controller->scalable.resource_id, settings->name, "High");
    policy->low = alarm_behind(world, controller->scalable.resource_id, settings->name, "Low");
}

static struct scaling_controller *add_controller(struct world *world, struct scalable scalable)
{
    struct scaling *scaling = world->scaling;
    struct scaling_controller *controller = &scaling->controllers[scaling->count++];
    *controller = (struct scaling_controller){.scalable = scalable, .out_at = SIMTIME_NEVER};
    return controller;
}

static void add_controllers(struct world *world)
{
    struct scaling *scaling = world->scaling;
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        const struct scalable_target_settings *target =
            settings_named(world->settings, NAMED_SCALABLE_TARGET, service->name);
        if (target)
            scaling->of_services[i] = add_controller(world, scalable_of_service(world, service, target));
    }
    for (uint32_t i = 0; i < world->group_count; i++)
        scaling->of_groups[i] = add_controller(world, scalable_of_group(world, &world->groups[i]));
}

static void count_policies(struct world *world)
{
    EACH(struct scaling_policy_settings, each, world->settings->scaling_policies) {
        struct scaling_controller *controller = controller_of(world, each);
        if (controller)
            controller->count++;
    }
}

static void make_room_for_policies(struct world *world)
{
    for (size_t i = 0; i < world->scaling->count; i++) {
        struct scaling_controller *controller = &world->scaling->controllers[i];
        controller->policies = arena_array(world->arena, controller->count, sizeof *controller->policies);
        controller->count = 0;
    }
}

static void add_policies(struct world *world)
{
    count_policies(world);
    make_room_for_policies(world);
    EACH(struct scaling_policy_settings, each, world->settings->scaling_policies) {
        struct scaling_controller *controller = controller_of(world, each);
        if (controller)
            controller->policies[controller->count++] = (struct scaling_policy){
                .settings = each, .last_out_at = SIMTIME_NEVER, .last_in_at = SIMTIME_NEVER};
    }
}

/* Controller by controller, as the alarms behind them are told in this order. */
static void begin_policies(struct world *world)
{
    for (size_t i = 0; i < world->scaling->count; i++) {
        struct scaling_controller *controller = &world->scaling->controllers[i];
        for (size_t j = 0; j < controller->count; j++)
            begin_policy(world, controller, &controller->policies[j]);
    }
}

/* Of the alarms that nobody evaluates, those that drive a policy. */
static void begin_repeats(struct world *world)
{
    struct scaling *scaling = world->scaling;
    scaling->repeats = arena_array(world->arena, world->settings->alarms.count, sizeof *scaling->repeats);
    for (struct alarm *each = world->first_alarm; each; each = each->next)
        if (!each->metric && each->driven_count) {
            each->repeat = scaling->repeat_count;
            scaling->repeats[scaling->repeat_count++] = (struct alarm_repeat){each, 0};
        }
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
    scaling->of_services = arena_array(world->arena, world->service_count, sizeof *scaling->of_services);
    scaling->of_groups = arena_array(world->arena, world->group_count, sizeof *scaling->of_groups);
    add_controllers(world);
    add_policies(world);
    begin_policies(world);
    drivers_begin(world);
    begin_repeats(world);
}

struct scalable *scalable_named(struct world *world, bool is_group, const char *name)
{
    struct scaling_controller *controller = controller_named(world, is_group, name);
    CHECK(controller);
    return &controller->scalable;
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

static void ask(struct world *world, struct scaling_controller *controller)
{
    if (controller->scalable.verbs->exists(world, &controller->scalable))
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
        if (concerned)
            ask(world, controller);
    }
}

simtime scaling_steady_until(const struct world *world, simtime from)
{
    simtime until = SIMTIME_NEVER;
    for (size_t i = 0; i < world->scaling->count; i++)
        until = simtime_earlier(until,
                                scaling_decision_steady_until(world, &world->scaling->controllers[i], from));
    return until;
}

void scaling_remembers(struct world *world)
{
    for (size_t i = 0; i < world->scaling->count; i++) {
        struct scaling_controller *controller = &world->scaling->controllers[i];
        for (size_t j = 0; j < controller->count; j++)
            if (controller->policies[j].forecaster && controller->policies[j].metric)
                forecaster_sees(world, controller->policies[j].forecaster);
    }
}

static void ask_driven_by(struct world *world, const struct alarm *alarm)
{
    for (size_t i = 0; i < alarm->driven_count; i++) {
        struct scaling_controller *controller = alarm->driven[i].controller;
        alarm->driven[i].policy->fired_by = alarm;
        if (i + 1 == alarm->driven_count || alarm->driven[i + 1].controller != controller)
            ask(world, controller);
    }
}

void scaling_alarm_set(struct world *world, const struct alarm *alarm)
{
    if (alarm->state != ALARM_ALARM)
        return;
    ask_driven_by(world, alarm);
    if (!alarm->metric && alarm->driven_count)
        repeat_later(world, alarm->repeat);
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
    if (forecast != ABSENT)
        ask(world, controller);
    expect_hour(world, controller, policy);
}
