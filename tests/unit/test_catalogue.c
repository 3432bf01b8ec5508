#include "sim/engine/param.h"
#include "tests/unit/unit.h"

static void distance_counts_edits_and_swaps(void **state)
{
    (void)state;
    assert_int_equal(edit_distance("", ""), 0);
    assert_int_equal(edit_distance("", "abc"), 3);
    assert_int_equal(edit_distance("abc", ""), 3);
    assert_int_equal(edit_distance("desiredCount", "DESIREDcount"), 0);
    assert_int_equal(edit_distance("kitten", "sitting"), 3);
    assert_int_equal(edit_distance("desierdCount", "desiredCount"), 1);
}

static void the_nearest_name_is_what_was_probably_meant(void **state)
{
    (void)state;
    static const char *const names[] = {"desiredCount", "description", "deployments", "cpu", NULL};
    assert_string_equal(nearest_name("desierdCount", names), "desiredCount");
    assert_string_equal(nearest_name("desired", names), "desiredCount");
    assert_string_equal(nearest_name("Deployment", names), "deployments");
    assert_string_equal(nearest_name("cpus", names), "cpu");
    assert_null(nearest_name("memory", names));
    assert_null(nearest_name("", names));
}

static void variants_are_found_whatever_the_first_letters_case(void **state)
{
    (void)state;
    static const struct variant step = {.name = "stepScaling"}, target = {.name = "TargetTracking"};
    static const struct variant *const variants[] = {&step, &target, NULL};
    struct catalogue catalogue = {"policy", variants};
    assert_ptr_equal(catalogue_find(&catalogue, "StepScaling"), &step);
    assert_ptr_equal(catalogue_find(&catalogue, "targetTracking"), &target);
    assert_null(catalogue_find(&catalogue, "targettracking"));
    assert_null(catalogue_find(&catalogue, "step"));
    assert_null(catalogue_find(&catalogue, ""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits_and_swaps),
        cmocka_unit_test(the_nearest_name_is_what_was_probably_meant),
        cmocka_unit_test(variants_are_found_whatever_the_first_letters_case),
    };
    return RUN_TESTS(tests);
}
