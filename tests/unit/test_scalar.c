/* Texts are read as the type that is wanted, exactly. */
#include "sim/scenario/scalar.h"
#include "tests/unit/unit.h"
#include <string.h>

static struct arena *arena;

static void reads(struct param param, const char *text, int64_t expected)
{
    int64_t value = 0;
    param.key = "key";
    const char *wrong = scalar_read(arena, &param, text, &value);
    if (wrong)
        fail_msg("`%s` %s", text, wrong);
    if (value != expected)
        fail_msg("`%s` is %lld, not %lld", text, (long long)value, (long long)expected);
}

static void refuses(struct param param, const char *text, const char *part)
{
    int64_t value;
    param.key = "key";
    const char *wrong = scalar_read(arena, &param, text, &value);
    if (!wrong || !strstr(wrong, part))
        fail_msg("`%s`: expected `%s`, got `%s`", text, part, wrong ? wrong : "no mistake");
}

#define TYPE(...) ((struct param){__VA_ARGS__})

static void integers_are_whole(void **state)
{
    const struct param integer = TYPE(.type = PARAM_INTEGER);
    (void)state;
    reads(integer, "512", 512);
    reads(integer, "010", 10);
    reads(integer, "10.0", 10);
    reads(integer, "1e3", 1000);
    reads(integer, "9223372036854775807", INT64_MAX);
    refuses(integer, "9223372036854775808", "too large");
    refuses(integer, "1,000", "digits are not grouped");
    refuses(integer, "1_000", "digits are not grouped");
    refuses(integer, "0x10", "is not a number; it should be a whole number, such as 512");
    refuses(integer, "2.5", "is not a whole number");
    refuses(integer, "", "is not a number");
    refuses(integer, "-1", "cannot be negative");
}

static void numbers_are_exact_decimals(void **state)
{
    const struct param number = TYPE(.type = PARAM_NUMBER);
    (void)state;
    reads(number, "75.5", 75500000);
    reads(number, "0.1", 100000);
    reads(number, ".25", 250000);
    reads(number, "0.00000049", 0);
    reads(number, "0.0000005", 1);
    reads(number, "1e-3", 1000);
    refuses(number, "1e60", "too large");
    refuses(number, "1.2.3", "is not a number");
    refuses(number, "nan", "is not a number");
}

static void ranges_are_stated(void **state)
{
    (void)state;
    refuses(TYPE(.type = PARAM_INTEGER, .most = 200), "250", "is out of range; `key` is 0 to 200");
    refuses(TYPE(.type = PARAM_INTEGER, .least = 1), "0", "is out of range; `key` is at least 1");
    refuses(TYPE(.type = PARAM_NUMBER, .least = 500000, .most = 2500000), "3", "`key` is 0.5 to 2.5");
    refuses(TYPE(.type = PARAM_DURATION, .least = 1000000, .most = 60000000), "2m", "`key` is 1s to 1m");
    reads(TYPE(.type = PARAM_INTEGER, .least = -5, .most = 5), "-5", -5);
}

static void durations_have_units(void **state)
{
    const struct param duration = TYPE(.type = PARAM_DURATION);
    (void)state;
    reads(duration, "90s", 90 * SIMTIME_SECOND);
    reads(duration, "1h30m", 90 * SIMTIME_MINUTE);
    reads(duration, "2d", 2 * SIMTIME_DAY);
    reads(duration, "250ms", 250 * SIMTIME_MILLISECOND);
    reads(duration, "1.5h", 90 * SIMTIME_MINUTE);
    reads(duration, "0.1s", 100 * SIMTIME_MILLISECOND);
    reads(duration, "30", 30 * SIMTIME_SECOND);
    reads(TYPE(.type = PARAM_DURATION, .unit = SIMTIME_MINUTE), "30", 30 * SIMTIME_MINUTE);
    refuses(duration, "10 minutes", "has no unit of time; it should be a duration, such as 90s");
    refuses(duration, "1h30", "has no unit of time");
    refuses(duration, "soon", "is not a duration");
    refuses(duration, "", "is not a duration");
    refuses(duration, "9999999d", "is out of range");
    refuses(duration, "99999999999999d", "is too long");
}

static void sizes_have_units(void **state)
{
    const struct param memory = TYPE(.type = PARAM_MEMORY), cpu = TYPE(.type = PARAM_CPU);
    (void)state;
    reads(memory, "512", 512);
    reads(memory, "1 GB", 1024);
    reads(memory, "0.5GB", 512);
    reads(memory, "7GiB", 7168);
    reads(memory, "512 MiB", 512);
    refuses(memory, "512 KB",
            "has no unit that belongs here; it should be a size in MiB, such as 512 or 7GiB");
    refuses(memory, "0.0001 GB", "not a whole number");
    reads(cpu, "1 vCPU", 1024);
    reads(cpu, ".25 vcpu", 256);
    reads(cpu, "256", 256);
    refuses(cpu, "1 GB", "has no unit that belongs here");
}

static void times_are_utc(void **state)
{
    const struct param utc = TYPE(.type = PARAM_UTC), of_day = TYPE(.type = PARAM_TIME_OF_DAY);
    (void)state;
    reads(utc, "1970-01-02T00:00:00Z", SIMTIME_DAY);
    reads(utc, "1462549990.123", INT64_C(1462549990123000));
    refuses(utc, "yesterday", "is not a time in UTC");
    reads(of_day, "20:00", 20 * SIMTIME_HOUR);
    reads(of_day, "00:00:30", 30 * SIMTIME_SECOND);
    refuses(of_day, "24:00", "is not a time of day");
    refuses(of_day, "8pm", "is not a time of day");
    refuses(of_day, "20:00:", "is not a time of day");
}

static void words_ignore_case(void **state)
{
    static const char *const names[] = {"binpack", "spread", NULL};
    const struct param flag = TYPE(.type = PARAM_FLAG), choice = TYPE(.type = PARAM_CHOICE, .names = names);
    (void)state;
    reads(flag, "True", 1);
    reads(flag, "ENABLED", 1);
    reads(flag, "no", 0);
    refuses(flag, "1", "is neither true nor false");
    reads(choice, "SPREAD", 1);
    refuses(choice, "sprad", "is none of binpack, spread; did you mean `spread`?");
}

static void names_are_cut_out_of_arns(void **state)
{
    static const char *const cases[][2] = {
        {"web", "web"},
        {"a/b", "a/b"},
        {"arn:aws:ecs:us-east-1:1:service/demo/web", "web"},
        {"arn:aws:ecs:us-east-1:1:task-definition/WebApp:2", "WebApp:2"},
        {"arn:aws:elasticloadbalancing:r:1:targetgroup/tg/73e2d6bc24d8a067", "tg"},
        {"arn:aws:elasticloadbalancing:r:1:loadbalancer/app/alb/50dc6c495c0c9188", "alb"},
        {"arn:aws:elasticloadbalancing:r:1:loadbalancer/classic", "classic"},
        {"app/alb/778d41231b141a0f/targetgroup/tg/943f017f100becff", "tg"},
        {"arn:aws:autoscaling:r:1:autoScalingGroup:u:autoScalingGroupName/fleet", "fleet"},
        {"arn:aws:autoscaling:r:1:scalingPolicy:u:autoScalingGroupName/fleet:policyName/up", "up"},
        {"service/demo/web", "web"},
        {"arn:aws:sns:us-east-1:1:topic", "topic"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(scalar_name(arena, cases[i][0]), cases[i][1]);
}

static int open_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(integers_are_whole), cmocka_unit_test(numbers_are_exact_decimals),
        cmocka_unit_test(ranges_are_stated),  cmocka_unit_test(durations_have_units),
        cmocka_unit_test(sizes_have_units),   cmocka_unit_test(times_are_utc),
        cmocka_unit_test(words_ignore_case),  cmocka_unit_test(names_are_cut_out_of_arns),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
