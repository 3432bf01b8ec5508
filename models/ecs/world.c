#include "models/ecs/world.h"
#include "models/ecs/audit/audit.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/cluster_auto_scaling.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/image/image.h"
#include "models/ecs/image/registry.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/job/job.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/request_chain.h"
#include "models/ecs/log/log_outage.h"
#include "models/ecs/log/log_plan.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/metric/metric.h"
#include "models/ecs/metric/rest.h"
#include "models/ecs/results/expect.h"
#include "models/ecs/results/request_rows.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/scaling/scheduled_action.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/eligible_hosts.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/tick.h"
#include "models/ecs/service/zone_rebalancer.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_definition.h"
#include "models/ecs/timeline.h"
#include "models/failure/failure.h"
#include <stdlib.h>
#include <string.h>

/* --- building --------------------------------------------------------------------------------- */

static void add_zone(struct world *world, const char *name)
{
    struct zone *zone = &world->zones[world->zone_count];
    zone->name = name;
    zone->world = world;
    zone->index = world->zone_count++;
}

static void begin_zones(struct world *world)
{
    const struct list *names = &world->settings->availability_zones;
    world->zones = arena_array(world->arena, names->count + 1, sizeof *world->zones);
    EACH_TEXT(name, *names)
        add_zone(world, *name);
    const char *first = world->zones[0].name;
    world->region = arena_copy(world->arena, first, strlen(first) - (strlen(first) > 1));
}

static struct fleet_cell *begin_cells(struct world *world, struct auto_scaling_group *group)
{
    struct fleet_cell *cells = arena_array(world->arena, world->zone_count, sizeof *cells);
    for (uint32_t i = 0; i < world->zone_count; i++) {
        cells[i] = (struct fleet_cell){.group = group, .zone = &world->zones[i], .index = world->cell_count};
        world->cells[world->cell_count++] = &cells[i];
    }
    return cells;
}

static void begin_group(struct world *world, const struct auto_scaling_group_settings *settings)
{
    struct auto_scaling_group *group = &world->groups[world->group_count];
    *group = (struct auto_scaling_group){
        .settings = settings,
        .name = settings->name,
        .who = rng_name(settings->name),
        .index = world->group_count++,
        .desired = settings->desired_capacity,
        .least = settings->min_size,
        .most = settings->max_size,
        .touched = &world->touched_groups,
    };
    group->cells = begin_cells(world, group);
    group_begin(world, group);
}

static void begin_fleet(struct world *world)
{
    const struct list *groups = &world->settings->auto_scaling_groups;
    world->ec2_launches = token_bucket_full(world->settings->quotas.ec2_launch_burst,
                                            world->settings->quotas.ec2_launches_per_second);
    world->groups = arena_array(world->arena, groups->count + 1, sizeof *world->groups);
    world->cells =
        arena_array(world->arena, (groups->count + 1) * world->zone_count, sizeof(struct fleet_cell *));
    EACH(struct auto_scaling_group_settings, each, *groups)
        begin_group(world, each);
    if (world->settings->container_instances.count)
        world->hand_built = begin_cells(world, NULL);
}

static void begin_target_groups(struct world *world)
{
    size_t count = world->settings->target_groups.count;
    world->target_counts = arena_array(world->arena, count + 1, sizeof *world->target_counts);
}

/* One that is deleted and created again is the same: its tasks and deployments are numbered on. */
static void begin_service(struct world *world, const struct service_settings *settings)
{
    if (service_named(world, settings->name))
        return;
    struct service *service = &world->services[world->service_count];
    *service = (struct service){
        .settings = settings,
        .name = settings->name,
        .group_name = arena_format(world->arena, "service:%s", settings->name),
        .who = rng_name(settings->name),
        .index = world->service_count++,
        .below_desired_since = SIMTIME_NEVER,
        .zones = arena_array(world->arena, world->zone_count, sizeof(struct zone_share)),
        .rebalancing.not_before = SIMTIME_NEVER,
    };
    symbol_enter(&world->service_names, service->name, service);
    service->group = placement_group_of(world->placement, service->group_name);
    time_weighted_start(&service->healthy_over_time, 0, 0);
    time_weighted_start(&service->serving_over_time, 0, 0);
    time_weighted_start(&service->running_over_time, 0, 0);
    load_begin(world, service);
}

static void begin_services(struct world *world)
{
    const struct ecs_settings *settings = world->settings;
    size_t most = settings->services.count + settings->timeline.count;
    world->services = arena_array(world->arena, most + 1, sizeof *world->services);
    world->service_names.arena = world->arena;
    EACH(struct service_settings, each, settings->services)
        begin_service(world, each);
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct service_settings *created = settings_of_action(entry, "createService");
        if (created)
            begin_service(world, created);
    }
}

static void begin_sets(struct world *world)
{
    uint32_t most = world->service_count + world->family_count + world->cell_count;
    index_set_init(&world->dirty_services, world->arena, world->service_count);
    index_set_init(&world->waiting_services, world->arena, world->service_count);
    index_set_init(&world->lonely_services, world->arena, world->service_count);
    provisioning_begin(world);
    index_set_init(&world->touched_services, world->arena, world->service_count);
    index_set_init(&world->touched_families, world->arena, world->family_count);
    index_set_init(&world->touched_cells, world->arena, world->cell_count);
    index_set_init(&world->touched_groups, world->arena, world->group_count);
    world->scratch_indices = arena_array(world->arena, most + 1, sizeof *world->scratch_indices);
    for (uint32_t i = 0; i < world->cell_count; i++)
        index_set_add(&world->touched_cells, i); /* each has a row at the start */
    for (uint32_t i = 0; i < world->group_count; i++)
        index_set_add(&world->touched_groups, i);
}

struct zone *zone_named(const struct world *world, const char *name)
{
    const char *const *listed = settings_named(world->settings, NAMED_ZONE, name);
    return listed ? &world->zones[listed - LIST_AT(const char *, world->settings->availability_zones, 0)]
                  : NULL;
}

/* --- the first instant ------------------------------------------------------------------------ */

/* A host that names no zone goes where its turn is. */
static struct zone *zone_for(struct world *world, const char *name, uint32_t *turn)
{
    struct zone *zone = zone_named(world, name);
    return zone ? zone : &world->zones[(*turn)++ % world->zone_count];
}

static void launch_host(struct world *world, const struct container_instance_settings *settings,
                        struct zone *zone)
{
    struct purchase purchase = purchase_of_type(world, settings->type, &settings->simulation, zone);
    instance_launch(world, NULL, zone, &purchase, &settings->attributes);
}

static void launch_hosts(struct world *world)
{
    for (uint32_t i = 0; i < world->group_count; i++)
        group_launch_all(world, &world->groups[i]);
    const struct list *hosts = &world->settings->container_instances;
    uint32_t turn = 0;
    world->type_counts = arena_array(world->arena, hosts->count + 1, sizeof *world->type_counts);
    EACH(struct container_instance_settings, each, *hosts) {
        for (int64_t n = 0; n < each->count; n++)
            launch_host(world, each, zone_for(world, each->availability_zone, &turn));
    }
}

static void create_services(struct world *world)
{
    for (uint32_t i = 0; i < world->settings->services.count; i++)
        service_create(world, &world->services[i]);
}

/* Running and healthy already, old enough for every waiting rule; placed by the same rules, with all
 * latencies zero. */
static void settle_down(struct world *world, bool daemons)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (!service->exists || (service->daemon != NULL) != daemons)
            continue;
        reconcile(world, service);
        deployment_assume_completed(service);
        service->steady = service->counts.healthy == service->desired_count;
        time_weighted_start(&service->healthy_over_time, 0, service->counts.healthy);
        time_weighted_start(&service->serving_over_time, 0, service->counts.serving);
        time_weighted_start(&service->running_over_time, 0, service->counts.running);
    }
}

static void wake_unfinished(struct world *world)
{
    index_set_take(&world->dirty_services, world->scratch_indices);
    for (uint32_t i = 0; i < world->service_count; i++)
        if (world->services[i].steady)
            zone_rebalancer_consider(world, &world->services[i]);
        else
            service_wake(world, &world->services[i]);
}

static void begin_steady(struct world *world)
{
    world->starting = true;
    launch_hosts(world);
    create_services(world);
    settle_down(world, true);
    settle_down(world, false);
    world->starting = false;
    wake_unfinished(world);
}

static void begin_empty(struct world *world)
{
    launch_hosts(world);
    create_services(world);
}

static void begin_samples(struct world *world)
{
    if (world->settings->run.sample_every != ABSENT)
        run_schedule(world->run, 0, PHASE_CONTROL, EVENT_SAMPLE, 0, 0);
}

void *world_begin(struct run *run, const void *settings)
{
    struct world *world = arena_alloc(run->arena, sizeof *world);
    *world = (struct world){
        .run = run,
        .settings = settings,
        .arena = run->arena,
        .placement = placement_new(run->arena),
        .last_tick = SIMTIME_NEVER,
    };
    run->world = world;
    world->cluster_name = world->settings->cluster.name ? world->settings->cluster.name : "default";
    pieces_init(&world->pieces, world->arena);
    pool_init(&world->instances, sizeof(struct container_instance));
    pool_init(&world->tasks, sizeof(struct task));
    pool_init(&world->deployments, sizeof(struct deployment));
    begin_zones(world);
    roles_begin(world);
    spot_market_begin(world);
    begin_fleet(world);
    capacity_begin(world);
    fargate_begin(world);
    definitions_begin(world);
    images_begin(world);
    volumes_begin(world);
    begin_target_groups(world);
    begin_services(world);
    request_chains_begin(world);
    request_rows_begin(world);
    logs_begin(world);
    metrics_begin(world);
    alarms_begin(world);
    begin_sets(world);
    jobs_begin(world);
    expect_begin(world);
    (world->settings->start == START_EMPTY ? begin_empty : begin_steady)(world);
    host_agents_begin(world);
    failures_begin(world);
    timeline_begin(world);
    scaling_begin(world);
    cluster_auto_scaling_begin(world);
    scheduled_actions_begin(world);
    metrics_start(world);
    begin_samples(world);
    task_loads_begin(world);
    jobs_start(world);
    return world;
}

/* --- later ------------------------------------------------------------------------------------ */

void world_settle(void *context)
{
    struct world *world = context;
    if (!world->run->stopped_by) /* an instant that a limit cut short need not add up */
        audit(world);
    jobs_settle(world);
    rows_settle(world);
}

void world_finish(void *context)
{
    struct world *world = context;
    metrics_finish(world);
    for (uint32_t i = 0; i < world->service_count; i++)
        load_advance(world, &world->services[i]);
    jobs_finish(world);
    task_loads_finish(world);
    logs_finish(world);
    rows_finish(world);
    audit_costs(world);
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        time_weighted_close(&service->healthy_over_time, world->run->now);
        time_weighted_close(&service->serving_over_time, world->run->now);
        time_weighted_close(&service->running_over_time, world->run->now);
        if (service->below_desired_since != SIMTIME_NEVER)
            service->below_desired += world->run->now - service->below_desired_since;
    }
}

static void free_tasks(struct world *world, struct task *first)
{
    for (struct task *task = first; task; task = task->next_in_deployment)
        task_free(world, task);
}

/* Those that have not registered, and machines of Fargate, are not among the hosts. */
static void free_hosts(struct world *world)
{
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            instance_free(world->hosts[i]);
    for (struct container_instance *each = world->first_launching; each; each = each->next_launching)
        if (each->placement == PLACEMENT_NONE)
            instance_free(each);
    for (struct container_instance *each = world->fargate.first; each; each = each->next_in_group)
        instance_free(each);
    free(world->hosts);
}

void world_end(void *context)
{
    struct world *world = context;
    for (uint32_t i = 0; i < world->service_count; i++) {
        for (struct deployment *each = world->services[i].primary; each; each = each->older)
            free_tasks(world, each->first);
        eligible_hosts_give(world, world->services[i].eligible);
        if (world->services[i].daemon)
            free(world->services[i].daemon->kept);
    }
    for (uint32_t i = 0; i < world->family_count; i++)
        free_tasks(world, world->families[i].first);
    free_hosts(world);
    free(world->departed);
    free(world->disks.touched);
    pool_free(&world->instances);
    pool_free(&world->tasks);
    pool_free(&world->deployments);
    placement_free(world->placement);
    cost_free(world);
    task_loads_end(world);
    jobs_end(world);
    registries_end(world);
}
