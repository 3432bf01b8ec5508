#include "models/ecs/capacity/cluster_auto_scaling.h"
#include "models/ecs/capacity/demands.h"
#include "models/ecs/capacity/managed_protection.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/metric/samplers.h"
#include "models/ecs/results/rows.h"

/* Of one capacity provider. */
struct cluster_auto_scaling {
    struct metric *reservation;
    struct alarm *high, *low;       /* of the target tracking policy that ECS gives the group */
    const struct launch_plan *plan; /* what its group launches, as the next was listed */
    struct room *types;             /* an empty host of each of its types */
    int64_t minutes_below;          /* of the target, in a row, as they became visible */
    struct last_row last_row;
};

/* --- the point of a minute -------------------------------------------------------------------- */

static void tell(struct world *world, struct capacity_provider *provider, const struct demands *demands,
                 const struct need *need)
{
    int64_t values[] = {
        group_in_service(provider->group),
        provider->waiting.count,
        demands_with_room(demands),
        need->hosts,
        need->rule,
        need->reservation,
        provider->group->desired,
        provider->cas->minutes_below,
    };
    if (!row_is_due(&provider->cas->last_row, world->run->now, values, sizeof values / sizeof *values, false))
        return;
    char reservation[DECIMAL_TEXT_SIZE];
    decimal_format(reservation, need->reservation, 6);
    run_row(world->run, SERIES_MANAGED_SCALING,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(provider->name),
                value_text(provider->group->name),
                value_integer(values[0]),
                value_integer(values[1]),
                value_integer(values[2]),
                value_integer(values[3]),
                value_text(need_rule_names[need->rule]),
                value_text(reservation),
                value_integer(values[6]),
                value_integer(values[7]),
            });
}

/* An instance refresh may change what the group launches. */
static void list_types(struct world *world, struct capacity_provider *provider)
{
    const struct auto_scaling_group *group = provider->group;
    struct cluster_auto_scaling *cas = provider->cas;
    const struct list *options = &group->purchasing.plan->options;
    if (cas->plan == group->purchasing.plan)
        return;
    cas->plan = group->purchasing.plan;
    cas->types = arena_array(world->arena, options->count, sizeof *cas->types);
    for (size_t i = 0; i < options->count; i++)
        cas->types[i] = room_of_type(world, LIST_AT(struct launch_option, *options, i)->type,
                                     &group->settings->simulation);
}

static struct managed_scaling_view view_of(const struct capacity_provider *provider,
                                           const struct demands *demands)
{
    return (struct managed_scaling_view){
        .running = group_in_service(provider->group),
        .occupied = provider->group->tally.occupied,
        .demands = demands->items,
        .demand_count = demands->count,
        .types = provider->cas->types,
        .type_count = provider->cas->plan->options.count,
        .target = provider->scaling->target_capacity,
        .minimum_step = provider->scaling->minimum_step,
        .maximum_step = provider->scaling->maximum_step,
    };
}

struct metric_point capacity_provider_reservation_point(struct world *world, uint32_t index)
{
    struct capacity_provider *provider = &world->providers[index];
    list_types(world, provider);
    struct demands demands = demands_of(world, provider);
    struct managed_scaling_view view = view_of(provider, &demands);
    struct need need = managed_scaling_need(&view);
    tell(world, provider, &demands, &need);
    demands_free(&demands);
    return (struct metric_point){need.reservation, need.reservation, need.reservation, 1};
}

/* --- the group follows ------------------------------------------------------------------------ */

/* Those of the steady world are old. */
static bool is_young(const struct world *world, const struct container_instance *host, simtime warmup,
                     simtime at)
{
    bool is_of_start = world->settings->start == START_STEADY && host->launched_at == 0;
    return at - host->launched_at < warmup && !is_of_start;
}

/* The last one is the youngest. Those of a warm pool are not yet in the group. */
static bool is_warming(const struct world *world, const struct capacity_provider *provider)
{
    const struct container_instance *host = provider->group->last;
    while (host && !lifecycle_counts(host->lifecycle))
        host = host->previous_in_group;
    return host && is_young(world, host, provider->scaling->warmup, world->run->now);
}

static int64_t within(int64_t desired, const struct auto_scaling_group *group)
{
    return desired < group->least ? group->least : desired > group->most ? group->most : desired;
}

static void set_desired(struct world *world, struct capacity_provider *provider, int64_t desired)
{
    struct auto_scaling_group *group = provider->group;
    bool out = desired > group->desired;
    run_decide(world->run, &(struct decision){DECISION_SCALE_GROUP, out, group->who, (uint64_t)desired});
    if (!out && provider->protects)
        managed_protection_leaves(world, group);
    group_set_desired(world, group, desired);
}

static void turn(struct world *world, struct alarm *alarm, bool breached, int64_t reservation)
{
    struct text reason = {0};
    text_add(&reason, "CapacityProviderReservation ");
    text_add_decimal(&reason, reservation, 6);
    alarm_turn(world, alarm, breached ? ALARM_ALARM : ALARM_OK, reason.bytes);
    text_free(&reason);
}

/* Out after one datapoint, in after fifteen. */
static void turn_alarms(struct world *world, const struct capacity_provider *provider, int64_t reservation)
{
    const struct cluster_auto_scaling *cas = provider->cas;
    turn(world, cas->high, reservation_is_above(reservation, provider->scaling->target_capacity),
         reservation);
    turn(world, cas->low, cas->minutes_below == MINUTES_TO_SCALE_IN, reservation);
}

static void react(struct world *world, struct capacity_provider *provider)
{
    int64_t reservation = metric_value(provider->cas->reservation, 0, STATISTIC_AVERAGE);
    const struct managed_scaling_settings *scaling = provider->scaling;
    bool below = reservation_is_below(reservation, scaling->target_capacity);
    int64_t *minutes = &provider->cas->minutes_below;
    *minutes = !below ? 0 : *minutes < MINUTES_TO_SCALE_IN ? *minutes + 1 : *minutes;
    turn_alarms(world, provider, reservation);
    int64_t desired = managed_scaling_desired(&(struct managed_scaling_question){
        .reservation = reservation,
        .target = scaling->target_capacity,
        .minimum_step = scaling->minimum_step,
        .maximum_step = scaling->maximum_step,
        .capacity = provider->group->desired,
        .minutes_below = *minutes,
        .warming = is_warming(world, provider),
    });
    desired = within(desired, provider->group);
    if (provider->protects)
        managed_protection_returns(world, provider->group);
    if (desired != provider->group->desired && !group_suspends(provider->group, PROCESS_ALARM_NOTIFICATION))
        set_desired(world, provider, desired);
}

void cluster_auto_scaling_reacts(struct world *world, enum metric_visibility visibility)
{
    for (uint32_t i = 0; visibility == METRIC_MANAGED_SCALING && i < world->provider_count; i++)
        if (world->providers[i].cas)
            react(world, &world->providers[i]);
}

static bool is_counting(const struct capacity_provider *provider)
{
    const struct cluster_auto_scaling *cas = provider->cas;
    int64_t reservation = metric_value(cas->reservation, 0, STATISTIC_AVERAGE);
    bool below = reservation_is_below(reservation, provider->scaling->target_capacity);
    return cas->minutes_below != (below ? MINUTES_TO_SCALE_IN : 0);
}

static simtime warm_at(const struct world *world, const struct capacity_provider *provider, simtime from)
{
    simtime next = SIMTIME_NEVER, warmup = provider->scaling->warmup;
    for (const struct container_instance *host = provider->group->first; host; host = host->next_in_group)
        if (is_young(world, host, warmup, from))
            next = simtime_earlier(next, simtime_after(host->launched_at, warmup));
    return next;
}

simtime cluster_auto_scaling_steady_until(const struct world *world, simtime from)
{
    simtime until = SIMTIME_NEVER;
    for (uint32_t i = 0; i < world->provider_count; i++) {
        const struct capacity_provider *provider = &world->providers[i];
        if (provider->cas)
            until = simtime_earlier(until, is_counting(provider) ? from : warm_at(world, provider, from));
    }
    return until;
}

/* --- the beginning ---------------------------------------------------------------------------- */

/* The policy behind which ECS makes the two alarms. [G cluster-auto-scaling] */
static void add_alarms(struct world *world, struct capacity_provider *provider)
{
    const char *group = arena_format(world->arena, "autoScalingGroupName/%s", provider->group->name);
    const char *policy = arena_format(world->arena, "ECSManagedAutoScalingPolicy-%s", provider->name);
    provider->cas->high = alarm_behind(world, group, policy, "High");
    provider->cas->low = alarm_behind(world, group, policy, "Low");
}

void cluster_auto_scaling_begin(struct world *world)
{
    for (uint32_t i = 0; i < world->provider_count; i++) {
        struct capacity_provider *provider = &world->providers[i];
        if (!provider->scaling)
            continue;
        provider->cas = arena_alloc(world->arena, sizeof *provider->cas);
        provider->cas->reservation = metric_watch(world, METRIC_CAPACITY_PROVIDER_RESERVATION, i, 1);
        add_alarms(world, provider);
    }
}
