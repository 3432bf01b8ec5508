/* Ids and ARNs as AWS prints them: a fixed function of the names, so that the same scenario has the same ids
 * everywhere. */
#ifndef MODELS_ECS_IDS_H
#define MODELS_ECS_IDS_H

#include "models/ecs/world.h"

#define ECS_ACCOUNT "111122223333"

enum { HEX_ID_SIZE = 33, UUID_SIZE = 37, EC2_ID_SIZE = 20, IMAGE_DIGEST_SIZE = 72 };

void hex_id(char id[HEX_ID_SIZE], const char *kind, const char *name); /* 32 hexadecimal digits */
void uuid(char id[UUID_SIZE], const char *kind, int64_t number);
void ec2_instance_id(char id[EC2_ID_SIZE], const char *name);        /* i-0123456789abcdef0 */
void image_digest_id(char id[IMAGE_DIGEST_SIZE], const char *image); /* sha256:… */
/* Of a container, its runtimeId too; the text is overwritten. */
void container_id(char id[HEX_ID_SIZE], struct text *scratch, const struct task *, const char *name);

/* arn:aws:ecs:REGION:ACCOUNT:kind/… ; each replaces the text. */
const char *cluster_arn(const struct world *, struct text *);
const char *task_arn(const struct world *, struct text *, const struct task *);
const char *instance_arn(const struct world *, struct text *, const struct container_instance *);
const char *service_arn(const struct world *, struct text *, const struct service *);
const char *service_deployment_arn(const struct world *, struct text *, const struct deployment *);
const char *task_definition_arn(const struct world *, struct text *, const struct task_definition *);

#endif
