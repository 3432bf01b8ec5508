#include "models/ecs/instance/host_agent.h"
#include "models/ecs/events.h"
#include "models/ecs/instance/agent_restart.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/role/role.h"
#include <string.h>

static const struct host_settings *host_of(const struct container_instance *instance)
{
    return &instance->simulation->host;
}

static void tell(struct world *world, const struct container_instance *instance, const char *what)
{
    row_mark(world, NULL, "failure", arena_format(world->arena, "%s %s", instance->name, what));
}

/* --- registration ----------------------------------------------------------------------------- */

/* NULL: none that the scenario names. */
static const char *role_of(const struct container_instance *instance)
{
    const char *own = host_of(instance)->instance_profile.name;
    return own ? own : instance->origin.instance_profile;
}

/* As the agent's log says it. [AGENT:ecs-agent/api/ecs/client] */
static const char *why_barred(struct world *world, const char *role)
{
    return arena_format(
        world->arena,
        "is not in the cluster: Unable to register as a container instance with ECS: %s (role %s)",
        role_exists(world, role) ? "AccessDeniedException" : "NoCredentialProviders", role);
}

/* NULL: it is. */
static const char *why_not_in_cluster(struct world *world, const struct container_instance *instance)
{
    const struct host_settings *host = host_of(instance);
    if (host->joins && !role_allows(world, role_of(instance)))
        return why_barred(world, role_of(instance));
    if (host->joins)
        return NULL;
    if (!host->reaches_docker)
        return "is not in the cluster: its agent cannot reach Docker";
    return arena_format(world->arena, "is not in the cluster: its agent registered into `%s`", host->cluster);
}

static void note_attempt(struct world *world, struct container_instance *instance)
{
    instance->agent.barred = !role_allows(world, role_of(instance));
    instance->agent.barred_at = world->run->now;
}

bool host_agent_registers(struct world *world, struct container_instance *instance)
{
    const char *why_not = why_not_in_cluster(world, instance);
    note_attempt(world, instance);
    if (why_not)
        tell(world, instance, why_not);
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

static struct agent_end end_of(const struct host_agent *agent, simtime at, int64_t exit_code)
{
    bool ran = at - agent->started_at >= AGENT_RAN;
    return (struct agent_end){exit_code, agent->restarts, ran ? 0 : agent->in_a_row};
}

/* Connected `timing.agentStart` later. */
static void start_at(struct world *world, struct container_instance *instance, simtime at)
{
    instance->agent.started_at = at;
    run_cancel(world->run, &instance->next_event);
    instance->next_event = run_schedule(world->run, simtime_after(at, world->settings->timing.agent_start),
                                        PHASE_WORLD, EVENT_INSTANCE_READY, instance->ref, 0);
}

static void count_restart(struct host_agent *agent, const struct agent_end *end)
{
    bool waited = end->exit_code != AGENT_EXIT_UPGRADE;
    agent->restarts = end->restarts + 1;
    agent->in_a_row = end->in_a_row + waited;
}

bool host_agent_ends(struct world *world, struct container_instance *instance, int64_t exit_code)
{
    struct agent_end end = end_of(&instance->agent, world->run->now, exit_code);
    simtime after = agent_restart_after(&host_of(instance)->restart, &end);
    instance_lose_agent(world, instance);
    instance->agent.is_new = true;
    if (after == SIMTIME_NEVER)
        return false;
    count_restart(&instance->agent, &end);
    start_at(world, instance, simtime_after(world->run->now, after));
    return true;
}

void host_agent_is_started(struct world *world, struct container_instance *instance)
{
    struct host_agent *agent = &instance->agent;
    if (!instance->host_up || instance->agent_up || instance->next_event)
        return;
    agent->restarts = agent->in_a_row = 0;
    agent->is_new = true;
    start_at(world, instance, world->run->now);
}

static void boot_without_agent(struct world *world, struct container_instance *instance)
{
    run_cancel(world->run, &instance->health.verdict);
    instance->host_up = true;
    instance->stopped = false;
}

bool host_agent_is_back(struct world *world, struct container_instance *instance)
{
    struct host_agent *agent = &instance->agent;
    bool has_agent = instance->host_up || agent_starts_at_boot(&host_of(instance)->restart);
    if (!instance->host_up) { /* whoever keeps it has been started with the host */
        agent->is_new = true;
        agent->in_a_row = 0;
    }
    agent->refused = has_agent && !agent->is_new && !role_allows(world, role_of(instance));
    if (has_agent && agent->is_new)
        note_attempt(world, instance);
    if (has_agent && !agent->barred && !agent->refused)
        return true;
    boot_without_agent(world, instance);
    tell(world, instance,
         !has_agent ? "is up again without its agent" : why_barred(world, role_of(instance)));
    return false;
}

/* --- its role --------------------------------------------------------------------------------- */

static bool is_at_work(const struct container_instance *instance)
{
    return instance->agent_up && instance_is_registered(instance) && !instance_is_launching(instance);
}

static void is_withdrawn(struct world *world, struct container_instance *instance)
{
    if (!is_at_work(instance) || instance->agent.session_event)
        return;
    simtime left = run_draw(world->run, &world->settings->timing.agent_session, DRAW_AGENT_SESSION,
                            instance->who, (uint64_t)world->run->now);
    simtime at = simtime_after(world->run->now, left);
    if (at < SIMTIME_NEVER)
        instance->agent.session_event =
            run_schedule(world->run, at, PHASE_WORLD, EVENT_AGENT_SESSION_ENDS, instance->ref, 0);
}

static void try_again(struct world *world, struct container_instance *instance)
{
    struct host_agent *agent = &instance->agent;
    simtime attempt = world->settings->timing.agent_start;
    struct agent_end end = end_of(agent, agent->barred_at, AGENT_EXIT_ERROR);
    simtime next =
        agent_next_attempt(&host_of(instance)->restart, &end, attempt, world->run->now - agent->barred_at);
    agent->barred = false;
    if (next == SIMTIME_NEVER) {
        tell(world, instance, "has no agent any more: it has given up");
    } else if (!instance->next_event) {
        count_restart(agent, &end);
        start_at(world, instance, simtime_after(agent->barred_at, next - attempt));
    }
}

static void is_given_back(struct world *world, struct container_instance *instance)
{
    struct host_agent *agent = &instance->agent;
    run_cancel(world->run, &agent->session_event);
    if (agent->barred && instance->host_up)
        try_again(world, instance);
    else if (agent->refused && instance->host_up)
        instance_repair(world, instance);
    agent->refused = false;
}

void host_agent_role_changed(struct world *world, struct container_instance *instance, const char *role)
{
    const char *own = role_of(instance);
    if (own && !strcmp(own, role))
        (role_allows(world, role) ? is_given_back : is_withdrawn)(world, instance);
}

void host_agent_session_ends(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->agent.session_event = 0;
    if (!is_at_work(instance) || role_allows(world, role_of(instance)))
        return;
    instance->agent.refused = true;
    instance_lose_agent(world, instance);
    tell(world, instance, "has lost its agent: its role may not connect it anew");
}
