/* Random scenarios under the audit: what must hold in any world, seen from outside.
 *
 *   At every start the service's tasks, stopping ones included where they count, are within maximumPercent,
 * or twice the desired count where both revisions stay; no healthy task that has traffic is
 * stopped below minimumHealthyPercent.
 *
 *   Every task and host has its one row in the end, and its times are in order.
 *
 *   A service that has not moved for RANDOM_PATIENCE is steady, or stuck with a reason, or waits for a host
 * that does not answer or for a check; one that is stuck for want of room has a task that fits nowhere.
 *
 *   events.jsonl and calls.jsonl are JSON; what else holds of events is in event_audit.h.
 *
 *   A second run, of which events.jsonl is not wanted, is the same to the last row; so is a third, in which
 * metrics never rest. Shuffled ties change none of the above.
 *
 * test_random_scenarios [COUNT [FIRST [once] [tally]]] plays COUNT scenarios from number FIRST on; once:
 * without events.jsonl, and none of them a second time; tally: how often everything happened is printed in
 * the end. */
#include "models/ecs/ecs.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/scale_in.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/eligible_hosts.h"
#include "models/ecs/service/rolling_update.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_definition.h"
#include "sim/engine/hash.h"
#include "sim/scenario/scenario.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/property/census.h"
#include "tests/property/event_audit.h"
#include "tests/property/random_scenario.h"

/* A sanitizer's finding ends as a broken CHECK does: with the scenario. */
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

const char *__asan_default_options(void)
{
    return "abort_on_error=1";
}

const char *__ubsan_default_options(void)
{
    return "abort_on_error=1:print_stacktrace=1";
}

/* --- what is seen ----------------------------------------------------------------------------- */

enum { MOST_COMPLAINTS = 4, MOST_SERVICES_SEEN = 64 };

struct witness {
    struct observer observer; /* first: rows find their witness by it */
    struct run *run;
    uint64_t rows_hash, rows_sum; /* in their order, and whatever their order */
    int64_t tasks_started, task_rows, tasks_alive;
    int64_t host_rows;
    simtime moved_at[MOST_SERVICES_SEEN]; /* by the service's index */
    struct event_audit event_audit;
    struct census *census; /* NULL: nobody counts */
    struct text complaints;
    int complaint_count;
};

static void __attribute__((format(printf, 2, 3))) complain(struct witness *witness, const char *format, ...)
{
    char words[400];
    va_list arguments;
    if (witness->complaint_count++ >= MOST_COMPLAINTS)
        return;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    text_add_seconds(&witness->complaints, witness->run->now);
    text_add_format(&witness->complaints, " s: %s\n", words);
}

/* --- decisions -------------------------------------------------------------------------------- */

static void see_start(struct witness *witness, const struct task *task)
{
    const struct service *service = task->service;
    witness->tasks_started++;
    if (!service)
        return;
    witness->moved_at[service->index] = witness->run->now;
    if (service->daemon)
        return; /* its hosts are counted by the audit */
    int64_t percent =
        service->primary->staged && service->maximum_percent < 200 ? 200 : service->maximum_percent;
    int64_t most = rollout_maximum(service->desired_count, percent);
    int64_t total = service->counts.pending + service->counts.running;
    if (service->settings->simulation.stopping_counts)
        total += service->counts.stopping;
    if (total > most)
        complain(witness, "%s was started: %ld tasks, at most %ld", task->name, (long)total, (long)most);
}

/* Told before it stops. */
static void see_stop(struct witness *witness, const struct task *task)
{
    const struct service *service = task->service;
    int64_t least = rollout_minimum(service->desired_count, service->minimum_healthy_percent);
    bool has_traffic = task->deployment->traffic_permille != 0;
    bool misplaced = service->daemon && !eligible_hosts_have(service->eligible, task->instance->placement);
    if (task_share(task).healthy && !misplaced && has_traffic && service->counts.healthy - 1 < least)
        complain(witness, "%s was stopped: %ld healthy, at least %ld", task->name,
                 (long)service->counts.healthy, (long)least);
    if (task_share(task).guarded && !misplaced)
        complain(witness, "%s was stopped, and it is protected", task->name);
}

static void count_start(struct census *census, const struct task *task)
{
    const struct task_definition_settings *definition = task->definition->settings;
    census_add(census, "start", "GPU", definition->reserved_gpus > 0);
    census_add(census, "start", "DAEMON", task->service && task->service->daemon);
    census_add(census, "start", "on a trunk",
               task->instance && task->instance->has_trunk && definition->network_mode == NETWORK_AWSVPC);
    census_add(census, "start", "without a host", !task->instance);
    census_add(census, "start", "several target groups", task->target_count > 1);
}

/* What its traffic does is a move too. */
static void see_stage(struct witness *witness, uint64_t who)
{
    const struct world *world = witness->run->world;
    for (uint32_t i = 0; i < world->service_count; i++)
        if (world->services[i].who == who)
            witness->moved_at[i] = witness->run->now;
}

static void count_decision(struct census *census, const struct world *world, const struct decision *decision)
{
    census_add(census, "decision", ecs_model.decisions[decision->kind], 1);
    if (decision->kind == DECISION_NOT_PLACED)
        census_add(census, "not placed", placement_refusal_names[decision->why], 1);
    if (decision->kind == DECISION_STAGE)
        census_add(census, "stage", lifecycle_stage_names[decision->why], 1);
    if (decision->kind == DECISION_START_TASK)
        count_start(census, pool_find(&world->tasks, decision->chosen));
}

static void see_decision(struct observer *observer, simtime at, const struct decision *decision)
{
    struct witness *witness = (struct witness *)observer;
    struct world *world = witness->run->world;
    (void)at;
    if (witness->census)
        count_decision(witness->census, world, decision);
    if (decision->kind == DECISION_START_TASK)
        see_start(witness, pool_find(&world->tasks, decision->chosen));
    else if (decision->kind == DECISION_STOP_TASK)
        see_stop(witness, pool_find(&world->tasks, decision->chosen));
    else if (decision->kind == DECISION_STAGE)
        see_stage(witness, decision->who);
}

/* --- rows ------------------------------------------------------------------------------------- */

static uint64_t fold_value(uint64_t hash, const struct value *value)
{
    hash = hash_fold(hash, value->type);
    if (value->type == VALUE_TEXT)
        return hash_fold(hash, rng_name(value->text));
    return value->type == VALUE_EMPTY ? hash : hash_fold(hash, (uint64_t)value->integer);
}

static void see_counts(struct witness *witness, const struct value *values)
{
    const struct world *world = witness->run->world;
    int64_t running = values[4].integer;
    for (int i = 3; i <= 7; i++)
        if (values[i].integer < 0)
            complain(witness, "%s: a count below zero", values[1].text);
    if (values[5].integer > running || values[6].integer > running)
        complain(witness, "%s: more healthy or serving than running", values[1].text);
    bool last_rows = !strcmp(check_context()->event, "finish"); /* they come without a change */
    for (uint32_t i = 0; i < world->service_count && !last_rows; i++)
        if (!strcmp(world->services[i].name, values[1].text))
            witness->moved_at[i] = witness->run->now;
}

/* The times of the columns from `first` to `last`, where they are given. */
static bool in_order(const struct value *values, int first, int last)
{
    simtime before = 0;
    for (int i = first; i <= last; i++) {
        if (values[i].type == VALUE_EMPTY)
            continue;
        if (values[i].integer < before)
            return false;
        before = values[i].integer;
    }
    return true;
}

static void see_task(struct witness *witness, const struct value *values)
{
    enum { CREATED = 8, HEALTHY = 13, STOPPING = 14, STOPPED = 15, STOP_CODE = 16 };
    bool stopped = values[STOPPED].type != VALUE_EMPTY;
    witness->task_rows++;
    witness->tasks_alive += !stopped;
    if (!in_order(values, CREATED, HEALTHY) || !in_order(values, STOPPING, STOPPED) ||
        (stopped && values[STOPPING].type == VALUE_EMPTY))
        complain(witness, "%s: its times are out of order", values[0].text);
    if (stopped && values[STOP_CODE].type == VALUE_EMPTY)
        complain(witness, "%s stopped without a stopCode", values[0].text);
}

static void see_cell(struct witness *witness, const struct value *values)
{
    enum { LAUNCHING = 3, TASKS = 7, CPU = 8, MEMORY = 10 };
    for (int i = LAUNCHING; i < MEMORY + 2; i++)
        if (values[i].integer < 0)
            complain(witness, "cluster.csv: column %d is below zero in %s", i, values[2].text);
    if (values[CPU + 1].integer > values[CPU].integer || values[MEMORY + 1].integer > values[MEMORY].integer)
        complain(witness, "cluster.csv: more reserved than registered in %s", values[2].text);
}

static void see_event(struct witness *witness, const char *document)
{
    struct json_object detail;
    const char *complaint = event_audit_see(&witness->event_audit, document, &detail);
    if (complaint)
        complain(witness, "events.jsonl: %s: %s", complaint, document);
    if (!witness->census)
        return;
    const struct json_span *name = json_find(&detail, "eventName");
    if (name && json_span_is(*name, "SERVICE_DEPLOYMENT_FAILED"))
        census_add_member(witness->census, "deployment failed", &detail, "reason");
    census_add_member(witness->census, "event name", &detail, "eventName");
    census_add_member(witness->census, "stop code", &detail, "stopCode");
}

static void see_call(struct witness *witness, const char *document)
{
    struct json_object call;
    if (!json_read(document, &call))
        complain(witness, "calls.jsonl: it is not JSON: %s", document);
    else if (witness->census)
        census_add_member(witness->census, json_find(&call, "error") ? "refused" : "call", &call, "action");
}

/* A container instance whose host has registered anew: the host has a row of its own. */
static bool is_left_behind(const struct value *values)
{
    const char *reason = values[9].text;
    return reason && !strcmp(reason, "its agent registered anew");
}

static void count_row(struct census *census, size_t series, const struct value *values)
{
    enum { SERVICE_DEPLOYMENT_STATUS = 4 };
    census_add(census, "rows of", ecs_series[series].file, 1);
    if (series == SERIES_SERVICE_DEPLOYMENTS)
        census_add(census, "service deployment", values[SERVICE_DEPLOYMENT_STATUS].text, 1);
}

static void see_row(struct observer *observer, size_t series, const struct value *values)
{
    struct witness *witness = (struct witness *)observer;
    size_t columns = ecs_series[series].column_count;
    if (witness->census)
        count_row(witness->census, series, values);
    if (series == SERIES_EVENTS) {
        see_event(witness, values[0].text);
        return; /* not everybody listens to them */
    }
    uint64_t hash = hash_fold(0, series);
    for (size_t i = 0; i < columns; i++)
        hash = fold_value(hash, &values[i]);
    witness->rows_hash = hash_fold(witness->rows_hash, hash);
    witness->rows_sum += hash_mix(hash);
    if (series == SERIES_TIMESERIES)
        see_counts(witness, values);
    else if (series == SERIES_TASKS)
        see_task(witness, values);
    else if (series == SERIES_CLUSTER)
        see_cell(witness, values);
    else if (series == SERIES_CALLS)
        see_call(witness, values[0].text);
    else if (series == SERIES_INSTANCES)
        witness->host_rows += !is_left_behind(values);
}

/* --- at the end ------------------------------------------------------------------------------- */

/* ECS waits for an agent that does not answer for as long as it takes. */
static bool waits_for_a_host(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            if (!task->instance || !instance_reachable(task->instance))
                return true;
    return false;
}

/* A container that was started again, which no row tells, has its checks before it. */
static bool waits_for_a_check(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            for (int i = 0; i < task->check_count; i++)
                if (task->checks[i].turn)
                    return true;
    return false;
}

/* A daemon leaves a DRAINING host after the replica tasks there, which may have nowhere to go. */
static bool is_last_to_leave(const struct service *service)
{
    int64_t draining = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        draining += each->draining.alive;
    return service->daemon && draining;
}

/* What the service lacks a task of: the deployment that is not as large as it is asked to be on hosts that
 * stay. */
static bool lacks_a_task(const struct deployment *deployment)
{
    int64_t draining = deployment->draining.alive - deployment->draining.unhealthy;
    return deployment->status != DEPLOYMENT_INACTIVE &&
           deployment->alive - deployment->unhealthy - draining < deployment->desired;
}

static bool fits_somewhere(struct world *world, const struct service *service,
                           const struct deployment *deployment)
{
    struct placement_request request = service_request(service, deployment->definition, (rng_key){0});
    struct capacity_seeker seeker = service_seeker(deployment);
    return capacity_is_there(world, &seeker, &request);
}

/* Somewhere in a service that waits for room there is a task that fits nowhere. */
static bool has_no_room(struct world *world, const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older)
        if (lacks_a_task(each) && !fits_somewhere(world, service, each))
            return true;
    return false;
}

static void see_service_at_the_end(struct witness *witness, const struct service *service)
{
    struct world *world = witness->run->world;
    simtime still = witness->run->now - witness->moved_at[service->index];
    bool awaits_tick = world->dirty_services.has[service->index];
    if (!service->exists || awaits_tick || still < RANDOM_PATIENCE || waits_for_a_host(service) ||
        waits_for_a_check(service) || is_last_to_leave(service))
        return;
    bool stuck = service->stuck != STUCK_NOT && service->stuck_because;
    if (service->steady == stuck)
        complain(witness, "%s has not moved for %ld s and is %s", service->name,
                 (long)(still / SIMTIME_SECOND), stuck ? "steady and stuck" : "neither steady nor stuck");
    if (service->stuck == STUCK_PLACEMENT && !has_no_room(world, service))
        complain(witness, "%s says that it %s, and there is room", service->name, service->stuck_because);
}

static bool may_give_up_one(struct world *world, struct auto_scaling_group *group, int64_t surplus)
{
    struct scale_in *pass = scale_in_begin(world, group);
    bool may = scale_in_choice(pass, surplus);
    scale_in_end(pass);
    return may;
}

/* It has what it wants, or may not do what it would. */
static bool is_content(struct world *world, struct auto_scaling_group *group)
{
    int64_t surplus = group->tally.capacity - group->desired - group->rebalancing.ahead - group_ahead(group);
    if (group->tally.capacity < group->desired)
        return group_suspends(group, PROCESS_LAUNCH);
    return surplus <= 0 || group_suspends(group, PROCESS_TERMINATE) ||
           !may_give_up_one(world, group, surplus);
}

static void see_group_at_the_end(struct witness *witness, struct auto_scaling_group *group)
{
    if (!is_content(witness->run->world, group) && !group->retry_event)
        complain(witness, "%s has %ld hosts, desired %ld, and does not try", group->name,
                 (long)group->tally.capacity, (long)group->desired);
}

static int64_t hosts_launched(const struct world *world)
{
    int64_t launched = 0;
    for (uint32_t i = 0; i < world->group_count; i++)
        launched += world->groups[i].launched;
    for (uint32_t i = 0; i < world->type_count; i++)
        launched += world->type_counts[i].launched;
    return launched;
}

static void see_the_end(struct witness *witness)
{
    const struct world *world = witness->run->world;
    int64_t alive = 0;
    if (witness->run->stopped_by)
        return;
    for (uint32_t i = 0; i < world->service_count; i++) {
        const struct task_counts *counts = &world->services[i].counts;
        alive += counts->pending + counts->running + counts->stopping;
        see_service_at_the_end(witness, &world->services[i]);
    }
    for (uint32_t i = 0; i < world->family_count; i++)
        alive += world->families[i].counts.pending + world->families[i].counts.running +
                 world->families[i].counts.stopping;
    for (uint32_t i = 0; i < world->group_count; i++)
        see_group_at_the_end(witness, &world->groups[i]);
    if (witness->tasks_started != witness->task_rows || witness->tasks_alive != alive)
        complain(witness, "%ld tasks started, %ld rows; %ld of them alive, %ld counted",
                 (long)witness->tasks_started, (long)witness->task_rows, (long)witness->tasks_alive,
                 (long)alive);
    if (hosts_launched(world) != witness->host_rows)
        complain(witness, "%ld hosts launched, %ld rows", (long)hosts_launched(world),
                 (long)witness->host_rows);
}

/* --- playing ---------------------------------------------------------------------------------- */

struct outcome {
    uint64_t rows_hash, rows_sum, fingerprint, events;
    bool cut_short; /* by a limit */
};

static void print_scenario(uint64_t number)
{
    struct text text = {0};
    random_scenario_write(&text, number);
    fprintf(stderr, "\n%s", text.bytes);
    text_free(&text);
}

static void die_with_scenario(int unused)
{
    (void)unused;
    print_scenario(check_context()->seed);
}

static void fail_with_scenario(const struct witness *witness, uint64_t number, const char *how)
{
    print_scenario(number);
    fail_msg("scenario %lu, %s:\n%s", (unsigned long)number, how, witness->complaints.bytes);
}

enum manner { PLAIN, WITHOUT_EVENTS, SHUFFLED, RESTLESS };

static const char *const manners[] = {"as it is", "without events.jsonl", "with ties shuffled",
                                      "with an event each minute that changes nothing"};

/* The model whose events are counted. */
static struct census *counting;

#define EVENT(name, text, handler, subject)                                                                  \
    static void count_##name(void *world, uint64_t subject, uint64_t argument)                               \
    {                                                                                                        \
        census_add(counting, "event", text, 1);                                                              \
        ecs_model.events[EVENT_##name].handle(world, subject, argument);                                     \
    }
#include "models/ecs/events.def"
#undef EVENT

static const struct event_kind counted_events[EVENT_COUNT] = {
#define EVENT(name, text, handler, subject) {text, count_##name},
#include "models/ecs/events.def"
#undef EVENT
};

/* Metrics never rest. */
static void disturb(struct run *run)
{
    simtime at = SIMTIME_MINUTE / 2;
    for (; at < run->settings->duration; at += SIMTIME_MINUTE)
        run_schedule(run, at, PHASE_WORLD, EVENT_METRICS_REST_ENDS, 0, 0);
}

static struct outcome play(const struct scenario *scenario, uint64_t number, enum manner manner)
{
    struct model model = ecs_model;
    if (counting)
        model.events = counted_events;
    uint64_t all = (UINT64_C(1) << SERIES_COUNT) - 1;
    struct witness witness = {
        .observer = {.row = see_row,
                     .decision = see_decision,
                     .wants = manner == PLAIN ? all : all & ~(UINT64_C(1) << SERIES_EVENTS)},
        .run = run_new(&model, scenario->settings),
        .census = counting,
    };
    if (manner == SHUFFLED)
        queue_shuffle_ties(witness.run->queue, number);
    run_observe(witness.run, &witness.observer);
    run_begin(witness.run);
    if (manner == RESTLESS)
        disturb(witness.run);
    run_finish(witness.run);
    see_the_end(&witness);
    if (witness.complaint_count)
        fail_with_scenario(&witness, number, manners[manner]);
    struct outcome outcome = {witness.rows_hash, witness.rows_sum, witness.run->fingerprint,
                              witness.run->event_number, witness.run->stopped_by};
    run_free(witness.run);
    event_audit_free(&witness.event_audit);
    return outcome;
}

static struct scenario *read_scenario(const struct text *text, uint64_t number)
{
    struct scenario *scenario =
        scenario_read_text(&ecs_model, "random.yaml", text->bytes, text->length, NULL, 0);
    if (scenario->errors) {
        scenario_print_mistakes(scenario, stderr);
        fail_msg("scenario %lu is not valid", (unsigned long)number);
    }
    return scenario;
}

struct tally {
    uint64_t events, cut_short, changed_by_shuffling;
};

static void play_again(const struct scenario *scenario, uint64_t number, struct outcome first,
                       struct tally *tally)
{
    struct outcome again = play(scenario, number, WITHOUT_EVENTS);
    struct outcome restless = play(scenario, number, RESTLESS);
    struct outcome shuffled = play(scenario, number, SHUFFLED);
    bool whole = !first.cut_short && !restless.cut_short;
    if (first.rows_hash != again.rows_hash || first.fingerprint != again.fingerprint ||
        (whole && first.rows_sum != restless.rows_sum)) {
        print_scenario(number);
        fail_msg("scenario %lu: a second run differs", (unsigned long)number);
    }
    tally->changed_by_shuffling += first.rows_sum != shuffled.rows_sum;
}

struct range {
    uint64_t first, count;
    bool once;
};

static void play_scenario(uint64_t number, const struct range *range, struct tally *tally)
{
    struct text text = {0};
    check_context()->seed = number;
    random_scenario_write(&text, number);
    struct scenario *scenario = read_scenario(&text, number);
    struct outcome first = play(scenario, number, range->once ? WITHOUT_EVENTS : PLAIN);
    if (!range->once)
        play_again(scenario, number, first, tally);
    tally->events += first.events;
    tally->cut_short += first.cut_short;
    scenario_free(scenario);
    text_free(&text);
}

static void any_world_keeps_its_promises(void **state)
{
    const struct range *range = *state;
    struct tally tally = {0};
    for (uint64_t i = 0; i < range->count; i++)
        play_scenario(range->first + i, range, &tally);
    print_message("%lu scenarios, %lu events; %lu cut short; %lu differ when ties are shuffled\n",
                  (unsigned long)range->count, (unsigned long)tally.events, (unsigned long)tally.cut_short,
                  (unsigned long)tally.changed_by_shuffling);
    assert_true(tally.events > 10 * range->count);
}

static bool is_asked_for(const char *word, int argc, char **argv)
{
    for (int i = 3; i < argc; i++)
        if (!strcmp(argv[i], word))
            return true;
    return false;
}

int main(int argc, char **argv)
{
    struct range range = {
        .count = argc > 1 ? strtoull(argv[1], NULL, 10) : 100,
        .first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1,
        .once = is_asked_for("once", argc, argv),
    };
    static struct census census;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(any_world_keeps_its_promises, &range),
    };
    signal(SIGABRT, die_with_scenario);
    if (is_asked_for("tally", argc, argv)) {
        counting = &census;
        census_begin(counting);
    }
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (counting)
        census_print(counting);
    return failed;
}
