#include "models/settings/aws_fields.h"
#include "tests/group.h"
#include <stdio.h>
#include <string.h>

static void fields_are_known(void **state)
{
    (void)state;
    assert_int_equal(aws_field_known("services", "deploymentConfiguration"), 1);
    assert_int_equal(aws_field_known("services", "deploymentConfiguration.minimumHealthyPercent"), 1);
    assert_int_equal(aws_field_known("taskDefinitions", "containerDefinitions[].name"), 1);
    assert_int_equal(aws_field_known("timeline.updateService", "forceNewDeployment"), 1);
}

static void others_are_not(void **state)
{
    (void)state;
    assert_int_equal(aws_field_known("services", "desiredCuont"), 0);
    assert_int_equal(aws_field_known("services", "desired"), 0);
    assert_int_equal(aws_field_known("services", ""), 0);
    assert_int_equal(aws_field_known("services", "deploymentConfiguration."), 0);
    assert_int_equal(aws_field_known("services", "containerDefinitions[].name"), 0);
    assert_int_equal(aws_field_known("timing", "imagePull"), 0);
    assert_int_equal(aws_field_known("clusters", "clusterName"), 0);
}

static void the_first_letter_is_free_in_every_segment(void **state)
{
    (void)state;
    assert_int_equal(aws_field_known("autoScalingGroups", "MinSize"), 1);
    assert_int_equal(aws_field_known("autoScalingGroups", "minSize"), 1);
    assert_int_equal(aws_field_known("taskDefinitions", "ContainerDefinitions[].PortMappings[].hostPort"), 1);
    assert_int_equal(aws_field_known("autoScalingGroups", "minsize"), 0);
}

static void what_only_answers_hold_is_known(void **state)
{
    (void)state;
    assert_int_equal(aws_field_known("services", "runningCount"), 1);
    assert_int_equal(aws_field_known("cluster", "clusterArn"), 1);
    assert_int_equal(aws_field_known("containerInstances", "agentConnected"), 1);
}

static void both_names_of_a_target_group_are_known(void **state)
{
    (void)state;
    assert_int_equal(aws_field_known("targetGroups", "name"), 1);
    assert_int_equal(aws_field_known("targetGroups", "targetGroupName"), 1);
}

static void maps_have_free_keys(void **state)
{
    (void)state;
    assert_int_equal(aws_field_known("taskDefinitions", "containerDefinitions[].dockerLabels"), 2);
    assert_int_equal(aws_field_known("taskDefinitions", "containerDefinitions[].logConfiguration.options"),
                     2);
    assert_int_equal(aws_field_known("taskDefinitions", "containerDefinitions[].logConfiguration"), 1);
    assert_int_equal(aws_field_known("scalableTargets", "tags"), 2);
}

static void policies_of_both_families_stand_in_one_list(void **state)
{
    (void)state;
    assert_int_equal(aws_field_known("scalingPolicies (EC2)", "autoScalingGroupName"), 1);
    assert_int_equal(aws_field_known("scalingPolicies", "autoScalingGroupName"), 1);
    assert_int_equal(aws_field_known("scalableTargets", "autoScalingGroupName"), 0);
    assert_int_equal(aws_field_known("scalingPolicies",
                                     "targetTrackingScalingPolicyConfiguration.predefinedMetricSpecification"
                                     ".resourceLabel"),
                     1);
}

static const struct structure {
    const char *section, *path, *fields;
} structures[] = {
#define STRUCTURE(section, path, fields) {section, path, fields},
#include "models/settings/aws_fields.def"
#undef STRUCTURE
};

/* Fails if the table is out of order. */
static void every_field_of_the_table_is_found(void **state)
{
    (void)state;
    size_t found = 0;
    for (size_t i = 0; i < sizeof structures / sizeof *structures; i++) {
        const struct structure *s = &structures[i];
        for (const char *at = s->fields; *at; at += strspn(at, "* ")) {
            int length = (int)strcspn(at, "* ");
            char path[256];
            snprintf(path, sizeof path, "%s%s%.*s", s->path, *s->path ? "." : "", length, at);
            assert_int_equal(aws_field_known(s->section, path), at[length] == '*' ? 2 : 1);
            found++;
            at += length;
        }
    }
    assert_int_equal(found, 2012);
}

static void below_a_map_with_free_keys_anything_may_stand(void **state)
{
    (void)state;
    const char *options = "containerDefinitions[].logConfiguration.options";
    assert_int_equal(aws_field_known("taskDefinitions", options), 2);
    assert_int_equal(
        aws_field_known("taskDefinitions", "containerDefinitions[].logConfiguration.options.fluentd-address"),
        2);
    assert_int_equal(
        aws_field_known("taskDefinitions", "containerDefinitions[].logConfiguration.options.a.b[].c"), 2);
    assert_int_equal(aws_field_known("taskDefinitions", "containerDefinitions[].logConfiguration.option.tag"),
                     0);
    assert_int_equal(
        aws_field_known("taskDefinitions", "containerDefinitions[].logConfiguration.logDriver.tag"), 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(below_a_map_with_free_keys_anything_may_stand),
        cmocka_unit_test(fields_are_known),
        cmocka_unit_test(others_are_not),
        cmocka_unit_test(the_first_letter_is_free_in_every_segment),
        cmocka_unit_test(what_only_answers_hold_is_known),
        cmocka_unit_test(both_names_of_a_target_group_are_known),
        cmocka_unit_test(maps_have_free_keys),
        cmocka_unit_test(policies_of_both_families_stand_in_one_list),
        cmocka_unit_test(every_field_of_the_table_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
