/* Lines of a constant rate, and what a full buffer makes of them, against counting them one by one. */
#include "models/ecs/log/log_flow.h"
#include "tests/unit/unit.h"

/* The microsecond in which the k-th line is written. */
static simtime time_of(struct log_flow flow, int64_t line)
{
    simtime time = 0;
    while (flow.bytes_per_second * time < line * flow.line_bytes * SIMTIME_SECOND)
        time++;
    return time;
}

struct counted {
    int64_t lines, kept;
    simtime full_at; /* of the first that found no room */
};

static struct counted count_one_by_one(struct log_flow flow, simtime from, simtime until, int64_t room)
{
    struct counted counted = {.full_at = SIMTIME_NEVER};
    for (int64_t line = 1; time_of(flow, line) < until; line++) {
        simtime time = time_of(flow, line);
        if (time < from)
            continue;
        counted.lines++;
        if (counted.kept < room)
            counted.kept++;
        else if (counted.full_at == SIMTIME_NEVER)
            counted.full_at = time;
    }
    return counted;
}

static void hold_against_counting(struct log_flow flow, simtime from, simtime until, int64_t room)
{
    struct counted counted = count_one_by_one(flow, from, until, room);
    simtime full_at = log_flow_full_at(&flow, from, room);
    assert_int_equal(log_flow_lines(&flow, from, until), counted.lines);
    assert_int_equal(log_flow_kept(&flow, from, until, room), counted.kept);
    assert_int_equal(full_at < until ? full_at : SIMTIME_NEVER, counted.full_at);
}

static void as_if_counted_one_by_one(void **state)
{
    (void)state;
    for (int64_t rate = 150000; rate <= 700000; rate += 55000)
        for (int64_t size = 1; size <= 3; size++)
            for (simtime from = 0; from <= 12; from += 1)
                for (simtime until = from; until <= 40; until += 3)
                    for (int64_t room = 1; room <= 4; room++)
                        hold_against_counting((struct log_flow){rate, size}, from, until, room);
}

static void a_line_at_the_very_begin_is_inside_and_one_at_the_end_is_not(void **state)
{
    (void)state;
    struct log_flow flow = {20000, 200};
    assert_int_equal(log_flow_lines(&flow, 600 * SIMTIME_SECOND, 1500 * SIMTIME_SECOND), 90000);
    assert_int_equal(log_flow_lines(&flow, 10000, 10001), 1);
    assert_int_equal(log_flow_lines(&flow, 10001, 20000), 0);
    assert_int_equal(log_flow_full_at(&flow, 600 * SIMTIME_SECOND, 4423), 644230000);
}

static void nothing_is_written_at_no_rate(void **state)
{
    (void)state;
    struct log_flow none = {0, 200};
    assert_int_equal(log_flow_lines(&none, 0, SIMTIME_DAY), 0);
    assert_int_equal(log_flow_kept(&none, 0, SIMTIME_DAY, 5), 0);
    assert_int_equal(log_flow_full_at(&none, 0, 0), SIMTIME_NEVER);
}

static void a_century_at_the_highest_rate_overflows_nothing(void **state)
{
    (void)state;
    struct log_flow flood = {1000000000, 1};
    simtime century = 100 * 366 * SIMTIME_DAY;
    assert_int_equal(log_flow_lines(&flood, 0, century + 1), century * 1000);
    struct log_flow drip = {1, 262144};
    assert_int_equal(log_flow_full_at(&drip, century, INT64_C(1) << 40), SIMTIME_NEVER);
}

static void a_buffer_holds_whole_lines_and_one_at_least(void **state)
{
    (void)state;
    assert_int_equal(log_room_of_ring(10485760, 200), 4096 + 52428);
    assert_int_equal(log_room_of_ring(199, 200), 4096 + 1);
    assert_int_equal(log_room_of_ring(200, 200), 4096 + 1);
    assert_int_equal(log_room_of_ring(400, 200), 4096 + 2);
    assert_int_equal(log_room_of_pipe(200), 4096 + 327);
    assert_int_equal(log_room_of_pipe(65537), 4096);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_if_counted_one_by_one),
        cmocka_unit_test(a_line_at_the_very_begin_is_inside_and_one_at_the_end_is_not),
        cmocka_unit_test(nothing_is_written_at_no_rate),
        cmocka_unit_test(a_century_at_the_highest_rate_overflows_nothing),
        cmocka_unit_test(a_buffer_holds_whole_lines_and_one_at_least),
    };
    return RUN_TESTS(tests);
}
