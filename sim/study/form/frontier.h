/* Which of several choices nobody need overlook: those than which no other is at least as cheap and at least
 * as good, and better in one of both. */
#ifndef SIM_STUDY_FRONTIER_H
#define SIM_STUDY_FRONTIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In any unit; ABSENT (param.h): unknown. */
struct choice {
    int64_t cost;
    int64_t good;
};

/* Sets on[i] for each of the choices. One of which something is unknown is not on the frontier, and keeps
 * nobody off it; of two that are equal both are or none is. */
void frontier_mark(const struct choice *, size_t count, bool *on);

#endif
