/* services: CreateService. The same shape is bound under `createService` in the timeline. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

enum { CONTROLLER_ECS, CONTROLLER_CODE_DEPLOY, CONTROLLER_EXTERNAL };

enum { MOST_NAME_BYTES = 255 }; /* [API:CreateServiceRequest.serviceName] */

/* --- tables ----------------------------------------------------------------------------------- */

static const char *const scheduling_strategies[] = {"REPLICA", "DAEMON", NULL};
static const char *const controller_types[] = {"ECS", "CODE_DEPLOY", "EXTERNAL", NULL};

#define OF struct deployment_configuration_settings
static const struct param deployment_configuration_params[] = {
    ROW("minimumHealthyPercent", INTEGER, minimum_healthy_percent,
        "percent of the desired count, rounded up, that stays healthy (default: 100, of a DAEMON 0 "
        "[API:DeploymentConfiguration])",
        RANGE(0, 100)),
    ROW("maximumPercent", INTEGER, maximum_percent,
        "percent of the desired count, rounded down, that may exist (default: 200, of a DAEMON always 100 "
        "[API:DeploymentConfiguration])",
        RANGE(0, 100000)),
    ROW("strategy", CHOICE, strategy,
        "how a new revision comes in (default: what the service has, or ROLLING "
        "[API:DeploymentConfiguration])",
        ONE_OF(deployment_strategies)),
    ROW("bakeTimeInMinutes", DURATION, bake_time,
        "minutes for which both revisions run on after all traffic has shifted (required for BLUE_GREEN, "
        "else "
        "default: 0, a choice), or for which a rolling deployment with alarms waits once all is done "
        "(default: "
        "`timing.deploymentBake`)",
        MINUTES(0, 1440)),
    ROW_STRUCT("linearConfiguration", linear, struct linear_configuration_settings,
               linear_configuration_shape, "the steps of LINEAR"),
    ROW_STRUCT("canaryConfiguration", canary, struct canary_configuration_settings,
               canary_configuration_shape, "the first step of CANARY"),
    ROW_LIST("lifecycleHooks", lifecycle_hooks, lifecycle_hook_shape,
             "what is asked before BLUE_GREEN, LINEAR and CANARY go on"),
    ROW_OPTIONAL("deploymentCircuitBreaker", circuit_breaker, struct circuit_breaker_settings,
                 circuit_breaker_shape, "gives up a deployment whose tasks fail"),
    ROW_OPTIONAL("alarms", alarms, struct deployment_alarms_settings, deployment_alarms_shape,
                 "gives up a deployment on an alarm"),
    ROW_OPTIONAL("earlySuccessCriteria", early_success, struct early_success_settings, early_success_shape,
                 "completes a deployment before all of its tasks are healthy"),
    PARAM_END,
};
#undef OF

static void check_deployment_configuration(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct deployment_configuration_settings *configuration = object;
    settings_check_strategy(mistakes, configuration);
}

const struct shape deployment_configuration_shape = {
    .name = "deployment configuration",
    .size = sizeof(struct deployment_configuration_settings),
    .params = deployment_configuration_params,
    .check = check_deployment_configuration,
};

#define OF struct deployment_controller_settings
static const struct param deployment_controller_params[] = {
    ROW("type", CHOICE, type, "who deploys; only ECS is modelled", DEFAULT("ECS"), ONE_OF(controller_types)),
    PARAM_END,
};
#undef OF

static const struct shape deployment_controller_shape = {
    .name = "deployment controller",
    .size = sizeof(struct deployment_controller_settings),
    .params = deployment_controller_params,
};

#define OF struct advanced_configuration_settings
static const struct param advanced_configuration_params[] = {
    ROW("alternateTargetGroupArn", REFERENCE, alternate_target_group,
        "one of `targetGroups`, for the other revision; its tasks are checked as those of targetGroupArn",
        IN("targetGroups")),
    ROW("productionListenerRule", TEXT, production_listener_rule, "whose traffic shifts"),
    ROW("testListenerRule", TEXT, test_listener_rule, "whose traffic shifts first; without it there is none"),
    PARAM_END,
};
#undef OF

static const struct shape advanced_configuration_shape = {
    .name = "advanced configuration of a load balancer",
    .size = sizeof(struct advanced_configuration_settings),
    .params = advanced_configuration_params,
};

#define OF struct service_load_balancer_settings
static const struct param load_balancer_params[] = {
    ROW("targetGroupArn", REFERENCE, target_group, "one of `targetGroups`", IN("targetGroups")),
    ROW("loadBalancerName", REFERENCE, load_balancer,
        "one of `loadBalancerDescriptions`: a Classic load balancer", IN("loadBalancerDescriptions")),
    ROW("containerName", TEXT, container_name, "container that gets the requests", REQUIRED),
    ROW("containerPort", INTEGER, container_port, "its port, one of its portMappings", REQUIRED,
        RANGE(1, MOST_PORT)),
    ROW_STRUCT("advancedConfiguration", advanced, struct advanced_configuration_settings,
               advanced_configuration_shape, "what BLUE_GREEN, LINEAR and CANARY need"),
    PARAM_END,
};
#undef OF

const struct shape service_load_balancer_shape = {
    .name = "load balancer of a service",
    .size = sizeof(struct service_load_balancer_settings),
    .params = load_balancer_params,
};

#define OF struct service_simulation_settings
static const struct param simulation_params[] = {
    ROW("stoppingCounts", FLAG, stopping_counts,
        "whether a task that is stopping still counts towards maximumPercent [DG:update-service-parameters]",
        DEFAULT("true")),
    ROW("waitsForDigest", FLAG, waits_for_digest,
        "whether the first task of a deployment is alone until its images are pulled (default: a choice, as "
        "agents from 1.83 on turn tags into digests without it)",
        DEFAULT("false")),
    ROW("rebalancingBatch", INTEGER, rebalancing_batch,
        "most tasks that Availability Zone rebalancing moves at once (default: as many as maximumPercent "
        "leaves room for; AWS does not say)",
        RANGE(1, MOST_COUNT)),
    PARAM_END,
};
#undef OF

static const struct shape simulation_shape = {
    .name = "simulation of a service",
    .size = sizeof(struct service_simulation_settings),
    .params = simulation_params,
};

#define OF struct service_settings
static const struct param service_params[] = {
    ROW("serviceName", NAME, name, "its name in the cluster", REQUIRED),
    ROW("taskDefinition", REFERENCE, task_definition,
        "family:revision; a bare family is its highest active revision", REQUIRED, IN("taskDefinitions")),
    ROW("desiredCount", INTEGER, desired_count,
        "tasks that should run; a DAEMON has one on each host, whatever is printed here",
        RANGE(0, MOST_COUNT)),
    ROWS_OF_CAPACITY,
    ROW_REBALANCING("whether tasks are moved until they are balanced across zones: ENABLED or DISABLED "
                    "(default: ENABLED where AWS can [DG:service-rebalancing])"),
    ROW("role", NAME, role,
        "the role by which ECS registers with the load balancers (default: the service-linked one)",
        ALIAS("roleArn")),
    ROW("schedulingStrategy", CHOICE, scheduling_strategy,
        "REPLICA: as many tasks as desired; DAEMON: one on each ACTIVE host that meets the constraints",
        DEFAULT("REPLICA"), ONE_OF(scheduling_strategies)),
    ROW_STRUCT("deploymentConfiguration", deployment_configuration, struct deployment_configuration_settings,
               deployment_configuration_shape,
               "how many tasks must stay and may exist while tasks are replaced"),
    ROW_STRUCT("deploymentController", deployment_controller, struct deployment_controller_settings,
               deployment_controller_shape, "who deploys"),
    LIST_OF_PLACEMENT(OF),
    ROW_LIST("loadBalancers", load_balancers, service_load_balancer_shape,
             "up to 5 target groups, or one Classic load balancer"),
    ROW_NETWORK_CONFIGURATION,
    CONFIGURATION_ROWS,
    ROW_STRUCT("monitoring", monitoring, struct monitoring_settings, monitoring_shape,
               "how often its metrics have points"),
    ROW("healthCheckGracePeriodSeconds", DURATION, health_check_grace_period,
        "seconds after its start in which a task's failed checks do not count [API:CreateServiceRequest]",
        DEFAULT("0"), SECONDS(0, INT32_MAX)),
    ROW_STRUCT("simulation", simulation, struct service_simulation_settings, simulation_shape,
               "what AWS leaves open"),
    PARAM_END,
};
#undef OF

/* --- deployment limits ------------------------------------------------------------------------ */

/* The least is rounded up, the most down [DG:deployment-type-ecs]. */
static void warn_if_stuck(struct mistakes *mistakes, const struct service_settings *service, int64_t minimum,
                          int64_t maximum)
{
    int64_t desired = service->desired_count;
    int64_t least = (desired * minimum + 99) / 100;
    int64_t most = desired * maximum / 100;
    if (desired >= 1 && least >= desired && most <= desired)
        warn(mistakes, service, "deploymentConfiguration",
             "%" PRId64 " task%s at %" PRId64 "/%" PRId64 " can never be replaced: at least %" PRId64
             " must stay and at most %" PRId64 " may exist",
             desired, desired == 1 ? "" : "s", minimum, maximum, least, most);
}

static void check_percentages(struct mistakes *mistakes, const struct service_settings *service)
{
    const struct deployment_configuration_settings *given = &service->deployment_configuration;
    int64_t minimum = given->minimum_healthy_percent != ABSENT ? given->minimum_healthy_percent : 100;
    int64_t maximum = given->maximum_percent != ABSENT ? given->maximum_percent : 200;
    settings_check_early_success(mistakes, given->early_success, minimum);
    if (service->desired_count == ABSENT)
        mistake(mistakes, service, NULL, "the service has no desiredCount");
    else if (minimum == 100 && maximum == 100)
        mistake(mistakes, service, "deploymentConfiguration",
                "InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as "
                "this will block deployments");
    else if (given->strategy <= STRATEGY_ROLLING)
        warn_if_stuck(mistakes, service, minimum, maximum);
}

/* --- daemons ---------------------------------------------------------------------------------- */

/* describe-services prints a desiredCount for them too, so that is let through. [DG:ecs_service-options] */
static void check_daemon(struct mistakes *mistakes, const struct service_settings *service)
{
    const struct deployment_configuration_settings *given = &service->deployment_configuration;
    if (given->maximum_percent != ABSENT && given->maximum_percent != 100)
        mistake(mistakes, given, "maximumPercent", "of a DAEMON service it must be 100");
    if (given->minimum_healthy_percent == 100)
        mistake(
            mistakes, given, "minimumHealthyPercent",
            "of a DAEMON service, whose maximumPercent is 100, it must be less: nothing could be replaced");
    if (service->placement_strategies.count)
        mistake(mistakes, service, "placementStrategy",
                "a DAEMON service has one task on each host, and takes no placement strategy");
    if (service->deployment_controller.type != CONTROLLER_ECS)
        mistake(mistakes, service, "deploymentController",
                "a DAEMON service is deployed by ECS only, not by %s",
                controller_types[service->deployment_controller.type]);
}

/* --- rebalancing ------------------------------------------------------------------------------ */

const char *settings_parse_rebalancing(struct arena *arena, const char *text, void *field, size_t *where)
{
    (void)arena;
    *where = 0;
    bool enabled = !strcasecmp(text, "ENABLED");
    if (!enabled && strcasecmp(text, "DISABLED"))
        return "availabilityZoneRebalancing is ENABLED or DISABLED";
    *(enum rebalancing_choice *)field = enabled ? REBALANCING_ENABLED : REBALANCING_DISABLED;
    return NULL;
}

static bool begins_with_zones(const struct list *strategies)
{
    const struct placement_strategy *first = strategies->items;
    return !strategies->count || (first->variant && first->field && !strcmp(first->variant->name, "spread") &&
                                  !strcmp(first->field, "attribute:ecs.availability-zone"));
}

static bool asks_for_zones(const struct list *constraints)
{
    EACH(struct placement_constraint, constraint, *constraints) {
        if (constraint->query && strcasestr(query_text(constraint->query), "attribute:ecs.availability-zone"))
            return true;
    }
    return false;
}

const char *settings_rebalancing_obstacle(const struct rebalancing_terms *terms)
{
    if (terms->daemon)
        return "InvalidParameterException: Availability Zone rebalancing does not support the DAEMON "
               "scheduling strategy.";
    if (terms->maximum_percent <= 100)
        return "InvalidParameterException: Availability Zone rebalancing needs a maximumPercent above 100.";
    if (terms->classic)
        return "InvalidParameterException: Availability Zone rebalancing does not support Classic load "
               "balancers.";
    if (!begins_with_zones(terms->strategies))
        return "InvalidParameterException: Availability Zone rebalancing needs spread over "
               "attribute:ecs.availability-zone as the first placement strategy, or none.";
    if (asks_for_zones(terms->constraints))
        return "InvalidParameterException: Availability Zone rebalancing does not support "
               "attribute:ecs.availability-zone in a placement constraint.";
    return NULL;
}

static void check_rebalancing(struct mistakes *mistakes, const struct service_settings *service)
{
    const struct service_load_balancer_settings *load_balancer = service->load_balancers.items;
    int64_t most = service->deployment_configuration.maximum_percent;
    const char *obstacle = settings_rebalancing_obstacle(&(struct rebalancing_terms){
        .daemon = service->scheduling_strategy == SCHEDULING_DAEMON,
        .classic = service->load_balancers.count && load_balancer->load_balancer,
        .maximum_percent = given_or(most, 200),
        .strategies = &service->placement_strategies,
        .constraints = &service->placement_constraints,
    });
    if (service->availability_zone_rebalancing == REBALANCING_ENABLED && obstacle)
        mistake(mistakes, service, "availabilityZoneRebalancing", "%s", obstacle);
}

/* --- load balancers --------------------------------------------------------------------------- */

static const struct port_mapping_settings *mapping_of(const struct container_settings *container,
                                                      int64_t port)
{
    EACH(struct port_mapping_settings, mapping, container->port_mappings) {
        if (mapping->container_port == port)
            return mapping;
    }
    return NULL;
}

static void check_classic(struct mistakes *mistakes,
                          const struct service_load_balancer_settings *load_balancer,
                          const struct task_definition_settings *definition,
                          const struct port_mapping_settings *mapping)
{
    if (definition->network_mode == NETWORK_AWSVPC)
        mistake(mistakes, load_balancer, "loadBalancerName",
                "a Classic load balancer cannot reach tasks in awsvpc mode");
    if (mapping && definition->network_mode == NETWORK_BRIDGE && mapping->host_port == 0)
        mistake(mistakes, load_balancer, "containerPort",
                "a Classic load balancer needs a static hostPort, and that of port %" PRId64 " is dynamic",
                mapping->container_port);
    EACH(struct container_settings, container, definition->containers) {
        if (container->health_check)
            mistake(
                mistakes, load_balancer, "loadBalancerName",
                "container health checks are not supported behind a Classic load balancer, and `%s` has one",
                container->name);
    }
}

static void check_target(struct mistakes *mistakes,
                         const struct service_load_balancer_settings *load_balancer,
                         const struct task_definition_settings *definition)
{
    const struct container_settings *container =
        settings_container(definition, load_balancer->container_name);
    const struct port_mapping_settings *mapping =
        container ? mapping_of(container, load_balancer->container_port) : NULL;
    if (!container)
        mistake(mistakes, load_balancer, "containerName",
                "task definition `%s:%" PRId64 "` has no container `%s`", definition->family,
                definition->revision, load_balancer->container_name);
    else if (!mapping)
        mistake(mistakes, load_balancer, "containerPort",
                "container `%s` of `%s:%" PRId64 "` maps no port %" PRId64, container->name,
                definition->family, definition->revision, load_balancer->container_port);
    if (load_balancer->load_balancer)
        check_classic(mistakes, load_balancer, definition, mapping);
}

/* AWS does not say that it refuses this. */
static void warn_of_one_target_group(struct mistakes *mistakes,
                                     const struct service_load_balancer_settings *load_balancer)
{
    if (settings_same(load_balancer->target_group, load_balancer->advanced.alternate_target_group))
        warn(mistakes, &load_balancer->advanced, "alternateTargetGroupArn",
             "`%s` is targetGroupArn as well: both revisions would share its targets",
             load_balancer->target_group);
}

static void check_load_balancer(struct mistakes *mistakes,
                                const struct service_load_balancer_settings *load_balancer,
                                const struct task_definition_settings *definition)
{
    if (load_balancer->target_group && load_balancer->load_balancer)
        mistake(mistakes, load_balancer, "loadBalancerName",
                "either targetGroupArn or loadBalancerName, not both");
    if (!load_balancer->target_group && !load_balancer->load_balancer)
        mistake(mistakes, load_balancer, NULL, "targetGroupArn or loadBalancerName is missing");
    warn_of_one_target_group(mistakes, load_balancer);
    if (definition)
        check_target(mistakes, load_balancer, definition);
}

void settings_check_load_balancers(struct mistakes *mistakes, const void *object,
                                   const struct list *load_balancers,
                                   const struct task_definition_settings *definition)
{
    size_t classic = 0;
    EACH(struct service_load_balancer_settings, load_balancer, *load_balancers) {
        classic += load_balancer->load_balancer != NULL;
        check_load_balancer(mistakes, load_balancer, definition);
    }
    if (classic > 1)
        mistake(mistakes, object, "loadBalancers", "%zu Classic load balancers; a service has at most one",
                classic);
    if (load_balancers->count - classic > MOST_TARGET_GROUPS)
        mistake(mistakes, object, "loadBalancers", "%zu target groups; a service has at most %d",
                load_balancers->count - classic, MOST_TARGET_GROUPS);
    if (classic > 0 && load_balancers->count > classic)
        mistake(mistakes, object, "loadBalancers",
                "a service has target groups or a Classic load balancer, not both");
}

/* --- what is accepted, and not simulated ------------------------------------------------------ */

static void warn_about_unmodelled(struct mistakes *mistakes, const struct service_settings *service)
{
    if (service->capacity.launch_type > LAUNCH_FARGATE)
        settings_warn_unmodelled(mistakes, service, "launchType",
                                 settings_launch_types[service->capacity.launch_type]);
    if (service->deployment_controller.type != CONTROLLER_ECS)
        settings_warn_unmodelled(mistakes, service, "deploymentController",
                                 controller_types[service->deployment_controller.type]);
}

/* [DG:linear-deployment-implementation] */
static void warn_about_traffic(struct mistakes *mistakes, const struct service_settings *service)
{
    int strategy = service->deployment_configuration.strategy;
    bool shifts = service->load_balancers.count > 0 || service->configuration[CONFIGURATION_SERVICE_CONNECT];
    if ((strategy == STRATEGY_LINEAR || strategy == STRATEGY_CANARY) && !shifts)
        warn(mistakes, &service->deployment_configuration, "strategy",
             "%s shifts the traffic of a load balancer or of Service Connect, and there is neither",
             deployment_strategies[strategy]);
}

static bool has_health_check(const struct task_definition_settings *definition)
{
    EACH(struct container_settings, container, definition->containers) {
        if (container->health_check)
            return true;
    }
    return false;
}

static void warn_about_grace_period(struct mistakes *mistakes, const struct service_settings *service,
                                    const struct task_definition_settings *definition)
{
    if (service->health_check_grace_period > 0 && service->load_balancers.count == 0 && definition &&
        !has_health_check(definition))
        warn(mistakes, service, "healthCheckGracePeriodSeconds",
             "the grace period has no use: there is no load balancer and no container health check");
}

static void check_service(struct mistakes *mistakes, void *object, void *root)
{
    struct service_settings *service = object;
    const struct task_definition_settings *definition =
        settings_named(root, NAMED_TASK_DEFINITION, service->task_definition);
    settings_check_name(mistakes, service, "serviceName", service->name);
    placement_check(mistakes, service, &service->placement_strategies, &service->placement_constraints,
                    definition ? &definition->placement_constraints : NULL);
    if (service->scheduling_strategy == SCHEDULING_REPLICA)
        check_percentages(mistakes, service);
    else
        check_daemon(mistakes, service);
    check_rebalancing(mistakes, service);
    settings_check_role(mistakes, root, service, "role", service->role);
    settings_check_quota_of_service(mistakes, root, service);
    settings_check_load_balancers(mistakes, service, &service->load_balancers, definition);
    settings_check_network(mistakes, service, &service->network_configuration, definition);
    settings_check_configured_volumes(mistakes, service, definition);
    settings_check_capacity(mistakes, root,
                            &(struct capacity_use){
                                .object = service,
                                .capacity = &service->capacity,
                                .definition = definition,
                                .placement_strategies = &service->placement_strategies,
                                .placement_constraints = &service->placement_constraints,
                                .daemon = service->scheduling_strategy == SCHEDULING_DAEMON,
                            });
    warn_about_unmodelled(mistakes, service);
    warn_about_grace_period(mistakes, service, definition);
    warn_about_traffic(mistakes, service);
    if (service->desired_count == ABSENT)
        service->desired_count = 0;
}

const struct shape service_shape = {
    .name = "service",
    .size = sizeof(struct service_settings),
    .params = service_params,
    .collection = "services",
    .name_key = "serviceName",
    .check = check_service,
};

/* --- asked by the others ---------------------------------------------------------------------- */

void settings_check_name(struct mistakes *mistakes, const void *object, const char *key, const char *name)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    if (*name == '\0' || name[strspn(name, allowed)] != '\0')
        mistake(mistakes, object, key, "a name is made of letters, digits, - and _");
    else if (strlen(name) > MOST_NAME_BYTES)
        mistake(mistakes, object, key, "a name of %zu characters; at most %d", strlen(name), MOST_NAME_BYTES);
}
