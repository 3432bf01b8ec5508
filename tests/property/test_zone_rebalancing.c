/* Rebalancing over zones, step by step to its end, over all small services. */
#include "models/ecs/service/zone_rebalancing.h"
#include "tests/group.h"
#include <stddef.h>

enum { MOST_ZONES = 4, MOST_TASKS = 6 };

struct service {
    struct zone_share zones[MOST_ZONES];
    uint32_t count;
    int64_t most; /* at once */
};

static int64_t least_in_a_zone(const struct service *service, int64_t *greatest)
{
    int64_t least = INT64_MAX;
    *greatest = 0;
    for (uint32_t i = 0; i < service->count; i++) {
        if (!service->zones[i].has_hosts)
            continue;
        least = service->zones[i].tasks < least ? service->zones[i].tasks : least;
        *greatest = service->zones[i].tasks > *greatest ? service->zones[i].tasks : *greatest;
    }
    return least;
}

static bool is_balanced(const struct service *service)
{
    int64_t greatest, least = least_in_a_zone(service, &greatest);
    return least == INT64_MAX || greatest - least <= 1;
}

/* How many tasks have to move: those above the share and one, or those that lack to it, whichever are more.
 */
static int64_t moves_needed(const struct service *service)
{
    int64_t tasks = 0, counting = 0, above = 0, below = 0;
    for (uint32_t i = 0; i < service->count; i++)
        if (service->zones[i].has_hosts)
            tasks += service->zones[i].tasks, counting++;
    for (uint32_t i = 0; i < service->count && counting; i++) {
        int64_t here = service->zones[i].tasks, share = tasks / counting;
        if (!service->zones[i].has_hosts)
            continue;
        above += here > share + (tasks % counting > 0) ? here - share - (tasks % counting > 0) : 0;
        below += here < share ? share - here : 0;
    }
    return above > below ? above : below;
}

/* It never takes what is not there, from where it must not, to where nothing can be. */
static void check_step(const struct service *service, const struct zone_step *step)
{
    const struct zone_share *from = &service->zones[step->from], *to = &service->zones[step->to];
    assert_true(step->tasks <= service->most);
    assert_true(from->has_hosts && to->has_hosts);
    assert_true(from->tasks - from->guarded >= step->tasks);
    assert_true(from->tasks - step->tasks >= to->tasks + step->tasks - 1); /* no more than it takes */
    int64_t greatest;
    assert_int_equal(to->tasks, least_in_a_zone(service, &greatest));
    assert_true(from->guarded < from->tasks &&
                (service->zones[step->from].tasks == greatest || from->guarded || greatest > from->tasks));
}

/* Z1, Z2: it ends balanced, by as few moves as it takes, or with only protected tasks left to move. */
static void play(struct service service)
{
    int64_t needed = moves_needed(&service), moved = 0;
    bool any_guarded = false;
    for (uint32_t i = 0; i < service.count; i++)
        any_guarded |= service.zones[i].guarded > 0;
    for (;;) {
        struct zone_step step = zone_rebalancing_step(service.zones, service.count, service.most);
        assert_true(!step.guarded || any_guarded);
        assert_true(is_balanced(&service) ? !step.tasks && !step.guarded : step.tasks || step.guarded);
        if (!step.tasks)
            break;
        check_step(&service, &step);
        service.zones[step.from].tasks -= step.tasks;
        service.zones[step.to].tasks += step.tasks;
        moved += step.tasks;
        assert_true(moved <= needed || any_guarded);
        assert_true(moved <= MOST_ZONES * MOST_TASKS);
    }
}

static void each_zone(struct service *service, uint32_t zone, bool guarded);

static void each_share(struct service *service, uint32_t zone, bool guarded)
{
    struct zone_share *share = &service->zones[zone];
    for (share->tasks = 0; share->tasks <= MOST_TASKS; share->tasks++)
        for (share->guarded = 0; share->guarded <= (guarded ? share->tasks : 0); share->guarded++)
            each_zone(service, zone + 1, guarded);
}

static void each_zone(struct service *service, uint32_t zone, bool guarded)
{
    if (zone == service->count) {
        for (service->most = 1; service->most <= 4; service->most++)
            play(*service);
        return;
    }
    service->zones[zone].has_hosts = false;
    each_share(service, zone, guarded);
    service->zones[zone].has_hosts = true;
    each_share(service, zone, guarded);
}

static void any_service_ends_balanced(void **state)
{
    (void)state;
    for (uint32_t count = 1; count <= MOST_ZONES; count++)
        each_zone(&(struct service){.count = count}, 0, false);
}

static void protected_tasks_stay(void **state)
{
    (void)state;
    for (uint32_t count = 1; count < MOST_ZONES; count++)
        each_zone(&(struct service){.count = count}, 0, true);
}

static void a_service_that_may_have_no_task_more_is_left_alone(void **state)
{
    (void)state;
    const struct zone_share zones[] = {{.has_hosts = true, .tasks = 2}, {.has_hosts = true}};
    assert_int_equal(zone_rebalancing_step(zones, 2, 0).tasks, 0);
    assert_int_equal(zone_rebalancing_step(zones, 2, 1).tasks, 1);
    assert_false(zone_rebalancing_step(zones, 2, 0).guarded);
}

/* As many at once as the poorest lacks and the richest has too many. */
static void a_zone_that_comes_back_is_filled_at_once(void **state)
{
    (void)state;
    const struct zone_share zones[] = {
        {.has_hosts = true, .tasks = 300}, {.has_hosts = true, .tasks = 300}, {.has_hosts = true}};
    struct zone_step step = zone_rebalancing_step(zones, 3, 1000);
    assert_int_equal(step.tasks, 100);
    assert_int_equal(step.from, 0);
    assert_int_equal(step.to, 2);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_service_ends_balanced),
        cmocka_unit_test(protected_tasks_stay),
        cmocka_unit_test(a_service_that_may_have_no_task_more_is_left_alone),
        cmocka_unit_test(a_zone_that_comes_back_is_filled_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
