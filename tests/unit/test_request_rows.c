/* requests.csv has a row for each period and service, in the order of time, though no event ends a period. */
#include "models/ecs/results/request_rows.h"
#include "tests/unit/ecs_run.h"

#define CLUSTER                                                                                              \
    "availabilityZones: [us-east-1a]\n"                                                                      \
    "containerInstances: [{count: 2, instanceType: m5.large}]\n"                                             \
    "taskDefinitions: [{family: app, containerDefinitions: [{name: main, memory: 512}]}]\n"                  \
    "services:\n"                                                                                            \
    "  - {serviceName: web, taskDefinition: app, desiredCount: 2}\n"                                         \
    "  - {serviceName: api, taskDefinition: app, desiredCount: 1}\n"                                         \
    "load:\n"                                                                                                \
    "  - {service: web, requestsPerSecond: 60}\n"                                                            \
    "  - {service: api, requestsPerSecond: 5}\n"

struct reader {
    struct observer observer; /* first: rows find it by this */
    int rows;
    int64_t end_us[2], requests[2], served[2]; /* of web, of api */
};

static void read_row(struct observer *observer, size_t series, const struct value *values)
{
    struct reader *reader = (struct reader *)observer;
    int which = strcmp(values[1].text, "web") != 0;
    assert_int_equal(series, SERIES_REQUESTS);
    assert_int_equal(which, reader->rows++ % 2);
    assert_int_equal(values[0].integer, reader->end_us[which] + values[2].integer);
    reader->end_us[which] = values[0].integer;
    reader->requests[which] += values[3].integer;
    reader->served[which] += values[4].integer;
}

/* Returns how many events the run had. */
static uint64_t play(const char *text, struct reader *reader)
{
    struct ecs_run *seen = ecs_run_new(text);
    *reader = (struct reader){.observer = {.row = read_row, .wants = UINT64_C(1) << SERIES_REQUESTS}};
    run_observe(seen->run, &reader->observer);
    run_play(seen->run);
    uint64_t events = seen->run->event_number;
    ecs_run_free(seen);
    return events;
}

static void each_period_has_its_row_though_something_happens_seldom(void **state)
{
    (void)state;
    struct reader reader;
    play("duration: 1h\n" CLUSTER
         "timeline: [{at: 10m30s, updateService: {service: api, desiredCount: 0}}]\n",
         &reader);
    assert_int_equal(reader.rows, 2 * 60);
    assert_int_equal(reader.end_us[0], SIMTIME_HOUR);
    assert_int_equal(reader.requests[0], 60 * 3600);
    assert_int_equal(reader.served[0], 60 * 3600);
    assert_int_equal(reader.requests[1], 5 * 3600);
    assert_true(reader.served[1] >= 5 * 630 && reader.served[1] < 5 * 700);
}

static void a_year_of_a_steady_load_has_no_events_of_its_own(void **state)
{
    (void)state;
    struct reader reader;
    assert_true(play("duration: 365d\n" CLUSTER, &reader) < 100);
    assert_int_equal(reader.rows, 2 * 1498);
    assert_int_equal(reader.requests[0], 60 * INT64_C(31536000));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_period_has_its_row_though_something_happens_seldom),
        cmocka_unit_test(a_year_of_a_steady_load_has_no_events_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
