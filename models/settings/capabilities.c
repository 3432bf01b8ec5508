#include "models/settings/capabilities.h"
#include "models/settings/settings.h"
#include <string.h>

const struct capability_definition capability_definitions[CAPABILITY_COUNT] = {
#define CAPABILITY(name, ...) [CAPABILITY_##name] = {__VA_ARGS__},
#include "models/settings/capabilities.def"
#undef CAPABILITY
};

enum capability capability_of_logging_driver(const char *driver)
{
    static const char prefix[] = "com.amazonaws.ecs.capability.logging-driver.";
    enum capability capability = CAPABILITY_LOGGING_JSON_FILE;
    while (capability < CAPABILITY_COUNT &&
           strcmp(capability_definitions[capability].attribute + strlen(prefix), driver) != 0)
        capability++;
    return capability;
}

unsigned capabilities_needed(const struct capability_needs *needs)
{
    unsigned needed = needs->logging_drivers;
    if (needs->network_mode == NETWORK_AWSVPC)
        needed |= CAPABILITY_BIT(TASK_ENI);
    if (needs->task_role)
        needed |= CAPABILITY_BIT(TASK_IAM_ROLE);
    if (needs->task_role && needs->network_mode == NETWORK_HOST)
        needed |= CAPABILITY_BIT(TASK_IAM_ROLE_NETWORK_HOST);
    if (needs->execution_role && (needs->logging_drivers & CAPABILITY_BIT(LOGGING_AWSLOGS)))
        needed |= CAPABILITY_BIT(EXECUTION_ROLE_AWSLOGS);
    return needed;
}
