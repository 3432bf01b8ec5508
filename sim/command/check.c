#include "sim/command/command.h"
#include "sim/command/points.h"
#include "sim/command/simulation.h"
#include "sim/report/output.h"
#include <stdio.h>
#include <string.h>

struct check_values {
    const char *output, *seed, *junit;
    struct words sets;
    bool strict;
};

static const struct option check_options[] = {
    OPTION_OUTPUT(struct check_values,
                  "keep the results of scenarios that failed, each below DIR/<its name>"),
    OPTION_SEED(struct check_values),
    OPTION_SET(struct check_values),
    {"junit", 0, OPTION_TEXT, "FILE", "write the outcome as JUnit XML, too",
     offsetof(struct check_values, junit)},
    {"strict", 0, OPTION_FLAG, NULL, "a scenario with warnings fails", offsetof(struct check_values, strict)},
    {0},
};

/* One check of several scenarios. */
struct check {
    const struct model *model;
    const struct check_values *values;
    const struct words *paths;
    struct scenario **scenarios;
    struct arena *arena;
    struct points points;
    int status;
};

static void worsen(struct check *check, int status)
{
    /* A limit that stopped a run weighs more than a broken promise. */
    if (check->status != STATUS_MACHINE && status != STATUS_FINE)
        check->status = status;
}

static void add_point(struct check *check, bool good, const char *name, const char *file, size_t line,
                      const char *why)
{
    points_add(&check->points, (struct point){good, name, file, line, why});
    tap_print_point(stdout, check->points.count, &check->points.items[check->points.count - 1]);
}

static void add_verdict(struct check *check, const struct simulation *simulation,
                        const struct verdict *verdict)
{
    size_t line;
    const char *file = simulation_position(simulation, verdict, &line);
    add_point(check, verdict->kept, arena_text(check->arena, verdict->promise), file, line,
              arena_text(check->arena, verdict->broken));
    if (!verdict->kept)
        worsen(check, STATUS_BROKEN);
}

static void add_outcome(struct check *check, const struct simulation *simulation, const char *path)
{
    for (size_t i = 0; i < simulation->verdict_count; i++)
        add_verdict(check, simulation, &simulation->verdicts[i]);
    if (!simulation->verdict_count)
        add_point(check, true, "runs", path, 0, NULL);
}

static const char *target_of(struct check *check, const struct scenario *scenario)
{
    if (!check->values->output)
        return NULL;
    return arena_format(check->arena, "%s/%s", check->values->output, simulation_settings(scenario)->name);
}

static void check_warnings(struct check *check, const struct scenario *scenario, const char *path)
{
    if (!check->values->strict)
        return;
    add_point(check, !scenario->warnings, "no warnings", path, 0,
              scenario->warnings ? "it has warnings, and --strict was asked for" : NULL);
    if (scenario->warnings)
        worsen(check, STATUS_BROKEN);
}

static void check_scenario(struct check *check, struct scenario *scenario, const char *path)
{
    struct simulation simulation;
    check_warnings(check, scenario, path);
    bool ran = simulation_play(&simulation, check->model, scenario, path, target_of(check, scenario));
    if (ran) {
        add_outcome(check, &simulation, path);
        if (simulation.whole && simulation.broken_count && !simulation_keep(&simulation, true))
            worsen(check, STATUS_MACHINE);
    } else {
        add_point(check, false, "runs", path, 0, arena_text(check->arena, simulation.run->stopped_by));
        worsen(check, STATUS_MACHINE);
    }
    simulation_end(&simulation);
}

static bool names_differ(const struct check *check, size_t index)
{
    const char *name = simulation_settings(check->scenarios[index])->name;
    for (size_t i = 0; i < index; i++)
        if (!strcmp(simulation_settings(check->scenarios[i])->name, name)) {
            fprintf(stderr, "ecsim check: %s and %s are both named %s: their results would share a folder\n",
                    check->paths->items[i], check->paths->items[index], name);
            return false;
        }
    return true;
}

/* Whether the results of the scenario may go where -o says. */
static bool may_write(struct check *check, size_t index)
{
    const char *target = target_of(check, check->scenarios[index]);
    struct text why = {0};
    bool may = !target || (names_differ(check, index) && whole_allowed(target, &why));
    if (why.length)
        fprintf(stderr, "ecsim check: %s\n", why.bytes);
    text_free(&why);
    return may;
}

/* All are read before any runs. */
static bool read_all(struct check *check, const struct words *sets)
{
    bool good = true;
    for (size_t i = 0; i < check->paths->count; i++) {
        struct scenario *scenario =
            scenario_read(check->model, check->paths->items[i], sets->items, sets->count);
        check->scenarios[i] = scenario;
        scenario_print_mistakes(scenario, stderr);
        good = good && !scenario->errors;
    }
    for (size_t i = 0; good && i < check->paths->count; i++)
        good = may_write(check, i);
    return good;
}

static void run_all(struct check *check)
{
    puts("TAP version 13");
    for (size_t i = 0; i < check->paths->count; i++)
        check_scenario(check, check->scenarios[i], check->paths->items[i]);
    printf("1..%zu\n", check->points.count);
    if (!check->values->junit)
        return;
    struct text xml = {0};
    junit_add(&xml, &check->points);
    output_replace(check->values->junit, &xml);
    text_free(&xml);
}

static int run_check(const struct model *model, const void *values, const struct words *operands)
{
    struct check check = {.model = model, .values = values, .paths = operands, .arena = arena_new()};
    struct words sets = simulation_sets(check.arena, &check.values->sets, check.values->seed, NULL);
    check.scenarios = arena_array(check.arena, operands->count, sizeof *check.scenarios);
    if (read_all(&check, &sets))
        run_all(&check);
    else
        check.status = STATUS_MISTAKE;
    for (size_t i = 0; i < operands->count; i++)
        scenario_free(check.scenarios[i]);
    points_free(&check.points);
    arena_free(check.arena);
    return check.status;
}

const struct command command_check = {
    .name = "check",
    .operands = "SCENARIO.yaml...",
    .least_operands = 1,
    .most_operands = SIZE_MAX,
    .meaning = "simulate scenarios and judge what they promise, as TAP",
    .more = "One point per expectation, named by its place in the file; a scenario without any has one, "
            "\"runs\".",
    .options = check_options,
    .values_size = sizeof(struct check_values),
    .run = run_check,
};
