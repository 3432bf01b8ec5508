#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/events.h"
#include "models/ecs/group/capacity_rebalancing.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/group/scale_in.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/group/warm_pool.h"
#include "models/ecs/group/zonal_shift.h"
#include "models/ecs/instance/container_instance.h"
#include <string.h>

/* --- launching -------------------------------------------------------------------------------- */

void group_look_at_zones(const struct world *world, struct auto_scaling_group *group)
{
    for (uint32_t i = 0; i < world->zone_count; i++)
        group->views[i] = (struct zone_view){
            .used = group->zones[i].used,
            .refuses = zone_is_shifted(group, &world->zones[i]) ||
                       group_zone_refuses(world, group, &world->zones[i]),
            .hosts = group->zones[i].tally.hosts,
        };
}

static void retry(struct world *world, struct auto_scaling_group *group, simtime at)
{
    if (group->retry_event && group->retry_at <= at)
        return;
    run_cancel(world->run, &group->retry_event);
    group->retry_at = at;
    group->retry_event = run_schedule(world->run, at, PHASE_CONTROL, EVENT_GROUP_ACTS, group->index, 1);
}

/* The zone that gets the launch, and what is launched there; NULL: nobody has anything for it. */
static struct zone *find_offer(struct world *world, struct auto_scaling_group *group,
                               struct purchase *purchase)
{
    enum capacity_distribution distribution =
        (enum capacity_distribution)group->settings->behaviour.zone_distribution.capacity_distribution;
    group_look_at_zones(world, group);
    instance_refresh_looks_ahead(world, group);
    int zone = zone_for_launch(group->views, (int)world->zone_count, distribution);
    if (zone == NO_ZONE)
        return NULL;
    *purchase = group_purchase(world, group, &world->zones[zone]);
    return &world->zones[zone];
}

/* The steady world before t = 0 was launched long ago. */
bool ec2_lets_launch(struct world *world)
{
    return world->starting || token_bucket_take(&world->ec2_launches, world->run->now);
}

/* `zone` is NULL where there is no offer. */
static bool accept(struct world *world, struct auto_scaling_group *group, struct zone *zone,
                   const struct purchase *purchase)
{
    simtime now = world->run->now;
    if (!zone) {
        retry(world, group, now + world->settings->timing.group_retry);
        return false;
    }
    if (!ec2_lets_launch(world)) {
        retry(world, group, token_bucket_ready_at(&world->ec2_launches, now, 1));
        return false;
    }
    struct container_instance *instance = instance_launch(world, group, zone, purchase, NULL);
    run_decide(world->run, &(struct decision){DECISION_LAUNCH_INSTANCE, 0, group->who, instance->ref});
    return true;
}

static bool launch_one(struct world *world, struct auto_scaling_group *group)
{
    struct purchase purchase;
    struct zone *zone = find_offer(world, group, &purchase);
    return warm_pool_take(world, group, zone) || accept(world, group, zone, &purchase);
}

static void launch_missing(struct world *world, struct auto_scaling_group *group)
{
    if (group_suspends(group, PROCESS_LAUNCH) && !world->starting)
        return;
    while (group->tally.capacity < group->desired + group_ahead(group))
        if (!launch_one(world, group))
            return;
}

/* --- scaling in ------------------------------------------------------------------------------- */

static int64_t surplus(const struct auto_scaling_group *group)
{
    return group->tally.capacity - group->desired - group->rebalancing.ahead - group_ahead(group);
}

static void scale_in(struct world *world, struct auto_scaling_group *group, const char *reason)
{
    if (surplus(group) <= 0 || group_suspends(group, PROCESS_TERMINATE))
        return;
    struct scale_in *pass = scale_in_begin(world, group);
    struct container_instance *victim;
    while (surplus(group) > 0 && (victim = scale_in_choice(pass, surplus(group)))) {
        run_decide(world->run, &(struct decision){DECISION_TERMINATE_INSTANCE, 0, group->who, victim->ref});
        group_terminate(world, victim, reason);
    }
    scale_in_end(pass);
}

/* --- rebalancing ------------------------------------------------------------------------------ */

static bool everybody_is_in_service(const struct auto_scaling_group *group)
{
    return group->tally.in_service == group->tally.hosts;
}

/* What it has launched ahead is in service, so as many may go. */
static bool comes_to_terminations(struct auto_scaling_group *group)
{
    if (!group->rebalancing.ahead || !everybody_is_in_service(group))
        return false;
    group->rebalancing.ahead = 0;
    return true;
}

static bool is_at_rest(const struct auto_scaling_group *group)
{
    int64_t surplus = group->tally.capacity - group->desired;
    return !group->rebalancing.ahead && !refresh_is_active(&group->maintenance.refresh) &&
           !group_ahead(group) && surplus >= 0 && surplus < group_largest_weight(group) &&
           everybody_is_in_service(group);
}

/* By the views as they are: whoever asks for them has seen who refuses. */
static int64_t count_moves(const struct world *world, struct auto_scaling_group *group, int64_t most)
{
    for (uint32_t i = 0; i < world->zone_count; i++)
        group->views[i].candidates = group->zones[i].tally.unprotected;
    return zone_moves(group->views, (int)world->zone_count, most);
}

/* It was as it is now when the last round began: there are instances that the termination policies would not
 * give up, or offers that do not fit. */
static bool has_been_in_vain(const struct world *world, const struct auto_scaling_group *group)
{
    const struct zone_view *from = group->rebalancing.from;
    return group->rebalancing.under_way && zones_alike(group->views, from, (int)world->zone_count);
}

/* A new host, not one from a warm pool, which would have to be in the right zone; and only where the zone
 * that has an offer has too few. */
static bool launch_ahead(struct world *world, struct auto_scaling_group *group)
{
    struct purchase purchase;
    struct zone *zone = find_offer(world, group, &purchase);
    return zone && count_moves(world, group, 1) && accept(world, group, zone, &purchase);
}

static void remember_round(const struct world *world, struct auto_scaling_group *group)
{
    memcpy(group->rebalancing.from, group->views, world->zone_count * sizeof *group->views);
    group->rebalancing.under_way = true;
}

static void begin_round(struct world *world, struct auto_scaling_group *group, int64_t moves)
{
    int64_t before = group->tally.capacity;
    group_look_at_zones(world, group);
    if (has_been_in_vain(world, group))
        return;
    remember_round(world, group);
    while (moves-- > 0 && launch_ahead(world, group))
        continue;
    group->rebalancing.ahead = group->tally.capacity - before;
    group->rebalancing.under_way = group->rebalancing.ahead > 0;
}

/* AWS does not say how many it moves at a time, where it is not its maximum that limits it; here it is the
 * same tenth. */
static void rebalance(struct world *world, struct auto_scaling_group *group)
{
    if (world->starting || group_suspends(group, PROCESS_AZ_REBALANCE) ||
        group_suspends(group, PROCESS_LAUNCH) || !is_at_rest(group))
        return;
    group_look_at_zones(world, group);
    int64_t moves = count_moves(world, group, zone_rebalancing_margin(group->most));
    if (moves)
        begin_round(world, group, moves);
    else
        group->rebalancing.under_way = false;
}

/* --- acting ----------------------------------------------------------------------------------- */

static void act(struct world *world, struct auto_scaling_group *group)
{
    group_replace_unhealthy(world, group);
    group_maintain(world, group);
    group_rebalance_capacity(world, group);
    scale_in(world, group, comes_to_terminations(group) ? "Availability Zone rebalancing" : "scale-in");
    launch_missing(world, group);
    rebalance(world, group);
    warm_pool_keep(world, group);
}

void group_acts(void *context, uint64_t index, uint64_t is_retry)
{
    struct world *world = context;
    struct auto_scaling_group *group = &world->groups[index];
    if (is_retry)
        group->retry_event = 0;
    else
        group->woken = false;
    act(world, group);
}

void group_wake(struct world *world, struct auto_scaling_group *group)
{
    index_set_add(group->touched, group->index);
    if (group->woken)
        return;
    group->woken = true;
    run_schedule(world->run, world->run->now, PHASE_CONTROL, EVENT_GROUP_ACTS, group->index, 0);
}

/* --- an instance's life ----------------------------------------------------------------------- */

static void enter_service(struct world *world, struct container_instance *instance)
{
    instance->in_service_at = world->run->now;
    instance_set_lifecycle(instance, LIFECYCLE_IN_SERVICE);
    if (!instance->group)
        return;
    group_activity_ends(world, instance->group);
    if (instance->group->protects_new)
        instance_protect(world, instance, true);
    instance_health_look(world, instance);
    if (!world->starting)
        group_wake(world, instance->group);
}

void group_instance_runs(struct world *world, struct container_instance *instance)
{
    if (world->starting || !instance->group || !group_has_hooks(instance->group, TRANSITION_LAUNCHING)) {
        enter_service(world, instance);
        return;
    }
    instance_set_lifecycle(instance, LIFECYCLE_PENDING_WAIT);
    lifecycle_hooks_begin(world, instance, TRANSITION_LAUNCHING);
}

/* ECS hears of one that is dead when its group ends it, though its agent is silent. */
static void end(struct world *world, struct container_instance *instance, const char *reason)
{
    bool is_dead = !instance->host_up && !instance->stopped;
    (is_dead ? instance_replace : instance_terminate)(world, instance, reason);
}

void group_terminate(struct world *world, struct container_instance *instance, const char *reason)
{
    struct auto_scaling_group *group = instance->group;
    if (instance->lifecycle == LIFECYCLE_TERMINATING_WAIT)
        return;
    if (instance->lifecycle != LIFECYCLE_IN_SERVICE || !group_has_hooks(group, TRANSITION_TERMINATING)) {
        end(world, instance, reason);
        return;
    }
    instance->reason = reason;
    instance_set_lifecycle(instance, LIFECYCLE_TERMINATING_WAIT);
    group_wake(world, group);
    lifecycle_hooks_begin(world, instance, TRANSITION_TERMINATING);
}

void group_goes_on(struct world *world, struct container_instance *instance, enum lifecycle_result result)
{
    if (instance->lifecycle == LIFECYCLE_TERMINATING_WAIT)
        end(world, instance, instance->reason);
    else if (result == RESULT_CONTINUE)
        enter_service(world, instance);
    else
        end(world, instance, "launch abandoned");
}

/* --- what people change ----------------------------------------------------------------------- */

bool group_suspends(const struct auto_scaling_group *group, enum scaling_process process)
{
    return group->suspended >> process & 1;
}

void group_suspend(struct auto_scaling_group *group, unsigned processes)
{
    group->suspended |= processes;
}

void group_resume(struct world *world, struct auto_scaling_group *group, unsigned processes)
{
    bool checked = !group_suspends(group, PROCESS_HEALTH_CHECK);
    group->suspended &= ~processes;
    if (!checked && !group_suspends(group, PROCESS_HEALTH_CHECK))
        group_health_resumes(world, group);
    group_wake(world, group);
}

const char *group_set_desired(struct world *world, struct auto_scaling_group *group, int64_t desired)
{
    if (desired < group->least)
        return "ValidationError: New SetDesiredCapacity value is below min value for the AutoScalingGroup.";
    if (desired > group->most)
        return "ValidationError: New SetDesiredCapacity value is above max value for the AutoScalingGroup.";
    group->desired = desired;
    group_wake(world, group);
    return NULL;
}

static int64_t within(int64_t desired, int64_t least, int64_t most)
{
    return desired < least ? least : desired > most ? most : desired;
}

static bool lists(const struct list *names, const char *name)
{
    EACH_TEXT(each, *names)
        if (!strcmp(*each, name))
            return true;
    return false;
}

static void use_zones(const struct world *world, struct auto_scaling_group *group, const struct list *names)
{
    for (uint32_t i = 0; i < world->zone_count; i++)
        group->zones[i].used = names->count == 0 || lists(names, world->zones[i].name);
}

/* A desired capacity that is not given follows the sizes. */
const char *group_update(struct world *world, struct auto_scaling_group *group,
                         const struct update_auto_scaling_group_settings *update)
{
    int64_t least = given_or(update->min_size, group->least);
    int64_t most = given_or(update->max_size, group->most);
    if (least > most)
        return "ValidationError: Max bound must be greater than or equal to min bound.";
    int64_t desired = given_or(update->desired_capacity, within(group->desired, least, most));
    if (desired < least || desired > most)
        return "ValidationError: Desired capacity must be between the specified min size and max size.";
    group->least = least;
    group->most = most;
    group->desired = desired;
    if (update->availability_zones.count)
        use_zones(world, group, &update->availability_zones);
    group_wake(world, group);
    return NULL;
}

/* --- the beginning ---------------------------------------------------------------------------- */

static void begin_hooks(struct world *world, struct auto_scaling_group *group)
{
    EACH(struct group_hook_settings, settings, group->settings->behaviour.lifecycle_hooks) {
        const struct group_hook_simulation_settings *simulation = &settings->simulation;
        group_add_hook(
            world, group,
            &(struct group_hook){
                .name = settings->name,
                .transition = (enum lifecycle_transition)settings->transition,
                .limit = lifecycle_limit(settings->heartbeat_timeout, simulation->records_heartbeats),
                .default_result = (enum lifecycle_result)settings->default_result,
                .completes_after = dist_given(&simulation->after) ? &simulation->after : NULL,
                .result = (enum lifecycle_result)simulation->result,
            });
    }
}

void group_begin(struct world *world, struct auto_scaling_group *group)
{
    const struct group_behaviour_settings *behaviour = &group->settings->behaviour;
    group->zones = arena_array(world->arena, world->zone_count, sizeof *group->zones);
    roster_begin(group, world->arena);
    group->views = arena_array(world->arena, world->zone_count, sizeof *group->views);
    group->rebalancing.from = arena_array(world->arena, world->zone_count, sizeof *group->views);
    group->maintenance.aged_replaced_at = SIMTIME_NEVER;
    group->suspended = behaviour->suspended;
    group->protects_new = behaviour->new_instances_protected;
    group->health = (struct group_health){
        .grace_period = behaviour->health_check_grace_period,
        .load_balancer_patience = behaviour->load_balancer_patience,
    };
    use_zones(world, group, &group->settings->availability_zones);
    group_adopt_plan(world, group, &group->settings->plan);
    begin_hooks(world, group);
}

/* As AWS printed it, unless it was on its way out or aside. */
static void launch_printed(struct world *world, struct auto_scaling_group *group,
                           const struct group_instance_settings *printed)
{
    struct zone *zone = zone_named(world, printed->availability_zone);
    if (!zone || !printed->in_service || group->tally.capacity >= group->desired)
        return;
    struct purchase purchase = group_purchase(world, group, zone);
    if (!purchase.type)
        return;
    if (printed->launch_configuration || printed->launch_template)
        purchase.origin = launch_origin_of(printed->launch_configuration, printed->launch_template);
    struct container_instance *instance = instance_launch(world, group, zone, &purchase, NULL);
    instance_protect(world, instance, printed->protected_from_scale_in);
}

void group_launch_all(struct world *world, struct auto_scaling_group *group)
{
    const struct list *printed = &group->settings->instances;
    if (world->starting)
        EACH(struct group_instance_settings, each, *printed)
            launch_printed(world, group, each);
    act(world, group);
    group_maintain(world, group); /* what is in service now has a lifetime */
    if (world->starting && printed->count)
        group_wake(world, group);
}

struct auto_scaling_group *group_find(const struct world *world, const char *name)
{
    const struct auto_scaling_group_settings *first = world->settings->auto_scaling_groups.items,
                                             *settings = settings_named(world->settings,
                                                                        NAMED_AUTO_SCALING_GROUP, name);
    return settings ? &world->groups[settings - first] : NULL;
}

struct auto_scaling_group *group_named(struct world *world, const char *name)
{
    struct auto_scaling_group *group = group_find(world, name);
    CHECK(group);
    return group;
}
