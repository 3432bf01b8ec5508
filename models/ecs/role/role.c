#include "models/ecs/role/role.h"
#include "models/ecs/ids.h"
#include "models/ecs/task/task_definition.h"

/* --- which there are -------------------------------------------------------------------------- */

void roles_begin(struct world *world)
{
    const struct ecs_settings *settings = world->settings;
    size_t most = settings->roles.count + settings->timeline.count + settings->failures.count;
    world->roles = (struct roles){
        .all = arena_array(world->arena, most, sizeof(struct role)),
        .names.arena = world->arena,
        .listed = settings->roles.items,
    };
    EACH(struct role_settings, each, settings->roles)
        role_named(world, each->name)->exists = true;
}

/* Before anything is said of it. */
static bool exists_at_first(const struct roles *roles, const char *name)
{
    return !roles->listed || settings_is_service_linked(name);
}

static const struct role *find(const struct roles *roles, const char *name)
{
    int64_t number = symbol_number(&roles->names, name);
    return number ? &roles->all[number - 1] : NULL;
}

struct role *role_named(struct world *world, const char *name)
{
    struct roles *roles = &world->roles;
    struct role *role = &roles->all[symbol_give_number(&roles->names, name) - 1];
    if (!role->name)
        *role = (struct role){.name = name, .exists = exists_at_first(roles, name), .has_policy = true};
    return role;
}

/* --- what they may ---------------------------------------------------------------------------- */

bool role_exists(const struct world *world, const char *name)
{
    if (!name)
        return true;
    const struct role *role = find(&world->roles, name);
    return role ? role->exists && !role->deletions : exists_at_first(&world->roles, name);
}

bool role_allows(const struct world *world, const char *name)
{
    if (!name)
        return true;
    const struct role *role = find(&world->roles, name);
    return role_exists(world, name) && (!role || (role->has_policy && !role->detachments));
}

const char *role_arn(struct world *world, const char *name)
{
    return arena_format(world->arena, "arn:aws:iam::" ECS_ACCOUNT ":role/%s", name);
}

const char *role_refuses_launch(struct world *world, const struct task_definition *definition)
{
    const struct task_definition_settings *settings = definition->settings;
    const char *missing = !role_exists(world, settings->task_role)        ? settings->task_role
                          : !role_exists(world, settings->execution_role) ? settings->execution_role
                                                                          : NULL;
    if (!missing)
        return NULL;
    return arena_format(
        world->arena,
        "ECS was unable to assume the role '%s' that was provided for this task. Please verify "
        "that the role being passed has the proper trust relationship and permissions and that "
        "your IAM user has permissions to pass this role.",
        role_arn(world, missing));
}

bool role_denies_task(const struct world *world, const struct task *task)
{
    const char *role = task->definition->settings->task_role;
    return !role || !role_allows(world, role);
}

const char *role_error(struct world *world, const char *name, const char *session, const char *action)
{
    if (!role_exists(world, name))
        return arena_format(world->arena, "ECS was unable to assume role %s", role_arn(world, name));
    return arena_format(world->arena,
                        "User: arn:aws:sts::" ECS_ACCOUNT
                        ":assumed-role/%s/%s is not authorized to perform: %s "
                        "because no identity-based policy allows the %s action",
                        name, session, action, action);
}
