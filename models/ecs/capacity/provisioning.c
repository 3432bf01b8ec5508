#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/events.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/task/run_task_request.h"
#include "models/ecs/task/task.h"

void provisioning_begin(struct world *world)
{
    index_set_init(&world->provisioning.services, world->arena, world->service_count);
}

bool provisioning_is_full(const struct world *world)
{
    return world->provisioning.count >= world->settings->quotas.provisioning_tasks_per_cluster;
}

/* --- the line --------------------------------------------------------------------------------- */

static struct provisioning_line *line_of(struct world *world, const struct capacity_provider *provider)
{
    return &world->providers[provider->index].waiting;
}

static bool has_member_of(const struct list *constraints)
{
    EACH(struct placement_constraint, each, *constraints)
        if (each->query)
            return true;
    return false;
}

const struct list *provisioning_constraints(const struct task *task)
{
    return task->service ? task->service->constraints : &task->wait.call->placement_constraints;
}

static void look_at_constraints(struct provisioning_line *line, struct task *task)
{
    bool bound = has_member_of(&task->definition->settings->placement_constraints) ||
                 has_member_of(provisioning_constraints(task));
    line->bound += bound - task->wait.bound;
    task->wait.bound = bound;
}

void provisioning_add(struct world *world, struct task *task)
{
    struct provisioning_line *line = line_of(world, task->provider);
    look_at_constraints(line, task);
    task->wait.previous = line->last;
    *(line->last ? &line->last->wait.next : &line->first) = task;
    line->last = task;
    line->count++;
    world->provisioning.count++;
}

void provisioning_remove(struct world *world, struct task *task)
{
    struct provisioning_line *line = line_of(world, task->provider);
    *(task->wait.previous ? &task->wait.previous->wait.next : &line->first) = task->wait.next;
    *(task->wait.next ? &task->wait.next->wait.previous : &line->last) = task->wait.previous;
    line->count--;
    line->bound -= task->wait.bound;
    world->provisioning.count--;
    services_wake_all(world, &world->provisioning.services);
}

void provisioning_refuses(struct world *world, struct service *service)
{
    service->placement_failures[REFUSED_PROVISIONING]++;
    index_set_add(&world->provisioning.services, service->index);
    index_set_add(&world->waiting_services, service->index);
    run_decide(world->run,
               &(struct decision){DECISION_NOT_PLACED, REFUSED_PROVISIONING, service->who, PLACEMENT_NONE});
}

/* --- placing ---------------------------------------------------------------------------------- */

/* Its draw is its own, however often it is looked at. */
static struct placement_request request_of(const struct world *world, const struct task *task)
{
    rng_key draw = run_key(world->run, DRAW_PLACEMENT, task->who, 0);
    return task->service ? service_request(task->service, task->definition, draw)
                         : run_task_request(task->definition, task->group, task->wait.call, draw);
}

struct host_choice provisioning_consider(struct world *world, const struct task *task,
                                         struct wait_request *of)
{
    of->request = request_of(world, task);
    capacity_hold_to(task->provider, &of->request, &of->of_provider);
    return (struct host_choice){
        .request = &of->request,
        .definition = task->definition,
        .service = task->service,
        .waited = task,
        .provider = task->provider,
        .host = placement_choose(world->placement, &of->request),
    };
}

bool provisioning_has_host(struct world *world, const struct task *task)
{
    struct wait_request of;
    return provisioning_consider(world, task, &of).host != PLACEMENT_NONE;
}

static bool place(struct world *world, struct task *task)
{
    struct wait_request of;
    struct host_choice choice = provisioning_consider(world, task, &of);
    run_tell_choice(world->run, &choice);
    if (choice.host == PLACEMENT_NONE)
        return false;
    task_place(world, task, world->hosts[choice.host]);
    return true;
}

/* Tasks of one deployment, or of one call and one size, ask for the same: where one found nothing the others
 * need not look. A task that is placed takes room and gives none, so this holds until the last one. */
struct asker {
    const void *whose; /* deployment or call */
    const struct task_definition *definition;
};

struct misses {
    struct asker *askers;
    size_t count;
};

static struct asker asker_of(const struct task *task)
{
    const void *deployment = task->deployment;
    return (struct asker){deployment ? deployment : task->wait.call, task->definition};
}

static bool has_missed(const struct misses *misses, const struct asker *asker)
{
    for (size_t i = misses->count; i > 0; i--) {
        const struct asker *missed = &misses->askers[i - 1];
        if (missed->whose == asker->whose && missed->definition == asker->definition)
            return true;
    }
    return false;
}

static void look_at(struct world *world, struct task *task, struct misses *misses)
{
    struct asker asker = asker_of(task);
    if (!has_missed(misses, &asker) && !place(world, task))
        misses->askers[misses->count++] = asker;
}

static void look_at_all(struct world *world, struct provisioning_line *line)
{
    struct misses misses = {.askers = memory_alloc((size_t)line->count * sizeof *misses.askers)};
    for (struct task *task = line->first, *next; task; task = next) {
        next = task->wait.next;
        look_at(world, task, &misses);
    }
    free(misses.askers);
}

void provisioning_catch_up(struct world *world, const struct capacity_provider *provider)
{
    struct provisioning_line *line = line_of(world, provider);
    if (!line->event)
        return;
    run_cancel(world->run, &line->event);
    if (line->count)
        look_at_all(world, line);
}

static void look_later(struct world *world, struct capacity_provider *provider)
{
    if (provider->waiting.count && !provider->waiting.event)
        provider->waiting.event = run_schedule(world->run, world->run->now, PHASE_WORLD,
                                               EVENT_PROVISIONING_GOES_ON, provider->index, 0);
}

/* NULL: nobody waits there. */
static struct capacity_provider *provider_of(struct world *world, const struct auto_scaling_group *group)
{
    for (uint32_t i = 0; world->provisioning.count && group && i < world->provider_count; i++)
        if (world->providers[i].group == group)
            return &world->providers[i];
    return NULL;
}

void provisioning_room_freed(struct world *world, const struct auto_scaling_group *group)
{
    struct capacity_provider *provider = provider_of(world, group);
    if (provider)
        look_later(world, provider);
}

void provisioning_task_placed(struct world *world, const struct auto_scaling_group *group)
{
    struct capacity_provider *provider = provider_of(world, group);
    if (provider && provider->waiting.bound)
        look_later(world, provider);
}

void provisioning_constraints_changed(struct world *world)
{
    for (uint32_t i = 0; world->provisioning.count && i < world->provider_count; i++) {
        struct provisioning_line *line = &world->providers[i].waiting;
        for (struct task *task = line->first; task; task = task->wait.next)
            look_at_constraints(line, task);
        look_later(world, &world->providers[i]);
    }
}

void provisioning_goes_on(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    provisioning_catch_up(world, &world->providers[index]);
}

/* --- the end of patience ---------------------------------------------------------------------- */

/* [DG:api_failures_messages: reasons of TaskFailedToStart] */
static const char *why(struct world *world, const struct task *task)
{
    placement_instance closest;
    struct placement_filter of_provider;
    struct placement_request request = request_of(world, task);
    capacity_hold_to(task->provider, &request, &of_provider);
    enum placement_refusal refusal = placement_closest(world->placement, &request, &closest);
    return closest == PLACEMENT_NONE ? "EMPTY CAPACITY PROVIDER" : placement_refusal_names[refusal];
}

void provisioning_times_out(struct world *world, struct task *task)
{
    const char *reason = why(world, task);
    if (task->of_load)
        task_load_times_out(world, reason);
    task_stopped(world, task, STOP_TASK_FAILED_TO_START, reason);
}
