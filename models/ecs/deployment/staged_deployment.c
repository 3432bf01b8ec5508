#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/rolling_update.h"
#include "models/ecs/service/service.h"
#include <string.h>
#include <strings.h>

/* --- both revisions --------------------------------------------------------------------------- */

static bool has_tasks(const struct deployment *deployment)
{
    return deployment->alive || deployment->stopping;
}

/* Whether `a` carries the service rather than `b`. */
static bool carries_more(const struct deployment *a, const struct deployment *b)
{
    return a->traffic_permille != b->traffic_permille ? a->traffic_permille > b->traffic_permille
                                                      : a->healthy > b->healthy;
}

static struct deployment *carrier_before(const struct deployment *target)
{
    struct deployment *carrier = target->older;
    for (struct deployment *each = carrier; each; each = each->older)
        if (each->status == DEPLOYMENT_ACTIVE && carries_more(each, carrier))
            carrier = each;
    return carrier;
}

static int older_with_tasks(const struct deployment *target)
{
    int count = 0;
    for (const struct deployment *each = target->older; each; each = each->older)
        count += has_tasks(each);
    return count;
}

static bool keeps_both(const struct service *service)
{
    const struct staged_deployment *staged = service->primary->staged;
    return staged && staged->at.stage != STAGE_CLEAN_UP;
}

bool staged_deployment_keeps(const struct deployment *deployment)
{
    const struct service *service = deployment->service;
    return keeps_both(service) && deployment == service->primary->staged->source;
}

bool staged_deployment_may_complete(const struct deployment *deployment)
{
    return !deployment->staged || deployment->staged->at.stage == STAGE_CLEAN_UP;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

void staged_deployment_ask(const struct service *service, struct deployment *const *deployments,
                           struct revision_counts *counts, struct rollout_view *view)
{
    if (!keeps_both(service))
        return;
    bool held = service->primary->staged->at.stage < STAGE_SCALE_UP;
    counts[0].desired = held ? 0 : service->desired_count;
    for (int i = 1; i < view->count && !counts[i].draining; i++) {
        bool kept = staged_deployment_keeps(deployments[i]);
        counts[i].desired = kept ? service->desired_count : 0;
        counts[i].whole = kept;
    }
    view->minimum_healthy = larger(counts[0].desired, counts[0].healthy) + service->desired_count;
    view->maximum_total = 2 * service->desired_count;
}

/* --- traffic ---------------------------------------------------------------------------------- */

static bool is_network_load_balancer(const struct world *world, const char *target_group)
{
    EACH(struct target_group_settings, group, world->settings->target_groups)
        if (target_group && !strcmp(group->name, target_group))
            return group->of_network_load_balancer;
    return false;
}

static void look_at_load_balancers(const struct world *world, const struct service *service,
                                   struct staged_deployment *staged)
{
    EACH(struct service_load_balancer_settings, each, *service->load_balancers) {
        staged->tests |= each->advanced.test_listener_rule != NULL;
        staged->behind_network_load_balancer |= is_network_load_balancer(world, each->target_group);
    }
}

static bool shifts_traffic(enum lifecycle_stage stage)
{
    return stage == STAGE_TEST_TRAFFIC_SHIFT || stage == STAGE_PRODUCTION_TRAFFIC_SHIFT;
}

static void mark_shift(struct world *world, const struct service *service, int64_t permille)
{
    struct text label = {0};
    text_add_decimal(&label, permille, 1);
    text_add(&label, " % of traffic");
    row_mark(world, service->name, "event", label.bytes);
    text_free(&label);
}

static void share_traffic(struct world *world, struct deployment *target, const struct deployment *source,
                          int64_t permille)
{
    load_split(world, target, permille);
    for (struct deployment *each = target->older; each; each = each->older)
        load_split(world, each, each == source ? ALL_TRAFFIC_PERMILLE - permille : 0);
    index_set_add(&world->touched_services, target->service->index); /* promises look at its requests */
}

/* The stage has begun: what it does to the traffic, and that it is there. */
static void tell_stage(struct world *world, struct deployment *deployment)
{
    const struct staged_deployment *staged = deployment->staged;
    int64_t permille = stage_production_permille(&staged->plan, staged->at);
    share_traffic(world, deployment, staged->source, permille);
    row_traffic(world, deployment, lifecycle_stage_names[staged->at.stage],
                staged->tests ? stage_test_permille(staged->at) : 0);
    if (staged->at.stage == STAGE_PRODUCTION_TRAFFIC_SHIFT)
        mark_shift(world, deployment->service, permille);
}

/* --- hooks ------------------------------------------------------------------------------------ */

static const char *new_hook_id(struct world *world, const struct deployment *deployment,
                               const struct hook_call *hook)
{
    char id[HEX_ID_SIZE];
    struct text name = {0};
    text_add_format(&name, "%s/%s/%ld/%ld", deployment->service->name, deployment->name,
                    (long)(hook - deployment->staged->hooks), (long)hook->calls);
    hex_id(id, "hook", name.bytes);
    text_free(&name);
    return arena_format(world->arena, "ecs-%s-%s",
                        hook->settings->target_type == HOOK_PAUSE ? "pause" : "lambda", id);
}

static event_handle schedule(struct world *world, const struct deployment *deployment, simtime at,
                             enum event_name event, uint64_t argument)
{
    return run_schedule(world->run, at, PHASE_CONTROL, event, deployment->ref, argument);
}

static void tell_hook(struct world *world, struct deployment *deployment, const struct hook_call *hook,
                      const char *type, const char *name)
{
    event_hook_changed(world, deployment,
                       &(struct hook_change){
                           .type = type,
                           .name = name,
                           .hook_id = hook->id,
                           .hook_type = hook_target_types[hook->settings->target_type],
                           .stage = lifecycle_stage_names[deployment->staged->at.stage],
                           .expires_at = hook->expires_at,
                       });
}

/* Its answer is written in the scenario; somebody at a PAUSE may also have none. */
static void await_answer(struct world *world, struct deployment *deployment, struct hook_call *hook)
{
    const struct dist *after = &hook->settings->simulation.after;
    uint64_t index = (uint64_t)(hook - deployment->staged->hooks);
    simtime now = world->run->now;
    if (dist_given(after) || hook->settings->target_type == HOOK_AWS_LAMBDA)
        hook->answer_event =
            schedule(world, deployment, now + run_draw(world->run, after, DRAW_HOOK, rng_name(hook->id), 0),
                     EVENT_HOOK_ANSWERS, index);
    hook->timeout_event = schedule(world, deployment, hook->expires_at, EVENT_HOOK_TIMES_OUT, index);
}

static void call_hook(struct world *world, struct deployment *deployment, struct hook_call *hook)
{
    bool pauses = hook->settings->target_type == HOOK_PAUSE;
    hook->calls++;
    hook->id = new_hook_id(world, deployment, hook);
    hook->state = pauses ? HOOK_AWAITING_ACTION : HOOK_IN_PROGRESS;
    hook->expires_at = world->run->now + hook->settings->timeout.timeout;
    await_answer(world, deployment, hook);
    if (pauses)
        tell_hook(world, deployment, hook, "INFO", "HOOK_AWAITING_ACTION");
}

/* Those of this stage; the others have no say in it. */
static void call_hooks(struct world *world, struct deployment *deployment)
{
    struct staged_deployment *staged = deployment->staged;
    for (int i = 0; i < staged->hook_count; i++) {
        struct hook_call *hook = &staged->hooks[i];
        hook->state = HOOK_NOT_CALLED;
        if (hook->settings->stages >> staged->at.stage & 1)
            call_hook(world, deployment, hook);
    }
}

static bool is_paused(const struct staged_deployment *staged)
{
    for (int i = 0; i < staged->hook_count; i++)
        if (staged->hooks[i].state == HOOK_AWAITING_ACTION)
            return true;
    return false;
}

static enum stage_verdict verdict_of_hooks(const struct staged_deployment *staged)
{
    struct hook_answer answers[MOST_HOOKS];
    for (int i = 0; i < staged->hook_count; i++)
        answers[i] = (struct hook_answer){
            .state = staged->hooks[i].state,
            .on_timeout = (enum hook_action)staged->hooks[i].settings->timeout.action,
        };
    return stage_verdict(answers, staged->hook_count);
}

static void forget_hooks(struct world *world, struct staged_deployment *staged)
{
    for (int i = 0; i < staged->hook_count; i++) {
        run_cancel(world->run, &staged->hooks[i].answer_event);
        run_cancel(world->run, &staged->hooks[i].timeout_event);
    }
}

/* --- from stage to stage ---------------------------------------------------------------------- */

static void keep_busy(struct world *world, struct deployment *deployment, simtime lasts)
{
    struct staged_deployment *staged = deployment->staged;
    run_cancel(world->run, &staged->clock);
    staged->busy_until = world->run->now + lasts;
    if (lasts)
        staged->clock = schedule(world, deployment, staged->busy_until, EVENT_DEPLOYMENT_MOVES, 0);
}

static void limit_stage(struct world *world, struct deployment *deployment)
{
    struct staged_deployment *staged = deployment->staged;
    simtime limit = is_paused(staged) ? PAUSE_LIMIT : STAGE_LIMIT;
    run_cancel(world->run, &staged->stage_limit);
    if (staged->at.stage == STAGE_CLEAN_UP)
        run_cancel(world->run, &staged->limit);
    else
        staged->stage_limit = schedule(world, deployment, world->run->now + limit, EVENT_DEPLOYMENT_LIMIT, 1);
}

static void enter(struct world *world, struct deployment *deployment, struct stage_position at)
{
    struct staged_deployment *staged = deployment->staged;
    bool slowly = staged->behind_network_load_balancer && shifts_traffic(at.stage);
    staged->at = at;
    staged->bakes = false;
    run_decide(world->run,
               &(struct decision){DECISION_STAGE, at.stage, deployment->service->who, deployment->ref});
    tell_stage(world, deployment);
    keep_busy(world, deployment, slowly ? NETWORK_SHIFT_TIME : 0);
    call_hooks(world, deployment);
    limit_stage(world, deployment);
    service_wake(world, deployment->service);
}

static void begin_bake(struct world *world, struct deployment *deployment, simtime lasts)
{
    deployment->staged->bakes = true;
    run_cancel(world->run, &deployment->staged->stage_limit);
    keep_busy(world, deployment, lasts);
}

/* One that has FAILED does not become whole, and the others stand in for it. */
static bool is_reconciled(const struct deployment *deployment)
{
    return older_with_tasks(deployment) <= 1 || deployment->staged->source->state == STATE_FAILED;
}

/* What the stage is for, apart from hooks and traffic. */
static bool has_its_tasks(const struct deployment *deployment)
{
    switch (deployment->staged->at.stage) {
    case STAGE_RECONCILE_SERVICE:
        return is_reconciled(deployment);
    case STAGE_SCALE_UP:
        return deployment->healthy >= deployment->desired;
    default:
        return deployment->staged->at.stage != STAGE_CLEAN_UP;
    }
}

static bool stage_is_over(const struct deployment *deployment, simtime now)
{
    return now >= deployment->staged->busy_until && has_its_tasks(deployment) &&
           verdict_of_hooks(deployment->staged) == STAGE_GOES_ON;
}

static bool is_in_stages(const struct deployment *deployment)
{
    return deployment->staged && deployment->state == STATE_IN_PROGRESS;
}

static void advance(struct world *world, struct deployment *deployment)
{
    while (is_in_stages(deployment) && stage_is_over(deployment, world->run->now)) {
        struct staged_deployment *staged = deployment->staged;
        simtime bake = staged->bakes ? 0 : stage_bake(&staged->plan, staged->at);
        if (bake)
            begin_bake(world, deployment, bake);
        else
            enter(world, deployment, stage_next(&staged->plan, staged->at));
    }
}

void staged_deployment_look_at_progress(struct world *world, struct service *service)
{
    advance(world, service->primary);
}

/* --- begin and end ---------------------------------------------------------------------------- */

static struct staged_deployment *stages_for(struct world *world, const struct service *service,
                                            struct deployment *source)
{
    struct staged_deployment *staged = arena_alloc(world->arena, sizeof *staged);
    staged->plan = service->traffic_plan;
    staged->source = source;
    EACH(struct lifecycle_hook_settings, hook, *service->lifecycle_hooks)
        staged->hooks[staged->hook_count++].settings = hook;
    look_at_load_balancers(world, service, staged);
    return staged;
}

void staged_deployment_begin(struct world *world, struct deployment *deployment)
{
    struct service *service = deployment->service;
    struct deployment *source = carrier_before(deployment);
    staged_deployment_end(world, service);
    if (service->traffic_plan.strategy == STRATEGY_ROLLING || service->daemon || deployment->creates_service)
        return;
    source->desired = service->desired_count;
    deployment->staged = stages_for(world, service, source);
    deployment->staged->limit =
        schedule(world, deployment, world->run->now + DEPLOYMENT_LIMIT, EVENT_DEPLOYMENT_LIMIT, 0);
    enter(world, deployment, stage_first(older_with_tasks(deployment) > 1));
    advance(world, deployment);
}

static void leave_stages(struct world *world, struct deployment *deployment)
{
    struct staged_deployment *staged = deployment->staged;
    forget_hooks(world, staged);
    run_cancel(world->run, &staged->clock);
    run_cancel(world->run, &staged->stage_limit);
    run_cancel(world->run, &staged->limit);
    deployment->staged = NULL;
}

void staged_deployment_end(struct world *world, struct service *service)
{
    for (struct deployment *each = service->primary; each; each = each->older) {
        if (each->staged)
            leave_stages(world, each);
        load_split(world, each, ABSENT);
    }
}

void staged_deployment_rolls_back(struct world *world, struct deployment *failed, struct deployment *target)
{
    if (!failed->staged)
        return;
    leave_stages(world, failed);
    share_traffic(world, failed, target, 0);
    row_traffic(world, failed, "ROLLBACK", 0);
}

/* --- what ends a stage ------------------------------------------------------------------------ */

static void fail(struct world *world, struct deployment *deployment, const char *what)
{
    deployment_fail(
        world, deployment,
        arena_format(world->arena, "%s at %s.", what, lifecycle_stage_names[deployment->staged->at.stage]),
        true);
}

static void hook_ends(struct world *world, struct deployment *deployment, struct hook_call *hook,
                      enum hook_state state)
{
    static const char *const names[] = {[HOOK_SUCCEEDED] = "HOOK_SUCCEEDED",
                                        [HOOK_FAILED] = "HOOK_FAILED",
                                        [HOOK_TIMED_OUT] = "HOOK_TIMED_OUT"};
    run_cancel(world->run, &hook->answer_event);
    run_cancel(world->run, &hook->timeout_event);
    hook->state = state;
    bool rolls_back = verdict_of_hooks(deployment->staged) == STAGE_ROLLS_BACK;
    tell_hook(world, deployment, hook, rolls_back ? "ERROR" : "INFO", names[state]);
    if (rolls_back)
        fail(world, deployment,
             state == HOOK_TIMED_OUT ? "lifecycle hook timed out" : "lifecycle hook failed");
    else
        advance(world, deployment);
}

static enum hook_state scripted_outcome(const struct hook_call *hook)
{
    const struct list *outcomes = &hook->settings->simulation.outcomes;
    size_t nth = (size_t)hook->calls < outcomes->count ? (size_t)hook->calls : outcomes->count;
    return nth && !strcasecmp(*LIST_AT(const char *, *outcomes, nth - 1), "FAILED") ? HOOK_FAILED
                                                                                    : HOOK_SUCCEEDED;
}

/* NULL where it is gone, or no longer in stages. */
static struct deployment *find_in_stages(struct world *world, uint64_t ref)
{
    struct deployment *deployment = pool_find(&world->deployments, ref);
    return deployment && is_in_stages(deployment) ? deployment : NULL;
}

void staged_deployment_hook_answers(void *context, uint64_t ref, uint64_t index)
{
    struct world *world = context;
    struct deployment *deployment = find_in_stages(world, ref);
    if (!deployment)
        return;
    struct hook_call *hook = &deployment->staged->hooks[index];
    hook_ends(world, deployment, hook, scripted_outcome(hook));
}

void staged_deployment_hook_times_out(void *context, uint64_t ref, uint64_t index)
{
    struct world *world = context;
    struct deployment *deployment = find_in_stages(world, ref);
    if (deployment)
        hook_ends(world, deployment, &deployment->staged->hooks[index], HOOK_TIMED_OUT);
}

void staged_deployment_moves(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct deployment *deployment = find_in_stages(context, ref);
    if (deployment)
        advance(context, deployment);
}

void staged_deployment_takes_too_long(void *context, uint64_t ref, uint64_t is_stage)
{
    struct deployment *deployment = find_in_stages(context, ref);
    if (deployment)
        fail(context, deployment, is_stage ? "stage timed out" : "deployment timed out");
}

/* --- continued -------------------------------------------------------------------------------- */

static bool is_meant(const struct hook_call *hook, const char *id)
{
    return hook->state == HOOK_AWAITING_ACTION && (!id || !strcmp(id, hook->id));
}

/* An answer may end the stage, and the next may pause again: only those that waited when the call came. */
const char *staged_deployment_continue(struct world *world, struct service *service, const char *hook_id,
                                       enum hook_action action)
{
    struct deployment *deployment = service->primary;
    struct hook_call *meant[MOST_HOOKS];
    int count = 0;
    for (int i = 0; is_in_stages(deployment) && i < deployment->staged->hook_count; i++)
        if (is_meant(&deployment->staged->hooks[i], hook_id))
            meant[count++] = &deployment->staged->hooks[i];
    for (int i = 0; i < count && is_in_stages(deployment); i++)
        hook_ends(world, deployment, meant[i], action == HOOK_ACTION_CONTINUE ? HOOK_SUCCEEDED : HOOK_FAILED);
    return count ? NULL : "ClientException: No lifecycle hook of the service deployment awaits an action.";
}
