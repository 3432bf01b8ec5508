#include "models/ecs/volume/volume_rules.h"

enum mount mount_of_ebs(const struct ebs_sight *sight)
{
    if (!sight->is_found && !sight->autoprovisions)
        return MOUNT_NOT_FOUND;
    if (sight->is_impaired)
        return MOUNT_STALLS;
    if (!sight->is_found)
        return MOUNT_MAKES;
    if (sight->is_here)
        return MOUNT_SHARES;
    if (sight->is_elsewhere)
        return sight->preempts ? MOUNT_TAKES : MOUNT_HELD;
    return MOUNT_ATTACHES;
}

enum mount mount_of_efs(bool has_target, bool is_lost)
{
    if (!has_target)
        return MOUNT_NO_TARGET;
    return is_lost ? MOUNT_STALLS : MOUNT_ATTACHES;
}

bool mount_fails(enum mount mount)
{
    return mount >= MOUNT_NOT_FOUND;
}

bool lacks_data(bool keeps, bool some_were_left, bool are_here)
{
    return keeps && some_were_left && !are_here;
}
