/* Workloads without the scenario reader: settings are filled through the tables that the reader would use,
 * and mistakes are counted. */
#ifndef TESTS_UNIT_WORKLOAD_FIXTURE_H
#define TESTS_UNIT_WORKLOAD_FIXTURE_H

#include "models/workload/workload.h"
#include "tests/group.h"
#include <stdio.h>
#include <string.h>

struct mistakes {
    struct arena *arena;
    int mistakes, warnings;
    const char *key; /* of the last one */
    char text[256];
};

static void note(struct mistakes *m, const char *key, const char *format, va_list arguments)
{
    m->key = key;
    vsnprintf(m->text, sizeof m->text, format, arguments);
}

void mistake(struct mistakes *m, const void *object, const char *key, const char *format, ...)
{
    (void)object;
    va_list arguments;
    va_start(arguments, format);
    note(m, key, format, arguments);
    va_end(arguments);
    m->mistakes++;
}

void warn(struct mistakes *m, const void *object, const char *key, const char *format, ...)
{
    (void)object;
    va_list arguments;
    va_start(arguments, format);
    note(m, key, format, arguments);
    va_end(arguments);
    m->warnings++;
}

struct arena *mistakes_arena(struct mistakes *m)
{
    return m->arena;
}

static inline int set_up_mistakes(void **state)
{
    struct arena *arena = arena_new();
    struct mistakes *m = arena_alloc(arena, sizeof *m);
    m->arena = arena;
    *state = m;
    return 0;
}

static inline int tear_down_mistakes(void **state)
{
    arena_free(((struct mistakes *)*state)->arena);
    return 0;
}

static inline void *field_of(void *object, const struct shape *shape, const char *key)
{
    for (const struct param *param = shape->params; param->key; param++)
        if (strcmp(param->key, key) == 0)
            return (char *)object + param->offset;
    fail_msg("%s has no %s", shape->name, key);
    return NULL;
}

static inline void set_number(const struct workload *workload, const char *key, int64_t value)
{
    *(int64_t *)field_of(workload->chosen.settings, workload->chosen.variant->shape, key) = value;
}

static inline void set_text(const struct workload *workload, const char *key, const char *value)
{
    *(const char **)field_of(workload->chosen.settings, workload->chosen.variant->shape, key) = value;
}

/* Numbers and times start as the reader leaves what was not given: ABSENT. */
static inline struct workload new_workload(struct mistakes *m, const struct variant *variant)
{
    struct workload workload = {{variant, arena_alloc(m->arena, variant->shape->size)}};
    for (const struct param *param = variant->shape->params; param->key; param++)
        if (param->type == PARAM_NUMBER || param->type == PARAM_DURATION || param->type == PARAM_TIME_OF_DAY)
            set_number(&workload, param->key, ABSENT);
    return workload;
}

static inline void check_workload(struct mistakes *m, const struct workload *workload)
{
    if (workload->chosen.variant->shape->check)
        workload->chosen.variant->shape->check(m, workload->chosen.settings, NULL);
}

static inline struct workload new_steady(struct mistakes *m, int64_t rate)
{
    struct workload workload = new_workload(m, &workload_steady);
    set_number(&workload, "rate", rate * MILLION);
    return workload;
}

static inline struct workload new_steps(struct mistakes *m, const int64_t (*steps)[2], size_t count)
{
    struct workload workload = new_workload(m, &workload_steps);
    struct workload_knot *knots = arena_array(m->arena, count, sizeof *knots);
    for (size_t i = 0; i < count; i++)
        knots[i] =
            (struct workload_knot){.at = steps[i][0] * SIMTIME_SECOND, .amount = steps[i][1] * MILLION};
    struct list *list = field_of(workload.chosen.settings, workload_steps.shape, "steps");
    *list = (struct list){count, knots};
    return workload;
}

/* daily and weekly */
static inline struct workload new_wave(struct mistakes *m, const struct variant *variant, int64_t low,
                                       int64_t high, int64_t peak_hour)
{
    struct workload workload = new_workload(m, variant);
    set_number(&workload, "low", low * MILLION);
    set_number(&workload, "high", high * MILLION);
    set_number(&workload, "peakAt", peak_hour * SIMTIME_HOUR);
    return workload;
}

static inline struct workload new_weekly(struct mistakes *m, int64_t low, int64_t high, int64_t weekend)
{
    struct workload workload = new_wave(m, &workload_weekly, low, high, 20);
    set_number(&workload, "weekend", weekend);
    return workload;
}

static inline struct workload new_burst(struct mistakes *m, int64_t base, int64_t high, simtime at,
                                        simtime length)
{
    struct workload workload = new_workload(m, &workload_burst);
    set_number(&workload, "base", base * MILLION);
    set_number(&workload, "high", high * MILLION);
    set_number(&workload, "at", at);
    set_number(&workload, "for", length);
    return workload;
}

/* With the defaults of trace. */
static inline struct workload new_trace(struct mistakes *m, const char *bytes)
{
    struct workload workload = new_workload(m, &workload_trace);
    struct data_file *file = arena_alloc(m->arena, sizeof *file);
    *file = (struct data_file){.path = "day.csv", .bytes = bytes, .size = strlen(bytes)};
    *(const struct data_file **)field_of(workload.chosen.settings, workload_trace.shape, "file") = file;
    set_text(&workload, "time", "0");
    set_text(&workload, "value", "1");
    set_number(&workload, "per", SIMTIME_MINUTE);
    set_number(&workload, "scale", MILLION);
    return workload;
}

#endif
