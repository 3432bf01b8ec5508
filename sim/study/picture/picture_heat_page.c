#include "sim/study/picture/picture_heat_page.h"
#include <math.h>

enum {
    SIDE_MOST = 64, /* rows or columns of a grid that can still be told apart */
    FACETS_MOST = 8,
    BOXES_MOST = 20000,
    TEXTS_UP_TO = 20, /* rows or columns of cells that have room for their texts */
};

/* Pixels. */
enum {
    CELL_LEAST = 34,
    CELL_MOST = 92,
    CELL_HEIGHT = 30,
    GRID_LEAST = 170, /* so that a title has room above it */
    GRID_MOST = 640,  /* of one whose cells have no texts */
    SIDE_NAME = 22,
    BAR_ROOM = 70, /* with what is said beside it */
    PAGE_LEAST = 640,
};

const struct heat_cell *heat_cell_at(const struct heat_page *page, size_t facet, size_t row, size_t column)
{
    return &page->map->facets[facet].cells[row * page->map->columns.count + column];
}

double heat_number(const struct heat_cell *cell, size_t figure)
{
    return cell->values ? cell->values[figure].number : NAN;
}

/* --- what is written in cells ----------------------------------------------------------------------------
 */

bool heat_add_text(struct text *out, const struct heat_page *page, const struct heat_cell *cell,
                   size_t figure)
{
    const struct heat_value *value = cell->values ? &cell->values[figure] : NULL;
    if (value && value->text && *value->text)
        text_add(out, value->text);
    else if (value && number_is_known(value->number) &&
             (cell->state == HEAT_GOOD || cell->state == HEAT_STUCK))
        picture_add_short(out, value->number, page->map->figures[figure].measure);
    return out->length > 0;
}

/* --- how large all is ------------------------------------------------------------------------------------
 */

static double cell_text_room(const struct heat_page *page, const struct heat_cell *cell, size_t figure)
{
    struct text text = {0};
    bool has_text = page->has_texts && heat_add_text(&text, page, cell, figure);
    double room = has_text ? sheet_room(text.bytes, HEAT_NAME_LETTERS) : 0;
    text_free(&text);
    return room;
}

/* Returns the room that its widest text needs. */
static double measure_cells(struct heat_page *page, size_t figure)
{
    double widest = 0;
    for (size_t facet = 0; facet < page->facets; facet++)
        for (size_t row = 0; row < page->rows; row++)
            for (size_t column = 0; column < page->columns; column++) {
                const struct heat_cell *cell = heat_cell_at(page, facet, row, column);
                if (cell->state == HEAT_GOOD)
                    range_add(&page->of[figure].range, heat_number(cell, figure));
                widest = fmax(widest, cell_text_room(page, cell, figure));
            }
    return widest;
}

static double widest_name(const struct heat_axis *axis, size_t shown)
{
    double widest = 0;
    for (size_t i = 0; i < shown; i++)
        widest = fmax(widest, sheet_room(axis->names[i], HEAT_NAME_LETTERS));
    return widest;
}

static void choose_what_is_shown(struct heat_page *page)
{
    const struct heat_map *map = page->map;
    page->rows = sheet_shown(map->rows.count, SIDE_MOST);
    page->columns = sheet_shown(map->columns.count, SIDE_MOST);
    page->figures = sheet_shown(map->figure_count, HEAT_FIGURES_MOST);
    size_t boxes = page->rows * page->columns * page->figures;
    size_t facets_most = boxes ? BOXES_MOST / boxes : FACETS_MOST;
    page->facets = sheet_shown(map->facet_count, sheet_shown(FACETS_MOST, facets_most ? facets_most : 1));
    page->has_texts = page->rows <= TEXTS_UP_TO && page->columns <= TEXTS_UP_TO;
    /* A row for each facet; what is alone runs on. */
    size_t across = page->facets > 1 && page->figures > 1 ? page->figures : page->facets * page->figures;
    bool is_alone = page->facets <= 1 || page->figures <= 1;
    page->panels_across = is_alone && across > 3 ? (across == 4 || page->columns > 8 ? 2 : 3) : across;
}

/* Whole pixels, so that all gaps between cells look alike. */
static double cell_width_for(const struct heat_page *page, double widest_text)
{
    double columns = (double)page->columns;
    if (!page->has_texts)
        return fmax(floor((page->panels_across > 2 ? 0.6 : 1) * GRID_MOST / columns), 1);
    return ceil(fmax(fmin(fmax(widest_text + 14, CELL_LEAST), CELL_MOST), GRID_LEAST / columns));
}

bool heat_has_bar(const struct heat_figure_page *of)
{
    return of->range.any && of->range.high > of->range.low;
}

static void choose_figure(struct heat_page *page, size_t figure, double widest_name)
{
    struct heat_figure_page *of = &page->of[figure];
    of->cell_width = cell_width_for(page, measure_cells(page, figure));
    of->tilted = widest_name + 6 > of->cell_width;
    of->width =
        page->left + (double)page->columns * of->cell_width + (heat_has_bar(of) ? BAR_ROOM : HEAT_BAR_LEFT);
    page->names_height = fmax(page->names_height, of->tilted ? 12 + 0.65 * widest_name : SHEET_LINE_HEIGHT);
}

static void choose_sizes(struct heat_page *page)
{
    const struct heat_map *map = page->map;
    double names = widest_name(&map->columns, page->columns), rows = (double)page->rows;
    page->left = ceil(SIDE_NAME + widest_name(&map->rows, page->rows) + 8);
    page->cell_height =
        page->has_texts ? CELL_HEIGHT : fmin(fmax(floor(GRID_MOST / 1.6 / rows), 6), CELL_HEIGHT);
    for (size_t figure = 0; figure < page->figures; figure++)
        choose_figure(page, figure, names);
    page->height = PANEL_TITLE + rows * page->cell_height + page->names_height + SHEET_LINE_HEIGHT;
}

double heat_column_width(const struct heat_page *page, size_t across)
{
    double width = 0;
    for (size_t panel = across; panel < page->facets * page->figures; panel += page->panels_across)
        width = fmax(width, page->of[panel % page->figures].width);
    return width;
}

int heat_page_width(const struct heat_page *page)
{
    double width = 2 * SHEET_EDGE - 8 - HEAT_PANEL_GAP / 2;
    for (size_t across = 0; across < page->panels_across; across++)
        width += heat_column_width(page, across) + HEAT_PANEL_GAP / 2;
    double texts = fmin(sheet_page_room(&page->map->page), SHEET_WIDTH);
    return (int)fmax(width, fmax(texts, PAGE_LEAST));
}

bool heat_page_choose(struct heat_page *page, const struct heat_map *map)
{
    *page = (struct heat_page){.map = map};
    choose_what_is_shown(page);
    bool has_any = page->rows && page->columns && page->figures && page->facets;
    if (has_any)
        choose_sizes(page);
    return has_any;
}
