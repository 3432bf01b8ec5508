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

static __int128 repeated(__int128 sum, __int128 then, int64_t times)
{
    return sum + (sum - then) * times;
}

void usage_repeat(struct usage *sum, const struct usage *then, int64_t times)
{
    *sum = (struct usage){
        .requests = repeated(sum->requests, then->requests, times),
        .served = repeated(sum->served, then->served, times),
        .failed = repeated(sum->failed, then->failed, times),
        .cpu_used = repeated(sum->cpu_used, then->cpu_used, times),
        .cpu_reserved = repeated(sum->cpu_reserved, then->cpu_reserved, times),
        .memory_used = repeated(sum->memory_used, then->memory_used, times),
        .memory_reserved = repeated(sum->memory_reserved, then->memory_reserved, times),
        .routed_time = repeated(sum->routed_time, then->routed_time, times),
        .present_time = repeated(sum->present_time, then->present_time, times),
    };
}
