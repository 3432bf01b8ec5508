#include "sim/study/runner.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include "sim/engine/hash.h"
#include "sim/report/output.h"
#include "sim/study/journal.h"
#include "sim/study/ranks.h"
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { JOBS_PER_EXCHANGE = 4096 };

struct runner {
    struct runner_settings settings;
    struct records *records;
    struct journal *journal;
    size_t played;
};

/* The jobs of a batch that fall to this process, and the next that nobody has taken. */
struct share {
    struct runner *runner;
    const struct job **jobs;
    size_t count, next, done;
    size_t done_before, count_of_all; /* for who watches */
    size_t ranks;
    struct text lines; /* of what was played, for the other ranks */
    struct told_names told;
    pthread_mutex_t lock;
};

/* Records with tracks are others than those without. */
static uint64_t key_of(const struct runner *runner, const struct cell *cell)
{
    return hash_mix(cell->key + runner->settings.tracked);
}

static int processors(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
}

static void read_journals(struct runner *runner)
{
    struct text lines = {0};
    struct read_names read = {0};
    if (ranks_own() == 0)
        journals_read(runner->settings.folder, &lines);
    ranks_share(&lines);
    records_read(runner->records, &read, lines.bytes, lines.length);
    read_names_free(&read);
    text_free(&lines);
}

struct runner *runner_new(const struct runner_settings *settings)
{
    struct runner *runner = memory_alloc(sizeof *runner);
    memory_keep();
    *runner = (struct runner){.settings = *settings, .records = records_new()};
    if (runner->settings.threads == 0)
        runner->settings.threads = processors();
    read_journals(runner);
    return runner;
}

static void open_journal(struct runner *runner)
{
    struct text name = {0};
    if (runner->journal)
        return;
    text_add_format(&name, "%d-%d", runner->settings.part, ranks_own());
    output_make_folder(runner->settings.folder);
    runner->journal = journal_open(runner->settings.folder, name.bytes);
    text_free(&name);
}

void runner_free(struct runner *runner)
{
    if (runner->journal)
        journal_close(runner->journal);
    records_free(runner->records);
    free(runner);
}

const struct record *runner_record(const struct runner *runner, const struct job *job)
{
    return records_find(runner->records, key_of(runner, job->cell), job->seed);
}

const char *runner_figure(const struct runner *runner, const struct job *job, uint32_t figure)
{
    const struct record *record = runner_record(runner, job);
    return record ? record_figure(record, figure) : NULL;
}

const struct figure_names *runner_names(const struct runner *runner)
{
    return records_names(runner->records);
}

size_t runner_played(const struct runner *runner)
{
    return runner->played;
}

/* --- threads ---------------------------------------------------------------------------------- */

static const struct job *take_job(struct share *share)
{
    pthread_mutex_lock(&share->lock);
    const struct job *job = share->next < share->count ? share->jobs[share->next++] : NULL;
    pthread_mutex_unlock(&share->lock);
    return job;
}

/* What the others have done meanwhile is taken to be as much. */
static void tell_progress(const struct share *share)
{
    const struct runner_settings *settings = &share->runner->settings;
    size_t done = share->done_before + share->done * share->ranks;
    if (settings->progress)
        settings->progress(settings->progress_self, done < share->count_of_all ? done : share->count_of_all,
                           share->count_of_all);
}

static void keep_figures(struct share *share, const struct job *job, const struct text *figures)
{
    struct runner *runner = share->runner;
    pthread_mutex_lock(&share->lock);
    const struct record *record = records_add(runner->records, key_of(runner, job->cell), job->seed, figures);
    const struct figure_names *names = records_names(runner->records);
    journal_add(runner->journal, names, record);
    if (share->ranks > 1)
        record_write(&share->lines, &share->told, names, record);
    share->done++;
    runner->played++;
    tell_progress(share);
    pthread_mutex_unlock(&share->lock);
}

static void *work(void *context)
{
    struct share *share = context;
    struct player player = {.model = share->runner->settings.model,
                            .tracked = share->runner->settings.tracked};
    struct text figures = {0};
    for (const struct job *job; (job = take_job(share));) {
        player_play(&player, job->cell, job->seed, &figures);
        keep_figures(share, job, &figures);
    }
    text_free(&figures);
    player_free(&player);
    return NULL;
}

static void play_share(struct share *share)
{
    pthread_t threads[RUNNER_THREADS_MAX];
    size_t count = (size_t)share->runner->settings.threads;
    count = count > share->count ? share->count : count;
    /* This thread works, too. */
    for (size_t i = 1; i < count; i++)
        if (pthread_create(&threads[i], NULL, work, share))
            machine_failed("cannot start a thread");
    if (count > 0)
        work(share);
    for (size_t i = 1; i < count; i++)
        pthread_join(threads[i], NULL);
}

/* --- ranks ------------------------------------------------------------------------------------ */

static void exchange(struct share *share)
{
    if (share->ranks == 1)
        return;
    struct text *all = memory_alloc(share->ranks * sizeof *all);
    ranks_exchange(&share->lines, all);
    for (size_t i = 0; i < share->ranks; i++) {
        struct read_names read = {0};
        if (i != (size_t)ranks_own())
            records_read(share->runner->records, &read, all[i].bytes, all[i].length);
        read_names_free(&read);
        text_free(&all[i]);
    }
    free(all);
}

/* Every size-th of the missing jobs is this rank's; all ranks see the same ones missing. */
static void play_piece(struct runner *runner, const struct job **missing, size_t count, size_t before,
                       size_t count_of_all)
{
    struct share share = {.runner = runner,
                          .jobs = memory_alloc((count + 1) * sizeof *share.jobs),
                          .done_before = before,
                          .count_of_all = count_of_all,
                          .ranks = (size_t)ranks_size()};
    for (size_t i = (size_t)ranks_own(); i < count; i += share.ranks)
        share.jobs[share.count++] = missing[i];
    pthread_mutex_init(&share.lock, NULL);
    play_share(&share);
    pthread_mutex_destroy(&share.lock);
    exchange(&share);
    text_free(&share.lines);
    told_names_free(&share.told);
    free(share.jobs);
}

static bool is_missing(const struct runner *runner, const struct job *job)
{
    return !runner_record(runner, job);
}

/* Those of every parts-th job, from the part-th on, that are missing. */
static void play_part(struct runner *runner, const struct job *jobs, size_t count, size_t part, size_t parts)
{
    const struct job **missing = memory_alloc((count + 1) * sizeof *missing);
    size_t missing_count = 0;
    for (size_t i = part; i < count; i += parts)
        if (is_missing(runner, &jobs[i]))
            missing[missing_count++] = &jobs[i];
    if (missing_count > 0)
        open_journal(runner);
    for (size_t i = 0; i < missing_count; i += JOBS_PER_EXCHANGE) {
        size_t left = missing_count - i;
        play_piece(runner, missing + i, left < JOBS_PER_EXCHANGE ? left : JOBS_PER_EXCHANGE, i,
                   missing_count);
    }
    free(missing);
}

bool runner_play(struct runner *runner, const struct job *jobs, size_t count)
{
    play_part(runner, jobs, count, (size_t)runner->settings.part, (size_t)runner->settings.parts);
    for (size_t i = 0; i < count; i++)
        if (is_missing(runner, &jobs[i]))
            return false;
    return true;
}
