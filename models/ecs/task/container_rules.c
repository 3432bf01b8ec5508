#include "models/ecs/task/container_rules.h"

bool container_may_start(const struct container_order *order, const struct container_sets *sets)
{
    for (int condition = 0; condition < CONDITION_COUNT; condition++)
        if (order->after[condition] & ~sets->met[condition])
            return false;
    return true;
}

uint16_t container_barred_by(const struct container_order *order, const struct container_sets *sets)
{
    return order->after[CONDITION_SUCCESS] & sets->met[CONDITION_COMPLETE] & ~sets->met[CONDITION_SUCCESS];
}

uint16_t container_awaits(const struct container_order *order, const struct container_sets *sets)
{
    uint16_t awaited = 0;
    for (int condition = CONDITION_COMPLETE; condition < CONDITION_COUNT; condition++)
        awaited |= order->after[condition] & ~sets->met[condition];
    return awaited;
}

bool container_may_stop(const struct container_order *order, uint16_t up)
{
    return !(order->before & up);
}

static bool ignores(const struct restart_policy_settings *policy, int exit_code)
{
    EACH(struct ignored_exit_code_settings, ignored, policy->ignored_exit_codes)
        if (ignored->exit_code == exit_code)
            return true;
    return false;
}

bool container_restarts(const struct restart_policy_settings *policy, simtime ran, int exit_code)
{
    return policy && policy->enabled && ran >= policy->attempt_period && !ignores(policy, exit_code);
}

simtime container_stop_timeout(const struct container_settings *container,
                               const struct ecs_config_settings *config)
{
    if (container->stop_timeout != ABSENT)
        return container->stop_timeout;
    return config->container_stop_timeout > SIMTIME_SECOND ? config->container_stop_timeout : SIMTIME_SECOND;
}
