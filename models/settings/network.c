/* subnets, accountSettings and networkConfiguration: where tasks that have a network interface of their own
 * may run, and how many of them. */
#include "models/settings/tables.h"
#include <strings.h>

/* --- tables ----------------------------------------------------------------------------------- */

#define OF struct subnet_settings
static const struct param subnet_params[] = {
    ROW("subnetId", NAME, id, "its id", REQUIRED),
    ROW("availabilityZone", TEXT, availability_zone, "its zone", REQUIRED),
    ROW("vpcId", TEXT, vpc_id, "its VPC"),
    PARAM_END,
};
#undef OF

const struct shape subnet_shape = {
    .name = "subnet",
    .size = sizeof(struct subnet_settings),
    .params = subnet_params,
    .collection = "subnets",
    .name_key = "subnetId",
};

#define OF struct awsvpc_configuration_settings
static const struct param awsvpc_configuration_params[] = {
    ROW("subnets", TEXTS, subnets, "ids of subnets; `subnets:` says in which zone each is"),
    PARAM_END,
};
#undef OF

static void check_awsvpc_configuration(struct mistakes *, void *object, void *root);

static const struct shape awsvpc_configuration_shape = {
    .name = "awsvpc configuration",
    .size = sizeof(struct awsvpc_configuration_settings),
    .params = awsvpc_configuration_params,
    .check = check_awsvpc_configuration,
};

#define OF struct network_configuration_settings
static const struct param network_configuration_params[] = {
    ROW_STRUCT("awsvpcConfiguration", awsvpc, struct awsvpc_configuration_settings,
               awsvpc_configuration_shape, "of tasks in awsvpc mode"),
    PARAM_END,
};
#undef OF

const struct shape network_configuration_shape = {
    .name = "network configuration",
    .size = sizeof(struct network_configuration_settings),
    .params = network_configuration_params,
};

#define OF struct pair
static const struct param account_setting_params[] = {
    ROW("name", TEXT, key, "awsvpcTrunking or defaultLogDriverMode; others change nothing here", REQUIRED),
    ROW("value", TEXT, value, "enabled or disabled; of the latter blocking or non-blocking", REQUIRED),
    PARAM_END,
};
#undef OF

/* As aws ecs list-account-settings prints them; {awsvpcTrunking: enabled} says the same. */
const struct shape account_setting_shape = {
    .name = "account setting",
    .size = sizeof(struct pair),
    .params = account_setting_params,
    .name_key = "name",
};

/* --- subnets ---------------------------------------------------------------------------------- */

/* AWS prints the subnets of all zones, so only those that are used need one of the scenario's. */
static void check_zone(struct mistakes *mistakes, const struct ecs_settings *settings,
                       const struct awsvpc_configuration_settings *configuration,
                       const struct subnet_settings *subnet)
{
    const char *zone = subnet->availability_zone;
    if (zone && settings->zones_source == ZONES_LISTED && !settings_named(settings, NAMED_ZONE, zone))
        warn(mistakes, configuration, "subnets",
             "`%s` is in `%s`, which is not one of the scenario's availabilityZones: no task runs there",
             subnet->id, zone);
}

/* A scenario that describes no subnet does not care for their zones: its tasks may go anywhere. */
static void check_awsvpc_configuration(struct mistakes *mistakes, void *object, void *root)
{
    const struct ecs_settings *settings = root;
    struct awsvpc_configuration_settings *configuration = object;
    struct list *zones = &configuration->availability_zones;
    if (settings->subnets.count == 0)
        return;
    zones->items = arena_array(mistakes_arena(mistakes), configuration->subnets.count, sizeof(const char *));
    EACH_TEXT(id, configuration->subnets) {
        const struct subnet_settings *subnet = settings_named(settings, NAMED_SUBNET, *id);
        if (!subnet) {
            mistake(mistakes, configuration, "subnets", "`%s` is not one of the scenario's subnets", *id);
            continue;
        }
        check_zone(mistakes, settings, configuration, subnet);
        ((const char **)zones->items)[zones->count++] = subnet->availability_zone;
    }
}

/* [API:CreateServiceRequest.networkConfiguration] */
void settings_check_network(struct mistakes *mistakes, const void *object,
                            const struct network_configuration_settings *network,
                            const struct task_definition_settings *definition)
{
    if (network->awsvpc.subnets.count > 0 && definition && definition->network_mode != NETWORK_AWSVPC)
        mistake(mistakes, object, "networkConfiguration",
                "InvalidParameterException: Network Configuration is not valid for the given networkMode of "
                "this task definition.");
}

/* --- the account ------------------------------------------------------------------------------ */

static bool is_on(const char *value)
{
    return value && (!strcasecmp(value, "enabled") || !strcasecmp(value, "on"));
}

static void warn_if_unknown(struct mistakes *mistakes, const void *object, const struct instance_type *type)
{
    if (type && type->awsvpc_tasks_with_trunking < 0)
        warn(mistakes, object, "instanceType",
             "how many awsvpc tasks fit on `%s` with trunking is unknown; it gets none of it", type->name);
}

void settings_check_account(struct mistakes *mistakes, struct ecs_settings *settings)
{
    EACH(struct pair, setting, settings->account_settings) {
        if (settings_same(setting->key, "awsvpcTrunking"))
            settings->awsvpc_trunking = is_on(setting->value);
    }
    if (!settings->awsvpc_trunking)
        return;
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups) {
        EACH(struct launch_option, option, group->plan.options)
            warn_if_unknown(mistakes, group, option->type);
    }
    EACH(struct container_instance_settings, instance, settings->container_instances)
        warn_if_unknown(mistakes, instance, instance->type);
}
