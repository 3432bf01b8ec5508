#include "sim/study/study_settings.h"
#include "sim/scenario/mistakes.h"
#include "sim/study/study_values.h"

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
    else if (search->candidates.count > 0 && search->paths.count > 0)
        mistake(mistakes, object, "path", "candidates have paths of their own");
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
     .meaning = "the scenario whose runs are studied; its path is relative to this file"},
    {.key = "seeds",
     .type = PARAM_PARSED,
     .offset = PARAM_OFFSET(struct file_settings, seeds, struct seeds),
     .parse = study_parse_seeds,
     .meaning = "1..200: a run for each; 200 is short for that (default: 1..100; of a search 1..500; of a "
                "percentMap 1; of a worstMoment the scenario's; with untilHalfwidth as many as it takes)"},
    {.key = "set",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct file_settings, set, bool),
     .meaning = SET_MEANING ", for all runs"},
    {.key = "vary",
     .type = PARAM_UNREAD,
     .offset = PARAM_OFFSET(struct file_settings, vary, bool),
     .meaning = "a grid: each path with its values, a list or 2..9; or a name with settings, each with its "
                "name and its paths"},
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
