#include "sim/study/difference.h"
#include "sim/engine/param.h"
#include "sim/report/summary.h"
#include "sim/study/figures.h"
#include <stdlib.h>
#include <string.h>

/* --- reading ---------------------------------------------------------------------------------- */

/* What one summary says, in its order. */
struct said {
    struct figure *items;
    size_t count, capacity;
};

struct reading {
    struct arena *arena;
    struct figure_names *figure_names, *promise_names; /* of both readings */
    struct said figures;
    struct said kept, broken; /* by promise */
    uint32_t promise;         /* that the next leaves are about */
    bool promised;
};

static void say(struct said *said, struct arena *arena, uint32_t name, const char *text)
{
    if (said->count == said->capacity) {
        said->capacity = said->capacity ? 2 * said->capacity : 256;
        said->items = memory_grow(said->items, said->capacity, sizeof *said->items);
    }
    said->items[said->count++] = (struct figure){.name = name, .text = arena_text(arena, text)};
}

static void take_promise(struct reading *reading, const char *path, const char *value)
{
    const char *dot = strrchr(path, '.');
    const char *key = dot ? dot + 1 : "";
    if (!strcmp(key, "promise")) {
        reading->promise = figure_name_of(reading->promise_names, value, strlen(value));
        reading->promised = true;
    } else if (reading->promised && !strcmp(key, "kept"))
        say(&reading->kept, reading->arena, reading->promise, value);
    else if (reading->promised && !strcmp(key, "broken"))
        say(&reading->broken, reading->arena, reading->promise, value);
}

static void take_leaf(void *self, const char *path, const char *value)
{
    struct reading *reading = self;
    if (summary_is_promise(path))
        take_promise(reading, path, value);
    else
        say(&reading->figures, reading->arena, figure_name_of(reading->figure_names, path, strlen(path)),
            value);
}

/* --- pairing ---------------------------------------------------------------------------------- */

/* All names in the order of the first, those that only the second has behind what precedes them there; and
 * what each says. */
struct pairs {
    uint32_t *order;
    size_t count;
    const char **texts[2]; /* by name; NULL: nothing */
};

/* Of a name that comes twice the first counts. */
static const char **by_name(struct arena *arena, const struct said *said, size_t name_count)
{
    const char **texts = arena_array(arena, name_count, sizeof *texts);
    for (size_t i = 0; i < said->count; i++)
        if (!texts[said->items[i].name])
            texts[said->items[i].name] = said->items[i].text;
    return texts;
}

static void add_once(struct pairs *pairs, bool *there, uint32_t name)
{
    if (!there[name])
        pairs->order[pairs->count++] = name;
    there[name] = true;
}

static struct pairs pair(struct arena *arena, const struct said *first, const struct said *second,
                         size_t name_count)
{
    struct pairs pairs = {
        .order = arena_array(arena, name_count, sizeof *pairs.order),
        .texts = {by_name(arena, first, name_count), by_name(arena, second, name_count)},
    };
    bool *there = arena_array(arena, name_count, sizeof *there);
    size_t next = 0;
    for (size_t i = 0; i < first->count; i++) {
        uint32_t name = first->items[i].name;
        bool shared = pairs.texts[1][name] && !there[name];
        for (; shared && next < second->count && second->items[next].name != name; next++)
            if (!pairs.texts[0][second->items[next].name])
                add_once(&pairs, there, second->items[next].name);
        add_once(&pairs, there, name);
    }
    for (; next < second->count; next++)
        add_once(&pairs, there, second->items[next].name);
    return pairs;
}

/* --- what moved ------------------------------------------------------------------------------- */

/* The number of events tells how a run went, and not how well. */
static bool is_fact(const char *name)
{
    return summary_is_fact(name) || !strcmp(name, "events");
}

/* True and false are no numbers here: nothing lies between them. */
static bool is_number(const char *text, int64_t *billionths)
{
    return text && *text != 't' && *text != 'f' && figure_number(text, billionths);
}

static struct moved moved_of(struct arena *arena, const char *name, const char *first, const char *second)
{
    struct moved moved = {.name = arena_text(arena, name), .texts = {first, second}};
    moved.numbers = is_number(first, &moved.billionths[0]) && is_number(second, &moved.billionths[1]);
    return moved;
}

static bool is_same(const struct moved *moved)
{
    if (moved->numbers)
        return moved->billionths[0] == moved->billionths[1];
    return moved->texts[0] && moved->texts[1] && !strcmp(moved->texts[0], moved->texts[1]);
}

/* What is no number is tolerated by `any` alone. */
static bool is_tolerated(const struct moved *moved)
{
    if (!moved->tolerance || moved->tolerance->kind == TOLERANCE_ANY)
        return moved->tolerance;
    return moved->numbers && tolerance_allows(moved->tolerance, moved->billionths);
}

static void find_moved(struct arena *arena, const struct figure_names *names, const struct pairs *pairs,
                       const struct tolerance *tolerances, size_t tolerance_count,
                       struct difference *difference)
{
    struct moved *facts = arena_array(arena, pairs->count, sizeof *facts);
    struct moved *figures = arena_array(arena, pairs->count, sizeof *figures);
    for (size_t i = 0; i < pairs->count; i++) {
        uint32_t name = pairs->order[i];
        struct moved moved =
            moved_of(arena, figure_name(names, name), pairs->texts[0][name], pairs->texts[1][name]);
        if (is_same(&moved))
            continue;
        if (is_fact(moved.name)) {
            facts[difference->fact_count++] = moved;
            continue;
        }
        moved.tolerance = tolerance_of(tolerances, tolerance_count, moved.name);
        moved.tolerated = is_tolerated(&moved);
        difference->beyond += !moved.tolerated;
        figures[difference->figure_count++] = moved;
    }
    difference->facts = facts;
    difference->figures = figures;
}

static enum outcome outcome_of(const char *kept)
{
    if (!kept)
        return OUTCOME_ABSENT;
    return strcmp(kept, "true") ? OUTCOME_BROKEN : OUTCOME_KEPT;
}

static void find_promises(struct arena *arena, const struct figure_names *names, const struct pairs *kept,
                          const struct pairs *broken, struct difference *difference)
{
    struct promise_moved *promises = arena_array(arena, kept->count, sizeof *promises);
    for (size_t i = 0; i < kept->count; i++) {
        uint32_t name = kept->order[i];
        struct promise_moved moved = {
            .promise = arena_text(arena, figure_name(names, name)),
            .outcomes = {outcome_of(kept->texts[0][name]), outcome_of(kept->texts[1][name])},
            .broken = {broken->texts[0][name], broken->texts[1][name]},
        };
        if (moved.outcomes[0] != moved.outcomes[1])
            promises[difference->promise_count++] = moved;
    }
    difference->promises = promises;
}

/* --- tolerances for nothing ------------------------------------------------------------------- */

static bool covers_any(const struct tolerance *tolerance, const struct figure_names *names)
{
    for (uint32_t i = 0; i < figure_names_count(names); i++)
        if (!is_fact(figure_name(names, i)) && tolerance_covers(tolerance, figure_name(names, i)))
            return true;
    return false;
}

enum { LONGEST_MEANT = 256 };

/* What is longer than anybody writes is not what was meant; nor are facts. */
static size_t longest(const char *name)
{
    size_t length = strlen(name);
    return is_fact(name) || length > LONGEST_MEANT ? 0 : length;
}

/* Every name, and every path above one. */
static const char *const *all_paths(struct arena *arena, const struct figure_names *names)
{
    size_t count = 1;
    for (uint32_t i = 0; i < figure_names_count(names); i++)
        count += strlen(figure_name(names, i)) + 1;
    const char **paths = arena_array(arena, count, sizeof *paths);
    count = 0;
    for (uint32_t i = 0; i < figure_names_count(names); i++) {
        const char *name = figure_name(names, i);
        for (size_t length = 1; length <= longest(name); length++)
            if (strchr(".[", name[length]))
                paths[count++] = arena_copy(arena, name, length);
    }
    return paths;
}

static bool are_known(struct arena *arena, const struct figure_names *names,
                      const struct tolerance *tolerances, size_t count, struct text *mistake)
{
    size_t i = 0;
    while (i < count && (!*tolerances[i].path || covers_any(&tolerances[i], names)))
        i++;
    if (i == count)
        return true;
    const char *path = tolerances[i].path;
    if (is_fact(path)) {
        text_add_format(mistake, "%s may differ: it tells how a run went and not how well", path);
        return false;
    }
    const char *nearest = nearest_name(path, all_paths(arena, names));
    text_add_format(mistake, "neither has a figure %s", path);
    if (nearest)
        text_add_format(mistake, "; did you mean %s?", nearest);
    return false;
}

/* --- all of it -------------------------------------------------------------------------------- */

static bool compare(struct arena *arena, const struct reading *first, const struct reading *second,
                    const struct tolerance *tolerances, size_t tolerance_count, struct difference *difference,
                    struct text *mistake)
{
    const struct figure_names *names = first->figure_names, *promises = first->promise_names;
    size_t promise_count = figure_names_count(promises);
    if (!are_known(arena, names, tolerances, tolerance_count, mistake))
        return false;
    struct pairs figures = pair(arena, &first->figures, &second->figures, figure_names_count(names));
    struct pairs kept = pair(arena, &first->kept, &second->kept, promise_count);
    struct pairs broken = pair(arena, &first->broken, &second->broken, promise_count);
    find_moved(arena, names, &figures, tolerances, tolerance_count, difference);
    find_promises(arena, promises, &kept, &broken, difference);
    return true;
}

static void reading_free(struct reading *reading)
{
    free(reading->figures.items);
    free(reading->kept.items);
    free(reading->broken.items);
}

bool difference_find(struct arena *arena, const struct text summaries[2], const struct tolerance *tolerances,
                     size_t tolerance_count, struct difference *difference, struct text *mistake)
{
    struct figure_names *figures = figure_names_new(), *promises = figure_names_new();
    struct reading readings[2];
    *difference = (struct difference){0};
    for (size_t i = 0; i < 2; i++) {
        readings[i] = (struct reading){.arena = arena, .figure_names = figures, .promise_names = promises};
        summary_walk(&summaries[i], take_leaf, &readings[i]);
    }
    bool known = compare(arena, &readings[0], &readings[1], tolerances, tolerance_count, difference, mistake);
    for (size_t i = 0; i < 2; i++)
        reading_free(&readings[i]);
    figure_names_free(figures);
    figure_names_free(promises);
    return known;
}
