#!/bin/sh
# The case tables of ECS's behaviour, as scenarios whose comments say what the written results must hold.
# usage: run.sh ECSIM [FOLDER]      prints TAP; status 1 if any case fails. README.md explains the comments.
set -u
ecsim=$(realpath "$1")
folder=${2:-$(dirname "$0")}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# All are played, then all are judged: a process for each claim would take longer than the program.
for case in "$folder"/*.yaml; do
    name=${case##*/}
    name=${name%.yaml}
    "$ecsim" run "$case" -o "$work/$name" --no-plot >/dev/null 2>"$work/$name.err"
    echo $? >"$work/$name.status"
done
awk -v work="$work" -f "$(dirname "$0")/judge.awk" "$folder"/*.yaml
