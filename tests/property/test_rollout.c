/* The decision of how many tasks to stop and to start, over all small inputs. */
#include "models/ecs/service/rolling_update.h"
#include "tests/group.h"
#include <stddef.h>
#include <string.h>

enum { MOST = 4 };

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t above_zero(int64_t n)
{
    return n > 0 ? n : 0;
}

/* Healthy tasks that go: those not yet healthy go first, where they are not guarded. */
static int64_t healthy_stopped(const struct revision_counts *revision, const struct revision_move *move)
{
    int64_t settling = revision->alive - revision->unhealthy - revision->healthy;
    return above_zero(move->stop - (settling - (revision->guarded - revision->guarded_healthy)));
}

static void check(const struct rollout_view *view)
{
    struct rollout_decision decision;
    rollout_decide(view, &decision);
    int64_t healthy = 0, stopped_healthy = 0, alive = 0, started = 0, stopped = 0;
    for (int i = 0; i < view->count; i++) {
        const struct revision_counts *revision = &view->revisions[i];
        const struct revision_move *move = &decision.moves[i];
        healthy += revision->healthy;
        alive += revision->alive;
        stopped_healthy += healthy_stopped(revision, move);
        started += move->start;
        stopped += move->stop + move->stop_unhealthy;
        assert_true(move->stop >= 0 &&
                    move->stop <= revision->alive - revision->unhealthy - revision->guarded);
        assert_int_equal(move->stop + move->held,
                         above_zero(revision->alive - revision->unhealthy - move->desired));
        assert_true(move->held == 0 || (move->held <= revision->guarded && decision.guarded));
        assert_true(move->stop_unhealthy >= 0 && move->stop_unhealthy <= revision->unhealthy);
        assert_true(move->start >= 0);
        assert_true(i == 0 || move->desired <= revision->healthy || move->desired <= revision->desired);
        assert_true(!(revision->draining || revision->failed) || move->start == 0);
    }
    assert_true(healthy - stopped_healthy >= least(healthy, view->minimum_healthy));
    assert_true(started == 0 || alive + view->stopping + started <= view->maximum_total);
    assert_true(started == 0 || stopped == 0);
    assert_int_equal(decision.acts, started + stopped > 0);
    assert_true(!decision.blocked || (!decision.acts && !decision.waiting));
    /* Never stuck while a move exists: with room and something missing, something starts. */
    if (!decision.acts && !view->revisions[0].failed &&
        decision.moves[0].desired > view->revisions[0].alive - view->revisions[0].unhealthy)
        assert_true(alive + view->stopping >= view->maximum_total);
}

static void each_second(struct rollout_view *view, struct revision_counts *counts)
{
    struct revision_counts *older = &counts[1];
    for (older->alive = 0; older->alive <= MOST; older->alive++)
        for (older->healthy = 0; older->healthy <= older->alive; older->healthy++)
            for (older->unhealthy = 0; older->healthy + older->unhealthy <= older->alive; older->unhealthy++)
                for (older->hopeless = 0; older->hopeless <= older->unhealthy; older->hopeless++)
                    for (older->desired = 0; older->desired <= MOST; older->desired++)
                        check(view);
}

static void each_second_of_failed(struct rollout_view *view, struct revision_counts *counts)
{
    for (int failed = 1; failed <= 3; failed++) {
        counts[0].failed = failed & 1;
        counts[1].failed = failed & 2;
        each_second(view, counts);
    }
}

/* Some of them healthy, some not yet. */
static void each_guarded(struct rollout_view *view, struct revision_counts *part)
{
    int64_t settling = part->alive - part->unhealthy - part->healthy;
    for (part->guarded_healthy = 0; part->guarded_healthy <= part->healthy; part->guarded_healthy++)
        for (part->guarded = part->guarded_healthy; part->guarded <= part->guarded_healthy + settling;
             part->guarded++)
            check(view);
    part->guarded = part->guarded_healthy = 0;
}

static void each_draining(struct rollout_view *view, struct revision_counts *counts)
{
    struct revision_counts *part = &counts[1];
    part->draining = true;
    for (part->alive = 0; part->alive <= MOST; part->alive++)
        for (part->healthy = 0; part->healthy <= part->alive; part->healthy++)
            for (part->unhealthy = 0; part->healthy + part->unhealthy <= part->alive; part->unhealthy++)
                each_guarded(view, part);
}

static void each_guarded_or_ailing(struct rollout_view *view, struct revision_counts *counts)
{
    struct revision_counts *primary = &counts[0];
    int64_t settling = primary->alive - primary->unhealthy - primary->healthy;
    for (primary->ailing = 0; primary->ailing <= settling; primary->ailing++)
        each_guarded(view, primary);
    primary->ailing = 0;
}

static void each_first(struct rollout_view *view, struct revision_counts *counts,
                       void (*then)(struct rollout_view *, struct revision_counts *))
{
    struct revision_counts *primary = &counts[0];
    for (primary->alive = 0; primary->alive <= MOST; primary->alive++)
        for (primary->healthy = 0; primary->healthy <= primary->alive; primary->healthy++)
            for (primary->unhealthy = 0; primary->healthy + primary->unhealthy <= primary->alive;
                 primary->unhealthy++)
                then(view, counts);
}

static void each_bound(int count, void (*then)(struct rollout_view *, struct revision_counts *))
{
    static const int64_t percents[][2] = {{0, 100}, {0, 200}, {50, 100}, {50, 150}, {100, 150}, {100, 200}};
    for (int64_t desired = 0; desired <= MOST; desired++)
        for (size_t i = 0; i < sizeof percents / sizeof *percents; i++)
            for (int64_t stopping = 0; stopping <= 2; stopping++) {
                struct revision_counts counts[2] = {{.desired = desired}};
                struct rollout_view view = {
                    .minimum_healthy = rollout_minimum(desired, percents[i][0]),
                    .maximum_total = rollout_maximum(desired, percents[i][1]),
                    .stopping = stopping,
                    .leaving = stopping,
                    .revisions = counts,
                    .count = count,
                };
                each_first(&view, counts, then);
            }
}

static void one_revision_keeps_the_bounds(void **state)
{
    (void)state;
    each_bound(1, each_guarded_or_ailing);
}

static void a_draining_part_keeps_the_bounds(void **state)
{
    (void)state;
    each_bound(2, each_draining);
}

static void two_revisions_keep_the_bounds(void **state)
{
    (void)state;
    each_bound(2, each_second);
}

static void failed_revisions_keep_the_bounds_and_start_nothing(void **state)
{
    (void)state;
    each_bound(2, each_second_of_failed);
}

/* The PRIMARY has FAILED and stays: the older revision keeps, and brings back, what is missing beside it.
 * Once a rollback has made it the PRIMARY, the failed one goes. */
static void beside_a_failed_primary_the_older_revision_stays(void **state)
{
    (void)state;
    struct revision_counts counts[] = {{.failed = true, .desired = 4, .alive = 1},
                                       {.desired = 4, .alive = 3, .healthy = 3}};
    struct rollout_view view = {.minimum_healthy = 2, .maximum_total = 8, .revisions = counts, .count = 2};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[0].start + decision.moves[0].stop, 0);
    assert_int_equal(decision.moves[1].start, 1);
    counts[0] = (struct revision_counts){.desired = 4, .alive = 3, .healthy = 3};
    counts[1] = (struct revision_counts){.failed = true, .desired = 2, .alive = 1};
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[1].stop, 1);
}

/* All that starts is healthy at once. */
static void play_to_the_end(const struct rollout_view *view, struct revision_counts *counts)
{
    struct rollout_decision decision;
    for (int pass = 0; pass < 10 * MOST; pass++) {
        check(view);
        rollout_decide(view, &decision);
        for (int i = 0; i < view->count; i++)
            counts[i].alive = counts[i].healthy =
                counts[i].alive + decision.moves[i].start - decision.moves[i].stop;
    }
    assert_false(decision.acts);
}

/* A staged deployment begins beside two older revisions: its source becomes whole, and the other goes; if the
 * source has FAILED, the other stands in for what it lacks. */
static void a_whole_revision_takes_the_place_of_others(void **state)
{
    (void)state;
    for (int64_t desired = 0; desired <= MOST; desired++)
        for (int64_t source = 0; source <= desired; source++)
            for (int64_t other = 0; other <= MOST; other++)
                for (int failed = 0; failed <= 1; failed++) {
                    struct revision_counts counts[] = {{.alive = 0},
                                                       {.whole = true,
                                                        .failed = failed,
                                                        .desired = desired,
                                                        .alive = source,
                                                        .healthy = source},
                                                       {.alive = other, .healthy = other}};
                    struct rollout_view view = {.minimum_healthy = desired,
                                                .maximum_total = 2 * desired,
                                                .revisions = counts,
                                                .count = 3};
                    play_to_the_end(&view, counts);
                    assert_int_equal(counts[1].healthy, failed ? source : desired);
                    assert_int_equal(counts[2].alive, failed ? least(other, desired - source) : 0);
                }
}

static void minimum_rounds_up_and_maximum_down(void **state)
{
    (void)state;
    assert_int_equal(rollout_minimum(1, 50), 1);
    assert_int_equal(rollout_minimum(2, 75), 2);
    assert_int_equal(rollout_minimum(3, 66), 2);
    assert_int_equal(rollout_maximum(3, 125), 3);
    assert_int_equal(rollout_maximum(3, 134), 4);
    assert_int_equal(rollout_maximum(10, 109), 10);
}

/* U1 and U2: four of eight are to be replaced, with room for all replacements at once. */
static void unhealthy_tasks_are_replaced_before_they_are_stopped(void **state)
{
    (void)state;
    struct revision_counts counts = {.desired = 8, .alive = 8, .healthy = 4, .unhealthy = 4};
    struct rollout_view view = {.minimum_healthy = 8, .maximum_total = 16, .revisions = &counts, .count = 1};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[0].start, 4);
    assert_int_equal(decision.moves[0].stop_unhealthy, 0);
    counts = (struct revision_counts){.desired = 8, .alive = 12, .healthy = 5, .unhealthy = 4};
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[0].stop_unhealthy, 1);
    assert_int_equal(decision.moves[0].start, 0);
}

/* U5: no room, so one goes first. */
static void without_room_one_unhealthy_task_is_stopped_first(void **state)
{
    (void)state;
    struct revision_counts counts = {.desired = 4, .alive = 4, .healthy = 2, .unhealthy = 2};
    struct rollout_view view = {.minimum_healthy = 2, .maximum_total = 4, .revisions = &counts, .count = 1};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[0].stop_unhealthy, 1);
    assert_int_equal(decision.moves[0].start, 0);
}

/* U7: during a deployment a lost task of the older revision is replaced by its own. */
static void a_lost_older_task_is_replaced_by_its_own_revision(void **state)
{
    (void)state;
    struct revision_counts counts[] = {{.desired = 8, .alive = 3}, {.desired = 8, .alive = 7, .healthy = 7}};
    struct rollout_view view = {.minimum_healthy = 8, .maximum_total = 12, .revisions = counts, .count = 2};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[1].start, 1);
    assert_int_equal(decision.moves[0].start, 1);
}

/* A broken older revision must not hold the place of its cure. */
static void a_task_of_an_older_revision_that_never_was_healthy_is_not_replaced(void **state)
{
    (void)state;
    struct revision_counts counts[] = {{.desired = 2},
                                       {.desired = 2, .alive = 2, .unhealthy = 2, .hopeless = 2}};
    struct rollout_view view = {.minimum_healthy = 1, .maximum_total = 2, .revisions = counts, .count = 2};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[1].desired, 0);
    assert_int_equal(decision.moves[1].stop_unhealthy, 2);
}

static struct rollout_decision decide_on_drain(int64_t minimum, int64_t maximum)
{
    struct revision_counts counts[] = {{.desired = 4}, {.draining = true, .alive = 4, .healthy = 4}};
    struct rollout_view view = {.minimum_healthy = rollout_minimum(4, minimum),
                                .maximum_total = rollout_maximum(4, maximum),
                                .revisions = counts,
                                .count = 2};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    return decision;
}

/* G1, G2 and G4: all four tasks are on hosts that are DRAINING. */
static void draining_keeps_the_percentages(void **state)
{
    (void)state;
    struct rollout_decision stops_first = decide_on_drain(50, 100), starts_first = decide_on_drain(100, 200),
                            never_ends = decide_on_drain(100, 100);
    assert_int_equal(stops_first.moves[1].stop, 2);
    assert_int_equal(starts_first.moves[0].start, 4);
    assert_int_equal(starts_first.moves[1].stop, 0);
    assert_true(never_ends.blocked);
}

/* K8, in numbers: the new ones start, the protected ones stay. */
static void protected_tasks_stay(void **state)
{
    (void)state;
    struct revision_counts counts[] = {
        {.desired = 4, .alive = 4, .healthy = 4},
        {.desired = 4, .alive = 4, .healthy = 4, .guarded = 4, .guarded_healthy = 4}};
    struct rollout_view view = {.minimum_healthy = 4, .maximum_total = 8, .revisions = counts, .count = 2};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    assert_false(decision.acts);
    assert_true(decision.guarded);
    counts[1].guarded = counts[1].guarded_healthy = 3;
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[1].stop, 1);
}

/* U9: both are sick, and the replacement still has its grace. */
static void an_unhealthy_task_goes_when_its_replacement_ails(void **state)
{
    (void)state;
    struct revision_counts counts = {.desired = 1, .alive = 2, .unhealthy = 1};
    struct rollout_view view = {.minimum_healthy = 1, .maximum_total = 2, .revisions = &counts, .count = 1};
    struct rollout_decision decision;
    rollout_decide(&view, &decision);
    assert_false(decision.acts);
    counts.ailing = 1;
    rollout_decide(&view, &decision);
    assert_int_equal(decision.moves[0].stop_unhealthy, 1);
    assert_int_equal(decision.moves[0].stop, 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_revision_keeps_the_bounds),
        cmocka_unit_test(two_revisions_keep_the_bounds),
        cmocka_unit_test(a_draining_part_keeps_the_bounds),
        cmocka_unit_test(failed_revisions_keep_the_bounds_and_start_nothing),
        cmocka_unit_test(beside_a_failed_primary_the_older_revision_stays),
        cmocka_unit_test(a_whole_revision_takes_the_place_of_others),
        cmocka_unit_test(draining_keeps_the_percentages),
        cmocka_unit_test(protected_tasks_stay),
        cmocka_unit_test(an_unhealthy_task_goes_when_its_replacement_ails),
        cmocka_unit_test(minimum_rounds_up_and_maximum_down),
        cmocka_unit_test(unhealthy_tasks_are_replaced_before_they_are_stopped),
        cmocka_unit_test(without_room_one_unhealthy_task_is_stopped_first),
        cmocka_unit_test(a_lost_older_task_is_replaced_by_its_own_revision),
        cmocka_unit_test(a_task_of_an_older_revision_that_never_was_healthy_is_not_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
