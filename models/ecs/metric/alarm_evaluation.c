#include "models/ecs/metric/alarm_evaluation.h"

static bool breaches(enum comparison comparison, int64_t value, int64_t threshold)
{
    switch (comparison) {
    case COMPARE_GREATER:
        return value > threshold;
    case COMPARE_GREATER_OR_EQUAL:
        return value >= threshold;
    case COMPARE_LESS:
        return value < threshold;
    case COMPARE_LESS_OR_EQUAL:
        return value <= threshold;
    case COMPARE_NOT_SAID:
    case COMPARE_OUTSIDE_BAND:
    case COMPARE_BELOW_BAND:
    case COMPARE_ABOVE_BAND:
        break;
    }
    return false;
}

enum datapoint alarm_datapoint(enum comparison comparison, int64_t value, int64_t threshold)
{
    if (value == ABSENT)
        return DATAPOINT_MISSING;
    return breaches(comparison, value, threshold) ? DATAPOINT_BREACHING : DATAPOINT_WITHIN;
}

/* Of the latest that exist, and the age of the oldest of these: 1 for the newest of the range. */
struct existing {
    size_t count, breaching, oldest_age;
};

static struct existing count_existing(const struct alarm_rule *rule, const enum datapoint *datapoints)
{
    struct existing existing = {0};
    for (size_t i = 0; i < alarm_range(rule) && existing.count < rule->evaluation_periods; i++) {
        if (datapoints[i] == DATAPOINT_MISSING)
            continue;
        existing.count++;
        existing.breaching += datapoints[i] == DATAPOINT_BREACHING;
        existing.oldest_age = i + 1;
    }
    return existing;
}

/* Too few exist, and they do not suffice for ALARM. */
static enum scaling_alarm without_filling(const struct alarm_rule *rule, const struct existing *existing,
                                          enum scaling_alarm now)
{
    if (existing->breaching < existing->count)
        return ALARM_OK;
    if (rule->missing == MISSING_IS_IGNORED)
        return now;
    bool old_enough = existing->count && existing->oldest_age >= rule->datapoints_to_alarm;
    return old_enough ? ALARM_ALARM : ALARM_INSUFFICIENT_DATA;
}

static enum scaling_alarm judge(const struct alarm_rule *rule, const struct existing *existing,
                                enum scaling_alarm now)
{
    size_t filled = rule->evaluation_periods - existing->count;
    size_t breaching = existing->breaching + (rule->missing == MISSING_IS_BREACHING ? filled : 0);
    if (breaching >= rule->datapoints_to_alarm)
        return ALARM_ALARM;
    if (!filled || rule->missing == MISSING_IS_BREACHING || rule->missing == MISSING_IS_NOT_BREACHING)
        return ALARM_OK;
    return without_filling(rule, existing, now);
}

struct alarm_verdict alarm_evaluate(const struct alarm_rule *rule, const enum datapoint *datapoints,
                                    enum scaling_alarm now)
{
    struct existing existing = count_existing(rule, datapoints);
    return (struct alarm_verdict){judge(rule, &existing, now), existing.count, existing.breaching};
}
