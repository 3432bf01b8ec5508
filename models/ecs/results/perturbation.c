#include "models/ecs/results/perturbation.h"
#include "models/ecs/results/unknown_service.h"
#include "models/ecs/service/service.h"
#include <string.h>

enum { KIND_INSTANCE, KIND_ZONE };
enum { LEVEL_HEALTHY, LEVEL_SERVING };

static const char *const kinds[] = {[KIND_INSTANCE] = "instance", [KIND_ZONE] = "zone", NULL};

/* --- the subject ------------------------------------------------------------------------------ */

static const void *find(void *context, const char *name, struct text *mistake)
{
    struct world *world = context;
    const struct service *service = service_named(world, name);
    if (service)
        return service;
    const char **names = arena_array(world->arena, world->service_count + 1, sizeof *names);
    for (uint32_t i = 0; i < world->service_count; i++)
        names[i] = world->services[i].name;
    add_unknown_service(mistake, name, names);
    return NULL;
}

static void no_change(const char *subject, struct text *sentence)
{
    text_add_format(sentence,
                    "nothing deploys `%s` before the end; say when: timeline: [{at: 10m, updateService: "
                    "{service: %s, forceNewDeployment: true}}]",
                    subject, subject);
}

static int64_t changing(const void *subject)
{
    const struct service *service = subject;
    const struct deployment *primary = service->primary;
    bool under_way = primary && !primary->creates_service && primary->state == STATE_IN_PROGRESS;
    return under_way ? primary->number : 0;
}

static int64_t level(const void *subject, size_t level)
{
    const struct service *service = subject;
    return level == LEVEL_HEALTHY ? service->counts.healthy : service->counts.serving;
}

static int64_t asked(const void *subject)
{
    const struct service *service = subject;
    return service->exists ? service->desired_count : 0;
}

/* --- victims ---------------------------------------------------------------------------------- */

static void victims(void *context, victim_taker *take, void *self)
{
    const struct world *world = context;
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i] && world->hosts[i]->host_up)
            take(self, KIND_INSTANCE, world->hosts[i]->name);
    for (uint32_t i = 0; i < world->zone_count; i++)
        if (!world->zones[i].power_outages)
            take(self, KIND_ZONE, world->zones[i].name);
}

/* --- in the words of a scenario --------------------------------------------------------------- */

static void add_time(struct json *json, const char *key, simtime at)
{
    struct text text = {0};
    text_add_seconds(&text, at);
    text_add_char(&text, 's');
    json_string(json, key, text.bytes);
    text_free(&text);
}

/* A name with a slash or a colon might be read as an ARN, of which the end counts. In expressions an
 * instance's id is its name; but not every name can stand in one. */
static void add_instance(struct json *json, const char *name)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:";
    struct text expression = {0};
    if (!strpbrk(name, "/:") || name[strspn(name, safe)]) {
        json_string(json, "containerInstance", name);
        return;
    }
    text_add_format(&expression, "ec2InstanceId == %s", name);
    json_string(json, "expression", expression.bytes);
    text_free(&expression);
}

static void add_instance_failure(struct json *json, const char *name, simtime at, simtime duration)
{
    (void)duration; /* nobody repairs it */
    json_begin_object(json, "instanceFailure");
    add_time(json, "at", at);
    add_instance(json, name);
    json_string(json, "mode", "crash");
    json_end_object(json);
}

static void add_zone_outage(struct json *json, const char *name, simtime at, simtime duration)
{
    json_begin_object(json, "zoneOutage");
    add_time(json, "at", at);
    add_time(json, "for", duration);
    json_string(json, "availabilityZone", name);
    json_string(json, "kind", "power");
    json_end_object(json);
}

static void strike(size_t kind, const char *name, simtime at, simtime duration, struct text *set)
{
    struct json json = {.out = set, .one_line = true};
    text_add(set, "failures[+]=");
    json_begin_object(&json, NULL);
    (kind == KIND_INSTANCE ? add_instance_failure : add_zone_outage)(&json, name, at, duration);
    json_end_object(&json);
}

static void promise(const char *subject, size_t level, int64_t at_least, simtime from, simtime until,
                    struct text *set)
{
    struct json json = {.out = set, .one_line = true};
    text_add(set, "expect[+]=");
    json_begin_object(&json, NULL);
    json_string(&json, "service", subject);
    json_begin_object(&json, ecs_perturbation.levels[level]);
    json_integer(&json, "atLeast", at_least);
    json_end_object(&json);
    add_time(&json, "from", from);
    if (until != SIMTIME_NEVER)
        add_time(&json, "until", until);
    json_end_object(&json);
}

const struct perturbation ecs_perturbation = {
    .kinds = kinds,
    .levels = {[LEVEL_HEALTHY] = "healthy", [LEVEL_SERVING] = "serving"},
    .change = "deployment",
    .lack = "services%s.belowDesired",
    .outcome = "services%s.deploymentOutcome",
    .no_change = no_change,
    .find = find,
    .changing = changing,
    .level = level,
    .asked = asked,
    .victims = victims,
    .strike = strike,
    .promise = promise,
};
