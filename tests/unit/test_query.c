#include "models/placement/pattern.h"
#include "tests/unit/placement_world.h"
#include <string.h>

/* One instance whose every fact is known. */
static struct world example(void)
{
    struct world world = world_new();
    static const struct attribute attributes[] = {
        {"ecs.instance-type", "g2.2xlarge"},
        {"ecs.availability-zone", "us-east-1a"},
        {"stack", "prod"},
        {"rack", "9"},
        {"bare", NULL},
    };
    struct placement_facts facts = {
        .active = true,
        .agent_connected = true,
        .running_tasks_count = 1,
        .ec2_instance_id = "i-a",
        .agent_version = "1.9.4",
        .attributes = attributes,
        .attribute_count = sizeof attributes / sizeof *attributes,
    };
    assert_int_equal(simtime_parse_utc("2018-02-12T22:28:28Z", &facts.registered_at_us), 0);
    world_count(&world, "service:web", placement_register(world.placement, &facts), 1);
    placement_group_of(world.placement, "database");
    return world;
}

static void assert_all(const char *const *texts, bool expected)
{
    struct world world = example();
    for (; *texts; texts++)
        if (query_matches(world_query(&world, *texts), world.placement, 0) != expected)
            fail_msg("not %s: %s", expected ? "true" : "false", *texts);
    world_free(&world);
}

static void true_of_the_example(void **state)
{
    (void)state;
    assert_all(
        (const char *const[]){
            "attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d", /* P14 */
            "not(task:group == database)",                                                           /* P15 */
            "runningTasksCount == 1",
            "agentVersion < 1.14.5",
            "registeredAt < 2018-02-13", /* P16 */
            "ec2InstanceId in ['i-a','i-b']",
            "ec2InstanceId in [i-b, \"i-a\"]",
            "agentConnected == true",
            "agentConnected != FALSE",
            "AGENTCONNECTED equals true",
            "registeredAt >= 2018-02-12T22:28:28+00:00",
            "registeredAt <= 2018-02-12T22:28:28",
            "registeredAt == '2018-02-12T22:28:28Z'",
            "registeredAt in [2018-02-12T22:28:28Z]",
            "agentVersion == 1.9.4.0",
            "agentVersion > 1.9",
            "agentVersion less_than_equal 1.9.4",
            "runningTasksCount < 10",
            "runningTasksCount greater_than 0",
            "runningTasksCount >= 1",
            "attribute:stack exists",
            "attribute:STACK == prod",
            "attribute:none !exists",
            "attribute:bare exists",
            "attribute:none not_exists",
            "attribute:none != x",
            "attribute:none !in [x, y]",
            "attribute:none !~ .*",
            "attribute:rack < 10",
            "attribute:rack greater_than_equal 09",
            "attribute:stack > prob",
            "task:group == service:web",
            "task:group != database",
            "task:group in [x, service:web]",
            "task:group =~ service:.*",
            "task:group exists",
            "task:group not_matches family:.*",
            "!attribute:none exists",
            "not attribute:none exists",
            "!!agentConnected == true",
            "attribute:stack==prod&&runningTasksCount==1",
            "attribute:stack==dev||runningTasksCount==1",
            "attribute:stack =~ (dev|prod)",
            "(attribute:stack =~ (dev|prod))",
            "attribute:stack =~ 'p[r ]od'",
            "attribute:stack == prod or attribute:stack == dev and attribute:stack == test",
            "((attribute:stack == prod OR attribute:stack == dev) AND (runningTasksCount == 1))",
            NULL,
        },
        true);
}

static void false_of_the_example(void **state)
{
    (void)state;
    assert_all(
        (const char *const[]){
            "attribute:ecs.instance-type =~ g2",
            "attribute:ecs.instance-type =~ 2xlarge",
            "attribute:none == x",
            "attribute:none > a",
            "attribute:none <= z",
            "attribute:none in ['']",
            "attribute:none exists",
            "attribute:stack == Prod",
            "attribute:rack > 10",
            "attribute:rack < 9",
            "agentVersion >= 1.10",
            "agentVersion != 1.9.4",
            "agentVersion !exists",
            "task:group == database",
            "task:group == web",
            "task:group !exists",
            "(attribute:stack == prod or attribute:stack == dev) and attribute:stack == test",
            "not attribute:stack == prod or attribute:stack == dev",
            "not(attribute:stack == prod)",
            "registeredAt > 2018-02-13",
            "ec2InstanceId not_in [i-a]",
            "agentConnected == false",
            NULL,
        },
        false);
}

struct wrong {
    const char *text;
    size_t where;
    const char *message; /* how it begins */
};

static const struct wrong wrongs[] = {
    {"", 0, "a subject is missing"},
    {"  ", 2, "a subject is missing"},
    {"stack == prod", 0, "a subject is missing"},
    {"attribute: == prod", 0, "a subject is missing"},
    {"attribute:stack", 15, "an operator is missing"},
    {"attribute:stack = prod", 16, "an operator is missing"},
    {"attribute:stack ==", 18, "a value is missing"},
    {"attribute:stack == 'prod", 19, "this quote is not closed"},
    {"attribute:stack in prod", 19, "a list in brackets is missing"},
    {"attribute:stack in [prod", 24, "a list lacks its ]"},
    {"attribute:stack in []", 20, "a value is missing"},
    {"attribute:stack =~ g2(", 22, "a group lacks its )"},
    {"attribute:stack =~ '*'", 20, "there is nothing to repeat"},
    {"attribute:stack == a b", 21, "and, or or the end"},
    {"attribute:stack == a and", 24, "a subject is missing"},
    {"(attribute:stack == a", 21, "a ), and, or or is missing"},
    {"attribute:stack == a)", 20, "and, or or the end"},
    {"runningTasksCount == many", 21, "runningTasksCount is compared with a whole number"},
    {"runningTasksCount =~ 1.*", 18, "runningTasksCount cannot be compared by =~"},
    {"agentVersion < new", 15, "agentVersion is compared with a version"},
    {"registeredAt < yesterday", 15, "registeredAt is compared with a date"},
    {"task:group > a", 11, "task:group cannot be compared by >"},
    {"agentConnected == yes", 18, "agentConnected is compared with true or false"},
};

static void mistakes_have_a_message_and_a_byte(void **state)
{
    (void)state;
    struct world world = world_new();
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const char *error = "";
        size_t where = 0;
        if (query_parse(world.arena, wrongs[i].text, &error, &where))
            fail_msg("accepted: %s", wrongs[i].text);
        if (where != wrongs[i].where || strncmp(error, wrongs[i].message, strlen(wrongs[i].message)) != 0)
            fail_msg("%s: at %zu: %s", wrongs[i].text, where, error);
    }
    world_free(&world);
}

static const char *refused(struct world *world, const char *text)
{
    const char *error = NULL;
    size_t where;
    assert_null(query_parse(world->arena, text, &error, &where));
    return error;
}

static void text_has_at_most_2000_characters(void **state)
{
    (void)state;
    struct world world = world_new();
    char text[QUERY_TEXT_MAX + 2] = "attribute:a == ";
    memset(text + 15, 'x', QUERY_TEXT_MAX - 15);
    world_query(&world, text);
    text[QUERY_TEXT_MAX] = 'x';
    assert_string_equal(refused(&world, text), "an expression has at most 2000 characters");
    memset(text, '(', QUERY_TEXT_MAX);
    text[QUERY_TEXT_MAX] = '\0';
    assert_string_equal(refused(&world, text), "expressions are nested too deeply");
    memset(text, '!', QUERY_TEXT_MAX);
    assert_string_equal(refused(&world, text), "expressions are nested too deeply");
    world_free(&world);
}

static void binding_fills_the_field_and_keeps_the_text(void **state)
{
    (void)state;
    struct world world = world_new();
    const struct query *query = NULL;
    size_t where;
    assert_null(query_bind(world.arena, "task:group == a", &query, &where));
    assert_string_equal(query_text(query), "task:group == a");
    assert_non_null(query_bind(world.arena, "task:group", &query, &where));
    assert_int_equal(where, 10);
    world_free(&world);
}

/* --- patterns --------------------------------------------------------------------------------- */

struct match {
    const char *pattern, *text;
    bool expected;
};

static const struct match matches[] = {
    {"", "", true},
    {"", "a", false},
    {"a|b|c", "c", true},
    {"a|b|c", "ab", false},
    {"ab*", "abbb", true},
    {"ab*", "a", true},
    {"(ab)+", "abab", true},
    {"(ab)+", "", false},
    {"a?b", "b", true},
    {"a??b", "ab", true},
    {"a{2}", "aa", true},
    {"a{2}", "aaa", false},
    {"a{2,}", "aaaa", true},
    {"a{2,}", "a", false},
    {"a{0,2}b", "b", true},
    {"a{0,2}b", "aab", true},
    {"a{0,2}", "aaa", false},
    {"a{0,}", "", true},
    {"a{0}b", "b", true},
    {"a{0}b", "ab", false},
    {"[a-c]x", "bx", true},
    {"[^a-c]x", "bx", false},
    {"[]]", "]", true},
    {"[a\\]-]+", "]-a", true},
    {"\\d+\\.\\w", "42.x", true},
    {"\\D\\S\\W", "a1-", true},
    {"[\\d_]+", "4_2", true},
    {"[\\D]", "4", false},
    {"^a$", "a", true},
    {"a^b", "ab", false},
    {"(^a|b)*$", "abb", true},
    {"(?:a|b){2}", "ba", true},
    {"(a*)*b", "aaab", true},
    {"(a|a)*", "aaaa", true},
    {"()*a", "a", true},
    {".", "\xff", true},
    {"(a|b{2}|c?)d", "d", true},
    {"(a|b{2}|c?)d", "bbd", true},
    {"(a|b{2}|c?)d", "bd", false},
    {"x{1,3}y", "xxxy", true},
};

static void patterns_match_whole_values(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof matches / sizeof *matches; i++) {
        const char *error = "";
        size_t where;
        struct pattern *pattern = pattern_parse(arena, matches[i].pattern, &error, &where);
        if (!pattern || pattern_matches(pattern, matches[i].text) != matches[i].expected)
            fail_msg("%s and %s: %s", matches[i].pattern, matches[i].text, error);
    }
    arena_free(arena);
}

static void wrong_and_hostile_patterns_are_refused(void **state)
{
    (void)state;
    static const char *const patterns[] = {"(",
                                           ")",
                                           "(a",
                                           "a)",
                                           "[a",
                                           "[",
                                           "[^",
                                           "[z-a]",
                                           "[a-",
                                           "[a-\\d]",
                                           "[[:alpha:]]",
                                           "*",
                                           "a**b",
                                           "a{",
                                           "a{2",
                                           "a{,3}",
                                           "a{3,2}",
                                           "a{99999999999}",
                                           "\\",
                                           "\\1",
                                           "\\b",
                                           "(?=a)",
                                           "((a{100}){100}){100}",
                                           "(((((a{9}){9}){9}){9}){9})",
                                           NULL};
    struct arena *arena = arena_new();
    for (const char *const *text = patterns; *text; text++) {
        const char *error = NULL;
        size_t where = SIZE_MAX;
        if (pattern_parse(arena, *text, &error, &where) || !error || where > strlen(*text))
            fail_msg("accepted, or badly refused: %s", *text);
    }
    arena_free(arena);
}

static void matching_does_not_explode(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *error;
    size_t where;
    char text[129];
    memset(text, 'a', 128);
    text[128] = '\0';
    struct pattern *pattern = pattern_parse(arena, "(a|aa|a*)*(a+a+)+b", &error, &where);
    assert_non_null(pattern);
    assert_false(pattern_matches(pattern, text)); /* a backtracking matcher would not come back */
    arena_free(arena);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(true_of_the_example),
        cmocka_unit_test(false_of_the_example),
        cmocka_unit_test(mistakes_have_a_message_and_a_byte),
        cmocka_unit_test(text_has_at_most_2000_characters),
        cmocka_unit_test(binding_fills_the_field_and_keeps_the_text),
        cmocka_unit_test(patterns_match_whole_values),
        cmocka_unit_test(wrong_and_hostile_patterns_are_refused),
        cmocka_unit_test(matching_does_not_explode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
