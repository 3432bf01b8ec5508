#!/bin/sh
# REAL-02: the public scale-out, as scenarios 71 and 72 have it, wave by wave beside what was measured.
# usage: scale_out.sh ECSIM      prints a table of each; status 1 if a wave begins more than 10 s off, or has too many or
# too few tasks: more than 25 % off in 71, which fits nothing to the curve, and 11 % in 72, which takes one figure from it.
#
# A wave begins when more tasks run than the hosts before it can hold, 15 each; its count is what runs when the next one
# begins. Begin and count of the measured waves are read off the same curve.
cd "$(dirname "$0")/.." || exit 1
ecsim=$1
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
status=0

# waves SCENARIO PERCENT
waves()
{
    echo "$1:"
    "$ecsim" run "scenarios/$1.yaml" -o "$work/out" --no-plot --quiet --events none || return 1
    # Hosts by the time of their launch, then tasks that run in all, at each change.
    awk -F, 'NR > 1 { hosts[$6 + 0]++ } END { for (at in hosts) print at, hosts[at] }' "$work/out/instances.csv" |
        sort -n >"$work/hosts"
    awk -F, 'NR > 1 { sum += $5 - running[$2]; running[$2] = $5; print $1, sum }' "$work/out/timeseries.csv" >"$work/running"
    awk -v hosts="$work/hosts" -v percent="$2" '
        function abs(x) { return x < 0 ? -x : x }
        BEGIN {
            split("0 147 203 262 325 388 445 500 560", begins)
            waves = split("62 415 911 1143 1607 2122 2693 3254 3458", counts)
            while ((getline line < hosts) > 0) {
                split(line, cell, " ")
                room += 15 * cell[2]
                rooms[++launches] = room
            }
            wave = 1
        }
        $1 > 605 { exit }
        wave < waves && $2 > rooms[wave] { begin[++wave] = $1 }
        { count[wave] = $2 }
        END {
            print "wave  begins: measured  simulated    tasks: measured  simulated  measured/simulated"
            for (w = 1; w <= waves; w++) {
                ratio = count[w] ? counts[w] / count[w] : 0
                bad = abs(begin[w] - begins[w]) > 10 || abs(ratio - 1) * 100 > percent
                failed += bad
                printf "%4d %17d %10.1f %18d %10d %19.3f%s\n", w - 1, begins[w], begin[w], counts[w], count[w], ratio,
                    bad ? "  <- off" : ""
            }
            exit failed > 0
        }' "$work/running"
}

waves 71-public-scale-out 25 || status=1
waves 72-late-alarm 11 || status=1
exit $status
