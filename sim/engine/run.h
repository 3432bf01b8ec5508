/* One run: a model, a clock, a queue, a seed, and those who watch. Runs share nothing, so they go side by
 * side in threads.
 *
 * After a handler, if the next event is later than now, the model settles: it looks at what was touched and
 * emits rows. Observers are not events. */
#ifndef SIM_ENGINE_RUN_H
#define SIM_ENGINE_RUN_H

#include "sim/engine/arena.h"
#include "sim/engine/dist.h"
#include "sim/engine/model.h"
#include "sim/engine/queue.h"
#include "sim/engine/rng.h"

/* What every scenario says, whatever the model. First member of a model's settings; RUN_PARAMS are its rows.
 */
struct run_limits {
    int64_t events;
    int64_t tasks; /* whatever the model counts with run_count_subject() */
    int64_t bytes; /* of results */
};

struct run_settings {
    const char *name;
    const char *description;
    int64_t seed;
    simtime duration;
    int64_t start_time_us; /* unix time of t = 0 */
    simtime sample_every;  /* ABSENT: a row at every change */
    struct run_limits limits;
};

extern const struct shape run_limits_shape;

#define RUN_PARAMS(settings)                                                                                 \
    {.key = "name",                                                                                          \
     .type = PARAM_TEXT,                                                                                     \
     .offset = offsetof(settings, run.name),                                                                 \
     .meaning = "names the results folder: letters, digits, . _ - (default: the file's name)"},              \
        {.key = "description",                                                                               \
         .type = PARAM_TEXT,                                                                                 \
         .offset = offsetof(settings, run.description),                                                      \
         .meaning = "what this scenario shows; the picture's subtitle"},                                     \
        {.key = "seed",                                                                                      \
         .type = PARAM_INTEGER,                                                                              \
         .offset = offsetof(settings, run.seed),                                                             \
         .fallback = "1",                                                                                    \
         .most = INT64_MAX,                                                                                  \
         .meaning = "seed of every random draw"},                                                            \
        {.key = "duration",                                                                                  \
         .type = PARAM_DURATION,                                                                             \
         .flags = PARAM_REQUIRED,                                                                            \
         .offset = offsetof(settings, run.duration),                                                         \
         .least = 1,                                                                                         \
         .most = 100 * 366 * SIMTIME_DAY,                                                                    \
         .meaning = "how much time is simulated"},                                                           \
        {.key = "startTime",                                                                                 \
         .type = PARAM_UTC,                                                                                  \
         .offset = offsetof(settings, run.start_time_us),                                                    \
         .fallback = "2026-01-01T00:00:00Z",                                                                 \
         .meaning = "wall clock at t = 0, UTC"},                                                             \
        {.key = "sampleEvery",                                                                               \
         .type = PARAM_DURATION,                                                                             \
         .offset = offsetof(settings, run.sample_every),                                                     \
         .least = 1000,                                                                                      \
         .most = INT64_MAX,                                                                                  \
         .meaning = "rows on a grid instead of one at every change"},                                        \
    {                                                                                                        \
        .key = "limits", .type = PARAM_STRUCT, .offset = offsetof(settings, run.limits),                     \
        .shape = &run_limits_shape, .meaning = "what stops a runaway run"                                    \
    }

struct observer {
    /* One row of series `index` of the model; `values` has its column_count cells (one for JSON lines). */
    void (*row)(struct observer *, size_t index, const struct value *values);
    void (*decision)(struct observer *, simtime at, const struct decision *);
    /* One that is about to be handled: the world is as it was before. */
    void (*event)(struct observer *, const struct event *);
    /* What is about to be chosen, and nothing of it done yet: a struct of the model's own. */
    void (*choice)(struct observer *, const void *choice);
    uint64_t wants; /* bit per series */
    struct observer *next;
};

struct run {
    const struct model *model;
    const struct run_settings *settings;
    struct arena *arena;
    struct queue *queue;
    void *world;
    struct observer *observers;
    uint64_t wanted; /* union of the observers' */
    bool heard;      /* some observer wants events */
    bool resting;    /* the model is told of events that come: model.wake() */
    simtime now;
    uint64_t seed;
    uint64_t event_number;
    uint64_t events_before; /* those of earlier instants */
    uint64_t fingerprint;
    int64_t subjects;
    int64_t bytes_written;  /* kept by who writes */
    const char *stopped_by; /* the limit that ended the run, as a sentence; NULL if none */
    void (*progress)(void *self, simtime now, simtime duration,
                     uint64_t events); /* every 65,536 events; may be NULL */
    void *progress_self;
};

/* `settings` is the model's; its first member a struct run_settings. The seed is the settings', unless
 * `seed` is set before run_play: runs only read the settings, so many may share them, side by side too. */
struct run *run_new(const struct model *, const void *settings);
void run_observe(struct run *, struct observer *); /* before it begins */
void run_play(struct run *);                       /* begin, every event up to the duration, finish */
void run_free(struct run *);

/* The same in steps, for who looks at the world in between: it is as it was after everything that happened
 * at `until`, at most the duration, and does not come to differ by it. A limit may stop it before. */
void run_begin(struct run *);
void run_advance(struct run *, simtime until);
void run_finish(struct run *); /* advances to the duration first */

/* For models. An event beyond the duration is accepted and never comes. */
event_handle run_schedule(struct run *, simtime at, enum phase, uint16_t kind, uint64_t subject,
                          uint64_t argument);
/* And forgets it: *handle becomes 0; 0 is fine, and frequent. */
static inline void run_cancel(struct run *run, event_handle *handle)
{
    if (*handle)
        queue_cancel(run->queue, *handle);
    *handle = 0;
}
simtime run_draw(struct run *, const struct dist *, uint64_t purpose, uint64_t who, uint64_t nth);
rng_key run_key(struct run *, uint64_t purpose, uint64_t who, uint64_t nth);
bool run_wants(const struct run *, size_t series);
void run_row(struct run *, size_t series, const struct value *values);
void run_decide(struct run *, const struct decision *);
void run_tell_choice(struct run *, const void *choice); /* leaves no trace in the fingerprint */
void run_count_subject(struct run *);                   /* towards limits.tasks */

bool run_may_go_on(struct run *); /* no limit is passed: for who does much at once */

/* What the model would do as time goes by, it does later, all at once: until run_wake() it is told of each
 * event before that is handled, and the world is as it is until one that matters comes. */
void run_rest(struct run *);
void run_wake(struct run *);

#endif
