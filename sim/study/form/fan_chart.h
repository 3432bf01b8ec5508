/* How the tracks of many runs lie over time: fan.csv, a row per cell, key, column and instant, for up to 64
 * cells; and, where there is one cell, the picture fan.svg. */
#ifndef SIM_STUDY_FAN_CHART_H
#define SIM_STUDY_FAN_CHART_H

#include "sim/study/results.h"

void fan_chart_write(const struct results *);

#endif
