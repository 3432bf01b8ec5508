#!/bin/sh
# The same bytes, pictures aside, from gcc and from clang, optimised more and less, under the sanitizers, run twice, from another folder, in
# another locale and time zone. Usage: tests/determinism.sh SCENARIO...
cd "$(dirname "$0")/.." || exit 1
root=$PWD
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT

# play BINARY FOLDER [VARIABLE=VALUE...]: one checksum over all files of all scenarios
play()
{
    binary=$1 folder=$2
    shift 2
    [ $# -eq 0 ] || export "$@"
    for scenario in $scenarios; do
        "$binary" run "$root/$scenario" -o "$folder/${scenario##*/}" --no-plot --quiet >/dev/null 2>&1
        case $? in 0 | 3) ;; *) echo "determinism: $binary $scenario failed" >&2; exit 1 ;; esac
    done
    # The resolved scenario names data files relative to its own folder, which is the same everywhere here.
    (cd "$folder" && find . -type f ! -name '*.svg' | LC_ALL=C sort | xargs sha256sum | sha256sum)
    rm -rf "$folder"
}

scenarios=$*
mkdir -p "$scratch/results"
first=$(play build/ecsim "$scratch/results/r") || exit 1
echo "determinism: $(set -- $scenarios; echo $#) scenarios, $first"
status=0
compare()
{
    what=$1
    shift
    if second=$(play "$@") && [ "$first" = "$second" ]; then
        echo "determinism: $what: same bytes"
    else
        echo "determinism: $what: DIFFERENT"
        status=1
    fi
}

compare 'again' build/ecsim "$scratch/results/r"
compare 'clang -O2 -march=native with audit' build/audited/ecsim "$scratch/results/r"
compare 'gcc -O1 with sanitizers and audit' build/sanitized/ecsim "$scratch/results/r"
cd "$scratch" && compare 'another folder, locale and time zone' "$root/build/ecsim" "$scratch/results/r" LC_ALL=de_DE.UTF-8 LANG=tr_TR TZ=Asia/Tokyo
exit $status
