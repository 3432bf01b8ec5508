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

# One Spot host in the pool of each trace: it gets its notice when the pool runs dry, ends 120 s later, and is replaced as
# soon as the pool has capacity. awk plays the same by the ticks of the file.
spot() {
    for zone in b c d; do
        trace=$(realpath "$data/spot-us-east-1$zone-r5.16xlarge.json")
        "$binary" run tests/traces/spot.yaml -o "$scratch/spot" --quiet --no-plot --events none \
            --set "failures[0].spotInterruption.trace.file='$trace'" || status=1
        ended=$(grep -c "Spot interruption" "$scratch/spot/instances.csv")
        wanted=$(sed 's/.*"data": \[\([0-9, ]*\)\].*/\1/' "$trace" | tr -d ' ' | tr ',' '\n' | awk '
            NR == 1 {there = 1}
            {at = 34 * (NR - 1)}
            ends != "" && ends <= at {ended++; ends = ""; there = was}
            $1 == 1 && !there && ends == "" {there = 1}
            $1 == 0 && there && ends == "" {ends = at + 120}
            $1 == 0 && ends == "" {there = 0}
            {was = $1}
            END {print ended + 0}')
        if [ "$ended" = "$wanted" ]; then
            echo "traces: us-east-1$zone: $ended Spot interruptions, as in the file"
        else
            echo "traces: us-east-1$zone: $ended Spot interruptions, and the file has $wanted"
            status=1
        fi
    done
}

missing worldcup98-requests-per-minute.csv || { worldcup; worldcup_twice; }
missing openb_pod_list_default.csv || openb
missing spot-us-east-1b-r5.16xlarge.json || spot
exit $status
