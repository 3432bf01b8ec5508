#include "models/ecs/service/parts.h"

static void add_part(struct parts *parts, struct deployment *deployment, struct revision_counts counts)
{
    CHECK(parts->count < MOST_PARTS);
    parts->deployments[parts->count] = deployment;
    parts->counts[parts->count++] = counts;
}

static void add_staying_part(struct parts *parts, struct deployment *deployment)
{
    add_part(parts, deployment,
             (struct revision_counts){
                 .failed = deployment->state == STATE_FAILED,
                 .desired = deployment->desired,
                 .alive = deployment->alive - deployment->draining.alive,
                 .healthy = deployment->healthy - deployment->draining.healthy,
                 .unhealthy = deployment->unhealthy - deployment->draining.unhealthy,
                 .hopeless = deployment->hopeless - deployment->draining.hopeless,
                 .ailing = deployment->ailing - deployment->draining.ailing,
                 .guarded = deployment->guarded - deployment->draining.guarded,
                 .guarded_healthy = deployment->guarded_healthy - deployment->draining.guarded_healthy,
             });
}

static void add_draining_part(struct parts *parts, struct deployment *deployment)
{
    if (deployment->draining.alive)
        add_part(parts, deployment,
                 (struct revision_counts){
                     .draining = true,
                     .alive = deployment->draining.alive,
                     .healthy = deployment->draining.healthy,
                     .unhealthy = deployment->draining.unhealthy,
                     .hopeless = deployment->draining.hopeless,
                     .ailing = deployment->draining.ailing,
                     .guarded = deployment->draining.guarded,
                     .guarded_healthy = deployment->draining.guarded_healthy,
                 });
}

void parts_list(const struct service *service, struct parts *parts)
{
    parts->count = 0;
    for (struct deployment *each = service->primary; each; each = each->older)
        if (each->status != DEPLOYMENT_INACTIVE)
            add_staying_part(parts, each);
    parts->counts[0].desired += service->rebalancing.surplus;
    if (service->daemon)
        return;
    for (struct deployment *each = service->primary; each; each = each->older)
        if (each->status != DEPLOYMENT_INACTIVE)
            add_draining_part(parts, each);
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
