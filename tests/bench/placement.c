/* How long a placement takes: by the views, and by the scan that they remember.
 *
 *   placement CHAIN INSTANCES DECISIONS   services put tasks on instances of three zones and take them away
 * again, in turn; prints the seconds of a decision by view and by scan */
#include "models/placement/scan.h"
#include "models/placement/strategy.h"
#include "tests/bench/clock.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SERVICES = 20, TASK_CPU = 256, TASK_MEMORY_MIB = 512, SCANS = 20 };

/* What services ask for. */
struct wish {
    const char *name;
    size_t count; /* of strategies */
    struct placement_strategy chain[2];
    bool distinct; /* and at most one task of each on an instance */
};

static const struct wish wishes[] = {
    {"default",
     2,
     {{&strategy_spread, "attribute:ecs.availability-zone"}, {&strategy_spread, "instanceId"}},
     false},
    {"binpack",
     2,
     {{&strategy_spread, "attribute:ecs.availability-zone"}, {&strategy_binpack, "memory"}},
     false},
    {"random", 1, {{&strategy_random, NULL}}, false},
    {"distinct", 1, {{&strategy_binpack, "cpu"}}, true},
};

struct bench {
    struct arena *arena;
    struct placement *placement;
    struct list chain;
    struct list constraints;
    struct placement_request requests[SERVICES];
    struct placement_tally *running[SERVICES];
};

static void add_instance(struct bench *bench, size_t nth)
{
    static const char *const zones[] = {"us-east-1a", "us-east-1b", "us-east-1c"};
    struct attribute *zone = arena_alloc(bench->arena, sizeof *zone);
    *zone = (struct attribute){"ecs.availability-zone", zones[nth % 3]};
    placement_register(bench->placement, &(struct placement_facts){.active = true,
                                                                   .agent_connected = true,
                                                                   .cpu = 8192,
                                                                   .memory_mib = 31000,
                                                                   .attributes = zone,
                                                                   .attribute_count = 1});
}

static void add_service(struct bench *bench, size_t nth)
{
    bench->requests[nth] = (struct placement_request){
        .group = placement_group_of(bench->placement, arena_format(bench->arena, "service:%zu", nth)),
        .cpu = TASK_CPU,
        .memory_mib = TASK_MEMORY_MIB,
        .strategies = &bench->chain,
        .constraints = {&bench->constraints},
    };
    bench->running[nth] = placement_tally_take(bench->placement);
}

static struct bench *bench_new(const struct wish *wish, size_t instances)
{
    static struct placement_constraint distinct = {.variant = &constraint_distinct_instance};
    struct arena *arena = arena_new();
    struct bench *bench = arena_alloc(arena, sizeof *bench);
    *bench = (struct bench){
        .arena = arena,
        .placement = placement_new(arena),
        .chain = {wish->count, (void *)wish->chain},
        .constraints = {wish->distinct, &distinct},
    };
    for (size_t i = 0; i < instances; i++)
        add_instance(bench, i);
    for (size_t i = 0; i < SERVICES; i++)
        add_service(bench, i);
    return bench;
}

static void move_task(struct bench *bench, int service, placement_instance instance, int change)
{
    struct placement_facts *facts = placement_touch_room(bench->placement, instance);
    facts->cpu -= change * TASK_CPU;
    facts->memory_mib -= change * TASK_MEMORY_MIB;
    placement_count_task(bench->placement, bench->requests[service].group, instance, change);
    placement_tally_add(bench->placement, bench->running[service], instance, change);
}

/* Two are started for each that is stopped. */
static void decide(struct bench *bench, uint64_t nth)
{
    int service = (int)(nth / 3 % SERVICES);
    struct placement_request *request = &bench->requests[service];
    request->draw = rng_open(nth, 1, 2, 3);
    if (nth % 3 < 2)
        move_task(bench, service, placement_choose(bench->placement, request), +1);
    else
        move_task(bench, service, placement_choose_stop(bench->placement, request, bench->running[service]),
                  -1);
}

/* Once every service has its views: their cost is that of some scans, whatever comes after. */
static double by_views(struct bench *bench, uint64_t decisions)
{
    enum { FIRST = 2 * 3 * SERVICES };
    for (uint64_t nth = 0; nth < FIRST; nth++)
        decide(bench, nth);
    double start = processor_seconds();
    for (uint64_t nth = FIRST; nth < FIRST + decisions; nth++)
        decide(bench, nth);
    return (processor_seconds() - start) / (double)decisions;
}

static double by_scan(const struct bench *bench)
{
    struct question question = question_of_start(bench->placement, &bench->requests[0]);
    double start = processor_seconds();
    for (int i = 0; i < SCANS; i++)
        if (scan_choose(&question) == PLACEMENT_NONE)
            abort();
    return (processor_seconds() - start) / SCANS;
}

static const struct wish *find_wish(const char *name)
{
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        if (!strcmp(wishes[i].name, name))
            return &wishes[i];
    return NULL;
}

int main(int argc, char **argv)
{
    const struct wish *wish = argc == 4 ? find_wish(argv[1]) : NULL;
    if (!wish)
        return fprintf(stderr, "usage: placement default|binpack|random|distinct INSTANCES DECISIONS\n"), 2;
    struct bench *bench = bench_new(wish, strtoull(argv[2], NULL, 10));
    printf("view seconds=%.3g\n", by_views(bench, strtoull(argv[3], NULL, 10)));
    printf("scan seconds=%.3g\n", by_scan(bench));
    placement_free(bench->placement);
    arena_free(bench->arena);
    return 0;
}
