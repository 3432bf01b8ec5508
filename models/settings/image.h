/* images, registries: what registries hold, and how fast and to whom they give it.
 *
 * Sizes are bytes, bandwidths bytes per second; both may be written with a unit ("60MiB", "30MB/s"). */
#ifndef MODELS_SETTINGS_IMAGE_H
#define MODELS_SETTINGS_IMAGE_H

#include "sim/engine/param.h"

enum { MOST_LAYERS = 127, MOST_IMAGES = 2000, MOST_LAYERS_OF_ALL = 5000, MOST_IMAGE_BYTES_LOG2 = 50 };
#define MOST_IMAGE_BYTES (INT64_C(1) << MOST_IMAGE_BYTES_LOG2)

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

#endif
