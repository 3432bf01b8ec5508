/* What a task on Fargate costs: by vCPU and memory, for each second from the pull of its images until it has
 * stopped, a minute at least. On-Demand price of Linux in us-east-1. [Fargate pricing] */
#ifndef MODELS_ECS_FARGATE_PRICE_H
#define MODELS_ECS_FARGATE_PRICE_H

#include "models/settings/settings.h"

/* Billionths of a dollar, rounded down; a second that has begun counts. */
int64_t fargate_price(int64_t cpu_units, int64_t memory_mib, enum cpu_architecture, simtime lived);

#endif
