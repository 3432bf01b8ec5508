/* Replications of a scenario in one process: the seeds are shared out among threads, each of which has bound
 * the scenario for itself; every run is played, judged and summarised, and nothing is written.
 *
 *   replications SCENARIO RUNS THREADS */
#include "models/ecs/ecs.h"
#include "sim/engine/run.h"
#include "sim/report/summary.h"
#include "sim/scenario/scenario.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct work {
    const char *path;
    uint64_t runs;
    atomic_uint_fast64_t next;
    atomic_uint_fast64_t events, kept;
    atomic_uint_fast64_t sum; /* of the fingerprints, whoever made them */
};

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool all_kept(const struct verdict *verdicts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!verdicts[i].kept)
            return false;
    return true;
}

static void replicate(struct work *work, const void *settings, uint64_t seed, struct text *summary)
{
    struct run *run = run_new(&ecs_model, settings);
    struct verdict *verdicts;
    size_t count;
    run->seed = seed;
    run_play(run);
    run->model->judge(run->world, &verdicts, &count);
    text_clear(summary);
    summary_add(summary, run, verdicts, count);
    work->events += run->event_number;
    work->sum += run->fingerprint;
    work->kept += all_kept(verdicts, count);
    run_free(run);
}

static void *take_seeds(void *argument)
{
    struct work *work = argument;
    struct scenario *scenario = scenario_read(&ecs_model, work->path, NULL, 0);
    if (scenario->errors) {
        scenario_print_mistakes(scenario, stderr);
        exit(2);
    }
    struct text summary = {0};
    for (uint64_t seed; (seed = ++work->next) <= work->runs;)
        replicate(work, scenario->settings, seed, &summary);
    text_free(&summary);
    scenario_free(scenario);
    return NULL;
}

int main(int argc, char **argv)
{
    enum { MOST_THREADS = 64 };
    if (argc != 4) {
        fprintf(stderr, "usage: replications SCENARIO RUNS THREADS\n");
        return 2;
    }
    struct work work = {.path = argv[1], .runs = strtoull(argv[2], NULL, 10)};
    int threads = atoi(argv[3]) < MOST_THREADS ? atoi(argv[3]) : MOST_THREADS;
    pthread_t ids[MOST_THREADS];
    memory_keep();
    double start = now(CLOCK_MONOTONIC);
    for (int i = 0; i < threads; i++)
        pthread_create(&ids[i], NULL, take_seeds, &work);
    for (int i = 0; i < threads; i++)
        pthread_join(ids[i], NULL);
    double seconds = now(CLOCK_MONOTONIC) - start, core = now(CLOCK_PROCESS_CPUTIME_ID);
    printf("threads=%d runs=%" PRIu64
           " seconds=%.3f core-ms/run=%.3f runs/s=%.0f events/run=%.0f events/s=%.0f kept=%" PRIu64
           " sum=%016" PRIx64 "\n",
           threads, work.runs, seconds, 1e3 * core / (double)work.runs, (double)work.runs / seconds,
           (double)work.events / (double)work.runs, (double)work.events / seconds, work.kept, work.sum);
    return 0;
}
