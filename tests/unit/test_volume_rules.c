/* Whether a volume can be mounted: over all that can be seen of it. */
#include "models/ecs/volume/volume_rules.h"
#include "tests/unit/unit.h"

static enum mount mount_by_hand(bool found, bool here, bool elsewhere, bool impaired, bool makes, bool takes)
{
    if (!found)
        return !makes ? MOUNT_NOT_FOUND : impaired ? MOUNT_STALLS : MOUNT_MAKES;
    if (impaired)
        return MOUNT_STALLS;
    if (here)
        return MOUNT_SHARES;
    if (elsewhere)
        return takes ? MOUNT_TAKES : MOUNT_HELD;
    return MOUNT_ATTACHES;
}

static void a_plugin_finds_takes_shares_or_makes_an_ebs_volume(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 64; i++) {
        struct ebs_sight sight = {
            .is_found = i & 1,
            .is_here = i & 2,
            .is_elsewhere = i & 4,
            .is_impaired = i & 8,
            .autoprovisions = i & 16,
            .preempts = i & 32,
        };
        assert_int_equal(mount_of_ebs(&sight), mount_by_hand(i & 1, i & 2, i & 4, i & 8, i & 16, i & 32));
    }
}

static void efs_needs_a_mount_target_that_answers(void **state)
{
    (void)state;
    assert_int_equal(mount_of_efs(true, false), MOUNT_ATTACHES);
    assert_int_equal(mount_of_efs(true, true), MOUNT_STALLS);
    assert_int_equal(mount_of_efs(false, false), MOUNT_NO_TARGET);
    assert_int_equal(mount_of_efs(false, true), MOUNT_NO_TARGET);
}

static void only_what_can_never_come_fails_at_once(void **state)
{
    (void)state;
    for (enum mount mount = MOUNT_ATTACHES; mount <= MOUNT_NO_TARGET; mount++)
        assert_int_equal(mount_fails(mount),
                         mount == MOUNT_NOT_FOUND || mount == MOUNT_HELD || mount == MOUNT_NO_TARGET);
}

static void data_are_missed_where_they_were_left_elsewhere(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 8; i++)
        assert_int_equal(lacks_data(i & 1, i & 2, i & 4), i == 3);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plugin_finds_takes_shares_or_makes_an_ebs_volume),
        cmocka_unit_test(efs_needs_a_mount_target_that_answers),
        cmocka_unit_test(only_what_can_never_come_fails_at_once),
        cmocka_unit_test(data_are_missed_where_they_were_left_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
