/* The forecast of predictive scaling. AWS does not say how it forecasts, only that it uses up to two weeks of
 * history, needs a day, and forecasts two days hour by hour [EAS:predictive-scaling]. Here the load of an
 * hour is forecast as the mean of the same hour of the days that were seen; once there is a week, of the same
 * hour of the same weekday, where that was seen. Pure. */
#ifndef MODELS_SCALING_FORECAST_H
#define MODELS_SCALING_FORECAST_H

#include <stdint.h>

enum {
    HOURS_OF_DAY = 24,
    HOURS_OF_WEEK = 7 * 24,
    HISTORY_HOURS = 14 * 24, /* that are kept */
    HISTORY_NEEDED_HOURS = 24,
    FORECAST_HOURS = 48,
    FORECAST_REFRESH_HOURS = 6,
};

/* Loads of hours, numbered since 1970; in millionths, not negative. */
struct load_history {
    int64_t loads[HISTORY_HOURS]; /* by number modulo HISTORY_HOURS */
    int64_t hours[HISTORY_HOURS]; /* which hour it is of; ABSENT: of none */
};

void load_history_clear(struct load_history *);
void load_history_add(struct load_history *, int64_t hour, int64_t load);

/* ABSENT: too little is known, or that hour of the day was never seen. */
int64_t load_forecast(const struct load_history *, int64_t hour);

#endif
