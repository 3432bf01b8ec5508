/* In test builds: what a group keeps of its hosts (roster.h) is what a look at each of them finds, and so is
 * whom it would give up now. */
#ifndef MODELS_ECS_ROSTER_AUDIT_H
#define MODELS_ECS_ROSTER_AUDIT_H

#include "models/ecs/world.h"

#ifdef ECSIM_AUDIT
void audit_roster(struct world *, struct auto_scaling_group *);
#endif

#endif
