/* What a scenario lists, by name: for the checks, and for the world that is made of it. Built once, when
 * everything is bound and before anything is checked, so that no look-up walks a list. Of several that bear a
 * name the first is meant, but for those of which it is said below. */
#ifndef MODELS_SETTINGS_BY_NAME_H
#define MODELS_SETTINGS_BY_NAME_H

struct arena;
struct ecs_settings;

enum name_kind {
    /* An element of the list of this name. */
    NAMED_AUTO_SCALING_GROUP,
    NAMED_INSTANCE_TYPE,
    NAMED_LOAD_BALANCER,
    NAMED_SCALABLE_TARGET, /* by its service */
    NAMED_SERVICE,
    NAMED_SUBNET,
    NAMED_TARGET_GROUP,
    NAMED_ZONE,            /* const char *, of availabilityZones */
    NAMED_TASK_DEFINITION, /* "WebApp:2", or "WebApp" for its highest revision; the timeline's, too */
    NAMED_LAUNCH_TEMPLATE, /* "name NAME:VERSION", "id ID:VERSION"; "$Latest" and "$Default" are versions */
    NAMED_EBS_VOLUME,      /* by its tag Name; one of those that have it */
    NAMED_METRIC,          /* of `metrics`; by all that names it (metric.c) */
    NAMED_JOB,             /* an entry of `load` that has a trigger, by the name of its jobs */
    NAMED_WORKLOAD,        /* an entry of `load` with a rate, by its service */
    NAMED_LOAD,            /* an entry of `load`, by its service and the one that asks it (load.c) */
    /* Whoever says it. */
    NAMED_IN_LOAD,     /* a service, as one that is asked or asks */
    NAMED_BY_ALARM,    /* a policy, among the alarmActions */
    NAMED_POLICY,      /* a scaling policy; its symbol's number is that of those that have the name */
    NAMED_ROLE_IN_USE, /* a role, as that of a task definition, a service, a host, … */
    NAMED_CONTAINER,   /* of any task definition of the scenario */
    NAMED_RECORDED,    /* a word of recordMetrics */
    NAMED_KINDS,
};

/* Which one is meant; NULL where there is none, or the name is itself a mistake. In a check, its derived
 * fields may not be filled yet. */
const void *settings_named(const struct ecs_settings *, enum name_kind, const char *name);

/* Fills all of it. The arena has to live as long as the settings. */
void settings_index(struct arena *, struct ecs_settings *);

#endif
