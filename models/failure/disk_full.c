/* Something else fills the disk of hosts: a log without a limit, a core dump, a forgotten download. Strikes
 * of a host have numbers: at the even ones its disk is full, at the odd ones it is cleared. */
#include "models/failure/failure.h"

struct disk_full {
    struct failure_outage outage;
    struct failure_target target;
};

static void disk_full_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct disk_full *failure = settings;
    failure_schedule_time(world, index, &failure->outage.times, 0);
}

static void disk_full_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct disk_full *failure = settings;
    failure_schedule_time(world, index, &failure->outage.times, nth + 1);
    failure_strike_hosts(world, index, HOST_DISK_FULL, failure_selector(&failure->target), 2 * nth);
}

static void disk_full_strike_host(struct world *world, uint32_t index, const void *settings,
                                  struct container_instance *host, uint64_t nth)
{
    const struct disk_full *failure = settings;
    if (nth % 2) {
        fault_clear_disk(world, host);
        return;
    }
    simtime length = given_or(failure->outage.length, SIMTIME_NEVER);
    fault_keep_disk_full(host, simtime_after(fault_now(world), length));
    failure_schedule_host(world, index, length, host, nth + 1);
    fault_host(world, host, HOST_DISK_FULL);
}

/* Hosts whose scenario says nothing of disks have some, since one is to be full. */
static void disk_full_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct disk_full *failure = object;
    failure_check_target(mistakes, object, "containerInstance", &failure->target, root);
    ((struct ecs_settings *)root)->fills_disks = true;
}

static const struct param disk_full_params[] = {
    PARAM_FAILURE_OUTAGE(struct disk_full, outage, 0, "after this it is cleared (default: it stays full)"),
    PARAM_FAILURE_TARGET(struct disk_full, target, "containerInstance", "the host: its name, or a selector"),
    PARAM_END,
};

static const struct shape disk_full_shape = {
    .name = "diskFull",
    .size = sizeof(struct disk_full),
    .params = disk_full_params,
    .check = disk_full_check,
};

static const struct failure_verbs disk_full_verbs = {
    .begin = disk_full_begin,
    .strike = disk_full_strike,
    .strike_host = disk_full_strike_host,
};

const struct variant failure_disk_full = {
    .name = "diskFull",
    .meaning = "something else fills the disk of a host: no pull, no new container",
    .shape = &disk_full_shape,
    .verbs = &disk_full_verbs,
    .example = "at: 10m, for: 5m, autoScalingGroup: fleet",
};
