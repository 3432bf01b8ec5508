# A thousand seeds of a day, with their tables and their picture, alone and by two threads.
alone=
for threads in 1 2; do
    measure sh -c "rm -rf '$work/study' && exec '$built/ecsim' study tests/bench/day.yaml --seeds 1..1000 --threads $threads -o '$work/study'"
    row work="study on $threads threads" size=1000 unit=run seconds="$seconds" wall="$wall" peak="$peak" ns="$(per "$wall" 1000)" \
        beside="${alone:+one thread}" beside_ns="$alone"
    alone=$(per "$wall" 1000)
done
