/* Tasks that arrive by a trace, as they are read. */
#include "models/workload/arrivals.h"
#include "sim/engine/text.h"
#include "tests/unit/workload_fixture.h"

#define S SIMTIME_SECOND

static const char jobs[] = "name,cpu,mem,submit,seconds\n"
                           "late,2000,4096,30,5\n"
                           "early,500.5,1,10,\n"
                           "beside,,100,10,0.25\n";

/* With the defaults of a trace. */
static struct arrivals *arrivals_of(struct mistakes *m, const char *bytes)
{
    struct arrivals *arrivals = arena_alloc(m->arena, sizeof *arrivals);
    struct data_file *file = arena_alloc(m->arena, sizeof *file);
    *file = (struct data_file){.path = "jobs.csv", .bytes = bytes, .size = strlen(bytes)};
    *arrivals = (struct arrivals){
        .file = file, .at = "0", .unit = S, .cpu_scale = MILLION, .memory_scale = MILLION, .length = ABSENT};
    return arrivals;
}

static struct arrivals *jobs_of(struct mistakes *m, const char *bytes)
{
    struct arrivals *arrivals = arrivals_of(m, bytes);
    arrivals->at = "submit";
    arrivals->duration = "seconds";
    arrivals->cpu = "cpu";
    arrivals->memory = "mem";
    arrivals->cpu_scale = 1024000; /* of thousandths of a vCPU */
    return arrivals;
}

static void check(struct mistakes *m, struct arrivals *arrivals)
{
    arrivals_shape.check(m, arrivals, NULL);
}

static void tasks_come_in_the_order_of_their_arrival(void **state)
{
    struct arrivals *arrivals = jobs_of(*state, jobs);
    check(*state, arrivals);
    assert_int_equal(arrivals->count, 3);
    assert_int_equal(arrivals->items[0].at, 0);
    assert_int_equal(arrivals->items[0].runtime, ABSENT);
    assert_int_equal(arrivals->items[0].size.cpu, 513); /* 512.512, rounded up */
    assert_int_equal(arrivals->items[0].size.memory_mib, 1);
    assert_int_equal(arrivals->items[1].at, 0);
    assert_int_equal(arrivals->items[1].runtime, S / 4);
    assert_int_equal(arrivals->items[1].size.cpu, ABSENT);
    assert_int_equal(arrivals->items[1].size.gpus, ABSENT);
    assert_int_equal(arrivals->items[2].at, 20 * S);
    assert_int_equal(arrivals->items[2].size.cpu, 2048);
}

static void an_end_is_a_duration_too_and_columns_may_be_numbers(void **state)
{
    struct arrivals *arrivals = arrivals_of(*state, "1000,4000\n2000,2000\n");
    arrivals->end = "1";
    arrivals->unit = SIMTIME_MILLISECOND;
    check(*state, arrivals);
    assert_int_equal(arrivals->count, 2);
    assert_int_equal(arrivals->items[0].runtime, 3 * S);
    assert_int_equal(arrivals->items[1].at, S);
    assert_int_equal(arrivals->items[1].runtime, 0);
}

static void dates_have_no_unit(void **state)
{
    struct arrivals *arrivals = arrivals_of(*state, "when,until\n2026-01-01 00:00:00,2026-01-01 01:00:00\n");
    arrivals->end = "until";
    arrivals->unit = SIMTIME_DAY;
    check(*state, arrivals);
    assert_int_equal(arrivals->items[0].runtime, SIMTIME_HOUR);
}

static void a_window_moves_a_trace_to_the_start(void **state)
{
    struct arrivals *arrivals = arrivals_of(*state, "5\n10\n19.999\n20\n");
    arrivals->from = "8";
    arrivals->length = 12 * S;
    check(*state, arrivals);
    assert_int_equal(arrivals->count, 2);
    assert_int_equal(arrivals->items[0].at, 2 * S);
    assert_int_equal(arrivals->items[1].at, 11999000);
}

/* Order is kept among many of one instant, whatever comes between. */
static void many_rows_are_sorted_and_ties_are_not(void **state)
{
    enum { ROWS = 1000 };
    struct mistakes *m = *state;
    struct text text = {0};
    for (int i = 0; i < ROWS; i++)
        text_add_format(&text, "%d,%d\n", i * 7919 % 13, i + 1);
    struct arrivals *arrivals = arrivals_of(m, text.bytes);
    arrivals->memory = "1";
    check(m, arrivals);
    assert_int_equal(arrivals->count, ROWS);
    for (size_t i = 1; i < arrivals->count; i++) {
        const struct arrival *one = &arrivals->items[i - 1], *next = &arrivals->items[i];
        assert_true(one->at < next->at ||
                    (one->at == next->at && one->size.memory_mib < next->size.memory_mib));
    }
    text_free(&text);
}

static void expect_mistake(struct mistakes *m, struct arrivals *arrivals, const char *key)
{
    m->mistakes = 0;
    check(m, arrivals);
    assert_int_equal(m->mistakes, 1);
    assert_string_equal(m->key, key);
}

static void wrong(void **state, const char *bytes, const char *key, const char *words)
{
    struct mistakes *m = *state;
    expect_mistake(m, jobs_of(m, bytes), key);
    if (!strstr(m->text, words))
        fail_msg("`%s` does not say `%s`", m->text, words);
}

static void mistakes_name_their_line(void **state)
{
#define HEADER "cpu,mem,submit,seconds\n"
    wrong(state, "cpu,mem,start,seconds\n1,1,1,1\n", "at", "no column submit");
    wrong(state, HEADER "1,1,soon,1\n", "at", "line 2: 'soon'");
    wrong(state, HEADER "1,1,1,1\n1,1,1,-1\n", "duration", "line 3: '-1'");
    wrong(state, HEADER "x,1,1,1\n", "cpu", "'x' is not a number");
    wrong(state, HEADER "200000,1,1,1\n", "cpu", "is more than a task can reserve");
    wrong(state, HEADER "1,99999999999,1,1\n", "memory", "is more than a task can reserve");
    wrong(state, HEADER "1,1,99999999999999999,1\n", "at", "is neither");
    wrong(state, HEADER, "file", "has no rows");
    wrong(state, "", "at", "no column");
}

static void an_end_before_the_beginning_is_a_mistake(void **state)
{
    struct arrivals *arrivals = arrivals_of(*state, "10,9\n");
    arrivals->end = "1";
    expect_mistake(*state, arrivals, "end");
}

static void an_empty_window_is_a_mistake(void **state)
{
    struct arrivals *arrivals = arrivals_of(*state, "10\n");
    arrivals->from = "11";
    expect_mistake(*state, arrivals, "from");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_mistakes, tear_down_mistakes)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(tasks_come_in_the_order_of_their_arrival),
        TEST(an_end_is_a_duration_too_and_columns_may_be_numbers),
        TEST(dates_have_no_unit),
        TEST(a_window_moves_a_trace_to_the_start),
        TEST(many_rows_are_sorted_and_ties_are_not),
        TEST(mistakes_name_their_line),
        TEST(an_end_before_the_beginning_is_a_mistake),
        TEST(an_empty_window_is_a_mistake),
    };
    return cmocka_run_group_tests_name("arrivals", tests, NULL, NULL);
}
