/* How the tables of this folder are written, and what its files ask of each other; nobody else includes it.
 *
 * A table is one row per key. OF is the struct that the table fills; the type of each field is checked
 * against the kind of its row when compiling. What a row adds stands last: REQUIRED, DEFAULT("30"),
 * RANGE(1, 10), IN("services"), … */
#ifndef MODELS_SETTINGS_TABLES_H
#define MODELS_SETTINGS_TABLES_H

#include "models/settings/settings.h"

#define FIELD_FLAG bool
#define FIELD_INTEGER int64_t
#define FIELD_NUMBER int64_t
#define FIELD_DURATION simtime
#define FIELD_CPU int64_t
#define FIELD_MEMORY int64_t
#define FIELD_TEXT const char *
#define FIELD_NAME const char *
#define FIELD_REFERENCE const char *
#define FIELD_CHOICE int
#define FIELD_TEXTS struct list
#define FIELD_LIST struct list
#define FIELD_VARIANT struct chosen
#define FIELD_UNREAD bool
#define FIELD_WRITTEN const char *

#define ROW(name, kind, field, text, ...)                                                                    \
    {                                                                                                        \
        .key = name, .type = PARAM_##kind, .offset = PARAM_OFFSET(OF, field, FIELD_##kind), .meaning = text, \
        __VA_ARGS__                                                                                          \
    }
#define ROW_STRUCT(name, field, contents, of_shape, text, ...)                                               \
    {                                                                                                        \
        .key = name, .type = PARAM_STRUCT, .offset = PARAM_OFFSET(OF, field, contents), .shape = &of_shape,  \
        .meaning = text, __VA_ARGS__                                                                         \
    }
#define ROW_OPTIONAL(name, field, contents, of_shape, text, ...)                                             \
    {                                                                                                        \
        .key = name, .type = PARAM_OPTIONAL, .offset = PARAM_OFFSET(OF, field, contents *),                  \
        .shape = &of_shape, .meaning = text, __VA_ARGS__                                                     \
    }
#define ROW_LIST(name, field, of_shape, text, ...)                                                           \
    ROW(name, LIST, field, text, .shape = &of_shape, __VA_ARGS__)

/* Bytes, or bytes per second: an int64_t, 0 where it is not given. */
#define ROW_BYTES(name, field, parser, text, ...)                                                            \
    {                                                                                                        \
        .key = name, .type = PARAM_PARSED, .offset = PARAM_OFFSET(OF, field, int64_t), .parse = parser,      \
        .meaning = text, __VA_ARGS__                                                                         \
    }

#define REQUIRED .flags = PARAM_REQUIRED
#define COMMAS .flags = PARAM_COMMA
#define ALIAS(name) .alias = name
#define DEFAULT(text) .fallback = text
#define RANGE(low, high) .least = low, .most = high
#define MINUTES(low, high)                                                                                   \
    .unit = SIMTIME_MINUTE, .least = (low)*SIMTIME_MINUTE, .most = (high)*SIMTIME_MINUTE
#define SECONDS(low, high) .least = (low)*SIMTIME_SECOND, .most = (high)*SIMTIME_SECOND
#define ONE_OF(choices) .names = choices
#define IN(name) .collection = name
#define AWS(section) .aws = section
#define PRINTED_AS(key) .wrapper = key

/* Of an hour of a host: ten thousand dollars. A century of them fits 64 bits as billionths. */
#define MOST_PRICE (10000 * MILLION)

enum {
    MOST_COUNT = 1000000, /* of tasks or hosts that one entry may ask for: no runaway by a typing error */
    MOST_MEMORY_MIB = 32 << 20, /* 32 TiB, beyond the largest EC2 instance */
    MOST_CPU = 196608,          /* of a task on EC2 [API:RegisterTaskDefinitionRequest.cpu] */
    MOST_PORT = 65535,
    MOST_EXIT_CODE = 255,
    /* Times for one request, along a chain of services: whole requests of a century fit 64 bits. */
    MOST_ASKED = 1000,
};

#define LIST_OF_PLACEMENT(structure)                                                                         \
    {.key = "placementStrategy",                                                                             \
     .type = PARAM_LIST,                                                                                     \
     .offset = PARAM_OFFSET(structure, placement_strategies, struct list),                                   \
     .shape = &placement_strategy_shape,                                                                     \
     .meaning = "where tasks go by preference, at most 5, the first weighs most"},                           \
    {                                                                                                        \
        .key = "placementConstraints", .type = PARAM_LIST,                                                   \
        .offset = PARAM_OFFSET(structure, placement_constraints, struct list),                               \
        .shape = &placement_constraint_shape, .meaning = "where tasks may go at all, at most 10"             \
    }

/* What a revision of a service is made of beside its task definition and load balancers: a change of it is
 * deployed. */
#define CONFIGURATION_ROWS                                                                                   \
    ROW("serviceRegistries", WRITTEN, configuration[CONFIGURATION_REGISTRIES],                               \
        "service discovery; a change of it is deployed, and that is all"),                                   \
        ROW("serviceConnectConfiguration", WRITTEN, configuration[CONFIGURATION_SERVICE_CONNECT],            \
            "Service Connect; a change of it is deployed, and that is all"),                                 \
        ROW("volumeConfigurations", WRITTEN, configuration[CONFIGURATION_VOLUMES],                           \
            "volumes that its task definition leaves to it: a new EBS volume for each task; a change of "    \
            "them is deployed"),                                                                             \
        ROW("vpcLatticeConfigurations", WRITTEN, configuration[CONFIGURATION_VPC_LATTICE],                   \
            "VPC Lattice; a change of it is deployed, and that is all"),                                     \
        ROW("platformVersion", WRITTEN, configuration[CONFIGURATION_PLATFORM_VERSION],                       \
            "of Fargate; a change of it is deployed, and that is all")

#define ROW_NETWORK_CONFIGURATION                                                                            \
    ROW_STRUCT("networkConfiguration", network_configuration, struct network_configuration_settings,         \
               network_configuration_shape,                                                                  \
               "awsvpc tasks: the subnets, and so the zones, that they may use")
#define ROW_REBALANCING(text)                                                                                \
    {                                                                                                        \
        .key = "availabilityZoneRebalancing", .type = PARAM_PARSED,                                          \
        .offset = PARAM_OFFSET(OF, availability_zone_rebalancing, enum rebalancing_choice),                  \
        .parse = settings_parse_rebalancing, .meaning = text                                                 \
    }
const char *settings_parse_rebalancing(struct arena *, const char *text, void *field, size_t *where);

const struct container_settings *settings_container(const struct task_definition_settings *,
                                                    const char *name);

/* dependsOn: what AWS would refuse, and what each container waits for. */
void settings_order_containers(struct mistakes *, struct task_definition_settings *);
/* What CloudWatch Logs would refuse of the container's log stream; and the account's default of their mode.
 */
void settings_check_logs(struct mistakes *, const struct container_settings *);
unsigned settings_logging_drivers(
    const struct task_definition_settings *); /* those of its containers, as capabilities */
void settings_derive_log_mode(struct mistakes *, struct ecs_settings *);
extern const struct shape container_dependency_shape, restart_policy_shape, container_simulation_shape;

/* Whether two texts are there and equal. Checks see elements in which something is wrong, and lacks. */
bool settings_same(const char *a, const char *b);
/* Parts of settings_index(): the lists whose elements do not say their name themselves. */
void settings_index_zones(struct ecs_settings *); /* those that hosts name where the scenario lists none */
void settings_index_definitions(struct ecs_settings *);
void settings_index_launch_templates(struct ecs_settings *);
void settings_index_ebs_volumes(struct ecs_settings *);
void settings_index_metrics(struct ecs_settings *);
void settings_index_loads(struct ecs_settings *); /* after the definitions */
void settings_index_policies(struct ecs_settings *);
void settings_index_scheduled_actions(struct ecs_settings *);
void settings_index_roles(struct ecs_settings *);
/* How many times it was called with this name so far, this time included; 0 where there is no name. */
int64_t settings_nth(struct symbols *, const char *name);
/* Whether a list of texts has this one. */
bool settings_has_text(const struct list *list, const char *text);

/* The volumes of a task definition and who mounts them: what AWS refuses, and the derived fields. */
void settings_check_volumes(struct mistakes *, const struct ecs_settings *,
                            struct task_definition_settings *);
const char *settings_fargate_refuses(const struct volume_settings *); /* why; NULL: it does not */
/* That a service configures what its task definition leaves to it; the definition may be NULL. */
void settings_check_configured_volumes(struct mistakes *, const struct service_settings *,
                                       const struct task_definition_settings *);
extern const struct shape volume_shape, mount_point_shape, download_shape;

/* Of a service, or of an update; the definition may be NULL where it is not known. */
extern const struct shape service_load_balancer_shape;
void settings_check_load_balancers(struct mistakes *, const void *object, const struct list *load_balancers,
                                   const struct task_definition_settings *);

/* Refuses what AWS refuses as a name: more than 255 bytes, or other than letters, digits, - and _; a dot is
 * let through. */
void settings_check_name(struct mistakes *, const void *object, const char *key, const char *name);

/* What AWS refuses of a strategy, its steps and its hooks. */
void settings_check_strategy(struct mistakes *, const struct deployment_configuration_settings *);
extern const char *const deployment_strategies[]; /* by enum deployment_strategy */
/* What AWS refuses of early success criteria; NULL: there are none. The minimumHealthyPercent is ABSENT where
 * it is not known. */
void settings_check_early_success(struct mistakes *, const struct early_success_settings *,
                                  int64_t minimum_healthy_percent);

/* Refuses a network configuration of tasks that have no network interface of their own. The definition may
 * be NULL. */
void settings_check_network(struct mistakes *, const void *object,
                            const struct network_configuration_settings *,
                            const struct task_definition_settings *);

/* The type of this name, the scenario's own before the catalogue's; NULL, and a mistake at the object's
 * `instanceType`, if there is none. */
const struct instance_type *settings_instance_type(struct mistakes *, const struct ecs_settings *,
                                                   const void *object, const char *name);
extern const struct shape host_simulation_shape, alarm_name_shape;
extern const struct shape docker_run_shape, role_shape, role_action_shape, instance_profile_shape;
extern const char *const settings_host_kinds[], *const settings_agent_flags[];
void settings_derive_host(struct mistakes *, const struct ecs_settings *, struct host_simulation_settings *);

/* Of a struct ecs_config_settings: what the agent tidies up. */
#define ROWS_OF_HOUSEKEEPING                                                                                 \
    ROW("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", DURATION, housekeeping.task_cleanup_wait,                   \
        "for which the containers of a stopped task are kept; less than 1 s is ignored [AGENT:README.md]",   \
        DEFAULT("3h")),                                                                                      \
        ROW("ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER", DURATION, housekeeping.task_cleanup_jitter,      \
            "up to which each task's wait is longer, by chance [AGENT:README.md]", DEFAULT("0s")),           \
        ROW("ECS_DISABLE_IMAGE_CLEANUP", FLAG, housekeeping.image_cleanup_disabled,                          \
            "whether images stay on the host for ever, as they do with ECS_IMAGE_PULL_BEHAVIOR "             \
            "prefer-cached [AGENT:README.md]",                                                               \
            DEFAULT("false")),                                                                               \
        ROW("ECS_IMAGE_CLEANUP_INTERVAL", DURATION, housekeeping.image_cleanup_interval,                     \
            "between cycles of image cleanup; less than 10 min is ignored [AGENT:README.md]",                \
            DEFAULT("30m")),                                                                                 \
        ROW("ECS_IMAGE_MINIMUM_CLEANUP_AGE", DURATION, housekeeping.image_minimum_age,                       \
            "since its pull, until an image may be removed [AGENT:README.md]", DEFAULT("1h")),               \
        ROW("ECS_NUM_IMAGES_DELETE_PER_CYCLE", INTEGER, housekeeping.images_per_cycle,                       \
            "images that one cycle removes at most, the least recently used first; less than 1 is ignored "  \
            "[AGENT:README.md]",                                                                             \
            DEFAULT("5"), RANGE(0, MOST_COUNT))

/* Of a struct host_simulation_settings: its disk. */
enum { MOST_DISK_MIB = 64 << 20 }; /* 64 TiB, the largest EBS volume [EBS volume types] */
#define ROWS_OF_DISK                                                                                         \
    ROW("disk", MEMORY, disk.size_mib,                                                                       \
        "volume that the system, images and containers share: 30GiB (default: those 30 GiB of the "          \
        "ECS-optimized AMI, where the scenario lists images; else none is modelled) "                        \
        "[ODG:ecs-ami-storage-config]",                                                                      \
        RANGE(1, MOST_DISK_MIB)),                                                                            \
        ROW("diskOfSystem", MEMORY, disk.system_mib,                                                         \
            "MiB of it that the operating system and the agent take (default: a choice; 1.5 GiB were seen "  \
            "on an AMI of 2018)",                                                                            \
            DEFAULT("2GiB"), RANGE(0, MOST_DISK_MIB))
/* Values that the agent ignores, and a disk that has no room. */
void settings_check_housekeeping(struct mistakes *, struct ecs_config_settings *);
void settings_check_disk(struct mistakes *, const struct host_simulation_settings *);
/* Keys of agents that have nothing to tidy up. */
void settings_check_tidying(struct mistakes *, const struct ecs_settings *);

/* What groups do beside keeping their size, of whatever has a struct group_maintenance_settings
 * `maintenance`. */
extern const struct shape instance_maintenance_policy_shape, warm_pool_shape, zone_impairment_policy_shape;
#define ROWS_OF_GROUP_MAINTENANCE                                                                            \
    ROW_OPTIONAL("instanceMaintenancePolicy", maintenance.policy,                                            \
                 struct instance_maintenance_policy_settings, instance_maintenance_policy_shape,             \
                 "how many instances may be replaced at a time (default: up to a tenth of the group, "       \
                 "terminated and launched at the same time)"),                                               \
        ROW_OPTIONAL("warmPoolConfiguration", maintenance.warm_pool, struct warm_pool_settings,              \
                     warm_pool_shape, "instances that are prepared, and not in the group yet"),              \
        ROW_STRUCT("availabilityZoneImpairmentPolicy", maintenance.impairment,                               \
                   struct zone_impairment_policy_settings, zone_impairment_policy_shape,                     \
                   "what a zonal shift does"),                                                               \
        ROW("maxInstanceLifetime", DURATION, maintenance.max_instance_lifetime,                              \
            "seconds after which an instance is replaced, a day at least; 0: never [EAS "                    \
            "asg-max-instance-lifetime]",                                                                    \
            DEFAULT("0"), SECONDS(0, 366 * 86400)),                                                          \
        ROW("defaultInstanceWarmup", DURATION, maintenance.default_instance_warmup,                          \
            "seconds from InService until an instance counts in the group's metrics; -1: off [EAS "          \
            "ec2-auto-scaling-default-instance-warmup]",                                                     \
            DEFAULT("-1"), SECONDS(-1, 3600))

/* What AWS refuses of them. */
void settings_check_group_maintenance(struct mistakes *, const struct auto_scaling_group_settings *);

/* Where a group says what it launches; all but the object may be NULL. */
struct launch_source {
    const void *object;
    const char *instance_type;
    const struct launch_template_specification_settings *launch_template;
    const struct mixed_instances_policy_settings *mixed_instances_policy;
    int market; /* enum market: of hosts of which neither says it */
};

extern const struct shape launch_template_specification_shape, mixed_instances_policy_shape;

/* The instance type that the launch template says; NULL where there is none, or it says none. */
const char *settings_template_type(const struct launch_template_specification_settings *);

/* The plan is left as it is where the source is itself a mistake. */
void settings_derive_plan(struct mistakes *, const struct ecs_settings *, const struct launch_source *,
                          struct launch_plan *);

extern const struct shape group_instance_shape, zone_distribution_shape, suspended_process_shape,
    attached_target_group_shape, attached_load_balancer_shape, group_hook_shape;

/* Fills the derived fields; refuses what AWS refuses of a group's behaviour. */
void settings_derive_behaviour(struct mistakes *, const struct ecs_settings *, const void *group,
                               struct group_behaviour_settings *);

/* "WHAT is not modelled yet and changes the answer". */
void settings_warn_unmodelled(struct mistakes *, const void *object, const char *key, const char *what);

/* launchType and capacityProviderStrategy, of whatever has a struct capacity_settings `capacity`. */
#define ROWS_OF_CAPACITY                                                                                     \
    ROW("launchType", CHOICE, capacity.launch_type,                                                          \
        "where its tasks run: EC2 or FARGATE (default: by a capacity provider strategy, else EC2)",          \
        ONE_OF(settings_launch_types)),                                                                      \
        ROW_LIST("capacityProviderStrategy", capacity.strategy, capacity_provider_item_shape,                \
                 "how its tasks are split over capacity providers (default: the cluster's "                  \
                 "defaultCapacityProviderStrategy)")

/* Of a struct run_task_settings. */
enum { MOST_RUN_TASK_COUNT = 10 }; /* [API:RunTaskRequest.count] */
#define ROWS_OF_RUN_TASK                                                                                     \
    ROW("taskDefinition", REFERENCE, task_definition, "family:revision to run", REQUIRED,                    \
        IN("taskDefinitions")),                                                                              \
        ROW("group", TEXT, group, "task group (default: family:FAMILY)"),                                    \
        ROW("count", INTEGER, count, "tasks to run, at most 10 [API:RunTaskRequest]", DEFAULT("1"),          \
            RANGE(1, MOST_RUN_TASK_COUNT)),                                                                  \
        ROWS_OF_CAPACITY, LIST_OF_PLACEMENT(OF), ROW_NETWORK_CONFIGURATION
void settings_check_run_task(struct mistakes *, void *object, void *root);

/* Who runs tasks where. */
struct capacity_use {
    const void *object;
    const struct capacity_settings *capacity;
    const struct task_definition_settings *definition; /* NULL where it is itself a mistake */
    const struct list *placement_strategies, *placement_constraints;
    bool daemon;
};

/* Refuses what AWS refuses: of a strategy, of launch type and strategy together, of tasks on Fargate. */
void settings_check_capacity_strategy(struct mistakes *, const void *object, const char *key,
                                      const struct list *strategy);
void settings_check_capacity(struct mistakes *, const struct ecs_settings *, const struct capacity_use *);

bool settings_is_launch_type(const char *);

/* Whether its requiresCompatibilities name this launch type. */
bool settings_requires(const struct task_definition_settings *, const char *launch_type);

bool settings_supports_fargate(const struct task_definition_settings *);
/* Refuses a definition that cannot run on Fargate; at its own places, or where `user` uses it. */
void settings_check_fargate(struct mistakes *, const struct task_definition_settings *, const void *user,
                            const char *user_key);

/* Parts of the check of the whole, when every derived field is there. */
void settings_check_zones(struct mistakes *, const struct ecs_settings *);
void settings_check_mount_targets(struct mistakes *, const struct ecs_settings *);
/* That groups are moved to zones that there are. */
void settings_check_updated_zones(struct mistakes *, const struct ecs_settings *);
void settings_check_spot_market(struct mistakes *, const struct ecs_settings *); /* after the zones */
void settings_check_account(struct mistakes *, struct ecs_settings *);
void settings_check_rooms(struct mistakes *, struct ecs_settings *);
void settings_check_askers(struct mistakes *, const struct ecs_settings *); /* that none go round */
void settings_check_quotas(struct mistakes *, const struct ecs_settings *);
void settings_check_recorded_metrics(struct mistakes *, const struct ecs_settings *);
void settings_check_alarms(struct mistakes *, const struct ecs_settings *);

void settings_check_images(struct mistakes *, const struct ecs_settings *);

/* "60MiB", "1.5GB": whole bytes; "30MB/s": bytes per second. */
const char *settings_parse_size(struct arena *, const char *text, void *field, size_t *where);
enum { LEAST_BANDWIDTH = 1000 };
const char *settings_parse_bandwidth(struct arena *, const char *text, void *field, size_t *where);
extern const struct shape repository_credentials_shape, put_image_shape;

/* One of `services`, or of the timeline. */
void settings_check_quota_of_service(struct mistakes *, const struct ecs_settings *,
                                     const struct service_settings *);

#endif
