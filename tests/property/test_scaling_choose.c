/* Several policies of one resource: every answer of up to three of them, against the rules in other words. */
#include "models/scaling/scaling.h"
#include "tests/unit/unit.h"

enum { CURRENT = 2, MOST = 4, KINDS = 4 };

enum kind { TRACKING, TRACKING_OUT_ONLY, STEP, PREDICTIVE };

/* What a policy of this kind can say. */
static bool make_answer(enum kind kind, int64_t desired, struct scaling_answer *answer)
{
    *answer = (struct scaling_answer){.desired = desired};
    switch (kind) {
    case TRACKING:
        answer->must_agree = true;
        return true;
    case TRACKING_OUT_ONLY:
        return desired >= CURRENT;
    case STEP:
        answer->needs_no_one = true;
        return true;
    case PREDICTIVE: /* `desired` is its forecast */
        answer->floor = desired;
        answer->desired = desired > CURRENT ? desired : CURRENT;
        return true;
    }
    return false;
}

/* The capacity, by the rules as AWS tells them. */
static int64_t expected(const enum kind *kinds, const struct scaling_answer *answers, int count)
{
    int64_t most = CURRENT, in = -1, floor = 0;
    bool tracking_agrees = true;
    for (int i = 0; i < count; i++) {
        most = answers[i].desired > most ? answers[i].desired : most;
        floor = answers[i].floor > floor ? answers[i].floor : floor;
        tracking_agrees &= kinds[i] != TRACKING || answers[i].desired < CURRENT;
    }
    if (most > CURRENT)
        return most;
    for (int i = 0; i < count; i++)
        if (answers[i].desired < CURRENT && (kinds[i] == STEP || tracking_agrees) && answers[i].desired > in)
            in = answers[i].desired;
    if (in < 0)
        return CURRENT;
    return in > floor ? in : floor < CURRENT ? floor : CURRENT;
}

static void check_answers(const enum kind *kinds, const struct scaling_answer *answers, int count)
{
    int64_t chosen = CURRENT, wanted = expected(kinds, answers, count);
    int winner = scaling_choose(answers, (size_t)count, CURRENT, &chosen);
    assert_int_equal(winner >= 0, wanted != CURRENT);
    if (winner < 0)
        return;
    assert_int_equal(chosen, wanted);
    assert_true(winner < count);
    for (int i = 0; i < winner; i++)
        assert_true(answers[i].desired != answers[winner].desired || kinds[i] != kinds[winner]);
}

static void check_from(enum kind *kinds, struct scaling_answer *answers, int at, int count)
{
    if (at == count) {
        check_answers(kinds, answers, count);
        return;
    }
    for (int kind = 0; kind < KINDS; kind++)
        for (int64_t desired = 0; desired <= MOST; desired++)
            if (make_answer(kinds[at] = (enum kind)kind, desired, &answers[at]))
                check_from(kinds, answers, at + 1, count);
}

static void every_answer_of_up_to_three_policies(void **state)
{
    (void)state;
    enum kind kinds[3];
    struct scaling_answer answers[3];
    for (int count = 0; count <= 3; count++)
        check_from(kinds, answers, 0, count);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_of_up_to_three_policies),
    };
    return RUN_TESTS(tests);
}
