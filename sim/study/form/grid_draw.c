/* The pictures of a grid: lines over one varied path, heat maps over two, facets for those beyond. */
#include "sim/study/form/drawn.h"
#include "sim/study/form/grid_report.h"
#include "sim/study/paths.h"
#include <inttypes.h>
#include <math.h>

struct drawing {
    const struct results *results;
    struct arena *arena;
    const struct shown_figure *figures;
    size_t figure_count;
    struct statistics **statistics; /* of each figure, one per cell */
    int *decimals;                  /* of each figure's numbers */
};

/* --- what is drawn ---------------------------------------------------------------------------- */

static struct statistics *statistics_of_cells(const struct drawing *drawing, const char *figure,
                                              int *decimals)
{
    const struct results *results = drawing->results;
    int64_t *values = arena_array(drawing->arena, results->job_count, sizeof *values);
    *decimals = session_take_values(results->session, figure, results->jobs, results->job_count, values);
    struct statistics *all = arena_array(drawing->arena, results->cell_count, sizeof *all);
    for (size_t i = 0; i < results->cell_count; i++)
        all[i] = statistics_of(values + results->first_jobs[i], results_runs(results, i), STUDY_CONFIDENCE);
    return all;
}

static const char *axis_name(const struct drawing *drawing, size_t axis)
{
    return axis_short_name(drawing->results->axes, drawing->results->axis_count, axis);
}

static struct picture_page page_of(const struct drawing *drawing)
{
    const struct results *results = drawing->results;
    const struct study *study = results->session->study;
    const struct job *first = &results->jobs[0], *last = &results->jobs[results->job_count - 1];
    return (struct picture_page){
        .title = study->name,
        .subtitle =
            arena_format(drawing->arena, "means over seeds %" PRId64 " to %" PRId64, first->seed, last->seed),
        .note = "bars: 95 % intervals of the means",
        .rest_file = "cells.csv"};
}

/* --- lines ------------------------------------------------------------------------------------ */

static struct line_point *points_of(const struct drawing *drawing, size_t figure)
{
    size_t count = drawing->results->cell_count;
    struct line_point *points = arena_array(drawing->arena, count, sizeof *points);
    for (size_t i = 0; i < count; i++)
        points[i] = drawn_point(&drawing->statistics[figure][i].mean, drawing->decimals[figure]);
    return points;
}

static void draw_lines(const struct drawing *drawing)
{
    const struct results *results = drawing->results;
    const struct axis *axis = &results->axes[0];
    struct line_figure *figures = arena_array(drawing->arena, drawing->figure_count, sizeof *figures);
    for (size_t i = 0; i < drawing->figure_count; i++)
        figures[i] = (struct line_figure){.title = path_last_names(drawing->figures[i].name, 2),
                                          .unit = drawn_unit(drawing->figures[i].unit),
                                          .measure = drawn_measure(drawing->figures[i].unit),
                                          .asked = NAN,
                                          .points = points_of(drawing, i)};
    struct lines lines = {
        .page = page_of(drawing),
        .values = {axis_name(drawing, 0), drawn_names(drawing->arena, axis->values, axis->count),
                   drawn_numbers(drawing->arena, axis->values, axis->count), axis->count},
        .series = {.count = 1},
        .figures = figures,
        .figure_count = drawing->figure_count,
    };
    struct text picture = {0}, mistake = {0};
    bool drawn = picture_draw_lines(&lines, PLOT_SVG, &picture, &mistake);
    session_write_picture(results->session, "lines.svg", drawn, &picture, &mistake);
}

/* --- heat maps -------------------------------------------------------------------------------- */

static struct heat_cell heat_cell_of(const struct drawing *drawing, size_t cell)
{
    struct heat_value *values = arena_array(drawing->arena, drawing->figure_count, sizeof *values);
    for (size_t i = 0; i < drawing->figure_count; i++)
        values[i].number = drawn_number(drawing->statistics[i][cell].mean.value, drawing->decimals[i]);
    bool rejected = drawing->results->cells[cell].rejected != NULL;
    return (struct heat_cell){.state = rejected ? HEAT_REJECTED : HEAT_GOOD, .values = values};
}

/* The values of the axes beyond rows and columns, which are the first two. */
static const char *facet_title(const struct drawing *drawing, const struct cell *cell)
{
    const struct results *results = drawing->results;
    const char *title = NULL;
    for (size_t i = 2; i < results->axis_count; i++)
        title = arena_format(drawing->arena, "%s%s%s = %s", title ? title : "", title ? ", " : "",
                             axis_name(drawing, i), cell->values[i]);
    return title;
}

/* Cells come with the first axis slowest, so those of a facet stand `facets` apart. */
static struct heat_facet *facets_of(const struct drawing *drawing, size_t facets)
{
    const struct results *results = drawing->results;
    size_t each = results->axes[0].count * results->axes[1].count;
    struct heat_facet *all = arena_array(drawing->arena, facets, sizeof *all);
    for (size_t i = 0; i < facets; i++) {
        struct heat_cell *cells = arena_array(drawing->arena, each, sizeof *cells);
        for (size_t j = 0; j < each; j++)
            cells[j] = heat_cell_of(drawing, j * facets + i);
        all[i] = (struct heat_facet){facet_title(drawing, &results->cells[i]), cells};
    }
    return all;
}

static struct heat_figure *heat_figures_of(const struct drawing *drawing)
{
    struct heat_figure *figures = arena_array(drawing->arena, drawing->figure_count, sizeof *figures);
    for (size_t i = 0; i < drawing->figure_count; i++) {
        const struct shown_figure *figure = &drawing->figures[i];
        figures[i] = (struct heat_figure){.title = path_last_names(figure->name, 2),
                                          .unit = drawn_unit(figure->unit),
                                          .measure = drawn_measure(figure->unit),
                                          .better = figure->more_is_better ? HEAT_MORE_IS_BETTER
                                                                           : HEAT_LESS_IS_BETTER};
    }
    return figures;
}

static void draw_heat(const struct drawing *drawing)
{
    const struct results *results = drawing->results;
    const struct axis *rows = &results->axes[0], *columns = &results->axes[1];
    size_t facets = results->cell_count / (rows->count * columns->count);
    struct heat_map map = {
        .page = page_of(drawing),
        .rows = {axis_name(drawing, 0), drawn_names(drawing->arena, rows->values, rows->count), rows->count},
        .columns = {axis_name(drawing, 1), drawn_names(drawing->arena, columns->values, columns->count),
                    columns->count},
        .figures = heat_figures_of(drawing),
        .figure_count = drawing->figure_count,
        .facets = facets_of(drawing, facets),
        .facet_count = facets,
    };
    map.page.note = NULL;
    struct text picture = {0}, mistake = {0};
    bool drawn = picture_draw_heat(&map, PLOT_SVG, &picture, &mistake);
    session_write_picture(results->session, "heat.svg", drawn, &picture, &mistake);
}

void grid_draw(const struct results *results)
{
    struct drawing drawing = {.results = results, .arena = results->session->study->arena};
    if (results->axis_count == 0 || !session_writes())
        return;
    drawing.figures =
        session_shown(results->session, results->jobs, results->job_count, &drawing.figure_count);
    drawing.statistics = arena_array(drawing.arena, drawing.figure_count, sizeof *drawing.statistics);
    drawing.decimals = arena_array(drawing.arena, drawing.figure_count, sizeof *drawing.decimals);
    for (size_t i = 0; i < drawing.figure_count; i++)
        drawing.statistics[i] = statistics_of_cells(&drawing, drawing.figures[i].name, &drawing.decimals[i]);
    if (results->axis_count == 1)
        draw_lines(&drawing);
    else
        draw_heat(&drawing);
}
