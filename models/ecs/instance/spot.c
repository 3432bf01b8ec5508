#include "models/ecs/instance/spot.h"
#include "models/ecs/events.h"
#include "models/ecs/group/capacity_rebalancing.h"
#include "models/ecs/instance/container_instance.h"

static const simtime notice_period = 2 * SIMTIME_MINUTE, poll_period = SIMTIME_SECOND;

bool spot_may_be_interrupted(const struct container_instance *instance)
{
    return instance->market == MARKET_SPOT && instance->host_up && !instance->interruption_event;
}

/* Agents ask on the second since they were connected. */
static simtime next_poll(const struct container_instance *instance, simtime now)
{
    return now + poll_period - (now - instance->active_at) % poll_period;
}

void spot_give_notice(struct world *world, struct container_instance *instance, bool stops)
{
    simtime now = world->run->now;
    instance->interruption_stops = stops;
    instance->interruption_event =
        run_schedule(world->run, now + notice_period, PHASE_WORLD, EVENT_SPOT_INTERRUPTS, instance->ref, 0);
    if (instance->simulation->ecs_config.spot_instance_draining)
        instance->interruption_seen_event = run_schedule(world->run, next_poll(instance, now), PHASE_WORLD,
                                                         EVENT_SPOT_NOTICE_SEEN, instance->ref, 0);
    capacity_rebalancing_noticed(world, instance);
}

void spot_notice_seen(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->interruption_seen_event = 0;
    if (instance_reachable(instance) && instance->status == INSTANCE_ACTIVE)
        instance_drain(world, instance);
}

void spot_interrupts(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->interruption_event = 0;
    instance->interrupted = true;
    if (instance->interruption_stops)
        instance_stop(world, instance);
    else
        instance_terminate(world, instance, "Spot interruption");
}
