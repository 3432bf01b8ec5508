/* What goes wrong. A failure strikes at a scripted time or at drawn ones, and calls the few verbs by which
 * the world may break; it never repairs what the scheduler should. One file per failure, one line in
 * failures.def. What each means: [ODG:ECS_instances] and the table of meanings in the README. */
#ifndef MODELS_FAILURE_FAILURE_H
#define MODELS_FAILURE_FAILURE_H

#include "models/settings/settings.h"
#include "sim/engine/param.h"
#include "sim/engine/rng.h"

struct world;
struct container_instance;
struct task;

extern const struct catalogue failure_catalogue;

/* One entry of `failures:`, by its index there. A strike has a number: `nth` is what it was scheduled
 * with. Any verb that is not needed may be NULL. */
struct failure_verbs {
    /* Before t = 0: schedule what is scripted. */
    void (*begin)(struct world *, uint32_t index, const void *settings);
    /* A host was launched: draw its fate. */
    void (*host_launched)(struct world *, uint32_t index, const void *settings, struct container_instance *);
    void (*strike)(struct world *, uint32_t index, const void *settings, uint64_t nth);
    /* A host that is still there: scheduled for it, or chosen by failure_strike_hosts(). It may be gone
     * afterwards. */
    void (*strike_host)(struct world *, uint32_t index, const void *settings, struct container_instance *,
                        uint64_t nth);
    /* A task chosen by failure_strike_tasks(). It may be gone afterwards. */
    void (*strike_task)(struct world *, uint32_t index, const void *settings, struct task *);
    /* One that lasts has these two instead of begin() and strike(): where among its settings its struct
     * failure_outage is, and what is lost at each of its times, and back at the end. Several overlap. */
    size_t outage_offset;
    void (*set_outage)(struct world *, uint32_t index, const void *settings, bool lost);
};

/* --- when ------------------------------------------------------------------------------------- */

/* The times of a scripted failure. */
struct failure_times {
    simtime at;    /* ABSENT: it is not scripted */
    simtime every; /* ABSENT: once */
    int64_t times; /* ABSENT: once, or with `every` to the end */
};

#define PARAM_FAILURE_TIMES(structure, field, at_flags)                                                      \
    {.key = "at",                                                                                            \
     .type = PARAM_DURATION,                                                                                 \
     .flags = at_flags,                                                                                      \
     .offset = PARAM_OFFSET(structure, field.at, simtime),                                                   \
     .meaning = "when it strikes, since the start of the run"},                                              \
        {.key = "every",                                                                                     \
         .type = PARAM_DURATION,                                                                             \
         .offset = PARAM_OFFSET(structure, field.every, simtime),                                            \
         .least = SIMTIME_MILLISECOND,                                                                       \
         .most = SIMTIME_NEVER - 1,                                                                          \
         .meaning = "strikes again after each such time (default: once)"},                                   \
    {                                                                                                        \
        .key = "times", .type = PARAM_INTEGER, .offset = PARAM_OFFSET(structure, field.times, int64_t),      \
        .least = 1, .most = INT32_MAX,                                                                       \
        .meaning = "how often in all (default: once, or with `every` to the end)"                            \
    }

void failure_check_times(struct mistakes *, const void *object, const struct failure_times *);

/* Of a failure that lasts. */
struct failure_outage {
    struct failure_times times;
    simtime length; /* ABSENT: to the end of the run */
};

#define PARAM_FAILURE_OUTAGE(structure, field, for_flags, text)                                              \
    PARAM_FAILURE_TIMES(structure, field.times, PARAM_REQUIRED),                                             \
    {                                                                                                        \
        .key = "for", .type = PARAM_DURATION, .flags = for_flags,                                            \
        .offset = PARAM_OFFSET(structure, field.length, simtime), .meaning = text                            \
    }

/* Schedules strike() for the nth time, from 0; nothing where the script has come to its end. */
void failure_schedule_time(struct world *, uint32_t index, const struct failure_times *, uint64_t nth);

/* Schedules strike_host() for the host, the nth time, after a time that is drawn; nothing where no
 * distribution was given. */
void failure_draw_strike(struct world *, uint32_t index, const struct dist *after,
                         struct container_instance *, uint64_t nth);

/* --- whom ------------------------------------------------------------------------------------- */

/* Hosts or tasks by a selector: its fields stand among the failure's own, or under one key
 * `containerInstance` or `task`, which takes a name too. */
struct failure_target {
    struct selector fields;
    struct selector *selector; /* under the one key; NULL: the fields count */
};

#define PARAM_FAILURE_TARGET(structure, field, one_key, text)                                                \
    {.key = one_key,                                                                                         \
     .type = PARAM_OPTIONAL,                                                                                 \
     .offset = PARAM_OFFSET(structure, field.selector, struct selector *),                                   \
     .shape = &selector_shape,                                                                               \
     .meaning = text},                                                                                       \
        {.key = "service",                                                                                   \
         .type = PARAM_REFERENCE,                                                                            \
         .offset = PARAM_OFFSET(structure, field.fields.service, const char *),                              \
         .collection = "services",                                                                           \
         .meaning = "of this service"},                                                                      \
        {.key = "taskDefinition",                                                                            \
         .type = PARAM_REFERENCE,                                                                            \
         .offset = PARAM_OFFSET(structure, field.fields.task_definition, const char *),                      \
         .collection = "taskDefinitions",                                                                    \
         .meaning = "of this task definition"},                                                              \
        {.key = "availabilityZone",                                                                          \
         .type = PARAM_TEXT,                                                                                 \
         .offset = PARAM_OFFSET(structure, field.fields.availability_zone, const char *),                    \
         .meaning = "in this zone"},                                                                         \
        {.key = "autoScalingGroup",                                                                          \
         .alias = "autoScalingGroupName",                                                                    \
         .type = PARAM_REFERENCE,                                                                            \
         .offset = PARAM_OFFSET(structure, field.fields.auto_scaling_group, const char *),                   \
         .collection = "autoScalingGroups",                                                                  \
         .meaning = "of this Auto Scaling group"},                                                           \
        {.key = "expression",                                                                                \
         .type = PARAM_PARSED,                                                                               \
         .offset = PARAM_OFFSET(structure, field.fields.expression, const struct query *),                   \
         .parse = query_bind,                                                                                \
         .meaning = "on instances that match, in the cluster query language"},                               \
        {.key = "pick",                                                                                      \
         .type = PARAM_CHOICE,                                                                               \
         .offset = PARAM_OFFSET(structure, field.fields.pick, int),                                          \
         .fallback = "oldest",                                                                               \
         .names = pick_names,                                                                                \
         .meaning = "which of several: oldest, newest or random"},                                           \
    {                                                                                                        \
        .key = "count", .type = PARAM_INTEGER,                                                               \
        .offset = PARAM_OFFSET(structure, field.fields.count, int64_t), .fallback = "1", .least = 1,         \
        .most = INT32_MAX, .meaning = "how many of them"                                                     \
    }

const struct selector *failure_selector(const struct failure_target *);
bool failure_target_given(const struct failure_target *); /* it says more than the default */
void failure_check_target(struct mistakes *, const void *object, const char *one_key,
                          const struct failure_target *, const struct ecs_settings *);

/* Hosts are struck by the script (`at`) or each by chance (`timeBetween`): by one of the two. */
void failure_check_script_or_chance(struct mistakes *, const void *object, const struct dist *time_between,
                                    const struct failure_times *, const struct failure_target *);

/* The zone must be one of the scenario's; NULL is fine. */
void failure_check_zone(struct mistakes *, const void *object, const char *zone, const struct ecs_settings *);

/* Some task definition must have a container of this name; NULL is fine. */
void failure_check_container(struct mistakes *, const void *object, const char *name,
                             const struct ecs_settings *);

#define PARAM_FAILURE_CONTAINER(structure, field)                                                            \
    {                                                                                                        \
        .key = "containerName", .type = PARAM_TEXT, .offset = PARAM_OFFSET(structure, field, const char *),  \
        .meaning = "which of its containers (default: its first essential one)"                              \
    }

/* --- called by the world ---------------------------------------------------------------------- */

void failures_begin(struct world *);
void failures_host_launched(struct world *, struct container_instance *);
void failures_host_gone(struct world *, struct container_instance *);
void failure_strikes(void *world, uint64_t index, uint64_t nth);
void failure_strikes_host(void *world, uint64_t host, uint64_t index_and_nth);

/* --- the verbs by which the world may break (models/ecs/faults.c); each leaves its mark in the picture  */

enum host_failure {
    HOST_CRASH,
    HOST_TERMINATE,
    HOST_STOP,
    HOST_AGENT_LOST,
    /* A notice; after two minutes the host, if it is of the Spot market, is: */
    HOST_SPOT_TERMINATE,
    HOST_SPOT_STOP,
    /* Its process ends: by fault_agent_exit(), as its exit code matters. */
    HOST_AGENT_EXIT,
    HOST_DISK_FULL, /* nothing is free on its disk, until it is cleared */
};

simtime fault_now(const struct world *);
void failure_schedule(struct world *, uint32_t index, simtime at, uint64_t nth);
/* At most one strike of a failure waits for a host: a later call replaces it. nth is below 2^32. */
void failure_schedule_host(struct world *, uint32_t index, simtime after, struct container_instance *,
                           uint64_t nth);
/* A draw of this failure for one subject; nth counts. */
rng_key failure_draw(struct world *, uint32_t index, uint64_t who, uint64_t nth);
uint64_t fault_host_name(const struct container_instance *); /* `who` */

/* Up to selector->count hosts to which this can happen, or running tasks: all are chosen before the first
 * is struck. */
void failure_strike_hosts(struct world *, uint32_t index, enum host_failure, const struct selector *,
                          uint64_t nth);
void failure_strike_tasks(struct world *, uint32_t index, const struct selector *, uint64_t nth);
void failure_strike_spot_tasks(struct world *, uint32_t index, const struct selector *,
                               uint64_t nth); /* tasks on FARGATE_SPOT, running or not yet */
/* Whether the selector, its pick and count aside, means this host. */
bool failure_means_host(struct world *, const struct selector *, const struct container_instance *);

/* True: the host stays as it is until it is repaired. False: it is gone, or its group will replace it. */
bool fault_host(struct world *, struct container_instance *, enum host_failure);
/* A role may no longer what it is for, or cannot even be assumed; or that is over. Several overlap. */
enum role_loss { ROLE_DETACHED, ROLE_DELETED };
void fault_role(struct world *, const char *role, enum role_loss, bool lost);

/* True: it stays away until it is repaired. False: it is started again, or has not run. */
bool fault_agent_exit(struct world *, struct container_instance *, int64_t exit_code);
void fault_repair_host(struct world *, struct container_instance *);
/* Its process is started; or lives, and connects again. Neither where the host is dead. */
void fault_start_agent(struct world *, struct container_instance *);
void fault_reconnect_agent(struct world *, struct container_instance *);
/* Cleared it is no earlier than the latest of the times for which somebody has kept it full. */
void fault_keep_disk_full(struct container_instance *, simtime until);
void fault_clear_disk(struct world *, struct container_instance *);

/* How long before a notice EC2 recommends to rebalance; 0 where no group heeds it. */
simtime fault_rebalance_lead(const struct world *);
/* The host is at an elevated risk of interruption. False: it was already, or can have no notice. */
bool fault_host_at_risk(struct world *, struct container_instance *);

/* A pool is foreseen to close, closes: its hosts get their notice and no more are launched; opens again. Once
 * each, in this order. */
enum spot_pool_state { SPOT_POOL_AT_RISK, SPOT_POOL_CLOSED, SPOT_POOL_OPEN };
void fault_spot_pool(struct world *, const char *instance_type, const char *zone, enum spot_pool_state,
                     enum host_failure);
void fault_registry(struct world *, const char *registry, bool lost); /* NULL: every one */
void fault_zone_power(struct world *, const char *zone, bool lost);
void fault_zone_network(struct world *, const char *zone, bool lost);
/* It throttles this share of the calls of jobs, millionths, until as many strikes have ended as began. */
enum failing_api { FAILING_RUN_TASK, FAILING_INVOKE };
void fault_api(struct world *, uint32_t index, enum failing_api, int64_t share, bool throttled);
void fault_zone_launches(struct world *, const char *zone, bool refused); /* NULL: every zone */
/* A file system's mount target in the zone (NULL: in each) is lost, or back. */
void fault_mount_targets(struct world *, const char *file_system, const char *zone, bool lost);
/* An EBS volume, or all of a zone, does not answer, or does again. */
void fault_volume(struct world *, const char *volume, bool impaired);
void fault_volumes_of_zone(struct world *, const char *zone, bool impaired);
/* CloudWatch Logs takes no lines; out of reach, it makes no log streams either (models/ecs/log/log_driver.h).
 */
enum log_outage { LOGS_UNREACHABLE, LOGS_THROTTLED, LOG_OUTAGES };
void fault_logs(struct world *, enum log_outage, bool lost);
/* A container of the task: NULL, or a name that it has not, is its first essential one. */
void fault_task_exit(struct world *, struct task *, const char *container, int64_t exit_code);
void fault_task_hang(struct world *, struct task *, const char *container);
void fault_task_interrupt(struct world *, struct task *); /* of FARGATE_SPOT: two minutes' warning */

#define ENTRY(name) extern const struct variant failure_##name;
#include "models/failure/failures.def"
#undef ENTRY

#endif
