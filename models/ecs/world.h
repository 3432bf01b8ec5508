/* The modelled world: a cluster, its hosts, its services and their tasks, as they are at one instant.
 *
 * Only models/ecs writes it. Every struct here is state; what may be said about it in a scenario is in
 * settings.h. Two readings of health live side by side: what ECS believes (`healthy`) and what truly answers
 * (`serving`).
 *
 * Names and numbers: hosts "<group or type>-<n>", tasks "<service or family>-<n>", deployments "ecs-svc/<n>",
 * each n from 1 in order of creation within its group, service or family, so that adding a service renumbers
 * nobody. `who` is the hash of a name and keys its draws. */
#ifndef MODELS_ECS_WORLD_H
#define MODELS_ECS_WORLD_H

#include "models/ecs/capacity/provisioning_line.h"
#include "models/ecs/deployment/circuit_breaker.h"
#include "models/ecs/deployment/deployment_stages.h"
#include "models/ecs/group/instance_health.h"
#include "models/ecs/group/lifecycle.h"
#include "models/ecs/group/lifecycle_hook.h"
#include "models/ecs/group/maintenance.h"
#include "models/ecs/group/purchasing.h"
#include "models/ecs/group/roster.h"
#include "models/ecs/group/spot_market.h"
#include "models/ecs/group/termination_policy.h"
#include "models/ecs/group/zone_balance.h"
#include "models/ecs/image/disks.h"
#include "models/ecs/instance/host_agent.h"
#include "models/ecs/load_balancer/usage.h"
#include "models/ecs/results/cost.h"
#include "models/ecs/role/role.h"
#include "models/ecs/scaling/group_activity.h"
#include "models/ecs/scaling/scaling_tally.h"
#include "models/ecs/service/launch_limit.h"
#include "models/ecs/service/zone_rebalancing.h"
#include "models/ecs/task/container_rules.h"
#include "models/ecs/task/health_check.h"
#include "models/ecs/task/image_digest.h"
#include "models/ecs/task/task_load.h"
#include "models/ecs/volume/volume.h"
#include "models/settings/settings.h"
#include "sim/engine/check.h"
#include "sim/engine/index_set.h"
#include "sim/engine/pieces.h"
#include "sim/engine/pool.h"
#include "sim/engine/stats.h"
#include "sim/engine/token_bucket.h"

struct image_name;  /* image/image.h */
struct image_store; /* image/image_store.h */
struct images;
struct image_mix;  /* image/image_mix.h */
struct host_pulls; /* image/download.h */
struct pull;       /* image/pull_parts.h */

/* Purposes of random draws: a part of their name, so the numbers stay as they are. */
enum draw_purpose {
    DRAW_INSTANCE_LAUNCH = 1,
    DRAW_INSTANCE_BOOT,
    DRAW_ENI_ATTACH,
    DRAW_ENI_DETACH,
    DRAW_DISPATCH,
    DRAW_PULL,
    DRAW_CONTAINER_START,
    DRAW_START_FAILURE,
    DRAW_STARTUP,
    DRAW_RUNTIME,
    DRAW_UNHEALTHY_AFTER,
    DRAW_STOP_TIME,
    DRAW_PLACEMENT,
    DRAW_STOP_CHOICE,
    DRAW_GROUP_CHOICE,
    DRAW_SELECTOR,
    DRAW_TRUNK_ATTACH,
    DRAW_TRUNK_DETACH,
    DRAW_HOOK,
    DRAW_INSTANCE_RUNNING,
    DRAW_LIFECYCLE_HOOK,
    DRAW_PROVISIONING_TIMEOUT,
    DRAW_WARM_START,
    DRAW_VOLUME_ATTACH,
    DRAW_VOLUME_DETACH,
    DRAW_MANAGED_VOLUME_ATTACH,
    DRAW_MANAGED_VOLUME_DETACH,
    DRAW_JOB_ARRIVAL,
    DRAW_FUNCTION,
    DRAW_JOB_RETRY,
    DRAW_API_THROTTLE,
    DRAW_CLEANUP_WAIT,
    DRAW_AGENT_SESSION,
    DRAW_PULL_RETRY,
    DRAW_FAILURE = 1000, /* + index of the failure in the scenario; last, and far from the others */
};

/* A row of a series that was written last, so that one that says the same is not written. */
enum { MOST_ROW_VALUES = 10 };
struct last_row {
    bool any;
    simtime at;
    int64_t values[MOST_ROW_VALUES];
};

struct zone {
    const char *name;
    const struct world *world;
    uint32_t index;
    int power_outages, network_outages; /* going on */
    int launch_refusals;                /* going on, outages included */
};

/* --- hosts ------------------------------------------------------------------------------------ */

/* LAUNCHING is EC2's word: ECS does not know of it. REGISTRATION_FAILED never comes about here. */
enum instance_status {
    INSTANCE_LAUNCHING,
    INSTANCE_REGISTERING,
    INSTANCE_ACTIVE,
    INSTANCE_DRAINING,
    INSTANCE_DEREGISTERING,
    INSTANCE_INACTIVE,
};

struct container_instance {
    pool_ref ref;
    const char *name;
    uint64_t who;
    struct auto_scaling_group *group; /* NULL: hand-built */
    struct zone *zone;
    const struct instance_type *type;
    const struct host_simulation_settings *simulation;
    enum instance_status status;
    enum lifecycle_state lifecycle;
    int market;                   /* enum market */
    int64_t weight;               /* in units of its group's desired capacity */
    int64_t price;                /* of an hour, billionths of a dollar; negative: unknown */
    bool protected_from_scale_in; /* from InService on */
    struct launch_origin origin;
    bool fargate;                 /* the machine of one task: no host of the cluster (fargate.h) */
    bool agent_connected;         /* as ECS sees it */
    bool host_up;                 /* the machine and its containers live */
    bool agent_up;                /* the agent process lives */
    bool stopped;                 /* EC2 stopped it: its tasks end when ECS notices */
    bool without_power;           /* down because its zone lost power, and boots when that is back */
    bool has_trunk;               /* awsvpcTrunking: a network interface that many tasks share */
    bool at_risk;                 /* of interruption: EC2 has recommended to rebalance it */
    bool interruption_stops;      /* what its Spot interruption does: stop it, not terminate it */
    bool interrupted;             /* and has done */
    placement_instance placement; /* PLACEMENT_NONE before it is ACTIVE */
    struct attribute *attributes;
    size_t attribute_count;
    int64_t registered_cpu, registered_memory_mib, registered_enis, registered_gpus;
    /* What tasks really hold on the host, as the agent counts; placement counts what ECS has promised. */
    int64_t held_cpu, held_memory_mib, held_gpus;
    int64_t own_tasks;                   /* of these below, those that are not a daemon's */
    struct task *first_task, *last_task; /* all tasks placed here and not STOPPED, in order of placement */
    struct task *first_waiting, *last_waiting; /* first in, first out: tasks that the agent has not begun */
    simtime launched_at, running_at, in_service_at, active_at, draining_at, terminated_at;
    const char *reason;
    event_handle running_event; /* EC2 will say that it runs */
    event_handle next_event;    /* launch or boot */
    event_handle notice_event;  /* agentConnected will become false */
    struct instance_health health;
    struct hook_wait hook_wait;
    struct host_maintenance maintenance;
    struct host_agent agent;
    struct host_disk *disk;               /* its own (host_disk.h); NULL: it has none */
    event_handle interruption_event;      /* its Spot capacity is taken back */
    event_handle interruption_seen_event; /* its agent sees the notice */
    event_handle *failure_events;         /* strikes that wait for it, by index of the failure; NULL: none */
    uint64_t boots;
    int64_t version;                       /* of its events */
    const struct task_definition **cached; /* whose images are on the host */
    uint32_t cached_count;
    struct image_store *images; /* its own: those that the scenario lists; NULL: none so far */
    bool *volume_data;          /* its own, by place of struct volumes: whose are here; NULL: none */
    struct host_pulls *pulls;   /* its own; NULL: none so far */
    simtime booted_at;          /* last; SIMTIME_NEVER: not yet */
    struct container_instance *next_in_group, *previous_in_group;
    struct roster_places places;
    struct container_instance *next_launching, *previous_launching;
};

/* A container instance that is INACTIVE. */
struct departed_instance {
    const char *name;
    simtime since;
};

/* Hand-built hosts of one type so far: they are numbered by it. */
struct type_count {
    const struct instance_type *type;
    int64_t launched;
};

/* Hosts of one group in one zone: a row of cluster.csv. */
struct fleet_cell {
    struct auto_scaling_group *group; /* NULL: hand-built hosts */
    struct zone *zone;
    int64_t launching, active, draining, disconnected, tasks;
    int64_t cpu_registered, cpu_reserved, memory_registered, memory_reserved;
    int64_t gpus_registered, gpus_reserved;
    uint32_t index; /* in world.touched_cells: group by group, zone by zone, hand-built hosts last */
    struct last_row last_row;
};

struct auto_scaling_group {
    const struct auto_scaling_group_settings *settings;
    const char *name;
    uint64_t who;
    uint32_t index;
    int64_t desired, least, most;
    struct group_tally tally;
    struct group_zone *zones; /* by index */
    struct roster roster;
    struct purchasing purchasing;
    int64_t launched;
    uint64_t choices;                        /* nth of its random choices */
    struct container_instance *first, *last; /* those that EC2 has, in order of launch */
    struct fleet_cell *cells;                /* one per zone of the world */
    unsigned suspended;                      /* a bit per enum scaling_process */
    bool protects_new; /* its instances are protected from scale-in when they come into service */
    struct group_health health;
    struct group_hooks hooks;
    struct group_maintenance maintenance;
    struct group_rebalancing rebalancing;
    struct zone_view *views; /* scratch, one per zone of the world */
    struct group_activity activity;
    bool woken;
    event_handle retry_event;
    simtime retry_at;
    struct index_set *touched; /* the world's touched_groups */
    struct last_row last_row;
};

/* --- tasks ------------------------------------------------------------------------------------ */

enum task_status {
    TASK_PROVISIONING,
    TASK_PENDING,
    TASK_ACTIVATING,
    TASK_RUNNING,
    TASK_DEACTIVATING,
    TASK_STOPPING,
    TASK_DEPROVISIONING,
    TASK_STOPPED,
};

enum stop_code {
    STOP_NONE,
    STOP_TASK_FAILED_TO_START,
    STOP_ESSENTIAL_CONTAINER_EXITED,
    STOP_USER_INITIATED,
    STOP_SERVICE_SCHEDULER_INITIATED,
    STOP_SPOT_INTERRUPTION,
    STOP_TERMINATION_NOTICE,
    STOP_INFRASTRUCTURE_HEALTH,
};

/* What a container draws its times from. */
struct container_dist {
    const struct dist *dist; /* NULL: never */
    bool of_task;            /* said of the whole task: its containers share one draw */
};

/* A container of a revision, with what it takes from its task definition. */
struct container_definition {
    const struct container_settings *settings;
    struct container_order order;
    struct container_dist startup, runtime, unhealthy_after, stop_time;
    bool never_healthy;
    bool needs_task_role;
    bool is_over;                   /* in the steady world: others have waited for its end */
    int exit_code;                  /* at the end of `runtime` */
    const struct image_name *image; /* NULL: it is not among the scenario's `images` */
    simtime download;               /* before `startup` begins */
    const struct log_plan *log;     /* log_plan.h; NULL: nothing of it goes to CloudWatch Logs */
};

struct task_definition {
    const struct task_definition_settings *settings;
    const char *name; /* "WebApp:1" */
    struct task_family *family;
    bool registered;                      /* it may still be in the timeline's future */
    struct task_definition *next_of_name; /* to be registered later */
    const struct volume_uses *volumes;    /* NULL: it has none */
    const struct task_definition *images; /* whose images it has: its own, or another's that it resizes */
    struct container_definition *containers;
    int container_count;
    int main;          /* its first essential container */
    int listed_images; /* containers whose image the scenario lists */
    /* The health checks of its containers; those that are not essential come first: they do not count. */
    int probe_count, aside_count;
    struct probe probes[MOST_CONTAINERS];
    uint8_t probed[MOST_CONTAINERS]; /* whose they are */
};

enum container_status {
    CONTAINER_PENDING,  /* it waits for others */
    CONTAINER_STARTING, /* the agent creates and starts it, or starts it again */
    CONTAINER_RUNNING,
    CONTAINER_STOPPING, /* it was sent the stop signal */
    CONTAINER_EXITED,   /* by itself, and its agent has not looked yet */
    CONTAINER_STOPPED,
};

enum { EXIT_CODE_UNKNOWN = -1 };

/* What time alone will do to it stands in the three instants; SIMTIME_NEVER: nothing. */
struct container {
    simtime started_at; /* last; SIMTIME_NEVER: it never has */
    simtime due_at;     /* STARTING: it runs; STOPPING: it is gone */
    simtime turns_at;   /* it begins to answer, or stops to */
    simtime exits_at;   /* by itself */
    const char *reason; /* why it could not start; NULL */
    int16_t exit_code;
    uint16_t restarts;
    uint8_t status; /* enum container_status */
    bool answering; /* it has started up, does not hang */
    bool silent;    /* it hangs: it does not even refuse */
    bool stalled;   /* it stands still: a volume does not answer */
    bool blocked;   /* it stands still: nobody takes what it writes */
    bool denied;    /* by its task role, and so it exits */
};

/* What supplies machines: Fargate, its spare capacity, or an Auto Scaling group. */
struct capacity_provider {
    const char *name;
    uint32_t index;
    struct auto_scaling_group *group; /* NULL: Fargate */
    int64_t price_share;              /* of FARGATE's price, millionths; ABSENT: unknown */
    const struct world *world;
    const struct managed_scaling_settings *scaling; /* NULL: it is off */
    struct cluster_auto_scaling *cas;               /* NULL, too */
    bool protects;                                  /* managed termination protection */
    struct provisioning_line waiting;
};

/* How tasks are split over providers (capacity.h); without items they go to any host of the cluster. */
struct capacity_strategy {
    int count;
    struct {
        const struct capacity_provider *provider;
        int64_t base, weight;
    } items[MOST_STRATEGY_ITEMS];
};

/* Where one task goes. */
struct capacity {
    const struct capacity_provider *provider; /* NULL: no strategy was asked */
    struct container_instance *instance;      /* NULL: it is to wait for one */
    const struct run_task_settings *call;     /* that asks; NULL: a service does, or it names the host */
};

/* Tasks of a service or of a family: the subject of a row of timeseries.csv. */
struct task_counts {
    int64_t desired; /* ABSENT for standalone tasks */
    int64_t pending, running, healthy, serving, stopping;
};

/* What tasks hold on their hosts, or on Fargate: from their placement until they are STOPPED, though ECS
 * promises it to others as soon as they stop. */
struct holding {
    int64_t tasks, cpu, memory_mib;
};

struct task {
    pool_ref ref;
    char *name; /* its own */
    uint64_t who;
    const struct task_definition *definition;
    struct service *service;       /* NULL: standalone */
    struct deployment *deployment; /* NULL: standalone */
    struct task_family *family;    /* standalone tasks: where they are counted; else NULL */
    const char *group_name;        /* "service:web" */
    placement_group group;
    struct container_instance *instance;      /* NULL: it waits for one in PROVISIONING */
    const struct capacity_provider *provider; /* NULL: it was placed without a strategy */
    struct provisioning_wait wait;
    enum task_status last_status;
    bool of_daemon;
    bool of_load;    /* a load has run it by a trace (task_load.h) */
    bool stopping;   /* desired status STOPPED */
    bool begun;      /* the agent has begun it: it holds resources on the host */
    bool waiting;    /* in the agent's queue */
    bool registered; /* with its load balancers: their requests reach it */
    bool healthy;    /* counts towards minimumHealthyPercent */
    bool was_healthy;
    bool unhealthy;               /* to be replaced */
    bool ailing;                  /* would be, but for its grace period */
    bool guarded;                 /* protected from being stopped (protection.h) */
    bool may_be_lost;             /* as its deployment has counted it in `losable` */
    simtime guarded_until;        /* SIMTIME_NEVER: it is not guarded */
    bool serving;                 /* its containers truly answer */
    bool routed;                  /* its load balancers find it healthy */
    bool starts_slowly, ramping;  /* slow_start.h */
    int64_t ramp_second;          /* in which its slow start began */
    bool settled;                 /* RUNNING for as long as counts without checks */
    uint16_t front;               /* the containers, as bits, that must answer for it to serve */
    struct container *containers; /* its own; as many as its definition has */
    struct task_volumes *volumes; /* its own; NULL: none */
    struct container_log *logs;   /* its own, likewise; NULL: none of them has any (log_driver.h) */
    struct check *checks;         /* its own; its containers' first, then its targets' */
    int check_count, target_count;
    simtime created_at, placed_at, pull_started_at, pull_stopped_at, started_at, healthy_at, stopping_at,
        stopped_at;
    enum stop_code stop_code;
    const char *stopped_reason;
    simtime runtime;            /* of its main container, from a load; ABSENT: as its definition says */
    pool_ref job;               /* that it is for; 0: none */
    int64_t exit_code;          /* of the first essential container that ended; ABSENT: none */
    int64_t version;            /* of its events */
    struct pull *pull;          /* its own: its listed images; NULL: none, or not begun */
    event_handle life_event;    /* the next step of its life */
    event_handle process_event; /* a container begins to answer, or stops to */
    event_handle exit_event;    /* a container ends by itself */
    event_handle settle_event;  /* the 40-second rule, or the end of its grace period */
    event_handle ramp_event;    /* the end of its slow start */
    struct task *next_on_instance, *previous_on_instance;
    struct task *next_waiting, *previous_waiting;
    struct task_layer layer; /* what its containers have on the disk */
    bool awaits_scheduler;   /* to register its targets, or to deregister them (targets.h) */
    struct task *next_awaiting, *previous_awaiting;
    struct task *next_in_deployment, *previous_in_deployment; /* in order of creation */
};

/* Standalone tasks of one family. */
struct task_family {
    const char *name; /* "family:batch" */
    const char *family;
    uint64_t who;
    int64_t created;
    const struct task_definition *highest; /* registered revision; NULL: none */
    struct task_counts counts;
    struct zone_share *zones; /* by index; only the tasks count */
    struct task *first, *last;
    uint32_t index;
    struct last_row last_row;
};

/* --- services --------------------------------------------------------------------------------- */

enum deployment_status { DEPLOYMENT_PRIMARY, DEPLOYMENT_ACTIVE, DEPLOYMENT_INACTIVE };
enum rollout_state { STATE_IN_PROGRESS, STATE_COMPLETED, STATE_FAILED };

/* Tasks, and those of them that truly answer. */
struct crowd {
    int64_t tasks, answering;
};

/* Who gets requests, of one deployment (load.h). */
struct receivers {
    int64_t present; /* tasks that use CPU and memory */
    struct crowd registered, routed;
    struct crowd ramping;       /* of the routed, those in slow start */
    struct crowd ramping_since; /* the sum of the seconds in which they began it */
};

/* What has tripped while a deployment was under way; the scheduler's next pass makes it FAILED. */
enum trip { TRIP_NOT, TRIP_CIRCUIT_BREAKER, TRIP_ALARM, TRIP_IMAGE_DIGEST };

struct deployment {
    pool_ref ref;
    const char *name; /* "ecs-svc/2" */
    int64_t number;
    struct service *service;
    const struct task_definition *definition;
    enum deployment_status status;
    enum rollout_state state;
    bool creates_service;                     /* the deployment that came with the service */
    const struct registration *registrations; /* the service's when it was made, as the next two */
    int registration_count;
    const struct capacity_strategy *strategy;
    const char *platform_version; /* as written; NULL: not */
    int64_t desired;
    int64_t alive_of[MOST_CAPACITY_PROVIDERS]; /* by provider */
    int64_t alive, pending, running;           /* alive = pending + running */
    int64_t healthy, unhealthy, stopping;
    int64_t hopeless; /* unhealthy and never healthy before */
    int64_t ailing;   /* running, their checks fail inside the grace period */
    int64_t guarded;  /* alive and protected from being stopped, and not unhealthy */
    int64_t guarded_healthy;
    struct {
        int64_t alive, healthy, unhealthy, hopeless, ailing, guarded, guarded_healthy;
    } draining;               /* of all these, those on hosts that are DRAINING */
    int64_t failed;           /* failedTasks: failed to start while none was running */
    int64_t impaired;         /* failed to start, since one last ran */
    int64_t attempts;         /* passes that launched some, since one last ran */
    int64_t traffic_permille; /* of the requests, as told to load_split(); ABSENT: as its targets */
    struct receivers receivers, orphans; /* orphans: of the receivers, targets whose task is gone */
    struct deployment_usage usage;
    simtime launch_not_before,
        announced_launch; /* the back-off of failing starts; the wake-up that is scheduled */
    struct service_deployment *service_deployment; /* that carries it; a rollback shares one */
    const char *state_reason;                      /* rolloutStateReason */
    struct circuit_breaker breaker;
    struct image_digest digest;
    bool ignores_alarms; /* one was in ALARM when it began */
    enum trip tripped;
    simtime bakes_until; /* 0: its bake time has not begun */
    bool touched;
    struct last_row last_row;
    struct task *first, *last;
    struct placement_tally
        *losable; /* tasks on hosts that may be stopped: wanted, not unhealthy, not guarded */
    struct staged_deployment *staged; /* its stages; NULL: it is a rolling one */
    struct deployment *older;
};

/* Why a service does not move; what the picture, `stuck` and the event say. */
enum stuck_reason { STUCK_NOT, STUCK_PERCENTAGES, STUCK_PLACEMENT, STUCK_PROTECTION, STUCK_FAILED };

/* Messages that are not said twice while their cause lasts. */
enum service_message {
    MESSAGE_UNABLE_TO_PLACE,
    MESSAGE_UNABLE_TO_MOVE,
    MESSAGE_PROTECTED,
    MESSAGE_START_IMPAIRED,
    MESSAGE_UNABLE_TO_REBALANCE,
    MESSAGE_TARGETS_DENIED,
    MESSAGE_UNABLE_TO_LAUNCH,
    MESSAGE_KINDS,
};

/* States of a target. [ELB:target-group-health-checks] */
enum target_state {
    TARGET_UNUSED,
    TARGET_INITIAL,
    TARGET_HEALTHY,
    TARGET_UNHEALTHY,
    TARGET_DRAINING,
    TARGET_STATES,
};

/* Targets of a service in one group; a row of targets.csv. It outlives the service's deletion, as its targets
 * drain on. */
struct target_counts {
    const char *target_group;
    uint64_t number;                          /* from 0 within the service */
    int64_t in[TARGET_STATES];                /* targets, unused ones aside */
    int64_t orphans[TARGET_STATES];           /* of these, registered ones whose task is gone */
    int64_t registered_now, deregistered_now; /* at this instant */
    const struct registration *registration;  /* the latest in this group */
    struct last_row last_row;
    struct target_counts *next;
    struct service *service;
    struct target_counts *next_of_group; /* of another service in the same group */
};

/* A load balancer of a service: where its tasks are registered and how they are checked there. */
struct registration {
    const char *name; /* of the target group, or of the Classic load balancer */
    bool classic;
    const char *container_name;
    int64_t container_port;
    struct probe probe;
    simtime deregistration_delay, slow_start;
    struct target_counts *counts;
};

/* Availability Zone rebalancing of a service (zone_rebalancer.h). */
struct rebalancing {
    bool asked_for;                 /* ENABLED, or so by default */
    bool under_way;                 /* it has begun, and is neither complete nor stopped */
    bool lacks_room;                /* in the poorest zone */
    simtime not_before;             /* SIMTIME_NEVER: no unbalanced steady state is waited out */
    int64_t surplus;                /* tasks beyond the desired count, until they are healthy */
    int64_t stops;                  /* tasks to stop in this pass, now that they are */
    int64_t desired_count;          /* the service's, when it began */
    const struct zone *to;          /* where the surplus starts */
    const struct zone *from;        /* where as many are stopped */
    struct placement_filter filter; /* to the hosts of `to` */
};

struct service {
    const struct service_settings *settings; /* as last created */
    const char *name;
    const char *group_name; /* "service:web" */
    uint64_t who;
    uint32_t index;
    bool exists; /* created and not deleted */
    /* What UpdateService may change. */
    int64_t desired_count, minimum_healthy_percent, maximum_percent;
    simtime grace_period;
    const struct list *strategies, *constraints;
    const struct capacity_strategy *strategy;               /* of its PRIMARY */
    const struct circuit_breaker_settings *circuit_breaker; /* NULL: off, as the next two */
    const struct deployment_alarms_settings *deployment_alarms;
    const struct early_success_settings *early_success;
    simtime bake_time; /* ABSENT: timing.deploymentBake */
    struct traffic_plan traffic_plan;
    const struct list *lifecycle_hooks;              /* struct lifecycle_hook_settings */
    const struct list *load_balancers;               /* struct service_load_balancer_settings */
    const char *configuration[CONFIGURATION_FIELDS]; /* as written; NULL: nothing */
    const struct network_configuration_settings *network_configuration;
    const struct registration *registrations; /* of its load balancers */
    int registration_count;
    simtime slow_start;                          /* the longest that it ever had; 0: none */
    struct target_counts *target_counts;         /* of every group that it ever had */
    struct task *first_awaiting, *last_awaiting; /* tasks whose targets await the scheduler */
    int64_t orphans;                             /* tasks that are gone and still registered */
    placement_group group;
    struct deployment *primary;   /* and, through `older`, the ACTIVE ones */
    struct deployment *completed; /* the last that became so: what a rollback goes back to. It stays among the
                                     older ones when it is INACTIVE; NULL: none yet */
    int64_t deployments_created, tasks_created;
    uint64_t choices;
    struct task_counts counts;
    struct holding held;
    struct service *next_to_launch; /* of those that wait for Fargate's launch rate */
    int64_t launches_awaited;       /* how many it waits for; 0: it does not */
    bool launches_continue;         /* a pass that the launch rate cut short goes on */
    int64_t unhealthy;
    bool recovers; /* a task was unhealthy, and ever since there have been more than desired */
    bool waits_for_room;
    bool steady;
    enum stuck_reason stuck;
    simtime stuck_since;
    const char *stuck_because;
    /* Why no task could be placed, as it said last. */
    enum placement_refusal refusal_told;
    event_handle timer;                /* time alone could change its answer */
    struct launches launches;          /* in the last minute */
    simtime announced_launches;        /* the wake-up that is scheduled when more are allowed */
    simtime message_at[MESSAGE_KINDS]; /* when last said, while its cause lasts; SIMTIME_NEVER */
    int64_t deregistered_now;          /* tasks, at this instant */
    const char *deregistered_from;     /* the deployment of the last of these */
    struct last_row last_row;
    /* figures */
    struct time_weighted healthy_over_time, serving_over_time, running_over_time;
    simtime below_desired, below_desired_since;
    struct deployment_levels *first_levels, *last_levels; /* one for each update that was deployed */
    bool deploys;                                         /* the last of these goes on */
    int64_t placement_failures[REFUSED_COUNT];
    int64_t deployments_completed;
    struct owner_cost cost;
    struct data_tally data;
    /* where its tasks may go */
    struct zone_share *zones;        /* by index */
    struct eligible_hosts *eligible; /* NULL: it has no deployment yet */
    struct rebalancing rebalancing;
    struct daemon *daemon;       /* NULL: REPLICA */
    struct image_mix *image_mix; /* what its RUNNING tasks run; NULL: nothing that the scenario lists */
    struct load *load;           /* NULL: nobody asks anything of it */
};

/* --- the world -------------------------------------------------------------------------------- */

/* Machines of tasks on Fargate, and the rate at which the account may launch them. */
struct fargate {
    struct container_instance *first, *last; /* linked as hosts of a group are */
    struct token_bucket bucket;
    struct service *first_to_launch, *last_to_launch; /* first in, first out */
    event_handle launch_event;
};

struct world {
    struct run *run;
    const struct ecs_settings *settings;
    struct arena *arena;
    const char *cluster_name;
    const char *region;
    struct zone *zones;
    uint32_t zone_count;
    struct auto_scaling_group *groups;
    uint32_t group_count;
    struct token_bucket ec2_launches; /* of all groups */
    struct spot_market spot_market;
    struct roles roles;
    struct capacity_provider *providers; /* Fargate's two, then those of the scenario */
    uint32_t provider_count;
    struct fargate fargate;
    struct volumes *volumes; /* NULL: nobody uses any */
    struct provisioning provisioning;
    struct fleet_cell *hand_built; /* one per zone */
    struct fleet_cell **cells;     /* all of them, by their index */
    uint32_t cell_count;
    struct service
        *services; /* those of the scenario, then those that the timeline creates; in declared order */
    uint32_t service_count;
    struct symbols service_names;
    uint32_t daemon_count;                 /* of these */
    struct eligible_hosts *eligible_hosts; /* the sets that services have */
    struct task_definition **definitions;  /* in order of registration */
    uint32_t definition_count;
    struct symbols definition_names; /* the first definition of each, registered or not */
    struct images *images;           /* NULL: the scenario lists none */
    struct task_family *families;    /* one per family of the scenario, in order of first mention */
    uint32_t family_count;
    struct symbols family_names;
    struct target_counts **target_counts; /* by target group: those of every service in it */
    struct metrics *metrics;
    struct scaling *scaling;                /* scaling_controller.h */
    struct alarm *first_alarm, *last_alarm; /* those declared, then those of policies */
    struct symbols alarm_names;
    struct pool instances, tasks, deployments;
    struct pieces pieces; /* what is a task's own */
    struct placement *placement;
    struct container_instance **hosts; /* by placement_instance; NULL once gone */
    uint32_t host_count, host_capacity;
    struct container_instance *first_launching, *last_launching; /* LAUNCHING and REGISTERING, in order */
    struct departed_instance *departed;                          /* of the last hour, in order (departed.h) */
    size_t departed_count, departed_capacity;
    struct index_set dirty_services;   /* to be reconciled at the next tick */
    struct index_set waiting_services; /* found no room; woken when some is freed */
    struct index_set
        lonely_services; /* found no host that meets their constraints; woken when a task is placed */
    struct index_set touched_services, touched_families, touched_cells, touched_groups; /* rows are due */
    uint32_t *scratch_indices; /* room for any of these */
    event_handle tick;
    simtime last_tick; /* SIMTIME_NEVER before the first */
    bool starting;     /* before t = 0: latencies are zero, nothing is recorded */
    bool sample_due;
    simtime request_rows_due;       /* the end of their period; SIMTIME_NEVER: nobody asks anything */
    struct type_count *type_counts; /* of hand-built hosts */
    uint32_t type_count;
    struct ledger ledger;
    struct task_loads task_loads;
    struct jobs *jobs;         /* job/job.h; NULL: no load has a trigger */
    struct timeline *timeline; /* timeline.c */
    struct logs *logs;         /* log_plan.h */
    struct disks disks;
    struct scaling_tally scaling_tally;
    struct expectations *expectations;
    int64_t event_ids;
};

/* Before the first event: zones, hosts, services; the steady world if that is asked for. */
void *world_begin(struct run *, const void *settings);
void world_settle(void *world);
void world_finish(void *world);
void world_end(void *world);

struct zone *zone_named(const struct world *, const char *name); /* NULL: none is, or there is no name */

#endif
