#include "models/ecs/service/service.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/deployment/deployment_failure.h"
#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/target_group.h"
#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/eligible_hosts.h"
#include "models/ecs/service/rolling_update.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/service/service_update.h"
#include "models/ecs/service/tick.h"
#include "models/ecs/service/zone_rebalancer.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_definition.h"
#include <string.h>

struct service *service_named(const struct world *world, const char *name)
{
    return symbol_entered(&world->service_names, name);
}

struct service *service_find(struct world *world, const char *name)
{
    struct service *service = service_named(world, name);
    return service && service->exists ? service : NULL;
}

rng_key service_next_choice(struct world *world, struct service *service, enum draw_purpose purpose)
{
    return run_key(world->run, purpose, service->who, ++service->choices);
}

void service_wake(struct world *world, struct service *service)
{
    if (!service->exists)
        return;
    index_set_add(&world->dirty_services, service->index);
    tick_request(world);
}

void service_lacks_room(struct world *world, struct service *service, enum placement_refusal refusal,
                        placement_instance closest)
{
    service->placement_failures[refusal]++;
    index_set_add(&world->waiting_services, service->index);
    if (refusal == REFUSED_ATTRIBUTE)
        index_set_add(&world->lonely_services, service->index);
    run_decide(world->run, &(struct decision){DECISION_NOT_PLACED, refusal, service->who, closest});
}

void services_wake_all(struct world *world, struct index_set *services)
{
    uint32_t count = index_set_take(services, world->scratch_indices);
    for (uint32_t i = 0; i < count; i++)
        service_wake(world, &world->services[world->scratch_indices[i]]);
}

void services_room_freed(struct world *world)
{
    services_wake_all(world, &world->waiting_services);
}

void services_task_placed(struct world *world)
{
    services_wake_all(world, &world->lonely_services);
}

/* --- messages --------------------------------------------------------------------------------- */

static void say(struct world *world, const struct service *service, const char *task_set, const char *format,
                va_list arguments)
{
    struct text message = {0};
    if (world->starting)
        return;
    service_message_write(&message, service->name, task_set, format, arguments);
    row_service_event(world, service, message.bytes);
    text_free(&message);
}

void service_say(struct world *world, const struct service *service, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(world, service, NULL, format, arguments);
    va_end(arguments);
}

void service_task_set_says(struct world *world, const struct service *service, const char *task_set,
                           const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(world, service, task_set, format, arguments);
    va_end(arguments);
}

void service_say_stopped(struct world *world, struct service *service, int64_t count, const char *tasks)
{
    service_say(world, service, SAYS_STOPPED, (long)count, tasks);
    event_service_action(world, service, "INFO", "TASKS_STOPPED", NULL);
}

void service_say_protected(struct world *world, struct service *service, const struct deployment *held)
{
    service_say(world, service, SAYS_PROTECTED, held->name);
    event_service_action(world, service, "INFO", "TASKSET_SCALE_IN_FAILURE_BY_TASK_PROTECTION", NULL);
}

const char *service_scaling_reason(struct world *world, const struct service *service)
{
    return arena_format(world->arena, "Scaling activity initiated by (deployment %s)",
                        service->primary->name);
}

static void remind_later(struct world *world, struct service *service)
{
    run_cancel(world->run, &service->timer);
    service->timer = run_schedule(world->run, world->run->now + world->settings->timing.steady_state_repeat,
                                  PHASE_CONTROL, EVENT_SERVICE_TIMER, service->index, 0);
}

/* Duplicates are suppressed until the cause clears or six hours pass. [DG:service-event-messages] */
bool service_may_say(struct world *world, struct service *service, enum service_message message)
{
    simtime said = service->message_at[message];
    if (world->starting)
        return false;
    if (said != SIMTIME_NEVER && world->run->now - said < world->settings->timing.steady_state_repeat)
        return false;
    service->message_at[message] = world->run->now;
    remind_later(world, service);
    return true;
}

static void say_steady(struct world *world, struct service *service)
{
    service_say(world, service, SAYS_STEADY);
    event_service_action(world, service, "INFO", "SERVICE_STEADY_STATE", NULL);
    remind_later(world, service);
}

void service_timer_fires(void *context, uint64_t index, uint64_t is_backoff)
{
    struct world *world = context;
    struct service *service = &world->services[index];
    if (is_backoff) {
        service_wake(world, service);
        return;
    }
    service->timer = 0;
    if (!service->exists)
        return;
    if (service->steady)
        say_steady(world, service);
    else
        service_wake(world, service);
}

/* --- steadiness -------------------------------------------------------------------------------- */

/* What a task set calls STEADY_STATE [API:TaskSet.stabilityStatus]: as many of the PRIMARY's tasks run as are
 * desired, none of an older revision beside them, as there may be after an early success. */
static bool is_steady(const struct service *service)
{
    return service->primary->state == STATE_COMPLETED && service->counts.pending == 0 &&
           service->primary->running == service->desired_count &&
           service->counts.running == service->desired_count &&
           service->counts.healthy == service->desired_count && !service->primary->draining.alive;
}

void service_look_at_progress(struct world *world, struct service *service)
{
    if (!service->exists)
        return;
    deployment_look_at_progress(world, service);
    bool steady = is_steady(service);
    if (steady && !service->steady)
        say_steady(world, service);
    bool begins = steady && !service->steady;
    service->steady = steady;
    if (begins)
        zone_rebalancer_consider(world, service);
}

/* --- what people do --------------------------------------------------------------------------- */

/* With the defaults of REPLICA and of DAEMON. [API:DeploymentConfiguration] */
static void set_scheduling(struct world *world, struct service *service)
{
    const struct service_settings *settings = service->settings;
    const struct deployment_configuration_settings *given = &settings->deployment_configuration;
    bool is_daemon = settings->scheduling_strategy == SCHEDULING_DAEMON;
    if (is_daemon)
        daemon_begin(world, service);
    service->desired_count = is_daemon ? eligible_hosts_count(service->eligible) : settings->desired_count;
    service->minimum_healthy_percent = given_or(given->minimum_healthy_percent, is_daemon ? 0 : 100);
    service->maximum_percent = given_or(given->maximum_percent, is_daemon ? 100 : 200);
    service->rebalancing.asked_for = settings->availability_zone_rebalancing != REBALANCING_DISABLED;
}

void service_create(struct world *world, struct service *service)
{
    const struct service_settings *settings = service->settings;
    const struct task_definition *definition = definition_find(world, settings->task_definition);
    CHECK(definition);
    load_opens(world, service);
    service->exists = true;
    service->steady = false;
    service->stuck = STUCK_NOT;
    set_scheduling(world, service);
    service->circuit_breaker = NULL;
    service->deployment_alarms = NULL;
    service->early_success = NULL;
    service->completed = NULL;
    service->bake_time = ABSENT;
    failure_detection_set(service, &settings->deployment_configuration);
    service->grace_period = settings->health_check_grace_period;
    service->strategies = &settings->placement_strategies;
    service->constraints = &settings->placement_constraints;
    service->strategy = capacity_strategy_new(world, settings_strategy(world->settings, &settings->capacity));
    service->traffic_plan = traffic_plan_default();
    traffic_plan_change(&service->traffic_plan, &settings->deployment_configuration);
    service->lifecycle_hooks = &settings->deployment_configuration.lifecycle_hooks;
    targets_catch_up(world, service); /* what it was deleted with still waits */
    service->load_balancers = &settings->load_balancers;
    memcpy(service->configuration, settings->configuration, sizeof service->configuration);
    service->network_configuration = &settings->network_configuration;
    registrations_begin(world, service);
    for (int i = 0; i < MESSAGE_KINDS; i++)
        service->message_at[i] = SIMTIME_NEVER;
    struct deployment *deployment = deployment_begin(world, service, definition);
    deployment->creates_service = true;
    if (!world->starting)
        deployment_announce(world, deployment);
}

/* The ACTIVE deployment that carries the service; NULL if none does. */
static struct deployment *source_deployment(const struct service *service)
{
    struct deployment *source = NULL;
    for (struct deployment *each = service->primary->older; each; each = each->older)
        if (each->status == DEPLOYMENT_ACTIVE && each->healthy > (source ? source->healthy : 0))
            source = each;
    return source;
}

/* A scale-out during a deployment is applied to both revisions: the older one may grow as far as the floor
 * then asks. [DG:deployment-type-ecs, 2025-11] */
void service_set_desired(struct world *world, struct service *service, int64_t desired)
{
    struct deployment *source = source_deployment(service);
    if (desired == service->desired_count)
        return;
    if (source && desired > service->desired_count)
        source->desired += desired - service->desired_count;
    service->desired_count = desired;
    service->primary->desired = desired;
    service->primary->touched = true;
    index_set_add(&world->touched_services, service->index);
    service_wake(world, service);
}

/* Fields that start no deployment (service_update.h). */
static void change_quietly(struct service *service, const struct update_service_settings *settings)
{
    const struct deployment_configuration_settings *configuration = &settings->deployment_configuration;
    service->minimum_healthy_percent =
        given_or(configuration->minimum_healthy_percent, service->minimum_healthy_percent);
    service->maximum_percent = given_or(configuration->maximum_percent, service->maximum_percent);
    failure_detection_set(service, configuration);
    service->grace_period = given_or(settings->health_check_grace_period, service->grace_period);
    if (settings->placement_strategies.count)
        service->strategies = &settings->placement_strategies;
    if (settings->placement_constraints.count)
        service->constraints = &settings->placement_constraints;
    traffic_plan_change(&service->traffic_plan, configuration);
    if (configuration->lifecycle_hooks.count)
        service->lifecycle_hooks = &configuration->lifecycle_hooks;
    if (settings->availability_zone_rebalancing != REBALANCING_NOT_GIVEN)
        service->rebalancing.asked_for = settings->availability_zone_rebalancing == REBALANCING_ENABLED;
}

/* What is deployed; the tasks that are there keep theirs. */
static void change_revision(struct world *world, struct service *service,
                            const struct update_service_settings *settings)
{
    for (int i = 0; i < CONFIGURATION_FIELDS; i++)
        if (settings->configuration[i])
            service->configuration[i] = settings->configuration[i];
    if (settings->network_configuration.awsvpc.subnets.count)
        service->network_configuration = &settings->network_configuration;
    if (!settings->load_balancers.count)
        return;
    service->load_balancers = &settings->load_balancers;
    registrations_begin(world, service);
}

/* [UpdateService's answer: reproio/ecs_deploy#74, pipe-cd/pipecd#6385] */
static const char *refuse_strategy(const struct update_service_settings *settings,
                                   const struct capacity_strategy *strategy,
                                   const struct task_definition *definition)
{
    if (settings->capacity_provider_strategy.count && !settings->force_new_deployment)
        return "InvalidParameterException: When switching from launch type to capacity provider strategy on "
               "an existing service, or making a change to a capacity provider strategy on a service that is "
               "already using one, you must force a new deployment.";
    if (capacity_is_fargate(strategy) && !definition->settings->fargate_compatible)
        return "InvalidParameterException: Task definition does not support launch_type FARGATE.";
    return NULL;
}

static const struct capacity_strategy *strategy_after(struct world *world, const struct service *service,
                                                      const struct update_service_settings *settings)
{
    const struct list *items = &settings->capacity_provider_strategy;
    return items->count ? capacity_strategy_new(world, items) : service->strategy;
}

static int64_t most_tasks(const struct world *world, const struct service *service,
                          const struct update_service_settings *settings)
{
    const char *given = settings->configuration[CONFIGURATION_REGISTRIES];
    return quota_of_tasks(&world->settings->quotas,
                          given ? given : service->configuration[CONFIGURATION_REGISTRIES]);
}

static const char *refuse_percentages(const struct service *service,
                                      const struct deployment_configuration_settings *asked)
{
    int64_t least = given_or(asked->minimum_healthy_percent, service->minimum_healthy_percent);
    int64_t most = given_or(asked->maximum_percent, service->maximum_percent);
    if (least == 100 && most == 100)
        return "InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as "
               "this will block deployments";
    const struct early_success_settings *early = asked->early_success;
    if (early && early->enable && early->healthy_percent < least)
        return "InvalidParameterException: healthyPercent must be between minimumHealthyPercent and 100.";
    return NULL;
}

/* What an update leads to. */
struct revision {
    const struct task_definition *definition;
    const struct capacity_strategy *strategy;
    bool deploys;
};

static const char *refuse_revision(const struct world *world, const struct service *service,
                                   const struct update_service_settings *settings,
                                   const struct revision *revision)
{
    const char *refused =
        service->daemon ? daemon_refuses(settings) : zone_rebalancer_refuses(service, settings);
    if (!refused)
        refused = refuse_strategy(settings, revision->strategy, revision->definition);
    if (refused)
        return refused;
    if (settings->desired_count > most_tasks(world, service, settings))
        return "InvalidParameterException: The desired count is above the number of tasks that a service may "
               "have.";
    if (revision->deploys && deployment_count(service) >= MOST_REVISIONS)
        return "InvalidParameterException: 5 active deployments exist, unable to create new deployment.";
    return NULL;
}

static void change(struct world *world, struct service *service,
                   const struct update_service_settings *settings, const struct revision *revision)
{
    change_quietly(service, settings);
    if (settings->placement_constraints.count && !service->daemon) {
        service_look_at_hosts(world, service);
        provisioning_constraints_changed(world);
    }
    if (settings->desired_count != ABSENT)
        service_set_desired(world, service, settings->desired_count);
    change_revision(world, service, settings);
    service->strategy = revision->strategy;
    if (revision->deploys)
        deployment_announce(world, deployment_begin(world, service, revision->definition));
    service_wake(world, service);
}

const char *service_update(struct world *world, struct service *service,
                           const struct update_service_settings *settings)
{
    struct revision revision = {.definition = service->primary->definition};
    const char *refused = refuse_percentages(service, &settings->deployment_configuration);
    if (refused)
        return refused;
    if (settings->task_definition)
        revision.definition = definition_find(world, settings->task_definition);
    if (!revision.definition)
        return "ClientException: Unable to describe task definition.";
    revision.strategy = strategy_after(world, service, settings);
    revision.deploys = update_deploys(service, revision.definition, settings);
    refused = refuse_revision(world, service, settings, &revision);
    if (!refused)
        change(world, service, settings, &revision);
    return refused;
}

bool service_has_tasks(const struct service *service)
{
    return service->counts.pending + service->counts.running + service->counts.stopping > 0;
}

bool service_drains(const struct service *service)
{
    for (const struct deployment *each = service->primary; each && !service->exists; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            if (task->last_status < TASK_STOPPING)
                return true;
    return false;
}

static void stop_everything(struct world *world, struct service *service)
{
    struct task_names names = {0};
    for (struct deployment *each = service->primary; each; each = each->older) {
        each->desired = 0;
        for (struct task *task = each->first, *next; task; task = next) {
            next = task->next_in_deployment;
            if (task->stopping)
                continue;
            task_names_add(&names, task->name);
            task_stop(world, task, STOP_SERVICE_SCHEDULER_INITIATED, "Service deleted");
        }
    }
    if (names.count)
        service_say_stopped(world, service, names.count, names.text.bytes);
    text_free(&names.text);
}

const char *service_delete(struct world *world, struct service *service, bool force)
{
    if (service->desired_count > 0 && !force && !service->daemon) /* [API:DeleteServiceRequest.force] */
        return "InvalidParameterException: The service cannot be stopped while it is scaled above 0.";
    service_set_desired(world, service, 0);
    staged_deployment_end(world, service);
    service->exists = false;
    stop_everything(world, service);
    if (service->daemon)
        daemon_end(world, service);
    run_cancel(world->run, &service->timer);
    return NULL;
}

/* --- told by tasks ---------------------------------------------------------------------------- */

void service_task_stopped(struct world *world, struct service *service, struct deployment *deployment,
                          bool failed_to_start)
{
    if (failed_to_start)
        deployment_task_failed_to_start(world, deployment);
    service_wake(world, service);
}

void service_target_unhealthy(struct world *world, const struct task *task,
                              const struct registration *registration)
{
    if (registration->classic)
        service_say(world, task->service, SAYS_UNHEALTHY_INSTANCE, task->name, task->instance->name,
                    registration->name);
    else
        service_say(world, task->service, SAYS_UNHEALTHY, task->name, (long)registration->container_port,
                    registration->name, "Health checks failed");
}
