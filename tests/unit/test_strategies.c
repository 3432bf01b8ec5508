#include "tests/unit/placement_world.h"

static struct placement_request request_with(struct world *world, struct list *chain)
{
    struct placement_request request = world_request(world, "service:web");
    request.strategies = chain;
    return request;
}

static void binpack_takes_the_least_that_still_fits_p21(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy binpack = {&strategy_binpack, "memory"};
    struct list chain = {1, &binpack};
    int64_t remaining[] = {2000, 500, 900};
    for (int i = 0; i < 3; i++)
        world_add(&world, "a", 1024, remaining[i]);
    struct placement_request request = request_with(&world, &chain);
    request.memory_mib = 600;
    assert_int_equal(placement_choose(world.placement, &request), 2);
    binpack.field = "cpu";
    assert_int_equal(placement_choose(world.placement, &request), 0);
    world_free(&world);
}

static void binpack_stops_where_most_is_left(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy binpack = {&strategy_binpack, "cpu"};
    struct list chain = {1, &binpack};
    int64_t remaining[] = {100, 700, 700, 900};
    for (int i = 0; i < 4; i++)
        world_add(&world, "a", remaining[i], 1024);
    struct placement_request request = request_with(&world, &chain);
    assert_int_equal(world_choose_stop(&world, &request, (const bool[]){true, true, true, true}), 3);
    assert_int_equal(world_choose_stop(&world, &request, (const bool[]){true, true, true, false}), 1);
    world_free(&world);
}

static void the_second_strategy_decides_among_the_best_of_the_first(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy strategies[] = {{&strategy_spread, "attribute:ecs.availability-zone"},
                                              {&strategy_binpack, "memory"}};
    struct list chain = {2, strategies};
    world_count(&world, "service:web", world_add(&world, "a", 1024, 10), 1);
    world_add(&world, "b", 1024, 900);
    world_add(&world, "b", 1024, 800);
    struct placement_request request = request_with(&world, &chain);
    assert_int_equal(placement_choose(world.placement, &request), 2);
    world_free(&world);
}

static void the_last_tie_goes_to_the_first_registered(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy spread = {&strategy_spread, "instanceId"};
    struct list chain = {1, &spread}, none = {0, NULL};
    for (int i = 0; i < 5; i++)
        world_add(&world, "a", 1024, 1024);
    world_count(&world, "service:web", 0, 1);
    struct placement_request request = request_with(&world, &chain);
    assert_int_equal(placement_choose(world.placement, &request), 1);
    request.strategies = &none;
    assert_int_equal(placement_choose(world.placement, &request), 0);
    world_free(&world);
}

static void spread_draws_the_task_to_stop_within_a_zone(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy spread = {&strategy_spread, "attribute:ecs.availability-zone"};
    struct list chain = {1, &spread};
    int tasks[] = {2, 5, 3, 3}; /* zone a: 2, zone b: 11 */
    int stopped[4] = {0};
    for (int i = 0; i < 4; i++)
        world_count(&world, "service:web", world_add(&world, i == 0 ? "a" : "b", 1024, 1024), tasks[i]);
    struct placement_request request = request_with(&world, &chain);
    for (uint64_t nth = 0; nth < 300; nth++) {
        request.draw = rng_open(7, 7, 7, nth);
        stopped[world_choose_stop(&world, &request, (const bool[]){true, true, true, true})]++;
    }
    assert_int_equal(stopped[0], 0);
    for (int i = 1; i < 4; i++)
        assert_in_range(stopped[i], 60, 140);
    world_free(&world);
}

/* Draws 3,000 placements at random over `count` instances of which every third does not fit; the rest must
 * get about equally many. */
static void assert_random_is_even(unsigned count)
{
    struct world world = world_new();
    int chosen[200] = {0};
    for (unsigned i = 0; i < count; i++)
        world_add(&world, "a", i % 3 == 0 ? 0 : 1024, 1024);
    struct placement_request request = world_request(&world, "family:batch");
    request.strategies = &placement_default_for_run_task;
    request.cpu = 1;
    for (uint64_t nth = 0; nth < 3000; nth++) {
        request.draw = rng_open(1, 1, 1, nth);
        chosen[placement_choose(world.placement, &request)]++;
    }
    int even = 3000 / (int)(count - (count + 2) / 3);
    for (unsigned i = 0; i < count; i++)
        assert_in_range(chosen[i], i % 3 == 0 ? 0 : even / 3, i % 3 == 0 ? 0 : 2 * even);
    world_free(&world);
}

static void random_is_even_among_few_tied(void **state)
{
    (void)state;
    assert_random_is_even(30);
}

static void random_is_even_among_more_than_64_tied(void **state)
{
    (void)state;
    assert_random_is_even(150);
}

static void random_numbers_the_tied_by_registration(void **state)
{
    (void)state;
    struct world world = world_new();
    for (int i = 0; i < 10; i++)
        world_add(&world, "a", i % 2 ? 1024 : 0, 1024);
    struct placement_request request = world_request(&world, "family:batch");
    request.strategies = &placement_default_for_run_task;
    request.cpu = 1;
    for (request.draw = 1; request.draw < 50; request.draw++)
        assert_int_equal(placement_choose(world.placement, &request), 2 * rng_below(request.draw, 0, 5) + 1);
    world_free(&world);
}

static void strategies_after_random_are_ignored(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy strategies[] = {{&strategy_random, NULL}, {&strategy_binpack, "cpu"}};
    struct list both = {2, strategies}, alone = {1, strategies};
    for (int i = 0; i < 20; i++)
        world_add(&world, "a", 1024 - i, 1024);
    struct placement_request with = request_with(&world, &both), without = request_with(&world, &alone);
    for (with.draw = 1; with.draw < 50; with.draw++) {
        without.draw = with.draw;
        assert_int_equal(placement_choose(world.placement, &with),
                         placement_choose(world.placement, &without));
    }
    world_free(&world);
}

static void spread_looks_only_at_its_own_group(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy spread = {&strategy_spread, "instanceId"};
    struct list chain = {1, &spread};
    placement_instance first = world_add(&world, "a", 1024, 1024);
    world_add(&world, "a", 1024, 1024);
    world_count(&world, "service:other", first, 9);
    struct placement_request request = request_with(&world, &chain);
    assert_int_equal(placement_choose(world.placement, &request), first);
    world_free(&world);
}

/* --- what a scenario may say ------------------------------------------------------------------ */

static const char *checked(struct world *world, const struct variant *variant, const char **field)
{
    return ((const struct strategy_verbs *)variant->verbs)->check_field(world->arena, field);
}

static void assert_field(const struct variant *variant, const char *written, const char *normalised)
{
    struct world world = world_new();
    const char *field = written;
    assert_null(checked(&world, variant, &field));
    if (normalised)
        assert_string_equal(field, normalised);
    else
        assert_null(field);
    world_free(&world);
}

static void fields_ignore_case_and_host_is_instance_id(void **state)
{
    (void)state;
    assert_field(&strategy_spread, "HOST", "instanceId");
    assert_field(&strategy_spread, "instanceid", "instanceId");
    assert_field(&strategy_spread, "Attribute:ECS.Availability-Zone", "attribute:ecs.availability-zone");
    assert_field(&strategy_binpack, "MEMORY", "memory");
    assert_field(&strategy_binpack, "Cpu", "cpu");
    assert_field(&strategy_random, NULL, NULL);
}

static void assert_wrong_field(const struct variant *variant, const char *written, const char *message)
{
    struct world world = world_new();
    const char *wrong = checked(&world, variant, &written);
    assert_non_null(wrong);
    assert_string_equal(wrong, message);
    world_free(&world);
}

static void wrong_fields_are_explained(void **state)
{
    (void)state;
    assert_wrong_field(&strategy_random, "cpu", "random takes no field");
    assert_wrong_field(&strategy_binpack, NULL, "binpack needs a field: cpu or memory");
    assert_wrong_field(&strategy_binpack, "disk", "binpack needs a field: cpu or memory");
    assert_wrong_field(&strategy_spread, NULL, "spread needs a field: instanceId or attribute:NAME");
    assert_wrong_field(&strategy_spread, "ecs.availability-zone",
                       "spread has no field `ecs.availability-zone`; for an attribute write "
                       "`attribute:ecs.availability-zone`");
}

static void types_ignore_case_and_unknown_ones_name_the_known(void **state)
{
    (void)state;
    struct world world = world_new();
    const struct param *type = &placement_strategy_shape.params[0];
    const struct variant *variant = NULL;
    size_t where;
    assert_string_equal(type->key, "type");
    assert_null(type->parse(world.arena, "BinPack", &variant, &where));
    assert_ptr_equal(variant, &strategy_binpack);
    assert_string_equal(type->parse(world.arena, "pack", &variant, &where),
                        "there is no placement strategy `pack`; there are binpack, random, spread");
    type = &placement_constraint_shape.params[0];
    assert_null(type->parse(world.arena, "memberof", &variant, &where));
    assert_ptr_equal(variant, &constraint_member_of);
    world_free(&world);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(binpack_takes_the_least_that_still_fits_p21),
        cmocka_unit_test(binpack_stops_where_most_is_left),
        cmocka_unit_test(the_second_strategy_decides_among_the_best_of_the_first),
        cmocka_unit_test(the_last_tie_goes_to_the_first_registered),
        cmocka_unit_test(spread_draws_the_task_to_stop_within_a_zone),
        cmocka_unit_test(random_is_even_among_few_tied),
        cmocka_unit_test(random_is_even_among_more_than_64_tied),
        cmocka_unit_test(random_numbers_the_tied_by_registration),
        cmocka_unit_test(strategies_after_random_are_ignored),
        cmocka_unit_test(spread_looks_only_at_its_own_group),
        cmocka_unit_test(fields_ignore_case_and_host_is_instance_id),
        cmocka_unit_test(wrong_fields_are_explained),
        cmocka_unit_test(types_ignore_case_and_unknown_ones_name_the_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
