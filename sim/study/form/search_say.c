/* What a search has found, in words: the border, the evidence on both sides of it, what breaks beyond it and
 * how to see that, and what so many runs cannot tell. */
#include "sim/study/form/said.h"
#include "sim/study/form/search.h"
#include "sim/study/form/witness.h"
#include <inttypes.h>

enum { MOST_ROWS = 60, MOST_BLOCKS = 4 };

/* --- pieces ----------------------------------------------------------------------------------- */

static void add_asked(const struct searching *searching, struct text *out)
{
    said_add(out, searching->search->keep_millionths * (BILLION / MILLION), PERCENT_DECIMALS);
    text_add(out, " %");
}

/* "instanceType=c5.large: " of what is varied beside the search; nothing where nothing is. */
static void add_beside(const struct searching *searching, const struct hunt *hunt, struct text *out)
{
    for (size_t i = 0; i + 1 < searching->grid.axis_count; i++)
        text_add_format(out, "%s%s=%s", i > 0 ? ", " : "", searching->grid.axes[i].name,
                        hunt->cells->values[i]);
    if (searching->grid.axis_count > 1)
        text_add(out, ": ");
}

static const char *value_of(const struct searching *searching, const struct cell *cell)
{
    return cell->values[searching->grid.axis_count - 1];
}

static const char *chosen_value(const struct searching *searching, const struct hunt *hunt)
{
    return value_of(searching, hunt->contenders[hunt->chosen].cell);
}

/* --- the table -------------------------------------------------------------------------------- */

static void add_head(const struct searching *searching, struct text_table *table)
{
    const char *unit = search_unit_of_cost(searching);
    for (size_t i = 0; i < searching->grid.axis_count; i++)
        text_table_cell(table, "%s", searching->grid.axes[i].name);
    text_table_cell(table, "kept");
    text_table_cell(table, "%%");
    text_table_cell(table, "95 %% interval");
    text_table_cell(table, "mean cost%s%s", *unit ? ", " : "", unit);
}

static void add_row(const struct searching *searching, const struct contender *contender,
                    struct text_table *table)
{
    for (size_t i = 0; i < searching->grid.axis_count; i++)
        text_table_cell(table, "%s", contender->cell->values[i]);
    text_table_cell(table, "%zu of %zu", contender->trial.kept, trial_judged(&contender->trial));
    said_cell(table, contender->share.value, PERCENT_DECIMALS);
    said_interval_cell(table, &contender->share, PERCENT_DECIMALS);
    said_cell(table, contender->cost.value, searching->cost_decimals);
}

static void say_table(const struct searching *searching)
{
    enum { NUMBER_COLUMNS = 4 };
    struct text_table table = {.columns = searching->grid.axis_count + NUMBER_COLUMNS,
                               .numbers = UINT32_MAX << searching->grid.axis_count};
    size_t count = searching->played_count < MOST_ROWS ? searching->played_count : MOST_ROWS;
    add_head(searching, &table);
    for (size_t i = 0; i < count; i++)
        add_row(searching, searching->played[i], &table);
    text_table_write(&table, "", searching->session->said);
    if (count < searching->played_count)
        text_add_format(searching->session->said, "and %zu more in search.csv\n",
                        searching->played_count - count);
}

/* --- the border ------------------------------------------------------------------------------- */

/* "2 to 40", "4 candidates". */
static void add_choice(const struct searching *searching, struct text *out)
{
    if (searching->search->candidates)
        text_add_format(out, "%zu candidates", search_axis(searching)->count);
    else
        text_add_format(out, "%" PRId64 " to %" PRId64, searching->search->low, searching->search->high);
}

static void say_chosen(const struct searching *searching, const struct hunt *hunt)
{
    struct text *said = searching->session->said;
    bool candidates = searching->search->candidates != NULL;
    const char *value = chosen_value(searching, hunt);
    if (candidates)
        text_add_format(said, "%s is the cheapest of ", value);
    else
        text_add_format(said, "%s=%s is the smallest of ", search_axis(searching)->name, value);
    add_choice(searching, said);
    text_add(said, " that keeps every promise in at least ");
    add_asked(searching, said);
    text_add(said, " of runs\n");
    if (!candidates && hunt->chosen == 0)
        text_add_format(said, "  it is the first that came into question: a smaller one may do, too\n");
}

static void say_none(const struct searching *searching, const struct hunt *hunt)
{
    struct text *said = searching->session->said;
    size_t best = search_best(hunt);
    text_add(said, "none of ");
    add_choice(searching, said);
    text_add(said, " keeps every promise in at least ");
    add_asked(searching, said);
    text_add(said, " of runs");
    if (best != BISECTION_NOTHING)
        text_add_format(said, "; the best of those played is %s",
                        value_of(searching, hunt->contenders[best].cell));
    text_add_char(said, '\n');
    if (!searching->all)
        text_add(said, "  if more is not always better here, --frontier plays every value\n");
}

static void say_contradiction(const struct searching *searching, const struct hunt *hunt)
{
    size_t index = bisection_contradiction(hunt->answers, hunt->count);
    if (searching->search->candidates || index == BISECTION_NOTHING)
        return;
    const struct contender *contender = &hunt->contenders[index];
    if (trial_judged(&contender->trial) == 0)
        return;
    text_add_format(searching->session->said,
                    "  but more is not always better here: %s keeps them in only %zu of %zu runs%s\n",
                    value_of(searching, contender->cell), contender->trial.kept,
                    trial_judged(&contender->trial), searching->all ? "" : "; --frontier plays every value");
}

/* The value after the rejected ones from this one on that are neighbours. */
static size_t end_of_rejected(const struct searching *searching, const struct hunt *hunt, size_t first)
{
    size_t end = first;
    while (end < search_axis(searching)->count && hunt->cells[end].rejected)
        end++;
    return end;
}

static void say_rejected_block(const struct searching *searching, const struct hunt *hunt, size_t first,
                               size_t end)
{
    struct text *said = searching->session->said;
    text_add_format(said, "  %s", value_of(searching, &hunt->cells[first]));
    if (end - first > 1)
        text_add_format(said, " to %s", value_of(searching, &hunt->cells[end - 1]));
    text_add_format(said, " cannot be: %s\n", hunt->cells[first].rejected);
}

static void say_rejected(const struct searching *searching, const struct hunt *hunt)
{
    const struct search *search = searching->search;
    size_t count = search_axis(searching)->count, blocks = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = end_of_rejected(searching, hunt, i);
        if (end > i && blocks++ < MOST_BLOCKS)
            say_rejected_block(searching, hunt, i, end);
        i = end;
    }
    if (blocks > MOST_BLOCKS)
        text_add(searching->session->said, "  and more are rejected: see search.csv\n");
    if (blocks > 0 && search->path_count == 1)
        text_add_format(searching->session->said,
                        "  to search there, move what stands in the way along: --search %s,PATH=...\n",
                        search->paths[0]);
}

/* --- what breaks ------------------------------------------------------------------------------ */

struct breach {
    size_t promise, runs;
    int64_t seed; /* the first */
};

/* The promise that breaks in most runs; false if none does. */
static bool find_breach(const struct session *session, const struct contender *contender,
                        struct breach *worst)
{
    uint32_t number;
    size_t runs = contender->trial.runs;
    int64_t *kept = arena_array(session->study->arena, runs, sizeof *kept);
    *worst = (struct breach){0};
    for (size_t promise = 0;; promise++) {
        const char *name = promise_figure(session->study->arena, promise, "kept");
        if (!figure_name_find(runner_names(session->runner), name, &number))
            return worst->runs > 0;
        session_take_values(session, name, contender->jobs, runs, kept);
        struct breach breach = {.promise = promise};
        for (size_t i = runs; i-- > 0;)
            if (kept[i] == 0) {
                breach.runs++;
                breach.seed = contender->jobs[i].seed;
            }
        if (breach.runs > worst->runs)
            *worst = breach;
    }
}

static void say_breach(const struct searching *searching, const struct hunt *hunt)
{
    const struct session *session = searching->session;
    struct arena *arena = session->study->arena;
    struct breach breach;
    size_t failing = search_failing(searching, hunt);
    if (failing == BISECTION_NOTHING || !find_breach(session, &hunt->contenders[failing], &breach))
        return;
    const struct contender *contender = &hunt->contenders[failing];
    struct witness witness =
        witness_ask(arena, session->study->model, contender->cell, breach.seed, breach.promise);
    add_beside(searching, hunt, session->said);
    text_add_format(session->said, "with %s this is broken most often, in %zu of %zu runs: %s\n",
                    value_of(searching, contender->cell), breach.runs, trial_judged(&contender->trial),
                    witness.promise);
    text_add_format(session->said, "  %s\n  %s\n", witness.broken,
                    cell_command(arena, contender->cell, breach.seed));
}

/* --- what so many runs can tell --------------------------------------------------------------- */

static void say_doubt(const struct searching *searching, const struct hunt *hunt,
                      const struct contender *contender)
{
    struct text *said = searching->session->said;
    size_t runs = trial_runs_until_evident(&contender->trial, searching->search->keep_millionths);
    add_beside(searching, hunt, said);
    text_add_format(said, "%zu runs cannot tell whether ", trial_judged(&contender->trial));
    add_asked(searching, said);
    text_add_format(said, " is kept with %s: its share may be ", value_of(searching, contender->cell));
    said_add_interval(said, &contender->share, PERCENT_DECIMALS);
    text_add(said, " %");
    if (runs > 0)
        text_add_format(said, "; if it stays as it is, about %zu runs can", runs);
    text_add_char(said, '\n');
}

/* An answer is about the seeds that were played; who takes it for more should know how sure it is. */
static void say_evidence(const struct searching *searching, const struct hunt *hunt)
{
    const size_t sides[] = {search_failing(searching, hunt), hunt->chosen};
    bool evident = true;
    for (size_t i = 0; i < 2; i++) {
        const struct contender *contender =
            sides[i] == BISECTION_NOTHING ? NULL : &hunt->contenders[sides[i]];
        if (!contender || trial_is_evident(&contender->trial, searching->search->keep_millionths))
            continue;
        evident = false;
        say_doubt(searching, hunt, contender);
    }
    if (!evident || hunt->count == 0)
        return;
    add_beside(searching, hunt, searching->session->said);
    text_add(searching->session->said, "the 95 % intervals are clear of ");
    add_asked(searching, searching->session->said);
    text_add(searching->session->said, ", so other seeds should say the same\n");
}

/* --- the cheapest ----------------------------------------------------------------------------- */

/* The next cheapest of the candidates that hold; BISECTION_NOTHING if there is none. */
static size_t find_next(const struct hunt *hunt)
{
    size_t next = BISECTION_NOTHING;
    for (size_t i = 0; i < hunt->count; i++)
        if (i != hunt->chosen && hunt->answers[i] == ANSWER_HOLDS &&
            hunt->contenders[i].cost.value != ABSENT &&
            (next == BISECTION_NOTHING || hunt->contenders[i].cost.value < hunt->contenders[next].cost.value))
            next = i;
    return next;
}

/* On the same seeds. */
static struct estimate difference(const struct searching *searching, const struct contender *a,
                                  const struct contender *b)
{
    return statistics_paired(search_costs(searching, a), search_costs(searching, b), a->trial.runs,
                             STUDY_CONFIDENCE)
        .difference.mean;
}

static void say_next(const struct searching *searching, const struct hunt *hunt)
{
    struct text *said = searching->session->said;
    if (!searching->search->candidates || hunt->chosen == BISECTION_NOTHING)
        return;
    size_t next = find_next(hunt);
    if (next == BISECTION_NOTHING)
        return;
    const struct contender *contender = &hunt->contenders[next];
    struct estimate more = difference(searching, contender, &hunt->contenders[hunt->chosen]);
    add_beside(searching, hunt, said);
    text_add_format(said, "next is %s, on the same seeds dearer by ", value_of(searching, contender->cell));
    said_add_amount(said, more.value, searching->cost_decimals, search_unit_of_cost(searching));
    text_add(said, " (95 % interval ");
    said_add_interval(said, &more, searching->cost_decimals);
    text_add(said, ")\n");
}

static void say_cheapest(const struct searching *searching)
{
    struct text *said = searching->session->said;
    const struct hunt *hunt = search_cheapest(searching);
    if (searching->hunt_count == 1 || !hunt)
        return;
    text_add(said, "the cheapest of these is ");
    add_beside(searching, hunt, said);
    text_add_format(said, "%s, at a mean cost of ", chosen_value(searching, hunt));
    said_add_amount(said, hunt->contenders[hunt->chosen].cost.value, searching->cost_decimals,
                    search_unit_of_cost(searching));
    text_add_char(said, '\n');
}

/* --- all of it -------------------------------------------------------------------------------- */

static void say_hunt(const struct searching *searching, const struct hunt *hunt)
{
    add_beside(searching, hunt, searching->session->said);
    if (hunt->chosen == BISECTION_NOTHING)
        say_none(searching, hunt);
    else
        say_chosen(searching, hunt);
    say_contradiction(searching, hunt);
    say_rejected(searching, hunt);
}

void search_say(const struct searching *searching)
{
    if (!session_writes())
        return;
    for (size_t i = 0; i < searching->hunt_count; i++)
        say_hunt(searching, &searching->hunts[i]);
    say_cheapest(searching);
    say_table(searching);
    for (size_t i = 0; i < searching->hunt_count; i++) {
        say_breach(searching, &searching->hunts[i]);
        say_evidence(searching, &searching->hunts[i]);
        say_next(searching, &searching->hunts[i]);
    }
}
