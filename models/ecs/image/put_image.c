/* PutImage: a tag moves. [API ecr:PutImage] */
#include "models/ecs/image/image.h"
#include "models/ecs/timeline.h"
#include "models/ecs/world.h"

static void put_image_ask(const void *settings, struct json *request)
{
    const struct put_image_settings *put = settings;
    json_string(request, "repositoryName", put->repository);
    json_string(request, "imageTag", put->tag);
    json_string(request, "imageDigest", put->digest);
}

static const char *put_image_play(struct world *world, const void *settings, rng_key draw,
                                  struct json *response)
{
    const struct put_image_settings *put = settings;
    (void)draw;
    images_put_tag(world->images, put->tag, images_find(world->images, NULL, put->repository, put->digest));
    json_begin_object(response, "image");
    json_string(response, "repositoryName", put->repository);
    json_begin_object(response, "imageId");
    json_string(response, "imageDigest", put->digest);
    json_string(response, "imageTag", put->tag);
    json_end_object(response);
    json_end_object(response);
    return NULL;
}

const struct action_verbs put_image_action = {put_image_ask, put_image_play};
