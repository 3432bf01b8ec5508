#include "models/ecs/audit/audit.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/audit/subjects.h"

void audit(struct world *world)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        audit_service(world, &world->services[i]);
        audit_load(&world->services[i]);
    }
    audit_jobs(world);
    audit_task_loads(world);
    for (uint32_t i = 0; i < world->family_count; i++)
        audit_tasks(world->families[i].first, NULL);
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            audit_host(world, world->hosts[i]);
    audit_launching(world);
    for (uint32_t i = 0; i < world->group_count; i++)
        audit_group(world, &world->groups[i]);
    for (size_t i = 0; i < world->spot_market.pool_count; i++)
        audit_spot_pool(world, &world->spot_market.pools[i]);
    audit_scaling(world);
    audit_volumes(world);
    audit_fargate(world);
    audit_provisioning(world);
    audit_tasks_without_host(world);
}

/* Nobody has reserved more than there was, and every sum is the whole. */
void audit_costs(const struct world *world)
{
    const struct ledger *ledger = &world->ledger;
    __int128 on_hosts = ledger->standalone.on_hosts, on_fargate = ledger->standalone.on_fargate, by_type = 0;
    for (uint32_t i = 0; i < world->service_count; i++) {
        on_hosts += world->services[i].cost.on_hosts;
        on_fargate += world->services[i].cost.on_fargate;
    }
    for (size_t i = 0; i < ledger->type_count; i++)
        by_type += ledger->types[i].cost;
    CHECK(by_type == ledger->hosts);
    CHECK(on_fargate == ledger->fargate);
    CHECK(on_hosts == ledger->reserved && cost_idle(world) >= 0);
}
#endif
