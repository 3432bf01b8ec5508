/* Turning tags into digests: when it is needed, how often it may fail, who waits for it. */
#include "models/ecs/task/image_digest.h"
#include "tests/group.h"
#include <stddef.h>

static bool needed(const char *image, bool version_consistency)
{
    struct container_settings container = {.image = image, .version_consistency = version_consistency};
    struct task_definition_settings definition = {.containers = {1, &container}};
    return image_digest_needed(&definition);
}

static void only_tags_need_it_and_only_where_it_is_enabled(void **state)
{
    (void)state;
    assert_true(needed("app:1", true));
    assert_true(needed("app", true));
    assert_false(needed("app:1", false));
    assert_false(needed("app@sha256:0a1b", true));
    assert_false(needed(NULL, true));
}

static void the_first_attempt_that_succeeds_ends_it(void **state)
{
    (void)state;
    struct image_digest digest = {.unresolved = true};
    assert_true(image_digest_attempt(&digest, 2));
    assert_true(image_digest_attempt(&digest, 2));
    assert_true(digest.unresolved);
    assert_true(image_digest_attempt(&digest, 2));
    assert_false(digest.unresolved);
    assert_int_equal(digest.failures, 2);
}

/* B16 */
static void the_third_that_fails_is_the_last(void **state)
{
    (void)state;
    struct image_digest digest = {.unresolved = true, .failures = 2};
    assert_false(image_digest_attempt(&digest, 3));
    assert_false(digest.unresolved);
    assert_true(image_digest_attempt(&digest, 3)); /* nobody tries any more */
    assert_int_equal(digest.failures, 3);
}

static void one_is_launched_alone_and_one_more_for_each_failure(void **state)
{
    (void)state;
    struct image_digest digest = {.unresolved = true};
    assert_int_equal(image_digest_allows(&digest, 0, 4), 1);
    assert_int_equal(image_digest_allows(&digest, 1, 3), 0);
    digest.failures = 1;
    assert_int_equal(image_digest_allows(&digest, 1, 3), 1);
    assert_int_equal(image_digest_allows(&digest, 5, 3), 0);
    assert_int_equal(image_digest_allows(&digest, 0, 1), 1);
    digest.unresolved = false;
    assert_int_equal(image_digest_allows(&digest, 1, 3), 3);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_tags_need_it_and_only_where_it_is_enabled),
        cmocka_unit_test(the_first_attempt_that_succeeds_ends_it),
        cmocka_unit_test(the_third_that_fails_is_the_last),
        cmocka_unit_test(one_is_launched_alone_and_one_more_for_each_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
