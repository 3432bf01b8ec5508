/* What a task is doing, what it waits for, and what has become of it. */
#ifndef MODELS_ECS_EXPLAIN_TASK_H
#define MODELS_ECS_EXPLAIN_TASK_H

#include "models/ecs/world.h"

/* "PENDING: its images are pulled"; "RUNNING and healthy". */
void explain_task_state(const struct world *, const struct task *, struct text *);

/* "created 10m, placed 10m, RUNNING 10m14s"; and once it stops, why. A line each, after two blanks. */
void explain_task_life(const struct task *, struct text *);
/* What is on the disk of its host, if that has one. */
void explain_task_disk(const struct world *, const struct task *, struct text *);

/* "at 10m": adds what stands before, then the time. */
void explain_time(struct text *, const char *before, simtime);

#endif
