/* What hosts download: layers, one after another on each host in the order in which they were first wanted,
 * at the host's bandwidth or the registry's fair share. Tasks that want the same layer on one host wait for
 * one download.
 *
 * Settled where AWS is silent: Docker fetches three layers of a host at a time; one after another they take
 * as long in all, and what was asked for first comes first. */
#ifndef MODELS_ECS_DOWNLOAD_H
#define MODELS_ECS_DOWNLOAD_H

#include "models/ecs/image/registry.h"
#include "models/ecs/world.h"

/* Of one host: what it downloads, the one that is under way first, and its token of ECR. */
struct host_pulls {
    struct download *first, *last;
    simtime token_got_at; /* SIMTIME_NEVER: it has none */
};

struct host_pulls *host_pulls_of(struct container_instance *);

/* The task waits for a layer that its host has not; pull_layer_came() will tell it. */
void download_want(struct world *, struct task *, struct registry *, const struct image_layer *);

bool download_is_awaited(const struct task *, const struct image_layer *);

/* It waits for nothing any more; a download for which nobody waits is broken off. */
void downloads_forget(struct world *, struct task *);

/* The host is dead or cut off, or the registry is out: pull_connection_lost() tells whoever waits. */
void downloads_break(struct world *, struct container_instance *);
void downloads_break_from(struct world *, struct registry *);

/* The download that is under way on the host is done. */
void download_done(struct world *, struct container_instance *);

void host_pulls_free(struct container_instance *);

#endif
