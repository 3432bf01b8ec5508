/* What every registered placement strategy and constraint must keep. A new one is tested here as soon as it
 * has its line. */
#include "tests/unit/placement_world.h"
#include <string.h>

enum { INSTANCES = 12, DRAWS = 40 };

/* Instances of three zones and of many sizes; some are too small, some are away. */
static struct world mixed_world(void)
{
    static const char *const zones[] = {"a", "b", "c", NULL};
    struct world world = world_new();
    for (int i = 0; i < INSTANCES; i++) {
        placement_instance instance = world_add(&world, zones[i % 4], 100 * (i % 5), 100 * (i % 7));
        placement_touch(world.placement, instance)->active = i != 3;
        placement_touch(world.placement, instance)->agent_connected = i != 6;
        world_count(&world, "service:web", instance, i * 7 % 4);
    }
    return world;
}

static struct placement_request mixed_request(struct world *world)
{
    struct placement_request request = world_request(world, "service:web");
    request.cpu = request.memory_mib = 150;
    return request;
}

/* The first of these fields that the strategy accepts. */
static const char *some_field(struct world *world, const struct strategy_verbs *verbs)
{
    static const char *const fields[] = {NULL, "cpu", "instanceId", "attribute:ecs.availability-zone"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *field = fields[i];
        if (!verbs->check_field(world->arena, &field))
            return field;
    }
    fail_msg("no field is accepted");
    return NULL;
}

static void every_variant_has_a_name_a_meaning_and_its_verbs(void **state)
{
    (void)state;
    const struct catalogue *catalogues[] = {&placement_strategies, &placement_constraints};
    for (int i = 0; i < 2; i++) {
        assert_non_null(catalogues[i]->variants[0]);
        for (const struct variant *const *variant = catalogues[i]->variants; *variant; variant++) {
            assert_true(strlen((*variant)->name) > 0);
            assert_true(strlen((*variant)->meaning) > 10);
            assert_non_null((*variant)->verbs);
            for (const struct variant *const *earlier = catalogues[i]->variants; earlier < variant; earlier++)
                assert_string_not_equal((*earlier)->name, (*variant)->name);
        }
    }
}

static void normalised_fields_stay_as_they_are(void **state)
{
    (void)state;
    struct world world = mixed_world();
    for (const struct variant *const *variant = placement_strategies.variants; *variant; variant++) {
        const struct strategy_verbs *verbs = (*variant)->verbs;
        const char *once = some_field(&world, verbs), *twice = once;
        assert_null(verbs->check_field(world.arena, &twice));
        if (once)
            assert_string_equal(once, twice);
        else
            assert_null(twice);
    }
    world_free(&world);
}

static void assert_starts_well(struct world *world, struct placement_request *request)
{
    for (request->draw = 1; request->draw <= DRAWS; request->draw++) {
        placement_instance chosen = placement_choose(world->placement, request);
        assert_int_equal(chosen, placement_choose(world->placement, request));
        assert_int_not_equal(chosen, PLACEMENT_NONE);
        const struct placement_facts *facts = placement_see(world->placement, chosen);
        assert_true(facts->active && facts->agent_connected && facts->cpu >= 150 && facts->memory_mib >= 150);
    }
}

static void assert_stops_well(struct world *world, struct placement_request *request)
{
    for (request->draw = 1; request->draw <= DRAWS; request->draw++) {
        bool candidates[INSTANCES];
        size_t count = 0;
        for (uint64_t i = 0; i < INSTANCES; i++)
            count += candidates[i] = rng_below(request->draw, i, 3) == 0;
        placement_instance chosen = world_choose_stop(world, request, candidates);
        assert_int_equal(chosen, world_choose_stop(world, request, candidates));
        assert_int_equal(chosen == PLACEMENT_NONE, count == 0);
        assert_true(count == 0 || candidates[chosen]);
    }
}

static void every_strategy_is_pure_and_chooses_what_fits(void **state)
{
    (void)state;
    struct world world = mixed_world();
    for (const struct variant *const *variant = placement_strategies.variants; *variant; variant++) {
        struct placement_strategy strategy = {*variant, some_field(&world, (*variant)->verbs)};
        struct list chain = {1, &strategy};
        struct placement_request request = mixed_request(&world);
        request.strategies = &chain;
        assert_starts_well(&world, &request);
        assert_stops_well(&world, &request);
        request.cpu = 100000;
        assert_int_equal(placement_choose(world.placement, &request), PLACEMENT_NONE);
    }
    world_free(&world);
}

static void every_constraint_binds_and_is_pure(void **state)
{
    (void)state;
    struct world world = mixed_world();
    for (const struct variant *const *variant = placement_constraints.variants; *variant; variant++) {
        const struct constraint_verbs *verbs = (*variant)->verbs;
        const struct query *query = world_query(&world, "attribute:ecs.availability-zone in [a, c]");
        struct placement_constraint constraint = {*variant, verbs->check_expression(query) ? NULL : query,
                                                  NULL};
        assert_null(verbs->check_expression(constraint.query));
        struct list list = {1, &constraint};
        struct placement_request request = mixed_request(&world);
        int refused = 0;
        for (placement_instance i = 0; i < INSTANCES; i++) {
            request.constraints[1] = NULL;
            enum placement_refusal free = placement_refuses(world.placement, &request, i);
            request.constraints[1] = &list;
            enum placement_refusal bound = placement_refuses(world.placement, &request, i);
            assert_int_equal(bound, placement_refuses(world.placement, &request, i));
            enum placement_refusal own = verbs->refuses(world.placement, &request, &constraint, i);
            assert_int_equal(bound, free ? free : own);
            refused += own != REFUSED_NOT;
        }
        assert_in_range(refused, 1, INSTANCES - 1);
    }
    world_free(&world);
}

static void every_refusal_has_a_name(void **state)
{
    (void)state;
    for (int refusal = REFUSED_INACTIVE; refusal < REFUSED_COUNT; refusal++)
        assert_true(placement_refusal_names[refusal] && strlen(placement_refusal_names[refusal]) > 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_variant_has_a_name_a_meaning_and_its_verbs),
        cmocka_unit_test(normalised_fields_stay_as_they_are),
        cmocka_unit_test(every_strategy_is_pure_and_chooses_what_fits),
        cmocka_unit_test(every_constraint_binds_and_is_pure),
        cmocka_unit_test(every_refusal_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
