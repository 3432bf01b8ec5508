#include "models/ecs/events.h"
#include "models/ecs/container_instance.h"
#include "models/ecs/expect.h"
#include "models/ecs/ids.h"
#include "models/ecs/rows.h"
#include "models/ecs/task.h"
#include <string.h>

/* --- the envelope ----------------------------------------------------------------------------- */

struct document {
    struct text text, arn;
    struct json json;
};

static bool wanted(const struct world *world, const char *kind)
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

static void add_time(const struct world *world, struct json *json, const char *key, simtime at)
{
    char text[SIMTIME_TEXT_SIZE];
    if (at == SIMTIME_NEVER)
        return;
    simtime_format_utc(text, world->settings->run.start_time_us + at);
    json_string(json, key, text);
}

static struct json *begin(struct world *world, struct document *document, const char *detail_type,
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
    add_time(world, json, "time", world->run->now);
    json_string(json, "region", world->region);
    json_begin_array(json, "resources");
    json_string(json, NULL, resource);
    json_end_array(json);
    json_begin_object(json, "detail");
    return json;
}

static void end(struct world *world, struct document *document)
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

static void add_container(struct world *world, struct document *document, const struct task *task,
                          const struct container_settings *container)
{
    struct json *json = &document->json;
    char id[HEX_ID_SIZE], name[600];
    snprintf(name, sizeof name, "%s/%s", task->name, container->name);
    hex_id(id, "container", name);
    json_begin_object(json, NULL);
    snprintf(name, sizeof name, "arn:aws:ecs:%s:" ECS_ACCOUNT ":container/%s", world->region, id);
    json_string(json, "containerArn", name);
    json_string(json, "name", container->name);
    json_string(json, "lastStatus",
                task->last_status == TASK_STOPPED ? "STOPPED"
                : task->process_up                ? "RUNNING"
                                                  : "PENDING");
    if (container->image)
        json_string(json, "image", container->image);
    json_string(json, "taskArn", task_arn(world, &document->arn, task));
    if (container->cpu != ABSENT)
        add_number_text(json, "cpu", container->cpu);
    if (container->memory_mib != ABSENT)
        add_number_text(json, "memory", container->memory_mib);
    if (task->last_status == TASK_STOPPED && task->exit_code != ABSENT)
        json_integer(json, "exitCode", task->exit_code);
    json_end_object(json);
}

static void add_task_times(struct world *world, struct json *json, const struct task *task)
{
    add_time(world, json, "createdAt", task->created_at);
    add_time(world, json, "pullStartedAt", task->pull_started_at);
    add_time(world, json, "pullStoppedAt", task->pull_stopped_at);
    add_time(world, json, "startedAt", task->started_at);
    add_time(world, json, "stoppingAt", task->stopping_at);
    add_time(world, json, "stoppedAt", task->stopped_at);
    add_time(world, json, "updatedAt", world->run->now);
}

void event_task_changed(struct world *world, struct task *task)
{
    task->version++;
    if (!wanted(world, "task"))
        return;
    struct document document = {0};
    struct json *json =
        begin(world, &document, "ECS Task State Change", task_arn(world, &document.arn, task));
    json_string(json, "availabilityZone", task->instance->zone->name);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    json_string(json, "containerInstanceArn", instance_arn(world, &document.arn, task->instance));
    json_begin_array(json, "containers");
    EACH(struct container_settings, container, task->definition->settings->containers)
        add_container(world, &document, task, container);
    json_end_array(json);
    add_number_text(json, "cpu", task->definition->settings->reserved_cpu);
    add_number_text(json, "memory", task->definition->settings->reserved_memory_mib);
    add_task_times(world, json, task);
    json_string(json, "desiredStatus", task->stopping ? "STOPPED" : "RUNNING");
    json_string(json, "group", task->group_name);
    json_string(json, "launchType", "EC2");
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
    end(world, &document);
}

/* --- hosts ------------------------------------------------------------------------------------ */

static void add_resource(struct json *json, const char *name, int64_t value)
{
    json_begin_object(json, NULL);
    json_string(json, "name", name);
    json_string(json, "type", "INTEGER");
    json_integer(json, "integerValue", value);
    json_end_object(json);
}

void event_instance_changed(struct world *world, struct container_instance *instance)
{
    if (!wanted(world, "instance") || instance->placement == PLACEMENT_NONE)
        return;
    const struct placement_facts *facts = placement_see(world->placement, instance->placement);
    struct document document = {0};
    char id[EC2_ID_SIZE];
    struct json *json = begin(world, &document, "ECS Container Instance State Change",
                              instance_arn(world, &document.arn, instance));
    ec2_instance_id(id, instance->name);
    json_bool(json, "agentConnected", instance->agent_connected);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    json_string(json, "containerInstanceArn", instance_arn(world, &document.arn, instance));
    json_string(json, "ec2InstanceId", id);
    json_begin_array(json, "registeredResources");
    add_resource(json, "CPU", instance->registered_cpu);
    add_resource(json, "MEMORY", instance->registered_memory_mib);
    json_end_array(json);
    json_begin_array(json, "remainingResources");
    add_resource(json, "CPU", facts->cpu);
    add_resource(json, "MEMORY", facts->memory_mib);
    json_end_array(json);
    json_string(json, "status", instance_status_names[instance->status]);
    json_integer(json, "version", ++instance->version);
    add_time(world, json, "updatedAt", world->run->now);
    end(world, &document);
}

/* --- services and deployments ----------------------------------------------------------------- */

void event_service_action(struct world *world, struct service *service, const char *type, const char *name,
                          const char *reason)
{
    if (!world->starting)
        expect_event(world, service, name);
    if (!wanted(world, "service"))
        return;
    struct document document = {0};
    struct json *json =
        begin(world, &document, "ECS Service Action", service_arn(world, &document.arn, service));
    json_string(json, "eventType", type);
    json_string(json, "eventName", name);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    if (reason)
        json_string(json, "reason", reason);
    add_time(world, json, "createdAt", world->run->now);
    end(world, &document);
}

void event_deployment_changed(struct world *world, struct deployment *deployment, const char *type,
                              const char *name, const char *reason)
{
    if (!world->starting)
        expect_event(world, deployment->service, name);
    if (!wanted(world, "deployment"))
        return;
    struct document document = {0};
    struct json *json = begin(world, &document, "ECS Deployment State Change",
                              service_arn(world, &document.arn, deployment->service));
    json_string(json, "eventType", type);
    json_string(json, "eventName", name);
    json_string(json, "deploymentId", deployment->name);
    add_time(world, json, "updatedAt", world->run->now);
    json_string(json, "reason", reason);
    end(world, &document);
}

void event_hook_changed(struct world *world, struct deployment *deployment, const struct hook_change *change)
{
    expect_event(world, deployment->service, change->name);
    if (!wanted(world, "deployment"))
        return;
    struct document document = {0};
    struct json *json = begin(world, &document, "ECS Hook State Change",
                              service_arn(world, &document.arn, deployment->service));
    json_string(json, "eventType", change->type);
    json_string(json, "eventName", change->name);
    json_string(json, "hookId", change->hook_id);
    json_string(json, "hookType", change->hook_type);
    add_time(world, json, "expiresAt", change->expires_at);
    json_string(json, "lifecycleStage", change->stage);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    json_string(json, "serviceArn", service_arn(world, &document.arn, deployment->service));
    json_string(json, "serviceDeploymentArn", service_deployment_arn(world, &document.arn, deployment));
    add_time(world, json, "updatedAt", world->run->now);
    end(world, &document);
}
