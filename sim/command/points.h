/* Points of a check, and the two forms in which test harnesses read them: TAP version 13 and JUnit XML. */
#ifndef SIM_COMMAND_POINTS_H
#define SIM_COMMAND_POINTS_H

#include "sim/engine/text.h"
#include <stdio.h>

/* The strings are the caller's and outlive the points. */
struct point {
    bool good;
    const char *name;
    const char *file;
    size_t line;     /* 0: the file as a whole */
    const char *why; /* what broke; NULL where nothing did */
};

struct points {
    struct point *items;
    size_t count, capacity;
};

void points_add(struct points *, struct point);
void points_free(struct points *);

void tap_print_point(FILE *, size_t number, const struct point *);
void junit_add(struct text *, const struct points *); /* one test suite per file */

#endif
