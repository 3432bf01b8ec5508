/* How many tasks of each revision of a service to stop and to start: the decision behind steady state,
 * scale-in, replacement and rolling deployments alike. Pure; it sees counts, never causes.
 *
 * Sources: minimum rounds up and maximum down [API:DeploymentConfiguration]; the printed sequences
 * [DG:service-options]; replacement of unhealthy tasks starts first where maximumPercent leaves room, else
 * stops one at a time [DG:ecs_services]; a lost task of an older revision is replaced by its own revision
 * [DG:deployment-type-ecs, 2025-11].
 *
 * One pass either stops or starts: it starts only when it has nothing to stop. This reproduces every sequence
 * that AWS prints.
 *
 * A DRAINING host is left by the same rule [DG:container-instance-draining]: what a deployment has there is a
 * part of its own, older than all the rest and never asked to bring anything back. Protected tasks stay
 * whatever the rule says [API:UpdateTaskProtection]; one that is unhealthy is not protected (AWS does not
 * say), and no healthy one that the floor needs goes in the place of one that is not yet healthy.
 *
 * A deployment that has FAILED launches nothing any more [DG:deployment-circuit-breaker]. While it is the
 * PRIMARY it keeps what it has, and the older revisions keep what is then missing to the desired count; an
 * older one goes as all others do.
 *
 * A revision beside which a staged deployment puts the new one is whole: it is asked for all it desires, as
 * the PRIMARY is [DG:blue-green-deployment-how-it-works].
 *
 * If more tasks run than are desired, unhealthy ones may go even if those that replace them only ail
 * [API:Service.healthCheckGracePeriodSeconds; observed: containers-roadmap#2714].
 *
 * Settled where AWS is silent: older revisions keep, together, only what the floor needs beyond the healthy
 * tasks of the PRIMARY; what they keep is given to their healthy tasks first, newest deployment first; a task
 * of an older revision that turns unhealthy without ever having been healthy goes at once and is not
 * replaced, or a broken old revision would hold the place of its cure for ever; an older revision brings back
 * what it loses from its successor's coming on, and no more; a scale-out during a deployment
 * [DG:deployment-type-ecs, 2025-11] lets the older revision with most healthy tasks grow as much, as far as
 * the floor asks for it. */
#ifndef MODELS_ECS_ROLLING_UPDATE_H
#define MODELS_ECS_ROLLING_UPDATE_H

#include <stdbool.h>
#include <stdint.h>

/* Tasks of one deployment on hosts that stay, or on hosts that are DRAINING. alive = desired status RUNNING =
 * pending + running; healthy + unhealthy + ailing <= running. */
struct revision_counts {
    bool draining;   /* on hosts that are DRAINING */
    bool failed;     /* its deployment has FAILED */
    bool whole;      /* an older revision that is asked for all it desires, as the PRIMARY is */
    int64_t desired; /* what it was last asked for; of no meaning where draining */
    int64_t alive, healthy, unhealthy;
    int64_t hopeless; /* unhealthy and never healthy before */
    int64_t ailing;   /* their checks fail, inside the grace period */
    int64_t guarded;  /* protected from being stopped, and not unhealthy */
    int64_t guarded_healthy;
};

struct rollout_view {
    int64_t minimum_healthy, maximum_total;  /* tasks, see rollout_minimum() and rollout_maximum() */
    int64_t stopping;                        /* tasks that are stopping and still count towards the maximum */
    int64_t leaving;                         /* tasks that are stopping, whether they count or not */
    const struct revision_counts *revisions; /* the PRIMARY first, then the ACTIVE ones, newest first, then
                                                the draining parts of all, in the same order */
    int count;
};

struct revision_move {
    int64_t desired;        /* what it is asked for from now on */
    int64_t stop_unhealthy; /* of its unhealthy tasks */
    int64_t stop;           /* of the others, those that are not yet healthy first, none that is guarded */
    int64_t held;           /* would be stopped, were they not guarded */
    int64_t start;
};

/* A further one is refused: "5 active deployments exist, unable to create new deployment." [observed:
 * containers-roadmap#2836] */
enum { MOST_REVISIONS = 5, MOST_PARTS = 2 * (MOST_REVISIONS + 1) }; /* one more may be brought back */

struct rollout_decision {
    struct revision_move moves[MOST_PARTS];
    bool acts;    /* something is to be stopped or started */
    bool guarded; /* some would be stopped, were they not protected */
    bool waiting; /* something is under way that can change the counts by itself */
    bool blocked; /* there is something to do, nothing is under way, and the percentages leave no move */
};

int64_t rollout_minimum(int64_t desired, int64_t minimum_healthy_percent);
int64_t rollout_maximum(int64_t desired, int64_t maximum_percent);

void rollout_decide(const struct rollout_view *, struct rollout_decision *);

#endif
