#include "models/placement/tally.h"
#include "tests/unit/placement_world.h"
#include <stdio.h>

static void service_default_prefers_zones_without_its_tasks_p1(void **state)
{
    (void)state;
    struct world world = world_new();
    placement_instance a = world_add(&world, "a", 1024, 1024);
    placement_instance b = world_add(&world, "b", 1024, 1024);
    placement_instance c = world_add(&world, "c", 1024, 1024);
    struct placement_request request = world_request(&world, "service:web");
    world_count(&world, "service:web", a, 1);
    assert_int_equal(placement_choose(world.placement, &request), b);
    world_count(&world, "service:web", b, 1);
    assert_int_equal(placement_choose(world.placement, &request), c);
    world_free(&world);
}

static void service_default_then_prefers_the_instance_with_fewest(void **state)
{
    (void)state;
    struct world world = world_new();
    placement_instance busy = world_add(&world, "a", 1024, 1024);
    placement_instance idle = world_add(&world, "a", 1024, 1024);
    struct placement_request request = world_request(&world, "service:web");
    world_count(&world, "service:web", busy, 1);
    world_count(&world, "service:other", idle, 5);
    assert_int_equal(placement_choose(world.placement, &request), idle);
    world_free(&world);
}

static bool is_odd(const void *context, placement_instance instance)
{
    (void)context;
    return instance % 2 == 1;
}

static bool is_not(const void *context, placement_instance instance)
{
    return instance != *(const placement_instance *)context;
}

static void filters_take_instances_away(void **state)
{
    (void)state;
    struct world world = world_new();
    for (int i = 0; i < 4; i++)
        world_add(&world, "a", 1024, 1024);
    placement_instance first_odd = 1, closest;
    struct placement_filter other = {is_not, &first_odd, REFUSED_ATTRIBUTE, NULL};
    struct placement_filter odd = {is_odd, NULL, REFUSED_INACTIVE, &other};
    struct placement_request request = world_request(&world, "service:web");
    request.filter = &odd;
    assert_int_equal(placement_choose(world.placement, &request), 3);
    assert_int_equal(placement_refuses(world.placement, &request, 0), REFUSED_INACTIVE);
    assert_int_equal(placement_refuses(world.placement, &request, 1), REFUSED_ATTRIBUTE);
    request.cpu = 2000;
    assert_int_equal(placement_closest(world.placement, &request, &closest), REFUSED_ATTRIBUTE);
    assert_int_equal(closest, 1);
    world_free(&world);
}

static void kept_room_is_for_daemons_only(void **state)
{
    (void)state;
    struct world world = world_new();
    placement_instance on = world_add(&world, "a", 1000, 1000);
    struct placement_facts *facts = placement_touch(world.placement, on);
    struct placement_request request = world_request(&world, "service:web");
    facts->enis = 2;
    request.cpu = request.memory_mib = 600, request.enis = 2;
    facts->kept_cpu = 401;
    assert_int_equal(placement_refuses(world.placement, &request, on), REFUSED_CPU);
    facts->kept_cpu = 400, facts->kept_memory_mib = 401;
    assert_int_equal(placement_refuses(world.placement, &request, on), REFUSED_MEMORY);
    facts->kept_memory_mib = 400, facts->kept_enis = 1;
    assert_int_equal(placement_refuses(world.placement, &request, on), REFUSED_ENI);
    request.uses_kept_room = true;
    assert_int_equal(placement_refuses(world.placement, &request, on), REFUSED_NOT);
    /* What asks for nothing fits, however much is kept. */
    request = world_request(&world, "service:web");
    facts->kept_cpu = facts->kept_memory_mib = 5000;
    assert_int_equal(placement_refuses(world.placement, &request, on), REFUSED_NOT);
    world_free(&world);
}

static void scale_in_takes_from_the_busiest_zone_p2(void **state)
{
    (void)state;
    struct world world = world_new();
    int tasks[] = {1, 2, 2};
    const char *zones[] = {"a", "b", "c"};
    bool seen[3] = {false};
    for (int i = 0; i < 3; i++)
        world_count(&world, "service:web", world_add(&world, zones[i], 1024, 1024), tasks[i]);
    struct placement_request request = world_request(&world, "service:web");
    for (uint64_t nth = 0; nth < 64; nth++) {
        request.draw = rng_open(1, 2, 3, nth);
        placement_instance chosen = world_choose_stop(&world, &request, (const bool[]){true, true, true});
        assert_in_range(chosen, 1, 2);
        seen[chosen] = true;
    }
    assert_true(seen[1] && seen[2]);
    world_free(&world);
}

static void scale_in_takes_from_the_busiest_instance_of_the_zone(void **state)
{
    (void)state;
    struct world world = world_new();
    int tasks[] = {3, 1, 2, 1};
    for (int i = 0; i < 4; i++)
        world_count(&world, "service:web", world_add(&world, i == 0 ? "a" : "b", 1024, 1024), tasks[i]);
    struct placement_request request = world_request(&world, "service:web");
    const bool all[] = {true, true, true, true}, without_2[] = {true, true, false, true};
    assert_int_equal(world_choose_stop(&world, &request, all), 2);
    assert_int_not_equal(world_choose_stop(&world, &request, without_2), 2);
    assert_int_equal(world_choose_stop(&world, &request, (const bool[4]){false}), PLACEMENT_NONE);
    world_free(&world);
}

static void a_task_of_1000_units_fills_an_instance_of_1024_p4(void **state)
{
    (void)state;
    struct world world = world_new();
    placement_instance instance = world_add(&world, "a", 1024, 1024);
    struct placement_request request = world_request(&world, "service:web");
    request.cpu = 1000;
    assert_int_equal(placement_choose(world.placement, &request), instance);
    placement_touch(world.placement, instance)->cpu -= request.cpu;
    assert_int_equal(placement_choose(world.placement, &request), PLACEMENT_NONE);
    assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_CPU);
    world_free(&world);
}

static void a_fixed_host_port_is_taken_once_per_instance_p12(void **state)
{
    (void)state;
    struct world world = world_new();
    struct host_port http = {80, PORT_TCP};
    struct placement_request request = world_request(&world, "service:web");
    request.ports = &http;
    request.port_count = 1;
    for (int i = 0; i < 2; i++)
        world_add(&world, "a", 1024, 1024);
    for (placement_instance i = 0; i < 2; i++) {
        assert_int_equal(placement_choose(world.placement, &request), i);
        placement_take_port(world.placement, i, http);
    }
    placement_instance closest;
    assert_int_equal(placement_choose(world.placement, &request), PLACEMENT_NONE);
    assert_int_equal(placement_closest(world.placement, &request, &closest), REFUSED_PORTS);
    assert_int_equal(closest, 0);
    placement_free_port(world.placement, 1, http);
    assert_int_equal(placement_choose(world.placement, &request), 1);
    world_free(&world);
}

static void a_reserved_port_is_never_free_p13(void **state)
{
    (void)state;
    struct world world = world_new();
    struct host_port reserved[] = {{22, PORT_TCP}, {2376, PORT_TCP}};
    struct placement_facts facts = {
        .active = true, .agent_connected = true, .ports = reserved, .port_count = 2};
    placement_instance instance = placement_register(world.placement, &facts);
    struct placement_request request = world_request(&world, "service:web");
    request.port_count = 1;
    for (size_t i = 0; i < 2; i++) {
        request.ports = &reserved[i];
        assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_PORTS);
    }
    request.ports = &(struct host_port){22, PORT_UDP};
    assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_NOT);
    world_free(&world);
}

/* Everything is wrong with the instance; then one thing after the other is put right. */
static void refusals_come_in_the_order_of_checks(void **state)
{
    (void)state;
    struct world world = world_new();
    struct host_port http = {80, PORT_TCP};
    struct attribute zone = {"ecs.availability-zone", "a"};
    const char *const zones[] = {"b", "a"};
    struct list other_zone = {1, (void *)zones}, both_zones = {2, (void *)zones};
    struct placement_facts nothing = {
        .active = false, .ports = &http, .port_count = 1, .attributes = &zone, .attribute_count = 1};
    placement_instance instance = placement_register(world.placement, &nothing);
    struct placement_facts *facts = placement_touch(world.placement, instance);
    world_count(&world, "service:web", instance, 1);
    struct placement_constraint constraints[] = {
        {.variant = &constraint_distinct_instance},
        {.variant = &constraint_member_of, .query = world_query(&world, "runningTasksCount > 0")},
    };
    struct placement_request request = world_request(&world, "service:web");
    request.cpu = request.memory_mib = request.gpus = request.enis = 1;
    request.capabilities = 2;
    request.ports = &http;
    request.port_count = 1;
    request.availability_zones = &other_zone;
    request.constraints[1] = &(struct list){2, constraints};
    enum placement_refusal refusals[REFUSED_COUNT];
    refusals[0] = placement_refuses(world.placement, &request, instance);
    facts->active = true;
    refusals[1] = placement_refuses(world.placement, &request, instance);
    facts->agent_connected = true;
    refusals[2] = placement_refuses(world.placement, &request, instance);
    facts->cpu = 1;
    refusals[3] = placement_refuses(world.placement, &request, instance);
    facts->memory_mib = 1;
    refusals[4] = placement_refuses(world.placement, &request, instance);
    placement_free_port(world.placement, instance, http);
    refusals[5] = placement_refuses(world.placement, &request, instance);
    facts->gpus = 1;
    refusals[6] = placement_refuses(world.placement, &request, instance);
    facts->enis = 1;
    refusals[7] = placement_refuses(world.placement, &request, instance);
    request.availability_zones = &both_zones;
    refusals[8] = placement_refuses(world.placement, &request, instance);
    facts->running_tasks_count = 1;
    refusals[9] = placement_refuses(world.placement, &request, instance);
    world_count(&world, "service:web", instance, -1);
    assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_CAPABILITY);
    facts->capabilities = 3;
    refusals[10] = placement_refuses(world.placement, &request, instance);
    for (int i = 0; i < REFUSED_FARGATE - 1; i++) /* which placement never says */
        assert_int_equal(refusals[i], REFUSED_INACTIVE + i);
    assert_int_equal(refusals[10], REFUSED_NOT);
    world_free(&world);
}

/* [API:PortMapping.hostPort] */
static void an_instance_has_at_most_100_reserved_ports(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_request request = world_request(&world, "service:web");
    struct host_port wanted[] = {{8000, PORT_TCP}, {8001, PORT_UDP}};
    placement_instance instance = world_add(&world, "a", 1024, 1024);
    for (uint16_t port = 1; port <= 99; port++)
        placement_take_port(world.placement, instance, (struct host_port){port, port % 2});
    request.ports = wanted;
    request.port_count = 2;
    assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_PORTS);
    request.port_count = 1;
    assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_NOT);
    placement_take_port(world.placement, instance, wanted[1]);
    assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_PORTS);
    request.port_count = 0; /* ports that are assigned by themselves do not count */
    assert_int_equal(placement_refuses(world.placement, &request, instance), REFUSED_NOT);
    world_free(&world);
}

static void the_closest_failed_latest_and_was_registered_first(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_request request = world_request(&world, "service:web");
    placement_instance closest;
    request.cpu = request.memory_mib = 100;
    assert_int_equal(placement_closest(world.placement, &request, &closest), REFUSED_INACTIVE);
    assert_int_equal(closest, PLACEMENT_NONE);
    world_add(&world, "a", 10, 1000);
    placement_instance second = world_add(&world, "a", 1000, 10);
    world_add(&world, "a", 1000, 20);
    placement_touch(world.placement, world_add(&world, "a", 1000, 1000))->active = false;
    assert_int_equal(placement_closest(world.placement, &request, &closest), REFUSED_MEMORY);
    assert_int_equal(closest, second);
    assert_string_equal(placement_refusal_names[REFUSED_MEMORY], "RESOURCE:MEMORY");
    world_free(&world);
}

static void constraints_of_task_definition_and_service_both_bind(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_constraint in_b = {.variant = &constraint_member_of,
                                        .query = world_query(&world, "attribute:ecs.availability-zone == b")};
    struct placement_constraint distinct = {.variant = &constraint_distinct_instance};
    struct placement_request request = world_request(&world, "service:web");
    request.constraints[0] = &(struct list){1, &in_b};
    request.constraints[1] = &(struct list){1, &distinct};
    world_add(&world, "a", 1024, 1024);
    placement_instance b = world_add(&world, "b", 1024, 1024);
    assert_int_equal(placement_choose(world.placement, &request), b);
    world_count(&world, "service:web", b, 1);
    assert_int_equal(placement_choose(world.placement, &request), PLACEMENT_NONE);
    world_count(&world, "service:web", b, -1); /* it is still stopping, and no longer in the way */
    assert_int_equal(placement_choose(world.placement, &request), b);
    world_free(&world);
}

static void groups_are_the_same_for_the_same_name(void **state)
{
    (void)state;
    struct world world = world_new();
    char name[32];
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "service:%u", i);
        assert_int_equal(placement_find_group(world.placement, name), PLACEMENT_NONE);
        assert_int_equal(placement_group_of(world.placement, name), i);
    }
    for (unsigned i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "service:%u", i);
        assert_int_equal(placement_group_of(world.placement, name), i);
        assert_string_equal(placement_group_name(world.placement, i), name);
    }
    assert_int_equal(placement_group_count(world.placement), 1000);
    assert_int_equal(placement_group_of(world.placement, "Batch"), 1000);
    assert_int_equal(placement_find_group(world.placement, "batch"), PLACEMENT_NONE);
    assert_string_equal(placement_group_name(world.placement, 1000), "Batch");
    world_free(&world);
}

static void a_tally_that_is_given_back_has_no_views(void **state)
{
    (void)state;
    enum { HOSTS = 40 };
    struct world world = world_new();
    bool candidates[HOSTS] = {[3] = true};
    for (int i = 0; i < HOSTS; i++)
        world_add(&world, "a", 1024, 1024);
    struct placement_request request = world_request(&world, "service:0");
    assert_int_equal(world_choose_stop(&world, &request, candidates), 3);
    assert_null(placement_tally_take(world.placement)->watchers);
    assert_int_equal(world_choose_stop(&world, &request, candidates), 3);
    world_free(&world);
}

static void tasks_are_counted_by_attribute_with_or_without_a_value(void **state)
{
    (void)state;
    struct world world = world_new();
    placement_instance with[] = {world_add_with(&world, "a", 0, 0, "Stack", "blue"),
                                 world_add_with(&world, "a", 0, 0, "stack", "blue"),
                                 world_add_with(&world, "a", 0, 0, "stack", "green"),
                                 world_add_with(&world, "a", 0, 0, "stack", NULL),
                                 world_add(&world, "a", 0, 0)};
    placement_group group = placement_group_of(world.placement, "g");
    for (int i = 0; i < 5; i++)
        placement_count_task(world.placement, group, with[i], 1 << i);
    placement_know_attribute(world.placement, "stack");
    placement_know_attribute(world.placement, "nobody-has-it");
    const int64_t expected[] = {1 + 2, 1 + 2, 4, 8 + 16, 8 + 16};
    for (int i = 0; i < 5; i++)
        assert_int_equal(placement_tasks_with_attribute(world.placement, group, "stack", with[i]),
                         expected[i]);
    assert_int_equal(placement_tasks_with_attribute(world.placement, group, "nobody-has-it", 0), 31);
    placement_count_task(world.placement, group, with[1], -2);
    assert_int_equal(placement_tasks_with_attribute(world.placement, group, "stack", with[0]), 1);
    world_free(&world);
}

static void of_two_attributes_with_one_name_the_first_counts(void **state)
{
    (void)state;
    struct world world = world_new();
    struct attribute twice[] = {{"stack", "blue"}, {"STACK", "green"}};
    struct placement_facts facts = {.attributes = twice, .attribute_count = 2};
    placement_instance instance = placement_register(world.placement, &facts);
    placement_know_attribute(world.placement, "stack");
    placement_instance green = world_add_with(&world, NULL, 0, 0, "stack", "green");
    placement_instance without = world_add(&world, NULL, 0, 0);
    placement_group group = placement_group_of(world.placement, "g");
    placement_count_task(world.placement, group, instance, 3);
    assert_int_equal(placement_tasks_with_attribute(world.placement, group, "stack", instance), 3);
    assert_int_equal(placement_tasks_with_attribute(world.placement, group, "stack", green), 0);
    assert_int_equal(placement_tasks_with_attribute(world.placement, group, "stack", without), 0);
    world_free(&world);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(service_default_prefers_zones_without_its_tasks_p1),
        cmocka_unit_test(service_default_then_prefers_the_instance_with_fewest),
        cmocka_unit_test(filters_take_instances_away),
        cmocka_unit_test(kept_room_is_for_daemons_only),
        cmocka_unit_test(scale_in_takes_from_the_busiest_zone_p2),
        cmocka_unit_test(scale_in_takes_from_the_busiest_instance_of_the_zone),
        cmocka_unit_test(a_task_of_1000_units_fills_an_instance_of_1024_p4),
        cmocka_unit_test(a_fixed_host_port_is_taken_once_per_instance_p12),
        cmocka_unit_test(a_reserved_port_is_never_free_p13),
        cmocka_unit_test(refusals_come_in_the_order_of_checks),
        cmocka_unit_test(an_instance_has_at_most_100_reserved_ports),
        cmocka_unit_test(the_closest_failed_latest_and_was_registered_first),
        cmocka_unit_test(constraints_of_task_definition_and_service_both_bind),
        cmocka_unit_test(groups_are_the_same_for_the_same_name),
        cmocka_unit_test(a_tally_that_is_given_back_has_no_views),
        cmocka_unit_test(tasks_are_counted_by_attribute_with_or_without_a_value),
        cmocka_unit_test(of_two_attributes_with_one_name_the_first_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
