#!/bin/sh
# Each scenario here is wrong, or strange enough for a warning, and says so at its top:
#
#   # expect: <line>:<column>: error: <text>
#
# one line per message, in the order in which they must come. `validate` must say exactly that, and leave with 2 where an
# error is expected and with 0 otherwise. Those in studies/ are study files: `study` must say it, and write nothing.
# Before that SANITIZED, a build under the sanitizers, whose start takes its time, validates all of them at once.
# Prints TAP.
#
# usage: run.sh BINARY SANITIZED
[ $# -eq 2 ] || { echo "usage: $0 BINARY SANITIZED" >&2; exit 2; }
binary=$(realpath "$1") || exit 2
sanitized=$(realpath "$2") || exit 2
cd "$(dirname "$0")" || exit 2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

"$sanitized" validate *.yaml > /dev/null 2> "$scratch/messages"
[ $? -eq 2 ] || { echo "Bail out! not even read:"; tail -n 40 "$scratch/messages"; exit 1; }

number=0
failed=0
set -- *.yaml studies/*.yaml
echo "1..$#"
for scenario; do
    number=$((number + 1))
    sed -n 's/^# expect: //p' "$scenario" > "$scratch/expected"
    status_expected=0
    grep -q '^[0-9]*:[0-9]*: error: ' "$scratch/expected" && status_expected=2
    case $scenario in
    studies/*) rm -rf "$scratch/results"; "$sanitized" study "$scenario" -o "$scratch/results" ;;
    *) "$binary" validate "$scenario" ;;
    esac > /dev/null 2> "$scratch/messages"
    status=$?
    sed -n "s,^$scenario:\([0-9]*:[0-9]*: \(error\|warning\): \),\1,p" "$scratch/messages" > "$scratch/said"
    if [ -s "$scratch/expected" ] && [ ! -e "$scratch/results" ] && [ $status -eq $status_expected ] && cmp -s "$scratch/expected" "$scratch/said"; then
        echo "ok $number - ${scenario%.yaml}"
    else
        failed=$((failed + 1))
        echo "not ok $number - ${scenario%.yaml}"
        echo "# exit status $status, expected $status_expected; expected messages (-) and those that came (+):"
        diff -U 0 "$scratch/expected" "$scratch/said" | sed -n '/^[-+][0-9]/s/^/# /p'
    fi
done
[ $failed -eq 0 ]
