#include "sim/command/command.h"
#include "sim/scenario/reference.h"
#include "sim/study/study_settings.h"
#include <stdio.h>
#include <string.h>

static void add_scenario(struct text *out, const struct model *model)
{
    reference_write(model->settings, out);
}

static void add_series(struct text *out, const struct series *series)
{
    text_add_format(out, "%s: %s\n", series->file, series->meaning);
    for (size_t i = 0; series->columns && i < series->column_count; i++)
        text_add_format(out, "  %-24s %s\n", series->columns[i].name, series->columns[i].meaning);
    text_add_char(out, '\n');
}

static void add_results(struct text *out, const struct model *model)
{
    text_add(
        out,
        "Times are seconds since the start of the run. An empty cell means \"never\" or \"has none\".\n\n");
    for (size_t i = 0; i < model->series_count; i++)
        add_series(out, &model->series[i]);
    text_add(
        out,
        "scenario.yaml: the scenario as it ran, every default filled in; running it gives the same "
        "results\n\n"
        "summary.json: what the run comes to\n"
        "  name, description        of the scenario\n"
        "  seed, version            of the run: with the scenario, all that it depends on\n"
        "  duration_s               simulated time, in seconds\n"
        "  events                   handled, a count\n"
        "  fingerprint              of all events and decisions, in their order\n"
        "  expectations             each promise, whether it was kept, and how it was broken; of a number "
        "out\n"
        "                           of its bound, the `worst` value and how long it was `outside`, in s\n");
    text_add(out, model->figure_help());
}

static void add_aws(struct text *out, const struct model *model)
{
    text_add(out, model->aws_help());
}

static void add_study(struct text *out, const struct model *model)
{
    (void)model;
    command_add_help(out, &command_study);
    text_add(out, "\nA study file:\n\n");
    reference_write(&study_file_shape, out);
}

static const struct topic {
    const char *name;
    void (*add)(struct text *, const struct model *);
} topics[] = {
    {"scenario", add_scenario}, {"results", add_results}, {"aws", add_aws}, {"study", add_study}, {0}};

enum { MOST_NAMES = 64 };

static int unknown_topic(const char *name)
{
    const char *names[MOST_NAMES + 1] = {0};
    size_t count = 0;
    for (const struct topic *topic = topics; topic->name; topic++)
        names[count++] = topic->name;
    for (size_t i = 0; commands[i] && count < MOST_NAMES; i++)
        names[count++] = commands[i]->name;
    return command_unknown("topic", name, names);
}

static bool add_topic(struct text *out, const struct model *model, const char *name)
{
    for (const struct topic *topic = topics; topic->name; topic++)
        if (!strcmp(topic->name, name)) {
            topic->add(out, model);
            return true;
        }
    const struct command *command = command_find(name);
    if (command)
        command_add_help(out, command);
    return command;
}

static int help(const struct model *model, const void *values, const struct words *operands)
{
    (void)values;
    struct text out = {0};
    if (!operands->count)
        command_add_overview(&out);
    else if (!add_topic(&out, model, operands->items[0]))
        return unknown_topic(operands->items[0]);
    if (out.length)
        fwrite(out.bytes, 1, out.length, stdout);
    text_free(&out);
    return STATUS_FINE;
}

const struct command command_help = {
    .name = "help",
    .operands = "[TOPIC]",
    .most_operands = 1,
    .meaning =
        "this, a command, or scenario, study (every key), results (every column), aws (from a live cluster)",
    .run = help,
};
