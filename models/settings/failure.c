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

/* Those that last have their times at one place. */
static void check_outage(struct mistakes *mistakes, const struct chosen *failure)
{
    const struct failure_verbs *verbs = failure->variant->verbs;
    const void *outage = (const char *)failure->settings + verbs->outage_offset;
    if (verbs->set_outage)
        failure_check_times(mistakes, failure->settings, &((const struct failure_outage *)outage)->times);
}

static void check_failure(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct failure_settings *settings = object;
    if (settings->failure.variant)
        check_outage(mistakes, &settings->failure);
    else
        mistake(mistakes, settings, NULL, "the entry has no failure; `ecsim list failures` names them");
}

const struct shape failure_shape = {
    .name = "failure",
    .size = sizeof(struct failure_settings),
    .params = failure_params,
    .check = check_failure,
};
