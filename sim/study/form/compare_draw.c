/* differences.svg: what each side is more than the first, with its interval; over the varied values where
 * something varies. */
#include "sim/study/form/comparison.h"
#include "sim/study/form/drawn.h"
#include "sim/study/paths.h"
#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { MOST_PANELS = 6, MOST_POINTS = 2000 };

/* The last axis that varies runs along the picture; sides alone do where nothing varies. Series are the
 * sides with the values of the axes before. */
struct layout {
    const struct comparison *comparison;
    const struct axis *along;
    size_t along_count; /* without the first side, if the sides run along */
    size_t series_count;
};

static struct layout layout_of(const struct comparison *comparison)
{
    struct layout layout = {
        .comparison = comparison,
        .along = &comparison->results.axes[comparison->results.axis_count - 1],
        .series_count = 1,
    };
    size_t others = comparison->results.axes->count - 1;
    layout.along_count = comparison->results.axis_count > 1 ? layout.along->count : others;
    layout.series_count = others * comparison->point_count / layout.along_count;
    return layout;
}

/* The cell of a place: cells of the first side come first, so others follow in the order of the places. */
static size_t cell_of(const struct layout *layout, size_t series, size_t value)
{
    return layout->comparison->point_count + series * layout->along_count + value;
}

static struct arena *arena_of(const struct layout *layout)
{
    return layout->comparison->results.session->study->arena;
}

static struct line_series series_of(const struct layout *layout)
{
    const char **names = arena_array(arena_of(layout), layout->series_count, sizeof *names);
    bool named = layout->comparison->results.axis_count > 1;
    for (size_t i = 0; i < layout->series_count; i++)
        names[i] =
            drawn_cell_name(arena_of(layout), &layout->comparison->results.cells[cell_of(layout, i, 0)],
                            layout->comparison->results.axis_count - 1);
    return (struct line_series){named ? layout->comparison->results.axes->name : NULL, names,
                                layout->series_count};
}

static struct line_values values_of(const struct layout *layout)
{
    bool sides = layout->comparison->results.axis_count == 1;
    const struct axis_value *values = layout->along->values + sides;
    size_t count = layout->along_count;
    return (struct line_values){path_last_names(layout->along->name, 1),
                                drawn_names(arena_of(layout), values, count),
                                sides ? NULL : drawn_numbers(arena_of(layout), values, count), count};
}

static struct line_point *points_of(const struct layout *layout, uint32_t figure)
{
    const struct comparison *comparison = layout->comparison;
    size_t count = layout->series_count * layout->along_count;
    struct line_point *points = arena_array(comparison->results.session->study->arena, count, sizeof *points);
    for (size_t i = 0; i < count; i++) {
        size_t cell = comparison->point_count + i;
        size_t side = cell / comparison->point_count, point = cell % comparison->point_count;
        points[i] = (struct line_point){NAN, NAN, NAN};
        if (!comparison_has(comparison, side, point))
            continue;
        struct paired paired = comparison_pair(comparison, figure, side, point);
        if (!paired.is_text)
            points[i] = drawn_point(&paired.statistics.difference.mean, paired.decimals);
    }
    return points;
}

static struct line_figure figure_of(const struct layout *layout, const struct shown_figure *shown,
                                    uint32_t figure)
{
    bool seconds = !strcmp(shown->unit, "s"); /* said with their unit */
    return (struct line_figure){.title = path_last_names(shown->name, 2),
                                .unit = seconds ? "" : shown->unit,
                                .measure = seconds ? MEASURE_SECONDS : MEASURE_NUMBER,
                                .asked = 0,
                                .asked_name = layout->comparison->results.axes->values[0].shown,
                                .points = points_of(layout, figure)};
}

/* Those that differ anywhere. */
static struct line_figure *figures_of(const struct layout *layout, size_t *count)
{
    const struct comparison *comparison = layout->comparison;
    const struct session *session = comparison->results.session;
    size_t shown_count;
    const struct shown_figure *shown =
        session_shown(session, comparison->results.jobs, comparison->results.job_count, &shown_count);
    struct line_figure *figures = arena_array(session->study->arena, MOST_PANELS, sizeof *figures);
    *count = 0;
    for (size_t i = 0; i < shown_count && *count < MOST_PANELS; i++) {
        uint32_t figure;
        if (figure_name_find(runner_names(session->runner), shown[i].name, &figure) &&
            comparison_differs(comparison, figure))
            figures[(*count)++] = figure_of(layout, &shown[i], figure);
    }
    return figures;
}

static struct picture_page page_of(const struct comparison *comparison)
{
    const struct study *study = comparison->results.session->study;
    int64_t last = comparison->results.jobs[comparison->results.job_count - 1].seed;
    return (struct picture_page){
        .title = study->name,
        .subtitle = arena_format(study->arena, "how much more than with %s, in the mean of the same runs",
                                 comparison->results.axes->values[0].shown),
        .note = arena_format(study->arena, "seeds %" PRId64 " to %" PRId64 "; 95 %% intervals",
                             study->seeds.first, last),
        .rest_file = "comparison.csv",
    };
}

void comparison_draw(const struct comparison *comparison)
{
    struct layout layout = layout_of(comparison);
    struct text drawing = {0}, mistake = {0};
    struct lines lines = {.page = page_of(comparison)};
    if (!session_writes() || layout.series_count * layout.along_count > MOST_POINTS)
        return;
    lines.values = values_of(&layout);
    lines.series = series_of(&layout);
    lines.figures = figures_of(&layout, &lines.figure_count);
    if (lines.figure_count == 0)
        return;
    bool drawn = picture_draw_lines(&lines, PLOT_SVG, &drawing, &mistake);
    session_write_picture(comparison->results.session, "differences.svg", drawn, &drawing, &mistake);
}
