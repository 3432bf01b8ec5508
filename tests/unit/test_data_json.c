/* Numbers are read out of JSON files, whatever stands around them; what is no such file is refused. */
#include "sim/engine/data.h"
#include "tests/group.h"
#include <stddef.h>
#include <string.h>

static struct arena *arena;

static const char *read(const char *text, const char *path, struct list *values)
{
    struct data_file file = {.path = "trace.json", .bytes = text, .size = strlen(text)};
    return data_read_json(arena, &file, path, values);
}

static void assert_numbers(const char *text, const char *path, size_t count, const int64_t *expected)
{
    struct list values;
    assert_null(read(text, path, &values));
    assert_int_equal(values.count, count);
    assert_memory_equal(values.items, expected, count * sizeof *expected);
}

static void assert_wrong(const char *text, const char *path, const char *expected)
{
    struct list values;
    assert_string_equal(read(text, path, &values), expected);
}

static void numbers_are_found_at_their_path(void **state)
{
    (void)state;
    static const char text[] =
        "{\"no\\\"te\": \"a ] , } \\\\\", \"other\": [[1, {\"data\": [9]}], null],\n"
        " \"metadata\": {\"zone\": true, \"gap_seconds\": 34}, \"data\" : [ 0, 1,2.5 ]}";
    static const int64_t data[] = {0, MILLION, 2500000}, gap[] = {34 * MILLION};
    assert_numbers(text, "data", 3, data);
    assert_numbers(text, "metadata.gap_seconds", 1, gap);
}

static void what_is_not_there_or_no_number_is_said(void **state)
{
    (void)state;
    assert_wrong("{\"data\": [0]}", "metadata.gap_seconds", "it has no \"metadata.gap_seconds\"");
    assert_wrong("{\"metadata\": 3}", "metadata.gap_seconds", "it has no \"metadata.gap_seconds\"");
    assert_wrong("[0]", "data", "it has no \"data\"");
    assert_wrong("", "data", "it has no \"data\"");
    assert_wrong("{\"data\": []}", "data", "\"\" is not a number from 0 to 100000000000");
    assert_wrong("{\"data\": [0, -1]}", "data", "\"-1\" is not a number from 0 to 100000000000");
    assert_wrong("{\"data\": [0, null]}", "data", "\"null\" is not a number from 0 to 100000000000");
    assert_wrong("{\"data\": [0, 1", "data", "a list does not end");
    assert_wrong("{\"data\": ", "data", "\"\" is not a number from 0 to 100000000000");
}

/* Every beginning of a file is refused or read, and nothing behind it is looked at. */
static void a_file_may_end_anywhere(void **state)
{
    (void)state;
    static const char text[] = "{\"a\\\\\": {\"b\": [1, \"]\\\"\"]}, \"data\": [0, 1]}";
    for (size_t size = 0; size < sizeof text - 1; size++) {
        char *copy = arena_alloc(arena, size + 1);
        struct data_file file = {.path = "trace.json", .bytes = memcpy(copy, text, size), .size = size};
        struct list values;
        const char *wrong = data_read_json(arena, &file, "data", &values);
        assert_true(wrong || size == sizeof text - 2);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_found_at_their_path),
        cmocka_unit_test(what_is_not_there_or_no_number_is_said),
        cmocka_unit_test(a_file_may_end_anywhere),
    };
    arena = arena_new();
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
