#include "models/scaling/scaling.h"

const char *const adjustment_type_names[] = {
    [CHANGE_IN_CAPACITY] = "ChangeInCapacity",
    [EXACT_CAPACITY] = "ExactCapacity",
    [PERCENT_CHANGE_IN_CAPACITY] = "PercentChangeInCapacity",
    NULL,
};

static __int128 magnitude(__int128 change)
{
    return change < 0 ? -change : change;
}

static __int128 percent_change(struct adjustment adjustment, int64_t capacity)
{
    __int128 hundredths = (__int128)capacity * adjustment.amount, change = hundredths / 100;
    int64_t least = given_or(adjustment.magnitude, 1);
    if (!hundredths || magnitude(change) >= least)
        return change;
    return hundredths < 0 ? -(__int128)least : least;
}

int64_t adjusted_capacity(struct adjustment adjustment, int64_t capacity)
{
    __int128 adjusted = adjustment.amount;
    if (adjustment.type == CHANGE_IN_CAPACITY)
        adjusted += capacity;
    else if (adjustment.type == PERCENT_CHANGE_IN_CAPACITY)
        adjusted = capacity + percent_change(adjustment, capacity);
    return adjusted < 0 ? 0 : adjusted > INT64_MAX ? INT64_MAX : (int64_t)adjusted;
}
