/* The forecasts of a predictive scaling policy: loads are remembered hour by hour, by the wall clock; every
 * six hours the capacity of the next 48 is forecast (models/scaling/forecast.h). [EAS:predictive-scaling] An
 * hour's capacity holds from schedulingBufferTime before it until its end. Rows of forecasts.csv say what
 * GetPredictiveScalingForecast would. */
#ifndef MODELS_ECS_FORECASTER_H
#define MODELS_ECS_FORECASTER_H

#include "models/ecs/metric/metric.h"
#include "models/ecs/scaling/scalable.h"
#include "models/scaling/forecast.h"

struct forecaster {
    const struct scaling_policy_settings *settings;
    const struct scalable *scalable;
    const struct metric *metric; /* the load; NULL: there is none */
    struct load_history history;
    uint64_t seen; /* points */
    int64_t hour;  /* since 1970, of the points that are being summed up */
    __int128 sum;
    int64_t points;
    int64_t first_hour;                 /* the first hour of the latest forecast; ABSENT: there is none */
    int64_t capacities[FORECAST_HOURS]; /* from that hour on; ABSENT: not known */
};

struct forecaster *forecaster_new(struct world *, const struct scaling_policy_settings *,
                                  const struct scalable *, const struct metric *);

/* A point of the load can be seen, or several that are alike. */
void forecaster_sees(const struct world *, struct forecaster *);
/* Makes a forecast if one is due. */
void forecaster_refresh(struct world *, struct forecaster *);

/* That is needed now; ABSENT: not known. */
int64_t forecaster_capacity(const struct world *, const struct forecaster *);
/* When first after `from` that may be another, of the same forecast. */
simtime forecaster_steady_until(const struct world *, const struct forecaster *, simtime from);
/* When next an hour's capacity begins to hold. */
simtime forecaster_next(const struct world *, const struct forecaster *);

#endif
