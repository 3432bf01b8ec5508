/* The rules of containers within their task: which may start, which may be stopped, which is started again,
 * how long one may take to stop. Pure.
 *
 * Sets of containers are bits by their index in the task definition. A container starts when all that it
 * dependsOn is as it asks; START is met for good once a dependency has started, even if it has stopped since
 * [AGENT:agent/engine/dependencygraph/graph.go]. A dependency that has exited with another code than 0 can
 * never be a SUCCESS; one that is never HEALTHY leaves its dependents waiting, until its startTimeout if it
 * has one, else for ever, as the agent does. A container is stopped once all that depend on it are gone.
 * [API:ContainerDependency] `links` give no order: a choice, AWS promises none. */
#ifndef MODELS_ECS_CONTAINER_RULES_H
#define MODELS_ECS_CONTAINER_RULES_H

#include "models/settings/settings.h"

struct container_order {
    uint16_t after[CONDITION_COUNT]; /* those that it waits for */
    uint16_t before;                 /* those that depend on it */
};

/* What has become of the containers of a task. */
struct container_sets {
    uint16_t met[CONDITION_COUNT]; /* those that have started, completed, succeeded, are healthy */
};

bool container_may_start(const struct container_order *, const struct container_sets *);

/* Those for whose end it can never start: they should have succeeded. */
uint16_t container_barred_by(const struct container_order *, const struct container_sets *);

/* Those whose startTimeout matters to it: START has none. [API:ContainerDefinition.startTimeout] */
uint16_t container_awaits(const struct container_order *, const struct container_sets *);

bool container_may_stop(const struct container_order *, uint16_t up);

/* It has exited after it `ran` so long since it was started last. The policy may be NULL.
 * [API:ContainerRestartPolicy; AGENT:ecs-agent/api/container/restart/restart_tracker.go] */
bool container_restarts(const struct restart_policy_settings *, simtime ran, int exit_code);

/* Its own, else the agent's, which is a second at least. [API:ContainerDefinition.stopTimeout;
 * AGENT:agent/config/parse.go] */
simtime container_stop_timeout(const struct container_settings *, const struct ecs_config_settings *);

#endif
