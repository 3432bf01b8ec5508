#include "sim/engine/pool.h"
#include "tests/unit/unit.h"
#include <string.h>

static void elements_never_move_and_start_zeroed(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    static uint64_t *elements[COUNT];
    static pool_ref refs[COUNT];
    struct pool pool;
    pool_init(&pool, 3 * sizeof(uint64_t));
    for (uint64_t i = 0; i < COUNT; i++) {
        elements[i] = pool_take(&pool, &refs[i]);
        assert_int_not_equal(refs[i], 0);
        for (int word = 0; word < 3; word++) {
            assert_int_equal(elements[i][word], 0);
            elements[i][word] = i;
        }
    }
    for (uint64_t i = 0; i < COUNT; i++) {
        assert_ptr_equal(pool_find(&pool, refs[i]), elements[i]);
        assert_int_equal(elements[i][2], i);
    }
    pool_free(&pool);
}

static void references_to_what_is_gone_find_nothing(void **state)
{
    (void)state;
    struct pool pool;
    pool_init(&pool, 40);
    pool_ref first, second;
    void *element = pool_take(&pool, &first);
    memset(element, 0xff, 40);
    pool_give(&pool, first);
    assert_null(pool_find(&pool, first));
    uint64_t *again = pool_take(&pool, &second);
    assert_ptr_equal(again, element);
    assert_int_equal(again[4], 0);
    assert_int_not_equal(first, second);
    assert_null(pool_find(&pool, first));
    assert_ptr_equal(pool_find(&pool, second), again);
    assert_int_equal(pool.alive, 1);
    pool_free(&pool);
}

static void no_reference_finds_nothing(void **state)
{
    (void)state;
    struct pool pool;
    pool_init(&pool, 8);
    assert_null(pool_find(&pool, 0));
    assert_null(pool_find(&pool, UINT64_MAX));
    pool_ref ref;
    pool_take(&pool, &ref);
    assert_null(pool_find(&pool, 0));
    assert_null(pool_find(&pool, ref + 1));
    pool_free(&pool);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_never_move_and_start_zeroed),
        cmocka_unit_test(references_to_what_is_gone_find_nothing),
        cmocka_unit_test(no_reference_finds_nothing),
    };
    return RUN_TESTS(tests);
}
