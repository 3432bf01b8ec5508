/* logConfiguration of containers, logGroups, and the account's default mode of log drivers. */
#include "models/settings/logs.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>
#include <strings.h>

enum {
    MOST_NAME = 512,          /* of a log group or a log stream [API logs:CreateLogStream] */
    TASK_ID_AND_SLASHES = 34, /* what follows prefix and container in the name of a log stream */
};
#define MOST_BUFFER_BYTES (INT64_C(1) << 40)

const struct log_driver log_drivers[LOG_DRIVER_COUNT] = {
#define LOG_DRIVER(id, name, on_fargate, meaning) [LOG_DRIVER_##id] = {name, on_fargate, meaning},
#include "models/settings/log_drivers.def"
#undef LOG_DRIVER
};

static const char *const driver_names[] = {
#define LOG_DRIVER(id, name, on_fargate, meaning) [LOG_DRIVER_##id] = name,
#include "models/settings/log_drivers.def"
#undef LOG_DRIVER
    NULL};

static const char *const modes[] = {
    [LOG_MODE_NOT_SAID] = "",
    [LOG_MODE_BLOCKING] = "blocking",
    [LOG_MODE_NON_BLOCKING] = "non-blocking",
    NULL,
};

/* --- sizes ------------------------------------------------------------------------------------ */

/* 1024 to the power of the unit's letter; 0: no unit. Docker takes "10m", "10MB" and "10MiB" as the same. */
static int64_t unit_bytes(const char *unit)
{
    static const char letters[] = "kmgt";
    int64_t bytes = 1;
    if (!*unit || !strcasecmp(unit, "b"))
        return bytes;
    for (const char *letter = letters; *letter; letter++) {
        bytes *= 1024;
        if (strncasecmp(unit, letter, 1) == 0)
            return !unit[1] || !strcasecmp(unit + 1, "b") || !strcasecmp(unit + 1, "ib") ? bytes : 0;
    }
    return 0;
}

static const char *parse_bytes(struct arena *arena, const char *text, void *field, size_t *where)
{
    (void)arena;
    int64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    int64_t unit = unit_bytes(text + digits + strspn(text + digits, " "));
    *where = digits;
    if (!digits || !unit)
        return "a size is a whole number of bytes, or one with k, m or g: 10m";
    for (size_t i = 0; i < digits && number <= MOST_BUFFER_BYTES; i++)
        number = 10 * number + (text[i] - '0');
    *where = 0;
    if (number < 1 || number > MOST_BUFFER_BYTES / unit)
        return "a buffer is of 1 byte at least, and 1024 g at most";
    *(int64_t *)field = number * unit;
    return NULL;
}

/* --- tables ----------------------------------------------------------------------------------- */

#define OF struct log_options_settings
static const struct param options_params[] = {
    ROW("awslogs-group", TEXT, group, "awslogs: the log group"),
    ROW("awslogs-region", TEXT, region, "awslogs: where the log group is"),
    ROW("awslogs-stream-prefix", TEXT, stream_prefix,
        "awslogs: the log stream is PREFIX/CONTAINER/TASK-ID (default, on EC2 only: the container's "
        "runtimeId)"),
    ROW("awslogs-create-group", FLAG, create_group,
        "awslogs: whether the log group is created where it does not exist", DEFAULT("false")),
    ROW("mode", CHOICE, mode,
        "what happens to a container whose lines cannot be sent: it stands still (blocking), or lines are "
        "lost (default: the account's defaultLogDriverMode, else non-blocking, as AWS's since June 25, 2025)",
        ONE_OF(modes)),
    ROW_BYTES("max-buffer-size", max_buffer_bytes, parse_bytes,
              "non-blocking: bytes that are kept, with k, m or g", DEFAULT("10m")),
    PARAM_END,
};
#undef OF

static const struct shape options_shape = {
    .name = "options of a log driver",
    .size = sizeof(struct log_options_settings),
    .params = options_params,
};

static void check_log_configuration(struct mistakes *, void *object, void *root);

#define OF struct log_configuration_settings
static const struct param log_configuration_params[] = {
    ROW("logDriver", CHOICE, driver, "who takes what the container writes: `ecsim list log-drivers`",
        REQUIRED, ONE_OF(driver_names)),
    ROW_STRUCT("options", options, struct log_options_settings, options_shape, "what the driver is told"),
    PARAM_END,
};
#undef OF

const struct shape log_configuration_shape = {
    .name = "log configuration",
    .size = sizeof(struct log_configuration_settings),
    .params = log_configuration_params,
    .check = check_log_configuration,
};

#define OF struct log_group_settings
static const struct param log_group_params[] = {
    ROW("logGroupName", TEXT, name, "its name", REQUIRED),
    PARAM_END,
};
#undef OF

static void check_log_group(struct mistakes *, void *object, void *root);

const struct shape log_group_shape = {
    .name = "log group",
    .size = sizeof(struct log_group_settings),
    .params = log_group_params,
    .shorthand = "logGroupName",
    .collection = "logGroups",
    .name_key = "logGroupName",
    .check = check_log_group,
};

/* --- what AWS would refuse -------------------------------------------------------------------- */

/* Whether it is one. [API logs:CreateLogGroup.logGroupName] */
static bool check_group_name(struct mistakes *mistakes, const void *object, const char *key, const char *name)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.#");
    bool is_one = good > 0 && good <= MOST_NAME && !name[good];
    if (!is_one)
        mistake(mistakes, object, key,
                "a log group has a name of 1 to %d letters, digits, `_`, `-`, `/`, `.` and `#`", MOST_NAME);
    return is_one;
}

static void check_log_group(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct log_group_settings *group = object;
    check_group_name(mistakes, group, "logGroupName", group->name);
}

/* [API logs:CreateLogStream.logStreamName] */
static void check_prefix(struct mistakes *mistakes, const struct log_options_settings *options)
{
    if (options->stream_prefix && strpbrk(options->stream_prefix, ":*"))
        mistake(mistakes, options, "awslogs-stream-prefix",
                "a log stream has neither `:` nor `*` in its name");
}

/* Another container may create it, so it is not certain. */
static void warn_if_missing(struct mistakes *mistakes, const struct ecs_settings *settings,
                            const struct log_options_settings *options)
{
    const char *nearest;
    if (!settings->logs.groups.items || options->create_group ||
        collection_has(mistakes, "logGroups", options->group, &nearest))
        return;
    warn(mistakes, options, "awslogs-group",
         "`%s` is none of the logGroups, and nothing creates it here: the container does not start, or its "
         "lines are lost%s%s%s",
         options->group, nearest ? "; did you mean `" : "", nearest ? nearest : "", nearest ? "`?" : "");
}

static void check_log_configuration(struct mistakes *mistakes, void *object, void *root)
{
    const struct log_configuration_settings *configuration = object;
    const struct log_options_settings *options = &configuration->options;
    if (configuration->driver != LOG_DRIVER_AWSLOGS)
        return;
    if (!options->group) /* [aws-cloudformation/cfn-lint#1787] */
        mistake(mistakes, configuration, "logDriver", "log driver awslogs requires the option awslogs-group");
    check_prefix(mistakes, options);
    if (options->group && check_group_name(mistakes, options, "awslogs-group", options->group))
        warn_if_missing(mistakes, root, options);
}

unsigned settings_logging_drivers(const struct task_definition_settings *definition)
{
    unsigned drivers = 0;
    EACH(struct container_settings, container, definition->containers) {
        const struct log_configuration_settings *log = container->log_configuration;
        enum capability driver =
            log ? capability_of_logging_driver(log_drivers[log->driver].name) : CAPABILITY_COUNT;
        drivers |= driver < CAPABILITY_COUNT ? 1u << driver : 0;
    }
    return drivers;
}

void settings_check_logs(struct mistakes *mistakes, const struct container_settings *container)
{
    const struct log_configuration_settings *configuration = container->log_configuration;
    const char *prefix = configuration ? configuration->options.stream_prefix : NULL;
    size_t length = prefix && container->name ? strlen(prefix) + strlen(container->name) : 0;
    if (length + TASK_ID_AND_SLASHES > MOST_NAME)
        mistake(mistakes, &configuration->options, "awslogs-stream-prefix",
                "the log stream would have a name of %zu bytes; CloudWatch Logs takes %d",
                length + TASK_ID_AND_SLASHES, MOST_NAME);
}

/* --- the account ------------------------------------------------------------------------------ */

/* [DG:ecs-account-settings] */
void settings_derive_log_mode(struct mistakes *mistakes, struct ecs_settings *settings)
{
    settings->logs.default_mode = LOG_MODE_NON_BLOCKING;
    EACH(struct pair, setting, settings->account_settings) {
        if (!settings_same(setting->key, "defaultLogDriverMode"))
            continue;
        if (settings_same(setting->value, "blocking"))
            settings->logs.default_mode = LOG_MODE_BLOCKING;
        else if (!settings_same(setting->value, "non-blocking"))
            mistake(mistakes, setting, "value", "defaultLogDriverMode is blocking or non-blocking");
    }
}
