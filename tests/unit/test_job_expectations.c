/* What can be promised of jobs, judged on small worlds that are played. */
#include "models/ecs/job/job.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

/* Twelve messages from 60.083 s to 61 s, and room for four tasks of ten minutes: those that arrived first
 * have it from 66.933 s on, the others are dead letters four minutes after they came. */
#define TWELVE_MESSAGES                                                                                      \
    "containerInstances: [{instanceType: m5.large, count: 1}]\n"                                             \
    "taskDefinitions:\n"                                                                                     \
    "  - family: app\n"                                                                                      \
    "    containerDefinitions: [{name: main, cpu: 512, memory: 1024}]\n"                                     \
    "    simulation: {runtime: 10m}\n"                                                                       \
    "load:\n"                                                                                                \
    "  - name: orders\n"                                                                                     \
    "    runTask: {taskDefinition: app}\n"                                                                   \
    "    requestsPerSecond: {steps: [[0s, 0], [60s, 12], [61s, 0]]}\n"                                       \
    "    arrivals: regular\n"                                                                                \
    "    trigger: {sqs: {batchSize: 12, maximumBatchingWindowInSeconds: 1, visibilityTimeout: 80s, "         \
    "redrivePolicy: 3}}\n"                                                                                   \
    "    deadline: 5m\n"

/* NULL: kept; else how it was broken; good until the next call. */
static const char *judge(struct ecs_run **seen, const char *duration, const char *promise)
{
    struct text text = {0};
    struct verdict *verdicts;
    size_t count;
    if (*seen)
        ecs_run_free(*seen);
    text_add_format(&text, "duration: %s\n" TWELVE_MESSAGES "expect: [{job: orders, %s}]\n", duration,
                    promise);
    *seen = ecs_run_play(text.bytes);
    text_free(&text);
    ecs_model.judge((*seen)->run->world, &verdicts, &count);
    assert_int_equal(count, 1);
    return verdicts->broken;
}

static void what_is_kept(void **state)
{
    (void)state;
    static const char *const kept[] = {
        "queued: {atMost: 12}",
        "queued: 8, from: 65s, until: 230s",
        "inFlight: 4, from: 65s, until: 666s",
        "done: 0", /* they end in 606 s, and are late */
        "dropped: {atLeast: 0.666666, atMost: 0.666667}",
        "late: {atLeast: 0.333333, atMost: 0.333334}",
        "failed: 0",
        "dropped: 1, from: 61s",      /* of those that arrived in the window */
        "dropped: 0, until: 60400ms", /* the four that came first */
        "waiting: {p50: {atLeast: 6s}, longest: {atMost: 7100ms}}",
    };
    struct ecs_run *seen = NULL;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const char *how = judge(&seen, "20m", kept[i]);
        if (how)
            fail_msg("%s", how);
    }
    ecs_run_free(seen);
}

static void how_it_is_broken(void **state)
{
    (void)state;
    static const struct {
        const char *promise, *how;
    } broken[] = {
        {"dropped: 0", "orders: share of dropped jobs was 0.666667 (promised exactly 0)"},
        {"late: {atMost: 0.01}", "orders: share of late jobs was 0.333334 (promised at most 0.01)"},
        {"failed: {atLeast: 0.5}", "orders: share of failed jobs was 0 (promised at least 0.5)"},
        {"done: 4, at: 20m", "orders: jobs done was 0 at 20m (promised exactly 4)"},
        {"inFlight: {atMost: 3}",
         "orders: jobs in flight rose to 4 at 1m1s (promised at most 3); outside for 10m6s "
         "in all"},
        {"waiting: {longest: {atMost: 6s}}",
         "orders: waiting of 4 jobs: longest was 7.016666s (promised longest at "
         "most 6s)"},
    };
    struct ecs_run *seen = NULL;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_string_equal(judge(&seen, "20m", broken[i].promise), broken[i].how);
    ecs_run_free(seen);
}

/* Those that wait at the end have waited so long, and those beyond their deadline are late already. */
static void what_is_unfinished_at_the_end_counts(void **state)
{
    (void)state;
    struct ecs_run *seen = NULL;
    assert_string_equal(judge(&seen, "100s", "waiting: {longest: {atMost: 10s}}"),
                        "orders: waiting of 12 jobs: longest was 39.583333s (promised longest at most 10s)");
    assert_null(judge(&seen, "100s", "late: 0"));
    assert_null(judge(&seen, "380s", "late: {atLeast: 0.333333, atMost: 0.333334}"));
    assert_int_equal(((struct world *)seen->run->world)->jobs->loads[0].counts.overdue, 4);
    ecs_run_free(seen);
}

static void the_story_says_what_became_of_them(void **state)
{
    (void)state;
    struct ecs_run *seen = NULL;
    struct text story = {0};
    judge(&seen, "20m", "queued: {atMost: 12}");
    ecs_model.narrate(seen->run->world, &story);
    ASSERT_PARTS(story.bytes,
                 "jobs orders: 12 arrived: 0 done, 4 late, 0 failed, 8 dropped (8 deadLetter)\n"
                 "  at most 12 queued; waited 6.",
                 "s (p50), 7");
    text_free(&story);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept),
        cmocka_unit_test(how_it_is_broken),
        cmocka_unit_test(what_is_unfinished_at_the_end_counts),
        cmocka_unit_test(the_story_says_what_became_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
