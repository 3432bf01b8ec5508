/* Starts the tasks that reconcile() wants: how many of them now, where each goes, and what is said of those
 * that go nowhere.
 *
 * What holds launches back: failed starts (launch_backoff.h), images whose digest is not known yet
 * (image_digest.h), the quota of a service and minute (launch_limit.h) and, on Fargate, that of the account
 * (fargate.h). Beyond these a pass starts as many as are wanted: AWS tells of no other batch. A service that
 * is held back goes on by itself when its time has come. One that finds no room is woken when some is freed.
 */
#ifndef MODELS_ECS_LAUNCHING_H
#define MODELS_ECS_LAUNCHING_H

#include "models/ecs/service/parts.h"

/* Returns whether any was started. */
bool launch_wanted(struct world *, const struct parts *, const struct rollout_decision *);

#endif
