#include "sim/study/picture/picture_heat_page.h"
#include "sim/study/picture/picture_layout.h"
#include <math.h>

enum { REASONS_MOST = 12 };

/* Pixels. */
enum { HEADING = 26, BAR_WIDTH = 9, BAR_MOST = 220, BAR_STEPS = 24, SWATCH = 22 };

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
    double number = heat_number(cell, figure);
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
    double number = heat_number(cell, figure);
    return cell->state == HEAT_STUCK || (cell->state == HEAT_GOOD && number_is_known(number) &&
                                         shade_of(page, figure, number) > dark_shade);
}

static void add_cell_texts(struct sheet *sheet, const struct heat_page *page, const struct heat_cell *cell,
                           size_t figure, struct cell_place place)
{
    struct text text = {0};
    double x = place.x + place.width / 2, y = place.y + place.height / 2;
    int letters = sheet_letters(place.width - 4);
    bool has_text = heat_add_text(&text, page, cell, figure);
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
    struct paint first = paint_of(page, heat_cell_at(page, facet, row, column), figure);
    size_t count = 1;
    for (; !page->has_texts && column + count < page->columns; count++) {
        struct paint next = paint_of(page, heat_cell_at(page, facet, row, column + count), figure);
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
            struct paint paint = paint_of(page, heat_cell_at(page, facet, row, column), figure);
            sheet_box(sheet, paint.layer, at.x + (double)column * at.width, at.y + (double)row * at.height,
                      (double)count * at.width - gap, at.height - gap, paint.shade);
        }
}

static void add_marks(struct sheet *sheet, const struct heat_page *page, size_t facet, size_t figure,
                      struct cell_place at)
{
    for (size_t row = 0; row < page->rows; row++)
        for (size_t column = 0; column < page->columns; column++) {
            const struct heat_cell *cell = heat_cell_at(page, facet, row, column);
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
                   page->map->rows.names[row], HEAT_NAME_LETTERS);
}

static void add_column_names(struct sheet *sheet, const struct heat_page *page,
                             const struct heat_figure_page *of, double x, double y)
{
    enum layer layer = of->tilted ? LAYER_tilted_name : LAYER_column_name;
    size_t step = every(of->cell_width, 20);
    for (size_t column = 0; column < page->columns; column += step)
        sheet_text(sheet, layer, x + ((double)column + 0.5) * of->cell_width, y + (of->tilted ? 6 : 9),
                   page->map->columns.names[column], HEAT_NAME_LETTERS);
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
    if (!heat_has_bar(&page->of[figure]))
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
    const struct heat_figure_page *of = &page->of[figure];
    struct cell_place first = {x + page->left, y + PANEL_TITLE, of->cell_width, page->cell_height};
    double width = (double)page->columns * first.width, height = (double)page->rows * first.height;
    add_panel_title(sheet, page, facet, figure, first.x, y + PANEL_TITLE / 2 - 2);
    add_cells(sheet, page, facet, figure, first);
    add_marks(sheet, page, facet, figure, first);
    add_row_names(sheet, page, first.x - 6, first.y);
    add_column_names(sheet, page, of, first.x, first.y + height);
    add_bar(sheet, page, figure, first.x + width + HEAT_BAR_LEFT, first.y);
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
            y += page->height + HEAT_PANEL_GAP;
        if (!across) {
            x = SHEET_EDGE - 8;
            y = add_headings(sheet, page, facet, y);
        }
        add_panel(sheet, page, facet, panel % page->figures, x, y);
        x += heat_column_width(page, across) + HEAT_PANEL_GAP / 2;
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
                if (heat_cell_at(page, facet, row, column)->state == state)
                    return true;
    return false;
}

static bool has_chosen(const struct heat_page *page)
{
    for (size_t facet = 0; facet < page->facets; facet++)
        for (size_t row = 0; row < page->rows; row++)
            for (size_t column = 0; column < page->columns; column++)
                if (heat_cell_at(page, facet, row, column)->chosen)
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
        any |= heat_has_bar(&page->of[figure]);
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

void heat_lay_out(const struct heat_map *map, struct sheet *sheet)
{
    struct heat_page page;
    struct text left_out = {0};
    bool has_any = heat_page_choose(&page, map);
    double y = sheet_begin(sheet, &map->page, has_any ? heat_page_width(&page) : SHEET_WIDTH);
    if (has_any)
        y = add_legend(sheet, &page, add_panels(sheet, &page, y) + 16);
    else
        y = sheet_add_nothing(sheet, y);
    say_what_is_left_out(&page, &left_out);
    sheet_end(sheet, &map->page, &left_out, y);
    text_free(&left_out);
}
