# Rows through the writers of results, and the same bytes written bare: processor time until the kernel has them, wall clock until they
# are on the disk.
for form in csv jsonl; do
    for round in $(seq "$ROUNDS"); do "$work/writing" $form 500000 "$work/written"; done >"$work/out"
    least() { sed -n "s/^$1.* $2=\([0-9.]*\).*/\1/p" "$work/out" | sort -g | head -n 1; }
    bytes=$(least rows bytes)
    row work="writing $form" size="$bytes" unit=byte seconds="$(least rows seconds)" beside="write(2)" \
        beside_ns="$(per "$(least bare seconds)" "$bytes")" reach="ratio>=0.7"
    row work="$form on disk" size="$bytes" unit=byte wall="$(least rows wall)" ns="$(per "$(least rows wall)" "$bytes")" \
        beside="write(2)" beside_ns="$(per "$(least bare wall)" "$bytes")" reach="ratio>=0.7"
done
