/* Every list of up to two termination policies over every three instances of a few ages and origins: what is
 * kept is what nobody goes before, in the words of the guide [EAS termination-policies], written out once
 * more.
 */
#include "models/ecs/group/termination_policy.h"
#include "tests/group.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { INSTANCES = 3 };

static const struct launch_origin current = {.launch_template = "web", .version = 3};

static const struct launch_origin origins[] = {
    {.launch_configuration = "old"},
    {.launch_template = "other", .version = 9},
    {.launch_template = "web", .version = 1},
    {.launch_template = "web", .version = 3},
    {0},
};
enum { ORIGINS = sizeof origins / sizeof *origins };

static const simtime now = 10 * SIMTIME_HOUR;
static const simtime ages[] = {SIMTIME_MINUTE, 59 * SIMTIME_MINUTE, 3 * SIMTIME_HOUR};
enum { AGES = sizeof ages / sizeof *ages, KINDS = ORIGINS * AGES * 2 };

/* The k-th kind of instance there is: its origin, its age, whether the allocation strategy would rather not
 * have it. */
static struct termination_candidate candidate(int kind)
{
    simtime age = ages[kind / ORIGINS % AGES];
    return (struct termination_candidate){
        .origin = origins[kind % ORIGINS],
        .misfit = kind / ORIGINS / AGES,
        .age_order = now - age,
        .running_at = now - age,
    };
}

/* --- the guide once more ---------------------------------------------------------------------- */

static bool is_of_configuration(const struct termination_candidate *one)
{
    return one->origin.launch_configuration != NULL;
}

static bool is_of_other_template(const struct termination_candidate *one)
{
    return one->origin.launch_template && strcmp(one->origin.launch_template, "web") != 0;
}

static bool has_older_template(const struct termination_candidate *a, const struct termination_candidate *b)
{
    if (is_of_configuration(a))
        return false;
    if (is_of_configuration(b) || is_of_other_template(a) || is_of_other_template(b))
        return is_of_configuration(b) || (is_of_other_template(a) && !is_of_other_template(b));
    return a->origin.version < b->origin.version;
}

static bool goes_by_default(const struct termination_candidate *a, const struct termination_candidate *b)
{
    if (a->misfit != b->misfit)
        return a->misfit > b->misfit;
    if (is_of_configuration(a) || is_of_configuration(b))
        return is_of_configuration(a) && !is_of_configuration(b);
    return has_older_template(a, b);
}

static simtime into_the_hour(const struct termination_candidate *one)
{
    return (now - one->running_at) % SIMTIME_HOUR;
}

static bool goes_before(enum termination_policy policy, const struct termination_candidate *a,
                        const struct termination_candidate *b)
{
    switch (policy) {
    case TERMINATE_DEFAULT:
        return goes_by_default(a, b);
    case TERMINATE_ALLOCATION_STRATEGY:
        return a->misfit > b->misfit;
    case TERMINATE_OLDEST_LAUNCH_TEMPLATE:
        return has_older_template(a, b);
    case TERMINATE_OLDEST_LAUNCH_CONFIGURATION:
        return is_of_configuration(a) && !is_of_configuration(b);
    case TERMINATE_CLOSEST_TO_NEXT_INSTANCE_HOUR:
        return into_the_hour(a) > into_the_hour(b);
    case TERMINATE_NEWEST_INSTANCE:
        return a->age_order > b->age_order;
    case TERMINATE_OLDEST_INSTANCE:
        return a->age_order < b->age_order;
    case TERMINATION_POLICIES:
        break;
    }
    return false;
}

static void apply(enum termination_policy policy, const struct termination_candidate *candidates,
                  bool kept[INSTANCES])
{
    bool stays[INSTANCES];
    for (int i = 0; i < INSTANCES; i++) {
        stays[i] = kept[i];
        for (int j = 0; j < INSTANCES; j++)
            stays[i] &= !kept[j] || !goes_before(policy, &candidates[j], &candidates[i]);
    }
    memcpy(kept, stays, sizeof stays);
}

/* --- all of them ------------------------------------------------------------------------------ */

static void check(const enum termination_policy *policies, size_t count,
                  const struct termination_candidate *candidates)
{
    const struct termination_question question = {policies, count, current, now};
    uint32_t indices[INSTANCES] = {0, 1, 2};
    bool kept[INSTANCES] = {true, true, true};
    size_t left = termination_choose(&question, candidates, indices, INSTANCES), next = 0;
    for (size_t i = 0; i < count; i++)
        apply(policies[i], candidates, kept);
    if (count == 0)
        apply(TERMINATE_DEFAULT, candidates, kept);
    for (uint32_t i = 0; i < INSTANCES; i++)
        if (kept[i])
            assert_true(next < left && indices[next++] == i);
    assert_int_equal(next, left);
    assert_true(left > 0);
}

static void check_lists(const struct termination_candidate *candidates)
{
    check(NULL, 0, candidates);
    for (int first = 0; first < TERMINATION_POLICIES; first++) {
        enum termination_policy policies[] = {(enum termination_policy)first, TERMINATE_DEFAULT};
        check(policies, 1, candidates);
        for (int second = 0; second < TERMINATION_POLICIES; second++) {
            policies[1] = (enum termination_policy)second;
            check(policies, 2, candidates);
        }
    }
}

/* In whichever order three stand, the same are kept, so ascending kinds are all there are. */
static void every_policy_keeps_what_nobody_goes_before(void **state)
{
    (void)state;
    for (int a = 0; a < KINDS; a++)
        for (int b = a; b < KINDS; b++)
            for (int c = b; c < KINDS; c++)
                check_lists((struct termination_candidate[]){candidate(a), candidate(b), candidate(c)});
}

static size_t choose_under(struct launch_origin of_group, const struct launch_origin *of, uint32_t *first)
{
    const struct termination_question question = {.current = of_group, .now = now};
    struct termination_candidate candidates[INSTANCES];
    uint32_t indices[INSTANCES] = {0, 1, 2};
    for (int i = 0; i < INSTANCES; i++)
        candidates[i] = (struct termination_candidate){.origin = of[i]};
    size_t left = termination_choose(&question, candidates, indices, INSTANCES);
    *first = indices[0];
    return left;
}

static size_t choose(const struct launch_origin *of, uint32_t *first)
{
    return choose_under(current, of, first);
}

/* ASG-11 and ASG-12, without their zones. */
static void the_default_policy_phases_out_what_is_old(void **state)
{
    (void)state;
    uint32_t first;
    assert_int_equal(choose((struct launch_origin[]){origins[3], origins[0], origins[2]}, &first), 1);
    assert_int_equal(first, 1);
    assert_int_equal(choose((struct launch_origin[]){origins[3], origins[3], origins[2]}, &first), 1);
    assert_int_equal(first, 2);
    assert_int_equal(choose((struct launch_origin[]){origins[3], origins[3], origins[3]}, &first), 3);
}

/* A group that has a launch configuration still: others go before it, and it before templates. */
static void the_launch_configuration_of_the_group_is_its_newest(void **state)
{
    (void)state;
    static const struct launch_origin now_used = {.launch_configuration = "now"};
    uint32_t first;
    assert_int_equal(choose_under(now_used, (struct launch_origin[]){now_used, origins[0], now_used}, &first),
                     1);
    assert_int_equal(first, 1);
    assert_int_equal(choose_under(now_used, (struct launch_origin[]){origins[2], now_used, now_used}, &first),
                     2);
    assert_int_equal(first, 1);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_policy_keeps_what_nobody_goes_before),
        cmocka_unit_test(the_default_policy_phases_out_what_is_old),
        cmocka_unit_test(the_launch_configuration_of_the_group_is_its_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
