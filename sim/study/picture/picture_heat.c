#include "sim/engine/arena.h"
#include "sim/study/picture/picture_layout.h"
#include "sim/study/picture/picture_scale.h"
#include <math.h>
#include <string.h>

enum {
    SIDE_MOST = 64, /* rows or columns of a grid that can still be told apart */
    FIGURES_MOST = 6,
    FACETS_MOST = 8,
    BOXES_MOST = 20000,
    TEXTS_UP_TO = 20, /* rows or columns of cells that have room for their texts */
    REASONS_MOST = 12,
    NAME_LETTERS = 16,
};

/* Pixels. */
enum {
    CELL_LEAST = 34,
    CELL_MOST = 92,
    CELL_HEIGHT = 30,
    GRID_LEAST = 170, /* so that a title has room above it */
    GRID_MOST = 640,  /* of one whose cells have no texts */
    SIDE_NAME = 22,
    HEADING = 26,
    PANEL_TITLE = 24,
    PANEL_GAP = 28,
    BAR_LEFT = 10,
    BAR_WIDTH = 9,
    BAR_ROOM = 70, /* with what is said beside it */
    BAR_MOST = 220,
    BAR_STEPS = 24,
    SWATCH = 22,
    PAGE_LEAST = 640,
};

/* What is shown, and where. */
struct heat_page {
    const struct heat_map *map;
    size_t rows, columns, figures, facets, panels_across;
    bool has_texts;
    double cell_height, left, height; /* left: of a panel, up to its grid */
    double names_height;
    struct figure_page {
        struct range range;
        double cell_width, width; /* of a panel: all of it */
        bool tilted;              /* the names of columns */
    } of[FIGURES_MOST];
};

static const struct heat_cell *cell_at(const struct heat_page *page, size_t facet, size_t row, size_t column)
{
    return &page->map->facets[facet].cells[row * page->map->columns.count + column];
}

static double number_of(const struct heat_cell *cell, size_t figure)
{
    return cell->values ? cell->values[figure].number : NAN;
}

/* --- what is written in cells ----------------------------------------------------------------------------
 */

/* The text of a cell for a figure; false: there is none. */
static bool add_cell_text(struct text *out, const struct heat_page *page, const struct heat_cell *cell,
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
    bool has_text = page->has_texts && add_cell_text(&text, page, cell, figure);
    double room = has_text ? sheet_room(text.bytes, NAME_LETTERS) : 0;
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
                const struct heat_cell *cell = cell_at(page, facet, row, column);
                if (cell->state == HEAT_GOOD)
                    range_add(&page->of[figure].range, number_of(cell, figure));
                widest = fmax(widest, cell_text_room(page, cell, figure));
            }
    return widest;
}

static double widest_name(const struct heat_axis *axis, size_t shown)
{
    double widest = 0;
    for (size_t i = 0; i < shown; i++)
        widest = fmax(widest, sheet_room(axis->names[i], NAME_LETTERS));
    return widest;
}

static void choose_what_is_shown(struct heat_page *page)
{
    const struct heat_map *map = page->map;
    page->rows = sheet_shown(map->rows.count, SIDE_MOST);
    page->columns = sheet_shown(map->columns.count, SIDE_MOST);
    page->figures = sheet_shown(map->figure_count, FIGURES_MOST);
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

static bool has_bar(const struct figure_page *of)
{
    return of->range.any && of->range.high > of->range.low;
}

static void choose_figure(struct heat_page *page, size_t figure, double widest_name)
{
    struct figure_page *of = &page->of[figure];
    of->cell_width = cell_width_for(page, measure_cells(page, figure));
    of->tilted = widest_name + 6 > of->cell_width;
    of->width = page->left + (double)page->columns * of->cell_width + (has_bar(of) ? BAR_ROOM : BAR_LEFT);
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

/* Of the panels that stand below each other. */
static double column_width(const struct heat_page *page, size_t across)
{
    double width = 0;
    for (size_t panel = across; panel < page->facets * page->figures; panel += page->panels_across)
        width = fmax(width, page->of[panel % page->figures].width);
    return width;
}

/* --- a panel ---------------------------------------------------------------------------------------------
 */

/* 0 where it is best. */
static double shade_of(const struct heat_page *page, size_t figure, double number)
{
    const struct range *range = &page->of[figure].range;
    double place = range->high > range->low ? (number - range->low) / (range->high - range->low) : 0.35;
    bool is_reversed = page->map->figures[figure].better == HEAT_MORE_IS_BETTER && range->high > range->low;
    return is_reversed ? 1 - place : place;
}

/* Text stands in white from here on. */
static const double dark_shade = 0.62;

struct cell_place {
    double x, y;
    double width, height;
};

/* What fills a cell: like ones side by side are one box where nothing is written in them. */
struct paint {
    enum layer layer;
    double shade;
};

static struct paint paint_of(const struct heat_page *page, const struct heat_cell *cell, size_t figure)
{
    enum { SHADES = 64 };
    static const enum layer of_state[] = {
        [HEAT_REJECTED] = LAYER_rejected, [HEAT_STUCK] = LAYER_stuck, [HEAT_EMPTY] = LAYER_empty};
    double number = number_of(cell, figure);
    if (cell->state != HEAT_GOOD)
        return (struct paint){of_state[cell->state], 0};
    if (!page->of[figure].range.any)
        return (struct paint){LAYER_good, 0};
    if (!number_is_known(number))
        return (struct paint){LAYER_empty, 0};
    return (struct paint){LAYER_shade, round(SHADES * shade_of(page, figure, number)) / SHADES};
}

static bool is_dark(const struct heat_page *page, const struct heat_cell *cell, size_t figure)
{
    double number = number_of(cell, figure);
    return cell->state == HEAT_STUCK || (cell->state == HEAT_GOOD && number_is_known(number) &&
                                         shade_of(page, figure, number) > dark_shade);
}

static void add_cell_texts(struct sheet *sheet, const struct heat_page *page, const struct heat_cell *cell,
                           size_t figure, struct cell_place place)
{
    struct text text = {0};
    double x = place.x + place.width / 2, y = place.y + place.height / 2;
    int letters = sheet_letters(place.width - 4);
    bool has_text = add_cell_text(&text, page, cell, figure);
    bool has_code = cell->code && *cell->code && cell->state == HEAT_STUCK;
    if (has_code && has_text)
        sheet_text(sheet, LAYER_corner_code, place.x + 4, place.y + 7, cell->code, 2);
    enum layer layer = is_dark(page, cell, figure) ? LAYER_cell_light : LAYER_cell_dark;
    if (has_text)
        sheet_text(sheet, layer, x, y + (has_code ? 3 : 0), text.bytes, letters);
    else if (has_code)
        sheet_text(sheet, layer, x, y, cell->code, 2);
    else if (cell->state == HEAT_GOOD)
        sheet_text(sheet, layer, x, y, "–", 1);
    text_free(&text);
}

/* From the middle of a side on, so that all corners are whole. */
static void add_frame(struct sheet *sheet, struct cell_place place)
{
    double right = place.x + place.width, bottom = place.y + place.height, middle = place.x + place.width / 2;
    sheet_line(sheet, LAYER_chosen, middle, place.y, right, place.y);
    sheet_join(sheet, LAYER_chosen, right, bottom);
    sheet_join(sheet, LAYER_chosen, place.x, bottom);
    sheet_join(sheet, LAYER_chosen, place.x, place.y);
    sheet_join(sheet, LAYER_chosen, middle, place.y);
}

static size_t count_alike(const struct heat_page *page, size_t facet, size_t figure, size_t row,
                          size_t column)
{
    struct paint first = paint_of(page, cell_at(page, facet, row, column), figure);
    size_t count = 1;
    for (; !page->has_texts && column + count < page->columns; count++) {
        struct paint next = paint_of(page, cell_at(page, facet, row, column + count), figure);
        if (next.layer != first.layer || next.shade != first.shade)
            break;
    }
    return count;
}

static void add_cells(struct sheet *sheet, const struct heat_page *page, size_t facet, size_t figure,
                      struct cell_place at)
{
    double gap = page->has_texts ? 1 : 0;
    for (size_t row = 0; row < page->rows; row++)
        for (size_t column = 0, count; column < page->columns; column += count) {
            count = count_alike(page, facet, figure, row, column);
            struct paint paint = paint_of(page, cell_at(page, facet, row, column), figure);
            sheet_box(sheet, paint.layer, at.x + (double)column * at.width, at.y + (double)row * at.height,
                      (double)count * at.width - gap, at.height - gap, paint.shade);
        }
}

static void add_marks(struct sheet *sheet, const struct heat_page *page, size_t facet, size_t figure,
                      struct cell_place at)
{
    for (size_t row = 0; row < page->rows; row++)
        for (size_t column = 0; column < page->columns; column++) {
            const struct heat_cell *cell = cell_at(page, facet, row, column);
            struct cell_place place = {at.x + (double)column * at.width, at.y + (double)row * at.height,
                                       at.width - 1, at.height - 1};
            if (page->has_texts)
                add_cell_texts(sheet, page, cell, figure, place);
            if (cell->chosen)
                add_frame(sheet, place);
        }
}

/* Every so many that the names do not touch. */
static size_t every(double room_of_one, double needed)
{
    return room_of_one >= needed ? 1 : (size_t)ceil(needed / room_of_one);
}

static void add_row_names(struct sheet *sheet, const struct heat_page *page, double right, double y)
{
    size_t step = every(page->cell_height, 13);
    for (size_t row = 0; row < page->rows; row += step)
        sheet_text(sheet, LAYER_row_name, right, y + ((double)row + 0.5) * page->cell_height,
                   page->map->rows.names[row], NAME_LETTERS);
}

static void add_column_names(struct sheet *sheet, const struct heat_page *page, const struct figure_page *of,
                             double x, double y)
{
    enum layer layer = of->tilted ? LAYER_tilted_name : LAYER_column_name;
    size_t step = every(of->cell_width, 20);
    for (size_t column = 0; column < page->columns; column += step)
        sheet_text(sheet, layer, x + ((double)column + 0.5) * of->cell_width, y + (of->tilted ? 6 : 9),
                   page->map->columns.names[column], NAME_LETTERS);
}

static void add_bar_end(struct sheet *sheet, double x, double y, double number, enum measure measure)
{
    struct text text = {0};
    picture_add_short(&text, number, measure);
    sheet_text(sheet, LAYER_scale_name, x, y, text.bytes, 8);
    text_free(&text);
}

static void add_bar(struct sheet *sheet, const struct heat_page *page, size_t figure, double x, double y)
{
    const struct range *range = &page->of[figure].range;
    enum measure measure = page->map->figures[figure].measure;
    double step = fmax(floor(fmin((double)page->rows * page->cell_height, BAR_MOST) / BAR_STEPS), 1);
    if (!has_bar(&page->of[figure]))
        return;
    for (int i = 0; i < BAR_STEPS; i++) {
        double number = range->high - (range->high - range->low) * (i + 0.5) / BAR_STEPS;
        sheet_box(sheet, LAYER_shade, x, y + i * step, BAR_WIDTH, step, shade_of(page, figure, number));
    }
    add_bar_end(sheet, x + BAR_WIDTH + 5, y + 5, range->high, measure);
    add_bar_end(sheet, x + BAR_WIDTH + 5, y + BAR_STEPS * step - 5, range->low, measure);
}

static void add_panel_title(struct sheet *sheet, const struct heat_page *page, size_t facet, size_t figure,
                            double x, double y)
{
    struct text title = {0};
    const char *facet_title = page->map->facets[facet].title;
    sheet_add_title(&title, page->map->figures[figure].title, page->map->figures[figure].unit);
    /* With one figure, the panels are told apart by their facet. */
    bool is_facet = page->figures == 1 && facet_title && *facet_title;
    sheet_path(sheet, LAYER_panel_title, x, y, is_facet ? facet_title : title.bytes,
               sheet_letters((page->of[figure].width - page->left) / 1.12));
    text_free(&title);
}

static void add_panel(struct sheet *sheet, const struct heat_page *page, size_t facet, size_t figure,
                      double x, double y)
{
    const struct heat_map *map = page->map;
    const struct figure_page *of = &page->of[figure];
    struct cell_place first = {x + page->left, y + PANEL_TITLE, of->cell_width, page->cell_height};
    double width = (double)page->columns * first.width, height = (double)page->rows * first.height;
    add_panel_title(sheet, page, facet, figure, first.x, y + PANEL_TITLE / 2 - 2);
    add_cells(sheet, page, facet, figure, first);
    add_marks(sheet, page, facet, figure, first);
    add_row_names(sheet, page, first.x - 6, first.y);
    add_column_names(sheet, page, of, first.x, first.y + height);
    add_bar(sheet, page, figure, first.x + width + BAR_LEFT, first.y);
    sheet_path(sheet, LAYER_side_name, x + 8, first.y + height / 2, map->rows.label,
               sheet_letters(fmax(height, 80)));
    sheet_path(sheet, LAYER_axis_name, first.x + width / 2, first.y + height + page->names_height + 8,
               map->columns.label, sheet_letters(of->width - 20));
}

/* --- all panels ------------------------------------------------------------------------------------------
 */

static double add_heading(struct sheet *sheet, const char *title, double y)
{
    sheet_path(sheet, LAYER_heading, SHEET_EDGE, y + HEADING / 2 - 3, title,
               sheet_letters((sheet->width - 2 * SHEET_EDGE) / 1.15));
    return y + HEADING;
}

/* What the panels of a line have in common: of several facets the facet, of one figure that figure. */
static double add_headings(struct sheet *sheet, const struct heat_page *page, size_t facet, double y)
{
    const struct heat_figure *figure = page->map->figures;
    if (page->facets < 2)
        return y;
    if (page->figures > 1)
        return add_heading(sheet, page->map->facets[facet].title, y);
    if (facet)
        return y;
    struct text title = {0};
    sheet_add_title(&title, figure->title, figure->unit);
    y = add_heading(sheet, title.bytes, y);
    text_free(&title);
    return y;
}

static double add_panels(struct sheet *sheet, const struct heat_page *page, double y)
{
    size_t count = page->facets * page->figures;
    double x = 0;
    for (size_t panel = 0; panel < count; panel++) {
        size_t facet = panel / page->figures, across = panel % page->panels_across;
        if (panel && !across)
            y += page->height + PANEL_GAP;
        if (!across) {
            x = SHEET_EDGE - 8;
            y = add_headings(sheet, page, facet, y);
        }
        add_panel(sheet, page, facet, panel % page->figures, x, y);
        x += column_width(page, across) + PANEL_GAP / 2;
    }
    return y + page->height;
}

/* --- the legend ------------------------------------------------------------------------------------------
 */

static bool has_state(const struct heat_page *page, enum heat_state state)
{
    for (size_t facet = 0; facet < page->facets; facet++)
        for (size_t row = 0; row < page->rows; row++)
            for (size_t column = 0; column < page->columns; column++)
                if (cell_at(page, facet, row, column)->state == state)
                    return true;
    return false;
}

static bool has_chosen(const struct heat_page *page)
{
    for (size_t facet = 0; facet < page->facets; facet++)
        for (size_t row = 0; row < page->rows; row++)
            for (size_t column = 0; column < page->columns; column++)
                if (cell_at(page, facet, row, column)->chosen)
                    return true;
    return false;
}

static struct cell_place swatch_at(double x, double y, double width)
{
    return (struct cell_place){x, y - 7, width, 14};
}

static void add_state(struct sheet *sheet, struct legend *legend, enum layer layer, const char *meaning)
{
    double x = legend_add(sheet, legend, SWATCH, meaning);
    struct cell_place place = swatch_at(x, legend->y, SWATCH);
    if (layer == LAYER_chosen)
        add_frame(sheet, place);
    else
        sheet_box(sheet, layer, place.x, place.y, place.width, place.height, 0);
}

static bool has_bars(const struct heat_page *page)
{
    bool any = false;
    for (size_t figure = 0; figure < page->figures; figure++)
        any |= has_bar(&page->of[figure]);
    return any;
}

static void add_shades(struct sheet *sheet, struct legend *legend)
{
    enum { STEPS = 12, WIDTH = 60 };
    double x = legend_add(sheet, legend, WIDTH, "the lighter, the better");
    struct cell_place place = swatch_at(x, legend->y, (double)WIDTH / STEPS);
    for (int i = 0; i < STEPS; i++, place.x += place.width)
        sheet_box(sheet, LAYER_shade, place.x, place.y, place.width, place.height, (double)i / (STEPS - 1));
}

static void add_states(struct sheet *sheet, const struct heat_page *page, struct legend *legend)
{
    const struct heat_map *map = page->map;
    if (has_bars(page))
        add_shades(sheet, legend);
    if (has_chosen(page))
        add_state(sheet, legend, LAYER_chosen, map->chosen ? map->chosen : "chosen");
    if (has_state(page, HEAT_REJECTED))
        add_state(sheet, legend, LAYER_rejected, map->rejected ? map->rejected : "rejected");
    if (has_state(page, HEAT_STUCK))
        add_state(sheet, legend, LAYER_stuck, map->stuck ? map->stuck : "stuck");
}

static double add_reasons(struct sheet *sheet, const struct heat_map *map, double y)
{
    size_t shown = sheet_shown(map->reason_count, REASONS_MOST);
    for (size_t i = 0; i < shown; i++, y += SHEET_LINE_HEIGHT) {
        sheet_text(sheet, LAYER_legend_code, SHEET_EDGE + SWATCH / 2, y, map->reasons[i].code, 2);
        sheet_text(sheet, LAYER_legend, SHEET_EDGE + SWATCH + 8, y, map->reasons[i].meaning,
                   sheet_letters(sheet->width - 2 * SHEET_EDGE - SWATCH - 8));
    }
    return y;
}

static double add_legend(struct sheet *sheet, const struct heat_page *page, double y)
{
    struct legend legend = {SHEET_EDGE, y + 8};
    add_states(sheet, page, &legend);
    return add_reasons(sheet, page->map, legend_end(&legend)) - 4;
}

/* --- the page --------------------------------------------------------------------------------------------
 */

static void say_what_is_left_out(const struct heat_page *page, struct text *out)
{
    const struct heat_map *map = page->map;
    sheet_add_more(out, map->facet_count, page->facets, "settings");
    sheet_add_more(out, map->figure_count, page->figures, "figures");
    sheet_add_more(out, map->rows.count, page->rows, "rows");
    sheet_add_more(out, map->columns.count, page->columns, "columns");
    sheet_add_more(out, map->reason_count, sheet_shown(map->reason_count, REASONS_MOST), "reasons");
}

static int page_width(const struct heat_page *page)
{
    double width = 2 * SHEET_EDGE - 8 - PANEL_GAP / 2;
    for (size_t across = 0; across < page->panels_across; across++)
        width += column_width(page, across) + PANEL_GAP / 2;
    double texts = fmin(sheet_page_room(&page->map->page), SHEET_WIDTH);
    return (int)fmax(width, fmax(texts, PAGE_LEAST));
}

void heat_lay_out(const struct heat_map *map, struct sheet *sheet)
{
    struct heat_page page = {.map = map};
    struct text left_out = {0};
    choose_what_is_shown(&page);
    bool has_any = page.rows && page.columns && page.figures && page.facets;
    if (has_any)
        choose_sizes(&page);
    double y = sheet_begin(sheet, &map->page, has_any ? page_width(&page) : SHEET_WIDTH);
    if (has_any)
        y = add_legend(sheet, &page, add_panels(sheet, &page, y) + 16);
    else
        y = sheet_add_nothing(sheet, y);
    say_what_is_left_out(&page, &left_out);
    sheet_end(sheet, &map->page, &left_out, y);
    text_free(&left_out);
}
