/* Registries as hosts feel them: their bandwidth, which all downloads share fairly (fair_share.h), who they
 * refuse, how many requests they take, and when they are out.
 *
 * ECR takes so many BatchGetImage, GetDownloadUrlForLayer and GetAuthorizationToken requests a second
 * [ECR:service-quotas; quotas.*]; beyond that it throttles, and the pull is tried again. Its tokens are good
 * for 12 hours: the agent gets a new one when the old one has run out, unless the host logs in only at boot.
 * Of another registry a host needs repositoryCredentials if it requires them; whether they are right is not
 * asked.
 *
 * Settled where AWS is silent: a request rate is also the burst; an image's layers are asked for at once when
 * its pull begins; an outage ends the downloads that are under way. Messages are those that AWS and Docker
 * document [DG:task_cannot_pull_image]. */
#ifndef MODELS_ECS_REGISTRY_H
#define MODELS_ECS_REGISTRY_H

#include "models/ecs/image/image.h"
#include "sim/engine/queue.h"
#include "sim/engine/token_bucket.h"

struct task;
struct download;
struct fair_share;

struct registry {
    const char *name; /* ECR_REGISTRY, "docker.io" */
    const char *host; /* as messages call it */
    uint32_t index;
    int64_t bandwidth;
    bool requires_credentials, is_ecr;
    int outages; /* going on */
    struct token_bucket tokens, manifests, layers;
    struct fair_share *flows;
    event_handle event; /* a download is done */
    struct download *first_download, *last_download;
};

/* Of all names of images, and those that are declared. */
void registries_begin(struct world *);
void registries_end(struct world *);

/* Why it will not give an image of so many layers for a container of a task; NULL: it will, and the requests
 * are made. Good to the end of the run. */
const char *registry_refuses(struct world *, const struct task *, int container, int64_t layers);
const char *registry_has_not(struct world *, const struct image_name *);
const char *registry_is_cut_off(struct world *, const struct registry *);

/* An outage begins, or ends; they may overlap. NULL: of every registry. */
void registry_outage(struct world *, const char *name, bool begins);

/* Its flows have changed: its event comes when the first of them is done. */
void registry_awaits(struct world *, struct registry *);

/* Event: downloads from it are done. */
void registry_gives(void *world, uint64_t registry, uint64_t unused);

#endif
