/* The deployment circuit breaker: when a deployment has failed too often. Pure; it is told what becomes of
 * the deployment's tasks, and counts. [DG:deployment-circuit-breaker, API:DeploymentCircuitBreaker]
 *
 * It works in two stages. As long as no task of the deployment has been RUNNING, each that fails to get there
 * counts; once one has, each that is replaced for failed load-balancer or container checks counts, and failed
 * starts no longer do. A task that ran healthy and exits by itself never counts.
 *
 * A task that becomes healthy ends the count, unless resetOnHealthyTask is off. Settled where AWS is silent:
 * what was counted in the first stage is carried into the second; a percentage of the second kind rounds up
 * as the first does, and no threshold is less than one task. */
#ifndef MODELS_ECS_CIRCUIT_BREAKER_H
#define MODELS_ECS_CIRCUIT_BREAKER_H

#include "models/settings/settings.h"

struct circuit_breaker {
    int64_t failures; /* that count, so far */
    bool ran;         /* some task has been RUNNING: the second stage */
};

/* What becomes of a task. */
enum task_outcome { TASK_FAILED_TO_START, TASK_RAN, TASK_BECAME_HEALTHY, TASK_REPLACED_AS_UNHEALTHY };

void circuit_breaker_count(struct circuit_breaker *, enum task_outcome, bool resets_on_healthy_task);

/* Failures that fail the deployment of a service of `desired` tasks; NULL is AWS's default.
 * [API:ThresholdConfiguration] */
int64_t circuit_breaker_threshold(const struct threshold_settings *, int64_t desired);

#endif
