#!/bin/sh
# Comparisons from outside: tests/cli/compare.sh BINARY FOLDER, where the shipped studies are. Prints TAP; exit status 1
# if a point fails.
set -u
here=$(dirname "$(realpath "$0")")
binary=$(realpath "$1")
studies=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"

cat >days.yaml <<END
duration: 1d
availabilityZones: [us-east-1a, us-east-1b]
autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large, minSize: 4, desiredCapacity: 4, maxSize: 4}]
taskDefinitions:
  - {family: WebApp, containerDefinitions: [{name: app, cpu: 256, memory: 512}], simulation: {startup: {lognormal: {median: 8s, p95: 20s}}}}
services:
  - {serviceName: web, taskDefinition: WebApp, desiredCount: 8, placementStrategy: [{type: spread, field: instanceId}]}
failures: [instanceFailure: {timeBetween: {exponential: {mean: 1d}}}]
expect: [{service: web, serving: {atLeast: 5}}]
END
binpack='services.web.placementStrategy: [{type: binpack, field: memory}]'
cat >policies.yaml <<END
study: policies
scenario: days.yaml
seeds: 40
compare: [{name: spread}, {name: binpack, set: {$binpack}}]
END
table=results/policies/comparison.csv

echo "TAP version 13"

# A policy and itself: every run is played twice, and nothing differs.
cat >itself.yaml <<END
study: itself
scenario: days.yaml
seeds: 20
compare: [{name: once}, {name: again, set: {description: the same}}]
END
gives 0 study itself.yaml -o alone
says out '^no figure of again differs from that of once in any run$'
says out '^seed 1: all [1-9][0-9]* decisions are the same$'
[ "$(grep -c '^run' alone/itself/study.journal.0-0)" -eq 40 ]
point '  both sides were played' $?
grep -v '^side\|,20,0,0,0,0,0,0,0,$\|,20,0,,,,,,0,$\|,0,0,,,,,,0,$' alone/itself/comparison.csv >out
silent out
absent alone/itself/differences.svg

# Two policies on the same days.
gives 0 study policies.yaml
says out '^policies: 2 sides, 80 runs, seeds 1 to 40 for each$'
says out '^web.leastServing is worse with binpack: on average'
says out '^every promise is kept with spread in [0-9]* of 40 runs, with binpack in [0-9]*; with spread alone in [1-9]'
says out '^seed [0-9]* tells most (services.web.*with spread.*with binpack): the first decision that differs, after [0-9]* in common:$'
says out '^  both, at 0s: web: start web-1 of WebApp:1 on fleet-1 (us-east-1a)$'
says out '^  spread, at 0s: web: start web-2 of WebApp:1 on fleet-2 (us-east-1b)$'
says out '^  binpack, at 0s: web: start web-2 of WebApp:1 on fleet-1 (us-east-1a)$'
grep '^  ecsim run' out >commands
head -n 1 "$table" >out
says out '^side,figure,pairs,unpaired,mean_difference,low,high,greater,less,disagree,most_telling_seed$'
for file in study.csv cells.csv differences.svg; do
    [ -s results/policies/$file ]
    point "  $file is there" $?
done

# The table is that of study.csv.
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "services.web.leastServing") c = i; next }
    $1 == "spread" { spread[$2] = $c }
    $1 == "binpack" { d = $c - spread[$2]; sum += d; more += d > 0; less += d < 0; n++
                      if (d * d > most * most) { most = d; seed = $2 } }
    END { printf "^binpack,services.web.leastServing,%d,0,%.9g,-[0-9.]*,-[0-9.]*,%d,%d,%d,%d$\n", n, sum / n, more, less, more + less, seed }' \
    results/policies/study.csv >expected
rows $table services.web.leastServing,
says out "$(cat expected)"

# What is told to call shows what is told, and diff tells the same.
sed 's/^  ecsim //' commands | while read -r command; do
    count=$((${count:-0} + 1))
    eval "\"\$binary\" $command --quiet --no-plot -o told-$count"
done
gives 3 diff told-1 told-2
says out '^  A, at 0s: web: start web-2 of WebApp:1 on fleet-2 (us-east-1b)$'
says out '^  B, at 0s: web: start web-2 of WebApp:1 on fleet-1 (us-east-1a)$'

# A service beside it that does nothing changes nothing.
sed 's/^services:/&\n  - {serviceName: idle, taskDefinition: WebApp, desiredCount: 0}/' days.yaml >idle.yaml
sed 's/days/idle/; s/policies/idle-policies/' policies.yaml >idle-policies.yaml
gives 0 study idle-policies.yaml
grep ',services.web\.\|,kept,\|,cost,' "$table" >expected
grep ',services.web\.\|,kept,\|,cost,' results/idle-policies/comparison.csv | diff expected - >out 2>err
point '  the comparison is the same, byte by byte' $?

# The same bytes whoever plays.
gives 0 study policies.yaml -o one --threads 1
for part in 1 2; do
    gives 0 study policies.yaml -o parts --part $part/2
done
gives 0 study policies.yaml -o parts
for folder in one parts; do
    for file in study.csv cells.csv comparison.csv differences.svg; do
        cmp results/policies/$file $folder/policies/$file >out 2>err
        point "  $file is the same in $folder" $?
    done
done

# Other scenarios as sides, figures that were asked for, and a grid of what varies beside the sides.
sed "s/spread, field: instanceId/binpack, field: memory/; s/1d$/1d # longer/" days.yaml >packed.yaml
gives 0 study days.yaml --compare packed.yaml --seeds 10 --figures services.web.belowDesired -o files
says out '^mean of .* days  packed '
says out 'tells most (services.web.belowDesired: [0-9.]* with days, [0-9.]* with packed)'
[ "$(wc -l <files/days/comparison.csv)" -eq 3 ]
point '  of the asked figure and of kept promises' $?
gives 0 study policies.yaml --seeds 10 --vary services.web.desiredCount=4,8 -o grid
says out '^desiredCount  mean of .* spread  binpack '
says out '^seed [0-9]*, services.web.desiredCount=[48] tells most'
table=grid/policies/comparison.csv
rows $table '^binpack,[48],kept,10,0,'
[ "$(wc -l <out)" -eq 2 ]
point '  a row for each point' $?

# What is refused on a side is left out.
cat >refused.yaml <<END
study: refused
scenario: days.yaml
seeds: 3
vary: {autoScalingGroups.fleet.desiredCapacity: [3, 4]}
compare: [{name: four}, {name: three, set: {autoScalingGroups.fleet.minSize: 3}}]
END
gives 0 study refused.yaml -o refused
says out '^1 combination is refused on a side (cells.csv)$'
table=refused/refused/comparison.csv
rows $table '^three,3,'
silent out
rows $table '^three,4,kept,3,'
says out kept

# As many seeds as it takes for the mean difference to be known: its deviation of 3.6 needs (1.96 x 3.6 / 0.3)^2 = 550,
# and batches double from 32 on.
gives 0 study days.yaml --compare packed.yaml --until-halfwidth services.web.leastServing=0.3 -o until
says out 'seeds 1 to 1024 for each$'

# Mistakes.
gives 2 study days.yaml --compare absent.yaml -o absent
gives 2 study policies.yaml --set services.web.placementStrategee=1 -o absent
absent absent
gives 2 study days.yaml --compare packed.yaml --figures services.web.lestServing -o absent
says err 'leastServing'
gives 1 study policies.yaml --set limits.events=50 -o stopped
says out 'stopped by limits.events'
says out '^[0-9]* of [0-9]* runs were stopped'

# What the shipped study says of itself.
gives 0 study "$studies/compare-placement.yaml" -o shipped
awk -F, '$2 == "services.web.meanServing" { print $1 ($6 < 0 && $7 > 0 ? " same" : " differs") }
    $2 == "services.web.leastServing" || $2 == "services.web.belowDesired" { print $1, $2 ($7 < 0 ? " less" : " not less") }
    $2 == "cost" { print $1, $2, $10 }' shipped/compare-placement/comparison.csv >out
for line in 'binpack same' 'binpack services.web.leastServing less' 'binpack services.web.belowDesired less' 'binpack cost 0' \
    'zones same' 'zones services.web.leastServing less' 'zones services.web.belowDesired less' 'zones cost 0'; do
    says out "^$line\$"
done
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "kept") c = i; next } { kept[$1] += $c == "true"; n[$1]++ }
    END { for (side in kept) print side, 100 * (1 - kept[side] / n[side]) }' shipped/compare-placement/study.csv >broken
awk '$1 == "binpack" && ($2 < 55 || $2 > 71) || $1 == "spread" && ($2 < 2 || $2 > 11) || $1 == "zones" && $2 > 5' broken >out
point '  promises are broken as often as its comment computes' "$(wc -l <out)"

conclude
