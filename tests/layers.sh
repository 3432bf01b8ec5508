#!/bin/sh
# Who may include whom, and which words may stand where: the architecture, checked.
cd "$(dirname "$0")/.." || exit 1
status=0

# layer FILES ALLOWED: every "…" include of the files starts with one of the allowed prefixes (an extended regular expression).
layer()
{
    found=$(grep -nE '^#include "' $1 /dev/null | grep -vE "#include \"($2)")
    [ -z "$found" ] && return
    echo "layers: $1 may include only $2:"
    echo "$found"
    status=1
}

forbid()
{
    found=$(grep -nE "$2" $1 /dev/null)
    [ -z "$found" ] && return
    echo "layers: $3"
    echo "$found"
    status=1
}

layer "$(echo sim/engine/*.[ch])" 'sim/engine/'
layer "$(echo sim/scenario/*.[ch])" 'sim/(engine|scenario)/'
layer "$(echo sim/report/*.[ch])" 'sim/(engine|report)/'
layer "$(echo sim/study/*.[ch] sim/study/form/*.[ch] sim/study/picture/*.[ch])" 'sim/(engine|scenario|report|study)/'
layer "$(echo sim/study/mpi/*.[ch])" 'sim/(engine|study)/'
layer "$(echo sim/command/*.[ch])" 'sim/'
layer "$(echo models/placement/*.[ch])" '(sim/engine|models/placement)/'
layer "$(echo models/scaling/*.[ch])" '(sim/engine|models/scaling)/'
layer "$(echo models/workload/*.[ch])" '(sim/engine|models/workload)/'
layer "$(echo models/failure/*.[ch])" '(sim/engine|models/failure|models/settings|models/placement/placement)'
layer "$(echo models/trigger/*.[ch])" '(sim/engine/|models/trigger/|models/scaling/schedule\.h)'
layer "$(echo models/settings/*.[ch])" '(sim/engine|models/settings|models/(placement/placement|scaling/(scaling|schedule)|trigger/trigger|workload/workload|failure/failure)\.h)'
layer "$(echo models/ecs/*.[ch] models/ecs/*/*.[ch])" '(sim/engine|models)/'

forbid "$(echo sim/engine/*.[ch] sim/scenario/*.[ch] sim/report/*.[ch] sim/study/*.[ch] sim/study/*/*.[ch])" \
    '\b(ecs|ECS|EC2|container_instance|task_definition|deployment)\b' 'sim/ knows no word of ECS:'
forbid "$(echo models/*/*.[ch] models/*/*/*.[ch])" '\bFILE \*|<stdio.h>.*FILE|yaml' 'models/ has no files and no YAML:'
[ $status = 0 ] && echo "layers: as drawn"
exit $status
