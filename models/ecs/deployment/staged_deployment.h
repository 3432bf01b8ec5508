/* A BLUE_GREEN, LINEAR or CANARY deployment: stage by stage it brings in all tasks of the new revision beside
 * those of the older one, shifts the traffic, and takes the older one away. Which stage comes next is decided
 * in deployment_stages.h. [DG:deployment-type-blue-green, DG:deployment-type-linear, DG:canary-deployment]
 *
 * Until CLEAN_UP both revisions keep as many tasks as the service desires, whatever its percentages say; a
 * lost or unhealthy one is replaced by its own revision, and a change of the desired count is one of both.
 * Before SCALE_UP the new one has none. In CLEAN_UP the ordinary rule (rolling_update.h) removes the older
 * one.
 *
 * Settled where AWS is silent: of several older revisions the one with most of the production traffic stays,
 * then the one with most healthy tasks; the others go in RECONCILE_SERVICE, as it gets its tasks; if it has
 * FAILED it gets none, and as many of theirs as it lacks stay to CLEAN_UP. An update during a deployment
 * ends it where it is: its revision is then one of the older. The deployment that creates a service has
 * nothing to shift from and is a rolling one, as all of a DAEMON service are. CLEAN_UP has no limit of time,
 * since there is nothing to go back to. A roll back gives all traffic back at once, asks no hooks, and the
 * ordinary rule removes the new revision. A service without load balancer goes through the same stages; its
 * shares of traffic are what whoever routes to it would be told.
 *
 * Who gets requests by these shares is said in load.h; outside of the stages there are none. */
#ifndef MODELS_ECS_STAGED_DEPLOYMENT_H
#define MODELS_ECS_STAGED_DEPLOYMENT_H

#include "models/ecs/world.h"

struct revision_counts;
struct rollout_view;

/* A hook of this deployment, in the stage that it is in. */
struct hook_call {
    const struct lifecycle_hook_settings *settings;
    const char *id; /* of the latest call */
    int64_t calls;
    enum hook_state state;
    simtime expires_at;
    event_handle answer_event, timeout_event;
};

struct staged_deployment {
    struct traffic_plan plan; /* and hooks: as the service had them when it began */
    struct hook_call hooks[MOST_HOOKS];
    int hook_count;
    struct deployment *source; /* what it replaces: ACTIVE as long as it is in stages */
    bool tests;                /* there is test traffic */
    bool behind_network_load_balancer;
    struct stage_position at;
    bool bakes;         /* the rest of this stage is its bake */
    simtime busy_until; /* traffic shifts, or it bakes */
    event_handle clock, stage_limit, limit;
};

/* A deployment of the service has begun: in stages, if that is the service's strategy. */
void staged_deployment_begin(struct world *, struct deployment *);

/* It is complete, replaced by the next, or its service deleted: the traffic is nobody's concern any more. */
void staged_deployment_end(struct world *, struct service *);

/* The PRIMARY has failed and `target` is about to be it again: that has all traffic from now on. */
void staged_deployment_rolls_back(struct world *, struct deployment *failed, struct deployment *target);

/* ContinueServiceDeployment: NULL, or what AWS answers. hook_id NULL: all that await an action.
 * [API:ContinueServiceDeploymentRequest] */
const char *staged_deployment_continue(struct world *, struct service *, const char *hook_id,
                                       enum hook_action);

/* At each pass of the scheduler: tasks that it has waited for may be there, or gone. */
void staged_deployment_look_at_progress(struct world *, struct service *);

/* It may be COMPLETED once its tasks are there and the older ones gone. */
bool staged_deployment_may_complete(const struct deployment *);

/* This older revision keeps its tasks, or would if it had any: it is there to go back to. */
bool staged_deployment_keeps(const struct deployment *);

/* What the parts of a service, of these deployments, are asked for; nothing changes outside of the stages. */
void staged_deployment_ask(const struct service *, struct deployment *const *, struct revision_counts *,
                           struct rollout_view *);

/* Events. */
void staged_deployment_moves(void *world, uint64_t deployment, uint64_t unused);
void staged_deployment_takes_too_long(void *world, uint64_t deployment, uint64_t is_stage);
void staged_deployment_hook_answers(void *world, uint64_t deployment, uint64_t hook);
void staged_deployment_hook_times_out(void *world, uint64_t deployment, uint64_t hook);

#endif
