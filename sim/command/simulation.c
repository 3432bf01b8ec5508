#include "sim/command/simulation.h"
#include "sim/command/progress.h"
#include "sim/engine/check.h"
#include "sim/report/output.h"
#include "sim/report/plot.h"
#include "sim/report/recorder.h"
#include "sim/report/summary.h"
#include <stdio.h>
#include <string.h>

static const char picture_ending[] = ".svg";

static void add_set(struct words *words, const char *set)
{
    words->items[words->count++] = set;
}

struct words simulation_sets(struct arena *arena, const struct words *sets, const char *seed,
                             const char *events)
{
    struct words all = {.items = arena_array(arena, sets->count + 2, sizeof *all.items)};
    for (size_t i = 0; i < sets->count; i++)
        add_set(&all, sets->items[i]);
    if (seed)
        add_set(&all, arena_format(arena, "seed=%s", seed));
    if (events)
        add_set(&all, arena_format(arena, "recordEvents=[%s]", strcmp(events, "none") ? events : ""));
    return all;
}

const struct run_settings *simulation_settings(const struct scenario *scenario)
{
    return scenario->settings;
}

static void record_and_play(struct simulation *simulation)
{
    struct run *run = simulation->run;
    struct progress progress;
    struct recorder *recorder = simulation->whole ? recorder_new(run, whole_folder(simulation->whole)) : NULL;
    progress_begin(&progress, run);
    run_play(run);
    progress_end(&progress);
    if (recorder)
        recorder_close(recorder);
}

static void judge(struct simulation *simulation)
{
    struct run *run = simulation->run;
    run->model->judge(run->world, &simulation->verdicts, &simulation->verdict_count);
    for (size_t i = 0; i < simulation->verdict_count; i++)
        simulation->broken_count += !simulation->verdicts[i].kept;
}

bool simulation_play(struct simulation *simulation, const struct model *model, struct scenario *scenario,
                     const char *path, const char *target)
{
    *simulation = (struct simulation){.model = model, .scenario = scenario};
    simulation->run = run_new(model, scenario->settings);
    check_context()->reproduce = arena_format(simulation->run->arena, "ecsim run %s --seed %llu", path,
                                              (unsigned long long)simulation->run->seed);
    if (target)
        simulation->whole = whole_begin(target);
    record_and_play(simulation);
    check_context()->reproduce = NULL;
    if (simulation->run->stopped_by)
        return false;
    judge(simulation);
    return true;
}

static void write_summary(const struct simulation *simulation)
{
    struct text summary = {0};
    summary_add(&summary, simulation->run, simulation->verdicts, simulation->verdict_count);
    output_write(whole_folder(simulation->whole), "summary.json", &summary);
    text_free(&summary);
}

static void write_scenario(const struct simulation *simulation)
{
    struct text scenario = {0};
    scenario_emit(simulation->scenario, whole_target(simulation->whole), &scenario);
    output_write(whole_folder(simulation->whole), "scenario.yaml", &scenario);
    text_free(&scenario);
}

static bool write_picture(const char *folder, const struct picture *picture)
{
    struct text drawing = {0}, mistake = {0}, name = {0};
    struct plot plot = {.picture = picture, .folders = &folder, .folder_count = 1, .format = PLOT_SVG};
    bool drawn = plot_draw(&plot, &drawing, &mistake);
    if (drawn) {
        text_add_format(&name, "%s%s", picture->name, picture_ending);
        output_write(folder, name.bytes, &drawing);
    } else
        fprintf(stderr, "ecsim: %s; --no-plot runs without the picture\n", mistake.bytes);
    text_free(&drawing);
    text_free(&mistake);
    text_free(&name);
    return drawn;
}

static bool write_pictures(const struct simulation *simulation)
{
    const char *folder = whole_folder(simulation->whole);
    const struct picture *picture = simulation->model->pictures;
    bool drawn = true;
    for (; picture->name && drawn; picture++)
        drawn = !plot_has(picture, folder) || write_picture(folder, picture);
    return drawn;
}

bool simulation_keep(struct simulation *simulation, bool pictures)
{
    write_summary(simulation);
    write_scenario(simulation);
    bool drawn = !pictures || write_pictures(simulation);
    whole_keep(simulation->whole);
    simulation->whole = NULL;
    return drawn;
}

void simulation_end(struct simulation *simulation)
{
    if (simulation->whole)
        whole_drop(simulation->whole);
    run_free(simulation->run);
}

const char *simulation_position(const struct simulation *simulation, const struct verdict *verdict,
                                size_t *line)
{
    const char *file;
    CHECK(scenario_position(simulation->scenario, verdict->object, &file, line));
    return file;
}

void simulation_add_verdict(struct text *out, const struct simulation *simulation,
                            const struct verdict *verdict)
{
    size_t line;
    const char *file = simulation_position(simulation, verdict, &line);
    text_add_plain(out, file);
    text_add_format(out, ":%zu: ", line);
    text_add_plain(out, verdict->promise);
    if (verdict->kept || !verdict->broken)
        return;
    text_add(out, "\n        ");
    text_add_plain(out, verdict->broken);
}
