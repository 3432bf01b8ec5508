/* What people do, as AWS answers it. Messages are those of the AWS APIs as the CLI prints them. */
#include "models/ecs/actions.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/ids.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/departed.h"
#include "models/ecs/role/role.h"
#include "models/ecs/selector.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/task/run_task_request.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_definition.h"
#include "models/ecs/timeline.h"
#include <string.h>

static void write_if_given(struct json *json, const char *key, const char *value)
{
    if (value)
        json_string(json, key, value);
}

static void write_if_set(struct json *json, const char *key, int64_t value)
{
    if (value != ABSENT)
        json_integer(json, key, value);
}

static void write_strategy(struct json *json, const struct list *strategy)
{
    if (!strategy->count)
        return;
    json_begin_array(json, "capacityProviderStrategy");
    EACH(struct capacity_provider_item_settings, item, *strategy) {
        json_begin_object(json, NULL);
        json_string(json, "capacityProvider", item->capacity_provider);
        json_integer(json, "base", item->base);
        json_integer(json, "weight", item->weight);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_capacity(struct json *json, const struct capacity_settings *capacity)
{
    if (capacity->launch_type != LAUNCH_NOT_SAID)
        json_string(json, "launchType", settings_launch_types[capacity->launch_type]);
    write_strategy(json, &capacity->strategy);
}

/* --- standalone tasks are started ------------------------------------------------------------- */

struct start_failure {
    const char *arn; /* the host; NULL: none in particular */
    const char *reason;
};

/* A call that starts standalone tasks: what it asks for, and what has become of it so far. */
struct start_call {
    struct world *world;
    const struct task_definition *definition;
    placement_group group; /* [API:RunTaskRequest.group] */
    uint64_t group_who;
    const struct network_configuration_settings *network;
    const struct run_task_settings *run; /* NULL: it names its hosts itself */
    int64_t count;                       /* tasks that RunTask is to start */
    bool throttled;
    struct task *tasks[MOST_TASKS_OF_CALL];
    struct start_failure failures[MOST_TASKS_OF_CALL];
    int task_count, failure_count;
    int64_t tasks_of[MOST_CAPACITY_PROVIDERS]; /* that it has started, by provider */
};

static struct start_call start_call_of(struct world *world, const struct task_definition *definition,
                                       const char *group,
                                       const struct network_configuration_settings *network)
{
    return (struct start_call){
        .world = world,
        .definition = definition,
        .network = network,
        .group_who = group ? rng_name(group) : definition->family->who,
        .group = placement_group_of(world->placement, group ? group : definition->family->name),
    };
}

static void start_on(struct start_call *call, struct capacity capacity)
{
    struct world *world = call->world;
    capacity.call = call->run;
    struct task *task = task_create(world, call->definition, NULL, call->group, capacity);
    CHECK(call->task_count < MOST_TASKS_OF_CALL);
    call->tasks[call->task_count++] = task;
    run_decide(world->run, &(struct decision){DECISION_START_TASK, 0, call->group_who, task->ref});
}

static void fail_on(struct start_call *call, const char *arn, const char *reason)
{
    CHECK(call->failure_count < MOST_TASKS_OF_CALL);
    call->failures[call->failure_count++] = (struct start_failure){arn, reason};
}

static void refuse(struct start_call *call, placement_instance host, enum placement_refusal refusal)
{
    struct world *world = call->world;
    fail_on(call, world->hosts[host]->name, placement_refusal_names[refusal]);
    run_decide(world->run, &(struct decision){DECISION_NOT_PLACED, refusal, call->group_who, host});
}

static void write_started(const struct start_call *call, struct json *response)
{
    json_begin_array(response, "tasks");
    for (int i = 0; i < call->task_count; i++) {
        json_begin_object(response, NULL);
        json_string(response, "taskArn", call->tasks[i]->name);
        write_if_given(response, "capacityProviderName",
                       call->tasks[i]->provider ? call->tasks[i]->provider->name : NULL);
        write_if_given(response, "containerInstanceArn",
                       call->tasks[i]->instance ? call->tasks[i]->instance->name : NULL);
        json_end_object(response);
    }
    json_end_array(response);
    json_begin_array(response, "failures");
    for (int i = 0; i < call->failure_count; i++) {
        json_begin_object(response, NULL);
        write_if_given(response, "arn", call->failures[i].arn);
        json_string(response, "reason", call->failures[i].reason);
        json_end_object(response);
    }
    json_end_array(response);
}

static struct placement_request request_of(const struct start_call *call)
{
    struct placement_request request = definition_request(call->definition);
    request.group = call->group;
    request.availability_zones = definition_zones(call->definition, call->network);
    return request;
}

/* --- RunTask ---------------------------------------------------------------------------------- */

static void run_task_ask(const void *settings, struct json *request)
{
    const struct run_task_settings *run = settings;
    json_string(request, "taskDefinition", run->task_definition);
    json_integer(request, "count", run->count);
    write_if_given(request, "group", run->group);
    write_capacity(request, &run->capacity);
}

/* Draws are numbered by the tasks of the family, so that each new one has its own. */
static rng_key next_draw(const struct start_call *call)
{
    const struct task_family *family = call->definition->family;
    return run_key(call->world->run, DRAW_PLACEMENT, family->who, (uint64_t)family->created);
}

static const char *not_placed(struct start_call *call, const struct capacity_seeker *seeker,
                              const struct placement_request *request)
{
    placement_instance closest;
    enum placement_refusal refusal = placement_closest(call->world->placement, request, &closest);
    if (closest != PLACEMENT_NONE)
        refuse(call, closest, refusal);
    else if (seeker->strategy->count)
        return "InvalidParameterException: No Container Instances were found in your capacity provider.";
    else
        return "InvalidParameterException: No Container Instances were found in your cluster.";
    return NULL;
}

/* Observed: aws-sdk-ruby#3047. Of a call of which some tasks have started the others are failures (AWS does
 * not say). */
static const char *no_more_may_wait(struct start_call *call)
{
    if (!call->task_count)
        return "ClientException: Tasks provisioning capacity limit exceeded.";
    fail_on(call, NULL, "Tasks provisioning capacity limit exceeded.");
    return NULL;
}

static const char *roles_refuse(const struct start_call *call)
{
    const char *refusal = role_refuses_launch(call->world, call->definition);
    return refusal ? arena_format(call->world->arena, "ClientException: %s", refusal) : NULL;
}

static const char *run_one(struct start_call *call, struct capacity_seeker *seeker,
                           struct placement_request *request)
{
    struct capacity capacity;
    switch (capacity_choose(call->world, seeker, call->definition, request, &capacity)) {
    case CAPACITY_NO_HOST:
        return not_placed(call, seeker, request);
    case CAPACITY_PROVISIONING_FULL:
        return no_more_may_wait(call);
    case CAPACITY_NO_FARGATE:
        fail_on(call, NULL, SAYS_NO_FARGATE);
        return NULL;
    case CAPACITY_LATER:
        CHECK(!"the launches of the call are there");
        return NULL;
    case CAPACITY_PROVISIONING:
    case CAPACITY_FOUND:
        break;
    }
    if (capacity.provider)
        call->tasks_of[capacity.provider->index]++;
    start_on(call, capacity);
    return NULL;
}

/* The base of a strategy is each call's own. [API:CapacityProviderStrategyItem.base] */
static struct capacity_seeker seeker_of(const struct start_call *call,
                                        const struct capacity_strategy *strategy)
{
    return (struct capacity_seeker){
        .strategy = strategy,
        .tasks_of = call->tasks_of,
        .zones = call->definition->family->zones,
    };
}

/* Returns the error that AWS would answer; NULL: none. */
static const char *run_tasks(struct start_call *call)
{
    const char *refusal = roles_refuse(call);
    if (refusal)
        return refusal;
    struct world *world = call->world;
    const struct run_task_settings *run = call->run;
    const struct capacity_strategy strategy =
        capacity_strategy_of(world, settings_strategy(world->settings, &run->capacity));
    const char *error = NULL;
    if (capacity_is_fargate(&strategy) && !fargate_has_launches(world, call->count)) {
        call->throttled = true;
        return RUN_TASK_THROTTLED;
    }
    for (int64_t n = 0; n < call->count && !error; n++) {
        struct placement_request request =
            run_task_request(call->definition, call->group, run, next_draw(call));
        struct capacity_seeker seeker = seeker_of(call, &strategy);
        error = run_one(call, &seeker, &request);
    }
    return error;
}

static struct start_call run_call_of(struct world *world, const struct task_definition *definition,
                                     const struct run_task_settings *run, int64_t count)
{
    struct start_call call = start_call_of(world, definition, run->group, &run->network_configuration);
    call.run = run;
    call.count = count;
    return call;
}

/* Partial success is success; each task that found no place is a failure with a reason.
 * [DG:api_failures_messages] */
static const char *run_task_play(struct world *world, const void *settings, rng_key draw,
                                 struct json *response)
{
    const struct run_task_settings *run = settings;
    const struct task_definition *definition = definition_find(world, run->task_definition);
    (void)draw;
    if (!definition)
        return RUN_TASK_NO_DEFINITION;
    struct start_call call = run_call_of(world, definition, run, run->count);
    const char *error = run_tasks(&call);
    if (!error)
        write_started(&call, response);
    return error;
}

struct run_task_answer run_task_call(struct world *world, const struct run_task_settings *run,
                                     const struct task_definition *definition, int64_t count)
{
    struct start_call call = run_call_of(world, definition, run, count);
    struct run_task_answer answer = {.error = run_tasks(&call)};
    answer.throttled = call.throttled;
    answer.task_count = call.task_count;
    memcpy(answer.tasks, call.tasks, sizeof answer.tasks);
    answer.failure_count = call.failure_count;
    for (int i = 0; i < call.failure_count; i++)
        answer.failures[i] = call.failures[i].reason;
    return answer;
}

const struct action_verbs run_task_action = {run_task_ask, run_task_play};

/* --- StartTask -------------------------------------------------------------------------------- */

static void start_task_ask(const void *settings, struct json *request)
{
    const struct start_task_settings *start = settings;
    json_string(request, "taskDefinition", start->task_definition);
    json_begin_array(request, "containerInstances");
    EACH(struct selector, selector, start->container_instances)
        selector_write(selector, NULL, request);
    json_end_array(request);
    write_if_given(request, "group", start->group);
}

/* No strategy, no constraint; the host only has to be able to take it. [API:StartTask] */
static void start_on_named(struct start_call *call, const struct container_instance *host)
{
    struct placement_request request = request_of(call);
    request.constraints[0] = NULL;
    enum placement_refusal refusal = placement_refuses(call->world->placement, &request, host->placement);
    if (refusal == REFUSED_NOT)
        start_on(call, (struct capacity){.instance = call->world->hosts[host->placement]});
    else
        refuse(call, host->placement, refusal);
}

static void start_on_selected(struct start_call *call, const struct selector *selector, rng_key draw)
{
    struct selection hosts = select_hosts(call->world, selector, instance_is_registered, draw);
    for (size_t i = 0; i < hosts.count; i++)
        start_on_named(call, pool_find(&call->world->instances, hosts.refs[i]));
    if (hosts.count == 0)
        fail_on(call, selector->name, departed_reason(call->world, selector->name));
    selection_free(&hosts);
}

static const char *start_task_play(struct world *world, const void *settings, rng_key draw,
                                   struct json *response)
{
    const struct start_task_settings *start = settings;
    const struct task_definition *definition = definition_find(world, start->task_definition);
    if (!definition)
        return RUN_TASK_NO_DEFINITION;
    struct start_call call = start_call_of(world, definition, start->group, &start->network_configuration);
    const char *refusal = roles_refuse(&call);
    if (refusal)
        return refusal;
    EACH(struct selector, selector, start->container_instances)
        start_on_selected(&call, selector, draw);
    write_started(&call, response);
    return NULL;
}

const struct action_verbs start_task_action = {start_task_ask, start_task_play};

/* --- StopTask --------------------------------------------------------------------------------- */

static void stop_task_ask(const void *settings, struct json *request)
{
    const struct stop_task_settings *stop = settings;
    selector_write(&stop->task, "task", request);
    write_if_given(request, "reason", stop->reason);
}

static bool is_wanted(const struct task *task)
{
    return !task->stopping;
}

/* A call that AWS has for one, for as many as were selected. */
static const char *stop_task_play(struct world *world, const void *settings, rng_key draw,
                                  struct json *response)
{
    const struct stop_task_settings *stop = settings;
    /* A second call for a task that stops already is fine. [API:StopTask] */
    struct selection tasks = select_tasks(world, &stop->task, stop->task.name ? NULL : is_wanted, draw);
    const char *error = tasks.count ? NULL : "InvalidParameterException: The referenced task was not found.";
    json_begin_array(response, "tasks");
    for (size_t i = 0; i < tasks.count; i++) {
        struct task *task = pool_find(&world->tasks, tasks.refs[i]);
        json_string(response, NULL, task->name);
        task_stop(world, task, STOP_USER_INITIATED, stop->reason ? stop->reason : "Task stopped by user");
    }
    json_end_array(response);
    selection_free(&tasks);
    return error;
}

const struct action_verbs stop_task_action = {stop_task_ask, stop_task_play};

/* --- services --------------------------------------------------------------------------------- */

static void write_service(const struct service *service, const char *status, struct json *response)
{
    json_begin_object(response, "service");
    json_string(response, "serviceName", service->name);
    json_string(response, "status", status);
    json_string(response, "taskDefinition", service->primary->definition->name);
    json_integer(response, "desiredCount", service->desired_count);
    json_string(response, "deployment", service->primary->name);
    json_end_object(response);
}

/* Why AWS finds no service of this name to work on. */
static const char *service_missing(const struct world *world, const char *name)
{
    const struct service *service = service_named(world, name);
    return service && service->primary ? "ServiceNotActiveException: Service was not ACTIVE."
                                       : "ServiceNotFoundException: Service not found.";
}

static void create_service_ask(const void *settings, struct json *request)
{
    const struct service_settings *create = settings;
    json_string(request, "serviceName", create->name);
    json_string(request, "taskDefinition", create->task_definition);
    write_if_set(request, "desiredCount", create->desired_count);
    write_capacity(request, &create->capacity);
}

static const char *create_service_play(struct world *world, const void *settings, rng_key draw,
                                       struct json *response)
{
    const struct service_settings *create = settings;
    struct service *service = service_named(world, create->name);
    (void)draw;
    CHECK(service); /* services that the timeline creates are there from the start */
    if (service->exists)
        return "InvalidParameterException: Creation of service was not idempotent.";
    if (service_drains(service))
        return "InvalidParameterException: Unable to Start a service that is still Draining.";
    if (!definition_find(world, create->task_definition))
        return RUN_TASK_NO_DEFINITION;
    service->settings = create;
    service_create(world, service);
    write_service(service, "ACTIVE", response);
    return NULL;
}

const struct action_verbs create_service_action = {create_service_ask, create_service_play};

static void write_percentages(const struct deployment_configuration_settings *configuration,
                              struct json *request)
{
    if (configuration->minimum_healthy_percent == ABSENT && configuration->maximum_percent == ABSENT)
        return;
    json_begin_object(request, "deploymentConfiguration");
    write_if_set(request, "minimumHealthyPercent", configuration->minimum_healthy_percent);
    write_if_set(request, "maximumPercent", configuration->maximum_percent);
    json_end_object(request);
}

static void update_service_ask(const void *settings, struct json *request)
{
    const struct update_service_settings *update = settings;
    json_string(request, "service", update->service);
    write_if_given(request, "taskDefinition", update->task_definition);
    write_if_set(request, "desiredCount", update->desired_count);
    write_percentages(&update->deployment_configuration, request);
    if (update->availability_zone_rebalancing != REBALANCING_NOT_GIVEN)
        json_string(request, "availabilityZoneRebalancing",
                    update->availability_zone_rebalancing == REBALANCING_ENABLED ? "ENABLED" : "DISABLED");
    write_strategy(request, &update->capacity_provider_strategy);
    if (update->force_new_deployment)
        json_bool(request, "forceNewDeployment", true);
}

static const char *update_service_play(struct world *world, const void *settings, rng_key draw,
                                       struct json *response)
{
    const struct update_service_settings *update = settings;
    struct service *service = service_find(world, update->service);
    (void)draw;
    if (!service)
        return service_missing(world, update->service);
    const char *error = service_update(world, service, update);
    if (!error)
        write_service(service, "ACTIVE", response);
    return error;
}

const struct action_verbs update_service_action = {update_service_ask, update_service_play};

static void delete_service_ask(const void *settings, struct json *request)
{
    const struct delete_service_settings *delete = settings;
    json_string(request, "service", delete->service);
    if (delete->force)
        json_bool(request, "force", true);
}

static const char *delete_service_play(struct world *world, const void *settings, rng_key draw,
                                       struct json *response)
{
    const struct delete_service_settings *delete = settings;
    struct service *service = service_find(world, delete->service);
    (void)draw;
    if (!service)
        return service_missing(world, delete->service);
    bool drains = service_has_tasks(service);
    const char *error = service_delete(world, service, delete->force);
    if (!error)
        write_service(service, drains ? "DRAINING" : "INACTIVE", response);
    return error;
}

const struct action_verbs delete_service_action = {delete_service_ask, delete_service_play};

static void continue_service_deployment_ask(const void *settings, struct json *request)
{
    const struct continue_service_deployment_settings *call = settings;
    json_string(request, "service", call->service);
    write_if_given(request, "hookId", call->hook_id);
    json_string(request, "action", hook_actions[call->action]);
}

static const char *continue_service_deployment_play(struct world *world, const void *settings, rng_key draw,
                                                    struct json *response)
{
    const struct continue_service_deployment_settings *call = settings;
    struct service *service = service_find(world, call->service);
    struct text arn = {0};
    (void)draw;
    if (!service)
        return service_missing(world, call->service);
    json_string(response, "serviceDeploymentArn", service_deployment_arn(world, &arn, service->primary));
    text_free(&arn);
    return staged_deployment_continue(world, service, call->hook_id, (enum hook_action)call->action);
}

const struct action_verbs continue_service_deployment_action = {continue_service_deployment_ask,
                                                                continue_service_deployment_play};

/* --- task definitions ------------------------------------------------------------------------- */

static void register_task_definition_ask(const void *settings, struct json *request)
{
    const struct task_definition_settings *definition = settings;
    json_string(request, "family", definition->family);
}

static const char *register_task_definition_play(struct world *world, const void *settings, rng_key draw,
                                                 struct json *response)
{
    (void)draw;
    json_begin_object(response, "taskDefinition");
    json_string(response, "taskDefinitionArn", definition_register(world, settings));
    json_end_object(response);
    return NULL;
}

const struct action_verbs register_task_definition_action = {register_task_definition_ask,
                                                             register_task_definition_play};

/* --- Auto Scaling groups ---------------------------------------------------------------------- */

static void set_desired_capacity_ask(const void *settings, struct json *request)
{
    const struct set_desired_capacity_settings *set = settings;
    json_string(request, "autoScalingGroupName", set->auto_scaling_group);
    json_integer(request, "desiredCapacity", set->desired_capacity);
}

static const char *set_desired_capacity_play(struct world *world, const void *settings, rng_key draw,
                                             struct json *response)
{
    const struct set_desired_capacity_settings *set = settings;
    (void)draw;
    (void)response; /* AWS answers with nothing [API autoscaling:SetDesiredCapacity] */
    return group_set_desired(world, group_named(world, set->auto_scaling_group), set->desired_capacity);
}

const struct action_verbs set_desired_capacity_action = {set_desired_capacity_ask, set_desired_capacity_play};
