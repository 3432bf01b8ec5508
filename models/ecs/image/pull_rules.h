/* When the agent pulls, what it does after a pull that failed, how long a token is good: decisions alone.
 *
 * ECS_IMAGE_PULL_BEHAVIOR [AGENT:README.md; agent/engine/docker_task_engine.go, task_manager.go]
 *
 *   default        always pulls; a pull that failed falls back to the host's copy
 *   always         always pulls; a pull that failed ends the task
 *   once           pulls unless this host has pulled the image before and still has it; a pull that failed
 * ends the task, even if a copy came with the machine image prefer-cached  pulls only where the host has no
 * copy; images are never cleaned up
 *
 * A pull is tried five times, 1.1 s, 2.2 s, 4.4 s and 5 s after a failed try, each up to a fifth more.
 * [AGENT:agent/dockerclient/dockerapi/docker_client.go] */
#ifndef MODELS_ECS_PULL_RULES_H
#define MODELS_ECS_PULL_RULES_H

#include "models/settings/image.h"
#include "sim/engine/rng.h"
#include "sim/engine/simtime.h"

enum { MOST_PULL_ATTEMPTS = 5 };

/* What the host has of the image already. */
struct local_copy {
    bool present;
    bool pulled; /* by this host's agent, not only there */
};

bool pull_is_needed(enum pull_behaviour, struct local_copy);
bool pull_may_fall_back(enum pull_behaviour, struct local_copy);

/* From the nth failed attempt, counted from 1 and below MOST_PULL_ATTEMPTS, to the next one. */
simtime pull_retry_after(int nth, rng_key jitter);

/* A token of ECR that was got then is good now. [ECR:registry_auth] */
bool ecr_token_is_good(simtime got_at, simtime now);

#endif
