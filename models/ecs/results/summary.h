/* What summary.json says of a run: figures of each service and of the fleet. One table, summary.def, writes
 * it and documents it. */
#ifndef MODELS_ECS_SUMMARY_H
#define MODELS_ECS_SUMMARY_H

#include "sim/engine/text.h"

void summary_write(void *world, struct json *); /* keys inside the one object */
const char *summary_help(void);                 /* every key with unit and meaning */

#endif
