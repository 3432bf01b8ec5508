/* What a comparison came to, in words: a table of the shown figures, a sentence on each that surely differs,
 * and the decision behind it. */
#include "sim/study/form/comparison.h"
#include "sim/study/form/said.h"
#include "sim/study/paths.h"
#include <inttypes.h>

enum { MOST_ROWS = 60, MOST_AXES = 6 };

static const char *side_name(const struct comparison *comparison, size_t side)
{
    return comparison->results.axes->values[side].shown;
}

/* --- a figure --------------------------------------------------------------------------------- */

static bool figure_of(const struct comparison *comparison, const char *name, uint32_t *figure)
{
    return figure_name_find(runner_names(comparison->results.session->runner), name, figure);
}

/* Chance alone would hardly make it: the interval leaves zero out. */
static bool is_sure(const struct paired *paired)
{
    const struct estimate *mean = &paired->statistics.difference.mean;
    return mean->low != ABSENT && mean->high != ABSENT && (mean->low > 0 || mean->high < 0);
}

/* What it is for the side to be other than the first; "" where nobody knows which is better. */
static const char *verdict_on(const struct paired *paired, const struct shown_figure *shown)
{
    bool more = paired->statistics.difference.mean.value > 0;
    if (!is_sure(paired))
        return "";
    if (!*shown->unit)
        return more ? "more" : "less";
    return more == shown->more_is_better ? "better" : "worse";
}

/* --- the table -------------------------------------------------------------------------------- */

struct told {
    const struct comparison *comparison;
    size_t side;
    const struct shown_figure *shown;
    size_t shown_count;
    struct text_table table;
    size_t rows, left_out;
    size_t refused; /* points */
};

static size_t shown_axes(const struct comparison *comparison)
{
    size_t varied = comparison->results.axis_count - 1;
    return varied < MOST_AXES ? varied : MOST_AXES;
}

static void add_head(struct told *told)
{
    const struct comparison *comparison = told->comparison;
    struct text_table *table = &told->table;
    size_t axes = shown_axes(comparison);
    table->columns = axes + 8;
    table->numbers = 0x7eu << axes;
    for (size_t i = 0; i < axes; i++)
        text_table_cell(table, "%s",
                        axis_short_name(comparison->results.axes, comparison->results.axis_count, 1 + i));
    text_table_cell(table, "%s", "mean of");
    text_table_cell(table, "%s", side_name(comparison, 0));
    text_table_cell(table, "%s", side_name(comparison, told->side));
    text_table_cell(table, "%s", "difference");
    text_table_cell(table, "%s", "95 % interval");
    text_table_cell(table, "%s", "runs with more");
    text_table_cell(table, "%s", "with less");
    text_table_cell(table, "%s", "");
}

static void add_row(struct told *told, size_t point, const struct shown_figure *shown,
                    const struct paired *paired)
{
    const struct comparison *comparison = told->comparison;
    const struct paired_statistics *statistics = &paired->statistics;
    const struct cell *cell = &comparison->results.cells[point];
    for (size_t i = 0; i < shown_axes(comparison); i++)
        text_table_cell(&told->table, "%s", cell->values[1 + i]);
    text_table_cell(&told->table, "%s", path_last_names(shown->name, 2));
    said_cell(&told->table, paired->means[0], paired->decimals);
    said_cell(&told->table, paired->means[1], paired->decimals);
    said_cell(&told->table, statistics->difference.mean.value, paired->decimals);
    said_interval_cell(&told->table, &statistics->difference.mean, paired->decimals);
    text_table_cell(&told->table, "%zu", statistics->greater);
    text_table_cell(&told->table, "%zu", statistics->less);
    text_table_cell(&told->table, "%s", verdict_on(paired, shown));
}

static void add_point(struct told *told, size_t point)
{
    for (size_t i = 0; i < told->shown_count; i++) {
        uint32_t figure;
        if (!figure_of(told->comparison, told->shown[i].name, &figure))
            continue;
        if (told->rows == MOST_ROWS) {
            told->left_out++;
            continue;
        }
        struct paired paired = comparison_pair(told->comparison, figure, told->side, point);
        if (paired.is_text || paired.pairs + paired.unpaired == 0)
            continue;
        add_row(told, point, &told->shown[i], &paired);
        told->rows++;
    }
}

static void say_table(struct told *told)
{
    const struct comparison *comparison = told->comparison;
    struct text *said = comparison->results.session->said;
    text_add_char(said, '\n');
    add_head(told);
    for (size_t point = 0; point < comparison->point_count; point++)
        if (comparison_has(comparison, told->side, point))
            add_point(told, point);
        else
            told->refused++;
    text_table_write(&told->table, "", said);
    if (told->left_out)
        text_add_format(said, "and %zu more in comparison.csv\n", told->left_out);
    if (told->refused)
        text_add_format(said, "%zu combination%s refused on a side (cells.csv)\n", told->refused,
                        told->refused == 1 ? " is" : "s are");
}

/* --- sentences -------------------------------------------------------------------------------- */

static void say_sure(const struct told *told, const struct shown_figure *shown, const struct paired *paired)
{
    const struct comparison *comparison = told->comparison;
    const struct estimate *mean = &paired->statistics.difference.mean;
    bool more = mean->value > 0;
    /* "less" is said by the word. */
    struct estimate much = more ? *mean : (struct estimate){-mean->value, -mean->high, -mean->low};
    struct text *said = comparison->results.session->said;
    text_add_format(said, "%s is %s with %s", path_last_names(shown->name, 2), verdict_on(paired, shown),
                    side_name(comparison, told->side));
    text_add_format(said, ": on average ");
    said_add_amount(said, much.value, paired->decimals, shown->unit);
    text_add_format(said, " %s than with %s (95 %% interval: ", more ? "more" : "less",
                    side_name(comparison, 0));
    said_add_interval(said, &much, paired->decimals);
    text_add_format(said, "); more in %zu of %zu runs, less in %zu\n", paired->statistics.greater,
                    paired->pairs, paired->statistics.less);
}

/* Of one point; in a grid the table's last column tells. */
static void say_sentences(const struct told *told)
{
    for (size_t i = 0; i < told->shown_count; i++) {
        uint32_t figure;
        if (!figure_of(told->comparison, told->shown[i].name, &figure))
            continue;
        struct paired paired = comparison_pair(told->comparison, figure, told->side, 0);
        if (!paired.is_text && is_sure(&paired))
            say_sure(told, &told->shown[i], &paired);
    }
}

/* The mean of what is 0 or 1 is a share. */
static size_t kept_by(const struct paired *paired, size_t side)
{
    return (size_t)(((__int128)paired->means[side] * (int64_t)paired->pairs + BILLION / 2) / BILLION);
}

static void say_kept(const struct told *told, size_t point)
{
    const struct comparison *comparison = told->comparison;
    const char *first = side_name(comparison, 0), *other = side_name(comparison, told->side);
    uint32_t figure;
    if (!figure_of(comparison, FIGURE_KEPT, &figure))
        return;
    struct paired paired = comparison_pair(comparison, figure, told->side, point);
    if (paired.pairs > 0)
        text_add_format(comparison->results.session->said,
                        "every promise is kept with %s in %zu of %zu runs, with %s in %zu; "
                        "with %s alone in %zu, with %s alone in %zu\n",
                        first, kept_by(&paired, 0), paired.pairs, other, kept_by(&paired, 1), first,
                        paired.statistics.less, other, paired.statistics.greater);
}

/* --- a side ----------------------------------------------------------------------------------- */

static bool is_anywhere(const struct comparison *comparison, size_t side)
{
    for (size_t point = 0; point < comparison->point_count; point++)
        if (comparison_has(comparison, side, point))
            return true;
    return false;
}

static void say_side(const struct comparison *comparison, size_t side, const struct shown_figure *shown,
                     size_t count)
{
    struct told told = {.comparison = comparison, .side = side, .shown = shown, .shown_count = count};
    struct text *said = comparison->results.session->said;
    if (!is_anywhere(comparison, side)) {
        text_add_format(said, "\n%s is refused, or what it is compared with is (cells.csv)\n",
                        side_name(comparison, side));
        return;
    }
    struct telling telling = comparison_telling(comparison, side);
    say_table(&told);
    if (!(telling.weight > 0))
        text_add_format(said, "no figure of %s differs from that of %s in any run\n",
                        side_name(comparison, side), side_name(comparison, 0));
    else if (comparison->point_count == 1) {
        say_sentences(&told);
        say_kept(&told, 0);
    }
    comparison_say_decision(comparison, side, &telling);
}

void comparison_say(const struct comparison *comparison)
{
    const struct session *session = comparison->results.session;
    size_t count;
    const struct shown_figure *shown =
        session_shown(session, comparison->results.jobs, comparison->results.job_count, &count);
    text_add_format(session->said, "%s: %zu sides, %zu runs, seeds %" PRId64 " to %" PRId64 " for each\n",
                    session->study->name, comparison->results.axes->count, comparison->results.job_count,
                    comparison->results.jobs[0].seed,
                    comparison->results.jobs[comparison->results.job_count - 1].seed);
    for (size_t side = 1; side < comparison->results.axes->count; side++)
        say_side(comparison, side, shown, count);
}
