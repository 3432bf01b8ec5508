/* A map in words: a grid for each facet, what its marks mean, and the setting that would be chosen. */
#include "sim/engine/text_table.h"
#include "sim/study/form/map.h"
#include <string.h>

/* --- cells ------------------------------------------------------------------------------------ */

static void add_figures(struct text *out, const struct map_results *results, const struct map_cell *cell)
{
    const char *separator = "";
    for (size_t i = 0; i < results->map->figure_count; i++) {
        if (!results->map->figures[i].title)
            continue;
        text_add(out, separator);
        separator = " ";
        map_add_figure(out, results, cell, i);
    }
}

static void add_cell(struct text_table *table, const struct map_results *results, const struct map_cell *cell)
{
    struct text out = {0};
    text_add(&out, cell->chosen ? "*" : cell->broken ? "!" : "");
    if (cell->state == MAP_REFUSED)
        text_add(&out, "refused");
    else if (cell->state == MAP_UNKNOWN)
        text_add(&out, "?");
    else if (cell->state == MAP_UNFINISHED && cell->runs > 1)
        text_add_format(&out, "%zu of %zu %s", cell->runs - cell->finished, cell->runs,
                        results->reasons[cell->reason].code);
    else if (cell->state == MAP_UNFINISHED)
        text_add_format(&out, "never %s", results->reasons[cell->reason].code);
    else
        add_figures(&out, results, cell);
    text_table_cell(table, "%s", out.bytes);
    text_free(&out);
}

static void say_facet(const struct map_results *results, const struct map_cell *cells)
{
    enum { COLUMNS_MOST = TEXT_TABLE_COLUMNS_MAX - 1 };
    const struct axis *rows = map_rows(results), *columns = map_columns(results);
    size_t shown = columns->count < COLUMNS_MOST ? columns->count : COLUMNS_MOST;
    struct text_table table = {.columns = 1 + shown, .numbers = UINT32_MAX};
    text_table_cell(&table, "%s", "");
    for (size_t i = 0; i < shown; i++)
        text_table_cell(&table, "%s", columns->values[i].shown);
    for (size_t i = 0; i < rows->count; i++) {
        text_table_cell(&table, "%s", rows->values[i].shown);
        for (size_t j = 0; j < shown; j++)
            add_cell(&table, results, &cells[i * columns->count + j]);
    }
    text_table_write(&table, "", results->grid.session->said);
    if (shown < columns->count)
        text_add_format(results->grid.session->said, "and %zu more columns in map.csv\n",
                        columns->count - shown);
}

/* --- what the marks mean ---------------------------------------------------------------------- */

static void say_head(const struct map_results *results)
{
    const struct study_map *map = results->map;
    struct text *said = results->grid.session->said;
    text_add_format(said, map->title, results->subject);
    text_add_format(said, ": %s down, %s across;", map->rows.label, map->columns.label);
    const char *separator = " ";
    for (size_t i = 0; i < map->figure_count; i++) {
        if (!map->figures[i].title)
            continue;
        text_add_format(said, "%s%s", separator, map->figures[i].title);
        separator = ", ";
    }
    text_add(said, "\n");
    if (results->note)
        text_add_format(said, "(%s)\n", results->note);
}

static size_t count_state(const struct map_results *results, enum map_state state)
{
    size_t count = 0;
    for (size_t i = 0; i < results->grid.cell_count; i++)
        count += results->cells[i].state == state;
    return count;
}

static void say_unfinished(const struct map_results *results)
{
    struct text *said = results->grid.session->said;
    size_t count = count_state(results, MAP_UNFINISHED);
    if (count == 0)
        return;
    text_add_format(said, "%s: %zu of %zu settings\n", results->map->unfinished, count,
                    results->grid.cell_count);
    for (size_t i = 0; i < results->reason_count; i++)
        text_add_format(said, "  %s  %s (%zu)\n", results->reasons[i].code, results->reasons[i].meaning,
                        results->reasons[i].cells);
}

static void say_refused(const struct map_results *results)
{
    size_t count = count_state(results, MAP_REFUSED), first = 0;
    if (count == 0)
        return;
    while (results->cells[first].state != MAP_REFUSED)
        first++;
    text_add_format(results->grid.session->said, "%s: %zu of %zu settings (%s)\n", results->map->refused,
                    count, results->grid.cell_count, results->cells[first].cell->rejected);
}

static void say_broken(const struct map_results *results)
{
    size_t count = 0, first = 0;
    for (size_t i = results->grid.cell_count; i > 0; i--)
        if (results->cells[i - 1].broken) {
            first = i - 1;
            count++;
        }
    if (count)
        text_add_format(results->grid.session->said, "! breaks a promise: %zu of %zu settings (%s%s)\n",
                        count, results->grid.cell_count, results->cells[first].broken,
                        count > 1 ? ", …" : "");
}

/* One sentence stands for all facets where they say the same. */
static void say_sentences(const struct map_results *results)
{
    struct text *said = results->grid.session->said;
    bool same = true;
    for (size_t i = 1; i < results->facet_count; i++)
        same = same && !strcmp(results->sentences[i], results->sentences[0]);
    for (size_t i = 0; i < (same ? 1 : results->facet_count); i++) {
        if (!same)
            text_add_format(said, "%s: ", map_facet_title(results, i));
        text_add_format(said, "%s\n", results->sentences[i]);
    }
}

void map_say(const struct map_results *results)
{
    size_t size = map_facet_size(results);
    say_head(results);
    for (size_t i = 0; i < results->facet_count; i++) {
        if (results->facet_count > 1)
            text_add_format(results->grid.session->said, "%s\n", map_facet_title(results, i));
        say_facet(results, results->cells + i * size);
    }
    say_unfinished(results);
    say_refused(results);
    say_broken(results);
    say_sentences(results);
}
