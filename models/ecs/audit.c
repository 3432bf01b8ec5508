#include "models/ecs/audit.h"
#include "models/ecs/image/host_disk.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/roster_audit.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/image/image_mix.h"
#include "models/ecs/image/image_store.h"
#include "models/ecs/image/pull.h"
#include "models/ecs/image/pull_parts.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/job/job.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/request_chain.h"
#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/log/log_driver.h"
#include "models/ecs/scaling/forecaster.h"
#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/task/task.h"
#include <string.h>

/* A RUNNING task has started all its containers, each after those that it waits for. */
static void audit_containers(const struct task *task)
{
    unsigned started = 0;
    for (int i = 0; i < task->definition->container_count; i++)
        started |= (unsigned)(task->containers[i].started_at != SIMTIME_NEVER) << i;
    for (int i = 0; i < task->definition->container_count; i++) {
        const struct container_order *order = &task->definition->containers[i].order;
        CHECK(task->last_status != TASK_RUNNING || (started >> i & 1));
        for (int condition = 0; (started >> i & 1) && condition < CONDITION_COUNT; condition++)
            CHECK(!(order->after[condition] & ~started));
    }
}

/* What runs and writes to CloudWatch Logs is cut off exactly while that takes nothing; only what is cut off
 * has lines that wait, or stands still. */
static void audit_logs(const struct task *task)
{
    for (int i = 0; i < task->definition->container_count; i++) {
        const struct log_plan *plan = task->definition->containers[i].log;
        const struct container_log *log = task->logs ? &task->logs[i] : NULL;
        bool blocked = log && log->blocked_at != SIMTIME_NEVER;
        bool cut_off = log && log->cut_off_at != SIMTIME_NEVER;
        CHECK(!plan || log);
        CHECK(!log || log->open == (plan && plan->group && container_up(task, i)));
        CHECK(blocked == task->containers[i].blocked);
        CHECK(!blocked || (cut_off && plan->blocking && !log->full_event));
        CHECK(!cut_off || (log->open && log->origin <= log->cut_off_at));
        CHECK(!log || cut_off || (!log->held_count && !log->full_event));
    }
}

static struct task_counts recount(const struct task *first, struct deployment *deployment)
{
    struct task_counts counts = {0};
    for (const struct task *task = first; task; task = task->next_in_deployment) {
        struct task_share share = task_share(task);
        CHECK(task->deployment == deployment);
        audit_containers(task);
        audit_logs(task);
        CHECK(!task->next_in_deployment || task->next_in_deployment->previous_in_deployment == task);
        counts.pending += share.pending;
        counts.running += share.running;
        counts.healthy += share.healthy;
        counts.serving += share.serving;
        counts.stopping += share.stopping;
    }
    return counts;
}

/* Each task that is wanted is at a provider of its deployment's strategy, or at none where there is none. */
static void audit_providers(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older) {
        int64_t alive = each->strategy->count ? each->alive : 0;
        for (int i = 0; i < each->strategy->count; i++)
            alive -= each->alive_of[each->strategy->items[i].provider->index];
        CHECK(alive == 0);
    }
}

static int64_t count_draining(const struct deployment *deployment)
{
    int64_t count = 0;
    for (const struct task *task = deployment->first; task; task = task->next_in_deployment)
        count += !task->stopping && task->instance && task->instance->status == INSTANCE_DRAINING;
    return count;
}

static void audit_zone(const struct world *world, const struct service *service, uint32_t zone)
{
    struct zone_share share = {0};
    for (uint32_t i = 0; i < world->host_count; i++)
        share.hosts += world->hosts[i] && world->hosts[i]->zone->index == zone && service->eligible[i];
    for (struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment) {
            if (task_zone(task) != &world->zones[zone] || task->stopping)
                continue;
            share.tasks++;
            share.guarded += task_share(task).guarded;
        }
    CHECK(share.hosts == service->zones[zone].hosts && share.tasks == service->zones[zone].tasks &&
          share.guarded == service->zones[zone].guarded);
    CHECK(service->zones[zone].launches ==
          (capacity_is_fargate(service->strategy) &&
           fargate_launches_in(&world->zones[zone], service->eligible_zones)));
}

/* A daemon's task is alone on its host, though several may still stop there of the REPLICA service that had
 * its name before; it wants as many tasks as it has eligible hosts; what is kept for its missing tasks is
 * kept. */
static void audit_daemon(const struct world *world, const struct service *service)
{
    CHECK(!service->exists || service->desired_count == service->eligible_hosts);
    for (uint32_t i = 0; i < world->host_count; i++) {
        int tasks = 0, alive = 0;
        for (const struct task *task = world->hosts[i] ? world->hosts[i]->first_task : NULL; task;
             task = task->next_on_instance) {
            tasks += task->service == service;
            alive += task->service == service && !task->stopping;
        }
        bool lacks = service->exists && service->eligible[i] && !alive;
        const struct task_definition *kept =
            i < service->daemon->kept_capacity ? service->daemon->kept[i] : NULL;
        CHECK(!alive || tasks == 1);
        CHECK(kept == (lacks ? service->primary->definition : NULL));
    }
}

/* Placement knows where tasks are that may be stopped. */
static void audit_losable(const struct deployment *deployment, const struct container_instance *host)
{
    int64_t losable = 0;
    for (const struct task *task = host->first_task; task; task = task->next_on_instance) {
        struct task_share share = task_share(task);
        losable += task->deployment == deployment && (share.pending || share.running) && !share.unhealthy &&
                   !share.guarded;
    }
    CHECK(losable == placement_tally_of(deployment->losable, host->placement));
}

static void audit_where(const struct world *world, const struct service *service)
{
    if (!service->primary)
        return;
    for (uint32_t i = 0; i < world->zone_count; i++)
        audit_zone(world, service, i);
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (uint32_t i = 0; i < world->host_count; i++)
            if (world->hosts[i])
                audit_losable(each, world->hosts[i]);
    if (service->daemon)
        audit_daemon(world, service);
}

static void audit_holding(const struct service *service)
{
    struct holding held = {0};
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment) {
            bool holds = task->instance && task->last_status != TASK_STOPPED;
            held.tasks += holds;
            held.cpu += holds ? task->definition->settings->reserved_cpu : 0;
            held.memory_mib += holds ? task->definition->settings->reserved_memory_mib : 0;
        }
    CHECK(!memcmp(&held, &service->held, sizeof held));
}

/* The images of RUNNING tasks, as the service has counted them. */
static void audit_mix(const struct service *service)
{
    int64_t running = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            for (int i = 0; task_share(task).running && i < task->definition->container_count; i++)
                running += pull_image(task, i) != NULL;
    CHECK(running == image_mix_running(service));
}

static void audit_service(const struct service *service)
{
    audit_mix(service);
    audit_holding(service);
    struct task_counts all = {0};
    for (struct deployment *each = service->primary; each; each = each->older) {
        struct task_counts counts = recount(each->first, each);
        CHECK(counts.pending == each->pending && counts.running == each->running &&
              counts.healthy == each->healthy && counts.stopping == each->stopping);
        CHECK(each->alive == each->pending + each->running);
        CHECK(each->healthy + each->unhealthy + each->ailing <= each->running);
        CHECK(each->hopeless <= each->unhealthy && each->guarded <= each->alive - each->unhealthy &&
              each->guarded_healthy <= each->guarded && each->guarded_healthy <= each->healthy);
        CHECK(each->draining.alive == count_draining(each));
        all.pending += counts.pending;
        all.running += counts.running;
        all.healthy += counts.healthy;
        all.serving += counts.serving;
        all.stopping += counts.stopping;
    }
    CHECK(all.pending == service->counts.pending && all.running == service->counts.running &&
          all.healthy == service->counts.healthy && all.serving == service->counts.serving &&
          all.stopping == service->counts.stopping);
}

/* request_chain.h */
static void audit_chain(const struct service *service)
{
    const struct load *load = service->load;
    __int128 asked = 0;
    for (size_t i = 0; i < load->asker_count; i++) {
        const struct asker *asker = &load->askers[i];
        CHECK(asker->asked == asker->service->load->total.served * asker->share / MILLION);
        asked += asker->asked;
    }
    CHECK(!service->primary || load->counted_until == load->chain->counted_until);
    CHECK(!service->primary || load->workload->chosen.variant || load->asked_before == asked);
    CHECK(load->total.failed >= 0 && load->total.failed <= load->total.served);
    CHECK(load->total.served <= load->total.requests && load->total.requests <= load->asked_before);
}

static void audit_load(const struct service *service)
{
    if (service->load && service->load->chain)
        audit_chain(service);
    for (const struct deployment *each = service->primary; service->load && each; each = each->older) {
        struct receivers counted = each->orphans;
        for (const struct task *task = each->first; task; task = task->next_in_deployment) {
            struct receivers one = load_receivers(task);
            load_add_receivers(&counted, &one, +1);
        }
        CHECK(!memcmp(&counted, &each->receivers, sizeof counted));
    }
}

static int64_t count_targets_of(const struct task *task, const struct target_counts *counts,
                                enum target_state state)
{
    int64_t count = 0;
    for (int i = 0; i < task->target_count; i++)
        count += task->deployment->registrations[i].counts == counts && targets_state_of(task, i) == state;
    return count;
}

static int64_t count_targets(const struct service *service, const struct target_counts *counts,
                             enum target_state state)
{
    int64_t count = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            count += count_targets_of(task, counts, state);
    return count;
}

/* What the load balancers say is what their targets are in; a target that drains has no task to be asked. */
static void audit_targets(const struct service *service)
{
    for (const struct target_counts *each = service->target_counts; each; each = each->next) {
        for (int state = TARGET_INITIAL; state < TARGET_DRAINING; state++)
            CHECK(each->in[state] - each->orphans[state] == count_targets(service, each, state));
        CHECK(each->in[TARGET_DRAINING] >= 0 && each->in[TARGET_UNUSED] == 0);
    }
}

static uint32_t images_with(const struct image_store *store, const struct image_layer *layer)
{
    uint32_t images = 0;
    for (uint32_t i = 0; i < store->image_count; i++)
        for (uint32_t j = 0; j < store->images[i].image->layer_count; j++)
            images += store->images[i].image->layers[j] == layer;
    return images;
}

static void audit_layers(const struct image_store *store, const struct images *images)
{
    int64_t claimed = 0;
    CHECK(store->layer_room <= images->layer_count);
    for (uint32_t i = 0; i < store->layer_room; i++) {
        const struct stored_layer *stored = &store->layers[i];
        CHECK(stored->images == images_with(store, &images->layers[i]));
        CHECK(stored->images || !stored->present);
        claimed += stored->images ? images->layers[i].bytes : 0;
    }
    CHECK(claimed == store->claimed);
}

/* Who pulls or runs an image holds it; so may others. */
static void audit_images(const struct world *world, const struct container_instance *instance)
{
    const struct image_store *store = instance->images;
    if (!store)
        return;
    audit_layers(store, world->images);
    for (uint32_t i = 0; i < store->image_count; i++) {
        int64_t held = 0;
        for (const struct task *task = instance->first_task; task; task = task->next_on_instance)
            held += pull_references(task, store->images[i].image);
        CHECK(store->images[i].references >= held);
        CHECK(store->images[i].references || store->images[i].pulled);
        CHECK(!store->images[i].pulled || image_store_has(store, store->images[i].image));
    }
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance)
        CHECK(pull_awaits_all(task));
}

/* What a host has left behind is in the books of ECS, and nothing in EC2. */
static void audit_left(const struct container_instance *instance)
{
    CHECK(!instance->agent.is_left || (instance->terminated_at != SIMTIME_NEVER && !instance->host_up &&
                                       !instance->agent_up && !instance->agent.first_left));
    for (const struct container_instance *left = instance->agent.first_left; left;
         left = left->agent.next_left)
        CHECK(left->agent.is_left && left->agent.machine == instance && left->status != INSTANCE_INACTIVE);
}

/* What stands on its disk is what its images, its tasks and its kept containers have; these go in their
 * order, and as soon as they are due where there is an agent. */
static void audit_disk(const struct world *world, const struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    if (!disk || host_disk_is_over(instance))
        return;
    const struct disk_space *space = &disk->space;
    simtime now = world->run->now;
    int64_t layers = 0, growth = 0;
    __int128 grown = 0;
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance) {
        const struct task_disk_settings *settings = &task->definition->settings->simulation.disk;
        int64_t mib = task->layer.grows ? settings->growth_mib : 0;
        CHECK(task->layer.created || !task->layer.grows);
        layers += task->layer.created ? settings->mib << 20 : 0;
        growth += mib << 20;
        grown += task->layer.grown + disk_growth(mib << 20, now - task->layer.grows_since);
    }
    for (size_t i = 0; i < disk->kept_count; i++) {
        CHECK(i == 0 || disk->kept[i - 1].until <= disk->kept[i].until);
        layers += disk->kept[i].bytes;
        grown += disk->kept[i].grown;
    }
    CHECK(space->images == (instance->images ? instance->images->claimed : 0));
    CHECK(space->layers == layers && space->growth == growth);
    CHECK(space->grown + disk_growth(growth, now - space->since) == grown);
    CHECK(disk->due_at > now && (disk->due_at == SIMTIME_NEVER) == !disk->event);
    CHECK(!disk->kept_count || disk->agent_started_at == SIMTIME_NEVER || disk->kept[0].until > now);
    CHECK((disk->agent_started_at != SIMTIME_NEVER) == instance->agent_up);
}

/* What ECS has promised of the host, and what is really held there, stay within what it has; no port is held
 * twice. */
static void audit_host(const struct world *world, const struct container_instance *instance)
{
    audit_images(world, instance);
    audit_disk(world, instance);
    audit_left(instance);
    const struct placement_facts *facts = placement_see(world->placement, instance->placement);
    int64_t cpu = 0, memory = 0, gpus = 0, held_cpu = 0, held_memory = 0, held_gpus = 0, enis = 0;
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance) {
        const struct task_definition_settings *settings = task->definition->settings;
        CHECK(task->instance == instance && task->last_status != TASK_STOPPED);
        enis += settings->network_mode == NETWORK_AWSVPC;
        cpu += task->stopping ? 0 : settings->reserved_cpu;
        memory += task->stopping ? 0 : settings->reserved_memory_mib;
        gpus += task->stopping ? 0 : settings->reserved_gpus;
        held_gpus += task->begun ? settings->reserved_gpus : 0;
        held_cpu += task->begun ? settings->reserved_cpu : 0;
        held_memory += task->begun ? settings->reserved_memory_mib : 0;
    }
    CHECK(facts->cpu == instance->registered_cpu - cpu && facts->cpu >= 0);
    CHECK(facts->memory_mib == instance->registered_memory_mib - memory && facts->memory_mib >= 0);
    CHECK(facts->enis == instance->registered_enis - enis && facts->enis >= 0);
    CHECK(facts->gpus == instance->registered_gpus - gpus && facts->gpus >= 0);
    CHECK(held_gpus == instance->held_gpus && held_gpus <= instance->registered_gpus);
    CHECK(held_cpu == instance->held_cpu && held_cpu <= instance->registered_cpu);
    CHECK(held_memory == instance->held_memory_mib && held_memory <= instance->registered_memory_mib);
    for (size_t i = 0; i < facts->port_count; i++)
        for (size_t j = i + 1; j < facts->port_count; j++)
            CHECK(facts->ports[i].port != facts->ports[j].port ||
                  facts->ports[i].protocol != facts->ports[j].protocol);
}

static int64_t users_on(const struct container_instance *host, const struct ebs_volume *volume)
{
    int64_t users = 0;
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        for (size_t i = 0; task->volumes && i < task->definition->volumes->count; i++)
            users += task->volumes->held[i].volume == volume && !task->volumes->held[i].was_taken;
    return users;
}

/* Books that were left behind may outlive their machine. */
static bool is_attached(const struct ebs_volume *volume, const struct container_instance *host)
{
    const struct container_instance *machine = host->agent.is_left ? host->agent.machine : host;
    return host->zone == volume->zone && (!machine || machine->ref == volume->instance);
}

/* An EBS volume is mounted by tasks of one machine, in its zone. */
static void audit_ebs_volume(const struct world *world, const struct ebs_volume *volume)
{
    int64_t users = 0;
    for (uint32_t i = 0; i < world->host_count; i++) {
        int64_t here = world->hosts[i] ? users_on(world->hosts[i], volume) : 0;
        CHECK(!here || is_attached(volume, world->hosts[i]));
        users += here;
    }
    CHECK(users == volume->users);
}

static void audit_volumes(const struct world *world)
{
    for (const struct ebs_volume *each = world->volumes ? world->volumes->first : NULL; each;
         each = each->next)
        audit_ebs_volume(world, each);
}

/* Each machine on Fargate has one task. */
static void audit_fargate(const struct world *world)
{
    for (const struct container_instance *each = world->fargate.first; each; each = each->next_in_group) {
        const struct task *task = each->first_task;
        CHECK(each->fargate && task && task == each->last_task && task->instance == each);
        CHECK(each->next_in_group ? each->next_in_group->previous_in_group == each
                                  : world->fargate.last == each);
        CHECK(each->held_cpu == (task->begun ? each->registered_cpu : 0));
    }
}

/* Each task without a host waits at its provider, none too many, and none that need not. */
static void audit_provisioning(struct world *world)
{
    int64_t waiting = 0;
    for (uint32_t i = 0; i < world->provider_count; i++) {
        const struct capacity_provider *provider = &world->providers[i];
        int64_t count = 0;
        for (const struct task *task = provider->waiting.first; task; task = task->wait.next) {
            CHECK(!task->instance && !task->stopping && task->last_status == TASK_PROVISIONING &&
                  task->provider == provider && task->life_event);
            CHECK(!task->wait.next || task->wait.next->created_at >= task->created_at);
            CHECK(provider->waiting.event || !provisioning_has_host(world, task));
            count++;
        }
        CHECK(count == provider->waiting.count && (!count || provider->scaling));
        waiting += count;
    }
    CHECK(waiting == world->provisioning.count &&
          waiting <= world->settings->quotas.provisioning_tasks_per_cluster);
}

static int64_t count_without_host(const struct task *first)
{
    int64_t count = 0;
    for (const struct task *task = first; task; task = task->next_in_deployment)
        count += !task->instance && !task->stopping;
    return count;
}

static void audit_tasks_without_host(const struct world *world)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < world->service_count; i++)
        for (const struct deployment *each = world->services[i].primary; each; each = each->older)
            count += count_without_host(each->first);
    for (uint32_t i = 0; i < world->family_count; i++)
        count += count_without_host(world->families[i].first);
    CHECK(count == world->provisioning.count);
}

static void audit_launching(const struct world *world)
{
    for (const struct container_instance *each = world->first_launching; each; each = each->next_launching) {
        CHECK(instance_is_launching(each) && each->terminated_at == SIMTIME_NEVER && !each->first_task);
        CHECK(each->next_launching ? each->next_launching->previous_launching == each
                                   : world->last_launching == each);
    }
}

static bool is_empty(const struct container_instance *host)
{
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        if (!task->of_daemon)
            return false;
    return true;
}

static void tally_host(struct group_tally *tally, const struct container_instance *host)
{
    if (!lifecycle_counts(host->lifecycle))
        return;
    tally->hosts++;
    tally->capacity += host->weight;
    tally->in_service += host->lifecycle == LIFECYCLE_IN_SERVICE;
    tally->unprotected += !host->protected_from_scale_in;
    tally->unhealthy += host->health.unhealthy;
    tally->at_once += host->health.unhealthy && host->health.goes_at_once;
    tally->occupied += host->lifecycle == LIFECYCLE_IN_SERVICE && !is_empty(host);
}

static void audit_zone_of_group(const struct auto_scaling_group *group, uint32_t zone)
{
    struct group_tally tally = {0};
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (each->zone->index == zone)
            tally_host(&tally, each);
    CHECK(!memcmp(&tally, &group->zones[zone].tally, sizeof tally));
}

/* ECS does not know what is in a warm pool, and that serves nobody. A refresh that is over has nothing ahead,
 * and one that is under way has a configuration to come from. */
static void audit_maintenance(const struct auto_scaling_group *group, uint32_t zone_count)
{
    const struct group_maintenance *maintenance = &group->maintenance;
    int64_t warmed = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        bool is_warmed = each->lifecycle == LIFECYCLE_WARMED;
        CHECK(!is_warmed || (each->status == INSTANCE_LAUNCHING && each->in_service_at == SIMTIME_NEVER));
        CHECK(each->maintenance.epoch <= maintenance->epoch);
        warmed += is_warmed;
    }
    int64_t in_zones = 0;
    for (uint32_t i = 0; i < zone_count; i++)
        in_zones += group->zones[i].warmed;
    CHECK(warmed == maintenance->warmed && warmed == in_zones);
    CHECK(!warmed || group->settings->maintenance.warm_pool);
    CHECK(refresh_is_active(&maintenance->refresh) || !maintenance->ahead[REPLACED_BY_REFRESH]);
    CHECK(!refresh_is_active(&maintenance->refresh) || maintenance->refresh.plan_before);
    CHECK(group_present_ahead(group) <= group_ahead(group));
}

static int64_t units_in_pool(const struct auto_scaling_group *group, const struct instance_type *type,
                             uint32_t zone, int market)
{
    int64_t units = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (lifecycle_counts(each->lifecycle) && each->type == type && each->zone->index == zone &&
            each->market == market)
            units += each->weight;
    return units;
}

/* All that it has is On-Demand or Spot; and what its pools have is what is counted. */
static void audit_purchases(const struct auto_scaling_group *group)
{
    const struct purchasing *purchasing = &group->purchasing;
    const struct list *options = &purchasing->plan->options;
    CHECK(purchasing->present.of[MARKET_ON_DEMAND] + purchasing->present.of[MARKET_SPOT] ==
          group->tally.capacity);
    for (size_t i = 0; i < options->count * purchasing->zone_count; i++) {
        const struct launch_option *option =
            LIST_AT(struct launch_option, *options, i / purchasing->zone_count);
        for (int market = 0; market < MARKET_COUNT; market++)
            CHECK(purchasing->pools[i].of[market] ==
                  units_in_pool(group, option->type, (uint32_t)(i % purchasing->zone_count), market));
    }
}

static bool is_in_pool(const struct spot_pool *pool, const struct container_instance *host)
{
    return host->terminated_at == SIMTIME_NEVER && spot_pool_has(pool, host);
}

/* Hand-built hosts ask no limit, so there may be more than it. */
static void audit_spot_pool(const struct world *world, const struct spot_pool *pool)
{
    int64_t hosts = 0;
    for (uint32_t i = 0; i < world->host_count; i++)
        hosts += world->hosts[i] && is_in_pool(pool, world->hosts[i]);
    for (const struct container_instance *each = world->first_launching; each; each = each->next_launching)
        hosts += each->placement == PLACEMENT_NONE && is_in_pool(pool, each);
    CHECK(pool->most == ABSENT || hosts == pool->hosts);
    CHECK(pool->closings >= 0 && pool->risks >= pool->closings);
}

/* A host in service runs, and what its group counts is what is counted; what is missing is on its way, or may
 * not be launched. */
static void audit_group(struct world *world, struct auto_scaling_group *group)
{
    struct group_tally tally = {0};
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        CHECK(each->group == group && each->terminated_at == SIMTIME_NEVER);
        CHECK(each->lifecycle != LIFECYCLE_IN_SERVICE || each->running_at != SIMTIME_NEVER);
        CHECK((each->hook_wait.hooks != 0) == lifecycle_waits(each->lifecycle));
        tally_host(&tally, each);
    }
    CHECK(!memcmp(&tally, &group->tally, sizeof tally));
    CHECK(group->rebalancing.ahead >= 0);
    CHECK(tally.capacity >= group->desired || group->retry_event || group_suspends(group, PROCESS_LAUNCH));
    for (uint32_t i = 0; i < world->zone_count; i++)
        audit_zone_of_group(group, i);
    audit_maintenance(group, world->zone_count);
    audit_purchases(group);
    audit_roster(world, group);
}

/* Nobody is asked between two events, and a group is as large as it may be. */
static void audit_scaling(const struct world *world, const struct scaling_controller *controller)
{
    const struct scalable *scalable = &controller->scalable;
    int64_t least, most, desired = scalable->verbs->desired(world, scalable);
    scalable->verbs->limits(world, scalable, &least, &most);
    CHECK(least <= most && (!scalable->is_group || (desired >= least && desired <= most)));
    for (size_t i = 0; i < controller->count; i++) {
        const struct scaling_policy *policy = &controller->policies[i];
        int64_t forecast = policy->forecaster ? forecaster_capacity(world, policy->forecaster) : ABSENT;
        CHECK(!policy->fired_by && (forecast == ABSENT || forecast >= 0));
        CHECK((policy->last_out_at == SIMTIME_NEVER || policy->last_out_at <= controller->out_at) &&
              policy->last_out_by >= 0);
    }
}

/* Jobs with a task, of one load. */
static int64_t count_in_flight(const struct world *world, const struct job_load *load)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < world->family_count; i++)
        for (const struct task *task = world->families[i].first; task; task = task->next_in_deployment) {
            const struct job *job = task->job ? pool_find(&world->jobs->jobs, task->job) : NULL;
            CHECK(!task->job || job);
            count += job && job->load == load;
        }
    return count;
}

/* No job is lost or counted twice; those that can be received are in no delivery. */
static void audit_jobs_of(const struct world *world, const struct job_load *load)
{
    const struct job_counts *counts = &load->counts;
    int64_t queued = 0, visible = 0, dropped = 0;
    for (const struct job *job = load->first_queued; job; job = job->next_queued) {
        CHECK(job->load == load && job->called_at == SIMTIME_NEVER);
        CHECK(!job->next_queued || job->next_queued->number > job->number);
        queued++;
    }
    for (const struct job *job = load->visible.first; job; job = job->next)
        visible += !job->delivered && !job->expired;
    for (int i = 0; i < SETBACK_COUNT; i++)
        dropped += counts->dropped_for[i];
    CHECK(queued == counts->queued && visible == load->visible.count && dropped == counts->dropped);
    CHECK(count_in_flight(world, load) == counts->in_flight);
    CHECK(load->running >= 0 && (!load->traits.function || load->running <= load->traits.concurrency));
    CHECK(counts->arrived == counts->queued + counts->in_flight + counts->done + counts->late +
                                 counts->dropped + counts->failed);
}

static void audit_jobs(const struct world *world)
{
    for (uint32_t i = 0; world->jobs && i < world->jobs->load_count; i++)
        audit_jobs_of(world, &world->jobs->loads[i]);
}

/* Each task that was refused has one reason, and those that started are among those that were not. */
static void audit_task_loads(const struct task_loads *loads)
{
    int64_t refused = 0;
    for (size_t i = 0; i < loads->refusal_count; i++)
        refused += loads->refusals[i].tasks;
    CHECK(refused == loads->refused);
    CHECK((int64_t)loads->waits.count <= loads->asked - refused);
}

void audit(struct world *world)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        audit_service(&world->services[i]);
        audit_providers(&world->services[i]);
        audit_targets(&world->services[i]);
        audit_load(&world->services[i]);
        audit_where(world, &world->services[i]);
    }
    audit_jobs(world);
    audit_task_loads(&world->task_loads);
    for (uint32_t i = 0; i < world->family_count; i++)
        recount(world->families[i].first, NULL);
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            audit_host(world, world->hosts[i]);
    audit_launching(world);
    for (uint32_t i = 0; i < world->group_count; i++)
        audit_group(world, &world->groups[i]);
    for (size_t i = 0; i < world->spot_market.pool_count; i++)
        audit_spot_pool(world, &world->spot_market.pools[i]);
    for (size_t i = 0; i < world->scaling->count; i++)
        audit_scaling(world, &world->scaling->controllers[i]);
    audit_volumes(world);
    audit_fargate(world);
    audit_provisioning(world);
    audit_tasks_without_host(world);
}

/* Nobody has reserved more than there was, and every sum is the whole. */
void audit_costs(const struct world *world)
{
    const struct ledger *ledger = &world->ledger;
    __int128 on_hosts = ledger->standalone.on_hosts, on_fargate = ledger->standalone.on_fargate, by_type = 0;
    for (uint32_t i = 0; i < world->service_count; i++) {
        on_hosts += world->services[i].cost.on_hosts;
        on_fargate += world->services[i].cost.on_fargate;
    }
    for (size_t i = 0; i < ledger->type_count; i++)
        by_type += ledger->types[i].cost;
    CHECK(by_type == ledger->hosts);
    CHECK(on_fargate == ledger->fargate);
    CHECK(on_hosts == ledger->reserved && cost_idle(world) >= 0);
}
#endif
