#include "models/ecs/role/execution_role.h"
#include "models/ecs/role/role.h"
#include "models/ecs/world.h"
#include <string.h>

static bool is_of_ecr(const char *image)
{
    return image && strstr(image, ".dkr.ecr.");
}

enum execution_need execution_need(const struct task_definition_settings *definition, bool on_fargate)
{
    enum execution_need need = EXECUTION_NEEDS_NOTHING;
    EACH(struct container_settings, container, definition->containers) {
        if (container->has_secrets)
            return EXECUTION_NEEDS_SECRETS;
        if (container->repository_credentials)
            need = EXECUTION_NEEDS_CREDENTIALS;
        else if (need == EXECUTION_NEEDS_NOTHING && on_fargate && is_of_ecr(container->image))
            need = EXECUTION_NEEDS_ECR;
    }
    return need;
}

const char *execution_role_refuses(struct world *world, const struct task *task)
{
    static const char *const things[] = {
        [EXECUTION_NEEDS_SECRETS] = "secrets from ssm",
        [EXECUTION_NEEDS_CREDENTIALS] = "secret from asm",
        [EXECUTION_NEEDS_ECR] = "ecr registry auth",
    };
    static const char *const actions[] = {
        [EXECUTION_NEEDS_SECRETS] = "ssm:GetParameters",
        [EXECUTION_NEEDS_CREDENTIALS] = "secretsmanager:GetSecretValue",
        [EXECUTION_NEEDS_ECR] = "ecr:GetAuthorizationToken",
    };
    const struct task_definition_settings *settings = task->definition->settings;
    enum execution_need need = execution_need(settings, task->instance->fargate);
    if (need == EXECUTION_NEEDS_NOTHING || !settings->execution_role ||
        role_allows(world, settings->execution_role))
        return NULL;
    return arena_format(
        world->arena,
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource "
        "retrieval failed: unable to retrieve %s: service call has been retried 1 time(s): "
        "AccessDeniedException: %s",
        things[need], role_error(world, settings->execution_role, task->name, actions[need]));
}
