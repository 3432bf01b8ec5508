#!/bin/sh
# The World Cup's busiest day, and that of its busiest minute, on a fleet that follows them, beside the same with twice the target:
#   plots/worldcup.sh BINARY FOLDER
# draws worldcup-DAY.svg into the folder and prints the figures. The trace lies in $ECSIM_DATA/traces (default ../shared/data); without it
# nothing is done.
cd "$(dirname "$0")/.." || exit 1
[ $# -eq 2 ] || { sed -n '2,5s/^# *//p' plots/worldcup.sh >&2; exit 2; }
binary=$1 folder=$2
trace=${ECSIM_DATA:-../shared/data}/traces/worldcup98-requests-per-minute.csv
[ -f "$trace" ] || exit 0
trace=$(realpath "$trace")
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
figure() { sed -n "s/^ *\"$1\": \([^,]*\),*\$/\1/p" "$2/summary.json" | head -n 1; }
play() { # DAY TARGET
    "$binary" run scenarios/traces/worldcup.yaml -o "$scratch/$1-$2" --quiet --no-plot --events none \
        --set "name=worldcup-$1-$2" --set "description='The World Cup site on $1; tasks are to be $2 % busy'" \
        --set "load[0].requestsPerSecond.trace.file='$trace'" --set "load[0].requestsPerSecond.trace.from='$1'" \
        --set "startTime='${1}T00:00:00Z'" --set "scalingPolicies[0].targetTrackingScalingPolicyConfiguration.targetValue=$2" || exit 1
    most=$(awk -F, 'NR > 1 && $8 > most {most = $8} END {print most}' "$scratch/$1-$2/groups.csv")
    printf '| %s | %s %% | %s | %s | %s | %s | %s | %s |\n' "$1" "$2" "$(figure requests "$scratch/$1-$2")" \
        "$(figure unserved "$scratch/$1-$2")" "$(figure mostRunning "$scratch/$1-$2")" "$most" "$(figure instanceHours "$scratch/$1-$2")" \
        "$(figure cost "$scratch/$1-$2")"
}

echo '| day | target | requests | share unserved | most tasks | most instances | instance-hours | USD |'
echo '|---|--:|--:|--:|--:|--:|--:|--:|'
for day in 1998-06-30 1998-07-07; do
    play $day 40
    play $day 80
    "$binary" plot "$scratch/$day-40" "$scratch/$day-80" --picture fleet -o "$folder/worldcup-$day.svg" || exit 1
done
