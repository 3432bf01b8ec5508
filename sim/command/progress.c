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

static void show(void *self, simtime now, simtime duration, uint64_t events)
{
    struct progress *progress = self;
    int64_t at_ms = wall_clock_ms();
    if (at_ms - progress->began_ms < PATIENCE_MS || at_ms - progress->shown_ms < SHOWN_EVERY_MS || now <= 0)
        return;
    char simulated[SIMTIME_TEXT_SIZE], left[SIMTIME_TEXT_SIZE];
    int done = (int)((__int128)BAR_LETTERS * now / duration);
    int64_t spent_ms = at_ms - progress->began_ms;
    int64_t left_s = (int64_t)((__int128)spent_ms * (duration - now) / now / 1000);
    simtime_format_human(simulated, now / SIMTIME_SECOND * SIMTIME_SECOND);
    simtime_format_human(left, left_s * SIMTIME_SECOND);
    fprintf(stderr, "\r[%.*s%.*s] %s simulated, %llu events, %s left \033[K", done, full_bar,
            BAR_LETTERS - done, empty_bar, simulated, (unsigned long long)events, left);
    fflush(stderr);
    progress->shown_ms = at_ms;
    progress->shown = true;
}

void progress_begin(struct progress *progress, struct run *run)
{
    *progress = (struct progress){.began_ms = wall_clock_ms()};
    if (!isatty(STDERR_FILENO))
        return;
    run->progress = show;
    run->progress_self = progress;
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
}
