/* Two revisions, field by field. */
#include "models/ecs/ecs.h"
#include "sim/scenario/compare.h"
#include "sim/scenario/scenario.h"
#include "tests/unit/unit.h"
#include <string.h>

/* A line per change: "label: before -> after by". */
static void assert_changes(const char *before, const char *after, const char *wanted)
{
    struct text text = {0}, found = {0};
    text_add_format(&text,
                    "duration: 1h\ntaskDefinitions:\n"
                    "  - {family: a, containerDefinitions: [{name: x, memory: 64, %s}]}\n"
                    "  - {family: a, containerDefinitions: [{name: x, memory: 64, %s}]}\n",
                    before, after);
    struct scenario *scenario = scenario_read_text(&ecs_model, "two.yaml", text.bytes, text.length, NULL, 0);
    assert_int_equal(scenario->errors, 0);
    const struct node *const nodes[2] = {scenario_element(scenario, "taskDefinitions", "a:1"),
                                         scenario_element(scenario, "taskDefinitions", "a:2")};
    struct comparison comparison = compare_revisions(scenario->arena, &ecs_model, nodes);
    for (size_t i = 0; i < comparison.count; i++) {
        const struct change *change = &comparison.changes[i];
        text_add_format(&found, "%s: %s -> %s %s\n", change->label + strlen("containerDefinitions.x"),
                        change->texts[0] ? change->texts[0] : "none",
                        change->texts[1] ? change->texts[1] : "none", change->by);
    }
    assert_string_equal(found.bytes ? found.bytes : "", wanted);
    text_free(&text);
    text_free(&found);
    scenario_free(scenario);
}

static void equal_by_meaning(void **state)
{
    (void)state;
    assert_changes("cpu: 512", "cpu: \"512\"", "");
    assert_changes("cpu: 512", "cpu: 0.5 vCPU", "");
    assert_changes("memoryReservation: 32", "memoryReservation: 32MB", "");
    assert_changes("essential: true", "cpu: 0", "");
    assert_changes("environment: [], healthCheck: ~", "mountPoints: []", "");
    assert_changes("stopTimeout: 60", "stopTimeout: 1m", "");
    assert_changes("links: []", "Links: []", "");
    assert_changes("portMappings: [{containerPort: 80}]",
                   "portMappings: [{containerPort: \"80\", hostPort: 0, protocol: TCP}]", "");
}

static void quantities_say_by_how_much(void **state)
{
    (void)state;
    assert_changes("cpu: 512", "cpu: 256", ".cpu: 512 -> 256 -256\n");
    assert_changes("stopTimeout: 60", "stopTimeout: 90s", ".stopTimeout: 60 -> 90s +30s\n");
    assert_changes("memoryReservation: 32", "memoryReservation: 48",
                   ".memoryReservation: 32 -> 48 +16 MiB\n");
    assert_changes("cpu: 0", "stopTimeout: 90s", ".stopTimeout: none -> 90s \n");
}

static void what_nobody_reads_goes_by_letters(void **state)
{
    (void)state;
    assert_changes("hostname: \"1.10\"", "hostname: \"1.1\"", ".hostname: 1.10 -> 1.1 \n");
    assert_changes("dockerLabels: {a: x, b: y}", "dockerLabels: {b: y, a: x}", "");
    assert_changes("dockerLabels: {a: x}", "dockerLabels: {A: x}",
                   ".dockerLabels.a: x -> none \n.dockerLabels.A: none -> x \n");
    assert_changes("user: me", "User: me", "");
}

static void lists_go_by_their_natural_keys(void **state)
{
    (void)state;
    assert_changes("environment: [{name: A, value: 1}, {name: B, value: 2}]",
                   "environment: [{name: B, value: 3}, {name: C, value: 1}]",
                   ".environment.A: {name: A, value: 1} -> none \n"
                   ".environment.B.value: 2 -> 3 \n"
                   ".environment.C: none -> {name: C, value: 1} \n");
    assert_changes("dnsServers: [a, b]", "dnsServers: [b, a]", ".dnsServers: [a, b] -> [b, a] \n");
    assert_changes("dnsSearchDomains: [a, b]", "dnsSearchDomains: [b, a]", "");
    assert_changes("dnsSearchDomains: [a, a]", "dnsSearchDomains: [a]", ".dnsSearchDomains.a: a -> none \n");
    assert_changes("portMappings: [{containerPort: 53, protocol: udp}]",
                   "portMappings: [{containerPort: 53}]",
                   ".portMappings[\"53/udp\"]: {containerPort: 53, protocol: udp} -> none \n"
                   ".portMappings[\"53/tcp\"]: none -> {containerPort: 53} \n");
}

/* The same name twice: the first is held against the first. */
static void equal_names_go_in_order(void **state)
{
    (void)state;
    assert_changes("environment: [{name: A, value: 1}, {name: A, value: 2}, {name: A, value: 3}]",
                   "environment: [{name: A, value: 1}, {name: A, value: 4}]",
                   ".environment.A.value: 2 -> 4 \n.environment.A: {name: A, value: 3} -> none \n");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_by_meaning),
        cmocka_unit_test(quantities_say_by_how_much),
        cmocka_unit_test(what_nobody_reads_goes_by_letters),
        cmocka_unit_test(lists_go_by_their_natural_keys),
        cmocka_unit_test(equal_names_go_in_order),
    };
    return RUN_TESTS(tests);
}
