#include "models/ecs/image/image_cleanup.h"

static simtime removable_from(const struct cleanup_rules *rules, const struct stored_image *image)
{
    return rules->off || image->references > 0 ? SIMTIME_NEVER
                                               : simtime_after(image->pulled_at, rules->minimum_age);
}

bool image_cleanup_is_due(const struct cleanup_rules *rules, simtime started_at, simtime now)
{
    return now > started_at && (now - started_at) % rules->interval == 0;
}

/* By last use, then as they came to the host. */
static bool goes_before(const struct stored_image *a, const struct stored_image *b)
{
    return a->used_at != b->used_at ? a->used_at < b->used_at : a < b;
}

/* The first that may go of those that go after `last` (NULL: of all); NULL: there is none. */
static const struct stored_image *next_to_go(const struct cleanup_rules *rules,
                                             const struct image_store *store, simtime now,
                                             const struct stored_image *last)
{
    const struct stored_image *next = NULL;
    for (const struct stored_image *each = store->images; each < store->images + store->image_count; each++)
        if (removable_from(rules, each) <= now && (!last || goes_before(last, each)) &&
            (!next || goes_before(each, next)))
            next = each;
    return next;
}

size_t image_cleanup_choose(const struct cleanup_rules *rules, const struct image_store *store, simtime now,
                            const struct image **removed)
{
    size_t chosen = 0;
    const struct stored_image *next = next_to_go(rules, store, now, NULL);
    for (; next && (int64_t)chosen < rules->most_per_cycle; next = next_to_go(rules, store, now, next))
        removed[chosen++] = next->image;
    return chosen;
}

simtime image_cleanup_next(const struct cleanup_rules *rules, const struct image_store *store,
                           simtime started_at, simtime now)
{
    simtime from = SIMTIME_NEVER;
    for (uint32_t i = 0; i < store->image_count; i++)
        from = simtime_earlier(from, removable_from(rules, &store->images[i]));
    if (from == SIMTIME_NEVER)
        return SIMTIME_NEVER;
    simtime first = simtime_after(started_at, rules->interval);
    return simtime_next_on_grid(simtime_later(from, now + 1), first, rules->interval);
}
