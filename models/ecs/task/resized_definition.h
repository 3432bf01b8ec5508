/* Task definitions as tasks have them whose call overrides their size: containers, images and the family stay
 * what they are [API:TaskOverride]. One for each size, made when it is first asked for. */
#ifndef MODELS_ECS_RESIZED_DEFINITION_H
#define MODELS_ECS_RESIZED_DEFINITION_H

#include "models/workload/arrivals.h"

struct world;
struct task_definition;
struct resized;

/* All of one family. Zeroed at first. */
struct resized_definitions {
    struct resized *items; /* in ascending order */
    size_t count;
};

/* The definition itself where the size says nothing. */
const struct task_definition *definition_of_size(struct world *, struct resized_definitions *,
                                                 const struct task_definition *, const struct task_size *);
void definitions_of_size_free(struct resized_definitions *);

#endif
