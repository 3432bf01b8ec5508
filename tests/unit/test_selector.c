/* Whom a selector means, in the small cluster at t = 0: fleet-1 and fleet-3 in us-east-1a, fleet-2 and
 * fleet-4 in us-east-1b, then c5.large-1 and c5.large-2 in us-east-1a. */
#include "models/ecs/selector.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

static int set_up(void **state)
{
    *state = ecs_run_new(SMALL_CLUSTER);
    ecs_run_begin(*state);
    return 0;
}

static int tear_down(void **state)
{
    ecs_run_free(*state);
    return 0;
}

static struct world *world_of(void **state)
{
    struct ecs_run *seen = *state;
    return seen->run->world;
}

static void assert_names(struct text *names, const char *expected)
{
    assert_string_equal(names->bytes ? names->bytes : "", expected);
    text_free(names);
}

static void assert_hosts(void **state, struct selector selector, const char *expected)
{
    struct world *world = world_of(state);
    struct selection chosen = select_hosts(world, &selector, NULL, rng_open(1, 2, 3, 4));
    struct text names = {0};
    for (size_t i = 0; i < chosen.count; i++) {
        const struct container_instance *host = pool_find(&world->instances, chosen.refs[i]);
        text_add_format(&names, "%s%s", i ? " " : "", host->name);
    }
    selection_free(&chosen);
    assert_names(&names, expected);
}

static void assert_tasks(void **state, struct selector selector, const char *expected)
{
    struct world *world = world_of(state);
    struct selection chosen = select_tasks(world, &selector, NULL, rng_open(1, 2, 3, 4));
    struct text names = {0};
    for (size_t i = 0; i < chosen.count; i++) {
        const struct task *task = pool_find(&world->tasks, chosen.refs[i]);
        text_add_format(&names, "%s%s", i ? " " : "", task->name);
    }
    selection_free(&chosen);
    assert_names(&names, expected);
}

static void the_oldest_come_first(void **state)
{
    assert_hosts(state, (struct selector){.count = 1}, "fleet-1");
    assert_hosts(state, (struct selector){.count = 3}, "fleet-1 fleet-2 fleet-3");
    assert_tasks(state, (struct selector){.count = 2}, "web-1 web-2");
}

static void the_newest_come_first_if_asked_for(void **state)
{
    assert_hosts(state, (struct selector){.pick = PICK_NEWEST, .count = 2}, "c5.large-2 c5.large-1");
    assert_tasks(state, (struct selector){.pick = PICK_NEWEST, .count = 2}, "spare-1 web-6");
}

static void no_more_are_chosen_than_there_are(void **state)
{
    assert_hosts(state, (struct selector){.count = 1000000},
                 "fleet-1 fleet-2 fleet-3 fleet-4 c5.large-1 c5.large-2");
    assert_hosts(state, (struct selector){.name = "fleet-9", .count = 1}, "");
}

static void a_name_means_that_very_one(void **state)
{
    assert_hosts(state, (struct selector){.name = "c5.large-2", .count = 1}, "c5.large-2");
    assert_tasks(state, (struct selector){.name = "web-4", .count = 1}, "web-4");
}

static void all_that_is_said_must_hold(void **state)
{
    assert_hosts(state, (struct selector){.availability_zone = "us-east-1b", .count = 9}, "fleet-2 fleet-4");
    assert_hosts(
        state,
        (struct selector){.auto_scaling_group = "fleet", .availability_zone = "us-east-1a", .count = 9},
        "fleet-1 fleet-3");
    assert_hosts(state, (struct selector){.auto_scaling_group = "fleet", .service = "none", .count = 9}, "");
}

static void an_expression_is_asked_of_hosts(void **state)
{
    struct world *world = world_of(state);
    const char *error;
    size_t where;
    struct selector selector = {.count = 9};
    selector.expression = query_parse(world->arena, "attribute:ecs.instance-type =~ c5.*", &error, &where);
    assert_non_null(selector.expression);
    assert_hosts(state, selector, "c5.large-1 c5.large-2");
}

static void tasks_are_where_their_hosts_are(void **state)
{
    struct world *world = world_of(state);
    struct selector selector = {.availability_zone = "us-east-1b", .count = 9};
    struct selection chosen = select_tasks(world, &selector, NULL, 0);
    assert_int_equal(chosen.count, 3); /* six tasks, spread over two zones */
    for (size_t i = 0; i < chosen.count; i++) {
        const struct task *task = pool_find(&world->tasks, chosen.refs[i]);
        assert_string_equal(task->instance->zone->name, "us-east-1b");
    }
    selection_free(&chosen);
}

static void tasks_are_of_a_service_and_a_definition(void **state)
{
    assert_tasks(state, (struct selector){.service = "web", .task_definition = "app:1", .count = 1}, "web-1");
    assert_tasks(state, (struct selector){.service = "other", .count = 1}, "");
    /* A bare family is its highest revision. */
    assert_tasks(state, (struct selector){.task_definition = "app", .count = 1}, "");
}

static bool is_second(const struct task *task)
{
    return strcmp(task->name, "web-2") == 0;
}

static void a_filter_says_who_may_be_chosen(void **state)
{
    struct world *world = world_of(state);
    struct selector selector = {.count = 9};
    struct selection chosen = select_tasks(world, &selector, is_second, 0);
    assert_int_equal(chosen.count, 1);
    selection_free(&chosen);
}

/* Every pair of hosts comes up in a thousand draws of two, none twice in one draw. */
static void chance_chooses_each_and_none_twice(void **state)
{
    struct world *world = world_of(state);
    struct selector selector = {.pick = PICK_RANDOM, .count = 2};
    bool seen[6][6] = {{false}};
    for (uint64_t n = 0; n < 1000; n++) {
        struct selection chosen = select_hosts(world, &selector, NULL, rng_open(1, DRAW_SELECTOR, 0, n));
        const struct container_instance *one = pool_find(&world->instances, chosen.refs[0]);
        const struct container_instance *two = pool_find(&world->instances, chosen.refs[1]);
        seen[one->placement][two->placement] = true;
        selection_free(&chosen);
    }
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            assert_int_equal(seen[i][j], i != j);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(the_oldest_come_first),
        TEST(the_newest_come_first_if_asked_for),
        TEST(no_more_are_chosen_than_there_are),
        TEST(a_name_means_that_very_one),
        TEST(all_that_is_said_must_hold),
        TEST(an_expression_is_asked_of_hosts),
        TEST(tasks_are_where_their_hosts_are),
        TEST(tasks_are_of_a_service_and_a_definition),
        TEST(a_filter_says_who_may_be_chosen),
        TEST(chance_chooses_each_and_none_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
