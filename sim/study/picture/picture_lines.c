#include "sim/study/picture/picture_layout.h"
#include "sim/study/picture/picture_panel.h"
#include <math.h>

enum { FIGURES_MOST = 8, SERIES_MOST = 7, VALUES_MOST = 200, NAME_LETTERS = 16 };

/* Pixels. */
enum {
    PANEL_HEIGHT = 210,
    PANEL_LEFT = 58,
    PANEL_RIGHT = 16,
    PANEL_GAP = 24,
    PAD = 22, /* between an axis and the values at the ends */
    DODGE = 12,
    NAME_DISTANCE = 18, /* of tilted names */
    SWATCH = 26,
};

struct lines_page {
    const struct lines *lines;
    size_t figures, series, values, across;
    bool is_even, is_joined; /* places of the values; whether lines lead from one to the next */
    bool is_tilted;
    double panel_width, names_height;
};

/* --- where values stand ----------------------------------------------------------------------------------
 */

static bool are_ascending(const double *numbers, size_t count)
{
    bool ascending = count > 0 && number_is_known(numbers[0]);
    for (size_t i = 1; i < count && ascending; i++)
        ascending = number_is_known(numbers[i]) && numbers[i] > numbers[i - 1];
    return ascending;
}

/* 1, 10, 100: in their true places the first ones would be one. */
static bool span_decades(const double *numbers, size_t count)
{
    double narrowest = INFINITY, widest = 0;
    for (size_t i = 1; i < count; i++) {
        narrowest = fmin(narrowest, numbers[i] - numbers[i - 1]);
        widest = fmax(widest, numbers[i] - numbers[i - 1]);
    }
    return widest > 12 * narrowest;
}

/* 0..1 */
static double place_of(const struct lines_page *page, size_t value)
{
    const double *numbers = page->lines->values.numbers;
    size_t last = page->values - 1;
    if (!page->is_joined)
        return ((double)value + 0.5) / (double)page->values;
    if (!last)
        return 0.5;
    if (page->is_even)
        return (double)value / (double)last;
    return (numbers[value] - numbers[0]) / (numbers[last] - numbers[0]);
}

static double x_of(const struct lines_page *page, const struct panel *panel, size_t value)
{
    double pad = page->is_joined ? PAD : 0;
    return panel->left + pad + place_of(page, value) * (panel->width - 2 * pad);
}

/* Series stand side by side where they are not joined. */
static double dodge_of(const struct lines_page *page, size_t series)
{
    double slot = page->panel_width / (double)page->values, middle = ((double)page->series - 1) / 2;
    double distance = fmin(DODGE, 0.8 * slot / (double)page->series);
    return page->is_joined ? 0 : distance * ((double)series - middle);
}

/* --- a panel ---------------------------------------------------------------------------------------------
 */

static const struct line_point *point_at(const struct lines_page *page, size_t figure, size_t series,
                                         size_t value)
{
    return &page->lines->figures[figure].points[series * page->lines->values.count + value];
}

static struct scale scale_of(const struct lines_page *page, size_t figure)
{
    const struct line_figure *of = &page->lines->figures[figure];
    struct range range = {0};
    range_add(&range, of->asked);
    for (size_t series = 0; series < page->series; series++)
        for (size_t value = 0; value < page->values; value++) {
            const struct line_point *point = point_at(page, figure, series, value);
            range_add(&range, point->mean);
            range_add(&range, point->low);
            range_add(&range, point->high);
        }
    return scale_over(range, of->measure, panel_tics(PANEL_HEIGHT));
}

static struct panel panel_of(const struct lines_page *page, size_t figure, double y)
{
    size_t across = figure % page->across, down = figure / page->across;
    double height = PANEL_TITLE + PANEL_HEIGHT + page->names_height + PANEL_GAP;
    return (struct panel){.left = SHEET_EDGE + PANEL_LEFT +
                                  (double)across * (page->panel_width + PANEL_LEFT + PANEL_RIGHT),
                          .top = y + (double)down * height + PANEL_TITLE,
                          .width = page->panel_width,
                          .height = PANEL_HEIGHT,
                          .y = scale_of(page, figure)};
}

static void add_value_names(struct sheet *sheet, const struct lines_page *page, const struct panel *panel)
{
    enum layer layer = page->is_tilted ? LAYER_tilted_name : LAYER_column_name;
    double bottom = panel->top + panel->height, free_from = -INFINITY;
    for (size_t value = 0; value < page->values; value++) {
        const char *name = page->lines->values.names[value];
        double x = x_of(page, panel, value),
               room = page->is_tilted ? NAME_DISTANCE : sheet_room(name, NAME_LETTERS);
        sheet_line(sheet, LAYER_axis, x, bottom, x, bottom + 4);
        if (x - room / 2 < free_from)
            continue;
        free_from = x + room / 2 + 4;
        sheet_text(sheet, layer, x, bottom + (page->is_tilted ? 9 : 13), name, NAME_LETTERS);
    }
    sheet_path(sheet, LAYER_axis_name, panel->left + panel->width / 2, bottom + page->names_height - 8,
               page->lines->values.label, sheet_letters(panel->width));
}

static void add_border(struct sheet *sheet, const struct lines_page *page, const struct panel *panel)
{
    const struct lines *lines = page->lines;
    if (!lines->has_border || lines->border >= page->values)
        return;
    double x = x_of(page, panel, lines->border);
    const char *name = lines->border_name ? lines->border_name : lines->values.names[lines->border];
    bool is_right = x > panel->left + panel->width / 2;
    double room = sheet_room(name, 2 * NAME_LETTERS);
    sheet_line(sheet, LAYER_border, x, panel->top, x, panel->top + panel->height);
    sheet_text(sheet, LAYER_border_name, is_right ? x - 6 - room : x + 6, panel->top + panel->height - 12,
               name, 2 * NAME_LETTERS);
}

static void add_panel(struct sheet *sheet, const struct lines_page *page, size_t figure, double y)
{
    const struct line_figure *of = &page->lines->figures[figure];
    struct panel panel = panel_of(page, figure, y);
    panel_add_frame(sheet, &panel, of->title, of->unit);
    add_value_names(sheet, page, &panel);
    if (number_is_known(of->asked))
        panel_add_level(sheet, &panel, of->asked, of->asked_name ? of->asked_name : "asked");
    add_border(sheet, page, &panel);
}

/* --- series ----------------------------------------------------------------------------------------------
 */

static bool has_interval(const struct line_point *point)
{
    return number_is_known(point->low) && number_is_known(point->high);
}

static void add_point(struct sheet *sheet, const struct lines_page *page, const struct panel *panel,
                      const struct line_point *point, double x, bool *goes_on)
{
    if (!number_is_known(point->mean)) {
        *goes_on &= page->lines->joins_gaps;
        return;
    }
    double y = panel_y(panel, point->mean);
    if (has_interval(point))
        sheet_line(sheet, LAYER_bar, x, panel_y(panel, point->low), x, panel_y(panel, point->high));
    if (*goes_on)
        sheet_join(sheet, LAYER_line, x, y);
    else if (page->is_joined)
        sheet_point(sheet, LAYER_line, x, y);
    *goes_on = page->is_joined;
    sheet_point(sheet, LAYER_point, x, y);
}

/* Between two neighbours that both have an interval. */
static void add_band(struct sheet *sheet, const struct lines_page *page, const struct panel *panel,
                     size_t figure, size_t series)
{
    for (size_t value = 0; page->is_joined && value + 1 < page->values; value++) {
        const struct line_point *one = point_at(page, figure, series, value), *next = one + 1;
        if (!has_interval(one) || !has_interval(next))
            continue;
        double x1 = x_of(page, panel, value), x2 = x_of(page, panel, value + 1);
        sheet_line(sheet, LAYER_band, x1, panel_y(panel, one->low), x2, panel_y(panel, next->low));
        sheet_join(sheet, LAYER_band, x2, panel_y(panel, next->high));
        sheet_join(sheet, LAYER_band, x1, panel_y(panel, one->high));
    }
}

static void add_series(struct sheet *sheet, const struct lines_page *page, size_t figure, size_t series,
                       double y)
{
    struct panel panel = panel_of(page, figure, y);
    bool goes_on = false;
    add_band(sheet, page, &panel, figure, series);
    for (size_t value = 0; value < page->values; value++)
        add_point(sheet, page, &panel, point_at(page, figure, series, value),
                  x_of(page, &panel, value) + dodge_of(page, series), &goes_on);
}

static void begin_series(struct sheet *sheet, size_t series)
{
    static const enum layer layers[] = {LAYER_band, LAYER_bar, LAYER_line, LAYER_point};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        sheet_block(sheet, layers[i], (int)series);
}

static void add_entry(struct sheet *sheet, const struct lines_page *page, struct legend *legend,
                      size_t series)
{
    double x = legend_add(sheet, legend, SWATCH, page->lines->series.names[series]);
    if (page->is_joined)
        sheet_line(sheet, LAYER_line, x, legend->y, x + SWATCH, legend->y);
    sheet_point(sheet, LAYER_point, x + SWATCH / 2, legend->y);
}

/* --- the page --------------------------------------------------------------------------------------------
 */

static void choose_names(struct lines_page *page)
{
    const struct line_values *values = &page->lines->values;
    double widest = 0, slot = page->panel_width / (double)page->values;
    for (size_t value = 0; value < page->values; value++)
        widest = fmax(widest, sheet_room(values->names[value], NAME_LETTERS));
    page->is_tilted = !page->is_joined && widest + 8 > slot;
    page->names_height = (page->is_tilted ? 12 + 0.6 * widest : 22) + 22;
}

static struct lines_page choose_page(const struct lines *lines)
{
    struct lines_page page = {.lines = lines,
                              .figures = sheet_shown(lines->figure_count, FIGURES_MOST),
                              .series = sheet_shown(lines->series.count, SERIES_MOST),
                              .values = sheet_shown(lines->values.count, VALUES_MOST)};
    page.across = page.figures > 1 ? 2 : 1;
    page.panel_width = (SHEET_WIDTH - 2 * SHEET_EDGE) / (double)page.across - PANEL_LEFT - PANEL_RIGHT;
    page.is_joined = lines->values.numbers != NULL;
    page.is_even = !page.is_joined || !are_ascending(lines->values.numbers, page.values) ||
                   span_decades(lines->values.numbers, page.values);
    if (page.values)
        choose_names(&page);
    return page;
}

static double add_panels(struct sheet *sheet, const struct lines_page *page, double y)
{
    size_t down = (page->figures + page->across - 1) / page->across;
    double height = PANEL_TITLE + PANEL_HEIGHT + page->names_height + PANEL_GAP;
    struct legend legend = {SHEET_EDGE, y + (double)down * height};
    bool has_legend = page->lines->series.label != NULL;
    for (size_t figure = 0; figure < page->figures; figure++)
        add_panel(sheet, page, figure, y);
    if (has_legend)
        legend_add_label(sheet, &legend, page->lines->series.label);
    for (size_t series = 0; series < page->series; series++) {
        begin_series(sheet, series);
        if (has_legend)
            add_entry(sheet, page, &legend, series);
        for (size_t figure = 0; figure < page->figures; figure++)
            add_series(sheet, page, figure, series, y);
    }
    return legend_end(&legend) - 8;
}

void lines_lay_out(const struct lines *lines, struct sheet *sheet)
{
    struct lines_page page = choose_page(lines);
    struct text left_out = {0};
    double y = sheet_begin(sheet, &lines->page, SHEET_WIDTH);
    bool has_any = page.figures && page.series && page.values;
    y = has_any ? add_panels(sheet, &page, y) : sheet_add_nothing(sheet, y);
    sheet_add_more(&left_out, lines->figure_count, page.figures, "figures");
    sheet_add_more(&left_out, lines->series.count, page.series, "lines");
    sheet_add_more(&left_out, lines->values.count, page.values, "values");
    sheet_end(sheet, &lines->page, &left_out, y);
    text_free(&left_out);
}
