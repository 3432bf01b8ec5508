#!/bin/sh
# Task definitions compared, from outside: tests/cli/task_definitions.sh BINARY DESCRIBED.json, the file as
# `aws ecs describe-task-definition` prints one. Prints TAP; exit status 1 if a point fails.
set -u
here=$(dirname "$(realpath "$0")")
binary=$(realpath "$1")
described=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
. "$here/points.sh"

# prints STATUS ARGUMENT...: as gives, and the output is what stands on standard input, to the letter.
prints()
{
    cat >wanted
    gives "$@"
    diff wanted out >differs
    point "  what is printed" $?
    [ -s differs ] && sed 's/^/# /' differs
    silent err
}

echo "TAP version 13"

cat >web.yaml <<'END'
duration: 10m
containerInstances:
  - {count: 2, instanceType: m5.large}
  - {instanceType: t3.medium, simulation: {ecsConfig: {ECS_RESERVED_MEMORY: 256}}}
taskDefinitions:
  - family: WebApp
    containerDefinitions:
      - {name: nginx, image: "nginx:1.10.1", cpu: 128, memory: 256, portMappings: [{containerPort: 80}], links: [app]}
      - name: app
        image: yourpythonapp:2.6.9
        cpu: 256
        memory: 512
        environment: [{name: LEVEL, value: info}, {name: OLD, value: "1"}]
        dockerLabels: {team: web}
    simulation: {startup: 8s, cpuPerRequest: 10ms}
  - family: WebApp
    containerDefinitions:
      - name: app
        image: yourpythonapp:2.7.0
        cpu: 0.25 vCPU
        memory: 1GB
        essential: true
        environment: [{name: NEW, value: ""}, {name: LEVEL, value: debug}]
        dockerLabels: {Team: web}
        healthCheck: {command: [CMD, curl, "http://localhost:8000/"], startPeriod: 20}
        stopTimeout: 120
      - {name: nginx, image: "nginx:1.10.1", cpu: "128", memory: 256, links: [redis, app], portMappings: [{containerPort: 443}, {containerPort: 80, hostPort: 9999}]}
      - {name: redis, image: "redis:latest", memory: 64}
    placementConstraints: [{type: memberOf, expression: "attribute:stack == prod"}]
    simulation: {startup: 12s, cpuPerRequest: 15ms}
  - family: Cache
    containerDefinitions: [{name: redis, image: "redis:latest", memory: 64}]
services:
  - {serviceName: web, taskDefinition: "WebApp:1", desiredCount: 2}
  - {serviceName: next, taskDefinition: WebApp, desiredCount: 1}
timeline:
  - at: 5m
    registerTaskDefinition:
      family: Cache
      containerDefinitions: [{name: redis, image: "redis:latest", memory: 64, portMappings: [{containerPort: 6379, hostPort: 6379}]}]
END

# Field by field: what is read as the tables read it, what nobody simulates by its letters, lists by their natural keys.
prints 3 diff --task-definitions web.yaml WebApp:1 WebApp:2 <<'END'
A: WebApp:1 (web.yaml:6)
B: WebApp:2 (web.yaml:16)
what changed
  field                                                       A                      B                       change
  containerDefinitions.nginx.portMappings["80/tcp"].hostPort  0                      9999
  containerDefinitions.nginx.portMappings["443/tcp"]          –                      {containerPort: 443}
  containerDefinitions.nginx.links.redis                      –                      redis
  containerDefinitions.app.image                              yourpythonapp:2.6.9    yourpythonapp:2.7.0
  containerDefinitions.app.memory                             512                    1GB                     +512 MiB
  containerDefinitions.app.environment.LEVEL.value            info                   debug
  containerDefinitions.app.environment.OLD                    {name: OLD, value: 1}  –
  containerDefinitions.app.environment.NEW                    –                      {name: NEW, value: ""}
  containerDefinitions.app.dockerLabels.team                  web                    –
  containerDefinitions.app.dockerLabels.Team                  –                      web
  containerDefinitions.app.stopTimeout                        –                      120
  simulation.startup                                          8s                     12s
  simulation.cpuPerRequest                                    10ms                   15ms                    +5ms
  containerDefinitions.app.healthCheck
    A: has none
    B: {command: [CMD, curl, http://localhost:8000/], startPeriod: 20}
  containerDefinitions.redis
    A: has none
    B: {name: redis, image: redis:latest, memory: 64}
  placementConstraints
    A: has none
    B: [{type: memberOf, expression: "attribute:stack == prod"}]
what it means
  containers: nginx, app → app, nginx, redis
  app, image: yourpythonapp:2.6.9 → yourpythonapp:2.7.0
  a task reserves: 384 CPU units and 768 MiB → 384 CPU units and 1,344 MiB
  m5.large: 5 fit, by CPU → 1 fit, by host ports
  t3.medium: 4 fit, by memory → 1 fit, by host ports
  host ports: none → 9999/tcp
  app, health check: none → every 30s with 5s to answer, UNHEALTHY after 3 failures in a row, not counted in the first 20s
  app, killed after the stop signal: the host's ECS_CONTAINER_STOP_TIMEOUT → 2m
  placement constraints: none → memberOf attribute:stack == prod
whether it deploys
  yes: UpdateService to another revision starts one [API:UpdateService]
  at the start WebApp:1 is used by: web (2 tasks)
  at the start WebApp:2 is used by: next (1 task)
END

# The other way round, what was added is missing.
gives 3 diff --task-definitions web.yaml WebApp WebApp:1
says out '^A: WebApp:2'
says out '^  containers: app, nginx, redis → nginx, app$'
says out 'stopTimeout  *120  *–'

# A revision that the timeline registers; two that take the same port of a host.
prints 3 diff --task-definitions web.yaml Cache:1 Cache:2 <<'END'
A: Cache:1 (web.yaml:31)
B: Cache:2 (web.yaml:39)
what changed
  containerDefinitions.redis.portMappings
    A: has none
    B: [{containerPort: 6379, hostPort: 6379}]
what it means
  containers: redis
  a task reserves: 0 CPU units and 64 MiB
  m5.large: 122 fit, by memory → 1 fit, by host ports
  t3.medium: 55 fit, by memory → 1 fit, by host ports
  host ports: none → 6379/tcp
whether it deploys
  yes: UpdateService to another revision starts one [API:UpdateService]
  at the start Cache:1 is used by: none
  at the start Cache:2 is used by: none
END

# One revision deploys nothing; another one deploys, whatever it says.
prints 0 diff --task-definitions web.yaml WebApp:2 WebApp <<'END'
A: WebApp:2 (web.yaml:16)
B: WebApp:2 (web.yaml:16)
nothing differs
whether it deploys
  no: it is one revision, and UpdateService to the revision that a service has deploys nothing without forceNewDeployment [API:UpdateService]
  at the start WebApp:2 is used by: next (1 task)
END
cat >twice.yaml <<'END'
duration: 10m
taskDefinitions:
  - {family: WebApp, networkMode: awsvpc, cpu: 1 vCPU, memory: 2GB, containerDefinitions: [{name: nginx, portMappings: [{containerPort: 80}]}]}
  - {family: WebApp, networkMode: AWSVPC, cpu: "1024", memory: "2048", volumes: [], containerDefinitions: [{name: nginx, cpu: 0, portMappings: [{containerPort: 80, hostPort: 80, protocol: tcp}]}]}
  - {family: WebApp, networkMode: host, cpu: "1024", memory: "2048", containerDefinitions: [{name: nginx, portMappings: [{containerPort: 80}]}]}
END
prints 0 diff --task-definitions twice.yaml WebApp:1 WebApp:2 <<'END'
A: WebApp:1 (twice.yaml:3)
B: WebApp:2 (twice.yaml:4)
nothing differs
whether it deploys
  yes: UpdateService to another revision starts one, even where it says the same [API:UpdateService]
END
gives 3 diff --task-definitions twice.yaml WebApp:2 WebApp:3
says out '^  host ports: none → 80/tcp$'
gives 0 diff --task-definitions twice.yaml WebApp:3 WebApp:3
says out '^nothing differs$'

# What AWS adds when it prints a definition is no difference, and neither is the wrapper.
cp "$described" described.json
sed '/"\(taskDefinitionArn\|revision\|status\|registeredAt\|registeredBy\)":/d' described.json >plain.json
prints 0 diff --task-definitions described.json plain.json <<'END'
A: WebApp:7 (described.json:2)
B: WebApp:1 (plain.json:2)
nothing differs
whether it deploys
  no, if they are one revision; but each registration makes a new one, and UpdateService to that starts one [API:RegisterTaskDefinition, API:UpdateService]
END
cat >input.json <<'END'
{"family": "WebApp", "taskRoleArn": "arn:aws:iam::123456789012:role/WebAppTask", "containerDefinitions": [
  {"name": "nginx", "image": "nginx:1.11", "memory": 256, "logConfiguration": {"logDriver": "fluentd", "options": {"tag": "a"}}}],
 "requiresCompatibilities": ["EC2"]}
END
sed 's/"tag"/"Tag"/; s/"EC2"/"EXTERNAL", "EC2"/' input.json >changed.json
prints 3 diff --task-definitions input.json changed.json <<'END'
A: WebApp:1 (input.json:1)
B: WebApp:1 (changed.json:1)
what changed
  field                                                    A  B         change
  containerDefinitions.nginx.logConfiguration.options.tag  a  –
  containerDefinitions.nginx.logConfiguration.options.Tag  –  a
  requiresCompatibilities.EXTERNAL                         –  EXTERNAL
what it means
  containers: nginx
  a task reserves: 0 CPU units and 256 MiB
whether it deploys
  yes: UpdateService to another revision starts one [API:UpdateService]
END
printf 'duration: 1h\nfrom: input.json\n' >one.yaml
gives 0 diff --task-definitions one.yaml input.json
gives 3 diff --task-definitions one.yaml changed.json

# Mistakes.
gives 2 diff --task-definitions web.yaml WebApp:1 WebApp:3
says err 'web.yaml has no task definition `WebApp:3`; did you mean `WebApp:'
silent out
gives 2 diff --task-definitions web.yaml one.yaml
says err 'web.yaml should hold one task definition'
sed 's/"memory": 256/"memory": "lots"/; s/1.11/1.12/' input.json >wrong.json
gives 2 diff --task-definitions input.json wrong.json
says err '^wrong.json:2:54: error: `lots` is not a size'
silent out
gives 2 diff --task-definitions wrong.json absent.json
says err '^wrong.json:2:54: error'
says err '^absent.json:1:1: error: cannot read'
echo '[1, 2]' >list.json
gives 2 diff --task-definitions input.json list.json
says err '^list.json:1:2: error'
: >empty.json
gives 2 diff --task-definitions empty.json input.json
says err '^empty.json:1:1: error'
gives 2 diff --task-definitions web.yaml
gives 2 diff --task-definitions web.yaml WebApp:1 WebApp:2 Cache:1
gives 2 diff --task-definitions --tolerance cost=5% web.yaml WebApp:1 WebApp:2
gives 2 diff web.yaml WebApp:1 WebApp:2
says err 'task-definitions'

# A constant is one however it is written; one of several is one value.
for startup in 8s 8 '{constant: 8000ms}' '{uniform: {low: 1s, high: 8s}}' '{uniform: {low: 1, high: 8.0}}'; do
    echo "  - {family: F, containerDefinitions: [{name: app, memory: 64}], simulation: {startup: $startup}}"
done >forms.rows
{ echo 'duration: 1m'; echo 'taskDefinitions:'; cat forms.rows; } >forms.yaml
for pair in 'F:1 F:2' 'F:1 F:3' 'F:4 F:5'; do
    # shellcheck disable=SC2086
    gives 0 diff --task-definitions forms.yaml $pair
done
gives 3 diff --task-definitions forms.yaml F:3 F:4
says out '^  simulation.startup  8000ms  {uniform: {low: 1s, high: 8s}}$'

# What a terminal would obey is not passed on; neither length nor number of fields is a matter of time.
printf '{"family": "WebApp", "containerDefinitions": [{"name": "nginx", "image": "nginx\\u001b[2J", "memory": 256}]}' >hostile.json
gives 3 diff --task-definitions input.json hostile.json
! grep -q "$(printf '\033')" out
point '  no escape sequence' $?
awk 'BEGIN { printf "{\"family\": \"WebApp\", \"containerDefinitions\": [{\"name\": \"nginx\", \"memory\": 256, \"environment\": ["
    for (i = 0; i < 20000; i++) printf "%s{\"name\": \"V%d\", \"value\": \"%d\"}", i ? ", " : "", i, i
    print "]}]}" }' >many.json
sed 's/"V\([0-9]*\)7", "value": "/&x/g' many.json >more.json
gives 3 diff --task-definitions many.json more.json
changed=$(grep -c '^  containerDefinitions.nginx.environment.V[0-9]*7.value ' out)
: >out
[ "$changed" -eq 2000 ]
point '  every value that changed' $?

conclude
