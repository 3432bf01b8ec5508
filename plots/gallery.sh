#!/bin/sh
# Redraws plots/gallery from the shipped scenarios: plots/gallery.sh BINARY
cd "$(dirname "$0")/.." || exit 1
binary=$1
gallery=plots/gallery
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
mkdir -p "$gallery" && cp "$gallery"/worldcup-*.svg "$gallery/bench.svg" "$scratch" 2>/dev/null # what is not drawn here stays
rm -rf "$gallery" && mkdir -p "$gallery" && cp "$scratch"/worldcup-*.svg "$scratch/bench.svg" "$gallery" 2>/dev/null
{
    echo "# Gallery"
    echo
    echo "The pictures of the shipped scenarios and studies, as \`ecsim run\` and \`ecsim study\` draw them; \`make plots\` redraws them."
} >"$gallery/README.md"
for scenario in scenarios/*.yaml scenarios/patterns/*.yaml; do
    name=$(basename "$scenario" .yaml)
    [ "${scenario#scenarios/patterns/}" = "$scenario" ] || name=pattern-$name
    "$binary" run "$scenario" -o "$scratch/$name" --quiet --events none || exit 1
    [ -f "$scratch/$name/timeseries.svg" ] || [ -f "$scratch/$name/fleet.svg" ] || continue # there is nothing to draw
    printf '\n## [%s](../../%s)\n' "$name" "$scenario" >>"$gallery/README.md"
    if [ -f "$scratch/$name/timeseries.svg" ]; then
        cp "$scratch/$name/timeseries.svg" "$gallery/$name.svg"
        printf '\n![%s](%s.svg)\n' "$name" "$name" >>"$gallery/README.md"
    fi
    [ -f "$scratch/$name/fleet.svg" ] || continue
    cp "$scratch/$name/fleet.svg" "$gallery/$name-fleet.svg"
    printf '\n![%s: the fleet](%s-fleet.svg)\n' "$name" "$name" >>"$gallery/README.md"
done
for study in $(grep -l '^study:' scenarios/studies/*.yaml); do
    name=$(sed -n 's/^study: *//p' "$study")
    "$binary" study "$study" -o "$scratch/studies" >"$scratch/said" || exit 1
    printf '\n## Study: [%s](../../%s)\n\n```\n' "$name" "$study" >>"$gallery/README.md"
    sed -e '/^results in /d' -e "s,$scratch/studies,results," "$scratch/said" >>"$gallery/README.md"
    printf '```\n' >>"$gallery/README.md"
    for picture in "$scratch/studies/$name"/*.svg; do
        [ -f "$picture" ] || continue
        cp "$picture" "$gallery/study-$name-$(basename "$picture")"
        printf '\n![%s](study-%s-%s)\n' "$name" "$name" "$(basename "$picture")" >>"$gallery/README.md"
    done
done
# What was measured lies beside the scenario, NAME.csv; those that are laid over it are drawn, too.
for measured in scenarios/*.csv; do
    name=$(basename "$measured" .csv)
    [ -f "scenarios/$name.yaml" ] || continue
    results=
    for scenario in "scenarios/$name.yaml" $(grep -l "^from:.*$name.yaml" scenarios/*.yaml); do
        results="$results $scratch/$(basename "$scenario" .yaml)"
    done
    plots/overlay.sh "$measured" "$gallery/$name-measured.svg" $results || exit 1
    printf '\n## Measured: %s\n\n![%s: measured and simulated](%s-measured.svg)\n' "$name" "$name" "$name" >>"$gallery/README.md"
done
plots/worldcup.sh "$binary" "$gallery" >/dev/null || exit 1
for picture in "$gallery"/worldcup-*.svg; do
    day=$(basename "$picture" .svg)
    printf '\n## [%s](../../scenarios/traces/worldcup.yaml), and with twice the target\n\n![%s](%s.svg)\n' "$day" "$day" "$day" \
        >>"$gallery/README.md"
done
