/* Lifecycle hooks: an instance waits between `running` and InService, or between InService and its end, until
 * somebody has done what is to be done. [EAS lifecycle-hooks]
 *
 * All hooks of a transition begin at once, and the instance goes on when each has its result. CONTINUE lets
 * it go on; ABANDON ends the wait whatever the other hooks do: a launch is given up and its instance
 * terminated, a termination goes on. A hook that nobody completes in time gets its default result. Someone
 * who records heartbeats has 48 hours, or a hundred heartbeats if that is less; someone who does not has one
 * heartbeat.
 *
 * Hooks do not hold a dead instance: one that EC2 ends is gone. Nor one that has never been in service when
 * it is given up (AWS does not say). A group gets more hooks through group_add_hook(), before t = 0: whoever
 * adds one completes it. */
#ifndef MODELS_ECS_LIFECYCLE_HOOK_H
#define MODELS_ECS_LIFECYCLE_HOOK_H

#include "models/settings/auto_scaling_group.h"

struct world;
struct auto_scaling_group;
struct container_instance;

struct group_hook {
    const char *name;
    enum lifecycle_transition transition;
    simtime limit; /* until it gets its default result */
    enum lifecycle_result default_result;
    const struct dist *completes_after; /* NULL: whoever has added it completes it, or nobody */
    enum lifecycle_result result;       /* then */
    /* An instance begins to wait for it; it may be completed at once. NULL: nothing is to be done. */
    void (*begins)(struct world *, struct container_instance *, int hook);
};

enum { HOOK_BITS = 64 }; /* more than MOST_GROUP_HOOKS */

/* Of a group, by their number. */
struct group_hooks {
    struct group_hook *items; /* HOOK_BITS of them */
    int count;
};

/* For whom an instance waits. */
struct hook_wait {
    uint64_t hooks;  /* a bit for each */
    uint32_t rounds; /* how often it has begun to wait */
};

/* How long a hook may take. */
simtime lifecycle_limit(simtime heartbeat_timeout, bool records_heartbeats);

int group_add_hook(struct world *, struct auto_scaling_group *, const struct group_hook *); /* its number */
bool group_has_hooks(const struct auto_scaling_group *, enum lifecycle_transition);
int group_hook_named(const struct auto_scaling_group *, const char *name); /* -1: none */

/* The instance waits for the group's hooks of this transition, of which there are some. When all have their
 * results, the group is told by group_goes_on(). The pointer may be gone afterwards, here and below. */
void lifecycle_hooks_begin(struct world *, struct container_instance *, enum lifecycle_transition);
void lifecycle_hook_complete(struct world *, struct container_instance *, int hook, enum lifecycle_result);
bool lifecycle_hook_waits(const struct container_instance *, int hook);

/* Event: a hook is completed, or its time is over. */
void lifecycle_action_ends(void *world, uint64_t instance, uint64_t hook_and_round);

#endif
