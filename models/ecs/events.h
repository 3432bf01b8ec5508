/* Names of what happens and of what is decided, and the EventBridge events by which ECS tells
 * [ODG:ecs_cwe_events].
 *
 * Of the names of service actions [DG:ecs_service_events] these are never told. The deployment names,
 * SERVICE_DEPLOYMENT_IN_PROGRESS, _COMPLETED and _FAILED, since they are told once, as deployment state
 * changes [DG:ecs_service_deployment_events]. CAPACITY_PROVIDER_STEADY_STATE, of which AWS does not say when
 * it is reached. And those whose cause does not exist here: TASKSET_STEADY_STATE (task sets of an EXTERNAL
 * controller), SERVICE_DISCOVERY_INSTANCE_UNHEALTHY, VPC_LATTICE_TARGET_UNHEALTHY, ECS_OPERATION_THROTTLED,
 * SERVICE_DISCOVERY_OPERATION_THROTTLED, SERVICE_TASK_CONFIGURATION_FAILURE, SERVICE_HEALTH_UNKNOWN. */
#ifndef MODELS_ECS_EVENTS_H
#define MODELS_ECS_EVENTS_H

#include "models/ecs/world.h"

enum event_name {
#define EVENT(name, text, handler, subject) EVENT_##name,
#include "models/ecs/events.def"
#undef EVENT
    EVENT_COUNT,
};

/* What an event's subject is. */
enum event_subject {
    SUBJECT_NOBODY,
    SUBJECT_TASK,     /* a reference, as the next two */
    SUBJECT_INSTANCE, /* of a group, of nobody, or a machine of Fargate */
    SUBJECT_DEPLOYMENT,
    SUBJECT_SERVICE, /* an index, as the next */
    SUBJECT_GROUP,
};

enum decision_name {
#define DECISION(name, text) DECISION_##name,
#include "models/ecs/decisions.def"
#undef DECISION
    DECISION_COUNT,
};

/* EventBridge; each checks whether anybody listens. Nothing is told before t = 0. */
void event_task_changed(struct world *, struct task *);
/* Its state, or what is left of its resources. */
void event_instance_changed(struct world *, struct container_instance *);
/* ECS Service Action and ECS Deployment State Change. `type` is INFO, WARN or ERROR; reason may be NULL. */
void event_service_action(struct world *, struct service *, const char *type, const char *name,
                          const char *reason);
void event_deployment_changed(struct world *, struct deployment *, const char *type, const char *name,
                              const char *reason);

/* ECS Hook State Change. [DG:pause-lifecycle-hooks] */
struct hook_change {
    const char *type, *name; /* INFO or ERROR; HOOK_AWAITING_ACTION, … */
    const char *hook_id, *hook_type, *stage;
    simtime expires_at;
};
void event_hook_changed(struct world *, struct deployment *, const struct hook_change *);

/* CloudWatch Alarm State Change, from one state to that of the alarm. [CW:cloudwatch-and-eventbridge] */
struct alarm;
void event_alarm_changed(struct world *, const struct alarm *, enum scaling_alarm from, const char *reason);

#endif
