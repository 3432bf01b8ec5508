/* search.csv and frontier.csv: what a search has found, a row per value; `runs` are those that were
 * judged. */
#include "sim/report/csv.h"
#include "sim/study/form/search.h"
#include "sim/study/table.h"

static void add_estimate(struct text *out, const struct estimate *estimate, int decimals)
{
    table_add_rounded(out, estimate->value, decimals);
    table_add_rounded(out, estimate->low, decimals);
    table_add_rounded(out, estimate->high, decimals);
}

static void begin_table(const struct searching *searching, const char *columns, struct text *out)
{
    table_add_axes(out, searching->grid.axes, searching->grid.axis_count);
    text_add(out, columns);
}

static void begin_row(const struct searching *searching, const struct cell *cell, struct text *out)
{
    table_add_values(out, cell, searching->grid.axis_count);
}

static void end_table(const struct searching *searching, const char *file, struct text *out)
{
    session_write(searching->session, file, out);
    text_free(out);
}

/* --- search.csv ------------------------------------------------------------------------------- */

static void add_rejected(const struct searching *searching, const struct cell *cell, struct text *out)
{
    begin_row(searching, cell, out);
    text_add(out, "rejected,,,,,,,,,");
    csv_add_cell(out, cell->rejected);
    text_add_char(out, '\n');
}

static void add_contender(const struct searching *searching, const struct hunt *hunt, size_t index,
                          struct text *out)
{
    const struct contender *contender = &hunt->contenders[index];
    begin_row(searching, contender->cell, out);
    text_add(out, index == hunt->chosen                  ? "chosen"
                  : hunt->answers[index] == ANSWER_HOLDS ? "holds"
                  : trial_judged(&contender->trial) > 0  ? "fails"
                                                         : "unknown");
    text_add_format(out, ",%zu,%zu", trial_judged(&contender->trial), contender->trial.kept);
    add_estimate(out, &contender->share, FIGURE_DECIMALS);
    add_estimate(out, &contender->cost, searching->cost_decimals);
    text_add(out, ",\n");
}

static void add_hunt(const struct searching *searching, const struct hunt *hunt, struct text *out)
{
    size_t next = 0;
    for (size_t i = 0; i < search_axis(searching)->count; i++) {
        if (hunt->cells[i].rejected) {
            add_rejected(searching, &hunt->cells[i], out);
            continue;
        }
        if (hunt->contenders[next].trial.runs > 0)
            add_contender(searching, hunt, next, out);
        next++;
    }
}

static void write_search(const struct searching *searching)
{
    struct text out = {0};
    begin_table(searching, "verdict,runs,kept,share,share_low,share_high,cost,cost_low,cost_high,rejected\n",
                &out);
    for (size_t i = 0; i < searching->hunt_count; i++)
        add_hunt(searching, &searching->hunts[i], &out);
    end_table(searching, "search.csv", &out);
}

/* --- frontier.csv ----------------------------------------------------------------------------- */

static void write_frontier(const struct searching *searching)
{
    struct text out = {0};
    begin_table(searching, "runs,cost,cost_low,cost_high,share,share_low,share_high,frontier\n", &out);
    for (size_t i = 0; i < searching->played_count; i++) {
        const struct contender *contender = searching->played[i];
        begin_row(searching, contender->cell, &out);
        text_add_format(&out, "%zu", trial_judged(&contender->trial));
        add_estimate(&out, &contender->cost, searching->cost_decimals);
        add_estimate(&out, &contender->share, FIGURE_DECIMALS);
        text_add(&out, contender->on_frontier ? ",true\n" : ",false\n");
    }
    end_table(searching, "frontier.csv", &out);
}

void search_write_tables(const struct searching *searching)
{
    write_search(searching);
    write_frontier(searching);
}
