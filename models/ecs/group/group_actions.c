/* What people do to Auto Scaling groups, as AWS answers it. */
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/selector.h"
#include "models/ecs/timeline.h"

static const char no_instance[] = "ValidationError: Instance Id not found - No managed instance found";

static void write_group(struct json *request, const char *name)
{
    json_string(request, "autoScalingGroupName", name);
}

/* --- SetInstanceProtection -------------------------------------------------------------------- */

static void set_instance_protection_ask(const void *settings, struct json *request)
{
    const struct set_instance_protection_settings *set = settings;
    write_group(request, set->auto_scaling_group);
    json_begin_array(request, "instanceIds");
    EACH(struct selector, selector, set->instances)
        selector_write(selector, NULL, request);
    json_end_array(request);
    json_bool(request, "protectedFromScaleIn", set->protected_from_scale_in);
}

static bool is_in_service(const struct container_instance *host)
{
    return host->lifecycle == LIFECYCLE_IN_SERVICE;
}

/* NULL, or how AWS refuses. */
static const char *protect_selected(struct world *world, const struct selection *hosts,
                                    const struct auto_scaling_group *group, bool wanted)
{
    for (size_t i = 0; i < hosts->count; i++) {
        struct container_instance *host = pool_find(&world->instances, hosts->refs[i]);
        if (host->group != group)
            return arena_format(world->arena,
                                "ValidationError: The instance %s is not part of Auto Scaling "
                                "group %s.",
                                host->name, group->name);
        instance_protect(world, host, wanted);
    }
    return hosts->count ? NULL : no_instance;
}

static const char *set_instance_protection_play(struct world *world, const void *settings, rng_key draw,
                                                struct json *response)
{
    const struct set_instance_protection_settings *set = settings;
    const struct auto_scaling_group *group = group_named(world, set->auto_scaling_group);
    const char *error = NULL;
    (void)response; /* AWS answers with nothing, here and below */
    for (size_t i = 0; i < set->instances.count && !error; i++) {
        struct selection hosts =
            select_hosts(world, LIST_AT(struct selector, set->instances, i), is_in_service, draw);
        error = protect_selected(world, &hosts, group, set->protected_from_scale_in);
        selection_free(&hosts);
    }
    return error;
}

const struct action_verbs set_instance_protection_action = {set_instance_protection_ask,
                                                            set_instance_protection_play};

/* --- SetInstanceHealth ------------------------------------------------------------------------ */

static void set_instance_health_ask(const void *settings, struct json *request)
{
    const struct set_instance_health_settings *set = settings;
    selector_write(&set->instance, "instanceId", request);
    json_string(request, "healthStatus", health_statuses[set->health_status]);
    json_bool(request, "shouldRespectGracePeriod", set->respects_grace_period);
}

static bool is_checked(const struct container_instance *host)
{
    return host->group && is_in_service(host);
}

static const char *set_instance_health_play(struct world *world, const void *settings, rng_key draw,
                                            struct json *response)
{
    const struct set_instance_health_settings *set = settings;
    struct selection hosts = select_hosts(world, &set->instance, is_checked, draw);
    const char *error = hosts.count ? NULL : no_instance;
    (void)response;
    for (size_t i = 0; i < hosts.count; i++)
        instance_set_health(world, pool_find(&world->instances, hosts.refs[i]),
                            set->health_status == STATUS_HEALTHY, set->respects_grace_period);
    selection_free(&hosts);
    return error;
}

const struct action_verbs set_instance_health_action = {set_instance_health_ask, set_instance_health_play};

/* --- SuspendProcesses, ResumeProcesses -------------------------------------------------------- */

static void scaling_processes_ask(const void *settings, struct json *request)
{
    const struct scaling_processes_settings *call = settings;
    write_group(request, call->auto_scaling_group);
    if (!call->processes.count)
        return;
    json_begin_array(request, "scalingProcesses");
    EACH_TEXT(name, call->processes)
        json_string(request, NULL, *name);
    json_end_array(request);
}

static const char *suspend_processes_play(struct world *world, const void *settings, rng_key draw,
                                          struct json *response)
{
    const struct scaling_processes_settings *call = settings;
    (void)draw;
    (void)response;
    group_suspend(group_named(world, call->auto_scaling_group), call->bits);
    return NULL;
}

static const char *resume_processes_play(struct world *world, const void *settings, rng_key draw,
                                         struct json *response)
{
    const struct scaling_processes_settings *call = settings;
    (void)draw;
    (void)response;
    group_resume(world, group_named(world, call->auto_scaling_group), call->bits);
    return NULL;
}

const struct action_verbs suspend_processes_action = {scaling_processes_ask, suspend_processes_play};
const struct action_verbs resume_processes_action = {scaling_processes_ask, resume_processes_play};

/* --- CompleteLifecycleAction ------------------------------------------------------------------ */

static void complete_lifecycle_action_ask(const void *settings, struct json *request)
{
    const struct complete_lifecycle_action_settings *call = settings;
    write_group(request, call->auto_scaling_group);
    json_string(request, "lifecycleHookName", call->hook);
    selector_write(&call->instance, "instanceId", request);
    json_string(request, "lifecycleActionResult", lifecycle_results[call->result]);
}

static bool waits(const struct container_instance *host)
{
    return host->hook_wait.hooks != 0;
}

static const char no_action[] = "ValidationError: No active Lifecycle Action found with the given instance";

static const char *complete(struct world *world, const struct selection *hosts,
                            const struct auto_scaling_group *group,
                            const struct complete_lifecycle_action_settings *call)
{
    int hook = group_hook_named(group, call->hook);
    for (size_t i = 0; i < hosts->count; i++) {
        struct container_instance *host = pool_find(&world->instances, hosts->refs[i]);
        if (host->group != group || hook < 0 || !lifecycle_hook_waits(host, hook))
            return no_action;
        lifecycle_hook_complete(world, host, hook, (enum lifecycle_result)call->result);
    }
    return hosts->count ? NULL : no_action;
}

static const char *complete_lifecycle_action_play(struct world *world, const void *settings, rng_key draw,
                                                  struct json *response)
{
    const struct complete_lifecycle_action_settings *call = settings;
    struct selection hosts = select_hosts(world, &call->instance, waits, draw);
    const char *error = complete(world, &hosts, group_named(world, call->auto_scaling_group), call);
    (void)response;
    selection_free(&hosts);
    return error;
}

const struct action_verbs complete_lifecycle_action_action = {complete_lifecycle_action_ask,
                                                              complete_lifecycle_action_play};

/* --- UpdateAutoScalingGroup ------------------------------------------------------------------- */

static void write_if_given(struct json *request, const char *key, int64_t value)
{
    if (value != ABSENT)
        json_integer(request, key, value);
}

static void update_auto_scaling_group_ask(const void *settings, struct json *request)
{
    const struct update_auto_scaling_group_settings *update = settings;
    write_group(request, update->auto_scaling_group);
    write_if_given(request, "minSize", update->min_size);
    write_if_given(request, "maxSize", update->max_size);
    write_if_given(request, "desiredCapacity", update->desired_capacity);
    if (!update->availability_zones.count)
        return;
    json_begin_array(request, "availabilityZones");
    EACH_TEXT(zone, update->availability_zones)
        json_string(request, NULL, *zone);
    json_end_array(request);
}

static const char *update_auto_scaling_group_play(struct world *world, const void *settings, rng_key draw,
                                                  struct json *response)
{
    const struct update_auto_scaling_group_settings *update = settings;
    (void)draw;
    (void)response;
    return group_update(world, group_named(world, update->auto_scaling_group), update);
}

const struct action_verbs update_auto_scaling_group_action = {update_auto_scaling_group_ask,
                                                              update_auto_scaling_group_play};
