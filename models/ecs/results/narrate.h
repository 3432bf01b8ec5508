/* The story of a run in a few lines, for whoever has just run it. */
#ifndef MODELS_ECS_NARRATE_H
#define MODELS_ECS_NARRATE_H

#include "sim/engine/text.h"

void narrate(void *world, struct text *); /* after the run's end; each line ends with a newline */

#endif
