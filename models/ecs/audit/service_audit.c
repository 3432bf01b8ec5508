#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/image/image_mix.h"
#include "models/ecs/image/pull_parts.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/eligible_hosts.h"
#include "models/ecs/task/task.h"
#include <string.h>

/* Each task that is wanted is at a provider of its deployment's strategy, or at none where there is none. */
static void audit_providers(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older) {
        int64_t alive = each->strategy->count ? each->alive : 0;
        for (int i = 0; i < each->strategy->count; i++)
            alive -= each->alive_of[each->strategy->items[i].provider->index];
        CHECK(alive == 0);
    }
}

static int64_t count_draining(const struct deployment *deployment)
{
    int64_t count = 0;
    for (const struct task *task = deployment->first; task; task = task->next_in_deployment)
        count += !task->stopping && task->instance && task->instance->status == INSTANCE_DRAINING;
    return count;
}

static void audit_zone(const struct world *world, const struct service *service, uint32_t zone)
{
    struct zone_share share = {0};
    int64_t hosts = 0;
    for (uint32_t i = 0; i < world->host_count; i++)
        hosts += world->hosts[i] && world->hosts[i]->zone->index == zone &&
                 eligible_hosts_have(service->eligible, i);
    for (struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment) {
            if (task_zone(task) != &world->zones[zone] || task->stopping)
                continue;
            share.tasks++;
            share.guarded += task_share(task).guarded;
        }
    CHECK(hosts == service->eligible->in_zone[zone] && service->zones[zone].has_hosts == (hosts > 0) &&
          share.tasks == service->zones[zone].tasks && share.guarded == service->zones[zone].guarded);
    CHECK(service->zones[zone].launches ==
          (capacity_is_fargate(service->strategy) &&
           fargate_launches_in(&world->zones[zone], service->eligible->wishes.zones)));
}

/* A daemon's task is alone on its host, though several may still stop there of the REPLICA service that had
 * its name before; it wants as many tasks as it has eligible hosts; what is kept for its missing tasks is
 * kept. */
static void audit_daemon(const struct world *world, const struct service *service)
{
    CHECK(!service->exists || service->desired_count == service->eligible->count);
    for (uint32_t i = 0; i < world->host_count; i++) {
        int tasks = 0, alive = 0;
        for (const struct task *task = world->hosts[i] ? world->hosts[i]->first_task : NULL; task;
             task = task->next_on_instance) {
            tasks += task->service == service;
            alive += task->service == service && !task->stopping;
        }
        bool lacks = service->exists && eligible_hosts_have(service->eligible, i) && !alive;
        const struct task_definition *kept =
            i < service->daemon->kept_capacity ? service->daemon->kept[i] : NULL;
        CHECK(!alive || tasks == 1);
        CHECK(kept == (lacks ? service->primary->definition : NULL));
    }
}

/* Placement knows where tasks are that may be stopped. */
static void audit_losable(const struct deployment *deployment, const struct container_instance *host)
{
    int64_t losable = 0;
    for (const struct task *task = host->first_task; task; task = task->next_on_instance) {
        struct task_share share = task_share(task);
        losable += task->deployment == deployment && (share.pending || share.running) && !share.unhealthy &&
                   !share.guarded;
    }
    CHECK(losable == placement_tally_of(deployment->losable, host->placement));
}

static void audit_where(const struct world *world, const struct service *service)
{
    if (!service->primary)
        return;
    for (uint32_t i = 0; i < world->zone_count; i++)
        audit_zone(world, service, i);
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (uint32_t i = 0; i < world->host_count; i++)
            if (world->hosts[i])
                audit_losable(each, world->hosts[i]);
    if (service->daemon)
        audit_daemon(world, service);
}

static void audit_holding(const struct service *service)
{
    struct holding held = {0};
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment) {
            bool holds = task->instance && task->last_status != TASK_STOPPED;
            held.tasks += holds;
            held.cpu += holds ? task->definition->settings->reserved_cpu : 0;
            held.memory_mib += holds ? task->definition->settings->reserved_memory_mib : 0;
        }
    CHECK(!memcmp(&held, &service->held, sizeof held));
}

/* The images of RUNNING tasks, as the service has counted them. */
static void audit_mix(const struct service *service)
{
    int64_t running = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            for (int i = 0; task_share(task).running && i < task->definition->container_count; i++)
                running += pull_image(task, i) != NULL;
    CHECK(running == image_mix_running(service));
}

static void audit_counts(const struct service *service)
{
    struct task_counts all = {0};
    for (struct deployment *each = service->primary; each; each = each->older) {
        struct task_counts counts = audit_tasks(each->first, each);
        CHECK(counts.pending == each->pending && counts.running == each->running &&
              counts.healthy == each->healthy && counts.stopping == each->stopping);
        CHECK(each->alive == each->pending + each->running);
        CHECK(each->healthy + each->unhealthy + each->ailing <= each->running);
        CHECK(each->hopeless <= each->unhealthy && each->guarded <= each->alive - each->unhealthy &&
              each->guarded_healthy <= each->guarded && each->guarded_healthy <= each->healthy);
        CHECK(each->draining.alive == count_draining(each));
        all.pending += counts.pending;
        all.running += counts.running;
        all.healthy += counts.healthy;
        all.serving += counts.serving;
        all.stopping += counts.stopping;
    }
    CHECK(all.pending == service->counts.pending && all.running == service->counts.running &&
          all.healthy == service->counts.healthy && all.serving == service->counts.serving &&
          all.stopping == service->counts.stopping);
}

void audit_service(const struct world *world, const struct service *service)
{
    audit_mix(service);
    audit_holding(service);
    audit_counts(service);
    audit_providers(service);
    audit_where(world, service);
}
#endif
