#include "sim/study/record.h"
#include "sim/engine/arena.h"
#include "sim/engine/hash.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, HEX_DIGITS = 16, MOST_NAMES = 1 << 24 };

struct records {
    struct arena *arena;
    struct figure_names *names;
    struct record **slots; /* by key and seed, open addressing */
    size_t slot_count, count;
    const struct record *last; /* added */
};

struct records *records_new(void)
{
    struct records *records = memory_alloc(sizeof *records);
    *records = (struct records){.arena = arena_new(), .names = figure_names_new(), .slot_count = FIRST_SLOTS};
    records->slots = memory_alloc(FIRST_SLOTS * sizeof *records->slots);
    memset(records->slots, 0, FIRST_SLOTS * sizeof *records->slots);
    return records;
}

void records_free(struct records *records)
{
    figure_names_free(records->names);
    arena_free(records->arena);
    free(records->slots);
    free(records);
}

struct figure_names *records_names(struct records *records)
{
    return records->names;
}

/* --- finding ---------------------------------------------------------------------------------- */

static size_t find_slot(const struct records *records, uint64_t key, int64_t seed)
{
    size_t slot = (size_t)hash_mix(hash_mix(key) ^ (uint64_t)seed) & (records->slot_count - 1);
    for (const struct record *record; (record = records->slots[slot]);) {
        if (record->key == key && record->seed == seed)
            break;
        slot = (slot + 1) & (records->slot_count - 1);
    }
    return slot;
}

const struct record *records_find(const struct records *records, uint64_t key, int64_t seed)
{
    return records->slots[find_slot(records, key, seed)];
}

static void make_room(struct records *records)
{
    size_t old_count = records->slot_count;
    struct record **old = records->slots;
    if (2 * (records->count + 1) <= old_count)
        return;
    records->slot_count = 2 * old_count;
    records->slots = memory_alloc(records->slot_count * sizeof *records->slots);
    memset(records->slots, 0, records->slot_count * sizeof *records->slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i])
            records->slots[find_slot(records, old[i]->key, old[i]->seed)] = old[i];
    free(old);
}

/* Names are numbered as they come, so in most records a figure stands at its name's number, or before it by
 * as many names as this run does not have: what is asked of every figure of every run is found at once. */
const char *record_figure(const struct record *record, uint32_t name)
{
    size_t count = record->count, at = name < count ? name : count - 1;
    for (size_t left = count; left > 0; left--, at = (at > 0 ? at : count) - 1)
        if (record->figures[at].name == name)
            return record->figures[at].text;
    return NULL;
}

/* --- adding ----------------------------------------------------------------------------------- */

/* An empty record under this name, with room for so many figures; NULL if there is one already. */
static struct record *begin_record(struct records *records, uint64_t key, int64_t seed, size_t figures)
{
    make_room(records);
    struct record **slot = &records->slots[find_slot(records, key, seed)];
    if (*slot)
        return NULL;
    *slot = arena_alloc(records->arena, sizeof **slot);
    **slot = (struct record){
        .key = key, .seed = seed, .figures = arena_array(records->arena, figures, sizeof(struct figure))};
    records->count++;
    return *slot;
}

/* What the last run says in the same place: runs of a cell have the same figures and agree in many, and there
 * are millions of runs, so a name is looked up and a text is kept but where they differ. */
static const struct figure *likely_figure(const struct records *records, size_t index)
{
    const struct record *last = records->last;
    return last && index < last->count ? &last->figures[index] : NULL;
}

static bool is_text(const char *known, const char *text, size_t length)
{
    return !strncmp(known, text, length) && !known[length];
}

static uint32_t number_of(struct records *records, size_t index, const char *name, size_t length)
{
    const struct figure *likely = likely_figure(records, index);
    if (likely && is_text(figure_name(records->names, likely->name), name, length))
        return likely->name;
    return figure_name_of(records->names, name, length);
}

static void add_figure(struct records *records, struct record *record, uint32_t name, const char *text,
                       size_t length)
{
    const struct figure *likely = likely_figure(records, record->count);
    bool same = likely && is_text(likely->text, text, length);
    record->figures[record->count++] =
        (struct figure){name, same ? likely->text : arena_copy(records->arena, text, length)};
}

static size_t count_of(const char *bytes, size_t length, char wanted)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += bytes[i] == wanted;
    return count;
}

const struct record *records_add(struct records *records, uint64_t key, int64_t seed,
                                 const struct text *figures)
{
    struct record *record = begin_record(records, key, seed, count_of(figures->bytes, figures->length, '\n'));
    const char *at = figures->bytes, *end = at + figures->length;
    while (record && at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        const char *tab = memchr(at, '\t', (size_t)(line_end - at));
        uint32_t name = number_of(records, record->count, at, (size_t)(tab - at));
        add_figure(records, record, name, tab + 1, (size_t)(line_end - tab) - 1);
        at = line_end + 1;
    }
    records->last = record ? record : records->last;
    return records_find(records, key, seed);
}

/* --- writing ---------------------------------------------------------------------------------- */

static uint64_t sum_of(const char *bytes, size_t length)
{
    uint64_t sum = length;
    for (size_t i = 0; i < length; i++)
        sum = hash_fold(sum, (unsigned char)bytes[i]);
    return hash_mix(sum);
}

static void end_line(struct text *out, size_t from)
{
    text_add_format(out, "\t%016" PRIx64 "\n", sum_of(out->bytes + from, out->length - from));
}

static void tell_name(struct text *out, struct told_names *told, const struct figure_names *names,
                      uint32_t number)
{
    if (number >= told->count) {
        size_t count = figure_names_count(names);
        told->told = memory_grow(told->told, count, sizeof *told->told);
        memset(told->told + told->count, 0, (count - told->count) * sizeof *told->told);
        told->count = count;
    }
    if (told->told[number])
        return;
    size_t from = out->length;
    text_add_format(out, "figure\t%" PRIu32 "\t%s", number, figure_name(names, number));
    end_line(out, from);
    told->told[number] = true;
}

void record_write(struct text *out, struct told_names *told, const struct figure_names *names,
                  const struct record *record)
{
    for (size_t i = 0; i < record->count; i++)
        tell_name(out, told, names, record->figures[i].name);
    size_t from = out->length;
    uint64_t sum = 0;
    for (size_t i = 0; i < record->count; i++)
        sum = hash_fold(sum, figure_name_hash(names, record->figures[i].name));
    text_add_format(out, "run\t%016" PRIx64 "\t%" PRId64 "\t%016" PRIx64, record->key, record->seed, sum);
    for (size_t i = 0; i < record->count; i++) {
        text_add_char(out, '\t');
        text_add_integer(out, record->figures[i].name);
        text_add_char(out, '=');
        text_add(out, record->figures[i].text);
    }
    end_line(out, from);
}

void told_names_free(struct told_names *told)
{
    free(told->told);
    *told = (struct told_names){0};
}

/* --- reading ---------------------------------------------------------------------------------- */

/* A line without its sum, cell by cell. */
struct cells {
    const char *at, *end;
};

static bool next_cell(struct cells *cells, const char **cell, size_t *length)
{
    if (cells->at > cells->end)
        return false;
    const char *tab = memchr(cells->at, '\t', (size_t)(cells->end - cells->at));
    *cell = cells->at;
    *length = (size_t)((tab ? tab : cells->end) - cells->at);
    cells->at += *length + 1;
    return true;
}

static bool is_word(const char *cell, size_t length, const char *word)
{
    return length == strlen(word) && !memcmp(cell, word, length);
}

/* Sound lines are our own, and yet a number is held against its bounds before it is an index. */
static bool read_name_number(const char *cell, size_t length, uint32_t *number)
{
    char *end;
    unsigned long value = strtoul(cell, &end, 10);
    *number = (uint32_t)value;
    return length > 0 && end > cell && value < MOST_NAMES;
}

static void learn_name(struct records *records, struct read_names *read, struct cells *cells)
{
    const char *cell;
    size_t length;
    uint32_t theirs;
    if (!next_cell(cells, &cell, &length) || !read_name_number(cell, length, &theirs) ||
        !next_cell(cells, &cell, &length))
        return;
    if (theirs >= read->count) {
        size_t count = theirs + 1;
        read->numbers = memory_grow(read->numbers, count, sizeof *read->numbers);
        read->known = memory_grow(read->known, count, sizeof *read->known);
        memset(read->known + read->count, 0, (count - read->count) * sizeof *read->known);
        read->count = count;
    }
    read->numbers[theirs] = figure_name_of(records->names, cell, length);
    read->known[theirs] = true;
}

/* Whether the names that the line uses are known, and those that it means. */
static bool knows_names(const struct records *records, const struct read_names *read, struct cells cells,
                        uint64_t names_sum)
{
    const char *cell;
    size_t length;
    uint32_t theirs;
    uint64_t sum = 0;
    while (next_cell(&cells, &cell, &length)) {
        if (!read_name_number(cell, length, &theirs) || theirs >= read->count || !read->known[theirs] ||
            !memchr(cell, '=', length))
            return false;
        sum = hash_fold(sum, figure_name_hash(records->names, read->numbers[theirs]));
    }
    return sum == names_sum;
}

static bool next_hex(struct cells *cells, uint64_t *word)
{
    const char *cell;
    char *end;
    size_t length;
    if (!next_cell(cells, &cell, &length) || length != HEX_DIGITS)
        return false;
    *word = strtoull(cell, &end, 16);
    return end == cell + length;
}

static bool next_seed(struct cells *cells, int64_t *seed)
{
    const char *cell;
    char *end;
    size_t length;
    if (!next_cell(cells, &cell, &length) || length == 0)
        return false;
    *seed = strtoll(cell, &end, 10);
    return end == cell + length;
}

static bool read_run(struct records *records, const struct read_names *read, struct cells *cells)
{
    uint64_t key, names_sum;
    int64_t seed;
    if (!next_hex(cells, &key) || !next_seed(cells, &seed) || !next_hex(cells, &names_sum) ||
        !knows_names(records, read, *cells, names_sum))
        return false;
    size_t left = cells->at > cells->end ? 0 : (size_t)(cells->end - cells->at);
    struct record *record = begin_record(records, key, seed, count_of(cells->at, left, '\t') + 1);
    const char *cell;
    for (size_t length; record && next_cell(cells, &cell, &length);) {
        const char *text = (const char *)memchr(cell, '=', length) + 1;
        add_figure(records, record, read->numbers[strtoul(cell, NULL, 10)], text,
                   length - (size_t)(text - cell));
    }
    records->last = record ? record : records->last;
    return record;
}

/* Cuts the sum off a line and holds it against the rest. No NUL may hide the end of a text. */
static bool is_sound(const char *line, const char **end)
{
    if (*end - line <= HEX_DIGITS + 1 || memchr(line, '\0', (size_t)(*end - line)))
        return false;
    const char *tab = *end - HEX_DIGITS - 1;
    char sum[HEX_DIGITS + 2];
    snprintf(sum, sizeof sum, "\t%016" PRIx64, sum_of(line, (size_t)(tab - line)));
    *end = tab;
    return !memcmp(tab, sum, sizeof sum - 1);
}

static bool read_line(struct records *records, struct read_names *read, const char *line, const char *end)
{
    if (!is_sound(line, &end))
        return false;
    struct cells cells = {line, end};
    const char *cell;
    size_t length;
    if (!next_cell(&cells, &cell, &length))
        return false;
    if (is_word(cell, length, "figure"))
        learn_name(records, read, &cells);
    return is_word(cell, length, "run") && read_run(records, read, &cells);
}

size_t records_read(struct records *records, struct read_names *read, const char *bytes, size_t length)
{
    size_t count = 0;
    const char *at = bytes, *end = length ? bytes + length : bytes; /* which may be NULL where nothing is */
    for (const char *line_end; at < end && (line_end = memchr(at, '\n', (size_t)(end - at)));
         at = line_end + 1)
        count += read_line(records, read, at, line_end);
    return count;
}

void read_names_free(struct read_names *read)
{
    free(read->numbers);
    free(read->known);
    *read = (struct read_names){0};
}
