#!/bin/bash
# What `make bench` prints: the event queue beside the floor that is built and run in the same call, as ratios; a placement beside the
# scan that defines it; a year of a cluster and a week of a fleet, in events a second and as ratios to the floor with 10,000 pending;
# a study of a thousand seeds of a day.
# Usage: tests/bench/run.sh BUILD_FOLDER
cd "$(dirname "$0")/../.." || exit 1
build=$1
mkdir -p "$build/bench"
libraries=$(pkg-config --cflags --libs gsl yaml-0.1 libmd)
gcc -O3 -o "$build/bench/yardstick" tests/bench/yardstick.c -lm || exit 1
for program in hold placement; do
    gcc -std=gnu17 -D_GNU_SOURCE -O2 -ffp-contract=off -I. -DECSIM_VERSION='"bench"' -o "$build/bench/$program" \
        tests/bench/$program.c "$build/libecsim.a" $libraries -lm -lpthread || exit 1
done

# Best of three for each side, taken in turn, so that a machine that slows down slows both.
rate() { sed -n 's/.*Mevents\/s=\([0-9.]*\).*/\1/p'; }
best() { sort -g | tail -n 1; }

echo "event queue, million events a second (best of 3)"
printf '%10s %10s %10s %7s %10s %7s\n' pending yardstick queue ratio engine ratio
for pending in 1 1000 10000 100000 1000000; do
    : >"$build/bench/floor" && : >"$build/bench/queue" && : >"$build/bench/engine"
    for round in 1 2 3; do
        "$build/bench/yardstick" hold $pending 4000000 | rate >>"$build/bench/floor"
        "$build/bench/hold" $pending >"$build/bench/out"
        grep '^queue' "$build/bench/out" | rate >>"$build/bench/queue"
        grep '^engine' "$build/bench/out" | rate >>"$build/bench/engine"
    done
    floor=$(best <"$build/bench/floor") queue=$(best <"$build/bench/queue") engine=$(best <"$build/bench/engine")
    awk -v p=$pending -v f="$floor" -v q="$queue" -v e="$engine" \
        'BEGIN {printf "%10d %10.2f %10.2f %7.2f %10.2f %7.2f\n", p, f, q, q / f, e, e / f}'
    [ $pending = 10000 ] && yard=$floor
done

echo
echo "placement: nanoseconds a task, 20 services with the default chain"
printf '%10s %10s %10s %7s\n' instances view scan ratio
for instances in 1000 10000 100000; do
    "$build/bench/placement" $instances 60000 || exit 1
done

# play SCENARIO: the best of three runs, with all result files but task events.
play()
{
    result=$build/bench/$1
    for round in 1 2 3; do
        start=$(date +%s%N)
        "$build/ecsim" run "tests/bench/$1.yaml" -o "$result" --no-plot --quiet || exit 1
        end=$(date +%s%N)
        echo $(((end - start) / 1000))
    done | sort -n | head -n 1 >"$build/bench/microseconds"
    events=$(sed -n 's/^  "events": \([0-9]*\).*/\1/p' "$result/summary.json")
    tasks=$(awk 'END {print NR - 1}' "$result/tasks.csv") hosts=$(awk 'END {print NR - 1}' "$result/instances.csv")
    awk -v name="$1" -v e="$events" -v t="$tasks" -v h="$hosts" -v f="$yard" \
        '{printf "%10s %8.2f %10d %9.0f %7.3f %8d %8d\n", name, $1 / 1e6, e, e * 1e6 / $1, e / $1 / f, t, h}' "$build/bench/microseconds"
}

echo
echo "whole scenarios: wall clock, with all result files but task events (best of 3)"
printf '%10s %8s %10s %9s %7s %8s %8s\n' scenario seconds events events/s ratio tasks hosts
play year
play week

# study THREADS: the best of three, each into a new folder; wall clock and processor time in seconds.
study()
{
    TIMEFORMAT='%R %U %S'
    for round in 1 2 3; do
        rm -rf "$build/bench/study"
        { time "$build/ecsim" study tests/bench/day.yaml --seeds 1..1000 --threads "$1" -o "$build/bench/study" >"$build/bench/out"; } 2>&1
    done | sort -g | head -n 1
}

echo
echo "a study: ecsim study tests/bench/day.yaml --seeds 1..1000, with its tables and its picture (best of 3)"
printf '%10s %8s %8s %8s %10s %9s %7s %9s\n' threads seconds user system runs/s events/s ratio speed-up
for threads in 1 2; do
    read -r seconds user system <<<"$(study $threads)"
    alone=${alone:-$seconds}
    events=$(awk -F , 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == "events") column = i} NR > 1 {sum += $column} END {print sum}' \
        "$build/bench/study/day/study.csv")
    awk -v n=$threads -v s="$seconds" -v u="$user" -v k="$system" -v e="$events" -v f="$yard" -v a="$alone" \
        'BEGIN {printf "%10d %8.2f %8.2f %8.2f %10.0f %9.0f %7.3f %9.2f\n", n, s, u, k, 1000 / s, e / s, e / s / 1e6 / f, a / s}'
done
echo "events in all: $events"
