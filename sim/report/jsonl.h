/* JSON lines: one document a line, made by the model. */
#ifndef SIM_REPORT_JSONL_H
#define SIM_REPORT_JSONL_H

#include "sim/engine/model.h"

void jsonl_add_row(struct text *, const struct value *document); /* one VALUE_TEXT without line ends */

#endif
