#include "models/ecs/capacity/capacity_split.h"
#include <stdbool.h>

static int64_t beyond_base(const struct capacity_share *share)
{
    return share->tasks > share->base ? share->tasks - share->base : 0;
}

/* Whether a / weight of one is less than b / weight of the other. */
static bool is_less(int64_t a, const struct capacity_share *of_a, int64_t b,
                    const struct capacity_share *of_b)
{
    return a * of_b->weight < b * of_a->weight;
}

int capacity_gains(const struct capacity_share *shares, int count)
{
    int best = -1;
    for (int i = 0; i < count; i++) {
        const struct capacity_share *share = &shares[i];
        if (!share->weight)
            continue;
        if (share->tasks < share->base)
            return i;
        if (best < 0 ||
            is_less(2 * beyond_base(share) + 1, share, 2 * beyond_base(&shares[best]) + 1, &shares[best]))
            best = i;
    }
    return best;
}

/* The last one that holds no more than its base. */
static int loses_of_base(const struct capacity_share *shares, int count)
{
    while (count > 0 && !shares[count - 1].tasks)
        count--;
    return count - 1;
}

int capacity_loses(const struct capacity_share *shares, int count)
{
    int best = -1;
    for (int i = 0; i < count; i++) {
        const struct capacity_share *share = &shares[i];
        if (share->tasks && !share->weight)
            return i;
        if (beyond_base(share) && (best < 0 || !is_less(2 * beyond_base(share) - 1, share,
                                                        2 * beyond_base(&shares[best]) - 1, &shares[best])))
            best = i;
    }
    return best >= 0 ? best : loses_of_base(shares, count);
}
