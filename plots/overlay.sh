#!/bin/sh
# Draws what was measured over what was simulated: plots/overlay.sh RESULTS MEASURED.csv PICTURE.svg
# MEASURED.csv has seconds and a count of running tasks, below a line of names; RESULTS is a folder of results, whose services are summed
# up.
[ $# -eq 3 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
results=$1 measured=$2 picture=$3
plots=$(dirname "$0")
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
text_of() { sed -n "s/^  \"$1\": \"\(.*\)\",\$/\1/p" "$results/summary.json" | sed "s/'/''/g"; }
awk -F, 'NR == 1 {for (i = 1; i <= NF; i++) column[$i] = i; next}
    $1 != time && NR > 2 {print time "," sum}
    {time = $1; sum += $column["running"] - running[$2]; running[$2] = $column["running"]}
    END {print time "," sum}' "$results/timeseries.csv" >"$scratch/simulated"
tail -n +2 "$measured" >"$scratch/measured"
gnuplot -e "title='$(text_of name)'; subtitle='$(text_of description)'; what='running tasks'" \
    -e "simulated='$scratch/simulated'; measured='$scratch/measured'; set output '$picture'" "$plots/style.gp" "$plots/overlay.gp"
