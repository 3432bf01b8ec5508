/* Simulated time: integer microseconds since the start of the run.
 *
 * Integers are the base of the total order of events: a sum of times is exact, so equal instants are equal on
 * every machine. A time that never comes is SIMTIME_NEVER; sums with it are avoided by asking
 * simtime_after(). */
#ifndef SIM_ENGINE_SIMTIME_H
#define SIM_ENGINE_SIMTIME_H

#include <stddef.h>
#include <stdint.h>

typedef int64_t simtime;

#define SIMTIME_MILLISECOND INT64_C(1000)
#define SIMTIME_SECOND INT64_C(1000000)
#define SIMTIME_MINUTE (60 * SIMTIME_SECOND)
#define SIMTIME_HOUR (60 * SIMTIME_MINUTE)
#define SIMTIME_DAY (24 * SIMTIME_HOUR)
#define SIMTIME_NEVER (INT64_C(1) << 60)

enum { SIMTIME_TEXT_SIZE = 32, SIMTIME_DECIMALS = 6 /* of seconds */ };

/* from + duration, or SIMTIME_NEVER where either never comes. */
simtime simtime_after(simtime from, simtime duration);

/* first * 2^doublings, at most `most`, which is less than SIMTIME_NEVER: a wait that grows. */
simtime simtime_doubled(simtime first, int64_t doublings, simtime most);

static inline simtime simtime_earlier(simtime a, simtime b)
{
    return a < b ? a : b;
}
static inline simtime simtime_later(simtime a, simtime b)
{
    return a > b ? a : b;
}

/* The first instant of the grid {origin + k * period, k >= 0} that is not before `at`. period > 0. */
simtime simtime_next_on_grid(simtime at, simtime origin, simtime period);

/* Seconds as results print them: exact, no more decimals than needed ("12", "0.25"). Returns the length. */
size_t simtime_format_seconds(char text[SIMTIME_TEXT_SIZE], simtime at);

/* A duration as people say it, to the second above a minute: "250ms", "12.5s", "4m20s", "2h", "3d4h". Returns
 * the length. */
size_t simtime_format_human(char text[SIMTIME_TEXT_SIZE], simtime duration);

/* Wall clock, in UTC. `unix_us` is microseconds since 1970; the format is "2026-03-02T00:00:00Z", with
 * milliseconds as AWS prints them ("…:00.250Z") where there are any. */
size_t simtime_format_utc(char text[SIMTIME_TEXT_SIZE], int64_t unix_us);

/* Reads "2026-03-02", "2026-03-02T00:00:00", with "Z", "+hh:mm", a space for the T and fractions accepted.
 * Returns 0, or -1 if the text is none of these. */
int simtime_parse_utc(const char *text, int64_t *unix_us);

#endif
