/* Task definitions: immutable revisions "family:revision". [API:RegisterTaskDefinition] */
#ifndef MODELS_ECS_TASK_DEFINITION_H
#define MODELS_ECS_TASK_DEFINITION_H

#include "models/ecs/world.h"

/* All of the scenario, those of the timeline too (not registered yet). */
void definitions_begin(struct world *);

/* By "family:revision", or a bare family: its highest registered revision. NULL if none is registered. */
const struct task_definition *definition_find(const struct world *, const char *name);
/* By name; its first essential container where none has it, as a later revision may lack what a load balancer
 * names. */
int definition_container(const struct task_definition *, const char *name);

/* What a task of it asks of placement; group, chain, constraints of its own, zones and draw are the
 * caller's. */
struct placement_request definition_request(const struct task_definition *);

/* The zones to which the network configuration holds its tasks (const char *); NULL where they have no
 * network interface of their own. */
const struct list *definition_zones(const struct task_definition *,
                                    const struct network_configuration_settings *);

const char *definition_register(struct world *, const struct task_definition_settings *); /* its name */

#endif
