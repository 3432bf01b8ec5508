/* roles: which IAM roles there are. [API iam:Role]
 *
 * Without the section every role that something names exists and may what it is for. With it, even if it is
 * empty, a role that is named and not listed is missing, and the reader warns. Service-linked roles are AWS's
 * own: people need not name them, describe-* does, and they are never missing. [IAM: service-linked roles]
 * An instance profile counts as the role of its name, as the console makes them (a choice). */
#ifndef MODELS_SETTINGS_ROLE_H
#define MODELS_SETTINGS_ROLE_H

#include "sim/engine/param.h"

struct ecs_settings;

struct role_settings {
    const char *name;
};

struct instance_profile_settings { /* [API ec2:IamInstanceProfileSpecification] */
    const char *name;
};

/* createRole, deleteRole, attachRolePolicy, detachRolePolicy. */
struct role_action_settings {
    const char *role, *policy;
};

bool settings_is_service_linked(const char *role);

/* Warns where the role is missing at the start; the name may be NULL. */
void settings_check_role(struct mistakes *, const struct ecs_settings *, const void *object, const char *key,
                         const char *name);
/* Refuses the name of a role that is not to change, or that nothing in the scenario has. */
void settings_check_role_is_named(struct mistakes *, const struct ecs_settings *, const void *object,
                                  const char *name);

#endif
