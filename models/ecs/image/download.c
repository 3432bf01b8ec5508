#include "models/ecs/image/download.h"
#include "models/ecs/image/fair_share.h"
#include "models/ecs/image/image_store.h"
#include "models/ecs/image/pull.h"
#include <stdlib.h>
#include <string.h>

struct download {
    const struct image_layer *layer;
    struct registry *registry;
    struct container_instance *host;
    uint32_t flow;     /* NO_FLOW: it is not its turn */
    pool_ref *waiting; /* tasks, its own */
    uint32_t waiting_count;
    struct download *next, *previous; /* on its host */
    struct download *next_of_registry, *previous_of_registry;
};

struct host_pulls *host_pulls_of(struct container_instance *instance)
{
    if (!instance->pulls) {
        instance->pulls = memory_alloc(sizeof *instance->pulls);
        *instance->pulls = (struct host_pulls){.token_got_at = SIMTIME_NEVER};
    }
    return instance->pulls;
}

void host_pulls_free(struct container_instance *instance)
{
    while (instance->pulls && instance->pulls->first) {
        struct download *download = instance->pulls->first;
        instance->pulls->first = download->next;
        free(download->waiting);
        free(download);
    }
    free(instance->pulls);
    instance->pulls = NULL;
}

/* --- its turn --------------------------------------------------------------------------------- */

static int64_t bandwidth_of(const struct world *world, const struct container_instance *instance)
{
    const struct pull_timing_settings *timing = &world->settings->timing.pull;
    if (instance->fargate)
        return timing->fargate_bandwidth;
    return instance->simulation->pull_bandwidth ? instance->simulation->pull_bandwidth : timing->bandwidth;
}

static void start_first(struct world *world, struct container_instance *host)
{
    struct download *download = host->pulls->first;
    if (!download || download->flow != NO_FLOW)
        return;
    download->flow = fair_share_begin(download->registry->flows, world->run->now, bandwidth_of(world, host),
                                      download->layer->bytes, host->ref);
    registry_awaits(world, download->registry);
}

/* --- lists ------------------------------------------------------------------------------------ */

static void link_download(struct download *download)
{
    struct host_pulls *pulls = download->host->pulls;
    struct registry *registry = download->registry;
    download->previous = pulls->last;
    *(pulls->last ? &pulls->last->next : &pulls->first) = download;
    pulls->last = download;
    download->previous_of_registry = registry->last_download;
    *(registry->last_download ? &registry->last_download->next_of_registry : &registry->first_download) =
        download;
    registry->last_download = download;
}

static void unlink_download(struct download *download)
{
    struct host_pulls *pulls = download->host->pulls;
    struct registry *registry = download->registry;
    *(download->previous ? &download->previous->next : &pulls->first) = download->next;
    *(download->next ? &download->next->previous : &pulls->last) = download->previous;
    *(download->previous_of_registry ? &download->previous_of_registry->next_of_registry
                                     : &registry->first_download) = download->next_of_registry;
    *(download->next_of_registry ? &download->next_of_registry->previous_of_registry
                                 : &registry->last_download) = download->previous_of_registry;
}

/* Ends it before it is done; the host goes on with its next one. */
static void break_off(struct world *world, struct download *download)
{
    struct container_instance *host = download->host;
    unlink_download(download);
    if (download->flow != NO_FLOW) {
        fair_share_end(download->registry->flows, world->run->now, download->flow);
        registry_awaits(world, download->registry);
    }
    free(download->waiting);
    free(download);
    start_first(world, host);
}

/* --- wanting ---------------------------------------------------------------------------------- */

static struct download *find_download(const struct host_pulls *pulls, const struct image_layer *layer)
{
    struct download *download = pulls->first;
    while (download && download->layer != layer)
        download = download->next;
    return download;
}

static bool waits(const struct download *download, pool_ref task)
{
    for (uint32_t i = 0; i < download->waiting_count; i++)
        if (download->waiting[i] == task)
            return true;
    return false;
}

static void wait_for(struct download *download, pool_ref task)
{
    if (waits(download, task))
        return;
    download->waiting =
        memory_grow(download->waiting, download->waiting_count + 1, sizeof *download->waiting);
    download->waiting[download->waiting_count++] = task;
}

void download_want(struct world *world, struct task *task, struct registry *registry,
                   const struct image_layer *layer)
{
    struct host_pulls *pulls = host_pulls_of(task->instance);
    struct download *download = find_download(pulls, layer);
    if (!download) {
        download = memory_alloc(sizeof *download);
        *download = (struct download){.layer = layer, .registry = registry, .host = task->instance};
        link_download(download);
    }
    wait_for(download, task->ref);
    start_first(world, task->instance);
}

bool download_is_awaited(const struct task *task, const struct image_layer *layer)
{
    const struct host_pulls *pulls = task->instance->pulls;
    const struct download *download = pulls ? find_download(pulls, layer) : NULL;
    return download && waits(download, task->ref);
}

static void stop_waiting(struct download *download, pool_ref task)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < download->waiting_count; i++)
        if (download->waiting[i] != task)
            download->waiting[kept++] = download->waiting[i];
    download->waiting_count = kept;
}

void downloads_forget(struct world *world, struct task *task)
{
    struct download *next, *download = task->instance->pulls ? task->instance->pulls->first : NULL;
    for (; download; download = next) {
        next = download->next;
        stop_waiting(download, task->ref);
        if (!download->waiting_count)
            break_off(world, download);
    }
}

/* --- telling ---------------------------------------------------------------------------------- */

void download_done(struct world *world, struct container_instance *host)
{
    struct download *download = host->pulls->first;
    unlink_download(download);
    image_store_receive(host->images, download->layer);
    start_first(world, host);
    for (uint32_t i = 0; i < download->waiting_count; i++) {
        struct task *task = pool_find(&world->tasks, download->waiting[i]);
        if (task)
            pull_layer_came(world, task);
    }
    free(download->waiting);
    free(download);
}

/* Tasks that waited for downloads which are broken off, the last first: no other of these begins meanwhile.
 */
struct left_alone {
    pool_ref *tasks;
    size_t count;
};

static void leave_alone(struct world *world, struct left_alone *left, struct download *download)
{
    left->tasks = memory_grow(left->tasks, left->count + download->waiting_count, sizeof *left->tasks);
    memcpy(left->tasks + left->count, download->waiting, download->waiting_count * sizeof *left->tasks);
    left->count += download->waiting_count;
    break_off(world, download);
}

static void tell(struct world *world, struct left_alone *left, const struct registry *registry)
{
    for (size_t i = 0; i < left->count; i++) {
        struct task *task = pool_find(&world->tasks, left->tasks[i]);
        if (task)
            pull_connection_lost(world, task, registry);
    }
    free(left->tasks);
}

void downloads_break(struct world *world, struct container_instance *host)
{
    struct left_alone left = {0};
    while (host->pulls && host->pulls->first)
        leave_alone(world, &left, host->pulls->last);
    tell(world, &left, NULL);
}

void downloads_break_from(struct world *world, struct registry *registry)
{
    struct left_alone left = {0};
    while (registry->first_download)
        leave_alone(world, &left, registry->last_download);
    tell(world, &left, registry);
}
