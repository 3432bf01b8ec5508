#include "models/placement/kept.h"
#include <stdlib.h>
#include <string.h>

enum { CELLS_MAX = 256 };

static void *copy(const void *items, size_t count, size_t size)
{
    return count ? memcpy(memory_alloc(count * size), items, count * size) : NULL;
}

static const struct list *copy_list(struct list *into, const struct list *from, size_t size)
{
    if (!from)
        return NULL;
    *into = (struct list){from->count, copy(from->items, from->count, size)};
    return into;
}

static void copy_filters(struct kept *kept, const struct placement_filter *first)
{
    size_t count = 0;
    for (const struct placement_filter *each = first; each; each = each->next)
        count++;
    kept->filters = count ? memory_alloc(count * sizeof *kept->filters) : NULL;
    kept->request.filter = kept->filters;
    for (size_t i = 0; i < count; i++, first = first->next) {
        kept->filters[i] = *first;
        kept->filters[i].next = i + 1 < count ? &kept->filters[i + 1] : NULL;
    }
}

static void copy_request(struct kept *kept, const struct placement_request *request)
{
    kept->request = *request;
    kept->request.ports = kept->ports = copy(request->ports, request->port_count, sizeof *request->ports);
    kept->request.availability_zones =
        copy_list(&kept->zones, request->availability_zones, sizeof(const char *));
    kept->request.strategies =
        copy_list(&kept->strategies, request->strategies, sizeof(struct placement_strategy));
    for (size_t i = 0; i < 2; i++)
        kept->request.constraints[i] =
            copy_list(&kept->constraints[i], request->constraints[i], sizeof(struct placement_constraint));
    copy_filters(kept, request->filter);
}

/* Of two strategies that rank alike the second changes nothing, and costs little. */
static struct chain_parts chain_parts_of(const struct question *question)
{
    struct chain_parts parts = {.own_count = 0};
    for (size_t i = 0; i < question->strategy_count; i++) {
        const char *attribute = placement_attribute_of(&question->strategies[i]);
        if (attribute)
            parts.attributes[parts.attribute_count++] = attribute;
        else
            parts.own[parts.own_count++] = i;
    }
    return parts;
}

void kept_init(struct kept *kept, const struct question *question)
{
    *kept = (struct kept){.question = *question, .is_of_group = question_is_of_group(question)};
    copy_request(kept, question->request);
    kept->question.request = &kept->request;
    kept->question.strategies = kept->strategies.items;
    kept->parts = chain_parts_of(question);
}

void kept_free(struct kept *kept)
{
    free(kept->strategies.items);
    free(kept->constraints[0].items);
    free(kept->constraints[1].items);
    free(kept->zones.items);
    free(kept->ports);
    free(kept->filters);
    free(kept->cells);
}

static bool same_strategy(const void *a, const void *b)
{
    const struct placement_strategy *one = a, *other = b;
    return one->variant == other->variant && text_is_same(one->field, other->field);
}

static bool same_constraint(const void *a, const void *b)
{
    const struct placement_constraint *one = a, *other = b;
    return one->variant == other->variant && !one->query == !other->query &&
           (one->query == other->query || text_is_same(query_text(one->query), query_text(other->query)));
}

static bool same_list(const struct list *a, const struct list *b, size_t size,
                      bool (*same)(const void *, const void *))
{
    size_t count = a ? a->count : 0;
    if (count != (b ? b->count : 0))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!same((const char *)a->items + i * size, (const char *)b->items + i * size))
            return false;
    return true;
}

static bool same_ports(const struct placement_request *a, const struct placement_request *b)
{
    for (size_t i = 0; i < a->port_count && i < b->port_count; i++)
        if (a->ports[i].port != b->ports[i].port || a->ports[i].protocol != b->ports[i].protocol)
            return false;
    return a->port_count == b->port_count;
}

static bool same_filters(const struct placement_filter *a, const struct placement_filter *b)
{
    for (; a && b; a = a->next, b = b->next)
        if (a->admits != b->admits || a->context != b->context || a->refusal != b->refusal)
            return false;
    return !a && !b;
}

static bool same_demand(const struct placement_request *a, const struct placement_request *b)
{
    return a->cpu == b->cpu && a->memory_mib == b->memory_mib && a->gpus == b->gpus && a->enis == b->enis &&
           a->capabilities == b->capabilities && a->uses_kept_room == b->uses_kept_room && same_ports(a, b);
}

static bool same_conditions(const struct placement_request *a, const struct placement_request *b)
{
    return same_list(a->strategies, b->strategies, sizeof(struct placement_strategy), same_strategy) &&
           same_list(a->constraints[0], b->constraints[0], sizeof(struct placement_constraint),
                     same_constraint) &&
           same_list(a->constraints[1], b->constraints[1], sizeof(struct placement_constraint),
                     same_constraint) &&
           texts_are_same(a->availability_zones, b->availability_zones) && same_filters(a->filter, b->filter);
}

bool kept_is(const struct kept *kept, const struct question *question)
{
    return kept->question.leaving == question->leaving &&
           (!kept->is_of_group || kept->request.group == question->request->group) &&
           same_demand(&kept->request, question->request) &&
           same_conditions(&kept->request, question->request);
}

/* --- instances -------------------------------------------------------------------------------- */

static int32_t add_cell(struct kept *kept, const struct cell *cell)
{
    if (kept->cell_count == CELLS_MAX) {
        kept->has_too_many_cells = true;
        return NOWHERE;
    }
    if (kept->cell_count == kept->cell_capacity) {
        kept->cell_capacity = 2 * kept->cell_capacity + 4;
        kept->cells = memory_grow(kept->cells, (size_t)kept->cell_capacity, sizeof *kept->cells);
    }
    kept->cells[kept->cell_count] = *cell;
    return REFUSED_COUNT + kept->cell_count++;
}

int32_t kept_find_cell(struct kept *kept, placement_instance instance)
{
    struct cell wanted = {{0}};
    for (size_t i = 0; i < kept->parts.attribute_count; i++)
        wanted.values[i] = placement_value_of(kept->question.placement, kept->parts.attributes[i], instance);
    for (int32_t i = 0; i < kept->cell_count; i++)
        if (!memcmp(&kept->cells[i], &wanted, sizeof wanted))
            return REFUSED_COUNT + i;
    return add_cell(kept, &wanted);
}
