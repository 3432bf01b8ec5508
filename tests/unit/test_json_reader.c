/* The reader of JSON by which other tests judge: it must find fault. */
#include "tests/group.h"
#include "tests/property/json_reader.h"

static void it_takes_what_is_json(void **state)
{
    static const char *const good[] = {
        "{}",     "[]",      " {\"a\" : [1, -0, 0.5, 1e+9]} ",     "\"\"",
        "null",   "-12.25",  "{\"a\":{\"a\":\"\\u00e9\\n\\\"\"}}", "[true,false]",
        "[[[]]]", "{\"\":0}"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(json_read(good[i], NULL));
}

static void it_refuses_what_is_not(void **state)
{
    static const char *const bad[] = {"",
                                      "{",
                                      "{]",
                                      "[1,]",
                                      "{\"a\":1,}",
                                      "{\"a\"}",
                                      "{a:1}",
                                      "01",
                                      "1.",
                                      ".5",
                                      "-",
                                      "+1",
                                      "1e",
                                      "nul",
                                      "\"",
                                      "\"\\x\"",
                                      "\"\\u12g4\"",
                                      "\"\t\"",
                                      "[1 2]",
                                      "{} {}",
                                      "[1}",
                                      "{\"a\":}",
                                      "{,}",
                                      "'a'",
                                      "True",
                                      "{\"a\":1,\"a\":2}",
                                      "[\"a\":1]",
                                      "NaN",
                                      "{\"a\" 1}",
                                      "{\"a\":1 \"b\":2}"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (json_read(bad[i], NULL))
            fail_msg("taken: %s", bad[i]);
}

static void it_finds_members(void **state)
{
    struct json_object object;
    (void)state;
    assert_true(json_read("{\"one\": \"first\", \"two\": {\"one\": 3}}", &object));
    assert_int_equal(object.count, 2);
    assert_true(json_span_is(*json_find(&object, "one"), "first"));
    assert_true(json_span_is(*json_find(&object, "two"), "{\"one\": 3}"));
    assert_null(json_find(&object, "three"));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_takes_what_is_json),
        cmocka_unit_test(it_refuses_what_is_not),
        cmocka_unit_test(it_finds_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
