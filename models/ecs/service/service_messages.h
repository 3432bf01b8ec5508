/* What a service says in its Events tab, in ECS's own words: the one place where they stand.
 *
 * A template is what follows the prefix "(service web) ", or "(service web, taskSet ecs-svc/2) " where that
 * is said. Tasks are told as " (task web-7)" each, load balancers as "target-group NAME" or "elb NAME".
 *
 * [DG:service-event-messages-list] is the list that AWS keeps; [OBS] are messages of real services that are
 * not in it. ECS keeps the latest 100 of a service [API:Service.events]; the results keep them all. Not here,
 * since the calls behind them are not limited here: "operations are being throttled. Will try again later."
 * Nor are those of two quotas, a cluster's tasks in PROVISIONING and an account's vCPUs on Fargate, and
 * "Internal error."
 *
 * Duplicates are suppressed until their cause clears or six hours pass [DG:service-event-messages]: see
 * service_may_say(). An unhealthy target is told each time that it turns unhealthy, so once per cause. */
#ifndef MODELS_ECS_SERVICE_MESSAGES_H
#define MODELS_ECS_SERVICE_MESSAGES_H

#include "sim/engine/text.h"
#include <stdarg.h>

/* --- tasks come and go ------------------------------------------------------------------------ */

/* [OBS] */
#define SAYS_STARTED "has started %ld tasks:%s."
#define SAYS_STOPPED "has stopped %ld running tasks:%s."
#define SAYS_COMPLETED "(deployment %s) deployment completed."
#define SAYS_ROLLING_BACK "rolling back to deployment %s."

/* [DG:service-event-messages-list]; the reason of an alarm [OBS]. */
#define SAYS_FAILED "(deployment %s) deployment failed: %s"

/* [DG:service-event-messages-list] */
#define SAYS_STEADY "has reached a steady state."

/* --- load balancers --------------------------------------------------------------------------- */

/* [OBS]; the last one is said of a task set. */
#define SAYS_REGISTERED "registered %ld %s in (%s %s)"
#define SAYS_DEREGISTERED "deregistered %ld %s in (%s %s)"
#define SAYS_DRAINING "has begun draining connections on %ld tasks."

/* [DG:troubleshooting-blue-green, OBS] */
#define SAYS_NOT_REGISTERED "failed to %s %s in (%s %s) with (error %s)"

/* [DG:service-event-messages-list]; the task [OBS]. */
#define SAYS_UNHEALTHY "(task %s) (port %ld) is unhealthy in (target-group %s) due to (reason %s)"
#define SAYS_UNHEALTHY_INSTANCE                                                                              \
    "(task %s) (instance %s) is unhealthy in (elb %s) due to (reason Instance has failed at least the "      \
    "UnhealthyThreshold number of health checks consecutively.)"

/* --- what holds a service back ---------------------------------------------------------------- */

/* [DG:service-event-messages-list]; its tails are "Reason: No Container Instances were found in your
 * cluster." (or "capacity provider.") or the closest match, and where to read on [OBS]. */
#define SAYS_NOT_PLACED                                                                                      \
    "was unable to place a task because no container instance met all of its requirements. %s "              \
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."
#define SAYS_NO_INSTANCES "Reason: No Container Instances were found in your cluster."
#define SAYS_NO_INSTANCES_OF_PROVIDER "Reason: No Container Instances were found in your capacity provider."
#define SAYS_CLOSEST "The closest matching (container-instance %s) %s."

/* [OBS] */
#define SAYS_NOT_LAUNCHED "failed to launch a task with (error %s)."

/* Some were launched, some not. [DG:service-event-messages-list] How the reason follows is our choice. */
#define SAYS_NOT_ALL_LAUNCHED "could not launch %ld tasks for deployment %s. %s"

/* [DG:service-event-messages-list; DG:service-throttle-logic] */
#define SAYS_START_IMPAIRED "is unable to consistently start tasks successfully."

/* [DG:service-event-messages-list] */
#define SAYS_UNABLE_TO_MOVE                                                                                  \
    "was unable to stop or start tasks during a deployment because of the service deployment "               \
    "configuration. Update the minimumHealthyPercent or maximumPercent value and try again."

/* [DG:service-event-messages-list] */
#define SAYS_PROTECTED                                                                                       \
    "was unable to reach steady state because task set (%s) was unable to scale in. Reason: The number of "  \
    "protected tasks are more than the desired count of tasks"

/* AWS's page gives the two halves of the sentence. [DG:service-event-messages-list] */
#define SAYS_NOT_PROVISIONED "was unable to place tasks. Reason: %s"
#define SAYS_TOO_MANY_PROVISIONING "The tasks provisioning capacity limit was exceeded."

/* On Fargate: "unable to place a task" with its reason, of which AWS lists the sentence.
 * [DG:service-event-messages-list] How the two are joined is our choice. */
#define SAYS_NOT_PLACED_ON_FARGATE "was unable to place a task. Reason: %s"
#define SAYS_NO_FARGATE                                                                                      \
    "Capacity is unavailable at this time. Please try again later or in a different availability zone"

/* --- Availability Zone rebalancing ------------------------------------------------------------ */

/* [DG:service-rebalancing-event-messages-list] */
#define SAYS_NOT_BALANCED "is not AZ balanced with %s. AZ Rebalancing in progress."
#define SAYS_BALANCED "is AZ balanced with %s."
#define SAYS_STARTED_TO_BALANCE "has started %ld tasks in %s to AZ Rebalance:%s."
#define SAYS_STOPPED_TO_BALANCE "has stopped %ld running tasks in %s due to AZ rebalancing:%s."
#define SAYS_NOT_PLACED_IN_ZONE                                                                              \
    "is unable to place a task in %s because no container instance met all of its requirements."
#define SAYS_REBALANCING_STOPPED "stopped AZ Rebalancing."

/* --- writing ---------------------------------------------------------------------------------- */

/* Adds the whole message; `task_set` is NULL where the service itself speaks. */
void service_message_write(struct text *, const char *service, const char *task_set, const char *format,
                           va_list) __attribute__((format(printf, 4, 0)));

/* Names of tasks, as SAYS_STARTED and SAYS_STOPPED take them; the text is whoever's has them. */
struct task_names {
    struct text text;
    int64_t count;
};

void task_names_add(struct task_names *, const char *name);

#endif
