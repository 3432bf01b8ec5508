/* What must hold of events.jsonl, read as anybody who listens on EventBridge would read it.
 *
 *   Each document has the envelope's keys in their order; times never decrease.
 *   The version of a task, and of a container instance, goes up by one from event to event.
 *   A task's lastStatus never goes back, nor its desiredStatus from STOPPED to RUNNING. */
#ifndef TESTS_PROPERTY_EVENT_AUDIT_H
#define TESTS_PROPERTY_EVENT_AUDIT_H

#include "models/ecs/task/task.h"
#include "tests/property/json_reader.h"
#include <stdint.h>
#include <stdlib.h>

/* A task or a container instance, by the hash of its ARN; 0: a free place. */
struct audited_subject {
    uint64_t who;
    int64_t version;
    int last_status;
    bool stopped;
};

struct event_audit {
    char last_time[SIMTIME_TEXT_SIZE]; /* without its Z, so that texts are in the order of times */
    struct audited_subject *subjects;
    size_t count, capacity; /* a power of two */
};

static inline void event_audit_free(struct event_audit *audit)
{
    free(audit->subjects);
}

static inline struct audited_subject *event_place(struct audited_subject *subjects, size_t capacity,
                                                  uint64_t who)
{
    size_t i = who & (capacity - 1);
    while (subjects[i].who && subjects[i].who != who)
        i = (i + 1) & (capacity - 1);
    return &subjects[i];
}

static inline void event_audit_grow(struct event_audit *audit)
{
    size_t capacity = audit->capacity ? 2 * audit->capacity : 64;
    struct audited_subject *subjects = calloc(capacity, sizeof *subjects);
    CHECK(subjects);
    for (size_t i = 0; i < audit->capacity; i++)
        if (audit->subjects[i].who)
            *event_place(subjects, capacity, audit->subjects[i].who) = audit->subjects[i];
    free(audit->subjects);
    audit->subjects = subjects;
    audit->capacity = capacity;
}

static inline struct audited_subject *event_subject_of(struct event_audit *audit, struct json_span arn)
{
    char name[200];
    snprintf(name, sizeof name, "%.*s", (int)arn.length, arn.at);
    if (2 * audit->count >= audit->capacity)
        event_audit_grow(audit);
    struct audited_subject *subject = event_place(audit->subjects, audit->capacity, rng_name(name));
    audit->count += subject->who == 0;
    subject->who = rng_name(name);
    return subject;
}

static inline bool event_has_its_envelope(const struct json_object *event)
{
    static const char *const keys[] = {"version", "id",     "detail-type", "source", "account",
                                       "time",    "region", "resources",   "detail"};
    bool all = event->count == sizeof keys / sizeof *keys;
    for (size_t i = 0; all && i < event->count; i++)
        all = json_span_is(event->members[i].key, keys[i]);
    return all;
}

static inline bool event_is_not_before_the_last(struct event_audit *audit, struct json_span time)
{
    char text[SIMTIME_TEXT_SIZE];
    snprintf(text, sizeof text, "%.*s", (int)time.length - 1, time.at);
    bool in_order = strcmp(audit->last_time, text) <= 0;
    memcpy(audit->last_time, text, sizeof text);
    return in_order;
}

static inline bool event_has_the_next_version(struct audited_subject *subject,
                                              const struct json_object *detail)
{
    const struct json_span *version = json_find(detail, "version");
    int64_t before = subject->version;
    if (!version)
        return false;
    subject->version = strtoll(version->at, NULL, 10);
    return before == 0 || subject->version == before + 1;
}

/* -1: there is no such status. */
static inline int event_task_status(const struct json_object *detail)
{
    const struct json_span *status = json_find(detail, "lastStatus");
    for (int i = TASK_PROVISIONING; status && i <= TASK_STOPPED; i++)
        if (json_span_is(*status, task_status_names[i]))
            return i;
    return -1;
}

static inline const char *event_task_complaint(struct audited_subject *task, const struct json_object *detail)
{
    const struct json_span *desired = json_find(detail, "desiredStatus");
    int status = event_task_status(detail), before = task->last_status;
    bool stopped = desired && json_span_is(*desired, "STOPPED"), was_stopped = task->stopped;
    task->last_status = status;
    task->stopped = stopped;
    if (status < 0 || !desired || (!stopped && !json_span_is(*desired, "RUNNING")))
        return "a task has no status that there is";
    if (status < before)
        return "a task's lastStatus goes back";
    return was_stopped && !stopped ? "a task's desiredStatus goes back" : NULL;
}

static inline const char *event_detail_complaint(struct event_audit *audit, struct json_span type,
                                                 const struct json_object *detail)
{
    bool of_task = json_span_is(type, "ECS Task State Change");
    const struct json_span *arn = json_find(detail, of_task ? "taskArn" : "containerInstanceArn");
    if (!of_task && !json_span_is(type, "ECS Container Instance State Change"))
        return NULL;
    if (!arn)
        return "a detail without its ARN";
    struct audited_subject *subject = event_subject_of(audit, *arn);
    if (!event_has_the_next_version(subject, detail))
        return "a version is not the next";
    return of_task ? event_task_complaint(subject, detail) : NULL;
}

/* What is wrong with the next document; NULL: nothing. Its detail is left in `detail`. */
static inline const char *event_audit_see(struct event_audit *audit, const char *document,
                                          struct json_object *detail)
{
    struct json_object event;
    detail->count = 0;
    if (!json_read(document, &event))
        return "it is not JSON";
    if (!event_has_its_envelope(&event))
        return "its envelope is another";
    if (!event_is_not_before_the_last(audit, *json_find(&event, "time")))
        return "it comes before the last";
    if (!json_value(json_find(&event, "detail")->at, detail, 0) || !detail->count)
        return "its detail is not an object";
    return event_detail_complaint(audit, *json_find(&event, "detail-type"), detail);
}

#endif
