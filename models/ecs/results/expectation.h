/* What the files expect*.c share: one promise, its window, what it looks at, and what it has seen so far.
 * Nobody else includes it.
 *
 * All numbers that meet a bound are in millionths, as the bounds are; money is in billionths of a dollar
 * until it is compared. */
#ifndef MODELS_ECS_EXPECTATION_H
#define MODELS_ECS_EXPECTATION_H

#include "models/ecs/results/expect.h"
#include "sim/engine/watch.h"

struct expectation;

/* --- what can be promised (expect_measures.c) ------------------------------------------------- */

enum measure_kind {
    MEASURE_LEVEL,        /* a number that must stay within its bound */
    MEASURE_STATE,        /* something that is so or not: one or zero */
    MEASURE_AVAILABILITY, /* share of time with enough tasks */
    MEASURE_RECOVERY,     /* how soon enough tasks are back */
    MEASURE_TALLY,        /* how often something came */
    MEASURE_LOSSES,       /* log lines that were dropped */
    MEASURE_COST,
    MEASURE_UNSERVED,
    MEASURE_DELAYS, /* quantiles of timeToHealthy, or of waiting */
    MEASURE_SHARE,  /* of jobs */
};

/* When an entry must be looked at again. Being steady or stuck is a finding of the scheduler, which touches
 * nothing. */
enum { LOOK_SERVICE = 1, LOOK_FLEET = 2, LOOK_ALWAYS = 4, LOOK_DISKS = 8 };

struct measure {
    const char *words; /* "healthy", "tasks on one instance" */
    enum measure_kind kind;
    unsigned looks;
    size_t offset; /* of the pointer in struct expect_settings by which it is chosen */
    int64_t (*value)(struct world *, struct expectation *); /* now; NULL for what is summed up as it comes */
};

struct measure_bound {
    int64_t at_least, at_most; /* INT64_MIN, INT64_MAX: none */
};

/* One bound of timeToHealthy or of waiting. */
struct delay_bound {
    const char *name; /* "p99" */
    double quantile;
    const struct bound_duration_settings *bound;
};
enum { DELAY_BOUNDS = 5 };

const struct measure *measure_of(const struct expect_settings *);
struct measure_bound measure_bound(const struct expect_settings *, const struct measure *);
void measure_delays(const struct expect_settings *, struct delay_bound bounds[DELAY_BOUNDS]);
void measure_fleet(const struct world *, struct fleet_figures *, bool first);

/* --- one promise (expect.c) ------------------------------------------------------------------- */

struct span {
    simtime from, until; /* [from, until) */
};

struct span span_overlap(struct span, struct span); /* may end before it begins */

/* For what is summed up as it comes (expect_jobs.c). */
struct expectation;
bool expectation_covers(const struct expectation *,
                        simtime at); /* asked of instants that are mostly recent */
void expectation_add_delay(struct world *, struct expectation *, simtime delay);
void expectation_look(struct world *, struct expectation *);

/* The deployment that is meant, as it was when last seen: it may be gone. number 0: there was none yet. */
struct seen_deployment {
    int64_t number;
    const char *definition;
    enum rollout_state state;
};

enum { SAID_SIZE = 160 };

struct said {
    simtime at; /* SIMTIME_NEVER: nothing yet */
    char words[SAID_SIZE];
};

/* What was to be seen when a promise began to be broken. */
struct sight {
    int64_t value;
    simtime at;
    const struct past_mark *mark; /* the latest one that concerns it; NULL: none for some minutes */
    struct said said;             /* likewise the service's latest message */
    const char *stuck_because;    /* NULL: the service was not stuck */
    simtime stuck_since;
    struct seen_deployment deployment;
};

struct expectation {
    const struct expect_settings *settings;
    const struct measure *measure;
    struct service *service;          /* NULL: none is named */
    struct auto_scaling_group *group; /* NULL: the whole cluster */
    const struct job_load *job;       /* NULL: none is named */
    struct measure_bound bound;
    struct span window;
    struct span *deployments; /* `during: deployment`: when one was under way, in order of time */
    size_t deployment_count;
    struct watch watch; /* recovery: of being late */
    simtime began;      /* when first looked at; SIMTIME_NEVER: not yet */
    struct sight sight; /* when it was first outside; until then, when it was outside and did not count */
    struct seen_deployment deployment;
    __int128 total;     /* tallies: millionths; cost: billionths of a dollar */
    simtime dropped_at; /* recovery: SIMTIME_NEVER while there is enough, or never was */
    bool had_enough, late;
    struct span late_drop; /* recovery: the first that took too long; until is SIMTIME_NEVER while it lasts */
    simtime counted_until; /* unserved: the figures below are of the service up to there */
    __int128 requests, unserved;
    __int128 requests_inside, unserved_inside; /* of these, inside the window */
    int64_t jobs_inside; /* shares: jobs that arrived inside the window; total: of these */
    int64_t *delays;     /* us; SIMTIME_NEVER: never healthy */
    size_t delay_count;
    struct expectation *next_of_service, *next_of_fleet, *next_always, *next_cost, *next_of_jobs,
        *next_of_disks; /* lists in the scenario's order */
};

/* The marks of a service, by their places from 1; 0: none. */
struct mark_chain {
    size_t first, last;
};

struct expectations {
    struct expectation *entries;
    size_t count;
    struct expectation **of_service; /* by index of the service: the first of its list */
    struct expectation *of_fleet, *always, *costs, *of_jobs, *of_disks;
    struct said *said; /* by index of the service: its latest message */
    struct past_mark *marks;
    size_t mark_count;
    struct mark_chain *marks_of; /* by index of the service */
    struct fleet_figures fleet;
    bool begun; /* everything was looked at once */
};

/* --- how it came out (expect_judge.c) --------------------------------------------------------- */

/* Availability: the time inside the window, the part of it with too few tasks, and how much of that is
 * allowed. */
struct lack {
    simtime watched, lacking, allowed;
};
struct lack expectation_lack(const struct world *, const struct expectation *);

/* What a tally, cost or the share of unserved requests came to, as its bound counts. */
int64_t expectation_total(const struct expectation *);

bool expectation_kept(const struct world *, const struct expectation *);
bool expectation_outside(const struct expectation *, int64_t value);
/* The first bound of timeToHealthy that does not hold, and the quantile (us; SIMTIME_NEVER: never healthy);
 * false if all do. */
bool expectation_delay_broken(const struct expectation *, struct delay_bound *, simtime *quantile);

/* --- in words, in the run's arena (expect_words.c) -------------------------------------------- */

/* "web: healthy at least 2 until 20m", and "web: healthy fell to 1 at …". */
const char *expectation_promise(const struct world *, const struct expectation *);
const char *expectation_broken(const struct world *, const struct expectation *);

#endif
