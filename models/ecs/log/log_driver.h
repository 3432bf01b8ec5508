/* What a container writes, on its way to CloudWatch Logs: the log driver awslogs.
 *
 * Two kinds of lines. Those of its life (started, answers, no longer answers, the stop signal, its exit) go
 * into logs.jsonl, one by one. Those of `logRate` are a constant flow that is only counted: an hour of it
 * costs as much as a second, and no event.
 *
 * While CloudWatch Logs takes no lines (`logOutage`) they are kept. Under `non-blocking` what finds no room
 * is lost. Under `blocking` the container stands still from the line on that finds none: it does not answer,
 * does not come closer to the end of its runtime or of its start, and goes on when the outage ends. What was
 * kept arrives then, with the time at which it was written; what was kept for a container that ends in the
 * outage is lost. One that would start in it cannot make its log stream, and so does not start, unless
 * CloudWatch Logs only throttles, or the mode is `non-blocking` on EC2: then it starts, and its lines wait
 * for its log stream, or for its log group, as in an outage. [API:LogConfiguration.options mode; blog:
 * preventing log loss with non-blocking mode in the awslogs container log driver; sources of the start:
 * log_plan.h]
 *
 * Settled where AWS is silent: the lines of its life take no room; a process that hangs goes on writing; one
 * that stands still hears the stop signal as any other. What a container that is killed, or that dies with
 * its host, would have written last nobody reads. Lines are counted as lost when the outage, the container or
 * the run ends, whichever comes first. Nothing is told before t = 0; a container of the steady start has its
 * stream. */
#ifndef MODELS_ECS_LOG_DRIVER_H
#define MODELS_ECS_LOG_DRIVER_H

#include "models/ecs/log/log_plan.h"
#include "models/ecs/task/container.h"

enum log_message { LOG_STARTED, LOG_ANSWERS, LOG_ANSWERS_NO_MORE, LOG_STOP_SIGNAL, LOG_EXITED };

struct log_line {
    simtime at;
    uint8_t message;   /* enum log_message */
    int16_t exit_code; /* of LOG_EXITED */
};

struct container_log {
    bool open;               /* the container runs, or stands still */
    simtime origin;          /* when it would have begun to write, had it never stood still */
    simtime cut_off_at;      /* no line of it is taken since; SIMTIME_NEVER: they are */
    event_handle full_event; /* blocking: its buffers will be full */
    simtime blocked_at;      /* SIMTIME_NEVER: it does not stand still */
    struct container_pause pause;
    struct log_line *held; /* lines of its life that wait */
    size_t held_count;
};

void log_driver_create(struct task *); /* with its task */
void log_driver_free(struct task *);

/* Why a container that is due cannot start; NULL: it can. */
const char *log_driver_refuses(const struct world *, const struct task *, int index);
void log_driver_started(struct world *, struct task *, int index);
void log_driver_ended(struct world *, struct task *, int index, int exit_code);
void log_driver_lost(struct world *, struct task *, int index); /* it is gone without a word */
void log_driver_task_gone(struct world *, struct task *);       /* likewise all that it has */
void log_driver_say(struct world *, struct task *, int index, enum log_message);

/* The containers of a task: when an outage begins; when CloudWatch Logs can be reached again; and when an
 * outage ends or a log group has come to be. */
void log_driver_cut_off(struct world *, struct task *);
void log_driver_create_groups(struct world *, struct task *);
void log_driver_reconnect(struct world *, struct task *);
void log_driver_finish(struct world *, struct task *); /* the end of the run: what is lost by now */

/* Event. */
void log_driver_is_full(void *world, uint64_t task, uint64_t container);

#endif
