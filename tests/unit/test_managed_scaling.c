/* Hosts that a capacity provider needs, and what its group desires for them; with the case table's numbers.
 */
#include "models/ecs/capacity/managed_scaling.h"
#include "tests/unit/unit.h"

#define PERCENT 1000000

static const struct room large = {{16 * 1024, 24 * 1024, 0, 60}};

static struct managed_scaling_view group_of(int64_t running, int64_t occupied)
{
    return (struct managed_scaling_view){
        .running = running,
        .occupied = occupied,
        .types = &large,
        .type_count = 1,
        .target = 100,
        .minimum_step = 1,
        .maximum_step = 10000,
    };
}

static struct need need_for(struct managed_scaling_view group, struct demand demand)
{
    group.demands = &demand;
    group.demand_count = 1;
    return managed_scaling_need(&group);
}

static struct demand tasks_of(int64_t tasks, int64_t cpu, int64_t memory)
{
    return (struct demand){.task = {{cpu, memory, 0, 0}}, .tasks = tasks};
}

/* After so many minutes below the target. */
static int64_t desired_at(int64_t capacity, int64_t reservation, int64_t target, int64_t minutes_below)
{
    return managed_scaling_desired(&(struct managed_scaling_question){
        .reservation = reservation,
        .target = target,
        .minimum_step = 1,
        .maximum_step = 10000,
        .capacity = capacity,
        .minutes_below = minutes_below,
    });
}

/* Of a group whose hosts all run, with M hosts needed. */
static int64_t desired_of(int64_t running, int64_t needed, int64_t target, int64_t minutes_below)
{
    struct managed_scaling_view group = group_of(running, needed);
    return desired_at(running, managed_scaling_need(&group).reservation, target, minutes_below);
}

/* Case CPR-01. */
static void fifteen_minutes_below_the_target_take_hosts_cpr_01(void **state)
{
    (void)state;
    struct managed_scaling_view group = group_of(3, 2);
    assert_int_equal(managed_scaling_need(&group).reservation, 66666666);
    assert_int_equal(desired_of(3, 2, 100, 14), 3);
    assert_int_equal(desired_of(3, 2, 100, 15), 2);
}

/* Cases CPR-02, CPR-05, CPR-06, CPR-07, CPR-09. */
static void a_low_target_keeps_spare_hosts_cpr_02_05_06_07_09(void **state)
{
    (void)state;
    assert_int_equal(desired_of(3, 2, 50, 0), 4);
    for (int64_t needed = 10; needed <= 40; needed *= 2) {
        assert_int_equal(desired_of(needed, needed, 50, 0), 2 * needed);
        assert_int_equal(desired_of(2 * needed, needed, 50, 15), 2 * needed);
    }
    assert_int_equal(desired_of(8, 8, 80, 0), 10);
}

/* Case CPR-03. */
static void from_no_host_two_start_cpr_03(void **state)
{
    (void)state;
    struct need need = need_for(group_of(0, 0), tasks_of(1, 1024, 1024));
    assert_int_equal(need.hosts, 1);
    assert_int_equal(need.reservation, 200 * PERCENT);
    assert_int_equal(desired_at(0, need.reservation, 100, 0), 2);
}

/* Cases CPR-04, CPR-36. */
static void no_host_and_no_task_is_100_percent_cpr_04_36(void **state)
{
    (void)state;
    struct managed_scaling_view group = group_of(0, 0);
    assert_int_equal(managed_scaling_need(&group).reservation, 100 * PERCENT);
    assert_int_equal(desired_of(0, 0, 100, 15), 0);
    assert_int_equal(desired_of(0, 0, 90, 0), 2);
}

/* Case CPR-11. */
static void hosts_with_a_task_are_needed_however_empty_cpr_11(void **state)
{
    (void)state;
    struct managed_scaling_view group = group_of(5, 5);
    assert_int_equal(managed_scaling_need(&group).reservation, 100 * PERCENT);
    assert_int_equal(desired_of(5, 5, 100, 0), 5);
}

/* Case CPR-12. */
static void at_most_half_of_the_group_goes_in_a_minute_cpr_12(void **state)
{
    (void)state;
    assert_int_equal(desired_of(5, 0, 100, 15), 3);
    assert_int_equal(desired_of(3, 0, 100, 15), 2);
    assert_int_equal(desired_of(2, 0, 100, 15), 1);
    assert_int_equal(desired_of(1, 0, 100, 15), 0);
    assert_int_equal(desired_of(334, 34, 100, 15), 167);
}

/* Case CPR-16. */
static void the_scarcest_resource_counts_cpr_16(void **state)
{
    (void)state;
    struct need need = need_for(group_of(2, 2), tasks_of(10, 2048, 8 * 1024));
    assert_int_equal(need.hosts, 2 + 4);
    assert_int_equal(need.rule, NEED_MEMORY);
}

/* Cases CPR-18, CPR-19. */
static void a_third_of_a_host_each_cpr_18_19(void **state)
{
    (void)state;
    assert_int_equal(need_for(group_of(0, 0), tasks_of(1000, 1, 8 * 1024)).hosts, 334);
    assert_int_equal(need_for(group_of(0, 0), tasks_of(100, 1, 8 * 1024)).hosts, 34);
}

/* Case CPR-20. */
static void what_the_smallest_type_cannot_hold_is_left_out_cpr_20(void **state)
{
    (void)state;
    const struct room types[] = {{{16 * 1024, 24 * 1024, 0, 60}}, {{2048, 64 * 1024, 0, 10}}};
    struct demand demands[] = {tasks_of(4, 4096, 1024), tasks_of(6, 2048, 8 * 1024)};
    struct managed_scaling_view group = group_of(3, 1);
    group.types = types, group.type_count = 2, group.target = 80;
    group.demands = demands, group.demand_count = 1;
    assert_int_equal(managed_scaling_need(&group).reservation, 80 * PERCENT);
    assert_int_equal(managed_scaling_need(&group).rule, NEED_LEFT_OUT);
    group.demand_count = 2; /* the second fits both: 12,288 of 16,384 CPU units, 49,152 of 65,536 MiB */
    assert_int_equal(managed_scaling_need(&group).hosts, 3 + 1);
}

/* Cases CPR-28, CPR-29. */
static void a_public_scale_out_cpr_28_29(void **state)
{
    (void)state;
    const struct room type = {{16 * 1024, 31496, 0, 60}}; /* c6g.4xlarge */
    const int64_t waves[] = {4, 26, 49, 73, 98, 125, 153, 183, 214, 247};
    for (int i = 0; i + 1 < 10; i++) {
        struct managed_scaling_view group = group_of(waves[i], waves[i]);
        group.types = &type;
        struct need need = need_for(group, tasks_of(300, 1024, 2048));
        assert_int_equal(need.hosts, waves[i] + 20);
        assert_int_equal(desired_at(waves[i], need.reservation, 95, 0), waves[i + 1]);
    }
}

/* Cases CPR-33, CPR-34. */
static void more_or_fewer_than_needed_cpr_33_34(void **state)
{
    (void)state;
    assert_int_equal(desired_of(4, 5, 100, 0), 5);
    assert_int_equal(desired_of(8, 5, 100, 14), 8);
    assert_int_equal(desired_of(8, 5, 100, 15), 5);
}

/* Case CPR-35. */
static void a_part_of_a_host_is_a_host_cpr_35(void **state)
{
    (void)state;
    const struct room type = {{4096, 16 * 1024, 0, 3}};
    struct managed_scaling_view group = group_of(0, 0);
    group.types = &type;
    assert_int_equal(need_for(group, tasks_of(10, 1024, 1024)).hosts, 3);
}

static void interfaces_gpus_and_hosts_count_too(void **state)
{
    (void)state;
    const struct room type = {{96 * 1024, 1024 * 1024, 8, 14}};
    struct managed_scaling_view group = group_of(1, 1);
    struct demand demand = {.task = {{10, 10, 0, 1}}, .tasks = 29};
    group.types = &type;
    assert_int_equal(need_for(group, demand).hosts, 1 + 3);
    assert_int_equal(need_for(group, demand).rule, NEED_INTERFACES);
    demand.task.of[ROOM_GPUS] = 2;
    assert_int_equal(need_for(group, demand).hosts, 1 + 8);
    assert_int_equal(need_for(group, demand).rule, NEED_GPUS);
    demand.alone = true;
    assert_int_equal(need_for(group, demand).hosts, 1 + 29);
    assert_int_equal(need_for(group, demand).rule, NEED_HOSTS);
}

static void tasks_for_which_there_is_room_add_nothing(void **state)
{
    (void)state;
    struct demand demand = tasks_of(10, 2048, 8 * 1024);
    demand.tasks_with_room = 9;
    assert_int_equal(need_for(group_of(2, 2), demand).hosts, 2 + 1);
    demand.tasks_with_room = 10;
    assert_int_equal(need_for(group_of(2, 2), demand).hosts, 2);
    assert_int_equal(need_for(group_of(2, 2), demand).rule, NEED_ROOM);
    assert_int_equal(need_for(group_of(2, 2), demand).reservation, 100 * PERCENT);
}

static void the_greatest_of_several_demands_counts(void **state)
{
    (void)state;
    struct demand demands[] = {tasks_of(10, 2048, 8 * 1024), tasks_of(40, 4096, 1024), tasks_of(1, 1, 1)};
    struct managed_scaling_view group = group_of(1, 1);
    group.demands = demands, group.demand_count = 3;
    assert_int_equal(managed_scaling_need(&group).hosts, 1 + 10);
}

static void steps_hold_what_is_needed_and_what_is_added(void **state)
{
    (void)state;
    struct managed_scaling_view group = group_of(4, 4);
    group.minimum_step = 3, group.maximum_step = 5;
    assert_int_equal(need_for(group, tasks_of(1, 1024, 1024)).hosts, 7);
    assert_int_equal(need_for(group, tasks_of(1, 1024, 1024)).rule, NEED_MINIMUM_STEP);
    assert_int_equal(need_for(group, tasks_of(10, 8192, 1024)).hosts, 9);
    assert_int_equal(need_for(group, tasks_of(10, 8192, 1024)).rule, NEED_CPU);
    assert_int_equal(need_for(group, tasks_of(11, 8192, 1024)).hosts, 9);
    assert_int_equal(need_for(group, tasks_of(100, 8192, 1024)).hosts, 9);
    assert_int_equal(need_for(group, tasks_of(100, 8192, 1024)).rule, NEED_MAXIMUM_STEP);
    struct managed_scaling_question question = {
        .reservation = 110 * PERCENT, .target = 100, .minimum_step = 3, .maximum_step = 5, .capacity = 10};
    assert_int_equal(managed_scaling_desired(&question), 13);
    question.reservation = 900 * PERCENT;
    assert_int_equal(managed_scaling_desired(&question), 15);
    question.warming = true;
    assert_int_equal(managed_scaling_desired(&question), 10);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifteen_minutes_below_the_target_take_hosts_cpr_01),
        cmocka_unit_test(a_low_target_keeps_spare_hosts_cpr_02_05_06_07_09),
        cmocka_unit_test(from_no_host_two_start_cpr_03),
        cmocka_unit_test(no_host_and_no_task_is_100_percent_cpr_04_36),
        cmocka_unit_test(hosts_with_a_task_are_needed_however_empty_cpr_11),
        cmocka_unit_test(at_most_half_of_the_group_goes_in_a_minute_cpr_12),
        cmocka_unit_test(the_scarcest_resource_counts_cpr_16),
        cmocka_unit_test(a_third_of_a_host_each_cpr_18_19),
        cmocka_unit_test(what_the_smallest_type_cannot_hold_is_left_out_cpr_20),
        cmocka_unit_test(a_public_scale_out_cpr_28_29),
        cmocka_unit_test(more_or_fewer_than_needed_cpr_33_34),
        cmocka_unit_test(a_part_of_a_host_is_a_host_cpr_35),
        cmocka_unit_test(interfaces_gpus_and_hosts_count_too),
        cmocka_unit_test(tasks_for_which_there_is_room_add_nothing),
        cmocka_unit_test(the_greatest_of_several_demands_counts),
        cmocka_unit_test(steps_hold_what_is_needed_and_what_is_added),
    };
    return RUN_TESTS(tests);
}
