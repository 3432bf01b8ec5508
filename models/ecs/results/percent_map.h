/* The percentage map: what each pair of minimumHealthyPercent and maximumPercent does to the last deployment
 * of a service.
 *
 * The service must be one of `services` that deploys rolling, for the other strategies go by no percentage
 * until CLEAN_UP (staged_deployment.h), and whose percentages no update sets. Where no update of the scenario
 * deploys it (service_update.h), one is added: a minute into the run, or at a tenth of one that is shorter
 * than ten, the same revision is deployed anew. Where services start from nothing there is no good time for
 * that; the scenario must say one.
 *
 * Of the settings under which the deployment completes and every promise is kept, the one is chosen that
 * keeps most tasks healthy; of those the fastest; of those the one that needs least room. What is equal then
 * goes to ECS's own default, 100/200 [API:DeploymentConfiguration], else to the smaller maximum, and last to
 * the greater minimum. */
#ifndef MODELS_ECS_PERCENT_MAP_H
#define MODELS_ECS_PERCENT_MAP_H

#include "sim/engine/model.h"

/* The figures of the map, in the order of map_setting.figures. */
enum map_figure_name { MAP_DURATION, MAP_LEAST_HEALTHY, MAP_EXTRA_TASKS, MAP_DESIRED, MAP_FIGURES };

extern const struct study_map ecs_percent_map;

#endif
