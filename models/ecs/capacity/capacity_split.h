/* To which capacity provider the next task goes, and from which one goes when one must: a pure function of
 * the strategy and of how many tasks each provider has. [API:CapacityProviderStrategyItem]
 *
 * The base is filled first, then tasks are shared in proportion to the weights; a provider of weight 0 gets
 * none, whatever its base. Settled where AWS is silent: the task goes where the shares come closest to the
 * weights (the least (2 n + 1) / weight, n the provider's tasks beyond its base), the first of the strategy
 * among equals; and what is taken away is what was given last, so that a service that shrinks keeps its
 * split. Tasks of providers of weight 0, which an earlier strategy may have left, go first. */
#ifndef MODELS_ECS_CAPACITY_SPLIT_H
#define MODELS_ECS_CAPACITY_SPLIT_H

#include <stdint.h>

struct capacity_share {
    int64_t base, weight;
    int64_t tasks; /* that it has */
};

int capacity_gains(const struct capacity_share *, int count); /* -1 if every weight is 0 */
int capacity_loses(const struct capacity_share *, int count); /* -1 if none has a task */

#endif
