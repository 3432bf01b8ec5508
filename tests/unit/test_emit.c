/* The scenario as run is YAML that reads back as the same. */
#include "tests/unit/reader.h"

static struct text emitted(const struct scenario *s, const char *folder)
{
    struct text out = {0};
    settings_of(s);
    scenario_emit(s, folder, &out);
    return out;
}

static struct text written(const struct scenario *s)
{
    struct text out = {0};
    settings_of(s);
    scenario_emit_written(s, "results/x", &out);
    return out;
}

static void assert_written_reads_the_same(const struct scenario *first, const char *once)
{
    struct text short_text = written(first);
    struct scenario *second = read_text(short_text.bytes);
    struct text twice = emitted(second, "results/x");
    assert_string_equal(once, twice.bytes);
    text_free(&short_text);
    text_free(&twice);
    scenario_free(second);
}

static void assert_stable(const char *text)
{
    struct scenario *first = read_text(text);
    struct text once = emitted(first, "results/x");
    assert_written_reads_the_same(first, once.bytes);
    struct scenario *second = read_text(once.bytes);
    struct text twice = emitted(second, "results/x");
    assert_string_equal(once.bytes, twice.bytes);
    text_free(&once);
    text_free(&twice);
    scenario_free(first);
    scenario_free(second);
}

static void defaults_are_written_out(void **state)
{
    struct scenario *s = read_text("duration: 1h\nopensAt: \"20:00\"\ncounters: [{name: a, service: 8s}]\n");
    struct text out = emitted(s, "results/office");
    (void)state;
    assert_string_equal(out.bytes, "duration: 1h\n"
                                   "opensAt: 20:00\n"
                                   "counters:\n"
                                   "  - name: a\n"
                                   "    service:\n"
                                   "      constant: {value: 8s}\n"
                                   "    clerks: 1\n"
                                   "    open: true\n"
                                   "    limits: {leastPercent: 100, most: 200}\n"
                                   "    resting: {}\n"
                                   "name: office\n"
                                   "seed: 1\n"
                                   "startTime: 2026-01-01T00:00:00Z\n"
                                   "limits: {events: 1000000000, tasks: 20000000, bytes: 20000000000}\n");
    text_free(&out);
    scenario_free(s);
}

/* Defaults that somebody has written are kept, and so is what holds nothing else. */
static void as_a_person_writes_it(void **state)
{
    struct scenario *s = read_text("duration: 1h\nname: office\nseed: 1\ncounters: [{name: a, service: 8s}, "
                                   "{name: b, clerks: 1, limits: {}, service: {constant: 9s}}]\n");
    struct text out = written(s);
    (void)state;
    assert_string_equal(out.bytes, "duration: 1h\n"
                                   "name: office\n"
                                   "seed: 1\n"
                                   "counters:\n"
                                   "  - {name: a, service: 8s}\n"
                                   "  - name: b\n"
                                   "    clerks: 1\n"
                                   "    limits: {}\n"
                                   "    service: {constant: 9s}\n");
    text_free(&out);
    scenario_free(s);
}

static void what_is_written_reads_the_same(void **state)
{
    (void)state;
    assert_stable("duration: 1h\n");
    assert_stable(
        "duration: 1h\ncounters: [{name: a, stamping: 3, steps: [[1s, 2], [2s, 3.5]], zones: a, labels: {x: "
        "y}},\n"
        "  {name: b, service: {lognormal: {median: 1s, p95: 3s}}, insurance: {company: [[a, [b]], []]}}]\n");
    assert_stable("duration: 1h\nforms: [{family: f, pages: [a]}, {family: f, pages: []}]\ncounters: []\n"
                  "timeline: [{at: 5m, registerForm: {family: f, pages: [x, y]}}]\n");
    assert_stable("duration: 1h\ndescription: >\n  folded\n  text\n\n  \"and\" more\\\n");
}

static void texts_are_quoted_where_they_must_be(void **state)
{
    static const char *const values[] = {
        "\"null\"",
        "\"\"",
        "'~'",
        "\" a\"",
        "\"a: b\"",
        "\"a #b\"",
        "\"- a\"",
        "\"[a\"",
        "\"a\\nb\\tc\\u0001\"",
        "\"\\u2028\\x85\\ufeff\\xa0é\\U0001F600\"",
        "'a\\\"b'",
        "\"a,b\"",
        "\"<<\"",
        "'a: '",
        "\"-5\"",
        "a:b",
        "\"a \"",
        "'...'",
        "\"---\"",
        "\"\\x80\\uffff\"",
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[200];
        snprintf(text, sizeof text, "duration: 1h\ncounters: [{name: a, labels: {%s: %s}}]\n",
                 i == 19 ? "k" : values[i], values[i]);
        struct scenario *first = read_text(text);
        struct text out = emitted(first, ".");
        struct scenario *second = read_text(out.bytes);
        const struct label *before = counter_of(first, 0)->labels.items,
                           *after = counter_of(second, 0)->labels.items;
        assert_string_equal(before->name, after->name);
        assert_string_equal(before->value, after->value);
        text_free(&out);
        scenario_free(first);
        scenario_free(second);
    }
}

static void data_files_are_named_from_the_results(void **state)
{
    struct folder folder;
    char path[128];
    static const char *const names[] = {"data.csv", "a.yaml", NULL};
    (void)state;
    folder_make(&folder);
    folder_write(&folder, "data.csv", "abc");
    folder_write(&folder, "a.yaml", "duration: 1h\ncounters: [{name: a, data: data.csv}]\n");
    struct scenario *s = folder_read(&folder, "a.yaml");
    folder_file(&folder, "results/a", path);
    struct text out = emitted(s, path);
    assert_non_null(strstr(out.bytes, "    data:\n      file: \"../../data.csv\"\n      sha256: ba7816bf"));
    scenario_free(s);
    text_free(&out);
    folder_remove(&folder, names);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_written_out),
        cmocka_unit_test(as_a_person_writes_it),
        cmocka_unit_test(what_is_written_reads_the_same),
        cmocka_unit_test(texts_are_quoted_where_they_must_be),
        cmocka_unit_test(data_files_are_named_from_the_results),
    };
    return RUN_TESTS(tests);
}
