/* Where the containers of a definition write, and what CloudWatch Logs has: groups of log streams. Made once,
 * before the first task.
 *
 * A stream is PREFIX/CONTAINER/TASK-ID [API:LogConfiguration.options awslogs-stream-prefix]; without a
 * prefix, which only EC2 allows, it is the container's id, its runtimeId in events.jsonl. What no
 * `logGroups:` contradicts exists. */
#ifndef MODELS_ECS_LOG_PLAN_H
#define MODELS_ECS_LOG_PLAN_H

#include "models/ecs/log/log_flow.h"
#include "models/ecs/world.h"
#include "models/failure/failure.h"
#include "sim/engine/symbol.h"

struct log_group {
    const char *name;
    bool exists; /* or has been created by a container */
};

enum log_place { LOG_ON_EC2, LOG_ON_FARGATE, LOG_PLACES };

/* Of a container definition with the log driver awslogs. */
struct log_plan {
    struct log_group *group;
    const char *stream_prefix; /* NULL: none */
    bool creates_group, blocking;
    struct log_flow flow;
    int64_t room;                        /* lines that are kept while none can be sent */
    const char *unreachable[LOG_PLACES]; /* why it cannot start while CloudWatch Logs is */
};

/* What a service, or all standalone tasks, have come to. */
struct log_tally {
    __int128 lines_lost, bytes_lost;
    __int128 blocked; /* time that containers stood still, summed */
};

struct logs {
    bool any;      /* some container definition has a plan */
    bool may_fail; /* the scenario has an outage, or lacks a log group */
    struct log_group *groups;
    struct symbols group_names;       /* with their numbers in `groups`, from 1 */
    int outages[LOG_OUTAGES];         /* going on */
    struct log_tally *of_service;     /* by index */
    struct log_tally standalone, all; /* all: of both */
};

void logs_begin(struct world *); /* when the definitions and services are there */

/* Why no container of the plan can start now; NULL: it can. Under `non-blocking` Docker makes the log stream
 * beside the container, and tries again until it is there [MOBY:daemon/logger/awslogs/cloudwatchlogs.go New]:
 * it always starts. Fargate makes it first in either mode [aws/shim-loggers-for-containerd
 * logger/awslogs/logger.go]. */
const char *log_plan_refuses(const struct logs *, const struct log_plan *, enum log_place);

/* What a container of the plan writes waits for its log group. */
bool log_plan_lacks_group(const struct log_plan *);

/* Replaces the text. */
void log_plan_stream(struct text *, const struct task *, int container);

#endif
