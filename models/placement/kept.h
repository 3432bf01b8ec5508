/* A question kept: copied but for names, queries and what filters look at. */
#ifndef MODELS_PLACEMENT_KEPT_H
#define MODELS_PLACEMENT_KEPT_H

#include "models/placement/choice.h"

struct kept {
    struct question question;
    struct placement_request request;
    struct list strategies, constraints[2], zones; /* copies, as the next two */
    struct host_port *ports;
    struct placement_filter *filters; /* in a row */
    bool is_of_group;
};

void kept_init(struct kept *, const struct question *);
void kept_free(struct kept *);

/* All is the same but the draw, and the group unless question_is_of_group(). */
bool kept_is(const struct kept *, const struct question *);

/* The strategies that rank by attribute, in lower case; the places in the chain of the others, whose ranks
 * are an instance's own. */
struct chain_parts {
    const char *attributes[PLACEMENT_STRATEGIES_MAX];
    size_t own[PLACEMENT_STRATEGIES_MAX];
    size_t attribute_count, own_count;
};
struct chain_parts chain_parts_of(const struct question *);

#endif
