#include "sim/report/output.h"
#include "sim/study/statistics.h"
#include "sim/study/study_file.h"
#include "sim/study/tracks.h"
#include "tests/unit/dice.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int write_scenario(void **state)
{
    if (enter_folder(state))
        return -1;
    write_file("dice.yaml", "duration: 40s\ntables: [{name: red}, {name: blue.v2, sides: 20}]\n");
    return 0;
}

/* --- grids ------------------------------------------------------------------------------------ */

#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void the_last_axis_varies_fastest(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct axis_value letters[] = {{"a", NULL, SETS("l=a"), 1}, {"b", "other.yaml", SETS("l=b", "m=b"), 2}};
    struct axis_value digits[] = {
        {"1", NULL, SETS("d=1"), 1}, {"2", NULL, NULL, 0}, {"3", NULL, SETS("d=3"), 1}};
    struct axis axes[] = {{"letter", letters, 2}, {"digit", digits, 3}};
    struct grid grid = {"own.yaml", SETS("common=0"), 1, axes, 2};
    static const char *const expected[][2] = {{"a", "1"}, {"a", "2"}, {"a", "3"},
                                              {"b", "1"}, {"b", "2"}, {"b", "3"}};
    size_t count;
    const struct cell *cells = grid_cells(arena, &grid, &count);
    assert_int_equal(count, COUNT(expected));
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(cells[i].values[0], expected[i][0]);
        assert_string_equal(cells[i].values[1], expected[i][1]);
        assert_string_equal(cells[i].path, i < 3 ? "own.yaml" : "other.yaml");
        assert_string_equal(cells[i].sets[0], "common=0");
    }
    assert_int_equal(cells[1].set_count, 2);
    assert_int_equal(cells[5].set_count, 4);
    assert_string_equal(cells[5].sets[2], "m=b");
    assert_string_equal(cells[5].sets[3], "d=3");
    arena_free(arena);
}

static void a_grid_without_axes_is_one_cell(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    size_t count;
    const struct cell *cells = grid_cells(arena, &(struct grid){.path = "own.yaml"}, &count);
    assert_int_equal(count, 1);
    assert_int_equal(cells->set_count, 0);
    arena_free(arena);
}

/* By its last step, or by two where another has the same. */
static void a_short_name_is_of_one_axis(void **state)
{
    (void)state;
    struct axis axes[] = {{.name = "tables.red.sides"}, {.name = "factor"}, {.name = "tables.blue.sides"}};
    assert_string_equal(axis_short_name(axes, COUNT(axes), 0), "red.sides");
    assert_string_equal(axis_short_name(axes, COUNT(axes), 1), "factor");
    assert_string_equal(axis_short_name(axes, COUNT(axes), 2), "blue.sides");
    assert_string_equal(axis_short_name(axes, 2, 0), "sides");
}

static uint64_t key_with(const char *path, const char *const *sets, size_t count)
{
    struct scenario *scenario = scenario_read(&dice_model, path, sets, count);
    assert_int_equal(scenario->errors, 0);
    uint64_t key = cell_key(scenario);
    scenario_free(scenario);
    return key;
}

/* Cells have one key if they are one scenario: comments and forms are none of it. */
static void a_key_is_that_of_the_scenario_as_run(void **state)
{
    (void)state;
    write_file("spelled.yaml", "# the same\nname: dice\nduration: 40s\ntables:\n- name: red\n"
                               "- name: 'blue.v2'\n  sides: \"20\"\n");
    write_file("named.yaml",
               "name: dice\nduration: 40s\ntables: [{name: red}, {name: blue.v2, sides: 20}]\n");
    uint64_t key = key_with("dice.yaml", NULL, 0);
    assert_int_equal(key_with("named.yaml", NULL, 0), key_with("spelled.yaml", NULL, 0));
    assert_int_equal(key, key_with("dice.yaml", SETS("tables[1].sides=20"), 1));
    assert_int_equal(key, key_with("dice.yaml", SETS("tables[\"blue.v2\"].sides='20'", "duration=40s"), 2));
    static const char *const others[] = {"factor=2",     "bonus=1",     "tables.red.sides=7",
                                         "duration=41s", "keptUntil=5", "tables=[]"};
    uint64_t keys[COUNT(others)];
    for (size_t i = 0; i < COUNT(others); i++) {
        keys[i] = key_with("dice.yaml", &others[i], 1);
        assert_int_not_equal(keys[i], key);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(keys[i], keys[j]);
    }
}

static void cells_are_examined(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct text wrong = {0};
    struct set_origins origins = {0};
    struct cell good = {.path = "dice.yaml", .sets = SETS("duration=7s"), .set_count = 1};
    struct cell refused = {.path = "dice.yaml", .sets = SETS("factor=6", "bonus=7"), .set_count = 2};
    struct cell warned = {.path = "dice.yaml", .sets = SETS("factor=0", "bonus=13"), .set_count = 2};
    struct cell both = {
        .path = "dice.yaml", .sets = SETS("factor=6", "bonus=7", "tables.red.sides=x"), .set_count = 3};
    struct cell mistaken = {.path = "dice.yaml", .sets = SETS("factor=-6", "bonus=19"), .set_count = 2};
    assert_true(cell_examine(arena, &dice_model, &origins, &good, &wrong));
    assert_null(good.rejected);
    assert_int_equal(good.duration, 7 * SIMTIME_SECOND);
    assert_int_equal(good.key, key_with("dice.yaml", good.sets, 1));
    assert_true(cell_examine(arena, &dice_model, &origins, &refused, &wrong));
    assert_string_equal(refused.rejected, "factor and bonus make thirteen, which is refused");
    assert_true(cell_examine(arena, &dice_model, &origins, &warned, &wrong));
    assert_string_equal(warned.rejected, "factor and bonus make thirteen, which is refused");
    assert_int_equal(wrong.length, 0);
    assert_false(cell_examine(arena, &dice_model, &origins, &both, &wrong));
    assert_non_null(strstr(wrong.bytes, "--set:1:18: error: "));
    text_clear(&wrong);
    assert_false(cell_examine(arena, &dice_model, &origins, &mistaken, &wrong));
    assert_string_equal(wrong.bytes,
                        "--set:1:8: error: `-6` is out of range; `factor` is 0 to 1000000000000\n"
                        "  factor=-6\n         ^\n");
    text_free(&wrong);
    arena_free(arena);
}

static void a_command_is_read_by_a_shell(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct cell cell = {.path = "a b/it's.yaml",
                        .sets = SETS("tables[\"blue.v2\"].sides=4", "factor=2", "name="),
                        .set_count = 3};
    assert_string_equal(cell_command(arena, &cell, 7),
                        "ecsim run 'a b/it'\\''s.yaml' --seed 7 --set "
                        "'tables[\"blue.v2\"].sides=4' --set factor=2 --set name=");
    arena_free(arena);
}

/* --- studies that are played ------------------------------------------------------------------ */

struct played {
    struct arena *arena;
    struct study *study;
    struct session session;
    struct text said;
    enum study_outcome outcome;
};

static void play(struct played *played, const char *text, int threads)
{
    *played = (struct played){.arena = arena_new()};
    write_file("study.yaml", text);
    text_add(&played->said, "");
    played->study =
        study_read(played->arena, &dice_model, "study.yaml", &(struct study_options){0}, &played->said);
    if (!played->study)
        fail_msg("%s", played->said.bytes);
    played->session = (struct session){.study = played->study, .folder = "results", .said = &played->said};
    played->session.runner =
        runner_new(&(struct runner_settings){.model = &dice_model,
                                             .folder = "results",
                                             .threads = threads,
                                             .parts = 1,
                                             .tracked = study_is_tracked(played->study)});
    played->outcome = study_play(&played->session);
}

static void end(struct played *played)
{
    runner_free(played->session.runner);
    arena_free(played->arena);
    text_free(&played->said);
    assert_int_equal(system("rm -rf results"), 0);
}

/* The whole file, or its lines that begin so. */
static void assert_file(const char *path, const char *beginning, const char *expected)
{
    struct text bytes = {0}, chosen = {0};
    text_add(&chosen, "");
    assert_true(input_read(path, &bytes));
    for (char *line = strtok(bytes.bytes, "\n"); line; line = strtok(NULL, "\n"))
        if (!strncmp(line, beginning, strlen(beginning)))
            text_add_format(&chosen, "%s\n", line);
    assert_string_equal(chosen.bytes, expected);
    text_free(&bytes);
    text_free(&chosen);
}

static const char small[] = "study: small\nscenario: dice.yaml\nseeds: 1..4\nset: {keptUntil: 3}\n"
                            "vary: {factor: [1, 10], bonus: ['3', 2]}\nfigures: [total, odd, word, half]\n";

/* Of 10 and 3 nothing is played; totals are factor x seed + bonus. */
static void a_row_is_a_run(void **state)
{
    (void)state;
    struct played p;
    play(&p, small, 1);
    assert_int_equal(p.outcome, STUDY_DONE);
    assert_file("results/study.csv", "",
                "factor,bonus,seed,kept,total,half,word,odd\n"
                "1,3,1,true,4,0.5,\"often, or so\",1\n"
                "1,3,2,true,5,1,\"often, or so\",\n"
                "1,3,3,true,6,1.5,seldom,3\n"
                "1,3,4,false,7,2,\"often, or so\",\n"
                "1,2,1,true,3,0.5,\"often, or so\",1\n"
                "1,2,2,true,4,1,\"often, or so\",\n"
                "1,2,3,true,5,1.5,seldom,3\n"
                "1,2,4,false,6,2,\"often, or so\",\n"
                "10,2,1,true,12,0.5,\"often, or so\",1\n"
                "10,2,2,true,22,1,\"often, or so\",\n"
                "10,2,3,true,32,1.5,seldom,3\n"
                "10,2,4,false,42,2,\"often, or so\",\n");
    end(&p);
}

/* 12, 22, 32, 42: mean 27, deviation sqrt(500/3) = 12.9099, Student's factor of three degrees of
 * freedom 3.182446, so the half width is 20.5426. Quantiles lie on the line through the four: 12 + 30 q; at
 * most two of four are below 95 % in 1.4 % of cases, so that is above the third. */
static void a_row_is_a_cell(void **state)
{
    (void)state;
    struct played p;
    play(&p, small, 1);
    assert_file(
        "results/cells.csv", "factor",
        "factor,bonus,rejected,runs,"
        "kept.count,kept.mean,kept.mean_low,kept.mean_high,kept.deviation,kept.least,kept.p05,"
        "kept.median,kept.median_low,kept.median_high,kept.p95,kept.p95_low,kept.p95_high,kept.greatest,"
        "total.count,total.mean,total.mean_low,total.mean_high,total.deviation,total.least,total.p05,"
        "total.median,total.median_low,total.median_high,total.p95,total.p95_low,total.p95_high,"
        "total.greatest,"
        "half.count,half.mean,half.mean_low,half.mean_high,half.deviation,half.least,half.p05,"
        "half.median,half.median_low,half.median_high,half.p95,half.p95_low,half.p95_high,half.greatest,"
        "word.count,word.most_frequent,word.share,"
        "odd.count,odd.mean,odd.mean_low,odd.mean_high,odd.deviation,odd.least,odd.p05,"
        "odd.median,odd.median_low,odd.median_high,odd.p95,odd.p95_low,odd.p95_high,odd.greatest\n");
    assert_file("results/cells.csv", "10,2,",
                "10,2,,4,"
                "4,0.75,0.19412,0.993691,0.5,0,0.15,1,,,1,1,,1,"
                "4,27,6.4574,47.5426,12.9099,12,13.5,27,,,40.5,32,,42,"
                "4,1.25,0.22287,2.27713,0.645497,0.5,0.575,1.25,,,1.925,1.5,,2,"
                "4,\"often, or so\",0.75,"
                "2,2,-10.7062,14.7062,1.41421,1,1.1,2,,,2.9,1,,3\n");
    assert_file("results/cells.csv", "10,3,",
                "10,3,\"factor and bonus make thirteen, which is refused\",0,"
                "0,,,,,,,,,,,,,,0,,,,,,,,,,,,,,0,,,,,,,,,,,,,,0,,,0,,,,,,,,,,,,,\n");
    end(&p);
}

/* Numbers that billionths cannot hold: 10^11 x (1, 2, 3) + 1. */
static void large_numbers_have_means(void **state)
{
    (void)state;
    struct played p;
    play(&p,
         "scenario: dice.yaml\nseeds: 1..3\nfigures: total\nset: {bonus: 1}\n"
         "vary: {factor: [1, 100000000000]}\n",
         1);
    assert_file("results/cells.csv", "1,", "1,,3,3,3,0.515862,5.48414,1,2,2.1,3,,,3.9,3,,4\n");
    assert_file("results/cells.csv", "100000000000,",
                "100000000000,,3,3,200000000001,-48413800000,448414000000,100000000000,"
                "100000000001,110000000001,200000000001,,,290000000001,200000000000,,300000000001\n");
    assert_non_null(strstr(p.said.bytes, "  200000000000\n"));
    end(&p);
}

/* 10^11 x (1, 2, 3) against twice that: the differences are the same numbers. */
static void large_numbers_are_compared(void **state)
{
    (void)state;
    struct played p;
    play(&p,
         "scenario: dice.yaml\nseeds: 1..3\nfigures: total\nset: {factor: 100000000000}\n"
         "compare: [{name: single}, {name: double, set: {factor: 200000000000}}]\n",
         1);
    assert_int_equal(p.outcome, STUDY_DONE);
    assert_file("results/comparison.csv", "double,total",
                "double,total,3,0,200000000000,-48413800000,448414000000,3,0,3,3\n");
    assert_non_null(strstr(p.said.bytes, "200000000000"));
    end(&p);
}

/* Tracks are for fans alone; what stopped a run is told whatever was asked for. */
static void tables_have_the_figures_asked_for(void **state)
{
    (void)state;
    struct played p;
    play(&p, "scenario: dice.yaml\nseeds: 1..2\n", 1);
    assert_file("results/study.csv", "seed",
                "seed,events,total,half,word,odd,tables.red.sides,\"tables[\"\"blue.v2\"\"].sides\"\n");
    end(&p);
    play(&p, "scenario: dice.yaml\nseeds: 1..2\nfigures: total\nset: {limits.events: 1}\n", 1);
    assert_int_equal(p.outcome, STUDY_STOPPED);
    assert_file("results/study.csv", "seed", "seed,stoppedBy\n");
    end(&p);
}

static void threads_change_nothing(void **state)
{
    (void)state;
    struct played p;
    struct text files[2][3] = {0};
    static const char *const names[] = {"results/study.csv", "results/cells.csv", "results/fan.csv"};
    for (int i = 0; i < 2; i++) {
        play(&p, small, i ? 3 : 1);
        for (size_t j = 0; j < COUNT(names); j++)
            assert_true(input_read(names[j], &files[i][j]));
        end(&p);
    }
    for (size_t j = 0; j < COUNT(names); j++) {
        assert_string_equal(files[0][j].bytes, files[1][j].bytes);
        text_free(&files[0][j]);
        text_free(&files[1][j]);
    }
}

/* How many runs a study that was played plays again. */
static size_t played_again(struct played *played, bool tracked)
{
    runner_free(played->session.runner);
    played->session.runner = runner_new(&(struct runner_settings){
        .model = &dice_model, .folder = "results", .threads = 1, .parts = 1, .tracked = tracked});
    assert_int_equal(study_play(&played->session), STUDY_DONE);
    return runner_played(played->session.runner);
}

/* Runs without tracks are others. */
static void what_was_played_is_kept(void **state)
{
    (void)state;
    struct played p;
    play(&p, small, 1);
    assert_int_equal(runner_played(p.session.runner), 12);
    assert_int_equal(played_again(&p, true), 0);
    assert_int_equal(played_again(&p, false), 12);
    assert_int_equal(played_again(&p, false), 0);
    end(&p);
}

static void all_refused_is_a_mistake(void **state)
{
    (void)state;
    struct played p;
    play(&p, "scenario: dice.yaml\nvary: {factor: [6, '06'], bonus: 7}\n", 1);
    assert_int_equal(p.outcome, STUDY_MISTAKE);
    assert_non_null(
        strstr(p.said.bytes, "every combination is refused; the first: factor and bonus make thirteen"));
    assert_int_not_equal(access("results", F_OK), 0);
    end(&p);
}

/* --- until ------------------------------------------------------------------------------------ */

/* Means of 1 to n: the half width is about 0.58 n / sqrt(n), so it never becomes narrow. */
static void it_goes_on_until_the_interval_is_narrow(void **state)
{
    (void)state;
    static const struct {
        const char *until;
        size_t runs;
        bool narrow;
    } cases[] = {{"{tables.red.sides: 0.000001}", 32, true}, /* a constant */
                 {"{total: 4}", 32, true},                   /* +- 3.38 */
                 {"{total: 3.3}", 100, false}};              /* +- 4.66 of 64, 5.76 of 100 */
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct played p;
        char text[200];
        snprintf(text, sizeof text, "scenario: dice.yaml\nseeds: 1..100\nuntilHalfwidth: %s\n",
                 cases[i].until);
        play(&p, text, 1);
        assert_int_equal(p.outcome, STUDY_DONE);
        assert_int_equal(runner_played(p.session.runner), cases[i].runs);
        assert_int_equal(!strstr(p.said.bytes, "more seeds are needed"), cases[i].narrow);
        end(&p);
    }
}

/* --- which figures are shown ------------------------------------------------------------------ */

/* Headlines that are numbers; under a star stands one name. */
static void headlines_are_shown(void **state)
{
    (void)state;
    struct played p;
    play(&p, "scenario: dice.yaml\nseeds: 1..2\n", 1);
    struct job jobs[] = {{NULL, 1}};
    struct cell cell = {.path = "dice.yaml"};
    struct text wrong = {0};
    assert_true(cell_examine(p.arena, &dice_model, &p.study->origins, &cell, &wrong));
    jobs[0].cell = &cell;
    size_t count;
    const struct shown_figure *shown = session_shown(&p.session, jobs, 1, &count);
    assert_int_equal(count, 3);
    assert_string_equal(shown[0].name, "total");
    assert_string_equal(shown[0].unit, "points");
    assert_true(shown[0].more_is_better);
    assert_string_equal(shown[1].name, "tables.red.sides");
    assert_string_equal(shown[2].name, "tables[\"blue.v2\"].sides");
    assert_string_equal(shown[2].unit, "sides");
    assert_false(shown[2].more_is_better);
    end(&p);
}

static void what_was_asked_for_is_shown(void **state)
{
    (void)state;
    struct played p;
    play(&p, "scenario: dice.yaml\nseeds: 1..2\nfigures: [half, word, tables]\n", 1);
    struct cell cell = {.path = "dice.yaml"};
    struct text wrong = {0};
    assert_true(cell_examine(p.arena, &dice_model, &p.study->origins, &cell, &wrong));
    struct job jobs[] = {{&cell, 1}};
    size_t count;
    const struct shown_figure *shown = session_shown(&p.session, jobs, 1, &count);
    assert_int_equal(count, 3);
    assert_string_equal(shown[0].name, "half");
    assert_string_equal(shown[0].unit, "");
    assert_string_equal(shown[1].name, "tables.red.sides");
    end(&p);
}

/* --- tracks ----------------------------------------------------------------------------------- */

/* 40 s are 200 steps of 0.2 s. `early` counts 0 from the begin and 1 from 10 s, that is from instant 50;
 * `late` 3, the second of its instant, from 20 s. `sometimes` is absent with the even counts. */
static void tracks_are_read_off_the_rows(void **state)
{
    (void)state;
    struct player player = {.model = &dice_model, .tracked = true};
    struct cell cell = {.path = "dice.yaml"};
    struct arena *arena = arena_new();
    struct text wrong = {0}, figures = {0};
    assert_true(cell_examine(arena, &dice_model, &(struct set_origins){0}, &cell, &wrong));
    for (int64_t seed = 1; seed <= 2; seed++) { /* the second run takes the scenario of the first */
        player_play(&player, &cell, seed, &figures);
        assert_non_null(strstr(figures.bytes, "track:thrown:early\t0*50,1*151\n"
                                              "track:sometimes:early\t-*50,-1*151\n"
                                              "track:thrown:late\t-*100,3*101\n"
                                              "track:sometimes:late\t-*100,-1*101\n"));
    }
    player_free(&player);
    text_free(&figures);
    arena_free(arena);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_axis_varies_fastest),
        cmocka_unit_test(a_grid_without_axes_is_one_cell),
        cmocka_unit_test(a_short_name_is_of_one_axis),
        cmocka_unit_test(a_key_is_that_of_the_scenario_as_run),
        cmocka_unit_test(cells_are_examined),
        cmocka_unit_test(a_command_is_read_by_a_shell),
        cmocka_unit_test(a_row_is_a_run),
        cmocka_unit_test(a_row_is_a_cell),
        cmocka_unit_test(large_numbers_have_means),
        cmocka_unit_test(large_numbers_are_compared),
        cmocka_unit_test(tables_have_the_figures_asked_for),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(what_was_played_is_kept),
        cmocka_unit_test(all_refused_is_a_mistake),
        cmocka_unit_test(it_goes_on_until_the_interval_is_narrow),
        cmocka_unit_test(headlines_are_shown),
        cmocka_unit_test(what_was_asked_for_is_shown),
        cmocka_unit_test(tracks_are_read_off_the_rows),
    };
    return cmocka_run_group_tests(tests, write_scenario, leave_folder);
}
