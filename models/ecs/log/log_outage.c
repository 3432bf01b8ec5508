#include "models/ecs/log/log_outage.h"
#include "models/ecs/log/log_driver.h"
#include "models/ecs/results/rows.h"

typedef void task_visitor(struct world *, struct task *);

static void visit(struct world *world, struct task *first, task_visitor *visitor)
{
    for (struct task *task = first; task; task = task->next_in_deployment)
        visitor(world, task);
}

static void visit_deployments(struct world *world, struct deployment *newest, task_visitor *visitor)
{
    if (!newest)
        return;
    visit_deployments(world, newest->older, visitor);
    visit(world, newest->first, visitor);
}

static void visit_all(struct world *world, task_visitor *visitor)
{
    for (uint32_t i = 0; world->logs->any && i < world->service_count; i++)
        visit_deployments(world, world->services[i].primary, visitor);
    for (uint32_t i = 0; world->logs->any && i < world->family_count; i++)
        visit(world, world->families[i].first, visitor);
}

void fault_logs(struct world *world, enum log_outage kind, bool lost)
{
    static const char *const what[] = {[LOGS_UNREACHABLE] = "CloudWatch Logs is out of reach",
                                       [LOGS_THROTTLED] = "CloudWatch Logs throttles"};
    struct logs *logs = world->logs;
    logs->outages[kind] += lost ? 1 : -1;
    CHECK(logs->outages[kind] >= 0);
    if (lost)
        row_mark(world, NULL, "failure", what[kind]);
    if (lost)
        visit_all(world, log_driver_cut_off);
    else if (kind == LOGS_UNREACHABLE && !logs->outages[kind])
        visit_all(world, log_driver_create_groups);
    if (!lost)
        logs_reconnect(world);
}

void logs_reconnect(struct world *world)
{
    visit_all(world, log_driver_reconnect);
}

void logs_finish(struct world *world)
{
    visit_all(world, log_driver_finish);
}
