#!/bin/sh
# Writes the scenario of Alibaba's cluster-trace-gpu-v2023: tests/bench/openb.sh FOLDER, which holds its two tables. Nodes that are alike
# are one entry, pods are jobs by RunTask; a part of a GPU counts as one.
nodes=$1/openb_node_list_all_node.csv pods=$1/openb_pod_list_default.csv
cat <<END
name: openb
duration: 150d
availabilityZones: [us-east-1a]
END
awk -F, 'NR > 1 {key = $2 "," $3 "," $4; if (!(key in count)) order[++kinds] = key; count[key]++}
    END {
        print "instanceTypes:"
        for (i = 1; i <= kinds; i++) {
            split(order[i], part, ",")
            printf "  - {instanceType: openb.%d, vcpu: %d, memoryMiB: %d, gpus: %d, pricePerHour: %.2f}\n", i, part[1] / 1000, part[2], part[3], \
                part[1] / 1000 * 0.05 + part[3]
        }
        print "containerInstances:"
        for (i = 1; i <= kinds; i++) printf "  - {count: %d, instanceType: openb.%d}\n", count[order[i]], i
    }' "$nodes"
cat <<END
taskDefinitions: [{family: pod, containerDefinitions: [{name: main, image: "pod:1", memory: 512}]}]
load:
  - runTask:
      taskDefinition: pod
      placementStrategy: [{type: binpack, field: memory}]
      trace: {file: "$pods", at: creation_time, end: deletion_time, cpu: cpu_milli, cpuScale: 1.024, memory: memory_mib, gpu: num_gpu}
END
