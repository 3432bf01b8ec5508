/* An instance refresh replaces the instances of a group, as many at a time as its percentages allow
 * (maintenance_policy.h), and pauses at its checkpoints (refresh_progress.h). [EAS asg-instance-refresh]
 *
 *   InProgress ──> Baking ──> Successful
 *       │  └─ CancelInstanceRefresh ─> Cancelling ─> Cancelled
 *       └─ stuck, an alarm, 14 days ──> Failed, or with autoRollback as
 *          RollbackInstanceRefresh  ──> RollbackInProgress ──> RollbackSuccessful or RollbackFailed
 *
 * Instances that were there are outdated, the oldest go first (AWS does not say in which order); what the
 * group launches meanwhile is new. With skipMatching those that were launched from what the group launches
 * now stay. A new one counts when it has been InService for the warm-up. Those that are protected from
 * scale-in are waited for, left alone or replaced, as the preferences say.
 *
 * A launch goes into the zone that has fewest of the new ones, and the group rebalances its zones when the
 * refresh is over (AWS does not say either).
 *
 * It fails when it has replaced nothing for an hour, and nothing warms up meanwhile [EAS
 * asg-instance-refresh], and after 14 days in all. A rollback replaces what the refresh has launched; it has
 * no checkpoints (a choice), and the same limits. Cancelling ends when what was being launched is in service,
 * or within that hour. Pending is over at once. */
#ifndef MODELS_ECS_INSTANCE_REFRESH_H
#define MODELS_ECS_INSTANCE_REFRESH_H

#include "models/ecs/world.h"

bool refresh_is_active(const struct instance_refresh *);
extern const char *const refresh_status_names[];

/* NULL, or how AWS refuses. */
const char *instance_refresh_start(struct world *, struct auto_scaling_group *,
                                   const struct start_instance_refresh_settings *);
const char *instance_refresh_cancel(struct world *, struct auto_scaling_group *);
const char *instance_refresh_roll_back(struct world *, struct auto_scaling_group *);

/* By the refresh under way, or the last if it was Successful. */
bool instance_refresh_outdates(const struct auto_scaling_group *, const struct container_instance *);

/* In the views of zones those that are to be replaced are gone already, so that in the end the new ones are
 * balanced. */
void instance_refresh_looks_ahead(const struct world *, struct auto_scaling_group *);

/* "<group>/<n>", n from 1. */
const char *instance_refresh_id(struct world *, const struct auto_scaling_group *);

/* Does what is to be done now. Returns when time alone could change that, or SIMTIME_NEVER. */
simtime instance_refresh_look(struct world *, struct auto_scaling_group *);

/* An alarm went to ALARM: refreshes that watch it fail. */
void instance_refreshes_alarm(struct world *, const char *alarm);

#endif
