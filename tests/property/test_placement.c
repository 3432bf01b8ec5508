/* The chosen instance fits, and no other that fits has a lexicographically smaller chain. Judged from the
 * test's own books, which share nothing with the implementation: every world of three small instances, and
 * random ones in which tasks come and go. */
#include "tests/unit/placement_world.h"

enum { HOSTS_MAX = 90, GROUPS = 2, CHAIN_MAX = 3, RANDOM_WORLDS = 400, DECISIONS = 40 };

/* What spread goes by, a pool of links from which chains are made. */
enum link { LINK_ZONE, LINK_STACK, LINK_INSTANCE, LINK_CPU, LINK_MEMORY, LINK_RANDOM, LINK_COUNT };

static const struct placement_strategy links[LINK_COUNT] = {
    {&strategy_spread, "attribute:ecs.availability-zone"},
    {&strategy_spread, "attribute:stack"},
    {&strategy_spread, "instanceId"},
    {&strategy_binpack, "cpu"},
    {&strategy_binpack, "memory"},
    {&strategy_random, NULL},
};

static const char *const names[] = {NULL, "red", "green", "blue"};
static const char *const group_names[GROUPS] = {"service:web", "family:batch"};

struct host {
    int zone, stack; /* index into names; 0: has none */
    int64_t cpu, memory_mib;
    bool active, port_taken;
    int64_t tasks[GROUPS];
};

struct books {
    struct world world;
    struct host hosts[HOSTS_MAX];
    int count;
};

struct chain {
    int length;
    enum link links[CHAIN_MAX];
};

struct demand {
    int group;
    int64_t cpu, memory_mib;
    bool port, distinct, red_zone_only;
};

static void add_host(struct books *books, struct host host)
{
    placement_instance instance = world_add_with(&books->world, names[host.zone], host.cpu, host.memory_mib,
                                                 host.stack ? "stack" : NULL, names[host.stack]);
    assert_int_equal(instance, books->count);
    placement_touch(books->world.placement, instance)->active = host.active;
    for (int group = 0; group < GROUPS; group++)
        if (host.tasks[group])
            world_count(&books->world, group_names[group], instance, (int)host.tasks[group]);
    books->hosts[books->count++] = host;
}

static bool fits(const struct host *host, const struct demand *demand)
{
    return host->active && host->cpu >= demand->cpu && host->memory_mib >= demand->memory_mib &&
           !(demand->port && host->port_taken) && !(demand->distinct && host->tasks[demand->group] > 0) &&
           !(demand->red_zone_only && host->zone != 1);
}

static int64_t tasks_like(const struct books *books, int group, enum link link, int host)
{
    int64_t tasks = 0;
    for (int i = 0; i < books->count; i++) {
        const struct host *a = &books->hosts[i], *b = &books->hosts[host];
        if (link == LINK_ZONE ? a->zone == b->zone : link == LINK_STACK ? a->stack == b->stack : i == host)
            tasks += a->tasks[group];
    }
    return tasks;
}

static int64_t rank_of(const struct books *books, int group, enum link link, int host)
{
    if (link == LINK_CPU)
        return books->hosts[host].cpu;
    if (link == LINK_MEMORY)
        return books->hosts[host].memory_mib;
    return tasks_like(books, group, link, host);
}

/* Below, at or above 0 as host a comes before, with or after host b. */
static int order(const struct books *books, int group, const struct chain *chain, int a, int b)
{
    for (int i = 0; i < chain->length && chain->links[i] != LINK_RANDOM; i++) {
        int64_t x = rank_of(books, group, chain->links[i], a), y = rank_of(books, group, chain->links[i], b);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

static bool has_random(const struct chain *chain)
{
    for (int i = 0; i < chain->length; i++)
        if (chain->links[i] == LINK_RANDOM)
            return true;
    return false;
}

static bool draws_stop(const struct chain *chain)
{
    for (int i = 0; i < chain->length; i++)
        if (chain->links[i] <= LINK_INSTANCE || chain->links[i] == LINK_RANDOM)
            return true;
    return false;
}

static void assert_best(const struct books *books, int group, const struct chain *chain, const bool *eligible,
                        int sign, bool drawn, placement_instance chosen)
{
    if (chosen == PLACEMENT_NONE) {
        for (int i = 0; i < books->count; i++)
            assert_false(eligible[i]);
        return;
    }
    assert_true(chosen < (placement_instance)books->count && eligible[chosen]);
    for (int i = 0; i < books->count; i++) {
        if (!eligible[i])
            continue;
        int before = sign * order(books, group, chain, i, (int)chosen);
        assert_true(before >= 0);
        assert_true(drawn || before > 0 || i >= (int)chosen);
    }
}

/* What the chain and the demand are to the placement. */
struct asked {
    struct placement_strategy strategies[CHAIN_MAX];
    struct placement_constraint constraints[2];
    struct host_port port;
    struct list chain, conditions;
    struct placement_request request;
};

static void ask(struct asked *asked, struct books *books, const struct chain *chain,
                const struct demand *demand, rng_key draw)
{
    *asked = (struct asked){.port = {80, PORT_TCP}};
    for (int i = 0; i < chain->length; i++)
        asked->strategies[i] = links[chain->links[i]];
    if (demand->distinct)
        asked->constraints[asked->conditions.count++].variant = &constraint_distinct_instance;
    if (demand->red_zone_only)
        asked->constraints[asked->conditions.count++] = (struct placement_constraint){
            .variant = &constraint_member_of,
            .query = world_query(&books->world, "attribute:ecs.availability-zone == red"),
        };
    asked->chain = (struct list){(size_t)chain->length, asked->strategies};
    asked->conditions.items = asked->constraints;
    asked->request = (struct placement_request){
        .group = placement_group_of(books->world.placement, group_names[demand->group]),
        .cpu = demand->cpu,
        .memory_mib = demand->memory_mib,
        .ports = &asked->port,
        .port_count = demand->port,
        .strategies = &asked->chain,
        .constraints = {NULL, &asked->conditions},
        .draw = draw,
    };
}

static placement_instance start(struct books *books, const struct chain *chain, const struct demand *demand,
                                rng_key draw)
{
    struct asked asked;
    bool eligible[HOSTS_MAX];
    ask(&asked, books, chain, demand, draw);
    for (int i = 0; i < books->count; i++)
        eligible[i] = fits(&books->hosts[i], demand);
    placement_instance chosen = placement_choose(books->world.placement, &asked.request);
    assert_best(books, demand->group, chain, eligible, 1, has_random(chain), chosen);
    return chosen;
}

/* Turned round: most tasks, most left. */
static placement_instance stop(struct books *books, const struct chain *chain, int group, rng_key draw)
{
    struct asked asked;
    bool candidates[HOSTS_MAX];
    ask(&asked, books, chain, &(struct demand){.group = group}, draw);
    for (int i = 0; i < books->count; i++)
        candidates[i] = books->hosts[i].tasks[group] > 0;
    placement_instance chosen = world_choose_stop(&books->world, &asked.request, candidates);
    assert_best(books, group, chain, candidates, -1, draws_stop(chain), chosen);
    return chosen;
}

/* --- every small world ------------------------------------------------------------------------ */

enum { HOST_KINDS = 2 * 3 * 2, CHAINS = 1 + LINK_COUNT + LINK_COUNT * LINK_COUNT };

static struct host host_of_kind(int kind)
{
    return (struct host){.zone = 1 + kind % 2,
                         .cpu = kind / 2 % 3,
                         .memory_mib = 3 - kind / 2 % 3,
                         .active = true,
                         .tasks = {kind / 6}};
}

static struct chain nth_chain(int nth)
{
    if (nth == 0)
        return (struct chain){0};
    if (nth <= LINK_COUNT)
        return (struct chain){1, {nth - 1}};
    nth -= LINK_COUNT + 1;
    return (struct chain){2, {nth / LINK_COUNT, nth % LINK_COUNT}};
}

static void every_world_of_three_hosts(void **state)
{
    (void)state;
    for (int world = 0; world < HOST_KINDS * HOST_KINDS * HOST_KINDS; world++) {
        struct books books = {.world = world_new()};
        add_host(&books, host_of_kind(world % HOST_KINDS));
        add_host(&books, host_of_kind(world / HOST_KINDS % HOST_KINDS));
        add_host(&books, host_of_kind(world / HOST_KINDS / HOST_KINDS));
        for (int nth = 0; nth < CHAINS; nth++) {
            struct chain chain = nth_chain(nth);
            start(&books, &chain, &(struct demand){.cpu = 1}, 1);
            start(&books, &chain, &(struct demand){.memory_mib = 2, .distinct = true}, 2);
            stop(&books, &chain, 0, 3);
        }
        world_free(&books.world);
    }
}

/* --- random worlds ---------------------------------------------------------------------------- */

static int64_t below(struct rng_stream *stream, unsigned long bound)
{
    return (int64_t)gsl_rng_uniform_int(&stream->gsl, bound);
}

static struct host random_host(struct rng_stream *stream)
{
    struct host host = {.tasks = {0}};
    host.zone = (int)below(stream, 4);
    host.stack = (int)below(stream, 4);
    host.cpu = below(stream, 5);
    host.memory_mib = below(stream, 5);
    host.active = below(stream, 10) > 0;
    return host;
}

static struct demand random_demand(struct rng_stream *stream)
{
    struct demand demand = {0};
    demand.group = (int)below(stream, GROUPS);
    demand.cpu = below(stream, 3);
    demand.memory_mib = below(stream, 3);
    demand.port = below(stream, 5) == 0;
    demand.distinct = below(stream, 5) == 0;
    demand.red_zone_only = below(stream, 5) == 0;
    return demand;
}

static struct chain random_chain(struct rng_stream *stream)
{
    struct chain chain = {.length = (int)below(stream, CHAIN_MAX + 1)};
    for (int i = 0; i < chain.length; i++)
        chain.links[i] = (enum link)below(stream, LINK_COUNT);
    return chain;
}

static void started(struct books *books, const struct demand *demand, placement_instance on)
{
    struct host *host = &books->hosts[on];
    struct placement_facts *facts = placement_touch(books->world.placement, on);
    facts->cpu = host->cpu -= demand->cpu;
    facts->memory_mib = host->memory_mib -= demand->memory_mib;
    host->tasks[demand->group]++;
    world_count(&books->world, group_names[demand->group], on, 1);
    if (demand->port) {
        host->port_taken = true;
        placement_take_port(books->world.placement, on, (struct host_port){80, PORT_TCP});
    }
}

static void stopped(struct books *books, int group, placement_instance on)
{
    struct host *host = &books->hosts[on];
    struct placement_facts *facts = placement_touch(books->world.placement, on);
    facts->cpu = ++host->cpu;
    facts->memory_mib = ++host->memory_mib;
    host->tasks[group]--;
    world_count(&books->world, group_names[group], on, -1);
    if (host->port_taken) {
        host->port_taken = false;
        placement_free_port(books->world.placement, on, (struct host_port){80, PORT_TCP});
    }
}

static void decide(struct books *books, struct rng_stream *stream, rng_key draw)
{
    struct chain chain = random_chain(stream);
    struct demand demand = random_demand(stream);
    if (below(stream, 3) == 0) {
        placement_instance on = stop(books, &chain, demand.group, draw);
        if (on != PLACEMENT_NONE)
            stopped(books, demand.group, on);
        return;
    }
    placement_instance on = start(books, &chain, &demand, draw);
    if (on != PLACEMENT_NONE)
        started(books, &demand, on);
}

static void assert_counts(const struct books *books)
{
    const struct placement *placement = books->world.placement;
    for (int group = 0; group < GROUPS; group++) {
        placement_group number = placement_find_group(placement, group_names[group]);
        int64_t used = 0, most = 0;
        for (int i = 0; number != PLACEMENT_NONE && i < books->count; i++) {
            placement_instance host = (placement_instance)i;
            assert_int_equal(placement_tasks_on(placement, number, host), books->hosts[i].tasks[group]);
            assert_int_equal(placement_tasks_with_attribute(placement, number, "stack", host),
                             tasks_like(books, group, LINK_STACK, i));
            assert_int_equal(placement_tasks_with_attribute(placement, number, "ecs.availability-zone", host),
                             tasks_like(books, group, LINK_ZONE, i));
            used += books->hosts[i].tasks[group] > 0;
            most = books->hosts[i].tasks[group] > most ? books->hosts[i].tasks[group] : most;
        }
        assert_int_equal(number == PLACEMENT_NONE ? 0 : placement_instances_used(placement, number), used);
        assert_int_equal(number == PLACEMENT_NONE ? 0 : placement_most_tasks(placement, number), most);
    }
}

static void random_worlds_in_which_tasks_come_and_go(void **state)
{
    (void)state;
    for (uint64_t world = 0; world < RANDOM_WORLDS; world++) {
        struct rng_stream stream;
        rng_stream_open(&stream, rng_open(world, 1, 1, 1));
        struct books books = {.world = world_new()};
        int hosts = 1 + (int)below(&stream, world % 8 == 0 ? HOSTS_MAX - 1 : 8);
        for (int i = 0; i < hosts; i++)
            add_host(&books, random_host(&stream));
        for (uint64_t nth = 0; nth < DECISIONS; nth++) {
            decide(&books, &stream, rng_open(world, 2, 2, nth));
            if (nth % 8 == 0 && books.count < HOSTS_MAX)
                add_host(&books, random_host(&stream));
        }
        assert_counts(&books);
        world_free(&books.world);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_world_of_three_hosts),
        cmocka_unit_test(random_worlds_in_which_tasks_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
