/* Metrics of target groups. [ELB:load-balancer-cloudwatch-metrics]
 *
 * What is asked of a service comes through all of its load balancers at once: each of its target groups
 * counts it. AWS has the metrics of the group's load balancer and zones beside these. */
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/metric/samplers.h"

static bool is_registered(const struct service *service, const struct target_counts *counts)
{
    for (int i = 0; i < service->registration_count; i++)
        if (service->registrations[i].counts == counts)
            return true;
    return false;
}

/* What the services of a group got in the minute. */
struct traffic {
    __int128 requests;      /* millionths */
    int64_t whole_requests; /* those that have come to an end, so that the minutes add up */
    __int128 routed_time;   /* targets * us */
};

static void add(struct traffic *sum, const struct load_period *period)
{
    sum->requests += period->usage.requests;
    sum->whole_requests += (int64_t)(period->total_at_end.requests / MILLION -
                                     (period->total_at_end.requests - period->usage.requests) / MILLION);
    sum->routed_time += period->usage.routed_time;
}

static struct traffic traffic_of(struct world *world, uint32_t group)
{
    struct traffic sum = {0};
    for (const struct target_counts *each = world->target_counts[group]; each; each = each->next_of_group)
        if (is_registered(each->service, each))
            add(&sum, load_period(world, each->service, RESOLUTION_MINUTE));
    return sum;
}

/* Each request is a sample of 1: Sum counts them. Without any there is no point. */
struct metric_point request_count(struct world *world, uint32_t group)
{
    int64_t requests = traffic_of(world, group).whole_requests;
    return (struct metric_point){requests * MILLION, MILLION, MILLION, requests};
}

/* Minutes of whole requests are alike. */
simtime request_count_steady_until(const struct world *world, uint32_t group, simtime from)
{
    for (const struct target_counts *each = world->target_counts[group]; each; each = each->next_of_group)
        if (each->service->load->periods[RESOLUTION_MINUTE].usage.requests % MILLION)
            return from;
    return SIMTIME_NEVER;
}

/* A mean already: every statistic is the same. Targets without requests make a true zero, so that a service
 * may be scaled to nothing. [AAS:target-tracking considerations] */
struct metric_point request_count_per_target(struct world *world, uint32_t group)
{
    struct traffic traffic = traffic_of(world, group);
    if (!traffic.routed_time)
        return (struct metric_point){0};
    return point_of(metric_bounded(traffic.requests * SIMTIME_MINUTE / traffic.routed_time));
}

static struct metric_point targets_in(const struct world *world, uint32_t group, enum target_state state)
{
    int64_t registered = 0, in_state = 0;
    for (const struct target_counts *each = world->target_counts[group]; each; each = each->next_of_group) {
        registered += each->in[TARGET_INITIAL] + each->in[TARGET_HEALTHY] + each->in[TARGET_UNHEALTHY];
        in_state += each->in[state];
    }
    return registered ? point_of(in_state * MILLION) : (struct metric_point){0};
}

struct metric_point healthy_host_count(struct world *world, uint32_t group)
{
    return targets_in(world, group, TARGET_HEALTHY);
}

struct metric_point unhealthy_host_count(struct world *world, uint32_t group)
{
    return targets_in(world, group, TARGET_UNHEALTHY);
}
