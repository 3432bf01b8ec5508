/* What a study leans on: runs of one bound scenario leave it as it was, and come to the same figures whether
 * or not anybody looks at the rows. Tried on every shipped scenario. */
#include "models/ecs/ecs.h"
#include "sim/engine/run.h"
#include "sim/report/summary.h"
#include "sim/scenario/scenario.h"
#include "tests/group.h"
#include <glob.h>

static void look_away(struct observer *observer, size_t series, const struct value *values)
{
    (void)observer;
    (void)series;
    (void)values;
}

static void play(const void *settings, uint64_t seed, bool watched, struct text *summary)
{
    struct observer observer = {.row = look_away, .wants = UINT64_MAX};
    struct verdict *verdicts;
    size_t count;
    struct run *run = run_new(&ecs_model, settings);
    run->seed = seed;
    if (watched)
        run_observe(run, &observer);
    run_play(run);
    run->model->judge(run->world, &verdicts, &count);
    text_clear(summary);
    summary_add(summary, run, verdicts, count);
    run_free(run);
}

static void try_scenario(const char *path)
{
    struct text first = {0}, other = {0}, again = {0}, watched = {0};
    struct scenario *scenario = scenario_read(&ecs_model, path, NULL, 0);
    assert_int_equal(scenario->errors, 0);
    play(scenario->settings, 1, false, &first);
    play(scenario->settings, 2, false, &other);
    play(scenario->settings, 1, false, &again);
    play(scenario->settings, 1, true, &watched);
    assert_string_equal(first.bytes, again.bytes);
    assert_string_equal(first.bytes, watched.bytes);
    assert_string_not_equal(first.bytes, other.bytes);
    scenario_free(scenario);
    text_free(&first);
    text_free(&other);
    text_free(&again);
    text_free(&watched);
}

static void runs_of_one_bound_scenario_do_not_know_of_each_other(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob("scenarios/*.yaml", 0, NULL, &found), 0);
    assert_true(found.gl_pathc > 50);
    for (size_t i = 0; i < found.gl_pathc; i++)
        try_scenario(found.gl_pathv[i]);
    globfree(&found);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_of_one_bound_scenario_do_not_know_of_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
