/* Which percentages the map recommends, and what it asks of a scenario. Settings are written as
 * minimum, maximum, seconds, least healthy, extra tasks, of four that are desired. */
#include "models/ecs/ecs.h"
#include "models/ecs/results/percent_map.h"
#include "sim/scenario/scenario.h"
#include "tests/unit/unit.h"
#include <string.h>

#define BILLION INT64_C(1000000000)
#define COUNT(array) (sizeof(array) / sizeof *(array))

struct setting {
    const char *minimum, *maximum;
    int64_t seconds, least_healthy, extra_tasks;
};

static void assert_recommended(const struct setting *given, size_t count, size_t chosen, const char *sentence)
{
    static const int decimals[MAP_FIGURES] = {9, 9, 9, 9};
    int64_t figures[20][MAP_FIGURES];
    struct map_setting settings[20];
    struct text said = {0};
    for (size_t i = 0; i < count; i++) {
        figures[i][MAP_DURATION] = given[i].seconds * BILLION;
        figures[i][MAP_LEAST_HEALTHY] = given[i].least_healthy * BILLION;
        figures[i][MAP_EXTRA_TASKS] = given[i].extra_tasks * BILLION;
        figures[i][MAP_DESIRED] = 4 * BILLION;
        settings[i] = (struct map_setting){given[i].minimum, given[i].maximum, 1, figures[i], decimals};
    }
    assert_int_equal(ecs_percent_map.recommend(settings, count, &said), chosen);
    assert_string_equal(said.bytes, sentence);
    text_free(&said);
}

/* The promise of the most healthy tasks comes before any haste. */
static void healthy_first(void **state)
{
    (void)state;
    const struct setting settings[] = {
        {"0", "100", 70, 0, 0}, {"75", "100", 240, 3, 0}, {"100", "125", 200, 4, 1}, {"50", "200", 70, 2, 4}};
    assert_recommended(
        settings, COUNT(settings), 2,
        "It would choose 100/125: healthy never falls below 4 of 4, the deployment takes 3m20s "
        "and needs room for 1 more task. 75/100 needs no more room than the service has: "
        "healthy falls to 3 of 4, and it takes 4m. 50/200 is faster (1m10s), but healthy falls "
        "to 2 of 4.");
}

/* Of what is equally safe, the fastest; and what would be as safe with less room. */
static void then_the_fastest(void **state)
{
    (void)state;
    const struct setting settings[] = {
        {"100", "125", 240, 4, 1}, {"100", "150", 130, 4, 2}, {"100", "200", 60, 4, 4}};
    assert_recommended(settings, COUNT(settings), 2,
                       "It would choose 100/200: healthy never falls below 4 of 4, the deployment takes 1m "
                       "and needs room for 4 more tasks. As safe with less: 100/150 (2m10s, room for 2 more "
                       "tasks), 100/125 (4m, room for 1 more task).");
}

/* Of what is equally safe and fast, the one that needs least room. */
static void then_the_smallest(void **state)
{
    (void)state;
    const struct setting settings[] = {{"75", "200", 60, 3, 4}, {"75", "150", 60, 3, 2}};
    assert_recommended(
        settings, COUNT(settings), 1,
        "It would choose 75/150: healthy never falls below 3 of 4, the deployment takes 1m and "
        "needs room for 2 more tasks.");
}

/* Where the hosts have room for two more, all of these do the same. */
static void ties_go_to_the_default(void **state)
{
    (void)state;
    const struct setting settings[] = {
        {"100", "150", 130, 4, 2}, {"100", "200", 130, 4, 2}, {"100", "175", 130, 4, 2}};
    assert_recommended(
        settings, COUNT(settings), 1,
        "It would choose 100/200: healthy never falls below 4 of 4, the deployment takes 2m10s "
        "and needs room for 2 more tasks.");
}

static void else_to_the_smaller_maximum_and_the_greater_minimum(void **state)
{
    (void)state;
    const struct setting settings[] = {
        {"0", "150", 50, 0, 0}, {"0", "100", 50, 0, 0}, {"25", "100", 50, 0, 0}, {"0", "200", 50, 0, 0}};
    assert_recommended(settings, COUNT(settings), 2,
                       "It would choose 25/100: healthy never falls below 0 of 4, the deployment takes 50s "
                       "and needs no more room than the service has.");
}

/* What needs no more room and is faster at the same time is told once. */
static void each_alternative_once(void **state)
{
    (void)state;
    const struct setting settings[] = {{"0", "100", 50, 0, 0}, {"100", "125", 240, 4, 1}};
    assert_recommended(settings, COUNT(settings), 1,
                       "It would choose 100/125: healthy never falls below 4 of 4, the deployment takes 4m "
                       "and needs room for 1 more task. 0/100 needs no more room than the service has: "
                       "healthy falls to 0 of 4, and it takes 50s.");
}

static void of_one_there_is_no_choice(void **state)
{
    (void)state;
    const struct setting settings[] = {{"50", "100", 3700, 2, 0}};
    assert_recommended(
        settings, 1, 0,
        "It would choose 50/100: healthy never falls below 2 of 4, the deployment takes 1h1m40s "
        "and needs no more room than the service has.");
}

/* --- the scenario ----------------------------------------------------------------------------- */

static void assert_asked(const char *rest, const char *service, const char *set, const char *mistake)
{
    struct text scenario = {0};
    struct map_question question = {0};
    text_add(&scenario,
             "duration: 30m\n"
             "containerInstances: [{instanceType: m5.large, count: 2}]\n"
             "taskDefinitions: [{family: app, containerDefinitions: [{name: main, memory: 64}]}]\n"
             "services:\n"
             "  - {serviceName: web, taskDefinition: app, desiredCount: 4}\n"
             "  - {serviceName: shop, taskDefinition: app, desiredCount: 1, deploymentConfiguration: "
             "{strategy: BLUE_GREEN, bakeTimeInMinutes: 1}}\n");
    text_add(&scenario, rest);
    struct scenario *read =
        scenario_read_text(&ecs_model, "test.yaml", scenario.bytes, scenario.length, NULL, 0);
    assert_int_equal(read->errors, 0);
    ecs_percent_map.ask(read->settings, service, &question);
    assert_string_equal(question.set.length ? question.set.bytes : "", set);
    assert_int_equal(question.set.length > 0, question.note.length > 0);
    assert_string_equal(question.mistake.length ? question.mistake.bytes : "", mistake);
    text_free(&question.set);
    text_free(&question.note);
    text_free(&question.mistake);
    text_free(&scenario);
    scenario_free(read);
}

static void an_update_is_enough(void **state)
{
    (void)state;
    assert_asked("timeline: [{at: 5m, updateService: {service: web, taskDefinition: app}}]\n", "web", "", "");
}

/* What else of an updateService deploys (service_update.h). */
static void whatever_deploys_is_an_update(void **state)
{
    (void)state;
    static const char *const updates[] = {"forceNewDeployment: true", "platformVersion: 1.4.0",
                                          "serviceRegistries: [{registryArn: names}]"};
    struct text timeline = {0};
    for (size_t i = 0; i < sizeof updates / sizeof *updates; i++) {
        text_clear(&timeline);
        text_add_format(&timeline, "timeline: [{at: 5m, updateService: {service: web, %s}}]\n", updates[i]);
        assert_asked(timeline.bytes, "web", "", "");
    }
    text_free(&timeline);
}

/* --- why it does not finish ------------------------------------------------------------------- */

static void assert_why(const char *outcome, const char *stuck, const char *expected)
{
    struct text words = {0};
    ecs_percent_map.why(outcome, stuck, &words);
    assert_string_equal(words.bytes, expected);
    text_free(&words);
}

/* What is said of a host has it for its subject. */
static void a_reason_is_a_sentence(void **state)
{
    (void)state;
    assert_why("STUCK", "has insufficient CPU units available",
               "the closest container instance has insufficient CPU units available");
    assert_why("STUCK", "is already using a port required by your task",
               "the closest container instance is already using a port required by your task");
    assert_why("STUCK", "minimumHealthyPercent and maximumPercent leave no move",
               "minimumHealthyPercent and maximumPercent leave no move");
    assert_why("FAILED", NULL, "the deployment FAILED");
    assert_why("IN_PROGRESS", NULL, "it goes on when the run ends");
    assert_why(NULL, NULL, "nothing was deployed; calls.jsonl of a run says why");
}

static void without_one_it_is_deployed_anew(void **state)
{
    (void)state;
    assert_asked("timeline: [{at: 5m, updateService: {service: web, desiredCount: 5}},\n"
                 "  {at: 6m, updateService: {service: shop, forceNewDeployment: true}}]\n",
                 "web", "timeline[+]={at: 1m, updateService: {service: \"web\", forceNewDeployment: true}}",
                 "");
}

static void nobody_knows_when_what_starts_from_nothing_is_there(void **state)
{
    (void)state;
    assert_asked("start: empty\n", "web", "",
                 "nothing deploys `web`, which starts from nothing; say when: timeline: [{at: 10m, "
                 "updateService: {service: web, forceNewDeployment: true}}]");
}

static void percentages_of_an_update_are_in_the_way(void **state)
{
    (void)state;
    assert_asked("timeline: [{at: 5m, updateService: {service: web, forceNewDeployment: true, "
                 "deploymentConfiguration: {maximumPercent: 150}}}]\n",
                 "web", "",
                 "an updateService of the timeline sets the percentages of `web`, which the map is to vary; "
                 "leave its deploymentConfiguration out");
}

static void services_that_have_no_map(void **state)
{
    (void)state;
    assert_asked("", "wbe", "", "there is no service `wbe`; did you mean `web`?");
    assert_asked("", "database", "", "there is no service `database`");
    assert_asked("", "shop", "",
                 "`shop` is not deployed rolling, and the percentages are not what its deployment goes by");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(healthy_first),
        cmocka_unit_test(then_the_fastest),
        cmocka_unit_test(then_the_smallest),
        cmocka_unit_test(ties_go_to_the_default),
        cmocka_unit_test(else_to_the_smaller_maximum_and_the_greater_minimum),
        cmocka_unit_test(each_alternative_once),
        cmocka_unit_test(of_one_there_is_no_choice),
        cmocka_unit_test(an_update_is_enough),
        cmocka_unit_test(whatever_deploys_is_an_update),
        cmocka_unit_test(a_reason_is_a_sentence),
        cmocka_unit_test(without_one_it_is_deployed_anew),
        cmocka_unit_test(nobody_knows_when_what_starts_from_nothing_is_there),
        cmocka_unit_test(percentages_of_an_update_are_in_the_way),
        cmocka_unit_test(services_that_have_no_map),
    };
    return RUN_TESTS(tests);
}
