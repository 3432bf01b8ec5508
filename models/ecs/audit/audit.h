/* What must always be true, checked after every instant in test builds (-DECSIM_AUDIT): resources never
 * overcommitted, ports never shared, counts equal to what is counted anew, links whole. It knows nothing of
 * how the world came about. */
#ifndef MODELS_ECS_AUDIT_H
#define MODELS_ECS_AUDIT_H

#include "models/ecs/world.h"

#ifdef ECSIM_AUDIT
void audit(struct world *);
void audit_costs(const struct world *); /* once the run is over */
#else
static inline void audit(struct world *world)
{
    (void)world;
}
static inline void audit_costs(const struct world *world)
{
    (void)world;
}
#endif

#endif
