# The pods of a real GPU cluster (Alibaba's cluster-trace-gpu-v2023) on its nodes, over their 149 days.
if [ -f "$data/traces/openb_pod_list_default.csv" ]; then
    tests/bench/openb.sh "$data/traces" >"$work/openb.yaml"
    play "$work/openb.yaml" --events none
    row work=openb size="$(rows_of tasks.csv)" unit=pod seconds="$seconds" wall="$wall" peak="$peak" reach="seconds<=0.5"
else
    echo "openb: skipped, there is no $data/traces/openb_pod_list_default.csv (set ECSIM_DATA)"
fi
