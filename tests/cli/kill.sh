#!/bin/sh
# Kills runs at random moments and looks at what is left: tests/cli/kill.sh BINARY SCENARIO.yaml [ROUNDS]. Prints TAP.
# Results must be whole at all times: those of one seed and no other, each file ended by its last line.
set -u
binary=$(realpath "$1")
scenario=$(realpath "$2")
rounds=${3:-100}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

# What each seed gives when nobody disturbs it.
for seed in 1 2; do
    "$binary" run --quiet --no-plot --seed $seed "$scenario" -o good-$seed >/dev/null 2>&1
    case $? in 0 | 3) ;; *) exit 1 ;; esac
done

began=$(date +%s%N)
"$binary" run --quiet --no-plot "$scenario" -o warm >/dev/null 2>&1
span_us=$((($(date +%s%N) - began) / 1000 + 1))

halves=0
killed=0
changes=0
last=none
round=0
while [ $round -lt "$rounds" ]; do
    round=$((round + 1))
    seed=$((round % 2 + 1))
    "$binary" run --quiet --no-plot --seed $seed "$scenario" -o target >/dev/null 2>&1 &
    process=$!
    delay_us=$(($(od -An -N4 -tu4 /dev/urandom) % (span_us + span_us / 4)))
    sleep "$(printf '%d.%06d' $((delay_us / 1000000)) $((delay_us % 1000000)))"
    kill -KILL $process 2>/dev/null && killed=$((killed + 1))
    wait $process 2>/dev/null
    [ -d target ] || continue
    if diff -rq target good-1 >/dev/null; then
        now=1
    elif diff -rq target good-2 >/dev/null; then
        now=2
    else
        halves=$((halves + 1))
        continue
    fi
    [ $now = "$last" ] || changes=$((changes + 1))
    last=$now
done

# The next run sweeps what the dead left.
"$binary" run --quiet --no-plot "$scenario" -o target >/dev/null 2>&1
left=$(ls -A | grep -c '^\.')

echo "TAP version 13"
echo "# $rounds runs, $killed killed, results replaced $changes times"
[ $halves -eq 0 ] && echo "ok 1 - no half results" || echo "not ok 1 - half results were seen $halves times"
[ "$left" -eq 0 ] && echo "ok 2 - nothing is left over" || echo "not ok 2 - $left folders are left over"
echo "1..2"
[ $halves -eq 0 ] && [ "$left" -eq 0 ]
