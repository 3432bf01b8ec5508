/* Searches decide by numbers alone: every table of up to MOST values is gone through. */
#include "sim/engine/param.h"
#include "sim/study/form/frontier.h"
#include "sim/study/form/trial.h"
#include "tests/unit/unit.h"

enum { MOST = 10, MANY = 1000 };

/* A scenario: which values hold. Bit i of `table` is value i. */
struct game {
    unsigned table;
    size_t count, asked;
    enum answer answers[MOST];
};

static bool holds(const struct game *game, size_t value)
{
    return game->table >> value & 1;
}

static void ask_all(struct game *game)
{
    for (size_t value; (value = bisection_next(game->answers, game->count)) != BISECTION_NOTHING;) {
        assert_true(value < game->count);
        assert_int_equal(game->answers[value], ANSWER_NONE);
        game->answers[value] = holds(game, value) ? ANSWER_HOLDS : ANSWER_FAILS;
        game->asked++;
    }
}

static void the_border_has_evidence_on_both_sides(void **state)
{
    (void)state;
    for (size_t count = 1; count <= MOST; count++)
        for (unsigned table = 0; table < 1u << count; table++) {
            struct game game = {.table = table, .count = count};
            ask_all(&game);
            size_t border = bisection_border(game.answers, count);
            if (border == BISECTION_NOTHING) {
                assert_false(holds(&game, count - 1));
                assert_false(holds(&game, (count - 1) / 2));
                assert_false(holds(&game, 0));
                continue;
            }
            assert_true(holds(&game, border));
            assert_true(border == 0 || game.answers[border - 1] == ANSWER_FAILS);
            assert_true(border + 1 == count || game.answers[border + 1] != ANSWER_NONE);
        }
}

static void a_monotone_table_gives_its_border(void **state)
{
    (void)state;
    for (size_t count = 1; count <= MOST; count++)
        for (size_t border = 0; border <= count; border++) {
            struct game game = {.table = (1u << count) - (1u << border), .count = count};
            ask_all(&game);
            assert_int_equal(bisection_border(game.answers, count),
                             border < count ? border : BISECTION_NOTHING);
            assert_int_equal(bisection_contradiction(game.answers, count), BISECTION_NOTHING);
            assert_true(game.asked <= 6);
        }
}

static void few_of_many_are_asked(void **state)
{
    (void)state;
    static enum answer answers[MANY];
    for (size_t border = 0; border < MANY; border++) {
        size_t asked = 0;
        for (size_t i = 0; i < MANY; i++)
            answers[i] = ANSWER_NONE;
        for (size_t i; (i = bisection_next(answers, MANY)) != BISECTION_NOTHING; asked++)
            answers[i] = i >= border ? ANSWER_HOLDS : ANSWER_FAILS;
        assert_int_equal(bisection_border(answers, MANY), border);
        assert_true(asked <= 1 + 10 + 1); /* the greatest, ten halvings, the one above */
    }
}

static void a_larger_value_that_fails_is_told(void **state)
{
    (void)state;
    /* 4 is the border by halves; 5, beside it, fails. */
    struct game beside = {.table = 0x3d0, .count = 10};
    ask_all(&beside);
    assert_int_equal(bisection_border(beside.answers, beside.count), 4);
    assert_int_equal(bisection_contradiction(beside.answers, beside.count), 5);
    /* The greatest fails, one in the middle holds. */
    struct game middle = {.table = 0x01c, .count = 9};
    ask_all(&middle);
    assert_int_equal(bisection_border(middle.answers, middle.count), 2);
    assert_int_equal(bisection_contradiction(middle.answers, middle.count), 8);
    /* Only the least holds. */
    struct game least = {.table = 1, .count = 9};
    ask_all(&least);
    assert_int_equal(bisection_border(least.answers, least.count), 0);
    assert_int_equal(bisection_contradiction(least.answers, least.count), 1);
}

static void nothing_is_asked_of_nobody(void **state)
{
    (void)state;
    assert_int_equal(bisection_next(NULL, 0), BISECTION_NOTHING);
    assert_int_equal(bisection_border(NULL, 0), BISECTION_NOTHING);
    assert_int_equal(bisection_contradiction(NULL, 0), BISECTION_NOTHING);
}

/* --- trials ----------------------------------------------------------------------------------- */

static enum answer answer_of(size_t kept, size_t runs, size_t total, int64_t share_millionths)
{
    return trial_answer(&(struct trial){kept, runs, total, 0}, share_millionths);
}

static void a_trial_ends_when_its_end_is_sure(void **state)
{
    (void)state;
    assert_int_equal(answer_of(495, 500, 500, 990000), ANSWER_HOLDS);
    assert_int_equal(answer_of(494, 500, 500, 990000), ANSWER_FAILS);
    assert_int_equal(answer_of(27, 32, 500, 990000), ANSWER_NONE); /* five may break */
    assert_int_equal(answer_of(26, 32, 500, 990000), ANSWER_FAILS);
    assert_int_equal(answer_of(494, 495, 500, 990000), ANSWER_NONE);
    assert_int_equal(answer_of(0, 0, 500, 990000), ANSWER_NONE);
    assert_int_equal(answer_of(16, 16, 32, 500000), ANSWER_HOLDS);
    assert_int_equal(answer_of(31, 31, 32, 1000000), ANSWER_NONE);
    assert_int_equal(answer_of(30, 31, 32, 1000000), ANSWER_FAILS);
    assert_int_equal(answer_of(SIZE_MAX, SIZE_MAX, SIZE_MAX, 1000000), ANSWER_HOLDS);
}

/* Whoever stops early says what all runs would have said. */
static void an_early_answer_is_the_late_one(void **state)
{
    (void)state;
    enum { TOTAL = 40 };
    static const int64_t shares[] = {1, 250000, 333333, 900000, 975000, 975001, 990000, 1000000};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        for (size_t runs = 0; runs <= TOTAL; runs++)
            for (size_t kept = 0; kept <= runs; kept++) {
                enum answer early = answer_of(kept, runs, TOTAL, shares[i]);
                enum answer worst = answer_of(kept, TOTAL, TOTAL, shares[i]);
                enum answer best = answer_of(kept + TOTAL - runs, TOTAL, TOTAL, shares[i]);
                assert_int_not_equal(worst, ANSWER_NONE);
                assert_int_equal(early, worst == best ? worst : ANSWER_NONE);
            }
}

/* Runs that a limit stopped are neither for nor against. */
static void stopped_runs_are_not_judged(void **state)
{
    (void)state;
    static const struct {
        struct trial trial; /* kept, runs, total, stopped */
        int64_t share;
        enum answer answer;
    } cases[] = {
        {{90, 100, 100, 10}, 1000000, ANSWER_HOLDS}, {{89, 100, 100, 10}, 1000000, ANSWER_FAILS},
        {{0, 100, 100, 100}, 500000, ANSWER_FAILS},  {{0, 32, 100, 32}, 500000, ANSWER_NONE},
        {{45, 50, 100, 0}, 500000, ANSWER_NONE},     {{45, 50, 100, 5}, 500000, ANSWER_NONE},
        {{48, 60, 100, 6}, 500000, ANSWER_HOLDS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(trial_answer(&cases[i].trial, cases[i].share), cases[i].answer);
    assert_true(trial_share(&(struct trial){.kept = 9, .runs = 20, .total = 20, .stopped = 11}).value ==
                1000000000);
    assert_false(trial_is_evident(&(struct trial){0, 100, 100, 100}, 500000));
    assert_int_equal(trial_runs_until_evident(&(struct trial){0, 100, 100, 100}, 500000), 0);
}

static void trials_grow_twofold(void **state)
{
    (void)state;
    static const size_t runs[] = {32, 64, 128, 256, 500, 500};
    struct trial trial = {.total = 500};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        trial.runs = trial_next_runs(&trial);
        assert_int_equal(trial.runs, runs[i]);
    }
    assert_int_equal(trial_next_runs(&(struct trial){.total = 5}), 5);
}

static void an_interval_that_is_clear_is_evidence(void **state)
{
    (void)state;
    assert_true(trial_is_evident(&(struct trial){500, 500, 500, 0}, 990000));  /* 99.26 to 100 % */
    assert_false(trial_is_evident(&(struct trial){300, 300, 300, 0}, 990000)); /* 98.78 to 100 % */
    assert_true(trial_is_evident(&(struct trial){480, 500, 500, 0}, 990000));
    assert_false(trial_is_evident(&(struct trial){494, 500, 500, 0}, 990000));
    assert_false(trial_is_evident(&(struct trial){500, 500, 500, 0}, 1000000));
}

static void it_is_told_how_many_runs_would_be(void **state)
{
    (void)state;
    /* All of them kept: 0.025^(1/n) reaches 99 % at 368. */
    assert_int_equal(trial_runs_until_evident(&(struct trial){300, 300, 300, 0}, 990000), 370);
    /* One in ten broken against one in a hundred: 15 of 17 are the first clear of 99 %. */
    assert_true(trial_runs_until_evident(&(struct trial){9, 10, 10, 0}, 990000) <= 40);
    /* Just what was asked, and all: no number would do. */
    assert_int_equal(trial_runs_until_evident(&(struct trial){99, 100, 100, 0}, 990000), 0);
    assert_int_equal(trial_runs_until_evident(&(struct trial){100, 100, 100, 0}, 1000000), 0);
    assert_int_equal(trial_runs_until_evident(&(struct trial){0, 0, 100, 0}, 990000), 0);
    /* So many are enough, and a quarter of them are not. */
    struct trial trial = {494, 500, 500, 0};
    size_t runs = trial_runs_until_evident(&trial, 990000);
    assert_true(trial_is_evident(&(struct trial){runs * 494 / 500, runs, runs, 0}, 990000));
    assert_false(trial_is_evident(&(struct trial){runs / 4 * 494 / 500, runs / 4, runs / 4, 0}, 990000));
}

/* --- frontiers -------------------------------------------------------------------------------- */

static void a_frontier_is_what_nobody_beats(void **state)
{
    (void)state;
    static const struct choice choices[] = {
        {1, 5},      {2, 7},      {2, 6}, /* as dear as the one before, and worse */
        {3, 7},                           /* as good, and dearer */
        {4, 9},      {4, 9},              /* equal */
        {ABSENT, 9}, {0, ABSENT},
    };
    static const bool expected[] = {true, true, false, false, true, true, false, false};
    bool on[sizeof choices / sizeof *choices];
    frontier_mark(choices, sizeof choices / sizeof *choices, on);
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        assert_int_equal(on[i], expected[i]);
    frontier_mark(NULL, 0, NULL);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_border_has_evidence_on_both_sides),
        cmocka_unit_test(a_monotone_table_gives_its_border),
        cmocka_unit_test(few_of_many_are_asked),
        cmocka_unit_test(a_larger_value_that_fails_is_told),
        cmocka_unit_test(nothing_is_asked_of_nobody),
        cmocka_unit_test(a_trial_ends_when_its_end_is_sure),
        cmocka_unit_test(an_early_answer_is_the_late_one),
        cmocka_unit_test(stopped_runs_are_not_judged),
        cmocka_unit_test(trials_grow_twofold),
        cmocka_unit_test(an_interval_that_is_clear_is_evidence),
        cmocka_unit_test(it_is_told_how_many_runs_would_be),
        cmocka_unit_test(a_frontier_is_what_nobody_beats),
    };
    return RUN_TESTS(tests);
}
