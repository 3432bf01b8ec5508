#!/bin/sh
# The recorded results of the shipped scenarios: compared, or with --record rewritten. They show what changed, not that it is right.
# Usage: tests/golden.sh BINARY [--record]
cd "$(dirname "$0")/.." || exit 1
binary=$1 record=${2:-}
most=200000 # bytes: what is larger is not recorded
files="timeseries.csv deployments.csv service-deployments.csv traffic.csv targets.csv requests.csv cluster.csv groups.csv scaling-activities.csv managed-scaling.csv metrics.csv alarms.csv forecasts.csv instance-refreshes.csv tasks.csv instances.csv service-events.csv marks.csv calls.jsonl summary.json"
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
status=0
[ -z "$record" ] || rm -rf results/*/
for scenario in scenarios/*.yaml; do
    "$binary" run "$scenario" -o "$scratch/out" --no-plot --quiet --events none >"$scratch/said" 2>&1
    case $? in 0 | 3) ;; *) cat "$scratch/said"; echo "golden: $scenario did not run"; status=1; continue ;; esac
    name=$(sed -n 's/^name: *"\{0,1\}\([A-Za-z0-9._-]*\).*/\1/p' "$scratch/out/scenario.yaml" | head -n 1)
    recorded=results/$name
    if [ -n "$record" ]; then
        rm -rf "$recorded" && mkdir -p "$recorded"
        for f in $files; do
            [ "$(wc -c <"$scratch/out/$f")" -le $most ] && cp "$scratch/out/$f" "$recorded/$f"
        done
    else
        [ -d "$recorded" ] || { echo "golden: nothing recorded for $scenario (make results)"; status=1; }
        for f in "$recorded"/*; do
            case " $files " in *" $(basename "$f") "*) ;; *) continue ;; esac
            diff -u "$f" "$scratch/out/$(basename "$f")" || { echo "golden: $f differs"; status=1; }
        done
    fi
    rm -rf "$scratch/out"
done
[ $status = 0 ] && echo "golden: recorded results are as they were"
exit $status
