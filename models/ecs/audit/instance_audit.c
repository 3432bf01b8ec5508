#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/instance/container_instance.h"

/* What a host has left behind is in the books of ECS, and nothing in EC2. */
static void audit_left(const struct container_instance *instance)
{
    CHECK(!instance->agent.is_left || (instance->terminated_at != SIMTIME_NEVER && !instance->host_up &&
                                       !instance->agent_up && !instance->agent.first_left));
    for (const struct container_instance *left = instance->agent.first_left; left;
         left = left->agent.next_left)
        CHECK(left->agent.is_left && left->agent.machine == instance && left->status != INSTANCE_INACTIVE);
}

/* What ECS has promised of the host, and what is really held there, stay within what it has; no port is held
 * twice. */
void audit_host(const struct world *world, const struct container_instance *instance)
{
    audit_images(world, instance);
    audit_disk(world, instance);
    audit_left(instance);
    const struct placement_facts *facts = placement_see(world->placement, instance->placement);
    int64_t cpu = 0, memory = 0, gpus = 0, held_cpu = 0, held_memory = 0, held_gpus = 0, enis = 0;
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance) {
        const struct task_definition_settings *settings = task->definition->settings;
        CHECK(task->instance == instance && task->last_status != TASK_STOPPED);
        enis += settings->network_mode == NETWORK_AWSVPC;
        cpu += task->stopping ? 0 : settings->reserved_cpu;
        memory += task->stopping ? 0 : settings->reserved_memory_mib;
        gpus += task->stopping ? 0 : settings->reserved_gpus;
        held_gpus += task->begun ? settings->reserved_gpus : 0;
        held_cpu += task->begun ? settings->reserved_cpu : 0;
        held_memory += task->begun ? settings->reserved_memory_mib : 0;
    }
    CHECK(facts->cpu == instance->registered_cpu - cpu && facts->cpu >= 0);
    CHECK(facts->memory_mib == instance->registered_memory_mib - memory && facts->memory_mib >= 0);
    CHECK(facts->enis == instance->registered_enis - enis && facts->enis >= 0);
    CHECK(facts->gpus == instance->registered_gpus - gpus && facts->gpus >= 0);
    CHECK(held_gpus == instance->held_gpus && held_gpus <= instance->registered_gpus);
    CHECK(held_cpu == instance->held_cpu && held_cpu <= instance->registered_cpu);
    CHECK(held_memory == instance->held_memory_mib && held_memory <= instance->registered_memory_mib);
    for (size_t i = 0; i < facts->port_count; i++)
        for (size_t j = i + 1; j < facts->port_count; j++)
            CHECK(facts->ports[i].port != facts->ports[j].port ||
                  facts->ports[i].protocol != facts->ports[j].protocol);
}

/* Each machine on Fargate has one task. */
void audit_fargate(const struct world *world)
{
    for (const struct container_instance *each = world->fargate.first; each; each = each->next_in_group) {
        const struct task *task = each->first_task;
        CHECK(each->fargate && task && task == each->last_task && task->instance == each);
        CHECK(each->next_in_group ? each->next_in_group->previous_in_group == each
                                  : world->fargate.last == each);
        CHECK(each->held_cpu == (task->begun ? each->registered_cpu : 0));
    }
}

void audit_launching(const struct world *world)
{
    for (const struct container_instance *each = world->first_launching; each; each = each->next_launching) {
        CHECK(instance_is_launching(each) && each->terminated_at == SIMTIME_NEVER && !each->first_task);
        CHECK(each->next_launching ? each->next_launching->previous_launching == each
                                   : world->last_launching == each);
    }
}
#endif
