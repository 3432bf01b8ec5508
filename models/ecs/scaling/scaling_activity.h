/* Scaling activities, as DescribeScalingActivities tells of them: what was scaled, and why something was not.
 * [AAS:scaling-activities] A reason for not scaling is told once, and again after it has changed. */
#ifndef MODELS_ECS_SCALING_ACTIVITY_H
#define MODELS_ECS_SCALING_ACTIVITY_H

#include "models/ecs/scaling/scalable.h"

struct scaling_activity {
    const struct scalable *scalable;
    const char *policy; /* name; NULL: a scheduled action */
    const char *cause;  /* in Application Auto Scaling's words */
    int64_t from, to;
    bool failed;          /* nothing was scaled */
    enum scaling_why why; /* and this NotScaledReason says why; WHY_OK: there is none for it */
};

void row_scaling_activity(struct world *, const struct scaling_activity *);

/* Whether there is a reason for not scaling that is to be told. `told` is the one told last, WHY_OK if none,
 * and is brought up to date. */
bool scaling_reason_is_news(enum scaling_why, enum scaling_why *told);

/* Does it and tells of it; a service's own event has the reason. False: the scalable's role does not let it
 * be done: a Failed activity, told once until something could be done again. How its cause goes on is our
 * choice; AWS has a StatusMessage beside it. */
bool scaling_carry_out(struct world *, struct scalable *, const struct scaling_activity *,
                       const char *reason);

#endif
