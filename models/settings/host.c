/* Ways of building a host: its table, and what follows for its agent (host.h). */
#include "models/settings/tables.h"
#include <stdlib.h>
#include <string.h>

/* --- tables ----------------------------------------------------------------------------------- */

const char *const settings_host_kinds[] = {[HOST_KIND_NOT_SAID] = "",
                                           [HOST_KIND_ECS_OPTIMIZED] = "ecs-optimized",
                                           [HOST_KIND_BESPOKE] = "bespoke",
                                           NULL};
const char *const settings_agent_flags[] = {
    [AGENT_FLAG_NOT_SAID] = "", [AGENT_FLAG_FALSE] = "false", [AGENT_FLAG_TRUE] = "true", NULL};

enum { MOST_RESTARTS = 1000000 };

static bool read_most(const char *text, int64_t *most)
{
    char *end;
    *most = strtoll(text, &end, 10);
    return end > text && *end == '\0' && *most >= 0 && *most <= MOST_RESTARTS;
}

static const char *parse_restart(struct arena *arena, const char *text, void *field, size_t *where)
{
    static const char *const policies[] = {[KEEPER_NO] = "no",
                                           [KEEPER_ON_FAILURE] = "on-failure",
                                           [KEEPER_ALWAYS] = "always",
                                           [KEEPER_UNLESS_STOPPED] = "unless-stopped"};
    static const char limited[] = "on-failure:";
    struct agent_restart_settings *restart = field;
    *restart = (struct agent_restart_settings){KEEPER_NO, ABSENT};
    *where = 0;
    for (int keeper = KEEPER_NO; keeper <= KEEPER_UNLESS_STOPPED; keeper++)
        if (!strcmp(text, policies[keeper])) {
            restart->keeper = (enum agent_keeper)keeper;
            return NULL;
        }
    restart->keeper = KEEPER_ON_FAILURE;
    if (!strncmp(text, limited, strlen(limited)) && read_most(text + strlen(limited), &restart->most)) {
        if (!restart->most)
            restart->most = ABSENT; /* as Docker reads it */
        return NULL;
    }
    return arena_format(arena,
                        "`%s` is no restart policy of Docker: no, on-failure, on-failure:10, always or "
                        "unless-stopped",
                        text);
}

#define OF struct docker_run_settings
static const struct param docker_run_params[] = {
    {.key = "restart",
     .type = PARAM_PARSED,
     .offset = PARAM_OFFSET(OF, restart, struct agent_restart_settings),
     .fallback = "no",
     .parse = parse_restart,
     .meaning = "whether Docker starts the agent again: no, on-failure, on-failure:N, always, "
                "unless-stopped [Docker: restart policies]"},
    ROW("volume", TEXTS, volumes,
        "what the agent sees of the host; without /var/run/docker.sock:/var/run/docker.sock it cannot start"),
    PARAM_END,
};
#undef OF

const struct shape docker_run_shape = {
    .name = "docker run of the agent",
    .size = sizeof(struct docker_run_settings),
    .params = docker_run_params,
};

/* --- what a host can do ----------------------------------------------------------------------- */

/* [AGENT:README.md; AGENT:ecs-init/docker/docker.go] */
static const unsigned drivers_of_agent = CAPABILITY_BIT(LOGGING_JSON_FILE) | CAPABILITY_BIT(LOGGING_NONE);
static const unsigned drivers_of_ecs_init = CAPABILITY_BIT(LOGGING_JSON_FILE) |
                                            CAPABILITY_BIT(LOGGING_SYSLOG) | CAPABILITY_BIT(LOGGING_AWSLOGS) |
                                            CAPABILITY_BIT(LOGGING_FLUENTD) | CAPABILITY_BIT(LOGGING_NONE);

/* The agent's file has a JSON list, ["json-file", "awslogs"]; YAML has its own. */
static unsigned drivers_of_text(struct mistakes *mistakes, const void *config, const char *text)
{
    static const char between[] = "[]\", ";
    unsigned drivers = 0;
    for (text += strspn(text, between); *text; text += strspn(text, between)) {
        size_t length = strcspn(text, between);
        const char *name = arena_copy(mistakes_arena(mistakes), text, length);
        enum capability driver = capability_of_logging_driver(name);
        if (driver == CAPABILITY_COUNT)
            mistake(
                mistakes, config, "ECS_AVAILABLE_LOGGING_DRIVERS",
                "`%s` is no log driver: json-file, syslog, journald, gelf, fluentd, awslogs, splunk or none",
                name);
        else
            drivers |= 1u << driver;
        text += length;
    }
    return drivers;
}

static unsigned logging_drivers(struct mistakes *mistakes, const struct ecs_config_settings *config,
                                bool bespoke)
{
    unsigned drivers = 0;
    if (!config->agent.logging_drivers.count)
        return bespoke ? drivers_of_agent : drivers_of_ecs_init;
    EACH_TEXT(text, config->agent.logging_drivers)
        drivers |= drivers_of_text(mistakes, config, *text);
    return drivers;
}

static unsigned if_set(int flag, bool bespoke, unsigned capability)
{
    bool set = flag == AGENT_FLAG_TRUE || (flag == AGENT_FLAG_NOT_SAID && !bespoke);
    return set ? capability : 0;
}

static unsigned capabilities_of(struct mistakes *mistakes, const struct host_simulation_settings *simulation)
{
    const struct agent_settings *agent = &simulation->ecs_config.agent;
    bool bespoke = simulation->host.kind == HOST_KIND_BESPOKE;
    unsigned drivers = logging_drivers(mistakes, &simulation->ecs_config, bespoke);
    if (simulation->host.kind == HOST_KIND_NOT_SAID)
        return ALL_CAPABILITIES;
    return drivers | if_set(agent->task_iam_role, bespoke, CAPABILITY_BIT(TASK_IAM_ROLE)) |
           if_set(agent->task_iam_role_network_host, bespoke, CAPABILITY_BIT(TASK_IAM_ROLE_NETWORK_HOST)) |
           if_set(agent->task_eni, bespoke, CAPABILITY_BIT(TASK_ENI)) |
           if_set(agent->awslogs_execution_role, bespoke, CAPABILITY_BIT(EXECUTION_ROLE_AWSLOGS));
}

/* --- what its agent is told ------------------------------------------------------------------- */

/* The socket itself, or its folder. */
static bool mounts_docker(const struct list *volumes)
{
    static const char *const sources[] = {"/var/run/docker.sock", "/run/docker.sock", "/var/run", "/run"};
    EACH_TEXT(volume, *volumes) {
        for (size_t i = 0; *volume && i < sizeof sources / sizeof *sources; i++)
            if (strcspn(*volume, ":") == strlen(sources[i]) &&
                !strncmp(*volume, sources[i], strlen(sources[i])))
                return true;
    }
    return false;
}

static const char *own_cluster(const struct ecs_settings *settings)
{
    return settings->cluster.name ? settings->cluster.name : "default";
}

static void derive_bespoke(const struct agent_settings *agent, struct host_settings *host)
{
    static const struct docker_run_settings bare = {.restart = {KEEPER_NO, ABSENT}};
    const struct docker_run_settings *run = host->docker_run ? host->docker_run : &bare;
    host->cluster = agent->cluster ? agent->cluster : "default";
    host->restart = run->restart;
    host->reaches_docker = mounts_docker(&run->volumes);
    host->keeps_state = agent->data_folder && *agent->data_folder;
}

static void derive_with_ecs_init(const struct agent_settings *agent, const struct ecs_settings *settings,
                                 struct host_settings *host)
{
    host->cluster = agent->cluster ? agent->cluster : own_cluster(settings);
    host->restart = (struct agent_restart_settings){KEEPER_ECS_INIT, ABSENT};
    host->reaches_docker = true;
    host->keeps_state = !agent->data_folder || *agent->data_folder;
}

/* --- what a person should see ----------------------------------------------------------------- */

static void warn_about_joining(struct mistakes *mistakes, const struct ecs_settings *settings,
                               const struct host_simulation_settings *simulation)
{
    const struct host_settings *host = &simulation->host;
    if (!host->reaches_docker)
        warn(
            mistakes, simulation, NULL,
            "without --volume=/var/run/docker.sock:/var/run/docker.sock the agent cannot start, so this host "
            "never appears in the cluster");
    else if (simulation->ecs_config.agent.cluster)
        warn(mistakes, &simulation->ecs_config, "ECS_CLUSTER",
             "the agent registers into the cluster `%s`, so this host never appears in `%s`", host->cluster,
             own_cluster(settings));
    else
        warn(mistakes, simulation, NULL,
             "ECS_CLUSTER is not set, so the agent registers into the cluster `default`, and this host never "
             "appears in `%s`",
             own_cluster(settings));
}

static void warn_about_ends(struct mistakes *mistakes, const struct host_simulation_settings *simulation)
{
    if (!simulation->host.keeps_state)
        warn(
            mistakes, simulation, NULL,
            "ECS_DATADIR is not set, so an agent that is started again registers its host as a new container "
            "instance, and knows nothing of its tasks");
    if (simulation->host.restart.keeper == KEEPER_NO)
        warn(mistakes, simulation, NULL, "without --restart the agent stays away once it has ended");
}

void settings_derive_host(struct mistakes *mistakes, const struct ecs_settings *settings,
                          struct host_simulation_settings *simulation)
{
    struct host_settings *host = &simulation->host;
    const struct agent_settings *agent = &simulation->ecs_config.agent;
    if (host->kind == HOST_KIND_BESPOKE)
        derive_bespoke(agent, host);
    else
        derive_with_ecs_init(agent, settings, host);
    host->joins = host->reaches_docker && !strcmp(host->cluster, own_cluster(settings));
    host->capabilities = capabilities_of(mistakes, simulation);
    if (host->kind != HOST_KIND_BESPOKE && host->docker_run)
        mistake(mistakes, simulation, "dockerRun",
                "dockerRun is how a bespoke host runs its agent: `host: bespoke`");
    if (host->joins)
        warn_about_ends(mistakes, simulation);
    else
        warn_about_joining(mistakes, settings, simulation);
}
