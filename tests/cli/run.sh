#!/bin/sh
# The command line from outside: tests/cli/run.sh BINARY [SCENARIO.yaml]. Prints TAP; exit status 1 if a point fails.
# The scenario must be right, keep its promises and name no files; without one, the first of scenarios/ is taken.
set -u
here=$(dirname "$(realpath "$0")")
binary=$(realpath "$1")
scenario=$(realpath "${2:-$(ls scenarios/*.yaml | head -n 1)}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"

echo "TAP version 13"

# The program itself.
gives 0 --version
says out '^ecsim [0-9]'
gives 2
says err 'ecsim run'
gives 0 help
says out 'Exit status'
gives 0 --help
for topic in scenario results aws run check validate explain plot diff study list help; do
    gives 0 help $topic
    silent err
done
for command in run check validate explain plot diff study list help; do
    gives 0 $command --help
    says out "^usage: ecsim $command"
done
gives 2 rnu
says err 'did you mean run?'
gives 2 --verison
gives 2 help resluts
says err 'did you mean results?'
gives 0 list
gives 2 list nothing-like-this
silent out
"$binary" help >/dev/full 2>err
point 'a full disk behind the output is no success' $(($? != 1))

"$binary" run --quiet --no-plot "$scenario" -o closed <&- >&- 2>err
point 'results are written with standard input and output closed' $?
"$binary" check "$scenario" >&- 2>err
point 'a closed output is no success' $(($? != 1))

# Options.
gives 2 run
says err 'SCENARIO.yaml'
gives 2 run "$scenario" "$scenario"
gives 2 run --no-polt "$scenario"
says err 'did you mean --no-plot?'
gives 2 run "$scenario" --seed
says err 'needs a value'
for command in run check study; do
    gives 2 $command "$scenario" -o ''
    says err 'output needs a value'
done
gives 2 run --quiet=yes "$scenario"
gives 2 run --seed=lots "$scenario"
gives 2 run --set durration=1h "$scenario"
gives 2 run -x "$scenario"
gives 2 run -- --quiet
gives 2 run absent.yaml
silent out
absent results

# Results.
gives 0 run "$scenario" -o deep/er/here/
says out '^results in deep/er/here'
for file in timeseries.csv summary.json scenario.yaml timeseries.svg; do
    [ -s deep/er/here/$file ]
    point "  there is a $file" $?
done
[ "$(ls -A deep/er)" = here ]
point '  and nothing beside the folder' $?
gives 0 run --quiet "$scenario" -oagain --no-plot
silent out
silent err
absent again/timeseries.svg
for file in deep/er/here/*; do
    case $file in
    *.svg | */scenario.yaml) ;;
    *)
        cmp -s "$file" "again/$(basename "$file")"
        point "  the same bytes: $(basename "$file")" $?
        ;;
    esac
done
gives 0 run --quiet --no-plot again/scenario.yaml -o replayed
cmp -s again/timeseries.csv replayed/timeseries.csv
point '  a resolved scenario gives the same results' $?
gives 0 run --events none --quiet --no-plot "$scenario" -o silenced
[ -e silenced/events.jsonl ] && [ ! -s silenced/events.jsonl ]
point '  no events were asked for, none are there' $?
gives 0 run --seed 7 --quiet --no-plot "$scenario" -o again
says again/summary.json '"seed": 7'
cp -r again before
gives 1 run --set limits.events=1 "$scenario" -o again
says err 'limits.events'
diff -r again before >out 2>err
point '  earlier results are as they were' $?
gives 1 run --set limits.events=1 "$scenario" -o fresh
absent fresh

# What is not ours stays.
mkdir thesis && echo work >thesis/chapter-1
gives 2 run "$scenario" -o thesis
says err 'thesis'
says thesis/chapter-1 work
ln -s thesis link
gives 2 run "$scenario" -o link
gives 2 run "$scenario" -o link/
gives 2 run "$scenario" -o .
gives 2 run "$scenario" -o thesis/chapter-1
: >file
gives 1 run --quiet --no-plot "$scenario" -o file/below

# Names that would be code in a shell, in gnuplot or in an option.
hostile='`touch pwned` $(touch pwned) '\''; touch pwned; # "%s%n'
cp "$scenario" "$hostile.yaml"
cp "$scenario" ./--quiet
gives 2 run "$hostile.yaml"
says err 'cannot name a results folder'
gives 0 run "$hostile.yaml" -o "$hostile" --set name=hostile --set description="$(printf '"%s"' '`touch pwned` system(touch pwned)')"
[ -s "$hostile/timeseries.svg" ]
point '  and is drawn' $?
absent pwned
gives 0 plot "$hostile" -o "$hostile.png"
absent pwned
gives 0 run -o dashes -- --quiet
gives 2 run --set name=../escaped "$scenario"
absent ../escaped

# Pictures.
for ending in svg png pdf; do
    gives 0 plot again -o picture.$ending
    [ -s picture.$ending ]
    point "  there is a picture.$ending" $?
done
gives 2 plot again -o picture.gif
gives 2 plot thesis
printf 'duration: 1m\n' >empty.yaml
gives 0 run empty.yaml -o empty
absent empty/timeseries.svg
gives 1 plot empty
says err 'nothing to draw'
gives 2 plot again --picture nothing
says err 'there are timeseries, fleet'
gives 2 plot again before
gives 0 plot again before -o both.svg
[ -s both.svg ]
point '  two results on one picture' $?
gives 0 plot again --terminal
says out 'desired'
PATH=/nowhere "$binary" plot again -o none.svg >out 2>err
point 'a missing gnuplot is exit status 1' $(($? != 1))
says err 'gnuplot could not be started'
absent none.svg

# Explanations.
cat >stuck.yaml <<'END'
duration: 30m
containerInstances: [{instanceType: m5.large, count: 2}]
taskDefinitions:
  - {family: App, containerDefinitions: [{name: main, cpu: 512, memory: 256}]}
  - {family: App, containerDefinitions: [{name: main, cpu: 512, memory: 256}]}
services:
  - {serviceName: web, taskDefinition: "App:1", desiredCount: 1, deploymentConfiguration: {minimumHealthyPercent: 50, maximumPercent: 100}}
timeline:
  - {at: 1m, runTask: {taskDefinition: "App:1"}}
  - {at: 10m, updateService: {service: web, taskDefinition: "App:2"}}
END
gives 0 run --quiet --no-plot stuck.yaml -o stuck
cp -r stuck stuck-before
gives 0 explain stuck --service web
silent err
says out '^web at 30m: 1 desired, 0 pending, 1 running, 1 healthy, 0 stopping$'
says out 'minimumHealthyPercent 50: of 1 desired at least 1 must stay healthy'
says out 'maximumPercent 100: of 1 desired at most 1 may exist'
says out 'It is stuck'
says out 'm5.large-2  us-east-1a .*chosen$'
diff -r stuck stuck-before >out 2>err
point '  the results are as they were' $?
gives 0 explain stuck/ --service web --at 9m59s
says out '^It is steady and waits for nothing$'
for at in 599 599s 9m59s 2026-01-01T00:09:59Z; do
    gives 0 explain stuck --service web --at $at
    says out '^web at 9m59s'
done
gives 0 explain stuck --service web --task web-1
says out 'web-1 at 30m: RUNNING and healthy'
says out 'at 0s: web: start web-1 of App:1 on m5.large-1 (us-east-1a)'
says out 'm5.large-1  us-east-1a .*chosen$'
arn=$(grep -o 'arn:aws:ecs:[^"]*:task/[^"]*' stuck/events.jsonl | head -n 1)
for id in "$arn" "${arn##*/}" App-1; do
    gives 0 explain stuck --task "$id"
    says out '^App-1 at 30m: RUNNING'
    says out 'a standalone task, of the group family:App'
done
gives 2 explain stuck
says err 'of which service? there are web'
sed 's/^services:/&\n  - {serviceName: late, taskDefinition: "App:1", desiredCount: 0}/; s/^timeline:/&\n  - {at: 1m, deleteService: {service: late}}\n  - {at: 5m, createService: {serviceName: late, taskDefinition: "App:1", desiredCount: 0}}/' stuck.yaml >late.yaml
gives 0 run --quiet --no-plot late.yaml -o late
gives 2 explain late
says err 'there are late, web$'
gives 0 run --quiet --no-plot stuck.yaml --set services=[] --set timeline=[] -o lonely
gives 2 explain lonely
says err 'there is no service; ask for a task$'
gives 2 explain stuck --service wbe
says err 'there is no service `wbe`; did you mean `web`?'
gives 2 explain stuck --task web-12
says err 'web has had web-1 to web-1'
for at in 31m -5 soon '' 2025-12-31T23:59:59Z 2026-13-01 99999999999999999999s; do
    gives 2 explain stuck --service web --at "$at"
    silent out
    says err 'ecsim explain: --at'
done
gives 2 explain
gives 2 explain thesis --service web
says err 'holds no results of ecsim'

# Results that are not as they were.
sed -i 's/"fingerprint": "../"fingerprint": "__/' stuck/summary.json
gives 2 explain stuck --service web
silent out
says err 'was changed'
sed -i 's/"version": "[^"]*"/"version": "0.0.1"/' stuck/summary.json
gives 2 explain stuck --service web
says err 'was written by version 0.0.1'
printf '{\n  "name": "' >stuck/summary.json
gives 2 explain stuck --service web
says err 'holds no results of ecsim'
cp stuck-before/summary.json stuck
sed -i 's/desiredCount: 1/desiredCount: 2/' stuck/scenario.yaml
gives 2 explain stuck --service web
silent out
says err 'was changed'
printf 'duration: [' >stuck/scenario.yaml
gives 2 explain stuck --service web
says err 'stuck/scenario.yaml:'
rm stuck/scenario.yaml
gives 2 explain stuck --service web
says err 'stuck/scenario.yaml.*cannot read'
# Differences.
cat >policy.yaml <<'EOF'
duration: 30m
availabilityZones: [us-east-1a, us-east-1b]
autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large, minSize: 3, desiredCapacity: 3, maxSize: 4}]
taskDefinitions: [{family: WebApp, containerDefinitions: [{name: app, image: "x:1", cpu: 256, memory: 512}]}]
services: [{serviceName: web, taskDefinition: "WebApp:1", desiredCount: 4, placementStrategy: [{type: binpack, field: memory}]}]
failures: [instanceFailure: {at: 12m, count: 1, availabilityZone: us-east-1a}]
expect: [{service: web, healthy: {atLeast: 1}}]
EOF
"$binary" run --quiet --no-plot policy.yaml -o A
"$binary" run --quiet --no-plot policy.yaml -o B --set 'services.web.placementStrategy=[{type: spread, field: instanceId}]'
"$binary" run --quiet --no-plot policy.yaml -o C --set description='the same, and said at such a length that it stands below'
gives 0 diff A A
silent out
silent err
gives 0 diff A C
says out '^    B: the same, and said'
says out '^no figure differs$'
gives 3 diff A B
says out '^the first decision that differs, after 5 in common:$'
says out '^  both, at 0s: web: start web-1 of WebApp:1 on fleet-1 (us-east-1a)$'
says out '^  A, at 0s: web: start web-2 of WebApp:1 on fleet-1 (us-east-1a)$'
says out '^  B, at 0s: web: start web-2 of WebApp:1 on fleet-2 (us-east-1b)$'
says out '^  services.web.tasksStarted  *8  *6  *-2  *-25%$'
says out '^web: healthy at least 1: broken in A, kept in B$'
says out '^8 figures differ$'
silent err
gives 3 diff A B --tolerance '*=25%'
says out '^  services.web.tasksStarted .* within 25%$'
says out '^  services.web.leastHealthy .* beyond 25%$'
gives 3 diff A B --tolerance services.web=any
says out '^8 figures differ, within what is tolerated$'
sed 's/"kept": false/"kept": true/' A/summary.json >made-kept && cp made-kept A/summary.json
gives 0 diff A B --tolerance services.web=2 --tolerance services.web.belowDesired=10%
says out '^8 figures differ, within what is tolerated$'
gives 2 diff A B --tolerance services.wbe=1%
says err 'did you mean services.web?'
silent out
gives 2 diff A B --tolerance cost
gives 2 diff A nowhere
says err 'nowhere holds no results of ecsim'
gives 2 diff A thesis
gives 2 diff A
sed 's/desiredCount: 4/desiredCount: 5/' C/scenario.yaml >changed && cp changed C/scenario.yaml
gives 3 diff C B
says err 'C: its scenario.yaml, played again, is not the run'
says out '^the decisions are not compared$'
rm B/scenario.yaml
gives 3 diff A B
says err 'B/scenario.yaml'
says out '^the decisions are not compared$'
says out '^8 figures differ$'
sed 's/"version": "/&0./' B/summary.json >older && cp older B/summary.json
gives 3 diff A B
says err 'B was written by version 0\.'
printf '{\n  "name": "\033[2Jx",\n  "version": "",\n  "fingerprint": "",\n  "x": \033\001\n}\n' >B/summary.json
gives 3 diff A B
! grep -q "$(printf '\033')" out err
point '  and the terminal is left alone' $?
head -c 700 A/summary.json >B/summary.json
gives 2 diff A B
silent out
says err 'B/summary.json is cut short'
gives 2 explain B --service web
says err 'B/summary.json is cut short'

# Checks.
gives 0 check "$scenario" --junit junit.xml
says out '^TAP version 13$'
says out '^ok 1 - '
says out '^1\.\.[1-9]'
says junit.xml '<testsuites>'
gives 1 check --set limits.events=1 "$scenario" -o kept
says out '^not ok 1 - .* runs'
gives 2 check "$scenario" absent.yaml
silent out
gives 0 validate "$scenario"
says out 'fine$'
gives 2 validate "$scenario" absent.yaml

conclude
