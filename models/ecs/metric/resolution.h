/* How long the periods are for which metrics have points. */
#ifndef MODELS_ECS_RESOLUTION_H
#define MODELS_ECS_RESOLUTION_H

#include "sim/engine/simtime.h"

enum metric_resolution {
    RESOLUTION_MINUTE,
    RESOLUTION_20S,
    METRIC_RESOLUTIONS,
};

static inline simtime resolution_period(enum metric_resolution resolution)
{
    return resolution == RESOLUTION_MINUTE ? SIMTIME_MINUTE : 20 * SIMTIME_SECOND;
}

#endif
