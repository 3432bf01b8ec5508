#include "sim/command/command.h"
#include "sim/command/simulation.h"
#include <stdio.h>

struct run_values {
    const char *output, *seed, *events;
    struct words sets;
    bool no_plot, quiet;
};

static const struct option run_options[] = {
    OPTION_OUTPUT(struct run_values, "where the results go (default: results/<name of the scenario>)"),
    OPTION_SEED(struct run_values),
    OPTION_SET(struct run_values),
    {"no-plot", 0, OPTION_FLAG, NULL, "leave out the picture", offsetof(struct run_values, no_plot)},
    {"events", 0, OPTION_TEXT, "KINDS", "what goes into events.jsonl: kinds with commas between, or none",
     offsetof(struct run_values, events)},
    {"quiet", 0, OPTION_FLAG, NULL, "print nothing but mistakes and broken promises",
     offsetof(struct run_values, quiet)},
    {0},
};

static void print(const struct text *text)
{
    if (text->length)
        fwrite(text->bytes, 1, text->length, stdout);
}

static void add_story(struct text *out, const struct simulation *simulation)
{
    simulation->model->narrate(simulation->run->world, out);
    if (out->length && out->bytes[out->length - 1] != '\n')
        text_add_char(out, '\n');
}

static void add_promises(struct text *out, const struct simulation *simulation, bool quiet)
{
    for (size_t i = 0; i < simulation->verdict_count; i++) {
        const struct verdict *verdict = &simulation->verdicts[i];
        if (quiet && verdict->kept)
            continue;
        text_add(out, verdict->kept ? "kept    " : "broken  ");
        simulation_add_verdict(out, simulation, verdict);
        text_add_char(out, '\n');
    }
}

static void print_outcome(const struct simulation *simulation, const char *target, bool quiet)
{
    struct text out = {0};
    if (!quiet)
        add_story(&out, simulation);
    add_promises(&out, simulation, quiet);
    if (!quiet)
        text_add_format(&out, "results in %s\n", target);
    print(&out);
    text_free(&out);
}

static int simulate(const struct model *model, const struct run_values *values, struct scenario *scenario,
                    const char *path, const char *target)
{
    struct simulation simulation;
    int status = STATUS_FINE;
    if (!simulation_play(&simulation, model, scenario, path, target)) {
        fprintf(stderr, "ecsim: %s: %s; nothing was written, earlier results are as they were\n", path,
                simulation.run->stopped_by);
        status = STATUS_MACHINE;
    } else {
        bool complete = simulation_keep(&simulation, !values->no_plot);
        print_outcome(&simulation, target, values->quiet);
        status = !complete ? STATUS_MACHINE : simulation.broken_count ? STATUS_BROKEN : STATUS_FINE;
    }
    simulation_end(&simulation);
    return status;
}

static int run_scenario(const struct model *model, const struct run_values *values, struct scenario *scenario,
                        const char *path)
{
    if (scenario->errors || (scenario->warnings && !values->quiet))
        scenario_print_mistakes(scenario, stderr);
    if (scenario->errors)
        return STATUS_MISTAKE;
    struct text target = {0}, why = {0};
    int status = STATUS_MISTAKE;
    text_add(&target, values->output ? values->output : "results/");
    if (!values->output)
        text_add(&target, simulation_settings(scenario)->name);
    if (whole_allowed(target.bytes, &why))
        status = simulate(model, values, scenario, path, target.bytes);
    else
        fprintf(stderr, "ecsim run: %s\n", why.bytes);
    text_free(&target);
    text_free(&why);
    return status;
}

static int run(const struct model *model, const void *all_values, const struct words *operands)
{
    const struct run_values *values = all_values;
    struct arena *arena = arena_new();
    struct words sets = simulation_sets(arena, &values->sets, values->seed, values->events);
    const char *path = operands->items[0];
    struct scenario *scenario = scenario_read(model, path, sets.items, sets.count);
    int status = run_scenario(model, values, scenario, path);
    scenario_free(scenario);
    arena_free(arena);
    return status;
}

const struct command command_run = {
    .name = "run",
    .operands = "SCENARIO.yaml",
    .least_operands = 1,
    .most_operands = 1,
    .meaning = "simulate a scenario, write its results, say what happened",
    .more =
        "Results are written whole or not at all: a run that fails or is killed leaves the earlier ones as\n"
        "they were. A folder that holds anything but results of ecsim is never replaced.",
    .options = run_options,
    .values_size = sizeof(struct run_values),
    .run = run,
};
