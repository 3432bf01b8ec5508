#include "models/ecs/task/run_task_request.h"
#include "models/ecs/task/task_definition.h"

struct placement_request run_task_request(const struct task_definition *definition, placement_group group,
                                          const struct run_task_settings *run, rng_key draw)
{
    struct placement_request request = definition_request(definition);
    request.group = group;
    request.availability_zones = definition_zones(definition, &run->network_configuration);
    request.strategies =
        run->placement_strategies.count ? &run->placement_strategies : &placement_default_for_run_task;
    request.constraints[1] = &run->placement_constraints;
    request.draw = draw;
    return request;
}
