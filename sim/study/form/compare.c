/* Paired comparisons: every side plays the same seeds, so that what differs is the sides' own doing. */
#include "sim/report/csv.h"
#include "sim/study/form/comparison.h"

enum { FIRST_BATCH = 32, BILLIONTH_DECIMALS = 9 };

/* --- playing ---------------------------------------------------------------------------------- */

static bool make_cells(struct comparison *comparison)
{
    const struct study *study = comparison->session->study;
    struct axis *axes = arena_array(study->arena, 1 + study->axis_count, sizeof *axes);
    axes[0] = *study->sides;
    for (size_t i = 0; i < study->axis_count; i++)
        axes[1 + i] = study->axes[i];
    comparison->axes = axes;
    comparison->axis_count = 1 + study->axis_count;
    comparison->cells =
        session_cells(comparison->session, comparison->axes, comparison->axis_count, &comparison->cell_count);
    comparison->point_count = comparison->cell_count / study->sides->count;
    return comparison->cells != NULL;
}

static void take_seeds(struct comparison *comparison, struct seeds seeds)
{
    const struct session *session = comparison->session;
    size_t next = 0;
    comparison->seed_count = (size_t)(seeds.last - seeds.first) + 1;
    comparison->jobs =
        session_jobs(session, comparison->cells, comparison->cell_count, seeds, &comparison->job_count);
    comparison->first_jobs =
        arena_array(session->study->arena, comparison->cell_count, sizeof *comparison->first_jobs);
    for (size_t i = 0; i < comparison->cell_count; i++) {
        comparison->first_jobs[i] = next;
        next += comparison->cells[i].rejected ? 0 : comparison->seed_count;
    }
}

static bool play(const struct comparison *comparison)
{
    return runner_play(comparison->session->runner, comparison->jobs, comparison->job_count);
}

/* --- until the differences are known ---------------------------------------------------------- */

static bool is_narrow(const struct comparison *comparison)
{
    const struct half_width *until = comparison->session->study->until;
    uint32_t figure;
    if (!figure_name_find(runner_names(comparison->session->runner), until->figure, &figure))
        return false;
    for (size_t i = comparison->point_count; i < comparison->cell_count; i++) {
        size_t side = i / comparison->point_count, point = i % comparison->point_count;
        if (!comparison_has(comparison, side, point))
            continue;
        struct paired paired = comparison_pair(comparison, figure, side, point);
        if (paired.is_text || !estimate_is_within(&paired.statistics.difference.mean, until->billionths))
            return false;
    }
    return true;
}

/* Batches end where they end whoever plays them: 32 seeds, 64, 128, …; all cells have the same ones. */
static bool play_until_narrow(struct comparison *comparison)
{
    struct seeds seeds = comparison->session->study->seeds;
    for (int64_t count = FIRST_BATCH;; count *= 2) {
        bool last = seeds.last - seeds.first < count;
        take_seeds(comparison, (struct seeds){seeds.first, last ? seeds.last : seeds.first + count - 1});
        if (!play(comparison))
            return false;
        if (last || is_narrow(comparison))
            return true;
    }
}

/* --- comparison.csv --------------------------------------------------------------------------- */

static void add_exact(struct text *out, int64_t billionths)
{
    text_add_char(out, ',');
    if (billionths != ABSENT)
        text_add_decimal(out, billionths, BILLIONTH_DECIMALS);
}

static void add_rounded(struct text *out, int64_t billionths)
{
    char text[DECIMAL_TEXT_SIZE];
    number_format(text, billionths, STATISTICS_DIGITS);
    text_add_char(out, ',');
    text_add(out, text);
}

static void add_numbers(struct text *out, const struct paired *paired)
{
    const struct paired_statistics *statistics = &paired->statistics;
    if (paired->is_text) {
        text_add(out, ",,,,,");
        return;
    }
    add_exact(out, statistics->difference.mean.value);
    add_rounded(out, statistics->difference.mean.low);
    add_rounded(out, statistics->difference.mean.high);
    text_add_format(out, ",%zu,%zu", statistics->greater, statistics->less);
}

static void add_row(const struct comparison *comparison, uint32_t figure, size_t side, size_t point,
                    struct text *out)
{
    const struct cell *cell = &comparison->cells[side * comparison->point_count + point];
    struct paired paired = comparison_pair(comparison, figure, side, point);
    size_t telling = comparison_telling_seed(comparison, figure, side, point);
    for (size_t i = 0; i < comparison->axis_count; i++) {
        csv_add_cell(out, cell->values[i]);
        text_add_char(out, ',');
    }
    csv_add_cell(out, figure_name(runner_names(comparison->session->runner), figure));
    text_add_format(out, ",%zu,%zu", paired.pairs, paired.unpaired);
    add_numbers(out, &paired);
    text_add_format(out, ",%zu,", paired.disagree);
    if (telling != SIZE_MAX)
        text_add_integer(out, comparison_job(comparison, side, point, telling)->seed);
    text_add_char(out, '\n');
}

static void write_table(const struct comparison *comparison)
{
    struct text out = {0};
    struct figure_list list = session_figures(comparison->session, comparison->jobs, comparison->job_count);
    for (size_t i = 0; i < comparison->axis_count; i++) {
        csv_add_cell(&out, comparison->axes[i].name);
        text_add_char(&out, ',');
    }
    text_add(&out,
             "figure,pairs,unpaired,mean_difference,low,high,greater,less,disagree,most_telling_seed\n");
    for (size_t i = comparison->point_count; i < comparison->cell_count; i++) {
        size_t side = i / comparison->point_count, point = i % comparison->point_count;
        for (size_t j = 0; j < list.count && comparison_has(comparison, side, point); j++)
            add_row(comparison, list.names[j], side, point, &out);
    }
    session_write(comparison->session, "comparison.csv", &out);
    text_free(&out);
}

/* --- the form --------------------------------------------------------------------------------- */

static enum study_outcome conclude(const struct comparison *comparison)
{
    struct session *session = comparison->session;
    session_write_runs(session, comparison->axes, comparison->axis_count, comparison->jobs,
                       comparison->job_count);
    session_write_cells(session, comparison->axes, comparison->axis_count, comparison->cells,
                        comparison->cell_count, comparison->jobs, comparison->job_count);
    write_table(comparison);
    comparison_draw(comparison);
    comparison_say(comparison);
    return session_tell_stopped(session, comparison->jobs, comparison->job_count);
}

enum study_outcome study_compare(struct session *session)
{
    struct comparison comparison = {.session = session};
    const struct study *study = session->study;
    if (!make_cells(&comparison))
        return STUDY_MISTAKE;
    take_seeds(&comparison, (struct seeds){study->seeds.first, study->seeds.first});
    if (!session_knows_figures(session, comparison.jobs))
        return STUDY_MISTAKE;
    bool done = true;
    if (study->until)
        done = play_until_narrow(&comparison);
    else {
        take_seeds(&comparison, study->seeds);
        done = play(&comparison);
    }
    return done ? conclude(&comparison) : STUDY_PARTLY;
}
