#include "models/ecs/results/explain_hosts.h"
#include "models/ecs/results/revisions.h"
#include "models/settings/room.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

struct pair_of_revisions {
    const struct revision_side *revisions;
    const struct task_definition_settings *before, *after;
    struct text *out;
};

static const char arrow[] = " → ";

/* Whoever tells a container of one side: adds what there is to say, or nothing. */
typedef void teller(const struct container_settings *, struct text *);

/* --- words ------------------------------------------------------------------------------------ */

static void add_said(struct text *out, const char *what, const char *before, const char *after)
{
    bool moved = strcmp(before, after) != 0;
    text_add_format(out, "  %s: ", what);
    text_add(out, before);
    if (moved)
        text_add_format(out, "%s%s", arrow, after);
    text_add_char(out, '\n');
}

static const char *or_none(const struct text *text)
{
    return text->length ? text->bytes : "none";
}

/* A line where one side has something to say; `always`, where both say the same, too. */
static void add_line(struct text *out, const char *what, struct text sides[2], bool always)
{
    const char *before = or_none(&sides[0]), *after = or_none(&sides[1]);
    if (always ? sides[0].length || sides[1].length : strcmp(before, after) != 0)
        add_said(out, what, before, after);
    text_free(&sides[0]);
    text_free(&sides[1]);
}

static void add_comma(struct text *out)
{
    if (out->length)
        text_add(out, ", ");
}

/* --- what a task is --------------------------------------------------------------------------- */

static void add_containers(const struct task_definition_settings *definition, struct text *out)
{
    EACH(struct container_settings, container, definition->containers) {
        add_comma(out);
        text_add_plain(out, container->name);
    }
}

static void add_reservation(const struct task_definition_settings *definition, struct text *out)
{
    explain_count(out, definition->reserved_cpu);
    text_add(out, " CPU units and ");
    explain_count(out, definition->reserved_memory_mib);
    text_add(out, " MiB");
    if (definition->reserved_gpus)
        text_add_format(out, " and %" PRId64 " GPU%s", definition->reserved_gpus,
                        definition->reserved_gpus == 1 ? "" : "s");
}

static void add_host_ports(const struct task_definition_settings *definition, struct text *out)
{
    for (size_t i = 0; i < definition->host_port_count; i++) {
        add_comma(out);
        text_add_format(out, "%u/%s", definition->host_ports[i].port,
                        definition->host_ports[i].protocol == PORT_UDP ? "udp" : "tcp");
    }
}

static void add_constraints(const struct task_definition_settings *definition, struct text *out)
{
    EACH(struct placement_constraint, constraint, definition->placement_constraints) {
        add_comma(out);
        text_add(out, constraint->variant->name);
        if (constraint->expression)
            text_add_plain(out, " ");
        if (constraint->expression)
            text_add_plain(out, constraint->expression);
    }
}

typedef void describer(const struct task_definition_settings *, struct text *);

static void tell(const struct pair_of_revisions *pair, const char *what, describer *describe, bool always)
{
    struct text sides[2] = {0};
    describe(pair->before, &sides[0]);
    describe(pair->after, &sides[1]);
    add_line(pair->out, what, sides, always);
}

static void tell_ports(const struct pair_of_revisions *pair)
{
    tell(pair, "host ports", add_host_ports, false);
    if (room_shared_port(pair->before, pair->after))
        text_add(pair->out, "  a host takes no new task while an old one holds its port\n");
}

/* --- what fits -------------------------------------------------------------------------------- */

static bool is_told(const struct list *kinds, const struct host_kind *kind)
{
    EACH(struct host_kind, earlier, *kinds) {
        if (earlier == kind)
            return false;
        if (earlier->type == kind->type &&
            earlier->config->reserved_memory_mib == kind->config->reserved_memory_mib)
            return true;
    }
    return false;
}

static void add_room(const struct host_kind *kind, const struct task_definition_settings *definition,
                     bool trunking, struct text *out)
{
    struct room room = room_on(kind, definition, trunking);
    explain_count(out, room.tasks);
    text_add_format(out, " fit, by %s", room_limit_names[room.limit]);
}

static void tell_rooms(const struct pair_of_revisions *pair)
{
    const struct ecs_settings *settings = pair->revisions[0].settings;
    EACH(struct host_kind, kind, settings->host_kinds) {
        struct text sides[2] = {0};
        if (is_told(&settings->host_kinds, kind))
            continue;
        add_room(kind, pair->before, settings->awsvpc_trunking, &sides[0]);
        add_room(kind, pair->after, settings->awsvpc_trunking, &sides[1]);
        add_line(pair->out, kind->type->name, sides, true);
    }
}

/* --- container by container ------------------------------------------------------------------- */

static void add_image(const struct container_settings *container, struct text *out)
{
    text_add_plain(out, container->image ? container->image : "");
}

/* [API:HealthCheck] */
static void add_health_check(const struct container_settings *container, struct text *out)
{
    const struct container_health_check_settings *check = container->health_check;
    if (!check)
        return;
    text_add(out, "every ");
    text_add_human(out, check->interval);
    text_add(out, " with ");
    text_add_human(out, check->timeout);
    text_add_format(out, " to answer, UNHEALTHY after %" PRId64 " failures in a row", check->retries);
    if (check->start_period > 0)
        text_add(out, ", not counted in the first ");
    if (check->start_period > 0)
        text_add_human(out, check->start_period);
}

static void add_stop_timeout(const struct container_settings *container, struct text *out)
{
    if (container->stop_timeout == ABSENT)
        text_add(out, "the host's ECS_CONTAINER_STOP_TIMEOUT");
    else
        text_add_human(out, container->stop_timeout);
}

static const struct container_settings *old_of(const struct pair_of_revisions *pair,
                                               const struct container_settings *container)
{
    return settings_container(pair->before, container->name);
}

/* Of the containers that both have, in the order of the new one. */
static void tell_each(const struct pair_of_revisions *pair, const char *what, teller *say)
{
    EACH(struct container_settings, container, pair->after->containers) {
        struct text sides[2] = {0}, title = {0};
        if (!old_of(pair, container))
            continue;
        say(old_of(pair, container), &sides[0]);
        say(container, &sides[1]);
        text_add_plain(&title, container->name);
        text_add_format(&title, ", %s", what);
        add_line(pair->out, title.bytes, sides, false);
        text_free(&title);
    }
}

/* --- whether it deploys ----------------------------------------------------------------------- */

static bool are_one(const struct pair_of_revisions *pair)
{
    return pair->before == pair->after;
}

static bool uses(const struct ecs_settings *settings, const struct service_settings *service,
                 const struct task_definition_settings *definition)
{
    return settings_named(settings, NAMED_TASK_DEFINITION, service->task_definition) == definition;
}

static void add_service(const struct service_settings *service, struct text *out)
{
    add_comma(out);
    text_add_plain(out, service->name);
    if (service->scheduling_strategy == SCHEDULING_DAEMON)
        text_add(out, " (a task on each host)");
    else
        text_add_format(out, " (%" PRId64 " task%s)", service->desired_count,
                        service->desired_count == 1 ? "" : "s");
}

static void tell_users(const struct pair_of_revisions *pair, const struct revision_side *revision,
                       const struct task_definition_settings *definition)
{
    const struct ecs_settings *settings = revision->settings;
    struct text users = {0};
    EACH(struct service_settings, service, settings->services) {
        if (uses(settings, service, definition))
            add_service(service, &users);
    }
    if (settings->services.count)
        text_add_format(pair->out, "  at the start %s is used by: %s\n", definition->name, or_none(&users));
    text_free(&users);
}

static void tell_deployment(const struct pair_of_revisions *pair, bool differ)
{
    bool one_scenario = pair->revisions[0].settings == pair->revisions[1].settings;
    if (are_one(pair))
        text_add(pair->out, "  no: it is one revision, and UpdateService to the revision that a service has "
                            "deploys nothing without forceNewDeployment [API:UpdateService]\n");
    else if (one_scenario || differ)
        text_add_format(pair->out,
                        "  yes: UpdateService to another revision starts one%s [API:UpdateService]\n",
                        differ ? "" : ", even where it says the same");
    else
        text_add(pair->out, "  no, if they are one revision; but each registration makes a new one, and "
                            "UpdateService to that starts one "
                            "[API:RegisterTaskDefinition, API:UpdateService]\n");
    tell_users(pair, &pair->revisions[0], pair->before);
    if (one_scenario && !are_one(pair))
        tell_users(pair, &pair->revisions[1], pair->after);
}

/* --- all of it -------------------------------------------------------------------------------- */

static void tell_meaning(const struct pair_of_revisions *pair)
{
    text_add(pair->out, "what it means\n");
    tell(pair, "containers", add_containers, true);
    tell_each(pair, "image", add_image);
    tell(pair, "a task reserves", add_reservation, true);
    tell_rooms(pair);
    tell_ports(pair);
    tell_each(pair, "health check", add_health_check);
    tell_each(pair, "killed after the stop signal", add_stop_timeout);
    tell(pair, "placement constraints", add_constraints, false);
}

void revisions_explain(const struct revision_side revisions[2], bool differ, struct text *out)
{
    struct pair_of_revisions pair = {.revisions = revisions, .out = out};
    pair.before = settings_named(revisions[0].settings, NAMED_TASK_DEFINITION, revisions[0].name);
    pair.after = settings_named(revisions[1].settings, NAMED_TASK_DEFINITION, revisions[1].name);
    if (differ)
        tell_meaning(&pair);
    text_add(out, "whether it deploys\n");
    tell_deployment(&pair, differ);
}
