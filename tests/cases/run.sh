#!/bin/sh
# The case tables of ECS's behaviour, as scenarios whose comments say what the written results must hold.
# usage: run.sh ECSIM [FOLDER]      prints TAP; status 1 if any case fails. README.md explains the comments.
set -u
ecsim=$(realpath "$1")
folder=${2:-$(dirname "$0")}
judge=$(realpath "$(dirname "$0")")/judge.awk
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# Prints what is wrong with one case, nothing if all is well.
check_case() {
    wanted=$(sed -n 's/^# exit: //p' "$1")
    "$ecsim" run "$1" -o "$work/results" --no-plot >"$work/out" 2>"$work/err"
    status=$?
    if [ "$status" -ne "${wanted:-0}" ]; then
        echo "exit status $status, not ${wanted:-0}"
        head -n 3 "$work/err"
    fi
    sed -n -e 's/^# error: //p' -e 's/^# warning: //p' "$1" | while IFS= read -r text; do
        grep -qF -- "$text" "$work/err" || echo "not said: $text"
    done
    grep '^# [a-z]' "$1" | awk -v results="$work/results" -f "$judge"
    rm -rf "$work/results"
}

number=0
failed=0
for case in "$folder"/*.yaml; do
    number=$((number + 1))
    name=$(basename "$case" .yaml)
    if grep -q '^# [a-z]' "$case"; then
        complaints=$(check_case "$case")
    else
        complaints="it claims nothing"
    fi
    if [ -z "$complaints" ]; then
        echo "ok $number - $name"
    else
        failed=$((failed + 1))
        echo "not ok $number - $name"
        echo "$complaints" | sed 's/^/  # /'
    fi
done
echo "1..$number"
[ "$failed" -eq 0 ]
