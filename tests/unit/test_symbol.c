/* Texts that are kept once, numbered, and things that are found by them. */
#include "sim/engine/symbol.h"
#include "tests/unit/unit.h"

static void a_text_is_one_symbol_however_many_there_are(void **state)
{
    (void)state;
    struct symbols symbols = {.arena = arena_new()};
    enum { MANY = 10000 };
    struct symbol *first = symbol_named(&symbols, "0");
    for (int i = 1; i < MANY; i++)
        symbol_named(&symbols, arena_format(symbols.arena, "%d", i));
    assert_ptr_equal(symbol_named(&symbols, "0"), first);
    assert_ptr_equal(symbol_find(&symbols, "0"), first);
    assert_null(symbol_find(&symbols, "-1"));
    arena_free(symbols.arena);
}

static void numbers_are_given_in_order_and_stay(void **state)
{
    (void)state;
    struct symbols symbols = {.arena = arena_new()};
    assert_int_equal(symbol_number(&symbols, "web"), 0);
    assert_int_equal(symbol_give_number(&symbols, "web"), 1);
    assert_int_equal(symbol_give_number(&symbols, "Web"), 2);
    assert_int_equal(symbol_give_number(&symbols, "web"), 1);
    assert_int_equal(symbol_number(&symbols, "Web"), 2);
    arena_free(symbols.arena);
}

static void the_first_that_is_entered_stays(void **state)
{
    (void)state;
    struct symbols symbols = {.arena = arena_new()};
    int one, other;
    assert_null(symbol_entered(&symbols, "web"));
    symbol_enter(&symbols, "web", &one);
    symbol_enter(&symbols, "web", &other);
    assert_ptr_equal(symbol_entered(&symbols, "web"), &one);
    assert_null(symbol_entered(&symbols, "cache"));
    arena_free(symbols.arena);
}

static void no_text_takes_and_has_nothing(void **state)
{
    (void)state;
    struct symbols symbols = {.arena = arena_new()};
    int thing;
    symbol_enter(&symbols, NULL, &thing);
    assert_null(symbol_entered(&symbols, NULL));
    assert_int_equal(symbols.count, 0);
    arena_free(symbols.arena);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_one_symbol_however_many_there_are),
        cmocka_unit_test(numbers_are_given_in_order_and_stay),
        cmocka_unit_test(the_first_that_is_entered_stays),
        cmocka_unit_test(no_text_takes_and_has_nothing),
    };
    return RUN_TESTS(tests);
}
