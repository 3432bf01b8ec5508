#include "models/ecs/service/tick.h"
#include "models/ecs/events.h"
#include "models/ecs/load_balancer/targets.h"
#include <stdlib.h>

void tick_request(struct world *world)
{
    if (world->tick || world->starting)
        return;
    simtime period = world->settings->timing.service_tick;
    simtime at = period ? simtime_next_on_grid(world->run->now, 0, period) : world->run->now;
    if (period && at == world->last_tick)
        at += period; /* one pass at one instant */
    world->tick = run_schedule(world->run, at, PHASE_CONTROL, EVENT_TICK, 0, 0);
}

static void reconcile_all(struct world *world, const uint32_t *services, uint32_t count, bool daemons)
{
    for (uint32_t i = 0; i < count; i++) {
        struct service *service = &world->services[services[i]];
        if ((service->daemon != NULL) != daemons)
            continue;
        targets_catch_up(world, service);
        reconcile(world, service);
    }
}

void tick_reconciles(void *context, uint64_t unused, uint64_t unused_too)
{
    (void)unused;
    (void)unused_too;
    struct world *world = context;
    uint32_t *services = memory_alloc(world->service_count * sizeof *services);
    uint32_t count = index_set_take(&world->dirty_services, services);
    world->tick = 0;
    world->last_tick = world->run->now;
    reconcile_all(world, services, count, true);
    reconcile_all(world, services, count, false);
    free(services);
    if (world->dirty_services.count)
        tick_request(world);
}
