/* Where containers write: logConfiguration of a container definition, and what CloudWatch Logs has.
 *
 * awslogs is modelled; of the other drivers it is only checked that there is such a driver there
 * (log_drivers.def). [API:LogConfiguration] How much a container writes is only simulation: logRate and
 * logLine. */
#ifndef MODELS_SETTINGS_LOGS_H
#define MODELS_SETTINGS_LOGS_H

#include "sim/engine/param.h"

enum log_driver_name {
#define LOG_DRIVER(id, name, on_fargate, meaning) LOG_DRIVER_##id,
#include "models/settings/log_drivers.def"
#undef LOG_DRIVER
    LOG_DRIVER_COUNT,
};

struct log_driver {
    const char *name;    /* of logDriver */
    bool on_fargate;     /* whether Fargate has it */
    const char *meaning; /* what is modelled of it */
};
extern const struct log_driver log_drivers[LOG_DRIVER_COUNT];

enum log_mode { LOG_MODE_NOT_SAID, LOG_MODE_BLOCKING, LOG_MODE_NON_BLOCKING };

struct log_options_settings { /* [API:LogConfiguration.options] */
    const char *group, *region, *stream_prefix;
    bool create_group;
    int mode; /* enum log_mode */
    int64_t max_buffer_bytes;
};

struct log_configuration_settings { /* [API:LogConfiguration] */
    int driver;                     /* enum log_driver_name */
    struct log_options_settings options;
};

/* How much a container writes; ABSENT where it is the task definition that says it. */
struct log_writing_settings {
    int64_t bytes_per_second, line_bytes;
};

struct log_group_settings { /* [API logs:DescribeLogGroups] */
    const char *name;
};

struct logs_settings {
    struct list groups; /* struct log_group_settings; not written: all that are named exist */
    bool recorded;      /* logs.jsonl */
    int default_mode;   /* derived, enum log_mode: never LOG_MODE_NOT_SAID */
};

extern const struct shape log_configuration_shape, log_group_shape;

/* Of a struct with a struct log_writing_settings `writing`. */
#define ROWS_OF_LOG_WRITING(rate, line)                                                                      \
    ROW("logRate", INTEGER, writing.bytes_per_second,                                                        \
        "bytes per second that it writes to its log while it runs, beside the lines of its life", rate,      \
        RANGE(0, BILLION)),                                                                                  \
        ROW("logLine", INTEGER, writing.line_bytes, "bytes of one such line", line, RANGE(1, 262144))

#endif
