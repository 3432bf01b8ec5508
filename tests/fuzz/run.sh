#!/bin/sh
# Fuzzes the readers of scenarios and of studies with the real tables, under the sanitizers: tests/fuzz/run.sh SECONDS, half of them
# for each. What it finds stays in build/fuzz.
cd "$(dirname "$0")/../.." || exit 1
root=$PWD
seconds=$((($1 + 1) / 2))
status=0
mkdir -p build/fuzz/reader.corpus build/fuzz/study.corpus build/fuzz/studies
make --no-print-directory -s BUILD=build/fuzz CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
    build/fuzz/libecsim.a || exit 1

# fuzz NAME FOLDER CORPUS...: in the folder.
fuzz()
{
    name=$1
    folder=$2
    shift 2
    clang -std=gnu17 -D_GNU_SOURCE -I. -g -O1 -fsanitize=fuzzer,address,undefined -DFUZZ_MODEL=ecs_model -o build/fuzz/fuzz_$name \
        tests/fuzz/fuzz_$name.c build/fuzz/libecsim.a $(pkg-config --cflags --libs gsl yaml-0.1 libmd) -lm || exit 1
    (cd "$folder" && "$root/build/fuzz/fuzz_$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=8192 \
        -print_final_stats=1 -artifact_prefix="$root/build/fuzz/" "$root/build/fuzz/$name.corpus" "$@") || status=1
}

cp scenarios/*.yaml build/fuzz/reader.corpus/
fuzz reader . "$root/tests/fuzz/corpus" "$root/tests/mistakes"
cp -r tests/mistakes/studies/scenarios build/fuzz/studies/
fuzz study build/fuzz/studies "$root/tests/mistakes/studies" "$root/tests/fuzz/studies"
exit $status
