#include "models/ecs/load_balancer/request_chain.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/service/service.h"
#include "models/settings/ask_order.h"

/* --- who asks whom ---------------------------------------------------------------------------- */

static size_t list_asks(const struct world *world, struct ask *asks)
{
    size_t count = 0;
    EACH(struct load_settings, each, world->settings->load)
        if (each->requests_of)
            asks[count++] = (struct ask){.by = service_named(world, each->requests_of)->index,
                                         .of = service_named(world, each->service)->index,
                                         .share = load_share(each)};
    return count;
}

static size_t count_askers(const struct ask *asks, size_t ask_count, uint32_t of)
{
    size_t count = 0;
    for (size_t i = 0; i < ask_count; i++)
        count += asks[i].of == of;
    return count;
}

static void add_askers(struct world *world, struct service *service, const struct ask *asks, size_t ask_count)
{
    struct load *load = service->load;
    load->askers =
        arena_array(world->arena, count_askers(asks, ask_count, service->index), sizeof *load->askers);
    for (size_t i = 0; i < ask_count; i++)
        if (asks[i].of == service->index)
            load->askers[load->asker_count++] =
                (struct asker){.service = &world->services[asks[i].by], .share = asks[i].share};
}

static struct request_chain *chain_of(struct world *world, struct request_chain **chains, uint32_t label)
{
    if (!chains[label]) {
        chains[label] = arena_alloc(world->arena, sizeof **chains);
        chains[label]->services =
            arena_array(world->arena, world->service_count, sizeof *chains[label]->services);
    }
    return chains[label];
}

/* In an order in which askers come first. */
static void link_chains(struct world *world, const struct ask *asks, size_t ask_count, const uint32_t *label)
{
    uint32_t *order = arena_array(world->arena, world->service_count, sizeof *order);
    struct request_chain **chains = arena_array(world->arena, world->service_count, sizeof *chains);
    uint32_t placed = ask_order(world->arena, asks, ask_count, world->service_count, order);
    bool *connected = arena_array(world->arena, world->service_count, sizeof *connected);
    CHECK(placed == world->service_count);
    for (size_t i = 0; i < ask_count; i++)
        connected[asks[i].by] = connected[asks[i].of] = true;
    for (uint32_t i = 0; i < placed; i++) {
        struct service *service = &world->services[order[i]];
        if (!connected[order[i]])
            continue;
        service->load->chain = chain_of(world, chains, label[order[i]]);
        service->load->chain->services[service->load->chain->count++] = service;
        add_askers(world, service, asks, ask_count);
    }
}

void request_chains_begin(struct world *world)
{
    struct ask *asks = arena_array(world->arena, world->settings->load.count, sizeof *asks);
    size_t count = list_asks(world, asks);
    if (!count)
        return;
    uint32_t *label = arena_array(world->arena, world->service_count, sizeof *label);
    ask_label(asks, count, world->service_count, label);
    link_chains(world, asks, count, label);
}

/* --- counting --------------------------------------------------------------------------------- */

static __int128 asked_by(const struct asker *asker)
{
    return asker->service->load->total.served * asker->share / MILLION;
}

__int128 request_chain_asked(const struct load *load)
{
    __int128 sum = 0;
    for (size_t i = 0; i < load->asker_count; i++)
        sum += asked_by(&load->askers[i]);
    return sum;
}

bool request_chain_divides(const struct request_chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        const struct load *load = chain->services[i]->load;
        for (size_t j = 0; j < load->asker_count; j++) {
            const struct load *by = load->askers[j].service->load;
            if ((by->total.served - by->before_step.served) * load->askers[j].share % MILLION)
                return false;
        }
    }
    return true;
}

/* Promises look at what is served of each, whichever of them has changed. */
static void touch(struct world *world, const struct request_chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++)
        if (chain->services[i]->primary)
            index_set_add(&world->touched_services, chain->services[i]->index);
}

static void begin_step(struct load *load)
{
    load->before_step = load->total;
    load->failed_in_step = 0;
}

static void note_askers(struct load *load)
{
    for (size_t i = 0; i < load->asker_count; i++) {
        struct asker *asker = &load->askers[i];
        __int128 asked = asked_by(asker);
        asker->asked_in_step = asked - asker->asked;
        asker->asked = asked;
    }
}

/* whole * part / of, part <= of, where the product may be too long: then but for 40 bits of the ratio. */
static __int128 part_of(__int128 whole, __int128 part, __int128 of)
{
    for (; of >> 40; of >>= 1)
        part >>= 1;
    return of ? whole * part / of : 0;
}

/* All that it asks have told it already. */
static void tell_askers(struct load *load)
{
    struct usage step = usage_since(&load->total, &load->before_step);
    load->total.failed += load->failed_in_step < step.served ? load->failed_in_step : step.served;
    step = usage_since(&load->total, &load->before_step);
    __int128 unserved = step.requests - step.served + step.failed;
    for (size_t i = 0; i < load->asker_count; i++)
        load->askers[i].service->load->failed_in_step +=
            part_of(unserved, load->askers[i].asked_in_step, step.requests);
}

/* A service that does not exist is asked nothing. */
static void count_step(struct world *world, struct request_chain *chain, simtime until)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        struct service *service = chain->services[i];
        begin_step(service->load);
        if (service->primary)
            load_count_spell(world, service, until);
        note_askers(service->load);
    }
    for (uint32_t i = chain->count; i-- > 0;)
        if (chain->services[i]->primary)
            tell_askers(chain->services[i]->load);
    chain->counted_until = until;
}

static bool any_ramps(const struct request_chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++)
        if (load_ramps(chain->services[i]))
            return true;
    return false;
}

void request_chain_count_until(struct world *world, struct request_chain *chain, simtime until)
{
    if (chain->counted_until >= until)
        return;
    touch(world, chain);
    for (bool steps = any_ramps(chain); chain->counted_until < until;) {
        simtime step = (chain->counted_until / SIMTIME_SECOND + 1) * SIMTIME_SECOND;
        count_step(world, chain, steps && step < until ? step : until);
    }
}
