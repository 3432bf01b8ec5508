/* A service: created, updated, deleted; what it is told by its tasks, and what it says. Its deployments are
 * in deployment.h.
 *
 * Services are reconciled by the tick (tick.h) once something has woken them. */
#ifndef MODELS_ECS_SERVICE_H
#define MODELS_ECS_SERVICE_H

#include "models/ecs/world.h"

/* The service exists from now on, with its first deployment. */
void service_create(struct world *, struct service *);

/* UpdateService; NULL, or what AWS answers. A changed desired count alone is no deployment; the same task
 * definition again is none either, unless forced. [API:UpdateServiceRequest] */
const char *service_update(struct world *, struct service *, const struct update_service_settings *);
const char *service_delete(struct world *, struct service *, bool force);
void service_set_desired(struct world *, struct service *, int64_t desired);

struct service *service_find(struct world *, const char *name); /* existing ones only; NULL */

void service_wake(struct world *, struct service *); /* to be reconciled at the next tick */
void services_room_freed(struct world *);            /* those that wait for room are woken */
void services_task_placed(struct world *);           /* those whose constraints may ask for just this task */

/* Told by tasks. */
void service_task_stopped(struct world *, struct service *, struct deployment *, bool failed_to_start);
void service_target_unhealthy(struct world *, const struct task *, const struct registration *);

/* The PRIMARY is complete, or the service steady: looked at after each reconcile and health change. */
void service_look_at_progress(struct world *, struct service *);

/* An Events-tab message, `(service web) …`. */
void service_say(struct world *, const struct service *, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, once while its cause lasts and again after timing.steadyStateRepeat. Returns whether it was said.
 */
bool service_may_say(struct world *, struct service *, enum service_message);

/* Events. */
void service_timer_fires(void *world, uint64_t service, uint64_t is_backoff);

#endif
