#!/bin/sh
# Redraws plots/gallery from the shipped scenarios: plots/gallery.sh BINARY
cd "$(dirname "$0")/.." || exit 1
binary=$1
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
mkdir -p plots/gallery
for scenario in ${2:-scenarios/*.yaml}; do
    name=$(basename "$scenario" .yaml)
    "$binary" run "$scenario" -o "$scratch/$name" --quiet --events none
    cp "$scratch/$name/timeseries.svg" "plots/gallery/$name.svg"
done
