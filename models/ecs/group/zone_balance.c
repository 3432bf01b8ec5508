#include "models/ecs/group/zone_balance.h"

/* Of zones with equally many, one that takes launches: with it the balance is kept as well. */
static bool is_better(const struct zone_view *zone, const struct zone_view *best)
{
    return zone->hosts < best->hosts || (zone->hosts == best->hosts && best->refuses && !zone->refuses);
}

int zone_for_launch(const struct zone_view *zones, int count, enum capacity_distribution distribution)
{
    int best = NO_ZONE;
    for (int i = 0; i < count; i++)
        if (zones[i].used && (!zones[i].refuses || distribution == DISTRIBUTION_BALANCED_ONLY) &&
            (best == NO_ZONE || is_better(&zones[i], &zones[best])))
            best = i;
    return best == NO_ZONE || zones[best].refuses ? NO_ZONE : best;
}

/* A zone that is not the group's any more comes first, however few it has. */
static bool is_richer(const struct zone_view *zone, const struct zone_view *than)
{
    return zone->used != than->used ? than->used : zone->hosts > than->hosts;
}

int zone_with_most(const struct zone_view *zones, int count)
{
    int best = NO_ZONE;
    for (int i = 0; i < count; i++)
        if (zones[i].candidates && (best == NO_ZONE || is_richer(&zones[i], &zones[best])))
            best = i;
    return best;
}

bool zone_scales_in(const struct zone_view *zone, const struct zone_view *with_most)
{
    return zone->candidates && !is_richer(with_most, zone);
}

bool zones_alike(const struct zone_view *a, const struct zone_view *b, int count)
{
    for (int i = 0; i < count; i++)
        if (a[i].used != b[i].used || a[i].refuses != b[i].refuses || a[i].hosts != b[i].hosts)
            return false;
    return true;
}

static int poorest(const struct zone_view *zones, int count)
{
    return zone_for_launch(zones, count, DISTRIBUTION_BALANCED_BEST_EFFORT);
}

static bool move_one(struct zone_view *zones, int count)
{
    int to = poorest(zones, count), from = zone_with_most(zones, count);
    if (to == NO_ZONE || from == NO_ZONE || (zones[from].used && zones[from].hosts - zones[to].hosts <= 1))
        return false;
    zones[from].hosts--;
    zones[from].candidates--;
    zones[to].hosts++;
    return true;
}

int64_t zone_moves(struct zone_view *zones, int count, int64_t most)
{
    int64_t moves = 0;
    while (moves < most && move_one(zones, count))
        moves++;
    return moves;
}

int64_t zone_rebalancing_margin(int64_t max_size)
{
    int64_t tenth = max_size / 10;
    return tenth > 1 ? tenth : 1;
}
