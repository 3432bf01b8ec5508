#!/bin/sh
# The worst moment from outside: tests/cli/worst_moment.sh BINARY. Prints TAP; exit status 1 if a point fails.
set -u
here=$(dirname "$(realpath "$0")")
binary=$(realpath "$1")
studies=$(realpath "$here/../../scenarios/studies")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"

# figure FILE NAME: a figure of the service web in a summary.
figure()
{
    sed -n "/\"web\": {/,/}/s/^ *\"$2\": \([0-9.]*\),*$/\1/p" "$1" | head -n 1
}

echo "TAP version 13"

# The planted weakness, and its replay.
gives 0 study "$studies/worst-moment.yaml" -o found
says out '^The worst moment of deployment 2 of web: the death of instance fleet-1 at 11m30s, just after '
says out 'serving falls to 0 (without it: 2) and is lower for 3m12s$'
says out '^  replay: ecsim run found/worst-moment/worst-moment.yaml$'
says out '^176 deaths were tried at 44 moments'
grep '^1,' found/worst-moment/worst.csv >out
says out '^1,instance,fleet-1,690.000001,.*,1,2,0,2,185,0,2,192.299999,'
gives 3 run --no-plot found/worst-moment/worst-moment.yaml -o replay
says out '^broken .*: web: serving at least 2 from 11m30s$'
[ "$(figure replay/summary.json leastHealthy)" = 0 ]
point 'healthy falls to 0 in the replay' $?
[ "$(figure replay/summary.json leastServing)" = 0 ]
point 'serving falls to 0 in the replay' $?
lack=$(figure replay/summary.json belowDesired)
[ "$lack" -gt 0 ] && rows found/worst-moment/study.csv "^instance,fleet-1,690.000001,.*,$lack,"
point 'the row of study.csv is that of the replay' $?
says found/worst-moment/worst-moment.yaml '^  - instanceFailure: {at: 690.000001s, containerInstance: fleet-1, mode: crash}$'
! grep -q 'timing\|quotas' found/worst-moment/worst-moment.yaml
point 'the replay says what was said, and no default' $?

# A second call plays nothing, and leaves the same bytes; so does another number of threads.
cp -r found/worst-moment first
gives 0 study "$studies/worst-moment.yaml" -o found --threads 1
gives 0 study "$studies/worst-moment.yaml" -o other --threads 3
for file in study.csv worst.csv worst-moment.yaml; do
    cmp -s first/$file found/worst-moment/$file && cmp -s first/$file other/worst-moment/$file
    point "  $file is the same" $?
done

# A scenario with data files beside it, in a folder of its own: the replay finds them from where it stands. The name
# of the group might be read as an ARN, of which the end counts.
mkdir -p far/away
cat >far/away/web.yaml <<'END'
name: web
description: "with \" quotes, # hashes and: colons"
duration: 20m
autoScalingGroups: [{autoScalingGroupName: "a/b", instanceType: m5.large, minSize: 2, maxSize: 2}]
taskDefinitions:
  - {family: app, containerDefinitions: [{name: main, cpu: 512, memory: 256}], simulation: {startup: {empirical: {file: starts.csv, column: s}}}}
services:
  - {serviceName: web-v2, taskDefinition: app, desiredCount: 2, deploymentConfiguration: {minimumHealthyPercent: 50, maximumPercent: 100}}
timeline: [{at: 5m, updateService: {service: web-v2, forceNewDeployment: true}}]
END
printf 's\n4\n9\n' >far/away/starts.csv
gives 0 study far/away/web.yaml --worst-moment web-v2 -o data
says out '^Of one instance alone, the worst moment of deployment 2 of web-v2: the death of instance a/b-[12] at '
gives 3 run --no-plot data/web/worst-moment-instance.yaml -o again
says out ': a/b-[12] crashed$'
says out '^broken .*: web-v2: serving at least '
sed 's|"a/b"|"a b/c(\\\\d, \\"{ü"|' far/away/web.yaml >far/away/hostile.yaml
gives 0 study far/away/hostile.yaml --worst-moment web-v2 -o hostile
gives 3 run --no-plot hostile/web/worst-moment-instance.yaml -o again
says out ': a b/c(\\d, "{ü-[12] crashed$'
gives 0 study far/away/web.yaml --worst-moment web-v2 -o "it's here"
says out "^  replay: ecsim run 'it'.''s here/web/worst-moment-instance.yaml'$"
gives 0 study far/away/web.yaml --worst-moment web-v2 -o seeds --seeds 3..4
says out 'of web-v2: with seed [34], the death of '
says seeds/web/worst-moment.yaml '^seed: [34]$'

# What is lower because less is asked for hides nothing: neither when all is stopped afterwards, nor when all was
# stopped in a deployment before.
gives 0 study "$studies/worst-moment.yaml" --set 'timeline[+]={at: 20m, updateService: {service: web, desiredCount: 0}}' -o less
says out '^The worst moment of deployment 2 of web: the death of instance fleet-1 at 11m30s, just after '
gives 3 run --no-plot less/worst-moment/worst-moment.yaml -o again
says out '^broken .*: web: serving at least 2 from 11m30s until 20m$'
gives 0 study "$studies/worst-moment.yaml" --set 'timeline[+]={at: 20m, deleteService: {service: web, force: true}}' -o gone
gives 3 run --no-plot gone/worst-moment/worst-moment.yaml -o again
says out '^broken .*: web: serving at least 2 from 11m30s until 20m$'
gives 0 study "$studies/worst-moment.yaml" --set services.web.desiredCount=1 -o more \
    --set services.web.deploymentConfiguration.minimumHealthyPercent=0 --set 'timeline[0]={at: 2m, updateService: {service: web, forceNewDeployment: true}}' \
    --set 'timeline[+]={at: 5m, updateService: {service: web, desiredCount: 4, deploymentConfiguration: {minimumHealthyPercent: 100, maximumPercent: 150}}}' \
    --set 'timeline[+]={at: 10m, updateService: {service: web, taskDefinition: WebApp:2}}'
says out '^The worst moment of deployment [23] of web: '

# Who is dead does not die again: neither a host that has crashed nor a zone without power, for two minutes.
gives 0 study "$studies/worst-moment.yaml" --set 'failures[+]={instanceFailure: {at: 601s, containerInstance: fleet-2}}' \
    --set 'failures[+]={zoneOutage: {at: 602s, for: 2m, availabilityZone: us-east-1b, kind: power}}' -o dead
table=dead/worst-moment/worst.csv
rows $table '^[0-9]*,instance,fleet-2,60[01]'
[ "$(wc -l <out)" -gt 1 ]
point '  it dies before' $?
rows $table '^[0-9]*,instance,fleet-2,\(60[2-9]\|6[1-9]\|[7-9]\)'
silent out
rows $table '^[0-9]*,zone,us-east-1b,\(60[3-9]\|6[1-9]\|70\|71\)'
silent out
rows $table '^[0-9]*,zone,us-east-1b,7[3-9]'
[ -s out ]
point '  it dies afterwards' $?

# What cannot be looked for.
gives 2 study "$studies/two-on-one-host.yaml" --worst-moment wbe -o none
says err 'there is no service `wbe`; did you mean `web`?'
gives 2 study "$studies/two-on-one-host.yaml" --worst-moment web --set 'timeline=[]' -o none
says err 'nothing deploys `web` before the end; say when: timeline: '
gives 2 study "$studies/two-on-one-host.yaml" --worst-moment web --set start=empty --set 'timeline=[]' -o none
says err 'nothing deploys `web` before the end'
gives 2 study "$studies/two-on-one-host.yaml" --worst-moment web --vary services.web.desiredCount=3,4 -o none
says err 'is looked for in one scenario'
gives 2 study "$studies/two-on-one-host.yaml" --worst-moment web --set 'containerInstances[+]={instanceType: t3.small, count: 4000}' -o none
says err 'more than 100000 deaths'
gives 2 study "$studies/two-on-one-host.yaml" --worst-moment web --set limits.events=10 -o none
says err 'stopped by limits.events'
absent none

conclude
