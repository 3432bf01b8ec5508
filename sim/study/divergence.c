#include "sim/study/divergence.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

struct heard {
    simtime at;
    size_t begin; /* of its words */
};

struct listener {
    struct observer observer; /* first: the observer is the listener */
    struct run *run;
    struct heard *heard; /* what was not compared yet */
    size_t count, capacity;
    struct text words; /* each with a NUL behind it */
    bool deaf;
};

struct divergence_watch {
    struct listener listeners[2];
    struct divergence divergence;
};

/* --- listening -------------------------------------------------------------------------------- */

static void hear(struct observer *observer, simtime at, const struct decision *decision)
{
    struct listener *listener = (struct listener *)observer;
    if (listener->deaf)
        return;
    if (listener->count == listener->capacity) {
        listener->capacity = listener->capacity ? 2 * listener->capacity : 64;
        listener->heard = memory_grow(listener->heard, listener->capacity, sizeof *listener->heard);
    }
    listener->heard[listener->count++] = (struct heard){.at = at, .begin = listener->words.length};
    listener->run->model->describe(listener->run->world, decision, &listener->words);
    text_add_char(&listener->words, '\0');
}

static const char *words_of(const struct listener *listener, size_t i)
{
    return listener->words.bytes + listener->heard[i].begin;
}

static void forget(struct listener *listener)
{
    listener->count = 0;
    text_clear(&listener->words);
}

static void listen(struct listener *listener, struct run *run)
{
    CHECK(run->model->describe && !run->world);
    listener->run = run;
    listener->observer.decision = hear;
    run_observe(run, &listener->observer);
}

struct divergence_watch *divergence_watch_new(struct run *first, struct run *second)
{
    struct divergence_watch *watch = memory_alloc(sizeof *watch);
    *watch = (struct divergence_watch){0};
    listen(&watch->listeners[0], first);
    listen(&watch->listeners[1], second);
    return watch;
}

void divergence_watch_free(struct divergence_watch *watch)
{
    for (size_t i = 0; i < 2; i++) {
        free(watch->listeners[i].heard);
        text_free(&watch->listeners[i].words);
        text_free(&watch->divergence.sides[i].words);
    }
    for (size_t i = 0; i < DECISIONS_BEFORE; i++)
        text_free(&watch->divergence.before[i].words);
    free(watch);
}

/* --- playing together ------------------------------------------------------------------------- */

static void advance(struct run *run, simtime until)
{
    check_context()->seed = run->seed;
    run_advance(run, until);
}

/* The next instant at which anything may happen; SIMTIME_NEVER beyond the run's end. */
static simtime next_at(const struct run *run)
{
    simtime at = run->stopped_by ? SIMTIME_NEVER : queue_next_at(run->queue);
    return at <= run->settings->duration ? at : SIMTIME_NEVER;
}

static simtime shorter_duration(const struct listener listeners[2])
{
    return simtime_earlier(listeners[0].run->settings->duration, listeners[1].run->settings->duration);
}

/* False if one of them is over. */
static bool advance_both(struct listener listeners[2])
{
    simtime at = simtime_earlier(next_at(listeners[0].run), next_at(listeners[1].run));
    if (at > shorter_duration(listeners))
        return false;
    advance(listeners[0].run, at);
    advance(listeners[1].run, at);
    return !listeners[0].run->stopped_by && !listeners[1].run->stopped_by;
}

/* --- comparing -------------------------------------------------------------------------------- */

static void tell(struct told_decision *told, const struct listener *listener, size_t i)
{
    told->at = listener->heard[i].at;
    text_clear(&told->words);
    text_add(&told->words, words_of(listener, i));
}

/* The oldest makes room, and lends its memory to the newest. */
static void remember(struct divergence *divergence, const struct listener *listener, size_t i)
{
    struct told_decision *before = divergence->before;
    if (divergence->before_count < DECISIONS_BEFORE) {
        tell(&before[divergence->before_count++], listener, i);
        return;
    }
    struct told_decision oldest = before[0];
    memmove(before, before + 1, (DECISIONS_BEFORE - 1) * sizeof *before);
    tell(&oldest, listener, i);
    before[DECISIONS_BEFORE - 1] = oldest;
}

/* How many of what was heard the two have in common, from the first on. */
static size_t common(const struct listener *first, const struct listener *second)
{
    size_t i = 0;
    while (i < first->count && i < second->count && first->heard[i].at == second->heard[i].at &&
           !strcmp(words_of(first, i), words_of(second, i)))
        i++;
    return i;
}

static void take_common(struct divergence *divergence, const struct listener *listener, size_t count)
{
    for (size_t i = count > DECISIONS_BEFORE ? count - DECISIONS_BEFORE : 0; i < count; i++)
        remember(divergence, listener, i);
    divergence->in_common += count;
}

/* Its decision with that index, which it may still have to make. */
static void take_differing(struct told_decision *side, struct listener *listener, size_t i)
{
    while (listener->count <= i && next_at(listener->run) != SIMTIME_NEVER)
        advance(listener->run, next_at(listener->run));
    side->at = SIMTIME_NEVER;
    if (listener->count > i)
        tell(side, listener, i);
}

/* Compares what both have done up to the same instant. */
static bool differ(struct divergence_watch *watch)
{
    struct listener *first = &watch->listeners[0], *second = &watch->listeners[1];
    size_t same = common(first, second);
    take_common(&watch->divergence, first, same);
    watch->divergence.found = same < first->count || same < second->count;
    for (size_t i = 0; i < 2 && watch->divergence.found; i++)
        take_differing(&watch->divergence.sides[i], &watch->listeners[i], same);
    forget(first);
    forget(second);
    return watch->divergence.found;
}

const struct divergence *divergence_find(struct divergence_watch *watch)
{
    struct listener *listeners = watch->listeners;
    while (!differ(watch) && advance_both(listeners))
        ;
    listeners[0].deaf = listeners[1].deaf = true;
    return &watch->divergence;
}

/* --- in words --------------------------------------------------------------------------------- */

static void add_instant(struct text *text, simtime at, bool exactly)
{
    char instant[SIMTIME_TEXT_SIZE];
    if (exactly)
        simtime_format_seconds(instant, at);
    else
        simtime_format_human(instant, at);
    text_add_format(text, "at %s%s: ", instant, exactly ? "s" : "");
}

/* Instants are said as people say them, but where two that differ would look the same. */
static bool look_the_same(const struct told_decision sides[2])
{
    char instants[2][SIMTIME_TEXT_SIZE];
    simtime_format_human(instants[0], sides[0].at);
    simtime_format_human(instants[1], sides[1].at);
    return sides[0].at != sides[1].at && !strcmp(instants[0], instants[1]);
}

void divergence_add(struct text *text, const struct divergence *divergence, const char *const names[2])
{
    bool exactly = look_the_same(divergence->sides);
    for (size_t i = 0; i < divergence->before_count; i++) {
        text_add(text, "  both, ");
        add_instant(text, divergence->before[i].at, false);
        text_add_format(text, "%s\n", divergence->before[i].words.bytes);
    }
    for (size_t i = 0; i < 2; i++) {
        const struct told_decision *side = &divergence->sides[i];
        text_add_format(text, "  %s, ", names[i]);
        if (side->at == SIMTIME_NEVER) {
            text_add(text, "to its end: decides nothing more\n");
            continue;
        }
        add_instant(text, side->at, exactly);
        text_add_format(text, "%s\n", side->words.bytes);
    }
}
