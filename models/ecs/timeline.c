#include "models/ecs/timeline.h"
#include "models/ecs/events.h"
#include "models/ecs/results/rows.h"
#include <ctype.h>

/* --- when ------------------------------------------------------------------------------------- */

static simtime time_of_repetition(const struct timeline_settings *entry, int64_t repetition)
{
    if (repetition == 0)
        return entry->at;
    return repetition < entry->times ? simtime_after(entry->at, repetition * entry->every) : SIMTIME_NEVER;
}

/* The first repetition that is not before `at`. */
static int64_t next_repetition(const struct timeline_settings *entry, simtime at)
{
    if (at <= entry->at)
        return 0;
    return entry->every == ABSENT ? entry->times : (at - entry->at - 1) / entry->every + 1;
}

static simtime next_instant(const struct world *world, simtime not_before)
{
    simtime next = SIMTIME_NEVER;
    EACH(struct timeline_settings, entry, world->settings->timeline) {
        simtime at = time_of_repetition(entry, next_repetition(entry, not_before));
        if (at < next)
            next = at;
    }
    return next;
}

static void schedule(struct world *world, simtime at, bool failures_have_struck)
{
    if (at < SIMTIME_NEVER)
        run_schedule(world->run, at, PHASE_WORLD, EVENT_TIMELINE, failures_have_struck, 0);
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
    uint64_t index = 0;
    EACH(struct timeline_settings, entry, world->settings->timeline) {
        int64_t repetition = next_repetition(entry, world->run->now);
        if (time_of_repetition(entry, repetition) == world->run->now)
            play(world, entry, run_key(world->run, DRAW_SELECTOR, index, (uint64_t)repetition));
        index++;
    }
}

void timeline_begin(struct world *world)
{
    schedule(world, next_instant(world, 0), false);
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
    schedule(world, next_instant(world, world->run->now + 1), false);
}
