/* What the world holds of tasks that wait in PROVISIONING (provisioning.h). */
#ifndef MODELS_ECS_PROVISIONING_LINE_H
#define MODELS_ECS_PROVISIONING_LINE_H

#include "sim/engine/index_set.h"
#include "sim/engine/run.h"

struct task;
struct run_task_settings;

/* Of a task without a host. */
struct provisioning_wait {
    const struct run_task_settings *call; /* that started it; NULL: its service did */
    bool bound; /* memberOf constraints may hold it back, which other tasks may lift */
    struct task *next, *previous;
};

/* At one capacity provider, in order of creation. */
struct provisioning_line {
    struct task *first, *last;
    int64_t count, bound;
    event_handle event; /* room was freed, and they are to be looked at */
};

/* Of the cluster. */
struct provisioning {
    int64_t count;             /* of tasks that wait, at all providers */
    struct index_set services; /* that found no place among them */
};

#endif
