/* images, registries: what registries hold, and how fast and to whom they give it.
 *
 * Sizes are bytes, bandwidths bytes per second; both may be written with a unit ("60MiB", "30MB/s"). */
#ifndef MODELS_SETTINGS_IMAGE_H
#define MODELS_SETTINGS_IMAGE_H

#include "sim/engine/param.h"

/* Registries by their name here: every private registry of ECR is ECR_REGISTRY, since account and region are
 * not compared; others are the host part of their images' names. */
#define ECR_REGISTRY "ecr"
#define DOCKER_HUB "docker.io"

enum { MOST_LAYERS = 127, MOST_IMAGES = 2000, MOST_LAYERS_OF_ALL = 5000, MOST_IMAGE_BYTES_LOG2 = 50 };
#define MOST_IMAGE_BYTES (INT64_C(1) << MOST_IMAGE_BYTES_LOG2)

/* [HOST/]PATH[:TAG][@DIGEST], as Docker reads it: the first part is a host if it has a dot or a colon, or is
 * `localhost`; a name without tag and digest has the tag `latest`. */
struct image_reference {
    const char *registry; /* NULL: not said */
    const char *path;
    const char *tag;    /* NULL: it has a digest */
    const char *digest; /* NULL: it has a tag */
};

struct image_layer_settings {
    const char *digest;
    int64_t bytes;
};

struct image_settings { /* [API ecr:ImageDetail] */
    const char *image;  /* short for repository and tag: "web:1" */
    const char *registry_id, *repository, *digest;
    struct list tags;   /* const char * */
    int64_t bytes;      /* 0: what its layers have */
    struct list layers; /* struct image_layer_settings; empty: it is one layer */
    /* derived */
    const char *registry; /* NULL: not said */
    const char *path;
};

struct registry_settings {
    const char *name;
    int64_t bandwidth; /* 0: timing.registryBandwidth */
    bool requires_credentials;
};

struct repository_credentials_settings { /* [API:RepositoryCredentials] */
    const char *credentials_parameter;
};

/* Of `timing`. */
struct pull_timing_settings {
    int64_t bandwidth, fargate_bandwidth, registry_bandwidth;
};

/* [AGENT:README.md] */
enum pull_behaviour { PULL_DEFAULT, PULL_ALWAYS, PULL_ONCE, PULL_PREFER_CACHED };

/* How a host logs in to ECR, whose tokens are good for 12 hours. */
enum registry_login { LOGIN_RENEWED, LOGIN_AT_BOOT };

struct put_image_settings { /* [API ecr:PutImageRequest] */
    const char *repository, *tag, *digest;
};

struct ecs_settings;

struct image_reference image_reference_of(struct arena *, const char *text);

/* The registry's name from what a person calls it: an ECR host is ECR_REGISTRY. */
const char *image_registry_name(const char *host);

/* Whether the listed image is of the repository that the reference names. */
bool image_is_of(const struct image_settings *, const struct image_reference *);

/* Whether the listed image is what the reference names, with its tags as at the start of the run. */
bool image_is_named(const struct image_settings *, const struct image_reference *);

/* Whether the section lists what the reference names, or a putImage will make it so. */
bool settings_lists_image(const struct ecs_settings *, const struct image_reference *);

/* Whether a container's listed image comes from the registry of this name. */
bool settings_pulls_from(struct arena *, const struct ecs_settings *, const char *registry);

/* Where the image that a container names comes from. */
const char *settings_registry_of(const struct ecs_settings *, const struct image_reference *);

#endif
