#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/results/event_document.h"
#include "models/ecs/results/expect.h"
#include "models/ecs/results/rows.h"

/* --- the envelope ----------------------------------------------------------------------------- */

bool event_wanted(const struct world *world, enum recorded_kind kind)
{
    return world->settings->records_of[kind] && !world->starting && run_wants(world->run, SERIES_EVENTS);
}

void event_add_time(const struct world *world, struct json *json, const char *key, simtime at)
{
    char text[SIMTIME_TEXT_SIZE];
    if (at == SIMTIME_NEVER)
        return;
    simtime_format_utc(text, world->settings->run.start_time_us + at);
    json_string(json, key, text);
}

struct json *event_begin_of(struct world *world, struct document *document, const char *source,
                            const char *detail_type, const char *resource)
{
    struct json *json = &document->json;
    char id[UUID_SIZE];
    *json = (struct json){.out = &document->text, .one_line = true};
    uuid(id, "event", ++world->event_ids);
    json_begin_object(json, NULL);
    json_string(json, "version", "0");
    json_string(json, "id", id);
    json_string(json, "detail-type", detail_type);
    json_string(json, "source", source);
    json_string(json, "account", ECS_ACCOUNT);
    event_add_time(world, json, "time", world->run->now);
    json_string(json, "region", world->region);
    json_begin_array(json, "resources");
    json_string(json, NULL, resource);
    json_end_array(json);
    json_begin_object(json, "detail");
    return json;
}

struct json *event_begin(struct world *world, struct document *document, const char *detail_type,
                         const char *resource)
{
    return event_begin_of(world, document, "aws.ecs", detail_type, resource);
}

void event_end(struct world *world, struct document *document)
{
    json_end_object(&document->json);
    json_end_object(&document->json);
    row_document(world, SERIES_EVENTS, &document->text);
    text_free(&document->text);
    text_free(&document->arn);
}

/* --- services and deployments ----------------------------------------------------------------- */

void event_service_action(struct world *world, struct service *service, const char *type, const char *name,
                          const char *reason)
{
    if (!world->starting)
        expect_event(world, service, name);
    if (!event_wanted(world, RECORDED_SERVICE))
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
    if (!event_wanted(world, RECORDED_DEPLOYMENT))
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
    if (!event_wanted(world, RECORDED_DEPLOYMENT))
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
