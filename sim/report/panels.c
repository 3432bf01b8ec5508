#include "sim/report/panels.h"
#include "sim/report/csv.h"
#include "sim/report/output.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { INTERVALS = PANEL_INSTANTS / 2 - 1, SUBJECT_COLUMNS = 2, THOUSANDTHS = 1000 };

/* Where the columns of a part stand in its file; -1: there is none. */
struct layout {
    int key, period;
    int subjects[SUBJECT_COLUMNS], values[PANEL_VALUES];
};

/* The latest values of one subject of a sum. */
struct subject {
    char *name;
    int64_t values[PANEL_VALUES];
};

struct sum {
    struct subject *subjects;
    size_t count;
    int64_t values[PANEL_VALUES]; /* over all subjects */
};

struct reading {
    struct panels *panels;
    const struct picture_part *part;
    struct layout layout;
    struct sum sum;
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

static int64_t value_of(const char *cell, const char *const *words)
{
    char *end;
    for (int64_t i = 0; words && words[i]; i++)
        if (!strcmp(words[i], cell))
            return i;
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

/* --- columns ---------------------------------------------------------------------------------- */

/* The one that is missing; NULL: all are there. */
static const char *find_list(const struct csv_reader *header, const char *const *names, int *indices,
                             size_t most)
{
    for (size_t i = 0; i < most; i++) {
        indices[i] = names && *names ? csv_column(header, *names) : -1;
        if (names && *names && indices[i] < 0)
            return *names;
        names += names && *names;
    }
    return NULL;
}

static const char *find_columns(struct layout *layout, const struct csv_reader *header,
                                const struct picture_part *part)
{
    const char *const key[] = {part->key_column, NULL}, *const period[] = {part->period_column, NULL};
    const char *missing = find_list(header, key, &layout->key, 1);
    missing = missing ? missing : find_list(header, period, &layout->period, 1);
    missing = missing ? missing : find_list(header, part->subject_columns, layout->subjects, SUBJECT_COLUMNS);
    return missing ? missing : find_list(header, part->columns, layout->values, PANEL_VALUES);
}

static const char *cell_of(const struct csv_reader *row, int column)
{
    return column >= 0 && (size_t)column < row->count ? row->cells[column] : "";
}

/* --- values ----------------------------------------------------------------------------------- */

static struct subject *subject_of(struct sum *sum, const struct csv_reader *row, const struct layout *layout)
{
    struct text name = {0};
    for (size_t i = 0; i < SUBJECT_COLUMNS; i++)
        text_add_format(&name, "%s,", cell_of(row, layout->subjects[i]));
    for (size_t i = 0; i < sum->count; i++)
        if (!strcmp(sum->subjects[i].name, name.bytes)) {
            text_free(&name);
            return &sum->subjects[i];
        }
    sum->subjects = memory_grow(sum->subjects, sum->count + 1, sizeof *sum->subjects);
    sum->subjects[sum->count] = (struct subject){.name = name.bytes};
    return &sum->subjects[sum->count++];
}

static void sum_up(struct reading *reading, const struct csv_reader *row, struct sample *sample)
{
    struct sum *sum = &reading->sum;
    struct subject *subject = subject_of(sum, row, &reading->layout);
    for (size_t i = 0; i < PANEL_VALUES; i++) {
        int64_t value = given_or(sample->values[i], 0);
        sum->values[i] += value - subject->values[i];
        subject->values[i] = value;
        sample->values[i] = sum->values[i];
    }
}

static int64_t scaled(int64_t value, int64_t unit, int64_t by)
{
    return value == ABSENT || by <= 0 ? ABSENT : (int64_t)((__int128)value * unit / by);
}

static void make_rates(struct sample *sample, simtime period)
{
    for (size_t i = 0; i < PANEL_VALUES; i++)
        sample->values[i] = scaled(sample->values[i], THOUSANDTHS * SIMTIME_SECOND, period);
    sample->at -= period < sample->at ? period : sample->at;
}

static void make_ratios(struct sample *sample)
{
    for (size_t i = 0; i < PANEL_VALUES / 2; i++)
        sample->values[i] = scaled(sample->values[2 * i], 100 * THOUSANDTHS, sample->values[2 * i + 1]);
    for (size_t i = PANEL_VALUES / 2; i < PANEL_VALUES; i++)
        sample->values[i] = ABSENT;
}

/* --- rows ------------------------------------------------------------------------------------- */

/* Of several sums at one instant the last one counts. */
static void replace_or_add(struct panel *panel, const struct sample *sample)
{
    if (panel->count && panel->samples[panel->count - 1].at == sample->at)
        panel->count--;
    panel_add(panel, sample);
}

static void read_row(struct reading *reading, const struct csv_reader *row)
{
    const struct picture_part *part = reading->part;
    struct sample sample;
    simtime period;
    if (!row->count || !seconds_parse(row->cells[0], &sample.at))
        return;
    if (sample.at > reading->panels->end)
        reading->panels->end = sample.at;
    for (size_t i = 0; i < PANEL_VALUES; i++)
        sample.values[i] = value_of(cell_of(row, reading->layout.values[i]), part->words);
    if (part->subject_columns)
        sum_up(reading, row, &sample);
    if (part->ratios)
        make_ratios(&sample);
    if (part->period_column && seconds_parse(cell_of(row, reading->layout.period), &period))
        make_rates(&sample, period);
    struct panel *panel = panel_of(reading->panels, cell_of(row, reading->layout.key));
    if (panel)
        (part->subject_columns ? replace_or_add : panel_add)(panel, &sample);
}

/* What holds for a period holds to its end. */
static void close_periods(struct panels *panels)
{
    for (size_t i = 0; i < panels->count; i++) {
        struct sample last = panels->panels[i].samples[panels->panels[i].count - 1];
        last.at = panels->end;
        panel_add(&panels->panels[i], &last);
    }
}

static const char *read_rows(struct reading *reading, const struct text *bytes)
{
    struct csv_reader reader;
    csv_open(&reader, bytes->bytes, bytes->length);
    const char *missing =
        csv_next(&reader) ? find_columns(&reading->layout, &reader, reading->part) : *reading->part->columns;
    while (!missing && csv_next(&reader))
        read_row(reading, &reader);
    csv_close(&reader);
    return missing;
}

static void free_sum(struct sum *sum)
{
    for (size_t i = 0; i < sum->count; i++)
        free(sum->subjects[i].name);
    free(sum->subjects);
}

bool panels_read(struct panels *panels, const struct picture_part *part, const char *folder,
                 struct text *mistake)
{
    struct text path = {0}, bytes = {0};
    struct reading reading = {.panels = panels, .part = part};
    const char *missing = NULL;
    *panels = (struct panels){.unit = part->period_column || part->ratios ? THOUSANDTHS : 1};
    text_add_format(&path, "%s/%s", folder, part->series_file);
    bool readable = input_read(path.bytes, &bytes);
    if (!readable && !part->optional)
        text_add_format(mistake, "cannot read %s: %s", path.bytes, strerror(errno));
    if (readable && (missing = read_rows(&reading, &bytes)))
        text_add_format(mistake, "%s has no column %s", path.bytes, missing);
    if (readable && !missing && !panels->count && !part->optional)
        text_add_format(mistake, "%s has no rows: there is nothing to draw", path.bytes);
    if (part->period_column)
        close_periods(panels);
    free_sum(&reading.sum);
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
    struct panel reduced = {.key = panel->key, .greatest = panel->greatest};
    struct sample held = panel->samples[0];
    for (size_t read = 0; read < panel->count;)
        read = add_interval(&reduced, panel, read, end / INTERVALS + 1, &held);
    panel_add(&reduced, &held);
    free(panel->samples);
    *panel = reduced;
}
