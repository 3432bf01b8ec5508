#include "models/ecs/instance/agent_restart.h"

static bool is_started_again(const struct agent_restart_settings *restart, const struct agent_end *end)
{
    switch (restart->keeper) {
    case KEEPER_ECS_INIT:
        return end->exit_code != AGENT_EXIT_OK && end->exit_code != AGENT_EXIT_FOR_GOOD;
    case KEEPER_NO:
        return false;
    case KEEPER_ON_FAILURE:
        return end->exit_code != AGENT_EXIT_OK && (restart->most == ABSENT || end->restarts < restart->most);
    case KEEPER_ALWAYS:
    case KEEPER_UNLESS_STOPPED:
        return true;
    }
    return false;
}

simtime agent_restart_after(const struct agent_restart_settings *restart, const struct agent_end *end)
{
    if (!is_started_again(restart, end))
        return SIMTIME_NEVER;
    if (restart->keeper == KEEPER_ECS_INIT && end->exit_code == AGENT_EXIT_UPGRADE)
        return 0;
    if (restart->keeper == KEEPER_ECS_INIT)
        return simtime_doubled(SIMTIME_SECOND / 2, end->in_a_row, 15 * SIMTIME_SECOND);
    return simtime_doubled(SIMTIME_SECOND / 10, end->in_a_row, SIMTIME_MINUTE);
}

bool agent_starts_at_boot(const struct agent_restart_settings *restart)
{
    return restart->keeper != KEEPER_NO && restart->keeper != KEEPER_ON_FAILURE;
}

/* Once its pauses are as long as they get, attempts are alike. */
static simtime skip(simtime ends_at, simtime period, simtime elapsed)
{
    simtime left = elapsed - ends_at;
    return left > 0 ? ends_at + (left - 1) / period * period : ends_at;
}

simtime agent_next_attempt(const struct agent_restart_settings *restart, struct agent_end *end,
                           simtime attempt, simtime elapsed)
{
    enum { LONGEST_AFTER = 10 }; /* doublings */
    for (simtime ends_at = 0;;) {
        simtime after = agent_restart_after(restart, end);
        if (after == SIMTIME_NEVER)
            return SIMTIME_NEVER;
        bool alike = end->in_a_row >= LONGEST_AFTER || attempt >= AGENT_RAN;
        if (alike && restart->most == ABSENT)
            ends_at = skip(ends_at, after + attempt, elapsed);
        ends_at += after + attempt;
        if (ends_at >= elapsed)
            return ends_at;
        int64_t in_a_row = attempt < AGENT_RAN ? end->in_a_row + 1 : 0;
        *end = (struct agent_end){AGENT_EXIT_ERROR, end->restarts + 1, in_a_row};
    }
}
