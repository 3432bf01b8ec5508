#!/bin/sh
# A failure is one file and one line: those of the README's guide are added to the program, outside of the tree, and
# do what the guide says. Usage: CC=gcc FLAGS="…" LIBRARIES="-l…" tests/newcomer.sh BUILD, from the root. Prints TAP.
set -u
here=$(dirname "$(realpath "$0")")
library=$(realpath "$1")/libecsim.a
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
. "$here/cli/points.sh"

# What the guide shows between fences, block by block.
block()
{
    awk -v wanted="$1" '/^### Adding a failure/ {on = 1} /^## / {on = 0} on && /^```/ {if (!inside) n++; inside = !inside; next} on && inside && n == wanted' README.md
}

tree=$scratch/models/failure
mkdir -p "$tree"
block 1 >"$tree/cosmic_ray.c"
{ cat models/failure/failures.def; block 2; } >"$tree/failures.def"
compile="$CC -I$scratch $FLAGS -Werror"
binary=$scratch/ecsim conformance=$scratch/conformance out=$scratch/out err=$scratch/err
{
    for source in "$tree/cosmic_ray.c" models/failure/catalogue.c; do
        $compile -c -o "$scratch/$(basename "$source" .c).o" "$source" || exit 1
    done
    $compile -o "$binary" sim/main.c "$scratch"/*.o "$library" $LIBRARIES &&
        $compile -o "$conformance" tests/conformance/test_failures_conformance.c tests/runner.c "$scratch"/*.o "$library" -lcmocka $LIBRARIES
} >"$out" 2>"$err"
status=$?
cd "$scratch" || exit 1
point "one file and one line are a program" $status

cat >struck.yaml <<END
duration: 20m
containerInstances: [{instanceType: m5.large}]
taskDefinitions: [{family: app, containerDefinitions: [{name: main, cpu: 256, memory: 512}]}]
services: [{serviceName: web, taskDefinition: app, desiredCount: 2}]
failures: [{cosmicRay: {at: 10m, service: web}}]
END
sed 's/service: web}}/servic: web}}/' struck.yaml >mistaken.yaml

gives 0 list failures
says out '^cosmicRay  *a cosmic ray kills a container of a running task$'
says out '^    - cosmicRay: {at: 10m, service: web, pick: random}$'
gives 0 run struck.yaml --no-plot
rows results/struck/tasks.csv '^web-1,.*Essential container in task exited,139$'
says out '^web-1,'
gives 0 run struck.yaml --no-plot --set failures[0].cosmicRay.at=15m
rows results/struck/marks.csv '^900,web,failure,web-1 exited with 139$'
says out 'web-1'
gives 2 run mistaken.yaml
says err '^mistaken.yaml:5:34: error: .*servic.*did you mean `service`'
"$conformance" >out 2>err
point "its conformance test" $?
conclude
