/* failures: a list of {one failure of the catalogue}. */
#include "models/failure/failure.h"
#include "models/settings/tables.h"

#define OF struct failure_settings
static const struct param failure_params[] = {
    ROW("failure", VARIANT, failure, "what goes wrong; `ecsim list failures` names them",
        .catalogue = &failure_catalogue),
    PARAM_END,
};
#undef OF

static void check_failure(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct failure_settings *settings = object;
    if (!settings->failure.variant)
        mistake(mistakes, settings, NULL, "the entry has no failure; `ecsim list failures` names them");
}

const struct shape failure_shape = {
    .name = "failure",
    .size = sizeof(struct failure_settings),
    .params = failure_params,
    .check = check_failure,
};
