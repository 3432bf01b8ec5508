#include "sim/engine/run.h"
#include "sim/engine/check.h"
#include "sim/engine/hash.h"

enum {
    EVENTS_PER_PROGRESS = 65536,
    MOST_EVENTS_AT_ONCE = 10000000, /* a million hosts and tasks need fewer; beyond, time stands still */
};

static const struct param run_limits_params[] = {
    {.key = "events",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct run_limits, events, int64_t),
     .least = 1,
     .most = INT64_C(1) << 39,
     .fallback = "1000000000",
     .meaning = "so many events"},
    {.key = "tasks",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct run_limits, tasks, int64_t),
     .least = 1,
     .most = INT64_MAX,
     .fallback = "20000000",
     .meaning = "so many tasks"},
    {.key = "bytes",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct run_limits, bytes, int64_t),
     .least = 1,
     .most = INT64_MAX,
     .fallback = "20000000000",
     .meaning = "so many bytes of results"},
    PARAM_END,
};

const struct shape run_limits_shape = {
    .name = "limits", .size = sizeof(struct run_limits), .params = run_limits_params};

struct run *run_new(const struct model *model, const void *settings)
{
    struct arena *arena = arena_new();
    struct run *run = arena_alloc(arena, sizeof *run);
    const struct run_settings *run_settings = settings;
    *run = (struct run){
        .model = model,
        .settings = run_settings,
        .arena = arena,
        .queue = queue_new(),
        .seed = (uint64_t)run_settings->seed,
    };
    return run;
}

void run_free(struct run *run)
{
    if (!run)
        return;
    if (run->world && run->model->end)
        run->model->end(run->world);
    queue_free(run->queue);
    arena_free(run->arena);
}

/* At the end of the list: observers are told in the order in which they came. */
void run_observe(struct run *run, struct observer *observer)
{
    struct observer **last = &run->observers;
    while (*last)
        last = &(*last)->next;
    *last = observer;
    observer->next = NULL;
    run->wanted |= observer->wants;
    run->heard |= observer->event != NULL;
}

static const char *grouped(struct arena *arena, int64_t count)
{
    if (count < 1000)
        return arena_format(arena, "%d", (int)count);
    return arena_format(arena, "%s,%03d", grouped(arena, count / 1000), (int)(count % 1000));
}

static void stop_by(struct run *run, const char *limit, int64_t count, const char *what)
{
    char at[SIMTIME_TEXT_SIZE];
    simtime_format_human(at, run->now);
    run->stopped_by = arena_format(
        run->arena, "stopped by limits.%s: %s %s by %s of simulated time; raise limits.%s to go on", limit,
        grouped(run->arena, count), what, at, limit);
}

static void stop_standing(struct run *run)
{
    char at[SIMTIME_TEXT_SIZE];
    simtime_format_human(at, run->now);
    run->stopped_by = arena_format(
        run->arena,
        "stopped at %s of simulated time, which stands still: %s events at one instant; something "
        "happens again and again and takes no time",
        at, grouped(run->arena, MOST_EVENTS_AT_ONCE));
}

/* The limits that a model or writer may pass in the middle of an event are judged between events. */
bool run_may_go_on(struct run *run)
{
    const struct run_limits *limits = &run->settings->limits;
    if (run->event_number >= (uint64_t)limits->events)
        stop_by(run, "events", (int64_t)run->event_number, "events were handled");
    else if (run->subjects > limits->tasks)
        stop_by(run, "tasks", run->subjects, "tasks were made");
    else if (run->bytes_written > limits->bytes)
        stop_by(run, "bytes", run->bytes_written, "bytes were written");
    else if (run->event_number - run->events_before >= MOST_EVENTS_AT_ONCE)
        stop_standing(run);
    return !run->stopped_by;
}

static void fold_event(struct run *run, const struct event *event)
{
    uint64_t hash = hash_fold(run->fingerprint, (uint64_t)event->at);
    hash = hash_fold(hash, (uint64_t)event->kind << 8 | event->phase);
    hash = hash_fold(hash, event->subject);
    run->fingerprint = hash_fold(hash, event->argument);
}

static void tell_event(const struct run *run, const struct event *event)
{
    for (struct observer *observer = run->observers; observer; observer = observer->next)
        if (observer->event)
            observer->event(observer, event);
}

static void handle_next(struct run *run, struct check_context *context)
{
    struct event event;
    CHECK(queue_pop(run->queue, &event));
    CHECK(event.kind < run->model->event_count);
    if (event.at > run->now)
        run->events_before = run->event_number;
    const struct event_kind *kind = &run->model->events[event.kind];
    run->now = context->at = event.at;
    context->event_number = ++run->event_number;
    context->event = kind->name;
    fold_event(run, &event);
    if (run->resting)
        run->model->wake(run->world, &event);
    if (run->heard)
        tell_event(run, &event);
    kind->handle(run->world, event.subject, event.argument);
}

static void settle(struct run *run)
{
    if (run->model->settle)
        run->model->settle(run->world);
}

static void report_progress(const struct run *run)
{
    if (run->progress && run->event_number % EVENTS_PER_PROGRESS == 0)
        run->progress(run->progress_self, run->now, run->settings->duration, run->event_number);
}

/* Every event in [now, until]. An instant that a limit cuts short is settled too. */
static void play_events(struct run *run, simtime until)
{
    struct check_context *context = check_context();
    simtime next_at = queue_next_at(run->queue);
    while (next_at <= until) {
        if (!run_may_go_on(run)) {
            if (next_at == run->now)
                settle(run);
            return;
        }
        handle_next(run, context);
        next_at = queue_next_at(run->queue);
        if (next_at > run->now)
            settle(run);
        report_progress(run);
    }
    run->now = until;
}

void run_begin(struct run *run)
{
    struct check_context *context = check_context();
    context->seed = run->seed;
    context->at = 0;
    context->event_number = 0;
    context->event = "begin";
    run->world = run->model->begin(run, run->settings);
    if (queue_next_at(run->queue) > 0)
        settle(run);
}

void run_advance(struct run *run, simtime until)
{
    CHECK(until >= run->now && until <= run->settings->duration);
    if (!run->stopped_by)
        play_events(run, until);
}

void run_finish(struct run *run)
{
    struct check_context *context = check_context();
    run_advance(run, run->settings->duration);
    context->at = run->now;
    context->event = "finish";
    if (run->model->finish)
        run->model->finish(run->world);
    context->event = NULL;
}

void run_play(struct run *run)
{
    run_begin(run);
    run_finish(run);
}

event_handle run_schedule(struct run *run, simtime at, enum phase phase, uint16_t kind, uint64_t subject,
                          uint64_t argument)
{
    CHECK(at >= run->now);
    return queue_push(run->queue, at, phase, kind, subject, argument);
}

rng_key run_key(struct run *run, uint64_t purpose, uint64_t who, uint64_t nth)
{
    return rng_open(run->seed, purpose, who, nth);
}

simtime run_draw(struct run *run, const struct dist *dist, uint64_t purpose, uint64_t who, uint64_t nth)
{
    return dist_draw(dist, dist_varies(dist) ? run_key(run, purpose, who, nth) : 0);
}

bool run_wants(const struct run *run, size_t series)
{
    return run->wanted >> series & 1;
}

void run_row(struct run *run, size_t series, const struct value *values)
{
    for (struct observer *observer = run->observers; observer; observer = observer->next)
        if (observer->wants >> series & 1)
            observer->row(observer, series, values);
}

void run_decide(struct run *run, const struct decision *decision)
{
    uint64_t hash = hash_fold(run->fingerprint, (uint64_t)decision->kind << 16 | decision->why);
    hash = hash_fold(hash, decision->who);
    run->fingerprint = hash_fold(hash, decision->chosen);
    for (struct observer *observer = run->observers; observer; observer = observer->next)
        if (observer->decision)
            observer->decision(observer, run->now, decision);
}

void run_tell_choice(struct run *run, const void *choice)
{
    for (struct observer *observer = run->observers; observer; observer = observer->next)
        if (observer->choice)
            observer->choice(observer, choice);
}

void run_count_subject(struct run *run)
{
    run->subjects++;
}

void run_rest(struct run *run)
{
    run->resting = true;
}

void run_wake(struct run *run)
{
    run->resting = false;
}
