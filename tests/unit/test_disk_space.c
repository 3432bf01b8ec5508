/* How full a disk is: against the sum over its containers, looked at every second. */
#include "models/ecs/image/disk_space.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"
#include <stdbool.h>

enum { CONTAINERS = 6, ROUNDS = 300, STEPS = 40 };

/* A container that came, perhaps stopped, perhaps was removed. */
struct written {
    bool there, runs;
    int64_t mib, growth;
    simtime started_at, stopped_at;
};

static int64_t draw(rng_key key, uint64_t *nth, int64_t below)
{
    return (int64_t)rng_below(key, (*nth)++, (uint64_t)below);
}

static __int128 grown_by(const struct written *each, simtime now)
{
    return disk_growth(each->growth, (each->runs ? now : each->stopped_at) - each->started_at);
}

static int64_t sum(const struct written *all, simtime now)
{
    int64_t mib = 0;
    __int128 grown = 0;
    for (int i = 0; i < CONTAINERS; i++) {
        mib += all[i].there ? all[i].mib : 0;
        grown += all[i].there ? grown_by(&all[i], now) : 0;
    }
    return mib + (int64_t)(grown / SIMTIME_HOUR);
}

static void start(struct disk_space *disk, struct written *each, simtime now)
{
    each->there = each->runs = true;
    each->started_at = now;
    disk_advance(disk, now);
    disk->layers += each->mib;
    disk->growth += each->growth;
}

static void stop(struct disk_space *disk, struct written *each, simtime now)
{
    each->runs = false;
    each->stopped_at = now;
    disk_advance(disk, now);
    disk->growth -= each->growth;
}

static void take_away(struct disk_space *disk, struct written *each, simtime now)
{
    disk_advance(disk, now);
    disk->layers -= each->mib;
    disk->grown -= grown_by(each, now);
    each->there = false;
}

static void step(struct disk_space *disk, struct written *each, rng_key key, uint64_t *nth, simtime now)
{
    if (each->runs) {
        stop(disk, each, now);
    } else if (each->there) {
        take_away(disk, each, now);
    } else {
        each->mib = draw(key, nth, 100);
        each->growth = draw(key, nth, 3) * draw(key, nth, 5000);
        start(disk, each, now);
    }
}

static void it_is_what_its_containers_are(void **state)
{
    (void)state;
    uint64_t nth = 0;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        rng_key key = rng_open(1, 2, round, 0);
        struct written all[CONTAINERS] = {0};
        struct disk_space disk = {.size = 5000, .images = draw(key, &nth, 3000)};
        simtime now = 0;
        for (int i = 0; i < STEPS; i++) {
            now += draw(key, &nth, SIMTIME_HOUR);
            step(&disk, &all[draw(key, &nth, CONTAINERS)], key, &nth, now);
            simtime later = now + draw(key, &nth, SIMTIME_HOUR);
            int64_t containers = sum(all, later);
            int64_t left = disk.size - disk.images - containers;
            assert_int_equal(disk_of_containers(&disk, later), containers);
            assert_int_equal(disk_free(&disk, later), left > 0 ? left : 0);
        }
    }
}

/* At that instant nothing is free, and a microsecond before something was. */
static void it_is_full_when_nothing_is_free(void **state)
{
    (void)state;
    rng_key key = rng_open(1, 3, 0, 0);
    uint64_t nth = 0;
    for (int round = 0; round < 10000; round++) {
        struct disk_space disk = {.size = 1 + draw(key, &nth, 5000)};
        disk.images = draw(key, &nth, disk.size);
        disk.growth = 1 + draw(key, &nth, 10000);
        disk.grown = draw(key, &nth, 100 * SIMTIME_HOUR);
        disk.since = draw(key, &nth, SIMTIME_DAY);
        simtime now = disk.since + draw(key, &nth, SIMTIME_HOUR);
        simtime full_at = disk_full_at(&disk, now);
        assert_true(full_at >= now);
        assert_int_equal(disk_free(&disk, full_at), 0);
        __int128 before = disk.grown + disk_growth(disk.growth, full_at - 1 - disk.since);
        if (full_at > now)
            assert_true(before < disk_growth(disk.size - disk.images, SIMTIME_HOUR));
    }
}

static void what_does_not_grow_is_never_full(void **state)
{
    (void)state;
    struct disk_space disk = {.size = 100, .images = 100};
    assert_int_equal(disk_full_at(&disk, 5), SIMTIME_NEVER);
    assert_int_equal(disk_free(&disk, 5), 0);
}

/* 64 TiB at a MiB an hour are seven thousand years, at a byte an hour never. */
static void the_largest_disk_fits(void **state)
{
    (void)state;
    struct disk_space disk = {.size = INT64_C(64) << 40, .growth = 1 << 20};
    assert_int_equal(disk_full_at(&disk, 0), (INT64_C(64) << 20) * SIMTIME_HOUR);
    disk.growth = 1;
    assert_int_equal(disk_full_at(&disk, 0), SIMTIME_NEVER);
    disk.growth = disk.size;
    assert_int_equal(disk_full_at(&disk, 0), SIMTIME_HOUR);
    assert_int_equal(disk_of_containers(&disk, SIMTIME_HOUR), disk.size);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_what_its_containers_are),
        cmocka_unit_test(it_is_full_when_nothing_is_free),
        cmocka_unit_test(what_does_not_grow_is_never_full),
        cmocka_unit_test(the_largest_disk_fits),
    };
    return RUN_TESTS(tests);
}
