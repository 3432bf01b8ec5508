#include "sim/study/form/comparison.h"
#include <stdlib.h>
#include <string.h>

bool comparison_has(const struct comparison *comparison, size_t side, size_t point)
{
    const struct cell *cells = comparison->results.cells;
    return !cells[comparison_cell(comparison, 0, point)].rejected &&
           !cells[comparison_cell(comparison, side, point)].rejected;
}

const struct job *comparison_job(const struct comparison *comparison, size_t side, size_t point, size_t seed)
{
    return results_jobs(&comparison->results, comparison_cell(comparison, side, point)) + seed;
}

/* --- pairs ------------------------------------------------------------------------------------ */

/* A figure of both sides, seed by seed. */
struct two {
    size_t count;
    const char **texts[2]; /* NULL: it has none */
    int64_t *values[2];
    int decimals; /* of their units */
    bool is_text; /* one of them is no number: the values are ABSENT */
};

static void read_texts(const struct comparison *comparison, uint32_t figure, const struct job *jobs,
                       struct two *two, size_t side)
{
    two->texts[side] = memory_grow(NULL, two->count, sizeof *two->texts[side]);
    for (size_t i = 0; i < two->count; i++) {
        const char *text = two->texts[side][i] =
            runner_figure(comparison->results.session->runner, &jobs[i], figure);
        while (text && !figure_has_room(text, two->decimals))
            two->decimals--;
    }
}

static void read_values(struct two *two, size_t side)
{
    two->values[side] = memory_grow(NULL, two->count, sizeof *two->values[side]);
    for (size_t i = 0; i < two->count; i++) {
        const char *text = two->texts[side][i];
        bool good = text && figure_scaled(text, two->decimals, &two->values[side][i]);
        two->is_text |= text && !good;
        two->values[side][i] = good ? two->values[side][i] : ABSENT;
    }
}

static struct two read_two(const struct comparison *comparison, uint32_t figure, size_t side, size_t point)
{
    struct two two = {.count = results_runs(&comparison->results, comparison_cell(comparison, side, point)),
                      .decimals = FIGURE_DECIMALS};
    read_texts(comparison, figure, comparison_job(comparison, 0, point, 0), &two, 0);
    read_texts(comparison, figure, comparison_job(comparison, side, point, 0), &two, 1);
    read_values(&two, 0);
    read_values(&two, 1);
    return two;
}

static void two_free(struct two *two)
{
    for (size_t i = 0; i < 2; i++) {
        free(two->texts[i]);
        free(two->values[i]);
    }
}

static bool disagrees(const struct two *two, size_t i)
{
    if (two->is_text)
        return strcmp(two->texts[0][i], two->texts[1][i]) != 0;
    return two->values[0][i] != two->values[1][i];
}

struct paired comparison_pair(const struct comparison *comparison, uint32_t figure, size_t side, size_t point)
{
    struct two two = read_two(comparison, figure, side, point);
    struct paired paired = {.is_text = two.is_text, .decimals = two.decimals};
    for (size_t i = 0; i < two.count; i++) {
        bool both = two.texts[0][i] && two.texts[1][i];
        paired.pairs += both;
        paired.unpaired += !both && (two.texts[0][i] || two.texts[1][i]);
        paired.disagree += both && disagrees(&two, i);
    }
    if (!two.is_text) {
        paired.statistics = statistics_paired(two.values[1], two.values[0], two.count, STUDY_CONFIDENCE);
        for (size_t i = 0; i < 2; i++)
            paired.means[i] = statistics_of(two.values[i], two.count, STUDY_CONFIDENCE).mean.value;
    }
    two_free(&two);
    return paired;
}

/* --- which run tells most --------------------------------------------------------------------- */

/* What cannot be measured tells less than what can. */
#define UNMEASURED 1e-9

static double weight_of(const struct two *two, size_t i, int64_t deviation)
{
    if (!two->texts[0][i] || !two->texts[1][i])
        return two->texts[0][i] || two->texts[1][i] ? UNMEASURED : 0;
    if (!disagrees(two, i))
        return 0;
    if (two->is_text)
        return UNMEASURED;
    double difference = (double)two->values[1][i] - (double)two->values[0][i];
    return deviation > 0 ? (difference < 0 ? -difference : difference) / (double)deviation : 1;
}

static void consider(const struct comparison *comparison, uint32_t figure, size_t side, size_t point,
                     struct telling *best)
{
    struct two two = read_two(comparison, figure, side, point);
    int64_t deviation =
        statistics_paired(two.values[1], two.values[0], two.count, STUDY_CONFIDENCE).difference.deviation;
    for (size_t i = 0; i < two.count; i++) {
        double weight = weight_of(&two, i, deviation);
        if (weight > best->weight)
            *best = (struct telling){weight, figure, point, i};
    }
    two_free(&two);
}

size_t comparison_telling_seed(const struct comparison *comparison, uint32_t figure, size_t side,
                               size_t point)
{
    struct telling telling = {0};
    consider(comparison, figure, side, point, &telling);
    return telling.weight > 0 ? telling.seed : SIZE_MAX;
}

static void consider_everywhere(const struct comparison *comparison, uint32_t figure, size_t side,
                                struct telling *best)
{
    for (size_t point = 0; point < comparison->point_count; point++)
        if (comparison_has(comparison, side, point))
            consider(comparison, figure, side, point, best);
}

bool comparison_differs(const struct comparison *comparison, uint32_t figure)
{
    struct telling best = {0};
    for (size_t side = 1; side < comparison->results.axes->count && !(best.weight > 0); side++)
        consider_everywhere(comparison, figure, side, &best);
    return best.weight > 0;
}

static void consider_shown(const struct comparison *comparison, size_t side, struct telling *best)
{
    const struct session *session = comparison->results.session;
    size_t count;
    const struct shown_figure *shown =
        session_shown(session, comparison->results.jobs, comparison->results.job_count, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t figure;
        if (figure_name_find(runner_names(session->runner), shown[i].name, &figure))
            consider_everywhere(comparison, figure, side, best);
    }
}

/* All below the path; NULL: all. */
static void consider_below(const struct comparison *comparison, const struct figure_list *list,
                           const char *path, size_t side, struct telling *best)
{
    const struct figure_names *names = runner_names(comparison->results.session->runner);
    for (size_t i = 0; i < list->count; i++)
        if (!path || figure_is_below(figure_name(names, list->names[i]), path))
            consider_everywhere(comparison, list->names[i], side, best);
}

struct telling comparison_telling(const struct comparison *comparison, size_t side)
{
    const struct study *study = comparison->results.session->study;
    struct figure_list list =
        session_figures(comparison->results.session, comparison->results.jobs, comparison->results.job_count);
    struct telling best = {0};
    while (best.point + 1 < comparison->point_count && !comparison_has(comparison, side, best.point))
        best.point++;
    for (size_t i = 0; i < study->figure_count && !(best.weight > 0); i++)
        consider_below(comparison, &list, study->figures[i], side, &best);
    if (!(best.weight > 0))
        consider_shown(comparison, side, &best);
    if (!(best.weight > 0))
        consider_below(comparison, &list, NULL, side, &best);
    return best;
}
