/* `help scenario`: every key that a scenario may say, from the tables. */
#ifndef SIM_SCENARIO_REFERENCE_H
#define SIM_SCENARIO_REFERENCE_H

#include "sim/engine/param.h"
#include "sim/engine/text.h"

/* Keys are indented below the key that holds them; a shape that is described already is named only. */
void reference_write(const struct shape *root, struct text *out);

#endif
