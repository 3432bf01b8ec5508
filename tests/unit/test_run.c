#include "sim/engine/run.h"
#include "tests/unit/given_dist.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

/* A model whose world is a diary of what the machine asked of it. */
struct diary_settings {
    struct run_settings run;
    simtime first_at, period;
    bool decides;
};

struct diary {
    struct run *run;
    const struct diary_settings *settings;
    event_handle pending;
    char text[2000];
};

static void write_down(struct diary *diary, const char *what)
{
    size_t length = strlen(diary->text);
    snprintf(diary->text + length, sizeof diary->text - length, "%s@%d ", what, (int)diary->run->now);
}

enum { TICK, ECHO };

static void tick(void *world, uint64_t subject, uint64_t argument)
{
    struct diary *diary = world;
    write_down(diary, "tick");
    run_count_subject(diary->run);
    diary->run->bytes_written += 100;
    run_schedule(diary->run, diary->run->now, PHASE_CONTROL, ECHO, subject, argument);
    run_schedule(diary->run, diary->run->now + diary->settings->period, PHASE_WORLD, TICK, subject, argument);
    if (diary->settings->decides)
        run_decide(diary->run, &(struct decision){.kind = 1, .why = 2, .who = subject, .chosen = 4});
}

static void echo(void *world, uint64_t subject, uint64_t argument)
{
    (void)subject;
    (void)argument;
    write_down(world, "echo");
}

static void *begin(struct run *run, const void *settings)
{
    struct diary *diary = arena_alloc(run->arena, sizeof *diary);
    *diary = (struct diary){.run = run, .settings = settings};
    diary->pending = run_schedule(run, diary->settings->first_at, PHASE_WORLD, TICK, 7, 9);
    return diary;
}

static void settle(void *world)
{
    struct diary *diary = world;
    write_down(diary, "settle");
    if (run_wants(diary->run, 1))
        run_row(diary->run, 1, (struct value[]){value_seconds(diary->run->now)});
}

static void finish(void *world)
{
    write_down(world, "finish");
}

static const struct event_kind events[] = {{"tick", tick}, {"echo", echo}};
static const struct model model = {
    .events = events, .event_count = 2, .begin = begin, .settle = settle, .finish = finish};

static struct diary_settings settings_of(simtime duration)
{
    return (struct diary_settings){
        .run = {.seed = 1, .duration = duration, .limits = {.events = 1000, .tasks = 1000, .bytes = 100000}},
        .first_at = 0,
        .period = 10,
    };
}

static void assert_diary(const struct diary_settings *settings, const char *expected, const char *stopped_by)
{
    struct run *run = run_new(&model, settings);
    run_play(run);
    assert_string_equal(((struct diary *)run->world)->text, expected);
    if (stopped_by)
        assert_string_equal(run->stopped_by, stopped_by);
    else
        assert_null(run->stopped_by);
    run_free(run);
}

static void an_instant_is_settled_once_after_all_its_events(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(15);
    assert_diary(&settings, "tick@0 echo@0 settle@0 tick@10 echo@10 settle@10 finish@15 ", NULL);
}

static void the_beginning_is_settled_even_if_nothing_happens_at_0(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(15);
    settings.first_at = 4;
    assert_diary(&settings, "settle@0 tick@4 echo@4 settle@4 tick@14 echo@14 settle@14 finish@15 ", NULL);
    settings.first_at = 16;
    assert_diary(&settings, "settle@0 finish@15 ", NULL);
}

static void the_last_instant_belongs_to_the_run(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(10);
    assert_diary(&settings, "tick@0 echo@0 settle@0 tick@10 echo@10 settle@10 finish@10 ", NULL);
}

static void a_run_in_steps_is_the_same_run(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(25);
    struct run *whole = run_new(&model, &settings), *steps = run_new(&model, &settings);
    run_play(whole);
    run_begin(steps);
    for (simtime at = 0; at <= 24; at += 4) {
        run_advance(steps, at);
        assert_int_equal(steps->now, at);
    }
    assert_string_equal(((struct diary *)steps->world)->text,
                        "tick@0 echo@0 settle@0 tick@10 echo@10 settle@10 tick@20 echo@20 settle@20 ");
    run_finish(steps);
    assert_string_equal(((struct diary *)steps->world)->text, ((struct diary *)whole->world)->text);
    assert_true(steps->fingerprint == whole->fingerprint);
    assert_int_equal(steps->event_number, whole->event_number);
    run_free(whole);
    run_free(steps);
}

static void a_run_that_a_limit_has_stopped_goes_no_further(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(100);
    settings.run.limits.events = 3;
    struct run *run = run_new(&model, &settings);
    run_begin(run);
    run_advance(run, 50);
    assert_non_null(run->stopped_by);
    run_advance(run, 60);
    run_finish(run);
    assert_string_equal(((struct diary *)run->world)->text,
                        "tick@0 echo@0 settle@0 tick@10 settle@10 finish@10 ");
    run_free(run);
}

static void limits_stop_a_runaway_with_a_sentence(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(SIMTIME_DAY);
    settings.run.limits.events = 3;
    assert_diary(&settings, "tick@0 echo@0 settle@0 tick@10 settle@10 finish@10 ",
                 "stopped by limits.events: 3 events were handled by 0.01ms of simulated time; raise "
                 "limits.events to go on");
    settings = settings_of(SIMTIME_DAY);
    settings.period = 2 * SIMTIME_HOUR;
    settings.run.limits.tasks = 1;
    struct run *run = run_new(&model, &settings);
    run_play(run);
    assert_string_equal(
        run->stopped_by,
        "stopped by limits.tasks: 2 tasks were made by 2h of simulated time; raise limits.tasks to go on");
    run_free(run);
    settings.run.limits = (struct run_limits){.events = 1000, .tasks = 1000, .bytes = 1000};
    run = run_new(&model, &settings);
    run_play(run);
    assert_string_equal(run->stopped_by,
                        "stopped by limits.bytes: 1,100 bytes were written by 20h of simulated "
                        "time; raise limits.bytes to go on");
    run_free(run);
}

static void again(void *world, uint64_t subject, uint64_t argument)
{
    struct run *run = world;
    run_schedule(run, run->now, PHASE_WORLD, 0, subject, argument);
}

static void *begin_again(struct run *run, const void *settings)
{
    (void)settings;
    run_schedule(run, SIMTIME_SECOND, PHASE_WORLD, 0, 0, 0);
    return run;
}

static void hear_of_event(void *world, const struct event *event)
{
    struct diary *diary = world;
    write_down(diary, event->kind == TICK ? "before tick" : "before echo");
    if (event->kind == ECHO)
        run_wake(diary->run);
}

static void a_model_at_rest_is_told_of_events_until_it_wakes(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(10);
    struct model resting = model;
    resting.wake = hear_of_event;
    struct run *run = run_new(&resting, &settings);
    run_begin(run);
    run_rest(run);
    run_finish(run);
    assert_string_equal(((struct diary *)run->world)->text,
                        "before tick@0 tick@0 before echo@0 echo@0 settle@0 tick@10 echo@10 settle@10 "
                        "finish@10 ");
    run_free(run);
}

static void time_that_stands_still_stops_the_run(void **state)
{
    (void)state;
    static const struct event_kind kinds[] = {{"again", again}};
    static const struct model still = {.events = kinds, .event_count = 1, .begin = begin_again};
    struct diary_settings settings = settings_of(SIMTIME_MINUTE);
    settings.run.limits.events = INT64_C(1) << 39;
    struct run *run = run_new(&still, &settings);
    run_play(run);
    assert_string_equal(run->stopped_by,
                        "stopped at 1s of simulated time, which stands still: 10,000,000 events at one "
                        "instant; something happens again and again and takes no time");
    run_free(run);
}

static void a_limit_that_is_just_reached_does_not_stop(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(15);
    settings.run.limits = (struct run_limits){.events = 4, .tasks = 2, .bytes = 200};
    assert_diary(&settings, "tick@0 echo@0 settle@0 tick@10 echo@10 settle@10 finish@15 ", NULL);
}

static uint64_t fingerprint_of(const struct diary_settings *settings)
{
    struct run *run = run_new(&model, settings);
    run_play(run);
    uint64_t fingerprint = run->fingerprint;
    run_free(run);
    return fingerprint;
}

static void the_fingerprint_tells_runs_apart(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(100), other = settings;
    assert_int_equal(fingerprint_of(&settings), fingerprint_of(&other));
    other.first_at = 1;
    assert_int_not_equal(fingerprint_of(&settings), fingerprint_of(&other));
    other = settings;
    other.decides = true;
    assert_int_not_equal(fingerprint_of(&settings), fingerprint_of(&other));
}

struct listener {
    struct observer observer;
    simtime last_row;
    int rows, decisions;
};

static void hear_row(struct observer *observer, size_t index, const struct value *values)
{
    struct listener *listener = (struct listener *)observer;
    assert_int_equal(index, 1);
    listener->rows++;
    listener->last_row = values[0].integer;
}

static void hear_decision(struct observer *observer, simtime at, const struct decision *decision)
{
    assert_int_equal(at % 10, 0);
    assert_int_equal(decision->who, 7);
    ((struct listener *)observer)->decisions++;
}

static void observers_hear_what_they_want(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(25);
    settings.decides = true;
    struct listener all = {.observer = {.row = hear_row, .decision = hear_decision, .wants = 2}};
    struct listener other = {.observer = {.row = hear_row, .wants = 1}};
    struct run *run = run_new(&model, &settings);
    run_observe(run, &all.observer);
    run_observe(run, &other.observer);
    assert_true(run_wants(run, 0));
    assert_true(run_wants(run, 1));
    assert_false(run_wants(run, 2));
    run_play(run);
    assert_int_equal(all.rows, 3);
    assert_int_equal(all.last_row, 20);
    assert_int_equal(all.decisions, 3);
    assert_int_equal(other.rows, 0);
    run_free(run);
}

/* What the diary said when each event was told. */
struct witness {
    struct observer observer;
    struct run *run;
    char told[200];
};

static void hear_event(struct observer *observer, const struct event *event)
{
    struct witness *witness = (struct witness *)observer;
    const struct diary *diary = witness->run->world;
    size_t length = strlen(witness->told), so_far = strlen(diary->text);
    snprintf(witness->told + length, sizeof witness->told - length, "%s@%d after %d, ",
             events[event->kind].name, (int)event->at, (int)so_far);
}

static void events_are_told_before_they_are_handled(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(15);
    struct run *run = run_new(&model, &settings);
    struct witness witness = {.observer = {.event = hear_event}, .run = run};
    run_observe(run, &witness.observer);
    run_play(run);
    assert_string_equal(((struct diary *)run->world)->text,
                        "tick@0 echo@0 settle@0 tick@10 echo@10 settle@10 finish@15 ");
    assert_string_equal(witness.told, "tick@0 after 0, echo@0 after 7, tick@10 after 23, echo@10 after 31, ");
    run_free(run);
}

static void a_cancelled_event_is_forgotten(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(25);
    struct run *run = run_new(&model, &settings);
    event_handle handle = run_schedule(run, 5, PHASE_WORLD, ECHO, 0, 0), none = 0;
    assert_int_not_equal(handle, 0);
    run_cancel(run, &handle);
    assert_int_equal(handle, 0);
    run_cancel(run, &none);
    assert_int_equal(queue_length(run->queue), 0);
    run_free(run);
}

static void draws_follow_the_seed_and_the_name(void **state)
{
    (void)state;
    struct diary_settings settings = settings_of(25);
    struct run *run = run_new(&model, &settings);
    assert_int_equal(run_key(run, 2, 3, 4), rng_open(1, 2, 3, 4));
    struct dist dist = given_dist(run->arena, "constant", 12, ABSENT);
    assert_int_equal(run_draw(run, &dist, 2, 3, 4), 12);
    run_free(run);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_instant_is_settled_once_after_all_its_events),
        cmocka_unit_test(the_beginning_is_settled_even_if_nothing_happens_at_0),
        cmocka_unit_test(the_last_instant_belongs_to_the_run),
        cmocka_unit_test(a_run_in_steps_is_the_same_run),
        cmocka_unit_test(a_run_that_a_limit_has_stopped_goes_no_further),
        cmocka_unit_test(limits_stop_a_runaway_with_a_sentence),
        cmocka_unit_test(a_model_at_rest_is_told_of_events_until_it_wakes),
        cmocka_unit_test(time_that_stands_still_stops_the_run),
        cmocka_unit_test(a_limit_that_is_just_reached_does_not_stop),
        cmocka_unit_test(the_fingerprint_tells_runs_apart),
        cmocka_unit_test(observers_hear_what_they_want),
        cmocka_unit_test(events_are_told_before_they_are_handled),
        cmocka_unit_test(a_cancelled_event_is_forgotten),
        cmocka_unit_test(draws_follow_the_seed_and_the_name),
    };
    return RUN_TESTS(tests);
}
