/* Instance refreshes and zonal shifts, as AWS answers those who ask for them. */
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/zonal_shift.h"
#include "models/ecs/timeline.h"

/* --- instance refreshes ----------------------------------------------------------------------- */

static const char *answer_refresh(struct world *world, const struct auto_scaling_group *group,
                                  const char *error, struct json *response)
{
    if (!error)
        json_string(response, "InstanceRefreshId", instance_refresh_id(world, group));
    return error;
}

static void start_refresh_ask(const void *settings, struct json *request)
{
    const struct start_instance_refresh_settings *start = settings;
    json_string(request, "AutoScalingGroupName", start->auto_scaling_group);
}

static const char *start_refresh_play(struct world *world, const void *settings, rng_key draw,
                                      struct json *response)
{
    (void)draw;
    const struct start_instance_refresh_settings *start = settings;
    struct auto_scaling_group *group = group_named(world, start->auto_scaling_group);
    return answer_refresh(world, group, instance_refresh_start(world, group, start), response);
}

const struct action_verbs start_instance_refresh_action = {start_refresh_ask, start_refresh_play};

static void end_refresh_ask(const void *settings, struct json *request)
{
    const struct end_instance_refresh_settings *end = settings;
    json_string(request, "AutoScalingGroupName", end->auto_scaling_group);
}

static const char *cancel_refresh_play(struct world *world, const void *settings, rng_key draw,
                                       struct json *response)
{
    (void)draw;
    const struct end_instance_refresh_settings *cancel = settings;
    struct auto_scaling_group *group = group_named(world, cancel->auto_scaling_group);
    return answer_refresh(world, group, instance_refresh_cancel(world, group), response);
}

const struct action_verbs cancel_instance_refresh_action = {end_refresh_ask, cancel_refresh_play};

static const char *roll_back_refresh_play(struct world *world, const void *settings, rng_key draw,
                                          struct json *response)
{
    (void)draw;
    const struct end_instance_refresh_settings *roll_back = settings;
    struct auto_scaling_group *group = group_named(world, roll_back->auto_scaling_group);
    return answer_refresh(world, group, instance_refresh_roll_back(world, group), response);
}

const struct action_verbs rollback_instance_refresh_action = {end_refresh_ask, roll_back_refresh_play};

/* --- zonal shifts ----------------------------------------------------------------------------- */

static void start_shift_ask(const void *settings, struct json *request)
{
    const struct start_zonal_shift_settings *start = settings;
    json_string(request, "resourceIdentifier", start->auto_scaling_group);
    json_string(request, "awayFrom", start->away_from);
    if (start->comment)
        json_string(request, "comment", start->comment);
}

static const char *start_shift_play(struct world *world, const void *settings, rng_key draw,
                                    struct json *response)
{
    (void)draw;
    const struct start_zonal_shift_settings *start = settings;
    struct auto_scaling_group *group = group_named(world, start->auto_scaling_group);
    const char *error = zonal_shift_start(world, group, start->away_from, start->expires_in);
    if (!error)
        json_string(response, "status", "ACTIVE");
    return error;
}

const struct action_verbs start_zonal_shift_action = {start_shift_ask, start_shift_play};

static void cancel_shift_ask(const void *settings, struct json *request)
{
    const struct cancel_zonal_shift_settings *cancel = settings;
    json_string(request, "resourceIdentifier", cancel->auto_scaling_group);
}

static const char *cancel_shift_play(struct world *world, const void *settings, rng_key draw,
                                     struct json *response)
{
    (void)draw;
    const struct cancel_zonal_shift_settings *cancel = settings;
    const char *error = zonal_shift_cancel(world, group_named(world, cancel->auto_scaling_group));
    if (!error)
        json_string(response, "status", "CANCELED");
    return error;
}

const struct action_verbs cancel_zonal_shift_action = {cancel_shift_ask, cancel_shift_play};
