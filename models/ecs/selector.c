#include "models/ecs/selector.h"
#include "models/ecs/instance/registration.h"
#include "models/ecs/task/task_definition.h"
#include <stdlib.h>
#include <string.h>

const char *const pick_names[] = {
    [PICK_OLDEST] = "oldest", [PICK_NEWEST] = "newest", [PICK_RANDOM] = "random", NULL};

/* --- who is meant ----------------------------------------------------------------------------- */

/* What a selector says of a host, or of the host of a task; NULL: it has none. */
static bool is_place(const struct world *world, const struct selector *selector,
                     const struct container_instance *host)
{
    if (!host)
        return !selector->availability_zone && !selector->auto_scaling_group && !selector->expression;
    if (selector->availability_zone && strcmp(selector->availability_zone, host->zone->name))
        return false;
    if (selector->auto_scaling_group &&
        (!host->group || strcmp(selector->auto_scaling_group, host->group->name)))
        return false;
    if (!selector->expression)
        return true;
    return host->placement != PLACEMENT_NONE &&
           query_matches(selector->expression, world->placement, host->placement);
}

/* What a selector says of a task itself. A bare family means its highest revision. */
static bool is_kind(const struct world *world, const struct selector *selector, const struct task *task)
{
    if (selector->service && (!task->service || strcmp(selector->service, task->service->name)))
        return false;
    return !selector->task_definition ||
           task->definition == definition_find(world, selector->task_definition);
}

static bool runs_tasks(const struct world *world, const struct selector *selector,
                       const struct container_instance *host)
{
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        if (!task->stopping && is_kind(world, selector, task))
            return true;
    return false;
}

/* A host that has registered anew goes by the name of its machine, too. */
static bool is_called(const struct container_instance *host, const char *name)
{
    const char *machine_name = registration_machine_name(host);
    return !strcmp(name, host->name) || (!host->agent.is_left && !strcmp(name, machine_name));
}

bool selector_means_host(const struct world *world, const struct selector *selector,
                         const struct container_instance *host)
{
    if (selector->name && !is_called(host, selector->name))
        return false;
    if (!is_place(world, selector, host))
        return false;
    return !(selector->service || selector->task_definition) || runs_tasks(world, selector, host);
}

static bool means_task(const struct world *world, const struct selector *selector, const struct task *task)
{
    if (selector->name && strcmp(selector->name, task->name))
        return false;
    return is_kind(world, selector, task) && is_place(world, selector, task->instance);
}

/* --- candidates, the oldest first ------------------------------------------------------------- */

struct candidate {
    simtime since;
    size_t order; /* among those of one instant */
    pool_ref ref;
};

struct candidates {
    struct candidate *items;
    size_t count, capacity;
};

static void add_candidate(struct candidates *candidates, simtime since, pool_ref ref)
{
    if (candidates->count == candidates->capacity) {
        candidates->capacity = candidates->capacity ? 2 * candidates->capacity : 16;
        candidates->items = memory_grow(candidates->items, candidates->capacity, sizeof *candidates->items);
    }
    candidates->items[candidates->count] = (struct candidate){since, candidates->count, ref};
    candidates->count++;
}

static int compare_age(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

static void sort_by_age(struct candidates *candidates)
{
    if (candidates->count > 1)
        qsort(candidates->items, candidates->count, sizeof *candidates->items, compare_age);
}

/* What tasks are looked through for. */
struct task_search {
    const struct world *world;
    const struct selector *selector;
    task_filter *may;
    struct candidates found;
};

static void search_tasks(struct task_search *search, const struct task *first)
{
    for (const struct task *task = first; task; task = task->next_in_deployment)
        if ((!search->may || search->may(task)) && means_task(search->world, search->selector, task))
            add_candidate(&search->found, task->created_at, task->ref);
}

static void search_deployments(struct task_search *search, const struct deployment *deployment)
{
    for (; deployment; deployment = deployment->older)
        search_tasks(search, deployment->first);
}

static void search_all(struct task_search *search)
{
    const struct world *world = search->world;
    for (uint32_t i = 0; i < world->service_count; i++)
        search_deployments(search, world->services[i].primary);
    for (uint32_t i = 0; i < world->family_count; i++)
        search_tasks(search, world->families[i].first);
    sort_by_age(&search->found);
}

/* --- the choice ------------------------------------------------------------------------------- */

static void swap(struct candidate *a, struct candidate *b)
{
    struct candidate other = *a;
    *a = *b;
    *b = other;
}

/* Brings the chosen ones to the front. */
static void choose(struct candidates *candidates, int pick, size_t count, rng_key draw)
{
    struct candidate *items = candidates->items;
    for (size_t i = 0; i < count; i++) {
        size_t left = candidates->count - i;
        if (pick == PICK_RANDOM)
            swap(&items[i], &items[i + rng_below(draw, i, left)]);
    }
}

static struct selection take(struct candidates *candidates, const struct selector *selector, rng_key draw)
{
    size_t all = candidates->count;
    size_t count = (uint64_t)selector->count < all ? (size_t)selector->count : all;
    struct selection selection = {memory_alloc((count + 1) * sizeof(pool_ref)), count};
    choose(candidates, selector->pick, count, draw);
    for (size_t i = 0; i < count; i++)
        selection.refs[i] = candidates->items[selector->pick == PICK_NEWEST ? all - 1 - i : i].ref;
    free(candidates->items);
    return selection;
}

struct selection select_hosts(struct world *world, const struct selector *selector, host_filter *may,
                              rng_key draw)
{
    struct candidates found = {0};
    for (uint32_t i = 0; i < world->host_count; i++) {
        const struct container_instance *host = world->hosts[i];
        if (host && (!may || may(host)) && selector_means_host(world, selector, host))
            add_candidate(&found, host->active_at, host->ref);
    }
    return take(&found, selector, draw);
}

struct selection select_tasks(struct world *world, const struct selector *selector, task_filter *may,
                              rng_key draw)
{
    struct task_search search = {world, selector, may, {0}};
    search_all(&search);
    return take(&search.found, selector, draw);
}

void selection_free(struct selection *selection)
{
    free(selection->refs);
    *selection = (struct selection){0};
}

/* --- in a request ----------------------------------------------------------------------------- */

static void write_if_given(struct json *json, const char *key, const char *value)
{
    if (value)
        json_string(json, key, value);
}

void selector_write(const struct selector *selector, const char *key, struct json *json)
{
    if (selector->name) {
        json_string(json, key, selector->name);
        return;
    }
    json_begin_object(json, key);
    write_if_given(json, "service", selector->service);
    write_if_given(json, "taskDefinition", selector->task_definition);
    write_if_given(json, "availabilityZone", selector->availability_zone);
    write_if_given(json, "autoScalingGroup", selector->auto_scaling_group);
    write_if_given(json, "expression", selector->expression ? query_text(selector->expression) : NULL);
    json_string(json, "pick", pick_names[selector->pick]);
    json_integer(json, "count", selector->count);
    json_end_object(json);
}
