#include "models/ecs/service/parts.h"
#include "models/ecs/deployment/staged_deployment.h"

static struct revision_counts draining_counts(const struct deployment *deployment)
{
    return (struct revision_counts){
        .draining = true,
        .alive = deployment->draining.alive,
        .healthy = deployment->draining.healthy,
        .unhealthy = deployment->draining.unhealthy,
        .hopeless = deployment->draining.hopeless,
        .ailing = deployment->draining.ailing,
        .guarded = deployment->draining.guarded,
        .guarded_healthy = deployment->draining.guarded_healthy,
    };
}

static struct revision_counts staying_counts(const struct deployment *deployment)
{
    return (struct revision_counts){
        .failed = deployment->state == STATE_FAILED,
        .desired = deployment->desired,
        .alive = deployment->alive - deployment->draining.alive,
        .healthy = deployment->healthy - deployment->draining.healthy,
        .unhealthy = deployment->unhealthy - deployment->draining.unhealthy,
        .hopeless = deployment->hopeless - deployment->draining.hopeless,
        .ailing = deployment->ailing - deployment->draining.ailing,
        .guarded = deployment->guarded - deployment->draining.guarded,
        .guarded_healthy = deployment->guarded_healthy - deployment->draining.guarded_healthy,
    };
}

struct revision_counts part_counts(const struct deployment *deployment, bool draining)
{
    return draining ? draining_counts(deployment) : staying_counts(deployment);
}

static void add_part(struct parts *parts, struct deployment *deployment, bool draining)
{
    CHECK(parts->count < MOST_PARTS);
    parts->deployments[parts->count] = deployment;
    parts->counts[parts->count++] = part_counts(deployment, draining);
}

void parts_list(const struct service *service, struct parts *parts)
{
    parts->count = 0;
    for (struct deployment *each = service->primary; each; each = each->older)
        if (each->status != DEPLOYMENT_INACTIVE)
            add_part(parts, each, false);
    parts->counts[0].desired += service->rebalancing.surplus;
    if (service->daemon)
        return;
    for (struct deployment *each = service->primary; each; each = each->older)
        if (each->status != DEPLOYMENT_INACTIVE && each->draining.alive)
            add_part(parts, each, true);
}

/* A daemon's stopping tasks hold back only their own hosts. */
static int64_t count_stopping(const struct service *service)
{
    bool counts = service->settings->simulation.stopping_counts && !service->daemon;
    return counts ? service->counts.stopping : 0;
}

struct rollout_view parts_view(const struct service *service, struct parts *parts)
{
    parts_list(service, parts);
    struct rollout_view view = {
        .minimum_healthy = rollout_minimum(service->desired_count, service->minimum_healthy_percent),
        .maximum_total = rollout_maximum(service->desired_count, service->maximum_percent),
        .stopping = count_stopping(service),
        .leaving = service->counts.stopping,
        .revisions = parts->counts,
        .count = parts->count,
    };
    staged_deployment_ask(service, parts->deployments, parts->counts, &view);
    return view;
}

bool part_has(const struct part *part, struct task_share share)
{
    return (share.pending || share.running) && share.draining == part->draining;
}

bool part_may_lose(const struct part *part, const struct task *task)
{
    struct task_share share = task_share(task);
    return part_has(part, share) && !share.unhealthy && !share.guarded &&
           (!part->zone || part->zone == task_zone(task)) &&
           (!part->provider || part->provider == task->provider);
}
