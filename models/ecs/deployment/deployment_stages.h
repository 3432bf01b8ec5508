/* Which stage of a BLUE_GREEN, LINEAR or CANARY deployment comes next, and who has how much of the traffic in
 * it. Pure: the world says when a stage is over (staged_deployment.h).
 *
 * The stages come in the order of enum lifecycle_stage [DG:blue-green-deployment-how-it-works].
 * RECONCILE_SERVICE is there only if more than one older revision is ACTIVE. PRE_PRODUCTION_TRAFFIC_SHIFT and
 * PRODUCTION_TRAFFIC_SHIFT come once for each step of LINEAR and CANARY [API:DeploymentLifecycleHook
 * .lifecycleStages]: LINEAR takes equal steps, the last one what is left [API:LinearConfiguration]; CANARY
 * takes two [API:CanaryConfiguration].
 *
 * Settled where AWS is silent: the traffic shifts as its stage begins, before the hooks of that stage have
 * answered; the bake of a step is the end of its PRODUCTION_TRAFFIC_SHIFT; bakes are not held against the
 * limit of a stage. */
#ifndef MODELS_ECS_DEPLOYMENT_STAGES_H
#define MODELS_ECS_DEPLOYMENT_STAGES_H

#include "models/settings/settings.h"

enum { ALL_TRAFFIC_PERMILLE = 1000 };

#define STAGE_LIMIT (24 * SIMTIME_HOUR)     /* then it has failed [DG:deployment-type-blue-green] */
#define PAUSE_LIMIT (14 * SIMTIME_DAY)      /* of a stage at which it is paused [DG:pause-lifecycle-hooks] */
#define DEPLOYMENT_LIMIT (30 * SIMTIME_DAY) /* of all stages [DG:deployment-type-blue-green] */
#define NETWORK_SHIFT_TIME                                                                                   \
    (10 * SIMTIME_MINUTE) /* added to a shift by a Network Load Balancer                                     \
                             [DG:deployment-type-blue-green] */

/* How traffic goes over to a new revision. */
struct traffic_plan {
    enum deployment_strategy strategy;
    int64_t linear_step_permille, canary_permille;
    simtime linear_bake, canary_bake; /* between the steps */
    simtime bake;                     /* after the last */
};

/* What a service has of which nothing was said, and what a configuration changes of it. */
struct traffic_plan traffic_plan_default(void);
void traffic_plan_change(struct traffic_plan *, const struct deployment_configuration_settings *);

/* Where a deployment is. */
struct stage_position {
    enum lifecycle_stage stage;
    int64_t steps; /* shifts of production traffic so far, this stage's included */
};

struct stage_position stage_first(bool several_revisions_active);
struct stage_position stage_next(const struct traffic_plan *, struct stage_position); /* not of CLEAN_UP */

/* Of the new revision; the older one has the rest. */
int64_t stage_production_permille(const struct traffic_plan *, struct stage_position);
int64_t stage_test_permille(struct stage_position);

/* For how long it bakes at the end of this stage. */
simtime stage_bake(const struct traffic_plan *, struct stage_position);

/* The hooks of a stage, called in parallel. */
enum hook_state {
    HOOK_NOT_CALLED, /* it is none of this stage */
    HOOK_IN_PROGRESS,
    HOOK_AWAITING_ACTION,
    HOOK_SUCCEEDED,
    HOOK_FAILED,
    HOOK_TIMED_OUT,
};

struct hook_answer {
    enum hook_state state;
    enum hook_action on_timeout;
};

/* Any one that rolls back wins; else it waits for all. [DG:deployment-lifecycle-hooks] */
enum stage_verdict { STAGE_WAITS, STAGE_GOES_ON, STAGE_ROLLS_BACK };
enum stage_verdict stage_verdict(const struct hook_answer *, int count);

#endif
