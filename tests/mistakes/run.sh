#!/bin/sh
# Each scenario here is wrong, or strange enough for a warning, and says so at its top:
#
#   # expect: <line>:<column>: error: <text>
#
# one line per message, in the order in which they must come. `validate` must say exactly that, and must not call it fine
# where an error is expected. Those in studies/ are study files: `study` must say it, leave with 2, and write nothing.
# BINARY is best a build under the sanitizers: their start takes its time, and so all scenarios are validated in one call.
# Prints TAP.
#
# usage: run.sh BINARY
[ $# -eq 1 ] || { echo "usage: $0 BINARY" >&2; exit 2; }
binary=$(realpath "$1") || exit 2
cd "$(dirname "$0")" || exit 2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

"$binary" validate *.yaml > "$scratch/ends" 2> "$scratch/messages"
[ $? -eq 2 ] || { echo "Bail out! not even read:"; tail -n 40 "$scratch/messages"; exit 1; }
for study in studies/*.yaml; do
    "$binary" study "$study" -o "$scratch/results" > /dev/null 2>> "$scratch/messages"
    status=$?
    [ $status -eq 2 ] || echo "$study: left with $status" >> "$scratch/ends"
    [ ! -e "$scratch/results" ] || { echo "$study: wrote results" >> "$scratch/ends"; rm -rf "$scratch/results"; }
done

set -- *.yaml studies/*.yaml
echo "1..$#"
awk -v ends="$scratch/ends" -v messages="$scratch/messages" -f judge.awk "$@"
