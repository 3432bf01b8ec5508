/* What is asked of a service: a rate of requests over time.
 *
 * A workload is its cumulative count, so that intervals add up exactly: requests(a, c) = requests(a, b) +
 * requests(b, c). One file per variant, one line in workloads.def: steady, steps, daily, weekly, burst,
 * trace. */
#ifndef MODELS_WORKLOAD_WORKLOAD_H
#define MODELS_WORKLOAD_WORKLOAD_H

#include "models/workload/arrivals.h"
#include "sim/engine/data.h"

struct workload {
    struct chosen chosen;
};

struct workload_verbs {
    /* Requests in [0, at), in millionths, rounded down once. `start_us` is the unix time of t = 0. Monotone
     * in `at`; exact integers. */
    __int128 (*cumulative)(const void *settings, simtime at, int64_t start_us);
    /* How long what its numbers count takes, where that is not a second; or NULL. */
    simtime (*unit)(const void *settings);
    /* The part of the run of which it says something, where that is not all; or NULL. */
    void (*extent)(const void *settings, simtime *from, simtime *until);
    /* workload_steady_until(); NULL: its rate changes all the time, or who knows. */
    simtime (*steady_until)(const void *settings, simtime from);
};

extern const struct catalogue workload_catalogue;
extern const struct shape workload_shape; /* of a struct workload; a bare number is steady */

/* Millionths of requests in [0, at). 0 where no workload was chosen. */
__int128 workload_cumulative(const struct workload *, simtime at, int64_t start_us);

/* Millionths of requests in [from, until): the difference of the two. */
__int128 workload_requests(const struct workload *, simtime from, simtime until, int64_t start_us);

/* The first instant in [from, until) by which so much was asked since 0; SIMTIME_NEVER: none. */
simtime workload_time_of(const struct workload *, __int128 millionths, simtime from, simtime until,
                         int64_t start_us);

/* The mean in [from, until) of a quantity that is written as a workload is: its number itself, not what that
 * adds up to. ABSENT where the workload says nothing of a part of it. Millionths. */
int64_t workload_mean(const struct workload *, simtime from, simtime until, int64_t start_us);

/* The first instant after `from` from which on its rate may be another, and at least `from`. Until then the
 * same is asked, to the millionth, in each while of WORKLOAD_STRIDE, or of several. */
simtime workload_steady_until(const struct workload *, simtime from);

#define WORKLOAD_STRIDE (20 * SIMTIME_SECOND)

/* What follows is for variants. */

/* No workload is faster than a million requests per second (in millionths): whole requests of a century fit
 * 64 bits. */
#define WORKLOAD_GREATEST_RATE (MILLION * MILLION)

/* A param that holds a rate, in millionths of a request per second. */
#define PARAM_RATE(name, structure, field, text)                                                             \
    {                                                                                                        \
        .key = name, .type = PARAM_NUMBER, .flags = PARAM_REQUIRED,                                          \
        .offset = PARAM_OFFSET(structure, field, int64_t), .least = 0, .most = WORKLOAD_GREATEST_RATE,       \
        .meaning = text                                                                                      \
    }

/* A rate that holds from one knot to the next: `amount` millionths per `per` us. Nothing is asked before the
 * first knot, and the last one holds for ever. `before` is what was asked until the knot, times `per`, so
 * that nothing is rounded; workload_link_knots() fills it. */
struct workload_knot {
    simtime at; /* strictly increasing */
    int64_t amount;
    __int128 before;
};

void workload_link_knots(struct workload_knot *, size_t count);
__int128 workload_knots_cumulative(const struct workload_knot *, size_t count, simtime per, simtime at);
simtime workload_knots_steady_until(const struct workload_knot *, size_t count, simtime per, simtime from);

/* Rates that follow the calendar. Their cumulative count is a function of whole seconds of a clock that no
 * start time makes negative: seconds since a Thursday, 00:00 UTC, 400 years before 1970. Within a second the
 * rate is constant. */
typedef __int128 workload_calendar(const void *settings, int64_t second);
__int128 workload_calendar_cumulative(workload_calendar *, const void *settings, simtime at,
                                      int64_t start_us);

enum { WORKLOAD_DAY_S = 24 * 60 * 60 };

/* A day as a smooth wave: high at `peak_at`, low twelve hours away, and between them the cubic smoothstep
 * 3x^2 - 2x^3. */
struct workload_wave {
    int64_t low, high;
    simtime peak_at; /* since midnight UTC; whole seconds count */
};

__int128 workload_wave_cumulative(const struct workload_wave *, int64_t second);

/* A time in a file: a wall clock in UTC, or seconds. */
bool workload_parse_time(struct data_cell, int64_t *us);

#define ENTRY(name) extern const struct variant workload_##name;
#include "models/workload/workloads.def"
#undef ENTRY

#endif
