#include "models/ecs/ecs.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/capacity/managed_draining.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/group/warm_pool.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/image/registry.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/spot.h"
#include "models/ecs/job/job.h"
#include "models/ecs/listings.h"
#include "models/ecs/load_balancer/slow_start.h"
#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/log/log_driver.h"
#include "models/ecs/metric/sampling.h"
#include "models/ecs/results/describe.h"
#include "models/ecs/results/expect.h"
#include "models/ecs/results/explain.h"
#include "models/ecs/results/narrate.h"
#include "models/ecs/results/percent_map.h"
#include "models/ecs/results/perturbation.h"
#include "models/ecs/results/pictures.h"
#include "models/ecs/results/revisions.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/results/summary.h"
#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/scaling/scheduled_action.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/tick.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/protection.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_health.h"
#include "models/ecs/task/task_load.h"
#include "models/ecs/timeline.h"
#include "models/failure/failure.h"
#include "models/settings/aws_fields.h"

static const struct event_kind event_kinds[EVENT_COUNT] = {
#define EVENT(name, text, handler, subject) {text, handler},
#include "models/ecs/events.def"
#undef EVENT
};

static const char *const decision_names[DECISION_COUNT] = {
#define DECISION(name, text) text,
#include "models/ecs/decisions.def"
#undef DECISION
};

static const char *aws_help(void)
{
    return "A scenario of a live cluster: let the AWS CLI print it, and name the files under `from:`.\n"
           "\n"
           "  aws ecs describe-clusters --clusters demo > clusters.json\n"
           "  aws ecs describe-services --cluster demo --services web > services.json\n"
           "  aws ecs describe-task-definition --task-definition WebApp:1 > taskdef.json\n"
           "  aws elbv2 describe-target-groups --names web > target-groups.json\n"
           "  aws elb describe-load-balancers --load-balancer-names web > classic.json\n"
           "  aws ecr describe-images --repository-name web > images.json\n"
           "  aws autoscaling describe-auto-scaling-groups --auto-scaling-group-names fleet > groups.json\n"
           "  aws ec2 describe-launch-template-versions --launch-template-name fleet > launch-template.json\n"
           "  aws ecs describe-capacity-providers > capacity-providers.json\n"
           "  aws ecs describe-container-instances --cluster demo --container-instances ID > hosts.json "
           "  # those in no group\n"
           "  aws ec2 describe-subnets > subnets.json\n"
           "  aws ec2 describe-volumes > volumes.json\n"
           "  aws efs describe-file-systems > file-systems.json\n"
           "  aws efs describe-mount-targets --file-system-id fs-0a1b2c3d > mount-targets.json\n"
           "  aws ecs list-account-settings --effective-settings > settings.json\n"
           "  aws application-autoscaling describe-scalable-targets --service-namespace ecs > targets.json\n"
           "  aws application-autoscaling describe-scaling-policies --service-namespace ecs > policies.json\n"
           "  aws application-autoscaling describe-scheduled-actions --service-namespace ecs > "
           "scheduled.json\n"
           "  aws autoscaling describe-policies > group-policies.json\n"
           "  aws autoscaling describe-scheduled-actions > group-scheduled.json\n"
           "  aws cloudwatch describe-alarms --alarm-types MetricAlarm > alarms.json\n"
           "  aws logs describe-log-groups > log-groups.json\n"
           "  aws iam list-roles > roles.json\n"
           "\n"
           "  from: [services.json, taskdef.json, target-groups.json, groups.json]\n"
           "  duration: 1h\n"
           "  availabilityZones: [us-east-1a, us-east-1b]\n"
           "\n"
           "An element of the same name in the scenario is laid over the one that was read, key by key:\n"
           "\n"
           "  autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large}]\n"
           "  timeline: [{at: 5m, updateService: {service: web, taskDefinition: WebApp:2}}]\n"
           "\n"
           "Fields that AWS has and that are not simulated are accepted; `ecsim validate` lists them.\n";
}

const struct model ecs_model = {
    .settings = &ecs_settings_shape,
    .events = event_kinds,
    .event_count = EVENT_COUNT,
    .decisions = decision_names,
    .series = ecs_series,
    .series_count = SERIES_COUNT,
    .listings = ecs_listings,
    .pictures = ecs_pictures,
    .headlines = ecs_headlines,
    .fan = &ecs_fan,
    .map = &ecs_percent_map,
    .perturbation = &ecs_perturbation,
    .revisions = &ecs_revisions,
    .known_field = aws_field_known,
    .figure_help = summary_help,
    .aws_help = aws_help,
    .begin = world_begin,
    .wake = metrics_wake,
    .settle = world_settle,
    .finish = world_finish,
    .judge = expect_judge,
    .summarise = summary_write,
    .narrate = narrate,
    .describe = decision_describe,
    .describe_event = event_describe,
    .listen = explain_listen,
    .look = explain_look,
    .answer = explain_answer,
    .end = world_end,
};
