#!/bin/sh
# What the patterns of scenarios/patterns cost: the table of their README, made of their results, and compared with the one that
# stands there, or with --write written into it. Also, that with one host fewer a task finds no room. Exit status 1 if not so.
# Usage: tests/patterns.sh BINARY [--write]
cd "$(dirname "$0")/.." || exit 1
binary=$1 write=${2:-}
folder=scenarios/patterns
readme=$folder/README.md
patterns="one-task two-services one-nginx balancer-each"
begin='<!-- made by tests/patterns.sh --write -->' end='<!-- until here -->'
scratch=$(mktemp -d) && trap 'rm -rf "$scratch"' EXIT
status=0

# rows FILE PROGRAM: awk on the rows of a result, with the number of each column in c[] and the time $at.
rows()
{
    awk -F, -v at="${at:-0}" "NR == 1 { for (i = 1; i <= NF; i++) c[\$i] = i; next } $2" "$scratch/$1"
}

# unserved PATTERN: the shares of prod's and of dev's requests that nobody answered in the five minutes from $at on. Where one service
# in front passes them on, what it lost itself is everybody's; where nothing tells them apart, so is all.
unserved()
{
    rows "$1/requests.csv" '
        $c["time_s"] > at && $c["time_s"] <= at + 300 {
            asked[$c["service"]] += $c["requests"]; lost[$c["service"]] += $c["requests"] - $c["served"] }
        function share(of, whole) { return sprintf("%.1f %%", 100 * of / whole) }
        END {
            if ("prod" in asked)
                print share(lost["prod"], asked["prod"]) " / " share(lost["dev"], asked["dev"])
            else if ("prod-app" in asked) {
                front = lost["nginx"] - lost["prod-app"] - lost["dev-app"]; all = asked["nginx"]
                print share(0.9 * front + lost["prod-app"], 0.9 * all) " / " share(0.1 * front + lost["dev-app"], 0.1 * all)
            } else {
                first = "nginx" in asked ? "nginx" : "web"
                print share(lost[first], asked[first]) " / " share(lost[first], asked[first])
            } }'
}

# deployed PATTERN: how long the deployments that began at $at took, and how many tasks they started.
deployed()
{
    took=$(rows "$1/deployments.csv" '
        { key = $c["service"] $c["deployment"]; if (!(key in began)) began[key] = $c["time_s"] }
        began[key] == at && $c["rollout_state"] == "COMPLETED" && !(key in done) {
            done[key] = 1; if ($c["time_s"] - at > most) most = $c["time_s"] - at }
        END { print most " s" }')
    tasks=$(rows "$1/tasks.csv" '$c["created_s"] >= at && $c["created_s"] < at + 300 { n++ } END { print n + 0 }')
    echo "$took, $tasks tasks"
}

# line TITLE COMMAND: a row of the table; the command is run for each pattern.
line()
{
    printf '| %s |' "$1"
    for pattern in $patterns; do
        printf ' %s |' "$($2 "$pattern")"
    done
    echo
}

balancers() { grep -c targetGroupName $folder/$1.yaml; }
reserved() { rows "$1/cluster.csv" '$c["time_s"] == 0 { cpu += $c["cpu_reserved"]; memory += $c["memory_reserved"] } END { print cpu ", " memory }'; }
hosts() { sed -n 's/.*minSize: \([0-9]*\).*/\1/p' $folder/$1.yaml; }
cost() { rows "$1/instances.csv" '{ sum += $c["cost_usd"] } END { printf "%.2f\n", sum }'; }
after_nginx() { at=300; unserved "$1"; }
after_app() { at=600; unserved "$1"; }
after_host() { at=1200; unserved "$1"; }
after_dev() { at=2100; unserved "$1"; }
app_deployed() { at=2700; deployed "$1"; }
nginx_deployed() { at=3600; deployed "$1"; }

table()
{
    echo '| | one task | two services | one nginx | a balancer each |'
    echo '|---|--:|--:|--:|--:|'
    line 'load balancers' balancers
    line 'reserved: CPU units, MiB' reserved
    line 'hosts (m5.large) that take a deployment without waiting' hosts
    line 'hosts, of the 75 minutes, USD' cost
    line 'an nginx container exits: unserved of prod / dev in 5 minutes' after_nginx
    line 'an app container exits' after_app
    line 'a host crashes' after_host
    line 'dev exits each 30 s' after_dev
    line 'the app is deployed' app_deployed
    line 'nginx is deployed' nginx_deployed
}

for pattern in $patterns; do
    "$binary" run $folder/$pattern.yaml -o "$scratch/$pattern" --no-plot --quiet --events none || exit 1
    fewer=$(($(hosts $pattern) - 1))
    "$binary" check $folder/$pattern.yaml --set autoScalingGroups.fleet.minSize=$fewer --set autoScalingGroups.fleet.maxSize=$fewer |
        grep -q '^not ok.*SERVICE_TASK_PLACEMENT_FAILURE' ||
        { echo "patterns: $pattern finds room on $fewer hosts, too"; status=1; }
done
table >"$scratch/table"
if [ -n "$write" ]; then
    awk -v begin="$begin" -v end="$end" -v table="$scratch/table" '
        $0 == end { inside = 0 }
        !inside
        $0 == begin { inside = 1; while ((getline line < table) > 0) print line }' $readme >"$scratch/readme" && cp "$scratch/readme" $readme
fi
awk -v begin="$begin" -v end="$end" '$0 == end { inside = 0 } inside; $0 == begin { inside = 1 }' $readme | diff - "$scratch/table" || { echo "patterns: $readme has another table (tests/patterns.sh --write)"; status=1; }
[ $status = 0 ] && echo "patterns: the table is what the results say"
exit $status
