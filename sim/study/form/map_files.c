/* The files of a map: its table and its picture. */
#include "sim/report/csv.h"
#include "sim/study/form/drawn.h"
#include "sim/study/form/map.h"
#include "sim/study/paths.h"
#include "sim/study/table.h"
#include <string.h>

const char *map_facet_title(const struct map_results *results, size_t facet)
{
    if (results->facet_count == 1)
        return NULL;
    struct text title = {0};
    const struct cell *cell = results->cells[facet * map_facet_size(results)].cell;
    for (size_t i = 0; i + 2 < results->grid.axis_count; i++)
        text_add_format(&title, "%s%s = %s", i ? ", " : "", path_last_names(results->grid.axes[i].name, 2),
                        cell->values[i]);
    const char *kept = arena_text(results->grid.session->study->arena, title.bytes);
    text_free(&title);
    return kept;
}

/* --- map.csv ---------------------------------------------------------------------------------- */

static void add_head(const struct map_results *results, struct text *out)
{
    table_add_axes(out, results->grid.axes, results->grid.axis_count - 2);
    csv_add_cell(out, results->map->rows.label);
    text_add_char(out, ',');
    csv_add_cell(out, results->map->columns.label);
    text_add(out, ",outcome,reason,runs,finished,broken_promise");
    for (size_t i = 0; i < results->map->figure_count; i++) {
        text_add_char(out, ',');
        csv_add_cell(out, results->map->figures[i].column);
    }
    text_add(out, ",chosen\n");
}

static const char *reason_of(const struct map_results *results, const struct map_cell *cell)
{
    return cell->state == MAP_REFUSED      ? cell->cell->rejected
           : cell->state == MAP_UNFINISHED ? results->reasons[cell->reason].meaning
                                           : NULL;
}

/* What a run says is exact; a mean of several is rounded as everywhere. */
static void add_number(struct text *out, int64_t value, int decimals, bool is_mean)
{
    if (is_mean)
        table_add_rounded(out, value, decimals);
    else
        table_add_exact(out, value, decimals);
}

static void add_row(const struct map_results *results, const struct map_cell *cell, struct text *out)
{
    static const char *const outcomes[] = {[MAP_FINISHED] = "finished",
                                           [MAP_UNFINISHED] = "unfinished",
                                           [MAP_REFUSED] = "refused",
                                           [MAP_UNKNOWN] = "unknown"};
    table_add_values(out, cell->cell, results->grid.axis_count);
    text_add_format(out, "%s,", outcomes[cell->state]);
    csv_add_cell(out, reason_of(results, cell));
    text_add_format(out, ",%zu,%zu,", cell->runs, cell->finished);
    csv_add_cell(out, cell->broken);
    for (size_t i = 0; i < results->map->figure_count; i++)
        add_number(out, cell->figures[i], results->decimals[i],
                   cell->runs > 1 && results->map->figures[i].sum == MAP_MEAN);
    text_add(out, cell->chosen ? ",true\n" : ",false\n");
}

void map_write(const struct map_results *results)
{
    struct text out = {0};
    add_head(results, &out);
    for (size_t i = 0; i < results->grid.cell_count; i++)
        add_row(results, &results->cells[i], &out);
    session_write(results->grid.session, "map.csv", &out);
    text_free(&out);
}

/* --- the picture ------------------------------------------------------------------------------ */

static struct heat_figure *drawn_figures(const struct map_results *results, size_t *count)
{
    const struct study_map *map = results->map;
    struct heat_figure *drawn =
        arena_array(results->grid.session->study->arena, map->figure_count, sizeof *drawn);
    *count = 0;
    for (size_t i = 0; i < map->figure_count; i++)
        if (map->figures[i].title)
            drawn[(*count)++] = (struct heat_figure){
                .title = map->figures[i].title,
                .unit = map->figures[i].is_duration ? NULL : map->figures[i].unit,
                .measure = map->figures[i].is_duration ? MEASURE_SECONDS : MEASURE_WHOLE,
                .better = map->figures[i].more_is_better ? HEAT_MORE_IS_BETTER : HEAT_LESS_IS_BETTER,
            };
    return drawn;
}

void map_add_figure(struct text *out, const struct map_results *results, const struct map_cell *cell,
                    size_t figure)
{
    const struct map_figure *what = &results->map->figures[figure];
    int64_t value = cell->figures[figure];
    if (what->sign && value != ABSENT)
        text_add(out, what->sign);
    picture_add_short(out, drawn_number(value, results->decimals[figure]),
                      what->is_duration ? MEASURE_SECONDS : MEASURE_NUMBER);
}

static struct heat_value drawn_value(const struct map_results *results, const struct map_cell *cell,
                                     size_t figure)
{
    struct text text = {0};
    map_add_figure(&text, results, cell, figure);
    text_add(&text, cell->broken ? "!" : "");
    struct heat_value value = {drawn_number(cell->figures[figure], results->decimals[figure]),
                               arena_text(results->grid.session->study->arena, text.bytes)};
    text_free(&text);
    return value;
}

static const struct heat_value *drawn_values(const struct map_results *results, const struct map_cell *cell)
{
    const struct study_map *map = results->map;
    struct heat_value *values =
        arena_array(results->grid.session->study->arena, map->figure_count, sizeof *values);
    size_t count = 0;
    for (size_t i = 0; i < map->figure_count; i++)
        if (map->figures[i].title)
            values[count++] = drawn_value(results, cell, i);
    return values;
}

static struct heat_cell drawn_cell(const struct map_results *results, const struct map_cell *cell)
{
    static const enum heat_state states[] = {[MAP_FINISHED] = HEAT_GOOD,
                                             [MAP_UNFINISHED] = HEAT_STUCK,
                                             [MAP_REFUSED] = HEAT_REJECTED,
                                             [MAP_UNKNOWN] = HEAT_EMPTY};
    return (struct heat_cell){
        .state = states[cell->state],
        .chosen = cell->chosen,
        .code = cell->state == MAP_UNFINISHED ? results->reasons[cell->reason].code : NULL,
        .values = cell->state == MAP_FINISHED ? drawn_values(results, cell) : NULL,
    };
}

static struct heat_facet *drawn_facets(const struct map_results *results)
{
    struct arena *arena = results->grid.session->study->arena;
    struct heat_facet *facets = arena_array(arena, results->facet_count, sizeof *facets);
    struct heat_cell *cells = arena_array(arena, results->grid.cell_count, sizeof *cells);
    for (size_t i = 0; i < results->grid.cell_count; i++)
        cells[i] = drawn_cell(results, &results->cells[i]);
    for (size_t i = 0; i < results->facet_count; i++)
        facets[i] = (struct heat_facet){map_facet_title(results, i), cells + i * map_facet_size(results)};
    return facets;
}

static const struct heat_reason *drawn_reasons(const struct map_results *results)
{
    struct heat_reason *reasons =
        arena_array(results->grid.session->study->arena, results->reason_count, sizeof *reasons);
    for (size_t i = 0; i < results->reason_count; i++)
        reasons[i] = (struct heat_reason){results->reasons[i].code, results->reasons[i].meaning};
    return reasons;
}

static const char *note_of(const struct map_results *results)
{
    size_t runs = 0;
    for (size_t i = 0; i < results->grid.cell_count; i++)
        runs = results->cells[i].runs > runs ? results->cells[i].runs : runs;
    struct text note = {0};
    text_add(&note, results->promises ? "! breaks a promise of the scenario" : "");
    if (runs > 1)
        text_add_format(&note, "%s%zu runs of each setting: the mean duration, the worst of the others",
                        note.length ? "; " : "", runs);
    const char *kept = arena_text(results->grid.session->study->arena, note.bytes);
    text_free(&note);
    return kept;
}

/* With several facets each has a sentence of its own, and there is no room for all of them. */
static struct picture_page page_of(const struct map_results *results)
{
    struct arena *arena = results->grid.session->study->arena;
    const char *sentence = results->sentences[0], *end = strstr(sentence, ". ");
    struct text title = {0};
    text_add_format(&title, results->map->title, results->subject);
    struct picture_page page = {
        .title = arena_text(arena, title.bytes), .note = note_of(results), .rest_file = "map.csv"};
    text_free(&title);
    if (results->facet_count == 1)
        page.subtitle = end ? arena_format(arena, "%.*s", (int)(end + 1 - sentence), sentence) : sentence;
    return page;
}

void map_draw(const struct map_results *results)
{
    if (!session_writes())
        return;
    struct arena *arena = results->grid.session->study->arena;
    const struct axis *rows = map_rows(results), *columns = map_columns(results);
    struct text drawing = {0}, mistake = {0};
    struct heat_map map = {
        .page = page_of(results),
        .rows = {results->map->rows.label, drawn_names(arena, rows->values, rows->count), rows->count},
        .columns = {results->map->columns.label, drawn_names(arena, columns->values, columns->count),
                    columns->count},
        .facets = drawn_facets(results),
        .facet_count = results->facet_count,
        .reasons = drawn_reasons(results),
        .reason_count = results->reason_count,
        .rejected = results->map->refused,
        .stuck = results->map->unfinished,
    };
    map.figures = drawn_figures(results, &map.figure_count);
    bool drawn = picture_draw_heat(&map, PLOT_SVG, &drawing, &mistake);
    session_write_picture(results->grid.session, arena_format(arena, "%s.svg", results->map->name), drawn,
                          &drawing, &mistake);
}
