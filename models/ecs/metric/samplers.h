/* What takes the points of metrics, one function per line of metrics.def. */
#ifndef MODELS_ECS_SAMPLERS_H
#define MODELS_ECS_SAMPLERS_H

#include "models/ecs/metric/metric.h"

metric_sampler cluster_cpu_reservation, cluster_memory_reservation, cluster_gpu_reservation;
metric_sampler cluster_cpu, cluster_memory;
metric_sampler service_cpu, service_memory, service_cpu_20s, service_memory_20s;
metric_sampler request_count, request_count_per_target, healthy_host_count, unhealthy_host_count;
metric_sampler group_cpu, group_desired_capacity, group_in_service_instances, group_pending_instances,
    group_terminating_instances, group_total_instances;
metric_sampler insights_container_instances, insights_services, insights_tasks;
metric_sampler insights_cluster_cpu_reserved, insights_cluster_cpu_utilized, insights_cluster_memory_reserved,
    insights_cluster_memory_utilized;
metric_sampler insights_desired_tasks, insights_running_tasks, insights_pending_tasks, insights_deployments;
metric_sampler insights_service_cpu_reserved, insights_service_cpu_utilized, insights_service_memory_reserved,
    insights_service_memory_utilized;
metric_sampler custom_metric;
metric_sampler capacity_provider_reservation_point;

/* Until when points stay what they are, of metrics that time alone changes: sampling_steady_until(). */
typedef simtime metric_steadiness(const struct world *, uint32_t subject, simtime from);
metric_steadiness request_count_steady_until, group_cpu_steady_until, custom_metric_steady_until;

/* No value is greater than a million million, so that it fits 64 bits. */
static inline int64_t metric_bounded(__int128 value)
{
    const int64_t greatest = MILLION * MILLION * MILLION;
    return value < greatest ? (int64_t)value : greatest;
}

/* One sample of this value, millionths. */
static inline struct metric_point point_of(int64_t value)
{
    return (struct metric_point){value, value, value, 1};
}

#endif
