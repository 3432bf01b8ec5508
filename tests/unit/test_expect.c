/* Promises, judged on a hand-made world of one service and one group: what the world does between two
 * instants is written down by the test, so that each sentence of expect.h can be tried alone. */
#include "models/ecs/results/expect.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#define NONE ABSENT

struct fixture {
    struct run run;
    struct ecs_settings settings;
    struct expect_settings entry;
    struct world world;
    struct service service;
    struct deployment created, updated;
    struct zone zones[2];
    struct fleet_cell cells[2], *all_cells[2];
    struct auto_scaling_group_settings group_settings;
    struct auto_scaling_group group;
    struct task_definition_settings definition_settings;
    struct task_definition definition;
    struct list no_constraints;
    struct capacity_strategy any_host;
    struct zone_share shares[2];
};

/* An entry about `web` whose window is the whole run of 30 minutes. */
static void prepare(struct fixture *f)
{
    *f = (struct fixture){
        .run = {.arena = arena_new()},
        .settings = {.run.duration = 30 * SIMTIME_MINUTE,
                     .expect = {1, &f->entry},
                     .auto_scaling_groups = {1, &f->group_settings}},
        .entry = {.service = "web", .from = NONE, .until = NONE, .at = NONE, .by = NONE},
        .definition_settings = {.family = "WebApp"},
        .definition = {.settings = &f->definition_settings, .name = "WebApp:2"},
        .created = {.number = 1,
                    .creates_service = true,
                    .state = STATE_COMPLETED,
                    .definition = &f->definition},
        .updated = {.number = 2, .definition = &f->definition, .older = &f->created},
        .zones = {{.name = "us-east-1a"}, {.name = "us-east-1b", .index = 1}},
        .group_settings = {.name = "fleet"},
        .group = {.name = "fleet", .cells = f->cells},
        .all_cells = {&f->cells[0], &f->cells[1]},
    };
    f->cells[0] = (struct fleet_cell){.group = &f->group, .zone = &f->zones[0]};
    f->cells[1] = (struct fleet_cell){.group = &f->group, .zone = &f->zones[1], .index = 1};
    f->service = (struct service){.name = "web",
                                  .exists = true,
                                  .desired_count = 3,
                                  .primary = &f->created,
                                  .constraints = &f->no_constraints,
                                  .strategy = &f->any_host,
                                  .zones = f->shares,
                                  .counts.healthy = 3};
    f->world = (struct world){.run = &f->run,
                              .settings = &f->settings,
                              .arena = f->run.arena,
                              .zones = f->zones,
                              .zone_count = 2,
                              .services = &f->service,
                              .service_count = 1,
                              .service_names = {.arena = f->run.arena},
                              .groups = &f->group,
                              .group_count = 1,
                              .cells = f->all_cells,
                              .cell_count = 2};
    index_set_init(&f->world.touched_cells, f->run.arena, 2);
    symbol_enter(&f->world.service_names, "web", &f->service);
    settings_index(f->run.arena, &f->settings);
}

static void settle(struct fixture *f, simtime at)
{
    const uint32_t touched[] = {0};
    f->run.now = at;
    expect_settle(&f->world, touched, 1);
}

static void healthy(struct fixture *f, simtime at, int64_t count)
{
    f->service.counts.healthy = count;
    settle(f, at);
}

static void start(struct fixture *f)
{
    expect_begin(&f->world);
    settle(f, 0);
}

/* NULL: kept; else how it was broken. */
static const char *judge(struct fixture *f)
{
    struct verdict *verdicts;
    size_t count;
    f->run.now = f->settings.run.duration;
    expect_judge(&f->world, &verdicts, &count);
    assert_int_equal(count, 1);
    assert_ptr_equal(verdicts->object, &f->entry);
    assert_int_equal(verdicts->kept, verdicts->broken == NULL);
    return verdicts->broken;
}

static void assert_kept(struct fixture *f)
{
    const char *broken = judge(f);
    if (broken)
        print_error("%s\n", broken);
    assert_null(broken);
    arena_free(f->run.arena);
}

static void assert_broken(struct fixture *f, const char *how)
{
    const char *broken = judge(f);
    assert_non_null(broken);
    assert_string_equal(broken, how);
    arena_free(f->run.arena);
}

#define MINUTE SIMTIME_MINUTE
#define SECOND SIMTIME_SECOND

static struct bound_settings at_least(int64_t n)
{
    return (struct bound_settings){n * MILLION, NONE, NONE};
}

static struct bound_settings at_most(int64_t n)
{
    return (struct bound_settings){NONE, n * MILLION, NONE};
}

/* --- numbers ---------------------------------------------------------------------------------- */

static void a_fall_below_the_bound_says_when_how_far_and_after_what(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_least(2);
    prepare(&f);
    f.entry.healthy = &bound;
    start(&f);
    f.run.now = 12 * MINUTE + 26 * SECOND;
    expect_mark(&f.world, NULL, "failure", "zone us-east-1b lost power");
    healthy(&f, 12 * MINUTE + 30 * SECOND, 1);
    healthy(&f, 13 * MINUTE, 0);
    healthy(&f, 15 * MINUTE + 40 * SECOND, 3);
    assert_broken(&f, "web: healthy fell to 1 at 12m30s (promised at least 2), 4s after zone us-east-1b lost "
                      "power; at worst 0; "
                      "outside for 3m10s in all");
}

static struct verdict verdict_of(struct fixture *f)
{
    struct verdict *verdicts;
    size_t count;
    f->run.now = f->settings.run.duration;
    expect_judge(&f->world, &verdicts, &count);
    return *verdicts;
}

static void a_broken_bound_tells_the_worst_and_how_long_as_numbers(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_least(2);
    prepare(&f);
    f.entry.healthy = &bound;
    f.entry.from = 11 * MINUTE;
    start(&f);
    healthy(&f, 10 * MINUTE, 0);
    healthy(&f, 12 * MINUTE, 1);
    healthy(&f, 15 * MINUTE, 3);
    struct verdict verdict = verdict_of(&f);
    assert_int_equal(verdict.worst, 0);
    assert_int_equal(verdict.outside, 4 * MINUTE);
    arena_free(f.run.arena);
    prepare(&f);
    f.entry.healthy = &bound;
    f.entry.except = 5 * MINUTE;
    start(&f);
    healthy(&f, 12 * MINUTE, 1);
    healthy(&f, 15 * MINUTE, 3);
    verdict = verdict_of(&f);
    assert_true(verdict.kept);
    assert_int_equal(verdict.outside, 0);
    arena_free(f.run.arena);
}

static void without_a_mark_the_latest_message_is_what_had_just_happened(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_most(3);
    prepare(&f);
    f.entry.healthy = &bound;
    start(&f);
    f.run.now = 60 * SECOND;
    expect_message(&f.world, &f.service, "(service web) has started 1 tasks: (task web-4).");
    healthy(&f, 60 * SECOND, 4);
    healthy(&f, 61 * SECOND, 3);
    assert_broken(&f, "web: healthy rose to 4 at 1m (promised at most 3), as the service said \"has started "
                      "1 tasks: (task web-4).\"; "
                      "outside for 1s in all");
}

static void a_bound_that_holds_is_kept(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_least(2);
    prepare(&f);
    f.entry.healthy = &bound;
    start(&f);
    healthy(&f, 5 * MINUTE, 2);
    assert_kept(&f);
}

static void time_that_is_allowed_outside_is_forgiven_to_the_microsecond(void **state)
{
    (void)state;
    for (simtime excess = 0; excess < 2; excess++) {
        struct fixture f;
        struct bound_settings bound = at_least(3);
        prepare(&f);
        f.entry.healthy = &bound;
        f.entry.except = 30 * SECOND;
        start(&f);
        healthy(&f, 5 * MINUTE, 2);
        healthy(&f, 5 * MINUTE + 30 * SECOND + excess, 3);
        if (excess)
            assert_non_null(judge(&f));
        else
            assert_null(judge(&f));
        arena_free(f.run.arena);
    }
}

static void windows_contain_their_beginning_and_not_their_end(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_least(3);
    prepare(&f);
    f.entry.healthy = &bound;
    f.entry.from = 5 * MINUTE;
    f.entry.until = 10 * MINUTE;
    start(&f);
    healthy(&f, 1 * MINUTE, 0);
    healthy(&f, 5 * MINUTE, 3);
    healthy(&f, 10 * MINUTE, 0);
    assert_kept(&f);
}

static void by_means_from_then_on_for_a_number(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_least(3);
    prepare(&f);
    f.entry.healthy = &bound;
    f.entry.by = 5 * MINUTE;
    f.service.counts.healthy = 0;
    start(&f);
    healthy(&f, 5 * MINUTE, 3);
    healthy(&f, 20 * MINUTE, 2);
    assert_broken(&f, "web: healthy fell to 2 at 20m (promised at least 3); outside for 10m in all");
}

static void at_the_end_of_the_run_its_last_instant_counts(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_least(3);
    prepare(&f);
    f.entry.healthy = &bound;
    f.entry.at = 30 * MINUTE;
    start(&f);
    healthy(&f, 30 * MINUTE, 2);
    assert_broken(&f, "web: healthy fell to 2 at 30m (promised at least 3)");
}

static void during_deployments_only_deployments_count(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_least(3);
    prepare(&f);
    f.entry.healthy = &bound;
    f.entry.during = 1;
    start(&f);
    healthy(&f, 1 * MINUTE, 0);
    healthy(&f, 2 * MINUTE, 3);
    f.service.primary = &f.updated;
    settle(&f, 10 * MINUTE);
    healthy(&f, 11 * MINUTE, 2);
    f.updated.state = STATE_COMPLETED;
    settle(&f, 12 * MINUTE);
    healthy(&f, 13 * MINUTE, 0);
    assert_broken(&f, "web: healthy fell to 2 at 11m (promised at least 3); outside for 1m in all");
}

static void shares_of_the_fleet_are_those_of_the_named_group(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = {.at_least = NONE, .at_most = MILLION / 2, .exactly = NONE};
    prepare(&f);
    f.entry.service = NULL;
    f.entry.auto_scaling_group = "fleet";
    f.entry.cpu_reserved = &bound;
    f.cells[0].cpu_registered = f.cells[1].cpu_registered = 2048;
    start(&f);
    f.cells[1].cpu_reserved = 3072;
    index_set_add(&f.world.touched_cells, 1);
    settle(&f, 10 * MINUTE);
    assert_broken(
        &f,
        "fleet: share of CPU reserved rose to 0.75 at 10m (promised at most 0.5); outside for 20m in all");
}

/* --- states ----------------------------------------------------------------------------------- */

static void a_deployment_is_complete_by_a_time_if_it_is_so_at_that_time(void **state)
{
    (void)state;
    for (int late = 0; late < 2; late++) {
        struct fixture f;
        prepare(&f);
        f.entry.deployment = ROLLOUT_COMPLETED;
        f.entry.by = 25 * MINUTE;
        start(&f);
        f.service.primary = &f.updated;
        settle(&f, 10 * MINUTE);
        f.updated.state = STATE_COMPLETED;
        settle(&f, 25 * MINUTE + late);
        if (late)
            assert_broken(&f, "web: deployment ecs-svc/2 (WebApp:2) was IN_PROGRESS at 25m (promised "
                              "deployment COMPLETED)");
        else
            assert_kept(&f);
    }
}

static void the_deployment_that_created_the_service_never_counts(void **state)
{
    (void)state;
    struct fixture f;
    prepare(&f);
    f.entry.deployment = ROLLOUT_COMPLETED;
    start(&f);
    assert_broken(&f, "web: there was no deployment at 30m (promised deployment COMPLETED)");
}

static void a_deployment_that_is_gone_is_remembered_by_its_task_definition(void **state)
{
    (void)state;
    struct fixture f;
    struct task_definition other = {.settings = &f.definition_settings, .name = "WebApp:3"};
    struct deployment third = {.number = 3, .definition = &other, .older = NULL};
    prepare(&f);
    f.entry.deployment = ROLLOUT_COMPLETED;
    f.entry.task_definition = "WebApp:2";
    start(&f);
    f.service.primary = &f.updated;
    f.updated.state = STATE_COMPLETED;
    settle(&f, 10 * MINUTE);
    f.service.primary = &third;
    settle(&f, 12 * MINUTE);
    assert_kept(&f);
}

static void a_state_that_is_broken_because_the_service_is_stuck_says_why(void **state)
{
    (void)state;
    struct fixture f;
    prepare(&f);
    f.entry.steady_state = true;
    start(&f);
    f.service.stuck = STUCK_PLACEMENT;
    f.service.stuck_since = 12 * MINUTE;
    f.service.stuck_because = "has insufficient memory available";
    f.run.now = 12 * MINUTE;
    expect_settle(&f.world, NULL, 0);
    assert_broken(&f, "web: was not in a steady state at 30m (promised steady state), stuck since 12m: has "
                      "insufficient memory "
                      "available");
}

static void being_stuck_is_seen_though_nothing_was_touched(void **state)
{
    (void)state;
    struct fixture f;
    prepare(&f);
    f.entry.stuck = true;
    start(&f);
    f.service.stuck = STUCK_PERCENTAGES;
    f.run.now = 12 * MINUTE;
    expect_settle(&f.world, NULL, 0);
    assert_kept(&f);
}

/* --- what adds up ----------------------------------------------------------------------------- */

static void availability_is_a_share_of_the_window(void **state)
{
    (void)state;
    for (simtime excess = 0; excess < 2; excess++) {
        struct fixture f;
        struct availability_settings availability = {3, NONE, NONE, 900000};
        prepare(&f);
        f.entry.availability = &availability;
        start(&f);
        healthy(&f, 5 * MINUTE, 2);
        healthy(&f, 8 * MINUTE + excess, 3);
        if (excess)
            assert_broken(&f, "web: fewer than 3 healthy for 3m of 30m (promised 3m at most), first at 5m");
        else
            assert_kept(&f);
    }
}

static void recovery_in_time_is_kept_and_a_microsecond_later_broken(void **state)
{
    (void)state;
    for (simtime excess = 0; excess < 2; excess++) {
        struct fixture f;
        struct recovered_settings recovered = {3, NONE, NONE, 5 * MINUTE};
        prepare(&f);
        f.entry.recovered = &recovered;
        start(&f);
        healthy(&f, 10 * MINUTE, 2);
        healthy(&f, 11 * MINUTE, 1);
        healthy(&f, 15 * MINUTE + excess, 3);
        if (excess)
            assert_broken(&f,
                          "web: fewer than 3 healthy from 10m on, until 15m, for 5m (promised 5m at most)");
        else
            assert_kept(&f);
    }
}

static void a_drop_that_the_end_leaves_undecided_is_kept(void **state)
{
    (void)state;
    struct fixture f;
    struct recovered_settings recovered = {3, NONE, NONE, 5 * MINUTE};
    prepare(&f);
    f.entry.recovered = &recovered;
    start(&f);
    healthy(&f, 25 * MINUTE, 2);
    assert_kept(&f);
}

static void a_drop_without_end_is_broken(void **state)
{
    (void)state;
    struct fixture f;
    struct recovered_settings recovered = {3, NONE, NONE, 5 * MINUTE};
    prepare(&f);
    f.entry.recovered = &recovered;
    start(&f);
    healthy(&f, 24 * MINUTE, 2);
    assert_broken(&f, "web: fewer than 3 healthy from 24m on, until the end (promised 5m at most)");
}

static void events_are_counted_by_name_whatever_its_case(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_most(0);
    prepare(&f);
    f.entry.service = NULL;
    f.entry.event = "SERVICE_TASK_PLACEMENT_FAILURE";
    f.entry.count = &bound;
    start(&f);
    f.run.now = 3 * MINUTE;
    expect_event(&f.world, &f.service, "SERVICE_STEADY_STATE");
    expect_event(&f.world, &f.service, "service_task_placement_failure");
    f.run.now = 30 * MINUTE;
    expect_event(&f.world, &f.service, "SERVICE_TASK_PLACEMENT_FAILURE");
    assert_broken(
        &f, "event SERVICE_TASK_PLACEMENT_FAILURE came 2 times (promised at most 0), once too often at 3m");
}

static void messages_are_counted_by_a_part_of_their_text(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = {NONE, NONE, 1 * MILLION};
    prepare(&f);
    f.entry.service = NULL;
    f.entry.message = "steady state";
    f.entry.count = &bound;
    f.entry.by = 5 * MINUTE;
    start(&f);
    f.run.now = 5 * MINUTE;
    expect_message(&f.world, &f.service, "(service web) has reached a steady state.");
    f.run.now++;
    expect_message(&f.world, &f.service, "(service web) has reached a steady state.");
    assert_kept(&f);
}

static void end_task(struct fixture *f, simtime created_at, simtime healthy_at, bool unhealthy)
{
    struct task task = {.service = &f->service,
                        .created_at = created_at,
                        .healthy_at = healthy_at,
                        .unhealthy = unhealthy,
                        .stopping = true,
                        .stop_code = STOP_SERVICE_SCHEDULER_INITIATED};
    expect_task_ended(&f->world, &task);
}

static void time_to_healthy_is_that_of_tasks_created_in_the_window(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_duration_settings none = {NONE, NONE};
    struct quantile_settings quantiles = {none, none, none, none, {NONE, 60 * SECOND}};
    prepare(&f);
    f.entry.time_to_healthy = &quantiles;
    f.entry.from = 10 * MINUTE;
    start(&f);
    end_task(&f, 9 * MINUTE, 20 * MINUTE, false);    /* created before the window */
    end_task(&f, 10 * MINUTE, 11 * MINUTE, false);   /* just in time */
    end_task(&f, 12 * MINUTE, SIMTIME_NEVER, false); /* no longer wanted */
    assert_kept(&f);
}

static void during_deployments_the_tasks_created_by_them_count(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_duration_settings none = {NONE, NONE};
    struct quantile_settings quantiles = {{20 * SECOND, 20 * SECOND}, none, none, none, {NONE, 30 * SECOND}};
    prepare(&f);
    f.entry.time_to_healthy = &quantiles;
    f.entry.during = 1;
    start(&f);
    f.service.primary = &f.updated;
    for (int i = 0; i < 5; i++) {
        f.updated.state = STATE_IN_PROGRESS;
        settle(&f, (2 * i + 1) * MINUTE);
        f.updated.state = STATE_COMPLETED;
        settle(&f, (2 * i + 2) * MINUTE);
    }
    for (simtime minute = 0; minute < 12; minute++) {
        bool inside = minute % 2 && minute < 10;
        end_task(&f, minute * MINUTE, minute * MINUTE + (inside ? (10 + minute * 2) * SECOND : MINUTE),
                 false);
    }
    assert_kept(&f);
}

static void a_task_that_its_health_cost_its_life_was_never_healthy(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_duration_settings none = {NONE, NONE};
    struct quantile_settings quantiles = {none, none, none, none, {NONE, 60 * SECOND}};
    prepare(&f);
    f.entry.time_to_healthy = &quantiles;
    start(&f);
    end_task(&f, 10 * MINUTE, SIMTIME_NEVER, true);
    assert_broken(&f, "web: time to healthy of 1 tasks: longest was never (promised longest at most 1m)");
}

static void cost_is_that_of_the_group_inside_the_window(void **state)
{
    (void)state;
    struct fixture f;
    struct bound_settings bound = at_most(1);
    int64_t price = 6000000000;
    struct container_instance host = {.group = &f.group, .price = price, .terminated_at = SIMTIME_NEVER};
    struct container_instance other = {.price = price, .terminated_at = SIMTIME_NEVER};
    prepare(&f);
    f.entry.service = NULL;
    f.entry.auto_scaling_group = "fleet";
    f.entry.cost = &bound;
    f.entry.from = 15 * MINUTE;
    start(&f);
    f.run.now = 30 * MINUTE;
    expect_instance_ended(&f.world, &host);
    expect_instance_ended(&f.world, &other);
    assert_broken(&f, "fleet: cost was 1.5 (promised at most 1)");
}

/* --- tasks on hosts --------------------------------------------------------------------------- */

static void zones_without_an_eligible_host_do_not_make_a_skew(void **state)
{
    (void)state;
    for (int disconnected = 0; disconnected < 2; disconnected++) {
        struct fixture f;
        struct tasks_per_zone_settings skew = {at_most(1)};
        struct placement_facts facts = {.active = true, .agent_connected = true};
        struct container_instance hosts[2] = {
            {.zone = &f.zones[0], .status = INSTANCE_ACTIVE, .agent_connected = true},
            {.zone = &f.zones[1], .status = INSTANCE_ACTIVE}};
        struct container_instance *by_index[2] = {&hosts[0], &hosts[1]};
        prepare(&f);
        hosts[1].agent_connected = !disconnected;
        f.entry.tasks_per_zone = &skew;
        f.world.placement = placement_new(f.run.arena);
        placement_register(f.world.placement, &facts);
        placement_register(f.world.placement, &facts);
        f.world.hosts = by_index;
        f.world.host_count = 2;
        f.shares[0].tasks++;
        start(&f);
        f.shares[0].tasks++;
        settle(&f, 10 * MINUTE);
        const char *broken = judge(&f);
        if (disconnected)
            assert_null(broken);
        else
            assert_string_equal(
                broken,
                "web: skew of tasks per zone rose to 2 at 10m (promised at most 1); outside for 20m in all");
        placement_free(f.world.placement);
        arena_free(f.run.arena);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fall_below_the_bound_says_when_how_far_and_after_what),
        cmocka_unit_test(a_broken_bound_tells_the_worst_and_how_long_as_numbers),
        cmocka_unit_test(without_a_mark_the_latest_message_is_what_had_just_happened),
        cmocka_unit_test(a_bound_that_holds_is_kept),
        cmocka_unit_test(time_that_is_allowed_outside_is_forgiven_to_the_microsecond),
        cmocka_unit_test(windows_contain_their_beginning_and_not_their_end),
        cmocka_unit_test(by_means_from_then_on_for_a_number),
        cmocka_unit_test(at_the_end_of_the_run_its_last_instant_counts),
        cmocka_unit_test(during_deployments_only_deployments_count),
        cmocka_unit_test(shares_of_the_fleet_are_those_of_the_named_group),
        cmocka_unit_test(a_deployment_is_complete_by_a_time_if_it_is_so_at_that_time),
        cmocka_unit_test(the_deployment_that_created_the_service_never_counts),
        cmocka_unit_test(a_deployment_that_is_gone_is_remembered_by_its_task_definition),
        cmocka_unit_test(a_state_that_is_broken_because_the_service_is_stuck_says_why),
        cmocka_unit_test(being_stuck_is_seen_though_nothing_was_touched),
        cmocka_unit_test(availability_is_a_share_of_the_window),
        cmocka_unit_test(recovery_in_time_is_kept_and_a_microsecond_later_broken),
        cmocka_unit_test(a_drop_that_the_end_leaves_undecided_is_kept),
        cmocka_unit_test(a_drop_without_end_is_broken),
        cmocka_unit_test(events_are_counted_by_name_whatever_its_case),
        cmocka_unit_test(messages_are_counted_by_a_part_of_their_text),
        cmocka_unit_test(time_to_healthy_is_that_of_tasks_created_in_the_window),
        cmocka_unit_test(during_deployments_the_tasks_created_by_them_count),
        cmocka_unit_test(a_task_that_its_health_cost_its_life_was_never_healthy),
        cmocka_unit_test(cost_is_that_of_the_group_inside_the_window),
        cmocka_unit_test(zones_without_an_eligible_host_do_not_make_a_skew),
    };
    return RUN_TESTS(tests);
}
