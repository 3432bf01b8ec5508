/* Who calls RunTask for a job, and what becomes of a job whose attempt has failed. Pure: time, queue and
 * calls are the world's (models/ecs/job). One file per variant, one line in triggers.def: apiGateway, event,
 * schedule, sqs.
 *
 * An attempt is one delivery: a request that API Gateway hands to the function, an event that Lambda takes
 * from its own queue, a message that is received, a firing of a schedule. */
#ifndef MODELS_TRIGGER_TRIGGER_H
#define MODELS_TRIGGER_TRIGGER_H

#include "sim/engine/dist.h"

struct schedule; /* models/scaling/schedule.h */

/* Why an attempt has brought no task, and what a job is dropped for in the end. */
enum setback {
    SETBACK_GATEWAY,   /* API Gateway throttles: 429 */
    SETBACK_FUNCTION,  /* Lambda throttles: 429 */
    SETBACK_TIMEOUT,   /* the function ran out of time */
    SETBACK_CALL,      /* RunTask throttles, after the SDK's last attempt */
    SETBACK_PLACEMENT, /* RunTask answers with a failure, or refuses the call */
    SETBACK_ATTEMPTS,  /* the last of the attempts that can be. The rest are of jobs that are dropped: */
    SETBACK_DEAD_LETTER = SETBACK_ATTEMPTS, /* received too often */
    SETBACK_EXPIRED,                        /* too old for whoever keeps it */
    SETBACK_DEADLINE,                       /* handed over when it was too late to start */
    SETBACK_COUNT,
};
extern const char *const setback_names[SETBACK_COUNT]; /* keys of summary.json */

/* --- the function ----------------------------------------------------------------------------- */

/* A Lambda function that calls RunTask for what it is handed. */
struct function_settings {
    int64_t concurrency; /* reservedConcurrentExecutions */
    simtime timeout;
    struct dist duration; /* until it calls RunTask */
    int64_t attempts;     /* of the SDK at each call */
    bool retries_failures;
};
extern const struct shape function_shape;

/* --- what a trigger is ------------------------------------------------------------------------ */

struct trigger_traits {
    const struct function_settings *function; /* NULL: it calls RunTask itself */
    int64_t concurrency;                      /* of attempts; with a function */
    int64_t burst, per_second;                /* its token bucket; 0: it has none */
    simtime patience;                         /* the caller is told that it failed; SIMTIME_NEVER: never */
    int64_t batch;                            /* messages handed over at once; 0: it has no queue */
    simtime window;                           /* until a batch that is not full is handed over */
    simtime retention;                        /* of a message; SIMTIME_NEVER: no end */
    int64_t most_attempts;                    /* then it is a dead letter; INT64_MAX: never */
    const struct schedule *schedule;          /* when jobs arrive; NULL: they come from outside */
};

struct attempt {
    enum setback setback;
    int64_t number, errors; /* attempts so far, and those of them that had run the function */
    simtime age, lasted;    /* of the job; since this attempt began */
    rng_key draw;
};

struct next_attempt {
    simtime after;       /* from now; SIMTIME_NEVER: there is none */
    enum setback reason; /* of there being none */
};

struct trigger_verbs {
    void (*describe)(const void *settings, struct trigger_traits *); /* of traits with nothing in them */
    struct next_attempt (*next)(const void *settings, const struct attempt *);
};

struct trigger {
    struct chosen chosen;
};

extern const struct catalogue trigger_catalogue;
extern const struct shape trigger_shape; /* of a struct trigger */

struct trigger_traits trigger_describe(const struct trigger *);
/* A function that does not mind failures in an answer ends their attempts. */
struct next_attempt trigger_next(const struct trigger *, const struct attempt *);

/* --- what follows is for variants and for the SDK --------------------------------------------- */

#define PARAM_FUNCTION(structure)                                                                            \
    {                                                                                                        \
        .key = "function", .type = PARAM_STRUCT,                                                             \
        .offset = PARAM_OFFSET(structure, function, struct function_settings), .shape = &function_shape,     \
        .meaning = "the Lambda function that calls RunTask"                                                  \
    }

struct next_attempt next_after(simtime after);
struct next_attempt next_none(enum setback reason);
/* After the wait, unless the job is older than this by then. */
struct next_attempt next_within(simtime most_age, const struct attempt *, simtime wait);

/* The wait before the nth retry (from 1) of AWS's SDKs in standard mode: between nothing and a second,
 * doubled with each retry, at most 20 s. [SDK feature-retry-behavior] */
simtime backoff_of_sdk(int64_t nth, rng_key);

#define ENTRY(name) extern const struct variant trigger_##name;
#include "models/trigger/triggers.def"
#undef ENTRY

#endif
