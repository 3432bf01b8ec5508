#include "models/ecs/instance/host_agent.h"
#include "models/ecs/events.h"
#include "models/ecs/instance/agent_restart.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/results/rows.h"

static const struct host_settings *host_of(const struct container_instance *instance)
{
    return &instance->simulation->host;
}

static void tell(struct world *world, const struct container_instance *instance, const char *what)
{
    row_mark(world, NULL, "failure", arena_format(world->arena, "%s %s", instance->name, what));
}

/* --- registration ----------------------------------------------------------------------------- */

/* NULL: it is. */
static const char *why_not_in_cluster(struct world *world, const struct container_instance *instance)
{
    const struct host_settings *host = host_of(instance);
    if (host->joins)
        return NULL;
    if (!host->reaches_docker)
        return "is not in the cluster: its agent cannot reach Docker";
    return arena_format(world->arena, "is not in the cluster: its agent registered into `%s`", host->cluster);
}

bool host_agent_registers(struct world *world, struct container_instance *instance)
{
    const char *why_not = why_not_in_cluster(world, instance);
    if (why_not)
        tell(world, instance, why_not);
    else
        instance->agent.started_at = world->run->now;
    return !why_not;
}

void host_agents_begin(struct world *world)
{
    for (struct container_instance *each = world->first_launching; each; each = each->next_launching) {
        const char *why_not = why_not_in_cluster(world, each);
        if (each->running_at != SIMTIME_NEVER && why_not)
            tell(world, each, why_not);
    }
}

/* --- the end, and again ----------------------------------------------------------------------- */

static void start_again(struct world *world, struct container_instance *instance, simtime after)
{
    struct host_agent *agent = &instance->agent;
    bool ran = world->run->now - agent->started_at >= AGENT_RAN;
    agent->restarts++;
    agent->in_a_row = ran ? 0 : agent->in_a_row + 1;
    agent->started_at = simtime_after(world->run->now, after);
    run_cancel(world->run, &instance->next_event);
    instance->next_event =
        run_schedule(world->run, simtime_after(agent->started_at, world->settings->timing.agent_start),
                     PHASE_WORLD, EVENT_INSTANCE_READY, instance->ref, 0);
}

bool host_agent_ends(struct world *world, struct container_instance *instance, int64_t exit_code)
{
    const struct host_agent *agent = &instance->agent;
    bool ran = world->run->now - agent->started_at >= AGENT_RAN;
    struct agent_end end = {exit_code, agent->restarts, ran ? 0 : agent->in_a_row};
    simtime after = agent_restart_after(&host_of(instance)->restart, &end);
    instance_lose_agent(world, instance);
    instance->agent.is_new = true;
    if (after != SIMTIME_NEVER)
        start_again(world, instance, after);
    return after != SIMTIME_NEVER;
}

static void boot_without_agent(struct world *world, struct container_instance *instance)
{
    run_cancel(world->run, &instance->health.verdict);
    instance->host_up = true;
    instance->stopped = false;
    tell(world, instance, "is up again without its agent");
}

bool host_agent_is_back(struct world *world, struct container_instance *instance)
{
    bool has_agent = instance->host_up || agent_starts_at_boot(&host_of(instance)->restart);
    instance->agent.is_new |= !instance->host_up;
    if (!has_agent)
        boot_without_agent(world, instance);
    return has_agent;
}
