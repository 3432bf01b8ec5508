/* Cron expressions, in UTC, to the minute: the six fields of Application Auto Scaling
 * [AAS:scheduled-scaling-using-cron-expressions] and the five of EC2 Auto Scaling, which are those of Unix
 * [EAS:ec2-auto-scaling-scheduled-scaling]. Pure.
 *
 *   six:   minute hour day-of-month month day-of-week year; one of the two days is `?`, Sunday is 1; L, W and
 *          # as in Quartz
 *   five:  minute hour day-of-month month day-of-week; Sunday is 0 or 7; where both days are restricted,
 *          either will do
 *
 * A field is `*`, or values, ranges and steps with commas between: MON-FRI, 0/15, 1,15. A range does not wrap
 * around. */
#ifndef MODELS_SCALING_CRON_H
#define MODELS_SCALING_CRON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CRON_FIRST_YEAR = 1970, CRON_LAST_YEAR = 2199 };

/* Sets are of bits by their value. */
struct cron {
    uint64_t minutes;
    uint64_t hours, days, months;
    uint64_t weekdays;         /* Sunday is 0 */
    uint64_t years[4];         /* from CRON_FIRST_YEAR on */
    bool five;                 /* fields: any year, and days as in Unix */
    bool any_day, any_weekday; /* five: that field begins with `*` */
    bool last_day;             /* L */
    bool last_working_day;     /* LW */
    int working_day_nearest;   /* 15W is 15; 0: not said */
    int weekday_nth;           /* 6#3 is 3; 0: not said; -1: the last, 6L */
};

#define CRON_NEVER INT64_MAX

/* NULL, or what is wrong and the byte at which. */
const char *cron_parse_six(const char *text, struct cron *, size_t *where);
const char *cron_parse_five(const char *text, struct cron *, size_t *where);

/* The first minute from this one on at which it is due; minutes count from 1970. */
int64_t cron_next(const struct cron *, int64_t minute);

#endif
