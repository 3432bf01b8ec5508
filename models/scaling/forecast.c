#include "models/scaling/forecast.h"
#include "sim/engine/param.h"

void load_history_clear(struct load_history *history)
{
    for (int i = 0; i < HISTORY_HOURS; i++)
        history->hours[i] = ABSENT;
}

static int place_of(int64_t hour)
{
    return (int)((hour % HISTORY_HOURS + HISTORY_HOURS) % HISTORY_HOURS);
}

void load_history_add(struct load_history *history, int64_t hour, int64_t load)
{
    history->hours[place_of(hour)] = hour;
    history->loads[place_of(hour)] = load;
}

static int hours_known(const struct load_history *history)
{
    int known = 0;
    for (int i = 0; i < HISTORY_HOURS; i++)
        known += history->hours[i] != ABSENT;
    return known;
}

/* Of the hours that are whole periods away from this one. */
static int64_t mean_of_same(const struct load_history *history, int64_t hour, int64_t period)
{
    __int128 sum = 0;
    int64_t count = 0;
    for (int i = 0; i < HISTORY_HOURS; i++) {
        if (history->hours[i] == ABSENT || (hour - history->hours[i]) % period)
            continue;
        sum += history->loads[i];
        count++;
    }
    return count ? (int64_t)((sum + count / 2) / count) : ABSENT;
}

int64_t load_forecast(const struct load_history *history, int64_t hour)
{
    int known = hours_known(history);
    if (known < HISTORY_NEEDED_HOURS)
        return ABSENT;
    int64_t weekly = known < HOURS_OF_WEEK ? ABSENT : mean_of_same(history, hour, HOURS_OF_WEEK);
    return weekly != ABSENT ? weekly : mean_of_same(history, hour, HOURS_OF_DAY);
}
