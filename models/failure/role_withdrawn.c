/* A role loses its policy, or is deleted, for a while. */
#include "models/failure/failure.h"

struct role_withdrawn {
    struct failure_outage outage;
    const char *role;
    int mode; /* enum role_loss */
};

static const char *const modes[] = {[ROLE_DETACHED] = "detached", [ROLE_DELETED] = "deleted", NULL};

static void role_withdrawn_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    (void)index;
    const struct role_withdrawn *failure = settings;
    fault_role(world, failure->role, (enum role_loss)failure->mode, lost);
}

static void role_withdrawn_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct role_withdrawn *failure = object;
    settings_check_role_is_named(mistakes, root, object, failure->role);
}

static const struct param role_withdrawn_params[] = {
    PARAM_FAILURE_OUTAGE(struct role_withdrawn, outage, 0, "how long (default: to the end)"),
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

static const struct failure_verbs role_withdrawn_verbs = {
    .outage_offset = PARAM_OFFSET(struct role_withdrawn, outage, struct failure_outage),
    .set_outage = role_withdrawn_set,
};

const struct variant failure_role_withdrawn = {
    .name = "roleWithdrawn",
    .meaning = "an IAM role loses its policy, or is deleted",
    .shape = &role_withdrawn_shape,
    .verbs = &role_withdrawn_verbs,
    .example = "at: 10m, for: 10m, roleName: webTaskRole",
};
