#!/bin/bash
# What `make bench` prints: one table of all that is measured, each beside what it is to be compared with, which is built and run in the
# same call. It leaves BUILD_FOLDER/bench/bench.csv and draws it. Usage: [PARTS="hold reading"] tests/bench/run.sh BUILD_FOLDER
#
# A part is a file of tests/bench/parts, which calls `row`. Seconds are processor time, user and system, so that a busy machine spoils
# less; of wall clock where threads are compared. Each is the best of ROUNDS, with both sides in turn.
cd "$(dirname "$0")/../.." || exit 1
built=$1
parts=${PARTS:-hold mm1 placement year burst fleet openb week quiet reading writing study}
ROUNDS=${ROUNDS:-3}
data=$(realpath "${ECSIM_DATA:-../shared/data}" 2>/dev/null)
work=$built/bench
csv=$work/bench.csv
rm -f "$csv"
mkdir -p "$work/results"

# row KEY=VALUE...: a row of the table and of bench.csv; tests/bench/row.awk says which keys there are.
row() { awk -v csv="$csv" -f tests/bench/row.awk "$@"; }

# seconds_of WHAT PROGRAM ARGUMENTS...: what a program of ours says that it took.
seconds_of() { what=$1 && shift && "$work/$@" | sed -n "s/^$what.* seconds=\([0-9.e-]*\).*/\1/p"; }

# best COMMAND...: the least number of ROUNDS.
best() { for round in $(seq "$ROUNDS"); do "$@"; done | sort -g | head -n 1; }

# per NUMBER COUNT: nanoseconds of each, of so many seconds.
per() { awk -v seconds="$1" -v count="$2" 'BEGIN {printf "%.6g", 1e9 * seconds / count}'; }

# measure COMMAND...: sets wall, seconds and peak; without, the command failed or took too long.
measure()
{
    wall= seconds= peak=
    read -r wall seconds peak < <("$work/measure" "${rounds:-$ROUNDS}" "$@")
}

# play SCENARIO [OPTIONS...]: the same of a run, whose results are then in $results.
play()
{
    results=$work/results/$(basename "$1" .yaml)
    measure "$built/ecsim" run "$1" -o "$results" --no-plot --quiet "${@:2}"
}

# rows_of FILE: how many the table in the results has.
rows_of() { awk 'END {print NR - 1}' "$results/$1"; }

# figure_of NAME: a number in the summary.
figure_of() { sed -n "s/^  \"$1\": \([0-9.]*\).*/\1/p" "$results/summary.json"; }

row head
for part in $parts; do
    [ -f "tests/bench/parts/$part.sh" ] || { echo "bench: there is no part \"$part\" in tests/bench/parts" >&2; exit 2; }
    # shellcheck source=/dev/null
    . "tests/bench/parts/$part.sh"
done
cat "$work"/notes.* 2>/dev/null && rm -f "$work"/notes.*
plots/bench.sh "$csv" "$work/bench.svg" && echo "$csv, drawn in $work/bench.svg"
