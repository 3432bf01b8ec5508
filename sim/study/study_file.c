#include "sim/study/study_file.h"
#include "sim/engine/run.h"
#include "sim/scenario/mistakes.h"
#include "sim/scenario/tree.h"
#include "sim/study/study_options.h"
#include "sim/study/study_values.h"
#include <string.h>

/* --- the table -------------------------------------------------------------------------------- */

struct side_settings {
    const char *name, *scenario;
    bool set; /* read off the tree */
};

struct candidate_settings {
    const char *name;
    bool set; /* read off the tree */
};

struct search_settings {
    struct list paths;
    int64_t low, high;
    bool values;            /* read off the tree */
    struct list candidates; /* of struct candidate_settings */
    int64_t keep_millionths;
    bool frontier;
};

struct file_settings {
    const char *study, *scenario;
    struct seeds seeds;
    bool set, vary, until; /* read off the tree */
    struct list figures;
    struct list compare; /* of struct side_settings */
    struct search_settings *search;
    const char *map_of, *worst_of;
};

#define SET_MEANING "paths as --set has them, each with its value"

static const struct param side_params[] = {
    {.key = "name",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct side_settings, name, const char *),
     .meaning = "what the side is called (default: its scenario's file)"},
    {.key = "scenario",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct side_settings, scenario, const char *),
     .meaning = "a scenario of its own (default: the study's)"},
    {.key = "set",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct side_settings, set, bool),
     .meaning = SET_MEANING},
    PARAM_END,
};

static void check_side(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct side_settings *side = object;
    if (!side->name && !side->scenario)
        mistake(mistakes, object, NULL, "a side has a `name`, or a `scenario` of its own");
}

static const struct shape side_shape = {
    .name = "compare", .size = sizeof(struct side_settings), .params = side_params, .check = check_side};

static const struct param candidate_params[] = {
    {.key = "name",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct candidate_settings, name, const char *),
     .meaning = "what it is called"},
    {.key = "set",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct candidate_settings, set, bool),
     .meaning = SET_MEANING},
    PARAM_END,
};

static const struct shape candidate_shape = {
    .name = "candidates", .size = sizeof(struct candidate_settings), .params = candidate_params};

static const struct param search_params[] = {
    {.key = "path",
     .type = PARAM_TEXTS,
     .offset = PARAM_OFFSET(struct search_settings, paths, struct list),
     .meaning = "what is searched; several paths get the same value"},
    {.key = "low",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct search_settings, low, int64_t),
     .most = INT32_MAX,
     .meaning = "the smallest whole number that comes into question"},
    {.key = "high",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct search_settings, high, int64_t),
     .most = INT32_MAX,
     .meaning = "the greatest"},
    {.key = "values",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct search_settings, values, bool),
     .meaning = "instead of low and high: values of any kind, of which the cheapest is wanted"},
    {.key = "candidates",
     .type = PARAM_LIST,
     .offset = PARAM_OFFSET(struct search_settings, candidates, struct list),
     .shape = &candidate_shape,
     .meaning = "instead of a path: named settings, of which the cheapest is wanted"},
    {.key = "keep",
     .type = PARAM_PARSED,
     .offset = PARAM_OFFSET(struct search_settings, keep_millionths, int64_t),
     .parse = study_parse_share,
     .fallback = "0.99",
     .meaning = "the share of runs that must keep every promise: 0.99 or 99%"},
    {.key = "frontier",
     .type = PARAM_FLAG,
     .offset = PARAM_OFFSET(struct search_settings, frontier, bool),
     .fallback = "false",
     .meaning = "every value plays every seed, not only what the answer takes: the whole curve of cost "
                "against the share that is kept"},
    PARAM_END,
};

static void check_search(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct search_settings *search = object;
    bool ranged = search->low != ABSENT || search->high != ABSENT;
    int ways = ranged + search->values + (search->candidates.count > 0);
    if (ways != 1)
        mistake(mistakes, object, NULL, "a search has `low` and `high`, or `values`, or `candidates`");
    else if (ranged && (search->low == ABSENT || search->high == ABSENT))
        mistake(mistakes, object, NULL, "`low` and `high` belong together");
    else if (ranged && search->low > search->high)
        mistake(mistakes, object, "low", "`low` is above `high`");
    if (search->candidates.count == 0 && search->paths.count == 0)
        mistake(mistakes, object, NULL, "`path` is missing: what is searched");
}

static const struct shape search_shape = {
    .name = "search", .size = sizeof(struct search_settings), .params = search_params, .check = check_search};

static const struct param file_params[] = {
    {.key = "study",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct file_settings, study, const char *),
     .meaning = "names the results folder (default: the scenario's name)"},
    {.key = "scenario",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct file_settings, scenario, const char *),
     .meaning = "the scenario whose runs are studied, beside this file"},
    {.key = "seeds",
     .type = PARAM_PARSED,
     .offset = PARAM_OFFSET(struct file_settings, seeds, struct seeds),
     .parse = study_parse_seeds,
     .meaning = "1..200: a run for each; 200 is short for that (default: 1..100; of a search 1..500; with "
                "untilHalfwidth as many as it takes)"},
    {.key = "set",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct file_settings, set, bool),
     .meaning = SET_MEANING ", for all runs"},
    {.key = "vary",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct file_settings, vary, bool),
     .meaning = "a grid: each path with its values, as a list or 2..9; or a name with settings, each with "
                "its name and "
                "its paths"},
    {.key = "figures",
     .type = PARAM_TEXTS,
     .offset = PARAM_OFFSET(struct file_settings, figures, struct list),
     .meaning = "which figures of summary.json, and all below them (default: all; ecsim help results)"},
    {.key = "untilHalfwidth",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct file_settings, until, bool),
     .meaning = "{FIGURE: VALUE}: go on until the 95 % interval of its mean is so narrow, in every cell; "
                "that of its mean difference, where sides are compared. That is looked at after 32 runs, 64, "
                "128, ..."},
    {.key = "compare",
     .type = PARAM_LIST,
     .offset = PARAM_OFFSET(struct file_settings, compare, struct list),
     .shape = &side_shape,
     .meaning = "sides that play the same seeds; each is compared with the first"},
    {.key = "search",
     .type = PARAM_OPTIONAL,
     .offset = PARAM_OFFSET(struct file_settings, search, struct search_settings *),
     .shape = &search_shape,
     .meaning = "the smallest value, or the cheapest, at which every promise is kept"},
    {.key = "percentMap",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct file_settings, map_of, const char *),
     .meaning = "of this service: what each minimum and maximum percent does to an update of it"},
    {.key = "worstMoment",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct file_settings, worst_of, const char *),
     .meaning = "of this service: the failure in the midst of an update of it that hurts most"},
    PARAM_END,
};

static void check_file(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct file_settings *file = object;
    int forms = (file->compare.count > 0) + (file->search != NULL) + (file->map_of != NULL) +
                (file->worst_of != NULL);
    if (forms > 1)
        mistake(mistakes, object, NULL,
                "a study is one of compare, search, percentMap and worstMoment; make a file for each");
    if (file->until && forms > (file->compare.count > 0))
        mistake(mistakes, object, "untilHalfwidth",
                "this goes with replications, grids and comparisons only");
}

const struct shape study_file_shape = {
    .name = "study", .size = sizeof(struct file_settings), .params = file_params, .check = check_file};

static const struct model study_file_model = {.settings = &study_file_shape};

/* --- from the table to the study -------------------------------------------------------------- */

struct reading {
    struct arena *arena;
    struct mistakes mistakes;
    struct study_reader reader;
    struct binder binder;
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
    study->figures = reading->file->figures.items;
    study->figure_count = reading->file->figures.count;
    for (size_t i = 0; i < study->figure_count; i++)
        places[i] = figures->entries[i].place;
    study->figure_places = places;
}

/* A file that cannot be read is a mistake here already, not only where it is read as a scenario. */
static const char *take_path(struct reading *reading, const struct node *node)
{
    const char *path = study_resolve(reading->arena, node), *bytes;
    size_t size;
    const char *wrong = source_read_file(reading->arena, path, &bytes, &size);
    if (wrong)
        mistake_at(&reading->mistakes, node->place, "cannot read the scenario `%s`: %s", path, wrong);
    return path;
}

static const char *side_name(const struct reading *reading, const struct side_settings *side)
{
    return side->name ? side->name : study_base_name(reading->arena, side->scenario);
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
    struct axis *axis = arena_alloc(reading->arena, sizeof *axis);
    *axis =
        (struct axis){"side", arena_array(reading->arena, sides->count, sizeof *axis->values), sides->count};
    for (size_t i = 0; i < sides->count; i++)
        take_side(reading, i, nodes->entries[i].value, &axis->values[i]);
    if (sides->count < 2)
        mistake_at(&reading->mistakes, nodes->place, "a comparison has two sides at least");
    study_check_names(&reading->reader, axis, nodes);
    reading->study->sides = axis;
}

static struct axis *take_candidates(struct reading *reading, const struct node *search)
{
    const struct list *candidates = &reading->file->search->candidates;
    const struct node *nodes = below(search, "candidates");
    struct axis *axis = arena_alloc(reading->arena, sizeof *axis);
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
        reading.binder =
            (struct binder){.mistakes = &reading.mistakes, .arena = arena, .model = &study_file_model};
        reading.file = bind_root(&reading.binder, reading.tree);
    }
    if (reading.tree && reading.mistakes.errors == 0)
        take_study(&reading);
    return !has_mistakes(&reading, said) && take_scenario(&reading, said) ? study : NULL;
}
