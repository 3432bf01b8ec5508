# The event queue alone, and a whole run: dispatch, fingerprint and named draw.
events=4000000
for pending in 1 1000 10000 100000 1000000; do
    : >"$work/out"
    floor= queue= engine=
    for round in $(seq "$ROUNDS"); do
        "$work/yardstick" hold $pending $events >>"$work/out"
        "$work/hold" $pending $events >>"$work/out"
    done
    least() { sed -n "s/^$1 .*seconds=\([0-9.]*\).*/\1/p" "$work/out" | sort -g | head -n 1; }
    floor=$(per "$(least hold)" $events)
    case $pending in
    1) reach= ;;
    1000000) reach="ratio>=1.3" ;;
    *) reach="ratio>=1.6" ;;
    esac
    row work=queue size=$pending unit=pending ns="$(per "$(least queue)" $events)" beside=yardstick beside_ns="$floor" reach="$reach"
    row work=engine size=$pending unit=pending ns="$(per "$(least engine)" $events)" beside=yardstick beside_ns="$floor"
done
