#include "models/ecs/log/log_plan.h"
#include "models/ecs/ids.h"

/* As Docker and Fargate's agent say it, with what CloudWatch Logs answered. [DG:stopped-task-error-codes] */
#define DOCKER_REFUSES(answer)                                                                               \
    "CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to " \
    "create Cloudwatch log stream: " answer
#define FARGATE_REFUSES(answer)                                                                              \
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "  \
    "failed to create Cloudwatch log stream: " answer " : exit status 1"
#define NO_GROUP "ResourceNotFoundException: The specified log group does not exist."
#define NO_ANSWER                                                                                            \
    "RequestError: send request failed caused by: Post \"https://logs.%s.amazonaws.com/\": dial tcp: i/o "   \
    "timeout"

/* --- groups ----------------------------------------------------------------------------------- */

static const struct log_options_settings *awslogs_options(const struct container_settings *container)
{
    const struct log_configuration_settings *configuration = container->log_configuration;
    return configuration && configuration->driver == LOG_DRIVER_AWSLOGS ? &configuration->options : NULL;
}

static size_t count_containers(const struct world *world)
{
    size_t count = 0;
    for (uint32_t i = 0; i < world->definition_count; i++)
        count += (size_t)world->definitions[i]->container_count;
    return count;
}

static struct log_group *group_named(struct logs *logs, const char *name)
{
    struct log_group *group = &logs->groups[symbol_give_number(&logs->group_names, name) - 1];
    group->name = name;
    return group;
}

static void begin_groups(struct world *world)
{
    struct logs *logs = world->logs;
    const struct list *declared = &world->settings->logs.groups;
    logs->group_names.arena = world->arena;
    logs->groups = arena_array(world->arena, declared->count + count_containers(world), sizeof *logs->groups);
    EACH(struct log_group_settings, group, *declared)
        group_named(logs, group->name)->exists = true;
}

/* --- plans ------------------------------------------------------------------------------------ */

static struct log_flow flow_of(const struct task_definition *definition,
                               const struct container_settings *container)
{
    const struct log_writing_settings *of_task = &definition->settings->simulation.writing;
    const struct log_writing_settings *own =
        container->simulation ? &container->simulation->writing : of_task;
    return (struct log_flow){given_or(own->bytes_per_second, of_task->bytes_per_second),
                             given_or(own->line_bytes, of_task->line_bytes)};
}

static void explain_unreachable(struct world *world, struct log_plan *plan, const char *region)
{
    plan->unreachable[LOG_ON_EC2] = arena_format(world->arena, DOCKER_REFUSES(NO_ANSWER), region);
    plan->unreachable[LOG_ON_FARGATE] = arena_format(world->arena, FARGATE_REFUSES(NO_ANSWER), region);
}

static const struct log_plan *make_plan(struct world *world, const struct task_definition *definition,
                                        const struct container_settings *container)
{
    const struct log_options_settings *options = awslogs_options(container);
    if (!options)
        return NULL;
    struct log_plan *plan = arena_alloc(world->arena, sizeof *plan);
    int mode = options->mode ? options->mode : world->settings->logs.default_mode;
    *plan = (struct log_plan){
        .group = group_named(world->logs, options->group),
        .stream_prefix = options->stream_prefix,
        .creates_group = options->create_group,
        .blocking = mode == LOG_MODE_BLOCKING,
        .flow = flow_of(definition, container),
    };
    plan->group->exists |= !world->settings->logs.groups.items;
    plan->room = plan->blocking ? log_room_of_pipe(plan->flow.line_bytes)
                                : log_room_of_ring(options->max_buffer_bytes, plan->flow.line_bytes);
    explain_unreachable(world, plan, options->region ? options->region : world->region);
    return plan;
}

static bool has_outage(const struct ecs_settings *settings)
{
    EACH(struct failure_settings, failure, settings->failures)
        if (failure->failure.variant == &failure_log_outage)
            return true;
    return false;
}

void logs_begin(struct world *world)
{
    world->logs = arena_alloc(world->arena, sizeof *world->logs);
    world->logs->of_service =
        arena_array(world->arena, world->service_count + 1, sizeof *world->logs->of_service);
    world->logs->may_fail = has_outage(world->settings);
    begin_groups(world);
    for (uint32_t i = 0; i < world->definition_count; i++)
        for (int j = 0; j < world->definitions[i]->container_count; j++) {
            struct container_definition *container = &world->definitions[i]->containers[j];
            container->log = make_plan(world, world->definitions[i], container->settings);
            world->logs->any |= container->log != NULL;
            world->logs->may_fail |= container->log && log_plan_lacks_group(container->log);
        }
}

/* --- whether it can be written to ------------------------------------------------------------- */

bool log_plan_lacks_group(const struct log_plan *plan)
{
    return !plan->blocking && !plan->group->exists;
}

const char *log_plan_refuses(const struct logs *logs, const struct log_plan *plan, enum log_place place)
{
    if (place == LOG_ON_EC2 && !plan->blocking)
        return NULL; /* Docker starts it, and goes on trying */
    if (logs->outages[LOGS_UNREACHABLE])
        return plan->unreachable[place];
    if (plan->group->exists || plan->creates_group)
        return NULL;
    return place == LOG_ON_EC2 ? DOCKER_REFUSES(NO_GROUP) : FARGATE_REFUSES(NO_GROUP);
}

/* --- words ------------------------------------------------------------------------------------ */

void log_plan_stream(struct text *out, const struct task *task, int container)
{
    const struct container_definition *definition = &task->definition->containers[container];
    const char *name = definition->settings->name;
    char id[HEX_ID_SIZE];
    if (definition->log->stream_prefix) {
        hex_id(id, "task", task->name);
        text_clear(out);
        text_add(out, definition->log->stream_prefix);
        text_add_format(out, "/%s/%s", name, id);
    } else {
        container_id(id, out, task, name);
        text_clear(out);
        text_add(out, id);
    }
}
