/* Percentages of a number of tasks. Where AWS asks for at least so many percent it rounds up: the floor of a
 * deployment [API:DeploymentConfiguration.minimumHealthyPercent], the circuit breaker's threshold
 * [DG:deployment-circuit-breaker], the healthy tasks of an early success [DG:early-success-criteria], the
 * computed desired count of a task set [API:TaskSet.computedDesiredCount]. */
#ifndef MODELS_ECS_PERCENTAGE_H
#define MODELS_ECS_PERCENTAGE_H

#include <stdint.h>

int64_t percent_rounded_up(int64_t tasks, int64_t percent);

#endif
