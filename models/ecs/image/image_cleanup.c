#include "models/ecs/image/image_cleanup.h"

static simtime removable_from(const struct cleanup_rules *rules, const struct cleanup_image *image)
{
    return rules->off || image->references > 0 ? SIMTIME_NEVER
                                               : simtime_after(image->pulled_at, rules->minimum_age);
}

bool image_cleanup_is_due(const struct cleanup_rules *rules, simtime started_at, simtime now)
{
    return now > started_at && (now - started_at) % rules->interval == 0;
}

/* The images in their order: by last use, then as they came to the host. */
static bool goes_before(const struct cleanup_image *images, size_t a, size_t b)
{
    if (images[a].last_used_at != images[b].last_used_at)
        return images[a].last_used_at < images[b].last_used_at;
    return a < b;
}

/* The first in this order that may go, of those behind `last`, or of all where that is `count`; `count`:
 * none. */
static size_t next_to_go(const struct cleanup_rules *rules, const struct cleanup_image *images, size_t count,
                         simtime now, size_t last)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++)
        if (removable_from(rules, &images[i]) <= now && (last == count || goes_before(images, last, i)) &&
            (best == count || goes_before(images, i, best)))
            best = i;
    return best;
}

size_t image_cleanup_choose(const struct cleanup_rules *rules, const struct cleanup_image *images,
                            size_t count, simtime now, size_t *removed)
{
    size_t chosen = 0;
    for (size_t last = count; chosen < count && (int64_t)chosen < rules->most_per_cycle; chosen++) {
        last = next_to_go(rules, images, count, now, last);
        if (last == count)
            break;
        removed[chosen] = last;
    }
    return chosen;
}

simtime image_cleanup_next(const struct cleanup_rules *rules, const struct cleanup_image *images,
                           size_t count, simtime started_at, simtime now)
{
    simtime from = SIMTIME_NEVER;
    for (size_t i = 0; i < count; i++)
        from = simtime_earlier(from, removable_from(rules, &images[i]));
    if (from == SIMTIME_NEVER)
        return SIMTIME_NEVER;
    simtime first = simtime_after(started_at, rules->interval);
    return simtime_next_on_grid(simtime_later(from, now + 1), first, rules->interval);
}
