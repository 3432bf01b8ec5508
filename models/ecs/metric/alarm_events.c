/* CloudWatch Alarm State Change. [CW:cloudwatch-and-eventbridge] */
#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/results/event_document.h"

static const char *alarm_arn(const struct world *world, struct text *out, const struct alarm *alarm)
{
    text_clear(out);
    text_add_format(out, "arn:aws:cloudwatch:%s:" ECS_ACCOUNT ":alarm:%s", world->region, alarm->name);
    return out->bytes;
}

static void add_state(const struct world *world, struct json *json, enum scaling_alarm state,
                      const char *reason)
{
    json_begin_object(json, "state");
    json_string(json, "value", alarm_state_names[state]);
    if (reason)
        json_string(json, "reason", reason);
    event_add_time(world, json, "timestamp", world->run->now);
    json_end_object(json);
}

void event_alarm_changed(struct world *world, const struct alarm *alarm, enum scaling_alarm from,
                         const char *reason)
{
    if (!event_wanted(world, RECORDED_ALARM))
        return;
    struct document document = {0};
    struct json *json = event_begin_of(world, &document, "aws.cloudwatch", "CloudWatch Alarm State Change",
                                       alarm_arn(world, &document.arn, alarm));
    json_string(json, "alarmName", alarm->name);
    add_state(world, json, alarm->state, reason);
    json_begin_object(json, "previousState");
    json_string(json, "value", alarm_state_names[from]);
    json_end_object(json);
    event_end(world, &document);
}
