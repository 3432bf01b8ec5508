/* Which tasks of a service to move between zones: the decision behind Availability Zone rebalancing. Pure.
 *
 * Each zone should have the desired count divided by the zones, the remainder one each
 * [DG:service-rebalancing]; so a service is balanced if no two zones differ by more than one task. A step
 * starts tasks in the poorest zone and, once they are healthy, stops as many in the richest. Which zones have
 * the remainder is left as it is (AWS does not say): a zone is filled up to the share and emptied down to the
 * share and one.
 *
 * Zones without an eligible host, or on Fargate those that refuse launches, do not count. Equals are taken in
 * the order of the scenario. Protected tasks stay where they are: the richest zone is one that has others. */
#ifndef MODELS_ECS_ZONE_REBALANCING_H
#define MODELS_ECS_ZONE_REBALANCING_H

#include <stdbool.h>
#include <stdint.h>

/* A service in one zone. */
struct zone_share {
    bool has_hosts;         /* that are eligible (service_placement.h) */
    bool launches;          /* on Fargate: it takes launches */
    int64_t tasks, guarded; /* desired status RUNNING; of these, protected from being stopped */
};

bool zone_takes_tasks(const struct zone_share *);

struct zone_step {
    int64_t tasks; /* to be moved; 0: none is to be, or none can be */
    uint32_t from, to;
    bool guarded; /* the service is unbalanced, and only protected tasks could be moved */
};

/* At most `most` tasks at once, as many as may exist beyond the desired count. */
struct zone_step zone_rebalancing_step(const struct zone_share *, uint32_t count, int64_t most);

#endif
