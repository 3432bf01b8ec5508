/* Capabilities: what an agent tells ECS that its host can do, and what a task definition needs of a host.
 *
 * ECS derives requiresAttributes from a task definition when it is registered, and places its tasks only
 * where the container instance has all of them; else the reason is ATTRIBUTE.
 * [API:TaskDefinition.requiresAttributes, DG:api_failures_messages] Of the many attributes those are here
 * that a host may lack by its settings; what every present agent has (ecr-auth, docker-remote-api.…) is on
 * all hosts and refuses nobody.
 *
 * A set of capabilities is a bit per enum capability. */
#ifndef MODELS_SETTINGS_CAPABILITIES_H
#define MODELS_SETTINGS_CAPABILITIES_H

#include <stdbool.h>

enum capability {
#define CAPABILITY(name, ...) CAPABILITY_##name,
#include "models/settings/capabilities.def"
#undef CAPABILITY
    CAPABILITY_COUNT,
};

struct capability_definition {
    const char *attribute; /* its name on the container instance */
    const char *given_by;  /* the setting of the agent */
    const char *needed_by; /* what in a task definition */
};
extern const struct capability_definition capability_definitions[CAPABILITY_COUNT];

#define CAPABILITY_BIT(name) (1u << CAPABILITY_##name)
#define ALL_CAPABILITIES ((1u << CAPABILITY_COUNT) - 1)

/* The one by which a host can use the log driver; CAPABILITY_COUNT: there is no such driver. */
enum capability capability_of_logging_driver(const char *driver);

/* What makes a task definition need something. */
struct capability_needs {
    bool task_role, execution_role; /* it names one */
    int network_mode;               /* enum network_mode */
    unsigned logging_drivers;       /* of its containers, as capabilities */
};

/* Pure: requiresAttributes. In networkMode host a task role takes both of its attributes [OBS]. */
unsigned capabilities_needed(const struct capability_needs *);

#endif
