/* What views answer is what the scan answers, instance for instance and draw for draw: in random worlds large
 * enough for views, in which a few questions are asked again and again while everything that placement can
 * see changes. */
#include "models/placement/scan.h"
#include "tests/unit/placement_world.h"

enum {
    WORLDS = 2000,
    STEPS = 120,
    QUESTIONS = 8,
    HOSTS_LEAST = 33,
    HOSTS_MOST = 110,
    GROUPS = 3,
    TALLIES = 2,
    FILTERS = 2
};

static const struct placement_strategy strategies[] = {
    {&strategy_spread, "attribute:ecs.availability-zone"},
    {&strategy_spread, "attribute:stack"},
    {&strategy_spread, "instanceId"},
    {&strategy_binpack, "cpu"},
    {&strategy_binpack, "memory"},
    {&strategy_random, NULL},
};
enum { STRATEGIES = sizeof strategies / sizeof *strategies };

static const char *const expressions[] = {
    "attribute:stack == red",
    "runningTasksCount < 2",
    "task:group == service:1",
    "attribute:ecs.availability-zone in [a, b] and agentConnected == true",
};
enum { EXPRESSIONS = sizeof expressions / sizeof *expressions };

static const char *const groups[GROUPS] = {"service:0", "service:1", "family:2"};
static const char *const stacks[] = {NULL, "red", "green"};
static const char *const zone_names[] = {NULL, "a", "b", "c"};

struct mask {
    bool admits[HOSTS_MOST];
};

static bool admits(const void *context, placement_instance instance)
{
    return ((const struct mask *)context)->admits[instance];
}

struct asked {
    struct placement_request request;
    struct placement_strategy chain_items[4];
    struct placement_constraint constraint_items[2];
    struct list chain, constraints, zones;
    struct placement_filter filters[FILTERS];
    struct host_port port;
    struct placement_tally *leaving; /* NULL: a start */
};

struct stage {
    struct world world;
    struct rng_stream stream;
    struct placement_tally *tallies[TALLIES];
    struct mask masks[FILTERS];
    struct asked asked[QUESTIONS];
    uint64_t draws;
};

static int64_t below(struct stage *stage, unsigned long bound)
{
    return (int64_t)gsl_rng_uniform_int(&stage->stream.gsl, bound);
}

static placement_instance some_host(struct stage *stage)
{
    return (placement_instance)below(stage, placement_instance_count(stage->world.placement));
}

/* --- worlds ----------------------------------------------------------------------------------- */

static void add_host(struct stage *stage)
{
    const char *stack = stacks[below(stage, 3)];
    placement_instance host = world_add_with(&stage->world, zone_names[below(stage, 4)], below(stage, 8),
                                             below(stage, 8), stack ? "stack" : NULL, stack);
    for (int i = 0; i < FILTERS; i++)
        stage->masks[i].admits[host] = below(stage, 5) > 0;
}

static void make_chain(struct stage *stage, struct asked *asked)
{
    asked->chain = (struct list){(size_t)below(stage, 5), asked->chain_items};
    for (size_t i = 0; i < asked->chain.count; i++)
        asked->chain_items[i] = strategies[below(stage, STRATEGIES)];
    asked->request.strategies = &asked->chain;
}

static void make_constraints(struct stage *stage, struct asked *asked)
{
    asked->constraints = (struct list){(size_t)below(stage, 3), asked->constraint_items};
    for (size_t i = 0; i < asked->constraints.count; i++) {
        struct placement_constraint *constraint = &asked->constraint_items[i];
        if (below(stage, 3) == 0)
            constraint->variant = &constraint_distinct_instance;
        else
            *constraint = (struct placement_constraint){
                .variant = &constraint_member_of,
                .query = world_query(&stage->world, expressions[below(stage, EXPRESSIONS)]),
            };
    }
    asked->request.constraints[below(stage, 2)] = &asked->constraints;
}

static void make_filters(struct stage *stage, struct asked *asked)
{
    for (int i = 0; i < FILTERS; i++) {
        enum placement_refusal refusal = below(stage, 2) ? REFUSED_INACTIVE : REFUSED_LOCATION;
        asked->filters[i] =
            (struct placement_filter){admits, &stage->masks[i], refusal, asked->request.filter};
        if (below(stage, 3) == 0)
            asked->request.filter = &asked->filters[i];
    }
}

static void make_demand(struct stage *stage, struct placement_request *request)
{
    request->group = placement_group_of(stage->world.placement, groups[below(stage, GROUPS)]);
    request->cpu = below(stage, 4);
    request->memory_mib = below(stage, 4);
    request->gpus = below(stage, 4) == 0;
    request->enis = below(stage, 4) == 0;
    request->uses_kept_room = below(stage, 4) == 0;
}

static void make_question(struct stage *stage, struct asked *asked)
{
    static const char *two_zones[] = {"a", "c"};
    *asked = (struct asked){.zones = {2, two_zones}, .port = {80, PORT_TCP}};
    make_demand(stage, &asked->request);
    make_chain(stage, asked);
    make_constraints(stage, asked);
    make_filters(stage, asked);
    asked->request.ports = &asked->port;
    asked->request.port_count = below(stage, 4) == 0;
    if (below(stage, 5) == 0)
        asked->request.availability_zones = &asked->zones;
    if (below(stage, 3) == 0)
        asked->leaving = stage->tallies[below(stage, TALLIES)];
}

/* What differs in one thing only is another question. */
static void vary_question(struct stage *stage, struct asked *asked, const struct asked *of)
{
    *asked = *of;
    struct placement_request *request = &asked->request;
    switch (below(stage, 8)) {
    case 0:
        request->uses_kept_room = !request->uses_kept_room;
        break;
    case 1:
        request->filter = request->filter ? NULL : &asked->filters[0];
        break;
    case 2:
        request->port_count = !request->port_count;
        break;
    case 3:
        request->availability_zones = request->availability_zones ? NULL : &asked->zones;
        break;
    case 4:
        request->gpus = !request->gpus;
        break;
    case 5:
        request->enis = !request->enis;
        break;
    case 6:
        asked->leaving = asked->leaving ? NULL : stage->tallies[0];
        break;
    case 7:
        request->constraints[0] = request->constraints[0] ? NULL : &asked->constraints;
    }
}

/* --- changes ---------------------------------------------------------------------------------- */

static void change_tasks(struct stage *stage, placement_instance host)
{
    struct placement *placement = stage->world.placement;
    placement_group group = placement_group_of(placement, groups[below(stage, GROUPS)]);
    bool leaves = placement_tasks_on(placement, group, host) > 0 && below(stage, 2);
    placement_count_task(placement, group, host, leaves ? -1 : 1);
}

static void change_tally(struct stage *stage, placement_instance host)
{
    struct placement_tally *tally = stage->tallies[below(stage, TALLIES)];
    bool leaves = placement_tally_of(tally, host) > 0 && below(stage, 2);
    placement_tally_add(stage->world.placement, tally, host, leaves ? -1 : 1);
}

static void change_port(struct stage *stage, placement_instance host)
{
    struct host_port port = {80, PORT_TCP};
    bool taken = placement_see(stage->world.placement, host)->port_count > 0;
    (taken ? placement_free_port : placement_take_port)(stage->world.placement, host, port);
}

static void change_facts(struct stage *stage, placement_instance host)
{
    struct placement_facts *facts = placement_touch(stage->world.placement, host);
    facts->active = below(stage, 8) > 0;
    facts->agent_connected = below(stage, 8) > 0;
    facts->kept_cpu = facts->kept_memory_mib = facts->kept_enis = below(stage, 3);
    facts->cpu = below(stage, 8);
    facts->memory_mib = below(stage, 8);
    facts->gpus = below(stage, 3);
    facts->enis = below(stage, 3);
    facts->running_tasks_count = below(stage, 4);
}

/* Tasks take and give back room many times more often than anything else changes. */
static void change_room(struct stage *stage, placement_instance host)
{
    struct placement_facts *facts = placement_touch_room(stage->world.placement, host);
    facts->cpu = below(stage, 8);
    facts->memory_mib = below(stage, 8);
}

static void change_mask(struct stage *stage, placement_instance host)
{
    bool *admitted = &stage->masks[below(stage, FILTERS)].admits[host];
    placement_touch(stage->world.placement, host);
    *admitted = !*admitted;
}

static void change_something(struct stage *stage)
{
    static void (*const changes[])(struct stage *, placement_instance) = {
        change_tasks, change_tally, change_port, change_facts, change_room, change_mask};
    size_t count = placement_instance_count(stage->world.placement);
    if (below(stage, 20) == 0 && count < HOSTS_MOST)
        add_host(stage);
    else
        changes[below(stage, sizeof changes / sizeof *changes)](stage, some_host(stage));
}

/* --- answers ---------------------------------------------------------------------------------- */

static void compare_stop(struct placement *placement, const struct asked *asked)
{
    struct question question = question_of_stop(placement, &asked->request, asked->leaving);
    assert_int_equal(placement_choose_stop(placement, &asked->request, asked->leaving),
                     scan_choose(&question));
}

static void compare_start(struct placement *placement, const struct asked *asked)
{
    struct question question = question_of_start(placement, &asked->request);
    placement_instance closest, expected;
    assert_int_equal(placement_choose(placement, &asked->request), scan_choose(&question));
    assert_int_equal(placement_closest(placement, &asked->request, &closest),
                     scan_closest(&question, &expected));
    assert_int_equal(closest, expected);
}

static void compare(struct stage *stage, struct asked *asked)
{
    asked->request.draw = rng_open(stage->draws++, 1, 2, 3);
    (asked->leaving ? compare_stop : compare_start)(stage->world.placement, asked);
}

static void play_world(uint64_t seed)
{
    struct stage stage = {.world = world_new()};
    rng_stream_open(&stage.stream, rng_open(seed, 4, 5, 6));
    for (int i = 0; i < TALLIES; i++)
        stage.tallies[i] = placement_tally_take(stage.world.placement);
    for (int64_t hosts = HOSTS_LEAST + below(&stage, HOSTS_MOST - HOSTS_LEAST); hosts > 0; hosts--)
        add_host(&stage);
    for (int i = 0; i < QUESTIONS; i++)
        if (i % 2 == 0)
            make_question(&stage, &stage.asked[i]);
        else
            vary_question(&stage, &stage.asked[i], &stage.asked[i - 1]);
    for (int step = 0; step < STEPS; step++) {
        for (int64_t changes = below(&stage, 30); changes > 0; changes--)
            change_something(&stage);
        compare(&stage, &stage.asked[below(&stage, QUESTIONS)]);
    }
    world_free(&stage.world);
}

static void views_answer_as_the_scan_does(void **state)
{
    (void)state;
    for (uint64_t world = 0; world < WORLDS; world++)
        play_world(world);
}

/* Of more than are listed instances are drawn, and views draw the same. */
static void many_tied_instances_are_drawn_alike(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy random = {&strategy_random, NULL};
    struct list chain = {1, &random};
    for (int i = 0; i < 5 * TIED_MAX; i++)
        world_add(&world, i % 2 ? "a" : "b", 1, 1);
    struct placement_request request = world_request(&world, "family:batch");
    request.strategies = &chain;
    request.cpu = 1;
    for (int left = 5 * TIED_MAX; left > 0; left--) {
        request.draw = rng_open(7, 7, 7, (uint64_t)left);
        struct question question = question_of_start(world.placement, &request);
        placement_instance chosen = placement_choose(world.placement, &request);
        assert_int_equal(chosen, scan_choose(&question));
        placement_touch(world.placement, chosen)->cpu--;
    }
    assert_int_equal(placement_choose(world.placement, &request), PLACEMENT_NONE);
    world_free(&world);
}

struct crowd {
    struct world world;
    struct placement_request request;
    struct list chain, constraints;
    struct placement_tally *running;
};

static void open_crowd(struct crowd *crowd, uint64_t nth)
{
    static const struct placement_strategy chains[][2] = {
        {{&strategy_spread, "instanceId"}, {&strategy_random, NULL}},
        {{&strategy_binpack, "cpu"}, {&strategy_random, NULL}},
        {{&strategy_random, NULL}, {&strategy_binpack, "cpu"}},
    };
    static struct placement_constraint distinct = {.variant = &constraint_distinct_instance};
    *crowd = (struct crowd){
        .world = world_new(),
        .chain = {2, (void *)chains[nth % 3]},
        .constraints = {nth / 3, &distinct},
    };
    crowd->request = world_request(&crowd->world, "service:0");
    crowd->request.strategies = &crowd->chain;
    crowd->request.constraints[0] = &crowd->constraints;
    crowd->request.cpu = 1;
    crowd->running = placement_tally_take(crowd->world.placement);
    for (int i = 0; i < 12 * TIED_MAX; i++)
        world_add(&crowd->world, "a", i % 4 ? 0 : 3, 1);
}

static void decide(struct crowd *crowd, bool stops)
{
    struct placement *placement = crowd->world.placement;
    struct question question = question_of_stop(placement, &crowd->request, stops ? crowd->running : NULL);
    placement_instance chosen = stops ? placement_choose_stop(placement, &crowd->request, crowd->running)
                                      : placement_choose(placement, &crowd->request);
    assert_int_equal(chosen, scan_choose(&question));
    placement_touch_room(placement, chosen)->cpu += stops ? 1 : -1;
    world_count(&crowd->world, "service:0", chosen, stops ? -1 : 1);
    placement_tally_add(placement, crowd->running, chosen, stops ? -1 : 1);
}

/* Chains that draw, constraints of a group, hosts that take nothing: more than are listed tie all the same.
 */
static void many_tied_are_drawn_among_the_eligible(void **state)
{
    (void)state;
    for (uint64_t nth = 0; nth < 6; nth++) {
        struct crowd crowd;
        open_crowd(&crowd, nth);
        for (uint64_t draw = 0; draw < 4 * TIED_MAX; draw++) {
            crowd.request.draw = rng_open(8, 8, nth, draw);
            decide(&crowd, draw % 4 == 3);
        }
        world_free(&crowd.world);
    }
}

/* All hosts that can had a task of the group once, and lose it again and again while others are free: more
 * often than there are hosts. */
static void what_is_lost_again_and_again_is_drawn_as_well(void **state)
{
    (void)state;
    enum { HOSTS = 3 * TIED_MAX, ROUNDS = 20 * TIED_MAX };
    struct crowd crowd;
    open_crowd(&crowd, 3);
    for (uint64_t draw = 0; draw < HOSTS + HOSTS / 2 + 2 * ROUNDS; draw++) {
        bool drains = draw >= HOSTS && draw < HOSTS + HOSTS / 2;
        crowd.request.draw = rng_open(9, 9, 9, draw);
        decide(&crowd, drains || (draw > HOSTS && draw % 2 == 0));
    }
    world_free(&crowd.world);
}

/* An attribute with a value of its own for each instance has more cells than a view keeps. */
static void an_attribute_of_many_values_is_spread_over_as_well(void **state)
{
    (void)state;
    struct world world = world_new();
    struct placement_strategy spread = {&strategy_spread, "attribute:rack"};
    struct list chain = {1, &spread};
    struct placement_request request = world_request(&world, "service:0");
    request.strategies = &chain;
    for (int i = 0; i < 600; i++) {
        const char *rack = arena_format(world.arena, "rack-%d", i);
        struct question question = question_of_start(world.placement, &request);
        world_add_with(&world, "a", 1, 1, "rack", rack);
        placement_instance chosen = placement_choose(world.placement, &request);
        assert_int_equal(chosen, scan_choose(&question));
        world_count(&world, "service:0", chosen, +1);
    }
    world_free(&world);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(views_answer_as_the_scan_does),
        cmocka_unit_test(many_tied_instances_are_drawn_alike),
        cmocka_unit_test(many_tied_are_drawn_among_the_eligible),
        cmocka_unit_test(what_is_lost_again_and_again_is_drawn_as_well),
        cmocka_unit_test(an_attribute_of_many_values_is_spread_over_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
