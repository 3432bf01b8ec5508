#include "sim/engine/hash.h"
#include "sim/study/record.h"
#include "sim/study/tracks.h"
#include "tests/unit/unit.h"
#include <inttypes.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- records ---------------------------------------------------------------------------------- */

static const struct record *add(struct records *records, uint64_t key, int64_t seed, const char *figures)
{
    struct text text = {0};
    text_add(&text, figures);
    const struct record *record = records_add(records, key, seed, &text);
    text_free(&text);
    return record;
}

static const char *figure(struct records *records, uint64_t key, int64_t seed, const char *name)
{
    const struct record *record = records_find(records, key, seed);
    uint32_t number;
    if (!record || !figure_name_find(records_names(records), name, &number))
        return NULL;
    return record_figure(record, number);
}

static void assert_same_records(const struct records *a, const struct figure_names *a_names,
                                const struct records *b, const struct figure_names *b_names, uint64_t key,
                                int64_t seed)
{
    const struct record *one = records_find(a, key, seed), *other = records_find(b, key, seed);
    assert_non_null(one);
    assert_non_null(other);
    assert_int_equal(one->count, other->count);
    for (size_t i = 0; i < one->count; i++) {
        assert_string_equal(figure_name(a_names, one->figures[i].name),
                            figure_name(b_names, other->figures[i].name));
        assert_string_equal(one->figures[i].text, other->figures[i].text);
    }
}

/* Some runs: of different figures in different orders, with empty texts and without any. */
static const struct {
    uint64_t key;
    int64_t seed;
    const char *figures;
} runs[] = {
    {1, 1, "cost\t12.5\nservices[\"web.v2\"].cost\t-3\nkept\ttrue\n"},
    {1, 2, "kept\tfalse\ncost\t\n"},
    {UINT64_MAX, INT64_MAX, ""},
    {0, 0, "a=b\tc=d\nrun\tfigure\n"},
    {0, INT64_MIN, "stoppedBy\tlimits.events was reached\n"},
};

static struct records *make_records(struct text *lines)
{
    struct records *records = records_new();
    struct told_names told = {0};
    for (size_t i = 0; i < COUNT(runs); i++)
        record_write(lines, &told, records_names(records),
                     add(records, runs[i].key, runs[i].seed, runs[i].figures));
    told_names_free(&told);
    return records;
}

static void runs_are_found_by_key_and_seed(void **state)
{
    (void)state;
    enum { KEYS = 60, SEEDS = 60 }; /* beyond the first slots */
    struct records *records = records_new();
    char text[64];
    for (int key = 0; key < KEYS; key++)
        for (int seed = 0; seed < SEEDS; seed++) {
            snprintf(text, sizeof text, "cost\t%d\n", key * SEEDS + seed);
            add(records, (uint64_t)key, seed, text);
        }
    for (int key = 0; key < KEYS; key++)
        for (int seed = 0; seed < SEEDS; seed++) {
            snprintf(text, sizeof text, "%d", key * SEEDS + seed);
            assert_string_equal(figure(records, (uint64_t)key, seed, "cost"), text);
        }
    assert_null(records_find(records, KEYS, 0));
    assert_null(records_find(records, 0, SEEDS));
    assert_null(records_find(records, 0, -1));
    records_free(records);
}

static void of_a_run_the_first_record_stays(void **state)
{
    (void)state;
    struct records *records = records_new();
    const struct record *first = add(records, 7, 1, "cost\t1\n");
    assert_ptr_equal(add(records, 7, 1, "cost\t2\nkept\ttrue\n"), first);
    assert_string_equal(figure(records, 7, 1, "cost"), "1");
    assert_null(figure(records, 7, 1, "kept"));
    records_free(records);
}

/* What the last run says in the same place is kept once, and only that. */
static void a_beginning_is_another_text(void **state)
{
    (void)state;
    static const char *const texts[] = {"12.5", "12", "12.5", "", "12.5"};
    struct records *records = records_new();
    char figures[32];
    for (size_t i = 0; i < COUNT(texts); i++) {
        snprintf(figures, sizeof figures, "cost\t%s\n", texts[i]);
        add(records, 0, (int64_t)i, figures);
        assert_string_equal(figure(records, 0, (int64_t)i, "cost"), texts[i]);
    }
    records_free(records);
}

/* Wherever a figure stands among the others. */
static void figures_are_found_wherever_they_stand(void **state)
{
    (void)state;
    struct records *records = records_new();
    add(records, 0, 0, "a\t1\nb\t2\nc\t3\nd\t4\n");
    add(records, 0, 1, "d\t4\nc\t3\nb\t2\na\t1\n");
    add(records, 0, 2, "e\t5\nb\t2\n");
    add(records, 0, 3, "");
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    static const char *const texts[4][5] = {
        {"1", "2", "3", "4", NULL}, {"1", "2", "3", "4", NULL}, {NULL, "2", NULL, NULL, "5"}, {0}};
    for (int seed = 0; seed < 4; seed++)
        for (size_t i = 0; i < COUNT(names); i++) {
            const char *text = figure(records, 0, seed, names[i]);
            if (texts[seed][i])
                assert_string_equal(text, texts[seed][i]);
            else
                assert_null(text);
        }
    records_free(records);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct text lines = {0}, again = {0};
    struct read_names read = {0};
    struct told_names told = {0};
    struct records *records = make_records(&lines), *other = records_new();
    figure_name_of(records_names(other), "another", 7); /* so that numbers differ */
    assert_int_equal(records_read(other, &read, lines.bytes, lines.length), COUNT(runs));
    for (size_t i = 0; i < COUNT(runs); i++) {
        assert_same_records(records, records_names(records), other, records_names(other), runs[i].key,
                            runs[i].seed);
        record_write(&again, &told, records_names(other), records_find(other, runs[i].key, runs[i].seed));
    }
    assert_int_equal(records_read(other, &read, lines.bytes, lines.length), 0); /* no news */
    assert_int_equal(records_read(records, &read, again.bytes, again.length), 0);
    read_names_free(&read);
    told_names_free(&told);
    text_free(&lines);
    text_free(&again);
    records_free(records);
    records_free(other);
}

/* Two processes number the same figures in different orders. */
static void texts_have_their_own_numbers(void **state)
{
    (void)state;
    struct records *one = records_new(), *two = records_new(), *both = records_new();
    struct text lines = {0};
    struct told_names told[2] = {0};
    record_write(&lines, &told[0], records_names(one), add(one, 1, 1, "cost\t5\nkept\ttrue\n"));
    size_t length = lines.length;
    record_write(&lines, &told[1], records_names(two), add(two, 1, 2, "kept\tfalse\ncost\t6\n"));
    for (int i = 0; i < 2; i++) {
        struct read_names read = {0};
        size_t from = i * length;
        assert_int_equal(records_read(both, &read, lines.bytes + from, i ? lines.length - from : length), 1);
        read_names_free(&read);
        told_names_free(&told[i]);
    }
    assert_string_equal(figure(both, 1, 1, "cost"), "5");
    assert_string_equal(figure(both, 1, 1, "kept"), "true");
    assert_string_equal(figure(both, 1, 2, "cost"), "6");
    assert_string_equal(figure(both, 1, 2, "kept"), "false");
    text_free(&lines);
    records_free(one);
    records_free(two);
    records_free(both);
}

/* Every run that is read from damaged lines is one that was written, figure by figure. */
static void assert_only_true_runs(const char *bytes, size_t length, const struct records *truth,
                                  const struct figure_names *names)
{
    struct records *records = records_new();
    struct read_names read = {0};
    size_t count = records_read(records, &read, bytes, length), found = 0;
    for (size_t i = 0; i < COUNT(runs); i++)
        if (records_find(records, runs[i].key, runs[i].seed)) {
            assert_same_records(records, records_names(records), truth, names, runs[i].key, runs[i].seed);
            found++;
        }
    assert_int_equal(count, found);
    read_names_free(&read);
    records_free(records);
}

static void torn_lines_are_passed_over(void **state)
{
    (void)state;
    struct text lines = {0};
    struct records *records = make_records(&lines);
    for (size_t from = 0; from < lines.length; from++) {
        assert_only_true_runs(lines.bytes + from, lines.length - from, records, records_names(records));
        assert_only_true_runs(lines.bytes, from, records, records_names(records));
    }
    text_free(&lines);
    records_free(records);
}

static void damaged_lines_are_passed_over(void **state)
{
    (void)state;
    struct text lines = {0};
    struct records *records = make_records(&lines);
    for (size_t i = 0; i < lines.length; i++)
        for (int bit = 0; bit < 8; bit++) {
            char *copy = memory_alloc(lines.length); /* not a byte more */
            memcpy(copy, lines.bytes, lines.length);
            copy[i] = (char)(copy[i] ^ 1 << bit);
            assert_only_true_runs(copy, lines.length, records, records_names(records));
            free(copy);
        }
    text_free(&lines);
    records_free(records);
}

/* In one journal two calls number their names differently. Whichever line is lost, no number is taken for
 * what it means in the other call. */
static void a_lost_name_is_no_other(void **state)
{
    (void)state;
    static const char first[] = "cost\t5\nkept\ttrue\n", second[] = "kept\tfalse\ncost\t6\n";
    struct records *one = records_new(), *two = records_new();
    struct text journal = {0};
    struct told_names told[2] = {0};
    record_write(&journal, &told[0], records_names(one), add(one, 1, 1, first));
    record_write(&journal, &told[1], records_names(two), add(two, 1, 2, second));
    for (const char *line = journal.bytes, *next; *line; line = next) {
        struct records *records = records_new();
        struct read_names read = {0};
        struct text rest = {0};
        next = strchr(line, '\n') + 1;
        text_add_bytes(&rest, journal.bytes, (size_t)(line - journal.bytes));
        text_add(&rest, next);
        assert_int_equal(records_read(records, &read, rest.bytes, rest.length), 1);
        if (records_find(records, 1, 1))
            assert_same_records(one, records_names(one), records, records_names(records), 1, 1);
        else
            assert_same_records(two, records_names(two), records, records_names(records), 1, 2);
        text_free(&rest);
        read_names_free(&read);
        records_free(records);
    }
    text_free(&journal);
    told_names_free(&told[0]);
    told_names_free(&told[1]);
    records_free(one);
    records_free(two);
}

/* The sum of a line, as somebody could make it who wants to do harm. */
static void add_sound_line(struct text *lines, const char *line, size_t length)
{
    uint64_t sum = length;
    for (size_t i = 0; i < length; i++)
        sum = hash_fold(sum, (unsigned char)line[i]);
    text_add_bytes(lines, line, length);
    text_add_format(lines, "\t%016" PRIx64 "\n", hash_mix(sum));
}

static void sound_lines_may_say_anything(void **state)
{
    (void)state;
    static const char *const harmless[] = {
        "",
        "\t",
        "run",
        "run\t",
        "run\t\t",
        "run\t0000000000000001\t",
        "run\t0000000000000001\t1x",
        "run\t000000000000000g\t1",
        "run\t1\t1",
        "run\t0000000000000001\t1\t0000000000000000\t5=5", /* a name that nobody told */
        "run\t0000000000000001\t1\t0000000000000000\t99999999999=5",
        "run\t0000000000000001\t1\t0000000000000000\t-1=5",
        "run\t0000000000000001\t1\t0000000000000000\tx=5",
        "run\t0000000000000001\t1\t0000000000000000\t0",
        "run\t0000000000000001\t1\t0000000000000000\t",
        "run\t0000000000000001\t1\t0\t",
        "run\t0000000000000001\t1\t000000000000000x\t",
        "figure",
        "figure\t0",
        "figure\t99999999999\tcost",
        "figure\t4294967296\tcost",
        "figure\t-1\tcost",
        "figure\tx\tcost",
        "something\t1\telse",
    };
    for (size_t i = 0; i < COUNT(harmless); i++) {
        struct records *records = records_new();
        struct read_names read = {0};
        struct text lines = {0};
        add_sound_line(&lines, harmless[i], strlen(harmless[i]));
        assert_int_equal(records_read(records, &read, lines.bytes, lines.length), 0);
        text_free(&lines);
        read_names_free(&read);
        records_free(records);
    }
}

/* The others show nothing if this is not read. */
static void a_sound_line_is_read(void **state)
{
    (void)state;
    struct records *records = records_new();
    struct read_names read = {0};
    struct text lines = {0}, run = {0};
    add_sound_line(&lines, "figure\t3\tcost", 13);
    uint64_t cost =
        figure_name_hash(records_names(records), figure_name_of(records_names(records), "cost", 4));
    text_add_format(&run, "run\t000000000000000a\t-1\t%016" PRIx64 "\t3=5", hash_fold(0, cost));
    add_sound_line(&lines, run.bytes, run.length);
    assert_int_equal(records_read(records, &read, lines.bytes, lines.length), 1);
    assert_string_equal(figure(records, 10, -1, "cost"), "5");
    text_free(&lines);
    text_free(&run);
    read_names_free(&read);
    records_free(records);
}

static void no_nul_is_in_a_name(void **state)
{
    (void)state;
    struct records *records = records_new();
    struct read_names read = {0};
    struct text lines = {0};
    add_sound_line(&lines, "figure\t0\ta", 10);
    add_sound_line(&lines, "figure\t1\ta\0b", 12);
    add_sound_line(&lines, "run\t0000000000000001\t1\t0=x\0y", 28);
    assert_int_equal(records_read(records, &read, lines.bytes, lines.length), 0);
    assert_int_equal(figure_names_count(records_names(records)), 1);
    text_free(&lines);
    read_names_free(&read);
    records_free(records);
}

/* --- tracks ----------------------------------------------------------------------------------- */

static void assert_track(const char *text, const int64_t *values)
{
    int64_t read[TRACK_INSTANTS];
    assert_true(track_read(text, read));
    assert_memory_equal(read, values, sizeof read);
}

static void a_track_has_a_value_at_each_instant(void **state)
{
    (void)state;
    int64_t values[TRACK_INSTANTS];
    for (size_t i = 0; i < TRACK_INSTANTS; i++)
        values[i] = 4;
    assert_track("4*201", values);
    assert_track("4,4*199,4", values);
    values[0] = ABSENT;
    values[1] = ABSENT;
    values[200] = -999999999999999;
    assert_track("-*2,4*198,-999999999999999", values);
    assert_track("-,-,4*198,-999999999999999", values);
}

static void other_texts_are_no_tracks(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "4",
        "4*200",
        "4*202",
        "4*201,",
        ",4*201",
        "4*200,4,4",
        "4*",
        "*201",
        "4*0",
        "4*-201",
        "4*201x",
        "4**201",
        "4*+201",
        " 4*201",
        "+4*201",
        "--*201",
        "--4*201",
        "4.5*201",
        "x",
        "1e3*201",
        "0x4*201",
        "4*201*1",
        "4 *201",
        "4*9999999999999999999",
        "9223372036854775807*201",
        "-9223372036854775808*201",
        "1000000000000000*201",
    };
    int64_t values[TRACK_INSTANTS];
    for (size_t i = 0; i < COUNT(texts); i++)
        if (track_read(texts[i], values))
            fail_msg("`%s` is taken for a track", texts[i]);
}

static void instants_go_from_begin_to_end(void **state)
{
    (void)state;
    static const simtime durations[] = {0, 1, 199, 200, 201, 1000000, SIMTIME_NEVER - 1};
    for (size_t i = 0; i < COUNT(durations); i++) {
        assert_int_equal(track_instant(durations[i], 0), 0);
        assert_int_equal(track_instant(durations[i], TRACK_INSTANTS - 1), durations[i]);
        for (size_t j = 1; j < TRACK_INSTANTS; j++)
            assert_true(track_instant(durations[i], j) >= track_instant(durations[i], j - 1));
    }
    assert_int_equal(track_instant(200, 77), 77);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_found_by_key_and_seed),
        cmocka_unit_test(of_a_run_the_first_record_stays),
        cmocka_unit_test(a_beginning_is_another_text),
        cmocka_unit_test(figures_are_found_wherever_they_stand),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(texts_have_their_own_numbers),
        cmocka_unit_test(torn_lines_are_passed_over),
        cmocka_unit_test(damaged_lines_are_passed_over),
        cmocka_unit_test(a_lost_name_is_no_other),
        cmocka_unit_test(sound_lines_may_say_anything),
        cmocka_unit_test(a_sound_line_is_read),
        cmocka_unit_test(no_nul_is_in_a_name),
        cmocka_unit_test(a_track_has_a_value_at_each_instant),
        cmocka_unit_test(other_texts_are_no_tracks),
        cmocka_unit_test(instants_go_from_begin_to_end),
    };
    return RUN_TESTS(tests);
}
