/* Decisions and events in words: every decision of random worlds has some, the same in a second run; every
 * kind comes about.
 *
 * test_describe [COUNT] plays COUNT random scenarios, and the ones below. */
#include "models/ecs/ecs.h"
#include "models/ecs/events.h"
#include "sim/scenario/scenario.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/property/random_scenario.h"

/* --- what is said ----------------------------------------------------------------------------- */

struct listener {
    struct observer observer; /* first: decisions find their listener by it */
    struct run *run;
    uint64_t *seen;      /* by kind; NULL: nobody counts */
    const char *subject; /* only its words; NULL: all */
    struct text words;   /* a line each */
    struct text events;  /* likewise */
};

static void assert_is_a_sentence(const char *words)
{
    const char *colon = strstr(words, ": ");
    assert_true(colon && colon > words && colon[2]);
    assert_null(strstr(words, "(null)"));
    assert_null(strchr(words, '\n'));
}

static void hear(struct observer *observer, simtime at, const struct decision *decision)
{
    struct listener *listener = (struct listener *)observer;
    struct text words = {0};
    ecs_model.describe(listener->run->world, decision, &words);
    assert_is_a_sentence(words.bytes);
    if (listener->seen)
        listener->seen[decision->kind]++;
    if (!listener->subject || !strncmp(words.bytes, listener->subject, strlen(listener->subject))) {
        text_add_seconds(&listener->words, at);
        text_add_format(&listener->words, " %s\n", words.bytes);
    }
    text_free(&words);
}

/* Of an event whose subject is gone nothing is said. */
static void hear_event(struct observer *observer, const struct event *event)
{
    struct listener *listener = (struct listener *)observer;
    struct text words = {0};
    ecs_model.describe_event(listener->run->world, event, &words);
    if (words.length) {
        assert_non_null(strstr(words.bytes, ecs_model.events[event->kind].name));
        assert_null(strstr(words.bytes, "(null)"));
        assert_null(strchr(words.bytes, '\n'));
        text_add_seconds(&listener->events, event->at);
        text_add_format(&listener->events, " %s\n", words.bytes);
    }
    text_free(&words);
}

/* All that is said in a run; of its decisions only the subject's, if it is given. `events` may be NULL. */
static struct text listen_to_all(const char *yaml, const char *subject, uint64_t *seen, struct text *events)
{
    struct scenario *scenario = scenario_read_text(&ecs_model, "test.yaml", yaml, strlen(yaml), NULL, 0);
    if (scenario->errors)
        scenario_print_mistakes(scenario, stderr);
    assert_int_equal(scenario->errors, 0);
    struct listener listener = {
        .observer = {.decision = hear, .event = hear_event},
        .run = run_new(&ecs_model, scenario->settings),
        .seen = seen,
        .subject = subject,
    };
    text_add(&listener.words, "");
    run_observe(listener.run, &listener.observer);
    run_play(listener.run);
    run_free(listener.run);
    scenario_free(scenario);
    if (events)
        *events = listener.events;
    else
        text_free(&listener.events);
    return listener.words;
}

/* All decisions of a run, of the subject or of all. */
static struct text listen(const char *yaml, const char *subject, uint64_t *seen)
{
    return listen_to_all(yaml, subject, seen, NULL);
}

static void assert_says(const char *yaml, const char *const *lines)
{
    struct text said = listen(yaml, NULL, NULL);
    for (; *lines; lines++)
        if (!strstr(said.bytes, *lines))
            fail_msg("no `%s` in:\n%s", *lines, said.bytes);
    text_free(&said);
}

#define ASSERT_SAYS(yaml, ...) assert_says(yaml, (const char *const[]){__VA_ARGS__, NULL})

/* --- words ------------------------------------------------------------------------------------ */

/* Room for two tasks on each of two hosts; the third host comes with a larger desired capacity. */
#define SMALL                                                                                                \
    "duration: 30m\n"                                                                                        \
    "availabilityZones: [us-east-1a, us-east-1b]\n"                                                          \
    "instanceTypes: [{instanceType: small, vcpu: 1, memoryMiB: 4096}]\n"                                     \
    "autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: small, minSize: 1, desiredCapacity: "   \
    "2, maxSize: 4}]\n"                                                                                      \
    "taskDefinitions:\n"                                                                                     \
    "  - {family: App, containerDefinitions: [{name: main, cpu: 512, memory: 256}]}\n"                       \
    "  - {family: App, containerDefinitions: [{name: main, cpu: 512, memory: 256}]}\n"                       \
    "services:\n"                                                                                            \
    "  - {serviceName: web, taskDefinition: \"App:1\", desiredCount: 2, deploymentConfiguration: "           \
    "{minimumHealthyPercent: 50, maximumPercent: 100}}\n"

static void tasks_hosts_and_deployments_are_called_by_name(void **state)
{
    (void)state;
    ASSERT_SAYS(SMALL "timeline:\n"
                      "  - {at: 1m, updateService: {service: web, taskDefinition: \"App:2\"}}\n"
                      "  - {at: 10m, setDesiredCapacity: {autoScalingGroupName: fleet, desiredCapacity: 3}}\n"
                      "  - {at: 20m, setDesiredCapacity: {autoScalingGroupName: fleet, desiredCapacity: 2}}\n"
                      "  - {at: 25m, runTask: {taskDefinition: \"App:2\"}}\n",
                "0 fleet: launch fleet-1 (small) in us-east-1a\n",
                "0 web: start web-1 of App:1 on fleet-1 (us-east-1a)\n", "60 web: deploy App:2 (ecs-svc/2)\n",
                " web: stop web-1 of App:1 on fleet-1 (us-east-1a)\n",
                "600 fleet: launch fleet-3 (small) in us-east-1a\n", "1200 fleet: terminate fleet-",
                "1500 family:App: start App-1 of App:2 on fleet-");
}

static void events_name_whom_they_are_about(void **state)
{
    static const char yaml[] =
        SMALL "timeline:\n"
              "  - {at: 1m, updateService: {service: web, taskDefinition: \"App:2\"}}\n"
              "  - {at: 10m, setDesiredCapacity: {autoScalingGroupName: fleet, desiredCapacity: 3}}\n";
    static const char *const lines[] = {"60 timeline\n",
                                        "60 service scheduler's tick\n",
                                        " web-3 (PENDING): task step\n",
                                        " web-3 (RUNNING): task settles\n",
                                        " fleet-3: instance ready\n",
                                        "600 fleet: Auto Scaling group acts\n",
                                        NULL};
    struct text events, words = listen_to_all(yaml, NULL, NULL, &events);
    (void)state;
    for (const char *const *line = lines; *line; line++)
        if (!strstr(events.bytes, *line))
            fail_msg("no `%s` in:\n%s", *line, events.bytes);
    text_free(&words);
    text_free(&events);
}

static void a_task_without_room_names_the_closest_host(void **state)
{
    (void)state;
    ASSERT_SAYS(SMALL "timeline:\n"
                      "  - {at: 1m, updateService: {service: web, desiredCount: 5}}\n"
                      "  - {at: 2m, runTask: {taskDefinition: \"App:1\"}}\n",
                " web: no room: RESOURCE:CPU; closest was fleet-1\n",
                " family:App: no room: RESOURCE:CPU; closest was fleet-1\n");
}

static void percentages_that_leave_no_move_are_told(void **state)
{
    (void)state;
    ASSERT_SAYS(SMALL
                "timeline:\n"
                "  - {at: 1m, updateService: {service: web, desiredCount: 1, taskDefinition: \"App:2\"}}\n",
                " web: minimumHealthyPercent 50 and maximumPercent 100 leave no move\n");
}

static void a_scheduled_action_scales_a_service_or_a_group(void **state)
{
    (void)state;
    ASSERT_SAYS(SMALL
                "startTime: 2026-01-01T00:00:00Z\n"
                "scalableTargets: [{resourceId: service/default/web, minCapacity: 1, maxCapacity: 9}]\n"
                "scheduledActions: [{scheduledActionName: up, resourceId: service/default/web, schedule: "
                "\"at(2026-01-01T00:05:00)\", scalableTargetAction: {minCapacity: 3}}]\n"
                "scheduledUpdateGroupActions: [{scheduledActionName: wide, autoScalingGroupName: fleet, "
                "startTime: 2026-01-01T00:10:00Z, desiredCapacity: 4}]\n",
                "300 web: desired count 2 -> 3\n", "600 fleet: desired capacity 2 -> 4\n");
}

static void a_service_beside_it_changes_no_words(void **state)
{
    (void)state;
    static const char deploy[] =
        "timeline: [{at: 1m, updateService: {service: web, taskDefinition: \"App:2\"}}]\n";
    static const char idle[] = "  - {serviceName: idle, taskDefinition: \"App:1\", desiredCount: 0}\n";
    struct text alone = {0}, beside = {0};
    text_add_format(&alone, "%s%s", SMALL, deploy);
    text_add_format(&beside, "%s%s%s", SMALL, idle, deploy);
    struct text words = listen(alone.bytes, "web: ", NULL), same = listen(beside.bytes, "web: ", NULL);
    assert_non_null(strstr(words.bytes, "start web-4"));
    assert_string_equal(words.bytes, same.bytes);
    text_free(&alone);
    text_free(&beside);
    text_free(&words);
    text_free(&same);
}

/* --- every kind ------------------------------------------------------------------------------- */

static void every_decision_of_random_worlds_has_words_and_the_same_again(void **state)
{
    const uint64_t *count = *state;
    uint64_t seen[DECISION_COUNT] = {0};
    for (uint64_t number = 1; number <= *count; number++) {
        struct text yaml = {0};
        random_scenario_write(&yaml, number);
        struct text first = listen(yaml.bytes, NULL, seen), again = listen(yaml.bytes, NULL, NULL);
        if (strcmp(first.bytes, again.bytes))
            fail_msg("scenario %lu: a second run says something else", (unsigned long)number);
        text_free(&yaml);
        text_free(&first);
        text_free(&again);
    }
    for (int kind = 0; kind < DECISION_COUNT; kind++)
        if (!seen[kind])
            fail_msg("no scenario had a decision of the kind `%s`", ecs_model.decisions[kind]);
}

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 200;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks_hosts_and_deployments_are_called_by_name),
        cmocka_unit_test(events_name_whom_they_are_about),
        cmocka_unit_test(a_task_without_room_names_the_closest_host),
        cmocka_unit_test(percentages_that_leave_no_move_are_told),
        cmocka_unit_test(a_scheduled_action_scales_a_service_or_a_group),
        cmocka_unit_test(a_service_beside_it_changes_no_words),
        cmocka_unit_test_prestate(every_decision_of_random_worlds_has_words_and_the_same_again, &count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
