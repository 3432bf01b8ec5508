/* Ways of building a host: what its agent is told, and who starts the agent again.
 *
 * The ECS-optimized image brings ecs-init, which gives the agent what it needs and starts it again whenever
 * it ends, but where it ended for good. On a bespoke host a person runs the agent as a container, and what
 * that person forgets has the default of the agent or of Docker. So under `host: bespoke` what is not written
 * is forgotten:
 *
 *   - ECS_CLUSTER: the agent registers into the cluster `default` [AGENT:README.md]
 *   - ECS_DATADIR: it keeps no state, so that started anew it registers as a new container instance, and
 *     its tasks live on unknown to it (registration.h) [AGENT:README.md; aws/amazon-ecs-agent#73, #125]
 *   - dockerRun.restart: once it has ended it stays away [Docker: restart policies]
 *   - dockerRun.volume of the Docker socket: it cannot reach Docker, and ends at once
 *   - ECS_ENABLE_TASK_IAM_ROLE and other flags: the host lacks the capability (capabilities.h), and tasks
 *     that need it are not placed on it [AGENT:README.md]
 *
 * A host of neither kind, as all are by default, has ecs-init and every capability, and shows none of them
 * among its attributes. */
#ifndef MODELS_SETTINGS_HOST_H
#define MODELS_SETTINGS_HOST_H

#include "models/settings/capabilities.h"
#include "models/settings/role.h"
#include "sim/engine/dist.h"
#include "sim/engine/param.h"

enum kind_of_host { HOST_KIND_NOT_SAID, HOST_KIND_ECS_OPTIMIZED, HOST_KIND_BESPOKE };

/* Who starts the agent again. [AGENT:ecs-init/engine/engine.go; Docker: restart policies] */
enum agent_keeper { KEEPER_ECS_INIT, KEEPER_NO, KEEPER_ON_FAILURE, KEEPER_ALWAYS, KEEPER_UNLESS_STOPPED };

struct agent_restart_settings { /* docker run --restart */
    enum agent_keeper keeper;
    int64_t most; /* on-failure:N, in all; ABSENT: without limit */
};

struct docker_run_settings {
    struct agent_restart_settings restart;
    struct list volumes; /* const char *: "/var/run/docker.sock:/var/run/docker.sock" */
};

enum agent_flag { AGENT_FLAG_NOT_SAID, AGENT_FLAG_FALSE, AGENT_FLAG_TRUE };

/* Of ecs.config, or of docker run --env: what depends on the kind of host where it is not said. */
struct agent_settings {
    const char *cluster, *data_folder;
    int task_iam_role, task_iam_role_network_host, task_eni, awslogs_execution_role; /* enum agent_flag */
    struct list logging_drivers;                                                     /* const char * */
};

struct host_settings {
    int kind;                                          /* enum kind_of_host */
    struct docker_run_settings *docker_run;            /* NULL: nothing of it is said */
    struct instance_profile_settings instance_profile; /* not named: the launch template's */
    struct dist launch, boot;                          /* not given: timing's */
    /* derived */
    const char *cluster; /* into which it registers */
    struct agent_restart_settings restart;
    unsigned capabilities;
    bool reaches_docker, keeps_state;
    bool joins; /* it is to become a container instance of the scenario's cluster */
};

#endif
