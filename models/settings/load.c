/* load: what is asked of services. */
#include "models/settings/tables.h"

#define OF struct load_settings
static const struct param load_params[] = {
    ROW("service", REFERENCE, service, "service that is asked", REQUIRED, IN("services")),
    ROW_STRUCT("requestsPerSecond", requests_per_second, struct workload, workload_shape,
               "how often it is asked, over time", REQUIRED),
    PARAM_END,
};
#undef OF

const struct shape load_shape = {
    .name = "load",
    .size = sizeof(struct load_settings),
    .params = load_params,
};
