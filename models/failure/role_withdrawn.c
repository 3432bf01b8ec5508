/* A role loses its policy, or is deleted, for a while. */
#include "models/failure/failure.h"

struct role_withdrawn {
    struct failure_times times;
    simtime length; /* ABSENT: for good */
    const char *role;
    int mode; /* enum role_loss */
};

/* The number of the strike at which it is given back. */
static const uint64_t the_end = UINT64_MAX;

static const char *const modes[] = {[ROLE_DETACHED] = "detached", [ROLE_DELETED] = "deleted", NULL};

static void role_withdrawn_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct role_withdrawn *failure = settings;
    failure_schedule_time(world, index, &failure->times, 0);
}

static void role_withdrawn_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct role_withdrawn *failure = settings;
    if (nth != the_end) {
        failure_schedule(world, index,
                         failure->length == ABSENT ? SIMTIME_NEVER
                                                   : simtime_after(fault_now(world), failure->length),
                         the_end);
        failure_schedule_time(world, index, &failure->times, nth + 1);
    }
    fault_role(world, failure->role, (enum role_loss)failure->mode, nth != the_end);
}

static void role_withdrawn_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct role_withdrawn *failure = object;
    failure_check_times(mistakes, object, &failure->times);
    settings_check_role_is_named(mistakes, root, object, failure->role);
}

static const struct param role_withdrawn_params[] = {
    PARAM_FAILURE_TIMES(struct role_withdrawn, times, PARAM_REQUIRED),
    {.key = "for",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(struct role_withdrawn, length, simtime),
     .meaning = "how long (default: to the end)"},
    {.key = "roleName",
     .type = PARAM_NAME,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct role_withdrawn, role, const char *),
     .meaning = "the role"},
    {.key = "mode",
     .type = PARAM_CHOICE,
     .offset = PARAM_OFFSET(struct role_withdrawn, mode, int),
     .fallback = "detached",
     .names = modes,
     .meaning = "detached: it exists and may nothing; deleted: it cannot be assumed either"},
    PARAM_END,
};

static const struct shape role_withdrawn_shape = {
    .name = "roleWithdrawn",
    .size = sizeof(struct role_withdrawn),
    .params = role_withdrawn_params,
    .check = role_withdrawn_check,
};

static const struct failure_verbs role_withdrawn_verbs = {.begin = role_withdrawn_begin,
                                                          .strike = role_withdrawn_strike};

const struct variant failure_role_withdrawn = {
    .name = "roleWithdrawn",
    .meaning = "an IAM role loses its policy, or is deleted",
    .shape = &role_withdrawn_shape,
    .verbs = &role_withdrawn_verbs,
    .example = "at: 10m, for: 10m, roleName: webTaskRole",
};
