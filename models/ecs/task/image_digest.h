/* Software version consistency: the first task of a deployment turns the tags of its images into digests,
 * which the others then use. [DG:deployment-type-ecs]
 *
 * An attempt is made as the pull of a task's images has stopped. After three that failed the deployment goes
 * on with tags; with the circuit breaker on it fails instead. Images that are named by a digest, or whose
 * versionConsistency is disabled, need none [API:ContainerDefinition.versionConsistency].
 *
 * Settled where AWS is silent: attempts are the task definition's `simulation: {digestFailures: n}`, of which
 * the first n fail. Whether the other tasks wait for the first one is the service's
 * `simulation: {waitsForDigest: true}`: older agents delay them, current ones (from 1.83) do not, so by
 * default nobody waits. Those that wait come once the pull of the first has stopped; while attempts fail, one
 * more task is launched for each. */
#ifndef MODELS_ECS_IMAGE_DIGEST_H
#define MODELS_ECS_IMAGE_DIGEST_H

#include "models/settings/settings.h"

enum { MOST_DIGEST_ATTEMPTS = 3 };

struct image;

struct image_digest {
    bool unresolved; /* a task is still to resolve it */
    int64_t failures;
    const struct image **pinned; /* what its tags were resolved to, by container; NULL: not (yet) */
};

bool image_digest_needed(const struct task_definition_settings *);

/* A task has pulled: an attempt. False if it was the last, and failed. */
bool image_digest_attempt(struct image_digest *, int64_t failures_to_come);

/* How many tasks may be launched when `wanted` are and `alive` exist. */
int64_t image_digest_allows(const struct image_digest *, int64_t alive, int64_t wanted);

#endif
