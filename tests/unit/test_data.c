#include "sim/engine/data.h"
#include "tests/unit/unit.h"
#include <string.h>

static bool number_of(const char *text, int64_t *millionths)
{
    return data_number((struct data_cell){text, strlen(text)}, millionths);
}

static void assert_number(const char *text, int64_t expected)
{
    int64_t millionths = -1;
    assert_true(number_of(text, &millionths));
    assert_int_equal(millionths, expected);
}

static void numbers_are_read_to_the_millionth(void **state)
{
    (void)state;
    assert_number("0", 0);
    assert_number("007", 7000000);
    assert_number("12.5", 12500000);
    assert_number(".000001", 1);
    assert_number("3.", 3000000);
    assert_number("0.1234569999", 123456);
    assert_number("100000000000", INT64_C(100000000000000000));
    assert_number("100000000000.0000009", INT64_C(100000000000000000));
}

static void what_is_no_number_is_none(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        ".",
                                        "-1",
                                        "+1",
                                        "1e3",
                                        "1.2.",
                                        "100000000001",
                                        "100000000000.000001",
                                        "1 ",
                                        "..1",
                                        "99999999999999999999999999"};
    int64_t millionths;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(number_of(wrong[i], &millionths));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_to_the_millionth),
        cmocka_unit_test(what_is_no_number_is_none),
    };
    return RUN_TESTS(tests);
}
