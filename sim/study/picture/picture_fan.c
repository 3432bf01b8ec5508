#include "sim/engine/arena.h"
#include "sim/study/picture/picture_layout.h"
#include "sim/study/picture/picture_panel.h"
#include <math.h>
#include <stdlib.h>

enum {
    ROWS_MOST = 12,
    QUANTITIES_MOST = 4,
    INSTANTS_MOST = 400, /* more do not fit between the pixels */
};

/* Pixels. */
enum { PANEL_HEIGHT = 150, PANEL_LEFT = 52, PANEL_RIGHT = 14, PANEL_GAP = 22, TICS_HEIGHT = 42, SWATCH = 26 };

static const enum layer layer_of[FAN_SERIES] = {
    [FAN_LEAST] = LAYER_least, [FAN_5] = LAYER_wide_band, [FAN_95] = LAYER_wide_band, [FAN_25] = LAYER_band,
    [FAN_75] = LAYER_band,     [FAN_MEDIAN] = LAYER_line, [FAN_WANTED] = LAYER_wanted};

struct fan_page {
    const struct fan *fan;
    size_t rows, quantities;
    size_t stride; /* instants that are shown as one */
    size_t count;  /* of what is shown */
    struct scale time;
    double panel_width;
};

/* --- tracks ----------------------------------------------------------------------------------------------
 */

/* What is low stays the lowest, what is high the highest of the instants that are one; of the rest the first.
 */
static double value_of(const struct fan_page *page, const struct fan_track *track, enum fan_series series,
                       size_t shown)
{
    const double *values = track->series[series];
    size_t from = shown * page->stride, end = from + page->stride;
    struct range range = {0};
    for (size_t i = from; values && i < end && i < page->fan->instant_count; i++)
        range_add(&range, values[i]);
    if (!range.any)
        return NAN;
    switch (series) {
    case FAN_LEAST:
    case FAN_5:
    case FAN_25:
        return range.low;
    case FAN_75:
    case FAN_95:
        return range.high;
    default:
        return number_is_known(values[from]) ? values[from] : range.low;
    }
}

static double seconds_at(const struct fan_page *page, size_t shown)
{
    const struct fan *fan = page->fan;
    simtime at = shown < page->count ? fan->instants[shown * page->stride] : fan->end;
    at = at < 0 ? 0 : at > fan->end ? fan->end : at;
    return (double)at / (double)SIMTIME_SECOND;
}

/* The corners of the steps of values from `from` up to `end`, all of them known. */
struct corner {
    double x, y;
};

static size_t find_corners(const struct fan_page *page, const struct panel *panel, const double *values,
                           size_t from, size_t end, struct corner *corners)
{
    size_t count = 0;
    double y = 0;
    for (size_t i = from; i < end; i++) {
        double x = panel_x(panel, seconds_at(page, i));
        if (i > from && values[i] == values[i - 1])
            continue;
        if (i > from)
            corners[count++] = (struct corner){x, y};
        y = panel_y(panel, values[i]);
        corners[count++] = (struct corner){x, y};
    }
    corners[count++] = (struct corner){panel_x(panel, seconds_at(page, end)), y};
    return count;
}

static void add_corners(struct sheet *sheet, enum layer layer, const struct corner *corners, size_t count,
                        bool is_new, bool backwards)
{
    for (size_t i = 0; i < count; i++) {
        const struct corner *corner = &corners[backwards ? count - 1 - i : i];
        if (is_new && !i)
            sheet_point(sheet, layer, corner->x, corner->y);
        else
            sheet_join(sheet, layer, corner->x, corner->y);
    }
}

/* Two lines with the area between them, or one and no other. */
struct outline {
    double *values[2];
    struct corner *corners;
};

static bool is_known_at(const struct outline *outline, size_t i)
{
    return number_is_known(outline->values[0][i]) &&
           (!outline->values[1] || number_is_known(outline->values[1][i]));
}

static void add_outline(struct sheet *sheet, enum layer layer, const struct fan_page *page,
                        const struct panel *panel, const struct outline *outline)
{
    for (size_t from = 0, end; from < page->count; from = end) {
        for (end = from; end < page->count && is_known_at(outline, end); end++)
            ;
        for (size_t side = 0; end > from && side < 2 && outline->values[side]; side++) {
            size_t count = find_corners(page, panel, outline->values[side], from, end, outline->corners);
            add_corners(sheet, layer, outline->corners, count, !side, side);
        }
        end += end == from;
    }
}

static double *values_of(const struct fan_page *page, const struct fan_track *track, enum fan_series series)
{
    double *values = memory_alloc((page->count + 1) * sizeof *values);
    for (size_t i = 0; i < page->count; i++)
        values[i] = value_of(page, track, series, i);
    return values;
}

static void add_series(struct sheet *sheet, const struct fan_page *page, const struct panel *panel,
                       const struct fan_track *track, enum fan_series low, enum fan_series high)
{
    if (!track->series[low] || !track->series[high])
        return;
    struct outline outline = {.values = {values_of(page, track, low)}};
    if (high != low)
        outline.values[1] = values_of(page, track, high);
    outline.corners = memory_alloc((2 * page->count + 2) * sizeof *outline.corners);
    add_outline(sheet, layer_of[low], page, panel, &outline);
    free(outline.values[0]);
    free(outline.values[1]);
    free(outline.corners);
}

static void add_track(struct sheet *sheet, const struct fan_page *page, const struct panel *panel,
                      const struct fan_track *track)
{
    add_series(sheet, page, panel, track, FAN_5, FAN_95);
    add_series(sheet, page, panel, track, FAN_25, FAN_75);
    add_series(sheet, page, panel, track, FAN_LEAST, FAN_LEAST);
    add_series(sheet, page, panel, track, FAN_MEDIAN, FAN_MEDIAN);
    add_series(sheet, page, panel, track, FAN_WANTED, FAN_WANTED);
}

/* --- panels ----------------------------------------------------------------------------------------------
 */

static struct scale scale_of_row(const struct fan_page *page, const struct fan_row *row)
{
    struct range range = {0};
    range_add(&range, 0);
    for (size_t quantity = 0; quantity < page->quantities; quantity++)
        for (enum fan_series series = 0; series < FAN_SERIES; series++)
            for (size_t i = 0; i < page->count; i++)
                range_add(&range, value_of(page, &row->tracks[quantity], series, i));
    if (range.low == range.high)
        range_add(&range, 1);
    return scale_over(range, MEASURE_WHOLE, panel_tics(PANEL_HEIGHT));
}

static void add_panel(struct sheet *sheet, const struct fan_page *page, size_t row, size_t quantity, double y)
{
    const struct fan *fan = page->fan;
    struct text title = {0};
    struct panel panel = {.left = SHEET_EDGE + PANEL_LEFT +
                                  (double)quantity * (page->panel_width + PANEL_LEFT + PANEL_RIGHT),
                          .top = y + PANEL_TITLE,
                          .width = page->panel_width,
                          .height = PANEL_HEIGHT,
                          .x = page->time,
                          .y = scale_of_row(page, &fan->rows[row])};
    double bottom = panel.top + panel.height;
    bool is_last = row + 1 == page->rows;
    text_add_format(&title, "%s: %s", fan->rows[row].key, fan->quantities[quantity]);
    panel_add_frame(sheet, &panel, title.bytes, fan->unit);
    panel_add_x_tics(sheet, &panel, is_last);
    if (is_last)
        sheet_text(sheet, LAYER_axis_name, panel.left + panel.width / 2, bottom + 32, "time since start", 40);
    add_track(sheet, page, &panel, &fan->rows[row].tracks[quantity]);
    text_free(&title);
}

static void begin_quantity(struct sheet *sheet, size_t quantity)
{
    for (enum fan_series series = 0; series < FAN_SERIES; series++)
        sheet_block(sheet, layer_of[series], (int)quantity);
}

/* --- the legend ------------------------------------------------------------------------------------------
 */

static bool has_series(const struct fan_page *page, enum fan_series series)
{
    for (size_t row = 0; row < page->rows; row++)
        for (size_t quantity = 0; quantity < page->quantities; quantity++)
            if (page->fan->rows[row].tracks[quantity].series[series])
                return true;
    return false;
}

static void add_entry(struct sheet *sheet, struct legend *legend, enum fan_series series, const char *meaning)
{
    double x = legend_add(sheet, legend, SWATCH, meaning), y = legend->y;
    bool is_band = layer_of[series] == LAYER_band || layer_of[series] == LAYER_wide_band;
    sheet_line(sheet, layer_of[series], x, is_band ? y - 6 : y, x + SWATCH, is_band ? y - 6 : y);
    if (is_band) {
        sheet_join(sheet, layer_of[series], x + SWATCH, y + 6);
        sheet_join(sheet, layer_of[series], x, y + 6);
    }
}

/* In the colours of the quantity that comes first. */
static double add_legend(struct sheet *sheet, const struct fan_page *page, double y)
{
    static const struct {
        enum fan_series series;
        const char *meaning;
    } entries[] = {{FAN_MEDIAN, "median of the runs"},
                   {FAN_75, "half of them (25–75%)"},
                   {FAN_95, "nine of ten (5–95%)"},
                   {FAN_LEAST, "least of all"},
                   {FAN_WANTED, "desired"}};
    struct legend legend = {SHEET_EDGE + PANEL_LEFT, y};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++)
        if (has_series(page, entries[i].series))
            add_entry(sheet, &legend, entries[i].series, entries[i].meaning);
    return legend_end(&legend);
}

/* --- the page --------------------------------------------------------------------------------------------
 */

static struct fan_page choose_page(const struct fan *fan)
{
    struct fan_page page = {.fan = fan,
                            .rows = sheet_shown(fan->row_count, ROWS_MOST),
                            .quantities = sheet_shown(fan->quantity_count, QUANTITIES_MOST),
                            .stride = (fan->instant_count + INSTANTS_MOST - 1) / INSTANTS_MOST};
    double room = SHEET_WIDTH - 2 * SHEET_EDGE;
    struct range time = {0};
    range_add(&time, 0);
    range_add(&time, (double)fan->end / (double)SIMTIME_SECOND);
    page.count = page.stride ? (fan->instant_count + page.stride - 1) / page.stride : 0;
    page.panel_width =
        floor(room / (double)(page.quantities ? page.quantities : 1)) - PANEL_LEFT - PANEL_RIGHT;
    page.time = scale_over(time, MEASURE_SECONDS, panel_tics(0.75 * page.panel_width));
    scale_end(&page.time, time.high);
    return page;
}

static double add_panels(struct sheet *sheet, const struct fan_page *page, double y)
{
    enum { ROW_HEIGHT = PANEL_TITLE + PANEL_HEIGHT + PANEL_GAP };
    double below = y + (double)page->rows * ROW_HEIGHT - PANEL_GAP + TICS_HEIGHT + 12;
    for (size_t quantity = 0; quantity < page->quantities; quantity++) {
        begin_quantity(sheet, quantity);
        if (!quantity)
            add_legend(sheet, page, below);
        for (size_t row = 0; row < page->rows; row++)
            add_panel(sheet, page, row, quantity, y + (double)row * ROW_HEIGHT);
    }
    return below + SHEET_LINE_HEIGHT;
}

void fan_lay_out(const struct fan *fan, struct sheet *sheet)
{
    struct fan_page page = choose_page(fan);
    struct text left_out = {0};
    double y = sheet_begin(sheet, &fan->page, SHEET_WIDTH);
    bool has_any = page.rows && page.quantities && page.count;
    y = has_any ? add_panels(sheet, &page, y) : sheet_add_nothing(sheet, y);
    sheet_add_more(&left_out, fan->row_count, page.rows, "panels");
    sheet_end(sheet, &fan->page, &left_out, y);
    text_free(&left_out);
}
