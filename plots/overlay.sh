#!/bin/sh
# Draws what was measured over what was simulated: plots/overlay.sh MEASURED.csv PICTURE.svg RESULTS...
# MEASURED.csv has seconds and a count of running tasks, below a line of names; of each folder of RESULTS the running
# tasks of all services are summed up. The first gives the title.
[ $# -ge 3 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
measured=$1 picture=$2
shift 2
plots=$(dirname "$0")
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
text_of() { sed -n "s/^  \"$2\": \"\(.*\)\",\$/\1/p" "$1/summary.json" | sed "s/'/''/g"; }
title=$(text_of "$1" name) subtitle=$(text_of "$1" description) names=
for results; do
    name=$(text_of "$results" name)
    names="$names $name"
    awk -F, 'NR == 1 {for (i = 1; i <= NF; i++) column[$i] = i; next}
        $1 != time && NR > 2 {print time "," sum}
        {time = $1; sum += $column["running"] - running[$2]; running[$2] = $column["running"]}
        END {print time "," sum}' "$results/timeseries.csv" >"$scratch/$name"
done
tail -n +2 "$measured" >"$scratch/measured"
gnuplot -e "title='$title'; subtitle='$subtitle'; what='running tasks'; names='$names'; folder='$scratch/'" \
    -e "set output '$picture'" "$plots/style.gp" "$plots/overlay.gp"
