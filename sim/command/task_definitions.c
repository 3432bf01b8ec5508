#include "sim/command/task_definitions.h"
#include "sim/command/command.h"
#include "sim/engine/text_table.h"
#include "sim/scenario/compare.h"
#include "sim/scenario/scenario.h"
#include <stdio.h>
#include <string.h>

/* A cell of the table has so many letters at most; what is longer stands below it. */
enum { LONGEST_CELL = 32 };

static const char *const sides[2] = {"A", "B"};

struct side {
    const char *path;
    struct scenario *scenario; /* of a scenario and two names: both sides' */
    const char *name;
    const struct node *node;
};

struct revisions_diff {
    const struct model *model;
    struct side sides[2];
    struct revision_side revisions[2];
};

/* --- reading ---------------------------------------------------------------------------------- */

static bool read_side(struct revisions_diff *diff, struct side *side, const char *path)
{
    side->path = path;
    side->scenario = scenario_read_parts(diff->model, path);
    if (side->scenario->errors)
        scenario_print_mistakes(side->scenario, stderr);
    return !side->scenario->errors;
}

static void complain(const struct revisions_diff *diff, const struct side *side, const char *asked)
{
    const char *kind = diff->model->revisions->kind, *list = diff->model->revisions->list;
    if (!asked) {
        fprintf(stderr,
                "ecsim diff: %s should hold one %s; of a scenario that holds several, name two: "
                "ecsim diff --task-definitions SCENARIO.yaml WebApp:1 WebApp:2\n",
                side->path, kind);
        return;
    }
    const char *nearest = scenario_nearest(side->scenario, list, asked);
    fprintf(stderr, "ecsim diff: %s has no %s `%s`", side->path, kind, asked);
    if (nearest)
        fprintf(stderr, "; did you mean `%s`?", nearest);
    fprintf(stderr, "\n");
}

/* `asked` is NULL where the file holds but one. */
static bool find_revision(struct revisions_diff *diff, size_t i, const char *asked)
{
    const struct revisions *rules = diff->model->revisions;
    struct side *side = &diff->sides[i];
    side->name = rules->find(side->scenario->settings, asked);
    side->node = side->name ? scenario_element(side->scenario, rules->list, side->name) : NULL;
    diff->revisions[i] = (struct revision_side){side->scenario->settings, side->name};
    if (!side->node)
        complain(diff, side, asked);
    return side->node;
}

static bool read_scenario(struct revisions_diff *diff, const struct words *operands)
{
    if (!read_side(diff, &diff->sides[0], operands->items[0]))
        return false;
    diff->sides[1] = diff->sides[0];
    bool good = find_revision(diff, 0, operands->items[1]);
    return find_revision(diff, 1, operands->items[2]) && good;
}

static bool read_files(struct revisions_diff *diff, const struct words *operands)
{
    bool good = read_side(diff, &diff->sides[0], operands->items[0]);
    good = read_side(diff, &diff->sides[1], operands->items[1]) && good;
    if (!good)
        return false;
    good = find_revision(diff, 0, NULL);
    return find_revision(diff, 1, NULL) && good;
}

/* --- what changed ----------------------------------------------------------------------------- */

static bool is_below(const struct change *change)
{
    return (change->texts[0] && count_letters(change->texts[0]) > LONGEST_CELL) ||
           (change->texts[1] && count_letters(change->texts[1]) > LONGEST_CELL);
}

static void add_below(struct text *out, const struct change *change)
{
    text_add(out, "  ");
    text_add_plain(out, change->label);
    text_add_char(out, '\n');
    for (size_t i = 0; i < 2; i++) {
        text_add_format(out, "    %s: ", sides[i]);
        text_add_plain(out, change->texts[i] ? change->texts[i] : "has none");
        text_add_char(out, '\n');
    }
}

static void add_row(struct text_table *table, const struct change *change)
{
    text_table_cell(table, "%s", change->label);
    for (size_t i = 0; i < 2; i++)
        text_table_cell(table, "%s", change->texts[i] ? change->texts[i] : "–");
    text_table_cell(table, "%s", change->by);
}

static void add_head(struct text_table *table)
{
    text_table_cell(table, "field");
    for (size_t i = 0; i < 2; i++)
        text_table_cell(table, "%s", sides[i]);
    text_table_cell(table, "change");
}

static void add_changes(struct text *out, const struct comparison *found)
{
    struct text_table table = {.columns = 4};
    for (size_t i = 0; i < found->count; i++) {
        if (is_below(&found->changes[i]))
            continue;
        if (!table.cell_count)
            add_head(&table);
        add_row(&table, &found->changes[i]);
    }
    text_table_write(&table, "  ", out);
    for (size_t i = 0; i < found->count; i++)
        if (is_below(&found->changes[i]))
            add_below(out, &found->changes[i]);
}

static void add_sides(const struct revisions_diff *diff, struct text *out)
{
    for (size_t i = 0; i < 2; i++) {
        const struct side *side = &diff->sides[i];
        text_add_format(out, "%s: ", sides[i]);
        text_add_plain(out, side->name);
        text_add_format(out, " (%s:%u)\n", side->node->place.source->name, (unsigned)side->node->place.line);
    }
}

/* Fields of which the texts differ may mean the same. */
static void drop_same(const struct revisions_diff *diff, struct comparison *found)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++)
        if (!diff->model->revisions->means_same(diff->revisions, found->changes[i].path))
            found->changes[kept++] = found->changes[i];
    found->count = kept;
}

/* --- all of it -------------------------------------------------------------------------------- */

static int compare(const struct revisions_diff *diff)
{
    const struct node *const nodes[2] = {diff->sides[0].node, diff->sides[1].node};
    struct arena *arena = arena_new();
    struct comparison found = compare_revisions(arena, diff->model, nodes);
    struct text out = {0};
    drop_same(diff, &found);
    add_sides(diff, &out);
    text_add(&out, found.count ? "what changed\n" : "nothing differs\n");
    add_changes(&out, &found);
    diff->model->revisions->explain(diff->revisions, found.count > 0, &out);
    fwrite(out.bytes, 1, out.length, stdout);
    text_free(&out);
    arena_free(arena);
    return found.count ? STATUS_BROKEN : STATUS_FINE;
}

int diff_task_definitions(const struct model *model, const struct words *operands)
{
    struct revisions_diff diff = {.model = model};
    bool good = operands->count == 3 ? read_scenario(&diff, operands) : read_files(&diff, operands);
    int status = good ? compare(&diff) : STATUS_MISTAKE;
    if (diff.sides[1].scenario != diff.sides[0].scenario)
        scenario_free(diff.sides[1].scenario);
    scenario_free(diff.sides[0].scenario);
    return status;
}
