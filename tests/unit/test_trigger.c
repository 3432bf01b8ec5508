/* Who calls RunTask: when a job is tried again, and when nobody does any more. */
#include "models/ecs/ecs.h"
#include "models/settings/settings.h"
#include "models/trigger/trigger.h"
#include "sim/scenario/scenario.h"
#include "tests/unit/unit.h"
#include <string.h>

enum { S = SIMTIME_SECOND, MINUTE = SIMTIME_MINUTE };

/* --- triggers as scenarios write them --------------------------------------------------------- */

struct bound {
    struct scenario *scenario;
    const struct trigger *trigger;
};

static struct bound bind(const char *trigger)
{
    struct text text = {0};
    text_add_format(
        &text,
        "duration: 1h\n"
        "taskDefinitions: [{family: app, containerDefinitions: [{name: main, cpu: 1, memory: 4}]}]\n"
        "load: [{runTask: {taskDefinition: app}, trigger: {%s}%s}]\n",
        trigger, strncmp(trigger, "schedule", 8) ? ", requestsPerSecond: 1" : "");
    struct bound bound = {scenario_read_text(&ecs_model, "test.yaml", text.bytes, text.length, NULL, 0),
                          NULL};
    assert_int_equal(bound.scenario->errors, 0);
    const struct ecs_settings *settings = bound.scenario->settings;
    const struct load_settings *load = settings_named(settings, NAMED_JOB, "app");
    bound.trigger = load->job.trigger;
    text_free(&text);
    return bound;
}

/* The wait; SIMTIME_NEVER, and why. */
static simtime wait_after(const char *trigger, struct attempt attempt, enum setback *reason)
{
    struct bound bound = bind(trigger);
    struct next_attempt next = trigger_next(bound.trigger, &attempt);
    *reason = next.reason;
    scenario_free(bound.scenario);
    return next.after;
}

static void expect_again(const char *trigger, simtime wait, struct attempt attempt)
{
    enum setback reason;
    assert_int_equal(wait_after(trigger, attempt, &reason), wait);
}

static void expect_none(const char *trigger, enum setback why, struct attempt attempt)
{
    enum setback reason;
    assert_int_equal(wait_after(trigger, attempt, &reason), SIMTIME_NEVER);
    assert_int_equal(reason, why);
}

#define EXPECT_AGAIN(trigger, wait, ...) expect_again(trigger, wait, (struct attempt){__VA_ARGS__})
#define EXPECT_NONE(trigger, why, ...) expect_none(trigger, why, (struct attempt){__VA_ARGS__})

/* --- waits ------------------------------------------------------------------------------------ */

/* Between nothing and 1, 2, 4, 8, 16 s, of which half lies in each half; then mostly the most, 20 s. [SDK
 * feature-retry-behavior] */
static void the_sdk_waits_for_a_random_part_of_a_doubling_time(void **state)
{
    (void)state;
    for (int64_t nth = 1; nth <= 5; nth++) {
        simtime most = S << (nth - 1), greatest = 0;
        int64_t below = 0;
        for (uint64_t i = 0; i < 1000; i++) {
            simtime wait = backoff_of_sdk(nth, rng_open(1, 2, 3, i));
            assert_in_range(wait, 0, most - 1);
            below += wait < most / 2;
            greatest = wait > greatest ? wait : greatest;
        }
        assert_in_range(below, 440, 560);
        assert_true(greatest > most * 9 / 10);
    }
    assert_int_equal(backoff_of_sdk(40, rng_open(1, 2, 3, 4)), 20 * S);
}

/* --- triggers --------------------------------------------------------------------------------- */

static void nobody_tries_a_request_again_but_a_client_that_does(void **state)
{
    (void)state;
    for (enum setback setback = 0; setback < SETBACK_ATTEMPTS; setback++)
        EXPECT_NONE("apiGateway: {}", setback, .setback = setback, .number = 1, .errors = 1);
    enum setback reason;
    assert_in_range(
        wait_after("apiGateway: {clientMaxAttempts: 3}", (struct attempt){.number = 2, .draw = 5}, &reason),
        0, 2 * S - 1);
    EXPECT_NONE("apiGateway: {clientMaxAttempts: 3}", SETBACK_CALL, .setback = SETBACK_CALL, .number = 3);
}

/* [Lambda invocation-async-error-handling] */
static void an_event_is_tried_again_after_one_minute_and_two(void **state)
{
    (void)state;
    for (enum setback setback = SETBACK_TIMEOUT; setback <= SETBACK_PLACEMENT; setback++) {
        EXPECT_AGAIN("event: {}", MINUTE, .setback = setback, .number = 1, .errors = 1);
        EXPECT_AGAIN("event: {}", 2 * MINUTE, .setback = setback, .number = 2, .errors = 2);
        EXPECT_NONE("event: {}", setback, .setback = setback, .number = 3, .errors = 3);
        EXPECT_NONE("event: {maximumRetryAttempts: 0}", setback, .setback = setback, .number = 1,
                    .errors = 1);
    }
}

/* Throttled ones do not count as errors: 1 s, doubled, up to 5 minutes, for 6 hours. */
static void an_event_without_concurrency_is_tried_until_it_is_too_old(void **state)
{
    (void)state;
    EXPECT_AGAIN("event: {}", 1 * S, .setback = SETBACK_FUNCTION, .number = 1);
    EXPECT_AGAIN("event: {}", 1 * S, .setback = SETBACK_FUNCTION, .number = 3, .errors = 2);
    EXPECT_AGAIN("event: {}", 256 * S, .setback = SETBACK_FUNCTION, .number = 9);
    EXPECT_AGAIN("event: {}", 5 * MINUTE, .setback = SETBACK_FUNCTION, .number = 10);
    EXPECT_AGAIN("event: {}", 5 * MINUTE, .setback = SETBACK_FUNCTION, .number = 99,
                 .age = 6 * SIMTIME_HOUR - 5 * MINUTE);
    EXPECT_NONE("event: {}", SETBACK_EXPIRED, .setback = SETBACK_FUNCTION, .number = 99,
                .age = 6 * SIMTIME_HOUR - 5 * MINUTE + 1);
    EXPECT_NONE("event: {maximumEventAgeInSeconds: 60}", SETBACK_EXPIRED, .setback = SETBACK_CALL,
                .number = 1, .errors = 1, .age = 1);
}

/* [API sqs:CreateQueue] */
static void a_message_is_seen_again_after_the_visibility_timeout(void **state)
{
    (void)state;
    EXPECT_AGAIN("sqs: {}", 30 * S, .setback = SETBACK_FUNCTION, .number = 1);
    EXPECT_AGAIN("sqs: {visibilityTimeout: 60s}", 55 * S, .setback = SETBACK_CALL, .number = 99,
                 .lasted = 5 * S);
    EXPECT_AGAIN("sqs: {visibilityTimeout: 3s}", 0, .setback = SETBACK_TIMEOUT, .number = 1, .lasted = 4 * S);
}

/* [API scheduler:RetryPolicy] */
static void a_schedule_tries_a_refused_call_for_a_day(void **state)
{
    (void)state;
    static const char rate[] =
        "schedule: {scheduleExpression: rate(1 hour), retryPolicy: {maximumRetryAttempts: 2}}";
    EXPECT_AGAIN(rate, S, .setback = SETBACK_CALL, .number = 1);
    EXPECT_AGAIN(rate, 2 * S, .setback = SETBACK_CALL, .number = 2);
    EXPECT_NONE(rate, SETBACK_CALL, .setback = SETBACK_CALL, .number = 3);
    EXPECT_AGAIN("schedule: rate(1 hour)", 8 * MINUTE, .setback = SETBACK_CALL, .number = 185);
    EXPECT_NONE("schedule: rate(1 hour)", SETBACK_CALL, .setback = SETBACK_CALL, .number = 186);
    EXPECT_NONE("schedule: rate(1 hour)", SETBACK_EXPIRED, .setback = SETBACK_CALL, .number = 10,
                .age = SIMTIME_DAY);
    EXPECT_NONE("schedule: rate(1 hour)", SETBACK_PLACEMENT, .setback = SETBACK_PLACEMENT, .number = 1);
}

/* The function that swallows them ends it, whoever invoked it. */
static void failures_that_the_function_does_not_mind_are_not_tried_again(void **state)
{
    (void)state;
    EXPECT_NONE("sqs: {function: {retryFailures: false}}", SETBACK_PLACEMENT, .setback = SETBACK_PLACEMENT,
                .number = 1);
    EXPECT_NONE("event: {function: {retryFailures: false}}", SETBACK_PLACEMENT, .setback = SETBACK_PLACEMENT,
                .number = 1, .errors = 1);
    EXPECT_AGAIN("sqs: {function: {retryFailures: false}}", 30 * S, .setback = SETBACK_CALL, .number = 1);
}

static void a_queue_works_on_as_many_batches_as_it_and_its_function_may(void **state)
{
    (void)state;
    static const struct {
        const char *trigger;
        int64_t concurrency;
    } cases[] = {
        {"sqs: {}", 1000},
        {"sqs: {maximumConcurrency: 2}", 2},
        {"sqs: {maximumConcurrency: 5, function: {reservedConcurrentExecutions: 3}}", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bound bound = bind(cases[i].trigger);
        assert_int_equal(trigger_describe(bound.trigger).concurrency, cases[i].concurrency);
        scenario_free(bound.scenario);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sdk_waits_for_a_random_part_of_a_doubling_time),
        cmocka_unit_test(nobody_tries_a_request_again_but_a_client_that_does),
        cmocka_unit_test(an_event_is_tried_again_after_one_minute_and_two),
        cmocka_unit_test(an_event_without_concurrency_is_tried_until_it_is_too_old),
        cmocka_unit_test(a_message_is_seen_again_after_the_visibility_timeout),
        cmocka_unit_test(a_schedule_tries_a_refused_call_for_a_day),
        cmocka_unit_test(failures_that_the_function_does_not_mind_are_not_tried_again),
        cmocka_unit_test(a_queue_works_on_as_many_batches_as_it_and_its_function_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
