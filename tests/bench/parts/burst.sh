# Ten tasks a host, all at once, by RunTask: spread over three zones, then packed.
for hosts in 500 5000; do
    tasks=$((10 * hosts))
    awk -v tasks=$tasks 'BEGIN {for (i = 0; i < tasks; i++) print "0,36000"}' >"$work/burst-$tasks.csv"
    sed -e "s,FILE,burst-$tasks.csv," -e "s/HOSTS/$hosts/" tests/bench/burst.yaml >"$work/burst-$hosts.yaml"
    play "$work/burst-$hosts.yaml" --events none
    row work="at once" size=$tasks unit=task seconds="$seconds" wall="$wall" peak="$peak" \
        reach="$([ $hosts = 5000 ] && echo "seconds<=0.3")"
done
