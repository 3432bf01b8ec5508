/* What people do to hosts, as AWS answers it. Messages are those of the AWS APIs as the CLI prints them. */
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/warm_pool.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/departed.h"
#include "models/ecs/selector.h"
#include "models/ecs/timeline.h"

/* --- UpdateContainerInstancesState ------------------------------------------------------------ */

static void update_state_ask(const void *settings, struct json *request)
{
    const struct update_container_instances_state_settings *update = settings;
    json_begin_array(request, "containerInstances");
    EACH(struct selector, selector, update->container_instances)
        selector_write(selector, NULL, request);
    json_end_array(request);
    json_string(request, "status", settable_states[update->status]);
}

enum { MOST_INSTANCES_OF_CALL = 10 }; /* [API:UpdateContainerInstancesStateRequest.containerInstances] */

struct failure {
    const char *arn; /* NULL: nobody in particular */
    const char *reason;
};

/* A call that sets the state of hosts, and what it could not do so far. */
struct update_call {
    struct world *world;
    struct json *response;
    int status; /* enum settable_state */
    struct failure failures[MOST_INSTANCES_OF_CALL];
    int failure_count;
};

static void fail_on(struct update_call *call, const char *arn, const char *reason)
{
    CHECK(call->failure_count < MOST_INSTANCES_OF_CALL);
    call->failures[call->failure_count++] = (struct failure){arn, reason};
}

static bool may_be_drained(const struct container_instance *host)
{
    return host->status == INSTANCE_ACTIVE;
}

static bool may_be_taken_back(const struct container_instance *host)
{
    return host->status == INSTANCE_DRAINING;
}

static void write_updated(const struct container_instance *host, struct json *response)
{
    json_begin_object(response, NULL);
    json_string(response, "containerInstanceArn", host->name);
    json_string(response, "status", instance_status_names[host->status]);
    json_end_object(response);
}

/* What has the state already keeps it. The API page names no reason for one that is neither ACTIVE nor
 * DRAINING; INACTIVE, as StartTask says, is a choice. */
static void update_one(struct update_call *call, struct container_instance *host)
{
    if (!may_be_drained(host) && !may_be_taken_back(host)) {
        fail_on(call, host->name, "INACTIVE");
        return;
    }
    if (call->status == SET_DRAINING && may_be_drained(host))
        instance_drain(call->world, host);
    if (call->status == SET_ACTIVE && may_be_taken_back(host))
        instance_take_back(call->world, host);
    write_updated(host, call->response);
}

static void update_selected(struct update_call *call, const struct selector *selector, rng_key draw)
{
    host_filter *may = selector->name                 ? NULL
                       : call->status == SET_DRAINING ? may_be_drained
                                                      : may_be_taken_back;
    struct selection hosts = select_hosts(call->world, selector, may, draw);
    for (size_t i = 0; i < hosts.count; i++)
        update_one(call, pool_find(&call->world->instances, hosts.refs[i]));
    if (hosts.count == 0)
        fail_on(call, selector->name, departed_reason(call->world, selector->name));
    selection_free(&hosts);
}

static void write_failures(const struct update_call *call)
{
    json_begin_array(call->response, "failures");
    for (int i = 0; i < call->failure_count; i++) {
        json_begin_object(call->response, NULL);
        if (call->failures[i].arn)
            json_string(call->response, "arn", call->failures[i].arn);
        json_string(call->response, "reason", call->failures[i].reason);
        json_end_object(call->response);
    }
    json_end_array(call->response);
}

static const char *update_state_play(struct world *world, const void *settings, rng_key draw,
                                     struct json *response)
{
    const struct update_container_instances_state_settings *update = settings;
    struct update_call call = {.world = world, .response = response, .status = update->status};
    json_begin_array(response, "containerInstances");
    EACH(struct selector, selector, update->container_instances)
        update_selected(&call, selector, draw);
    json_end_array(response);
    write_failures(&call);
    return NULL;
}

const struct action_verbs update_container_instances_state_action = {update_state_ask, update_state_play};

/* --- calls for one host ----------------------------------------------------------------------- */

/* What a call does to one host, and writes of it; NULL, or how AWS refuses. */
typedef const char *host_verb(struct world *, struct container_instance *, bool flag, struct json *response);

/* A call that AWS has for one, for as many as were selected, up to the first that is refused. */
static const char *do_to_each(struct world *world, const struct selection *hosts, const char *key,
                              host_verb *verb, bool flag, struct json *response)
{
    const char *error = NULL;
    json_begin_array(response, key);
    for (size_t i = 0; i < hosts->count && !error; i++)
        error = verb(world, pool_find(&world->instances, hosts->refs[i]), flag, response);
    json_end_array(response);
    return error;
}

/* --- DeregisterContainerInstance -------------------------------------------------------------- */

static void deregister_ask(const void *settings, struct json *request)
{
    const struct deregister_container_instance_settings *deregister = settings;
    selector_write(&deregister->instance, "containerInstance", request);
    if (deregister->force)
        json_bool(request, "force", true);
}

/* A task that is still stopping is one, too (AWS does not say). */
static const char *deregister_one(struct world *world, struct container_instance *host, bool force,
                                  struct json *response)
{
    if (host->first_task && !force)
        return "InvalidParameterException: Found running tasks on the instance.";
    json_string(response, NULL, host->name);
    instance_deregister(world, host, "Container instance deregistration forced by user");
    return NULL;
}

static const char *deregister_play(struct world *world, const void *settings, rng_key draw,
                                   struct json *response)
{
    const struct deregister_container_instance_settings *deregister = settings;
    struct selection hosts = select_hosts(world, &deregister->instance, instance_is_registered, draw);
    const char *error =
        hosts.count
            ? do_to_each(world, &hosts, "containerInstances", deregister_one, deregister->force, response)
            : "InvalidParameterException: The referenced container instance was not found.";
    selection_free(&hosts);
    return error;
}

const struct action_verbs deregister_container_instance_action = {deregister_ask, deregister_play};

/* --- TerminateInstanceInAutoScalingGroup ------------------------------------------------------ */

static void terminate_instance_ask(const void *settings, struct json *request)
{
    const struct terminate_instance_settings *terminate = settings;
    selector_write(&terminate->instance, "instanceId", request);
    json_bool(request, "shouldDecrementDesiredCapacity", terminate->decrement_desired_capacity);
}

/* One that is Terminating is not, any more. */
static bool is_in_group(const struct container_instance *host)
{
    return host->group && (lifecycle_counts(host->lifecycle) || instance_is_warmed(host));
}

/* One of the warm pool is no part of the desired capacity.
 * [API autoscaling:TerminateInstanceInAutoScalingGroup] */
static const char *terminate_in_group(struct world *world, struct container_instance *host, bool decrement,
                                      struct json *response)
{
    struct auto_scaling_group *group = host->group;
    decrement &= lifecycle_counts(host->lifecycle);
    if (decrement && group->desired <= group->least)
        return arena_format(world->arena,
                            "ValidationError: Currently, desiredSize equals minSize (%ld). Terminating "
                            "instance without replacement "
                            "will violate group's min size constraint. Either set "
                            "shouldDecrementDesiredCapacity flag to false or "
                            "lower group's min size.",
                            (long)group->least);
    json_string(response, NULL, host->name);
    if (decrement)
        group->desired--;
    group_terminate(world, host, "terminated by user");
    return NULL;
}

static const char *terminate_instance_play(struct world *world, const void *settings, rng_key draw,
                                           struct json *response)
{
    const struct terminate_instance_settings *terminate = settings;
    struct selection hosts = select_hosts(world, &terminate->instance, is_in_group, draw);
    const char *error = hosts.count ? do_to_each(world, &hosts, "instances", terminate_in_group,
                                                 terminate->decrement_desired_capacity, response)
                                    : "ValidationError: Instance Id not found - No managed instance found";
    selection_free(&hosts);
    return error;
}

const struct action_verbs terminate_instance_action = {terminate_instance_ask, terminate_instance_play};
