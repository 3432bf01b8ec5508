#include "sim/study/difference.h"
#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>

#define HEAD "{\n  \"name\": \"a\",\n  \"seed\": 1,\n  \"events\": 10,\n"

struct compared {
    struct arena *arena;
    struct difference difference;
    struct text mistake;
    bool good;
};

static struct compared compare(const char *first, const char *second, const char *const *words)
{
    struct compared compared = {.arena = arena_new()};
    struct text summaries[2] = {0};
    struct tolerance tolerances[8];
    size_t count = 0;
    text_add(&summaries[0], first);
    text_add(&summaries[1], second);
    for (; words && words[count]; count++)
        assert_true(tolerance_read(compared.arena, words[count], &tolerances[count]));
    compared.good = difference_find(compared.arena, summaries, tolerances, count, &compared.difference,
                                    &compared.mistake);
    text_free(&summaries[0]);
    text_free(&summaries[1]);
    return compared;
}

static void end(struct compared *compared)
{
    text_free(&compared->mistake);
    arena_free(compared->arena);
}

static void assert_moved(const struct moved *moved, const char *name, const char *first, const char *second)
{
    assert_string_equal(moved->name, name);
    if (first)
        assert_string_equal(moved->texts[0], first);
    else
        assert_null(moved->texts[0]);
    if (second)
        assert_string_equal(moved->texts[1], second);
    else
        assert_null(moved->texts[1]);
}

static void a_summary_does_not_differ_from_itself(void **state)
{
    (void)state;
    static const char summary[] = HEAD "  \"cost\": 1.5,\n  \"stuck\": null\n}\n";
    struct compared compared = compare(summary, summary, NULL);
    assert_true(compared.good);
    assert_int_equal(compared.difference.fact_count, 0);
    assert_int_equal(compared.difference.figure_count, 0);
    assert_int_equal(compared.difference.promise_count, 0);
    end(&compared);
}

static void what_moved_comes_in_the_order_of_the_summaries(void **state)
{
    (void)state;
    struct compared compared = compare(
        HEAD "  \"x\": 1,\n  \"only\": 2,\n  \"same\": 1.50,\n  \"z\": \"p\"\n}\n",
        HEAD "  \"x\": 2,\n  \"other\": 5,\n  \"same\": 1.5,\n  \"z\": \"q\",\n  \"last\": true\n}\n", NULL);
    const struct moved *figures = compared.difference.figures;
    assert_int_equal(compared.difference.figure_count, 5);
    assert_int_equal(compared.difference.beyond, 5);
    assert_moved(&figures[0], "x", "1", "2");
    assert_true(figures[0].numbers);
    assert_moved(&figures[1], "only", "2", NULL);
    assert_moved(&figures[2], "other", NULL, "5");
    assert_moved(&figures[3], "z", "p", "q");
    assert_false(figures[3].numbers);
    assert_moved(&figures[4], "last", NULL, "true");
    end(&compared);
}

static void facts_are_no_figures(void **state)
{
    (void)state;
    struct compared compared = compare(
        HEAD "  \"fingerprint\": \"00\"\n}\n",
        "{\n  \"name\": \"b\",\n  \"seed\": 2,\n  \"events\": 11,\n  \"fingerprint\": \"01\"\n}\n", NULL);
    assert_int_equal(compared.difference.fact_count, 4);
    assert_moved(&compared.difference.facts[0], "name", "a", "b");
    assert_int_equal(compared.difference.figure_count, 0);
    end(&compared);
}

static bool tolerated(const char *first, const char *second, const char *word)
{
    struct text texts[2] = {0};
    text_add_format(&texts[0], HEAD "  \"x\": %s\n}\n", first);
    text_add_format(&texts[1], HEAD "  \"x\": %s\n}\n", second);
    struct compared compared = compare(texts[0].bytes, texts[1].bytes, (const char *const[]){word, NULL});
    bool within = compared.difference.figures[0].tolerated;
    assert_int_equal(compared.difference.figure_count, 1);
    assert_int_equal(compared.difference.beyond, !within);
    text_free(&texts[0]);
    text_free(&texts[1]);
    end(&compared);
    return within;
}

static void tolerances_hold_exactly(void **state)
{
    (void)state;
    assert_true(tolerated("200", "210", "x=5%"));
    assert_false(tolerated("200", "210.000000001", "x=5%"));
    assert_true(tolerated("200", "190", "x=5%"));
    assert_false(tolerated("200", "189.999999999", "x=5%"));
    assert_true(tolerated("-200", "-210", "x=5%"));
    assert_false(tolerated("0", "0.000000001", "x=1000%"));
    assert_true(tolerated("0.1", "0.3", "x=0.2"));
    assert_false(tolerated("0.1", "0.300000001", "x=0.2"));
    assert_true(tolerated("-9000000000", "9000000000", "x=200%"));
    assert_false(tolerated("-9000000000", "9000000000", "x=199.999999999%"));
    assert_false(tolerated("\"COMPLETED\"", "\"FAILED\"", "x=100%"));
    assert_true(tolerated("\"COMPLETED\"", "\"FAILED\"", "x=any"));
    assert_false(tolerated("1", "null", "x=100%"));
    assert_true(tolerated("1", "null", "*=any"));
    assert_false(tolerated("true", "false", "x=5"));
}

static void the_longest_path_counts(void **state)
{
    (void)state;
    static const char first[] =
        HEAD "  \"web\": {\n    \"cost\": 100,\n    \"e.f\": {\n      \"g\": 100\n    }\n"
             "  },\n  \"webs\": 100\n}\n";
    static const char second[] = HEAD "  \"web\": {\n    \"cost\": 107,\n    \"e.f\": {\n      \"g\": 107\n"
                                      "    }\n  },\n  \"webs\": 107\n}\n";
    struct compared compared =
        compare(first, second, (const char *const[]){"web.cost=7", "web=10%", "web=6%", "*=8%", NULL});
    const struct moved *figures = compared.difference.figures;
    assert_int_equal(compared.difference.figure_count, 3);
    assert_string_equal(figures[0].tolerance->written, "7");
    assert_true(figures[0].tolerated);
    assert_string_equal(figures[1].name, "web[\"e.f\"].g");
    assert_string_equal(figures[1].tolerance->written, "6%"); /* of two with the same path the last */
    assert_false(figures[1].tolerated);
    assert_string_equal(figures[2].tolerance->written, "8%");
    end(&compared);
}

static void what_is_no_tolerance_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"x",
                                        "x=",
                                        "=5",
                                        "x=-5",
                                        "x=5 %",
                                        "x=%",
                                        "x=5s",
                                        "x=1e3",
                                        "x=true",
                                        "x=any%",
                                        "x=99999999999999999999"};
    struct arena *arena = arena_new();
    struct tolerance tolerance;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(tolerance_read(arena, wrong[i], &tolerance));
    arena_free(arena);
}

static void assert_mistake(const char *word, const char *expected)
{
    static const char summary[] = HEAD "  \"web\": {\n    \"cost\": 100\n  }\n}\n";
    struct compared compared = compare(summary, summary, (const char *const[]){word, NULL});
    assert_false(compared.good);
    assert_string_equal(compared.mistake.bytes, expected);
    end(&compared);
}

static void a_tolerance_for_nothing_is_a_mistake(void **state)
{
    (void)state;
    assert_mistake("web.csot=5%", "neither has a figure web.csot; did you mean web.cost?");
    assert_mistake("wbe=5%", "neither has a figure wbe; did you mean web?");
    assert_mistake("events=5%", "events may differ: it tells how a run went and not how well");
}

#define PROMISE(words, kept, broken)                                                                         \
    "{\n\"promise\": \"" words "\",\n\"kept\": " kept ",\n\"broken\": " broken "\n}"

static void promises_are_paired_by_their_words(void **state)
{
    (void)state;
    struct compared compared =
        compare(HEAD "  \"expectations\": [\n" PROMISE("p", "true", "null") ",\n" PROMISE(
                    "q", "true", "null") "\n  ]\n}\n",
                HEAD "  \"expectations\": [\n" PROMISE("new", "true", "null") ",\n" PROMISE(
                    "p", "false", "\"at 5m\"") ",\n" PROMISE("q", "true", "null") "\n  ]\n}\n",
                NULL);
    const struct promise_moved *promises = compared.difference.promises;
    assert_int_equal(compared.difference.figure_count, 0);
    assert_int_equal(compared.difference.promise_count, 2);
    assert_string_equal(promises[0].promise, "new");
    assert_int_equal(promises[0].outcomes[0], OUTCOME_ABSENT);
    assert_int_equal(promises[0].outcomes[1], OUTCOME_KEPT);
    assert_string_equal(promises[1].promise, "p");
    assert_int_equal(promises[1].outcomes[0], OUTCOME_KEPT);
    assert_int_equal(promises[1].outcomes[1], OUTCOME_BROKEN);
    assert_null(promises[1].broken[0]);
    assert_string_equal(promises[1].broken[1], "at 5m");
    end(&compared);
}

static void damage_only_gives_less(void **state)
{
    (void)state;
    static const char whole[] =
        HEAD "  \"x\": 1,\n  \"expectations\": [\n" PROMISE("p", "true", "null") "\n  ]\n}\n";
    for (size_t length = 0; length < sizeof whole; length++) {
        char *torn = strndup(whole, length);
        struct compared compared = compare(whole, torn, (const char *const[]){"x=any", NULL});
        assert_true(compared.good);
        end(&compared);
        free(torn);
    }
    struct compared compared =
        compare("{\n  \"kept\": true,\n  \"expectations\": [\n    {\n      \"kept\": false\n"
                "    },\n    7,\n    \"promise\"\n  ]\n}\n",
                "]]}}\n\"\n", NULL);
    assert_int_equal(compared.difference.promise_count, 0);
    end(&compared);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_summary_does_not_differ_from_itself),
        cmocka_unit_test(what_moved_comes_in_the_order_of_the_summaries),
        cmocka_unit_test(facts_are_no_figures),
        cmocka_unit_test(tolerances_hold_exactly),
        cmocka_unit_test(the_longest_path_counts),
        cmocka_unit_test(what_is_no_tolerance_is_refused),
        cmocka_unit_test(a_tolerance_for_nothing_is_a_mistake),
        cmocka_unit_test(promises_are_paired_by_their_words),
        cmocka_unit_test(damage_only_gives_less),
    };
    return RUN_TESTS(tests);
}
