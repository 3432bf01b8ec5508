#include "sim/engine/arena.h"
#include "sim/study/picture/picture_layout.h"
#include "sim/study/picture/picture_panel.h"
#include <math.h>
#include <stdlib.h>

enum {
    POINTS_MOST = 1000,
    NAMED_UP_TO = 60, /* points; of more, only those have names that nobody beats */
    NAME_LETTERS = 26,
};

/* Pixels. */
enum {
    PANEL_HEIGHT = 400,
    PANEL_LEFT = 58,
    PANEL_RIGHT = 20,
    TICS_HEIGHT = 48,
    SWATCH = 26,
    NAME_HEIGHT = 13,
    HEADROOM = 18,
};

struct box {
    double left, top, right, bottom;
};

/* A point on the sheet. */
struct dot {
    const struct frontier_point *point;
    double x, y;
};

struct dots {
    struct dot *dots;
    size_t count;
    struct box *taken; /* by names */
    size_t taken_count;
    struct box panel;
};

static bool is_known(const struct frontier_point *point)
{
    return number_is_known(point->x) && number_is_known(point->y);
}

/* --- scales -----------------------------------------------------------------------------------------------
 */

static struct panel panel_of(const struct frontier *frontier, size_t shown, double y)
{
    struct panel panel = {.left = SHEET_EDGE + PANEL_LEFT,
                          .top = y + HEADROOM,
                          .width = SHEET_WIDTH - 2 * SHEET_EDGE - PANEL_LEFT - PANEL_RIGHT,
                          .height = PANEL_HEIGHT};
    struct range x = {0}, of_y = {0};
    range_add(&of_y, frontier->asked);
    for (size_t i = 0; i < shown; i++) {
        const struct frontier_point *point = &frontier->points[i];
        if (!is_known(point))
            continue;
        range_add(&x, point->x);
        range_add(&of_y, point->y);
        range_add(&of_y, point->low);
        range_add(&of_y, point->high);
    }
    panel.x = scale_over(x, frontier->x.measure, panel_tics(0.6 * panel.width));
    panel.y = scale_over(of_y, frontier->y.measure, panel_tics(PANEL_HEIGHT));
    return panel;
}

/* --- names -----------------------------------------------------------------------------------------------
 */

static bool overlap(const struct box *a, const struct box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* The line from one of the best to the next. */
static bool crosses(const struct dot *one, const struct dot *next, const struct box *box)
{
    double from = fmax(one->x, box->left), to = fmin(next->x, box->right), length = next->x - one->x;
    if (from > to)
        return false;
    double slope = length > 0 ? (next->y - one->y) / length : 0;
    double y_from = one->y + slope * (from - one->x), y_to = one->y + slope * (to - one->x);
    return fmin(y_from, y_to) < box->bottom && fmax(y_from, y_to) > box->top;
}

static bool is_on_line(const struct dots *dots, const struct box *box)
{
    const struct dot *one = NULL;
    for (size_t i = 0; i < dots->count; i++) {
        const struct dot *next = &dots->dots[i];
        if (!next->point->best)
            continue;
        if (one && crosses(one, next, box))
            return true;
        one = next;
    }
    return false;
}

static bool is_free(const struct dots *dots, const struct box *box)
{
    const struct box *panel = &dots->panel;
    if (is_on_line(dots, box) || box->left < panel->left || box->right > panel->right ||
        box->top < panel->top || box->bottom > panel->bottom)
        return false;
    for (size_t i = 0; i < dots->taken_count; i++)
        if (overlap(box, &dots->taken[i]))
            return false;
    for (size_t i = 0; i < dots->count; i++) {
        const struct dot *dot = &dots->dots[i];
        double radius = dot->point->chosen ? 9 : 4;
        if (overlap(box, &(struct box){dot->x - radius, dot->y - radius, dot->x + radius, dot->y + radius}))
            return false;
    }
    return true;
}

/* Around its point, where there is room; without, a point has no name. */
static bool find_place(const struct dots *dots, const struct dot *dot, double width, struct box *box)
{
    static const struct {
        double of_width, x, y;
    } places[] = {{0, 8, 0},   {-1, -6, -11}, {0, 6, -11},    {0, 6, 11},
                  {-1, -8, 0}, {-1, -6, 11},  {-0.5, 0, -14}, {-0.5, 0, 14}};
    double more = dot->point->chosen ? 1.6 : 1;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        double left = dot->x + places[i].of_width * width + more * places[i].x,
               middle = dot->y + more * places[i].y;
        *box = (struct box){left, middle - NAME_HEIGHT / 2.0, left + width, middle + NAME_HEIGHT / 2.0};
        if (is_free(dots, box))
            return true;
    }
    return false;
}

static void add_name(struct sheet *sheet, struct dots *dots, const struct dot *dot)
{
    struct box box;
    const char *name = dot->point->label;
    if (!name || !*name || !find_place(dots, dot, sheet_room(name, NAME_LETTERS), &box))
        return;
    dots->taken[dots->taken_count++] = box;
    sheet_text(sheet, dot->point->chosen ? LAYER_chosen_name : LAYER_point_name, box.left,
               (box.top + box.bottom) / 2, name, NAME_LETTERS);
}

/* What matters most has its name first. */
static void add_names(struct sheet *sheet, struct dots *dots)
{
    enum { CHOSEN, BEST, REST, KINDS };
    int last = dots->count <= NAMED_UP_TO ? REST : BEST;
    for (int kind = CHOSEN; kind <= last; kind++)
        for (size_t i = 0; i < dots->count; i++) {
            const struct dot *dot = &dots->dots[i];
            if (kind == (dot->point->chosen ? CHOSEN : dot->point->best ? BEST : REST))
                add_name(sheet, dots, dot);
        }
}

/* --- points ----------------------------------------------------------------------------------------------
 */

static enum layer layer_for(const struct dot *dot)
{
    return dot->point->chosen ? LAYER_chosen_point : dot->point->best ? LAYER_frontier_point : LAYER_point;
}

static void add_dots(struct sheet *sheet, const struct panel *panel, const struct dots *dots)
{
    for (size_t i = 0; i < dots->count; i++) {
        const struct dot *dot = &dots->dots[i];
        double low = dot->point->low, high = dot->point->high;
        if (number_is_known(low) && number_is_known(high))
            sheet_line(sheet, LAYER_bar, dot->x, panel_y(panel, low), dot->x, panel_y(panel, high));
        sheet_point(sheet, layer_for(dot), dot->x, dot->y);
    }
}

static int by_place(const void *a, const void *b)
{
    const struct dot *one = a, *other = b;
    if (one->point->x != other->point->x)
        return one->point->x < other->point->x ? -1 : 1;
    if (one->point->y != other->point->y)
        return one->point->y < other->point->y ? -1 : 1;
    return one->point < other->point ? -1 : one->point > other->point;
}

static void join_best(struct sheet *sheet, const struct dots *dots)
{
    bool goes_on = false;
    for (size_t i = 0; i < dots->count; i++) {
        const struct dot *dot = &dots->dots[i];
        if (!dot->point->best)
            continue;
        if (goes_on)
            sheet_join(sheet, LAYER_line, dot->x, dot->y);
        else
            sheet_point(sheet, LAYER_line, dot->x, dot->y);
        goes_on = true;
    }
}

static struct dots find_dots(const struct frontier *frontier, size_t shown, const struct panel *panel)
{
    struct dots dots = {.dots = memory_alloc((shown + 1) * sizeof *dots.dots),
                        .taken = memory_alloc((shown + 3) * sizeof *dots.taken)};
    dots.panel = (struct box){panel->left, panel->top - HEADROOM, panel->left + panel->width + PANEL_RIGHT,
                              panel->top + panel->height};
    for (size_t i = 0; i < shown; i++) {
        const struct frontier_point *point = &frontier->points[i];
        if (is_known(point))
            dots.dots[dots.count++] = (struct dot){point, panel_x(panel, point->x), panel_y(panel, point->y)};
    }
    qsort(dots.dots, dots.count, sizeof *dots.dots, by_place);
    return dots;
}

/* --- the page --------------------------------------------------------------------------------------------
 */

static void add_axis_names(struct sheet *sheet, const struct frontier *frontier, const struct panel *panel)
{
    struct text name = {0};
    sheet_add_title(&name, frontier->x.label, frontier->x.unit);
    sheet_path(sheet, LAYER_axis_name, panel->left + panel->width / 2, panel->top + panel->height + 34,
               name.bytes, sheet_letters(panel->width));
    text_clear(&name);
    sheet_add_title(&name, frontier->y.label, frontier->y.unit);
    sheet_path(sheet, LAYER_side_name, SHEET_EDGE, panel->top + panel->height / 2, name.bytes,
               sheet_letters(panel->height));
    text_free(&name);
}

/* It and its name take room from the names of points. */
static void add_asked(struct sheet *sheet, const struct frontier *frontier, const struct panel *panel,
                      struct dots *dots)
{
    const char *name = frontier->asked_name ? frontier->asked_name : "asked";
    if (!number_is_known(frontier->asked))
        return;
    double y = panel_y(panel, frontier->asked), right = panel->left + panel->width;
    panel_add_level(sheet, panel, frontier->asked, name);
    dots->taken[dots->taken_count++] = (struct box){panel->left, y - 1, right, y + 1};
    dots->taken[dots->taken_count++] =
        (struct box){right - sheet_room(name, NAME_LETTERS), y - 14, right, y + 14};
}

static bool has_layer(const struct dots *dots, enum layer layer)
{
    bool any = false;
    for (size_t i = 0; i < dots->count; i++)
        any |= layer_for(&dots->dots[i]) == layer;
    return any;
}

static double add_legend(struct sheet *sheet, const struct dots *dots, double y)
{
    static const struct {
        enum layer layer;
        const char *meaning;
    } entries[] = {{LAYER_frontier_point, "beaten by none"},
                   {LAYER_point, "beaten by another"},
                   {LAYER_chosen_point, "chosen"}};
    struct legend legend = {SHEET_EDGE + PANEL_LEFT, y};
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        if (!has_layer(dots, entries[i].layer))
            continue;
        double x = legend_add(sheet, &legend, SWATCH, entries[i].meaning);
        if (entries[i].layer == LAYER_frontier_point)
            sheet_line(sheet, LAYER_line, x, y, x + SWATCH, y);
        sheet_point(sheet, entries[i].layer, x + SWATCH / 2, y);
    }
    return legend_end(&legend) - 8;
}

static double add_panel(struct sheet *sheet, const struct frontier *frontier, size_t shown, double y)
{
    struct panel panel = panel_of(frontier, shown, y);
    struct dots dots = find_dots(frontier, shown, &panel);
    panel_add_frame(sheet, &panel, NULL, NULL);
    panel_add_x_tics(sheet, &panel, true);
    add_axis_names(sheet, frontier, &panel);
    join_best(sheet, &dots);
    add_dots(sheet, &panel, &dots);
    add_asked(sheet, frontier, &panel, &dots);
    add_names(sheet, &dots);
    y = add_legend(sheet, &dots, panel.top + panel.height + TICS_HEIGHT + 12);
    free(dots.dots);
    free(dots.taken);
    return y;
}

static bool has_any_known(const struct frontier *frontier, size_t shown)
{
    bool any = false;
    for (size_t i = 0; i < shown; i++)
        any |= is_known(&frontier->points[i]);
    return any;
}

void frontier_lay_out(const struct frontier *frontier, struct sheet *sheet)
{
    struct text left_out = {0};
    size_t shown = sheet_shown(frontier->point_count, POINTS_MOST);
    double y = sheet_begin(sheet, &frontier->page, SHEET_WIDTH);
    y = has_any_known(frontier, shown) ? add_panel(sheet, frontier, shown, y) : sheet_add_nothing(sheet, y);
    sheet_add_more(&left_out, frontier->point_count, shown, "points");
    sheet_end(sheet, &frontier->page, &left_out, y);
    text_free(&left_out);
}
