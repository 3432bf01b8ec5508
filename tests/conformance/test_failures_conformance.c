/* What every failure promises. A variant joins by its line in failures.def, and is played here by its own
 * example. */
#include "models/failure/failure.h"
#include "tests/unit/ecs_run.h"
#include <stdio.h>
#include <stdlib.h>

static const char at_10m[] = "at: 10m";

/* The small cluster with the failure of the example, at its own time or at others. */
static struct ecs_run *play(const struct variant *failure, const char *times)
{
    char text[2048];
    assert_non_null(failure->example);
    assert_memory_equal(failure->example, at_10m, strlen(at_10m));
    snprintf(text, sizeof text, SMALL_CLUSTER "failures: [{%s: {%s%s}}]\n", failure->name, times,
             failure->example + strlen(at_10m));
    return ecs_run_play(text);
}

#define EACH_FAILURE(failure)                                                                                \
    const struct variant *const *variants = failure_catalogue.variants;                                      \
    for (const struct variant *failure; (failure = *variants); variants++)

static void every_failure_strikes_at_its_time_and_leaves_a_mark(void **state)
{
    (void)state;
    EACH_FAILURE(failure)
    {
        struct ecs_run *seen = play(failure, at_10m);
        const char *mark = seen->marks.bytes;
        assert_memory_equal(mark, "600 ", strlen("600 "));
        assert_ptr_equal(strchr(mark, '\n'), mark + strlen(mark) - 1);
        ecs_run_free(seen);
    }
}

static void marks_say_what_has_happened(void **state)
{
    (void)state;
    static const struct {
        const struct variant *failure;
        const char *marks;
    } expected[] = {
        {&failure_instance, "600 fleet-2 crashed\n"},
        {&failure_spot_interruption, "600 fleet-1 got its Spot notice\n"},
        {&failure_zone_outage, "600 zone us-east-1b lost power\n"},
        {&failure_launch, "600 launches are refused everywhere\n"},
        {&failure_task_crash, "600 web-1 exited with 3\n"},
        {&failure_task_hang, "600 web-6 hangs\n"},
        {&failure_fargate_spot_interruption, "600 spare-1 was interrupted\n"},
        {&failure_volume, "600 volumes in us-east-1b are impaired\n"},
        {&failure_mount_target_outage, "600 mount target of fs-1 lost in us-east-1b\n"},
        {&failure_api_throttled, "600 RunTask throttles\n"},
        {&failure_disk_full, "600 fleet-1 has a full disk\n"},
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct ecs_run *seen = play(expected[i].failure, at_10m);
        assert_string_equal(seen->marks.bytes, expected[i].marks);
        ecs_run_free(seen);
    }
}

static size_t count_lines(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void every_failure_can_strike_again(void **state)
{
    (void)state;
    EACH_FAILURE(failure)
    {
        struct ecs_run *seen = play(failure, "at: 10m, every: 15m, times: 3");
        assert_int_equal(count_lines(seen->marks.bytes), 3);
        assert_non_null(strstr(seen->marks.bytes, "\n1500 "));
        assert_non_null(strstr(seen->marks.bytes, "\n2400 "));
        ecs_run_free(seen);
    }
}

static void every_failure_strikes_to_the_end_where_no_number_is_given(void **state)
{
    (void)state;
    EACH_FAILURE(failure)
    {
        struct ecs_run *seen = play(failure, "at: 20m, every: 20m");
        assert_int_equal(count_lines(seen->marks.bytes), 3);
        ecs_run_free(seen);
    }
}

static void every_failure_is_the_same_again(void **state)
{
    (void)state;
    EACH_FAILURE(failure)
    {
        struct ecs_run *one = play(failure, "at: 10m, every: 7m"), *two = play(failure, "at: 10m, every: 7m");
        assert_int_equal(one->run->fingerprint, two->run->fingerprint);
        assert_string_equal(one->marks.bytes, two->marks.bytes);
        ecs_run_free(one);
        ecs_run_free(two);
    }
}

static void a_failure_after_the_end_changes_nothing(void **state)
{
    (void)state;
    struct ecs_run *calm = ecs_run_play(SMALL_CLUSTER);
    EACH_FAILURE(failure)
    {
        struct ecs_run *seen = play(failure, "at: 61m");
        assert_int_equal(seen->run->fingerprint, calm->run->fingerprint);
        assert_string_equal(seen->marks.bytes, "");
        ecs_run_free(seen);
    }
    ecs_run_free(calm);
}

/* Hangs aside, which nobody notices without a health check, six tasks serve again in the end. */
static void the_scheduler_recovers_from_every_failure(void **state)
{
    (void)state;
    EACH_FAILURE(failure)
    {
        struct ecs_run *seen = play(failure, at_10m);
        const struct world *world = seen->run->world;
        int64_t hangs = failure == &failure_task_hang;
        assert_int_equal(world->services[0].counts.running, 6);
        assert_int_equal(world->services[0].counts.healthy, 6);
        assert_int_equal(world->services[0].counts.serving, 6 - hangs);
        ecs_run_free(seen);
    }
}

static void every_failure_leaves_the_zones_as_they_were(void **state)
{
    (void)state;
    EACH_FAILURE(failure)
    {
        struct ecs_run *seen = play(failure, "at: 10m, every: 1m, times: 4");
        const struct world *world = seen->run->world;
        for (uint32_t i = 0; i < world->zone_count; i++) {
            assert_int_equal(world->zones[i].power_outages, 0);
            assert_int_equal(world->zones[i].network_outages, 0);
            assert_int_equal(world->zones[i].launch_refusals, 0);
        }
        ecs_run_free(seen);
    }
}

static void every_failure_can_be_listed(void **state)
{
    (void)state;
    for (const struct variant *const *variant = failure_catalogue.variants; *variant; variant++) {
        assert_ptr_equal(catalogue_find(&failure_catalogue, (*variant)->name), *variant);
        assert_non_null((*variant)->meaning);
        for (const struct param *param = (*variant)->shape->params; param->key; param++)
            assert_non_null(param->meaning);
    }
}

/* --- what the ways of dying mean [ODG:ECS_instances] ------------------------------------------ */

static void assert_marks(const char *failures, const char *marks)
{
    struct text text = {0};
    text_add(&text, SMALL_CLUSTER);
    text_add(&text, failures);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    assert_string_equal(seen->marks.bytes, marks);
    ecs_run_free(seen);
    text_free(&text);
}

static void a_host_that_is_down_does_not_fail_again(void **state)
{
    (void)state;
    assert_marks(
        "failures: [{instanceFailure: {at: 10m, every: 1m, times: 3, containerInstance: c5.large-1}}]\n",
        "600 c5.large-1 crashed\n");
}

static void a_host_without_group_fails_again_once_it_is_repaired(void **state)
{
    (void)state;
    assert_marks(
        "failures: [{instanceFailure: {timeBetween: 20m, repair: 5m, containerInstance: c5.large-1}}]\n",
        "1200 c5.large-1 crashed\n2700 c5.large-1 crashed\n");
}

static void a_lost_agent_comes_back_in_a_group_too(void **state)
{
    (void)state;
    assert_marks("failures: [{instanceFailure: {at: 10m, every: 10m, times: 2, mode: agentLost, repair: 5m, "
                 "containerInstance: fleet-1}}]\n",
                 "600 fleet-1 lost its agent\n1200 fleet-1 lost its agent\n");
}

static void a_host_that_fails_while_it_launches_is_replaced(void **state)
{
    (void)state;
    assert_marks("timing: {instanceLaunch: 2m}\n"
                 "failures:\n"
                 "  - instanceFailure: {at: 10m, mode: terminate, containerInstance: fleet-2}\n"
                 "  - zoneOutage: {at: 11m, for: 1m, availabilityZone: us-east-1b}\n",
                 "600 fleet-2 terminated\n660 zone us-east-1b lost power\n");
}

static void chance_draws_the_same_days_whatever_else_fails(void **state)
{
    (void)state;
    static const char drawn[] = "failures:\n  - instanceFailure: {timeBetween: {exponential: {mean: 30m}}}\n";
    struct text alone = {0}, with = {0};
    text_add_format(&alone, "%s%s", SMALL_CLUSTER, drawn);
    text_add_format(&with, "%s%s  - taskCrash: {at: 1s, service: web}\n", SMALL_CLUSTER, drawn);
    struct ecs_run *one = ecs_run_play(alone.bytes), *two = ecs_run_play(with.bytes);
    assert_true(count_lines(one->marks.bytes) > 3);
    assert_non_null(strstr(two->marks.bytes, one->marks.bytes));
    ecs_run_free(one);
    ecs_run_free(two);
    text_free(&alone);
    text_free(&with);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_failure_strikes_at_its_time_and_leaves_a_mark),
        cmocka_unit_test(marks_say_what_has_happened),
        cmocka_unit_test(every_failure_can_strike_again),
        cmocka_unit_test(every_failure_strikes_to_the_end_where_no_number_is_given),
        cmocka_unit_test(every_failure_is_the_same_again),
        cmocka_unit_test(a_failure_after_the_end_changes_nothing),
        cmocka_unit_test(the_scheduler_recovers_from_every_failure),
        cmocka_unit_test(every_failure_leaves_the_zones_as_they_were),
        cmocka_unit_test(every_failure_can_be_listed),
        cmocka_unit_test(a_host_that_is_down_does_not_fail_again),
        cmocka_unit_test(a_host_without_group_fails_again_once_it_is_repaired),
        cmocka_unit_test(a_lost_agent_comes_back_in_a_group_too),
        cmocka_unit_test(a_host_that_fails_while_it_launches_is_replaced),
        cmocka_unit_test(chance_draws_the_same_days_whatever_else_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
