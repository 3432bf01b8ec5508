#include "models/ecs/image/registry.h"
#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/image/download.h"
#include "models/ecs/image/fair_share.h"
#include "models/ecs/image/pull_rules.h"
#include "models/ecs/world.h"
#include "models/settings/image_reference.h"
#include <string.h>

/* --- birth ------------------------------------------------------------------------------------ */

/* NULL: there is none. */
static struct registry *find_registry(const struct images *images, const char *name)
{
    for (uint32_t i = 0; i < images->registry_count; i++)
        if (!strcmp(images->registries[i].name, name))
            return &images->registries[i];
    return NULL;
}

static const char *host_of(const struct world *world, const char *name)
{
    if (!strcmp(name, ECR_REGISTRY))
        return arena_format(world->arena, ECS_ACCOUNT ".dkr.ecr.%s.amazonaws.com", world->region);
    return strcmp(name, DOCKER_HUB) ? name : "registry-1.docker.io";
}

static struct registry *add_registry(struct world *world, const char *name)
{
    struct images *images = world->images;
    struct registry *registry = find_registry(images, name);
    const struct quotas_settings *quotas = &world->settings->quotas;
    if (registry)
        return registry;
    registry = &images->registries[images->registry_count];
    *registry = (struct registry){
        .name = name,
        .host = host_of(world, name),
        .index = images->registry_count++,
        .bandwidth = world->settings->timing.pull.registry_bandwidth,
        .is_ecr = !strcmp(name, ECR_REGISTRY),
        .tokens = token_bucket_full(quotas->ecr_tokens_per_second, quotas->ecr_tokens_per_second),
        .manifests = token_bucket_full(quotas->ecr_images_per_second, quotas->ecr_images_per_second),
        .layers = token_bucket_full(quotas->ecr_layers_per_second, quotas->ecr_layers_per_second),
    };
    return registry;
}

void registries_begin(struct world *world)
{
    struct images *images = world->images;
    const struct list *declared = &world->settings->registries;
    images->registries =
        arena_array(world->arena, images->name_count + declared->count, sizeof *images->registries);
    EACH(struct registry_settings, settings, *declared) {
        struct registry *registry = add_registry(world, settings->name);
        registry->requires_credentials = settings->requires_credentials;
        if (settings->bandwidth)
            registry->bandwidth = settings->bandwidth;
    }
    for (uint32_t i = 0; i < images->name_count; i++)
        images->names[i].registry = add_registry(world, images->names[i].registry_name);
    for (uint32_t i = 0; i < images->registry_count; i++)
        images->registries[i].flows = fair_share_new(images->registries[i].bandwidth);
}

void registries_end(struct world *world)
{
    for (uint32_t i = 0; world->images && i < world->images->registry_count; i++)
        fair_share_free(world->images->registries[i].flows);
}

/* --- what it says ----------------------------------------------------------------------------- */

#define SAYS "CannotPullContainerError: Error response from daemon: "

const char *registry_is_cut_off(struct world *world, const struct registry *registry)
{
    return arena_format(world->arena,
                        SAYS "Get https://%s/v2/: net/http: request canceled while waiting for connection",
                        registry->host);
}

const char *registry_has_not(struct world *world, const struct image_name *name)
{
    return arena_format(world->arena,
                        SAYS "manifest for %s not found: manifest unknown: Requested image not found",
                        name->text);
}

/* The repository as Docker calls it: with its host, but for Docker Hub. [Docker: familiar names] */
static const char *says_denied(struct world *world, const struct image_name *name, const char *why)
{
    bool hub = !strcmp(name->registry->name, DOCKER_HUB);
    return arena_format(world->arena,
                        SAYS
                        "pull access denied for %s%s%s, repository does not exist or may require 'docker "
                        "login': denied: %s",
                        hub ? "" : name->registry->host, hub ? "" : "/", name->path, why);
}

/* --- who it refuses --------------------------------------------------------------------------- */

static bool take(struct token_bucket *bucket, simtime now, int64_t tokens)
{
    if (token_bucket_ready_at(bucket, now, tokens) > now)
        return false;
    for (int64_t i = 0; i < tokens && i < bucket->burst; i++)
        token_bucket_take(bucket, now);
    return true;
}

/* Whether the agent has a token, or gets one. */
static bool renews_token(struct world *world, struct registry *registry, struct container_instance *host)
{
    struct host_pulls *pulls = host_pulls_of(host);
    if (pulls->token_got_at != SIMTIME_NEVER && ecr_token_is_good(pulls->token_got_at, world->run->now))
        return true;
    if (!take(&registry->tokens, world->run->now, 1))
        return false;
    pulls->token_got_at = world->run->now;
    return true;
}

static const char *ecr_refuses(struct world *world, struct registry *registry, const struct task *task,
                               const struct image_name *name, int64_t layers)
{
    struct container_instance *host = task->instance;
    bool at_boot = !host->fargate && host->simulation->registry_login == LOGIN_AT_BOOT;
    simtime now = world->run->now;
    if (at_boot && !ecr_token_is_good(host->booted_at, now))
        return says_denied(world, name,
                           "Your authorization token has expired. Reauthenticate and try again.");
    if ((!at_boot && !renews_token(world, registry, host)) || !take(&registry->manifests, now, 1) ||
        !take(&registry->layers, now, layers))
        return SAYS "toomanyrequests: Rate exceeded";
    return NULL;
}

const char *registry_refuses(struct world *world, const struct task *task, int container, int64_t layers)
{
    const struct container_definition *definition = &task->definition->containers[container];
    const struct image_name *name = definition->image;
    struct registry *registry = name->registry;
    if (registry->outages)
        return registry_is_cut_off(world, registry);
    if (registry->is_ecr)
        return ecr_refuses(world, registry, task, name, layers);
    if (registry->requires_credentials && !definition->settings->repository_credentials)
        return says_denied(world, name, "requested access to the resource is denied");
    return NULL;
}

/* --- when it is out --------------------------------------------------------------------------- */

static void change_outages(struct world *world, struct registry *registry, bool begins)
{
    registry->outages += begins ? 1 : -1;
    CHECK(registry->outages >= 0);
    if (begins)
        downloads_break_from(world, registry);
}

void registry_outage(struct world *world, const char *name, bool begins)
{
    for (uint32_t i = 0; world->images && i < world->images->registry_count; i++)
        if (!name || !strcmp(world->images->registries[i].name, name))
            change_outages(world, &world->images->registries[i], begins);
}

/* --- what it gives ---------------------------------------------------------------------------- */

void registry_awaits(struct world *world, struct registry *registry)
{
    run_cancel(world->run, &registry->event);
    simtime at = fair_share_next(registry->flows);
    if (at != SIMTIME_NEVER)
        registry->event = run_schedule(world->run, at, PHASE_WORLD, EVENT_REGISTRY_GIVES, registry->index, 0);
}

void registry_gives(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct registry *registry = &world->images->registries[index];
    uint64_t host;
    registry->event = 0;
    while (fair_share_finish(registry->flows, world->run->now, &host))
        download_done(world, pool_find(&world->instances, host));
    registry_awaits(world, registry);
}
