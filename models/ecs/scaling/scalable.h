/* What can be scaled, a service or an Auto Scaling group, by a few verbs. */
#ifndef MODELS_ECS_SCALABLE_H
#define MODELS_ECS_SCALABLE_H

#include "models/ecs/world.h"

struct scalable {
    const struct scalable_verbs *verbs;
    const char *name;
    bool is_group;
    uint32_t subject;        /* index of the service or group */
    const char *resource_id; /* "service/default/web", "autoScalingGroupName/fleet" */
    uint64_t who;
    int64_t least, most;                       /* of a service; a group has its own */
    struct suspended_state_settings suspended; /* of a service */
    const char *role;                          /* by which it is scaled; NULL: a service-linked one */
    bool denied;                               /* that could not be done last, and it is told */
};

struct scalable_verbs {
    bool (*exists)(const struct world *, const struct scalable *);
    int64_t (*desired)(const struct world *, const struct scalable *);
    /* What does its work: RUNNING tasks; instances that have been InService for the time of their warm-up. */
    int64_t (*running)(const struct world *, const struct scalable *, simtime warmup);
    /* When first after `from` that changes, or what holds a scale-in up, if nothing happens. */
    simtime (*steady_until)(const struct world *, const struct scalable *, simtime warmup, simtime from);
    void (*limits)(const struct world *, const struct scalable *, int64_t *least, int64_t *most);
    /* WHY_OK: nothing holds it up. */
    enum scaling_why (*scale_in_held_by)(const struct world *, const struct scalable *, simtime warmup);
    enum scaling_why (*scale_out_held_by)(const struct world *, const struct scalable *);
    simtime (*idle_since)(const struct world *, const struct scalable *); /* as group_idle_since() */
    bool (*scheduled_suspended)(const struct world *, const struct scalable *);
    void (*set)(struct world *, struct scalable *, int64_t desired, const char *reason);
    void (*set_limits)(struct world *, struct scalable *, int64_t least, int64_t most);
};

struct scalable scalable_of_service(struct world *, const struct service *,
                                    const struct scalable_target_settings *);
struct scalable scalable_of_group(struct world *, const struct auto_scaling_group *);

#endif
