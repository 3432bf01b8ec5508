#include "sim/engine/hash.h"
#include "sim/engine/queue.h"
#include "tests/unit/unit.h"
#include <stdlib.h>
#include <string.h>

/* The oracle: all pending events in a sorted array, with nothing clever about it. */
enum { ORACLE_MOST = 512 };

struct oracle {
    struct event events[ORACLE_MOST];
    size_t count;
};

static bool comes_before(const struct event *a, const struct event *b)
{
    return a->at != b->at ? a->at < b->at : a->phase < b->phase;
}

static void oracle_push(struct oracle *oracle, struct event event)
{
    size_t place = oracle->count++;
    for (; place > 0 && comes_before(&event, &oracle->events[place - 1]); place--)
        oracle->events[place] = oracle->events[place - 1];
    oracle->events[place] = event;
}

static void oracle_remove(struct oracle *oracle, size_t place)
{
    oracle->count--;
    memmove(&oracle->events[place], &oracle->events[place + 1],
            (oracle->count - place) * sizeof(struct event));
}

static bool oracle_cancel(struct oracle *oracle, event_handle handle)
{
    for (size_t i = 0; i < oracle->count; i++)
        if (oracle->events[i].handle == handle) {
            oracle_remove(oracle, i);
            return true;
        }
    return false;
}

#define END_OF_TIME (INT64_C(1) << 60)

/* A random world: pushes with many ties, cancels of living and of stale handles, pops, peeks. */
struct world {
    struct queue *queue;
    struct oracle oracle;
    event_handle handles[4096];
    size_t handle_count;
    size_t
        ballast; /* events at the end of time, which nobody waits for: with them the queue is a large one */
    simtime now;
    uint64_t state;
};

static uint64_t pick(struct world *world, uint64_t bound)
{
    world->state += HASH_GOLDEN;
    return hash_mix(world->state) % bound;
}

static void push_random(struct world *world)
{
    static const simtime later[] = {0, 0, 1, 5, 10, 30, 1000000, 90 * SIMTIME_DAY};
    if (world->oracle.count == ORACLE_MOST || world->handle_count == 4096)
        return;
    struct event event = {.at = world->now + later[pick(world, 8)], .subject = pick(world, UINT64_MAX)};
    event.phase = (uint8_t)pick(world, 2);
    event.kind = (uint16_t)pick(world, 65536);
    event.argument = pick(world, 3);
    event.handle = queue_push(world->queue, event.at, event.phase, event.kind, event.subject, event.argument);
    assert_int_not_equal(event.handle, 0);
    oracle_push(&world->oracle, event);
    world->handles[world->handle_count++] = event.handle;
}

static void cancel_random(struct world *world)
{
    if (world->handle_count == 0)
        return;
    event_handle handle = world->handles[pick(world, world->handle_count)];
    bool expected = oracle_cancel(&world->oracle, handle);
    assert_int_equal(queue_cancel(world->queue, handle), expected);
}

static void pop_one(struct world *world)
{
    struct event event;
    bool expected = world->oracle.count > 0;
    if (!expected && world->ballast)
        return;
    assert_int_equal(queue_pop(world->queue, &event), expected);
    if (!expected)
        return;
    struct event first = world->oracle.events[0];
    oracle_remove(&world->oracle, 0);
    assert_int_equal(event.at, first.at);
    assert_int_equal(event.phase, first.phase);
    assert_int_equal(event.handle, first.handle);
    assert_int_equal(event.kind, first.kind);
    assert_int_equal(event.subject, first.subject);
    assert_int_equal(event.argument, first.argument);
    world->now = event.at;
}

static void peek(struct world *world)
{
    simtime last = world->ballast ? END_OF_TIME : SIMTIME_NEVER;
    simtime expected = world->oracle.count > 0 ? world->oracle.events[0].at : last;
    assert_int_equal(queue_next_at(world->queue), expected);
    assert_int_equal(queue_length(world->queue), world->oracle.count + world->ballast);
}

static void play_world(uint64_t seed, size_t ballast)
{
    struct world *world = calloc(1, sizeof *world);
    world->queue = queue_new();
    world->state = hash_mix(seed);
    for (; world->ballast < ballast; world->ballast++)
        queue_push(world->queue, END_OF_TIME, PHASE_WORLD, 0, 0, 0);
    uint64_t cancels = pick(world, 5), pops = 1 + pick(world, 5);
    for (int step = 0; step < 1500; step++) {
        uint64_t what = pick(world, 6 + cancels + pops);
        if (what < 5)
            push_random(world);
        else if (what == 5)
            peek(world);
        else if (what < 6 + cancels)
            cancel_random(world);
        else
            pop_one(world);
    }
    while (world->oracle.count > 0)
        pop_one(world);
    pop_one(world);
    queue_free(world->queue);
    free(world);
}

static void agrees_with_a_sorted_array_in_random_worlds(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 150; seed++)
        play_world(seed, 0);
}

/* Some of it far, some near: a little more than the ballast and the heap is full. */
static void agrees_with_it_where_most_is_far(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 150; seed++)
        play_world(seed, 2000);
}

/* More than the heap takes: near and far, ties by the thousand, pushes before what was next. */
static void large_queues_keep_the_order(void **state)
{
    (void)state;
    enum { PENDING = 20000, POPS = 100000 };
    struct queue *queue = queue_new();
    uint64_t word = 1, cancelled = 0;
    event_handle handle = 0;
    struct event event = {0}, last = {0};
    for (int i = 0; i < PENDING + POPS; i++) {
        word = hash_mix(word);
        if (i >= PENDING) {
            if (word % 8 == 0)
                cancelled += queue_cancel(queue, handle);
            simtime next = queue_next_at(queue);
            assert_true(queue_pop(queue, &event));
            assert_true(event.at == next && !comes_before(&event, &last));
            assert_true(comes_before(&last, &event) || event.handle > last.handle);
            last = event;
        }
        simtime later = word >> 62 ? (simtime)(word >> 8 & ((UINT64_C(1) << (word % 48)) - 1)) : 0;
        handle = queue_push(queue, last.at + later, PHASE_CONTROL, 0, 0, 0);
    }
    assert_int_equal(queue_length(queue), PENDING - cancelled);
    queue_free(queue);
}

/* To look at what is next is to bring it near; then comes much that is earlier. */
static void what_comes_before_the_next_comes_first(void **state)
{
    (void)state;
    enum { EACH = 5000 };
    struct queue *queue = queue_new();
    for (int i = 0; i < EACH; i++)
        queue_push(queue, SIMTIME_DAY + i, PHASE_WORLD, 0, 0, 0);
    assert_int_equal(queue_next_at(queue), SIMTIME_DAY);
    for (int i = EACH; i-- > 0;)
        queue_push(queue, i, PHASE_WORLD, 0, 0, 0);
    struct event event;
    for (int i = 0; i < 2 * EACH; i++) {
        assert_true(queue_pop(queue, &event));
        assert_int_equal(event.at, i < EACH ? i : SIMTIME_DAY + i - EACH);
    }
    assert_false(queue_pop(queue, &event));
    queue_free(queue);
}

static void world_comes_before_control_at_one_instant(void **state)
{
    (void)state;
    struct queue *queue = queue_new();
    struct event event;
    queue_push(queue, 5, PHASE_CONTROL, 1, 0, 0);
    queue_push(queue, 5, PHASE_CONTROL, 2, 0, 0);
    queue_push(queue, 5, PHASE_WORLD, 3, 0, 0);
    assert_true(queue_pop(queue, &event));
    assert_int_equal(event.kind, 3);
    assert_true(queue_pop(queue, &event));
    assert_int_equal(event.kind, 1);
    queue_push(queue, 5, PHASE_WORLD, 4, 0, 0);
    assert_true(queue_pop(queue, &event));
    assert_int_equal(event.kind, 4);
    assert_true(queue_pop(queue, &event));
    assert_int_equal(event.kind, 2);
    queue_free(queue);
}

static void handles_of_nothing_cancel_nothing(void **state)
{
    (void)state;
    struct queue *queue = queue_new();
    struct event event;
    assert_false(queue_cancel(queue, 0));
    event_handle handle = queue_push(queue, 1, PHASE_WORLD, 0, 0, 0);
    assert_false(queue_cancel(queue, 0));
    assert_false(queue_cancel(queue, UINT64_MAX));
    assert_true(queue_pop(queue, &event));
    assert_false(queue_cancel(queue, handle));
    assert_false(queue_cancel(queue, UINT64_MAX));
    queue_push(queue, 1, PHASE_WORLD, 0, 0, 0);
    assert_false(queue_cancel(queue, handle));
    assert_int_equal(queue_length(queue), 1);
    queue_free(queue);
}

static void far_events_that_are_cancelled_do_not_pile_up(void **state)
{
    (void)state;
    struct queue *queue = queue_new();
    for (simtime now = 0; now < 5000000; now++) {
        event_handle handle = queue_push(queue, now + 365 * SIMTIME_DAY, PHASE_WORLD, 0, 0, 0);
        assert_true(queue_cancel(queue, handle));
    }
    assert_int_equal(queue_length(queue), 0);
    assert_in_range(queue_memory_bytes(queue), 1, 64 * 1024);
    queue_free(queue);
}

/* Pops `count` tied events and says whether they came in the order of their subjects. */
static bool comes_in_order(struct queue *queue, size_t count)
{
    bool ordered = true, seen[100] = {false};
    struct event event;
    for (size_t i = 0; i < count; i++) {
        assert_true(queue_pop(queue, &event));
        assert_in_range(event.subject, 0, count - 1);
        assert_false(seen[event.subject]);
        seen[event.subject] = true;
        ordered &= event.subject == i;
    }
    assert_false(queue_pop(queue, &event));
    return ordered;
}

static void shuffled_ties_come_in_another_order_but_all(void **state)
{
    (void)state;
    for (uint64_t key = 0; key < 10; key++) {
        struct queue *queue = queue_new();
        queue_shuffle_ties(queue, key);
        for (uint64_t i = 0; i < 100; i++)
            assert_int_not_equal(queue_push(queue, 7, PHASE_WORLD, 0, i, 0), 0);
        assert_false(comes_in_order(queue, 100));
        queue_free(queue);
    }
}

static void shuffling_leaves_times_and_phases_alone(void **state)
{
    (void)state;
    struct queue *queue = queue_new();
    queue_shuffle_ties(queue, 1);
    for (uint64_t i = 0; i < 100; i++)
        queue_push(queue, (simtime)((99 - i) / 2), (i + 1) % 2 ? PHASE_CONTROL : PHASE_WORLD, 0, 99 - i, 0);
    assert_true(comes_in_order(queue, 100));
    queue_free(queue);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_a_sorted_array_in_random_worlds),
        cmocka_unit_test(agrees_with_it_where_most_is_far),
        cmocka_unit_test(large_queues_keep_the_order),
        cmocka_unit_test(what_comes_before_the_next_comes_first),
        cmocka_unit_test(world_comes_before_control_at_one_instant),
        cmocka_unit_test(handles_of_nothing_cancel_nothing),
        cmocka_unit_test(far_events_that_are_cancelled_do_not_pile_up),
        cmocka_unit_test(shuffled_ties_come_in_another_order_but_all),
        cmocka_unit_test(shuffling_leaves_times_and_phases_alone),
    };
    return RUN_TESTS(tests);
}
