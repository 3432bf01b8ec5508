/* What the files search*.c share: a search, as far as it has come. Nobody else includes it. */
#ifndef SIM_STUDY_SEARCH_H
#define SIM_STUDY_SEARCH_H

#include "sim/study/form/trial.h"
#include "sim/study/results.h"
#include "sim/study/statistics.h"

/* By which the cheapest is known. */
#define FIGURE_COST "cost"

/* A value, or a candidate, that the model accepts. */
struct contender {
    const struct cell *cell;
    struct trial trial;     /* no runs: nobody has asked it */
    const struct job *jobs; /* trial.total, once it was asked; the first trial.runs of them are played */
    /* Once all is played: */
    struct estimate share; /* of the judged runs, those that keep every promise */
    struct estimate cost;  /* its mean; ABSENT if the model gives none */
    bool on_frontier;
};

/* A search beside one combination of what is varied. */
struct hunt {
    const struct cell *cells; /* of all values; some may be rejected */
    struct contender *contenders;
    enum answer *answers; /* one for each */
    size_t count;
    size_t chosen; /* BISECTION_NOTHING: none keeps its promises often enough */
};

struct searching {
    const struct session *session;
    const struct study *study;
    const struct search *search;
    struct results grid; /* the last axis is what is searched: hunt by hunt, value by value */
    bool all;            /* all values play all seeds; else few of them do (bisection.h) */
    struct hunt *hunts;
    size_t hunt_count;
    struct contender **played; /* once all is: those with runs, in the order of their cells */
    size_t played_count;
    int64_t *costs;    /* one for each job of the grid */
    int cost_decimals; /* of all costs: they are in units of 10^-cost_decimals */
};

static inline const struct axis *search_axis(const struct searching *searching)
{
    return &searching->grid.axes[searching->grid.axis_count - 1];
}

/* Of each of the contender's runs. */
static inline const int64_t *search_costs(const struct searching *searching,
                                          const struct contender *contender)
{
    return searching->costs + searching->grid.first_jobs[contender->cell - searching->grid.cells];
}

/* Of no chosen one: that which kept its promises most often. BISECTION_NOTHING if none was asked. */
size_t search_best(const struct hunt *);

/* The one whose broken promises tell why no smaller value, or none at all, will do: that below the border,
 * the cheapest that is cheaper than the chosen one, or the best. BISECTION_NOTHING: there is none. */
size_t search_failing(const struct searching *, const struct hunt *);

/* Of several hunts that whose chosen one is the cheapest; NULL if none has any, or costs are unknown. */
const struct hunt *search_cheapest(const struct searching *);

const char *search_unit_of_cost(const struct searching *); /* "" where it is not known */

void search_write_tables(const struct searching *); /* search.csv, frontier.csv */
void search_draw(const struct searching *);         /* search.svg, frontier.svg */
void search_say(const struct searching *);

#endif
