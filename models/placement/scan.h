/* The choice by looking at every instance: the definition of placement, and the oracle of the view. */
#ifndef MODELS_PLACEMENT_SCAN_H
#define MODELS_PLACEMENT_SCAN_H

#include "models/placement/choice.h"

placement_instance scan_choose(const struct question *);
enum placement_refusal scan_closest(const struct question *, placement_instance *closest);

#endif
