# Large scenarios, through the door (`ecsim validate`) and through libyaml's event loop alone.
for mib in 10 100; do
    tests/bench/large.sh $mib >"$work/large-$mib.yaml"
    rounds=$([ $mib = 10 ] && echo 3 || echo 1)
    measure "$work/bare" "$work/large-$mib.yaml"
    floor=$(per "$seconds" $mib)
    measure "$built/ecsim" validate "$work/large-$mib.yaml"
    row work=reading size=$mib unit=MiB seconds="$seconds" wall="$wall" peak="$peak" beside=libyaml beside_ns="$floor" \
        reach="$([ $mib = 10 ] || echo "ratio>=0.7")"
    rm "$work/large-$mib.yaml"
done
rounds=
