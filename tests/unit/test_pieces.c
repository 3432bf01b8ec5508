#include "sim/engine/arena.h"
#include "sim/engine/pieces.h"
#include "tests/unit/unit.h"
#include <string.h>

static void pieces_of_any_size_keep_what_is_put_into_them(void **state)
{
    (void)state;
    enum { LARGEST = 1500 };
    static unsigned char *taken[LARGEST + 1];
    struct pieces pieces;
    struct arena *arena = arena_new();
    pieces_init(&pieces, arena);
    for (size_t size = 0; size <= LARGEST; size++) {
        taken[size] = pieces_take(&pieces, size);
        assert_int_equal((uintptr_t)taken[size] % 16, 0);
        memset(taken[size], (int)(size % 251), size);
    }
    for (size_t size = 0; size <= LARGEST; size++) {
        for (size_t i = 0; i < size; i++)
            assert_int_equal(taken[size][i], size % 251);
        pieces_give(&pieces, taken[size], size);
    }
    arena_free(arena);
}

static void what_is_given_back_is_taken_by_the_next_of_its_size(void **state)
{
    (void)state;
    struct pieces pieces;
    struct arena *arena = arena_new();
    pieces_init(&pieces, arena);
    void *first = pieces_take(&pieces, 40), *second = pieces_take(&pieces, 40);
    assert_ptr_not_equal(first, second);
    pieces_give(&pieces, first, 40);
    pieces_give(&pieces, second, 40);
    pieces_give(&pieces, NULL, 40);
    void *other = pieces_take(&pieces, 64);
    assert_ptr_not_equal(other, first);
    assert_ptr_not_equal(other, second);
    assert_ptr_equal(pieces_take(&pieces, 33), second);
    assert_ptr_equal(pieces_take(&pieces, 48), first);
    assert_ptr_not_equal(pieces_take(&pieces, 48), first);
    arena_free(arena);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_of_any_size_keep_what_is_put_into_them),
        cmocka_unit_test(what_is_given_back_is_taken_by_the_next_of_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
