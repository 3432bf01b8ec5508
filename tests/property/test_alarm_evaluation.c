/* The evaluation of alarms: the tables that AWS prints [CW:alarms-and-missing-data], and over all datapoints
 * of the range, all rules up to 4 Evaluation Periods and all states, against the plain definition. */
#include "models/ecs/metric/alarm_evaluation.h"
#include "tests/group.h"
#include <stddef.h>
#include <string.h>

enum { MOST_PERIODS = 4, MOST_RANGE = MOST_PERIODS + 2, TREATMENTS = 4, STATES = 3 };

/* --- what AWS prints -------------------------------------------------------------------------- */

/* The newest on the right: 0 within, X breaching, - missing. One state per treatment: A, O, I, or K for the
 * state that it has. */
struct printed {
    const char *datapoints;
    size_t datapoints_to_alarm; /* of 3 */
    const char missing, ignored, breaching, not_breaching;
};

static const struct printed rows[] = {
    {"0-X-X", 3, 'O', 'O', 'O', 'O'},
    {"0----", 3, 'O', 'O', 'O', 'O'},
    {"-----", 3, 'I', 'K', 'A', 'O'},
    {"0XX-X", 3, 'A', 'A', 'A', 'A'},
    {"--X--", 3, 'A', 'K', 'A', 'O'},
    {"0-X-X", 2, 'A', 'A', 'A', 'A'},
    {"00X0X", 2, 'A', 'A', 'A', 'A'},
    {"0-X--", 2, 'O', 'O', 'A', 'O'},
    {"----0", 2, 'O', 'O', 'A', 'O'},
    {"---X-", 2, 'A', 'K', 'A', 'O'},
    /* said in words, and printed in 2019: too young to go to ALARM */
    {"----X", 3, 'I', 'K', 'A', 'O'},
    {"---X-", 3, 'I', 'K', 'A', 'O'},
    {"X----", 3, 'A', 'K', 'A', 'O'},
    {"----X", 2, 'I', 'K', 'A', 'O'},
};

static enum datapoint datapoint_of(char letter)
{
    return letter == '-' ? DATAPOINT_MISSING : letter == 'X' ? DATAPOINT_BREACHING : DATAPOINT_WITHIN;
}

static char letter_of(enum scaling_alarm state)
{
    return state == ALARM_ALARM ? 'A' : state == ALARM_OK ? 'O' : 'I';
}

static void expect(const struct printed *row, enum missing_data treatment, char expected)
{
    struct alarm_rule rule = {3, row->datapoints_to_alarm, treatment};
    enum datapoint datapoints[5];
    assert_int_equal(alarm_range(&rule), 5);
    for (int i = 0; i < 5; i++)
        datapoints[i] = datapoint_of(row->datapoints[4 - i]);
    for (int each = 0; each < STATES; each++) {
        enum scaling_alarm now = (enum scaling_alarm)each;
        char state = letter_of(alarm_evaluate(&rule, datapoints, now).state);
        if (state != (expected == 'K' ? letter_of(now) : expected))
            fail_msg("%s, %zu of 3, treatment %d: %c", row->datapoints, row->datapoints_to_alarm, treatment,
                     state);
    }
}

static void evaluates_as_aws_prints(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        expect(&rows[i], MISSING_IS_MISSING, rows[i].missing);
        expect(&rows[i], MISSING_IS_IGNORED, rows[i].ignored);
        expect(&rows[i], MISSING_IS_BREACHING, rows[i].breaching);
        expect(&rows[i], MISSING_IS_NOT_BREACHING, rows[i].not_breaching);
    }
}

/* --- by definition ---------------------------------------------------------------------------- */

static size_t latest_existing(const struct alarm_rule *rule, const enum datapoint *datapoints,
                              enum datapoint *existing)
{
    size_t count = 0;
    for (size_t i = 0; i < alarm_range(rule); i++)
        if (datapoints[i] != DATAPOINT_MISSING && count < rule->evaluation_periods)
            existing[count++] = datapoints[i];
    return count;
}

static size_t count_of(const enum datapoint *datapoints, size_t count, enum datapoint kind)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        found += datapoints[i] == kind;
    return found;
}

/* All older than that are missing, and it breaches. */
static bool breached_long_ago(const struct alarm_rule *rule, const enum datapoint *datapoints)
{
    for (size_t i = alarm_range(rule); i-- > 0;)
        if (datapoints[i] != DATAPOINT_MISSING)
            return i + 1 >= rule->datapoints_to_alarm;
    return false;
}

static enum scaling_alarm by_definition(const struct alarm_rule *rule, const enum datapoint *datapoints,
                                        enum scaling_alarm now)
{
    enum datapoint judged[MOST_PERIODS];
    size_t count = latest_existing(rule, datapoints, judged), existing = count;
    bool fills = rule->missing == MISSING_IS_BREACHING || rule->missing == MISSING_IS_NOT_BREACHING;
    while (fills && count < rule->evaluation_periods)
        judged[count++] = rule->missing == MISSING_IS_BREACHING ? DATAPOINT_BREACHING : DATAPOINT_WITHIN;
    if (count_of(judged, count, DATAPOINT_BREACHING) >= rule->datapoints_to_alarm)
        return ALARM_ALARM;
    if (count == rule->evaluation_periods || count_of(judged, existing, DATAPOINT_WITHIN))
        return ALARM_OK;
    if (rule->missing == MISSING_IS_IGNORED)
        return now;
    return breached_long_ago(rule, datapoints) ? ALARM_ALARM : ALARM_INSUFFICIENT_DATA;
}

static bool next_datapoints(enum datapoint *datapoints, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (datapoints[i] != DATAPOINT_BREACHING) {
            datapoints[i]++;
            return true;
        }
        datapoints[i] = DATAPOINT_MISSING;
    }
    return false;
}

static int64_t try_all(const struct alarm_rule *rule)
{
    enum datapoint datapoints[MOST_RANGE] = {0};
    int64_t tried = 0;
    do {
        for (int each = 0; each < STATES; each++, tried++) {
            enum scaling_alarm now = (enum scaling_alarm)each;
            struct alarm_verdict verdict = alarm_evaluate(rule, datapoints, now);
            assert_int_equal(verdict.state, by_definition(rule, datapoints, now));
            assert_true(verdict.breaching <= verdict.judged && verdict.judged <= rule->evaluation_periods);
        }
    } while (next_datapoints(datapoints, alarm_range(rule)));
    return tried;
}

static void evaluates_by_definition(void **state)
{
    (void)state;
    int64_t tried = 0;
    for (size_t periods = 1; periods <= MOST_PERIODS; periods++)
        for (size_t to_alarm = 1; to_alarm <= periods; to_alarm++)
            for (int missing = 0; missing < TREATMENTS; missing++)
                tried += try_all(&(struct alarm_rule){periods, to_alarm, (enum missing_data)missing});
    assert_int_equal(tried, 12 * (1 * 27 + 2 * 81 + 3 * 243 + 4 * 729));
}

/* --- datapoints ------------------------------------------------------------------------------- */

static void compares_with_the_threshold(void **state)
{
    (void)state;
    /* below, at and above it */
    static const struct {
        enum comparison comparison;
        const char *expected;
    } all[] = {
        {COMPARE_GREATER, "00X"},
        {COMPARE_GREATER_OR_EQUAL, "0XX"},
        {COMPARE_LESS, "X00"},
        {COMPARE_LESS_OR_EQUAL, "XX0"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        for (int64_t value = 0; value < 3; value++)
            assert_int_equal(alarm_datapoint(all[i].comparison, value, 1),
                             datapoint_of(all[i].expected[value]));
    assert_int_equal(alarm_datapoint(COMPARE_LESS, ABSENT, 1), DATAPOINT_MISSING);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(evaluates_as_aws_prints),
        cmocka_unit_test(evaluates_by_definition),
        cmocka_unit_test(compares_with_the_threshold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
