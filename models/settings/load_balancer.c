/* targetGroups and loadBalancerDescriptions: what checks the health of targets. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* [ELB:edit-target-group-attributes] */
enum { MOST_DEREGISTRATION_DELAY_S = 3600, LEAST_SLOW_START_S = 30, MOST_SLOW_START_S = 900 };

enum protocol { PROTOCOL_HTTP, PROTOCOL_HTTPS };
static const char *const protocols[] = {
    [PROTOCOL_HTTP] = "HTTP", [PROTOCOL_HTTPS] = "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "QUIC", NULL};
enum health_check_protocol { CHECK_TCP, CHECK_HTTP, CHECK_HTTPS };
static const char *const health_check_protocols[] = {
    [CHECK_TCP] = "TCP", [CHECK_HTTP] = "HTTP", [CHECK_HTTPS] = "HTTPS", NULL};

/* --- target groups ---------------------------------------------------------------------------- */

#define OF struct tag_settings
static const struct param attribute_params[] = {
    ROW("key", TEXT, key, "name of the attribute", REQUIRED),
    ROW("value", TEXT, value, "its value", REQUIRED),
    PARAM_END,
};
#undef OF

static const struct shape attribute_shape = {
    .name = "target group attribute",
    .size = sizeof(struct tag_settings),
    .params = attribute_params,
    .name_key = "key",
};

#define OF struct target_group_settings
static const struct param target_group_params[] = {
    ROW("targetGroupName", NAME, name, "its name", REQUIRED, ALIAS("name")),
    ROW("healthCheckIntervalSeconds", DURATION, interval,
        "seconds between checks of a target [ELB:target-group-health-checks]", DEFAULT("30"),
        SECONDS(5, 300)),
    ROW("protocol", CHOICE, protocol,
        "HTTP and HTTPS are an Application Load Balancer's, the others a Network Load Balancer's",
        DEFAULT("HTTP"), ONE_OF(protocols)),
    ROW("healthCheckProtocol", CHOICE, health_check_protocol,
        "how targets are checked (default: HTTP, of a Network Load Balancer's TCP)",
        ONE_OF(health_check_protocols)),
    ROW("healthCheckTimeoutSeconds", DURATION, timeout,
        "seconds until a check has failed (default: 5 [ELB:target-group-health-checks]; of a Network Load "
        "Balancer 6 for HTTP checks and 10 for others [API elbv2:CreateTargetGroupInput])",
        SECONDS(2, 120)),
    ROW("healthyThresholdCount", INTEGER, healthy_threshold,
        "successes in a row after which an unhealthy target is healthy; a new one needs one "
        "[ELB:target-group-health-checks]",
        DEFAULT("5"), RANGE(2, 10)),
    ROW("unhealthyThresholdCount", INTEGER, unhealthy_threshold,
        "failures in a row after which a target is unhealthy [ELB:target-group-health-checks]", DEFAULT("2"),
        RANGE(2, 10)),
    ROW_LIST("attributes", attributes, attribute_shape,
             "{key, value}; used are deregistration_delay.timeout_seconds, default 300, and "
             "slow_start.duration_seconds, default 0 [ELB:edit-target-group-attributes]",
             AWS("targetGroups.attributes")),
    PARAM_END,
};
#undef OF

static void check_timeout(struct mistakes *mistakes, const void *object, const char *key, simtime timeout,
                          simtime interval)
{
    if (timeout > interval)
        mistake(mistakes, object, key,
                "the timeout of %" PRId64 " s is longer than the interval of %" PRId64 " s",
                timeout / SIMTIME_SECOND, interval / SIMTIME_SECOND);
}

/* Whether the text is digits alone, a number of seconds within the bounds; `seconds` stays as it is if not.
 */
static bool read_seconds(const char *text, long least, long most, simtime *seconds)
{
    size_t digits = strspn(text, "0123456789");
    long number = strtol(text, NULL, 10);
    if (digits == 0 || text[digits] != '\0' || number < least || number > most)
        return false;
    *seconds = number * SIMTIME_SECOND;
    return true;
}

static void read_delay(struct mistakes *mistakes, const struct tag_settings *attribute, simtime *delay)
{
    if (!read_seconds(attribute->value, 0, MOST_DEREGISTRATION_DELAY_S, delay))
        mistake(mistakes, attribute, "value", "`%s` is not a number of seconds from 0 to %d",
                attribute->value, MOST_DEREGISTRATION_DELAY_S);
}

static bool is_of_application_load_balancer(const struct target_group_settings *group)
{
    return group->protocol == PROTOCOL_HTTP || group->protocol == PROTOCOL_HTTPS;
}

static void read_slow_start(struct mistakes *mistakes, const struct target_group_settings *group,
                            const struct tag_settings *attribute, simtime *duration)
{
    bool off = read_seconds(attribute->value, 0, 0, duration);
    if (!off && !read_seconds(attribute->value, LEAST_SLOW_START_S, MOST_SLOW_START_S, duration))
        mistake(mistakes, attribute, "value", "`%s` is neither 0 nor a number of seconds from %d to %d",
                attribute->value, LEAST_SLOW_START_S, MOST_SLOW_START_S);
    else if (!off && !is_of_application_load_balancer(group))
        mistake(mistakes, attribute, "key", "a target group of a Network Load Balancer has no slow start");
}

/* [API elbv2:CreateTargetGroupInput.HealthCheckTimeoutSeconds] for Network Load Balancers. */
static simtime default_timeout(const struct target_group_settings *group)
{
    if (is_of_application_load_balancer(group))
        return 5 * SIMTIME_SECOND;
    return (group->health_check_protocol == CHECK_HTTP ? 6 : 10) * SIMTIME_SECOND;
}

static void check_target_group(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct target_group_settings *group = object;
    if (group->timeout == ABSENT)
        group->timeout = default_timeout(group);
    check_timeout(mistakes, group, "healthCheckTimeoutSeconds", group->timeout, group->interval);
    group->deregistration_delay = 300 * SIMTIME_SECOND;
    group->of_network_load_balancer = !is_of_application_load_balancer(group);
    EACH(struct tag_settings, attribute, group->attributes) {
        if (settings_same(attribute->key, "deregistration_delay.timeout_seconds"))
            read_delay(mistakes, attribute, &group->deregistration_delay);
        if (settings_same(attribute->key, "slow_start.duration_seconds"))
            read_slow_start(mistakes, group, attribute, &group->slow_start);
    }
}

const struct shape target_group_shape = {
    .name = "target group",
    .size = sizeof(struct target_group_settings),
    .params = target_group_params,
    .collection = "targetGroups",
    .name_key = "targetGroupName",
    .check = check_target_group,
};

/* --- Classic load balancers ------------------------------------------------------------------- */

#define OF struct classic_health_check_settings
static const struct param classic_health_check_params[] = {
    ROW("interval", DURATION, interval, "seconds between checks of an instance (default: 30)", DEFAULT("30"),
        SECONDS(5, 300)),
    ROW("timeout", DURATION, timeout, "seconds until a check has failed (default: 5)", DEFAULT("5"),
        SECONDS(2, 60)),
    ROW("healthyThreshold", INTEGER, healthy_threshold,
        "successes in a row that make an instance InService (default: 10)", DEFAULT("10"), RANGE(2, 10)),
    ROW("unhealthyThreshold", INTEGER, unhealthy_threshold,
        "failures in a row that make it OutOfService (default: 2)", DEFAULT("2"), RANGE(2, 10)),
    PARAM_END,
};
#undef OF

static void check_classic_health_check(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct classic_health_check_settings *check = object;
    check_timeout(mistakes, check, "timeout", check->timeout, check->interval);
}

static const struct shape classic_health_check_shape = {
    .name = "health check of a Classic load balancer",
    .size = sizeof(struct classic_health_check_settings),
    .params = classic_health_check_params,
    .check = check_classic_health_check,
};

#define OF struct classic_listener_settings
static const struct param listener_params[] = {
    ROW("loadBalancerPort", INTEGER, load_balancer_port, "port of the load balancer", RANGE(1, MOST_PORT)),
    ROW("instancePort", INTEGER, instance_port, "port of the instances", RANGE(1, MOST_PORT)),
    PARAM_END,
};
#undef OF

static const struct shape listener_shape = {
    .name = "listener",
    .size = sizeof(struct classic_listener_settings),
    .params = listener_params,
};

#define OF struct classic_listener_description_settings
static const struct param listener_description_params[] = {
    ROW_STRUCT("listener", listener, struct classic_listener_settings, listener_shape,
               "a port of it and of the instances"),
    PARAM_END,
};
#undef OF

static const struct shape listener_description_shape = {
    .name = "listener description",
    .size = sizeof(struct classic_listener_description_settings),
    .params = listener_description_params,
};

#define OF struct connection_draining_settings
static const struct param draining_params[] = {
    ROW("enabled", FLAG, enabled, "whether requests in flight are awaited (default: no)", DEFAULT("false")),
    ROW("timeout", DURATION, timeout, "seconds for which they are (default: 300)", DEFAULT("300"),
        SECONDS(1, 3600)),
    PARAM_END,
};
#undef OF

static const struct shape draining_shape = {
    .name = "connection draining",
    .size = sizeof(struct connection_draining_settings),
    .params = draining_params,
};

#define OF struct classic_attributes_settings
static const struct param classic_attributes_params[] = {
    ROW_STRUCT("connectionDraining", connection_draining, struct connection_draining_settings, draining_shape,
               "what happens to requests in flight when an instance is deregistered"),
    PARAM_END,
};
#undef OF

static const struct shape classic_attributes_shape = {
    .name = "attributes of a Classic load balancer",
    .size = sizeof(struct classic_attributes_settings),
    .params = classic_attributes_params,
};

#define OF struct classic_load_balancer_settings
static const struct param classic_params[] = {
    ROW("loadBalancerName", NAME, name, "its name", REQUIRED),
    ROW_STRUCT("healthCheck", health_check, struct classic_health_check_settings, classic_health_check_shape,
               "how it checks instances"),
    ROW_LIST("listenerDescriptions", listener_descriptions, listener_description_shape, "its listeners"),
    ROW_STRUCT("attributes", attributes, struct classic_attributes_settings, classic_attributes_shape,
               "what `aws elb describe-load-balancer-attributes` prints",
               AWS("loadBalancerDescriptions.attributes")),
    PARAM_END,
};
#undef OF

const struct shape classic_load_balancer_shape = {
    .name = "Classic load balancer",
    .size = sizeof(struct classic_load_balancer_settings),
    .params = classic_params,
    .collection = "loadBalancerDescriptions",
    .name_key = "loadBalancerName",
};
