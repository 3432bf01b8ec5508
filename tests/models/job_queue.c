/* Jobs as a queue whose truth is known: k places for tasks, Poisson arrivals, exponential runtimes, and every
 * latency zero. Where a job without a place is dropped, Erlang's first formula gives the share that is; where
 * its task waits in PROVISIONING, his second gives the share that waits and the mean wait. */
#include "models/ecs/ecs.h"
#include "models/ecs/results/rows.h"
#include "sim/scenario/scenario.h"
#include "tests/models/erlang.h"
#include <stdio.h>
#include <string.h>

enum { BATCHES = 20, JOBS_PER_BATCH = 10000, PLACES = 4, RUNTIME_S = 60 };
static const double offered = 3; /* 0.05 a second, 60 s each */

#define WORLD                                                                                                \
    "duration: 52d\n"                                                                                        \
    "limits: {events: 100000000, tasks: 100000000}\n"                                                        \
    "timing: {taskDispatch: 0s, imagePull: 0s, imagePullCached: 0s, containerStart: 0s, "                    \
    "provisioningTimeout: 30d}\n"                                                                            \
    "taskDefinitions:\n"                                                                                     \
    "  - family: app\n"                                                                                      \
    "    containerDefinitions: [{name: main, cpu: 512, memory: 512}]\n"                                      \
    "    simulation: {runtime: {exponential: {mean: 60s}}}\n"

/* The first batch fills the empty system and is not judged. */
struct tally {
    struct observer observer; /* first */
    int64_t jobs;
    double dropped[BATCHES + 1], waiting[BATCHES + 1], wait_s[BATCHES + 1];
};

static void see(struct observer *observer, size_t series, const struct value *row)
{
    struct tally *tally = (struct tally *)observer;
    int64_t batch = tally->jobs / JOBS_PER_BATCH;
    bool dropped = !strcmp(row[6].text, "dropped");
    simtime wait = dropped ? 0 : row[4].integer - row[1].integer;
    if (series != SERIES_JOBS || batch > BATCHES)
        return;
    tally->jobs++;
    tally->dropped[batch] += dropped / (double)JOBS_PER_BATCH;
    tally->waiting[batch] += (wait > 0) / (double)JOBS_PER_BATCH;
    tally->wait_s[batch] += (double)wait / SIMTIME_SECOND / JOBS_PER_BATCH;
}

static struct tally play(const char *text)
{
    struct tally tally = {.observer = {.row = see, .wants = UINT64_C(1) << SERIES_JOBS}};
    struct scenario *scenario = scenario_read_text(&ecs_model, "test.yaml", text, strlen(text), NULL, 0);
    if (scenario->errors)
        scenario_print_mistakes(scenario, stderr);
    assert_int_equal(scenario->errors, 0);
    struct run *run = run_new(&ecs_model, scenario->settings);
    run_observe(run, &tally.observer);
    run_play(run);
    assert_null(run->stopped_by);
    run_free(run);
    scenario_free(scenario);
    assert_int_equal(tally.jobs, (BATCHES + 1) * JOBS_PER_BATCH);
    return tally;
}

static void assert_agrees(const double *batches, double truth, const char *what)
{
    assert_estimates(batches + 1, BATCHES, truth, 0.15, what);
}

static void requests_that_find_no_place_are_dropped_in_erlangs_share(void **state)
{
    (void)state;
    struct tally tally = play(WORLD "containerInstances: [{instanceType: m5.large}]\n"
                                    "load:\n"
                                    "  - runTask: {taskDefinition: app}\n"
                                    "    requestsPerSecond: 0.05\n"
                                    "    trigger: {apiGateway: {function: {duration: 0s}}}\n");
    assert_agrees(tally.dropped, erlang_b(PLACES, offered), "share that is dropped");
    assert_agrees(tally.wait_s, 0, "wait");
}

static void messages_wait_as_long_as_erlang_says(void **state)
{
    (void)state;
    struct tally tally =
        play(WORLD "autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large, minSize: 1, "
                   "maxSize: 1}]\n"
                   "capacityProviders: [{name: hosts, autoScalingGroupProvider: {autoScalingGroupArn: fleet, "
                   "managedScaling: {status: ENABLED}}}]\n"
                   "load:\n"
                   "  - runTask: {taskDefinition: app, capacityProviderStrategy: [{capacityProvider: hosts, "
                   "weight: 1}]}\n"
                   "    requestsPerSecond: 0.05\n"
                   "    trigger: {sqs: {batchSize: 1, function: {duration: 0s}}}\n");
    assert_agrees(tally.waiting, erlang_c(PLACES, offered), "share that waits");
    assert_agrees(tally.wait_s, erlang_c(PLACES, offered) * RUNTIME_S / (PLACES - offered), "mean wait");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_that_find_no_place_are_dropped_in_erlangs_share),
        cmocka_unit_test(messages_wait_as_long_as_erlang_says),
    };
    return RUN_TESTS(tests);
}
