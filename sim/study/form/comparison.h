/* Sides that play the same seeds, each against the first: what compare.c finds, and what is said and drawn of
 * it. A POINT is a combination of the values that vary beside the sides; there is one if nothing does. */
#ifndef SIM_STUDY_COMPARISON_H
#define SIM_STUDY_COMPARISON_H

#include "sim/study/results.h"
#include "sim/study/statistics.h"

struct comparison {
    struct results results; /* first: a comparison is found by it. The first axis is that of the sides */
    size_t point_count;
};

/* What a side is more than the first at a point, run by run. Of a figure that is no number there are no
 * statistics, only runs that disagree. */
struct paired {
    bool is_text;
    int decimals;     /* of the units of what follows, as session_take_values() chooses them */
    int64_t means[2]; /* of the first side, of the other */
    struct paired_statistics statistics;
    size_t pairs;    /* runs in which both have the figure */
    size_t unpaired; /* in which one alone has it */
    size_t disagree; /* of the pairs */
};

/* The cell of a side at a point. */
static inline size_t comparison_cell(const struct comparison *comparison, size_t side, size_t point)
{
    return side * comparison->point_count + point;
}

/* Whether neither the side nor the first is rejected there. */
bool comparison_has(const struct comparison *, size_t side, size_t point);

/* The job of the side at the point with the seed of that index. */
const struct job *comparison_job(const struct comparison *, size_t side, size_t point, size_t seed);

struct paired comparison_pair(const struct comparison *, uint32_t figure, size_t side, size_t point);

/* Whether the figure differs in any run of any side. */
bool comparison_differs(const struct comparison *, uint32_t figure);

/* The run that tells most about a side. */
struct telling {
    double weight; /* of its difference: in standard deviations of all differences. 0: no figure differs in
                      any run, and this is the first one */
    uint32_t figure;
    size_t point, seed; /* index */
};
/* Looks at the first asked figure that differs; where none is asked, at those shown, else at all. */
struct telling comparison_telling(const struct comparison *, size_t side);

/* Of the figure alone: the index of the seed at which it differs most; SIZE_MAX: it never does. */
size_t comparison_telling_seed(const struct comparison *, uint32_t figure, size_t side, size_t point);

/* Plays the run of the first side and of the other again, and tells the first decision that differs. */
void comparison_say_decision(const struct comparison *, size_t side, const struct telling *);

void comparison_say(const struct comparison *);

/* differences.svg: the mean differences of the shown figures. */
void comparison_draw(const struct comparison *);

#endif
