#!/bin/sh
# Redraws plots/gallery from the shipped scenarios: plots/gallery.sh BINARY
cd "$(dirname "$0")/.." || exit 1
binary=$1
gallery=plots/gallery
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
rm -rf "$gallery" && mkdir -p "$gallery"
{
    echo "# Gallery"
    echo
    echo "The pictures of the shipped scenarios, as \`ecsim run\` draws them; \`make plots\` redraws them."
} >"$gallery/README.md"
for scenario in scenarios/*.yaml; do
    name=$(basename "$scenario" .yaml)
    "$binary" run "$scenario" -o "$scratch/$name" --quiet --events none || exit 1
    cp "$scratch/$name/timeseries.svg" "$gallery/$name.svg"
    printf '\n## [%s](../../%s)\n\n![%s](%s.svg)\n' "$name" "$scenario" "$name" "$name" >>"$gallery/README.md"
    if [ -f "scenarios/$name.csv" ]; then # it was measured
        plots/overlay.sh "$scratch/$name" "scenarios/$name.csv" "$gallery/$name-measured.svg" || exit 1
        printf '\n![%s: measured and simulated](%s-measured.svg)\n' "$name" "$name" >>"$gallery/README.md"
    fi
    [ -f "$scratch/$name/fleet.svg" ] || continue
    cp "$scratch/$name/fleet.svg" "$gallery/$name-fleet.svg"
    printf '\n![%s: the fleet](%s-fleet.svg)\n' "$name" "$name" >>"$gallery/README.md"
done
