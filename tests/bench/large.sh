#!/bin/sh
# Writes a scenario of so many MiB: tests/bench/large.sh MIB. Task definitions as teams have them: two containers with their settings,
# ports, limits and logs.
awk -v size=$(($1 * 1048576)) 'BEGIN {
    written += said("name: large\nduration: 1h\navailabilityZones: [us-east-1a]\ncontainerInstances: [{count: 3, instanceType: m5.large}]\n")
    written += said("taskDefinitions:\n")
    for (n = 1; written < size; n++) {
        written += said("  - family: team-" n "\n    networkMode: bridge\n    cpu: \"1024\"\n    memory: 2 GB\n    containerDefinitions:\n")
        written += container("app", n) + container("sidecar", n)
    }
}
function said(text) {printf "%s", text; return length(text)}
function container(name, n,   text, i) {
    text = "      - name: " name "\n        image: \"111122223333.dkr.ecr.us-east-1.amazonaws.com/team-" n "/" name ":1.10." n "\"\n" \
        "        cpu: 256\n        memory: 512\n        essential: true\n" \
        "        portMappings:\n          - {containerPort: " (name == "app" ? 8080 : 9901) ", hostPort: 0, protocol: tcp}\n        environment:\n"
    for (i = 1; i <= 8; i++)
        text = text "          - {name: SETTING_" i ", value: \"https://service-" i ".internal.example.com/team-" n "?limit=100&region=us-east-1&client=team-" n "&retry=exponential&timeout=2500ms&trace=00-4bf92f3577b34da6a3ce929d0e0e4736-01\"}\n"
    return said(text "        logConfiguration:\n          logDriver: awslogs\n          options: {awslogs-group: /ecs/team-" n \
        ", awslogs-region: us-east-1, awslogs-stream-prefix: " name "}\n")
}'
