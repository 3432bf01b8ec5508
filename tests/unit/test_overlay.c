/* `from:` lays scenarios over each other; `--set` changes one value. */
#include "tests/unit/reader.h"

static const char base[] = "duration: 1h\n"
                           "counters: [{name: web, clerks: 2}, {name: web.v2}]\n"
                           "forms: [{family: f, pages: [a]}, {family: f, pages: [b]}]\n";

static struct scenario *set(const char *text)
{
    return read_sets(base, &text, 1);
}

static void assert_set_wrong(const char *text, const char *part)
{
    struct scenario *s = set(text);
    assert_true(s->errors > 0);
    assert_told(s, part);
    scenario_free(s);
}

static void set_follows_a_path(void **state)
{
    static const char *const sets[] = {"counters.web.clerks=3",
                                       "counters[\"web.v2\"].clerks=4",
                                       "seed=7",
                                       "counters[0].limits.most=120",
                                       "counters.web.service.lognormal={median: 8s, p95: 20s}",
                                       "forms[\"f:2\"].pages=[c, d]",
                                       "Counters.web.counterName=desk"};
    struct scenario *s = read_sets(base, sets, sizeof sets / sizeof *sets);
    (void)state;
    assert_int_equal(counter_of(s, 0)->clerks, 3);
    assert_int_equal(counter_of(s, 1)->clerks, 4);
    assert_int_equal(counter_of(s, 0)->limits.most, 120);
    assert_int_equal(settings_of(s)->run.seed, 7);
    assert_string_equal(counter_of(s, 0)->service.chosen.variant->name, "lognormal");
    assert_string_equal(counter_of(s, 0)->name, "desk");
    assert_int_equal(((const struct post_form *)settings_of(s)->forms.items)[1].pages.count, 2);
    scenario_free(s);
}

static void set_adds_to_a_list(void **state)
{
    static const char *const sets[] = {"counters[+]={name: new, clerks: 5}", "counters.new.clerks=6",
                                       "counters[+].name=newer",
                                       "timeline[+]={at: 1m, registerForm: {family: g, pages: [a]}}",
                                       "counters[1].labels[+]={name: a, value: b}"};
    struct scenario *s = read_sets(base, sets, sizeof sets / sizeof *sets);
    (void)state;
    assert_int_equal(settings_of(s)->counters.count, 4);
    assert_string_equal(counter_of(s, 2)->name, "new");
    assert_int_equal(counter_of(s, 2)->clerks, 6);
    assert_string_equal(counter_of(s, 3)->name, "newer");
    assert_int_equal(settings_of(s)->timeline.count, 1);
    assert_int_equal(counter_of(s, 1)->labels.count, 1);
    scenario_free(s);
}

static void set_to_nothing_is_absent(void **state)
{
    struct scenario *s = set("counters.web.clerks=");
    (void)state;
    assert_int_equal(counter_of(s, 0)->clerks, 1);
    scenario_free(s);
}

static void mistakes_in_a_path_have_carets(void **state)
{
    (void)state;
    assert_set_wrong("counters.wbe.clerks=3", "--set:1:10: error: `counters` has no element `wbe`; did you "
                                              "mean `web`?\n  counters.wbe.clerks=3\n           ^\n");
    assert_set_wrong("counters.web.clrks=3",
                     "--set:1:14: error: `clrks` is no key of a counter; did you mean `clerks`?");
    assert_set_wrong("counters.web.clerks=99", "--set:1:21: error: `99` is out of range");
    assert_set_wrong("counters[7].clerks=1", "--set:1:10: error: `counters` has no element `7`");
    assert_set_wrong("counters.web.clerks.x=1", "--set:1:21: error: `clerks` is a single value here");
    assert_set_wrong("counters.web.clerks", "`=` and a value are missing here");
    assert_set_wrong("counters..clerks=1", "--set:1:10: error: a key is missing here");
    assert_set_wrong("counters[\"web=1", "this bracket is not closed");
    assert_set_wrong("seed=[1", "--set:1:8: error: did not find expected");
    assert_set_wrong("seed[+]=3",
                     "--set:1:1: error: `seed` should be a whole number, such as 512, not a list");
    assert_set_wrong("counters.web[+]=3", "--set:1:14: error: `web` is no list here; `[+]` adds an element");
    assert_set_wrong("counters[+]={name: x, clrks: 3}",
                     "--set:1:23: error: `clrks` is no key of a counter; did you mean `clerks`?");
    assert_set_wrong("counters[\"+\"].clerks=3", "--set:1:11: error: `counters` has no element `+`");
    assert_set_wrong("counters[+", "this bracket is not closed");
    assert_set_wrong("[+]=3", "--set:1:1: error: a key is missing here");
    assert_set_wrong("", "a key is missing here");
}

static const char *const files[] = {"a.yaml", "b.yaml", "c.json", NULL};

static void another_scenario_is_laid_under(void **state)
{
    struct folder folder;
    (void)state;
    folder_make(&folder);
    folder_write(&folder, "b.yaml",
                 "duration: 2h\nseed: 5\ncounters: [{name: web, clerks: 2, service: {uniform: {low: 1s, "
                 "high: 2s}}}, {name: x}]\n"
                 "forms: [{family: f, pages: [a]}]\n");
    folder_write(
        &folder, "a.yaml",
        "from: b.yaml\nduration: 1h\n"
        "counters: [{counterName: web, service: 8s}, {name: y}]\nforms: [{family: f, pages: [b]}]\n");
    struct scenario *s = folder_read(&folder, "a.yaml");
    assert_int_equal(settings_of(s)->counters.count, 3);
    assert_int_equal(settings_of(s)->run.duration, SIMTIME_HOUR);
    assert_int_equal(settings_of(s)->run.seed, 5);
    assert_int_equal(counter_of(s, 0)->clerks, 2);
    assert_int_equal(dist_draw(&counter_of(s, 0)->service, 1), 8 * SIMTIME_SECOND);
    assert_int_equal(settings_of(s)->forms.count, 2);
    assert_string_equal(settings_of(s)->run.name, "a");
    scenario_free(s);
    folder_write(&folder, "a.yaml", "from: [b.yaml]\nforms: [{family: f, status: x}]\n");
    s = folder_read(&folder, "a.yaml");
    assert_int_equal(settings_of(s)->forms.count, 1);
    scenario_free(s);
    folder_remove(&folder, files);
}

static void what_aws_prints_is_unwrapped(void **state)
{
    struct folder folder;
    (void)state;
    folder_make(&folder);
    folder_write(&folder, "c.json",
                 "{\"Counters\": [{\"CounterName\": \"web\", \"clerks\": 3, \"novelty\": 1}], \"failures\": "
                 "[{\"arn\": \"x\"}], \"nextToken\": null}");
    folder_write(
        &folder, "b.yaml",
        "{\"form\": {\"family\": \"f\", \"pages\": [], \"formArn\": \"arn:aws:x:form/f:3\"}, \"tags\": []}");
    folder_write(&folder, "a.yaml",
                 "duration: 1h\nfrom: [c.json, b.yaml]\ncounters: [{name: web, form: 'f:3'}]\n");
    struct scenario *s = folder_read(&folder, "a.yaml");
    assert_int_equal(counter_of(s, 0)->clerks, 3);
    assert_int_equal(s->warnings, 1);
    assert_told(s, "c.json:1:51: warning: `novelty` is no key of a counter");
    scenario_free(s);
    folder_write(&folder, "c.json", "{\"formList\": [{\"family\": \"g\", \"pages\": []}]}");
    folder_write(&folder, "b.yaml", "{\"counterName\": \"bare\", \"clerks\": 4, \"colour\": \"red\"}");
    folder_write(&folder, "a.yaml", "duration: 1h\nfrom: [c.json, b.yaml]\n");
    s = folder_read(&folder, "a.yaml");
    assert_string_equal(counter_of(s, 0)->name, "bare");
    assert_int_equal(settings_of(s)->forms.count, 1);
    scenario_free(s);
    folder_remove(&folder, files);
}

static void circles_and_strangers_are_refused(void **state)
{
    struct folder folder;
    (void)state;
    folder_make(&folder);
    folder_write(&folder, "a.yaml", "from: [b.yaml, none.yaml, c.json, .]\nduration: 1h\n");
    folder_write(&folder, "b.yaml", "from: ./a.yaml\nduration: 1h\n");
    folder_write(&folder, "c.json", "{\"what\": 1}");
    struct scenario *s = folder_read(&folder, "a.yaml");
    assert_told(s, "b.yaml:1:7: error: `./a.yaml` is read from itself, in a circle");
    assert_told(s, "a.yaml:1:16: error: cannot read `none.yaml`: No such file or directory");
    assert_told(s, "c.json:1:1: error: this is neither a scenario nor any of what `ecsim help aws` lists");
    assert_told(s, "cannot read `.`: it is not a regular file");
    scenario_free(s);
    folder_remove(&folder, files);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_follows_a_path),
        cmocka_unit_test(set_adds_to_a_list),
        cmocka_unit_test(set_to_nothing_is_absent),
        cmocka_unit_test(mistakes_in_a_path_have_carets),
        cmocka_unit_test(another_scenario_is_laid_under),
        cmocka_unit_test(what_aws_prints_is_unwrapped),
        cmocka_unit_test(circles_and_strangers_are_refused),
    };
    return RUN_TESTS(tests);
}
