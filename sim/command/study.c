#include "sim/study/study.h"
#include "sim/command/command.h"
#include "sim/command/progress.h"
#include "sim/report/whole.h"
#include "sim/study/ranks.h"
#include "sim/study/study_file.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct study_values {
    const char *output, *seeds, *figures, *search, *keep, *until, *percent_map, *worst_moment, *threads,
        *part;
    struct words sets, vary, compare;
    bool frontier;
};

static const struct option study_options[] = {
    OPTION_OUTPUT(struct study_values,
                  "results go into DIR/<name of the study> (default DIR: results; of a bare "
                  "scenario into results/<its name>-study)"),
    {"seeds", 0, OPTION_TEXT, "A..B",
     "a run for each of these seeds; 200 is 1..200 (default: 1..100; of a search 1..500; of a percent map 1; "
     "of a worst moment the scenario's)",
     offsetof(struct study_values, seeds)},
    OPTION_SET(struct study_values),
    {"vary", 0, OPTION_TEXTS, "PATH=a,b,c",
     "play each of these values (2..9: all from 2 to 9); several make a grid",
     offsetof(struct study_values, vary)},
    {"figures", 0, OPTION_TEXT, "FIGURE,...",
     "which figures of summary.json, and all below them (default: all)",
     offsetof(struct study_values, figures)},
    {"until-halfwidth", 0, OPTION_TEXT, "FIGURE=VALUE",
     "play seeds until the 95 % interval of its mean (where sides are compared, of its mean difference) "
     "reaches no further than that to either side, in every cell",
     offsetof(struct study_values, until)},
    {"compare", 0, OPTION_TEXTS, "FILE", "another scenario that plays the same seeds, compared run by run",
     offsetof(struct study_values, compare)},
    {"search", 0, OPTION_TEXT, "PATH=LOW..HIGH",
     "the smallest value at which every promise is kept; PATH=a,b,c: the cheapest; PATH,PATH=...: all are "
     "set "
     "to the same",
     offsetof(struct study_values, search)},
    {"keep", 0, OPTION_TEXT, "SHARE",
     "of a search: the share of runs that must keep every promise (default: 0.99)",
     offsetof(struct study_values, keep)},
    {"frontier", 0, OPTION_FLAG, NULL,
     "of a search: play every value, for the curve of cost against promises",
     offsetof(struct study_values, frontier)},
    {"percent-map", 0, OPTION_TEXT, "SERVICE",
     "what each minimum and maximum percent does to its deployment, and which to choose",
     offsetof(struct study_values, percent_map)},
    {"worst-moment", 0, OPTION_TEXT, "SERVICE",
     "which instance or zone must die when, in the midst of its deployment, to hurt most",
     offsetof(struct study_values, worst_moment)},
    {"threads", 0, OPTION_TEXT, "N", "play so many runs at a time (default: one per processor)",
     offsetof(struct study_values, threads)},
    {"part", 0, OPTION_TEXT, "K/N", "play the K-th of N parts only; a call without it puts them together",
     offsetof(struct study_values, part)},
    {0},
};

enum { MOST_PARTS = 100000 };

static int complain(const char *option, const char *what)
{
    struct text mistake = {0};
    text_add_format(&mistake, "ecsim study: --%s %s\n", option, what);
    command_print(stderr, &mistake);
    text_free(&mistake);
    return STATUS_MISTAKE;
}

/* --- options ---------------------------------------------------------------------------------- */

/* A whole number in [1, most]; returns where it ends, NULL if there is none. */
static const char *take_number(const char *text, long most, int *number)
{
    char *end;
    long value = strtol(text, &end, 10);
    *number = (int)value;
    return *text >= '0' && *text <= '9' && value >= 1 && value <= most ? end : NULL;
}

static bool read_threads(const char *text, int *threads)
{
    const char *end = text ? take_number(text, RUNNER_THREADS_MAX, threads) : "";
    return end && !*end;
}

/* "2/5" is the second of five: part 1, from 0. */
static bool read_part(const char *text, int *part, int *parts)
{
    *parts = 1;
    if (!text)
        return true;
    const char *end = take_number(text, MOST_PARTS, part);
    if (!end || *end != '/' || !(end = take_number(end + 1, MOST_PARTS, parts)) || *end)
        return false;
    return (*part)-- <= *parts;
}

static struct study_options options_of(const struct study_values *values)
{
    return (struct study_options){
        .sets = values->sets.items,
        .set_count = values->sets.count,
        .vary = values->vary.items,
        .vary_count = values->vary.count,
        .compare = values->compare.items,
        .compare_count = values->compare.count,
        .seeds = values->seeds,
        .figures = values->figures,
        .search = values->search,
        .keep = values->keep,
        .frontier = values->frontier,
        .until = values->until,
        .map_of = values->percent_map,
        .worst_of = values->worst_moment,
    };
}

/* --- playing ---------------------------------------------------------------------------------- */

static int status_of(enum study_outcome outcome)
{
    static const int statuses[] = {[STUDY_DONE] = STATUS_FINE,
                                   [STUDY_PARTLY] = STATUS_FINE,
                                   [STUDY_MISTAKE] = STATUS_MISTAKE,
                                   [STUDY_STOPPED] = STATUS_MACHINE};
    return statuses[outcome];
}

static int play(const struct study *study, struct runner_settings *settings)
{
    struct text said = {0};
    struct progress progress;
    struct session session = {.study = study, .folder = settings->folder, .said = &said};
    progress_begin_runs(&progress);
    if (ranks_own() == 0) {
        settings->progress = progress_show_runs;
        settings->progress_self = &progress;
    }
    session.runner = runner_new(settings);
    enum study_outcome outcome = study_play(&session);
    progress_end(&progress);
    if (outcome == STUDY_PARTLY)
        text_add_format(&said,
                        "%zu runs of this part are done, other parts are not; when all are, the same call "
                        "without --part puts them together\n",
                        runner_played(session.runner));
    else if (outcome != STUDY_MISTAKE)
        text_add_format(&said, "results in %s\n", settings->folder);
    if (outcome != STUDY_MISTAKE)
        text_blank_controls(&said);
    command_print(outcome == STUDY_MISTAKE ? stderr : stdout, &said);
    runner_free(session.runner);
    text_free(&said);
    return status_of(outcome);
}

/* A bare scenario's name is that of the folder of its run, which the next run would replace. */
static const char *folder_of(const struct study *study, const char *output)
{
    const char *ending = output || study->named ? "" : "-study";
    return arena_format(study->arena, "%s/%s%s", output ? output : "results", study->name, ending);
}

static bool folder_is_allowed(const char *folder, struct text *said)
{
    struct text why = {0};
    bool allowed = whole_allowed(folder, &why);
    if (!allowed)
        text_add_format(said, "ecsim study: %s\n", why.bytes);
    text_free(&why);
    return allowed;
}

static int play_in_folder(struct arena *arena, const struct study_values *values, const char *path,
                          struct runner_settings *settings)
{
    struct text said = {0};
    struct study_options options = options_of(values);
    const struct study *study = study_read(arena, settings->model, path, &options, &said);
    settings->folder = study ? folder_of(study, values->output) : NULL;
    settings->tracked = study && study_is_tracked(study);
    bool good = study && folder_is_allowed(settings->folder, &said);
    ranks_agree(&said, "the machines of this study do not have the same files");
    command_print(stderr, &said);
    text_free(&said);
    return good ? play(study, settings) : STATUS_MISTAKE;
}

static int run_study(const struct model *model, const void *all_values, const struct words *operands)
{
    const struct study_values *values = all_values;
    struct runner_settings settings = {.model = model};
    if (!read_threads(values->threads, &settings.threads))
        return complain("threads", "takes a number from 1 to 1024");
    if (!read_part(values->part, &settings.part, &settings.parts))
        return complain("part", "takes K/N, the K-th of N parts, as 2/5");
    struct arena *arena = arena_new();
    int status = play_in_folder(arena, values, operands->items[0], &settings);
    arena_free(arena);
    return status;
}

const struct command command_study = {
    .name = "study",
    .operands = "FILE.yaml",
    .least_operands = 1,
    .most_operands = 1,
    .meaning = "many runs of a scenario: replications, grids, comparisons, searches, maps, worst moments",
    .more =
        "FILE.yaml is a study file (ecsim help study) or a scenario. Runs are played on all processors, and\n"
        "what is done is kept: a study that was stopped goes on where it was at the next call. What is\n"
        "written never depends on how many threads or processes took part.",
    .options = study_options,
    .values_size = sizeof(struct study_values),
    .together = true,
    .run = run_study,
};
