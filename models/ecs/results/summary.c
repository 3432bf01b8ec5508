#include "models/ecs/results/summary.h"
#include "models/ecs/job/job.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/log/log_plan.h"
#include "models/ecs/results/expect.h"
#include "models/ecs/results/history.h"
#include "models/ecs/task/free_room.h"
#include <string.h>

/* --- figures ---------------------------------------------------------------------------------- */

static void decimal(struct json *json, const char *key, int64_t millionths)
{
    json_decimal(json, key, millionths, 6);
}

/* Of a century of a million requests per second the millionths fit no number. */
static void requests(struct json *json, const char *key, __int128 millionths)
{
    if (millionths <= INT64_MAX)
        decimal(json, key, (int64_t)millionths);
    else
        json_integer(json, key, (int64_t)(millionths / MILLION));
}

/* To the billionth, so that what adds up does so in print. */
static void dollars(struct json *json, const char *key, __int128 billionths)
{
    if (billionths <= INT64_MAX)
        json_decimal(json, key, (int64_t)billionths, 9);
    else
        json_integer(json, key, (int64_t)(billionths / BILLION));
}

static void integer(struct json *json, const char *key, int64_t value)
{
    if (value == ABSENT)
        json_null(json, key);
    else
        json_integer(json, key, value);
}

/* Of what most scenarios have nothing to do with. */
static void optional_integer(struct json *json, const char *key, int64_t value)
{
    if (value != ABSENT)
        json_integer(json, key, value);
}

static void optional_share(struct json *json, const char *key, int64_t millionths)
{
    if (millionths != ABSENT)
        decimal(json, key, millionths);
}

static int64_t starts_without_data(const struct service *service)
{
    return service->data.keeps ? service->data.starts_without : ABSENT;
}

/* Closed at the end of the run, where the value has held until then. */
static struct time_weighted closed(const struct time_weighted *weighted, simtime at)
{
    struct time_weighted copy = *weighted;
    time_weighted_close(&copy, at);
    return copy;
}

static int64_t mean(const struct world *world, const struct time_weighted *weighted)
{
    return time_weighted_mean(weighted, world->run->now, 6);
}

static int64_t nearest_ratio(__int128 part, __int128 whole)
{
    return whole > 0 ? (int64_t)((part * MILLION + whole / 2) / whole) : 0;
}

static int64_t share(const struct time_weighted *part, const struct time_weighted *whole)
{
    return nearest_ratio(part->integral, whole->integral);
}

static int64_t gpus_reserved(const struct fleet_figures *fleet)
{
    return fleet->gpus_registered.integral ? share(&fleet->gpus_reserved, &fleet->gpus_registered) : ABSENT;
}

static int64_t hours(__int128 time)
{
    return nearest_ratio(time, SIMTIME_HOUR);
}

static __int128 cost_of_owner(const struct owner_cost *owner)
{
    return owner->on_hosts + owner->on_fargate;
}

static int64_t placement_failures(const struct service *service)
{
    int64_t sum = 0;
    for (int i = 0; i < REFUSED_COUNT; i++)
        sum += service->placement_failures[i];
    return sum;
}

static __int128 requests_of(const struct service *service)
{
    return service->load ? service->load->total.requests : 0;
}

static __int128 unserved_requests_of(const struct service *service)
{
    return service->load ? load_unserved(service->load) : 0;
}

static int64_t unserved_share_of(const struct service *service)
{
    return nearest_ratio(unserved_requests_of(service), requests_of(service));
}

static simtime wait_quantile(const struct samples *waits, double q)
{
    return waits->count ? samples_quantile(waits, q) : SIMTIME_NEVER;
}

static simtime mean_wait(const struct samples *waits)
{
    return waits->count ? samples_mean(waits) : SIMTIME_NEVER;
}

static simtime mean_placing(const struct task_loads *loads)
{
    __int128 count = (__int128)loads->waits.count;
    return count ? (simtime)divide_to_nearest(loads->placing, count) : SIMTIME_NEVER;
}

static simtime longest_placing(const struct task_loads *loads)
{
    return loads->waits.count ? loads->longest_placing : SIMTIME_NEVER;
}

static void whole(struct json *json, const char *key, __int128 number)
{
    json_integer(json, key, number < INT64_MAX ? (int64_t)number : INT64_MAX);
}

static void time_sum(struct json *json, const char *key, __int128 time)
{
    json_seconds(json, key, time < SIMTIME_NEVER ? (simtime)time : SIMTIME_NEVER - 1);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void write_deployments(const struct world *world, const struct service *service, struct json *json)
{
    json_begin_object(json, "deployment");
    struct past_deployment past = history_next_deployment(world, service, NULL);
    for (; past.number; past = history_next_deployment(world, service, &past)) {
        const struct past_deployment *deployment = &past;
        char number[DECIMAL_TEXT_SIZE];
        decimal_format(number, past.number, 0);
        json_begin_object(json, number);
#define DEPLOYMENT_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef DEPLOYMENT_FIGURE
        json_end_object(json);
    }
    json_end_object(json);
}

static void write_market(const struct type_cost *entry, struct json *json)
{
    json_begin_object(json, market_names[entry->market]);
#define TYPE_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef TYPE_FIGURE
    json_end_object(json);
}

/* The markets of a type stand next to each other. */
static void write_types(const struct ledger *ledger, struct json *json)
{
    const char *open = NULL;
    json_begin_object(json, "byType");
    for (size_t i = 0; i < ledger->type_count; i++) {
        const char *name = ledger->types[i].type->name;
        if (open && strcmp(open, name))
            json_end_object(json);
        if (!open || strcmp(open, name))
            json_begin_object(json, name);
        write_market(&ledger->types[i], json);
        open = name;
    }
    if (open)
        json_end_object(json);
    json_end_object(json);
}

/* Only where some load runs tasks by a trace. */
static void write_task_loads(const struct task_loads *loads, struct json *json)
{
    if (!loads->count)
        return;
    json_begin_object(json, "load");
#define LOAD_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef LOAD_FIGURE
    json_begin_object(json, "refusedFor");
    for (size_t i = 0; i < loads->refusal_count; i++)
        json_integer(json, loads->refusals[i].reason, loads->refusals[i].tasks);
    json_end_object(json);
    json_end_object(json);
}

static void write_disks(const struct world *world, struct json *json)
{
    if (!world->disks.any)
        return;
    json_begin_object(json, "disks");
#define DISK_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef DISK_FIGURE
    json_end_object(json);
}

static void write_placement_failures(const struct service *service, struct json *json)
{
    json_begin_object(json, "placementFailure");
    for (int i = 0; i < REFUSED_COUNT; i++)
        if (service->placement_failures[i])
            json_integer(json, i == REFUSED_INACTIVE ? "no container instance" : placement_refusal_names[i],
                         service->placement_failures[i]);
    json_end_object(json);
}

/* Only where some container has a log, and it may fail. */
static void write_logs(const struct world *world, const struct log_tally *logs, struct json *json)
{
    if (!world->logs->any || !world->logs->may_fail)
        return;
    json_begin_object(json, "logs");
#define LOG_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef LOG_FIGURE
    json_end_object(json);
}

static void write_service(const struct world *world, const struct service *service, struct json *json)
{
    struct past_deployment last = history_last_deployment(world, service);
    json_begin_object(json, service->name);
#define SERVICE_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef SERVICE_FIGURE
    write_deployments(world, service, json);
    write_placement_failures(service, json);
    write_logs(world, &world->logs->of_service[service->index], json);
    json_end_object(json);
}

static void write_load_of_jobs(const struct world *world, const struct job_load *load, struct json *json)
{
    const struct job_counts *counts = &load->counts;
    json_begin_object(json, load->name);
#define JOB_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef JOB_FIGURE
    json_begin_object(json, "droppedFor");
    for (int i = 0; i < SETBACK_COUNT; i++)
        if (counts->dropped_for[i])
            json_integer(json, setback_names[i], counts->dropped_for[i]);
    json_end_object(json);
    json_end_object(json);
}

static void write_jobs(const struct world *world, struct json *json)
{
    const struct jobs *jobs = world->jobs;
    if (!jobs)
        return;
    json_begin_object(json, "jobs");
    for (uint32_t i = 0; i < jobs->load_count; i++)
        write_load_of_jobs(world, &jobs->loads[i], json);
    json_end_object(json);
}

void summary_write(void *context, struct json *json)
{
    const struct world *world = context;
    simtime end = world->run->now;
    const struct fleet_figures *running = expect_fleet(world);
    const struct fleet_figures closed_fleet = {closed(&running->cpu_registered, end),
                                               closed(&running->cpu_reserved, end),
                                               closed(&running->memory_registered, end),
                                               closed(&running->memory_reserved, end),
                                               closed(&running->gpus_registered, end),
                                               closed(&running->gpus_reserved, end),
                                               closed(&running->active, end)};
    const struct fleet_figures *fleet = &closed_fleet;
#define FLEET_FIGURE(key, write, value, unit, meaning) write(json, #key, value);
#include "models/ecs/results/summary.def"
#undef FLEET_FIGURE
    write_task_loads(&world->task_loads, json);
    write_types(&world->ledger, json);
    write_logs(world, &world->logs->all, json);
    write_disks(world, json);
    json_begin_object(json, "services");
    for (uint32_t i = 0; i < world->service_count; i++)
        if (world->services[i].primary)
            write_service(world, &world->services[i], json);
    json_end_object(json);
    write_jobs(world, json);
}

/* --- help ------------------------------------------------------------------------------------- */

#define DESCRIBE(prefix, key, unit, meaning) "  " prefix #key " (" unit ")\n      " meaning "\n"
#define FLEET_FIGURE(key, write, value, unit, meaning) DESCRIBE("", key, unit, meaning)
#define LOAD_FIGURE(key, write, value, unit, meaning) DESCRIBE("load.", key, unit, meaning)
#define LOG_FIGURE(key, write, value, unit, meaning)                                                         \
    DESCRIBE("[services.NAME.]logs.", key, unit, meaning " (in scenarios with a logOutage)")
#define DISK_FIGURE(key, write, value, unit, meaning) DESCRIBE("disks.", key, unit, meaning)
#define TYPE_FIGURE(key, write, value, unit, meaning) DESCRIBE("byType.TYPE.MARKET.", key, unit, meaning)
#define SERVICE_FIGURE(key, write, value, unit, meaning) DESCRIBE("services.NAME.", key, unit, meaning)
#define DEPLOYMENT_FIGURE(key, write, value, unit, meaning)                                                  \
    DESCRIBE("services.NAME.deployment.N.", key, unit, meaning)

#define JOB_FIGURE(key, write, value, unit, meaning) DESCRIBE("jobs.NAME.", key, unit, meaning)

const char *summary_help(void)
{
    return
#include "models/ecs/results/summary.def"
        "  load.refusedFor.REASON (tasks)\n      of loadTasksRefused by what AWS says: RESOURCE:CPU, "
        "RESOURCE:GPU, the error of the call,\n      or the stoppedReason of those that waited in "
        "PROVISIONING in vain\n"
        "  services.NAME.placementFailure.REASON (count)\n      placement failures by the reason that ECS "
        "gives\n"
        "  jobs.NAME.droppedFor.REASON (jobs)\n      those that were dropped by why: gatewayThrottled, "
        "functionThrottled, functionTimedOut,\n      runTaskThrottled, notPlaced, deadLetter, expired or "
        "deadline\n";
}
