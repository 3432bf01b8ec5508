/* ecsConfig: what the agent tidies up; simulation: disks of hosts. */
#include "models/settings/housekeeping.h"
#include "models/settings/tables.h"

/* What the agent takes instead of a value that is too small. [AGENT:agent/config/config.go] */
struct least_value {
    const char *key;
    int64_t least;
    const char *least_words;
    int64_t standard;
    const char *standard_words;
};

static const struct least_value interval = {"ECS_IMAGE_CLEANUP_INTERVAL", 10 * SIMTIME_MINUTE, "10 minutes",
                                            30 * SIMTIME_MINUTE, "30m"};
static const simtime standard_minimum_age = SIMTIME_HOUR;
static const struct least_value per_cycle = {"ECS_NUM_IMAGES_DELETE_PER_CYCLE", 1, "1", 5, "5"};
static const struct least_value wait = {"ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION", SIMTIME_SECOND, "1 second",
                                        3 * SIMTIME_HOUR, "3h"};

/* NULL: as by default. */
static const char *key_of_containers(const struct housekeeping_settings *settings)
{
    return settings->task_cleanup_wait != wait.standard ? wait.key
           : settings->task_cleanup_jitter              ? "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER"
                                                        : NULL;
}

static const char *key_of_images(const struct housekeeping_settings *settings)
{
    return settings->image_cleanup_disabled                        ? "ECS_DISABLE_IMAGE_CLEANUP"
           : settings->image_cleanup_interval != interval.standard ? interval.key
           : settings->image_minimum_age != standard_minimum_age   ? "ECS_IMAGE_MINIMUM_CLEANUP_AGE"
           : settings->images_per_cycle != per_cycle.standard      ? per_cycle.key
                                                                   : NULL;
}

static void warn_of_nothing_to_tidy(struct mistakes *mistakes, const struct ecs_settings *settings,
                                    const struct host_simulation_settings *host)
{
    const struct ecs_config_settings *config = &host->ecs_config;
    const char *images = key_of_images(&config->housekeeping);
    const char *containers = key_of_containers(&config->housekeeping);
    if (settings->images.count)
        return;
    if (images)
        warn(mistakes, config, images, "this changes nothing: the scenario lists no `images` to clean up");
    if (containers && host->disk.size_mib == ABSENT && !settings->fills_disks)
        warn(mistakes, config, containers,
             "this changes nothing: the host has no disk that containers could fill; `simulation: {disk: "
             "30GiB}` gives it one");
}

void settings_check_tidying(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups)
        warn_of_nothing_to_tidy(mistakes, settings, &group->simulation);
    EACH(struct container_instance_settings, host, settings->container_instances)
        warn_of_nothing_to_tidy(mistakes, settings, &host->simulation);
}

static void ignore_less(struct mistakes *mistakes, const struct ecs_config_settings *config, int64_t *value,
                        const struct least_value *rule)
{
    if (*value >= rule->least)
        return;
    warn(mistakes, config, rule->key, "the agent ignores less than %s: it takes %s", rule->least_words,
         rule->standard_words);
    *value = rule->standard;
}

void settings_check_housekeeping(struct mistakes *mistakes, struct ecs_config_settings *config)
{
    struct housekeeping_settings *housekeeping = &config->housekeeping;
    ignore_less(mistakes, config, &housekeeping->image_cleanup_interval, &interval);
    ignore_less(mistakes, config, &housekeeping->images_per_cycle, &per_cycle);
    ignore_less(mistakes, config, &housekeeping->task_cleanup_wait, &wait);
}

void settings_check_disk(struct mistakes *mistakes, const struct host_simulation_settings *simulation)
{
    const struct host_disk_settings *disk = &simulation->disk;
    int64_t size = given_or(disk->size_mib, DEFAULT_DISK_MIB);
    if (disk->system_mib >= size)
        mistake(mistakes, simulation, disk->size_mib == ABSENT ? "diskOfSystem" : "disk",
                "the system takes %ld MiB of a disk of %ld MiB, so nothing is left for images",
                (long)disk->system_mib, (long)size);
}
