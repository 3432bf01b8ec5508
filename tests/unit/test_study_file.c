#include "sim/study/study_file.h"
#include "tests/unit/dice.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char scenario[] = "duration: 1m\ntables: [{name: red}, {name: blue.v2, sides: 20}]\n";

static int write_scenario(void **state)
{
    if (enter_folder(state))
        return -1;
    write_file("dice.yaml", scenario);
    return 0;
}

struct fixture {
    struct arena *arena;
    struct text said;
    struct study *study; /* NULL: there were mistakes */
};

static void read_with(struct fixture *fixture, const char *file, const struct study_options *options)
{
    *fixture = (struct fixture){.arena = arena_new()};
    text_add(&fixture->said, "");
    fixture->study = study_read(fixture->arena, &dice_model, file, options, &fixture->said);
}

static void read_study(struct fixture *fixture, const char *text)
{
    write_file("study.yaml", text);
    read_with(fixture, "study.yaml", &(struct study_options){0});
    if (!fixture->study)
        fail_msg("%s", fixture->said.bytes);
    assert_string_equal(fixture->said.bytes, "");
}

static void end(struct fixture *fixture)
{
    arena_free(fixture->arena);
    text_free(&fixture->said);
}

static void assert_value(const struct axis_value *value, const char *shown, const char *const *sets)
{
    size_t count = 0;
    for (; sets[count]; count++)
        assert_string_equal(value->sets[count], sets[count]);
    assert_int_equal(value->set_count, count);
    assert_string_equal(value->shown, shown);
}

#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* --- what a file may say ---------------------------------------------------------------------- */

static void a_study_says_little(void **state)
{
    (void)state;
    struct fixture f;
    read_study(&f, "scenario: dice.yaml\n");
    assert_string_equal(f.study->name, "dice");
    assert_false(f.study->named);
    assert_string_equal(f.study->scenario, "dice.yaml");
    assert_int_equal(f.study->seeds.first, 1);
    assert_int_equal(f.study->seeds.last, STUDY_SEEDS);
    assert_false(f.study->seeds_given);
    assert_int_equal(f.study->set_count + f.study->axis_count + f.study->figure_count, 0);
    assert_null(f.study->until);
    assert_null(f.study->sides);
    assert_null(f.study->search);
    assert_null(f.study->map_of);
    assert_null(f.study->worst_of);
    end(&f);
}

static void a_study_says_all(void **state)
{
    (void)state;
    struct fixture f;
    read_study(&f, "study: all.of-it_1\n"
                   "scenario: dice.yaml\n"
                   "seeds: 7..9\n"
                   "set: {bonus: 5, 'tables[\"blue.v2\"].sides': \"12\"}\n"
                   "figures: [total, tables.red]\n"
                   "untilHalfwidth: {total: 0.25}\n"
                   "vary:\n"
                   "  factor: [1, '2', 30]\n"
                   "  tables.red.sides: 2..4\n"
                   "  bonus: 7\n"
                   "  tables: [[], [{name: one, sides: 2}]]\n"
                   "  mood: {good: {bonus: 3, factor: 9}, bad: {}}\n");
    const struct study *study = f.study;
    assert_string_equal(study->name, "all.of-it_1");
    assert_true(study->named);
    assert_int_equal(study->seeds.first, 7);
    assert_int_equal(study->seeds.last, 9);
    assert_true(study->seeds_given);
    assert_value(&(struct axis_value){"", NULL, study->sets, study->set_count}, "",
                 SETS("bonus=5", "tables[\"blue.v2\"].sides=\"12\""));
    assert_int_equal(study->figure_count, 2);
    assert_string_equal(study->figures[1], "tables.red");
    assert_string_equal(study->until->figure, "total");
    assert_int_equal(study->until->billionths, 250000000);
    assert_int_equal(study->axis_count, 5);
    assert_string_equal(study->axes[0].name, "factor");
    assert_int_equal(study->axes[0].count, 3);
    assert_value(&study->axes[0].values[1], "2", SETS("factor=\"2\""));
    assert_value(&study->axes[0].values[2], "30", SETS("factor=30"));
    assert_int_equal(study->axes[1].count, 3);
    assert_value(&study->axes[1].values[0], "2", SETS("tables.red.sides=2"));
    assert_value(&study->axes[1].values[2], "4", SETS("tables.red.sides=4"));
    assert_int_equal(study->axes[2].count, 1);
    assert_value(&study->axes[3].values[0], "[]", SETS("tables=[]"));
    assert_int_equal(study->axes[4].count, 2);
    assert_value(&study->axes[4].values[0], "good", SETS("bonus=3", "factor=9"));
    assert_string_equal(study->axes[4].values[1].shown, "bad");
    assert_int_equal(study->axes[4].values[1].set_count, 0);
    end(&f);
}

static void seeds_and_shares(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t first, last;
    } seeds[] = {{"5", 1, 5},
                 {"0..0", 0, 0},
                 {"999999999999999998..999999999999999999", 999999999999999998, 999999999999999999}};
    static const struct {
        const char *text;
        int64_t millionths;
    } shares[] = {{"0.99", 990000}, {"99%", 990000}, {"1", 1000000}, {"100%", 1000000}, {"99.95%", 999500}};
    struct fixture f;
    char text[200];
    for (size_t i = 0; i < COUNT(seeds); i++) {
        snprintf(text, sizeof text, "scenario: dice.yaml\nseeds: %s\n", seeds[i].text);
        read_study(&f, text);
        assert_int_equal(f.study->seeds.first, seeds[i].first);
        assert_int_equal(f.study->seeds.last, seeds[i].last);
        end(&f);
    }
    for (size_t i = 0; i < COUNT(shares); i++) {
        snprintf(text, sizeof text, "scenario: dice.yaml\nsearch: {path: bonus, low: 1, high: 2, keep: %s}\n",
                 shares[i].text);
        read_study(&f, text);
        assert_int_equal(f.study->search->keep_millionths, shares[i].millionths);
        end(&f);
    }
}

static void sides_have_names(void **state)
{
    (void)state;
    struct fixture f;
    write_file("other.yaml", scenario);
    read_study(&f, "scenario: dice.yaml\n"
                   "compare:\n"
                   "  - {name: plain}\n"
                   "  - {name: more, set: {bonus: 5}}\n"
                   "  - {scenario: other.yaml, set: {factor: 2}}\n");
    const struct axis *sides = f.study->sides;
    assert_int_equal(sides->count, 3);
    assert_null(sides->values[0].path);
    assert_string_equal(sides->values[0].shown, "plain");
    assert_value(&sides->values[1], "more", SETS("bonus=5"));
    assert_value(&sides->values[2], "other", SETS("factor=2"));
    assert_string_equal(sides->values[2].path, "other.yaml");
    end(&f);
}

static void searches_come_in_three_ways(void **state)
{
    (void)state;
    struct fixture f;
    read_study(&f, "scenario: dice.yaml\nsearch: {path: [bonus, factor], low: 2, high: 40}\n");
    assert_int_equal(f.study->search->path_count, 2);
    assert_string_equal(f.study->search->paths[1], "factor");
    assert_int_equal(f.study->search->low, 2);
    assert_int_equal(f.study->search->high, 40);
    assert_int_equal(f.study->search->keep_millionths, 990000);
    assert_null(f.study->search->candidates);
    end(&f);
    read_study(&f, "scenario: dice.yaml\nsearch: {path: [bonus, factor], values: [2, 5]}\n");
    assert_value(&f.study->search->candidates->values[1], "5", SETS("bonus=5", "factor=5"));
    end(&f);
    read_study(&f, "scenario: dice.yaml\n"
                   "search: {candidates: [{name: a, set: {bonus: 1}}, {name: b}], keep: 50%}\n");
    assert_value(&f.study->search->candidates->values[0], "a", SETS("bonus=1"));
    assert_int_equal(f.study->search->candidates->values[1].set_count, 0);
    end(&f);
}

static void paths_start_at_the_study_file(void **state)
{
    (void)state;
    struct fixture f;
    assert_int_equal(system("mkdir -p folder/deeper"), 0);
    write_file("folder/study.yaml",
               "scenario: ../dice.yaml\ncompare: [{name: a}, {scenario: deeper/x.yaml}]\n");
    write_file("folder/deeper/x.yaml", scenario);
    read_with(&f, "folder/study.yaml", &(struct study_options){0});
    assert_string_equal(f.study->scenario, "folder/../dice.yaml");
    assert_string_equal(f.study->sides->values[1].path, "folder/deeper/x.yaml");
    end(&f);
}

/* --- options ---------------------------------------------------------------------------------- */

static void options_make_a_study_of_a_scenario(void **state)
{
    (void)state;
    struct fixture f;
    struct study_options options = {
        .sets = SETS("bonus=5"),
        .set_count = 1,
        .vary = SETS("factor=1,'2, or 3',[4]", "tables.red.sides=2..4", "mood={good: {bonus: 3}}", "bonus=7"),
        .vary_count = 4,
        .seeds = "3..4",
        .figures = "total,tables[\"blue,v2\"].sides",
        .until = "tables[\"a=b\"].sides=0.5",
    };
    read_with(&f, "dice.yaml", &options);
    const struct study *study = f.study;
    assert_non_null(study);
    assert_string_equal(study->sets[0], "bonus=5");
    assert_int_equal(study->axis_count, 4);
    assert_int_equal(study->axes[0].count, 3);
    assert_value(&study->axes[0].values[0], "1", SETS("factor=1"));
    assert_value(&study->axes[0].values[1], "2, or 3", SETS("factor=\"2, or 3\""));
    assert_value(&study->axes[0].values[2], "[\"4\"]", SETS("factor=[\"4\"]"));
    assert_int_equal(study->axes[1].count, 3);
    assert_value(&study->axes[2].values[0], "good", SETS("bonus=3"));
    assert_value(&study->axes[3].values[0], "7", SETS("bonus=7"));
    assert_int_equal(study->seeds.first, 3);
    assert_int_equal(study->figure_count, 2);
    assert_string_equal(study->figures[1], "tables[\"blue,v2\"].sides");
    assert_string_equal(study->until->figure, "tables[\"a=b\"].sides");
    assert_int_equal(study->until->billionths, 500000000);
    end(&f);
}

static void sets_are_done_in_their_order(void **state)
{
    (void)state;
    struct fixture f;
    const struct study_options options = {
        .sets = SETS("bonus=5", "tables[+]={name: x}", "bonus=6", "tables[+]={name: y}"),
        .set_count = 4,
    };
    static const char *const sets[] = {"tables[+]={\"name\":\"x\"}", "bonus=6", "tables[+]={\"name\":\"y\"}"};
    read_with(&f, "dice.yaml", &options);
    assert_non_null(f.study);
    assert_int_equal(f.study->set_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(f.study->sets[i], sets[i]);
    end(&f);
}

static void options_are_laid_over_a_file(void **state)
{
    (void)state;
    struct fixture f;
    struct study_options options = {
        .sets = SETS("bonus=6", "factor=3"),
        .set_count = 2,
        .vary = SETS("tables.red.sides=8,9"),
        .vary_count = 1,
        .seeds = "20",
        .figures = "half",
        .keep = "0.5",
        .search = "bonus=1..3",
    };
    write_file("study.yaml",
               "study: laid\nscenario: dice.yaml\nseeds: 7..9\nset: {bonus: 5}\nfigures: total\n"
               "vary: {factor: [1, 2], tables.red.sides: 2..4}\n"
               "search: {path: factor, low: 5, high: 9, keep: 0.9}\n");
    read_with(&f, "study.yaml", &options);
    const struct study *study = f.study;
    assert_non_null(study);
    assert_string_equal(study->name, "laid");
    assert_value(&(struct axis_value){"", NULL, study->sets, study->set_count}, "",
                 SETS("bonus=6", "factor=3"));
    assert_int_equal(study->axis_count, 2);
    assert_string_equal(study->axes[0].name, "factor");
    assert_int_equal(study->axes[1].count, 2);
    assert_value(&study->axes[1].values[0], "8", SETS("tables.red.sides=8"));
    assert_int_equal(study->seeds.last, 20);
    assert_int_equal(study->figure_count, 1);
    assert_string_equal(study->figures[0], "half");
    assert_string_equal(study->search->paths[0], "bonus");
    assert_int_equal(study->search->high, 3);
    assert_int_equal(study->search->keep_millionths, 500000);
    end(&f);
}

/* The study's own scenario is the first side, whether a study file names it or it is the operand. */
static void other_scenarios_are_compared_with_the_own(void **state)
{
    (void)state;
    struct fixture f;
    assert_int_equal(system("mkdir -p folder"), 0);
    write_file("folder/study.yaml", "scenario: ../dice.yaml\n");
    write_file("folder/dice.yaml", scenario);
    struct study_options options = {.compare = SETS("folder/dice.yaml", "other.yaml"), .compare_count = 2};
    static const char *const files[] = {"folder/study.yaml", "dice.yaml"};
    static const char *const own[] = {"folder/../dice.yaml", "dice.yaml"};
    static const char *const shown[] = {"../dice.yaml", "dice.yaml"};
    for (size_t i = 0; i < COUNT(files); i++) {
        read_with(&f, files[i], &options);
        assert_non_null(f.study);
        const struct axis *sides = f.study->sides;
        assert_int_equal(sides->count, 3);
        assert_string_equal(sides->values[0].path, own[i]);
        assert_string_equal(sides->values[0].shown, shown[i]); /* two are called dice */
        assert_string_equal(sides->values[1].path, "folder/dice.yaml");
        assert_string_equal(sides->values[1].shown, "folder/dice.yaml");
        assert_string_equal(sides->values[2].shown, "other");
        end(&f);
    }
}

/* --- mistakes in options ---------------------------------------------------------------------- */

static void options_have_places(void **state)
{
    (void)state;
    const struct {
        struct study_options options;
        const char *said;
    } cases[] = {
        {{.seeds = "9..7"}, "--seeds:1:1: error: there is no seed in this range\n  9..7\n  ^\n"},
        {{.seeds = "1..9223372036854775808"},
         "--seeds:1:1: error: seeds are 1..200, or 200 for these\n  1..9223372036854775808\n  ^\n"},
        {{.keep = "0.9"}, "--keep:1:1: error: this goes with a search only\n  0.9\n  ^\n"},
        {{.until = "total"}, "--until-halfwidth:1:1: error: this should be FIGURE=VALUE\n  total\n  ^\n"},
        {{.until = "total=-1"},
         "--until-halfwidth:1:7: error: a half width is a number above 0, in the figure's unit\n"
         "  total=-1\n        ^\n"},
        {{.search = "bonus"},
         "--search:1:1: error: this should be PATH=LOW..HIGH or PATH=a,b,c\n  bonus\n  ^\n"},
        {{.search = "bonus=5..4"}, "--search:1:7: error: `low` is above `high`\n  bonus=5..4\n        ^\n"},
        {{.vary = SETS("factor=9..1"), .vary_count = 1},
         "--vary:1:8: error: this range has no values, or more than 10000\n  factor=9..1\n         ^\n"},
        {{.vary = SETS("factor=1,,2"), .vary_count = 1},
         "--vary:1:10: error: a value is missing here\n  factor=1,,2\n           ^\n"},
        {{.vary = SETS("factor=1,2,1"), .vary_count = 1},
         "--vary:1:12: error: `1` is here twice\n  factor=1,2,1\n             ^\n"},
        {{.vary = SETS("seed=1,2"), .vary_count = 1},
         "--vary:1:1: error: every run has a seed of its own; `seeds` says which\n  seed=1,2\n  ^\n"},
        {{.sets = SETS("bonus=many"), .set_count = 1},
         "--set:1:7: error: `many` is not a number; it should be a whole number, such as 512\n"
         "  bonus=many\n        ^\n"},
        {{.sets = SETS("tables.rde.sides=7"), .set_count = 1},
         "--set:1:8: error: `tables` has no element `rde`; did you mean `red`?\n"
         "  tables.rde.sides=7\n         ^\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture f;
        read_with(&f, "dice.yaml", &cases[i].options);
        assert_null(f.study);
        assert_string_equal(f.said.bytes, cases[i].said);
        end(&f);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_study_says_little),
        cmocka_unit_test(a_study_says_all),
        cmocka_unit_test(seeds_and_shares),
        cmocka_unit_test(sides_have_names),
        cmocka_unit_test(searches_come_in_three_ways),
        cmocka_unit_test(paths_start_at_the_study_file),
        cmocka_unit_test(options_make_a_study_of_a_scenario),
        cmocka_unit_test(sets_are_done_in_their_order),
        cmocka_unit_test(options_are_laid_over_a_file),
        cmocka_unit_test(other_scenarios_are_compared_with_the_own),
        cmocka_unit_test(options_have_places),
    };
    return cmocka_run_group_tests(tests, write_scenario, leave_folder);
}
