#include "models/ecs/results/explain_hosts.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/service/eligible_hosts.h"
#include "models/ecs/task/task_definition.h"
#include "sim/engine/text_table.h"
#include <stdlib.h>

enum { MOST_RANKED = 12, MOST_REFUSED = 12, MOST_NAMES = 8 };

/* A choice with what the table is made of. */
struct hosts {
    struct world *world;
    const struct host_choice *choice;
    size_t strategies; /* that rank */
    size_t columns;    /* of ranks: none where every host refuses */
    bool draws;        /* among those that tie */
    placement_instance *ranked, *refused;
    size_t ranked_count, refused_count;
};

void explain_count(struct text *text, int64_t count)
{
    if (count >= 1000)
        explain_count(text, count / 1000);
    text_add_format(text, count >= 1000 ? ",%03ld" : "%ld", (long)(count % 1000));
}

/* --- what is asked for ------------------------------------------------------------------------ */

static void add_ports(struct text *text, const struct placement_request *request)
{
    for (size_t i = 0; i < request->port_count; i++)
        text_add_format(text, ", host port %u/%s", request->ports[i].port,
                        request->ports[i].protocol == PORT_UDP ? "udp" : "tcp");
}

static void add_resources(struct text *text, const struct host_choice *choice)
{
    const struct placement_request *request = choice->request;
    text_add_format(text, "  %s asks for CPU %ld, memory %ld MiB", choice->definition->name,
                    (long)request->cpu, (long)request->memory_mib);
    add_ports(text, request);
    if (request->gpus)
        text_add_format(text, ", %ld GPUs", (long)request->gpus);
    if (request->enis)
        text_add(text, ", a network interface");
    if (choice->provider)
        text_add_format(text, "; its capacity provider is %s", choice->provider->name);
    text_add(text, "\n");
}

static const struct placement_strategy *strategy_at(const struct hosts *hosts, size_t i)
{
    return LIST_AT(struct placement_strategy, *hosts->choice->request->strategies, i);
}

static void add_strategy(struct text *text, const struct placement_strategy *strategy)
{
    text_add_format(text, "%s%s%s", strategy->variant->name, strategy->field ? " " : "",
                    strategy->field ? strategy->field : "");
}

static void add_chain(struct text *text, const struct hosts *hosts)
{
    text_add(text, "  strategies: ");
    for (size_t i = 0; i < hosts->strategies; i++) {
        text_add(text, i ? ", then " : "");
        add_strategy(text, strategy_at(hosts, i));
    }
    if (hosts->draws)
        text_add_format(text, "%srandom\n", hosts->strategies ? ", then " : "");
    else
        text_add_format(text, "%s: the first that was registered\n", hosts->strategies ? "; a tie" : "none");
}

static void add_constraints(struct text *text, const struct placement_request *request)
{
    const char *before = "  constraints: ";
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; request->constraints[i] && k < request->constraints[i]->count; k++) {
            const struct placement_constraint *constraint =
                LIST_AT(struct placement_constraint, *request->constraints[i], k);
            text_add_format(text, "%s%s%s%s", before, constraint->variant->name, constraint->query ? " " : "",
                            constraint->query ? query_text(constraint->query) : "");
            before = ", ";
        }
    if (*before == ',')
        text_add(text, "\n");
}

/* --- what refuses ----------------------------------------------------------------------------- */

static void add_shortage(struct text *text, const char *unit, int64_t needed, int64_t left, int64_t of,
                         int64_t kept)
{
    text_add_format(text, ": needs %ld%s, %ld of %ld left", (long)needed, unit, (long)left, (long)of);
    if (kept)
        text_add_format(text, ", of which %ld kept for daemons", (long)kept);
}

static bool uses_port(const struct placement_facts *facts, struct host_port port)
{
    for (size_t i = 0; i < facts->port_count; i++)
        if (facts->ports[i].port == port.port && facts->ports[i].protocol == port.protocol)
            return true;
    return false;
}

static void add_used_ports(struct text *text, const struct placement_request *request,
                           const struct placement_facts *facts)
{
    bool any = false;
    for (size_t i = 0; i < request->port_count; i++)
        if (uses_port(facts, request->ports[i])) {
            text_add_format(text, "%s%u", any ? ", " : ": in use: ", request->ports[i].port);
            any = true;
        }
    if (!any)
        text_add_format(text, ": a host has at most %d host ports, and %d are in use", PLACEMENT_PORTS_MAX,
                        facts->port_count);
}

/* The expressions that it does not satisfy. */
static void add_unsatisfied(struct text *text, const struct hosts *hosts, placement_instance host)
{
    const char *before = "memberOf: not ";
    for (size_t i = 0; i < 2; i++) {
        const struct list *list = hosts->choice->request->constraints[i];
        for (size_t k = 0; list && k < list->count; k++) {
            const struct query *query = LIST_AT(struct placement_constraint, *list, k)->query;
            if (!query || query_matches(query, hosts->world->placement, host))
                continue;
            text_add_format(text, "%s%s", before, query_text(query));
            before = ", not ";
        }
    }
}

static const char *why_not_by_daemon(const struct hosts *hosts, placement_instance at)
{
    const struct service *service = hosts->choice->service;
    if (placement_tasks_on(hosts->world->placement, service->group, at))
        return "has its task already";
    return eligible_hosts_have(service->eligible, at) ? "its last task there still stops"
                                                      : "not eligible for the daemon";
}

static const char *why_no_candidate(const struct hosts *hosts, placement_instance at)
{
    const struct container_instance *host = hosts->world->hosts[at];
    const struct host_choice *choice = hosts->choice;
    if (choice->provider && choice->provider->group != host->group)
        return "not of the capacity provider";
    if (choice->service && choice->service->daemon)
        return why_not_by_daemon(hosts, at);
    if (choice->service && choice->service->rebalancing.surplus)
        return "not in the zone that rebalancing fills";
    return instance_status_names[host->status];
}

/* ": it lacks com.amazonaws.ecs.capability.task-iam-role" */
static void add_lacking(struct text *text, unsigned lacking)
{
    const char *separator = ": it lacks ";
    for (int i = 0; i < CAPABILITY_COUNT; i++) {
        if (!(lacking >> i & 1))
            continue;
        text_add_format(text, "%s%s", separator, capability_definitions[i].attribute);
        separator = ", ";
    }
}

static void add_refusal(struct text *text, const struct hosts *hosts, enum placement_refusal refusal,
                        placement_instance at)
{
    const struct placement_request *request = hosts->choice->request;
    const struct placement_facts *facts = placement_see(hosts->world->placement, at);
    const struct container_instance *host = hosts->world->hosts[at];
    if (refusal == REFUSED_INACTIVE) {
        text_add(text, facts->active ? why_no_candidate(hosts, at) : instance_status_names[host->status]);
        return;
    }
    if (refusal == REFUSED_ATTRIBUTE) {
        add_unsatisfied(text, hosts, at);
        return;
    }
    if (refusal != REFUSED_DISTINCT)
        text_add(text, placement_refusal_names[refusal]);
    int64_t kept = request->uses_kept_room ? 0 : 1;
    if (refusal == REFUSED_AGENT)
        text_add(text, ": its agent is not connected");
    else if (refusal == REFUSED_CPU)
        add_shortage(text, "", request->cpu, facts->cpu, host->registered_cpu, kept * facts->kept_cpu);
    else if (refusal == REFUSED_MEMORY)
        add_shortage(text, " MiB", request->memory_mib, facts->memory_mib, host->registered_memory_mib,
                     kept * facts->kept_memory_mib);
    else if (refusal == REFUSED_GPU)
        add_shortage(text, "", request->gpus, facts->gpus, host->registered_gpus, 0);
    else if (refusal == REFUSED_ENI)
        add_shortage(text, "", request->enis, facts->enis, host->registered_enis, kept * facts->kept_enis);
    else if (refusal == REFUSED_PORTS)
        add_used_ports(text, request, facts);
    else if (refusal == REFUSED_CAPABILITY)
        add_lacking(text, request->capabilities & ~facts->capabilities);
    else if (refusal == REFUSED_LOCATION)
        text_add(text, ": none of the task's subnets is in its zone");
    else if (refusal == REFUSED_DISTINCT)
        text_add(text, "distinctInstance: it has one already");
}

static enum placement_refusal refusal_of(const struct hosts *hosts, placement_instance host)
{
    return placement_refuses(hosts->world->placement, hosts->choice->request, host);
}

/* --- ranks ------------------------------------------------------------------------------------ */

static int64_t rank_by(const struct hosts *hosts, size_t strategy, placement_instance host)
{
    return placement_rank_by(hosts->world->placement, hosts->choice->request, strategy, host);
}

/* The first strategy on which they differ; as many as there are: none. */
static size_t parted_by(const struct hosts *hosts, placement_instance a, placement_instance b)
{
    size_t i = 0;
    while (i < hosts->strategies && rank_by(hosts, i, a) == rank_by(hosts, i, b))
        i++;
    return i;
}

/* Best first; the chosen one before those that tie with it, the others in order of registration. */
static int compare(const void *left, const void *right, void *context)
{
    const struct hosts *hosts = context;
    placement_instance a = *(const placement_instance *)left, b = *(const placement_instance *)right;
    size_t parting = parted_by(hosts, a, b);
    if (parting < hosts->strategies)
        return rank_by(hosts, parting, a) < rank_by(hosts, parting, b) ? -1 : 1;
    if (a == hosts->choice->host || b == hosts->choice->host)
        return (b == hosts->choice->host) - (a == hosts->choice->host);
    return a < b ? -1 : a > b;
}

static void sort_hosts(struct hosts *hosts)
{
    for (uint32_t i = 0; i < hosts->world->host_count; i++) {
        if (!hosts->world->hosts[i])
            continue;
        if (refusal_of(hosts, i) == REFUSED_NOT)
            hosts->ranked[hosts->ranked_count++] = i;
        else
            hosts->refused[hosts->refused_count++] = i;
    }
    qsort_r(hosts->ranked, hosts->ranked_count, sizeof *hosts->ranked, compare, hosts);
}

/* --- the table -------------------------------------------------------------------------------- */

static void add_head(struct text_table *table, const struct hosts *hosts)
{
    struct text name = {0};
    text_table_cell(table, "rank");
    text_table_cell(table, "host");
    text_table_cell(table, "zone");
    for (size_t i = 0; i < hosts->columns; i++) {
        text_clear(&name);
        add_strategy(&name, strategy_at(hosts, i));
        text_table_cell(table, "%s", name.bytes);
    }
    text_table_cell(table, "%s", "");
    text_free(&name);
}

static void add_host(struct text_table *table, const struct hosts *hosts, placement_instance at)
{
    text_table_cell(table, "%s", hosts->world->hosts[at]->name);
    text_table_cell(table, "%s", hosts->world->hosts[at]->zone->name);
}

/* "chosen", or by what it is behind the best. */
static void add_outcome(struct text_table *table, const struct hosts *hosts, placement_instance at)
{
    size_t parting = parted_by(hosts, at, hosts->ranked[0]);
    struct text name = {0};
    if (at == hosts->choice->host)
        text_add(&name, "chosen");
    else if (parting == hosts->strategies)
        text_add(&name, hosts->draws ? "as good, and not drawn" : "as good, and registered later");
    else {
        text_add(&name, "behind by ");
        add_strategy(&name, strategy_at(hosts, parting));
    }
    text_table_cell(table, "%s", name.bytes);
    text_free(&name);
}

static void add_ranked(struct text_table *table, const struct hosts *hosts)
{
    size_t rank = 1;
    for (size_t i = 0; i < hosts->ranked_count && i < MOST_RANKED; i++) {
        placement_instance at = hosts->ranked[i];
        if (i && parted_by(hosts, at, hosts->ranked[i - 1]) < hosts->strategies)
            rank = i + 1;
        text_table_cell(table, "%zu", rank);
        add_host(table, hosts, at);
        for (size_t k = 0; k < hosts->columns; k++)
            text_table_cell(table, "%ld", (long)rank_by(hosts, k, at));
        add_outcome(table, hosts, at);
    }
}

static void add_refused(struct text_table *table, const struct hosts *hosts)
{
    struct text why = {0};
    for (size_t i = 0; i < hosts->refused_count && i < MOST_REFUSED; i++) {
        placement_instance at = hosts->refused[i];
        text_table_cell(table, "-");
        add_host(table, hosts, at);
        for (size_t k = 0; k < hosts->columns; k++)
            text_table_cell(table, "%s", "");
        text_clear(&why);
        add_refusal(&why, hosts, refusal_of(hosts, at), at);
        text_table_cell(table, "%s", why.bytes);
    }
    text_free(&why);
}

static void add_reason(struct text *text, bool first, int64_t count, const char *reason)
{
    text_add(text, first ? ": " : ", ");
    explain_count(text, count);
    text_add_format(text, " %s", reason);
}

/* "and 1,940 more: 1,800 RESOURCE:CPU, 140 AGENT" */
static void add_rest(struct text *text, const struct hosts *hosts)
{
    int64_t counts[REFUSED_COUNT] = {0};
    size_t ranked = hosts->ranked_count > MOST_RANKED ? hosts->ranked_count - MOST_RANKED : 0;
    size_t refused = hosts->refused_count > MOST_REFUSED ? hosts->refused_count - MOST_REFUSED : 0;
    if (!ranked && !refused)
        return;
    text_add(text, "  and ");
    explain_count(text, (int64_t)(ranked + refused));
    text_add(text, " more");
    if (ranked)
        add_reason(text, true, (int64_t)ranked, "with room, behind these");
    for (size_t i = MOST_REFUSED; i < hosts->refused_count; i++)
        counts[refusal_of(hosts, hosts->refused[i])]++;
    bool first = !ranked;
    for (int i = 0; i < REFUSED_COUNT; i++) {
        if (counts[i])
            add_reason(text, first, counts[i],
                       i == REFUSED_INACTIVE ? "no candidates" : placement_refusal_names[i]);
        first &= !counts[i];
    }
    text_add(text, "\n");
}

static void add_table(struct text *text, struct hosts *hosts)
{
    hosts->columns = hosts->ranked_count ? hosts->strategies : 0;
    struct text_table table = {.columns = 4 + hosts->columns};
    for (size_t i = 0; i < hosts->columns; i++)
        table.numbers |= 1u << (3 + i);
    add_head(&table, hosts);
    add_ranked(&table, hosts);
    add_refused(&table, hosts);
    text_table_write(&table, "  ", text);
    add_rest(text, hosts);
}

/* Not known to ECS yet, and of the provider if there is one. */
static void add_launching(struct text *text, const struct world *world,
                          const struct capacity_provider *provider)
{
    int64_t count = 0;
    for (const struct container_instance *host = world->first_launching; host; host = host->next_launching)
        if ((!provider || provider->group == host->group) && count++ < MOST_NAMES)
            text_add_format(text, "%s%s", count == 1 ? "  not registered yet: " : ", ", host->name);
    if (count > MOST_NAMES) {
        text_add(text, " and ");
        explain_count(text, count - MOST_NAMES);
        text_add(text, " more");
    }
    text_add(text, count ? "\n" : "");
}

static void explain_on_hosts(struct hosts *hosts, struct text *text)
{
    uint32_t most = hosts->world->host_count + 1;
    hosts->ranked = memory_alloc(most * sizeof *hosts->ranked);
    hosts->refused = memory_alloc(most * sizeof *hosts->refused);
    sort_hosts(hosts);
    add_chain(text, hosts);
    add_constraints(text, hosts->choice->request);
    if (hosts->ranked_count || hosts->refused_count)
        add_table(text, hosts);
    else
        text_add(text, "  there is no container instance\n");
    add_launching(text, hosts->world, hosts->choice->provider);
    free(hosts->ranked);
    free(hosts->refused);
}

/* --- Fargate ---------------------------------------------------------------------------------- */

static void add_zone(struct text_table *table, const struct host_choice *choice, const struct zone *zone)
{
    const struct zone_share *zones =
        choice->service ? choice->service->zones : choice->definition->family->zones;
    text_table_cell(table, "%s", zone->name);
    text_table_cell(table, "%ld tasks of it", (long)zones[zone->index].tasks);
    if (zone == choice->zone)
        text_table_cell(table, "chosen: the fewest");
    else if (zone->launch_refusals)
        text_table_cell(table, "RESOURCE:FARGATE: takes no launches");
    else if (!fargate_launches_in(zone, choice->request->availability_zones))
        text_table_cell(table, "none of the task's subnets is there");
    else
        text_table_cell(table, "%s", "");
}

static void explain_on_fargate(struct world *world, const struct host_choice *choice, struct text *text)
{
    struct text_table table = {.columns = 3};
    for (uint32_t i = 0; i < world->zone_count; i++)
        add_zone(&table, choice, &world->zones[i]);
    text_table_write(&table, "  ", text);
}

void explain_hosts(struct world *world, const struct host_choice *choice, struct text *text)
{
    struct hosts hosts = {.world = world, .choice = choice};
    add_resources(text, choice);
    if (choice->on_fargate) {
        explain_on_fargate(world, choice, text);
        return;
    }
    hosts.strategies = placement_ranks(hosts.world->placement, choice->request, &hosts.draws);
    explain_on_hosts(&hosts, text);
}
