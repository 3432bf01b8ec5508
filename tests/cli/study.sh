#!/bin/bash
# What a study writes never depends on who played it, or how often it was killed: tests/cli/study.sh BINARY SCENARIO.yaml [SANITIZED].
# Beside the binary lies its ecsim-mpi. Prints TAP; exit status 1 if a point fails.
# Damaged journals are given to the sanitized binary, if there is one.
set -u
[ $# -ge 2 ] || { echo "usage: $0 BINARY SCENARIO.yaml [SANITIZED]" >&2; exit 2; }
binary=$(realpath "$1")
scenario=$(realpath "$2")
sanitized=$(realpath "${3:-$1}")
here=$(dirname "$(realpath "$0")")
studies=$(realpath "$here/../../scenarios/studies")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"
runs=80

# Many processes on few processors, as root perhaps, and in a container.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_odls_base_sigkill_timeout=0 OMPI_MCA_btl_vader_single_copy_mechanism=none
# Pictures take longer than the runs, and are not what is looked at.
mkdir bin && printf '#!/bin/sh\nexit 1\n' >bin/gnuplot && chmod +x bin/gnuplot && PATH=$work/bin:$PATH

# play FOLDER ARGUMENT...: the study into the folder; how the program is started stands in $launch.
launch=
play()
{
    local folder=$1
    shift
    $launch "$binary" study "$scenario" --seeds 1..$runs -o "$folder" "$@" >out 2>err
}

# same NAME FOLDER: its tables are those of the folder $good.
good=one
same()
{
    local table differ=0
    for table in study cells fan; do
        cmp "$good/$name/$table.csv" "$2/$name/$table.csv" >>out 2>>err || differ=1
    done
    point "$1" $differ
}

# played FOLDER: how many runs its journals hold; each once, or not all.
played()
{
    grep -ah '^run' "$1/$name"/study.journal.* | cut -f 2,3 | sort | uniq -c | awk '$1 > 1 {again++} {n++} END {print again ? "again" : n + 0}'
}

once()
{
    [ "$(played "$1")" = $runs ]
    point "  each run was played once" $?
}

echo "TAP version 13"

# Who plays.
play one --threads 1
point 'a study of one thread' $?
name=$(cd one && ls)
[ "$(awk 'END {print NR}' "one/$name/study.csv")" = $((runs + 1)) ] && [ -s "one/$name/cells.csv" ] && [ -s "one/$name/fan.csv" ]
point '  a row for each run, a table of cells and one of fans' $?
for threads in 2 5; do
    play threads-$threads --threads $threads
    same "$threads threads: same bytes" threads-$threads
done
for ranks in 1 2 4; do
    launch="mpirun -n $ranks"
    play ranks-$ranks
    same "mpirun -n $ranks: same bytes" ranks-$ranks
    once ranks-$ranks
    [ "$(ls ranks-$ranks/*/study.journal.* | wc -l)" = $ranks ]
    point "  $ranks took part" $?
done
launch=
for part in 3 1 2; do
    play parts --part $part/3
    [ -e "parts/$name/study.csv" ] && [ $part != 2 ]
    point "part $part of 3" $(($? == 0))
done
play parts
same 'parts are put together: same bytes' parts
once parts

# Until the interval is narrow: twice as many runs until it is, whoever plays them.
narrow="--until-halfwidth services.web.belowDesired=12.5 --seeds 1..1000"
"$binary" study "$scenario" $narrow --threads 1 -o narrow-1 >out 2>err
rows=$(awk 'END {print NR - 1}' "narrow-1/$name/study.csv")
[ "$rows" -gt 32 ] && [ "$rows" -lt 1000 ]
point "narrow enough after $rows runs" $?
"$binary" study "$scenario" $narrow --threads 2 -o narrow-2 >out 2>err
mpirun -n 3 "$binary" study "$scenario" $narrow -o narrow-3 >out 2>err
"$binary" study "$scenario" --seeds 17..40 -o narrow-4 >out 2>err
"$binary" study "$scenario" $narrow -o narrow-4 >out 2>err
for folder in narrow-2 narrow-3 narrow-4; do
    cmp -s "narrow-1/$name/study.csv" "$folder/$name/study.csv" && cmp -s "narrow-1/$name/cells.csv" "$folder/$name/cells.csv"
    point "  $folder: same bytes" $?
done

# The other forms: half of the runs by threads, the rest by ranks.
for form in compare-placement fleet-size percent-map worst-moment; do
    "$binary" study "$studies/$form.yaml" --threads 1 -o "whole/$form" >whole.out 2>err
    "$binary" study "$studies/$form.yaml" --threads 2 --part 2/2 -o "mixed/$form" >out 2>err
    mpirun -n 2 "$binary" study "$studies/$form.yaml" -o "mixed/$form" >out 2>err
    diff -r -x 'study.journal.*' "whole/$form" "mixed/$form" >>err && sed 's/mixed/whole/' out | diff - whole.out >>err
    point "$form: same bytes, same words" $?
done

# Killed: what is done is kept, what is missing is played by the next call.
now_us() { echo $(($(date +%s%N) / 1000)); }
pause() { sleep "$(printf '%d.%06d' $(($1 / 1000000)) $(($1 % 1000000)))"; }

# session_ended SESSION: waits until nobody of it is left: a rank whose mpirun was killed takes a moment to notice, and may only then
# begin to write.
session_ended()
{
    for _ in $(seq 1000); do
        sed 's/.*) //' /proc/[0-9]*/stat 2>/dev/null | awk -v session="$1" '$1 != "Z" && $4 == session {found = 1} END {exit found}' && return
        sleep 0.02
    done
    echo "# a process of session $1 lives on" >&2
}

# child PROCESS: one that it started.
child() { grep -l "^PPid:	$1\$" /proc/[0-9]*/status 2>/dev/null | tail -n 1 | cut -d / -f 3; }

# kill_often FOLDER ROUNDS ARGUMENT...: starts the study so often, and kills it at random moments; not all is done then.
kill_often()
{
    local folder=$1 rounds=$2 began span_us killed=0 round process
    shift 2
    good=$folder-whole
    began=$(now_us)
    play "$good" "$@"
    span_us=$((($(now_us) - began) * 2 / rounds))
    for round in $(seq "$rounds"); do
        setsid $launch "$binary" study "$scenario" --seeds 1..$runs -o "$folder" "$@" >/dev/null 2>&1 &
        process=$!
        pause $(($(od -An -N4 -tu4 /dev/urandom) % span_us))
        kill -KILL -- -$process 2>/dev/null && killed=$((killed + 1))
        wait $process 2>/dev/null
        session_ended $process
    done
    echo "# $killed of $rounds killed, $(played "$folder") of $runs runs were done"
    play "$folder" "$@"
}

runs=800
kill_often killed 10 --threads 2
same 'killed ten times: same bytes' killed
once killed
launch='mpirun -n 2'
kill_often killed-ranks 3
same 'mpirun killed three times: same bytes' killed-ranks
good=one runs=80

# A rank is lost: the job ends, and the next call goes on.
runs=2000
setsid mpirun -n 2 "$binary" study "$scenario" --seeds 1..$runs -o lost >out 2>err &
process=$!
until [ "$(grep -ac '^run' "lost/$name/study.journal.0-1" 2>/dev/null || true)" -gt 10 ] 2>/dev/null || ! kill -0 $process; do
    sleep 0.02
done
kill -KILL "$(child $process)"
wait $process
point 'a job that loses a rank ends, and not well' $(($? == 0))
session_ended $process
[ ! -e "lost/$name/study.csv" ]
point '  before its time' $?
runs=80
before=$(grep -ah '^run' "lost/$name"/study.journal.* | wc -l)
play lost
same '  the next call goes on: same bytes' lost
after=$(grep -ah '^run' "lost/$name"/study.journal.* | wc -l)
[ "$before" -gt 10 ] && [ $((after - before)) -lt $runs ]
point "  with what was done ($before runs)" $?
launch=

# Journals that are not what they were.
binary_of_tables=$binary
binary=$sanitized
journal=damaged/$name/study.journal.0-0
cp -r one damaged
truncate -s -7 "$journal"
play damaged
same 'a torn line: same bytes' damaged
once damaged
play damaged
once damaged
for round in $(seq 4); do
    size=$(stat -c %s "$journal")
    awk -v seed="$round" -v size="$size" 'BEGIN {srand(seed); for (i = 0; i < 6 * seed; i++) print int(rand() * size), int(rand() * 256)}' |
        while read -r offset byte; do
            printf "\\$(printf %o "$byte")" | dd of="$journal" bs=1 seek="$offset" conv=notrunc status=none
        done
    rm "damaged/$name/study.csv"
    play damaged
    same "damaged in $((6 * round)) places: same bytes" damaged
done
for other in 's/version [0-9.]*/version 0.0.1/' 's/sources [0-9]*/sources 1/'; do
    # A run that this program would not have had.
    sed -i "1$other; 2,\$d" "$journal" && printf 'run\n' >>"$journal"
    play damaged
    same "a journal of another program ($other): same bytes" damaged
    ! grep -q '^run$' "$journal"
    point '  it is emptied' $?
    once damaged
done
head -c 100000 /dev/urandom >"damaged/$name/study.journal.9-9"
: >"damaged/$name/study.journal.8-8"
mkdir "damaged/$name/study.journal.7-7"
play damaged
same 'journals that are none: same bytes' damaged
rm "$journal" && mkfifo "$journal"
play damaged
[ $? -eq 1 ] && grep -q 'cannot write' err
point 'a pipe for a journal: a sentence' $?
binary=$binary_of_tables

# The journal of another text of the scenario, or of another grid.
play other --set services.web.desiredCount=29
play other
same 'after another text of the scenario: same bytes' other
play other --set services.web.desiredCount=29
play other --vary services.web.desiredCount=29,30
[ "$(played other)" = $((2 * runs)) ]
point '  what either text has played is played once' $?

# Two calls at once.
"$binary" study "$scenario" --seeds 1..$runs --threads 1 -o both >/dev/null 2>&1 &
process=$!
until [ -s "both/$name/study.journal.0-0" ]; do sleep 0.01; done
kill -STOP $process
"$binary" study "$scenario" --seeds 1..$runs -o both >out 2>err
[ $? -eq 1 ] && grep -q 'another call is at work on this study' err
point 'two calls at once: the second says so' $?
kill -CONT $process
wait $process
same '  the results of the first are whole' both

# The machine fails.
play /proc/nope
[ $? -eq 1 ] && [ "$(grep -c 'cannot create' err)" = 1 ]
point 'a folder that cannot be: a sentence' $?
(trap '' XFSZ && ulimit -f 20 && play full)
[ $? -eq 1 ] && grep -q 'cannot write .*study.journal' err
point 'a full disk: a sentence' $?
play full
same '  with room again: same bytes' full
(trap '' XFSZ && ulimit -f 1 && play full)
[ $? -eq 1 ] && ! ls -A "full/$name" | grep part
point '  of a table without room nothing is left' $?
same '  and the one before stays' full
launch='mpirun -n 2'
mkdir -p "failing/$name/study.journal.0-1"
play failing
[ $? -eq 1 ] && grep -q 'cannot write .*study.journal.0-1' err
point 'one rank that cannot write: a sentence, and all end' $?

# Mistakes are said once, by all ranks' first.
play wrong --set services.web.desiredCount=many
[ $? -eq 2 ] && [ "$(grep -c 'error: ' err)" = 1 ] && [ ! -e wrong ]
point 'a mistake under mpirun is said once' $?
play wrong --nonsense
[ $? -eq 2 ] && [ "$(grep -c 'no such option' err)" = 1 ]
point 'one of the command line, too' $?
mpirun -n 1 "$binary" study "$scenario" --seeds 1..3 -o wrong : -n 1 "$binary" study "$scenario" --seeds 1..4 -o wrong >out 2>err
[ $? -eq 1 ] && [ "$(grep -c 'different arguments' err)" = 1 ]
point 'ranks that want different things do nothing' $?
launch= && export PMI_SIZE=3 PMI_RANK=0
play wrong
[ $? -eq 2 ] && [ "$(grep -c 'sees no other' err)" = 1 ] && [ ! -e wrong ]
point 'a launcher of another MPI: a sentence' $?
unset PMI_SIZE PMI_RANK && launch='mpirun -n 2'
cp "$binary" bin/ecsim
binary=$work/bin/ecsim
play wrong
[ $? -eq 2 ] && [ "$(grep -c 'make mpi builds it' err)" = 1 ] && [ ! -e wrong ]
point 'without ecsim-mpi, many do not do the same work: a sentence' $?
launch='mpirun -n 1'
play alone
same 'mpirun -n 1 needs no ecsim-mpi' alone

conclude
