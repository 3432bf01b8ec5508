#include "sim/report/plot.h"
#include "sim/report/gnuplot.h"
#include "sim/report/label.h"
#include "sim/report/output.h"
#include "sim/report/page.h"
#include "sim/report/script.h"
#include "sim/report/summary.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_HEIGHT = 16, TICS = 6 };

enum { THOUSANDTHS = 3, TITLE_LETTERS = 90, SUBTITLE_LETTERS = 150 };

/* A unit of the time axis serves ends up to `until`; the axis has the first of its steps that gives no more
 * than STEPS_MOST tics. */
enum { STEPS = 8, STEPS_MOST = 13 };
static const struct time_unit {
    const char *name;
    simtime size;
    simtime until;
    int steps[STEPS];
} time_units[] = {
    {"s", SIMTIME_SECOND, 3 * SIMTIME_MINUTE, {1, 2, 5, 10, 15, 20, 30, 60}},
    {"min", SIMTIME_MINUTE, 3 * SIMTIME_HOUR, {1, 2, 5, 10, 15, 20, 30, 60}},
    {"h", SIMTIME_HOUR, 4 * SIMTIME_DAY, {1, 2, 3, 4, 6, 8, 12, 24}},
    {"days", SIMTIME_DAY, SIMTIME_NEVER, {1, 2, 5, 7, 14, 28, 56, 365}},
};

static const struct time_unit *time_unit_for(simtime end)
{
    const struct time_unit *unit = time_units;
    while (end > unit->until)
        unit++;
    return unit;
}

static void add_time_axis(struct text *script, simtime end)
{
    const struct time_unit *unit = time_unit_for(end);
    size_t step = 0;
    while (step + 1 < STEPS && end / unit->size / unit->steps[step] >= STEPS_MOST)
        step++;
    script_add_string(script, "time_name", unit->name);
    script_add_real(script, "time_unit", unit->size / SIMTIME_SECOND);
    script_add_real(script, "time_step", unit->steps[step]);
    text_add(script, "time_end = ");
    text_add_seconds(script, end ? end : SIMTIME_SECOND);
    text_add(script, " / time_unit\n");
}

/* Bands aside. */
static int64_t count_kinds(const struct picture *picture)
{
    int64_t kinds = 0;
    for (size_t i = 0; i < picture->part_count; i++)
        kinds += !picture->parts[i].low;
    return kinds;
}

static void add_page(struct text *script, const struct page *page)
{
    script_add_real(script, "page_width", page->width);
    script_add_real(script, "page_height", page->height);
    script_add_real(script, "column_width", PAGE_WIDTH);
    script_add_real(script, "panel_left", PANEL_LEFT);
    script_add_real(script, "panel_right", PANEL_RIGHT);
    script_add_integer(script, "columns", (int64_t)page->plot->folder_count);
    script_add_integer(script, "kinds", count_kinds(page->plot->picture));
    script_add_integer(script, "panels", (int64_t)page->panels);
    text_add(script, "array title[columns]\narray subtitle[columns]\narray note[columns]\n"
                     "array panel_kind[panels]\narray panel_name[panels]\narray panel_column[panels]\n"
                     "array panel_above[panels]\narray panel_height[panels]\narray panel_is_first[panels]\n"
                     "array panel_is_last[panels]\narray panel_step[panels]\n"
                     "array panel_greatest[panels]\narray panel_top[panels]\narray panel_unit[panels]\n");
}

/* Cut to what one line holds. */
static void add_line(struct text *script, const char *name, const struct text *summary, const char *key,
                     int letters_most)
{
    struct text line = {0}, cut = {0};
    text_add(&line, "");
    summary_read_text(summary, key, &line);
    label_add_cut(&cut, line.bytes, letters_most);
    script_add_string(script, name, cut.bytes);
    text_free(&line);
    text_free(&cut);
}

/* An element of an array of the script, whose elements count from 1. */
struct element {
    char name[48];
};

static struct element element(const char *array, size_t index)
{
    struct element element;
    snprintf(element.name, sizeof element.name, "%s[%zu]", array, index + 1);
    return element;
}

static void add_titles(struct text *script, const struct page *page, size_t column)
{
    struct text path = {0}, summary = {0}, note = {0};
    text_add_format(&path, "%s/summary.json", page->plot->folders[column]);
    text_add(&note, "");
    input_read(path.bytes, &summary);
    add_line(script, element("title", column).name, &summary, "name", TITLE_LETTERS);
    add_line(script, element("subtitle", column).name, &summary, "description", SUBTITLE_LETTERS);
    if (page->runs[column].more)
        text_add_format(&note, "the first %d are shown; there are more", PANELS_MOST);
    script_add_string(script, element("note", column).name, note.bytes);
    text_free(&path);
    text_free(&summary);
    text_free(&note);
}

/* Whole numbers only: 1, 2 or 5 times a power of ten. */
static int64_t tic_step(int64_t greatest)
{
    int64_t power = 1;
    while (greatest / (10 * power) >= TICS)
        power *= 10;
    if (greatest / power < TICS)
        return power;
    if (greatest / (2 * power) < TICS)
        return 2 * power;
    return greatest / (5 * power) < TICS ? 5 * power : 10 * power;
}

static void add_values(struct text *data, simtime at, const int64_t *values)
{
    text_add_seconds(data, at);
    for (size_t value = 0; value < PANEL_VALUES; value++) {
        text_add_char(data, '\t');
        if (values[value] == ABSENT)
            text_add(data, "NaN");
        else
            text_add_integer(data, values[value]);
    }
    text_add_char(data, '\n');
}

/* The corners of the steps: gnuplot's own steps fill each of them by itself. */
static void write_samples(struct gnuplot *gnuplot, const char *name, const struct panel *panel)
{
    struct text data = {0};
    for (size_t i = 0; i < panel->count; i++) {
        if (i > 0)
            add_values(&data, panel->samples[i].at, panel->samples[i - 1].values);
        add_values(&data, panel->samples[i].at, panel->samples[i].values);
    }
    gnuplot_write(gnuplot, name, &data);
    text_free(&data);
}

/* The vertical layout of a panel, in thousandths: data up to `data_top`, rows of labels up to `top`. */
struct heights {
    int64_t data_top, top;
    int rows;
};

static struct heights heights_of(const struct panel *panel, int64_t unit, int rows)
{
    int64_t data_top = panel->greatest ? panel->greatest * 1080 / unit + 100 : 1000;
    int64_t top = data_top * PANEL_HEIGHT / (PANEL_HEIGHT - LABEL_HEIGHT * rows);
    return (struct heights){data_top, top, rows};
}

/* Columns: time, height of the line, of its label if that is right of it, of its label if left, kind, label.
 */
static void add_mark(struct text *data, const struct mark *mark, struct mark_place place,
                     struct heights heights)
{
    int64_t row_height = heights.rows ? (heights.top - heights.data_top) / heights.rows : 0;
    int64_t line = heights.data_top + (place.row + 1) * row_height;
    text_add_seconds(data, mark->at);
    text_add_char(data, '\t');
    text_add_decimal(data, line, THOUSANDTHS);
    for (int left = 0; left < 2; left++) {
        text_add_char(data, '\t');
        if (place.row >= 0 && place.left == left)
            text_add_decimal(data, line - row_height / 2, THOUSANDTHS);
        else
            text_add(data, "NaN");
    }
    text_add_format(data, "\t%d\t", (int)mark->kind);
    gnuplot_add_cell(data, mark->label);
    text_add_char(data, '\n');
}

static struct heights write_marks(struct gnuplot *gnuplot, const char *name, const struct panel *panel,
                                  int64_t unit, const struct marks *marks, simtime end)
{
    const struct mark **here = memory_alloc((marks->count + 1) * sizeof *here);
    struct mark_place *places = memory_alloc((marks->count + 1) * sizeof *places);
    struct text data = {0};
    size_t count = 0;
    for (size_t i = 0; i < marks->count; i++)
        if (mark_is_in(&marks->items[i], panel->key))
            here[count++] = &marks->items[i];
    int width = PAGE_WIDTH - PANEL_LEFT - PANEL_RIGHT;
    struct heights heights = heights_of(panel, unit, marks_place(here, count, end, width, places));
    for (size_t i = 0; i < count; i++)
        add_mark(&data, here[i], places[i], heights);
    text_add(&data,
             "0\tNaN\t0\t0\t-1\t \n"); /* an empty label: gnuplot 5.4 dies of a plot with none at all */
    gnuplot_write(gnuplot, name, &data);
    text_free(&data);
    free(here);
    free(places);
    return heights;
}

/* Where a panel stands. */
struct place {
    size_t number, column, part;
    int above; /* pixels of the page */
    bool is_first, is_last;
};

static void hold_to_the_end(struct panel *panel, simtime end)
{
    struct sample last = panel->samples[panel->count - 1];
    last.at = end;
    panel_add(panel, &last);
}

static void add_panel(struct text *script, struct gnuplot *gnuplot, const struct page *page,
                      struct place place, struct panel *panel)
{
    static const struct marks no_marks;
    const struct shown_run *run = &page->runs[place.column];
    const struct picture_part *part = &page->plot->picture->parts[place.part];
    int64_t unit = run->parts[place.part].unit, greatest = (panel->greatest + unit - 1) / unit;
    char name[48];
    if (part->low)
        hold_to_the_end(panel, page->end);
    panel_reduce(panel, page->end);
    snprintf(name, sizeof name, "panel%zu", place.number + 1);
    write_samples(gnuplot, name, panel);
    snprintf(name, sizeof name, "marks%zu", place.number + 1);
    struct heights heights =
        write_marks(gnuplot, name, panel, unit, part->marked ? &run->marks : &no_marks, page->end);
    script_add_string(script, element("panel_kind", place.number).name, part->kind);
    script_add_string(script, element("panel_name", place.number).name, panel->key);
    script_add_integer(script, element("panel_column", place.number).name, (int64_t)place.column + 1);
    script_add_integer(script, element("panel_above", place.number).name, place.above);
    script_add_integer(script, element("panel_height", place.number).name, page_panel_height(part));
    script_add_integer(script, element("panel_is_first", place.number).name, place.is_first);
    script_add_integer(script, element("panel_is_last", place.number).name, place.is_last);
    script_add_integer(script, element("panel_step", place.number).name, tic_step(greatest));
    script_add_integer(script, element("panel_greatest", place.number).name, greatest);
    script_add_real(script, element("panel_unit", place.number).name, unit);
    text_add_format(script, "%s = ", element("panel_top", place.number).name);
    text_add_decimal(script, heights.top, THOUSANDTHS);
    text_add_char(script, '\n');
}

static void add_panels(struct text *script, struct gnuplot *gnuplot, const struct page *page)
{
    const struct picture *picture = page->plot->picture;
    struct place place = {0};
    for (; place.column < page->plot->folder_count; place.column++) {
        const struct shown_run *run = &page->runs[place.column];
        size_t end = place.number + run->panel_count;
        add_titles(script, page, place.column);
        place.above = PAGE_HEADER;
        place.is_first = true;
        for (place.part = 0; place.part < picture->part_count; place.part++) {
            const struct picture_part *part = &picture->parts[place.part];
            struct panels *panels = &run->parts[place.part];
            for (size_t i = 0; i < panels->count; i++, place.number++) {
                place.is_last = place.number + 1 == end;
                add_panel(script, gnuplot, page, place, &panels->panels[i]);
                place.above += page_panel_height(part) + page_gap_below(part, panels, i);
                place.is_first = false;
            }
        }
    }
}

static void add_mark_kinds(struct text *script, const struct page *page)
{
    bool has[MARK_KINDS] = {false};
    for (size_t column = 0; column < page->plot->folder_count; column++)
        for (size_t i = 0; i < page->runs[column].marks.count; i++)
            has[page->runs[column].marks.items[i].kind] = true;
    for (size_t kind = 0; kind < MARK_KINDS; kind++)
        text_add_format(script, "has_%s = %d\n", mark_kind_names[kind], has[kind]);
}

static void add_script(struct text *script, const struct page *page, struct gnuplot *gnuplot)
{
    const struct plot *plot = page->plot;
    bool terminal = plot->format == PLOT_TERMINAL;
    script_add_terminal(script, plot->format, terminal ? plot->columns : page->width,
                        terminal ? plot->lines : page->height);
    add_page(script, page);
    add_time_axis(script, page->end);
    add_panels(script, gnuplot, page);
    add_mark_kinds(script, page);
    if (!terminal)
        script_add_template(script, "style");
    script_add_template(script, terminal ? "terminal" : plot->picture->template_name);
}

static bool has_rows(const char *folder, const char *file)
{
    struct text path = {0}, bytes = {0};
    text_add_format(&path, "%s/%s", folder, file);
    bool readable = input_read(path.bytes, &bytes);
    const char *header_end = readable && bytes.bytes ? strchr(bytes.bytes, '\n') : NULL;
    bool has = header_end && header_end[1];
    text_free(&path);
    text_free(&bytes);
    return has;
}

bool plot_has(const struct picture *picture, const char *folder)
{
    const char *const *need = picture->needs;
    while (need && *need && !has_rows(folder, *need))
        need++;
    return !need || *need;
}

bool plot_draw(const struct plot *plot, struct text *drawing, struct text *mistake)
{
    struct page page;
    bool drawn = false;
    if (page_read(&page, plot, mistake)) {
        struct gnuplot *gnuplot = gnuplot_begin();
        struct text script = {0};
        add_script(&script, &page, gnuplot);
        drawn = gnuplot_run(gnuplot, &script, drawing, mistake);
        text_free(&script);
        gnuplot_end(gnuplot);
    }
    page_free(&page);
    return drawn;
}
