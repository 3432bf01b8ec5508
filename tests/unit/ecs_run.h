/* Small scenarios of the ECS model, played in memory: what their marks, calls and events say, as lines of
 * text. */
#ifndef TESTS_UNIT_ECS_RUN_H
#define TESTS_UNIT_ECS_RUN_H

#include "models/ecs/ecs.h"
#include "models/ecs/results/rows.h"
#include "sim/scenario/scenario.h"
#include "tests/group.h"
#include <string.h>

/* Two zones, four Spot hosts of a group and two of their own; a service of six tasks, and one of a task on
 * FARGATE_SPOT. */
#define SMALL_CLUSTER                                                                                        \
    "duration: 1h\n"                                                                                         \
    "availabilityZones: [us-east-1a, us-east-1b]\n"                                                          \
    "autoScalingGroups:\n"                                                                                   \
    "  - {autoScalingGroupName: fleet, instanceType: m5.large, minSize: 1, desiredCapacity: 4, maxSize: "    \
    "6, simulation: {market: spot}}\n"                                                                       \
    "containerInstances: [{count: 2, instanceType: c5.large, availabilityZone: us-east-1a}]\n"               \
    "fileSystems: [{fileSystemId: fs-1, mountTargets: [us-east-1a, us-east-1b]}]\n"                          \
    "taskDefinitions:\n"                                                                                     \
    "  - {family: app, containerDefinitions: [{name: main, cpu: 256, memory: 512}]}\n"                       \
    "  - {family: app, containerDefinitions: [{name: main, cpu: 256, memory: 512}]}\n"                       \
    "  - {family: batch, taskRoleArn: webTaskRole, containerDefinitions: [{name: main, cpu: 256, memory: "   \
    "512}]}\n"                                                                                               \
    "  - {family: spare, networkMode: awsvpc, cpu: 256, memory: 512, containerDefinitions: [{name: "         \
    "main}]}\n"                                                                                              \
    "services:\n"                                                                                            \
    "  - {serviceName: web, taskDefinition: \"app:1\", desiredCount: 6}\n"                                   \
    "  - {serviceName: spare, taskDefinition: spare, desiredCount: 1, capacityProviderStrategy: "            \
    "[{capacityProvider: FARGATE_SPOT, weight: 1}]}\n"

struct ecs_run {
    struct observer observer; /* first: rows find their run by it */
    struct scenario *scenario;
    struct run *run;
    struct text marks, calls, events; /* a line each: "60 crashed", {"time_s": …}, {"version": …} */
};

static inline void ecs_run_row(struct observer *observer, size_t series, const struct value *values)
{
    struct ecs_run *seen = (struct ecs_run *)observer;
    if (series == SERIES_CALLS) {
        text_add_format(&seen->calls, "%s\n", values[0].text);
    } else if (series == SERIES_EVENTS) {
        text_add_format(&seen->events, "%s\n", values[0].text);
    } else if (strcmp(values[2].text, "failure") == 0) {
        text_add_seconds(&seen->marks, values[0].integer);
        text_add_format(&seen->marks, " %s\n", values[3].text);
    }
}

/* The world of t = 0 is there only once it is played or begun. */
static inline struct ecs_run *ecs_run_new(const char *text)
{
    struct ecs_run *seen = memory_alloc(sizeof *seen);
    *seen = (struct ecs_run){.observer = {.row = ecs_run_row}};
    seen->observer.wants =
        UINT64_C(1) << SERIES_CALLS | UINT64_C(1) << SERIES_MARKS | UINT64_C(1) << SERIES_EVENTS;
    seen->scenario = scenario_read_text(&ecs_model, "test.yaml", text, strlen(text), NULL, 0);
    if (seen->scenario->errors)
        scenario_print_mistakes(seen->scenario, stderr);
    assert_int_equal(seen->scenario->errors, 0);
    seen->run = run_new(&ecs_model, seen->scenario->settings);
    run_observe(seen->run, &seen->observer);
    text_add(&seen->marks, "");
    text_add(&seen->calls, "");
    text_add(&seen->events, "");
    return seen;
}

static inline struct world *ecs_run_begin(struct ecs_run *seen)
{
    seen->run->world = ecs_model.begin(seen->run, seen->run->settings);
    return seen->run->world;
}

static inline struct ecs_run *ecs_run_play(const char *text)
{
    struct ecs_run *seen = ecs_run_new(text);
    run_play(seen->run);
    return seen;
}

/* On SMALL_CLUSTER, which `rest` goes on. */
static inline struct ecs_run *ecs_run_play_small(const char *rest)
{
    struct text text = {0};
    text_add(&text, SMALL_CLUSTER);
    text_add(&text, rest);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    text_free(&text);
    return seen;
}

/* The text has these parts, in this order. */
static inline void assert_parts(const char *text, const char *const *parts)
{
    for (const char *from = text; *parts; parts++) {
        const char *found = strstr(from, *parts);
        if (!found)
            fail_msg("no `%s` in what is left:\n%s", *parts, from);
        from = found + strlen(*parts);
    }
}

#define ASSERT_PARTS(text, ...) assert_parts(text, (const char *const[]){__VA_ARGS__, NULL})

static inline void ecs_run_free(struct ecs_run *seen)
{
    run_free(seen->run);
    scenario_free(seen->scenario);
    text_free(&seen->marks);
    text_free(&seen->calls);
    text_free(&seen->events);
    free(seen);
}

#endif
