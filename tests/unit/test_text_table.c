/* Tables for people. */
#include "sim/engine/text_table.h"
#include "tests/unit/unit.h"

static void assert_writes(struct text_table *table, const char *indent, const char *expected)
{
    struct text out = {0};
    text_table_write(table, indent, &out);
    assert_string_equal(out.bytes, expected);
    assert_int_equal(table->cell_count, 0);
    text_free(&out);
}

static void columns_are_as_wide_as_they_must_be(void **state)
{
    (void)state;
    struct text_table table = {.columns = 3, .numbers = 1u << 1};
    text_table_cell(&table, "host");
    text_table_cell(&table, "%s", "tasks");
    text_table_cell(&table, "why");
    text_table_cell(&table, "fleet-10");
    text_table_cell(&table, "%d", 7);
    text_table_cell(&table, "%s", "");
    assert_writes(&table, "  ", "  host      tasks  why\n  fleet-10      7\n");
}

static void letters_are_counted_and_not_bytes(void **state)
{
    (void)state;
    struct text_table table = {.columns = 2};
    text_table_cell(&table, "häß");
    text_table_cell(&table, "x");
    text_table_cell(&table, "four");
    text_table_cell(&table, "y");
    assert_writes(&table, "", "häß   x\nfour  y\n");
}

static void no_cell_steers_a_terminal(void **state)
{
    (void)state;
    struct text_table table = {.columns = 2};
    text_table_cell(&table, "%s", "a\nb\x1b[2J\x7f.");
    text_table_cell(&table, "c");
    assert_writes(&table, "", "a b [2J .  c\n");
}

static void a_row_may_end_early(void **state)
{
    (void)state;
    struct text_table table = {.columns = 3};
    text_table_end_row(&table);
    text_table_cell(&table, "rejected");
    text_table_end_row(&table);
    text_table_end_row(&table);
    for (int i = 0; i < 3; i++)
        text_table_cell(&table, "%d", i);
    text_table_cell(&table, "last");
    assert_writes(&table, "", "rejected\n0         1  2\nlast\n");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_they_must_be),
        cmocka_unit_test(letters_are_counted_and_not_bytes),
        cmocka_unit_test(no_cell_steers_a_terminal),
        cmocka_unit_test(a_row_may_end_early),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
