#include "sim/report/panels.h"
#include "sim/report/csv.h"
#include "sim/report/output.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { INTERVALS = PANEL_INSTANTS / 2 - 1 };

/* Where the columns of a picture stand in its file. */
struct layout {
    int key;
    int values[PANEL_VALUES]; /* -1 beyond the picture's last */
};

bool seconds_parse(const char *text, simtime *at)
{
    int64_t unit = SIMTIME_SECOND;
    bool fraction = false;
    *at = 0;
    if (!*text)
        return false;
    for (; *text; text++) {
        if (*text == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (*text < '0' || *text > '9' || unit == 1 || *at > SIMTIME_NEVER / 16)
            return false;
        if (fraction)
            unit /= 10;
        *at = fraction ? *at + (*text - '0') * unit : *at * 10 + (*text - '0') * SIMTIME_SECOND;
    }
    return true;
}

static int64_t value_of(const char *cell)
{
    char *end;
    int64_t value = strtoll(cell, &end, 10);
    return end == cell ? ABSENT : value;
}

void panel_add(struct panel *panel, const struct sample *sample)
{
    if (panel->count == panel->capacity) {
        panel->capacity = panel->capacity ? 2 * panel->capacity : 64;
        panel->samples = memory_grow(panel->samples, panel->capacity, sizeof *panel->samples);
    }
    panel->samples[panel->count++] = *sample;
    for (size_t i = 0; i < PANEL_VALUES; i++)
        if (sample->values[i] > panel->greatest)
            panel->greatest = sample->values[i];
}

/* The panel of the key, a new one if there is room; else NULL. */
static struct panel *panel_of(struct panels *panels, const char *key)
{
    for (size_t i = 0; i < panels->count; i++)
        if (!strcmp(panels->panels[i].key, key))
            return &panels->panels[i];
    if (panels->count == PANELS_MOST) {
        panels->more = true;
        return NULL;
    }
    struct panel *panel = &panels->panels[panels->count++];
    size_t size = strlen(key) + 1;
    *panel = (struct panel){.key = memcpy(memory_alloc(size), key, size)};
    return panel;
}

static const char *find_columns(struct layout *layout, const struct csv_reader *header,
                                const struct picture *picture)
{
    layout->key = csv_column(header, picture->key_column);
    if (layout->key < 0)
        return picture->key_column;
    bool more = true;
    for (size_t i = 0; i < PANEL_VALUES; i++) {
        more = more && picture->columns[i];
        layout->values[i] = more ? csv_column(header, picture->columns[i]) : -1;
        if (more && layout->values[i] < 0)
            return picture->columns[i];
    }
    return NULL;
}

static void read_row(struct panels *panels, const struct csv_reader *row, const struct layout *layout)
{
    struct sample sample;
    if ((size_t)layout->key >= row->count || !seconds_parse(row->cells[0], &sample.at))
        return;
    for (size_t i = 0; i < PANEL_VALUES; i++) {
        bool there = layout->values[i] >= 0 && (size_t)layout->values[i] < row->count;
        sample.values[i] = there ? value_of(row->cells[layout->values[i]]) : ABSENT;
    }
    if (sample.at > panels->end)
        panels->end = sample.at;
    struct panel *panel = panel_of(panels, row->cells[layout->key]);
    if (panel)
        panel_add(panel, &sample);
}

static const char *read_rows(struct panels *panels, const struct picture *picture, const struct text *bytes)
{
    struct csv_reader reader;
    struct layout layout = {0};
    csv_open(&reader, bytes->bytes, bytes->length);
    const char *missing = csv_next(&reader) ? find_columns(&layout, &reader, picture) : picture->key_column;
    while (!missing && csv_next(&reader))
        read_row(panels, &reader, &layout);
    csv_close(&reader);
    return missing;
}

bool panels_read(struct panels *panels, const struct picture *picture, const char *folder,
                 struct text *mistake)
{
    struct text path = {0}, bytes = {0};
    *panels = (struct panels){0};
    text_add_format(&path, "%s/%s", folder, picture->series_file);
    if (!input_read(path.bytes, &bytes))
        text_add_format(mistake, "cannot read %s: %s", path.bytes, strerror(errno));
    else {
        const char *missing = read_rows(panels, picture, &bytes);
        if (missing)
            text_add_format(mistake, "%s has no column %s", path.bytes, missing);
        else if (!panels->count)
            text_add_format(mistake, "%s has no rows: there is nothing to draw", path.bytes);
    }
    text_free(&path);
    text_free(&bytes);
    return !mistake->length;
}

void panels_free(struct panels *panels)
{
    for (size_t i = 0; i < panels->count; i++) {
        free(panels->panels[i].key);
        free(panels->panels[i].samples);
    }
}

static void widen(struct sample *least, struct sample *greatest, const struct sample *sample)
{
    for (size_t i = 0; i < PANEL_VALUES; i++) {
        if (sample->values[i] < least->values[i])
            least->values[i] = sample->values[i];
        if (sample->values[i] > greatest->values[i])
            greatest->values[i] = sample->values[i];
    }
}

/* Adds the least and the greatest of the interval in which sample `first` lies; returns the first sample
 * after it. `held` is what held when the interval began, and then what held when it ended. */
static size_t add_interval(struct panel *out, const struct panel *in, size_t first, simtime width,
                           struct sample *held)
{
    simtime from = in->samples[first].at / width * width;
    struct sample least = *held, greatest = *held;
    size_t next = first;
    for (; next < in->count && in->samples[next].at < from + width; next++) {
        *held = in->samples[next];
        widen(&least, &greatest, held);
    }
    least.at = from;
    greatest.at = held->at < from + width / 2 ? held->at : from + width / 2;
    panel_add(out, &least);
    panel_add(out, &greatest);
    return next;
}

void panel_reduce(struct panel *panel, simtime end)
{
    if (panel->count <= PANEL_INSTANTS)
        return;
    struct panel reduced = {.key = panel->key};
    struct sample held = panel->samples[0];
    for (size_t read = 0; read < panel->count;)
        read = add_interval(&reduced, panel, read, end / INTERVALS + 1, &held);
    panel_add(&reduced, &held);
    free(panel->samples);
    *panel = reduced;
}
