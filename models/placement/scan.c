/* The choice by looking at every instance. The definition of placement, and the oracle of whatever will be
 * faster. */
#include "models/placement/strategy.h"

enum { TIED_MAX = 64 }; /* beyond so many, the tied are not listed: instances are drawn until one is tied */

struct scan {
    const struct placement *placement;
    const struct placement_request *request;
    const bool *candidates; /* of a stop; NULL when starting */

    /* The chain as far as it ranks. */
    const struct placement_strategy *strategies;
    size_t strategy_count;
    bool draws; /* a last tie is drawn, else it goes to the first */

    int64_t best[PLACEMENT_STRATEGIES_MAX];
    size_t tied_count; /* instances that have the best ranks; 0: none was eligible */
    placement_instance tied[TIED_MAX];
};

static placement_rank *rank_of(const struct scan *scan, const struct strategy_verbs *verbs)
{
    return scan->candidates ? verbs->stop_rank : verbs->rank;
}

static void read_chain(struct scan *scan, const struct list *chain)
{
    scan->strategies = chain->items;
    while (scan->strategy_count < chain->count && scan->strategy_count < PLACEMENT_STRATEGIES_MAX) {
        const struct strategy_verbs *verbs = scan->strategies[scan->strategy_count].variant->verbs;
        if (!rank_of(scan, verbs)) {
            scan->draws = true;
            return;
        }
        scan->draws |= scan->candidates && verbs->draws_stop_tie;
        scan->strategy_count++;
    }
}

static bool is_eligible(const struct scan *scan, placement_instance instance)
{
    if (scan->candidates)
        return scan->candidates[instance];
    return placement_refuses(scan->placement, scan->request, instance) == REFUSED_NOT;
}

static int64_t rank(const struct scan *scan, size_t index, placement_instance instance)
{
    const struct placement_strategy *strategy = &scan->strategies[index];
    return rank_of(scan, strategy->variant->verbs)(scan->placement, scan->request, strategy, instance);
}

/* Below, at or above 0 as the instance is better than the best, tied with it, or worse. */
static int compare(const struct scan *scan, placement_instance instance)
{
    for (size_t i = 0; i < scan->strategy_count; i++) {
        int64_t value = rank(scan, i, instance);
        if (value != scan->best[i])
            return value < scan->best[i] ? -1 : 1;
    }
    return 0;
}

static void take_as_best(struct scan *scan, placement_instance instance)
{
    for (size_t i = 0; i < scan->strategy_count; i++)
        scan->best[i] = rank(scan, i, instance);
    scan->tied[0] = instance;
    scan->tied_count = 1;
}

static void consider(struct scan *scan, placement_instance instance)
{
    int order = scan->tied_count == 0 ? -1 : compare(scan, instance);
    if (order < 0) {
        take_as_best(scan, instance);
    } else if (order == 0) {
        if (scan->tied_count < TIED_MAX)
            scan->tied[scan->tied_count] = instance;
        scan->tied_count++;
    }
}

/* Ends, since more than TIED_MAX instances are tied. */
static placement_instance draw_until_tied(const struct scan *scan)
{
    for (uint64_t nth = 1;; nth++) {
        uint64_t drawn = rng_below(scan->request->draw, nth, placement_instance_count(scan->placement));
        placement_instance instance = (placement_instance)drawn;
        if (is_eligible(scan, instance) && compare(scan, instance) == 0)
            return instance;
    }
}

static placement_instance choose(struct scan *scan)
{
    size_t count = placement_instance_count(scan->placement);
    for (placement_instance instance = 0; instance < count; instance++)
        if (is_eligible(scan, instance))
            consider(scan, instance);
    if (scan->tied_count == 0)
        return PLACEMENT_NONE;
    if (!scan->draws || scan->tied_count == 1)
        return scan->tied[0];
    if (scan->tied_count > TIED_MAX)
        return draw_until_tied(scan);
    return scan->tied[rng_below(scan->request->draw, 0, scan->tied_count)];
}

placement_instance placement_choose(struct placement *placement, const struct placement_request *request)
{
    struct scan scan = {.placement = placement, .request = request};
    read_chain(&scan, request->strategies);
    return choose(&scan);
}

placement_instance placement_choose_stop(struct placement *placement, const struct placement_request *request,
                                         const bool *candidates)
{
    struct scan scan = {.placement = placement, .request = request, .candidates = candidates};
    read_chain(&scan, request->strategies);
    return choose(&scan);
}

enum placement_refusal placement_closest(const struct placement *placement,
                                         const struct placement_request *request, placement_instance *closest)
{
    enum placement_refusal latest = REFUSED_INACTIVE;
    *closest = PLACEMENT_NONE;
    size_t count = placement_instance_count(placement);
    for (placement_instance instance = 0; instance < count; instance++) {
        enum placement_refusal refusal = placement_refuses(placement, request, instance);
        if (refusal > latest) {
            latest = refusal;
            *closest = instance;
        }
    }
    return latest;
}
