/* search.svg: how often promises are kept at each value; frontier.svg: at which cost. */
#include "sim/study/form/drawn.h"
#include "sim/study/form/search.h"
#include <inttypes.h>

enum { MILLIONTH_DECIMALS = 6 };

static double asked_of(const struct searching *searching)
{
    return drawn_number(searching->search->keep_millionths, MILLIONTH_DECIMALS);
}

static struct picture_page page_of(const struct searching *searching)
{
    const struct seeds *seeds = &searching->study->seeds;
    struct text asked = {0};
    text_add(&asked, "asked: every promise kept in ");
    text_add_decimal(&asked, searching->search->keep_millionths, MILLIONTH_DECIMALS - 2);
    text_add(&asked, " % of runs");
    struct picture_page page = {
        .title = searching->study->name,
        .subtitle = arena_text(searching->study->arena, asked.bytes),
        .note = arena_format(searching->study->arena, "seeds %" PRId64 " to %" PRId64 "; 95 %% intervals",
                             seeds->first, seeds->last),
        .rest_file = "search.csv",
    };
    text_free(&asked);
    return page;
}

/* --- search.svg ------------------------------------------------------------------------------- */

static const struct contender *contender_at(const struct hunt *hunt, size_t axis_index)
{
    for (size_t i = 0; i < hunt->count; i++)
        if (hunt->contenders[i].cell == &hunt->cells[axis_index])
            return hunt->contenders[i].trial.runs > 0 ? &hunt->contenders[i] : NULL;
    return NULL;
}

/* The values that any hunt has played. */
static size_t *drawn_indices(const struct searching *searching, size_t *count)
{
    const struct axis *axis = search_axis(searching);
    size_t *indices = arena_array(searching->study->arena, axis->count, sizeof *indices);
    bool *played = arena_array(searching->study->arena, axis->count, sizeof *played);
    for (size_t i = 0; i < searching->played_count; i++)
        played[(size_t)(searching->played[i]->cell - searching->grid.cells) % axis->count] = true;
    *count = 0;
    for (size_t i = 0; i < axis->count; i++)
        if (played[i])
            indices[(*count)++] = i;
    return indices;
}

static struct line_values values_of(const struct searching *searching, const size_t *indices, size_t count)
{
    struct arena *arena = searching->study->arena;
    const struct axis *axis = search_axis(searching);
    const char **names = arena_array(arena, count, sizeof *names);
    double *numbers = arena_array(arena, count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        names[i] = axis->values[indices[i]].shown;
        numbers[i] = (double)(searching->search->low + (int64_t)indices[i]);
    }
    return (struct line_values){axis->name, names, searching->search->candidates ? NULL : numbers, count};
}

static struct line_point *points_of(const struct searching *searching, const size_t *indices, size_t count)
{
    struct line_point *points =
        arena_array(searching->study->arena, searching->hunt_count * count, sizeof *points);
    for (size_t i = 0; i < searching->hunt_count; i++)
        for (size_t j = 0; j < count; j++) {
            const struct contender *contender = contender_at(&searching->hunts[i], indices[j]);
            const struct estimate none = {ABSENT, ABSENT, ABSENT};
            const struct estimate *share = contender ? &contender->share : &none;
            points[i * count + j] = drawn_point(share, FIGURE_DECIMALS);
        }
    return points;
}

static struct line_series series_of(const struct searching *searching)
{
    struct arena *arena = searching->study->arena;
    size_t varied = searching->grid.axis_count - 1;
    const char **names = arena_array(arena, searching->hunt_count, sizeof *names);
    for (size_t i = 0; i < searching->hunt_count; i++)
        names[i] = drawn_cell_name(searching->study->arena, searching->hunts[i].cells, varied);
    return (struct line_series){varied > 0 ? searching->grid.axes[0].name : NULL, names,
                                searching->hunt_count};
}

static void draw_search(const struct searching *searching)
{
    size_t count;
    struct text drawing = {0}, mistake = {0};
    const size_t *indices = drawn_indices(searching, &count);
    const struct hunt *hunt = searching->hunt_count == 1 ? searching->hunts : NULL;
    struct line_figure share = {.title = "runs that keep every promise",
                                .unit = "",
                                .measure = MEASURE_SHARE,
                                .asked = asked_of(searching),
                                .points = points_of(searching, indices, count)};
    struct lines lines = {.page = page_of(searching),
                          .values = values_of(searching, indices, count),
                          .series = series_of(searching),
                          .figures = &share,
                          .figure_count = 1,
                          .joins_gaps = true,
                          .has_border = hunt && hunt->chosen != BISECTION_NOTHING};
    for (size_t i = 0; lines.has_border && i < count; i++)
        if (&hunt->cells[indices[i]] == hunt->contenders[hunt->chosen].cell)
            lines.border = i;
    bool drawn = picture_draw_lines(&lines, PLOT_SVG, &drawing, &mistake);
    session_write_picture(searching->session, "search.svg", drawn, &drawing, &mistake);
}

/* --- frontier.svg ----------------------------------------------------------------------------- */

static bool is_chosen(const struct searching *searching, const struct contender *contender)
{
    for (size_t i = 0; i < searching->hunt_count; i++) {
        const struct hunt *hunt = &searching->hunts[i];
        if (hunt->chosen != BISECTION_NOTHING && contender == &hunt->contenders[hunt->chosen])
            return true;
    }
    return false;
}

static void draw_frontier(const struct searching *searching)
{
    struct arena *arena = searching->study->arena;
    struct text drawing = {0}, mistake = {0};
    size_t count = searching->played_count;
    struct frontier_point *points = arena_array(arena, count, sizeof *points);
    for (size_t i = 0; i < count; i++) {
        const struct contender *played = searching->played[i];
        points[i] = (struct frontier_point){
            drawn_number(played->cost.value, searching->cost_decimals),
            drawn_number(played->share.value, FIGURE_DECIMALS),
            drawn_number(played->share.low, FIGURE_DECIMALS),
            drawn_number(played->share.high, FIGURE_DECIMALS),
            drawn_cell_name(searching->study->arena, played->cell, searching->grid.axis_count),
            is_chosen(searching, played),
            played->on_frontier};
    }
    struct frontier frontier = {
        .page = page_of(searching),
        .x = {"mean cost", search_unit_of_cost(searching), MEASURE_NUMBER},
        .y = {"runs that keep every promise", "", MEASURE_SHARE},
        .asked = asked_of(searching),
        .points = points,
        .point_count = count,
    };
    bool drawn = picture_draw_frontier(&frontier, PLOT_SVG, &drawing, &mistake);
    session_write_picture(searching->session, "frontier.svg", drawn, &drawing, &mistake);
}

void search_draw(const struct searching *searching)
{
    if (!session_writes())
        return;
    draw_search(searching);
    draw_frontier(searching);
}
