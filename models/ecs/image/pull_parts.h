/* The parts of a task's pull, one for the image of each container: which image it is, and what of it is on
 * the host.
 *
 * What a tag stands for is asked at each attempt, unless the task's deployment has pinned it: the first task
 * of a deployment that pulls turns the tags of its images into digests, which the others use and a rollback
 * goes back to. [DG:deployment-type-ecs]
 *
 * What a task pulls or uses it holds: it references it in its host's store (image_store.h) until it leaves
 * the host, and where it leaves containers there until these are removed (housekeeping.h). Invariant: a part
 * that is loading or ready holds its image. */
#ifndef MODELS_ECS_PULL_PARTS_H
#define MODELS_ECS_PULL_PARTS_H

#include "models/ecs/world.h"

enum pull_part_state {
    PART_UNLISTED,
    PART_WANTED, /* it has not been asked for */
    PART_LOADING,
    PART_READY,
    PART_FAILED, /* the last attempt has */
};

struct pull_part {
    enum pull_part_state state;
    const struct image *image; /* referenced in the host's store; NULL: none so far */
    const char *error;
};

struct pull {
    int attempts, part_count;
    struct pull_part parts[]; /* by container */
};

/* Gives the task its parts, if the scenario lists an image of it. */
void pull_create_parts(struct task *);

/* --- which image ------------------------------------------------------------------------------ */

const struct image_name *pull_name(const struct task *, int container); /* NULL: it is not listed */

/* Of a listed one; NULL: the registry has none by that name. */
const struct image *pull_wanted_image(const struct task *, int container);

/* A copy that the host's agent has pulled; NULL: it has none. */
const struct image *pull_image_on_host(const struct task *, int container);

/* What it runs in a container; NULL: its image is not listed, or not there yet. */
const struct image *pull_image(const struct task *, int container);

/* Its deployment's tasks run what this one has pulled. */
void pull_pin(struct world *, const struct task *);

/* --- what it holds on the host ---------------------------------------------------------------- */

/* This image, and no longer the one it held. */
void pull_hold(struct world *, struct task *, struct pull_part *, const struct image *);

/* How many of its containers hold the image on its host, for a pull under way too. */
int64_t pull_references(const struct task *, const struct image *);

/* What it holds on its host, NULL if nothing: the caller's from now on, to be given up. */
struct pull *pull_take(struct world *, struct task *);
void pull_give_up(struct world *, struct container_instance *, struct pull *);

#endif
