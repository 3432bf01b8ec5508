#include "models/ecs/results/pictures.h"

#define COLUMNS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define COUNT(parts) (sizeof(parts) / sizeof *(parts))

#define TASKS                                                                                                \
    {                                                                                                        \
        .kind = "tasks", .series_file = "timeseries.csv", .optional = true, .key_column = "service",         \
        .columns = COLUMNS("desired", "running", "healthy", "pending", "serving"), .marked = true            \
    }

#define ALARMS                                                                                               \
    {                                                                                                        \
        .kind = "alarms", .series_file = "alarms.csv", .optional = true, .key_column = "alarm",              \
        .columns = COLUMNS("state"), .words = COLUMNS("OK", "ALARM", "INSUFFICIENT_DATA"), .low = true       \
    }

static const struct picture_part services[] = {TASKS, ALARMS};

static const struct picture_part fleet[] = {
    {.kind = "requests",
     .series_file = "requests.csv",
     .optional = true,
     .key_column = "service",
     .columns = COLUMNS("requests", "served"),
     .period_column = "period_s"},
    TASKS,
    {.kind = "instances",
     .series_file = "groups.csv",
     .optional = true,
     .key_column = "auto_scaling_group",
     .columns = COLUMNS("desired_capacity", "in_service", "pending"),
     .marked = true},
    {.kind = "reserved",
     .series_file = "cluster.csv",
     .optional = true,
     .subject_columns = COLUMNS("auto_scaling_group", "availability_zone"),
     .columns = COLUMNS("cpu_reserved", "cpu_registered", "memory_reserved", "memory_registered"),
     .ratios = true},
    ALARMS,
};

const struct picture ecs_pictures[] = {
    {.name = "timeseries",
     .template_name = "panels",
     .parts = services,
     .part_count = COUNT(services),
     .marks_file = "marks.csv",
     .needs = COLUMNS("timeseries.csv")},
    {.name = "fleet",
     .template_name = "panels",
     .parts = fleet,
     .part_count = COUNT(fleet),
     .marks_file = "marks.csv",
     .needs = COLUMNS("requests.csv", "managed-scaling.csv", "scaling-activities.csv",
                      "instance-refreshes.csv", "metrics.csv", "alarms.csv")},
    {.name = NULL},
};

const struct fan_source ecs_fan = {
    .series_file = "timeseries.csv",
    .key_column = "service",
    .columns = COLUMNS("desired", "running", "healthy"),
    .wanted = "desired",
    .unit = "tasks",
};

const struct headline ecs_headlines[] = {
    {"services.*.leastHealthy", "tasks", true},
    {"services.*.leastServing", "tasks", true},
    {"services.*.belowDesired", "s", false},
    {"services.*.deploymentDuration", "s", false},
    {"services.*.unserved", "share", false},
    {"jobs.*.lateShare", "share", false},
    {"jobs.*.droppedShare", "share", false},
    {"cost", "USD", false},
    {.pattern = NULL},
};
