#!/bin/sh
# Real days of requests as the load of an autoscaled service: tests/traces/run.sh BINARY. The traces belong to their publishers and lie in
# $ECSIM_DATA/traces (default ../shared/data); where they are missing the test is skipped.
cd "$(dirname "$0")/../.." || exit 1
binary=$1
trace=${ECSIM_DATA:-../shared/data}/traces/worldcup98-requests-per-minute.csv
if [ ! -f "$trace" ]; then
    echo "traces: skipped, there is no $trace (set ECSIM_DATA)"
    exit 0
fi
trace=$(realpath "$trace")
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
status=0
# day DATE: the requests that the simulator counts are those of the file, the gaps filled with the last value.
for day in 1998-06-30 1998-07-07; do
    "$binary" run tests/traces/worldcup-day.yaml -o "$scratch/$day" --quiet --no-plot --events none \
        --set "load[0].requestsPerSecond.trace.file='$trace'" --set "load[0].requestsPerSecond.trace.from='$day'" \
        --set "startTime='${day}T00:00:00Z'" || status=1
    counted=$(grep -o '"requests": *[0-9.]*' "$scratch/$day/summary.json" | head -n 1 | grep -o '[0-9.]*$')
    wanted=$(awk -F, -v day="$day" 'substr($1, 1, 10) == day {sum += $2} END {printf "%d", sum}' "$trace")
    largest=$(awk -F, '$2 == "web" && $3 > most {most = $3} END {print most}' "$scratch/$day/timeseries.csv")
    if [ "$counted" = "$wanted" ]; then
        echo "traces: $day: $counted requests, as in the file; desired up to $largest"
    else
        echo "traces: $day: $counted requests, and the file has $wanted"
        status=1
    fi
done
exit $status
