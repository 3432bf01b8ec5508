#include "sim/engine/hash.h"
#include "sim/engine/param.h"
#include "tests/unit/unit.h"
#include <string.h>
#include <strings.h>

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

/* Without any of the bounds. */
static const char *plainly_nearest(const char *name, const char *const *names)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX, length = strlen(name);
    for (; *names; names++) {
        size_t distance = edit_distance(name, *names), other = strlen(*names);
        bool beginning = length >= 4 && strncasecmp(name, *names, length) == 0;
        if (distance < least && (3 * distance <= (length > other ? length : other) || beginning)) {
            least = distance;
            nearest = *names;
        }
    }
    return nearest;
}

static void fill_at_random(char name[12], uint64_t *word)
{
    static const char letters[] = "aAbc-";
    *word = hash_mix(*word);
    size_t length = *word % 11;
    for (size_t i = 0; i < length; i++)
        name[i] = letters[(*word >> (5 + 5 * i)) % 5];
    name[length] = '\0';
}

static void bounds_leave_the_nearest_as_it_is(void **state)
{
    (void)state;
    enum { NAMES = 12, WORLDS = 20000 };
    uint64_t word = 1;
    for (int world = 0; world < WORLDS; world++) {
        char texts[NAMES + 1][12];
        const char *names[NAMES + 1] = {NULL};
        for (int i = 0; i <= NAMES; i++)
            fill_at_random(texts[i], &word);
        for (int i = 0; i < NAMES; i++)
            names[i] = texts[i];
        assert_ptr_equal(nearest_name(texts[NAMES], names), plainly_nearest(texts[NAMES], names));
    }
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

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_counts_edits_and_swaps),
        cmocka_unit_test(the_nearest_name_is_what_was_probably_meant),
        cmocka_unit_test(bounds_leave_the_nearest_as_it_is),
        cmocka_unit_test(variants_are_found_whatever_the_first_letters_case),
    };
    return RUN_TESTS(tests);
}
