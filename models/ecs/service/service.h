/* A service: created, updated, deleted; what it is told by its tasks, and what it says. Its deployments are
 * in deployment.h.
 *
 * Services are reconciled by the tick (tick.h) once something has woken them. */
#ifndef MODELS_ECS_SERVICE_H
#define MODELS_ECS_SERVICE_H

#include "models/ecs/world.h"

/* The service exists from now on, with its first deployment. */
void service_create(struct world *, struct service *);

/* UpdateService; NULL, or what AWS answers. Which changes are deployed is in service_update.h. What it asks
 * for may be refused for what the service has by then, 100/100 and the sixth deployment among it, so it is
 * looked at when it is played and not when it is read. */
const char *service_update(struct world *, struct service *, const struct update_service_settings *);
void service_set_desired(struct world *, struct service *, int64_t desired);

/* DeleteService; NULL, or what AWS answers. What the service still has is stopped. It is DRAINING until all
 * of that is STOPPING or STOPPED, then INACTIVE, and only then may one of its name be created
 * [API:DeleteService]. The new one goes on where the old one ended: what still stops counts towards its
 * maximum. */
const char *service_delete(struct world *, struct service *, bool force);
bool service_drains(const struct service *);
bool service_has_tasks(const struct service *); /* that are not STOPPED */

struct service *service_find(struct world *, const char *name);        /* existing ones only; NULL */
struct service *service_named(const struct world *, const char *name); /* whether it exists or not; NULL */

/* The next of its named draws of this kind. */
rng_key service_next_choice(struct world *, struct service *, enum draw_purpose);

void service_wake(struct world *, struct service *); /* to be reconciled at the next tick */
/* A task of it found no place: it is woken when that may have changed. `closest` may be PLACEMENT_NONE. */
void service_lacks_room(struct world *, struct service *, enum placement_refusal, placement_instance closest);
void services_wake_all(struct world *, struct index_set *); /* and the set is empty */
void services_room_freed(struct world *);                   /* those that wait for room are woken */
void services_task_placed(struct world *); /* those whose constraints may ask for just this task */

/* Told by tasks. */
void service_task_stopped(struct world *, struct service *, struct deployment *, bool failed_to_start);
void service_target_unhealthy(struct world *, const struct task *, const struct registration *);

/* The PRIMARY is complete, or the service steady: looked at after each reconcile and health change. */
void service_look_at_progress(struct world *, struct service *);

/* stoppedReason of a task that is not wanted where it is. */
const char *service_scaling_reason(struct world *, const struct service *);

/* An Events-tab message, `(service web) …`, of a template of service_messages.h. */
void service_say(struct world *, const struct service *, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* `(service web, taskSet ecs-svc/2) …`. */
void service_task_set_says(struct world *, const struct service *, const char *task_set, const char *format,
                           ...) __attribute__((format(printf, 4, 5)));
/* That these tasks are told to stop; that protected tasks of this deployment should be and cannot. Both go to
 * EventBridge too [DG:ecs_service_events, DG:track-service-rebalancing]; that the second does outside of a
 * rebalancing is a choice: it is the same message. */
void service_say_stopped(struct world *, struct service *, int64_t count, const char *tasks);
void service_say_protected(struct world *, struct service *, const struct deployment *);
/* Whether this message may be said now, and it is taken for said: once while its cause lasts, and again after
 * timing.steadyStateRepeat. */
bool service_may_say(struct world *, struct service *, enum service_message);

/* Events. */
void service_timer_fires(void *world, uint64_t service, uint64_t is_backoff);

#endif
