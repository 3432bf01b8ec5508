/* The EC2 instance types that can be container instances: what they offer and cost.
 *
 * Sources, type by type joined on the name:
 *   vcpu, gpus, arch        kubernetes/autoscaler, ec2_instance_types.go at 55c37cd5eb (list of 2026-01-22)
 *   max_enis                aws/amazon-vpc-cni-k8s, vpc_ip_resource_limit.go at b52188387
 *   trunking                Amazon ECS developer guide, container-instance-eni (April 2023; newer types are
 * unknown) memory_mib              vantage-sh/ec2instances.info, manually_fetched_data.json at 4ef36cd2 price
 * aws/karpenter-provider-aws, zz_generated.pricing_aws.go at 1d927085d (2026-07-20), us-east-1, Linux CPU
 * units are 1,024 per vCPU [DG:cloudwatch-metrics]. */
#ifndef MODELS_SETTINGS_INSTANCE_TYPES_H
#define MODELS_SETTINGS_INSTANCE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct instance_type {
    const char *name; /* "m5.large" */
    const char *arch; /* "amd64", "arm64" */
    int64_t vcpu, cpu_units;
    int64_t memory_mib; /* as the operating system sees it: what the agent registers [DG:memory-management] */
    bool memory_estimated; /* nobody measured it: 0.95 of what is sold */
    int64_t gpus;
    int64_t max_enis; /* a task in awsvpc mode needs one, and the host keeps one: max_enis - 1 tasks without
                         trunking */
    int64_t awsvpc_tasks_with_trunking; /* -1: unknown. T types cannot trunk: max_enis - 1
                                           [DG:container-instance-eni] */
    int64_t price;                      /* billionths of a dollar per hour On-Demand; -1: unknown */
};

extern const struct instance_type instance_types[]; /* in order of name */
extern const size_t instance_type_count;

const struct instance_type *instance_type_find(const char *name); /* NULL if unknown */
const char *instance_type_nearest(const char *name);              /* what was probably meant, or NULL */

#endif
