#!/bin/sh
# Every row of the case tables has a test that names it.
# usage: complete.sh [TABLE...]      status 1 if a row has none. A table: id, what it settles, its test's file.
cd "$(dirname "$0")/../.." || exit 1
[ $# -gt 0 ] || set -- tests/cases/*.tsv
status=0
for table; do
    complaints=$(
        cut -f 1 "$table" | sort | uniq -d | sed 's/$/: listed twice/'
        tail -n +2 "$table" | while IFS='	' read -r id what test; do
            if [ -z "$test" ] || [ -z "$what" ]; then
                echo "$id: no test"
            elif [ ! -f "$test" ]; then
                echo "$id: there is no $test"
            elif ! grep -qw -- "$id" "$test"; then
                echo "$id: $test does not name it"
            fi
        done
    )
    if [ -n "$complaints" ]; then
        echo "$complaints" | sed "s|^|$table: |"
        status=1
    else
        echo "$table: each of $(($(wc -l <"$table") - 1)) rows has its test"
    fi
done
exit $status
