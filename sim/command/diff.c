#include "sim/command/command.h"
#include "sim/command/rerun.h"
#include "sim/command/task_definitions.h"
#include "sim/engine/check.h"
#include "sim/engine/text_table.h"
#include "sim/study/difference.h"
#include "sim/study/divergence.h"
#include "sim/study/statistics.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct diff_values {
    bool task_definitions;
    struct words tolerances;
};

static const struct option diff_options[] = {
    {"task-definitions", 0, OPTION_FLAG, NULL,
     "compare two revisions of a scenario, or two files that hold a task definition each: SCENARIO.yaml "
     "WebApp:1 "
     "WebApp:2",
     offsetof(struct diff_values, task_definitions)},
    {"tolerance", 0, OPTION_TEXTS, "FIGURE=5%",
     "how far a figure, and all below it, may move: by 5% of A's number, =0.5 in its unit, =any freely; * is "
     "every figure",
     offsetof(struct diff_values, tolerances)},
    {0},
};

static const char *const sides[2] = {"A", "B"};

/* A cell of the table has so many letters at most; what is longer stands below it. */
enum { LONGEST_CELL = 28, PERCENT_DIGITS = 3 };

/* Of the table of figures; without --tolerance the last is left out. */
enum { COLUMNS = 6, NUMBER_COLUMNS = 0x1e };

struct diff {
    const struct model *model;
    struct arena *arena;
    const char *const *folders;
    struct text summaries[2];
    struct tolerance *tolerances;
    size_t tolerance_count;
    struct difference difference;
};

/* --- reading ---------------------------------------------------------------------------------- */

static bool read_results(struct diff *diff)
{
    bool good = true;
    for (size_t i = 0; i < 2; i++)
        good &= results_read_summary("diff", diff->folders[i], &diff->summaries[i]);
    return good;
}

static bool read_tolerances(struct diff *diff, const struct words *words)
{
    diff->tolerance_count = words->count;
    diff->tolerances = arena_array(diff->arena, words->count, sizeof *diff->tolerances);
    for (size_t i = 0; i < words->count; i++)
        if (!tolerance_read(diff->arena, words->items[i], &diff->tolerances[i])) {
            fprintf(stderr, "ecsim diff: --tolerance %s: FIGURE=5%%, FIGURE=0.5 or FIGURE=any is meant\n",
                    words->items[i]);
            return false;
        }
    return true;
}

static bool find_difference(struct diff *diff)
{
    struct text mistake = {0};
    bool found = difference_find(diff->arena, diff->summaries, diff->tolerances, diff->tolerance_count,
                                 &diff->difference, &mistake);
    if (!found)
        fprintf(stderr, "ecsim diff: --tolerance: %s\n", mistake.bytes);
    text_free(&mistake);
    return found;
}

/* --- texts of summaries ----------------------------------------------------------------------- */

/* As a person reads it: quotes and backslashes without the backslash that JSON puts before them, and no
 * control characters, which a terminal would obey. */
static const char *readable(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text), *out = copy;
    for (const char *at = copy; *at; at++) {
        at += *at == '\\' && at[1] && strchr("\"\\/", at[1]);
        *out++ = without_control(*at);
    }
    *out = '\0';
    return copy;
}

static const char *shown(struct diff *diff, const char *text)
{
    return text ? readable(diff->arena, text) : "–";
}

static bool is_long(const char *text)
{
    return text && strlen(text) > LONGEST_CELL;
}

static bool is_below(const struct moved *moved)
{
    return is_long(moved->texts[0]) || is_long(moved->texts[1]);
}

static void add_below(struct diff *diff, struct text *out, const struct moved *moved)
{
    text_add_format(out, "  %s\n", readable(diff->arena, moved->name));
    for (size_t i = 0; i < 2; i++)
        text_add_format(out, "    %s: %s\n", sides[i],
                        moved->texts[i] ? readable(diff->arena, moved->texts[i]) : "has none");
}

static void add_row(struct text_table *table, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_table_cell(table, "%s", cells[i]);
}

/* --- what the runs were of -------------------------------------------------------------------- */

static void add_facts(struct diff *diff, struct text *out)
{
    const struct difference *difference = &diff->difference;
    struct text_table table = {.columns = 3};
    for (size_t i = 0; i < difference->fact_count; i++) {
        const struct moved *fact = &difference->facts[i];
        if (is_below(fact)) {
            add_below(diff, out, fact);
            continue;
        }
        if (table.cell_count == 0)
            add_row(&table, (const char *const[]){"", sides[0], sides[1]}, 3);
        add_row(&table,
                (const char *const[]){fact->name, shown(diff, fact->texts[0]), shown(diff, fact->texts[1])},
                3);
    }
    text_table_write(&table, "  ", out);
}

/* --- decisions -------------------------------------------------------------------------------- */

static bool same_fingerprints(const struct difference *difference)
{
    for (size_t i = 0; i < difference->fact_count; i++)
        if (!strcmp(difference->facts[i].name, "fingerprint"))
            return false;
    return true;
}

static void add_first(struct text *out, const struct divergence *first)
{
    if (!first->found) {
        text_add_format(out, "\nall %llu decisions are the same\n", (unsigned long long)first->in_common);
        return;
    }
    if (first->in_common)
        text_add_format(out, "\nthe first decision that differs, after %llu in common:\n",
                        (unsigned long long)first->in_common);
    else
        text_add(out, "\nthe first decision differs:\n");
    divergence_add(out, first, sides);
}

/* Whatever breaks on the way, this command shows it again. */
static void begin(struct diff *diff, struct rerun reruns[2])
{
    rerun_advance(&reruns[0], 0);
    rerun_advance(&reruns[1], 0);
    check_context()->reproduce =
        arena_format(diff->arena, "ecsim diff %s %s", diff->folders[0], diff->folders[1]);
}

/* False if one of them is no longer the run that was recorded. */
static bool play(struct diff *diff, struct rerun reruns[2], struct text *out)
{
    struct divergence_watch *watch = divergence_watch_new(reruns[0].run, reruns[1].run);
    begin(diff, reruns);
    const struct divergence *first = divergence_find(watch);
    bool same = rerun_finish(&reruns[0], "diff");
    same = rerun_finish(&reruns[1], "diff") && same;
    if (same)
        add_first(out, first);
    divergence_watch_free(watch);
    return same;
}

static void add_decisions(struct diff *diff, struct text *out)
{
    struct rerun reruns[2];
    bool good = rerun_open(&reruns[0], diff->model, "diff", diff->folders[0]);
    good = rerun_open(&reruns[1], diff->model, "diff", diff->folders[1]) && good;
    if (!good || !play(diff, reruns, out))
        text_add(out, "\nthe decisions are not compared\n");
    rerun_close(&reruns[0]);
    rerun_close(&reruns[1]);
}

/* --- figures ---------------------------------------------------------------------------------- */

static const char *change_of(struct arena *arena, const struct moved *moved)
{
    int64_t change;
    char text[DECIMAL_TEXT_SIZE];
    if (!moved->numbers || __builtin_sub_overflow(moved->billionths[1], moved->billionths[0], &change))
        return "";
    decimal_format(text, change, 9);
    return arena_format(arena, "%s%s", change > 0 ? "+" : "", text);
}

static const char *percent_of(struct arena *arena, const struct moved *moved)
{
    double first = (double)moved->billionths[0], second = (double)moved->billionths[1];
    char text[DECIMAL_TEXT_SIZE];
    if (!moved->numbers || moved->billionths[0] == 0)
        return "";
    double percent = 100 * (second - first) / (first < 0 ? -first : first);
    if (!number_format_double(text, percent, PERCENT_DIGITS))
        return "";
    return arena_format(arena, "%s%s%%", percent > 0 ? "+" : "", text);
}

static const char *verdict_on(struct arena *arena, const struct moved *moved)
{
    if (!moved->tolerance)
        return "beyond: none given";
    return arena_format(arena, "%s %s", moved->tolerated ? "within" : "beyond", moved->tolerance->written);
}

static void add_figure(struct diff *diff, struct text_table *table, const struct moved *moved)
{
    const char *const cells[COLUMNS] = {
        readable(diff->arena, moved->name), shown(diff, moved->texts[0]),   shown(diff, moved->texts[1]),
        change_of(diff->arena, moved),      percent_of(diff->arena, moved), verdict_on(diff->arena, moved),
    };
    add_row(table, cells, table->columns);
}

static void add_figures(struct diff *diff, struct text *out)
{
    static const char *const head[COLUMNS] = {"figure", "A", "B", "change", "percent", "tolerance"};
    const struct difference *difference = &diff->difference;
    struct text_table table = {.columns = COLUMNS - !diff->tolerance_count, .numbers = NUMBER_COLUMNS};
    add_row(&table, head, table.columns);
    for (size_t i = 0; i < difference->figure_count; i++)
        if (!is_below(&difference->figures[i]))
            add_figure(diff, &table, &difference->figures[i]);
    text_add_char(out, '\n');
    text_table_write(&table, "  ", out);
    for (size_t i = 0; i < difference->figure_count; i++)
        if (is_below(&difference->figures[i]))
            add_below(diff, out, &difference->figures[i]);
}

/* --- promises --------------------------------------------------------------------------------- */

static const char *const outcome_words[] = {
    [OUTCOME_ABSENT] = "not promised", [OUTCOME_BROKEN] = "broken", [OUTCOME_KEPT] = "kept"};

static void add_promise(struct diff *diff, struct text *out, const struct promise_moved *promise)
{
    text_add_format(out, "\n%s: %s in A, %s in B\n", readable(diff->arena, promise->promise),
                    outcome_words[promise->outcomes[0]], outcome_words[promise->outcomes[1]]);
    for (size_t i = 0; i < 2; i++)
        if (promise->broken[i])
            text_add_format(out, "  %s: %s\n", sides[i], readable(diff->arena, promise->broken[i]));
}

/* --- all of it -------------------------------------------------------------------------------- */

static void add_conclusion(const struct diff *diff, struct text *out)
{
    const struct difference *difference = &diff->difference;
    size_t count = difference->figure_count;
    if (!count)
        text_add(out, "\nno figure differs\n");
    else if (!difference->beyond)
        text_add_format(out, "\n%zu figure%s, within what is tolerated\n", count,
                        count == 1 ? " differs" : "s differ");
    else if (diff->tolerance_count)
        text_add_format(out, "\n%zu figure%s, %zu of them beyond what is tolerated\n", count,
                        count == 1 ? " differs" : "s differ", difference->beyond);
    else
        text_add_format(out, "\n%zu figure%s\n", count, count == 1 ? " differs" : "s differ");
}

/* Nothing where nothing differs. */
static void add_all(struct diff *diff, struct text *out)
{
    const struct difference *difference = &diff->difference;
    if (!difference->fact_count && !difference->figure_count && !difference->promise_count)
        return;
    for (size_t i = 0; i < 2; i++)
        text_add_format(out, "%s: %s\n", sides[i], diff->folders[i]);
    if (difference->fact_count)
        add_facts(diff, out);
    if (!same_fingerprints(difference))
        add_decisions(diff, out);
    if (difference->figure_count)
        add_figures(diff, out);
    for (size_t i = 0; i < difference->promise_count; i++)
        add_promise(diff, out, &difference->promises[i]);
    add_conclusion(diff, out);
}

static int compare(struct diff *diff)
{
    struct text out = {0};
    add_all(diff, &out);
    fwrite(out.length ? out.bytes : "", 1, out.length, stdout);
    text_free(&out);
    return diff->difference.beyond || diff->difference.promise_count ? STATUS_BROKEN : STATUS_FINE;
}

static int diff_results(const struct model *model, const struct diff_values *values,
                        const struct words *operands)
{
    struct diff diff = {.model = model, .arena = arena_new(), .folders = operands->items};
    bool good = read_tolerances(&diff, &values->tolerances) && read_results(&diff) && find_difference(&diff);
    int status = good ? compare(&diff) : STATUS_MISTAKE;
    text_free(&diff.summaries[0]);
    text_free(&diff.summaries[1]);
    arena_free(diff.arena);
    return status;
}

static int diff(const struct model *model, const void *all_values, const struct words *operands)
{
    const struct diff_values *values = all_values;
    if (values->task_definitions && !values->tolerances.count)
        return diff_task_definitions(model, operands);
    if (!values->task_definitions && operands->count == 2)
        return diff_results(model, values, operands);
    fprintf(stderr, values->task_definitions
                        ? "ecsim diff: revisions have no figures, so --tolerance has no meaning\n"
                        : "ecsim diff: two folders of results are meant, or "
                          "--task-definitions SCENARIO.yaml WebApp:1 WebApp:2\n");
    return STATUS_MISTAKE;
}

const struct command command_diff = {
    .name = "diff",
    .operands = "DIR_A DIR_B | --task-definitions SCENARIO.yaml A B | --task-definitions FILE_A FILE_B",
    .least_operands = 2,
    .most_operands = 3,
    .meaning = "what differs between two results, or between two revisions of a task definition",
    .more =
        "Nothing is printed where nothing differs. The first decision that differs is found by playing both\n"
        "scenario.yaml again, if the fingerprints differ. Of several tolerances that hold for a figure the "
        "one\n"
        "with the longest path counts. A text that differs, and a figure that one side lacks, is beyond "
        "every\n"
        "tolerance but =any.\n\n"
        "Exit status: 3 if a figure moved further than is tolerated (without --tolerance: at all), or a "
        "promise\n"
        "is kept in one only; else 0. Name, description, version, seed, duration, the number of events and "
        "the\n"
        "decisions may differ: that is shown, and by itself is 0.\n\n"
        "With --task-definitions: what changed from the first to the second, field by field, in fields that "
        "are\n"
        "not simulated, too; what it means for ECS; and whether it would start a deployment. A file is a "
        "task\n"
        "definition as `aws ecs describe-task-definition` prints it or --cli-input-json takes it, or a "
        "scenario\n"
        "with one. A bare family is its highest revision. What AWS adds when it prints one is no "
        "difference.\n"
        "Exit status: 3 if they differ, else 0.",
    .options = diff_options,
    .values_size = sizeof(struct diff_values),
    .run = diff,
};
