#include "sim/report/marks.h"
#include "sim/report/csv.h"
#include "sim/report/label.h"
#include "sim/report/output.h"
#include "sim/report/panels.h"
#include <stdlib.h>
#include <string.h>

const char *const mark_kind_names[MARK_KINDS + 1] = {"change", "failure", "event", NULL};

static char *copy(const char *text)
{
    struct text copied = {0};
    text_add(&copied, text);
    return copied.bytes;
}

static char *shortened(const char *label)
{
    struct text text = {0};
    label_add_cut(&text, label, MARK_LABEL_LETTERS);
    return text.bytes;
}

/* MARK_KINDS: it is none that is drawn. */
static enum mark_kind kind_of(const char *name)
{
    enum mark_kind kind = 0;
    while (kind < MARK_KINDS && strcmp(mark_kind_names[kind], name))
        kind++;
    return kind;
}

static void add(struct marks *marks, const char *const *cells)
{
    struct mark mark = {.kind = kind_of(cells[2])};
    if (mark.kind == MARK_KINDS || !seconds_parse(cells[0], &mark.at))
        return;
    if (marks->count == marks->capacity) {
        marks->capacity = marks->capacity ? 2 * marks->capacity : 64;
        marks->items = memory_grow(marks->items, marks->capacity, sizeof *marks->items);
    }
    mark.key = copy(cells[1]);
    mark.label = shortened(cells[3]);
    marks->items[marks->count++] = mark;
}

void marks_read(struct marks *marks, const char *folder, const char *file)
{
    struct text path = {0}, bytes = {0};
    struct csv_reader reader;
    *marks = (struct marks){0};
    text_add_format(&path, "%s/%s", folder, file ? file : "");
    if (file && input_read(path.bytes, &bytes)) {
        csv_open(&reader, bytes.bytes, bytes.length);
        csv_next(&reader); /* the header */
        while (csv_next(&reader))
            if (reader.count >= 4)
                add(marks, reader.cells);
        csv_close(&reader);
    }
    text_free(&path);
    text_free(&bytes);
}

void marks_free(struct marks *marks)
{
    for (size_t i = 0; i < marks->count; i++) {
        free(marks->items[i].key);
        free(marks->items[i].label);
    }
    free(marks->items);
}

bool mark_is_in(const struct mark *mark, const char *key)
{
    return !*mark->key || !strcmp(mark->key, key);
}

/* A line with its label, in pixels from the left edge. A label that would pass the right edge stands left of
 * its line. */
struct footprint {
    int line;
    int from, until; /* [from, until) of the label */
    int row;         /* -1: a bare line, below all rows */
};

static struct footprint footprint_of(const struct mark *mark, simtime end, int width)
{
    int line = (int)((__int128)mark->at * width / (end ? end : 1));
    int label = (label_letters(mark->label) + 1) * MARK_LETTER_PIXELS;
    bool left = line + label > width;
    return (struct footprint){line, left ? line - label : line, left ? line : line + label, -1};
}

/* a's line, which reaches up to its row, runs through b's label. */
static bool crosses(const struct footprint *a, const struct footprint *b)
{
    return b->row >= 0 && a->row >= b->row && a->line > b->from && a->line < b->until;
}

static bool collide(const struct footprint *a, const struct footprint *b)
{
    bool covers = a->row >= 0 && a->row == b->row && a->from < b->until && b->from < a->until;
    return covers || crosses(a, b) || crosses(b, a);
}

static bool is_free(const struct footprint *one, const struct footprint *others, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (collide(one, &others[i]))
            return false;
    return true;
}

/* The highest row in which mark `index` collides with none before it, or -1: lower rows stay free for the
 * lines to come. */
static int highest_row(struct footprint *all, size_t index, int rows)
{
    for (int row = rows - 1; row >= 0; row--) {
        all[index].row = row;
        if (all[index].from >= 0 && is_free(&all[index], all, index))
            return row;
    }
    return -1;
}

/* How many labels found no place. Marks beyond MARK_LABELS are bare lines, which stay below the rows. */
static size_t place_in(const struct mark *const *marks, size_t count, simtime end, int width, int rows,
                       struct mark_place *places)
{
    struct footprint all[MARK_LABELS];
    size_t homeless = 0;
    for (size_t i = 0; i < count; i++) {
        places[i] = (struct mark_place){-1, false};
        if (i >= MARK_LABELS)
            continue;
        all[i] = footprint_of(marks[i], end, width);
        all[i].row = *marks[i]->label ? highest_row(all, i, rows) : -1;
        homeless += *marks[i]->label && all[i].row < 0;
        places[i] = (struct mark_place){all[i].row, all[i].from < all[i].line};
    }
    return homeless;
}

int marks_place(const struct mark *const *marks, size_t count, simtime end, int width,
                struct mark_place *places)
{
    if (!count)
        return 0;
    int rows = 1;
    while (place_in(marks, count, end, width, rows, places) && rows < MARK_ROWS)
        rows++;
    return rows;
}
