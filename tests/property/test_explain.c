/* Explanations of random worlds: whatever is asked, at whatever instant, is answered in words, and to listen
 * and to look leaves no trace in the run.
 *
 * test_explain [COUNT [FIRST]] asks of COUNT random scenarios. */
#include "models/ecs/ecs.h"
#include "models/ecs/world.h"
#include "sim/scenario/scenario.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/property/random_scenario.h"

struct asking {
    const struct scenario *scenario;
    uint64_t number, fingerprint; /* of the run that nobody looked at */
    uint64_t answers, refusals;
};

static void assert_is_told(const struct asking *asking, const struct question *question, const char *words)
{
    if (!words || !*words || strstr(words, "(null)") || words[strlen(words) - 1] != '\n')
        fail_msg("scenario %lu: %s %s at %ld: %s", (unsigned long)asking->number,
                 question->subject ? question->subject : "", question->part ? question->part : "",
                 (long)question->at, words ? words : "nothing");
}

static void ask(struct asking *asking, const struct question *question)
{
    struct text answer = {0}, mistake = {0};
    struct run *run = run_new(&ecs_model, asking->scenario->settings);
    void *listener = ecs_model.listen(run, question, &mistake);
    assert_non_null(listener);
    run_begin(run);
    run_advance(run, question->at);
    ecs_model.look(listener);
    run_finish(run);
    bool answered = ecs_model.answer(listener, &answer, &mistake);
    if (answered)
        assert_is_told(asking, question, answer.bytes);
    else
        assert_non_null(strstr(mistake.bytes, "there is no task"));
    assert_true(answered || question->part);
    if (run->fingerprint != asking->fingerprint)
        fail_msg("scenario %lu: the run that was asked is another", (unsigned long)asking->number);
    asking->answers += answered;
    asking->refusals += !answered;
    run_free(run);
    text_free(&answer);
    text_free(&mistake);
}

static void ask_of_everybody(struct asking *asking, const struct world *world, rng_key key)
{
    simtime duration = world->settings->run.duration;
    uint64_t roll = 0;
    for (uint32_t i = 0; i < world->service_count; i++) {
        const char *name = world->services[i].name;
        struct text task = {0};
        text_add_format(&task, "%s-%lu", name, (unsigned long)(1 + rng_below(key, roll++, 6)));
        simtime at = (simtime)rng_below(key, roll++, (uint64_t)duration / SIMTIME_SECOND) * SIMTIME_SECOND;
        ask(asking, &(struct question){name, NULL, at});
        ask(asking, &(struct question){name, NULL, duration});
        ask(asking, &(struct question){NULL, task.bytes, at});
        ask(asking, &(struct question){name, task.bytes, duration});
        text_free(&task);
    }
}

static struct scenario *read_scenario(uint64_t number, struct text *yaml)
{
    random_scenario_write(yaml, number);
    struct scenario *scenario =
        scenario_read_text(&ecs_model, "random.yaml", yaml->bytes, yaml->length, NULL, 0);
    assert_int_equal(scenario->errors, 0);
    return scenario;
}

static void ask_of_scenario(uint64_t number, struct asking *asking)
{
    struct text yaml = {0};
    struct scenario *scenario = read_scenario(number, &yaml);
    struct run *plain = run_new(&ecs_model, scenario->settings);
    run_play(plain);
    asking->scenario = scenario;
    asking->number = number;
    asking->fingerprint = plain->fingerprint;
    ask_of_everybody(asking, plain->world, rng_open(number, 0, rng_name("explain"), 0));
    run_free(plain);
    scenario_free(scenario);
    text_free(&yaml);
}

struct range {
    uint64_t first, count;
};

static void whatever_is_asked_is_answered_and_changes_nothing(void **state)
{
    const struct range *range = *state;
    struct asking asking = {0};
    for (uint64_t i = 0; i < range->count; i++)
        ask_of_scenario(range->first + i, &asking);
    assert_true(asking.answers > 4 * range->count);
    assert_true(asking.answers > 4 * asking.refusals);
}

int main(int argc, char **argv)
{
    struct range range = {
        .count = argc > 1 ? strtoull(argv[1], NULL, 10) : 60,
        .first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1,
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(whatever_is_asked_is_answered_and_changes_nothing, &range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
