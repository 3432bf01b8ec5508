/* Who starts an agent again that has ended, and when.
 *
 * ecs-init does unless it ended with 0, or with 5, which means for good. It waits 0.5 s, twice as long each
 * time that the agent fails at once, 15 s at most, and goes on for as long as it takes. After 42 the agent
 * wants to be upgraded, and is started without a pause. [AGENT:ecs-init/engine/engine.go]
 *
 * Docker goes by the restart policy: `no`; `on-failure`, unless it ended with 0, and at most N times in all
 * under `on-failure:N`, of which 0 is no limit; `always` and `unless-stopped`, whatever it ended with. It
 * waits 100 ms, twice as long each time, a minute at most, and begins anew once a container has run for 10 s.
 * A person who starts the agent begins the count anew, too. [Docker: restart policies;
 * moby: restartmanager.go]
 *
 * When a host boots again, Docker's on-failure does not start a container; always, unless-stopped and
 * ecs-init do. [Docker: restart policies]
 *
 * ecs-init's backoff lasts as long as ecs-init itself; that it begins anew after an agent that ran for a
 * while is a choice. Its jitter of a tenth is left out. */
#ifndef MODELS_ECS_AGENT_RESTART_H
#define MODELS_ECS_AGENT_RESTART_H

#include "models/settings/host.h"

enum { AGENT_EXIT_OK = 0, AGENT_EXIT_ERROR = 1, AGENT_EXIT_FOR_GOOD = 5, AGENT_EXIT_UPGRADE = 42 };

/* How it ended. */
struct agent_end {
    int64_t exit_code;
    int64_t restarts; /* in all, before */
    int64_t in_a_row; /* of these, the last ones, after which it did not run for long */
};

/* From its end until it is started again; SIMTIME_NEVER: nobody does. */
simtime agent_restart_after(const struct agent_restart_settings *, const struct agent_end *);

bool agent_starts_at_boot(const struct agent_restart_settings *);

/* An agent that ends with an error each time, `attempt` after it was started: the first of the ends that come
 * after `end` and are not before `elapsed`; both since `end`, which becomes the one before it. SIMTIME_NEVER:
 * nobody starts it any more. */
simtime agent_next_attempt(const struct agent_restart_settings *, struct agent_end *end, simtime attempt,
                           simtime elapsed);

/* That runs for so long is no failure in a row. */
#define AGENT_RAN (10 * SIMTIME_SECOND)

#endif
