/* How many instances that have reached their maximum lifetime are replaced at a time. Pure.
 *
 * One, if that leaves time to replace each within a lifetime; else as many as it takes, up to a tenth of the
 * group. [EAS asg-max-instance-lifetime] What a replacement takes, AWS does not say how it knows; here it is
 * what the last one took. */
#ifndef MODELS_ECS_LIFETIME_PACE_H
#define MODELS_ECS_LIFETIME_PACE_H

#include "sim/engine/simtime.h"
#include <stdint.h>

int64_t lifetime_at_once(int64_t capacity, simtime lifetime, simtime replacement_took);

#endif
