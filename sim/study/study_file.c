#include "sim/study/study_file.h"
#include "sim/engine/run.h"
#include "sim/scenario/tree.h"
#include "sim/study/study_options.h"
#include "sim/study/study_settings.h"
#include "sim/study/study_values.h"
#include <string.h>

static const struct model study_file_model = {.settings = &study_file_shape};

/* --- from the table to the study -------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    struct mistakes mistakes;
    struct study_reader reader;
    struct node *tree;
    const struct file_settings *file;
    struct study *study;
};

static struct node *below(const struct node *mapping, const char *key)
{
    struct entry *entry = mapping ? node_find(mapping, key) : NULL;
    return entry && !node_is_null(entry->value) ? entry->value : NULL;
}

static void take_figures(struct reading *reading)
{
    struct study *study = reading->study;
    const struct node *figures = below(reading->tree, "figures");
    struct place *places = arena_array(reading->arena, reading->file->figures.count, sizeof *places);
    if (figures && !study_is_short(&reading->reader, figures))
        return;
    study->figures = reading->file->figures.items;
    study->figure_count = reading->file->figures.count;
    for (size_t i = 0; i < study->figure_count; i++)
        places[i] = figures->entries[i].place;
    study->figure_places = places;
}

/* A file that cannot be read is a mistake here already, not only where it is read as a scenario. */
static const char *take_path(struct reading *reading, const struct node *node)
{
    const char *path = study_resolve(reading->arena, node), *wrong;
    source_of_file(reading->arena, path, &wrong);
    if (wrong)
        mistake_at(&reading->mistakes, node->place, "cannot read the scenario `%s`: %s", path, wrong);
    return path;
}

enum { MOST_SIDES = 64 };

static const char *side_name(const struct reading *reading, const struct side_settings *side)
{
    return side->name ? side->name : source_base_name(reading->arena, side->scenario);
}

/* Files in several folders may have one name; then a side without a name of its own is called by its path. */
static const char *clear_name(const struct reading *reading, const struct list *sides, size_t index)
{
    const struct side_settings *all = sides->items, *side = &all[index];
    const char *name = side_name(reading, side);
    for (size_t i = 0; i < sides->count && !side->name; i++)
        if (i != index && !strcmp(side_name(reading, &all[i]), name))
            return side->scenario;
    return name;
}

static void take_side(struct reading *reading, size_t index, const struct node *node,
                      struct axis_value *value)
{
    const struct list *sides = &reading->file->compare;
    bool own = ((const struct side_settings *)sides->items)[index].scenario;
    value->path = own ? take_path(reading, below(node, "scenario")) : NULL;
    value->shown = clear_name(reading, sides, index);
    study_take_sets(&reading->reader, below(node, "set"), value);
}

static void take_sides(struct reading *reading)
{
    const struct list *sides = &reading->file->compare;
    const struct node *nodes = below(reading->tree, "compare");
    if (!nodes)
        return;
    if (sides->count < 2 || sides->count > MOST_SIDES) {
        mistake_at(&reading->mistakes, nodes->place, "a comparison has two sides at least, and at most %d",
                   MOST_SIDES);
        return;
    }
    struct axis *axis = arena_alloc(reading->arena, sizeof *axis);
    *axis =
        (struct axis){"side", arena_array(reading->arena, sides->count, sizeof *axis->values), sides->count};
    for (size_t i = 0; i < sides->count; i++)
        take_side(reading, i, nodes->entries[i].value, &axis->values[i]);
    study_check_names(&reading->reader, axis, nodes);
    reading->study->sides = axis;
}

static struct axis *take_candidates(struct reading *reading, const struct node *search)
{
    const struct list *candidates = &reading->file->search->candidates;
    const struct node *nodes = below(search, "candidates");
    struct axis *axis = arena_alloc(reading->arena, sizeof *axis);
    if (!study_is_short(&reading->reader, nodes))
        return NULL;
    *axis = (struct axis){"candidate", arena_array(reading->arena, candidates->count, sizeof *axis->values),
                          candidates->count};
    for (size_t i = 0; i < candidates->count; i++) {
        axis->values[i].shown = ((const struct candidate_settings *)candidates->items)[i].name;
        study_take_sets(&reading->reader, below(nodes->entries[i].value, "set"), &axis->values[i]);
    }
    study_check_names(&reading->reader, axis, nodes);
    return axis;
}

static void take_search(struct reading *reading)
{
    const struct search_settings *settings = reading->file->search;
    const struct node *node = below(reading->tree, "search");
    if (!settings || !node)
        return;
    struct search *search = arena_alloc(reading->arena, sizeof *search);
    *search = (struct search){.paths = settings->paths.items,
                              .path_count = settings->paths.count,
                              .low = settings->low,
                              .high = settings->high,
                              .keep_millionths = settings->keep_millionths,
                              .all = settings->frontier};
    if (settings->candidates.count > 0)
        search->candidates = take_candidates(reading, node);
    else if (settings->values)
        search->candidates = study_path_axis(&reading->reader, below(node, "path"), below(node, "values"));
    else
        study_note_paths(&reading->reader, below(node, "path"), below(node, "low"));
    reading->study->search = search;
}

static void take_until(struct reading *reading)
{
    const struct node *node = below(reading->tree, "untilHalfwidth");
    if (!node)
        return;
    struct half_width *until = arena_alloc(reading->arena, sizeof *until);
    if (node->kind != NODE_MAPPING || node->count != 1)
        mistake_at(&reading->mistakes, node->place,
                   "this is one figure with its half width: {FIGURE: VALUE}");
    else if (!study_half_width(node->entries[0].value, &until->billionths))
        mistake_at(&reading->mistakes, node->entries[0].value->place,
                   "a half width is a number above 0, in the figure's unit");
    else {
        until->figure = node->entries[0].key;
        until->place = node->entries[0].place;
    }
    reading->study->until = until;
}

static void take_seeds(struct reading *reading)
{
    struct study *study = reading->study;
    study->seeds_given = below(reading->tree, "seeds") != NULL;
    study->seeds = reading->file->seeds;
    if (!study->seeds_given)
        study->seeds = (struct seeds){1, study->until    ? STUDY_SEEDS_UNTIL
                                         : study->search ? STUDY_SEEDS_SEARCH
                                                         : STUDY_SEEDS};
}

static void take_study(struct reading *reading)
{
    struct study *study = reading->study;
    struct axis_value common = {0};
    study_take_sets(&reading->reader, below(reading->tree, "set"), &common);
    study->sets = common.sets;
    study->set_count = common.set_count;
    study->scenario = take_path(reading, below(reading->tree, "scenario"));
    study->name = reading->file->study;
    study->named = study->name != NULL;
    study->map_of = reading->file->map_of;
    study->worst_of = reading->file->worst_of;
    study->axes = study_axes(&reading->reader, below(reading->tree, "vary"), &study->axis_count);
    take_figures(reading);
    take_sides(reading);
    take_search(reading);
    take_until(reading);
    take_seeds(reading);
    if (study->name && !scenario_may_be_named(study->name))
        mistake_at(&reading->mistakes, below(reading->tree, "study")->place,
                   "`%s` cannot name a results folder; letters, digits, `.`, `_` and `-` can", study->name);
}

/* --- the scenario without varied values ------------------------------------------------------- */

static bool has_mistakes(struct reading *reading, struct text *said)
{
    mistakes_finish(&reading->mistakes);
    mistakes_print(&reading->mistakes, said);
    return reading->mistakes.errors > 0;
}

/* What a scenario has to say about a study's keys would mislead. */
static bool is_study(const struct scenario *scenario)
{
    return scenario->tree && node_find(scenario->tree, "scenario");
}

static bool take_scenario(struct reading *reading, struct text *said)
{
    struct study *study = reading->study;
    struct scenario *scenario = scenario_read(study->model, study->scenario, study->sets, study->set_count);
    bool good = !scenario->errors;
    set_origins_place(&study->origins, &scenario->mistakes);
    if (is_study(scenario))
        mistake_at(&reading->mistakes, below(reading->tree, "scenario")->place,
                   "`%s` is a study file; a scenario is meant", study->scenario);
    else
        mistakes_print(&scenario->mistakes, said);
    if (good && !study->name)
        study->name = arena_text(study->arena, ((const struct run_settings *)scenario->settings)->name);
    scenario_free(scenario);
    return !has_mistakes(reading, said) && good;
}

struct study *study_read(struct arena *arena, const struct model *model, const char *path,
                         const struct study_options *options, struct text *said)
{
    struct study *study = arena_alloc(arena, sizeof *study);
    struct reading reading = {.arena = arena, .study = study};
    study->arena = arena;
    study->model = model;
    mistakes_init(&reading.mistakes, arena);
    reading.reader = (struct study_reader){&reading.mistakes, &study->origins};
    reading.tree = study_tree(&reading.mistakes, path, options);
    if (reading.tree) {
        struct binder binder = {.mistakes = &reading.mistakes, .arena = arena, .model = &study_file_model};
        reading.file = bind_root(&binder, reading.tree);
    }
    if (reading.tree && reading.mistakes.errors == 0)
        take_study(&reading);
    return !has_mistakes(&reading, said) && take_scenario(&reading, said) ? study : NULL;
}
