#include "sim/study/divergence.h"
#include "tests/unit/unit.h"
#include <string.h>

/* A model that decides what it was told to, when it was told to. */
struct line {
    simtime at;
    const char *words; /* ends with NULL */
};

struct script {
    struct run_settings run;
    const struct line *lines;
    uint64_t repeated; /* each line is decided so often */
    bool at_begin;     /* the first is decided before anything happens */
};

struct stage {
    struct run *run;
    const struct script *script;
};

static void decide(struct stage *stage, uint64_t line)
{
    run_decide(stage->run, &(struct decision){.chosen = line});
}

static void say_line(void *world, uint64_t line, uint64_t argument)
{
    (void)argument;
    struct stage *stage = world;
    for (uint64_t i = 0; i < stage->script->repeated; i++)
        decide(stage, line);
}

static void *begin(struct run *run, const void *settings)
{
    struct stage *stage = arena_alloc(run->arena, sizeof *stage);
    *stage = (struct stage){.run = run, .script = settings};
    run->world = stage; /* is asked to describe before it is returned */
    if (stage->script->at_begin)
        decide(stage, 0);
    for (size_t i = stage->script->at_begin; stage->script->lines[i].words; i++)
        run_schedule(run, stage->script->lines[i].at, PHASE_WORLD, 0, i, 0);
    return stage;
}

static void describe(void *world, const struct decision *decision, struct text *text)
{
    struct stage *stage = world;
    text_add(text, stage->script->lines[decision->chosen].words);
}

static const struct event_kind events[] = {{"say line", say_line}};
static const struct model model = {.events = events, .event_count = 1, .begin = begin, .describe = describe};

static struct script script_of(const struct line *lines)
{
    return (struct script){
        .run = {.duration = 1000 * SIMTIME_SECOND,
                .limits = {.events = INT64_MAX, .tasks = INT64_MAX, .bytes = INT64_MAX}},
        .lines = lines,
        .repeated = 1,
    };
}

struct pair {
    struct run *runs[2];
    struct divergence_watch *watch;
};

static const struct divergence *find(struct pair *pair, const struct script *first,
                                     const struct script *second)
{
    pair->runs[0] = run_new(&model, first);
    pair->runs[1] = run_new(&model, second);
    pair->watch = divergence_watch_new(pair->runs[0], pair->runs[1]);
    run_begin(pair->runs[0]);
    run_begin(pair->runs[1]);
    return divergence_find(pair->watch);
}

static void end(struct pair *pair)
{
    run_free(pair->runs[0]);
    run_free(pair->runs[1]);
    divergence_watch_free(pair->watch);
}

static void assert_told(const struct told_decision *told, simtime at, const char *words)
{
    assert_int_equal(told->at, at);
    assert_string_equal(told->words.bytes, words);
}

static const struct line five[] = {{0, "a"}, {10, "b"}, {10, "c"}, {20, "d"}, {30, "e"}, {0}};

static void a_run_has_everything_in_common_with_itself(void **state)
{
    (void)state;
    struct pair pair;
    struct script script = script_of(five);
    const struct divergence *divergence = find(&pair, &script, &script);
    assert_false(divergence->found);
    assert_int_equal(divergence->in_common, 5);
    end(&pair);
}

static void the_first_that_differs_is_told_with_those_before(void **state)
{
    (void)state;
    static const struct line other[] = {{0, "a"}, {10, "b"}, {10, "c"}, {20, "d"}, {30, "E"}, {40, "f"}, {0}};
    struct pair pair;
    struct script first = script_of(five), second = script_of(other);
    const struct divergence *divergence = find(&pair, &first, &second);
    assert_true(divergence->found);
    assert_int_equal(divergence->in_common, 4);
    assert_int_equal(divergence->before_count, 3);
    assert_told(&divergence->before[0], 10, "b");
    assert_told(&divergence->before[2], 20, "d");
    assert_told(&divergence->sides[0], 30, "e");
    assert_told(&divergence->sides[1], 30, "E");
    end(&pair);
}

static void a_decision_that_comes_later_differs(void **state)
{
    (void)state;
    static const struct line other[] = {{0, "a"}, {10, "b"}, {15, "c"}, {0}};
    struct pair pair;
    struct script first = script_of(five), second = script_of(other);
    const struct divergence *divergence = find(&pair, &first, &second);
    assert_int_equal(divergence->in_common, 2);
    assert_told(&divergence->sides[0], 10, "c");
    assert_told(&divergence->sides[1], 15, "c");
    assert_int_equal(pair.runs[0]->now, 10); /* nobody had to see the end */
    end(&pair);
}

static void one_that_decides_nothing_more_is_said_to(void **state)
{
    (void)state;
    static const struct line other[] = {{0, "a"}, {10, "b"}, {0}};
    struct pair pair;
    struct script first = script_of(five), second = script_of(other);
    const struct divergence *divergence = find(&pair, &first, &second);
    struct text text = {0};
    assert_int_equal(divergence->sides[1].at, SIMTIME_NEVER);
    divergence_add(&text, divergence, (const char *const[]){"one", "two"});
    assert_string_equal(text.bytes, "  both, at 0s: a\n"
                                    "  both, at 0.01ms: b\n"
                                    "  one, at 0.01ms: c\n"
                                    "  two, to its end: decides nothing more\n");
    text_free(&text);
    end(&pair);
}

static void what_a_run_decides_before_anything_happens_counts(void **state)
{
    (void)state;
    static const struct line other[] = {{0, "A"}, {10, "b"}, {0}};
    struct pair pair;
    struct script first = script_of(five), second = script_of(other);
    first.at_begin = second.at_begin = true;
    const struct divergence *divergence = find(&pair, &first, &second);
    assert_true(divergence->found);
    assert_int_equal(divergence->in_common, 0);
    assert_told(&divergence->sides[0], 0, "a");
    assert_told(&divergence->sides[1], 0, "A");
    end(&pair);
}

static void a_longer_run_is_compared_as_far_as_both_go(void **state)
{
    (void)state;
    struct pair pair;
    struct script first = script_of(five), second = script_of(five);
    first.run.duration = 20;
    const struct divergence *divergence = find(&pair, &first, &second);
    assert_false(divergence->found);
    assert_int_equal(divergence->in_common, 4);
    end(&pair);
}

static void a_run_that_a_limit_stops_is_compared_so_far(void **state)
{
    (void)state;
    struct pair pair;
    struct script first = script_of(five), second = script_of(five);
    second.run.limits.events = 2; /* in the middle of an instant */
    const struct divergence *divergence = find(&pair, &first, &second);
    assert_false(divergence->found);
    assert_int_equal(divergence->in_common, 1);
    end(&pair);
}

static void instants_that_would_look_the_same_are_told_exactly(void **state)
{
    (void)state;
    static const struct line early[] = {{90 * SIMTIME_SECOND, "x"}, {0}};
    static const struct line late[] = {{90 * SIMTIME_SECOND + 5, "x"}, {0}};
    struct pair pair;
    struct script first = script_of(early), second = script_of(late);
    struct text text = {0};
    divergence_add(&text, find(&pair, &first, &second), (const char *const[]){"one", "two"});
    assert_string_equal(text.bytes, "  one, at 90s: x\n  two, at 90.000005s: x\n");
    text_free(&text);
    end(&pair);
}

/* Two million decisions; the last differs. */
static void many_decisions_are_no_burden(void **state)
{
    (void)state;
    enum { LINES = 1000, REPEATED = 2000 };
    static struct line lines[2][LINES + 1];
    for (simtime i = 0; i < LINES; i++)
        lines[0][i] = lines[1][i] = (struct line){i, "the same"};
    lines[1][LINES - 1].words = "other";
    struct pair pair;
    struct script first = script_of(lines[0]), second = script_of(lines[1]);
    first.repeated = second.repeated = REPEATED;
    const struct divergence *divergence = find(&pair, &first, &second);
    assert_int_equal(divergence->in_common, (LINES - 1) * REPEATED);
    assert_told(&divergence->sides[1], LINES - 1, "other");
    end(&pair);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_has_everything_in_common_with_itself),
        cmocka_unit_test(the_first_that_differs_is_told_with_those_before),
        cmocka_unit_test(a_decision_that_comes_later_differs),
        cmocka_unit_test(one_that_decides_nothing_more_is_said_to),
        cmocka_unit_test(what_a_run_decides_before_anything_happens_counts),
        cmocka_unit_test(a_longer_run_is_compared_as_far_as_both_go),
        cmocka_unit_test(a_run_that_a_limit_stops_is_compared_so_far),
        cmocka_unit_test(instants_that_would_look_the_same_are_told_exactly),
        cmocka_unit_test(many_decisions_are_no_burden),
    };
    return RUN_TESTS(tests);
}
