#!/bin/sh
# Writes the scenario of a large fleet: tests/bench/fleet.sh start|deploy|zone SERVICES HOSTS
# Services of 5,000 tasks, each spread over three zones and packed there by memory; sixteen tasks fit on a host, and there is a host for
# ten, so that a zone can be lost. AWS's own limits are lifted.
#   start   the services begin with nothing, on hosts that are there
#   deploy  they run, and each goes to its second revision at 100/110
#   zone    they run, and a zone loses its power
what=$1 services=$2 hosts=$3
case $what in
start) begin=empty ;;
*) begin=steady ;;
esac
cat <<END
name: fleet-$what
duration: 3h
start: $begin
recordEvents: [service, deployment]
availabilityZones: [us-east-1a, us-east-1b, us-east-1c]
quotas: {containerInstancesPerCluster: 200000, tasksLaunchedPerServicePerMinute: 10000, ec2LaunchBurst: 200000}
autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.2xlarge, minSize: $hosts, desiredCapacity: $hosts, maxSize: $hosts}]
taskDefinitions:
  - {family: App, containerDefinitions: [{name: app, image: "app:1", cpu: 512, memory: 1024}]}
  - {family: App, containerDefinitions: [{name: app, image: "app:2", cpu: 512, memory: 1024}]}
services:
END
awk -v services="$services" 'BEGIN {
    for (i = 1; i <= services; i++)
        printf "  - {serviceName: s%d, taskDefinition: \"App:1\", desiredCount: 5000, deploymentConfiguration: {minimumHealthyPercent: 100, " \
            "maximumPercent: 110}, placementStrategy: [{type: spread, field: \"attribute:ecs.availability-zone\"}, {type: binpack, field: memory}]}\n", i
}'
case $what in
deploy)
    echo "timeline:"
    awk -v services="$services" 'BEGIN {
        for (i = 1; i <= services; i++) printf "  - {at: 10m, updateService: {service: s%d, taskDefinition: \"App:2\"}}\n", i}'
    ;;
zone) echo "failures: [{zoneOutage: {at: 10m, for: 2h, availabilityZone: us-east-1a, kind: power}}]" ;;
esac
