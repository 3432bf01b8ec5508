/* What takes the points of metrics, one function per line of metrics.def. */
#ifndef MODELS_ECS_SAMPLERS_H
#define MODELS_ECS_SAMPLERS_H

#include "models/ecs/metric/metric.h"

metric_sampler service_cpu_point, service_memory_point, service_cpu_20s_point, service_memory_20s_point;
metric_sampler requests_per_target_point;
metric_sampler capacity_provider_reservation_point;

#endif
