/* What the latest datapoints say of an alarm. Pure. [CW:alarms-and-missing-data]
 *
 * Evaluation Periods datapoints are judged, and it is in ALARM if Datapoints to Alarm of them breach. More
 * are looked at, so that a few may be missing: the evaluation range. AWS prints 5 for 3 Evaluation Periods
 * and does not say what it is otherwise; it is taken to be two more always. As many as exist, up to
 * Evaluation Periods, are judged, the latest first; only where they are too few are missing ones filled in,
 * as the alarm says:
 *
 *   breaching, notBreaching: as that.
 *
 *   missing, ignore: not at all. If all that exist breach, but too few of them, then the oldest decides: when
 *   it is Datapoints to Alarm periods old or older, nothing later can save it, and `missing` goes to ALARM.
 *   Else, or where nothing exists, `missing` has INSUFFICIENT_DATA; `ignore` keeps the state in all of these.
 */
#ifndef MODELS_ECS_ALARM_EVALUATION_H
#define MODELS_ECS_ALARM_EVALUATION_H

#include "models/settings/settings.h"

enum datapoint { DATAPOINT_MISSING, DATAPOINT_WITHIN, DATAPOINT_BREACHING };

struct alarm_rule {
    size_t evaluation_periods, datapoints_to_alarm;
    enum missing_data missing;
};

/* How many datapoints are looked at. */
static inline size_t alarm_range(const struct alarm_rule *rule)
{
    return rule->evaluation_periods + 2;
}

struct alarm_verdict {
    enum scaling_alarm state;
    size_t judged;    /* existing datapoints, the latest */
    size_t breaching; /* of these */
};

/* The datapoints of the range, newest first. */
struct alarm_verdict alarm_evaluate(const struct alarm_rule *, const enum datapoint *,
                                    enum scaling_alarm now);

/* Of a value, ABSENT where there is none. */
enum datapoint alarm_datapoint(enum comparison, int64_t value, int64_t threshold);

#endif
