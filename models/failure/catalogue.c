#include "models/failure/failure.h"
#include "sim/engine/dist.h"
#include <string.h>

static const struct variant *const variants[] = {
#define ENTRY(name) &failure_##name,
#include "models/failure/failures.def"
#undef ENTRY
    NULL};

const struct catalogue failure_catalogue = {.kind = "failure", .variants = variants};

/* --- when ------------------------------------------------------------------------------------- */

void failure_check_times(struct mistakes *mistakes, const void *object, const struct failure_times *times)
{
    if (times->every != ABSENT && times->at == ABSENT)
        mistake(mistakes, object, "every", "`every` needs `at`: when it strikes first");
    if (times->times != ABSENT && times->times > 1 && times->every == ABSENT)
        mistake(mistakes, object, "times", "`times` needs `every`: after how long it strikes again");
}

static bool strikes_again(const struct failure_times *times, uint64_t nth)
{
    if (times->every == ABSENT)
        return nth == 0;
    return times->times == ABSENT || nth < (uint64_t)times->times;
}

void failure_schedule_time(struct world *world, uint32_t index, const struct failure_times *times,
                           uint64_t nth)
{
    if (times->at == ABSENT || !strikes_again(times, nth))
        return;
    simtime at = nth == 0 ? times->at : simtime_after(fault_now(world), times->every);
    failure_schedule(world, index, at, nth);
}

void failure_draw_strike(struct world *world, uint32_t index, const struct dist *after,
                         struct container_instance *host, uint64_t nth)
{
    rng_key draw = failure_draw(world, index, fault_host_name(host), nth);
    if (dist_given(after))
        failure_schedule_host(world, index, dist_draw(after, draw), host, nth);
}

/* --- whom ------------------------------------------------------------------------------------- */

const struct selector *failure_selector(const struct failure_target *target)
{
    return target->selector ? target->selector : &target->fields;
}

static bool any_field(const struct selector *fields)
{
    return fields->service || fields->task_definition || fields->availability_zone ||
           fields->auto_scaling_group || fields->expression || fields->pick != PICK_OLDEST ||
           fields->count != 1;
}

bool failure_target_given(const struct failure_target *target)
{
    return target->selector || any_field(&target->fields);
}

void failure_check_target(struct mistakes *mistakes, const void *object, const char *one_key,
                          const struct failure_target *target, const struct ecs_settings *settings)
{
    if (target->selector && any_field(&target->fields))
        mistake(mistakes, object, one_key,
                "`%s` says which one is meant; nothing else can be selected beside it", one_key);
    failure_check_zone(mistakes, object, target->fields.availability_zone, settings);
}

/* --- script or chance ------------------------------------------------------------------------- */

void failure_check_script_or_chance(struct mistakes *mistakes, const void *object,
                                    const struct dist *time_between, const struct failure_times *times,
                                    const struct failure_target *target)
{
    bool drawn = dist_given(time_between), scripted = times->at != ABSENT;
    if (drawn && scripted)
        mistake(mistakes, object, "at",
                "`at` is a script and `timeBetween` chance; only one of them can say when hosts fail");
    if (!drawn && !scripted)
        mistake(mistakes, object, NULL,
                "when? `at: 12m` fails at that time, `timeBetween: {exponential: {mean: 90d}}` by chance");
    if (drawn && failure_selector(target)->count != 1)
        mistake(mistakes, object, "count",
                "under `timeBetween` each host has its own fate; `count` is for `at`");
}

/* --- zones ------------------------------------------------------------------------------------ */

void failure_check_zone(struct mistakes *mistakes, const void *object, const char *zone,
                        const struct ecs_settings *settings)
{
    if (zone && settings->zones_source != ZONES_ASSUMED && !settings_named(settings, NAMED_ZONE, zone))
        mistake(mistakes, object, "availabilityZone", "`%s` is not one of the scenario's availabilityZones",
                zone);
}

/* --- containers ------------------------------------------------------------------------------- */

void failure_check_container(struct mistakes *mistakes, const void *object, const char *name,
                             const struct ecs_settings *settings)
{
    if (name && !settings_named(settings, NAMED_CONTAINER, name))
        mistake(mistakes, object, "containerName", "no task definition has a container `%s`", name);
}
