#!/bin/sh
# The percentage map from outside: tests/cli/percent_map.sh BINARY. Prints TAP; exit status 1 if a point fails.
#
# Of the map of four tasks with room for all, every number follows from these: an old task makes way in 10 s; a new
# one runs 6 s after its start and counts 40 s later; the scheduler acts every 10 s, and either stops or starts.
# So a batch that stops first takes 60 s (stop, 10, start, 56, seen at 60), and one that starts first as long (start,
# 46, seen at 50, stop, 60). Floor = 4 x minimum, ceiling = 4 x maximum:
#
#   0/any      four stop, four start                                                              60 s, healthy 0, +0
#   25/100     floor 1, ceiling 4: three, then one                                                2 x 60
#   25/125..   at 10 four start beside the one that is left, which stops at 60                    70 s, five in all
#   50/100     two, then two                                                                      2 x 60
#   50/125     ceiling 5: at 10 three start beside two; at 60 these stop; at 70 the last one starts, seen at 120
#   50/150..   at 10 four start beside two, which stop at 60                                      70 s, six in all
#   75/100     one at a time                                                                      4 x 60
#   75/125     at 10 two start beside three, two of which stop at 60; at 70 two start, seen at 120; the last old one
#              stops                                                                              130 s, five in all
#   75/150     at 10 three start beside three, which stop at 60; at 70 the last one starts        120 s, six in all
#   75/200     at 10 four start beside three, which stop at 60                                    70 s, seven in all
#   100/125    one at a time, beside the four                                                     4 x 60, five in all
#   100/150    two at a time                                                                      2 x 60, six in all
#   100/200    all at once                                                                        60 s, eight in all
set -u
here=$(dirname "$(realpath "$0")")
binary=$(realpath "$1")
studies=$(realpath "$here/../../scenarios/studies")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"

# tells FILE TEXT: the text stands in the last output, as it is.
tells()
{
    grep -qF -e "$2" "$1"
    point "  $1 tells: $2" $?
}

# holds FILE: the file is what stands on standard input.
holds()
{
    cat >wanted
    diff wanted "$1" >>out
    point "  $1 is as worked out" $?
}

echo "TAP version 13"

gives 0 study -o results "$studies/four-tasks.yaml" --percent-map web --set 'containerInstances[0].count=4' --set 'expect=[]'
holds results/four-tasks/map.csv <<'END'
minimumHealthyPercent,maximumPercent,outcome,reason,runs,finished,broken_promise,duration_s,least_healthy,extra_tasks,desired,chosen
0,100,finished,,1,1,,60,0,0,4,false
0,125,finished,,1,1,,60,0,0,4,false
0,150,finished,,1,1,,60,0,0,4,false
0,200,finished,,1,1,,60,0,0,4,false
25,100,finished,,1,1,,120,1,0,4,false
25,125,finished,,1,1,,70,1,1,4,false
25,150,finished,,1,1,,70,1,1,4,false
25,200,finished,,1,1,,70,1,1,4,false
50,100,finished,,1,1,,120,2,0,4,false
50,125,finished,,1,1,,120,2,1,4,false
50,150,finished,,1,1,,70,2,2,4,false
50,200,finished,,1,1,,70,2,2,4,false
75,100,finished,,1,1,,240,3,0,4,false
75,125,finished,,1,1,,130,3,1,4,false
75,150,finished,,1,1,,120,3,2,4,false
75,200,finished,,1,1,,70,3,3,4,false
100,100,refused,InvalidParameterException: Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments,0,0,,,,,,false
100,125,finished,,1,1,,240,4,1,4,false
100,150,finished,,1,1,,120,4,2,4,false
100,200,finished,,1,1,,60,4,4,4,true
END
tells out 'It would choose 100/200: healthy never falls below 4 of 4, the deployment takes 1m and needs room for 4 more tasks. As safe with less: 100/150 (2m, room for 2 more tasks), 100/125 (4m, room for 1 more task).'
tells out 'refused by AWS: 1 of 20 settings'

# The hosts are full: a minimum of 100 can start nothing. Fewer than two healthy tasks break a promise.
gives 0 study -o results "$studies/percent-map.yaml"
tells out '100   refused  !never A  !never A  !never A'
tells out '  A  the closest container instance has insufficient CPU units available (3)'
tells out '! breaks a promise: 11 of 20 settings (web: healthy at least 2'
tells out 'It would choose 75/100: healthy never falls below 3 of 4, the deployment takes 4m and needs no more room than the service has. 50/100 is faster (2m), but healthy falls to 2 of 4.'
for file in map.csv study.csv cells.csv percent-map.svg; do
    [ -s results/percent-map/$file ]
    point "  there is $file" $?
done
cp results/percent-map/map.csv first.csv
gives 0 study -o results "$studies/percent-map.yaml" --threads 1
cmp -s first.csv results/percent-map/map.csv
point "  the same bytes" $?

# Of one task a minimum above 0 keeps it and a maximum below 200 allows no second one (C1, C2, K2); of two, 50/100
# moves one at a time and 75/125 none (C3, C4, K9).
gives 0 study -o results "$studies/percent-map-counts.yaml" --vary services.web.desiredCount=1,2
grep '^[12],\(50\|75\|100\),' results/percent-map-counts/map.csv | cut -d, -f 1-4,9-11 >moves.csv
holds moves.csv <<'END'
1,50,100,unfinished,,1,0
1,50,125,unfinished,,1,0
1,50,150,unfinished,,1,0
1,50,200,finished,60,1,1
1,75,100,unfinished,,1,0
1,75,125,unfinished,,1,0
1,75,150,unfinished,,1,0
1,75,200,finished,60,1,1
1,100,100,refused,,,
1,100,125,unfinished,,1,0
1,100,150,unfinished,,1,0
1,100,200,finished,60,1,1
2,50,100,finished,120,1,0
2,50,125,finished,120,1,0
2,50,150,finished,70,1,1
2,50,200,finished,70,1,1
2,75,100,unfinished,,2,0
2,75,125,unfinished,,2,0
2,75,150,finished,120,2,1
2,75,200,finished,60,2,2
2,100,100,refused,,,
2,100,125,unfinished,,2,0
2,100,150,finished,120,2,1
2,100,200,finished,60,2,2
END

# The study's own values take the place of the map's, however their path is written.
gives 0 study -o results "$studies/four-tasks.yaml" --percent-map web --vary 'services["web"].deploymentConfiguration.maximumPercent=100,110' --seeds 1..2
cut -d, -f 2 results/four-tasks/map.csv | sort -u >columns
holds columns <<'END'
100
110
maximumPercent
END
tells out '2 of 2 A'

# Where a limit stopped a run nothing is known, though others break a promise.
gives 1 study -o stopped "$studies/four-tasks.yaml" --percent-map web --seeds 6 --set 'containerInstances[0].count=4' \
    --set 'failures=[{instanceFailure: {mode: terminate, timeBetween: {exponential: {mean: 20m}}}}]' --set limits.events=40
says out '^  0  *?  *?  *?  *?$'
says out 'are in no mean and no share'
! grep -q '!' out
point '  no setting is said to break a promise' $?
grep -q '^0,100,unknown,,6,[1-9]*,,' stopped/four-tasks/map.csv
point '  no broken promise in map.csv' $?

# Mistakes.
gives 2 study -o results "$studies/four-tasks.yaml" --percent-map wbe
tells err 'there is no service `wbe`; did you mean `web`?'
gives 2 study -o results "$studies/four-tasks.yaml" --percent-map web --set 'start=empty' --set 'timeline=[]'
tells err 'nothing deploys `web`, which starts from nothing; say when: timeline: [{at: 10m'

# Without an update of its own the service is deployed anew. The run is over too soon for one task at a time.
gives 0 study -o results "$studies/four-tasks.yaml" --percent-map web --set 'timeline=[]' --set 'expect=[]' --set duration=4m
tells out '(the scenario does not deploy web; here the same revision is deployed anew at 24s)'
tells out 'it goes on when the run ends (4)'

conclude
