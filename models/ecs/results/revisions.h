/* Two revisions of a task definition, compared: what their difference means for ECS, and whether it deploys.
 *
 * A registered definition never changes; a registration makes a new revision, whatever it holds
 * [API:RegisterTaskDefinition]. An UpdateService that names another revision starts a deployment, even where
 * both say the same; one that names the service's own deploys nothing, unless forceNewDeployment says so or
 * another setting of a service revision changes [API:UpdateService].
 *
 * Settled: in any network mode but bridge a port of the host is the container's, whether or not a definition
 * says it, so there it is no difference. Tags are the resource's, and AWS prints them beside the definition;
 * they are not compared. */
#ifndef MODELS_ECS_REVISIONS_H
#define MODELS_ECS_REVISIONS_H

#include "sim/engine/model.h"

extern const struct revisions ecs_revisions;

/* For struct revisions: what it means, in lines. */
void revisions_explain(const struct revision_side revisions[2], bool differ, struct text *);

#endif
