/* Which questions are the same: services that ask alike share who answers, however their texts came to be. */
#include "models/placement/kept.h"
#include "tests/unit/placement_world.h"

struct asking {
    const char *field, *expression, *zone;
};

/* A question whose texts are copies of its own. */
struct asked {
    struct placement_request request;
    struct placement_strategy strategy;
    struct placement_constraint constraint;
    const char *zone;
    struct list chain, constraints, zones;
};

static struct question ask(struct world *world, struct asked *asked, struct asking asking)
{
    *asked = (struct asked){.request = world_request(world, "service:0")};
    asked->strategy = (struct placement_strategy){&strategy_spread, arena_text(world->arena, asking.field)};
    asked->constraint = (struct placement_constraint){
        .variant = &constraint_member_of,
        .query = world_query(world, asking.expression),
        .expression = arena_text(world->arena, asking.expression),
    };
    asked->zone = arena_text(world->arena, asking.zone);
    asked->chain = (struct list){1, &asked->strategy};
    asked->constraints = (struct list){1, &asked->constraint};
    asked->zones = (struct list){1, &asked->zone};
    asked->request.strategies = &asked->chain;
    asked->request.constraints[1] = &asked->constraints;
    asked->request.availability_zones = &asked->zones;
    return question_of_start(world->placement, &asked->request);
}

static bool are_same(struct asking first, struct asking second)
{
    struct world world = world_new();
    struct asked one, other;
    struct kept kept;
    struct question kept_question = ask(&world, &one, first), question = ask(&world, &other, second);
    kept_init(&kept, &kept_question);
    bool same = kept_is(&kept, &question);
    kept_free(&kept);
    world_free(&world);
    return same;
}

static void texts_are_compared_not_where_they_are(void **state)
{
    (void)state;
    struct asking asking = {"attribute:stack", "attribute:stack == red", "a"};
    assert_true(are_same(asking, asking));
    assert_false(are_same(asking, (struct asking){"attribute:rack", asking.expression, "a"}));
    assert_false(are_same(asking, (struct asking){asking.field, "attribute:stack == blue", "a"}));
    assert_false(are_same(asking, (struct asking){asking.field, asking.expression, "b"}));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_compared_not_where_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
