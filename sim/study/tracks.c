#include "sim/study/tracks.h"
#include "sim/engine/check.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_DIGITS = 15, REPEATS_DIGITS = 3 };

struct track {
    const char *key;
    size_t filled; /* instants whose values are known */
    int64_t now[FAN_COLUMNS];
    int64_t values[FAN_COLUMNS][TRACK_INSTANTS];
};

struct tracks {
    struct observer observer; /* first: the observer is the tracks */
    struct run *run;
    const struct fan_source *fan;
    size_t key_column, columns[FAN_COLUMNS], column_count;
    struct track **tracks;
    size_t count;
};

simtime track_instant(simtime duration, size_t index)
{
    return (simtime)((__int128)duration * (int64_t)index / (TRACK_INSTANTS - 1));
}

/* --- recording -------------------------------------------------------------------------------- */

/* The values have held until here. */
static void fill(const struct tracks *tracks, struct track *track, simtime before)
{
    while (track->filled < TRACK_INSTANTS &&
           track_instant(tracks->run->settings->duration, track->filled) < before) {
        for (size_t i = 0; i < tracks->column_count; i++)
            track->values[i][track->filled] = track->now[i];
        track->filled++;
    }
}

static struct track *find_track(struct tracks *tracks, const char *key)
{
    for (size_t i = 0; i < tracks->count; i++)
        if (!strcmp(tracks->tracks[i]->key, key))
            return tracks->tracks[i];
    struct arena *arena = tracks->run->arena;
    struct track *track = arena_alloc(arena, sizeof *track);
    track->key = arena_text(arena, key);
    for (size_t i = 0; i < FAN_COLUMNS; i++)
        track->now[i] = ABSENT;
    tracks->tracks = memory_grow(tracks->tracks, tracks->count + 1, sizeof(struct track *));
    return tracks->tracks[tracks->count++] = track;
}

static void take_row(struct observer *observer, size_t index, const struct value *values)
{
    (void)index;
    struct tracks *tracks = (struct tracks *)observer;
    const struct value *key = &values[tracks->key_column];
    struct track *track = find_track(tracks, key->type == VALUE_TEXT ? key->text : "");
    fill(tracks, track, values[0].integer);
    for (size_t i = 0; i < tracks->column_count; i++) {
        const struct value *value = &values[tracks->columns[i]];
        track->now[i] = value->type == VALUE_INTEGER ? value->integer : ABSENT;
    }
}

static size_t find_series(const struct model *model, const char *file)
{
    size_t i = 0;
    while (strcmp(model->series[i].file, file))
        i++;
    return i;
}

static size_t find_column(const struct series *series, const char *name)
{
    size_t i = 0;
    while (strcmp(series->columns[i].name, name))
        i++;
    return i;
}

struct tracks *tracks_new(struct run *run)
{
    const struct fan_source *fan = run->model->fan;
    if (!fan)
        return NULL;
    size_t index = find_series(run->model, fan->series_file);
    const struct series *series = &run->model->series[index];
    struct tracks *tracks = arena_alloc(run->arena, sizeof *tracks);
    *tracks = (struct tracks){.observer = {.row = take_row, .wants = UINT64_C(1) << index},
                              .run = run,
                              .fan = fan,
                              .key_column = find_column(series, fan->key_column)};
    for (; fan->columns[tracks->column_count]; tracks->column_count++) {
        CHECK(tracks->column_count < FAN_COLUMNS);
        tracks->columns[tracks->column_count] = find_column(series, fan->columns[tracks->column_count]);
    }
    run_observe(run, &tracks->observer);
    return tracks;
}

/* --- as text ---------------------------------------------------------------------------------- */

static void add_values(struct text *out, const int64_t *values)
{
    for (size_t i = 0, same; i < TRACK_INSTANTS; i += same) {
        for (same = 1; i + same < TRACK_INSTANTS && values[i + same] == values[i];)
            same++;
        if (i > 0)
            text_add_char(out, ',');
        if (values[i] == ABSENT)
            text_add_char(out, '-');
        else
            text_add_integer(out, values[i]);
        if (same > 1)
            text_add_format(out, "*%zu", same);
    }
}

/* A line is a figure and a tab ends its name, so neither may stand in a key. */
static void add_name(struct text *out, const char *column, const char *key)
{
    text_add_format(out, TRACK_PREFIX "%s:", column);
    text_add_plain(out, key);
    text_add_char(out, '\t');
}

void tracks_end(struct tracks *tracks, struct text *figures)
{
    for (size_t i = 0; i < tracks->count; i++)
        fill(tracks, tracks->tracks[i], SIMTIME_NEVER);
    for (size_t i = 0; i < tracks->count; i++)
        for (size_t column = 0; column < tracks->column_count; column++) {
            add_name(figures, tracks->fan->columns[column], tracks->tracks[i]->key);
            add_values(figures, tracks->tracks[i]->values[column]);
            text_add_char(figures, '\n');
        }
    free(tracks->tracks);
}

/* Digits, up to so many of them. */
static bool read_digits(const char **at, size_t most, int64_t *value)
{
    size_t length = strspn(*at, "0123456789");
    if (length == 0 || length > most)
        return false;
    *value = strtoll(*at, NULL, 10);
    *at += length;
    return true;
}

static bool read_value(const char **at, int64_t *value)
{
    bool minus = **at == '-';
    *at += minus;
    *value = ABSENT;
    if (minus && (**at < '0' || **at > '9'))
        return true;
    bool good = read_digits(at, VALUE_DIGITS, value);
    *value = good && minus ? -*value : *value;
    return good;
}

static bool read_repeats(const char **at, int64_t *repeats)
{
    *repeats = 1;
    return **at != '*' || (++*at, read_digits(at, REPEATS_DIGITS, repeats) && *repeats > 0);
}

bool track_read(const char *text, int64_t values[TRACK_INSTANTS])
{
    int64_t count = 0, repeats, value;
    for (const char *at = text;; at++) {
        if (!read_value(&at, &value) || !read_repeats(&at, &repeats) || repeats > TRACK_INSTANTS - count)
            return false;
        while (repeats-- > 0)
            values[count++] = value;
        if (*at != ',')
            return !*at && count == TRACK_INSTANTS;
    }
}
