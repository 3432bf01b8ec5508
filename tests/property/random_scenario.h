/* Random scenarios as YAML: number k is always the same text, valid, and small enough to be played in
 * milliseconds.
 *
 * What people do and what fails by the script lies in the first half of the run; what the containers and
 * hosts do by chance goes on to its end. Every wait that a scenario can ask for is below RANDOM_PATIENCE, so
 * a service that has not moved for so long has nothing left to wait for. */
#ifndef TESTS_PROPERTY_RANDOM_SCENARIO_H
#define TESTS_PROPERTY_RANDOM_SCENARIO_H

#include "sim/engine/rng.h"
#include "sim/engine/text.h"
#include <string.h>

#define RANDOM_PATIENCE (40 * SIMTIME_MINUTE)

enum { MOST_FAMILIES = 4, MOST_RANDOM_SERVICES = 4, MOST_RANDOM_GROUPS = 2 };

/* How the tasks of a family are reached; all its revisions agree, so that any of them can serve behind the
 * same load balancer. */
enum reach { REACH_NONE, REACH_DYNAMIC, REACH_STATIC, REACH_HOST, REACH_AWSVPC, REACH_FARGATE, REACH_COUNT };

static const char *const network_modes[REACH_COUNT] = {"bridge", "bridge", "bridge",
                                                       "host",   "awsvpc", "awsvpc"};

struct random_family {
    enum reach reach;
    bool checked; /* its containers have health checks */
    int64_t revisions;
};

struct sketch {
    struct text text;
    rng_key key;
    uint64_t rolls;
    int64_t half_s; /* of the duration */
    int64_t zones, groups, services, families;
    struct random_family family[MOST_FAMILIES];
    int64_t family_of[MOST_RANDOM_SERVICES];
    bool balanced[MOST_RANDOM_SERVICES]; /* behind a load balancer */
    bool has_role;                       /* something has the role `own` */
    bool lists_images;                   /* what containers pull has a size */
    bool pulls_from_mirror;              /* some of it from the registry mirror.io */
    bool weighted;                       /* there is a group whose hosts have weights */
    bool protecting[MOST_RANDOM_GROUPS]; /* newInstancesProtectedFromScaleIn */
};

/* --- dice ------------------------------------------------------------------------------------- */

static inline int64_t roll(struct sketch *sketch, int64_t low, int64_t high)
{
    return low + (int64_t)rng_below(sketch->key, sketch->rolls++, (uint64_t)(high - low + 1));
}

static inline bool happens(struct sketch *sketch, int64_t percent)
{
    return roll(sketch, 1, 100) <= percent;
}

static inline const char *pick_word(struct sketch *sketch, const char *const *words, size_t count)
{
    return words[roll(sketch, 0, (int64_t)count - 1)];
}

#define ONE_OF_WORDS(sketch, ...)                                                                            \
    pick_word(sketch, (const char *const[]){__VA_ARGS__},                                                    \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* --- words ------------------------------------------------------------------------------------ */

static inline void say(struct sketch *sketch, const char *words)
{
    text_add(&sketch->text, words);
}

static inline void say_number(struct sketch *sketch, const char *before, int64_t low, int64_t high)
{
    say(sketch, before);
    text_add_integer(&sketch->text, roll(sketch, low, high));
}

static inline void say_name(struct sketch *sketch, const char *stem, int64_t number)
{
    say(sketch, stem);
    text_add_integer(&sketch->text, number);
}

static inline void say_zone(struct sketch *sketch)
{
    static const char *const names[] = {"us-east-1a", "us-east-1b", "us-east-1c"};
    say(sketch, pick_word(sketch, names, (size_t)sketch->zones));
}

/* A duration that varies or not, most of it below `most` seconds. */
static inline void say_duration(struct sketch *sketch, int64_t most)
{
    int64_t kind = roll(sketch, 0, 4);
    int64_t seconds = roll(sketch, 1, most);
    if (kind == 0)
        say(sketch, "0s");
    else if (kind == 1)
        text_add_format(&sketch->text, "{uniform: {low: 0s, high: %lds}}", (long)seconds);
    else if (kind == 2)
        text_add_format(&sketch->text, "{exponential: {mean: %ldms}}", (long)seconds * 300);
    else
        text_add_format(&sketch->text, "%lds", (long)seconds);
}

/* `at: 5m`, sometimes several times. */
static inline void say_when(struct sketch *sketch)
{
    int64_t latest = sketch->half_s / 2;
    if (happens(sketch, 30))
        latest = sketch->half_s / 8; /* several at one instant, or close together */
    say_number(sketch, "at: ", 0, latest / 5);
    say(sketch, "5s");
    if (!happens(sketch, 25))
        return;
    int64_t times = roll(sketch, 2, 6);
    int64_t every = roll(sketch, 1, sketch->half_s / 4 / times);
    text_add_format(&sketch->text, ", every: %lds, times: %ld", (long)every, (long)times);
}

static inline void say_definition(struct sketch *sketch, int64_t family)
{
    text_add_format(&sketch->text, "\"family-%ld", (long)family);
    say_number(sketch, ":", 1, sketch->family[family].revisions);
    say(sketch, "\"");
}

static inline int64_t any_family(struct sketch *sketch)
{
    return roll(sketch, 0, sketch->families - 1);
}

static inline void say_selector(struct sketch *sketch, bool of_hosts)
{
    if (happens(sketch, 30) && sketch->services)
        say_number(sketch, "service: service-", 0, sketch->services - 1), say(sketch, ", ");
    if (happens(sketch, 20))
        say(sketch, "availabilityZone: "), say_zone(sketch), say(sketch, ", ");
    if (happens(sketch, 20) && of_hosts && sketch->groups)
        say_number(sketch, "autoScalingGroup: group-", 0, sketch->groups - 1), say(sketch, ", ");
    if (happens(sketch, 15))
        say(sketch, "expression: \"attribute:stack == prod\", ");
    say(sketch, "pick: ");
    say(sketch, ONE_OF_WORDS(sketch, "oldest", "newest", "random"));
    say_number(sketch, ", count: ", 1, 4);
}

/* --- the fleet -------------------------------------------------------------------------------- */

static inline void say_instance_type(struct sketch *sketch)
{
    say(sketch, "instanceType: ");
    say(sketch,
        ONE_OF_WORDS(sketch, "t3.small", "m5.large", "c5.large", "m5.xlarge", "m5.2xlarge", "g4dn.12xlarge"));
}

static inline void say_override(struct sketch *sketch, const char *type, bool weighted)
{
    text_add_format(&sketch->text, "{instanceType: %s", type);
    if (weighted)
        say_number(sketch, ", weightedCapacity: ", 1, 3);
    say(sketch, "}");
}

static inline void say_distribution(struct sketch *sketch)
{
    say_number(sketch, ", instancesDistribution: {onDemandBaseCapacity: ", 0, 2);
    say_number(sketch, ", onDemandPercentageAboveBaseCapacity: ", 0, 100);
    say(sketch, ", onDemandAllocationStrategy: ");
    say(sketch, ONE_OF_WORDS(sketch, "prioritized", "lowest-price"));
    say(sketch, ", spotAllocationStrategy: ");
    say(sketch, ONE_OF_WORDS(sketch, "lowest-price", "capacity-optimized", "capacity-optimized-prioritized",
                             "price-capacity-optimized"));
    say(sketch, "}");
}

static inline void say_mixed_instances(struct sketch *sketch, bool weighted)
{
    say(sketch, "mixedInstancesPolicy: {launchTemplate: {launchTemplateSpecification: {launchTemplateName: "
                "template, version: $Latest}, overrides: [");
    say_override(sketch, "m5.large", weighted);
    say(sketch, ", ");
    say_override(sketch, "c5.large", weighted);
    say(sketch, ", ");
    say_override(sketch, "m5.xlarge", weighted);
    say(sketch, "]}");
    say_distribution(sketch);
    say(sketch, "}");
}

/* What a group launches, and whether it is of one type, and says its market itself. */
static inline bool say_purchase(struct sketch *sketch)
{
    int64_t kind = roll(sketch, 0, 9);
    if (kind >= 3)
        say_instance_type(sketch);
    else if (kind == 2)
        say(sketch, ONE_OF_WORDS(sketch, "launchTemplate: {launchTemplateName: template, version: 1}",
                                 "launchTemplate: {launchTemplateName: template, version: $Latest}",
                                 "launchTemplate: {launchTemplateName: spot}"));
    else
        say_mixed_instances(sketch, false);
    return kind >= 3;
}

/* Two versions of a launch template, one that asks for Spot, and pools of which there is not much. */
static inline void say_market(struct sketch *sketch)
{
    say(sketch, "launchTemplates:\n"
                "  - {launchTemplateName: template, launchTemplateData: {instanceType: m5.large}}\n"
                "  - {launchTemplateName: template, launchTemplateData: {instanceType: c5.large}}\n"
                "  - {launchTemplateName: next, launchTemplateData: {instanceType: m5.xlarge}}\n"
                "  - {launchTemplateName: spot, launchTemplateData: {instanceType: c5.large, "
                "instanceMarketOptions: {marketType: spot}}}\n");
    if (!happens(sketch, 50))
        return;
    say(sketch, "spotMarket:\n  pools:\n");
    for (int64_t i = roll(sketch, 1, 2); i > 0; i--) {
        say_number(sketch, "    - {hosts: ", 0, 4);
        say(sketch, ", availabilityZone: "), say_zone(sketch);
        say(sketch, happens(sketch, 50) ? ", instanceType: c5.large}\n" : ", priceShare: 0.2}\n");
    }
}

/* With the Docker socket, and some of what a person may forget. */
static inline void say_bespoke_host(struct sketch *sketch)
{
    sketch->has_role = true;
    say(sketch,
        ", simulation: {host: bespoke, iamInstanceProfile: own, dockerRun: {volume: [/run], restart: ");
    say(sketch, ONE_OF_WORDS(sketch, "no", "on-failure", "on-failure:2", "always"));
    say(sketch, "}, ecsConfig: {ECS_ENABLE_TASK_ENI: true");
    if (happens(sketch, 80))
        say(sketch, ", ECS_CLUSTER: default");
    if (happens(sketch, 50))
        say(sketch, ", ECS_DATADIR: /data");
    if (happens(sketch, 50))
        say(sketch, ", ECS_ENABLE_TASK_IAM_ROLE: true");
    say(sketch, "}}");
}

/* Small disks, and agents that tidy up within minutes. */
static inline void say_disk(struct sketch *sketch)
{
    say_number(sketch, ", simulation: {diskOfSystem: 1GiB, disk: ", 2, 6);
    say_number(sketch, "GiB, ecsConfig: {ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: ", 1, 20);
    say_number(sketch, "m, ECS_IMAGE_CLEANUP_INTERVAL: ", 10, 30);
    say_number(sketch, "m, ECS_IMAGE_MINIMUM_CLEANUP_AGE: ", 0, 20);
    say_number(sketch, "m, ECS_NUM_IMAGES_DELETE_PER_CYCLE: ", 1, 3);
    if (happens(sketch, 50))
        say(sketch, ", ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER: 5m");
    if (happens(sketch, 20))
        say(sketch, ", ECS_DISABLE_IMAGE_CLEANUP: true");
    say(sketch, "}}");
}

static inline void say_host_simulation(struct sketch *sketch)
{
    if (happens(sketch, 20))
        say_disk(sketch);
    else if (happens(sketch, 40))
        say(sketch, ", simulation: {attributes: {stack: prod}, ecsConfig: {ECS_RESERVED_MEMORY: 128, "
                    "ECS_IMAGE_PULL_BEHAVIOR: "),
            say(sketch, ONE_OF_WORDS(sketch, "default", "always", "once", "prefer-cached")),
            say(sketch, "}, pullBandwidth: 20MB/s}");
    else if (happens(sketch, 40))
        say(sketch, ", simulation: {market: spot, ecsConfig: {ECS_ENABLE_SPOT_INSTANCE_DRAINING: "),
            say(sketch, ONE_OF_WORDS(sketch, "true", "false")), say(sketch, "}}");
    else if (happens(sketch, 30))
        say_bespoke_host(sketch);
    say(sketch, "}\n");
}

static inline const char *any_process(struct sketch *sketch)
{
    return ONE_OF_WORDS(sketch, "Launch", "Terminate", "AZRebalance", "HealthCheck", "ReplaceUnhealthy");
}

static inline void say_group_hooks(struct sketch *sketch)
{
    int64_t count = roll(sketch, 1, 3);
    say(sketch, ", lifecycleHookSpecificationList: [");
    for (int64_t i = 0; i < count; i++) {
        say_name(sketch, i ? ", {lifecycleHookName: hook-" : "{lifecycleHookName: hook-", i);
        text_add_format(&sketch->text,
                        ", lifecycleTransition: \"autoscaling:EC2_INSTANCE_%s\", defaultResult: %s",
                        ONE_OF_WORDS(sketch, "LAUNCHING", "TERMINATING", "TERMINATING"),
                        ONE_OF_WORDS(sketch, "CONTINUE", "CONTINUE", "ABANDON"));
        say_number(sketch, ", heartbeatTimeout: ", 30, 300);
        if (happens(sketch, 60))
            say(sketch, ", simulation: {after: "), say_duration(sketch, 100), say(sketch, "}");
        say(sketch, "}");
    }
    say(sketch, "]");
}

static inline void say_group_behaviour(struct sketch *sketch, bool protects)
{
    if (protects)
        say(sketch, ", newInstancesProtectedFromScaleIn: true");
    if (happens(sketch, 20))
        say(sketch, ", availabilityZoneDistribution: {capacityDistributionStrategy: balanced-only}");
    if (happens(sketch, 20))
        say_number(sketch, ", healthCheckGracePeriod: ", 0, 400);
    if (happens(sketch, 25))
        say(sketch, ", healthCheckType: ELB, targetGroupARNs: [targets-0, targets-1]");
    if (happens(sketch, 25))
        text_add_format(&sketch->text, ", terminationPolicies: [%s, %s]",
                        ONE_OF_WORDS(sketch, "OldestInstance", "NewestInstance", "ClosestToNextInstanceHour"),
                        ONE_OF_WORDS(sketch, "OldestLaunchTemplate", "AllocationStrategy", "Default"));
    if (happens(sketch, 15))
        text_add_format(&sketch->text, ", suspendedProcesses: [%s]", any_process(sketch));
    if (happens(sketch, 25))
        say_group_hooks(sketch);
}

/* What a group does beside keeping its size. */
static inline void say_group_maintenance(struct sketch *sketch)
{
    if (happens(sketch, 30)) {
        say(sketch, ", instanceMaintenancePolicy: {");
        say(sketch, ONE_OF_WORDS(sketch, "minHealthyPercentage: 100, maxHealthyPercentage: 110}",
                                 "minHealthyPercentage: 90, maxHealthyPercentage: 120}",
                                 "minHealthyPercentage: 100, maxHealthyPercentage: 200}",
                                 "minHealthyPercentage: 0, maxHealthyPercentage: 100}",
                                 "minHealthyPercentage: -1, maxHealthyPercentage: -1}"));
    }
    if (happens(sketch, 20))
        say_number(sketch, ", defaultInstanceWarmup: ", 0, 600);
    if (happens(sketch, 20))
        say(sketch, ", maxInstanceLifetime: 86400");
    if (happens(sketch, 40))
        say(sketch, ", availabilityZoneImpairmentPolicy: {zonalShiftEnabled: true, "
                    "impairedZoneHealthCheckBehavior: "),
            say(sketch, ONE_OF_WORDS(sketch, "ReplaceUnhealthy}", "IgnoreUnhealthy}"));
}

static inline void say_warm_pool(struct sketch *sketch)
{
    say_number(sketch, ", warmPoolConfiguration: {minSize: ", 0, 2);
    if (happens(sketch, 30))
        say_number(sketch, ", maxGroupPreparedCapacity: ", -1, 6);
    say(sketch, ", poolState: ");
    say(sketch, ONE_OF_WORDS(sketch, "Stopped", "Running", "Hibernated"));
    say(sketch, "}, simulation: {ecsConfig: {ECS_WARM_POOLS_CHECK: true}}}\n");
}

static inline void say_group(struct sketch *sketch, int64_t number)
{
    int64_t least = roll(sketch, 0, 3);
    int64_t desired = least + roll(sketch, 0, 3);
    int64_t most = desired + roll(sketch, 0, 3);
    say_name(sketch, "  - {autoScalingGroupName: group-", number);
    text_add_format(&sketch->text, ", minSize: %ld, desiredCapacity: %ld, maxSize: %ld, ", (long)least,
                    (long)desired, (long)most);
    bool is_plain = say_purchase(sketch);
    if (happens(sketch, 30))
        say(sketch, ", capacityRebalance: true");
    if (happens(sketch, 30))
        say(sketch, ", availabilityZones: ["), say_zone(sketch), say(sketch, "]");
    sketch->protecting[number] = happens(sketch, 20);
    say_group_behaviour(sketch, sketch->protecting[number]);
    say_group_maintenance(sketch);
    if (is_plain)
        happens(sketch, 25) ? say_warm_pool(sketch) : say_host_simulation(sketch);
    else
        say(sketch, "}\n");
}

/* One that no capacity provider has, since it would refuse the weights. */
static inline void say_weighted_group(struct sketch *sketch)
{
    say_number(sketch, "  - {autoScalingGroupName: weighted, minSize: 0, desiredCapacity: ", 0, 8);
    say(sketch, ", maxSize: 9, ");
    say_mixed_instances(sketch, true);
    say(sketch, happens(sketch, 50) ? ", capacityRebalance: true}\n" : "}\n");
}

static inline void say_fleet(struct sketch *sketch)
{
    sketch->zones = roll(sketch, 1, 3);
    sketch->groups = roll(sketch, 0, MOST_RANDOM_GROUPS);
    say(sketch, "availabilityZones: [us-east-1a, us-east-1b, us-east-1c");
    sketch->text.length -= (size_t)(3 - sketch->zones) * strlen(", us-east-1c");
    sketch->text.bytes[sketch->text.length] = '\0';
    say(sketch, "]\n");
    if (happens(sketch, 30))
        say(sketch, "accountSettings: {awsvpcTrunking: enabled}\n");
    say_market(sketch);
    say(sketch, "autoScalingGroups:\n");
    for (int64_t i = 0; i < sketch->groups; i++)
        say_group(sketch, i);
    sketch->weighted = happens(sketch, 15);
    if (sketch->weighted)
        say_weighted_group(sketch);
    int64_t kinds = sketch->groups ? roll(sketch, 0, 2) : roll(sketch, 0, 3);
    say(sketch, "containerInstances:\n");
    for (int64_t i = 0; i < kinds; i++) {
        say_number(sketch, "  - {count: ", 1, 3);
        say(sketch, ", availabilityZone: "), say_zone(sketch), say(sketch, ", ");
        say_instance_type(sketch);
        say_host_simulation(sketch);
    }
}

/* --- volumes ---------------------------------------------------------------------------------- */

/* One EBS volume in the first zone, and sometimes one of the same name in another; a file system. */
static inline void say_storage(struct sketch *sketch)
{
    say(sketch, "volumes:\n  - {volumeId: vol-0, availabilityZone: us-east-1a, tags: {Name: ebs}}\n");
    if (happens(sketch, 30) && sketch->zones > 1)
        say(sketch, "  - {volumeId: vol-1, availabilityZone: us-east-1b, tags: {Name: ebs}}\n");
    say(sketch, "fileSystems:\n  - {fileSystemId: fs-0, mountTargets: [us-east-1a");
    say(sketch, happens(sketch, 50) && sketch->zones > 1 ? ", us-east-1b]}\n" : "]}\n");
}

static inline const char *volume_name(struct sketch *sketch, bool on_fargate)
{
    if (happens(sketch, 75))
        return NULL;
    return on_fargate ? ONE_OF_WORDS(sketch, "efs", "made")
                      : ONE_OF_WORDS(sketch, "efs", "made", "ebs", "host");
}

static inline void say_volume(struct sketch *sketch, const char *name)
{
    text_add_format(&sketch->text, "    volumes: [{name: %s, ", name);
    if (!strcmp(name, "efs"))
        say(sketch, "efsVolumeConfiguration: {fileSystemId: fs-0}");
    else if (!strcmp(name, "made"))
        say(sketch, "configuredAtLaunch: true");
    else if (!strcmp(name, "host"))
        say(sketch, "host: {sourcePath: /data}, simulation: {keepsData: true}");
    else
        text_add_format(&sketch->text,
                        "dockerVolumeConfiguration: {scope: shared, driver: rexray/ebs, autoprovision: %s}, "
                        "simulation: {preempt: %s, keepsData: %s}",
                        ONE_OF_WORDS(sketch, "true", "false"), ONE_OF_WORDS(sketch, "true", "false", "false"),
                        ONE_OF_WORDS(sketch, "true", "false"));
    say(sketch, "}]\n");
}

/* --- task definitions ------------------------------------------------------------------------- */

static inline void say_health_check(struct sketch *sketch)
{
    say_number(sketch, ", healthCheck: {command: [CMD, check], interval: ", 5, 60);
    say_number(sketch, ", timeout: ", 2, 5);
    say_number(sketch, ", retries: ", 1, 5);
    say_number(sketch, ", startPeriod: ", 0, 60);
    say(sketch, "}");
}

/* What stands beside the main container, and which of the two waits for the other. */
enum company { ALONE, SIDECAR, AWAITED, INIT, FOLLOWER, COMPANY_COUNT };

static inline void say_restart_policy(struct sketch *sketch)
{
    say_number(sketch, ", restartPolicy: {enabled: true, restartAttemptPeriod: ", 60, 600);
    say(sketch, happens(sketch, 30) ? ", ignoredExitCodes: [0]}" : "}");
}

static inline void say_what_main_awaits(struct sketch *sketch, enum company company, bool checked)
{
    if (company != AWAITED && company != INIT)
        return;
    say(sketch, ", dependsOn: [{containerName: second, condition: ");
    if (company == INIT)
        say(sketch, ONE_OF_WORDS(sketch, "COMPLETE", "SUCCESS"));
    else
        say(sketch, checked ? "HEALTHY" : "START");
    say(sketch, "}]");
}

/* A check that others wait for has a time-out, or a task might wait for ever. */
static inline void say_second(struct sketch *sketch, enum company company, bool checked)
{
    say_number(sketch, "      - {name: second, memory: ", 6, 300);
    if (company != FOLLOWER || happens(sketch, 50))
        say(sketch, ", essential: false");
    if (company == FOLLOWER)
        say(sketch, ", dependsOn: [{containerName: main, condition: START}]");
    if (company == AWAITED && checked)
        say_health_check(sketch), say_number(sketch, ", startTimeout: ", 30, 120);
    if (company == SIDECAR)
        say_restart_policy(sketch);
    if (happens(sketch, 30))
        say_number(sketch, ", stopTimeout: ", 2, 60);
    say(sketch, ", simulation: {stopTime: "), say_duration(sketch, 60);
    if (company == INIT || happens(sketch, 20))
        say(sketch, ", runtime: "), say_duration(sketch, 90), say_number(sketch, ", exitCode: ", 0, 1);
    say(sketch, "}}\n");
}

/* The ports of a family in turn, so that some families share a host and some do not. */
static inline void say_ports(struct sketch *sketch, enum reach reach)
{
    if (reach == REACH_STATIC)
        say_number(sketch, ", portMappings: [{containerPort: 80, hostPort: ", 8080, 8081), say(sketch, "}]");
    else if (reach != REACH_NONE)
        say(sketch, ", portMappings: [{containerPort: 80}]");
}

static inline void say_log(struct sketch *sketch)
{
    say_number(sketch, ", logConfiguration: {logDriver: awslogs, options: {awslogs-group: logs-", 0, 1);
    say(sketch, ", awslogs-region: us-east-1, awslogs-stream-prefix: own, mode: ");
    say(sketch, ONE_OF_WORDS(sketch, "blocking", "blocking", "non-blocking"));
    if (happens(sketch, 50))
        say_number(sketch, ", max-buffer-size: ", 1, 100), say(sketch, "k");
    if (happens(sketch, 50))
        say(sketch, ", awslogs-create-group: \"true\"");
    say(sketch, "}}");
}

static inline void say_behaviour(struct sketch *sketch)
{
    bool has_role = happens(sketch, 10);
    sketch->has_role |= has_role;
    if (has_role)
        say(sketch, "    taskRoleArn: own\n");
    say(sketch, "    simulation: {stopTime: ");
    say_duration(sketch, 60);
    if (has_role && happens(sketch, 50))
        say(sketch, ", needsTaskRole: true");
    if (happens(sketch, 50))
        say(sketch, ", startup: "), say_duration(sketch, 90);
    if (happens(sketch, 10))
        say_number(sketch, ", downloads: [{size: ", 1, 9000), say(sketch, "}]");
    if (happens(sketch, 10))
        say_number(sketch, ", runtime: {exponential: {mean: ", 2, 60), say(sketch, "m}}");
    if (happens(sketch, 15))
        say_number(sketch, ", startFailure: 0.", 1, 9);
    else if (happens(sketch, 5))
        say(sketch, ", startFailure: 1");
    if (happens(sketch, 15))
        say_number(sketch, ", digestFailures: ", 1, 4);
    if (happens(sketch, 8))
        say(sketch, ", neverHealthy: true");
    if (happens(sketch, 40))
        say_number(sketch, ", logRate: ", 1, 50000), say_number(sketch, ", logLine: ", 1, 400);
    if (happens(sketch, 10))
        say_number(sketch, ", unhealthyAfter: {exponential: {mean: ", 2, 60), say(sketch, "m}}");
    if (happens(sketch, 30))
        say_number(sketch, ", disk: ", 0, 400);
    if (happens(sketch, 10))
        say_number(sketch, ", diskGrowth: ", 100, 5000);
    say(sketch, "}\n");
}

/* Its digest is looked for, if it is not written. */
static inline void say_listed_image(struct sketch *sketch)
{
    const char *image = ONE_OF_WORDS(sketch, "app:1", "app:2", "app@sha256:0b", "other:1", "mirror.io/app:1",
                                     "mirror.io/base@sha256:0d");
    sketch->pulls_from_mirror |= !strncmp(image, "mirror", strlen("mirror"));
    text_add_format(&sketch->text, "\"%s\"", image);
}

static inline void say_image(struct sketch *sketch)
{
    say(sketch, ", image: ");
    if (sketch->lists_images)
        say_listed_image(sketch);
    else
        say(sketch, "\"app:1\"");
    if (happens(sketch, 20))
        say(sketch, ", versionConsistency: disabled");
}

static inline void say_images(struct sketch *sketch)
{
    sketch->lists_images = happens(sketch, 40);
    if (!sketch->lists_images)
        return;
    int64_t base = roll(sketch, 1, 200);
    say_number(sketch,
               "images:\n  - {repositoryName: app, imageTags: [\"1\"], layers: [{digest: base, size: ", base,
               base);
    say_number(sketch, "MB}, {digest: a, size: ", 1, 100);
    say(sketch, "MB}]}\n  - {repositoryName: app, imageTags: [\"2\"], imageDigest: \"sha256:0b\", layers: [");
    say_number(sketch, "{digest: b, size: ", 1, 100);
    say_number(sketch, "MB}]}\n  - {image: \"mirror.io/app:1\", layers: [{digest: base, size: ", base, base);
    say_number(sketch, "MB}, {digest: c, size: ", 1, 100), say(sketch, "MB}]}\n");
    say_number(sketch, "  - {image: \"mirror.io/base@sha256:0d\", layers: [{digest: base, size: ", base,
               base);
    say(sketch, "MB}]}\n");
    say_number(sketch, "registries: [{registry: ecr, bandwidth: ", 5, 200), say(sketch, "MB/s}]\n");
}

static inline void say_revision(struct sketch *sketch, int64_t number)
{
    const struct random_family *family = &sketch->family[number];
    enum company company = (enum company)roll(sketch, 0, COMPANY_COUNT - 1);
    text_add_format(&sketch->text, "  - family: family-%ld\n    networkMode: %s\n    containerDefinitions:\n",
                    (long)number, network_modes[family->reach]);
    say_number(sketch, "      - {name: main, cpu: ", 0, 60), say(sketch, "0");
    say_number(sketch, ", memory: ", 1, 60), say(sketch, "0");
    if (happens(sketch, 60))
        say_image(sketch);
    say_ports(sketch, family->reach);
    if (family->checked)
        say_health_check(sketch);
    if (happens(sketch, 15))
        say_restart_policy(sketch);
    if (happens(sketch, 40))
        say_log(sketch);
    say_what_main_awaits(sketch, company, family->checked);
    if (happens(sketch, 5) && family->reach != REACH_FARGATE)
        say(sketch, ", resourceRequirements: [{type: GPU, value: \"1\"}]");
    const char *volume = volume_name(sketch, family->reach == REACH_FARGATE);
    if (volume)
        text_add_format(&sketch->text, ", mountPoints: [{sourceVolume: %s}]", volume);
    say(sketch, "}\n");
    if (company != ALONE)
        say_second(sketch, company, family->checked);
    if (volume)
        say_volume(sketch, volume);
    if (family->reach == REACH_FARGATE)
        say(sketch, "    cpu: 1024\n    memory: 2048\n");
    if (happens(sketch, 10) && family->reach != REACH_FARGATE)
        say(sketch,
            "    placementConstraints: [{type: memberOf, expression: \"attribute:stack == prod\"}]\n");
    say_behaviour(sketch);
}

static inline void say_definitions(struct sketch *sketch)
{
    sketch->families = roll(sketch, 1, MOST_FAMILIES);
    say(sketch, "taskDefinitions:\n");
    for (int64_t i = 0; i < sketch->families; i++) {
        struct random_family *family = &sketch->family[i];
        family->reach = (enum reach)roll(sketch, 0, REACH_COUNT - 1);
        family->checked = happens(sketch, 30);
        family->revisions = roll(sketch, 1, 3);
        for (int64_t n = 0; n < family->revisions; n++)
            say_revision(sketch, i);
    }
}

/* --- services --------------------------------------------------------------------------------- */

static inline void say_load_balancers(struct sketch *sketch)
{
    say(sketch, "targetGroups:\n");
    for (int64_t i = 0; i < 2; i++) {
        bool network = happens(sketch, 15);
        say_name(sketch, "  - {targetGroupName: targets-", i);
        say(sketch, network ? ", protocol: TCP" : "");
        say_number(sketch, ", healthCheckIntervalSeconds: ", network ? 10 : 5, 60);
        say_number(sketch, ", healthyThresholdCount: ", 2, 10);
        say_number(sketch, ", unhealthyThresholdCount: ", 2, 10);
        say_number(sketch, ", attributes: [{key: deregistration_delay.timeout_seconds, value: \"", 0, 300);
        say(sketch, "\"}");
        if (!network && happens(sketch, 30))
            say_number(sketch, ", {key: slow_start.duration_seconds, value: ", 30, 300), say(sketch, "}");
        say(sketch, "]}\n");
    }
    say(sketch, "loadBalancerDescriptions:\n  - loadBalancerName: classic\n");
    say(sketch, "    listenerDescriptions: [{listener: {loadBalancerPort: 443, instancePort: 8080}}]\n");
    if (happens(sketch, 50))
        say(sketch, "    attributes: {connectionDraining: {enabled: true, timeout: 60}}\n");
}

static inline void say_strategies(struct sketch *sketch)
{
    int64_t count = roll(sketch, 1, 3);
    say(sketch, ", placementStrategy: [");
    for (int64_t i = 0; i < count; i++) {
        say(sketch, ONE_OF_WORDS(sketch, "{type: random}", "{type: spread, field: instanceId}",
                                 "{type: binpack, field: cpu}", "{type: binpack, field: memory}",
                                 "{type: spread, field: \"attribute:ecs.availability-zone\"}",
                                 "{type: spread, field: \"attribute:stack\"}"));
        say(sketch, i + 1 < count ? ", " : "]");
    }
}

static inline void say_constraints(struct sketch *sketch)
{
    say(sketch, ", placementConstraints: [");
    say(sketch,
        ONE_OF_WORDS(sketch, "{type: distinctInstance}",
                     "{type: memberOf, expression: \"attribute:stack == prod\"}",
                     "{type: memberOf, expression: \"attribute:ecs.availability-zone != us-east-1a\"}",
                     "{type: memberOf, expression: \"not(task:group == service:service-0)\"}",
                     "{type: memberOf, expression: \"runningTasksCount < 3\"}"));
    say(sketch, "]");
}

/* Nobody is asked while traffic shifts: those stages take no PAUSE. */
static inline void say_hook(struct sketch *sketch)
{
    bool pauses = happens(sketch, 50);
    say(sketch, pauses ? "{targetType: PAUSE" : "{hookTargetArn: ask");
    say(sketch, ", lifecycleStages: [");
    if (!pauses && happens(sketch, 30))
        say(sketch, ONE_OF_WORDS(sketch, "TEST_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"));
    else
        say(sketch, ONE_OF_WORDS(sketch, "RECONCILE_SERVICE", "PRE_SCALE_UP", "POST_SCALE_UP",
                                 "PRE_PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT"));
    say_number(sketch, "], timeoutConfiguration: {timeoutInMinutes: ", 1, 5);
    say(sketch, happens(sketch, 50) ? ", action: CONTINUE}" : "}");
    say(sketch, happens(sketch, 20) ? ", simulation: {outcome: [SUCCEEDED, FAILED], after: "
                                    : ", simulation: {after: ");
    say_duration(sketch, 90);
    say(sketch, "}}");
}

static inline void say_strategy(struct sketch *sketch)
{
    say(sketch, ", strategy: ");
    say(sketch,
        ONE_OF_WORDS(sketch, "ROLLING", "BLUE_GREEN", "LINEAR, linearConfiguration: {stepPercent: 30}",
                     "LINEAR, linearConfiguration: {stepPercent: 75, stepBakeTimeInMinutes: 0}",
                     "CANARY, canaryConfiguration: {canaryBakeTimeInMinutes: 3}"));
    say(sketch, ", lifecycleHooks: [");
    for (int64_t count = roll(sketch, 0, 2), i = 0; i < count; i++) {
        say(sketch, i ? ", " : "");
        say_hook(sketch);
    }
    say(sketch, "]");
}

/* What may end a deployment of at least so many percent before its time. */
static inline void say_failure_detection(struct sketch *sketch, int64_t least)
{
    if (happens(sketch, 40))
        text_add_format(&sketch->text, ", deploymentCircuitBreaker: {enable: true, rollback: %s, %s}",
                        ONE_OF_WORDS(sketch, "true", "false"),
                        ONE_OF_WORDS(sketch, "resetOnHealthyTask: true", "resetOnHealthyTask: false",
                                     "thresholdConfiguration: {type: COUNT, value: 2}"));
    if (happens(sketch, 30))
        text_add_format(&sketch->text, ", alarms: {enable: true, rollback: %s, alarmNames: [errors]}",
                        ONE_OF_WORDS(sketch, "true", "false"));
    if (happens(sketch, 20)) {
        say_number(sketch, ", earlySuccessCriteria: {enable: true, healthyPercent: ", least, 100);
        say(sketch, ONE_OF_WORDS(sketch, "}", ", sourceServiceRevisionCleanup: DEFERRED}"));
    }
}

/* 100/100 is refused; the maximum is then made 150. */
static inline void say_percentages(struct sketch *sketch)
{
    int64_t least = roll(sketch, 0, 4) * 25;
    int64_t most = 100 + roll(sketch, 0, 20) * 5;
    if (happens(sketch, 30))
        least = roll(sketch, 0, 100);
    if (least == 100 && most == 100)
        most = 150;
    text_add_format(&sketch->text,
                    ", deploymentConfiguration: {minimumHealthyPercent: %ld, maximumPercent: %ld",
                    (long)least, (long)most);
    bool staged = happens(sketch, 40);
    if (staged)
        say_strategy(sketch);
    if (staged || happens(sketch, 20))
        say_number(sketch, ", bakeTimeInMinutes: ", 0, 5);
    say_failure_detection(sketch, least);
    say(sketch, "}");
}

static inline void say_service_load_balancers(struct sketch *sketch, const struct random_family *family)
{
    bool classic = (family->reach == REACH_STATIC || family->reach == REACH_HOST) && !family->checked &&
                   happens(sketch, 50);
    int64_t first = roll(sketch, 0, 1);
    say(sketch, ", loadBalancers: [");
    if (classic)
        say(sketch, "{loadBalancerName: classic, containerName: main, containerPort: 80}");
    else
        text_add_format(&sketch->text,
                        "{targetGroupArn: targets-%ld, containerName: main, containerPort: 80}", (long)first);
    if (!classic && happens(sketch, 20))
        text_add_format(&sketch->text,
                        ", {targetGroupArn: targets-%ld, containerName: main, containerPort: 80}",
                        (long)(1 - first));
    say(sketch, "]");
}

/* Two of a kind: Fargate's, or those of the groups. */
static inline void say_capacity_strategy(struct sketch *sketch, bool fargate)
{
    bool both = fargate || sketch->groups > 1;
    say(sketch, ", capacityProviderStrategy: [{capacityProvider: ");
    say(sketch, fargate ? "FARGATE" : "of-group-0");
    say_number(sketch, ", weight: ", 1, 4);
    if (happens(sketch, 30))
        say_number(sketch, ", base: ", 1, 5);
    if (both && happens(sketch, 60)) {
        say(sketch, "}, {capacityProvider: ");
        say(sketch, fargate ? "FARGATE_SPOT" : "of-group-1");
        say_number(sketch, ", weight: ", 0, 4);
    }
    say(sketch, "}]");
}

/* Where the tasks of a service or a call run. Returns whether on Fargate. */
static inline bool say_capacity(struct sketch *sketch, int64_t family)
{
    bool fargate = sketch->family[family].reach == REACH_FARGATE && happens(sketch, 80);
    if (fargate && happens(sketch, 50))
        say(sketch, ", launchType: FARGATE");
    else if (fargate || (sketch->groups && happens(sketch, 20)))
        say_capacity_strategy(sketch, fargate);
    return fargate;
}

/* A DAEMON takes no count and no strategy; the first service may have a scalable target, so it is none. */
static inline void say_scheduling(struct sketch *sketch, int64_t number, int64_t family)
{
    if (happens(sketch, 15) && number > 0) {
        say_number(sketch,
                   ", schedulingStrategy: DAEMON, deploymentConfiguration: {minimumHealthyPercent: ", 0, 99);
        say(sketch, "}");
        if (happens(sketch, 25))
            say_constraints(sketch);
        return;
    }
    say_number(sketch, ", desiredCount: ", 0, 12);
    if (happens(sketch, 80))
        say_percentages(sketch);
    bool placed = !say_capacity(sketch, family);
    if (placed && happens(sketch, 50))
        say_strategies(sketch);
    if (placed && happens(sketch, 25))
        say_constraints(sketch);
}

/* What CreateService takes, in braces. Returns whether it is behind a load balancer. */
static inline bool say_service(struct sketch *sketch, const char *stem, int64_t number, int64_t family)
{
    bool balanced = sketch->family[family].reach != REACH_NONE && happens(sketch, 50);
    say_name(sketch, stem, number);
    say(sketch, ", taskDefinition: ");
    say_definition(sketch, family);
    say_scheduling(sketch, number, family);
    if (balanced)
        say_service_load_balancers(sketch, &sketch->family[family]);
    if (happens(sketch, 40))
        say_number(sketch, ", healthCheckGracePeriodSeconds: ", 0, 300);
    if (happens(sketch, 15))
        say(sketch, ", simulation: {stoppingCounts: false, waitsForDigest: true}");
    say(sketch, "}");
    return balanced;
}

static inline void say_services(struct sketch *sketch)
{
    sketch->services = roll(sketch, 1, MOST_RANDOM_SERVICES);
    say(sketch, "services:\n");
    for (int64_t i = 0; i < sketch->services; i++) {
        sketch->family_of[i] = any_family(sketch);
        say(sketch, "  - ");
        sketch->balanced[i] = say_service(sketch, "{serviceName: service-", i, sketch->family_of[i]);
        say(sketch, "\n");
    }
}

/* A file of the shipped scenarios, read from where the tests run. */
static inline void say_jobs(struct sketch *sketch)
{
    int64_t family = any_family(sketch);
    if (!happens(sketch, 10) || sketch->family[family].reach == REACH_FARGATE)
        return;
    say_name(sketch, "  - {runTask: {taskDefinition: family-", family);
    say_number(sketch, ", count: ", 1, 2);
    say(sketch, ", trace: {file: scenarios/jobs.csv, at: submitted, duration: seconds, cpu: vcpu");
    say_number(sketch, ", cpuScale: ", 0, 600), say_number(sketch, ", memory: gb, memoryScale: ", 64, 600);
    say(sketch, happens(sketch, 50) ? ", unit: 500ms}}}\n" : "}}}\n");
}

/* Services ask those that come after them, so that no requests go round. */
static inline void say_asker(struct sketch *sketch, int64_t of)
{
    if (!of || !happens(sketch, 20))
        return;
    say_name(sketch, "  - {service: service-", of);
    say_name(sketch, ", requestsOf: service-", roll(sketch, 0, of - 1));
    text_add_format(&sketch->text, ", share: %s}\n", ONE_OF_WORDS(sketch, "1", "0.9", "0.001", "3"));
}

static inline void say_function(struct sketch *sketch)
{
    say(sketch, "function: {");
    say_number(sketch, "timeout: ", 1, 20), say_number(sketch, "s, maxAttempts: ", 1, 4);
    say_number(sketch, ", duration: {uniform: {low: 0s, high: ", 0, 25), say(sketch, "s}}");
    say_number(sketch, ", reservedConcurrentExecutions: ", 1, 6);
    say(sketch, happens(sketch, 30) ? ", retryFailures: false}" : "}");
}

static inline void say_trigger(struct sketch *sketch)
{
    switch (roll(sketch, 0, 3)) {
    case 0:
        say_number(sketch, "apiGateway: {throttlingRateLimit: ", 1, 5);
        say_number(sketch, ", throttlingBurstLimit: ", 1, 9),
            say_number(sketch, ", clientMaxAttempts: ", 1, 4);
        say_number(sketch, ", timeoutInMillis: ", 50, 5000), say(sketch, ", ");
        break;
    case 1:
        say_number(sketch, "event: {maximumRetryAttempts: ", 0, 2);
        say_number(sketch, ", maximumEventAgeInSeconds: ", 60, 600), say(sketch, ", ");
        break;
    case 2:
        say_number(sketch, "sqs: {visibilityTimeout: ", 20, 200), say_number(sketch, ", batchSize: ", 1, 10);
        say_number(sketch, ", maximumBatchingWindowInSeconds: ", 0, 9);
        say_number(sketch, ", messageRetentionPeriod: ", 60, 900);
        if (happens(sketch, 50))
            say_number(sketch, ", redrivePolicy: ", 1, 5);
        say(sketch, ", ");
        break;
    default:
        say_number(sketch, "schedule: rate(", 2, 9), say(sketch, " minutes)");
        return;
    }
    say_function(sketch), say(sketch, "}");
}

/* Jobs by a rate, a trace or a schedule, whoever triggers them. */
static inline void say_triggered_jobs(struct sketch *sketch)
{
    int64_t family = any_family(sketch);
    bool on_host = sketch->family[family].reach != REACH_FARGATE;
    if (!happens(sketch, 15))
        return;
    say(sketch, "  - {name: jobs, trigger: {");
    size_t at = sketch->text.length;
    say_trigger(sketch);
    bool schedule = !strncmp(sketch->text.bytes + at, "schedule", strlen("schedule"));
    bool trace = !schedule && on_host && happens(sketch, 30);
    say_name(sketch, "}, runTask: {taskDefinition: family-", family);
    say_number(sketch, ", count: ", 1, 10);
    if (trace)
        say(sketch, ", trace: {file: scenarios/jobs.csv, at: submitted, duration: seconds, cpu: vcpu, "
                    "cpuScale: 300}");
    say(sketch, "}");
    if (!trace && !schedule) {
        say_number(sketch, ", requestsPerSecond: {steps: [[0s, 0.0", 1, 9);
        say_number(sketch, "], [9m, 0.", 0, 5), say(sketch, "], [12m, 0]]}");
    }
    if (happens(sketch, 50)) {
        say_number(sketch, ", deadline: {startBy: ", 1, 300);
        say_number(sketch, ", finishBy: ", 300, 900), say(sketch, "}");
    }
    say(sketch, "}\n");
}

static inline void say_load(struct sketch *sketch)
{
    say(sketch, "load:\n");
    for (int64_t i = 0; i < sketch->services; i++) {
        say_asker(sketch, i);
        if (!happens(sketch, 25))
            continue;
        say_name(sketch, "  - {service: service-", i);
        say_number(sketch, ", requestsPerSecond: {steps: [[0s, ", 0, 100);
        say_number(sketch, "], [9m, ", 0, 400), say(sketch, "]]}}\n");
    }
    say_jobs(sketch);
    say_triggered_jobs(sketch);
}

static inline void say_adjustment_type(struct sketch *sketch)
{
    text_add_format(&sketch->text, "adjustmentType: %s",
                    ONE_OF_WORDS(sketch, "ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"));
}

static inline void say_steps(struct sketch *sketch)
{
    say_number(sketch, ", stepAdjustments: [{metricIntervalUpperBound: 0, scalingAdjustment: ", -5, 5);
    say_number(sketch,
               "}, {metricIntervalLowerBound: 0, metricIntervalUpperBound: 20, scalingAdjustment: ", -5, 5);
    say_number(sketch, "}, {metricIntervalLowerBound: 20, scalingAdjustment: ", 0, 60), say(sketch, "}]");
}

/* Those that the alarm `errors` drives, and those that follow a metric. */
static inline void say_policies_of_service(struct sketch *sketch)
{
    static const char named[] = "  - {policyName: %s, resourceId: service/default/service-0, ";
    if (happens(sketch, 70)) {
        text_add_format(&sketch->text, named, "cpu");
        text_add_format(
            &sketch->text,
            "targetTrackingScalingPolicyConfiguration: {targetValue: 50, disableScaleIn: %s, "
            "predefinedMetricSpecification: {predefinedMetricType: ECSServiceAverage%sUtilization}}}\n",
            ONE_OF_WORDS(sketch, "true", "false"), ONE_OF_WORDS(sketch, "CPU", "Memory"));
    }
    if (happens(sketch, 50)) {
        text_add_format(&sketch->text, named, "depth");
        say(sketch,
            "targetTrackingScalingPolicyConfiguration: {targetValue: 60, customizedMetricSpecification: "
            "{namespace: Random, metricName: Depth}}}\n");
    }
    if (happens(sketch, 50)) {
        text_add_format(&sketch->text, named, "steps");
        say(sketch, "stepScalingPolicyConfiguration: {"), say_adjustment_type(sketch), say_steps(sketch);
        say_number(sketch, ", cooldown: ", 0, 400), say(sketch, "}}\n");
    }
}

static inline void say_policies_of_group(struct sketch *sketch)
{
    if (!sketch->groups)
        return;
    if (happens(sketch, 50)) {
        say(sketch, "  - {policyName: hosts, autoScalingGroupName: group-0, ");
        say_adjustment_type(sketch), say_steps(sketch);
        say_number(sketch, ", estimatedInstanceWarmup: ", 0, 400), say(sketch, "}\n");
    }
    if (happens(sketch, 50)) {
        say(sketch, "  - {policyName: one, autoScalingGroupName: group-0, "), say_adjustment_type(sketch);
        say_number(sketch, ", scalingAdjustment: ", -3, 3), say_number(sketch, ", cooldown: ", 0, 400);
        say(sketch, "}\n");
    }
    if (happens(sketch, 50))
        say(sketch, "  - {policyName: group-cpu, autoScalingGroupName: group-0, targetTrackingConfiguration: "
                    "{targetValue: 30, predefinedMetricSpecification: {predefinedMetricType: "
                    "ASGAverageCPUUtilization}}}\n");
}

static inline void say_scheduled_actions(struct sketch *sketch)
{
    say(sketch, "scheduledActions:\n  - {scheduledActionName: often, resourceId: service/default/service-0");
    say_number(sketch, ", schedule: rate(", 2, 20);
    say_number(sketch, " minutes), scalableTargetAction: {minCapacity: ", 0, 5);
    say_number(sketch, ", maxCapacity: ", 5, 12), say(sketch, "}}\n");
    if (!sketch->groups)
        return;
    say(sketch,
        "scheduledUpdateGroupActions:\n  - {scheduledActionName: minutes, autoScalingGroupName: group-0");
    say_number(sketch, ", recurrence: \"*/", 2, 20);
    say_number(sketch, " * * * *\", minSize: ", 0, 2), say_number(sketch, ", maxSize: ", 2, 6);
    say(sketch, "}\n");
}

static inline void say_scaling(struct sketch *sketch)
{
    bool scalable = happens(sketch, 30);
    if (scalable)
        say_number(sketch,
                   "scalableTargets: [{resourceId: service/default/service-0, minCapacity: 1, "
                   "maxCapacity: ",
                   1, 12),
            say(sketch, "}]\n");
    say(sketch, "scalingPolicies:\n");
    if (scalable)
        say_policies_of_service(sketch);
    if (happens(sketch, 30))
        say_policies_of_group(sketch);
    if (scalable && happens(sketch, 30))
        say_scheduled_actions(sketch);
}

/* What somebody looks at, and the alarm that deployments watch. */
static inline void say_watching(struct sketch *sketch)
{
    bool watched = happens(sketch, 25);
    if (happens(sketch, 15))
        text_add_format(&sketch->text, "recordMetrics: %s\n",
                        ONE_OF_WORDS(sketch, "true", "AWS/ECS", "CPUUtilization"));
    say(sketch, "metrics:\n  - {namespace: Random, metricName: Depth, value: {steps: [[");
    say_number(sketch, "", 0, 300), say_number(sketch, "s, 50], [", 301, 900);
    say(sketch, "s, 150]]}");
    say(sketch, ONE_OF_WORDS(sketch, "}\n", ", perTaskOf: service-0}\n"));
    say(sketch, "alarms:\n  - {alarmName: errors, alarmActions: [steps, hosts, one]");
    if (watched) {
        text_add_format(
            &sketch->text, ", namespace: %s, statistic: %s, comparisonOperator: %s, treatMissingData: %s",
            ONE_OF_WORDS(sketch, "Random, metricName: Depth",
                         "AWS/ECS, metricName: CPUReservation, dimensions: [{name: ClusterName, value: c}]",
                         "ECS/ContainerInsights, metricName: RunningTaskCount, dimensions: "
                         "[{name: ClusterName, value: c}, {name: ServiceName, value: service-0}]",
                         "AWS/ApplicationELB, metricName: HealthyHostCount, dimensions: "
                         "[{name: TargetGroup, value: targets-0}]"),
            ONE_OF_WORDS(sketch, "Average", "Sum", "Minimum", "Maximum", "SampleCount"),
            ONE_OF_WORDS(sketch, "GreaterThanThreshold", "LessThanThreshold"),
            ONE_OF_WORDS(sketch, "missing", "ignore", "breaching", "notBreaching"));
        say_number(sketch, ", period: ", 1, 5), say(sketch, "m");
        say_number(sketch, ", evaluationPeriods: ", 2, 4), say_number(sketch, ", datapointsToAlarm: ", 1, 2);
        say_number(sketch, ", threshold: ", 0, 100);
    }
    say(sketch, "}\n");
}

/* --- what goes wrong -------------------------------------------------------------------------- */

static inline void say_host_failure(struct sketch *sketch)
{
    if (happens(sketch, 30)) {
        say_number(sketch, "  - agentExit: {exitCode: ", 0, 5);
    } else {
        say(sketch, "  - instanceFailure: {mode: ");
        say(sketch, ONE_OF_WORDS(sketch, "crash", "terminate", "stop", "agentLost"));
    }
    if (happens(sketch, 30)) {
        say_number(sketch, ", timeBetween: {exponential: {mean: ", 10, 600);
        say(sketch, "m}}");
    } else {
        say(sketch, ", "), say_when(sketch), say(sketch, ", ");
        say_selector(sketch, true);
    }
    if (happens(sketch, 60))
        say(sketch, ", repair: "), say_duration(sketch, 600);
    say(sketch, "}\n");
}

static inline void say_spot_interruption(struct sketch *sketch)
{
    say(sketch, "  - spotInterruption: {kind: ");
    say(sketch, ONE_OF_WORDS(sketch, "terminate", "stop"));
    if (happens(sketch, 50)) {
        say_number(sketch, ", timeBetween: {exponential: {mean: ", 5, 100);
        say(sketch, "m}}}\n");
    } else {
        say(sketch, ", "), say_when(sketch), say(sketch, ", ");
        say_selector(sketch, true);
        say(sketch, "}\n");
    }
}

static inline void say_throttled_api(struct sketch *sketch)
{
    say(sketch, "  - apiThrottled: {");
    say_when(sketch);
    say_number(sketch, ", for: ", 0, sketch->half_s / 4), say_number(sketch, "s, rate: 0.", 1, 9);
    say(sketch, happens(sketch, 50) ? ", api: Invoke}\n" : "}\n");
}

static inline void say_outage(struct sketch *sketch)
{
    bool launches = happens(sketch, 30);
    say(sketch, launches ? "  - launchFailure: {" : "  - zoneOutage: {");
    say_when(sketch);
    say_number(sketch, ", for: ", 0, sketch->half_s / 4), say(sketch, "s");
    if (!launches || happens(sketch, 50))
        say(sketch, ", availabilityZone: "), say_zone(sketch);
    if (!launches)
        say(sketch, ", kind: "), say(sketch, ONE_OF_WORDS(sketch, "power", "network"));
    say(sketch, "}\n");
}

static inline void say_log_outage(struct sketch *sketch)
{
    say(sketch, "  - logOutage: {"), say_when(sketch);
    say_number(sketch, ", for: ", 0, sketch->half_s / 4);
    say(sketch, happens(sketch, 50) ? "s, kind: throttled}\n" : "s}\n");
}

static inline void say_task_failure(struct sketch *sketch)
{
    say(sketch, "  - ");
    say(sketch, ONE_OF_WORDS(sketch, "taskCrash", "taskHang", "fargateSpotInterruption"));
    say(sketch, ": {"), say_when(sketch), say(sketch, ", ");
    say_selector(sketch, false);
    say(sketch, "}\n");
}

/* Given back before the middle of the run. */
static inline void say_role_withdrawn(struct sketch *sketch)
{
    if (!sketch->has_role) {
        say_task_failure(sketch);
        return;
    }
    say(sketch, "  - roleWithdrawn: {roleName: own, mode: ");
    say(sketch, ONE_OF_WORDS(sketch, "detached", "deleted"));
    say_number(sketch, ", at: ", 0, sketch->half_s / 2), say(sketch, "s");
    say_number(sketch, ", for: ", 0, sketch->half_s / 2), say(sketch, "s}\n");
}

static inline void say_storage_failure(struct sketch *sketch)
{
    bool target = happens(sketch, 50);
    say(sketch, target ? "  - mountTargetOutage: {fileSystem: fs-0, " : "  - volumeFailure: {");
    say_when(sketch);
    say_number(sketch, ", for: ", 0, sketch->half_s / 4), say(sketch, "s");
    if (!target && happens(sketch, 50))
        say(sketch, ", volume: vol-0");
    else if (!target || happens(sketch, 50))
        say(sketch, ", availabilityZone: "), say_zone(sketch);
    say(sketch, "}\n");
}

static inline void say_full_disk(struct sketch *sketch)
{
    say(sketch, "  - diskFull: {"), say_when(sketch), say(sketch, ", ");
    if (happens(sketch, 70))
        say_number(sketch, "for: ", 1, 900), say(sketch, "s, ");
    say_selector(sketch, true);
    say(sketch, "}\n");
}

static inline void say_registry_outage(struct sketch *sketch)
{
    say(sketch, "  - registryOutage: {"), say_when(sketch);
    say_number(sketch, ", for: ", 0, sketch->half_s / 4);
    bool of_mirror = sketch->pulls_from_mirror && happens(sketch, 50);
    say(sketch, of_mirror ? "s, registry: mirror.io}\n" : "s}\n");
}

static inline void say_failures(struct sketch *sketch)
{
    int64_t count = happens(sketch, 30) ? 0 : roll(sketch, 1, 4);
    say(sketch, "failures:\n");
    if (sketch->lists_images && happens(sketch, 30))
        say_registry_outage(sketch);
    for (int64_t i = 0; i < count; i++) {
        typedef void verb(struct sketch *);
        static verb *const verbs[] = {say_host_failure,      say_outage,        say_task_failure,
                                      say_spot_interruption, say_log_outage,    say_throttled_api,
                                      say_storage_failure,   say_role_withdrawn};
        verbs[roll(sketch, 0, (int64_t)(sizeof verbs / sizeof *verbs) - 1)](sketch);
    }
    if (happens(sketch, 10))
        say_full_disk(sketch);
}

/* --- what people do --------------------------------------------------------------------------- */

static inline void say_update(struct sketch *sketch)
{
    int64_t service = roll(sketch, 0, sketch->services - 1);
    int64_t family =
        sketch->balanced[service] || happens(sketch, 70) ? sketch->family_of[service] : any_family(sketch);
    say_name(sketch, "updateService: {service: service-", service);
    if (happens(sketch, 60))
        say(sketch, ", taskDefinition: "), say_definition(sketch, family);
    if (happens(sketch, 40))
        say_number(sketch, ", desiredCount: ", 0, 12);
    if (happens(sketch, 30))
        say_percentages(sketch);
    if (happens(sketch, 15))
        say_strategies(sketch);
    if (happens(sketch, 10))
        say_constraints(sketch);
    if (happens(sketch, 20))
        say(sketch, ", forceNewDeployment: true");
    if (happens(sketch, 10) && sketch->groups)
        say_capacity_strategy(sketch, happens(sketch, 50));
    if (sketch->balanced[service] && happens(sketch, 10))
        say_service_load_balancers(sketch, &sketch->family[family]);
    if (happens(sketch, 10))
        say(sketch, ", availabilityZoneRebalancing: "),
            say(sketch, ONE_OF_WORDS(sketch, "ENABLED", "DISABLED"));
    if (happens(sketch, 10))
        say_number(sketch, ", healthCheckGracePeriodSeconds: ", 0, 300);
    say(sketch, "}");
}

static inline void say_run_task(struct sketch *sketch)
{
    int64_t family = any_family(sketch);
    say(sketch, "runTask: {taskDefinition: ");
    say_definition(sketch, family);
    say_number(sketch, ", count: ", 1, 10);
    if (happens(sketch, 30))
        say(sketch, ", group: batch");
    bool placed = !say_capacity(sketch, family);
    if (placed && happens(sketch, 40))
        say_strategies(sketch);
    if (placed && happens(sketch, 20))
        say_constraints(sketch);
    say(sketch, "}");
}

static inline void say_start_task(struct sketch *sketch)
{
    say(sketch, "startTask: {taskDefinition: ");
    say_definition(sketch, any_family(sketch));
    say(sketch, ", containerInstances: [{");
    say_selector(sketch, true);
    say(sketch, "}]}");
}

static inline void say_stop_task(struct sketch *sketch)
{
    say(sketch, "stopTask: {task: {");
    say_selector(sketch, false);
    say(sketch, "}}");
}

static inline void say_protect(struct sketch *sketch)
{
    say(sketch, "updateTaskProtection: {tasks: [{");
    if (happens(sketch, 30))
        say_number(sketch, "service: service-", 0, sketch->services - 1), say(sketch, ", count: 6");
    else
        say_selector(sketch, false);
    if (happens(sketch, 40))
        say(sketch, "}, {"), say_selector(sketch, false);
    say(sketch, "}], protectionEnabled: ");
    say(sketch, ONE_OF_WORDS(sketch, "true", "true", "false"));
    say_number(sketch, ", expiresInMinutes: ", 1, 30), say(sketch, "}");
}

static inline void say_delete_service(struct sketch *sketch)
{
    say_number(sketch, "deleteService: {service: service-", 0, sketch->services - 1);
    say(sketch, happens(sketch, 70) ? ", force: true}" : "}");
}

static inline void say_create_service(struct sketch *sketch)
{
    say(sketch, "createService: ");
    int64_t number = roll(sketch, 0, MOST_RANDOM_SERVICES);
    int64_t family = any_family(sketch);
    say_service(sketch, "{serviceName: service-", number, family);
}

static inline void say_group_action(struct sketch *sketch)
{
    if (sketch->weighted && happens(sketch, 40)) {
        say_number(sketch, "setDesiredCapacity: {autoScalingGroupName: weighted, desiredCapacity: ", 0, 9);
        say(sketch, "}");
    } else if (sketch->groups && happens(sketch, 60)) {
        say_number(sketch, "setDesiredCapacity: {autoScalingGroupName: group-", 0, sketch->groups - 1);
        say_number(sketch, ", desiredCapacity: ", 0, 7), say(sketch, "}");
    } else {
        say(sketch, "terminateInstanceInAutoScalingGroup: {instanceId: {");
        say_selector(sketch, true);
        say(sketch, happens(sketch, 50) ? "}, shouldDecrementDesiredCapacity: true}" : "}}");
    }
}

static inline void say_instance_refresh(struct sketch *sketch, int64_t group)
{
    text_add_format(&sketch->text, "startInstanceRefresh: {autoScalingGroupName: group-%ld, preferences: {",
                    (long)group);
    if (happens(sketch, 60))
        say(sketch, ONE_OF_WORDS(sketch, "minHealthyPercentage: 0, ", "minHealthyPercentage: 100, ",
                                 "minHealthyPercentage: 100, maxHealthyPercentage: 150, ",
                                 "minHealthyPercentage: 50, maxHealthyPercentage: 120, "));
    if (happens(sketch, 40))
        say_number(sketch, "checkpointPercentages: [10, 50, 100], checkpointDelay: ", 0, 900),
            say(sketch, ", ");
    if (happens(sketch, 20))
        say(sketch, "alarmSpecification: {alarms: [errors]}, ");
    if (happens(sketch, 20))
        say(sketch, "skipMatching: true, ");
    if (happens(sketch, 30))
        say(sketch, "scaleInProtectedInstances: "),
            say(sketch, ONE_OF_WORDS(sketch, "Wait, ", "Ignore, ", "Refresh, "));
    if (happens(sketch, 20))
        say_number(sketch, "bakeTime: ", 0, 600), say(sketch, ", ");
    say_number(sketch, "instanceWarmup: ", 0, 300), say(sketch, "}");
    if (happens(sketch, 40))
        say(sketch, ", desiredConfiguration: {launchTemplate: {launchTemplateName: next}}");
    say(sketch, "}");
}

static inline void say_zonal_shift(struct sketch *sketch, int64_t group)
{
    text_add_format(&sketch->text,
                    "startZonalShift: {resourceIdentifier: group-%ld, awayFrom: ", (long)group);
    say_zone(sketch);
    say_number(sketch, ", expiresIn: ", 1, 60), say(sketch, "m}");
}

static inline void say_maintenance_action(struct sketch *sketch)
{
    if (!sketch->groups) {
        say_group_action(sketch);
        return;
    }
    int64_t group = roll(sketch, 0, sketch->groups - 1), kind = roll(sketch, 0, 9);
    if (kind < 5)
        say_instance_refresh(sketch, group);
    else if (kind < 8)
        say_zonal_shift(sketch, group);
    else
        text_add_format(&sketch->text,
                        kind == 8 ? "%s: {autoScalingGroupName: group-%ld}"
                                  : "%s: {resourceIdentifier: group-%ld}",
                        kind == 9 ? "cancelZonalShift"
                                  : ONE_OF_WORDS(sketch, "cancelInstanceRefresh", "rollbackInstanceRefresh"),
                        (long)group);
}

static inline void say_deployment_action_on(struct sketch *sketch, int64_t service)
{
    int64_t kind = roll(sketch, 0, 2);
    if (kind == 0)
        text_add_format(&sketch->text, "setAlarmState: {alarmName: errors, stateValue: %s}",
                        ONE_OF_WORDS(sketch, "ALARM", "ALARM", "OK"));
    else if (kind == 1)
        text_add_format(&sketch->text, "continueServiceDeployment: {service: service-%ld, action: %s}",
                        (long)service, ONE_OF_WORDS(sketch, "CONTINUE", "CONTINUE", "ROLLBACK"));
    else
        text_add_format(&sketch->text,
                        "stopServiceDeployment: {serviceDeploymentArn: service-%ld, stopType: %s}",
                        (long)service, ONE_OF_WORDS(sketch, "ROLLBACK", "ROLLBACK", "ABORT"));
}

static inline void say_deployment_action(struct sketch *sketch)
{
    say_deployment_action_on(sketch, roll(sketch, 0, sketch->services - 1));
}

static inline void say_host_action(struct sketch *sketch)
{
    if (happens(sketch, 70)) {
        say(sketch, "updateContainerInstancesState: {containerInstances: [{");
        say_selector(sketch, true);
        say(sketch, happens(sketch, 60) ? "}], status: DRAINING}" : "}], status: ACTIVE}");
    } else {
        say(sketch, "deregisterContainerInstance: {containerInstance: {");
        say_selector(sketch, true);
        say(sketch, happens(sketch, 60) ? "}, force: true}" : "}}");
    }
}

static inline void say_any_group(struct sketch *sketch)
{
    say_number(sketch, "autoScalingGroupName: group-", 0, sketch->groups - 1);
}

static inline void say_group_update(struct sketch *sketch)
{
    say(sketch, "updateAutoScalingGroup: {"), say_any_group(sketch);
    if (happens(sketch, 50))
        say_number(sketch, ", minSize: ", 0, 3);
    if (happens(sketch, 50))
        say_number(sketch, ", maxSize: ", 2, 8);
    if (happens(sketch, 50))
        say(sketch, ", availabilityZones: ["), say_zone(sketch), say(sketch, "]");
    say(sketch, "}");
}

static inline void say_processes(struct sketch *sketch)
{
    say(sketch, ONE_OF_WORDS(sketch, "suspendProcesses: {", "resumeProcesses: {")), say_any_group(sketch);
    if (happens(sketch, 70))
        text_add_format(&sketch->text, ", scalingProcesses: [%s, %s]", any_process(sketch), "AZRebalance");
    say(sketch, "}");
}

static inline void say_scale_in_protection(struct sketch *sketch)
{
    say(sketch, "setInstanceProtection: {"), say_any_group(sketch), say(sketch, ", instanceIds: [{");
    say_selector(sketch, true);
    text_add_format(&sketch->text, "}], protectedFromScaleIn: %s}", ONE_OF_WORDS(sketch, "true", "false"));
}

static inline void say_instance_health(struct sketch *sketch)
{
    say(sketch, "setInstanceHealth: {instanceId: {");
    say_selector(sketch, true);
    text_add_format(&sketch->text, "}, healthStatus: %s, shouldRespectGracePeriod: %s}",
                    ONE_OF_WORDS(sketch, "Unhealthy", "Unhealthy", "Healthy"),
                    ONE_OF_WORDS(sketch, "true", "false"));
}

static inline void say_lifecycle_action(struct sketch *sketch)
{
    say(sketch, "completeLifecycleAction: {"), say_any_group(sketch);
    say_number(sketch, ", lifecycleHookName: hook-", 0, 2), say(sketch, ", instanceId: {");
    say_selector(sketch, true);
    text_add_format(&sketch->text, "}, lifecycleActionResult: %s}",
                    ONE_OF_WORDS(sketch, "CONTINUE", "ABANDON"));
}

static inline void say_group_behaviour_action(struct sketch *sketch)
{
    typedef void verb(struct sketch *);
    static verb *const verbs[] = {say_group_update, say_processes, say_scale_in_protection,
                                  say_instance_health, say_lifecycle_action};
    if (sketch->groups)
        verbs[roll(sketch, 0, (int64_t)(sizeof verbs / sizeof *verbs) - 1)](sketch);
    else
        say_host_action(sketch);
}

static inline void say_put_image(struct sketch *sketch)
{
    if (!sketch->lists_images) {
        say_update(sketch);
        return;
    }
    say_number(sketch, "putImage: {repositoryName: app, imageTag: \"", 1, 2);
    say(sketch, "\", imageDigest: \"sha256:0b\"}");
}

static inline void say_action(struct sketch *sketch)
{
    typedef void verb(struct sketch *);
    static verb *const verbs[] = {say_update,
                                  say_update,
                                  say_update,
                                  say_update,
                                  say_put_image,
                                  say_run_task,
                                  say_stop_task,
                                  say_start_task,
                                  say_delete_service,
                                  say_create_service,
                                  say_group_action,
                                  say_protect,
                                  say_deployment_action,
                                  say_host_action,
                                  say_host_action,
                                  say_group_behaviour_action,
                                  say_group_behaviour_action,
                                  say_maintenance_action,
                                  say_maintenance_action};
    say(sketch, "  - {"), say_when(sketch), say(sketch, ", ");
    verbs[roll(sketch, 0, (int64_t)(sizeof verbs / sizeof *verbs) - 1)](sketch);
    say(sketch, "}\n");
}

/* More deployments at once than anybody makes. */
static inline void say_burst_of_deployments(struct sketch *sketch)
{
    say_number(sketch, "  - {at: ", 0, 300), say(sketch, "s");
    say_number(sketch, ", every: ", 1, 20), say(sketch, "s");
    say_number(sketch, ", times: ", 20, 120);
    say_number(sketch, ", updateService: {forceNewDeployment: true, service: service-", 0,
               sketch->services - 1);
    say(sketch, "}}\n");
}

/* A deployment that nobody lets go on but this, or that is not over when this comes. */
static inline void say_intervention(struct sketch *sketch)
{
    int64_t service = roll(sketch, 0, sketch->services - 1), at = roll(sketch, 0, sketch->half_s / 4);
    text_add_format(&sketch->text, "  - {at: %lds, updateService: {service: service-%ld, ", (long)at,
                    (long)service);
    say(sketch, "forceNewDeployment: true, deploymentConfiguration: {strategy: ");
    say(sketch, ONE_OF_WORDS(sketch, "ROLLING", "BLUE_GREEN",
                             "LINEAR, linearConfiguration: {stepPercent: 50}", "CANARY"));
    say(sketch, ", bakeTimeInMinutes: 1, lifecycleHooks: [{targetType: PAUSE, lifecycleStages: [");
    say(sketch, ONE_OF_WORDS(sketch, "PRE_SCALE_UP", "POST_SCALE_UP", "POST_PRODUCTION_TRAFFIC_SHIFT"));
    say_number(sketch, "], timeoutConfiguration: {timeoutInMinutes: ", 4, 20), say(sketch, "}}]}}}\n");
    text_add_format(&sketch->text, "  - {at: %lds, ", (long)(at + roll(sketch, 5, 300)));
    say_deployment_action_on(sketch, service);
    say(sketch, "}\n");
}

/* From then on updates may name it; those that come before are refused. */
static inline void say_register(struct sketch *sketch)
{
    int64_t number = any_family(sketch);
    struct random_family *family = &sketch->family[number];
    say_number(sketch, "  - {at: ", 0, sketch->half_s / 4);
    text_add_format(&sketch->text, "s, registerTaskDefinition: {family: family-%ld, networkMode: %s, ",
                    (long)number, network_modes[family->reach]);
    if (family->reach == REACH_FARGATE)
        say(sketch, "cpu: 1024, memory: 2048, ");
    say_number(sketch, "containerDefinitions: [{name: main, memory: ", 6, 600);
    say_ports(sketch, family->reach);
    if (family->checked)
        say_health_check(sketch);
    say(sketch, "}]}}\n");
    family->revisions++;
}

static inline void say_timeline(struct sketch *sketch)
{
    int64_t count = roll(sketch, 0, 8);
    say(sketch, "timeline:\n");
    if (happens(sketch, 20))
        say_register(sketch);
    if (happens(sketch, 20))
        say_intervention(sketch);
    if (happens(sketch, 3))
        say_burst_of_deployments(sketch);
    for (int64_t i = 0; i < count; i++)
        say_action(sketch);
}

/* --- all of it -------------------------------------------------------------------------------- */

static inline void say_timing(struct sketch *sketch)
{
    static const char *const varied[] = {"instanceLaunch", "instanceRunning", "instanceBoot",
                                         "eniAttach",      "eniDetach",       "taskDispatch",
                                         "imagePull",      "containerStart",  "provisioningTimeout"};
    static const char *const fixed[] = {
        "agentDisconnectNotice", "statusCheckPatience", "healthyWithoutChecks",   "rebalancingDelay",
        "agentSession",          "agentStart",          "rebalanceRecommendation"};
    say(sketch, "timing:\n  serviceTick: ");
    say(sketch, ONE_OF_WORDS(sketch, "10s", "10s", "1s", "0s"));
    if (happens(sketch, 15))
        say(sketch, "\n  targetsAwaitTick: false");
    bool instant = happens(sketch, 15);
    for (size_t i = 0; i < sizeof varied / sizeof *varied; i++)
        if (instant || happens(sketch, 20)) {
            text_add_format(&sketch->text, "\n  %s: ", varied[i]);
            instant ? say(sketch, "0s") : say_duration(sketch, 60);
        }
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (instant || happens(sketch, 20)) {
            text_add_format(&sketch->text, "\n  %s: ", fixed[i]);
            instant ? say(sketch, "0s") : (say_number(sketch, "", 0, 300), say(sketch, "s"));
        }
    if (instant)
        say(sketch, "\n  agentReconnect: 250ms");
    say(sketch, "\n");
}

static inline void say_managed_scaling(struct sketch *sketch, bool protects)
{
    say(sketch, ", managedScaling: {status: ENABLED");
    if (happens(sketch, 30))
        say_number(sketch, ", targetCapacity: ", 1, 100);
    if (happens(sketch, 30))
        say_number(sketch, ", minimumScalingStepSize: ", 1, 3);
    if (happens(sketch, 30))
        say_number(sketch, ", maximumScalingStepSize: ", 3, 6);
    if (happens(sketch, 50))
        say_number(sketch, ", instanceWarmupPeriod: ", 0, 100);
    say(sketch, "}");
    if (protects)
        say(sketch, ", managedTerminationProtection: ENABLED");
}

static inline void say_providers(struct sketch *sketch)
{
    say(sketch, "capacityProviders:\n  - {name: FARGATE_SPOT, simulation: {priceShare: 0.3}}\n");
    for (int64_t i = 0; i < sketch->groups; i++) {
        text_add_format(&sketch->text,
                        "  - {name: of-group-%ld, autoScalingGroupProvider: {autoScalingGroupArn: group-%ld",
                        (long)i, (long)i);
        if (happens(sketch, 50))
            say_managed_scaling(sketch, sketch->protecting[i] && happens(sketch, 50));
        if (happens(sketch, 50))
            say(sketch, ", managedDraining: DISABLED");
        say(sketch, "}}\n");
    }
}

static inline void say_quotas(struct sketch *sketch)
{
    say(sketch, "quotas:\n");
    if (happens(sketch, 15))
        say_number(sketch, "  tasksLaunchedPerServicePerMinute: ", 1, 8), say(sketch, "\n");
    if (happens(sketch, 30))
        say_number(sketch, "  provisioningTasksPerCluster: ", 0, 10), say(sketch, "\n");
    if (happens(sketch, 20))
        say_number(sketch, "  ec2LaunchBurst: ", 1, 3), say(sketch, "\n");
    say_number(sketch, "  fargateLaunchBurst: ", 1, happens(sketch, 30) ? 5 : 100);
    say_number(sketch, "\n  fargateLaunchPerSecond: ", 1, happens(sketch, 30) ? 3 : 20), say(sketch, "\n");
}

static inline void random_scenario_write(struct text *text, uint64_t number)
{
    struct sketch sketch = {.key = rng_open(number, rng_name("random scenario"), 0, 0)};
    sketch.half_s = happens(&sketch, 50) ? roll(&sketch, 5, 30) * 60 : roll(&sketch, 50, 120) * 60;
    if (happens(&sketch, 1))
        sketch.half_s = roll(&sketch, 15, 20) * 3600; /* deployments may take too long */
    text_add_format(&sketch.text, "name: random-%lu\nseed: %lu\nduration: %lds\n", (unsigned long)number,
                    (unsigned long)number, (long)(2 * sketch.half_s));
    if (happens(&sketch, 3))
        say_number(&sketch, "sampleEvery: ", 1, 100), say(&sketch, "s\n");
    say(&sketch, "limits: {events: 20000}\nstart: ");
    say(&sketch, ONE_OF_WORDS(&sketch, "steady\n", "steady\n", "empty\n"));
    say_timing(&sketch);
    say_quotas(&sketch);
    say_fleet(&sketch);
    say_providers(&sketch);
    say_images(&sketch);
    say_storage(&sketch);
    say_definitions(&sketch);
    if (happens(&sketch, 10))
        say(&sketch, "logGroups: [logs-0]\n");
    say_load_balancers(&sketch);
    say_services(&sketch);
    say_load(&sketch);
    say_scaling(&sketch);
    say_watching(&sketch);
    say_failures(&sketch);
    say_timeline(&sketch);
    text_add(text, sketch.text.bytes);
    text_free(&sketch.text);
}

#endif
