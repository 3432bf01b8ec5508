#include "models/ecs/deployment/service_deployment.h"
#include "models/ecs/results/rows.h"

const char *const service_deployment_status_names[] = {
    "PENDING",         "IN_PROGRESS",        "SUCCESSFUL",           "STOP_REQUESTED",
    "STOPPED",         "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_SUCCESSFUL",
    "ROLLBACK_FAILED",
};

void service_deployment_set(struct world *world, const struct deployment *deployment,
                            enum service_deployment_status status, const char *reason)
{
    deployment->service_deployment->status = status;
    row_service_deployment(world, deployment, reason);
}

void service_deployment_begin(struct world *world, struct deployment *deployment)
{
    struct service_deployment *record = arena_alloc(world->arena, sizeof *record);
    record->name = arena_format(world->arena, "%s/%ld", deployment->service->name, (long)deployment->number);
    deployment->service_deployment = record;
    service_deployment_set(world, deployment, SERVICE_DEPLOYMENT_PENDING, NULL);
}

bool service_deployment_rolls_back(const struct service_deployment *record)
{
    return record->status == SERVICE_DEPLOYMENT_ROLLBACK_REQUESTED ||
           record->status == SERVICE_DEPLOYMENT_ROLLBACK_IN_PROGRESS;
}

static bool is_over(const struct service_deployment *record)
{
    return record->status == SERVICE_DEPLOYMENT_SUCCESSFUL || record->status == SERVICE_DEPLOYMENT_STOPPED ||
           record->status == SERVICE_DEPLOYMENT_ROLLBACK_SUCCESSFUL ||
           record->status == SERVICE_DEPLOYMENT_ROLLBACK_FAILED;
}

/* [DG:service-deployment] */
void service_deployment_superseded(struct world *world, const struct deployment *deployment)
{
    const struct service_deployment *record = deployment->service_deployment;
    if (!is_over(record) && record->status != SERVICE_DEPLOYMENT_STOP_REQUESTED)
        service_deployment_set(world, deployment, SERVICE_DEPLOYMENT_STOP_REQUESTED, NULL);
}

static void advance(struct world *world, const struct deployment *deployment)
{
    switch (deployment->service_deployment->status) {
    case SERVICE_DEPLOYMENT_PENDING:
        service_deployment_set(world, deployment, SERVICE_DEPLOYMENT_IN_PROGRESS, deployment->state_reason);
        break;
    case SERVICE_DEPLOYMENT_STOP_REQUESTED:
        service_deployment_set(world, deployment, SERVICE_DEPLOYMENT_STOPPED, deployment->state_reason);
        break;
    case SERVICE_DEPLOYMENT_ROLLBACK_REQUESTED:
        service_deployment_set(world, deployment, SERVICE_DEPLOYMENT_ROLLBACK_IN_PROGRESS,
                               deployment->state_reason);
        break;
    default:
        break;
    }
}

/* The PRIMARY first: a rollback, which it shares with the one that failed, is told of the deployment that
 * comes back. */
void service_deployments_advance(struct world *world, struct service *service)
{
    for (struct deployment *each = service->primary; each; each = each->older)
        advance(world, each);
}
