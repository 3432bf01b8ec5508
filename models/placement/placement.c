#include "models/placement/columns.h"
#include "models/placement/tally.h"
#include "models/placement/views.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Two cache lines; what refusals look at is the first. */
struct instance {
    _Alignas(64) struct placement_facts facts;
    struct placement_tally **tallies; /* that have tasks here; each once */
    uint32_t tally_count, tally_capacity;
};
_Static_assert(sizeof(struct instance) == 128, "two lines, else a decision at random touches another");

/* Counts that read as 0 beyond their end. */
struct counts {
    int64_t *items;
    size_t capacity;
};

struct group {
    const char *name;
    struct placement_tally *by_instance;
    struct counts by_value;  /* of the attributes that have a column */
    struct counts instances; /* that have so many tasks of it; of those that have none nobody knows */
    int64_t instances_used, most_tasks;
};

/* Instances stand in blocks and never move. */
enum { BLOCK = 256 };

struct placement {
    struct arena *arena;
    struct views *views;
    struct instance **blocks;
    size_t instance_count, block_capacity;
    struct columns columns;
    struct group *groups; /* by the number of the name */
    size_t group_capacity;
    struct placement_tally *tallies, *free_tallies;
    struct symbols group_names; /* numbered from 1 on */
};

const char *const placement_refusal_names[REFUSED_COUNT] = {
    [REFUSED_NOT] = "",
    [REFUSED_INACTIVE] = "INACTIVE",
    [REFUSED_AGENT] = "AGENT",
    [REFUSED_CPU] = "RESOURCE:CPU",
    [REFUSED_MEMORY] = "RESOURCE:MEMORY",
    [REFUSED_PORTS] = "RESOURCE:PORTS",
    [REFUSED_GPU] = "RESOURCE:GPU",
    [REFUSED_ENI] = "RESOURCE:ENI",
    [REFUSED_LOCATION] = "LOCATION",
    [REFUSED_ATTRIBUTE] = "MemberOf placement constraint unsatisfied.",
    [REFUSED_DISTINCT] = "DistinctInstance placement constraint unsatisfied.",
    [REFUSED_FARGATE] = "RESOURCE:FARGATE",
    [REFUSED_PROVISIONING] = "tasks provisioning capacity limit exceeded",
    [REFUSED_CAPABILITY] = "ATTRIBUTE",
};

/* --- counts ----------------------------------------------------------------------------------- */

static int64_t counts_get(const struct counts *counts, size_t index)
{
    return index < counts->capacity ? counts->items[index] : 0;
}

static void counts_add(struct counts *counts, size_t index, int change)
{
    if (index >= counts->capacity) {
        size_t capacity = 2 * index + 8;
        counts->items = memory_grow(counts->items, capacity, sizeof *counts->items);
        memset(counts->items + counts->capacity, 0, (capacity - counts->capacity) * sizeof *counts->items);
        counts->capacity = capacity;
    }
    counts->items[index] += change;
    CHECK(counts->items[index] >= 0);
}

/* --- the whole -------------------------------------------------------------------------------- */

struct placement *placement_new(struct arena *arena)
{
    struct placement *placement = arena_alloc(arena, sizeof *placement);
    placement->arena = arena;
    placement->views = views_new();
    placement->group_names.arena = arena;
    columns_init(&placement->columns, arena);
    return placement;
}

static struct instance *at(const struct placement *placement, placement_instance instance)
{
    return &placement->blocks[instance / BLOCK][instance % BLOCK];
}

void placement_free(struct placement *placement)
{
    views_free(placement->views);
    for (placement_instance i = 0; i < placement->instance_count; i++) {
        free(at(placement, i)->facts.ports);
        free(at(placement, i)->tallies);
    }
    for (size_t i = 0; i * BLOCK < placement->instance_count; i++)
        free(placement->blocks[i]);
    free(placement->blocks);
    for (size_t i = 0; i < placement_group_count(placement); i++) {
        free(placement->groups[i].by_value.items);
        free(placement->groups[i].instances.items);
    }
    for (struct placement_tally *each = placement->tallies; each; each = each->next)
        numbers_free(&each->by_instance);
    free(placement->groups);
    columns_free(&placement->columns);
}

/* --- instances -------------------------------------------------------------------------------- */

const struct attribute *placement_find_attribute(const struct placement_facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->attribute_count; i++)
        if (strcasecmp(facts->attributes[i].name, name) == 0)
            return &facts->attributes[i];
    return NULL;
}

static void add_block(struct placement *placement, size_t block)
{
    if (block == placement->block_capacity) {
        placement->block_capacity = 2 * block + 4;
        placement->blocks =
            memory_grow(placement->blocks, placement->block_capacity, sizeof *placement->blocks);
    }
    placement->blocks[block] = memory_grow_aligned(NULL, 0, BLOCK * sizeof(struct instance));
}

static struct instance *new_instance(struct placement *placement)
{
    CHECK(placement->instance_count < PLACEMENT_NONE);
    placement_instance index = (placement_instance)placement->instance_count;
    if (index % BLOCK == 0)
        add_block(placement, index / BLOCK);
    placement->instance_count++;
    return at(placement, index);
}

placement_instance placement_register(struct placement *placement, const struct placement_facts *facts)
{
    placement_instance index = (placement_instance)placement->instance_count;
    struct instance *instance = new_instance(placement);
    *instance = (struct instance){.facts = *facts};
    instance->facts.ports = NULL;
    instance->facts.port_count = 0;
    for (size_t i = 0; i < placement->columns.count; i++)
        column_read(&placement->columns, &placement->columns.items[i], index, facts);
    views_touch(placement->views, index);
    for (size_t i = 0; i < facts->port_count; i++)
        placement_take_port(placement, index, facts->ports[i]);
    return index;
}

size_t placement_instance_count(const struct placement *placement)
{
    return placement->instance_count;
}

const struct placement_facts *placement_see(const struct placement *placement, placement_instance instance)
{
    CHECK(instance < placement->instance_count);
    return &at(placement, instance)->facts;
}

void placement_tell(const struct placement *placement, placement_instance index, const struct change *change)
{
    const struct instance *instance = at(placement, index);
    for (uint32_t i = 0; i < instance->tally_count; i++)
        tally_tell(instance->tallies[i], index, change);
}

struct placement_facts *placement_touch(struct placement *placement, placement_instance instance)
{
    CHECK(instance < placement->instance_count);
    views_touch(placement->views, instance);
    placement_tell(placement, instance, &(struct change){.kind = CHANGE_ANY});
    return &at(placement, instance)->facts;
}

struct placement_facts *placement_touch_room(struct placement *placement, placement_instance instance)
{
    CHECK(instance < placement->instance_count);
    views_touch(placement->views, instance);
    if (views_hear_room(placement->views))
        placement_tell(placement, instance, &(struct change){.kind = CHANGE_ROOM});
    return &at(placement, instance)->facts;
}

/* --- ports ------------------------------------------------------------------------------------ */

/* Its place among the ports in use, or port_count. */
static size_t find_port(const struct placement_facts *facts, struct host_port port)
{
    size_t i = 0;
    while (i < facts->port_count &&
           (facts->ports[i].port != port.port || facts->ports[i].protocol != port.protocol))
        i++;
    return i;
}

void placement_take_port(struct placement *placement, placement_instance instance, struct host_port port)
{
    struct placement_facts *facts = placement_touch_room(placement, instance);
    if ((facts->port_count & (facts->port_count - 1)) == 0) { /* there is room up to the next power of two */
        CHECK(facts->port_count <= UINT16_MAX / 2);
        facts->ports = memory_grow(facts->ports, 2u * facts->port_count + 1, sizeof *facts->ports);
    }
    facts->ports[facts->port_count++] = port;
}

void placement_free_port(struct placement *placement, placement_instance instance, struct host_port port)
{
    struct placement_facts *facts = placement_touch_room(placement, instance);
    size_t i = find_port(facts, port);
    CHECK(i < facts->port_count);
    facts->ports[i] = facts->ports[--facts->port_count];
}

/* --- tallies ---------------------------------------------------------------------------------- */

static struct placement_tally *add_tally(struct placement *placement)
{
    struct placement_tally *tally = arena_alloc(placement->arena, sizeof *tally);
    tally->next = placement->tallies;
    placement->tallies = tally;
    return tally;
}

struct placement_tally *placement_tally_take(struct placement *placement)
{
    struct placement_tally *tally = placement->free_tallies;
    if (!tally)
        return add_tally(placement);
    placement->free_tallies = tally->next_free;
    return tally;
}

void placement_tally_give(struct placement *placement, struct placement_tally *tally)
{
    CHECK(tally->tasks == 0);
    views_forget_tally(placement->views, tally);
    tally->next_free = placement->free_tallies;
    placement->free_tallies = tally;
}

static void join(struct instance *instance, struct placement_tally *tally)
{
    if (instance->tally_count == instance->tally_capacity) {
        instance->tally_capacity = 2 * instance->tally_capacity + 2;
        instance->tallies =
            memory_grow(instance->tallies, instance->tally_capacity, sizeof(struct placement_tally *));
    }
    instance->tallies[instance->tally_count++] = tally;
}

static void part(struct instance *instance, const struct placement_tally *tally)
{
    uint32_t i = 0;
    while (instance->tallies[i] != tally)
        i++;
    instance->tallies[i] = instance->tallies[--instance->tally_count];
}

void placement_tally_add(struct placement *placement, struct placement_tally *tally,
                         placement_instance instance, int change)
{
    CHECK(instance < placement->instance_count);
    tally_mark(tally, instance);
    int64_t after = numbers_add(&tally->by_instance, instance, change), before = after - change;
    tally->tasks += change;
    if (!before && after)
        join(at(placement, instance), tally);
    if (before && !after)
        part(at(placement, instance), tally);
}

int64_t placement_tally_of(const struct placement_tally *tally, placement_instance instance)
{
    return numbers_get(&tally->by_instance, instance);
}

/* --- groups ----------------------------------------------------------------------------------- */

placement_group placement_group_of(struct placement *placement, const char *name)
{
    size_t before = placement_group_count(placement);
    placement_group group = (placement_group)(symbol_give_number(&placement->group_names, name) - 1);
    if (group < before)
        return group;
    if (group == placement->group_capacity) {
        placement->group_capacity = placement->group_capacity ? 2 * placement->group_capacity : 16;
        placement->groups =
            memory_grow(placement->groups, placement->group_capacity, sizeof *placement->groups);
    }
    placement->groups[group] = (struct group){.name = symbol_find(&placement->group_names, name)->text,
                                              .by_instance = add_tally(placement)};
    return group;
}

placement_group placement_find_group(const struct placement *placement, const char *name)
{
    int64_t number = symbol_number(&placement->group_names, name);
    return number ? (placement_group)(number - 1) : PLACEMENT_NONE;
}

size_t placement_group_count(const struct placement *placement)
{
    return (size_t)placement->group_names.numbered;
}

const char *placement_group_name(const struct placement *placement, placement_group group)
{
    CHECK(group < placement_group_count(placement));
    return placement->groups[group].name;
}

static void count_instance(struct group *group, int64_t before, int64_t after)
{
    if (before)
        counts_add(&group->instances, (size_t)before, -1);
    if (after)
        counts_add(&group->instances, (size_t)after, +1);
    group->instances_used += (after > 0) - (before > 0);
    if (after > group->most_tasks)
        group->most_tasks = after;
    while (group->most_tasks > 0 && !counts_get(&group->instances, (size_t)group->most_tasks))
        group->most_tasks--;
}

void placement_count_task(struct placement *placement, placement_group group, placement_instance instance,
                          int change)
{
    CHECK(group < placement_group_count(placement) && instance < placement->instance_count);
    struct group *counted = &placement->groups[group];
    int64_t before = placement_tally_of(counted->by_instance, instance);
    views_touch(placement->views, instance);
    views_tell_count(placement->views, group, instance);
    placement_tally_add(placement, counted->by_instance, instance, change);
    count_instance(counted, before, before + change);
    for (size_t i = 0; i < placement->columns.count; i++)
        counts_add(&counted->by_value, placement->columns.items[i].values[instance], change);
}

struct placement_tally *placement_tally_of_group(const struct placement *placement, placement_group group)
{
    CHECK(group < placement_group_count(placement));
    return placement->groups[group].by_instance;
}

int64_t placement_tasks_on(const struct placement *placement, placement_group group,
                           placement_instance instance)
{
    CHECK(group < placement_group_count(placement));
    return placement_tally_of(placement->groups[group].by_instance, instance);
}

int64_t placement_instances_used(const struct placement *placement, placement_group group)
{
    CHECK(group < placement_group_count(placement));
    return placement->groups[group].instances_used;
}

int64_t placement_most_tasks(const struct placement *placement, placement_group group)
{
    CHECK(group < placement_group_count(placement));
    return placement->groups[group].most_tasks;
}

static void count_by_value(struct group *group, const struct column *column)
{
    const struct numbers *by_instance = &group->by_instance->by_instance;
    for (uint32_t i = 0; i < by_instance->capacity; i++)
        if (by_instance->items[i].value)
            counts_add(&group->by_value, column->values[by_instance->items[i].instance],
                       (int)by_instance->items[i].value);
}

void placement_know_attribute(struct placement *placement, const char *name)
{
    if (columns_find(&placement->columns, name))
        return;
    struct column *column = columns_add(&placement->columns, name);
    for (placement_instance i = 0; i < placement->instance_count; i++)
        column_read(&placement->columns, column, i, placement_see(placement, i));
    for (size_t i = 0; i < placement_group_count(placement); i++)
        count_by_value(&placement->groups[i], column);
}

uint32_t placement_value_of(const struct placement *placement, const char *name, placement_instance instance)
{
    const struct column *column = columns_find(&placement->columns, name);
    CHECK(column && instance < placement->instance_count);
    return column->values[instance];
}

int64_t placement_tasks_with_attribute(const struct placement *placement, placement_group group,
                                       const char *name, placement_instance instance)
{
    CHECK(group < placement_group_count(placement));
    return counts_get(&placement->groups[group].by_value, placement_value_of(placement, name, instance));
}

/* --- refusals --------------------------------------------------------------------------------- */

static bool ports_are_free(const struct placement_facts *facts, const struct placement_request *request)
{
    if (request->port_count && facts->port_count + request->port_count > PLACEMENT_PORTS_MAX)
        return false;
    for (size_t i = 0; i < request->port_count; i++)
        if (find_port(facts, request->ports[i]) < facts->port_count)
            return false;
    return true;
}

bool placement_reaches(const struct placement *placement, const struct list *zones,
                       placement_instance instance)
{
    if (!zones || !zones->count)
        return true;
    const char *const *names = zones->items;
    const struct attribute *zone =
        placement_find_attribute(placement_see(placement, instance), "ecs.availability-zone");
    for (size_t i = 0; i < zones->count; i++)
        if (zone && zone->value && strcmp(zone->value, names[i]) == 0)
            return true;
    return false;
}

/* What is kept may be more than what is there. */
static int64_t available(const struct placement_request *request, int64_t remaining, int64_t kept)
{
    int64_t left = request->uses_kept_room ? remaining : remaining - kept;
    return left > 0 ? left : 0;
}

static enum placement_refusal facts_refuse(const struct placement *placement,
                                           const struct placement_request *request,
                                           placement_instance instance)
{
    const struct placement_facts *facts = placement_see(placement, instance);
    if (!facts->active)
        return REFUSED_INACTIVE;
    if (!facts->agent_connected)
        return REFUSED_AGENT;
    if (request->cpu > available(request, facts->cpu, facts->kept_cpu))
        return REFUSED_CPU;
    if (request->memory_mib > available(request, facts->memory_mib, facts->kept_memory_mib))
        return REFUSED_MEMORY;
    if (!ports_are_free(facts, request))
        return REFUSED_PORTS;
    if (request->gpus > facts->gpus)
        return REFUSED_GPU;
    if (request->enis > available(request, facts->enis, facts->kept_enis))
        return REFUSED_ENI;
    if (!placement_reaches(placement, request->availability_zones, instance))
        return REFUSED_LOCATION;
    return REFUSED_NOT;
}

/* The first, in the order of checks, of this refusal and those of the list. */
static enum placement_refusal constraints_refuse(const struct placement *placement,
                                                 const struct placement_request *request,
                                                 const struct list *list, placement_instance instance,
                                                 enum placement_refusal first)
{
    const struct placement_constraint *constraints = list ? list->items : NULL;
    for (size_t i = 0; list && i < list->count; i++) {
        const struct constraint_verbs *verbs = constraints[i].variant->verbs;
        enum placement_refusal refusal = verbs->refuses(placement, request, &constraints[i], instance);
        if (refusal != REFUSED_NOT && (first == REFUSED_NOT || refusal < first))
            first = refusal;
    }
    return first;
}

bool placement_satisfies(const struct placement *placement, const struct list *list,
                         placement_instance instance)
{
    const struct placement_constraint *constraints = list->items;
    for (size_t i = 0; i < list->count; i++)
        if (constraints[i].query && !query_matches(constraints[i].query, placement, instance))
            return false;
    return true;
}

enum placement_refusal placement_filters_refuse(const struct placement_filter *first,
                                                placement_instance instance)
{
    for (const struct placement_filter *each = first; each; each = each->next)
        if (!each->admits(each->context, instance))
            return each->refusal;
    return REFUSED_NOT;
}

enum placement_refusal placement_refuses(const struct placement *placement,
                                         const struct placement_request *request, placement_instance instance)
{
    enum placement_refusal refusal = placement_filters_refuse(request->filter, instance);
    if (refusal != REFUSED_NOT)
        return refusal;
    refusal = facts_refuse(placement, request, instance);
    if (refusal != REFUSED_NOT)
        return refusal;
    for (size_t i = 0; i < 2; i++)
        refusal = constraints_refuse(placement, request, request->constraints[i], instance, refusal);
    if (refusal == REFUSED_NOT && request->capabilities & ~placement_see(placement, instance)->capabilities)
        return REFUSED_CAPABILITY;
    return refusal;
}

/* --- choices ---------------------------------------------------------------------------------- */

placement_instance placement_choose(struct placement *placement, const struct placement_request *request)
{
    struct question question = question_of_start(placement, request);
    return views_choose(placement->views, &question);
}

placement_instance placement_choose_stop(struct placement *placement, const struct placement_request *request,
                                         struct placement_tally *candidates)
{
    struct question question = question_of_stop(placement, request, candidates);
    return views_choose(placement->views, &question);
}

enum placement_refusal placement_closest(struct placement *placement, const struct placement_request *request,
                                         placement_instance *closest)
{
    struct question question = question_of_start(placement, request);
    return views_closest(placement->views, &question, closest);
}

size_t placement_ranks(struct placement *placement, const struct placement_request *request, bool *draws)
{
    struct question question = question_of_start(placement, request);
    *draws = question.draws;
    return question.strategy_count;
}

int64_t placement_rank_by(struct placement *placement, const struct placement_request *request,
                          size_t strategy, placement_instance instance)
{
    struct question question = question_of_start(placement, request);
    return question_rank(&question, strategy, instance);
}
