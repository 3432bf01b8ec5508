#!/bin/sh
# Searches from outside: tests/cli/search.sh BINARY. Prints TAP; exit status 1 if a point fails.
set -u
here=$(dirname "$(realpath "$0")")
binary=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"

# Hosts that fail, some of which must be left: more is better.
cat >fleet.yaml <<END
duration: 100h
containerInstances: [{instanceType: m5.large, count: 5}]
failures: [{instanceFailure: {mode: terminate, timeBetween: {exponential: {mean: 448h}}}}]
expect: [{cluster: default, instances: {atLeast: 3}}]
END
# A group with limits: not every size is one.
cat >group.yaml <<END
duration: 1m
autoScalingGroups: [{autoScalingGroupName: g, instanceType: m5.large, minSize: 2, maxSize: 8}]
expect: [{autoScalingGroup: g, instances: {atLeast: 5}}]
END
# One more promise keeps it from being more: more is not better.
cat >exactly.yaml <<END
duration: 1m
containerInstances: [{instanceType: m5.large, count: 5}]
expect: [{cluster: default, instances: {atLeast: 3, atMost: 3}}]
END
grep -v expect fleet.yaml >silent.yaml
path='containerInstances[0].count'

echo "TAP version 13"

# The smallest, with evidence on both sides of the border.
gives 0 study fleet.yaml --search "$path=1..20" --keep 90% -o all
says out "^containerInstances\[0\].count=5 is the smallest of 1 to 20 that keeps every promise in at least 90 % of runs\$"
says out "^with 4 this is broken most often, in [0-9]* of 500 runs: cluster: instances at least 3\$"
says out 'clear of 90 %'
replay=$(sed -n "s/^  ecsim \(run .*\)/\1/p" out)
rows all/fleet/search.csv ^5,
says out '^5,chosen,500,'
rows all/fleet/search.csv ^4,
says out '^4,fails,500,'
rows all/fleet/search.csv ^6,
says out '^6,holds,500,'
rows all/fleet/frontier.csv ^5,
says out ',true$'
for file in search.svg frontier.svg study.csv cells.csv; do
    [ -s all/fleet/$file ]
    point "  $file is there" $?
done

# What it tells to call shows what it tells.
eval "\"\$binary\" $replay --no-plot -o replayed" >out 2>err
point "exit status 3: ecsim $replay" $(($? != 3))
says out '^broken .*cluster: instances at least 3'

# The same bytes whoever plays: one thread, or parts that wait for each other.
gives 0 study fleet.yaml --search "$path=1..20" --keep 90% -o one --threads 1
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
    for part in 1 2; do
        "$binary" study fleet.yaml --search "$path=1..20" --keep 90% -o parts --part $part/2 >out 2>err
    done
done
gives 0 study fleet.yaml --search "$path=1..20" --keep 90% -o parts --part 1/2
says out 'is the smallest'
for folder in one parts; do
    for file in search.csv frontier.csv study.csv cells.csv; do
        cmp all/fleet/$file $folder/fleet/$file >out 2>err
        point "  $file is the same in $folder" $?
    done
done

# What so few runs cannot tell.
gives 0 study fleet.yaml --search "$path=1..20" --seeds 50 -o few
says out '^50 runs cannot tell whether 99 % is kept with'

# The least holds already; none holds.
gives 0 study fleet.yaml --search "$path=9..12" --keep 0.9 --seeds 50 -o least
says out 'a smaller one may do, too'
gives 0 study fleet.yaml --search "$path=1..3" --seeds 50 -o none
says out '^none of 1 to 3 keeps every promise in at least 99 % of runs; the best of those played is 3$'

# What AWS refuses, and paths that move together.
gives 0 study group.yaml --search autoScalingGroups.g.desiredCapacity=0..20 --seeds 9 -o group
says out '^autoScalingGroups.g.desiredCapacity=5 is the smallest'
says out '^  9 to 20 cannot be: desiredCapacity 9 is more than maxSize 8$'
says out 'move what stands in the way along'
rows group/group/search.csv ^9,
says out '^9,rejected,'
gives 0 study group.yaml --search 'autoScalingGroups.g.desiredCapacity,autoScalingGroups.g.maxSize=3..20' --seeds 9 -o together
says out '^autoScalingGroups.g.desiredCapacity=5 is the smallest'
gives 2 study group.yaml --search autoScalingGroups.g.desiredCapacity=9..20 --seeds 9 -o refused
says err 'every combination is refused'
absent refused

# More is not better.
gives 0 study exactly.yaml --search "$path=1..12" --seeds 9 -o exactly
says out '^none of 1 to 12'
says out 'if more is not always better here, --frontier plays every value'
gives 0 study exactly.yaml --search "$path=1..12" --seeds 9 --frontier -o exactly
says out "^containerInstances\[0\].count=3 is the smallest"
says out 'more is not always better here: 4 keeps them in only 0 of 9 runs'

# The cheapest of several; and the smallest of each type, of which one is the cheapest.
gives 0 study fleet.yaml --search 'containerInstances[0].instanceType=m5.large,c5.large' --keep 80% -o types
says out '^c5.large is the cheapest of 2 candidates that keeps every promise in at least 80 % of runs$'
says out '^next is m5.large, on the same seeds dearer by'
gives 0 study fleet.yaml --vary 'containerInstances[0].instanceType=m5.large,c5.large' --search "$path=2..20" --keep 80% -o both
says out '^containerInstances\[0\].instanceType=m5.large: containerInstances\[0\].count=[0-9]* is the smallest'
says out '^the cheapest of these is containerInstances\[0\].instanceType=c5.large: '
cat >mix.yaml <<END
scenario: fleet.yaml
seeds: 1..50
search:
  keep: 80%
  candidates:
    - {name: few, set: {'containerInstances[0].count': 3}}
    - {name: many, set: {'containerInstances[0].count': 9}}
    - {name: enough, set: {'containerInstances[0].count': 5}}
END
gives 0 study mix.yaml -o mix
says out '^enough is the cheapest of 3 candidates'
says out '^with few this is broken most often'

# What a limit stopped is left out of the share, whether it would have kept its promises or not.
gives 1 study fleet.yaml --search "$path=1..12" --keep 90% --seeds 200 --set limits.events=4 -o stopped
says out '^[0-9]* of [0-9]* runs were stopped: they have no figures, and are in no mean and no share$'
rows stopped/fleet/search.csv ^12,
says out '^12,holds,184,184,1,'
gives 1 study fleet.yaml --search "$path=8..12" --seeds 9 --set limits.events=1 --set duration=10000h -o unjudged
says out '^none of 8 to 12'
rows unjudged/fleet/search.csv ^12,
says out '^12,unknown,0,0,,'

# What an earlier form has left beside the new results goes, and nothing else.
gives 0 study fleet.yaml --search "$path=4..6" --seeds 9 -o again
echo mine >again/fleet/notes.csv
gives 0 study fleet.yaml --vary "$path=4..6" --seeds 9 -o again
for file in search.csv search.svg frontier.csv frontier.svg; do
    absent again/fleet/$file
done
for file in study.csv cells.csv lines.svg fan.csv study.journal.0-0 notes.csv; do
    [ -s again/fleet/$file ]
    point "  $file is there" $?
done

# Names that a terminal would obey.
printf 'scenario: fleet.yaml\nseeds: 5\nsearch: {candidates: [{name: "\\e[31mred"}, {name: plain}]}\n' >red.yaml
gives 0 study red.yaml -o red
says out 'red is the cheapest of 2'
[ -z "$(tr -d '\n -~' <out)" ]
point "  out has no control characters" $?

# Mistakes.
gives 2 study silent.yaml --search "$path=1..20" -o silent
says err 'it promises nothing; a search needs `expect:`'
gives 2 study fleet.yaml --search "$path=1..400000" -o wide
says err 'more than 20000 values'
gives 2 study fleet.yaml --search "$path=9..2" -o back
gives 2 study fleet.yaml --search 'containerInstances[0].cont=1..20' -o unknown
says err 'did you mean `count`?'
gives 2 study fleet.yaml --keep 90% -o nothing
gives 2 study fleet.yaml --search "$path=1..20" --keep 101% -o share
for folder in silent wide back unknown nothing share; do
    [ ! -e $folder/fleet/search.csv ]
    point "  nothing is written into $folder" $?
done

# A limit that stops runs is told.
gives 1 study fleet.yaml --search "$path=3..5" --seeds 50 --set limits.events=1 -o limit
says out '^seed [0-9]*: stopped by limits.events'

conclude
