/* Whether an update of a service starts a deployment. Pure. [API:UpdateServiceRequest;
 * DG:service_definition_parameters]
 *
 *     starts one, if it changes               starts none
 *     ----------------------------------      --------------------------------
 *     taskDefinition                          desiredCount
 *     networkConfiguration                    deploymentConfiguration
 *     loadBalancers                           placementConstraints
 *     serviceRegistries                       placementStrategy
 *     serviceConnectConfiguration             availabilityZoneRebalancing
 *     volumeConfigurations                    healthCheckGracePeriodSeconds
 *     vpcLatticeConfigurations                enableExecuteCommand
 *     platformVersion                         enableECSManagedTags
 *     forceNewDeployment, always              propagateTags
 *
 * An update that says what the service has deploys nothing [API:UpdateServiceRequest.forceNewDeployment].
 * What is not modelled is compared as it is written, the order of its fields included. An empty list of load
 * balancers is none that was given. */
#ifndef MODELS_ECS_SERVICE_UPDATE_H
#define MODELS_ECS_SERVICE_UPDATE_H

#include "models/ecs/world.h"

/* `definition` is what the update leads to. */
bool update_deploys(const struct service *, const struct task_definition *definition,
                    const struct update_service_settings *);

/* Whether it says anything of the left column: it deploys, unless that is what the service has. */
bool update_may_deploy(const struct update_service_settings *);

#endif
