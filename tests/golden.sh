#!/bin/sh
# The recorded results of the shipped scenarios and studies: compared, or with --record rewritten. They show what changed, not that it is right.
# Usage: tests/golden.sh BINARY [--record]
cd "$(dirname "$0")/.." || exit 1
binary=$1 record=${2:-}
most=200000 # bytes: what is larger is not recorded
files="timeseries.csv deployments.csv service-deployments.csv traffic.csv targets.csv requests.csv cluster.csv groups.csv scaling-activities.csv managed-scaling.csv metrics.csv alarms.csv forecasts.csv jobs.csv queues.csv instance-refreshes.csv tasks.csv instances.csv service-events.csv marks.csv disks.csv calls.jsonl logs.jsonl summary.json"
tables="cells.csv map.csv search.csv frontier.csv comparison.csv worst.csv worst-moment.yaml"
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
status=0
[ -z "$record" ] || rm -rf results/*/

# hold FOLDER RECORDED "FILES": what was written against what is recorded.
hold()
{
    if [ -n "$record" ]; then
        rm -rf "$2" && mkdir -p "$2"
        for f in $3; do
            [ -f "$1/$f" ] && [ "$(wc -c <"$1/$f")" -le $most ] && cp "$1/$f" "$2/$f"
        done
        return
    fi
    [ -d "$2" ] || { echo "golden: nothing recorded in $2 (make results)"; status=1; }
    for f in $3; do
        [ ! -f "$1/$f" ] || [ -f "$2/$f" ] || [ "$(wc -c <"$1/$f")" -gt $most ] || { echo "golden: $2/$f is not recorded"; status=1; }
    done
    diff -ru -x events.jsonl -x scenario.yaml -x '*.svg' "$2" "$1" | grep -v "^Only in $1" >"$scratch/differs" || return
    cat "$scratch/differs"
    echo "golden: $2 differs"
    status=1
}

for scenario in scenarios/*.yaml scenarios/patterns/*.yaml; do
    "$binary" run "$scenario" -o "$scratch/out" --no-plot --quiet --events none >"$scratch/said" 2>&1
    case $? in 0 | 3) ;; *) cat "$scratch/said"; echo "golden: $scenario did not run"; status=1; continue ;; esac
    name=$(sed -n 's/^name: *"\{0,1\}\([A-Za-z0-9._-]*\).*/\1/p' "$scratch/out/scenario.yaml" | head -n 1)
    hold "$scratch/out" "results/$name" "$files"
    rm -rf "$scratch/out"
done
for study in $(grep -l '^study:' scenarios/studies/*.yaml); do
    "$binary" study "$study" -o "$scratch/studies" >"$scratch/said" 2>&1 || { cat "$scratch/said"; echo "golden: $study was not played"; status=1; continue; }
    name=$(sed -n 's/^study: *//p' "$study")
    hold "$scratch/studies/$name" "results/studies/$name" "$tables"
done
[ $status = 0 ] && echo "golden: recorded results are as they were"
exit $status
