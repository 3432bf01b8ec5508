#include "models/ecs/timeline.h"
#include "models/ecs/events.h"
#include "models/ecs/results/rows.h"
#include <ctype.h>
#include <stdlib.h>

/* --- when ------------------------------------------------------------------------------------- */

static simtime time_of_repetition(const struct timeline_settings *entry, int64_t repetition)
{
    if (repetition == 0)
        return entry->at;
    return repetition < entry->times ? simtime_after(entry->at, repetition * entry->every) : SIMTIME_NEVER;
}

/* The next time of an entry. */
struct due {
    simtime at;
    size_t index; /* of the entry */
    int64_t repetition;
};

/* A heap: the first is what is due first, and of one instant what stands first in the scenario. */
struct timeline {
    struct due *heap;
    size_t count;
};

static const struct timeline_settings *entry_at(const struct world *world, size_t index)
{
    return LIST_AT(struct timeline_settings, world->settings->timeline, index);
}

static int compare_due(const void *a, const void *b)
{
    const struct due *one = a, *other = b;
    int by_time = (one->at > other->at) - (one->at < other->at);
    return by_time ? by_time : (one->index > other->index) - (one->index < other->index);
}

/* In place of the first. */
static void put_first(struct timeline *timeline, struct due due)
{
    struct due *heap = timeline->heap;
    size_t hole = 0;
    for (size_t child = 1; child < timeline->count; child = 2 * hole + 1) {
        if (child + 1 < timeline->count && compare_due(&heap[child + 1], &heap[child]) < 0)
            child++;
        if (compare_due(&due, &heap[child]) < 0)
            break;
        heap[hole] = heap[child];
        hole = child;
    }
    heap[hole] = due;
}

/* The first, which is due again when it says so. */
static struct due take_first(struct world *world)
{
    struct timeline *timeline = world->timeline;
    struct due first = timeline->heap[0], next = first;
    next.at = time_of_repetition(entry_at(world, first.index), ++next.repetition);
    if (next.at == SIMTIME_NEVER)
        next = timeline->heap[--timeline->count];
    if (timeline->count)
        put_first(timeline, next);
    return first;
}

static void schedule(struct world *world, simtime at, bool failures_have_struck)
{
    run_schedule(world->run, at, PHASE_WORLD, EVENT_TIMELINE, failures_have_struck, 0);
}

static void schedule_first(struct world *world)
{
    if (world->timeline->count)
        schedule(world, world->timeline->heap[0].at, false);
}

/* --- what ------------------------------------------------------------------------------------- */

static void write_action(struct json *line, const char *name)
{
    char action[64];
    snprintf(action, sizeof action, "%c%s", toupper((unsigned char)name[0]), name + 1);
    json_string(line, "action", action);
}

static void write_answer(struct json *line, const char *error, const struct text *response)
{
    if (error) {
        json_string(line, "error", error);
        return;
    }
    text_add(line->out, ",\"response\":");
    text_add_bytes(line->out, response->bytes, response->length);
}

static void play(struct world *world, const struct timeline_settings *entry, rng_key draw)
{
    const struct action_verbs *verbs = entry->action.variant->verbs;
    struct text line = {0}, answer = {0};
    struct json call = {.out = &line, .one_line = true}, response = {.out = &answer, .one_line = true};
    json_begin_object(&call, NULL);
    json_seconds(&call, "time_s", world->run->now);
    write_action(&call, entry->action.variant->name);
    json_begin_object(&call, "request");
    verbs->ask(entry->action.settings, &call);
    json_end_object(&call);
    json_begin_object(&response, NULL);
    const char *error = verbs->play(world, entry->action.settings, draw, &response);
    json_end_object(&response);
    write_answer(&call, error, &answer);
    json_end_object(&call);
    row_document(world, SERIES_CALLS, &line);
    text_free(&line);
    text_free(&answer);
}

static void play_all_due(struct world *world)
{
    struct timeline *timeline = world->timeline;
    while (timeline->count && timeline->heap[0].at == world->run->now) {
        struct due due = take_first(world);
        play(world, entry_at(world, due.index),
             run_key(world->run, DRAW_SELECTOR, due.index, (uint64_t)due.repetition));
    }
}

/* What is sorted is a heap. */
void timeline_begin(struct world *world)
{
    struct timeline *timeline = world->timeline = arena_alloc(world->arena, sizeof *timeline);
    size_t count = world->settings->timeline.count;
    *timeline = (struct timeline){arena_array(world->arena, count, sizeof *timeline->heap), count};
    for (size_t i = 0; i < count; i++)
        timeline->heap[i] = (struct due){entry_at(world, i)->at, i, 0};
    qsort(timeline->heap, count, sizeof *timeline->heap, compare_due);
    schedule_first(world);
}

/* One event stands for all entries of an instant, so that they come in the order of the file whenever they
 * were scheduled. It waits until the failures of the instant have struck by going once to the end of the
 * line of WORLD events, and needs no place before the tick, which is CONTROL. */
void timeline_plays(void *context, uint64_t failures_have_struck, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    if (!failures_have_struck) {
        schedule(world, world->run->now, true);
        return;
    }
    play_all_due(world);
    schedule_first(world);
}
