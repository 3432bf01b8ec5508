/* search.svg: how often promises are kept at each value; frontier.svg: at which cost. */
#include "sim/study/form/search.h"
#include "sim/study/picture/pictures.h"
#include <inttypes.h>
#include <math.h>

static double number_of(int64_t billionths)
{
    return billionths == ABSENT ? NAN : (double)billionths / (double)BILLION;
}

static double asked_of(const struct searching *searching)
{
    return number_of(searching->search->keep_millionths * 1000);
}

/* "c5.large, 12": the values of the first so many axes. */
static const char *name_of(const struct searching *searching, const struct cell *cell, size_t axis_count)
{
    struct text name = {0};
    for (size_t i = 0; i < axis_count; i++)
        text_add_format(&name, "%s%s", i > 0 ? ", " : "", cell->values[i]);
    const char *copy = arena_text(searching->study->arena, name.bytes);
    text_free(&name);
    return copy;
}

static struct picture_page page_of(const struct searching *searching)
{
    const struct seeds *seeds = &searching->study->seeds;
    struct text asked = {0};
    text_add(&asked, "asked: every promise kept in ");
    text_add_decimal(&asked, searching->search->keep_millionths, 4);
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

static void write_drawing(const struct searching *searching, const char *file, bool drawn,
                          struct text *drawing, struct text *mistake)
{
    if (drawn)
        session_write(searching->session, file, drawing);
    else
        text_add_format(searching->session->said, "%s is missing: %s\n", file, mistake->bytes);
    text_free(drawing);
    text_free(mistake);
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
        played[(size_t)(searching->played[i]->cell - searching->cells) % axis->count] = true;
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
            points[i * count + j] =
                (struct line_point){number_of(share->value), number_of(share->low), number_of(share->high)};
        }
    return points;
}

static struct line_series series_of(const struct searching *searching)
{
    struct arena *arena = searching->study->arena;
    size_t varied = searching->axis_count - 1;
    const char **names = arena_array(arena, searching->hunt_count, sizeof *names);
    for (size_t i = 0; i < searching->hunt_count; i++)
        names[i] = name_of(searching, searching->hunts[i].cells, varied);
    return (struct line_series){varied > 0 ? searching->axes[0].name : NULL, names, searching->hunt_count};
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
    write_drawing(searching, "search.svg", drawn, &drawing, &mistake);
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
        points[i] = (struct frontier_point){number_of(played->cost.value),
                                            number_of(played->share.value),
                                            number_of(played->share.low),
                                            number_of(played->share.high),
                                            name_of(searching, played->cell, searching->axis_count),
                                            is_chosen(searching, played)};
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
    write_drawing(searching, "frontier.svg", drawn, &drawing, &mistake);
}

void search_draw(const struct searching *searching)
{
    draw_search(searching);
    draw_frontier(searching);
}
