#include "sim/study/form/moments.h"
#include "sim/scenario/tree.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PIECES = 3 };

/* What held from an instant on; at the end, the least from then on for as long as the same was asked for. */
struct levels {
    simtime at;
    int64_t asked;
    int64_t values[PERTURBATION_LEVELS];
    size_t next; /* the instant from which on something else was asked for; at the end only */
};

struct victims {
    struct victim *items;
    size_t count, capacity;
};

/* What happened, in words, as far as there is room for it. */
struct happening {
    struct text words;
    size_t pieces;
};

struct collector {
    struct observer observer; /* first: the collector is found by it */
    struct arena *arena;
    struct run *run;
    const struct perturbation *perturbation;
    const void *subject;
    struct moments *moments;
    struct victims alive;  /* when it was last looked; in the arena, shared by moments */
    struct victims seen;   /* now */
    struct levels *levels; /* of each instant of the run */
    size_t level_count;
    size_t *level_of;                   /* of each moment: the index of its instant */
    struct happening decided, happened; /* at the instant at hand */
    struct text piece;
};

/* --- what happens ----------------------------------------------------------------------------- */

/* What comes twice in a row is said once. */
static void keep_piece(struct collector *collector, struct happening *happening)
{
    const struct text *piece = &collector->piece, *words = &happening->words;
    bool again = happening->pieces > 0 && words->length >= piece->length &&
                 !strcmp(words->bytes + words->length - piece->length, piece->bytes);
    if (piece->length == 0 || again)
        return;
    if (happening->pieces++ < MOST_PIECES)
        text_add_format(&happening->words, "%s%s", words->length ? "; " : "", piece->bytes);
}

static void hear_event(struct observer *observer, const struct event *event)
{
    struct collector *collector = (struct collector *)observer;
    text_clear(&collector->piece);
    collector->run->model->describe_event(collector->run->world, event, &collector->piece);
    keep_piece(collector, &collector->happened);
}

static void hear_decision(struct observer *observer, simtime at, const struct decision *decision)
{
    struct collector *collector = (struct collector *)observer;
    (void)at;
    text_clear(&collector->piece);
    collector->run->model->describe(collector->run->world, decision, &collector->piece);
    keep_piece(collector, &collector->decided);
}

static void forget(struct happening *happening)
{
    text_clear(&happening->words);
    happening->pieces = 0;
}

static void add_happening(struct text *out, const struct happening *happening)
{
    text_add(out, happening->words.bytes);
    if (happening->pieces > MOST_PIECES)
        text_add_format(out, "; and %zu more", happening->pieces - MOST_PIECES);
}

/* "just before web: stop web-2 (service scheduler's tick; web-3: task step)": decisions say most. */
static const char *tell(struct collector *collector, const char *relation)
{
    struct text out = {0};
    bool decided = collector->decided.pieces > 0;
    text_add_format(&out, "%s ", relation);
    if (decided)
        add_happening(&out, &collector->decided);
    text_add(&out, decided ? " (" : "");
    add_happening(&out, &collector->happened);
    text_add(&out, decided ? ")" : "");
    const char *kept = arena_copy(collector->arena, out.bytes, out.length);
    text_free(&out);
    return kept;
}

/* --- who is alive ----------------------------------------------------------------------------- */

/* Mostly the same ones as before, whose names are kept already. */
static void take_victim(void *self, size_t kind, const char *name)
{
    struct collector *collector = self;
    struct victims *seen = &collector->seen;
    const struct victims *before = &collector->alive;
    if (seen->count == seen->capacity) {
        seen->capacity = seen->capacity ? 2 * seen->capacity : 16;
        seen->items = memory_grow(seen->items, seen->capacity, sizeof *seen->items);
    }
    const char *known = seen->count < before->count ? before->items[seen->count].name : "";
    seen->items[seen->count++] =
        (struct victim){kind, strcmp(known, name) ? arena_text(collector->arena, name) : known};
}

static bool same_victims(const struct victims *a, const struct victims *b)
{
    for (size_t i = 0; i < a->count && a->count == b->count; i++)
        if (a->items[i].kind != b->items[i].kind || a->items[i].name != b->items[i].name)
            return false;
    return a->count == b->count;
}

static void look_around(struct collector *collector)
{
    struct victims *seen = &collector->seen, *alive = &collector->alive;
    seen->count = 0;
    collector->perturbation->victims(collector->run->world, take_victim, collector);
    if (same_victims(seen, alive))
        return;
    alive->items = arena_array(collector->arena, seen->count + 1, sizeof *alive->items);
    alive->count = seen->count;
    memcpy(alive->items, seen->items, seen->count * sizeof *seen->items);
}

/* --- moments ---------------------------------------------------------------------------------- */

static void add_moment(struct collector *collector, simtime at, int64_t change, const char *relation,
                       const struct victims *victims)
{
    struct moments *moments = collector->moments;
    if (at >= collector->run->settings->duration)
        return;
    moments->items = array_room(collector->arena, moments->items, moments->count, sizeof *moments->items);
    collector->level_of =
        array_room(collector->arena, collector->level_of, moments->count, sizeof *collector->level_of);
    collector->level_of[moments->count] = collector->level_count - 1;
    moments->items[moments->count++] = (struct moment){.at = at,
                                                       .change = change,
                                                       .event = tell(collector, relation),
                                                       .victims = victims->items,
                                                       .victim_count = victims->count};
    moments->death_count += victims->count;
}

static int64_t least_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The microsecond after an instant may be the next instant, which has then been tried. */
static bool was_tried(const struct moments *moments, simtime at)
{
    return moments->count && moments->items[moments->count - 1].at >= at;
}

static void add_levels(struct collector *collector, simtime at)
{
    collector->levels =
        array_room(collector->arena, collector->levels, collector->level_count, sizeof *collector->levels);
    struct levels *levels = &collector->levels[collector->level_count++];
    levels->at = at;
    levels->asked = collector->perturbation->asked(collector->subject);
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++)
        levels->values[i] = collector->perturbation->level(collector->subject, i);
}

/* Where the changes begin, those who are alive before are those who are so afterwards: what changes a subject
 * kills nobody. */
static void play_instant(struct collector *collector, simtime at)
{
    int64_t before = collector->perturbation->changing(collector->subject);
    forget(&collector->decided);
    forget(&collector->happened);
    run_advance(collector->run, at);
    add_levels(collector, at);
    int64_t after = collector->perturbation->changing(collector->subject);
    if ((!before && !after) || collector->happened.pieces == 0)
        return;
    struct victims alive_before = collector->alive;
    look_around(collector);
    if (!was_tried(collector->moments, at))
        add_moment(collector, at, before ? before : after, "just before",
                   before ? &alive_before : &collector->alive);
    add_moment(collector, at + 1, after ? after : before, "just after", &collector->alive);
}

/* Stretches in which the same was asked for. */
static void take_stretches(struct collector *collector)
{
    for (size_t i = collector->level_count; i-- > 0;) {
        struct levels *levels = &collector->levels[i];
        bool goes_on = i + 1 < collector->level_count && levels->asked == levels[1].asked;
        levels->next = goes_on ? levels[1].next : i + 1;
        for (size_t j = 0; goes_on && j < PERTURBATION_LEVELS; j++)
            levels->values[j] = least_of(levels->values[j], levels[1].values[j]);
    }
}

/* From stretch to stretch, until less is asked for than there was all along. */
static void follow(const struct collector *collector, struct moment *moment, size_t instant, size_t level)
{
    const struct levels *levels = &collector->levels[instant];
    int64_t asked = levels->asked, least = levels->values[level];
    moment->until[level] = SIMTIME_NEVER;
    while (levels->next < collector->level_count) {
        levels = &collector->levels[levels->next];
        if (levels->asked < least_of(asked, least) && levels->at > moment->at) {
            moment->until[level] = levels->at;
            break;
        }
        asked = least_of(asked, levels->asked);
        least = least_of(least, levels->values[level]);
    }
    moment->least[level] = least;
}

static void take_least(struct collector *collector)
{
    struct moments *moments = collector->moments;
    take_stretches(collector);
    for (size_t i = 0; i < moments->count; i++)
        for (size_t j = 0; j < PERTURBATION_LEVELS; j++)
            follow(collector, &moments->items[i], collector->level_of[i], j);
}

/* --- the run ---------------------------------------------------------------------------------- */

static bool play_all(struct collector *collector, const char *subject, size_t most, struct text *wrong)
{
    struct run *run = collector->run;
    struct moments *moments = collector->moments;
    for (simtime next; !run->stopped_by && moments->death_count <= most &&
                       (next = queue_next_at(run->queue)) < run->settings->duration;)
        play_instant(collector, next);
    if (moments->death_count > most)
        text_add_format(wrong,
                        "there are more than %zu deaths to be tried by %" PRId64
                        " s; leave out what is recorded, or make the scenario smaller",
                        most, run->now / SIMTIME_SECOND);
    else if (!run->stopped_by && moments->count == 0)
        collector->perturbation->no_change(subject, wrong);
    else if (run->stopped_by)
        text_add(wrong, run->stopped_by);
    return wrong->length == 0;
}

static void finish(struct collector *collector)
{
    struct verdict *verdicts;
    struct run *run = collector->run;
    take_least(collector);
    run_finish(run);
    run->model->judge(run->world, &verdicts, &collector->moments->promise_count);
}

bool moments_collect(struct arena *arena, struct run *run, const char *subject, size_t most,
                     struct moments *moments, struct text *wrong)
{
    struct collector collector = {.observer = {.event = hear_event, .decision = hear_decision},
                                  .arena = arena,
                                  .run = run,
                                  .perturbation = run->model->perturbation,
                                  .moments = moments};
    *moments = (struct moments){0};
    run_observe(run, &collector.observer);
    run_begin(run);
    collector.subject = collector.perturbation->find(run->world, subject, wrong);
    bool good = collector.subject && play_all(&collector, subject, most, wrong);
    if (good)
        finish(&collector);
    free(collector.seen.items);
    text_free(&collector.decided.words);
    text_free(&collector.happened.words);
    text_free(&collector.piece);
    return good;
}
