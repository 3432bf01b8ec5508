#include "sim/report/plot.h"
#include "sim/engine/check.h"
#include "sim/report/gnuplot.h"
#include "sim/report/marks.h"
#include "sim/report/output.h"
#include "sim/report/panels.h"
#include "sim/report/summary.h"
#include "sim/report/templates.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The page, in pixels; the templates lay it out by the variables that add_page() hands over. */
enum {
    PAGE_WIDTH = 1000,
    PAGE_HEADER = 100,
    PAGE_FOOTER = 52,
    PANEL_HEIGHT = 180,
    PANEL_GAP = 34,
    PANEL_LEFT = 70,
    PANEL_RIGHT = 28,
    LABEL_HEIGHT = 16,
    TICS = 6,
};

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

/* As a real number: gnuplot cuts the quotient of two whole ones. */
static void add_real(struct text *script, const char *name, int64_t value)
{
    text_add_format(script, "%s = %lld.0\n", name, (long long)value);
}

static void add_integer(struct text *script, const char *name, int64_t value)
{
    text_add_format(script, "%s = %lld\n", name, (long long)value);
}

static void add_string(struct text *script, const char *name, const char *value)
{
    text_add_format(script, "%s = ", name);
    gnuplot_add_literal(script, value ? value : "");
    text_add_char(script, '\n');
}

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
    add_string(script, "time_name", unit->name);
    add_real(script, "time_unit", unit->size / SIMTIME_SECOND);
    add_real(script, "time_step", unit->steps[step]);
    text_add(script, "time_end = ");
    text_add_seconds(script, end ? end : SIMTIME_SECOND);
    text_add(script, " / time_unit\n");
}

static int page_height(const struct panels *panels)
{
    return PAGE_HEADER + PAGE_FOOTER + (int)panels->count * (PANEL_HEIGHT + PANEL_GAP);
}

static void add_terminal(struct text *script, const struct plot *plot, int height)
{
    switch (plot->format) {
    case PLOT_SVG:
        text_add_format(script,
                        "set terminal svg size %d,%d dynamic font 'Helvetica,Arial,sans-serif,12' "
                        "background '#ffffff'\n",
                        PAGE_WIDTH, height);
        break;
    case PLOT_PNG:
        text_add_format(script,
                        "set terminal pngcairo size %d,%d font 'Helvetica,12' fontscale 1.5 linewidth 2 "
                        "background '#ffffff'\n",
                        2 * PAGE_WIDTH, 2 * height);
        break;
    case PLOT_PDF:
        text_add_format(script,
                        "set terminal pdfcairo size %d/72.0,%d/72.0 font 'Helvetica,12' fontscale 0.75 "
                        "linewidth 1 background '#ffffff'\n",
                        PAGE_WIDTH, height);
        break;
    case PLOT_TERMINAL:
        text_add_format(script, "set terminal dumb noenhanced size %d,%d\n", plot->columns, plot->lines);
        break;
    }
    text_add(script, "set output 'drawing'\nset encoding utf8\nset datafile separator \"\\t\"\n");
}

static void add_page(struct text *script, int height)
{
    add_real(script, "page_width", PAGE_WIDTH);
    add_real(script, "page_height", height);
    add_real(script, "page_header", PAGE_HEADER);
    add_real(script, "panel_height", PANEL_HEIGHT);
    add_real(script, "panel_gap", PANEL_GAP);
    add_real(script, "panel_left", PANEL_LEFT);
    add_real(script, "panel_right", PANEL_RIGHT);
}

/* Cut to what one line holds. */
static void add_line(struct text *script, const char *name, const struct text *summary, const char *key,
                     size_t most)
{
    struct text line = {0};
    text_add(&line, "");
    summary_read_text(summary, key, &line);
    if (line.length > most) {
        size_t length = most;
        while (length && ((unsigned char)line.bytes[length] & 0xC0) == 0x80)
            length--;
        struct text cut = {0};
        text_add_bytes(&cut, line.bytes, length);
        text_add(&cut, "…");
        text_free(&line);
        line = cut;
    }
    add_string(script, name, line.bytes);
    text_free(&line);
}

static void add_titles(struct text *script, const char *folder, bool more_panels)
{
    struct text path = {0}, summary = {0}, note = {0};
    text_add_format(&path, "%s/summary.json", folder);
    text_add(&note, "");
    input_read(path.bytes, &summary);
    add_line(script, "title", &summary, "name", TITLE_LETTERS);
    add_line(script, "subtitle", &summary, "description", SUBTITLE_LETTERS);
    if (more_panels)
        text_add_format(&note, "the first %d are shown; there are more", PANELS_MOST);
    add_string(script, "note", note.bytes);
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

static void write_samples(struct gnuplot *gnuplot, const char *name, const struct panel *panel)
{
    struct text data = {0};
    for (size_t i = 0; i < panel->count; i++) {
        text_add_seconds(&data, panel->samples[i].at);
        for (size_t value = 0; value < PANEL_VALUES; value++) {
            text_add_char(&data, '\t');
            if (panel->samples[i].values[value] == ABSENT)
                text_add(&data, "NaN");
            else
                text_add_integer(&data, panel->samples[i].values[value]);
        }
        text_add_char(&data, '\n');
    }
    gnuplot_write(gnuplot, name, &data);
    text_free(&data);
}

/* The vertical layout of a panel, in thousandths of its unit: data up to `data_top`, rows of labels up to
 * `top`. */
struct heights {
    int64_t data_top, top;
    int rows;
};

static struct heights heights_of(const struct panel *panel, int rows)
{
    int64_t data_top = panel->greatest ? panel->greatest * 1080 + 100 : 1000;
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
                                  const struct marks *marks, simtime end)
{
    const struct mark **here = memory_alloc((marks->count + 1) * sizeof *here);
    struct mark_place *places = memory_alloc((marks->count + 1) * sizeof *places);
    struct text data = {0};
    size_t count = 0;
    for (size_t i = 0; i < marks->count; i++)
        if (mark_is_in(&marks->items[i], panel->key))
            here[count++] = &marks->items[i];
    int width = PAGE_WIDTH - PANEL_LEFT - PANEL_RIGHT;
    struct heights heights = heights_of(panel, marks_place(here, count, end, width, places));
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

static void add_panel(struct text *script, struct gnuplot *gnuplot, size_t number, struct panel *panel,
                      const struct marks *marks, simtime end)
{
    char name[48];
    panel_reduce(panel, end);
    snprintf(name, sizeof name, "panel%zu", number);
    write_samples(gnuplot, name, panel);
    snprintf(name, sizeof name, "marks%zu", number);
    struct heights heights = write_marks(gnuplot, name, panel, marks, end);
    snprintf(name, sizeof name, "panel_name[%zu]", number);
    add_string(script, name, panel->key);
    text_add_format(script, "panel_step[%zu] = %lld\n", number, (long long)tic_step(panel->greatest));
    text_add_format(script, "panel_greatest[%zu] = %lld\n", number, (long long)panel->greatest);
    text_add_format(script, "panel_top[%zu] = ", number);
    text_add_decimal(script, heights.top, THOUSANDTHS);
    text_add_char(script, '\n');
}

static void add_kinds(struct text *script, const struct marks *marks)
{
    bool has[MARK_KINDS] = {false};
    for (size_t i = 0; i < marks->count; i++)
        has[marks->items[i].kind] = true;
    for (size_t kind = 0; kind < MARK_KINDS; kind++)
        text_add_format(script, "has_%s = %d\n", mark_kind_names[kind], has[kind]);
}

static void add_panels(struct text *script, struct gnuplot *gnuplot, struct panels *panels,
                       const struct marks *marks)
{
    add_integer(script, "panels", (int64_t)panels->count);
    text_add(script, "array panel_name[panels]\narray panel_step[panels]\narray panel_greatest[panels]\n"
                     "array panel_top[panels]\n");
    for (size_t i = 0; i < panels->count; i++)
        add_panel(script, gnuplot, i + 1, &panels->panels[i], marks, panels->end);
    add_kinds(script, marks);
}

static const char *find_template(const char *name)
{
    const struct plot_template *template = plot_templates;
    while (template->name && strcmp(template->name, name))
        template ++;
    CHECK(template->name);
    return template->text;
}

static void add_script(struct text *script, const struct plot *plot, struct gnuplot *gnuplot,
                       struct panels *panels, const struct marks *marks)
{
    int height = page_height(panels);
    bool terminal = plot->format == PLOT_TERMINAL;
    add_terminal(script, plot, height);
    add_page(script, height);
    add_titles(script, plot->folder, panels->more);
    add_time_axis(script, panels->end);
    add_panels(script, gnuplot, panels, marks);
    if (!terminal)
        text_add(script, find_template("style"));
    text_add(script, find_template(terminal ? "terminal" : plot->picture->template_name));
}

bool plot_draw(const struct plot *plot, struct text *drawing, struct text *mistake)
{
    struct panels panels;
    struct marks marks;
    bool drawn = false;
    if (panels_read(&panels, plot->picture, plot->folder, mistake)) {
        struct gnuplot *gnuplot = gnuplot_begin();
        struct text script = {0};
        marks_read(&marks, plot->folder, plot->picture->marks_file);
        add_script(&script, plot, gnuplot, &panels, &marks);
        drawn = gnuplot_run(gnuplot, &script, drawing, mistake);
        text_free(&script);
        marks_free(&marks);
        gnuplot_end(gnuplot);
    }
    panels_free(&panels);
    return drawn;
}
