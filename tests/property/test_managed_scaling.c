/* Cluster auto scaling over all small groups: where it comes to rest, and that its bound is the least number
 * of hosts whose resources, taken together, are enough. */
#include "models/ecs/capacity/managed_scaling.h"
#include "tests/unit/unit.h"

enum { MOST_HOSTS = 40 };

static int64_t next_size(int64_t running, int64_t needed, int64_t target)
{
    const struct room type = {{1, 1, 1, 1}};
    struct managed_scaling_view group = {
        .running = running, .occupied = needed, .types = &type, .type_count = 1, .target = target};
    return managed_scaling_desired(&(struct managed_scaling_question){
        .reservation = managed_scaling_need(&group).reservation,
        .target = target,
        .minimum_step = 1,
        .maximum_step = 10000,
        .capacity = running,
        .minutes_below = MINUTES_TO_SCALE_IN,
    });
}

/* With as many hosts needed all the while, from any size, it rests at the least size under the target. */
static void it_rests_at_the_needed_hosts_over_the_target(void **state)
{
    (void)state;
    for (int64_t target = 1; target <= 100; target++)
        for (int64_t needed = 1; needed <= MOST_HOSTS; needed++)
            for (int64_t start = needed; start <= MOST_HOSTS; start++) {
                int64_t size = start;
                for (int minute = 0; minute < 20; minute++)
                    size = next_size(size, needed, target);
                assert_int_equal(size, (100 * needed + target - 1) / target);
            }
}

static void in_a_minute_it_at_most_halves(void **state)
{
    (void)state;
    for (int64_t target = 1; target <= 100; target++)
        for (int64_t needed = 0; needed <= MOST_HOSTS; needed++)
            for (int64_t running = needed ? needed : 1; running <= MOST_HOSTS; running++) {
                int64_t size = next_size(running, needed, target);
                assert_true(size >= needed && size >= running - (running > 1 ? running / 2 : 1));
            }
}

/* Whether so many hosts have, together, what the demand asks for. */
static bool are_enough(int64_t hosts, const struct room *type, const struct demand *demand)
{
    for (int i = 0; i < ROOM_RESOURCES; i++)
        if (hosts * type->of[i] < (demand->tasks - demand->tasks_with_room) * demand->task.of[i])
            return false;
    return !demand->alone || hosts >= demand->tasks;
}

static void check_bound(const struct room *type, const struct demand *demand)
{
    const struct managed_scaling_view group = {
        .running = 1,
        .demands = demand,
        .demand_count = 1,
        .types = type,
        .type_count = 1,
        .target = 100,
        .minimum_step = 1,
        .maximum_step = 10000,
    };
    struct need need = managed_scaling_need(&group);
    int64_t extra = need.hosts - 1;
    if (!room_fits(type, &demand->task)) {
        assert_int_equal(need.rule, NEED_LEFT_OUT);
        return;
    }
    assert_true(are_enough(extra, type, demand));
    assert_true(extra == 0 || !are_enough(extra - 1, type, demand));
}

static void the_bound_is_the_least_that_is_enough(void **state)
{
    (void)state;
    for (int64_t cpu = 0; cpu <= 5; cpu++)
        for (int64_t memory = 1; memory <= 5; memory++)
            for (int64_t tasks = 1; tasks <= 9; tasks++)
                for (int64_t with_room = 0; with_room <= tasks; with_room++)
                    for (int bits = 0; bits < 32; bits++) {
                        const struct room type = {{4, 3 + (bits & 1), bits >> 1 & 1, 2}};
                        const struct demand demand = {
                            .task = {{cpu, memory, bits >> 2 & 1, bits >> 3 & 1}},
                            .alone = bits >> 4 && !with_room,
                            .tasks = tasks,
                            .tasks_with_room = with_room,
                        };
                        check_bound(&type, &demand);
                    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_rests_at_the_needed_hosts_over_the_target),
        cmocka_unit_test(in_a_minute_it_at_most_halves),
        cmocka_unit_test(the_bound_is_the_least_that_is_enough),
    };
    return RUN_TESTS(tests);
}
