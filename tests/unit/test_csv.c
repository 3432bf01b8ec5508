/* Tables are written as RFC 4180 has them and read back as they were. */
#include "sim/report/csv.h"
#include "tests/group.h"
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static void assert_row(const struct value *values, size_t count, const char *expected)
{
    struct text out = {0};
    csv_add_row(&out, values, count);
    assert_string_equal(out.bytes, expected);
    text_free(&out);
}

static void header_names_the_columns(void **state)
{
    (void)state;
    static const struct column columns[] = {{"time_s", ""}, {"service", ""}};
    static const struct series series = {
        .file = "x.csv", .meaning = "", .columns = columns, .column_count = 2};
    struct text out = {0};
    csv_add_header(&out, &series);
    assert_string_equal(out.bytes, "time_s,service\n");
    text_free(&out);
}

static void plain_cells_are_not_quoted(void **state)
{
    (void)state;
    struct value values[] = {value_seconds(12250000), value_text("web"), value_integer(-3), value_empty()};
    assert_row(values, 4, "12.25,web,-3,\n");
}

static void what_never_comes_is_empty(void **state)
{
    (void)state;
    struct value values[] = {value_seconds(SIMTIME_NEVER), value_text(NULL)};
    assert_row(values, 2, ",\n");
}

static void commas_quotes_and_line_ends_are_quoted(void **state)
{
    (void)state;
    struct value values[] = {value_text("a,b"), value_text("say \"x\""), value_text("two\nlines"),
                             value_text("c\r")};
    assert_row(values, 4, "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"c\r\"\n");
}

/* Numbers are written into room that was made before the texts took theirs. */
static void long_texts_leave_room_for_numbers(void **state)
{
    (void)state;
    enum { COUNT = 40, LONG = 400 };
    char longer[LONG + 1] = {0};
    struct value values[COUNT];
    struct text expected = {0};
    memset(longer, 'x', LONG);
    longer[LONG / 2] = ' ';
    for (int i = 0; i < COUNT; i++) {
        values[i] = i % 2 ? value_text(longer + LONG - 10 * i) : value_integer(INT64_MIN);
        text_add(&expected, i % 2 ? longer + LONG - 10 * i : "-9223372036854775808");
        text_add_char(&expected, i + 1 < COUNT ? ',' : '\n');
    }
    assert_row(values, COUNT, expected.bytes);
    text_free(&expected);
}

static void dollars_have_six_decimals_rounded_half_up(void **state)
{
    (void)state;
    struct value values[] = {value_dollars(1), value_dollars(500), value_dollars(1234567891),
                             value_dollars(-2500000500), value_dollars(-499)};
    assert_row(values, 5, "0.000000,0.000001,1.234568,-2.500001,0.000000\n");
}

static void what_was_written_is_read_back(void **state)
{
    (void)state;
    static const char *const cells[] = {"a,b", "say \"x\"", "two\nlines", "", "plain", "\""};
    struct value values[6];
    struct text out = {0};
    struct csv_reader reader;
    for (size_t i = 0; i < 6; i++)
        values[i] = value_text(cells[i]);
    for (int row = 0; row < 3; row++)
        csv_add_row(&out, values, 6);
    csv_open(&reader, out.bytes, out.length);
    for (int row = 0; row < 3; row++) {
        assert_true(csv_next(&reader));
        assert_int_equal(reader.count, 6);
        for (size_t i = 0; i < 6; i++)
            assert_string_equal(reader.cells[i], cells[i]);
    }
    assert_false(csv_next(&reader));
    csv_close(&reader);
    text_free(&out);
}

static void an_unfinished_file_ends_with_what_is_there(void **state)
{
    (void)state;
    static const char bytes[] = "a,b\n1,\"open";
    struct csv_reader reader;
    csv_open(&reader, bytes, strlen(bytes));
    assert_true(csv_next(&reader));
    assert_int_equal(csv_column(&reader, "b"), 1);
    assert_int_equal(csv_column(&reader, "c"), -1);
    assert_true(csv_next(&reader));
    assert_string_equal(reader.cells[1], "open");
    assert_false(csv_next(&reader));
    csv_close(&reader);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_names_the_columns),
        cmocka_unit_test(plain_cells_are_not_quoted),
        cmocka_unit_test(what_never_comes_is_empty),
        cmocka_unit_test(commas_quotes_and_line_ends_are_quoted),
        cmocka_unit_test(long_texts_leave_room_for_numbers),
        cmocka_unit_test(dollars_have_six_decimals_rounded_half_up),
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(an_unfinished_file_ends_with_what_is_there),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
