#!/bin/sh
# Draws what `make bench` measured: plots/bench.sh BENCH.csv PICTURE.svg. Panels whose parts were not run stay empty.
[ $# = 2 ] || { sed -n '2s/^# //p' "$0" >&2; exit 2; }
plots=$(dirname "$0")
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
# select WORK COLUMNS: size and columns of one work, a file of its own.
select() {
    awk -F, -v work="$1" -v wanted="$2" 'NR == 1 {for (i = 1; i <= NF; i++) column[$i] = i; count = split(wanted, names, " "); next}
        $1 == work {for (i = 1; i <= count; i++) printf "%s%s", $column[names[i]], i < count ? "," : "\n"; found = 1}
        END {if (!found) print "0.001,0.001,0.001"}' "$csv" >"$scratch/$3" # below all ranges: gnuplot refuses what has no points
}
csv=$1
select queue "size ns beside_ns" queue
select engine "size ns" engine
for chain in default binpack random distinct; do select "placement $chain" "size ns beside_ns" $chain; done
for what in start deploy zone; do select "fleet: $what" "size ns" $what; done
# How far each is from what is to be reached: 1 is there, 2 is twice as good as asked, 0.5 half as good.
awk -F, 'NR == 1 {for (i = 1; i <= NF; i++) column[$i] = i; next}
    $column["reach"] != "" {
        count = split($column["reach"], wishes, " ")
        for (i = 1; i <= count; i++) {
            split(wishes[i], parts, /[<>]=/)
            got = $column[parts[1]] + 0
            got = got > 0 ? got : 1e-9
            printf "%s %s: %s,%g\n", $1, $2, wishes[i], wishes[i] ~ />=/ ? got / parts[2] : parts[2] / got
        }
    }' "$csv" >"$scratch/reached"
[ -s "$scratch/reached" ] || echo "nothing,1" >"$scratch/reached"
gnuplot -e "folder='$scratch/'; rows=$(wc -l <"$scratch/reached"); set output '$2'" "$plots/style.gp" "$plots/bench.gp"
