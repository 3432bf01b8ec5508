/* timing: every latency of the modelled world. A default names its source, or says that it is a choice. */
#include "models/settings/tables.h"

#define OF struct timing_settings
static const struct param timing_params[] = {
    ROW("serviceTick", DURATION, service_tick,
        "period of the service scheduler; 0s acts at once (default: service events of real logs fall on a "
        "grid of about 10 s)",
        DEFAULT("10s")),
    PARAM_DIST("instanceRunning", OF, instance_running, "17s",
               "from the launch request until EC2 says `running`, at the latest when the host is ACTIVE "
               "(default: 16.4 to 17.8 s measured from `pending` on; a choice to leave out the 2.5 to 4.8 s "
               "until the API had answered)"),
    PARAM_DIST("instanceLaunch", OF, instance_launch, "30s",
               "from the launch request until the host is ACTIVE (default: a choice, the 22 to 26 s "
               "measured until a host can be logged in to, and some more for the agent's start)"),
    PARAM_DIST("warmStartStopped", OF, warm_start_stopped, "21.2s",
               "from a Stopped warm pool until the host is InService and ACTIVE (default: measured for the "
               "start of a stopped instance, without the agent's)"),
    PARAM_DIST("warmStartRunning", OF, warm_start_running, "1.9s",
               "from a Running warm pool until the host is InService and ACTIVE (default: measured for "
               "an instance that runs already)"),
    PARAM_DIST("warmStartHibernated", OF, warm_start_hibernated, "20.7s",
               "from a Hibernated warm pool until the host is InService and ACTIVE (default: measured for "
               "the start of a hibernated instance, without the agent's)"),
    PARAM_DIST("instanceBoot", OF, instance_boot, "25s",
               "a host that comes back: until its agent is connected (default: 22 to 26 s measured for an "
               "EC2 start)"),
    ROW("agentDisconnectNotice", DURATION, agent_disconnect_notice,
        "from a silent agent until agentConnected is false (default: the agent's socket deadline, 2 x 1 min "
        "+ 1 min)",
        DEFAULT("3m")),
    ROW("agentStart", DURATION, agent_start,
        "from the start of an agent's process, by ecs-init or Docker, until it is connected (default: a "
        "choice)",
        DEFAULT("5s"), RANGE(0, SIMTIME_DAY)),
    PARAM_DIST(
        "agentSession", OF, agent_session, "30m",
        "from the withdrawal of an instance role until its agents connect anew and are refused (default: "
        "the agent's 30 to 35 min between planned reconnects [AGENT:ecs-agent/acs/session/session.go])"),
    ROW("agentReconnect", DURATION, agent_reconnect,
        "from the network's return until agentConnected is true (default: a choice within the agent's "
        "backoff of 250 ms to 2 min)",
        DEFAULT("30s"), RANGE(250 * SIMTIME_MILLISECOND, 366 * SIMTIME_DAY)),
    ROW("statusCheckPatience", DURATION, status_check_patience,
        "from a dead host until its Auto Scaling group replaces it (default: the \"few minutes\" of the EC2 "
        "Auto Scaling guide)",
        DEFAULT("3m")),
    PARAM_DIST(
        "provisioningTimeout", OF, provisioning_timeout, "20m",
        "a task that waits in PROVISIONING for a host of its capacity provider is STOPPED after this "
        "(default: a choice, the middle of the 10 to 30 minutes that AWS tells [blog: ECS cluster auto "
        "scaling])"),
    PARAM_DIST("eniAttach", OF, eni_attach, "10s",
               "awsvpc: until the network interface is attached (default: measured tasks on EC2)"),
    PARAM_DIST("eniDetach", OF, eni_detach, "3s",
               "awsvpc: until the network interface is detached (default: a choice)"),
    PARAM_DIST("trunkAttach", OF, trunk_attach, "10s",
               "awsvpcTrunking: a container instance is REGISTERING until its trunk is attached (default: a "
               "choice, as eniAttach)"),
    PARAM_DIST(
        "trunkDetach", OF, trunk_detach, "3s",
        "awsvpcTrunking: a container instance is DEREGISTERING until its trunk is detached (default: a "
        "choice, as eniDetach)"),
    PARAM_DIST("taskDispatch", OF, task_dispatch, "1.2s",
               "from placement until the agent begins (default: median of measured tasks)"),
    PARAM_DIST("imagePull", OF, image_pull, "3.8s",
               "pull of a task's images that are not on the host (default: median of measured tasks)"),
    PARAM_DIST("imagePullCached", OF, image_pull_cached, "100ms",
               "pull of images that are on the host (default: 0.05 to 0.46 s measured)"),
    ROW_BYTES("pullBandwidth", pull.bandwidth, settings_parse_bandwidth,
              "at which a host pulls listed images at most (default: a choice within the 10 to 60 MB/s that "
              "measured pulls leave open)",
              DEFAULT("30MB/s")),
    ROW_BYTES("fargatePullBandwidth", pull.fargate_bandwidth, settings_parse_bandwidth,
              "at which a task on Fargate does (default: 413 MB in some 40 s, measured)", DEFAULT("10MB/s")),
    ROW_BYTES("registryBandwidth", pull.registry_bandwidth, settings_parse_bandwidth,
              "what a registry gives to all hosts together (default: a choice; none publishes it)",
              DEFAULT("1GB/s")),
    PARAM_DIST("containerStart", OF, container_start, "1s",
               "from the last image to RUNNING (default: median of measured tasks)"),
    PARAM_DIST(
        "fargateProvisioning", OF, fargate_provisioning, "13.7s",
        "Fargate: from the task's creation until its pull begins (default: median of 11 measured tasks of "
        "one container, 10.0 to 24.4 s)"),
    PARAM_DIST("fargateImagePull", OF, fargate_image_pull, "9.2s",
               "Fargate: pull of a task's images, never cached (default: median of 20 measured tasks of one "
               "container, 0.6 to 25.5 s)"),
    PARAM_DIST(
        "fargateContainerStart", OF, fargate_container_start, "2.6s",
        "Fargate: from the last image to RUNNING (default: median of 16 measured tasks of one container, "
        "0.5 to 17.1 s)"),
    PARAM_DIST(
        "fargateDeprovisioning", OF, fargate_deprovisioning, "8.6s",
        "Fargate: from the containers' end to STOPPED (default: median of 6 measured tasks, 18.6 s from "
        "STOPPING to STOPPED, less the 10 s of stopTime)"),
    ROW("targetsAwaitTick", FLAG, targets_await_tick,
        "a task's targets are registered at the scheduler's first tick from RUNNING on, and deregistered at "
        "the "
        "tick after the decision to stop it; false: with RUNNING, and with the decision (default: yes, as "
        "service events of real logs show)",
        DEFAULT("true")),
    ROW("healthReport", DURATION, health_report,
        "from the check that changes a container's health until ECS, and the containers that wait for it, "
        "know "
        "(default: a choice; the agent publishes its metrics every 20 s, and whether health goes with them "
        "is "
        "not said)",
        DEFAULT("0s"), RANGE(0, SIMTIME_DAY)),
    ROW("healthyWithoutChecks", DURATION, healthy_without_checks,
        "RUNNING for so long, a task without any check counts as healthy (default: 40 s "
        "[API:DeploymentConfiguration])",
        DEFAULT("40s")),
    ROW("launchBackoff", DURATION, launch_backoff,
        "after a task that failed to start, the next is launched so much later; doubled with each launch in "
        "a row that has failed (default: a choice, one tick of the scheduler)",
        DEFAULT("10s"), RANGE(0, SIMTIME_DAY)),
    ROW("launchBackoffMost", DURATION, launch_backoff_most,
        "and at most so much later (default: 27 minutes [DG:service-throttle-logic])", DEFAULT("27m"),
        RANGE(0, SIMTIME_DAY)),
    ROW("deploymentBake", DURATION, deployment_bake,
        "bake time of a rolling deployment with alarms, where bakeTimeInMinutes does not say (default: a "
        "choice "
        "below the 5 minutes under which ECS computes it from the alarms [DG:deployment-alarm-failure])",
        DEFAULT("3m"), RANGE(0, SIMTIME_DAY)),
    ROW("steadyStateRepeat", DURATION, steady_state_repeat,
        "the steady-state message is repeated, and others are no longer suppressed, after this (default: 6 h "
        "were observed)",
        DEFAULT("6h"), RANGE(SIMTIME_MILLISECOND, 366 * SIMTIME_DAY)),
    ROW("groupRetry", DURATION, group_retry, "a refused launch is tried again after this (default: a choice)",
        DEFAULT("1m"), RANGE(SIMTIME_MILLISECOND, 366 * SIMTIME_DAY)),
    ROW("rebalanceRecommendation", DURATION, rebalance_recommendation,
        "from EC2's recommendation to rebalance a Spot host until its interruption notice, where a group has "
        "capacityRebalance (default: a choice; AWS says that it can come before the notice, or along with it "
        "[EAS capacity-rebalancing])",
        DEFAULT("10m"), RANGE(0, 366 * SIMTIME_DAY)),
    ROW("rebalancingDelay", DURATION, rebalancing_delay,
        "a service that is steady and not balanced across zones is rebalanced after this (default: a choice; "
        "AWS says that it comes after the steady state)",
        DEFAULT("1m")),
    ROW("metricDelay", DURATION, metric_delay,
        "from the end of a minute until alarms and policies see its point, of the metrics of ECS, load "
        "balancers, EC2 and of custom ones (default: the 363 s that AWS announced in June 2026 from a step "
        "of "
        "the load to the scale-out, less three one-minute points)",
        DEFAULT("183s"), RANGE(0, SIMTIME_DAY)),
    ROW("highResolutionMetricDelay", DURATION, high_resolution_metric_delay,
        "and from the end of 20 seconds, of metrics of high resolution (default: the 86 s of the same "
        "announcement, less three points of 20 s)",
        DEFAULT("26s"), RANGE(0, SIMTIME_DAY)),
    ROW("managedScalingDelay", DURATION, managed_scaling_delay,
        "and of CapacityProviderReservation (default: a choice, the middle of the up to 60 s until its alarm "
        "acts)",
        DEFAULT("30s"), RANGE(0, SIMTIME_DAY)),
    PARAM_DIST("ebsAttach", OF, ebs_attach, "10s",
               "until an EBS volume is attached, and made where it is new (default: a choice, as eniAttach)"),
    PARAM_DIST("ebsDetach", OF, ebs_detach, "5s",
               "until it is detached, and can be attached elsewhere (default: a choice)"),
    PARAM_DIST("efsMount", OF, efs_mount, "1s", "until an EFS file system is mounted (default: a choice)"),
    ROW("volumeTimeout", DURATION, volume_timeout,
        "a task whose volume does not come has failed after this (default: 5 minutes "
        "[AGENT:agent/dockerclient/timeout.go]; of volumes that ECS attaches a choice)",
        DEFAULT("5m"), RANGE(0, SIMTIME_DAY)),
    ROW("downloadPerSecond", MEMORY, download_per_second_mib,
        "what one task downloads in a second (default: the 85 MB/s that S3's guide expects of one request "
        "[S3 "
        "optimizing-performance-design-patterns])",
        DEFAULT("81MiB"), RANGE(1, MOST_MEMORY_MIB)),
    PARAM_END,
};
#undef OF

const struct shape timing_shape = {
    .name = "timing",
    .size = sizeof(struct timing_settings),
    .params = timing_params,
};
