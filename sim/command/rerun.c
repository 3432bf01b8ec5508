#include "sim/command/rerun.h"
#include "sim/engine/check.h"
#include "sim/report/output.h"
#include "sim/report/summary.h"
#include <stdio.h>
#include <string.h>

/* --- what was recorded ------------------------------------------------------------------------ */

static void add_path(struct text *path, const char *folder, const char *file)
{
    bool ends = *folder && folder[strlen(folder) - 1] == '/';
    text_clear(path);
    text_add_format(path, "%s%s%s", folder, ends ? "" : "/", file);
}

bool results_read_summary(const char *command, const char *folder, struct text *summary)
{
    struct text path = {0};
    add_path(&path, folder, "summary.json");
    bool ours = input_read(path.bytes, summary) && summary_is_ours(summary);
    bool whole = ours && summary_is_whole(summary);
    if (!ours)
        fprintf(stderr, "ecsim %s: %s holds no results of ecsim\n", command, folder);
    else if (!whole)
        fprintf(stderr, "ecsim %s: %s is cut short: its end is missing\n", command, path.bytes);
    text_free(&path);
    return whole;
}

/* Another version may well play something else. */
static bool is_of_this_version(const struct rerun *rerun, const char *command)
{
    struct text version = {0};
    summary_read_text(&rerun->summary, "version", &version);
    bool same = version.length && !strcmp(version.bytes, ECSIM_VERSION);
    if (!same)
        fprintf(
            stderr,
            "ecsim %s: %s was written by version %s of ecsim, and this is %s, which may play the scenario "
            "differently; run it again\n",
            command, rerun->folder, version.length ? version.bytes : "?", ECSIM_VERSION);
    text_free(&version);
    return same;
}

static bool read_scenario(struct rerun *rerun, const struct model *model)
{
    add_path(&rerun->path, rerun->folder, "scenario.yaml");
    rerun->scenario = scenario_read(model, rerun->path.bytes, NULL, 0);
    if (rerun->scenario->errors)
        scenario_print_mistakes(rerun->scenario, stderr);
    return !rerun->scenario->errors;
}

bool rerun_open(struct rerun *rerun, const struct model *model, const char *command, const char *folder)
{
    *rerun = (struct rerun){.folder = folder};
    if (!results_read_summary(command, folder, &rerun->summary) || !is_of_this_version(rerun, command) ||
        !read_scenario(rerun, model))
        return false;
    rerun->run = run_new(model, rerun->scenario->settings);
    return true;
}

/* --- playing ---------------------------------------------------------------------------------- */

static void begin(struct rerun *rerun)
{
    check_context()->reproduce = arena_format(rerun->run->arena, "ecsim run %s", rerun->path.bytes);
    progress_begin(&rerun->progress, rerun->run);
    run_begin(rerun->run);
}

void rerun_advance(struct rerun *rerun, simtime until)
{
    if (!rerun->run->world)
        begin(rerun);
    run_advance(rerun->run, until);
}

/* One that a limit has stopped cannot be it: it would have left no results. */
bool rerun_finish(struct rerun *rerun, const char *command)
{
    if (!rerun->run->world)
        begin(rerun);
    run_finish(rerun->run);
    progress_end(&rerun->progress);
    check_context()->reproduce = NULL;
    bool same = !rerun->run->stopped_by && summary_is_of(&rerun->summary, rerun->run);
    if (!same)
        fprintf(stderr,
                "ecsim %s: %s: its scenario.yaml, played again, is not the run that its summary.json is of: "
                "one of the two was changed, or another build of ecsim wrote them\n",
                command, rerun->folder);
    return same;
}

void rerun_close(struct rerun *rerun)
{
    run_free(rerun->run);
    scenario_free(rerun->scenario);
    text_free(&rerun->path);
    text_free(&rerun->summary);
}
