/* What the fleet costs, and for whom.
 *
 * The cost of a host is divided over the tasks on it as AWS divides it: by what they reserve, where a vCPU
 * weighs as much as 9 GB of memory [CUR:example-split-cost-allocation-data]. The whole is what the host has
 * registered. AWS takes what is used where that is more than what is reserved; here it is always what is
 * reserved, since that is what nobody else can have. What nobody reserves is the fleet's idle cost, and so
 * are the rest of a host's first minute, where it ends earlier and is billed whole, and what is lost by
 * rounding each task's part down to a billionth of a dollar. GPUs do not weigh.
 *
 * INVARIANT, once the run is over: the costs of all services (on hosts and on Fargate), of standalone tasks
 * and of idleness add up to the cost of the fleet; and so do those by instance type and market, with
 * Fargate's.
 *
 * All in billionths of a dollar. */
#ifndef MODELS_ECS_COST_H
#define MODELS_ECS_COST_H

#include "sim/engine/simtime.h"
#include <stdint.h>

struct world;
struct task;
struct container_instance;
struct instance_type;

/* Of a service, or of all standalone tasks: of those that are gone. */
struct owner_cost {
    __int128 on_hosts, on_fargate;
};

/* Hosts of one type and market that are gone. */
struct type_cost {
    const struct instance_type *type;
    int market; /* enum market */
    int64_t instances;
    __int128 time; /* us, while EC2 said that they were running */
    __int128 cost;
};

struct ledger {
    __int128 hosts, fargate; /* of those that are gone */
    __int128 reserved;       /* of the cost of hosts, what tasks had reserved */
    struct owner_cost standalone;
    struct type_cost *types; /* by name of the type, then by market */
    size_t type_count;
};

/* What weighs how much: CPU units and MiB, on both sides of a division. */
int64_t cost_weight(int64_t cpu, int64_t memory_mib);
/* The part of a cost that a weight has of a whole, which is not less; rounded down. */
int64_t cost_part(int64_t cost, int64_t weight, int64_t whole);

/* Of a task on a host: its part of the host's cost from its placement until `until`, the host's end, or, once
 * it reserves nothing any more, its stop. */
int64_t cost_of_reservation(const struct task *, simtime until);

/* The task reserves nothing on its host any more, or the run is over. */
void cost_reservation_ends(struct world *, const struct task *);
/* A task on Fargate has stopped, or the run is over. */
void cost_fargate_ends(struct world *, const struct task *);
void cost_instance_ends(struct world *, const struct container_instance *);
void cost_instance_stops(struct world *, const struct container_instance *); /* and will run again */

__int128 cost_in_all(const struct world *);
__int128 cost_idle(const struct world *);
simtime cost_instance_time(const struct world *); /* while EC2 said running, summed over hosts */
int64_t cost_instances(const struct world *);

void cost_free(struct world *);

#endif
