/* What audit() asks, a file for each subject. */
#ifndef MODELS_ECS_SUBJECTS_H
#define MODELS_ECS_SUBJECTS_H

#include "models/ecs/world.h"

#ifdef ECSIM_AUDIT
struct task_counts audit_tasks(const struct task *first, struct deployment *); /* counts them anew */
void audit_service(const struct world *, const struct service *);
void audit_load(const struct service *);
void audit_jobs(const struct world *);
void audit_task_loads(const struct world *);
void audit_host(const struct world *, const struct container_instance *);
void audit_images(const struct world *, const struct container_instance *);
void audit_disk(const struct world *, const struct container_instance *);
void audit_launching(const struct world *);
void audit_fargate(const struct world *);
void audit_group(struct world *, struct auto_scaling_group *);
void audit_roster(struct world *, struct auto_scaling_group *); /* also whom it would give up now */
void audit_spot_pool(const struct world *, const struct spot_pool *);
void audit_scaling(const struct world *);
void audit_volumes(const struct world *);
void audit_provisioning(struct world *);
void audit_tasks_without_host(const struct world *);
#endif

#endif
