# Services of 5,000 tasks in three zones: ten on 5,000 hosts, then two hundred on 100,000.
total=0
for what in start deploy zone; do
    small=
    for services in 10 200; do
        tasks=$((5000 * services))
        tests/bench/fleet.sh $what $services $((500 * services)) >"$work/fleet-$tasks-$what.yaml"
        rounds=$([ $services = 10 ] || echo 1)
        play "$work/fleet-$tasks-$what.yaml" --events none
        row work="fleet: $what" size=$tasks unit=task seconds="$seconds" wall="$wall" peak="$peak" beside="${small:+50000}" \
            beside_ns="$small" reach="$([ $services = 10 ] || echo "seconds<=60 peak<=4096 ratio>=0.333")"
        small=$(per "${seconds:-0}" $tasks)
        rm -rf "$results"
    done
done
rounds=
