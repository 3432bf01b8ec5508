#!/bin/sh
# What studies are given, from outside: tests/cli/study_input.sh BINARY. Prints TAP; exit status 1 if a point fails.
set -u
here=$(dirname "$(realpath "$0")")
binary=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"
cp "$here/../mistakes/studies/scenarios/small.yaml" small.yaml
path=services.web.deploymentConfiguration.minimumHealthyPercent

# place OPTION LINE:COLUMN: the last output has a mistake there, and nothing was written.
place()
{
    says err "^$1:$2: error: "
    silent out
    absent results
}

echo "TAP version 13"

# Mistakes in options have the place that was typed.
gives 2 study small.yaml --vary services.web.desiredCount=1,2,few
place --vary 1:31
gives 2 study small.yaml --vary 'services["web"].desiredCount=1' --vary 'services["wbe"].desiredCount=2,3'
place --vary 1:11
says err 'did you mean `web`?'
gives 2 study small.yaml --vary 'containerInstances[1].count=1,2'
place --vary 1:20
gives 2 study small.yaml --set services.web.desiredCount=1,2
place --set 1:27
gives 2 study small.yaml --search services.web.desiredCont=1..5
place --search 1:14
gives 2 study small.yaml --seeds 5..1
place --seeds 1:1
gives 2 study small.yaml --seeds 1..99999999999999999999
place --seeds 1:1
gives 2 study small.yaml --keep 0.9
place --keep 1:1
gives 2 study small.yaml --figures cost,services.web.leastHealhty
place --figures 1:6
says err 'did you mean `services.web.leastHealthy`?'
gives 2 study small.yaml --figures cost.mean
says err 'there is no figure `cost.mean`'
gives 0 study small.yaml --figures services.web.ofSomeRuns --seeds 1 -o sometimes
gives 2 study small.yaml --until-halfwidth cots=1
place --until-halfwidth 1:1
gives 2 study small.yaml --until-halfwidth cost=0
place --until-halfwidth 1:6
gives 2 study small.yaml --percent-map web --worst-moment web
says err 'a study is one of'
absent results
gives 2 study absent.yaml
says err '^absent.yaml:1:1: error: cannot read the scenario'
absent results
for option in '--threads 0' '--threads 2000' '--threads many' '--part 0/2' '--part 3/2' '--part 1' '--part 1/2/3' '--part -1/2'; do
    gives 2 study small.yaml $option
    says err "^ecsim study: ${option%% *} takes"
    absent results
done

# What AWS refuses is a cell, and no mistake but where there is nothing else.
gives 0 study small.yaml --seeds 1 --vary $path=50,100
grep '^100,' results/small-study/cells.csv >out
says out '^100,.*cannot be 100.*,0,'
grep -c '^100,' results/small-study/study.csv >out
says out '^0$'
rm -r results
gives 2 study small.yaml --seeds 1 --vary $path=100
says err 'every combination is refused; the first: .*cannot be 100'
absent results

# Elements by index, names with dots, and one path for two.
sed 's/serviceName: web/serviceName: "web.v2"/; s/service: web/service: "web.v2"/' small.yaml >dots.yaml
gives 0 study dots.yaml --seeds 1 --vary 'services["web.v2"].desiredCount=1,2' --vary 'containerInstances[0].count=2' \
    --figures 'services["web.v2"].leastHealthy'
says out '^2  *2  *1 of 1  *1$'
head -n 1 results/dots-study/study.csv >out
says out '^"services\[""web.v2""\].desiredCount",containerInstances\[0\].count,seed,kept,"services\[""web.v2""\].leastHealthy"$'
rm -r results

# Too much is said, and not tried.
gives 2 study small.yaml --vary services.web.desiredCount=1..9999 --vary 'containerInstances[0].count=1..9999'
says err 'more than 100000 combinations'
absent results
gives 2 study small.yaml --vary services.web.desiredCount=1..9999 --seeds 5000
says err 'more than 10000000 runs'
gives 2 study small.yaml --seeds 10000001
says err 'more than ten million seeds'
gives 2 study small.yaml --vary services.web.desiredCount=0..99999
says err 'or more than 10000'
# listed COUNT FORMAT: so many, with commas between.
listed() { seq -s ', ' -f "$2" "$1"; }
for study in \
    "vary: {services.web.desiredCount: [$(listed 10001 %g)]}" \
    "vary: {size: {$(listed 10001 'a%g: {}')}}" \
    "set: {$(listed 10001 'services.web.a%g: 1')}" \
    "figures: [$(listed 10001 'cost%g')]" \
    "search: {candidates: [$(listed 10001 '{name: a%g}')]}"; do
    printf 'scenario: small.yaml\n%s\n' "$study" >long.yaml
    gives 2 study long.yaml
    says err 'these are more than 10000$'
done
printf 'scenario: small.yaml\ncompare: [%s]\n' "$(listed 65 '{name: a%g}')" >long.yaml
gives 2 study long.yaml
says err 'at most 64$'
gives 2 study small.yaml --seeds 1 --figures "$(seq -s, -f 'cost%g' 1000)"
absent results
{
    echo 'scenario: small.yaml'
    echo 'seeds: 1'
    echo "figures: [cost, $(listed 9999 'services.web.nowhere%g')]"
} >figures.yaml
gives 0 study figures.yaml
says out '^cost '
rm -r results

# Names that need quotes in a table, and that a terminal would obey.
cat >names.yaml <<'END'
scenario: small.yaml
seeds: 1
vary:
  "a, \"b\"\nc\e[31m":
    "x,1": {services.web.desiredCount: 1}
    "y\n\e[1m\"z\"\r": {services.web.desiredCount: 2}
    "": {services.web.desiredCount: 3}
END
gives 0 study names.yaml
grep -q "$(printf '[\033\r]')" out
point '  nothing obeys the terminal' $((! $?))
head -n 2 results/small-study/study.csv | tr '\n\033' '|#' >out
says out '^"a, ""b""|c#\[31m",seed,kept,'
rm -r results
printf 'scenario: small.yaml\nvary: {services.web.desiredCount: ["\\e[1m"]}\n' >control.yaml
gives 2 study control.yaml
grep -q "$(printf '\033')" err
point '  nor does a mistake' $((! $?))

# Folders.
mkdir -p foreign/small real
echo precious >foreign/small/file
ln -s ../real foreign/link
gives 2 study small.yaml --seeds 1 -o foreign
says err 'this folder holds something'
[ "$(ls -A foreign/small)" = file ]
point '  it is left alone' $?
printf 'study: link\nscenario: small.yaml\n' >link.yaml
gives 2 study link.yaml -o foreign
says err 'this is a symbolic link'
[ -z "$(ls -A real)" ]
point '  nothing is written through it' $?
gives 0 study small.yaml --seeds 1
rm results/small-study/study.journal.0-0
ln -s ../../small.yaml results/small-study/study.journal.0-0
before=$(cksum <small.yaml)
gives 1 study small.yaml --seeds 2
says err 'study.journal.0-0'
[ "$before" = "$(cksum <small.yaml)" ]
point '  a journal that is a link is not written' $?
rm -r results
gives 0 study small.yaml --seeds 2
echo mine >results/small-study/notes.txt
gives 0 study small.yaml --seeds 3
[ "$(cat results/small-study/notes.txt)" = mine ]
point '  what else is in the folder stays' $?
rm -r results

# A study of a duration has an end of its own for each cell.
gives 0 study small.yaml --seeds 2 --vary duration=10m,20m --figures instanceHours
tail -n 1 results/small-study/fan.csv >out
says out ',1200,'
grep -c ',600,' results/small-study/fan.csv >out
says out '^[1-9]'
rm -r results

# A scenario that changes while its study runs: what was played of one text is not mixed with the other.
gives 0 study small.yaml --seeds 1..3
cp small.yaml kept.yaml
sed -i 's/desiredCount: 2/desiredCount: 1/' small.yaml
gives 0 study small.yaml --seeds 1..3 -o again
gives 0 study small.yaml --seeds 1..3
cmp -s results/small-study/study.csv again/small/study.csv
point '  the changed text is played anew' $?

# While it is read, it must not change.
cp kept.yaml changing.yaml
"$binary" study changing.yaml --seeds 400 --vary services.web.desiredCount=1..40 --threads 1 >out 2>err &
process=$!
until [ -s results/changing-study/study.journal.0-0 ] || ! kill -0 $process; do sleep 0.01; done
sed 's/cpu: 512/cpu: 256/' kept.yaml >changed.yaml
mv changed.yaml changing.yaml
wait $process
status=$?
point 'a scenario that changes while its study runs ends it' $((status != 1))
says err 'changing.yaml, or a file that it reads, was changed while the study ran'
absent results/changing-study/study.csv

# A half width that is not reached is told.
gives 0 study small.yaml --seeds 40 --until-halfwidth services.web.leastHealthy=0.1 -o constant
says out '^small: 32 runs'
gives 0 study small.yaml --seeds 20 --until-halfwidth services.web.leastHealthy=0.1 -o twenty
says out '^small: 20 runs'
sed 's/^timeline:/failures: [{instanceFailure: {timeBetween: {exponential: {mean: 1h}}, repair: 1m}}]\n&/' kept.yaml >random.yaml
gives 0 study random.yaml --seeds 40 --until-halfwidth services.web.belowDesired=0.001 -o wide
says out '^random: 40 runs'
says out 'not within 0.001 of its mean in every cell; more seeds are needed'
gives 0 study random.yaml --until-halfwidth services.web.belowDesired=1000 -o narrow
says out '^random: 32 runs, seeds 1 to 32$'

conclude
