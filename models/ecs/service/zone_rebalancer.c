#include "models/ecs/service/zone_rebalancer.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/instance/host_filter.h"
#include "models/ecs/load_balancer/target_group.h"
#include "models/ecs/service/rolling_update.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/service/service_placement.h"

/* --- whether ---------------------------------------------------------------------------------- */

static bool is_classic(const struct service *service)
{
    return registrations_classic(service->registrations, service->registration_count);
}

static const char *obstacle(const struct service *service)
{
    return settings_rebalancing_obstacle(&(struct rebalancing_terms){
        .daemon = service->daemon,
        .classic = is_classic(service),
        .maximum_percent = service->maximum_percent,
        .strategies = service->strategies,
        .constraints = service->constraints,
    });
}

const char *zone_rebalancer_refuses(const struct service *service,
                                    const struct update_service_settings *update)
{
    int64_t most = update->deployment_configuration.maximum_percent;
    if (update->availability_zone_rebalancing != REBALANCING_ENABLED)
        return NULL;
    return settings_rebalancing_obstacle(&(struct rebalancing_terms){
        .classic = is_classic(service),
        .maximum_percent = given_or(most, service->maximum_percent),
        .strategies =
            update->placement_strategies.count ? &update->placement_strategies : service->strategies,
        .constraints =
            update->placement_constraints.count ? &update->placement_constraints : service->constraints,
    });
}

/* --- when ------------------------------------------------------------------------------------- */

static bool may_rebalance(const struct world *world, const struct service *service)
{
    return service->exists && !world->starting && world->zone_count > 1 && service->rebalancing.asked_for &&
           !obstacle(service);
}

static bool is_disturbed(const struct service *service)
{
    const struct deployment *primary = service->primary;
    const struct rebalancing *rebalancing = &service->rebalancing;
    return service_deploys(service) || service->unhealthy || primary->draining.alive ||
           service->desired_count != rebalancing->desired_count ||
           primary->alive != rebalancing->desired_count + rebalancing->surplus;
}

static struct zone_step next_step(const struct world *world, const struct service *service)
{
    const struct service_simulation_settings *simulation = &service->settings->simulation;
    int64_t most =
        rollout_maximum(service->desired_count, service->maximum_percent) - service->primary->alive;
    if (simulation->stopping_counts)
        most -= service->counts.stopping;
    if (simulation->rebalancing_batch != ABSENT && simulation->rebalancing_batch < most)
        most = simulation->rebalancing_batch;
    return zone_rebalancing_step(service->zones, world->zone_count, most);
}

void zone_rebalancer_consider(struct world *world, struct service *service)
{
    if (!service->steady || !may_rebalance(world, service))
        return;
    struct zone_step step = next_step(world, service);
    if (step.tasks || step.guarded)
        service_wake(world, service);
}

/* Whether the unbalanced steady state has lasted long enough. A backing-off deployment starts nothing. */
static bool has_waited(struct world *world, struct service *service)
{
    struct rebalancing *rebalancing = &service->rebalancing;
    simtime now = world->run->now;
    if (rebalancing->not_before == SIMTIME_NEVER) {
        rebalancing->not_before = now + world->settings->timing.rebalancing_delay;
        if (rebalancing->not_before < service->primary->launch_not_before)
            rebalancing->not_before = service->primary->launch_not_before;
        if (rebalancing->not_before > now)
            run_schedule(world->run, rebalancing->not_before, PHASE_CONTROL, EVENT_SERVICE_TIMER,
                         service->index, 1);
    }
    return now >= rebalancing->not_before;
}

/* --- what is said ----------------------------------------------------------------------------- */

static void say_balance(struct world *world, const struct service *service, const char *format)
{
    struct text zones = {0};
    uint32_t left = 0;
    for (uint32_t i = 0; i < world->zone_count; i++)
        left += zone_takes_tasks(&service->zones[i]);
    for (uint32_t i = 0; i < world->zone_count; i++) {
        if (!zone_takes_tasks(&service->zones[i]))
            continue;
        left--;
        text_add_format(&zones, "%ld tasks in %s%s", (long)service->zones[i].tasks, world->zones[i].name,
                        left > 1    ? ", "
                        : left == 1 ? ", and "
                                    : "");
    }
    service_say(world, service, format, zones.bytes);
    text_free(&zones);
}

static void say_no_room(struct world *world, struct service *service, const struct zone *zone,
                        enum placement_refusal refusal)
{
    if (!service_may_say(world, service, MESSAGE_UNABLE_TO_REBALANCE))
        return;
    service_say(world, service, SAYS_NOT_PLACED_IN_ZONE, zone->name);
    event_service_action(world, service, "ERROR", "SERVICE_TASK_PLACEMENT_FAILURE",
                         placement_refusal_names[refusal]);
}

static void say_protected(struct world *world, struct service *service)
{
    if (service_may_say(world, service, MESSAGE_UNABLE_TO_REBALANCE))
        service_say_protected(world, service, service->primary);
}

/* --- begin and end ---------------------------------------------------------------------------- */

static void stop(struct world *world, struct service *service)
{
    struct rebalancing *rebalancing = &service->rebalancing;
    rebalancing->surplus = 0;
    rebalancing->not_before = SIMTIME_NEVER;
    if (!rebalancing->under_way)
        return;
    rebalancing->under_way = false;
    service_say(world, service, SAYS_REBALANCING_STOPPED);
    event_service_action(world, service, "INFO", "SERVICE_REBALANCING_STOPPED", NULL);
}

static void complete(struct world *world, struct service *service)
{
    struct rebalancing *rebalancing = &service->rebalancing;
    rebalancing->not_before = SIMTIME_NEVER;
    service->message_at[MESSAGE_UNABLE_TO_REBALANCE] = SIMTIME_NEVER;
    if (!rebalancing->under_way)
        return;
    rebalancing->under_way = false;
    say_balance(world, service, SAYS_BALANCED);
    event_service_action(world, service, "INFO", "SERVICE_REBALANCING_COMPLETED", NULL);
}

static void wait_for_room(struct world *world, struct service *service, const struct zone *zone,
                          const struct placement_request *request)
{
    placement_instance closest;
    enum placement_refusal refusal = placement_closest(world->placement, request, &closest);
    stop(world, service);
    service->rebalancing.lacks_room = true;
    service_lacks_room(world, service, refusal, closest);
    say_no_room(world, service, zone, refusal);
}

/* Nothing that it could use has been freed since it found no room. */
static bool still_lacks_room(const struct world *world, struct service *service)
{
    if (!world->waiting_services.has[service->index])
        service->rebalancing.lacks_room = false;
    return service->rebalancing.lacks_room;
}

static void take_step(struct world *world, struct service *service, const struct zone_step *step)
{
    struct rebalancing *rebalancing = &service->rebalancing;
    rebalancing->to = &world->zones[step->to];
    rebalancing->from = &world->zones[step->from];
    rebalancing->filter = hosts_in_zone(rebalancing->to, NULL);
    rebalancing->surplus = step->tasks;
    rebalancing->desired_count = service->desired_count;
    rng_key key = run_key(world->run, DRAW_PLACEMENT, service->who, service->choices);
    struct placement_request request = service_request(service, service->primary->definition, key);
    struct capacity_seeker seeker = service_seeker(service->primary);
    if (!capacity_is_there(world, &seeker, &request)) {
        wait_for_room(world, service, rebalancing->to, &request);
        return;
    }
    if (!rebalancing->under_way) {
        say_balance(world, service, SAYS_NOT_BALANCED);
        event_service_action(world, service, "INFO", "SERVICE_REBALANCING_STARTED", NULL);
    }
    rebalancing->under_way = true;
}

/* --- pass by pass ----------------------------------------------------------------------------- */

/* A steady service: the next step, if there is one. */
static void go_on(struct world *world, struct service *service)
{
    struct zone_step step = next_step(world, service);
    if (step.guarded)
        say_protected(world, service);
    if (step.guarded || still_lacks_room(world, service))
        stop(world, service);
    else if (step.tasks && (service->rebalancing.under_way || has_waited(world, service)))
        take_step(world, service, &step);
    else if (!zone_rebalancing_step(service->zones, world->zone_count, 1).tasks)
        complete(world, service);
}

void zone_rebalancer_look(struct world *world, struct service *service)
{
    struct rebalancing *rebalancing = &service->rebalancing;
    bool allowed = may_rebalance(world, service);
    rebalancing->stops = 0;
    if (!allowed || (rebalancing->under_way && is_disturbed(service)))
        stop(world, service);
    if (rebalancing->surplus && service->primary->healthy == service->primary->alive) {
        rebalancing->stops = rebalancing->surplus;
        rebalancing->surplus = 0;
    } else if (allowed && service->steady) {
        go_on(world, service);
    } else if (!rebalancing->under_way) {
        rebalancing->not_before = SIMTIME_NEVER;
    }
}

/* Perhaps fewer than were asked for. */
void zone_rebalancer_started(struct world *world, struct service *service, int64_t count, const char *names)
{
    struct rebalancing *rebalancing = &service->rebalancing;
    rebalancing->surplus = count;
    if (!count) {
        stop(world, service);
        return;
    }
    service->message_at[MESSAGE_UNABLE_TO_REBALANCE] = SIMTIME_NEVER;
    service_say(world, service, SAYS_STARTED_TO_BALANCE, (long)count, rebalancing->to->name, names);
    event_service_action(world, service, "INFO", "TASKS_STARTED", NULL);
}

void zone_rebalancer_stopped(struct world *world, struct service *service, int64_t count, const char *names)
{
    service_say(world, service, SAYS_STOPPED_TO_BALANCE, (long)count, service->rebalancing.from->name, names);
    event_service_action(world, service, "INFO", "TASKS_STOPPED", NULL);
}

const struct zone *zone_rebalancer_stops_in(const struct service *service)
{
    const struct rebalancing *rebalancing = &service->rebalancing;
    if (!rebalancing->stops)
        return NULL;
    const struct zone_share *share = &service->zones[rebalancing->from->index];
    return share->guarded < share->tasks ? rebalancing->from : NULL;
}
