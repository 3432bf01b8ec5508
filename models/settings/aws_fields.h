/* The fields that AWS has, whether the simulation uses them or not: a scenario may hold what `aws …
 * describe-*` prints and what --cli-input-json takes, so a field of AWS is never a mistake, and anything else
 * is.
 *
 * Restated from the request and answer shapes of botocore's service-2.json for ecs, ecr, iam, autoscaling,
 * application-autoscaling, ec2, cloudwatch, logs, efs, elb and elbv2 at 0e6e2404b (2026-08-07), answer-only
 * fields included. */
#ifndef MODELS_SETTINGS_AWS_FIELDS_H
#define MODELS_SETTINGS_AWS_FIELDS_H

/* A section is the scenario's ("services"), "scalingPolicies (EC2)" for policies of an Auto Scaling group,
 * "targetGroups.attributes" and "loadBalancerDescriptions.attributes", or an action of the timeline
 * ("timeline.runTask"). A path goes through it, list elements written as "containerDefinitions[].name"; the
 * case of each segment's first letter is free. 0: AWS has no such field; 1: it has; 2: it has, as a map or
 * document with free keys, so anything may stand below. */
int aws_field_known(const char *section, const char *path);

#endif
