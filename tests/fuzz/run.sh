#!/bin/sh
# Fuzzes the scenario reader with the real tables, under the sanitizers: tests/fuzz/run.sh SECONDS. What it finds stays in build/fuzz.
cd "$(dirname "$0")/../.." || exit 1
seconds=$1
mkdir -p build/fuzz/corpus
make --no-print-directory -s BUILD=build/fuzz CC=clang CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
    build/fuzz/libecsim.a || exit 1
clang -std=gnu17 -D_GNU_SOURCE -I. -g -O1 -fsanitize=fuzzer,address,undefined -DFUZZ_MODEL=ecs_model -o build/fuzz/fuzz_reader \
    tests/fuzz/fuzz_reader.c build/fuzz/libecsim.a $(pkg-config --cflags --libs gsl yaml-0.1 libmd) -lm || exit 1
cp scenarios/*.yaml build/fuzz/corpus/
exec build/fuzz/fuzz_reader -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=8192 -print_final_stats=1 \
    -artifact_prefix=build/fuzz/ build/fuzz/corpus tests/fuzz/corpus tests/mistakes
