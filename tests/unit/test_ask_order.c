/* Who asks whom: the order, the circles, what is connected, and how often everybody is asked. */
#include "models/settings/ask_order.h"
#include "sim/engine/param.h"
#include "tests/unit/unit.h"
#include <string.h>

enum { MEMBERS = 4, PAIRS = MEMBERS * (MEMBERS - 1) };

/* All graphs of four members without loops of one: a bit per ordered pair. */
static size_t graph(unsigned bits, struct ask *asks)
{
    size_t count = 0;
    unsigned bit = 0;
    for (uint32_t by = 0; by < MEMBERS; by++)
        for (uint32_t of = 0; of < MEMBERS; of++)
            if (by != of && bits & 1u << bit++)
                asks[count++] = (struct ask){by, of, MILLION};
    return count;
}

/* reach[a][b]: whether requests to a may end up at b. */
static void close_over(const struct ask *asks, size_t count, bool reach[MEMBERS][MEMBERS])
{
    memset(reach, 0, MEMBERS * sizeof *reach);
    for (size_t i = 0; i < count; i++)
        reach[asks[i].by][asks[i].of] = true;
    for (int via = 0; via < MEMBERS; via++)
        for (int a = 0; a < MEMBERS; a++)
            for (int b = 0; b < MEMBERS; b++)
                reach[a][b] = reach[a][b] || (reach[a][via] && reach[via][b]);
}

/* Those that are in a circle, or behind one, have no place; all others come after their askers. */
static void check_order(const bool reach[MEMBERS][MEMBERS], const uint32_t *order, uint32_t placed)
{
    int place[MEMBERS] = {-1, -1, -1, -1};
    for (uint32_t i = 0; i < placed; i++)
        place[order[i]] = (int)i;
    for (int b = 0; b < MEMBERS; b++) {
        bool round = reach[b][b];
        for (int a = 0; a < MEMBERS; a++)
            round = round || (reach[a][a] && reach[a][b]);
        assert_int_equal(place[b] >= 0, !round);
        for (int a = 0; a < MEMBERS && place[b] >= 0; a++)
            if (reach[a][b])
                assert_true(place[a] < place[b]);
    }
}

static void everybody_comes_after_those_that_ask_it(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 1u << PAIRS; bits++) {
        struct ask asks[PAIRS];
        bool reach[MEMBERS][MEMBERS];
        uint32_t order[MEMBERS];
        struct arena *arena = arena_new();
        size_t count = graph(bits, asks);
        close_over(asks, count, reach);
        check_order(reach, order, ask_order(arena, asks, count, MEMBERS, order));
        arena_free(arena);
    }
}

static void connected_members_have_one_label(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 1u << PAIRS; bits++) {
        struct ask asks[2 * PAIRS];
        bool reach[MEMBERS][MEMBERS];
        uint32_t label[MEMBERS];
        size_t count = graph(bits, asks);
        ask_label(asks, count, MEMBERS, label);
        for (size_t i = 0; i < count; i++)
            asks[count + i] = (struct ask){asks[i].of, asks[i].by, MILLION};
        close_over(asks, 2 * count, reach);
        for (uint32_t a = 0; a < MEMBERS; a++)
            for (uint32_t b = 0; b < MEMBERS; b++) {
                assert_int_equal(label[a] == label[b], a == b || reach[a][b]);
                assert_true(a > b || label[b] <= a || label[a] != label[b]);
            }
    }
}

static void members_without_an_order_come_by_number(void **state)
{
    (void)state;
    const struct ask asks[] = {{3, 1, MILLION}};
    uint32_t order[MEMBERS];
    struct arena *arena = arena_new();
    assert_int_equal(ask_order(arena, asks, 1, MEMBERS, order), MEMBERS);
    assert_memory_equal(order, ((uint32_t[]){0, 2, 3, 1}), sizeof order);
    arena_free(arena);
}

/* 0 asks 1 twice and 2 half a time; both ask 3, which people ask, too. */
static void shares_multiply_along_ways_and_add_up(void **state)
{
    (void)state;
    const struct ask asks[] = {
        {0, 1, 2 * MILLION}, {0, 2, MILLION / 2}, {1, 3, 3 * MILLION}, {2, 3, 4 * MILLION}};
    const bool outside[MEMBERS] = {true, false, false, true};
    uint32_t order[MEMBERS];
    int64_t times[MEMBERS];
    struct arena *arena = arena_new();
    ask_order(arena, asks, 4, MEMBERS, order);
    ask_fan_out(arena, asks, 4, MEMBERS, order, outside, 1000 * MILLION, times);
    assert_int_equal(times[0], MILLION);
    assert_int_equal(times[1], 2 * MILLION);
    assert_int_equal(times[2], MILLION / 2);
    assert_int_equal(times[3], (1 + 6 + 2) * MILLION);
    ask_fan_out(arena, asks, 4, MEMBERS, order, outside, 8 * MILLION, times);
    assert_int_equal(times[3], 8 * MILLION + 1);
    arena_free(arena);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_comes_after_those_that_ask_it),
        cmocka_unit_test(connected_members_have_one_label),
        cmocka_unit_test(members_without_an_order_come_by_number),
        cmocka_unit_test(shares_multiply_along_ways_and_add_up),
    };
    return RUN_TESTS(tests);
}
