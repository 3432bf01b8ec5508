/* One text read as the type that its field wants. Exact: decimals never pass through a double. */
#ifndef SIM_SCENARIO_SCALAR_H
#define SIM_SCENARIO_SCALAR_H

#include "sim/engine/param.h"

/* Reads the text as the param's type, one of FLAG, INTEGER, NUMBER, DURATION, CPU, MEMORY, UTC, TIME_OF_DAY,
 * CHOICE, and checks its range. Returns NULL, or what is wrong in words that follow the text: "is not a
 * duration; write it as 90s, …". */
const char *scalar_read(struct arena *, const struct param *, const char *text, int64_t *value);

/* What such a text looks like: "a duration, such as 90s or 1h30m". For every scalar type. */
const char *scalar_expected(const struct param *);

/* The range of a param as people write its values; NULL where the table gives none. */
const char *scalar_range(struct arena *, const struct param *);

/* The name in an ARN, a resourceId or a resourceLabel; any other text is a name already. */
const char *scalar_name(struct arena *, const char *text);

#endif
