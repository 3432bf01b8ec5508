#!/bin/sh
# Real days of requests as the load of an autoscaled service, and real jobs as tasks: tests/traces/run.sh BINARY. The traces belong to
# their publishers and lie in $ECSIM_DATA/traces (default ../shared/data); where they are missing the test is skipped.
cd "$(dirname "$0")/../.." || exit 1
binary=$1
data=${ECSIM_DATA:-../shared/data}/traces
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
status=0

# missing FILE
missing() {
    [ -f "$data/$1" ] && return 1
    echo "traces: skipped, there is no $data/$1 (set ECSIM_DATA)"
}

# The requests that the simulator counts are those of the file, the gaps filled with the last value.
worldcup() {
    trace=$(realpath "$data/worldcup98-requests-per-minute.csv")
    for day in 1998-06-30 1998-07-07; do
        "$binary" run scenarios/traces/worldcup.yaml -o "$scratch/$day" --quiet --no-plot --events none \
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
}

# With twice the target a day costs less, and no fewer requests are unserved.
worldcup_twice() {
    plots/worldcup.sh "$binary" "$scratch" >"$scratch/table"
    if awk -F'|' '$3 ~ /40 %/ {cost = $9; unserved = $5} $3 ~ /80 %/ {days += $9 < cost && $5 >= unserved} END {exit days != 2}' "$scratch/table"; then
        echo "traces: twice the target is cheaper, and leaves no fewer requests unserved"
    else
        cat "$scratch/table"
        status=1
    fi
}

# Each row is a task that runs for as long as its pod was there, to the second; every one finds room.
openb() {
    trace=$(realpath "$data/openb_pod_list_default.csv")
    "$binary" run tests/traces/openb.yaml -o "$scratch/openb" --quiet --no-plot --events none --set "load[0].runTask.trace={file: '$trace', \
        at: creation_time, end: deletion_time, cpu: cpu_milli, cpuScale: 1.024, memory: memory_mib, gpu: num_gpu}" || status=1
    ran=$(awk -F, 'NR > 1 {n++; sum += $16 - $13} END {printf "%d tasks for %.0f s", n, sum}' \
        "$scratch/openb/tasks.csv")
    wanted=$(awk -F, 'NR > 1 {n++; sum += $10 - $9} END {printf "%d tasks for %.0f s", n, sum}' "$trace")
    if [ "$ran" = "$wanted" ] && grep -q '"loadTasksRefused": 0,' "$scratch/openb/summary.json"; then
        echo "traces: openb: $ran, as in the file"
    else
        echo "traces: openb: $ran, and the file has $wanted"
        status=1
    fi
}

missing worldcup98-requests-per-minute.csv || { worldcup; worldcup_twice; }
missing openb_pod_list_default.csv || openb
exit $status
