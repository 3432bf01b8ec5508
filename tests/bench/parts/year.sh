# A year of jobs on 100 hosts, packed, with their whole life and all result files.
"$work/tasks" 20000 >"$work/tasks-20000.csv" && "$work/tasks" 200000 >"$work/tasks-200000.csv"
for tasks in 20000 200000; do
    sed "s,FILE,tasks-$tasks.csv," tests/bench/jobs.yaml >"$work/year-$tasks.yaml"
    play "$work/year-$tasks.yaml"
    floor=$("$work/yardstick" year "$work/tasks-$tasks.csv" 100 | sed 's/.*parse=\([0-9.]*\) seconds=\([0-9.]*\).*/\1 \2/' | awk '{print $1 + $2}')
    row work=year size=$tasks unit=task seconds="$seconds" wall="$wall" peak="$peak" beside=yardstick beside_ns="$(per "$floor" $tasks)" \
        reach="$([ $tasks = 200000 ] && echo "seconds<=0.5 peak<=50")"
done
# Services that live, rather than jobs: hosts die and tasks fall ill.
play tests/bench/year.yaml
row work="year of services" size="$(rows_of tasks.csv)" unit=task seconds="$seconds" wall="$wall" peak="$peak"
