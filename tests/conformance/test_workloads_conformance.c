/* What every workload promises: its count is monotone, adds up, and is the same whenever it is asked. A
 * variant joins by its line in workloads.def, and fails here until it has an example. */
#include "sim/engine/rng.h"
#include "tests/unit/workload_fixture.h"

static const int64_t start_us = INT64_C(1767225600) * 1000000 + 123456;

static struct workload example_steps(struct mistakes *m)
{
    static const int64_t steps[][2] = {{0, 100}, {600, 900}, {7200, 0}, {7201, 3}};
    return new_steps(m, steps, 4);
}

static struct workload example_steady(struct mistakes *m)
{
    struct workload workload = new_steady(m, 0);
    set_number(&workload, "rate", 333333);
    return workload;
}

/* A wave so flat that every rounding shows. */
static struct workload example_daily(struct mistakes *m)
{
    struct workload workload = new_wave(m, &workload_daily, 0, 0, 20);
    set_number(&workload, "high", 3);
    return workload;
}

static struct workload example_weekly(struct mistakes *m)
{
    return new_weekly(m, 1, MILLION, 333333);
}

static struct workload example_burst(struct mistakes *m)
{
    struct workload workload = new_burst(m, 7, 2, SIMTIME_MINUTE, 90 * SIMTIME_SECOND);
    set_number(&workload, "every", 7 * SIMTIME_MINUTE);
    return workload;
}

static struct workload example_trace(struct mistakes *m)
{
    return new_trace(m, "time,value\n0,1\n60,7\n600,0\n3600,0.000001\n90000,5\n");
}

static const struct example {
    const struct variant *variant;
    struct workload (*make)(struct mistakes *);
} examples[] = {
    {&workload_steady, example_steady}, {&workload_steps, example_steps}, {&workload_daily, example_daily},
    {&workload_weekly, example_weekly}, {&workload_burst, example_burst}, {&workload_trace, example_trace},
};

static struct workload example_of(struct mistakes *m, const struct variant *variant)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        if (examples[i].variant != variant)
            continue;
        struct workload workload = examples[i].make(m);
        check_workload(m, &workload);
        assert_int_equal(m->mistakes, 0);
        return workload;
    }
    fail_msg("the workload %s has no example here", variant->name);
    return (struct workload){{NULL, NULL}};
}

typedef void property(const struct workload *, simtime a, simtime b, simtime c);

/* a < b < c, from neighbouring microseconds to days, often at round times. */
static void for_many_times(const struct workload *workload, property *holds)
{
    static const simtime scales[] = {2, SIMTIME_SECOND, SIMTIME_MINUTE, SIMTIME_DAY};
    const rng_key key = rng_open(1, 2, 3, 4);
    for (uint64_t i = 0; i < 4000; i++) {
        simtime scale = scales[i % 4];
        simtime a = (simtime)rng_below(key, 3 * i, 10 * SIMTIME_DAY);
        a -= i % 3 ? 0 : a % SIMTIME_SECOND;
        simtime b = a + 1 + (simtime)rng_below(key, 3 * i + 1, (uint64_t)scale);
        simtime c = b + 1 + (simtime)rng_below(key, 3 * i + 2, (uint64_t)scale);
        holds(workload, a, b, c);
    }
}

static void for_every_workload(struct mistakes *m, property *holds)
{
    for (const struct variant *const *variant = workload_catalogue.variants; *variant; variant++) {
        struct workload workload = example_of(m, *variant);
        for_many_times(&workload, holds);
    }
}

static __int128 count_until(const struct workload *workload, simtime at)
{
    const struct workload_verbs *verbs = workload->chosen.variant->verbs;
    return verbs->cumulative(workload->chosen.settings, at, start_us);
}

static void is_monotone(const struct workload *workload, simtime a, simtime b, simtime c)
{
    assert_true(count_until(workload, a) <= count_until(workload, b));
    assert_true(count_until(workload, b) <= count_until(workload, c));
}

static void adds_up(const struct workload *workload, simtime a, simtime b, simtime c)
{
    int64_t first = workload_requests(workload, a, b, start_us);
    int64_t second = workload_requests(workload, b, c, start_us);
    assert_int_equal(first + second, workload_requests(workload, a, c, start_us));
}

static void is_no_faster_than_allowed(const struct workload *workload, simtime a, simtime b, simtime c)
{
    (void)c;
    assert_true(workload_requests(workload, a, b, start_us) <= (b - a) * MILLION + 1);
}

/* While it is steady, strides ask the same, wherever they begin. */
static void is_steady_while_it_says_so(const struct workload *workload, simtime a, simtime b, simtime c)
{
    simtime until = workload_steady_until(workload, a), stride = WORKLOAD_STRIDE;
    int64_t first = workload_requests(workload, a, a + stride, start_us);
    assert_true(until >= a);
    for (simtime later = a; later + stride <= simtime_earlier(until, c + 10 * stride); later += stride)
        assert_int_equal(workload_requests(workload, later, later + stride, start_us), first);
    if (b < until)
        assert_true(workload_steady_until(workload, b) == until);
}

static void every_workload_is_steady_while_it_says_so(void **state)
{
    for_every_workload(*state, is_steady_while_it_says_so);
}

static void every_workload_is_monotone(void **state)
{
    for_every_workload(*state, is_monotone);
}

static void every_workload_adds_up(void **state)
{
    for_every_workload(*state, adds_up);
}

static void every_workload_has_a_greatest_rate(void **state)
{
    for_every_workload(*state, is_no_faster_than_allowed);
}

static void every_workload_begins_at_nothing(void **state)
{
    for (const struct variant *const *variant = workload_catalogue.variants; *variant; variant++) {
        struct workload workload = example_of(*state, *variant);
        assert_true(count_until(&workload, 0) == 0);
        assert_true(count_until(&workload, 20 * SIMTIME_DAY) > 0);
    }
}

/* Two instances that are asked in opposite orders answer alike: nothing is remembered between questions. */
static void every_workload_is_deterministic(void **state)
{
    enum { TIMES = 200 };
    for (const struct variant *const *variant = workload_catalogue.variants; *variant; variant++) {
        struct workload forth = example_of(*state, *variant), back = example_of(*state, *variant);
        __int128 counts[TIMES];
        for (int i = 0; i < TIMES; i++)
            counts[i] = count_until(&forth, i * SIMTIME_HOUR / 7);
        for (int i = TIMES; i-- > 0;)
            assert_true(count_until(&back, i * SIMTIME_HOUR / 7) == counts[i]);
    }
}

static void every_workload_can_be_listed(void **state)
{
    (void)state;
    for (const struct variant *const *variant = workload_catalogue.variants; *variant; variant++) {
        assert_ptr_equal(catalogue_find(&workload_catalogue, (*variant)->name), *variant);
        assert_non_null((*variant)->meaning);
        for (const struct param *param = (*variant)->shape->params; param->key; param++)
            assert_non_null(param->meaning);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_mistakes, tear_down_mistakes)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(every_workload_is_monotone),
        TEST(every_workload_adds_up),
        TEST(every_workload_has_a_greatest_rate),
        TEST(every_workload_begins_at_nothing),
        TEST(every_workload_is_deterministic),
        TEST(every_workload_can_be_listed),
        TEST(every_workload_is_steady_while_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
