# A decision of twenty services that start and stop, by the views and by the scan that defines them. That it does not grow with the
# number of instances means: by no more than their memory becomes slower.
for chain in default binpack random distinct; do
    for instances in 1000 10000 100000; do
        row work="placement $chain" size=$instances unit=instances \
            ns="$(per "$(best seconds_of view placement $chain $instances 30000)" 1)" beside=scan \
            beside_ns="$(per "$(ROUNDS=1 best seconds_of scan placement $chain $instances 1)" 1)" \
            reach="$([ $instances = 1000 ] || echo "growth<=2")"
    done
done
