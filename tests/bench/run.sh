#!/bin/sh
# What `make bench` prints: the event queue beside the floor that is built and run in the same call, as ratios, and a year of a cluster.
# Usage: tests/bench/run.sh BUILD_FOLDER
cd "$(dirname "$0")/../.." || exit 1
build=$1
mkdir -p "$build/bench"
libraries=$(pkg-config --cflags --libs gsl yaml-0.1 libmd)
gcc -O3 -o "$build/bench/yardstick" tests/bench/yardstick.c -lm || exit 1
gcc -std=gnu17 -D_GNU_SOURCE -O2 -ffp-contract=off -I. -o "$build/bench/hold" tests/bench/hold.c "$build/libecsim.a" $libraries -lm || exit 1

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
done

echo
echo "a year of 100 instances and 500 tasks with failures, all result files but task events"
for round in 1 2 3; do
    start=$(date +%s%N)
    "$build/ecsim" run tests/bench/year.yaml -o "$build/bench/year" --no-plot --quiet || exit 1
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
done | sort -n | head -n 1 | awk '{printf "  %.2f s", $1 / 1000}'
sed -n 's/^  "events": \([0-9]*\).*/, \1 events/p' "$build/bench/year/summary.json"
awk 'END {printf "  %d tasks, ", NR - 1}' "$build/bench/year/tasks.csv"
awk 'END {printf "%d hosts\n", NR - 1}' "$build/bench/year/instances.csv"
