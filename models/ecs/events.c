#include "models/ecs/events.h"
#include "models/ecs/container.h"
#include "models/ecs/container_instance.h"
#include "models/ecs/event_document.h"
#include "models/ecs/expect.h"
#include "models/ecs/ids.h"
#include "models/ecs/rows.h"
#include "models/ecs/task.h"
#include <string.h>
#include <strings.h>

/* --- the envelope ----------------------------------------------------------------------------- */

bool event_wanted(const struct world *world, const char *kind)
{
    const struct list *kinds = &world->settings->record_events;
    if (world->starting || !run_wants(world->run, SERIES_EVENTS))
        return false;
    if (!kinds->count)
        return true;
    for (size_t i = 0; i < kinds->count; i++)
        if (!strcmp(*LIST_AT(const char *, *kinds, i), kind))
            return true;
    return false;
}

void event_add_time(const struct world *world, struct json *json, const char *key, simtime at)
{
    char text[SIMTIME_TEXT_SIZE];
    if (at == SIMTIME_NEVER)
        return;
    simtime_format_utc(text, world->settings->run.start_time_us + at);
    json_string(json, key, text);
}

struct json *event_begin(struct world *world, struct document *document, const char *detail_type,
                         const char *resource)
{
    struct json *json = &document->json;
    char id[UUID_SIZE];
    *json = (struct json){.out = &document->text, .one_line = true};
    uuid(id, "event", ++world->event_ids);
    json_begin_object(json, NULL);
    json_string(json, "version", "0");
    json_string(json, "id", id);
    json_string(json, "detail-type", detail_type);
    json_string(json, "source", "aws.ecs");
    json_string(json, "account", ECS_ACCOUNT);
    event_add_time(world, json, "time", world->run->now);
    json_string(json, "region", world->region);
    json_begin_array(json, "resources");
    json_string(json, NULL, resource);
    json_end_array(json);
    json_begin_object(json, "detail");
    return json;
}

void event_end(struct world *world, struct document *document)
{
    json_end_object(&document->json);
    json_end_object(&document->json);
    row_document(world, SERIES_EVENTS, &document->text);
    text_free(&document->text);
    text_free(&document->arn);
}

static void add_number_text(struct json *json, const char *key, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", (long)number);
    json_string(json, key, text);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static void add_container_end(struct json *json, const struct container *container)
{
    if (container->exit_code != EXIT_CODE_UNKNOWN)
        json_integer(json, "exitCode", container->exit_code);
    if (container->reason)
        json_string(json, "reason", container->reason);
}

static void add_container(struct world *world, struct document *document, const struct task *task, int index)
{
    const struct container_settings *container = task->definition->containers[index].settings;
    bool stopped = task->last_status == TASK_STOPPED || task->containers[index].status == CONTAINER_STOPPED;
    struct json *json = &document->json;
    char id[HEX_ID_SIZE], name[600];
    snprintf(name, sizeof name, "%s/%s", task->name, container->name);
    hex_id(id, "container", name);
    json_begin_object(json, NULL);
    snprintf(name, sizeof name, "arn:aws:ecs:%s:" ECS_ACCOUNT ":container/%s", world->region, id);
    json_string(json, "containerArn", name);
    json_string(json, "name", container->name);
    json_string(json, "lastStatus", stopped ? "STOPPED" : container_status_name(task, index));
    if (container->image)
        json_string(json, "image", container->image);
    json_string(json, "taskArn", task_arn(world, &document->arn, task));
    if (container->cpu != ABSENT)
        add_number_text(json, "cpu", container->cpu);
    if (container->memory_mib != ABSENT)
        add_number_text(json, "memory", container->memory_mib);
    if (stopped)
        add_container_end(json, &task->containers[index]);
    json_end_object(json);
}

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

/* The network interface, from the end of PROVISIONING until DEPROVISIONING has ended. */
static void add_interface(struct json *json, const struct task *task)
{
    char id[UUID_SIZE], instance_id[EC2_ID_SIZE], interface[EC2_ID_SIZE + 4];
    uuid(id, task->name, 0);
    ec2_instance_id(instance_id, task->name);
    snprintf(interface, sizeof interface, "eni-%s", instance_id + strlen("i-"));
    json_begin_array(json, "attachments");
    json_begin_object(json, NULL);
    json_string(json, "id", id);
    json_string(json, "type", "eni");
    json_string(json, "status",
                task->last_status == TASK_PROVISIONING ? "ATTACHING"
                : task->last_status == TASK_STOPPED    ? "DELETED"
                                                       : "ATTACHED");
    json_begin_array(json, "details");
    json_begin_object(json, NULL);
    json_string(json, "name", "networkInterfaceId");
    json_string(json, "value", interface);
    json_end_object(json);
    json_end_array(json);
    json_end_object(json);
    json_end_array(json);
}

/* LATEST is the default. [DG:platform-fargate] */
static const char *platform_version(const struct task *task)
{
    const char *asked = task->deployment ? task->deployment->platform_version : NULL;
    return asked && strcasecmp(asked, "LATEST") ? asked : "1.4.0";
}

static void add_fargate(struct json *json, const struct task *task)
{
    add_interface(json, task);
    json_string(json, "connectivity", instance_reachable(task->instance) ? "CONNECTED" : "DISCONNECTED");
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
    if (task->instance->fargate) {
        add_fargate(json, task);
        return;
    }
    json_string(json, "containerInstanceArn", instance_arn(world, &document->arn, task->instance));
}

void event_task_changed(struct world *world, struct task *task)
{
    task->version++;
    if (!event_wanted(world, "task"))
        return;
    struct document document = {0};
    struct json *json =
        event_begin(world, &document, "ECS Task State Change", task_arn(world, &document.arn, task));
    json_string(json, "availabilityZone", task->instance->zone->name);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    add_machine(world, &document, task);
    json_begin_array(json, "containers");
    for (int i = 0; i < task->definition->container_count; i++)
        add_container(world, &document, task, i);
    json_end_array(json);
    add_number_text(json, "cpu", task->definition->settings->reserved_cpu);
    add_number_text(json, "memory", task->definition->settings->reserved_memory_mib);
    add_task_times(world, json, task);
    json_string(json, "desiredStatus", task->stopping ? "STOPPED" : "RUNNING");
    json_string(json, "group", task->group_name);
    json_string(json, "launchType", task->instance->fargate ? "FARGATE" : "EC2");
    json_string(json, "lastStatus", task_status_names[task->last_status]);
    if (task->deployment)
        json_string(json, "startedBy", task->deployment->name);
    if (task->stopping) {
        json_string(json, "stopCode", stop_code_names[task->stop_code]);
        json_string(json, "stoppedReason", task->stopped_reason);
    }
    json_string(json, "taskArn", task_arn(world, &document.arn, task));
    json_string(json, "taskDefinitionArn", task_definition_arn(world, &document.arn, task->definition));
    json_integer(json, "version", task->version);
    event_end(world, &document);
}

/* --- services and deployments ----------------------------------------------------------------- */

void event_service_action(struct world *world, struct service *service, const char *type, const char *name,
                          const char *reason)
{
    if (!world->starting)
        expect_event(world, service, name);
    if (!event_wanted(world, "service"))
        return;
    struct document document = {0};
    struct json *json =
        event_begin(world, &document, "ECS Service Action", service_arn(world, &document.arn, service));
    json_string(json, "eventType", type);
    json_string(json, "eventName", name);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    if (reason)
        json_string(json, "reason", reason);
    event_add_time(world, json, "createdAt", world->run->now);
    event_end(world, &document);
}

void event_deployment_changed(struct world *world, struct deployment *deployment, const char *type,
                              const char *name, const char *reason)
{
    if (!world->starting)
        expect_event(world, deployment->service, name);
    if (!event_wanted(world, "deployment"))
        return;
    struct document document = {0};
    struct json *json = event_begin(world, &document, "ECS Deployment State Change",
                                    service_arn(world, &document.arn, deployment->service));
    json_string(json, "eventType", type);
    json_string(json, "eventName", name);
    json_string(json, "deploymentId", deployment->name);
    event_add_time(world, json, "updatedAt", world->run->now);
    json_string(json, "reason", reason);
    event_end(world, &document);
}

void event_hook_changed(struct world *world, struct deployment *deployment, const struct hook_change *change)
{
    expect_event(world, deployment->service, change->name);
    if (!event_wanted(world, "deployment"))
        return;
    struct document document = {0};
    struct json *json = event_begin(world, &document, "ECS Hook State Change",
                                    service_arn(world, &document.arn, deployment->service));
    json_string(json, "eventType", change->type);
    json_string(json, "eventName", change->name);
    json_string(json, "hookId", change->hook_id);
    json_string(json, "hookType", change->hook_type);
    event_add_time(world, json, "expiresAt", change->expires_at);
    json_string(json, "lifecycleStage", change->stage);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    json_string(json, "serviceArn", service_arn(world, &document.arn, deployment->service));
    json_string(json, "serviceDeploymentArn", service_deployment_arn(world, &document.arn, deployment));
    event_add_time(world, json, "updatedAt", world->run->now);
    event_end(world, &document);
}
