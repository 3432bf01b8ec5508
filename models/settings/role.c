/* roles, and what people do to them. */
#include "models/settings/role.h"
#include "models/settings/tables.h"
#include <string.h>

enum { MOST_ROLE_NAME = 64 }; /* [API iam:CreateRole.RoleName] */

/* --- tables ----------------------------------------------------------------------------------- */

#define OF struct role_settings
static const struct param role_params[] = {
    ROW("roleName", NAME, name, "name of a role that exists", REQUIRED),
    PARAM_END,
};
#undef OF

/* [API iam:CreateRole.RoleName] */
static void check_role_name(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct role_settings *role = object;
    size_t good = strspn(role->name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@_-");
    if (!good || good > MOST_ROLE_NAME || role->name[good])
        mistake(mistakes, role, "roleName",
                "a role has a name of 1 to %d letters, digits, `+`, `=`, `,`, `.`, `@`, `_` and `-`",
                MOST_ROLE_NAME);
}

const struct shape role_shape = {
    .name = "role",
    .size = sizeof(struct role_settings),
    .params = role_params,
    .shorthand = "roleName",
    .collection = "roles",
    .name_key = "roleName",
    .check = check_role_name,
};

#define OF struct instance_profile_settings
static const struct param instance_profile_params[] = {
    ROW("name", NAME, name, "its name, which is its role's", ALIAS("arn")),
    PARAM_END,
};
#undef OF

static void check_instance_profile(struct mistakes *mistakes, void *object, void *root)
{
    const struct instance_profile_settings *profile = object;
    settings_check_role(mistakes, root, profile, "name", profile->name);
}

const struct shape instance_profile_shape = {
    .name = "instance profile",
    .size = sizeof(struct instance_profile_settings),
    .params = instance_profile_params,
    .shorthand = "name",
    .check = check_instance_profile,
};

#define OF struct role_action_settings
static const struct param role_action_params[] = {
    ROW("roleName", NAME, role, "name of the role", REQUIRED),
    ROW("policyArn", NAME, policy, "its policy: that by which it may what it is for"),
    PARAM_END,
};
#undef OF

static void check_role_action(struct mistakes *mistakes, void *object, void *root)
{
    const struct role_action_settings *action = object;
    settings_check_role_is_named(mistakes, root, action, action->role);
}

const struct shape role_action_shape = {
    .name = "action on a role",
    .size = sizeof(struct role_action_settings),
    .params = role_action_params,
    .shorthand = "roleName",
    .check = check_role_action,
};

/* --- who has which ---------------------------------------------------------------------------- */

bool settings_is_service_linked(const char *role)
{
    static const char prefix[] = "AWSServiceRoleFor";
    return strncmp(role, prefix, strlen(prefix)) == 0;
}

void settings_check_role(struct mistakes *mistakes, const struct ecs_settings *settings, const void *object,
                         const char *key, const char *name)
{
    const char *nearest;
    if (!name || !settings->roles.items || settings_is_service_linked(name) ||
        collection_has(mistakes, "roles", name, &nearest))
        return;
    warn(mistakes, object, key, "`%s` is not among the scenario's `roles`, so it is missing%s%s%s", name,
         nearest ? "; did you mean `" : "", nearest ? nearest : "", nearest ? "`?" : "");
}

static void use(struct ecs_settings *settings, const char *role)
{
    symbol_enter(&settings->by_name[NAMED_ROLE_IN_USE], role, role);
}

static void use_of_definition(struct ecs_settings *settings,
                              const struct task_definition_settings *definition)
{
    use(settings, definition->task_role);
    use(settings, definition->execution_role);
}

static void use_of_hosts(struct ecs_settings *settings)
{
    EACH(struct launch_template_settings, template, settings->launch_templates)
        use(settings, template->data.instance_profile.name);
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups)
        use(settings, group->simulation.host.instance_profile.name);
    EACH(struct container_instance_settings, host, settings->container_instances)
        use(settings, host->simulation.host.instance_profile.name);
}

/* What is made later. */
static void use_of_actions(struct ecs_settings *settings)
{
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct task_definition_settings *registered =
            settings_of_action(entry, "registerTaskDefinition");
        const struct service_settings *created = settings_of_action(entry, "createService");
        if (registered)
            use_of_definition(settings, registered);
        if (created)
            use(settings, created->role);
    }
}

void settings_index_roles(struct ecs_settings *settings)
{
    EACH(struct task_definition_settings, definition, settings->task_definitions)
        use_of_definition(settings, definition);
    EACH(struct service_settings, service, settings->services)
        use(settings, service->role);
    EACH(struct scalable_target_settings, target, settings->scalable_targets)
        use(settings, target->role);
    use_of_hosts(settings);
    use_of_actions(settings);
}

void settings_check_role_is_named(struct mistakes *mistakes, const struct ecs_settings *settings,
                                  const void *object, const char *name)
{
    if (name && settings_is_service_linked(name)) /* [IAM: service-linked roles] */
        mistake(mistakes, object, "roleName", "`%s` is a service-linked role: AWS's own, and not to change",
                name);
    else if (name && !settings_named(settings, NAMED_ROLE_IN_USE, name))
        mistake(mistakes, object, "roleName", "nothing in this scenario has the role `%s`", name);
}
