#include "models/ecs/metric/alarm.h"
#include "models/ecs/deployment/deployment_failure.h"
#include "models/ecs/service/service.h"
#include <string.h>

void alarms_begin(struct world *world)
{
    const struct list *alarms = &world->settings->alarms;
    world->alarms = arena_array(world->arena, alarms->count + 1, sizeof *world->alarms);
    EACH(struct alarm_settings, each, *alarms)
        world->alarms[world->alarm_count++] = (struct alarm){each->name, each->state};
}

static struct alarm *find(const struct world *world, const char *name)
{
    for (size_t i = 0; i < world->alarm_count; i++)
        if (!strcmp(world->alarms[i].name, name))
            return &world->alarms[i];
    CHECK(!"the reader has seen to it");
    return NULL;
}

static bool is_listed(const struct deployment_alarms_settings *alarms, const char *name)
{
    EACH(struct alarm_name_settings, each, alarms->alarm_names) {
        if (!strcmp(each->name, name))
            return true;
    }
    return false;
}

bool alarms_any_in_alarm(const struct world *world, const struct deployment_alarms_settings *alarms)
{
    if (!alarms || !alarms->enable)
        return false;
    EACH(struct alarm_name_settings, each, alarms->alarm_names) {
        if (find(world, each->name)->state == ALARM_ALARM)
            return true;
    }
    return false;
}

static void trip(struct world *world, const char *name)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (!service->exists || !deployment_watches_alarms(service->primary) ||
            !is_listed(service->deployment_alarms, name))
            continue;
        deployment_trips(service->primary, TRIP_ALARM);
        service_wake(world, service);
    }
}

/* Staying in ALARM is no news. */
void alarm_set_state(struct world *world, const char *name, enum scaling_alarm state)
{
    struct alarm *alarm = find(world, name);
    bool goes_off = state == ALARM_ALARM && alarm->state != ALARM_ALARM;
    alarm->state = state;
    if (goes_off)
        trip(world, name);
}
