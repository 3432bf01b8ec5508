#include "models/ecs/deployment/circuit_breaker.h"
#include "models/ecs/service/percentage.h"

/* [DG:deployment-circuit-breaker] */
enum { DEFAULT_PERCENT = 50, LEAST_BOUNDED = 3, MOST_BOUNDED = 200 };

void circuit_breaker_count(struct circuit_breaker *breaker, enum task_outcome outcome,
                           bool resets_on_healthy_task)
{
    switch (outcome) {
    case TASK_FAILED_TO_START:
        breaker->failures += !breaker->ran;
        break;
    case TASK_RAN:
        breaker->ran = true;
        break;
    case TASK_BECAME_HEALTHY:
        if (resets_on_healthy_task)
            breaker->failures = 0;
        break;
    case TASK_REPLACED_AS_UNHEALTHY:
        breaker->failures += breaker->ran;
        break;
    }
}

static int64_t within(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

int64_t circuit_breaker_threshold(const struct threshold_settings *threshold, int64_t desired)
{
    static const struct threshold_settings standard = {THRESHOLD_BOUNDED_PERCENT, DEFAULT_PERCENT};
    const struct threshold_settings *asked = threshold ? threshold : &standard;
    if (asked->type == THRESHOLD_COUNT)
        return asked->value;
    int64_t share = percent_rounded_up(desired, asked->value);
    return asked->type == THRESHOLD_BOUNDED_PERCENT ? within(share, LEAST_BOUNDED, MOST_BOUNDED)
                                                    : within(share, 1, INT64_MAX);
}
