#include "sim/engine/text.h"
#include "tests/unit/unit.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void assert_decimal(int64_t value, int decimals, const char *expected)
{
    char text[DECIMAL_TEXT_SIZE];
    assert_int_equal(decimal_format(text, value, decimals), strlen(expected));
    assert_string_equal(text, expected);
}

static void decimals_are_exact_and_short(void **state)
{
    (void)state;
    assert_decimal(12500, 3, "12.5");
    assert_decimal(0, 6, "0");
    assert_decimal(0, 0, "0");
    assert_decimal(1, 6, "0.000001");
    assert_decimal(-250000, 6, "-0.25");
    assert_decimal(1000000, 6, "1");
    assert_decimal(100, 0, "100");
    assert_decimal(INT64_MAX, 0, "9223372036854775807");
    assert_decimal(INT64_MIN, 18, "-9.223372036854775808");
}

static void numbers_of_every_length_are_written(void **state)
{
    (void)state;
    char expected[DECIMAL_TEXT_SIZE];
    for (int64_t power = 1;; power *= 10) {
        for (int64_t value = power - 1; value <= power + 1; value++) {
            snprintf(expected, sizeof expected, "%" PRId64, value);
            assert_decimal(value, 0, expected);
            snprintf(expected, sizeof expected, "%" PRId64 ".%06d", value % 1000000000000, 100001);
            assert_decimal(value % 1000000000000 * 1000000 + 100001, 6, expected);
        }
        if (power == 1000000000000000000)
            break;
    }
}

/* Digits are made by eights. */
static void fractions_of_every_length_are_written(void **state)
{
    (void)state;
    int64_t value = INT64_C(987654321123456789);
    for (int decimals = 1; decimals <= 18; decimals++) {
        char digits[DECIMAL_TEXT_SIZE], expected[DECIMAL_TEXT_SIZE];
        snprintf(digits, sizeof digits, "%0*" PRId64, decimals + 1, value);
        int whole = (int)strlen(digits) - decimals;
        snprintf(expected, sizeof expected, "%.*s.%s", whole, digits, digits + whole);
        assert_decimal(value, decimals, expected);
    }
    assert_decimal(1, 18, "0.000000000000000001");
    assert_decimal(100, 18, "0.0000000000000001");
    assert_decimal(INT64_C(100000000000000000), 18, "0.1");
    assert_decimal(10000000001, 10, "1.0000000001");
    assert_decimal(-10, 9, "-0.00000001");
}

static void whole_numbers_of_few_digits_are_added(void **state)
{
    (void)state;
    struct text text = {0};
    for (int64_t value = -1001; value <= 1001; value++) {
        char expected[DECIMAL_TEXT_SIZE];
        snprintf(expected, sizeof expected, "%" PRId64, value);
        text_clear(&text);
        text_add_integer(&text, value);
        assert_string_equal(text.bytes, expected);
        assert_int_equal(text.length, strlen(expected));
    }
    text_free(&text);
}

static void text_grows_and_is_cleared(void **state)
{
    (void)state;
    struct text text = {0};
    for (int i = 0; i < 1000; i++)
        text_add_integer(&text, i % 10);
    text_add_char(&text, ' ');
    text_add_seconds(&text, 1250000);
    text_add_format(&text, " %s %d", "and", 7);
    text_add_bytes(&text, "!?", 1);
    assert_int_equal(text.length, 1000 + 1 + 4 + 6 + 1);
    assert_string_equal(text.bytes + 998, "89 1.25 and 7!");
    text_clear(&text);
    assert_int_equal(text.length, 0);
    assert_string_equal(text.bytes, "");
    text_free(&text);
    assert_null(text.bytes);
}

static void write_sample(struct json *json)
{
    json_begin_object(json, NULL);
    json_string(json, "name", "web");
    json_string(json, "none", NULL);
    json_begin_array(json, "list");
    json_integer(json, NULL, -3);
    json_decimal(json, NULL, 25, 1);
    json_begin_object(json, NULL);
    json_end_object(json);
    json_end_array(json);
    json_begin_array(json, "empty");
    json_end_array(json);
    json_seconds(json, "at", 1500000);
    json_seconds(json, "never", SIMTIME_NEVER);
    json_bool(json, "yes", true);
    json_end_object(json);
}

static void json_is_indented(void **state)
{
    (void)state;
    struct text text = {0};
    struct json json = {.out = &text};
    write_sample(&json);
    assert_string_equal(text.bytes,
                        "{\n  \"name\": \"web\",\n  \"none\": null,\n  \"list\": [\n    -3,\n    2.5,\n    "
                        "{}\n  ],\n  \"empty\": [],\n  \"at\": 1.5,\n  \"never\": null,\n  \"yes\": true\n}");
    text_free(&text);
}

static void json_fits_on_one_line(void **state)
{
    (void)state;
    struct text text = {0};
    struct json json = {.out = &text, .one_line = true};
    write_sample(&json);
    assert_string_equal(text.bytes,
                        "{\"name\":\"web\",\"none\":null,\"list\":[-3,2.5,{}],\"empty\":[],\"at\":1.5,"
                        "\"never\":null,\"yes\":true}");
    text_free(&text);
}

static void assert_quoted(const char *string, const char *expected)
{
    struct text text = {0};
    struct json json = {.out = &text};
    json_string(&json, NULL, string);
    assert_string_equal(text.bytes, expected);
    text_free(&text);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    assert_quoted("a\"b\\c/", "\"a\\\"b\\\\c/\"");
    assert_quoted("\n\t\r\b\f\x01\x1f", "\"\\n\\t\\r\\b\\f\\u0001\\u001f\"");
    assert_quoted("gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80",
                  "\"gr\xc3\xbc\xc3\x9f \xe2\x82\xac \xf0\x9f\x98\x80\"");
}

#define REPLACED "\xef\xbf\xbd"

static void invalid_utf8_is_replaced(void **state)
{
    (void)state;
    assert_quoted("a\xff"
                  "b",
                  "\"a" REPLACED "b\"");
    assert_quoted("\xc0\xaf", "\"" REPLACED REPLACED "\"");              /* overlong */
    assert_quoted("\xed\xa0\x80", "\"" REPLACED REPLACED REPLACED "\""); /* a surrogate */
    assert_quoted("\xe2\x82", "\"" REPLACED REPLACED "\"");              /* cut short */
    assert_quoted("\xf4\x90\x80\x80", "\"" REPLACED REPLACED REPLACED REPLACED "\"");
}

static void an_absent_text_is_as_good_as_an_empty_one(void **state)
{
    (void)state;
    char copy[] = "red";
    assert_true(text_is_same("red", copy));
    assert_false(text_is_same("red", "Red"));
    assert_true(text_is_same(NULL, NULL));
    assert_true(text_is_same(NULL, ""));
    assert_false(text_is_same("red", NULL));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_exact_and_short),
        cmocka_unit_test(numbers_of_every_length_are_written),
        cmocka_unit_test(fractions_of_every_length_are_written),
        cmocka_unit_test(whole_numbers_of_few_digits_are_added),
        cmocka_unit_test(text_grows_and_is_cleared),
        cmocka_unit_test(json_is_indented),
        cmocka_unit_test(json_fits_on_one_line),
        cmocka_unit_test(strings_are_escaped),
        cmocka_unit_test(invalid_utf8_is_replaced),
        cmocka_unit_test(an_absent_text_is_as_good_as_an_empty_one),
    };
    return RUN_TESTS(tests);
}
