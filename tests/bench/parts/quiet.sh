# Years in which nothing happens; and the same with an alarm, a policy and a capacity provider that have nothing to do.
for scenario in quiet watched; do
    for years in 1 10; do
        play tests/bench/$scenario.yaml --set duration=$((365 * years))d
        repeats=$(grep -c "has reached a steady state" "$results/service-events.csv")
        events=$(($(figure_of events) - repeats))
        row work="$scenario" size=$years unit=year seconds="$seconds" wall="$wall" peak="$peak" events=$events reach="events<=99"
        rm -rf "$results"
    done
done
