/* When the agent pulls, what it does after a pull that failed, how long a token is good: decisions alone.
 *
 * ECS_IMAGE_PULL_BEHAVIOR [AGENT:README.md; agent/engine/docker_task_engine.go, task_manager.go]
 *
 *   - default: always pulls; a pull that failed falls back to the host's copy.
 *   - always: always pulls; a pull that failed ends the task.
 *   - once: pulls unless the host has a copy; a pull that failed ends the task.
 *   - prefer-cached: pulls unless the host has a copy, and falls back to one that has come meanwhile; images
 * are never cleaned up.
 *
 * The agent's `once` counts only copies that it has pulled itself, not those that came with the machine
 * image; here none come with it.
 *
 * A pull is tried five times, 1.1 s, 2.2 s, 4.4 s and 5 s after a failed try, each up to a fifth more.
 * [AGENT:agent/dockerclient/dockerapi/docker_client.go] */
#ifndef MODELS_ECS_PULL_RULES_H
#define MODELS_ECS_PULL_RULES_H

#include "models/settings/image.h"
#include "sim/engine/rng.h"
#include "sim/engine/simtime.h"

enum { MOST_PULL_ATTEMPTS = 5 };

bool pull_is_needed(enum pull_behaviour, bool has_copy);
bool pull_may_fall_back(enum pull_behaviour, bool has_copy);

/* From the nth failed attempt, counted from 1 and below MOST_PULL_ATTEMPTS, to the next one. */
simtime pull_retry_after(int nth, rng_key jitter);

/* A token of ECR that was got then is good now. [ECR:registry_auth] */
bool ecr_token_is_good(simtime got_at, simtime now);

#endif
