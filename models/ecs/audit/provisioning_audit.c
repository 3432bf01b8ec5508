#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/capacity/provisioning.h"

/* Each task without a host waits at its provider, none too many, and none that need not. */
void audit_provisioning(struct world *world)
{
    int64_t waiting = 0;
    for (uint32_t i = 0; i < world->provider_count; i++) {
        const struct capacity_provider *provider = &world->providers[i];
        int64_t count = 0;
        for (const struct task *task = provider->waiting.first; task; task = task->wait.next) {
            CHECK(!task->instance && !task->stopping && task->last_status == TASK_PROVISIONING &&
                  task->provider == provider && task->life_event);
            CHECK(!task->wait.next || task->wait.next->created_at >= task->created_at);
            CHECK(provider->waiting.event || !provisioning_has_host(world, task));
            count++;
        }
        CHECK(count == provider->waiting.count && (!count || provider->scaling));
        waiting += count;
    }
    CHECK(waiting == world->provisioning.count &&
          waiting <= world->settings->quotas.provisioning_tasks_per_cluster);
}

static int64_t count_without_host(const struct task *first)
{
    int64_t count = 0;
    for (const struct task *task = first; task; task = task->next_in_deployment)
        count += !task->instance && !task->stopping;
    return count;
}

void audit_tasks_without_host(const struct world *world)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < world->service_count; i++)
        for (const struct deployment *each = world->services[i].primary; each; each = each->older)
            count += count_without_host(each->first);
    for (uint32_t i = 0; i < world->family_count; i++)
        count += count_without_host(world->families[i].first);
    CHECK(count == world->provisioning.count);
}
#endif
