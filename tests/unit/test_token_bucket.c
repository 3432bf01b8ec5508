/* The rate at which an account launches tasks on Fargate. */
#include "sim/engine/token_bucket.h"
#include "tests/group.h"
#include <stddef.h>

static int64_t take_all(struct token_bucket *bucket, simtime now)
{
    int64_t taken = 0;
    while (token_bucket_take(bucket, now))
        taken++;
    return taken;
}

/* Case Q1. [DG:throttling] */
static void a_hundred_at_once_then_twenty_a_second_q1(void **state)
{
    (void)state;
    struct token_bucket bucket = token_bucket_full(100, 20);
    simtime start = SIMTIME_HOUR;
    assert_int_equal(take_all(&bucket, start), 100);
    for (int second = 1; second <= 10; second++)
        assert_int_equal(take_all(&bucket, start + second * SIMTIME_SECOND), 20);
}

static void a_token_comes_each_twentieth_of_a_second_and_not_a_microsecond_earlier(void **state)
{
    (void)state;
    struct token_bucket bucket = token_bucket_full(100, 20);
    take_all(&bucket, 0);
    assert_false(token_bucket_take(&bucket, 50 * SIMTIME_MILLISECOND - 1));
    assert_true(token_bucket_take(&bucket, 50 * SIMTIME_MILLISECOND));
    assert_false(token_bucket_take(&bucket, 50 * SIMTIME_MILLISECOND));
}

static void it_holds_no_more_than_the_burst(void **state)
{
    (void)state;
    struct token_bucket bucket = token_bucket_full(100, 20);
    take_all(&bucket, 0);
    assert_int_equal(take_all(&bucket, 4999 * SIMTIME_MILLISECOND), 99);
    assert_int_equal(take_all(&bucket, 100 * 366 * SIMTIME_DAY), 100);
}

static void parts_of_a_token_are_kept(void **state)
{
    (void)state;
    struct token_bucket bucket = token_bucket_full(1, 3);
    assert_int_equal(take_all(&bucket, 0), 1);
    assert_false(token_bucket_take(&bucket, 200000));
    assert_false(token_bucket_take(&bucket, 333333));
    assert_true(token_bucket_take(&bucket, 333334));
}

/* At the instant that it names the tokens are there, and one microsecond earlier they are not. */
static void it_knows_when_tokens_will_be_there(void **state)
{
    (void)state;
    for (int64_t per_second = 1; per_second <= 7; per_second++)
        for (int64_t tokens = 1; tokens <= 6; tokens++) {
            struct token_bucket bucket = token_bucket_full(5, per_second);
            int64_t wanted = tokens < 5 ? tokens : 5;
            simtime now = 123456789;
            assert_int_equal(token_bucket_ready_at(&bucket, now, tokens), now);
            take_all(&bucket, now);
            simtime at = token_bucket_ready_at(&bucket, now, tokens);
            struct token_bucket earlier = bucket;
            assert_int_equal(take_all(&earlier, at - 1), wanted - 1);
            assert_int_equal(take_all(&bucket, at), wanted);
        }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_at_once_then_twenty_a_second_q1),
        cmocka_unit_test(a_token_comes_each_twentieth_of_a_second_and_not_a_microsecond_earlier),
        cmocka_unit_test(it_holds_no_more_than_the_burst),
        cmocka_unit_test(parts_of_a_token_are_kept),
        cmocka_unit_test(it_knows_when_tokens_will_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
