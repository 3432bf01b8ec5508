/* What people do to roles, as IAM answers it. [API iam:CreateRole, DeleteRole, AttachRolePolicy,
 * DetachRolePolicy]
 *
 * A role is created with the policy by which it may what it is for, and deleted with it, though IAM has calls
 * of their own for that (a choice: consoles and templates do both). */
#include "models/ecs/results/rows.h"
#include "models/ecs/role/role.h"
#include "models/ecs/timeline.h"
#include "models/ecs/world.h"

static void ask(const void *settings, struct json *request)
{
    const struct role_action_settings *action = settings;
    json_string(request, "roleName", action->role);
    if (action->policy)
        json_string(request, "policyArn", action->policy);
}

static const char *done(struct world *world, const char *name, const char *what)
{
    row_mark(world, NULL, "change", arena_format(world->arena, "role %s %s", name, what));
    role_changed(world, name);
    return NULL;
}

static const char *not_there(struct world *world, const char *name)
{
    return arena_format(world->arena, "NoSuchEntityException: The role with name %s cannot be found.", name);
}

static const char *create_play(struct world *world, const void *settings, rng_key draw, struct json *response)
{
    (void)draw;
    const struct role_action_settings *action = settings;
    struct role *role = role_named(world, action->role);
    if (role->exists)
        return arena_format(world->arena, "EntityAlreadyExistsException: Role with name %s already exists.",
                            role->name);
    role->exists = role->has_policy = true;
    json_string(response, "role", role_arn(world, role->name));
    return done(world, role->name, "created");
}

static const char *delete_play(struct world *world, const void *settings, rng_key draw, struct json *response)
{
    (void)draw, (void)response;
    const struct role_action_settings *action = settings;
    struct role *role = role_named(world, action->role);
    if (!role->exists)
        return not_there(world, role->name);
    role->exists = false;
    return done(world, role->name, "deleted");
}

static const char *set_policy(struct world *world, const struct role_action_settings *action, bool attached)
{
    struct role *role = role_named(world, action->role);
    if (!role->exists)
        return not_there(world, role->name);
    role->has_policy = attached;
    return done(world, role->name, attached ? "got its policy" : "lost its policy");
}

static const char *attach_play(struct world *world, const void *settings, rng_key draw, struct json *response)
{
    (void)draw, (void)response;
    return set_policy(world, settings, true);
}

static const char *detach_play(struct world *world, const void *settings, rng_key draw, struct json *response)
{
    (void)draw, (void)response;
    return set_policy(world, settings, false);
}

const struct action_verbs create_role_action = {ask, create_play};
const struct action_verbs delete_role_action = {ask, delete_play};
const struct action_verbs attach_role_policy_action = {ask, attach_play};
const struct action_verbs detach_role_policy_action = {ask, detach_play};
