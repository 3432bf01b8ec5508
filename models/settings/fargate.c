/* What a task definition must be to run on Fargate. [API:RegisterTaskDefinitionRequest] */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <strings.h>

bool settings_is_launch_type(const char *name)
{
    for (int i = LAUNCH_EC2; settings_launch_types[i]; i++)
        if (strcasecmp(settings_launch_types[i], name) == 0)
            return true;
    return false;
}

bool settings_requires(const struct task_definition_settings *definition, const char *launch_type)
{
    EACH_TEXT(type, definition->requires_compatibilities) {
        if (strcasecmp(*type, launch_type) == 0)
            return true;
    }
    return false;
}

/* --- sizes ------------------------------------------------------------------------------------ */

struct size {
    int64_t cpu, least_mib, most_mib, step_mib; /* step 0: doubled from one to the next */
};

/* [API:RegisterTaskDefinitionRequest.cpu, .memory] */
static const struct size sizes[] = {
    {256, 512, 2048, 0},          {512, 1024, 4096, 1024},   {1024, 2048, 8192, 1024},
    {2048, 4096, 16384, 1024},    {4096, 8192, 30720, 1024}, {8192, 16384, 61440, 4096},
    {16384, 32768, 122880, 8192},
};

static const struct size *size_of(int64_t cpu)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i].cpu == cpu)
            return &sizes[i];
    return NULL;
}

static bool is_valid(const struct size *size, int64_t memory_mib)
{
    if (memory_mib < size->least_mib || memory_mib > size->most_mib)
        return false;
    if (size->step_mib)
        return memory_mib % size->step_mib == 0;
    return (memory_mib & (memory_mib - 1)) == 0;
}

/* --- the rules -------------------------------------------------------------------------------- */

struct check {
    struct mistakes *mistakes; /* NULL: nobody wants to know why */
    const struct task_definition_settings *definition;
    const void *user; /* NULL: the definition says itself that it is for Fargate */
    const char *user_key;
    int refusals;
};

static void __attribute__((format(printf, 4, 5)))
refuse(struct check *check, const void *object, const char *key, const char *format, ...)
{
    char why[300];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    check->refusals++;
    if (!check->mistakes)
        return;
    if (check->user)
        mistake(check->mistakes, check->user, check->user_key,
                "task definition `%s:%" PRId64 "` does not support Fargate: %s", check->definition->family,
                check->definition->revision, why);
    else
        mistake(check->mistakes, object, key, "%s", why);
}

static void check_memory(struct check *check, const struct size *size)
{
    const struct task_definition_settings *definition = check->definition;
    if (is_valid(size, definition->memory_mib))
        return;
    if (size->step_mib)
        refuse(check, definition, "memory",
               "No Fargate configuration exists for given values: with %" PRId64
               " CPU units memory is %" PRId64 " to %" PRId64 " MiB in steps of %" PRId64 ", not %" PRId64,
               size->cpu, size->least_mib, size->most_mib, size->step_mib, definition->memory_mib);
    else
        refuse(check, definition, "memory",
               "No Fargate configuration exists for given values: with %" PRId64
               " CPU units memory is 512, 1024 or 2048 MiB, not %" PRId64,
               size->cpu, definition->memory_mib);
}

static void check_size(struct check *check)
{
    const struct task_definition_settings *definition = check->definition;
    const struct size *size = size_of(definition->cpu);
    if (definition->cpu == ABSENT)
        refuse(check, definition, NULL, "Fargate requires that 'cpu' be defined at the task level.");
    if (definition->memory_mib == ABSENT)
        refuse(check, definition, NULL, "Fargate requires that 'memory' be defined at the task level.");
    if (definition->cpu == ABSENT || definition->memory_mib == ABSENT)
        return;
    if (size)
        check_memory(check, size);
    else
        refuse(check, definition, "cpu",
               "No Fargate configuration exists for given values: cpu is 256, 512, 1024, 2048, 4096, 8192 or "
               "16384, not %" PRId64,
               definition->cpu);
}

/* [API:ContainerDefinition.startTimeout, .stopTimeout] */
static void check_timeout(struct check *check, const struct container_settings *container, const char *key,
                          simtime timeout)
{
    if (timeout != ABSENT && (timeout < 2 * SIMTIME_SECOND || timeout > 120 * SIMTIME_SECOND))
        refuse(check, container, key, "on Fargate %s is 2 to 120 seconds", key);
}

/* [DG:fargate-tasks-services] */
static void check_gpus(struct check *check, const struct container_settings *container)
{
    EACH(struct resource_requirement_settings, requirement, container->resource_requirements) {
        if (requirement->type == REQUIRES_GPU)
            refuse(check, container, "resourceRequirements", "on Fargate there are no GPUs");
    }
}

/* [API:LogConfiguration] */
static void check_logs(struct check *check, const struct container_settings *container)
{
    const struct log_configuration_settings *log = container->log_configuration;
    if (!log)
        return;
    const struct log_options_settings *options = &log->options;
    if (!log_drivers[log->driver].on_fargate)
        refuse(check, log, "logDriver", "on Fargate the log drivers are awslogs, splunk and awsfirelens");
    if (log->driver == LOG_DRIVER_AWSLOGS && !(options->region && options->stream_prefix))
        refuse(check, log, "logDriver",
               "on Fargate awslogs requires awslogs-group, awslogs-region and awslogs-stream-prefix");
}

static void check_containers(struct check *check)
{
    EACH(struct container_settings, container, check->definition->containers) {
        check_timeout(check, container, "startTimeout", container->start_timeout);
        check_timeout(check, container, "stopTimeout", container->stop_timeout);
        check_gpus(check, container);
        check_logs(check, container);
    }
}

static void check_volumes(struct check *check)
{
    EACH(struct volume_settings, volume, check->definition->volumes) {
        const char *why = settings_fargate_refuses(volume);
        if (why)
            refuse(check, volume, NULL, "%s: `%s`", why, volume->name);
    }
}

static void check_all(struct check *check)
{
    const struct task_definition_settings *definition = check->definition;
    if (definition->network_mode != NETWORK_AWSVPC)
        refuse(check, definition, "networkMode", "Fargate only supports network mode 'awsvpc'.");
    check_size(check);
    check_containers(check);
    check_volumes(check);
    if (definition->placement_constraints.count > 0)
        refuse(check, definition, "placementConstraints", "on Fargate there are no placement constraints");
}

bool settings_supports_fargate(const struct task_definition_settings *definition)
{
    struct check check = {.definition = definition};
    check_all(&check);
    return check.refusals == 0;
}

void settings_check_fargate(struct mistakes *mistakes, const struct task_definition_settings *definition,
                            const void *user, const char *user_key)
{
    struct check check = {mistakes, definition, user, user_key, 0};
    check_all(&check);
}
