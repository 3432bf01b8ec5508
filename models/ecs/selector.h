/* Who a selector means: hosts that have registered, or tasks.
 *
 * All that a selector says must hold. Of those, `count` are chosen: the oldest or newest first (hosts by
 * registration, tasks by creation; ties in the order of the scenario), or drawn without replacement. A
 * host is "of" a service or task definition if one of its tasks that should run is; a task is "in" a zone,
 * "of" a group, or matches an expression, if its host is and does. A name means that very one, whatever
 * its state but the filter's. */
#ifndef MODELS_ECS_SELECTOR_H
#define MODELS_ECS_SELECTOR_H

#include "models/ecs/world.h"
#include "sim/engine/text.h"

/* By reference, since what happens to the first may end the second. */
struct selection {
    pool_ref *refs; /* in the order of the choice */
    size_t count;
};

/* Whether one may be chosen at all; NULL: any. */
typedef bool host_filter(const struct container_instance *);
typedef bool task_filter(const struct task *);

struct selection select_hosts(struct world *, const struct selector *, host_filter *, rng_key draw);
struct selection select_tasks(struct world *, const struct selector *, task_filter *, rng_key draw);
void selection_free(struct selection *);

/* As it was written: a name, or an object of what it selects by; `key` is NULL in an array. */
void selector_write(const struct selector *, const char *key, struct json *);

/* Pick and count aside. */
bool selector_means_host(const struct world *, const struct selector *, const struct container_instance *);

#endif
