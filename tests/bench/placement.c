/* How long a placement takes: by the views, and by the scan that they remember.
 *
 *   placement INSTANCES DECISIONS   services of the default chain put tasks on instances of three zones and
 * take them away again, in turn; prints nanoseconds a decision
 */
#include "models/placement/scan.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SERVICES = 20, TASK_CPU = 256, TASK_MEMORY_MIB = 512, SCANS = 20 };

struct bench {
    struct arena *arena;
    struct placement *placement;
    struct placement_request requests[SERVICES];
    struct placement_tally *running[SERVICES];
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

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

static struct bench bench_new(size_t instances)
{
    struct bench bench = {.arena = arena_new()};
    bench.placement = placement_new(bench.arena);
    for (size_t i = 0; i < instances; i++)
        add_instance(&bench, i);
    for (int i = 0; i < SERVICES; i++) {
        bench.requests[i] = (struct placement_request){
            .group = placement_group_of(bench.placement, arena_format(bench.arena, "service:%d", i)),
            .cpu = TASK_CPU,
            .memory_mib = TASK_MEMORY_MIB,
            .strategies = &placement_default_for_services,
        };
        bench.running[i] = placement_tally_take(bench.placement);
    }
    return bench;
}

static void move_task(struct bench *bench, int service, placement_instance instance, int change)
{
    struct placement_facts *facts = placement_touch(bench->placement, instance);
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

static double by_views(struct bench *bench, uint64_t decisions)
{
    double start = now();
    for (uint64_t nth = 0; nth < decisions; nth++)
        decide(bench, nth);
    return (now() - start) / (double)decisions;
}

static double by_scan(struct bench *bench)
{
    struct question question = question_of_start(bench->placement, &bench->requests[0]);
    double start = now();
    for (int i = 0; i < SCANS; i++)
        if (scan_choose(&question) == PLACEMENT_NONE)
            abort();
    return (now() - start) / SCANS;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return fprintf(stderr, "usage: placement INSTANCES DECISIONS\n"), 2;
    struct bench bench = bench_new(strtoull(argv[1], NULL, 10));
    double views = by_views(&bench, strtoull(argv[2], NULL, 10)), scan = by_scan(&bench);
    printf("%10s %10.0f %10.0f %7.0f\n", argv[1], 1e9 * views, 1e9 * scan, scan / views);
    placement_free(bench.placement);
    arena_free(bench.arena);
    return 0;
}
