/* What every trigger promises: jobs are never lost, whoever tries again comes to an end, and chance is the
 * same again. A variant joins by its line in triggers.def, and fails here until it has an example. */
#include "models/ecs/job/job.h"
#include "tests/unit/ecs_run.h"
#include <stdio.h>
#include <stdlib.h>

static const struct example {
    const struct variant *variant;
    const char *settings, *arrivals;
} examples[] = {
    {&trigger_api_gateway, "{clientMaxAttempts: 2, throttlingRateLimit: 1, throttlingBurstLimit: 3}", "0.2"},
    {&trigger_event, "{function: {reservedConcurrentExecutions: 1, duration: 2s}}", "0.2"},
    {&trigger_schedule, "rate(1 minute)", NULL},
    {&trigger_sqs, "{visibilityTimeout: 40s, redrivePolicy: 3, messageRetentionPeriod: 5m}", "0.2"},
};

static const struct example *example_of(const struct variant *variant)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        if (examples[i].variant == variant)
            return &examples[i];
    fail_msg("%s has no example", variant->name);
    return NULL;
}

/* Half an hour of arrivals, then an hour and a half of none; the host has room for four. */
static struct ecs_run *play(const struct variant *trigger, const char *rest)
{
    const struct example *example = example_of(trigger);
    struct text text = {0};
    text_add_format(&text,
                    "duration: 2h\n"
                    "containerInstances: [{instanceType: m5.large}]\n"
                    "taskDefinitions:\n"
                    "  - family: app\n"
                    "    containerDefinitions: [{name: main, cpu: 512, memory: 512}]\n"
                    "    simulation: {runtime: {exponential: {mean: 3m}}}\n"
                    "load:\n"
                    "  - runTask: {taskDefinition: app}\n"
                    "    trigger: {%s: %s}\n"
                    "    deadline: {startBy: 4m, finishBy: 5m}\n",
                    trigger->name, example->settings);
    if (example->arrivals)
        text_add_format(&text, "    requestsPerSecond: {steps: [[0s, %s], [30m, 0]]}\n", example->arrivals);
    text_add(&text, rest);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    text_free(&text);
    return seen;
}

static const struct job_counts *counts_of(const struct ecs_run *seen)
{
    const struct world *world = seen->run->world;
    return &world->jobs->loads[0].counts;
}

#define EACH_TRIGGER(trigger)                                                                                \
    const struct variant *const *variants = trigger_catalogue.variants;                                      \
    for (const struct variant *trigger; (trigger = *variants); variants++)

static void no_job_is_lost(void **state)
{
    (void)state;
    EACH_TRIGGER(trigger)
    {
        struct ecs_run *seen = play(trigger, "");
        const struct job_counts *counts = counts_of(seen);
        assert_true(counts->arrived > 50 && counts->done > 0);
        assert_int_equal(counts->arrived, counts->queued + counts->in_flight + counts->done + counts->late +
                                              counts->dropped + counts->failed);
        ecs_run_free(seen);
    }
}

/* Of those that arrive, and not only of the others, somebody lets go in the end. */
static void who_tries_again_comes_to_an_end(void **state)
{
    (void)state;
    EACH_TRIGGER(trigger)
    {
        struct ecs_run *seen = play(trigger, "");
        const struct world *world = seen->run->world;
        assert_int_equal(counts_of(seen)->queued, 0);
        assert_int_equal(world->jobs->deliveries.alive, 0);
        assert_int_equal(world->jobs->jobs.alive, counts_of(seen)->in_flight);
        ecs_run_free(seen);
    }
}

static void a_job_is_dropped_where_it_finds_no_room(void **state)
{
    (void)state;
    EACH_TRIGGER(trigger)
    {
        struct ecs_run *seen = play(trigger, "");
        assert_true(counts_of(seen)->dropped > 0);
        ecs_run_free(seen);
    }
}

/* While RunTask throttles every call none gets through. */
static void a_throttled_api_starts_nothing(void **state)
{
    (void)state;
    EACH_TRIGGER(trigger)
    {
        struct ecs_run *seen = play(trigger, "failures: [{apiThrottled: {at: 0s, for: 3h}}]\n");
        const struct job_counts *counts = counts_of(seen);
        assert_int_equal(counts->in_flight + counts->done + counts->late + counts->failed, 0);
        assert_true(counts->calls > 0);
        assert_int_equal(counts->calls, counts->throttled_calls);
        assert_non_null(strstr(seen->calls.bytes, "\"error\":\"ThrottlingException: Rate exceeded\""));
        ecs_run_free(seen);
    }
}

/* Each call by chance. */
static void a_share_of_the_calls_is_throttled(void **state)
{
    (void)state;
    EACH_TRIGGER(trigger)
    {
        struct ecs_run *seen = play(trigger, "failures: [{apiThrottled: {at: 0s, for: 3h, rate: 0.3}}]\n");
        const struct job_counts *counts = counts_of(seen);
        assert_in_range(100 * counts->throttled_calls / counts->calls, 20, 40);
        ecs_run_free(seen);
    }
}

/* What Lambda throttles comes to no call; a schedule does not ask it. */
static void a_throttled_function_calls_nothing(void **state)
{
    (void)state;
    EACH_TRIGGER(trigger)
    {
        struct ecs_run *seen = play(trigger, "failures: [{apiThrottled: {at: 0s, for: 3h, api: Invoke}}]\n");
        assert_int_equal(counts_of(seen)->calls > 0, trigger == &trigger_schedule);
        ecs_run_free(seen);
    }
}

static void every_trigger_is_the_same_again(void **state)
{
    (void)state;
    EACH_TRIGGER(trigger)
    {
        struct ecs_run *one = play(trigger, ""), *two = play(trigger, "");
        assert_int_equal(one->run->fingerprint, two->run->fingerprint);
        ecs_run_free(one);
        ecs_run_free(two);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_job_is_lost),
        cmocka_unit_test(who_tries_again_comes_to_an_end),
        cmocka_unit_test(a_job_is_dropped_where_it_finds_no_room),
        cmocka_unit_test(a_throttled_api_starts_nothing),
        cmocka_unit_test(a_share_of_the_calls_is_throttled),
        cmocka_unit_test(a_throttled_function_calls_nothing),
        cmocka_unit_test(every_trigger_is_the_same_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
