#include "models/ecs/results/narrate.h"
#include "models/ecs/job/job.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/log/log_plan.h"
#include "models/ecs/results/expect.h"
#include "models/ecs/results/history.h"
#include "models/ecs/task/free_room.h"
#include <string.h>

/* Longer lists end in "and n more": summary.json has them all. */
enum { MOST_SERVICES = 6, MOST_DEPLOYMENTS = 4, MOST_FAILURES = 6 };

static void add_time(struct text *text, const char *before, simtime time, const char *after)
{
    char words[SIMTIME_TEXT_SIZE];
    simtime_format_human(words, time);
    text_add_format(text, "%s%s%s", before, words, after);
}

static void add_decimal(struct text *text, const char *before, int64_t value, int decimals, const char *after)
{
    text_add(text, before);
    text_add_decimal(text, value, decimals);
    text_add(text, after);
}

/* Cents are too coarse below a dollar. */
static void add_dollars(struct text *text, const char *before, __int128 billionths, const char *after)
{
    int decimals = billionths < 1000000000 ? 4 : 2;
    add_decimal(text, before, (int64_t)(billionths / (decimals == 4 ? 100000 : 10000000)), decimals, after);
}

/* "3" or "2 to 4". */
static void add_range(struct text *text, int64_t least, int64_t greatest)
{
    text_add_integer(text, least);
    if (greatest != least)
        text_add_format(text, " to %ld", (long)greatest);
}

static void add_more(struct text *text, const char *indent, int64_t count, const char *what)
{
    if (count > 0)
        text_add_format(text, "%sand %ld more %s\n", indent, (long)count, what);
}

/* --- services --------------------------------------------------------------------------------- */

static void tell_level(struct text *text, const char *name, const struct time_weighted *level, simtime end)
{
    struct time_weighted closed = *level;
    time_weighted_close(&closed, end);
    text_add_format(text, "%s ", name);
    add_range(text, closed.least, closed.greatest);
    add_decimal(text, " (mean ", time_weighted_mean(&closed, end, 2), 2, "");
    if (closed.least < closed.greatest && closed.least_at != SIMTIME_NEVER)
        add_time(text, ", least first at ", closed.least_at, "");
    text_add(text, ")");
}

static void tell_tasks(const struct world *world, const struct service *service, struct text *text)
{
    simtime end = world->run->now;
    text_add_format(text, "%s: %ld desired", service->name,
                    (long)(service->exists ? service->desired_count : 0));
    text_add(text, ", ");
    tell_level(text, "running", &service->running_over_time, end);
    text_add(text, "\n  ");
    tell_level(text, "healthy", &service->healthy_over_time, end);
    text_add(text, ", ");
    tell_level(text, "serving", &service->serving_over_time, end);
    if (service->below_desired)
        add_time(text, ", fewer healthy than desired for ", service->below_desired, "");
    text_add(text, "\n");
}

static void tell_deployment(const struct past_deployment *past, struct text *text)
{
    text_add_format(text, "  deployment of %s", past->definition);
    add_time(text, " at ", past->started_at, ": ");
    text_add(text, past->outcome);
    if (past->duration != SIMTIME_NEVER)
        add_time(text, " after ", past->duration, "");
    text_add(text, "\n");
}

static void tell_deployments(const struct world *world, const struct service *service, struct text *text)
{
    int64_t count = 0;
    struct past_deployment past = history_next_deployment(world, service, NULL);
    for (; past.number && count < MOST_DEPLOYMENTS; count++) {
        tell_deployment(&past, text);
        past = history_next_deployment(world, service, &past);
    }
    add_more(text, "  ", service->deployments_created - 1 - count, "deployments");
}

static void tell_stuck(const struct service *service, struct text *text)
{
    if (service->exists && service->stuck != STUCK_NOT) {
        add_time(text, "  stuck since ", service->stuck_since, ": ");
        text_add_format(text, "%s\n", service->stuck_because);
    }
}

static void tell_placement_failures(const struct service *service, struct text *text)
{
    const char *separator = "  placement failures: ";
    for (int i = 0; i < REFUSED_COUNT; i++) {
        if (!service->placement_failures[i])
            continue;
        text_add_format(text, "%s%ld %s", separator, (long)service->placement_failures[i],
                        i == REFUSED_INACTIVE ? "for want of a container instance"
                                              : placement_refusal_names[i]);
        separator = ", ";
    }
    if (*separator == ',')
        text_add(text, "\n");
}

/* Whole requests, and the share to a hundredth of a percent. */
static void tell_requests(const struct service *service, struct text *text)
{
    const struct load *load = service->load;
    if (!load || load->total.requests == 0)
        return;
    __int128 unserved = load_unserved(load);
    text_add_format(text, "  requests: %ld, unserved %ld", (long)(load->total.requests / MILLION),
                    (long)(unserved / MILLION));
    add_decimal(text, " (", (int64_t)(unserved * 10000 / load->total.requests), 2, " %)");
    if (load->total.failed)
        text_add_format(text, ", %ld of them by services behind it", (long)(load->total.failed / MILLION));
    text_add_char(text, '\n');
}

static int64_t clamped(__int128 number)
{
    return number < INT64_MAX ? (int64_t)number : INT64_MAX;
}

static void tell_logs(const struct world *world, const struct service *service, struct text *text)
{
    const struct log_tally *logs = &world->logs->of_service[service->index];
    if (logs->lines_lost)
        text_add_format(text, "  log lines lost: %ld (%ld bytes)\n", (long)clamped(logs->lines_lost),
                        (long)clamped(logs->bytes_lost));
    if (logs->blocked)
        add_time(text, "  containers stood still for their logs: ", clamped(logs->blocked), " in all\n");
}

static void tell_service(const struct world *world, const struct service *service, struct text *text)
{
    tell_tasks(world, service, text);
    tell_deployments(world, service, text);
    tell_stuck(service, text);
    tell_placement_failures(service, text);
    tell_requests(service, text);
    tell_logs(world, service, text);
}

static void tell_services(const struct world *world, struct text *text)
{
    int64_t told = 0, more = 0;
    for (uint32_t i = 0; i < world->service_count; i++) {
        if (!world->services[i].primary)
            continue;
        if (told < MOST_SERVICES) {
            tell_service(world, &world->services[i], text);
            told++;
        } else {
            more++;
        }
    }
    add_more(text, "", more, "services");
}

/* --- the fleet -------------------------------------------------------------------------------- */

static void add_reserved(struct text *text, const char *before, const struct time_weighted *part,
                         const struct time_weighted *whole, simtime end)
{
    struct time_weighted reserved = *part, registered = *whole;
    time_weighted_close(&reserved, end);
    time_weighted_close(&registered, end);
    if (registered.integral > 0)
        add_decimal(text, before, (int64_t)(reserved.integral * 1000 / registered.integral), 1, " %");
}

static void tell_fleet(const struct world *world, struct text *text)
{
    const struct fleet_figures *fleet = expect_fleet(world);
    struct time_weighted active = fleet->active;
    time_weighted_close(&active, world->run->now);
    int64_t instances = cost_instances(world);
    text_add_format(text, "fleet: %ld host%s in all, ", (long)instances, instances == 1 ? "" : "s");
    add_range(text, active.least, active.greatest);
    add_decimal(text, " active; ", (int64_t)((__int128)cost_instance_time(world) * 100 / SIMTIME_HOUR), 2,
                " instance-hours");
    add_dollars(text, ", ", cost_in_all(world), " USD");
    add_reserved(text, "; reserved: CPU ", &fleet->cpu_reserved, &fleet->cpu_registered, world->run->now);
    add_reserved(text, ", memory ", &fleet->memory_reserved, &fleet->memory_registered, world->run->now);
    add_reserved(text, ", GPUs ", &fleet->gpus_reserved, &fleet->gpus_registered, world->run->now);
    text_add(text, "\n");
}

static __int128 cost_of_market(const struct ledger *ledger, int market)
{
    __int128 cost = 0;
    for (size_t i = 0; i < ledger->type_count; i++)
        cost += ledger->types[i].market == market ? ledger->types[i].cost : 0;
    return cost;
}

static void tell_cost(const struct world *world, struct text *text)
{
    const struct ledger *ledger = &world->ledger;
    __int128 spot = cost_of_market(ledger, MARKET_SPOT);
    if (!ledger->hosts)
        return;
    add_dollars(text, "  cost: On-Demand ", cost_of_market(ledger, MARKET_ON_DEMAND), "");
    if (spot)
        add_dollars(text, ", Spot ", spot, "");
    if (ledger->fargate)
        add_dollars(text, ", Fargate ", ledger->fargate, "");
    add_decimal(text, " USD; ", (int64_t)(cost_idle(world) * 1000 / ledger->hosts), 1,
                " % of the hosts' is of what no task reserved\n");
}

static void tell_scaling(const struct world *world, struct text *text)
{
    const struct scaling_tally *tally = &world->scaling_tally;
    if (tally->out || tally->in || tally->failed)
        text_add_format(text,
                        "scaling: %ld times out, %ld in; %ld times not (scaling-activities.csv says why)\n",
                        (long)tally->out, (long)tally->in, (long)tally->failed);
}

static void tell_waiting(const struct samples *waits, struct text *text)
{
    if (!waits->count)
        return;
    add_time(text, "; waited ", samples_quantile(waits, 0.5), " (p50), ");
    add_time(text, "", samples_quantile(waits, 0.99), " (p99)");
}

static void tell_fragments(const struct free_room *room, struct text *text)
{
    static const char *const names[RESOURCE_KINDS] = {
        [OF_CPU] = "CPU", [OF_MEMORY] = "memory", [OF_GPUS] = "GPUs"};
    const char *before = "\n  free where a task of the load does not fit: ";
    for (int kind = 0; kind < RESOURCE_KINDS; kind++) {
        int64_t share = free_room_fragmented(room, kind);
        if (share == ABSENT)
            continue;
        text_add_format(text, "%s%s ", before, names[kind]);
        add_decimal(text, "", decimal_in(share, 6, 3), 1, " %");
        before = ", ";
    }
}

static void tell_task_loads(const struct world *world, struct text *text)
{
    const struct task_loads *loads = &world->task_loads;
    if (!loads->asked)
        return;
    text_add_format(text, "load: %ld tasks run, of which %ld found no room or were refused",
                    (long)loads->asked, (long)loads->refused);
    for (size_t i = 0; i < loads->refusal_count; i++)
        text_add_format(text, "%s%ld %s", i ? ", " : " (", (long)loads->refusals[i].tasks,
                        loads->refusals[i].reason);
    text_add(text, loads->refusal_count ? ")" : "");
    tell_waiting(&loads->waits, text);
    tell_fragments(loads->free_room, text);
    text_add(text, "\n");
}

static void tell_dropped(const struct job_counts *counts, struct text *text)
{
    const char *separator = " (";
    text_add_format(text, ", %ld dropped", (long)counts->dropped);
    for (int i = 0; i < SETBACK_COUNT; i++) {
        if (!counts->dropped_for[i])
            continue;
        text_add_format(text, "%s%ld %s", separator, (long)counts->dropped_for[i], setback_names[i]);
        separator = ", ";
    }
    text_add(text, *separator == ',' ? ")" : "");
}

static void tell_jobs(const struct world *world, struct text *text)
{
    for (uint32_t i = 0; world->jobs && i < world->jobs->load_count; i++) {
        const struct job_load *load = &world->jobs->loads[i];
        const struct job_counts *counts = &load->counts;
        text_add_format(text, "jobs %s: %ld arrived: %ld done, %ld late, %ld failed", load->name,
                        (long)counts->arrived, (long)counts->done, (long)counts->late, (long)counts->failed);
        tell_dropped(counts, text);
        text_add_format(text, "\n  at most %ld queued", (long)load->queued_over_time.greatest);
        tell_waiting(&load->waits, text);
        text_add(text, "\n");
    }
}

static void tell_failures(const struct world *world, struct text *text)
{
    size_t count;
    const struct past_mark *marks = expect_marks(world, &count);
    int64_t told = 0, more = 0;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(marks[i].kind, "failure"))
            continue;
        if (told < MOST_FAILURES) {
            add_time(text, "  at ", marks[i].at, ": ");
            text_add_format(text, "%s\n", marks[i].label);
            told++;
        } else {
            more++;
        }
    }
    add_more(text, "  ", more, "failures");
}

void narrate(void *context, struct text *text)
{
    const struct world *world = context;
    tell_services(world, text);
    tell_task_loads(world, text);
    tell_jobs(world, text);
    tell_scaling(world, text);
    tell_fleet(world, text);
    tell_cost(world, text);
    tell_failures(world, text);
}
