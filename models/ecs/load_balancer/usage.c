#include "models/ecs/load_balancer/usage.h"

void usage_add(struct usage *sum, const struct usage *one)
{
    sum->requests += one->requests;
    sum->served += one->served;
    sum->failed += one->failed;
    sum->cpu_used += one->cpu_used;
    sum->cpu_reserved += one->cpu_reserved;
    sum->memory_used += one->memory_used;
    sum->memory_reserved += one->memory_reserved;
    sum->routed_time += one->routed_time;
    sum->present_time += one->present_time;
}

struct usage usage_since(const struct usage *now, const struct usage *before)
{
    return (struct usage){
        .requests = now->requests - before->requests,
        .served = now->served - before->served,
        .failed = now->failed - before->failed,
        .cpu_used = now->cpu_used - before->cpu_used,
        .cpu_reserved = now->cpu_reserved - before->cpu_reserved,
        .memory_used = now->memory_used - before->memory_used,
        .memory_reserved = now->memory_reserved - before->memory_reserved,
        .routed_time = now->routed_time - before->routed_time,
        .present_time = now->present_time - before->present_time,
    };
}
