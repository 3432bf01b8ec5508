#include "models/ecs/ids.h"
#include <stdio.h>

void hex_id(char id[HEX_ID_SIZE], const char *kind, const char *name)
{
    rng_key key = rng_open(0, rng_name(kind), rng_name(name), 0);
    uint64_t high = rng_bits(key, 0), low = rng_bits(key, 1);
    snprintf(id, HEX_ID_SIZE, "%016llx%016llx", (unsigned long long)high, (unsigned long long)low);
}

void uuid(char id[UUID_SIZE], const char *kind, int64_t number)
{
    rng_key key = rng_open(0, rng_name(kind), (uint64_t)number, 0);
    uint64_t high = rng_bits(key, 0), low = rng_bits(key, 1);
    snprintf(id, UUID_SIZE, "%08x-%04x-4%03x-a%03x-%012llx", (unsigned)(high >> 32),
             (unsigned)(high >> 16) & 0xffff, (unsigned)high & 0xfff, (unsigned)(low >> 48) & 0xfff,
             (unsigned long long)low & 0xffffffffffffull);
}

void container_id(char id[HEX_ID_SIZE], struct text *scratch, const struct task *task, const char *name)
{
    text_clear(scratch);
    text_add_format(scratch, "%s/%s", task->name, name);
    hex_id(id, "container", scratch->bytes);
}

void ec2_instance_id(char id[EC2_ID_SIZE], const char *name)
{
    uint64_t bits = rng_bits(rng_open(0, rng_name("ec2"), rng_name(name), 0), 0);
    snprintf(id, EC2_ID_SIZE, "i-0%016llx", (unsigned long long)bits);
}

static void begin_arn(const struct world *world, struct text *out, const char *kind)
{
    text_clear(out);
    text_add(out, "arn:aws:ecs:");
    text_add(out, world->region);
    text_add(out, ":" ECS_ACCOUNT ":");
    text_add(out, kind);
}

static void add_part(struct text *out, const char *part)
{
    text_add_char(out, '/');
    text_add(out, part);
}

void image_digest_id(char id[IMAGE_DIGEST_SIZE], const char *image)
{
    char high[HEX_ID_SIZE], low[HEX_ID_SIZE];
    hex_id(high, "image digest", image);
    hex_id(low, "image digest, second half", image);
    snprintf(id, IMAGE_DIGEST_SIZE, "sha256:%s%s", high, low);
}

const char *cluster_arn(const struct world *world, struct text *out)
{
    begin_arn(world, out, "cluster");
    add_part(out, world->cluster_name);
    return out->bytes;
}

const char *task_arn(const struct world *world, struct text *out, const struct task *task)
{
    char id[HEX_ID_SIZE];
    hex_id(id, "task", task->name);
    begin_arn(world, out, "task");
    add_part(out, world->cluster_name);
    add_part(out, id);
    return out->bytes;
}

const char *instance_arn(const struct world *world, struct text *out,
                         const struct container_instance *instance)
{
    char id[HEX_ID_SIZE];
    hex_id(id, "container-instance", instance->name);
    begin_arn(world, out, "container-instance");
    add_part(out, world->cluster_name);
    add_part(out, id);
    return out->bytes;
}

const char *service_arn(const struct world *world, struct text *out, const struct service *service)
{
    begin_arn(world, out, "service");
    add_part(out, world->cluster_name);
    add_part(out, service->name);
    return out->bytes;
}

const char *service_deployment_arn(const struct world *world, struct text *out,
                                   const struct deployment *deployment)
{
    char id[HEX_ID_SIZE], name[600];
    snprintf(name, sizeof name, "%s/%s", deployment->service->name, deployment->name);
    hex_id(id, "service-deployment", name);
    begin_arn(world, out, "service-deployment");
    add_part(out, world->cluster_name);
    add_part(out, deployment->service->name);
    add_part(out, id);
    return out->bytes;
}

const char *task_definition_arn(const struct world *world, struct text *out,
                                const struct task_definition *definition)
{
    begin_arn(world, out, "task-definition");
    add_part(out, definition->name);
    return out->bytes;
}
