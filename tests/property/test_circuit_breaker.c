/* The circuit breaker over all sequences of up to seven outcomes, against the plain definition: of the
 * outcomes since a task last became healthy, those count that are failed starts before any task ran, or
 * replacements after one did. */
#include "models/ecs/deployment/circuit_breaker.h"
#include "tests/group.h"
#include <stddef.h>

enum { OUTCOMES = 4, LONGEST = 7 };

static bool ran_before(const enum task_outcome *outcomes, int end)
{
    for (int i = 0; i < end; i++)
        if (outcomes[i] == TASK_RAN)
            return true;
    return false;
}

static int first_that_counts(const enum task_outcome *outcomes, int length, bool resets)
{
    int first = length;
    while (first > 0 && !(resets && outcomes[first - 1] == TASK_BECAME_HEALTHY))
        first--;
    return first;
}

static int64_t by_definition(const enum task_outcome *outcomes, int length, bool resets)
{
    int64_t failures = 0;
    for (int i = first_that_counts(outcomes, length, resets); i < length; i++) {
        bool ran = ran_before(outcomes, i);
        failures += (outcomes[i] == TASK_FAILED_TO_START && !ran) ||
                    (outcomes[i] == TASK_REPLACED_AS_UNHEALTHY && ran);
    }
    return failures;
}

/* The first outcome after which `failures` have reached the threshold; -1: none. */
static int trips_at(const enum task_outcome *outcomes, int length, bool resets, int64_t threshold)
{
    struct circuit_breaker breaker = {0};
    for (int i = 0; i < length; i++) {
        circuit_breaker_count(&breaker, outcomes[i], resets);
        if (breaker.failures >= threshold)
            return i;
    }
    return -1;
}

static int trips_by_definition(const enum task_outcome *outcomes, int length, bool resets, int64_t threshold)
{
    for (int i = 0; i < length; i++)
        if (by_definition(outcomes, i + 1, resets) == threshold)
            return i;
    return -1;
}

static int64_t try_all(enum task_outcome *outcomes, int length)
{
    int64_t tripped = 0;
    for (int64_t threshold = 1; threshold <= 4; threshold++)
        for (int resets = 0; resets <= 1; resets++) {
            int at = trips_at(outcomes, length, resets, threshold);
            assert_int_equal(at, trips_by_definition(outcomes, length, resets, threshold));
            tripped += at >= 0;
        }
    for (int next = 0; next < OUTCOMES && length < LONGEST; next++) {
        outcomes[length] = (enum task_outcome)next;
        tripped += try_all(outcomes, length + 1);
    }
    return tripped;
}

static void it_trips_exactly_when_the_definition_says(void **state)
{
    (void)state;
    enum task_outcome outcomes[LONGEST];
    assert_true(try_all(outcomes, 0) > 10000);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_trips_exactly_when_the_definition_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
