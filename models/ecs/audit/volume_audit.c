#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT

static int64_t users_on(const struct container_instance *host, const struct ebs_volume *volume)
{
    int64_t users = 0;
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        for (size_t i = 0; task->volumes && i < task->definition->volumes->count; i++)
            users += task->volumes->held[i].volume == volume && !task->volumes->held[i].was_taken;
    return users;
}

/* Books that were left behind may outlive their machine. */
static bool is_attached(const struct ebs_volume *volume, const struct container_instance *host)
{
    const struct container_instance *machine = host->agent.is_left ? host->agent.machine : host;
    return host->zone == volume->zone && (!machine || machine->ref == volume->instance);
}

/* An EBS volume is mounted by tasks of one machine, in its zone. */
static void audit_ebs_volume(const struct world *world, const struct ebs_volume *volume)
{
    int64_t users = 0;
    for (uint32_t i = 0; i < world->host_count; i++) {
        int64_t here = world->hosts[i] ? users_on(world->hosts[i], volume) : 0;
        CHECK(!here || is_attached(volume, world->hosts[i]));
        users += here;
    }
    CHECK(users == volume->users);
}

void audit_volumes(const struct world *world)
{
    for (const struct ebs_volume *each = world->volumes ? world->volumes->first : NULL; each;
         each = each->next)
        audit_ebs_volume(world, each);
}
#endif
