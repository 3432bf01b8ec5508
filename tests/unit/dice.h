/* A model for the tests of studies: what comes out is told by the scenario and the seed at a glance. */
#ifndef TESTS_UNIT_DICE_H
#define TESTS_UNIT_DICE_H

#include "sim/engine/run.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct dice_table {
    const char *name;
    int64_t sides;
};

struct dice_settings {
    struct run_settings run;
    int64_t factor, bonus;
    int64_t kept_until; /* the last seed whose promise is kept */
    struct list tables;
};

struct dice {
    struct run *run;
    const struct dice_settings *settings;
    int64_t thrown;
};

/* Not every combination may be. */
static void check_dice(struct mistakes *mistakes, void *object, void *root)
{
    const struct dice_settings *settings = object;
    (void)root;
    if (settings->factor == 0)
        warn(mistakes, settings, "factor", "with a factor of 0 it is the bonus alone");
    if (settings->factor + settings->bonus == 13)
        mistake(mistakes, settings, "bonus", "factor and bonus make thirteen, which is refused");
}

static const struct param table_params[] = {
    {.key = "name",
     .type = PARAM_NAME,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct dice_table, name, const char *)},
    {.key = "sides",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct dice_table, sides, int64_t),
     .fallback = "6"},
    PARAM_END,
};
static const struct shape table_shape = {.name = "a table",
                                         .size = sizeof(struct dice_table),
                                         .params = table_params,
                                         .collection = "tables",
                                         .name_key = "name"};
static const struct param dice_params[] = {
    RUN_PARAMS(struct dice_settings),
    {.key = "factor",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct dice_settings, factor, int64_t),
     .fallback = "1",
     .most = INT64_C(1000000000000)},
    {.key = "bonus",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct dice_settings, bonus, int64_t),
     .fallback = "0",
     .most = INT64_C(1000000000000)},
    {.key = "keptUntil",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct dice_settings, kept_until, int64_t)},
    {.key = "tables",
     .type = PARAM_LIST,
     .offset = PARAM_OFFSET(struct dice_settings, tables, struct list),
     .shape = &table_shape},
    PARAM_END,
};
static const struct shape dice_shape = {
    .name = "the scenario", .size = sizeof(struct dice_settings), .params = dice_params, .check = check_dice};

/* A row for the key "early" at the begin and at 10 s, for "late" at 20 s and, with the same instant, twice.
 */
static void dice_row(struct dice *dice, const char *key)
{
    run_row(dice->run, 0,
            (struct value[]){value_seconds(dice->run->now), value_text(key), value_integer(dice->thrown++),
                             dice->thrown % 2 ? value_empty() : value_integer(-1)});
}

static void throw_dice(void *world, uint64_t subject, uint64_t argument)
{
    (void)argument;
    dice_row(world, subject ? "late" : "early");
    if (subject)
        dice_row(world, "late");
}

static void *begin_dice(struct run *run, const void *settings)
{
    struct dice *dice = arena_alloc(run->arena, sizeof *dice);
    *dice = (struct dice){.run = run, .settings = settings};
    dice_row(dice, "early");
    run_schedule(run, 10 * SIMTIME_SECOND, PHASE_WORLD, 0, 0, 0);
    run_schedule(run, 20 * SIMTIME_SECOND, PHASE_WORLD, 0, 1, 0);
    return dice;
}

static void judge_dice(void *world, struct verdict **verdicts, size_t *count)
{
    const struct dice *dice = world;
    bool kept = (int64_t)dice->run->seed <= dice->settings->kept_until;
    *count = dice->settings->kept_until != ABSENT;
    *verdicts = arena_array(dice->run->arena, 1, sizeof **verdicts);
    **verdicts =
        (struct verdict){.kept = kept, .promise = "the seed is small", .broken = kept ? NULL : "it is not"};
}

static void summarise_dice(void *world, struct json *json)
{
    const struct dice *dice = world;
    int64_t seed = (int64_t)dice->run->seed;
    json_integer(json, "total", dice->settings->factor * seed + dice->settings->bonus);
    json_decimal(json, "half", 5 * seed, 1);
    json_string(json, "word", seed % 3 ? "often, or so" : "seldom");
    if (seed % 2)
        json_integer(json, "odd", seed);
    json_begin_object(json, "tables");
    for (size_t i = 0; i < dice->settings->tables.count; i++) {
        const struct dice_table *table = (const struct dice_table *)dice->settings->tables.items + i;
        json_begin_object(json, table->name);
        json_integer(json, "sides", table->sides);
        json_end_object(json);
    }
    json_end_object(json);
}

/* Nothing is decided. */
static void describe_dice(void *world, const struct decision *decision, struct text *out)
{
    (void)world;
    (void)decision;
    text_add(out, "a throw");
}

static const struct event_kind dice_events[] = {{"throw", throw_dice}};
static const struct column dice_columns[] = {
    {"time_s", ""}, {"table", ""}, {"thrown", ""}, {"sometimes", ""}};
static const struct series dice_series[] = {
    {.file = "throws.csv", .meaning = "", .columns = dice_columns, .column_count = 4}};
static const char *const dice_fan_columns[] = {"thrown", "sometimes", NULL};
static const struct fan_source dice_fan = {
    .series_file = "throws.csv", .key_column = "table", .columns = dice_fan_columns, .unit = ""};
static const struct headline dice_headlines[] = {
    {.pattern = "total", .unit = "points", .more_is_better = true},
    {.pattern = "tables.*.sides", .unit = "sides"},
    {.pattern = "word", .unit = ""},
    {.pattern = NULL},
};
static int no_field_is_known(const char *section, const char *path)
{
    (void)section;
    (void)path;
    return 0;
}

static const struct model dice_model = {.settings = &dice_shape,
                                        .events = dice_events,
                                        .event_count = 1,
                                        .series = dice_series,
                                        .series_count = 1,
                                        .headlines = dice_headlines,
                                        .fan = &dice_fan,
                                        .known_field = no_field_is_known,
                                        .begin = begin_dice,
                                        .judge = judge_dice,
                                        .summarise = summarise_dice,
                                        .describe = describe_dice};

/* --- files of a test, in a folder of their own ------------------------------------------------ */

static int enter_folder(void **state)
{
    char *folder = strdup("/tmp/dice.XXXXXX");
    *state = folder;
    return !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
    free(*state);
    return chdir("/") || system(command);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

#endif
