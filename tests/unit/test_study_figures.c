#include "sim/report/summary.h"
#include "sim/study/figures.h"
#include "sim/study/paths.h"
#include "tests/unit/unit.h"
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BILLION INT64_C(1000000000)

/* --- numbers ---------------------------------------------------------------------------------- */

static void decimals_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t billionths;
    } numbers[] = {
        {"0", 0},
        {"-0", 0},
        {"7", 7 * BILLION},
        {"007", 7 * BILLION},
        {"0.5", BILLION / 2},
        {"-12.25", -12 * BILLION - BILLION / 4},
        {"0.000000001", 1},
        {"-0.000000001", -1},
        {"1.100000000", BILLION + BILLION / 10},
        {"9223372036.854775807", INT64_MAX},
        {"-9223372036.854775807", -INT64_MAX},
        {"true", BILLION},
        {"false", 0},
    };
    for (size_t i = 0; i < COUNT(numbers); i++) {
        int64_t billionths = 42;
        if (!figure_number(numbers[i].text, &billionths) || billionths != numbers[i].billionths)
            fail_msg("%s is %lld", numbers[i].text, (long long)billionths);
    }
}

static void what_is_no_number(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "-",
        ".",
        ".5",
        "5.",
        "+1",
        " 1",
        "1 ",
        "1e3",
        "0x10",
        "nan",
        "inf",
        "True",
        "COMPLETED",
        "1,5",
        "--1",
        "1.-5",
        "1.2.3",
        "0.0000000001", /* ten decimals */
        "9223372036.854775808",
        "-9223372036.854775808",
        "9223372037",
        "99999999999999999999999999",
        "1.99999999999999999999999999",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        int64_t billionths;
        if (figure_number(texts[i], &billionths))
            fail_msg("`%s` is taken for %lld billionths", texts[i], (long long)billionths);
    }
}

static void numbers_in_other_units(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int decimals;
        int64_t value;
    } numbers[] = {
        {"12345678901", 0, INT64_C(12345678901)},
        {"12345678901", 8, INT64_C(1234567890100000000)},
        {"2.5", 0, 3},
        {"-2.5", 0, -3},
        {"2.4999999999999999999", 0, 2},
        {"0.0000000005", 9, 1},
        {"true", 2, 100},
        {"9223372036854775807", 0, INT64_MAX},
        {"-9223372036854775807.4", 0, -INT64_MAX},
    };
    int64_t value;
    for (size_t i = 0; i < COUNT(numbers); i++) {
        assert_true(figure_scaled(numbers[i].text, numbers[i].decimals, &value));
        assert_int_equal(value, numbers[i].value);
    }
    assert_false(figure_scaled("9223372036854775807.5", 0, &value));
    assert_false(figure_scaled("-9223372036854775808", 0, &value)); /* means something else */
    assert_false(figure_scaled("12345678901", 9, &value));
    assert_false(figure_scaled("12345678901s", 0, &value));
}

/* --- names ------------------------------------------------------------------------------------ */

static void a_name_keeps_its_number(void **state)
{
    (void)state;
    enum { MANY = 5000 }; /* far beyond the first slots */
    struct figure_names *names = figure_names_new();
    char name[32];
    for (uint32_t round = 0; round < 2; round++)
        for (uint32_t i = 0; i < MANY; i++) {
            int length = snprintf(name, sizeof name, "services.s%u.cost", i);
            assert_int_equal(figure_name_of(names, name, (size_t)length), i);
        }
    assert_int_equal(figure_names_count(names), MANY);
    for (uint32_t i = 0, number; i < MANY; i++) {
        snprintf(name, sizeof name, "services.s%u.cost", i);
        assert_true(figure_name_find(names, name, &number));
        assert_int_equal(number, i);
        assert_string_equal(figure_name(names, i), name);
    }
    figure_names_free(names);
}

static void a_beginning_is_another_name(void **state)
{
    (void)state;
    struct figure_names *names = figure_names_new();
    uint32_t number;
    assert_int_equal(figure_name_of(names, "services.web", 12), 0);
    assert_int_equal(figure_name_of(names, "services.web", 8), 1);
    assert_int_equal(figure_name_of(names, "services.web", 0), 2);
    assert_int_equal(figure_name_of(names, "services.web.", 13), 3);
    assert_string_equal(figure_name(names, 1), "services");
    assert_string_equal(figure_name(names, 2), "");
    assert_false(figure_name_find(names, "services.we", &number));
    assert_true(figure_name_find(names, "services.web", &number));
    assert_int_equal(number, 0);
    figure_names_free(names);
}

static void what_is_below_a_path(void **state)
{
    (void)state;
    assert_true(figure_is_below("services.web", "services.web"));
    assert_true(figure_is_below("services.web.cost", "services.web"));
    assert_true(figure_is_below("services[\"web.v2\"].cost", "services"));
    assert_false(figure_is_below("services.webapp", "services.web"));
    assert_false(figure_is_below("services", "services.web"));
}

static void the_last_names_of_a_path(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        size_t names;
        const char *last;
    } paths[] = {
        {"cost", 1, "cost"},
        {"cost", 2, "cost"},
        {"services.web.leastHealthy", 1, "leastHealthy"},
        {"services.web.leastHealthy", 2, "web.leastHealthy"},
        {"services.web.leastHealthy", 9, "services.web.leastHealthy"},
        {"services[\"web.v2\"].cost", 1, "cost"},
        {"services[\"web.v2\"].cost", 2, "services[\"web.v2\"].cost"},
        {"a.services[\"x]y.z\"].cost", 2, "services[\"x]y.z\"].cost"},
        {"containerInstances[0].count", 2, "containerInstances[0].count"},
        {"expectations[0].kept", 1, "kept"},
        {"open[\"web.v2", 1, "open[\"web.v2"},
        {"", 1, ""},
    };
    for (size_t i = 0; i < COUNT(paths); i++)
        assert_string_equal(path_last_names(paths[i].path, paths[i].names), paths[i].last);
}

static void paths_are_the_same_however_they_are_written(void **state)
{
    (void)state;
    assert_true(path_is_same("services.web.cost", "services[\"web\"].cost"));
    assert_true(path_is_same("services['web.v2'].cost", "services[\"web.v2\"].cost"));
    assert_true(path_is_same("hosts[0].count", "hosts.0.count"));
    assert_false(path_is_same("services.web", "services.web.cost"));
    assert_false(path_is_same("services.web.v2", "services[\"web.v2\"]"));
    assert_false(path_is_same("services[\"it's\"]", "services[\"it\"]"));
    assert_true(path_is_same("", ""));
}

static void a_star_stands_for_one_step(void **state)
{
    (void)state;
    assert_true(path_matches("services.web.cost", "services.*.cost"));
    assert_true(path_matches("services[\"web.v2\"].cost", "services.*.cost"));
    assert_false(path_matches("services.web.v2.cost", "services.*.cost"));
    assert_false(path_matches("services", "services.*"));
    assert_false(path_matches("services.web.cost.more", "services.*.cost"));
    assert_true(path_matches("cost", "cost"));
}

static void a_subject_is_a_step(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    assert_string_equal(path_of_subject(arena, "services%s.cost", "web"), "services.web.cost");
    assert_string_equal(path_of_subject(arena, "services%s.cost", "web.v2"), "services[\"web.v2\"].cost");
    arena_free(arena);
}

static void all_but_the_last_step_is_above(void **state)
{
    (void)state;
    assert_int_equal(path_length_above("cost"), 0);
    assert_int_equal(path_length_above(""), 0);
    assert_int_equal(path_length_above("services.web.cost"), strlen("services.web"));
    assert_int_equal(path_length_above("services[\"web.v2\"]"), strlen("services"));
    assert_int_equal(path_length_above("open[\"web.v2"), strlen("open"));
}

/* --- walking a summary ------------------------------------------------------------------------ */

static void note_leaf(void *self, const char *path, const char *value)
{
    text_add_format(self, "%s=%s\n", path, value);
}

static void assert_leaves(const char *summary, size_t length, const char *leaves)
{
    struct text copy = {0}, found = {0};
    text_add_bytes(&copy, summary, length);
    text_add(&found, "");
    summary_walk(&copy, note_leaf, &found);
    assert_string_equal(found.bytes, leaves);
    text_free(&copy);
    text_free(&found);
}

static void write_sample(struct json *json)
{
    json_begin_object(json, NULL);
    json_string(json, "name", "a \"quoted\" name,\n");
    json_null(json, "description");
    json_begin_object(json, "empty");
    json_end_object(json);
    json_begin_object(json, "services");
    json_begin_object(json, "web.v2");
    json_decimal(json, "cost", -1500000, 6);
    json_begin_object(json, "we\"b\\");
    json_integer(json, "deep", 3);
    json_end_object(json);
    json_end_object(json);
    json_begin_object(json, "");
    json_bool(json, "kept", false);
    json_end_object(json);
    json_end_object(json);
    json_begin_array(json, "none");
    json_end_array(json);
    json_begin_array(json, "list");
    json_integer(json, NULL, 1);
    json_null(json, NULL);
    json_string(json, NULL, "null");
    json_begin_object(json, NULL);
    json_string(json, "text", "");
    json_end_object(json);
    json_begin_array(json, NULL);
    json_integer(json, NULL, 5);
    json_end_array(json);
    json_end_array(json);
    json_integer(json, "last", 9);
    json_end_object(json);
}

static void every_leaf_has_its_path(void **state)
{
    (void)state;
    struct text summary = {0};
    struct json json = {.out = &summary};
    write_sample(&json);
    assert_leaves(summary.bytes, summary.length,
                  "name=a \\\"quoted\\\" name,\\n\n"
                  "services[\"web.v2\"].cost=-1.5\n"
                  "services[\"web.v2\"][\"we\\\"b\\\\\"].deep=3\n"
                  "services[\"\"].kept=false\n"
                  "list[0]=1\n"
                  "list[2]=null\n"
                  "list[3].text=\n"
                  "list[4][0]=5\n"
                  "last=9\n");
    text_free(&summary);
}

static void damaged_summaries_only_give_less(void **state)
{
    (void)state;
    assert_leaves("", 0, "");
    assert_leaves("\n\n  \n,\n", 7, "");
    assert_leaves("{\n  \"a\": \n}\n", 12, "");
    assert_leaves("}\n}\n]\n{\n  \"a\": 1\n", 18, "a=1\n");
    assert_leaves("{\n  \"a\n", 7, "");
    assert_leaves("{\n  \"a\":", 8, "");
    assert_leaves("[\n  1\n]\n", 8, "[0]=1\n");
}

/* Whatever is cut off or changed, nothing is read beyond the bytes and no path is empty. */
static void note_sane(void *self, const char *path, const char *value)
{
    (void)self;
    assert_true(strlen(path) > 0);
    assert_non_null(value);
}

static void any_bytes_do(void **state)
{
    (void)state;
    struct text summary = {0};
    struct json json = {.out = &summary};
    write_sample(&json);
    for (size_t i = 0; i < summary.length; i++)
        for (const char *byte = "\"\\{}[],:\n x"; *byte; byte++) {
            /* Not a byte more than there is. */
            char *copy = memory_alloc(i + 1);
            memcpy(copy, summary.bytes, i + 1);
            copy[i / 2] = *byte;
            summary_walk(&(struct text){.bytes = copy, .length = i + 1}, note_sane, NULL);
            free(copy);
        }
    text_free(&summary);
}

static void deep_nests_are_passed_over(void **state)
{
    (void)state;
    enum { DEEP = 500 };
    struct text summary = {0};
    for (int i = 0; i < DEEP; i++)
        text_add(&summary, "{\n\"a\": ");
    for (int i = 0; i < DEEP; i++)
        text_add(&summary, "{\n");
    summary_walk(&summary, note_sane, NULL);
    text_free(&summary);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_exact),
        cmocka_unit_test(what_is_no_number),
        cmocka_unit_test(numbers_in_other_units),
        cmocka_unit_test(a_name_keeps_its_number),
        cmocka_unit_test(a_beginning_is_another_name),
        cmocka_unit_test(what_is_below_a_path),
        cmocka_unit_test(the_last_names_of_a_path),
        cmocka_unit_test(paths_are_the_same_however_they_are_written),
        cmocka_unit_test(a_star_stands_for_one_step),
        cmocka_unit_test(a_subject_is_a_step),
        cmocka_unit_test(all_but_the_last_step_is_above),
        cmocka_unit_test(every_leaf_has_its_path),
        cmocka_unit_test(damaged_summaries_only_give_less),
        cmocka_unit_test(any_bytes_do),
        cmocka_unit_test(deep_nests_are_passed_over),
    };
    return RUN_TESTS(tests);
}
