# A whole model: one queue, one server, two events a customer.
for customers in 100000 1000000; do
    ours=$(best seconds_of mm1 mm1 $customers)
    row work="M/M/1" size=$customers unit=customer seconds="$ours" beside=yardstick \
        beside_ns="$(per "$(best seconds_of mm1 yardstick mm1 $customers)" $customers)" reach="$([ $customers = 1000000 ] && echo "ratio>=0.714")"
done
