/* What a scenario says, as the reader binds it: one struct per AWS shape, in AWS's words. Read-only once
 * bound.
 *
 * Durations are microseconds, memory MiB, CPU units of 1/1024 vCPU, decimals millionths. A field that was not
 * given is ABSENT, NULL or empty where no default is named. The tables that fill these structs are in the
 * files beside this one. */
#ifndef MODELS_SETTINGS_SETTINGS_H
#define MODELS_SETTINGS_SETTINGS_H

#include "models/placement/placement.h"
#include "models/scaling/scaling.h"
#include "models/settings/auto_scaling_group.h"
#include "models/settings/by_name.h"
#include "models/settings/host.h"
#include "models/settings/housekeeping.h"
#include "models/settings/image.h"
#include "models/settings/instance_types.h"
#include "models/settings/launch_plan.h"
#include "models/settings/logs.h"
#include "models/settings/maintenance.h"
#include "models/settings/metrics.h"
#include "models/settings/role.h"
#include "models/settings/volume.h"
#include "models/trigger/trigger.h"
#include "models/workload/workload.h"
#include "sim/engine/run.h"
#include "sim/engine/symbol.h"

struct ecs_settings;
struct schedule; /* models/scaling/schedule.h */

/* --- task definitions ------------------------------------------------------------------------- */

enum { MOST_CONTAINERS = 10 }; /* of a task definition [GR] */

struct port_mapping_settings {
    int64_t container_port, host_port; /* host_port 0: dynamic */
    int protocol;                      /* enum port_protocol */
};

struct container_health_check_settings { /* [API:HealthCheck] */
    struct list command;
    simtime interval, timeout, start_period;
    int64_t retries;
};

enum container_condition { /* [API:ContainerCondition] */
                           CONDITION_START,
                           CONDITION_COMPLETE,
                           CONDITION_SUCCESS,
                           CONDITION_HEALTHY,
                           CONDITION_COUNT,
};

struct container_dependency_settings { /* [API:ContainerDependency] */
    const char *container;
    int condition; /* enum container_condition */
};

struct ignored_exit_code_settings {
    int64_t exit_code;
};

struct restart_policy_settings { /* [API:ContainerRestartPolicy] */
    bool enabled;
    struct list ignored_exit_codes; /* struct ignored_exit_code_settings */
    simtime attempt_period;
};

/* How one container behaves, where that is not what its task definition says. */
struct container_simulation_settings {
    struct dist startup, runtime, unhealthy_after, stop_time;
    int64_t exit_code;
    bool never_healthy;
    struct log_writing_settings writing;
    bool needs_task_role; /* it exits where that may not what it is for */
};

enum requirement { REQUIRES_GPU, REQUIRES_INFERENCE_ACCELERATOR };

struct resource_requirement_settings { /* [API:ResourceRequirement] */
    int type;                          /* enum requirement */
    const char *value;
    int64_t gpus; /* derived */
};

struct container_settings { /* [API:ContainerDefinition] */
    const char *name, *image;
    int64_t cpu, memory_mib, memory_reservation_mib;
    bool essential;
    struct list port_mappings; /* struct port_mapping_settings */
    struct list links;
    struct container_health_check_settings *health_check;
    struct list depends_on; /* struct container_dependency_settings */
    simtime start_timeout, stop_timeout;
    struct restart_policy_settings *restart_policy;
    struct container_simulation_settings *simulation;
    bool has_secrets;
    bool version_consistency;          /* its tag is turned into a digest */
    struct list resource_requirements; /* struct resource_requirement_settings */
    struct repository_credentials_settings *repository_credentials;
    struct list mount_points; /* struct mount_point_settings */
    struct log_configuration_settings *log_configuration;
    /* derived */
    uint16_t after[CONDITION_COUNT]; /* the containers that it waits for, as bits by their index */
};

/* How the containers of a task behave; the part of a task definition that AWS cannot know. */
struct task_simulation_settings {
    struct dist startup, runtime, unhealthy_after, stop_time;
    int64_t exit_code;
    int64_t start_failure; /* probability, millionths */
    bool never_healthy;
    bool needs_task_role;    /* its first essential container does */
    int64_t digest_failures; /* attempts to turn tags into digests that fail */
    simtime cpu_per_request; /* time of one vCPU */
    int64_t cpu_idle, memory_idle_mib;
    int64_t memory_per_request;       /* MiB per request per second, millionths */
    int64_t most_requests_per_second; /* millionths */
    struct list downloads;            /* struct download_settings */
    struct log_writing_settings writing;
    struct task_disk_settings disk;
};

enum cpu_architecture { ARCHITECTURE_X86_64, ARCHITECTURE_ARM64 };

struct runtime_platform_settings {
    int cpu_architecture;
};

struct ephemeral_storage_settings {
    int64_t size_gib;
};

enum network_mode { NETWORK_BRIDGE, NETWORK_HOST, NETWORK_AWSVPC, NETWORK_NONE };

struct task_definition_settings { /* [API:RegisterTaskDefinitionRequest] */
    const char *family;
    int64_t revision;
    int network_mode;
    int64_t cpu, memory_mib;
    struct list containers; /* struct container_settings */
    struct list placement_constraints;
    struct list volumes;                  /* struct volume_settings */
    struct list requires_compatibilities; /* const char *: EC2, FARGATE, … */
    struct runtime_platform_settings runtime_platform;
    struct ephemeral_storage_settings ephemeral_storage;
    struct task_simulation_settings simulation;
    const char *task_role, *execution_role; /* NULL: none */
    /* derived */
    const char *name;      /* "WebApp:1" */
    unsigned capabilities; /* that its tasks need of a host */
    int64_t reserved_cpu, reserved_memory_mib, reserved_gpus;
    struct host_port *host_ports;
    size_t host_port_count;
    bool fargate_compatible;
};

/* --- networks --------------------------------------------------------------------------------- */

struct subnet_settings { /* [API ec2:DescribeSubnets] */
    const char *id, *availability_zone, *vpc_id;
};

struct awsvpc_configuration_settings { /* [API:AwsVpcConfiguration] */
    struct list subnets;               /* const char * */
    struct list availability_zones;    /* derived: const char *, those of the subnets; empty: any */
};

struct network_configuration_settings { /* [API:NetworkConfiguration] */
    struct awsvpc_configuration_settings awsvpc;
};

/* --- load balancers --------------------------------------------------------------------------- */

struct tag_settings { /* {key, value} */
    const char *key, *value;
};

struct target_group_settings { /* [API elbv2:CreateTargetGroup] */
    const char *name;
    simtime interval, timeout;
    int64_t healthy_threshold, unhealthy_threshold;
    int protocol, health_check_protocol;
    struct list attributes;                   /* struct tag_settings */
    simtime deregistration_delay, slow_start; /* derived */
    bool of_network_load_balancer;            /* derived */
};

struct classic_health_check_settings {
    simtime interval, timeout;
    int64_t healthy_threshold, unhealthy_threshold;
};

struct classic_listener_settings {
    int64_t load_balancer_port, instance_port;
};

struct classic_listener_description_settings {
    struct classic_listener_settings listener;
};

struct connection_draining_settings {
    bool enabled;
    simtime timeout;
};

struct classic_attributes_settings {
    struct connection_draining_settings connection_draining;
};

struct classic_load_balancer_settings { /* [API elb:DescribeLoadBalancers] */
    const char *name;
    struct classic_health_check_settings health_check;
    struct list listener_descriptions;
    struct classic_attributes_settings attributes;
};

/* --- where tasks run -------------------------------------------------------------------------- */

enum launch_type { LAUNCH_NOT_SAID, LAUNCH_EC2, LAUNCH_FARGATE, LAUNCH_EXTERNAL, LAUNCH_MANAGED_INSTANCES };
extern const char *const settings_launch_types[]; /* NULL-terminated */

enum {
    MOST_STRATEGY_ITEMS = 20,                                /* [API:CapacityProviderStrategyItem] */
    MOST_PROVIDERS_OF_CLUSTER = 20,                          /* [GR] */
    MOST_CAPACITY_PROVIDERS = MOST_PROVIDERS_OF_CLUSTER + 2, /* and Fargate's two */
};

struct capacity_provider_item_settings { /* [API:CapacityProviderStrategyItem] */
    const char *capacity_provider;
    int64_t base, weight;
};

/* Of a service or of RunTask: one of the two, or neither. */
struct capacity_settings {
    int launch_type;
    struct list strategy; /* struct capacity_provider_item_settings */
};

struct managed_scaling_settings { /* [API:ManagedScaling] */
    bool status;
    int64_t target_capacity;            /* percent of the running hosts that are to be needed */
    int64_t minimum_step, maximum_step; /* hosts that one scale-out adds */
    simtime warmup;
};

struct auto_scaling_group_provider_settings { /* [API:AutoScalingGroupProvider] */
    const char *auto_scaling_group;
    struct managed_scaling_settings managed_scaling;
    bool managed_termination_protection, managed_draining;
};

struct capacity_provider_simulation_settings {
    int64_t price_share; /* of FARGATE's price, millionths; ABSENT: unknown */
};

struct capacity_provider_settings { /* [API:CreateCapacityProviderRequest] */
    const char *name;
    struct auto_scaling_group_provider_settings *auto_scaling_group_provider;
    struct capacity_provider_simulation_settings simulation;
};

/* The items of the strategy that applies: its own, that of its launch type, or the cluster's default; none is
 * any host of the cluster. [API:CreateServiceRequest.launchType, .capacityProviderStrategy] */
const struct list *settings_strategy(const struct ecs_settings *, const struct capacity_settings *);
bool settings_is_fargate(const char *capacity_provider); /* FARGATE or FARGATE_SPOT */

/* The name of the jobs of an entry of `load` with a trigger; NULL where what it runs is itself a mistake. */
struct load_settings;
const char *settings_job_name(const struct ecs_settings *, const struct load_settings *);

/* --- services --------------------------------------------------------------------------------- */

struct advanced_configuration_settings { /* [API:AdvancedConfiguration] */
    const char *alternate_target_group, *production_listener_rule, *test_listener_rule;
};

enum { MOST_TARGET_GROUPS = 5 }; /* of a service [GR] */

struct service_load_balancer_settings {       /* [API:LoadBalancer] */
    const char *target_group, *load_balancer; /* one of the two */
    const char *container_name;
    int64_t container_port;
    struct advanced_configuration_settings advanced;
};

/* How a new revision comes in. [API:DeploymentConfiguration.strategy] */
enum deployment_strategy {
    STRATEGY_UNCHANGED, /* not said: what the service has, or ROLLING */
    STRATEGY_ROLLING,
    STRATEGY_BLUE_GREEN,
    STRATEGY_LINEAR,
    STRATEGY_CANARY,
};

/* The stages of a deployment that is no rolling one, in order. [DG:blue-green-deployment-how-it-works] */
enum lifecycle_stage {
    STAGE_RECONCILE_SERVICE,
    STAGE_PRE_SCALE_UP,
    STAGE_SCALE_UP,
    STAGE_POST_SCALE_UP,
    STAGE_TEST_TRAFFIC_SHIFT,
    STAGE_POST_TEST_TRAFFIC_SHIFT,
    STAGE_PRE_PRODUCTION_TRAFFIC_SHIFT,
    STAGE_PRODUCTION_TRAFFIC_SHIFT,
    STAGE_POST_PRODUCTION_TRAFFIC_SHIFT,
    STAGE_BAKE_TIME,
    STAGE_CLEAN_UP,
    STAGE_COUNT,
};
extern const char *const lifecycle_stage_names[]; /* NULL-terminated */

struct linear_configuration_settings { /* [API:LinearConfiguration] */
    int64_t step_percent;              /* millionths */
    simtime step_bake_time;
};

struct canary_configuration_settings { /* [API:CanaryConfiguration] */
    int64_t canary_percent;            /* millionths */
    simtime canary_bake_time;
};

enum hook_target_type { HOOK_AWS_LAMBDA, HOOK_PAUSE };
extern const char *const hook_target_types[]; /* NULL-terminated */
enum hook_action { HOOK_ACTION_ROLLBACK, HOOK_ACTION_CONTINUE };
extern const char *const hook_actions[]; /* NULL-terminated */

struct hook_timeout_settings {
    simtime timeout;
    int action; /* enum hook_action */
};

struct hook_simulation_settings {
    struct dist after;
    struct list outcomes; /* const char *: SUCCEEDED or FAILED, of each call in turn */
};

/* At most ten of each target type. [DG:pause-lifecycle-hooks] */
enum { MOST_HOOKS_OF_TYPE = 10, MOST_HOOKS = 2 * MOST_HOOKS_OF_TYPE };

struct lifecycle_hook_settings { /* [API:DeploymentLifecycleHook] */
    const char *target;
    int target_type; /* enum hook_target_type */
    struct list stage_names;
    struct hook_timeout_settings timeout;
    struct hook_simulation_settings simulation;
    unsigned stages; /* derived: a bit per enum lifecycle_stage */
};

/* Fields that are held as they are written, since only a change of them matters. */
enum configuration_field {
    CONFIGURATION_REGISTRIES,
    CONFIGURATION_SERVICE_CONNECT,
    CONFIGURATION_VOLUMES,
    CONFIGURATION_VPC_LATTICE,
    CONFIGURATION_PLATFORM_VERSION,
    CONFIGURATION_FIELDS,
};

enum breaker_threshold { THRESHOLD_BOUNDED_PERCENT, THRESHOLD_UNBOUNDED_PERCENT, THRESHOLD_COUNT };

struct threshold_settings { /* [API:ThresholdConfiguration] */
    int type;               /* enum breaker_threshold */
    int64_t value;          /* percent, or tasks */
};

struct circuit_breaker_settings { /* [API:DeploymentCircuitBreaker] */
    bool enable, rollback;
    bool resets_on_healthy_task;
    struct threshold_settings *threshold; /* NULL: AWS's default */
};

struct alarm_name_settings {
    const char *name;
};

struct deployment_alarms_settings { /* [API:DeploymentAlarms] */
    bool enable, rollback;
    struct list alarm_names; /* struct alarm_name_settings */
};

enum source_cleanup { CLEANUP_BLOCKING, CLEANUP_DEFERRED };

struct early_success_settings { /* [DG:early-success-criteria] */
    bool enable;
    int64_t healthy_percent;
    int cleanup; /* enum source_cleanup */
};

struct deployment_configuration_settings { /* ABSENT: what the service has, or 100 / 200
                                              [API:DeploymentConfiguration] */
    int64_t minimum_healthy_percent, maximum_percent;
    int strategy; /* enum deployment_strategy */
    struct linear_configuration_settings linear;
    struct canary_configuration_settings canary;
    struct list lifecycle_hooks; /* struct lifecycle_hook_settings; given if not empty */
    /* NULL or ABSENT: what the service has, or none */
    struct circuit_breaker_settings *circuit_breaker;
    struct deployment_alarms_settings *alarms;
    struct early_success_settings *early_success;
    simtime bake_time;
};

struct deployment_controller_settings {
    int type;
};

struct service_simulation_settings {
    bool stopping_counts;      /* towards maximumPercent */
    bool waits_for_digest;     /* whether other tasks wait until the first has resolved its images */
    int64_t rebalancing_batch; /* tasks; ABSENT: no limit */
};

enum scheduling_strategy { SCHEDULING_REPLICA, SCHEDULING_DAEMON };
enum rebalancing_choice { REBALANCING_NOT_GIVEN, REBALANCING_DISABLED, REBALANCING_ENABLED };

/* What a service is, as far as rebalancing it over zones depends on it. */
struct rebalancing_terms {
    bool daemon, classic; /* behind a Classic load balancer */
    int64_t maximum_percent;
    const struct list *strategies, *constraints;
};

/* Why AWS does not rebalance such a service, as it says it; NULL: it does. [DG:service-rebalancing] */
const char *settings_rebalancing_obstacle(const struct rebalancing_terms *);

struct service_settings { /* [API:CreateServiceRequest] */
    const char *name;
    const char *task_definition;
    const char *role; /* NULL: the service-linked one */
    int64_t desired_count;
    int scheduling_strategy;
    struct capacity_settings capacity;
    enum rebalancing_choice availability_zone_rebalancing;
    struct deployment_configuration_settings deployment_configuration;
    struct deployment_controller_settings deployment_controller;
    struct list placement_strategies, placement_constraints;
    struct list load_balancers; /* struct service_load_balancer_settings */
    const char *configuration[CONFIGURATION_FIELDS];
    struct network_configuration_settings network_configuration;
    simtime health_check_grace_period;
    struct monitoring_settings monitoring;
    struct service_simulation_settings simulation;
};

/* --- the fleet -------------------------------------------------------------------------------- */

/* A custom attribute of a host. */
struct pair {
    const char *key, *value;
};

struct ecs_config_settings {
    int64_t reserved_memory_mib;            /* ECS_RESERVED_MEMORY */
    struct list reserved_ports_written;     /* ECS_RESERVED_PORTS, texts */
    struct list reserved_udp_ports_written; /* ECS_RESERVED_PORTS_UDP, texts */
    bool spot_instance_draining;            /* ECS_ENABLE_SPOT_INSTANCE_DRAINING */
    simtime container_stop_timeout;         /* ECS_CONTAINER_STOP_TIMEOUT */
    bool warm_pools_check;                  /* ECS_WARM_POOLS_CHECK */
    struct agent_settings agent;
    int image_pull_behaviour; /* ECS_IMAGE_PULL_BEHAVIOR, enum pull_behaviour */
    struct housekeeping_settings housekeeping;
    struct list reserved_ports; /* derived: struct host_port */
};

struct host_simulation_settings {
    struct list attributes; /* struct pair */
    int market;             /* enum market */
    struct ecs_config_settings ecs_config;
    int64_t pull_bandwidth; /* bytes per second; 0: timing.pullBandwidth */
    int registry_login;     /* enum registry_login */
    struct host_settings host;
    struct host_disk_settings disk;
};

struct auto_scaling_group_settings { /* [API autoscaling:CreateAutoScalingGroup] */
    const char *name;
    const char *instance_type;
    int64_t min_size, max_size, desired_capacity;
    struct list availability_zones; /* const char *; empty: all */
    struct list instances;          /* struct group_instance_settings */
    struct launch_template_specification_settings *launch_template;
    struct mixed_instances_policy_settings *mixed_instances_policy;
    bool capacity_rebalance;
    struct group_behaviour_settings behaviour;
    simtime default_cooldown; /* after an activity, until simple scaling acts again */
    struct host_simulation_settings simulation;
    struct group_maintenance_settings maintenance;
    struct launch_plan plan; /* derived */
};

struct container_instance_settings { /* hosts outside any group */
    int64_t count;
    const char *instance_type;
    const char *availability_zone;
    const char *lifecycle;  /* "spot", or NULL */
    struct list attributes; /* struct pair */
    struct host_simulation_settings simulation;
    const struct instance_type *type; /* derived */
};

struct instance_type_settings { /* adds to the catalogue, or replaces */
    const char *name;
    int64_t vcpu, memory_mib, max_enis, awsvpc_tasks_with_trunking, gpus;
    int64_t price_per_hour;    /* dollars, millionths */
    struct instance_type type; /* derived */
};

struct cluster_settings {
    const char *name;
    struct list default_capacity_provider_strategy; /* struct capacity_provider_item_settings */
};

/* --- load and scaling ------------------------------------------------------------------------- */

struct run_task_settings { /* [API:RunTaskRequest] */
    const char *task_definition, *group;
    int64_t count;
    struct capacity_settings capacity;
    struct list placement_strategies, placement_constraints;
    struct network_configuration_settings network_configuration;
};

/* Tasks that are run by a trace. */
struct task_load_settings {
    struct run_task_settings run; /* first: the same keys fill it */
    struct arrivals *trace;       /* NULL: none, where there is a trigger */
};

enum job_arrivals { ARRIVALS_NOT_SAID, ARRIVALS_POISSON, ARRIVALS_REGULAR }; /* not said: poisson */

struct job_deadline_settings { /* since its arrival; ABSENT: none */
    simtime start_by, finish_by;
};

/* What a load with a trigger says beside its runTask. */
struct job_settings {
    const char *name; /* derived where it is not given: the family */
    struct trigger *trigger;
    int arrivals; /* enum job_arrivals */
    struct job_deadline_settings *deadline;
};

struct load_settings { /* requests to a service, tasks, or jobs that are to become tasks */
    const char *service;
    struct workload requests_per_second;
    const char *requests_of; /* instead: the service whose requests end up here, too; NULL: none */
    int64_t share;           /* so many for each of its own, millionths; ABSENT: 1 */
    struct task_load_settings *run_task;
    struct job_settings job;
};

int64_t load_share(const struct load_settings *); /* millionths */

struct suspended_state_settings { /* [API application-autoscaling:SuspendedState] */
    bool dynamic_scaling_in, dynamic_scaling_out, scheduled_scaling;
};

struct scalable_target_settings { /* [API application-autoscaling:RegisterScalableTarget] */
    const char *service;          /* from resourceId "service/demo/web" */
    int64_t min_capacity, max_capacity;
    const char *role; /* NULL: the service-linked one */
    struct suspended_state_settings suspended;
};

/* [API application-autoscaling:PutScalingPolicy, autoscaling:PutScalingPolicy] */
struct scaling_policy_settings {
    const char *name;
    const char *service, *auto_scaling_group; /* one of them is NULL */
    int policy_type;                          /* as written; 0: not */
    bool enabled;
    struct target_tracking *target_tracking;
    struct step_scaling *step_scaling;
    struct predictive_scaling *predictive;
    /* of a policy of a group */
    int adjustment_type; /* as written; 0: not */
    struct list step_adjustments;
    int64_t scaling_adjustment, min_adjustment_magnitude;
    int aggregation;
    simtime cooldown, estimated_instance_warmup;
    /* derived */
    struct chosen policy;             /* of scaling_policies; no variant: the policy does nothing */
    int64_t nth;                      /* of its resource, from 1 */
    struct metric_reference followed; /* its name METRIC_COUNT: none that is modelled */
    int statistic;                    /* enum statistic, of it */
};

struct scalable_target_action_settings {
    int64_t min_capacity, max_capacity;
};

/* [API application-autoscaling:PutScheduledAction, autoscaling:PutScheduledUpdateGroupAction] */
struct scheduled_action_settings {
    const char *name;
    const char *service, *auto_scaling_group; /* one of them is NULL */
    struct schedule *schedule;                /* NULL: once, at start_time */
    int64_t start_time_us, end_time_us;       /* since 1970 */
    const char *time_zone;
    struct scalable_target_action_settings *action;
    int64_t min_capacity, max_capacity, desired_capacity; /* ABSENT: as it is */
    int64_t nth;                                          /* derived: of its resource, from 1 */
};

/* The first time from `from_us` on at which it is due, or SCHEDULE_NEVER; all since 1970. */
int64_t scheduled_action_next(const struct scheduled_action_settings *, int64_t run_start_us,
                              int64_t from_us);

/* --- alarms ----------------------------------------------------------------------------------- */

extern const char *const alarm_state_names[]; /* NULL-terminated */

enum comparison {
    COMPARE_NOT_SAID,
    COMPARE_GREATER,
    COMPARE_GREATER_OR_EQUAL,
    COMPARE_LESS,
    COMPARE_LESS_OR_EQUAL,
    COMPARE_OUTSIDE_BAND, /* of an anomaly detector, as the next; not modelled */
    COMPARE_BELOW_BAND,
    COMPARE_ABOVE_BAND,
};

enum missing_data { MISSING_IS_MISSING, MISSING_IS_NOT_BREACHING, MISSING_IS_BREACHING, MISSING_IS_IGNORED };

#define MOST_ALARM_TIME (7 * SIMTIME_DAY) /* [API cloudwatch:PutMetricAlarm.EvaluationPeriods] */

struct alarm_action_settings {
    const char *name;
};

struct alarm_settings { /* [API cloudwatch:PutMetricAlarm] */
    const char *name;
    int state;                     /* enum scaling_alarm, at t = 0 */
    struct metric_selector metric; /* its name NULL: nothing is evaluated */
    int statistic;                 /* enum statistic */
    const char *extended_statistic;
    simtime period;
    int64_t evaluation_periods, datapoints_to_alarm;
    int64_t threshold;         /* millionths */
    int comparison;            /* enum comparison */
    int treat_missing_data;    /* enum missing_data */
    struct list alarm_actions; /* struct alarm_action_settings */
    bool actions_enabled;
    bool metrics;                    /* given, and not evaluated */
    struct metric_reference watched; /* derived; its name METRIC_COUNT: nothing is evaluated */
};

/* --- selectors, timeline, failures ------------------------------------------------------------ */

enum pick { PICK_OLDEST, PICK_NEWEST, PICK_RANDOM };
extern const char *const pick_names[]; /* NULL-terminated */

/* Names a task or a host, or says which ones are meant. */
struct selector {
    const char *name;
    const char *service, *task_definition, *availability_zone, *auto_scaling_group;
    const struct query *expression;
    int pick;
    int64_t count;
};

struct timeline_settings {
    simtime at, every;
    int64_t times;
    struct chosen action; /* of timeline_actions */
};

struct update_service_settings { /* [API:UpdateServiceRequest] */
    const char *service;
    const char *task_definition;
    int64_t desired_count;
    struct deployment_configuration_settings deployment_configuration;
    struct list placement_strategies, placement_constraints;     /* given if not empty */
    struct list capacity_provider_strategy, load_balancers;      /* given if not empty */
    const char *configuration[CONFIGURATION_FIELDS];             /* NULL: not given */
    struct network_configuration_settings network_configuration; /* given if it has subnets */
    simtime health_check_grace_period;
    enum rebalancing_choice availability_zone_rebalancing;
    bool force_new_deployment;
};

struct delete_service_settings {
    const char *service;
    bool force;
};

struct continue_service_deployment_settings { /* [API:ContinueServiceDeploymentRequest] */
    const char *service, *hook_id;
    int action; /* enum hook_action */
};

enum stop_type { STOP_ROLLBACK, STOP_ABORT };
extern const char *const stop_type_names[]; /* NULL-terminated */

struct stop_service_deployment_settings { /* [API:StopServiceDeploymentRequest] */
    const char *service_deployment;       /* as written: "web", "web/2" or an ARN */
    int stop_type;                        /* enum stop_type */
    const char *service;                  /* derived */
    int64_t number;                       /* derived; ABSENT: the one under way */
};

struct set_alarm_state_settings { /* [API cloudwatch:SetAlarmState] */
    const char *alarm;
    int state; /* enum scaling_alarm */
    const char *reason;
};

struct start_task_settings { /* [API:StartTaskRequest] */
    const char *task_definition, *group;
    struct list container_instances; /* struct selector */
    struct network_configuration_settings network_configuration;
};

struct stop_task_settings {
    struct selector task;
    const char *reason;
};

enum { MOST_PROTECTED_TASKS = 10 }; /* of one call [API:UpdateTaskProtectionRequest.tasks] */

struct update_task_protection_settings { /* [API:UpdateTaskProtectionRequest] */
    struct list tasks;                   /* struct selector */
    bool protection_enabled;
    simtime expires_in;
};

struct set_desired_capacity_settings {
    const char *auto_scaling_group;
    int64_t desired_capacity;
};

/* The states that people may set. [API:UpdateContainerInstancesStateRequest.status] */
enum settable_state { SET_ACTIVE, SET_DRAINING };
extern const char *const settable_states[]; /* NULL-terminated */

struct update_container_instances_state_settings { /* [API:UpdateContainerInstancesStateRequest] */
    struct list container_instances;               /* struct selector */
    int status;                                    /* enum settable_state */
};

struct deregister_container_instance_settings { /* [API:DeregisterContainerInstanceRequest] */
    struct selector instance;
    bool force;
};

struct complete_lifecycle_action_settings { /* [API autoscaling:CompleteLifecycleActionType] */
    const char *auto_scaling_group, *hook;
    struct selector instance;
    int result; /* enum lifecycle_result */
};

struct set_instance_health_settings { /* [API autoscaling:SetInstanceHealthQuery] */
    struct selector instance;
    int health_status; /* enum health_status */
    bool respects_grace_period;
};

struct terminate_instance_settings {
    struct selector instance;
    bool decrement_desired_capacity;
};

struct failure_settings {
    struct chosen failure; /* of failure_catalogue (models/failure) */
};

/* --- latencies -------------------------------------------------------------------------------- */

struct timing_settings {
    simtime service_tick;         /* period of the service scheduler; 0: at once */
    struct dist instance_running; /* from the launch request until EC2 says `running` */
    struct dist instance_launch;  /* from the launch request until ACTIVE */
    struct dist warm_start_stopped, warm_start_running,
        warm_start_hibernated;       /* from a warm pool until ACTIVE */
    struct dist instance_boot;       /* a host that comes back: until its agent is connected */
    simtime agent_disconnect_notice; /* from a silent agent until agentConnected is false */
    simtime agent_start;             /* from the start of an agent's process until it is connected */
    struct dist agent_session;       /* from an instance role's withdrawal until an agent connects anew */
    simtime agent_reconnect;         /* from the network's return until agentConnected is true */
    simtime status_check_patience;   /* from a dead host until its group replaces it */
    struct dist eni_attach, eni_detach;
    struct dist provisioning_timeout;
    struct dist trunk_attach, trunk_detach; /* of a container instance, under awsvpcTrunking */
    struct dist task_dispatch;              /* from placement until the agent begins */
    struct dist image_pull;                 /* of a task's images, if they are not on the host */
    struct dist image_pull_cached;
    struct pull_timing_settings pull;
    struct dist container_start;      /* from the last image to RUNNING */
    struct dist fargate_provisioning; /* from creation until the pull begins: interface and machine */
    struct dist fargate_image_pull, fargate_container_start;
    struct dist fargate_deprovisioning; /* from the containers' end to STOPPED */
    bool targets_await_tick;            /* registered and deregistered by the scheduler's next pass */
    simtime launch_backoff,
        launch_backoff_most;        /* after a failed start; doubles with each failed launch in a row */
    simtime deployment_bake;        /* bake time of a rolling deployment with alarms */
    simtime health_report;          /* from a container's change of health until it is known */
    simtime healthy_without_checks; /* the 40-second rule */
    simtime steady_state_repeat; /* the steady-state message is repeated, and others no longer suppressed */
    simtime group_retry;         /* a refused launch is tried again after this */
    simtime rebalance_recommendation; /* from it until the Spot notice */
    simtime rebalancing_delay;        /* from an unbalanced steady state until zones are rebalanced */
    /* From the end of a metric's period until its point is seen. */
    simtime metric_delay, high_resolution_metric_delay, managed_scaling_delay;
    struct dist ebs_attach, ebs_detach, efs_mount;
    simtime volume_timeout;          /* a volume that does not come: until its task has failed */
    int64_t download_per_second_mib; /* by one task */
};

/* --- quotas ----------------------------------------------------------------------------------- */

struct quotas_settings { /* [GR: Amazon ECS quotas] */
    int64_t tasks_launched_per_service_per_minute;
    int64_t tasks_per_service, services_per_cluster, container_instances_per_cluster;
    int64_t tasks_per_discovered_service; /* one with serviceRegistries */
    int64_t fargate_launch_burst, fargate_launches_per_second;
    int64_t ec2_launch_burst, ec2_launches_per_second; /* instances of the account */
    int64_t provisioning_tasks_per_cluster;
    int64_t run_task_burst, run_task_per_second; /* calls of jobs */
    int64_t ecr_images_per_second, ecr_layers_per_second, ecr_tokens_per_second;
};

/* Of a service with these serviceRegistries; NULL or "": none. */
int64_t quota_of_tasks(const struct quotas_settings *, const char *registries);

/* --- expectations ----------------------------------------------------------------------------- */

struct bound_settings {
    int64_t at_least, at_most, exactly; /* millionths */
};

struct availability_settings {
    int64_t healthy, serving, running; /* ABSENT but for one */
    int64_t at_least;                  /* share of time, millionths */
};

struct recovered_settings {
    int64_t healthy, serving, running; /* ABSENT but for one */
    simtime within;
};

struct quantile_settings { /* timeToHealthy, waiting */
    struct bound_duration_settings {
        simtime at_least, at_most;
    } p50, p90, p95, p99, longest;
};

struct tasks_per_zone_settings {
    struct bound_settings skew;
};

struct tasks_on_settings {
    const struct query *expression;
    int64_t at_least, at_most, exactly;
};

struct expect_settings {
    const char *service, *auto_scaling_group, *cluster, *job, *event, *message;
    struct bound_settings *desired, *pending, *running, *healthy, *serving, *stopping;
    struct bound_settings *starts_without_data, *unserved, *tasks_per_instance, *instances_used, *instances,
        *cpu_reserved, *memory_reserved, *disk_used, *cost, *count, *desired_capacity, *in_service,
        *logs_dropped;
    struct bound_settings *images;
    struct tasks_per_zone_settings *tasks_per_zone;
    struct tasks_on_settings *tasks_on;
    struct availability_settings *availability;
    struct recovered_settings *recovered;
    struct quantile_settings *time_to_healthy, *waiting;
    struct bound_settings *queued, *in_flight, *done, *late, *dropped, *failed;
    int deployment; /* enum expected_rollout */
    const char *task_definition;
    bool steady_state, stuck;
    simtime from, until, at, by, except;
    int during; /* 1: deployment */
};

enum expected_rollout { ROLLOUT_ANY, ROLLOUT_COMPLETED, ROLLOUT_FAILED, ROLLOUT_IN_PROGRESS };

/* --- all of it -------------------------------------------------------------------------------- */

enum start_mode { START_STEADY, START_EMPTY };

/* Where the availabilityZones are from: the scenario lists them, or its hosts and subnets name them; else
 * there is one. */
enum zones_source { ZONES_LISTED, ZONES_NAMED, ZONES_ASSUMED };

/* What goes into events.jsonl: events about these. */
enum recorded_kind {
    RECORDED_SERVICE,
    RECORDED_DEPLOYMENT,
    RECORDED_INSTANCE,
    RECORDED_TASK,
    RECORDED_ALARM,
    RECORDED_KINDS
};

struct ecs_settings {
    struct run_settings run; /* first: the machine reads it */
    int start;
    struct list record_events;       /* const char *: service, deployment, instance, task, alarm */
    bool records_of[RECORDED_KINDS]; /* by enum recorded_kind: whether these name it */
    struct cluster_settings cluster;
    struct list availability_zones; /* const char *; derived where they are not listed */
    struct list instance_types, launch_templates, auto_scaling_groups, container_instances;
    struct spot_market_settings spot_market;
    struct list volumes;          /* struct ebs_volume_settings */
    struct list file_systems;     /* struct file_system_settings */
    struct list mount_targets;    /* struct mount_target_settings */
    struct list subnets;          /* struct subnet_settings */
    struct list account_settings; /* struct pair */
    struct list task_definitions, target_groups, load_balancers, services;
    struct list capacity_providers;
    struct list load, scalable_targets, scaling_policies;
    struct list scheduled_actions, scheduled_update_group_actions; /* struct scheduled_action_settings */
    struct list alarms;                                            /* struct alarm_settings */
    struct list metrics;                                           /* struct metric_settings */
    struct list record_metrics; /* const char *: true, or names and namespaces of metrics */
    struct logs_settings logs;
    struct timing_settings timing;
    struct quotas_settings quotas;
    struct list roles; /* struct role_settings; not written: every role exists */
    struct list failures, timeline, expect;
    struct list images, registries; /* struct image_settings, struct registry_settings */
    bool awsvpc_trunking;           /* derived: the account has opted in */
    struct list host_kinds; /* derived: struct host_kind (room.h), one per type of each group, and one per
                               entry of container_instances */
    bool fills_disks;       /* derived: a failure does */
    struct symbols by_name[NAMED_KINDS]; /* derived; by enum name_kind */
    enum zones_source zones_source;      /* derived */
};

extern const struct shape ecs_settings_shape, task_definition_shape, service_shape, selector_shape;
extern const struct shape capacity_provider_shape, capacity_provider_item_shape;
extern const struct shape target_group_shape, classic_load_balancer_shape, auto_scaling_group_shape,
    container_instance_shape, ecs_config_shape;
extern const struct shape launch_template_shape, spot_market_shape;
extern const struct shape ebs_volume_shape, file_system_shape, mount_target_shape;
extern const struct shape network_configuration_shape, subnet_shape, account_setting_shape;
extern const struct shape instance_type_shape, load_shape, scalable_target_shape, scaling_policy_shape,
    scheduled_action_shape, scheduled_update_group_action_shape, timing_shape, quotas_shape;
extern const struct shape circuit_breaker_shape, deployment_alarms_shape, early_success_shape, alarm_shape,
    stop_service_deployment_shape, set_alarm_state_shape;
extern const struct shape failure_shape, timeline_shape, expect_shape, deployment_configuration_shape;
extern const struct shape linear_configuration_shape, canary_configuration_shape, lifecycle_hook_shape;
extern const struct shape continue_service_deployment_shape;
extern const struct shape start_instance_refresh_shape, cancel_instance_refresh_shape,
    rollback_instance_refresh_shape, start_zonal_shift_shape, cancel_zonal_shift_shape;
extern const struct shape image_shape, registry_shape;
extern const struct catalogue timeline_actions;

/* What the entry says of the action of this name ("createService"); NULL: it does something else, or is a
 * mistake. */
const void *settings_of_action(const struct timeline_settings *, const char *name);

/* What an action does: the verbs of its variant, which the world has (models/ecs/timeline.h). */
struct action_verbs;
extern const struct action_verbs run_task_action, start_task_action, stop_task_action;
extern const struct action_verbs create_service_action, update_service_action, delete_service_action;
extern const struct action_verbs register_task_definition_action, update_task_protection_action;
extern const struct action_verbs continue_service_deployment_action;
extern const struct action_verbs stop_service_deployment_action, set_alarm_state_action;
extern const struct action_verbs set_instance_health_action, set_instance_protection_action,
    suspend_processes_action, resume_processes_action, complete_lifecycle_action_action,
    update_auto_scaling_group_action;
extern const struct shape set_instance_health_shape, set_instance_protection_shape, suspend_processes_shape,
    resume_processes_shape, complete_lifecycle_action_shape, update_auto_scaling_group_shape;
extern const struct action_verbs create_role_action, delete_role_action, attach_role_policy_action,
    detach_role_policy_action;
extern const struct action_verbs set_desired_capacity_action, terminate_instance_action;
extern const struct action_verbs update_container_instances_state_action,
    deregister_container_instance_action;
extern const struct action_verbs start_instance_refresh_action, cancel_instance_refresh_action,
    rollback_instance_refresh_action;
extern const struct action_verbs start_zonal_shift_action, cancel_zonal_shift_action;
extern const struct action_verbs put_image_action;

/* Typed access to a list: EACH (struct service_settings, service, settings->services) { … }, and to one of
 * texts: EACH_TEXT (zone, settings->availability_zones) { … *zone … }. */
#define EACH(type, item, list)                                                                               \
    for (const type *item = (list).items, *item##_end = (list).count ? item + (list).count : item;           \
         item < item##_end; item++)
#define EACH_TEXT(item, list)                                                                                \
    for (const char *const *item = (list).items, *const *item##_end = (list).count ? item + (list).count     \
                                                                                   : item;                   \
         item < item##_end; item++)
#define LIST_AT(type, list, i) (&((type *)(list).items)[i])

#endif
