/* Who looks at metrics. */
#include "models/settings/tables.h"

bool settings_need_metrics(const struct ecs_settings *settings)
{
    return settings->scaling_policies.count > 0;
}
