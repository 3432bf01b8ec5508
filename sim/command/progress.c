#include "sim/command/progress.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR_LETTERS = 24, SHOWN_EVERY_MS = 200, PATIENCE_MS = 500 };

static const char full_bar[BAR_LETTERS + 1] = "########################";
static const char empty_bar[BAR_LETTERS + 1] = "........................";

static int64_t wall_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whether a line is due; then `left` is the time left, when so much of the whole is done. */
static bool is_due(struct progress *progress, int64_t done, int64_t whole, char left[SIMTIME_TEXT_SIZE])
{
    int64_t at_ms = wall_clock_ms();
    if (at_ms - progress->began_ms < PATIENCE_MS || at_ms - progress->shown_ms < SHOWN_EVERY_MS || done <= 0)
        return false;
    int64_t spent_ms = at_ms - progress->began_ms;
    int64_t left_s = (int64_t)((__int128)spent_ms * (whole - done) / done / 1000);
    simtime_format_human(left, left_s * SIMTIME_SECOND);
    progress->shown_ms = at_ms;
    progress->shown = true;
    return true;
}

static void show_bar(int64_t done, int64_t whole)
{
    int full = (int)((__int128)BAR_LETTERS * done / whole);
    fprintf(stderr, "\r[%.*s%.*s] ", full, full_bar, BAR_LETTERS - full, empty_bar);
}

static void show(void *self, simtime now, simtime duration, uint64_t events)
{
    char simulated[SIMTIME_TEXT_SIZE], left[SIMTIME_TEXT_SIZE];
    if (!is_due(self, now, duration, left))
        return;
    simtime_format_human(simulated, now / SIMTIME_SECOND * SIMTIME_SECOND);
    show_bar(now, duration);
    fprintf(stderr, "%s simulated, %llu events, %s left \033[K", simulated, (unsigned long long)events, left);
    fflush(stderr);
}

void progress_begin(struct progress *progress, struct run *run)
{
    *progress = (struct progress){.began_ms = wall_clock_ms()};
    if (!isatty(STDERR_FILENO))
        return;
    run->progress = show;
    run->progress_self = progress;
}

void progress_begin_runs(struct progress *progress)
{
    *progress =
        (struct progress){.began_ms = wall_clock_ms(), .shown_ms = isatty(STDERR_FILENO) ? 0 : INT64_MAX};
}

void progress_show_runs(void *self, size_t done, size_t count)
{
    char left[SIMTIME_TEXT_SIZE];
    if (!is_due(self, (int64_t)done, (int64_t)count, left))
        return;
    show_bar((int64_t)done, (int64_t)count);
    fprintf(stderr, "%zu of %zu runs, %s left \033[K", done, count, left);
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
}
