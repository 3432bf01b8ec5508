/* ECS Task State Change. [DG:ecs_task_events; fields that its samples do not show, of API:Task]
 *
 * What no model of a task could know (ids, digests, addresses) is a fixed function of names. */
#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/image/image.h"
#include "models/ecs/image/pull_parts.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/results/event_document.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task.h"
#include <string.h>
#include <strings.h>

static void add_number_text(struct json *json, const char *key, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", (long)number);
    json_string(json, key, text);
}

/* --- containers ------------------------------------------------------------------------------- */

static void add_container_end(struct json *json, const struct container *container)
{
    if (container->exit_code != EXIT_CODE_UNKNOWN)
        json_integer(json, "exitCode", container->exit_code);
    if (container->reason)
        json_string(json, "reason", container->reason);
}

/* Pinned, pulled, or, of an image that the scenario does not list, a function of its name. */
static void add_image(struct json *json, const struct task *task, int container)
{
    const char *name = task->definition->containers[container].settings->image;
    const char *pinned = name ? strstr(name, "@sha256:") : NULL;
    const struct image *image = pull_image(task, container);
    char digest[IMAGE_DIGEST_SIZE];
    if (!name)
        return;
    json_string(json, "image", name);
    if (task->pull_stopped_at == SIMTIME_NEVER)
        return;
    image_digest_id(digest, name);
    json_string(json, "imageDigest", image ? image->digest : pinned ? pinned + 1 : digest);
}

static const char *container_arn(const struct world *world, struct text *out, const char *id)
{
    text_clear(out);
    text_add_format(out, "arn:aws:ecs:%s:" ECS_ACCOUNT ":container/%s/%s", world->region, world->cluster_name,
                    id);
    return out->bytes;
}

static bool has_interface(const struct task *task)
{
    return task->instance && task->definition->settings->network_mode == NETWORK_AWSVPC;
}

/* Their ids are numbered within the task. */
enum { ATTACHED_INTERFACE, ATTACHED_VOLUME };

/* One for all containers of a task in awsvpc mode. */
static void add_network_interfaces(struct json *json, const struct task *task)
{
    char id[UUID_SIZE], address[32];
    uint64_t bits = rng_bits(rng_open(0, rng_name("address"), task->who, 0), 0);
    json_begin_array(json, "networkInterfaces");
    if (has_interface(task) && task->last_status > TASK_PROVISIONING) {
        uuid(id, task->name, ATTACHED_INTERFACE);
        snprintf(address, sizeof address, "10.0.%u.%u", (unsigned)(bits & 0xff),
                 (unsigned)(bits >> 8 & 0xff));
        json_begin_object(json, NULL);
        json_string(json, "attachmentId", id);
        json_string(json, "privateIpv4Address", address);
        json_end_object(json);
    }
    json_end_array(json);
}

static void add_container(struct world *world, struct document *document, const struct task *task, int index)
{
    const struct container_settings *settings = task->definition->containers[index].settings;
    const struct container *container = &task->containers[index];
    bool stopped = task->last_status == TASK_STOPPED || container->status == CONTAINER_STOPPED;
    struct json *json = &document->json;
    char id[HEX_ID_SIZE];
    container_id(id, &document->arn, task, settings->name);
    json_begin_object(json, NULL);
    json_string(json, "containerArn", container_arn(world, &document->arn, id));
    json_string(json, "name", settings->name);
    json_string(json, "lastStatus", stopped ? "STOPPED" : container_status_name(task, index));
    add_image(json, task, index);
    if (container->status >= CONTAINER_RUNNING)
        json_string(json, "runtimeId", id);
    json_string(json, "taskArn", task_arn(world, &document->arn, task));
    add_network_interfaces(json, task);
    if (settings->cpu != ABSENT)
        add_number_text(json, "cpu", settings->cpu);
    if (settings->memory_mib != ABSENT)
        add_number_text(json, "memory", settings->memory_mib);
    if (stopped)
        add_container_end(json, container);
    json_end_object(json);
}

static void add_containers(struct world *world, struct document *document, const struct task *task)
{
    struct json *json = &document->json;
    json_begin_array(json, "containers");
    for (int i = 0; i < task->definition->container_count; i++)
        add_container(world, document, task, i);
    json_end_array(json);
}

/* --- the task --------------------------------------------------------------------------------- */

static void add_task_times(struct world *world, struct json *json, const struct task *task)
{
    event_add_time(world, json, "createdAt", task->created_at);
    event_add_time(world, json, "pullStartedAt", task->pull_started_at);
    event_add_time(world, json, "pullStoppedAt", task->pull_stopped_at);
    event_add_time(world, json, "startedAt", task->started_at);
    event_add_time(world, json, "stoppingAt", task->stopping_at);
    event_add_time(world, json, "stoppedAt", task->stopped_at);
    event_add_time(world, json, "updatedAt", world->run->now);
}

static const char *attachment_status(const struct task *task)
{
    return task->last_status == TASK_PROVISIONING ? "ATTACHING"
           : task->last_status == TASK_STOPPED    ? "DELETED"
                                                  : "ATTACHED";
}

/* What is attached: its kind, and its id as the detail of this name. */
struct attachment {
    const char *type, *prefix, *detail;
};

static void add_attachment(struct json *json, const struct task *task, const struct attachment *attachment,
                           int64_t number)
{
    char id[UUID_SIZE], instance_id[EC2_ID_SIZE], attached[EC2_ID_SIZE + 4];
    uuid(id, task->name, number);
    ec2_instance_id(instance_id, task->name);
    snprintf(attached, sizeof attached, "%s%s", attachment->prefix, instance_id + strlen("i-"));
    json_begin_object(json, NULL);
    json_string(json, "id", id);
    json_string(json, "type", attachment->type);
    json_string(json, "status", attachment_status(task));
    json_begin_array(json, "details");
    json_begin_object(json, NULL);
    json_string(json, "name", attachment->detail);
    json_string(json, "value", attached);
    json_end_object(json);
    json_end_array(json);
    json_end_object(json);
}

/* The network interface, and an EBS volume that ECS made for it, from the end of PROVISIONING until
 * DEPROVISIONING has ended. [DG:troubleshoot-ebs-volumes] */
static void add_attachments(struct json *json, const struct task *task)
{
    static const struct attachment interface = {"eni", "eni-", "networkInterfaceId"};
    static const struct attachment volume = {"AmazonElasticBlockStorage", "vol-", "volumeId"};
    json_begin_array(json, "attachments");
    if (has_interface(task))
        add_attachment(json, task, &interface, ATTACHED_INTERFACE);
    if (task->instance && volume_is_managed(task->definition))
        add_attachment(json, task, &volume, ATTACHED_VOLUME);
    json_end_array(json);
}

static bool is_on_fargate(const struct task *task)
{
    return task->instance && task->instance->fargate;
}

/* A task that waits for a host has what its definition asks for. */
static bool is_arm(const struct task *task)
{
    if (!task->instance || task->instance->fargate)
        return task->definition->settings->runtime_platform.cpu_architecture == ARCHITECTURE_ARM64;
    return strcmp(task->instance->type->arch, "arm64") == 0;
}

static void add_attributes(struct json *json, const struct task *task)
{
    json_begin_array(json, "attributes");
    json_begin_object(json, NULL);
    json_string(json, "name", "ecs.cpu-architecture");
    json_string(json, "value", is_arm(task) ? "arm64" : "x86_64");
    json_end_object(json);
    json_end_array(json);
}

/* It has none while it waits for a host. */
static void add_zone(struct json *json, const struct task *task)
{
    if (task->instance)
        json_string(json, "availabilityZone", task->instance->zone->name);
}

/* The agent was connected when the pull began, at the latest. */
static void add_connectivity(const struct world *world, struct json *json, const struct task *task)
{
    if (!task->instance)
        return;
    json_string(json, "connectivity", instance_reachable(task->instance) ? "CONNECTED" : "DISCONNECTED");
    event_add_time(world, json, "connectivityAt", task->pull_started_at);
}

/* LATEST is the default. [DG:platform-fargate] */
static const char *platform_version(const struct task *task)
{
    const char *asked = task->deployment ? task->deployment->platform_version : NULL;
    return asked && strcasecmp(asked, "LATEST") ? asked : "1.4.0";
}

static void add_fargate(struct json *json, const struct task *task)
{
    json_begin_object(json, "ephemeralStorage");
    json_integer(json, "sizeInGiB", task->definition->settings->ephemeral_storage.size_gib);
    json_end_object(json);
    json_string(json, "platformVersion", platform_version(task));
}

/* Its provider, and what only one of the two launch types has. */
static void add_machine(struct world *world, struct document *document, const struct task *task)
{
    struct json *json = &document->json;
    if (task->provider)
        json_string(json, "capacityProviderName", task->provider->name);
    if (is_on_fargate(task))
        add_fargate(json, task);
    else if (task->instance)
        json_string(json, "containerInstanceArn", instance_arn(world, &document->arn, task->instance));
}

/* Nobody overrides a container here, and nobody opens a shell in it. */
static void add_overrides(struct json *json, const struct task *task)
{
    json_bool(json, "enableExecuteCommand", false);
    json_begin_object(json, "overrides");
    json_begin_array(json, "containerOverrides");
    for (int i = 0; i < task->definition->container_count; i++) {
        json_begin_object(json, NULL);
        json_string(json, "name", task->definition->containers[i].settings->name);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

static void add_stop(struct json *json, const struct task *task)
{
    if (!task->stopping)
        return;
    json_string(json, "stopCode", stop_code_names[task->stop_code]);
    json_string(json, "stoppedReason", task->stopped_reason);
}

void event_task_changed(struct world *world, struct task *task)
{
    task->version++;
    if (!event_wanted(world, RECORDED_TASK))
        return;
    struct document document = {0};
    struct json *json =
        event_begin(world, &document, "ECS Task State Change", task_arn(world, &document.arn, task));
    add_attachments(json, task);
    add_attributes(json, task);
    add_zone(json, task);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    add_connectivity(world, json, task);
    add_machine(world, &document, task);
    add_containers(world, &document, task);
    add_number_text(json, "cpu", task->definition->settings->reserved_cpu);
    add_number_text(json, "memory", task->definition->settings->reserved_memory_mib);
    add_task_times(world, json, task);
    json_string(json, "desiredStatus", task->stopping ? "STOPPED" : "RUNNING");
    add_overrides(json, task);
    json_string(json, "group", task->group_name);
    json_string(json, "launchType", is_on_fargate(task) ? "FARGATE" : "EC2");
    json_string(json, "lastStatus", task_status_names[task->last_status]);
    if (task->deployment)
        json_string(json, "startedBy", task->deployment->name);
    add_stop(json, task);
    json_string(json, "taskArn", task_arn(world, &document.arn, task));
    json_string(json, "taskDefinitionArn", task_definition_arn(world, &document.arn, task->definition));
    json_integer(json, "version", task->version);
    event_end(world, &document);
}
