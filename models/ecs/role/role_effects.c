/* What becomes of those who have a role, at once, when it is withdrawn or given back. */
#include "models/ecs/events.h"
#include "models/ecs/instance/host_agent.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/role/role.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/container.h"
#include <stdlib.h>
#include <string.h>

/* --- agents ----------------------------------------------------------------------------------- */

static void tell_hosts(struct world *world, const char *role)
{
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            host_agent_role_changed(world, world->hosts[i], role);
    for (struct container_instance *each = world->first_launching, *next; each; each = next) {
        next = each->next_launching;
        if (each->placement == PLACEMENT_NONE)
            host_agent_role_changed(world, each, role);
    }
}

/* --- containers ------------------------------------------------------------------------------- */

struct refs {
    pool_ref *items;
    size_t count;
};

static void add_tasks(struct refs *refs, const struct task *first, const char *role)
{
    for (const struct task *task = first; task; task = task->next_in_deployment) {
        const char *own = task->definition->settings->task_role;
        if (!own || strcmp(own, role))
            continue;
        refs->items = memory_grow(refs->items, refs->count + 1, sizeof *refs->items);
        refs->items[refs->count++] = task->ref;
    }
}

/* Whatever they were doing, their next call is denied. */
static void deny_containers(struct world *world, const char *role)
{
    struct refs refs = {0};
    for (uint32_t i = 0; i < world->service_count; i++)
        for (const struct deployment *each = world->services[i].primary; each; each = each->older)
            add_tasks(&refs, each->first, role);
    for (uint32_t i = 0; i < world->family_count; i++)
        add_tasks(&refs, world->families[i].first, role);
    for (size_t i = 0; i < refs.count; i++) {
        struct task *task = pool_find(&world->tasks, refs.items[i]);
        if (task)
            containers_are_denied(world, task);
    }
    free(refs.items);
}

/* --- all -------------------------------------------------------------------------------------- */

void role_changed(struct world *world, const char *name)
{
    tell_hosts(world, name);
    if (!role_allows(world, name))
        deny_containers(world, name);
    for (uint32_t i = 0; i < world->service_count; i++)
        if (world->services[i].exists)
            service_wake(world, &world->services[i]);
}
