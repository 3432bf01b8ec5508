/* When a scheduled action is due, in UTC, to the minute. Pure.
 *
 *   at(2026-03-02T08:00:00), rate(5 minutes), cron(0 8 ? * MON-FRI *)    of Application Auto Scaling
 *   0 8 * * 1-5                                                           of EC2 Auto Scaling
 *
 * Seconds of at() are dropped. [AAS:scheduled-scaling; EAS:ec2-auto-scaling-scheduled-scaling] */
#ifndef MODELS_SCALING_SCHEDULE_H
#define MODELS_SCALING_SCHEDULE_H

#include "models/scaling/cron.h"
#include "sim/engine/arena.h"
#include "sim/engine/simtime.h"

enum schedule_kind {
    SCHEDULE_UNREAD, /* what was written is wrong */
    SCHEDULE_AT,
    SCHEDULE_RATE,
    SCHEDULE_CRON,
};

struct schedule {
    enum schedule_kind kind;
    int64_t at_us; /* since 1970 */
    simtime rate;
    struct cron cron;
};

#define SCHEDULE_NEVER INT64_MAX

/* For tables of params; the field is a struct schedule *. */
const char *schedule_parse(struct arena *, const char *text, void *field, size_t *where);
const char *schedule_parse_recurrence(struct arena *, const char *text, void *field, size_t *where);

/* The first time from `from_us` on; a rate counts from `origin_us`, which is its first time. All since 1970.
 */
int64_t schedule_next(const struct schedule *, int64_t origin_us, int64_t from_us);

#endif
