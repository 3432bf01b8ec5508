#include "models/ecs/results/explain_service.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/results/explain_hosts.h"
#include "models/ecs/results/explain_task.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/task/task.h"
#include "sim/engine/text_table.h"

enum { MOST_TASKS_TOLD = 10 };

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

/* --- what there is ---------------------------------------------------------------------------- */

static void add_counts(struct text_table *table, const struct deployment *deployment)
{
    const int64_t counts[] = {deployment->desired, deployment->pending,   deployment->running,
                              deployment->healthy, deployment->unhealthy, deployment->stopping};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        text_table_cell(table, "%ld", (long)counts[i]);
}

static void add_deployments(const struct service *service, struct text *text)
{
    static const char *const head[] = {"deployment", "revision", "status",  "rollout",   "desired",
                                       "pending",    "running",  "healthy", "unhealthy", "stopping"};
    struct text_table table = {.columns = sizeof head / sizeof *head, .numbers = ~0xfu};
    for (size_t i = 0; i < table.columns; i++)
        text_table_cell(&table, "%s", head[i]);
    for (const struct deployment *each = service->primary; each; each = each->older) {
        if (each->status == DEPLOYMENT_INACTIVE && !each->alive && !each->stopping)
            continue;
        text_table_cell(&table, "%s", each->name);
        text_table_cell(&table, "%s", each->definition->name);
        text_table_cell(&table, "%s", deployment_status_names[each->status]);
        text_table_cell(&table, "%s", rollout_state_names[each->state]);
        add_counts(&table, each);
    }
    text_table_write(&table, "  ", text);
}

static void add_head(const struct world *world, const struct service *service, struct text *text)
{
    const struct task_counts *counts = &service->counts;
    text_add(text, service->name);
    explain_time(text, " at ", world->run->now);
    text_add_format(text, ": %ld desired, %ld pending, %ld running, %ld healthy, %ld stopping\n",
                    (long)service->desired_count, (long)counts->pending, (long)counts->running,
                    (long)counts->healthy, (long)counts->stopping);
}

/* --- the arithmetic --------------------------------------------------------------------------- */

static int64_t total_of(const struct rollout_view *view, bool healthy)
{
    int64_t total = 0;
    for (int i = 0; i < view->count; i++)
        total += healthy ? view->revisions[i].healthy : view->revisions[i].alive;
    return total;
}

static void add_allowed(struct text *text, int64_t count, const char *what, const char *done)
{
    if (count > 0)
        text_add_format(text, "so %ld%s task%s may be %s\n", (long)count, what, plural(count), done);
    else
        text_add_format(text, "so no%s task may be %s\n", what, done);
}

static void add_floor(const struct percentages *percentages, const struct rollout_view *view,
                      struct text *text)
{
    int64_t healthy = total_of(view, true);
    text_add_format(
        text, "  minimumHealthyPercent %ld: of %ld desired at least %ld must stay healthy, rounded up ",
        (long)percentages->minimum_healthy_percent, (long)percentages->desired, (long)view->minimum_healthy);
    text_add_format(text, "[API:DeploymentConfiguration]; %ld %s, ", (long)healthy,
                    healthy == 1 ? "is" : "are");
    add_allowed(text, healthy - view->minimum_healthy, " healthy", "stopped");
}

static void add_ceiling(const struct percentages *percentages, const struct rollout_view *view,
                        struct text *text)
{
    int64_t alive = total_of(view, false);
    text_add_format(text, "  maximumPercent %ld: of %ld desired at most %ld may exist, rounded down ",
                    (long)percentages->maximum_percent, (long)percentages->desired,
                    (long)view->maximum_total);
    text_add_format(text, "[API:DeploymentConfiguration]; %ld %s", (long)alive, alive == 1 ? "does" : "do");
    if (view->stopping)
        text_add_format(text, ", and %ld that still stop%s count%s too", (long)view->stopping,
                        view->stopping == 1 ? "s" : "", view->stopping == 1 ? "s" : "");
    text_add(text, ", ");
    add_allowed(text, view->maximum_total - alive - view->stopping, "", "started");
}

void explain_percentages(const struct percentages *percentages, const struct rollout_view *view,
                         struct text *text)
{
    int64_t most = rollout_maximum(percentages->desired, percentages->maximum_percent);
    int64_t least = rollout_minimum(percentages->desired, percentages->minimum_healthy_percent);
    if (most != view->maximum_total || least != view->minimum_healthy) {
        text_add(text, "  the percentages do not count yet: until CLEAN_UP both revisions keep their tasks "
                       "[DG:deployment-type-blue-green]\n");
        return;
    }
    add_floor(percentages, view, text);
    add_ceiling(percentages, view, text);
}

/* --- the decision ----------------------------------------------------------------------------- */

static void add_blocked(const struct percentages *percentages, const struct rollout_view *view,
                        struct text *text)
{
    int64_t healthy = total_of(view, true), alive = total_of(view, false) + view->stopping;
    text_add_format(text,
                    "  It is stuck: to stop one would leave %ld healthy of the %ld that must be, to start "
                    "one would make %ld of the %ld that may be, and nothing is under way that could change "
                    "this. It goes on when ",
                    (long)(healthy - 1), (long)view->minimum_healthy, (long)(alive + 1),
                    (long)view->maximum_total);
    if (percentages->minimum_healthy_percent > 0)
        text_add(text, "minimumHealthyPercent is lowered, ");
    text_add(text, "maximumPercent is raised or the desired count is changed "
                   "[DG:service-event-messages-list]\n");
}

static void add_move(struct text *text, const char **before, const char *verb, int64_t count,
                     const char *what, const char *name)
{
    if (!count)
        return;
    text_add_format(text, "%s%s %ld%s of %s", *before, verb, (long)count, what, name);
    *before = ", ";
}

static void add_moves(const struct rollout_view *view, const struct rollout_decision *decision,
                      const char *const *names, struct text *text)
{
    const char *before = "  To be done: ";
    for (int i = 0; i < view->count; i++) {
        add_move(text, &before, "stop", decision->moves[i].stop_unhealthy, " unhealthy", names[i]);
        add_move(text, &before, "stop", decision->moves[i].stop, "", names[i]);
    }
    for (int i = 0; i < view->count; i++)
        add_move(text, &before, "start", decision->moves[i].start, "", names[i]);
    text_add(text, "\n");
}

static void add_held(const struct rollout_view *view, const struct rollout_decision *decision,
                     const char *const *names, struct text *text)
{
    for (int i = 0; i < view->count; i++)
        if (decision->moves[i].held)
            text_add_format(text,
                            "  %ld of %s would be stopped, and %s protected, or needed by the floor "
                            "[API:UpdateTaskProtection]\n",
                            (long)decision->moves[i].held, names[i],
                            decision->moves[i].held == 1 ? "is" : "are");
}

void explain_decision(const struct percentages *percentages, const struct rollout_view *view,
                      const struct rollout_decision *decision, const char *const *names, struct text *text)
{
    if (decision->blocked)
        add_blocked(percentages, view, text);
    else if (decision->acts)
        add_moves(view, decision, names, text);
    else if (decision->waiting)
        text_add(text, "  Nothing is to be stopped or started until what is under way has come about\n");
    else
        text_add(text, "  Nothing is to be stopped or started\n");
    add_held(view, decision, names, text);
}

static void name_parts(struct world *world, const struct parts *parts, const char **names)
{
    for (int i = 0; i < parts->count; i++)
        names[i] = parts->counts[i].draining ? arena_format(world->arena, "%s on DRAINING hosts",
                                                            parts->deployments[i]->definition->name)
                                             : parts->deployments[i]->definition->name;
}

static void add_arithmetic(struct world *world, const struct service *service, const struct parts *parts,
                           const struct rollout_view *view, const struct rollout_decision *decision,
                           struct text *text)
{
    const char *names[MOST_PARTS];
    struct percentages percentages = {service->desired_count, service->minimum_healthy_percent,
                                      service->maximum_percent};
    name_parts(world, parts, names);
    text_add(text, "\n");
    explain_percentages(&percentages, view, text);
    explain_decision(&percentages, view, decision, names, text);
}

/* --- what it waits for ------------------------------------------------------------------------ */

/* Bullets: the head stands before the first. */
struct waits {
    struct text *text;
    bool any;
};

static struct text *next_wait(struct waits *waits)
{
    text_add(waits->text, waits->any ? "  - " : "\nIt waits for:\n  - ");
    waits->any = true;
    return waits->text;
}

static bool is_under_way(const struct task *task)
{
    return task->stopping || task->last_status != TASK_RUNNING || !task->healthy;
}

static void add_task(const struct world *world, const struct task *task, struct waits *waits)
{
    struct text *text = next_wait(waits);
    text_add_format(text, "%s of %s", task->name, task->definition->name);
    if (task->instance)
        text_add_format(text, " on %s", task->instance->fargate ? "Fargate" : task->instance->name);
    text_add(text, ": ");
    explain_task_state(world, task, text);
    text_add(text, "\n");
}

static void add_tasks(const struct world *world, const struct service *service, struct waits *waits)
{
    int64_t count = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            if (is_under_way(task) && count++ < MOST_TASKS_TOLD)
                add_task(world, task, waits);
    if (count > MOST_TASKS_TOLD) {
        text_add(next_wait(waits), "and ");
        explain_count(waits->text, count - MOST_TASKS_TOLD);
        text_add(waits->text, " more tasks that start, stop or are not healthy\n");
    }
}

static simtime next_pass(const struct world *world)
{
    simtime period = world->settings->timing.service_tick;
    return period ? simtime_next_on_grid(world->run->now + 1, 0, period) : world->run->now;
}

static void add_backoff(const struct world *world, const struct deployment *deployment, struct waits *waits)
{
    if (world->run->now >= deployment->launch_not_before)
        return;
    struct text *text = next_wait(waits);
    text_add_format(text,
                    "the back-off of %s: %ld tasks in a row have failed to start, so the next is launched",
                    deployment->definition->name, (long)deployment->impaired);
    explain_time(text, " at ", deployment->launch_not_before);
    text_add(text, " [DG:service-throttle-logic]\n");
}

static void add_launch_limits(const struct world *world, const struct service *service, struct waits *waits)
{
    simtime now = world->run->now;
    int64_t most = world->settings->quotas.tasks_launched_per_service_per_minute;
    if (service->launches.count && launches_allowed(&service->launches, now, most) <= 0) {
        text_add_format(next_wait(waits), "the quota of %ld launches per service and minute [GR]",
                        (long)most);
        explain_time(waits->text, ": more may be launched at ",
                     launches_continue_at(&service->launches, now));
        text_add(waits->text, "\n");
    }
    if (service->launches_awaited)
        text_add(next_wait(waits), "Fargate's launch rate of the account [GR]\n");
    if (service->settings->simulation.waits_for_digest && service->primary->digest.unresolved)
        text_add(next_wait(waits),
                 "the first task's images to be resolved to digests [DG:deployment-type-ecs]\n");
}

static void add_room(const struct service *service, struct waits *waits)
{
    if (service->waits_for_room)
        text_add_format(next_wait(waits), "room for a task (%s); it is tried again when some is freed\n",
                        service->stuck_because);
    if (service->rebalancing.under_way)
        text_add(next_wait(waits), "Availability Zone rebalancing, which is under way\n");
}

static void add_failed(const struct deployment *primary, struct waits *waits)
{
    if (primary->state == STATE_FAILED)
        text_add_format(next_wait(waits),
                        "somebody: its deployment has FAILED (%s), launches nothing any more, "
                        "and there is no rollback\n",
                        primary->state_reason);
}

static void add_hooks(const struct staged_deployment *staged, struct waits *waits)
{
    for (int i = 0; i < staged->hook_count; i++) {
        const struct hook_call *hook = &staged->hooks[i];
        if (hook->state != HOOK_IN_PROGRESS && hook->state != HOOK_AWAITING_ACTION)
            continue;
        text_add_format(next_wait(waits), "its lifecycle hook %s",
                        hook->settings->target ? hook->settings->target
                                               : hook_target_types[hook->settings->target_type]);
        text_add(waits->text, hook->state == HOOK_IN_PROGRESS
                                  ? " to answer\n"
                                  : ": it is paused until ContinueServiceDeployment\n");
    }
}

static void add_stage(const struct world *world, const struct deployment *primary, struct waits *waits)
{
    const struct staged_deployment *staged = primary->staged;
    if (!staged || primary->state != STATE_IN_PROGRESS)
        return;
    text_add_format(next_wait(waits), "the stage %s to end", lifecycle_stage_names[staged->at.stage]);
    if (staged->at.stage == STAGE_SCALE_UP)
        text_add_format(waits->text, ": %ld of %ld tasks of %s are healthy", (long)primary->healthy,
                        (long)primary->desired, primary->definition->name);
    if (world->run->now < staged->busy_until)
        explain_time(waits->text, staged->bakes ? ": it bakes until " : ": traffic shifts until ",
                     staged->busy_until);
    text_add(waits->text, " [DG:blue-green-deployment-how-it-works]\n");
    add_hooks(staged, waits);
}

static void add_bake(const struct world *world, const struct deployment *primary, struct waits *waits)
{
    if (primary->state != STATE_IN_PROGRESS || world->run->now >= primary->bakes_until)
        return;
    explain_time(next_wait(waits), "its bake time, until ", primary->bakes_until);
    text_add(waits->text, " [DG:deployment-alarm-failure]\n");
}

/* Healthy ones that the floor keeps are nobody's concern but the deployment's. */
static void add_older(const struct deployment *primary, struct waits *waits)
{
    if (primary->state != STATE_IN_PROGRESS || primary->staged)
        return;
    for (const struct deployment *each = primary->older; each; each = each->older)
        if (each->alive)
            text_add_format(next_wait(waits), "%ld task%s of %s to go once enough of %s are healthy\n",
                            (long)each->alive, plural(each->alive), each->definition->name,
                            primary->definition->name);
}

static void add_pass(const struct world *world, const struct service *service, struct waits *waits)
{
    if (!world->tick || !world->dirty_services.has[service->index])
        return;
    explain_time(next_wait(waits), "the next pass of the scheduler, at ", next_pass(world));
    text_add(waits->text, "\n");
}

static void add_waits(const struct world *world, const struct service *service, struct text *text)
{
    struct waits waits = {.text = text};
    add_pass(world, service, &waits);
    add_failed(service->primary, &waits);
    add_tasks(world, service, &waits);
    for (const struct deployment *each = service->primary; each; each = each->older)
        add_backoff(world, each, &waits);
    add_launch_limits(world, service, &waits);
    add_room(service, &waits);
    add_older(service->primary, &waits);
    add_stage(world, service->primary, &waits);
    add_bake(world, service->primary, &waits);
    if (!waits.any)
        text_add(text,
                 service->steady ? "\nIt is steady and waits for nothing\n" : "\nIt waits for nothing\n");
}

/* --- where its next task would go ------------------------------------------------------------- */

static void add_hosts_for(struct world *world, const struct deployment *deployment, struct text *text)
{
    const struct service *service = deployment->service;
    struct capacity_seeker seeker = service_seeker(deployment);
    rng_key draw = run_key(world->run, DRAW_PLACEMENT, service->who, service->choices + 1);
    struct placement_request request = service_request(service, deployment->definition, draw);
    struct host_choice choice = capacity_consider(world, &seeker, deployment->definition, &request);
    text_add_format(text, "\nA task of %s is wanted; were it started now:\n", deployment->definition->name);
    explain_hosts(world, &choice, text);
}

/* The first that waits for a host. */
static void add_hosts_for_waiting(struct world *world, const struct deployment *deployment, struct text *text)
{
    const struct task *task = deployment->first;
    while (task && (task->instance || task->stopping || task->last_status != TASK_PROVISIONING))
        task = task->next_in_deployment;
    if (!task)
        return;
    struct wait_request of;
    struct host_choice choice = provisioning_consider(world, task, &of);
    text_add_format(text, "\n%s waits for a host:\n", task->name);
    explain_hosts(world, &choice, text);
}

static bool is_wanted(const struct rollout_view *view, const struct rollout_decision *decision, int i)
{
    const struct revision_counts *counts = &view->revisions[i];
    return !counts->draining && !counts->failed &&
           decision->moves[i].desired > counts->alive - counts->unhealthy;
}

static void add_hosts(struct world *world, const struct parts *parts, const struct rollout_view *view,
                      const struct rollout_decision *decision, struct text *text)
{
    for (int i = 0; i < parts->count; i++)
        if (is_wanted(view, decision, i)) {
            add_hosts_for(world, parts->deployments[i], text);
            break;
        }
    for (int i = 0; i < parts->count && !parts->counts[i].draining; i++)
        add_hosts_for_waiting(world, parts->deployments[i], text);
}

void explain_service(struct world *world, const struct service *service, struct text *text)
{
    struct parts parts;
    struct rollout_decision decision;
    struct rollout_view view = parts_view(service, &parts);
    rollout_decide(&view, &decision);
    add_head(world, service, text);
    add_deployments(service, text);
    add_arithmetic(world, service, &parts, &view, &decision, text);
    add_waits(world, service, text);
    add_hosts(world, &parts, &view, &decision, text);
}
