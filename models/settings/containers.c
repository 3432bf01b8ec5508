/* The containers of a task: in which order they start and stop, when they are started again, how each
 * behaves. [API:ContainerDefinition] */
#include "models/settings/tables.h"

enum { MOST_IGNORED_EXIT_CODES = 50 }; /* [API:ContainerRestartPolicy.ignoredExitCodes] */

/* --- tables ----------------------------------------------------------------------------------- */

static const char *const conditions[] = {[CONDITION_START] = "START",
                                         [CONDITION_COMPLETE] = "COMPLETE",
                                         [CONDITION_SUCCESS] = "SUCCESS",
                                         [CONDITION_HEALTHY] = "HEALTHY",
                                         NULL};

#define OF struct container_dependency_settings
static const struct param dependency_params[] = {
    ROW("containerName", TEXT, container, "another container of the task", REQUIRED),
    ROW("condition", CHOICE, condition,
        "what it waits for: START, COMPLETE (it has exited), SUCCESS (with 0) or HEALTHY "
        "[API:ContainerDependency.condition]",
        REQUIRED, ONE_OF(conditions)),
    PARAM_END,
};
#undef OF

const struct shape container_dependency_shape = {
    .name = "dependency of a container",
    .size = sizeof(struct container_dependency_settings),
    .params = dependency_params,
};

#define OF struct ignored_exit_code_settings
static const struct param ignored_exit_code_params[] = {
    ROW("exitCode", INTEGER, exit_code, "an exit code", REQUIRED, RANGE(0, MOST_EXIT_CODE)),
    PARAM_END,
};
#undef OF

static const struct shape ignored_exit_code_shape = {
    .name = "ignored exit code",
    .size = sizeof(struct ignored_exit_code_settings),
    .params = ignored_exit_code_params,
    .shorthand = "exitCode",
};

static void check_restart_policy(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct restart_policy_settings *policy = object;
    if (policy->ignored_exit_codes.count > MOST_IGNORED_EXIT_CODES)
        mistake(mistakes, policy, "ignoredExitCodes", "%zu exit codes; a restart policy ignores at most %d",
                policy->ignored_exit_codes.count, MOST_IGNORED_EXIT_CODES);
}

#define OF struct restart_policy_settings
static const struct param restart_policy_params[] = {
    ROW("enabled", FLAG, enabled, "whether a container that exits is started again in its task", REQUIRED),
    ROW_LIST("ignoredExitCodes", ignored_exit_codes, ignored_exit_code_shape,
             "exit codes after which it is not, at most 50 [API:ContainerRestartPolicy]"),
    ROW("restartAttemptPeriod", DURATION, attempt_period,
        "seconds that it must have run since it was started last [API:ContainerRestartPolicy]",
        DEFAULT("300"), SECONDS(60, 1800)),
    PARAM_END,
};
#undef OF

const struct shape restart_policy_shape = {
    .name = "restart policy",
    .size = sizeof(struct restart_policy_settings),
    .params = restart_policy_params,
    .check = check_restart_policy,
};

#define OF struct container_simulation_settings
static const struct param container_simulation_params[] = {
    PARAM_DIST("startup", OF, startup, NULL,
               "from its start until it answers health checks (default: the task definition's)"),
    PARAM_DIST("runtime", OF, runtime, NULL,
               "from its start until it exits by itself (default: the task definition's for the first "
               "essential container; 0s where another waits for it to COMPLETE or SUCCESS; else never)"),
    ROW("exitCode", INTEGER, exit_code,
        "exit code at the end of `runtime` (default: the task definition's for the first essential "
        "container, else 0)",
        RANGE(0, MOST_EXIT_CODE)),
    ROW("neverHealthy", FLAG, never_healthy,
        "whether its checks never succeed; the task definition's says so of all", DEFAULT("false")),
    PARAM_DIST(
        "unhealthyAfter", OF, unhealthy_after, NULL,
        "from the task's being healthy until its checks fail for good (default: the task definition's)"),
    ROW("needsTaskRole", FLAG, needs_task_role,
        "whether it exits with 1 where its taskRoleArn may not what it is for: "
        "after its `startup`, or as soon as that is withdrawn",
        DEFAULT("false")),
    PARAM_DIST("stopTime", OF, stop_time, NULL,
               "from the stop signal until it has exited (default: the task definition's)"),
    ROWS_OF_LOG_WRITING(DEFAULT(NULL), DEFAULT(NULL)),
    PARAM_END,
};
#undef OF

const struct shape container_simulation_shape = {
    .name = "simulation of a container",
    .size = sizeof(struct container_simulation_settings),
    .params = container_simulation_params,
};

/* --- order ------------------------------------------------------------------------------------ */

static uint16_t bit_of(const struct task_definition_settings *definition,
                       const struct container_settings *container)
{
    const struct container_settings *first = definition->containers.items;
    return container ? (uint16_t)(1u << (container - first)) : 0;
}

/* [API:ContainerDependency.condition] */
static void check_dependency(struct mistakes *mistakes,
                             const struct container_dependency_settings *dependency,
                             const struct container_settings *other)
{
    int condition = dependency->condition;
    if (!other)
        mistake(mistakes, dependency, "containerName", "no container of this task definition is named `%s`",
                dependency->container);
    else if ((condition == CONDITION_COMPLETE || condition == CONDITION_SUCCESS) && other->essential)
        mistake(mistakes, dependency, "condition",
                "%s cannot be asked of `%s`, which is essential: its exit stops the task",
                conditions[condition], other->name);
    else if (condition == CONDITION_HEALTHY && !other->health_check)
        mistake(mistakes, dependency, "condition",
                "HEALTHY cannot be asked of `%s`, which has no healthCheck", other->name);
}

/* All that a container waits for, directly or through others. */
static uint16_t waits_for(const struct task_definition_settings *definition, uint16_t of)
{
    uint16_t all = of, before;
    do {
        before = all;
        EACH(struct container_settings, container, definition->containers)
            if (all & bit_of(definition, container))
                for (int condition = 0; condition < CONDITION_COUNT; condition++)
                    all |= container->after[condition];
    } while (all != before);
    return all;
}

static uint16_t directly_after(const struct container_settings *container)
{
    return container->after[CONDITION_START] | container->after[CONDITION_COMPLETE] |
           container->after[CONDITION_SUCCESS] | container->after[CONDITION_HEALTHY];
}

static void check_circle(struct mistakes *mistakes, const struct task_definition_settings *definition)
{
    EACH(struct container_settings, container, definition->containers)
        if (waits_for(definition, directly_after(container)) & bit_of(definition, container)) {
            mistake(mistakes, container, "dependsOn",
                    "`%s` would wait for itself: dependsOn goes in a circle", container->name);
            return;
        }
}

void settings_order_containers(struct mistakes *mistakes, struct task_definition_settings *definition)
{
    struct container_settings *containers = definition->containers.items;
    if (definition->containers.count > MOST_CONTAINERS)
        return;
    for (size_t i = 0; i < definition->containers.count; i++)
        EACH(struct container_dependency_settings, dependency, containers[i].depends_on) {
            const struct container_settings *other = settings_container(definition, dependency->container);
            check_dependency(mistakes, dependency, other);
            containers[i].after[dependency->condition] |= bit_of(definition, other);
        }
    check_circle(mistakes, definition);
}
