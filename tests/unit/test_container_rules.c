/* Which container may start, be stopped, is started again, and how long it may take to stop. */
#include "models/ecs/task/container_rules.h"
#include "tests/unit/unit.h"

/* --- starting --------------------------------------------------------------------------------- */

/* What became of a dependency: not started, running, running and healthy, exited with 0, exited with 1. */
enum fate { WAITING, RUNNING, HEALTHY, SUCCEEDED, FAILED, FATES };

static void add_fate(struct container_sets *sets, enum fate fate, unsigned bit)
{
    sets->met[CONDITION_START] |= fate != WAITING ? bit : 0;
    sets->met[CONDITION_HEALTHY] |= fate == HEALTHY ? bit : 0;
    sets->met[CONDITION_COMPLETE] |= fate == SUCCEEDED || fate == FAILED ? bit : 0;
    sets->met[CONDITION_SUCCESS] |= fate == SUCCEEDED ? bit : 0;
}

/* [API:ContainerDependency.condition], one dependency at a time. */
static bool is_met(int condition, enum fate fate)
{
    switch (condition) {
    case CONDITION_START:
        return fate != WAITING;
    case CONDITION_COMPLETE:
        return fate == SUCCEEDED || fate == FAILED;
    case CONDITION_SUCCESS:
        return fate == SUCCEEDED;
    default:
        return fate == HEALTHY;
    }
}

static void check_two(int a, enum fate fate_of_a, int b, enum fate fate_of_b)
{
    struct container_order order = {0};
    struct container_sets sets = {0};
    order.after[a] |= 1;
    order.after[b] |= 2;
    add_fate(&sets, fate_of_a, 1);
    add_fate(&sets, fate_of_b, 2);
    bool met_a = is_met(a, fate_of_a), met_b = is_met(b, fate_of_b);
    assert_int_equal(container_may_start(&order, &sets), met_a && met_b);
    assert_int_equal(container_awaits(&order, &sets),
                     (a != CONDITION_START && !met_a ? 1 : 0) | (b != CONDITION_START && !met_b ? 2 : 0));
    assert_int_equal(container_barred_by(&order, &sets),
                     (a == CONDITION_SUCCESS && fate_of_a == FAILED ? 1 : 0) |
                         (b == CONDITION_SUCCESS && fate_of_b == FAILED ? 2 : 0));
}

/* Every two conditions, every two fates. */
static void a_container_starts_when_all_its_dependencies_are_as_it_asks(void **state)
{
    (void)state;
    for (int a = 0; a < CONDITION_COUNT; a++)
        for (int b = 0; b < CONDITION_COUNT; b++)
            for (enum fate i = 0; i < FATES; i++)
                for (enum fate j = 0; j < FATES; j++)
                    check_two(a, i, b, j);
}

static void a_container_without_dependencies_starts_at_once(void **state)
{
    (void)state;
    struct container_order order = {.before = 2};
    struct container_sets sets = {0};
    assert_true(container_may_start(&order, &sets));
}

/* --- stopping --------------------------------------------------------------------------------- */

/* [AGENT:agent/engine/dependencygraph/graph.go] */
static void a_container_stops_when_its_dependents_are_gone(void **state)
{
    (void)state;
    struct container_order order = {.before = 4 | 2};
    assert_false(container_may_stop(&order, 1 | 2 | 4));
    assert_false(container_may_stop(&order, 1 | 4));
    assert_true(container_may_stop(&order, 1 | 8));
}

static void a_stop_timeout_is_the_containers_then_the_agents(void **state)
{
    (void)state;
    struct container_settings container = {.stop_timeout = ABSENT};
    struct ecs_config_settings config = {.container_stop_timeout = 40 * SIMTIME_SECOND};
    assert_int_equal(container_stop_timeout(&container, &config), 40 * SIMTIME_SECOND);
    config.container_stop_timeout = SIMTIME_MILLISECOND;
    assert_int_equal(container_stop_timeout(&container, &config), SIMTIME_SECOND);
    container.stop_timeout = 7 * SIMTIME_SECOND;
    assert_int_equal(container_stop_timeout(&container, &config), 7 * SIMTIME_SECOND);
}

/* --- starting again --------------------------------------------------------------------------- */

/* The decisions of H21 (400 s) and H22 (200 s), and the boundary. [API:ContainerRestartPolicy] */
static void a_container_restarts_when_it_ran_for_the_period(void **state)
{
    (void)state;
    struct restart_policy_settings policy = {.enabled = true, .attempt_period = 300 * SIMTIME_SECOND};
    assert_true(container_restarts(&policy, 400 * SIMTIME_SECOND, 1));
    assert_true(container_restarts(&policy, 300 * SIMTIME_SECOND, 0));
    assert_false(container_restarts(&policy, 300 * SIMTIME_SECOND - 1, 1));
    assert_false(container_restarts(&policy, 200 * SIMTIME_SECOND, 1));
}

static void a_container_does_not_restart_against_its_policy(void **state)
{
    (void)state;
    struct ignored_exit_code_settings codes[] = {{0}, {3}};
    struct restart_policy_settings policy = {.enabled = true, .ignored_exit_codes = {2, codes}};
    assert_false(container_restarts(&policy, SIMTIME_HOUR, 0));
    assert_false(container_restarts(&policy, SIMTIME_HOUR, 3));
    assert_true(container_restarts(&policy, SIMTIME_HOUR, 1));
    policy.enabled = false;
    assert_false(container_restarts(&policy, SIMTIME_HOUR, 1));
    assert_false(container_restarts(NULL, SIMTIME_HOUR, 1));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_container_starts_when_all_its_dependencies_are_as_it_asks),
        cmocka_unit_test(a_container_without_dependencies_starts_at_once),
        cmocka_unit_test(a_container_stops_when_its_dependents_are_gone),
        cmocka_unit_test(a_stop_timeout_is_the_containers_then_the_agents),
        cmocka_unit_test(a_container_restarts_when_it_ran_for_the_period),
        cmocka_unit_test(a_container_does_not_restart_against_its_policy),
    };
    return RUN_TESTS(tests);
}
