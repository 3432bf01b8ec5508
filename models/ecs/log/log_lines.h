/* logs.jsonl: lines as they arrive in CloudWatch Logs, with its names for them.
 * [API logs:FilterLogEvents.events] */
#ifndef MODELS_ECS_LOG_LINES_H
#define MODELS_ECS_LOG_LINES_H

#include "models/ecs/log/log_driver.h"

int64_t log_line_size(const struct log_line *); /* bytes of its message */
void log_line_write(struct world *, const struct task *, int container, const struct log_line *);

#endif
