/* A question kept: copied but for names, queries and what filters look at; and where instances stand by it.
 *
 * An instance that is refused stands with those of its refusal, one that is eligible in its cell: the
 * combination of its values of the attributes by which the chain ranks. In a cell these ranks are the same
 * for all, and the others are an instance's own. One that is INACTIVE stands nowhere, and neither does one of
 * more cells than some hundreds, as a spread over an attribute with as many values has: then the question is
 * one for the scan. */
#ifndef MODELS_PLACEMENT_KEPT_H
#define MODELS_PLACEMENT_KEPT_H

#include "models/placement/choice.h"

/* The strategies that rank by attribute, in lower case; the places in the chain of the others, whose ranks
 * are an instance's own. */
struct chain_parts {
    const char *attributes[PLACEMENT_STRATEGIES_MAX];
    size_t own[PLACEMENT_STRATEGIES_MAX];
    size_t attribute_count, own_count;
};

struct cell {
    uint32_t values[PLACEMENT_STRATEGIES_MAX];
};

struct kept {
    struct question question;
    struct placement_request request;
    struct list strategies, constraints[2], zones; /* copies, as the next two */
    struct host_port *ports;
    struct placement_filter *filters; /* in a row */
    bool is_of_group;
    struct chain_parts parts;
    struct cell *cells;
    int32_t cell_count, cell_capacity;
    bool has_too_many_cells;
};

void kept_init(struct kept *, const struct question *);
void kept_free(struct kept *);

/* All is the same, names and expressions by their text, but the draw, and the group unless
 * question_is_of_group(). */
bool kept_is(const struct kept *, const struct question *);

enum { NOWHERE = -1 };

int32_t kept_find_cell(struct kept *, placement_instance); /* of an eligible one, as kept_stand() has it */

/* The refusal, below REFUSED_COUNT; from there on, the cell; or NOWHERE. `cell` is the caller's, of this
 * instance, NOWHERE at first: what is known of its cell. */
static inline int32_t kept_stand(struct kept *kept, placement_instance instance, int32_t *cell)
{
    enum placement_refusal refusal = question_refuses(&kept->question, instance);
    if (refusal != REFUSED_NOT)
        return refusal == REFUSED_INACTIVE ? NOWHERE : (int32_t)refusal;
    if (*cell == NOWHERE)
        *cell = kept_find_cell(kept, instance);
    return *cell;
}

/* The own ranks of an instance that stands there: those that are refused are equal. */
static inline void kept_ranks(const struct kept *kept, placement_instance instance, int32_t stand,
                              int64_t *ranks)
{
    for (size_t i = 0; i < kept->parts.own_count; i++)
        ranks[i] = stand >= REFUSED_COUNT ? question_rank(&kept->question, kept->parts.own[i], instance) : 0;
}

/* Whether one that stands there comes before another: by own ranks, then by registration. */
static inline bool kept_is_before(const struct kept *kept, const int64_t *ranks, placement_instance instance,
                                  const int64_t *other_ranks, placement_instance other)
{
    for (size_t i = 0; i < kept->parts.own_count; i++)
        if (ranks[i] != other_ranks[i])
            return ranks[i] < other_ranks[i];
    return instance < other;
}

#endif
