/* Trees become settings, by the tables; every mistake is told at its place. */
#include "sim/scenario/reference.h"
#include "tests/unit/reader.h"

#define OFFICE "duration: 1h\n"

static void defaults_are_bound_and_written(void **state)
{
    struct scenario *s = read_text(OFFICE "counters: [{name: a}]\n");
    (void)state;
    const struct post_counter *a = counter_of(s, 0);
    assert_string_equal(a->name, "a");
    assert_int_equal(a->clerks, 1);
    assert_int_equal(a->weight_mib, ABSENT);
    assert_null(a->form);
    assert_true(a->open);
    assert_int_equal(a->limits.most, 200);
    assert_int_equal(dist_draw(&a->service, 1), 30 * SIMTIME_SECOND);
    assert_string_equal(a->order.variant->name, "resting");
    assert_int_equal(a->derived, 200);
    assert_int_equal(settings_of(s)->run.seed, 1);
    assert_string_equal(settings_of(s)->run.name, "office");
    assert_int_equal(settings_of(s)->opens_at, ABSENT);
    assert_non_null(scenario_element(s, "counters", "a"));
    assert_string_equal(node_text(s->tree, "seed"), "1");
    scenario_free(s);
}

static void short_forms_are_what_they_stand_for(void **state)
{
    struct scenario *s =
        read_text(OFFICE "counters:\n  - {name: a, labels: {stack: prod, no: 010}, zones: 'x, y',\n"
                         "     steps: [[10m, 900], {at: 1h, value: 2.5}], stamping: 4, service: 8}\n");
    (void)state;
    const struct post_counter *a = counter_of(s, 0);
    const struct label *labels = a->labels.items;
    const struct rate_step *steps = a->steps.items;
    assert_int_equal(a->labels.count, 2);
    assert_string_equal(labels[1].name, "no");
    assert_string_equal(labels[1].value, "010");
    assert_string_equal(((const char **)a->zones.items)[1], "y");
    assert_int_equal(steps[0].at, 10 * SIMTIME_MINUTE);
    assert_int_equal(steps[1].value, 2500000);
    assert_int_equal(((const struct stamping *)a->order.settings)->machines, 4);
    assert_int_equal(dist_draw(&a->service, 1), 8 * SIMTIME_SECOND);
    scenario_free(s);
}

/* However it is written, the same is the same. */
static void what_is_only_compared_is_held_as_written(void **state)
{
    struct scenario *s = read_text(OFFICE "counters:\n"
                                          "  - {name: a, furniture: {chairs: [{legs: 4}, \"two, b: c\"]}}\n"
                                          "  - name: b\n    furniture:\n      chairs:\n"
                                          "        - legs: '4'\n        - 'two, b: c'\n"
                                          "  - {name: c, furniture: oak}\n"
                                          "  - {name: d, furniture: []}\n"
                                          "  - {name: e}\n");
    (void)state;
    assert_string_equal(counter_of(s, 0)->furniture, "{\"chairs\":[{\"legs\":\"4\"},\"two, b: c\"]}");
    assert_string_equal(counter_of(s, 1)->furniture, counter_of(s, 0)->furniture);
    assert_string_equal(counter_of(s, 2)->furniture, "\"oak\"");
    assert_string_equal(counter_of(s, 3)->furniture, "");
    assert_null(counter_of(s, 4)->furniture);
    scenario_free(s);
}

static void all_mistakes_are_told_in_order(void **state)
{
    struct scenario *s = read_text(
        "counters:\n  - name: a\n    clerks: 99\n    kind: parcel\n  - {name: b, clrks: 2}\nduration: x\n");
    (void)state;
    const char *expected = "office.yaml:3:13: error: `99` is out of range; `clerks` is 1 to 50\n      "
                           "clerks: 99\n              ^\n"
                           "office.yaml:4:11: error: `parcel` is none of LETTERS, PARCELS; did you mean "
                           "`PARCELS`?\n      kind: parcel\n"
                           "            ^\n"
                           "office.yaml:5:15: error: `clrks` is no key of a counter; did you mean "
                           "`clerks`?\n    - {name: b, clrks: 2}\n"
                           "                ^\n"
                           "office.yaml:6:11: error: `x` is not a duration, such as "
                           "90s, 10m, 1h30m, 2d or 250ms\n"
                           "  duration: x\n            ^\n";
    assert_string_equal(told(s), expected);
    assert_int_equal(s->errors, 4);
    scenario_free(s);
}

static void what_is_required_is_missed(void **state)
{
    (void)state;
    assert_wrong("seed: 2\n", "office.yaml:1:1: error: the scenario lacks `duration`");
    assert_wrong(OFFICE "counters: [{clerks: 2}]", "2:12: error: a counter lacks `counterName`");
    assert_wrong(OFFICE "timeline: [{at: 1m}]", "an action lacks its action");
    assert_wrong("", "the scenario is empty");
    assert_wrong("[1]", "a scenario is a mapping");
}

static void kinds_of_values_are_told_apart(void **state)
{
    (void)state;
    assert_wrong(OFFICE "counters: {a: 1}", "`counters` should be a list, not a mapping");
    assert_wrong(OFFICE "counters: [web]",
                 "a counter is a mapping with keys such as `counterName`, not a single value");
    assert_wrong(OFFICE "counters: [{name: [a]}]", "`counterName` should be a name or an ARN, not a list");
    assert_wrong(OFFICE "counters: [{name: a, steps: [[1s, 2, 3]]}]",
                 "a step has 3 values here; it has at most 2");
    assert_wrong(OFFICE "counters: [{name: a, stamping: 1, resting: }]", "only one order can be given");
    assert_wrong(OFFICE "counters: [{name: a, counterName: b}]", "`counterName` and `name` are one");
    assert_wrong("name: a b\n" OFFICE, "1:7: error: `a b` cannot name a results folder");
}

static void references_are_resolved_whatever_the_order(void **state)
{
    struct scenario *s = read_text(
        OFFICE
        "counters: [{name: a, form: 'f:1'}, {name: b, form: f}, {name: c, form: 'arn:aws:x:form/g:7'}]\n"
        "forms: [{family: f, pages: []}, {family: g, pages: [], revision: 7}]\n");
    (void)state;
    assert_string_equal(counter_of(s, 2)->form, "g:7");
    scenario_free(s);
    assert_wrong(OFFICE "counters: [{name: a, form: letter}]\nforms: [{family: letters, pages: []}]",
                 "2:28: error: `letter` is not among the forms; did you mean `letters`?");
    assert_wrong(OFFICE "counters: [{name: a}, {name: a}]",
                 "2:23: error: `counters` has two elements named `a`");
}

static void revisions_count_up(void **state)
{
    struct scenario *s = read_text(OFFICE "forms: [{family: f, pages: []}, {family: f, pages: [], formArn: "
                                          "'arn:aws:x:form/f:5'}, {family: f, pages: []}]\n"
                                          "timeline: [{at: 1m, registerForm: {family: f, pages: []}}]\n");
    (void)state;
    const struct post_form *forms = settings_of(s)->forms.items;
    const struct post_action *action = settings_of(s)->timeline.items;
    assert_int_equal(forms[0].revision, 1);
    assert_int_equal(forms[1].revision, 5);
    assert_int_equal(forms[2].revision, 6);
    assert_int_equal(((const struct post_form *)action->what.settings)->revision, 7);
    scenario_free(s);
    assert_wrong(OFFICE "forms: [{family: f, pages: [], revision: 1}, {family: f, pages: [], revision: 1}]",
                 "`forms` has two elements named `f:1`");
}

static void fields_that_are_only_known_are_remembered(void **state)
{
    struct scenario *s = read_text(OFFICE "counters:\n  - {name: a, Insurance: {company: x, Years: 3}, "
                                          "rules: [{text: x}], tags: {Any: thing}}\n"
                                          "  - {name: b, insurance: {}, limits: {strict: true}}\n");
    (void)state;
    settings_of(s);
    assert_int_equal(s->binder.unused_count, 5);
    assert_string_equal(s->binder.unused[0].path, "counters[].Insurance");
    assert_string_equal(s->binder.unused[4].path, "counters[].limits.strict");
    scenario_free(s);
    assert_wrong(OFFICE "counters: [{name: a, insurance: {compny: x}}]", "`compny` is no key of counters[]");
    assert_wrong(OFFICE "counters: [{name: a, rules: [{txt: x}]}]", "`txt` is no key of");
    assert_wrong(OFFICE "counters: [{name: a, simulation: 1}]", "`simulation` is no key of a counter");
}

static void what_aws_printed_may_hold_news(void **state)
{
    struct scenario *s = read_text(OFFICE "counters: [{name: a, counterArn: 'arn:aws:x', novelty: 1}]\n");
    (void)state;
    settings_of(s);
    assert_int_equal(s->warnings, 1);
    assert_told(s, "2:47: warning: `novelty` is no key of a counter");
    scenario_free(s);
}

static void checks_name_objects_and_keys(void **state)
{
    struct scenario *s = read_text(OFFICE "counters:\n  - name: a\n    limits:\n      most: 100\n  - name: "
                                          "b\n    limits: {most: 150}\n    clerks: 1\n");
    const char *file;
    size_t line;
    (void)state;
    assert_told(s, "office.yaml:5:7: error: nothing could ever change at 100/100\n");
    assert_told(s, "office.yaml:8:5: warning: one clerk at 150 percent");
    const struct post_office *office = s->binder.root;
    assert_true(scenario_position(s, (const struct post_counter *)office->counters.items + 1, &file, &line));
    assert_int_equal(line, 6);
    assert_false(scenario_position(s, &line, &file, &line));
    scenario_free(s);
}

static void parsed_texts_point_into_themselves(void **state)
{
    (void)state;
    assert_wrong(OFFICE "forms: [{family: f, pages: [oh no!, b]}]",
                 "2:34: error: a title has no exclamation mark");
    assert_wrong(OFFICE "forms: [{family: f, pages: ['oh!']}]", "2:32: error: a title");
    assert_wrong(OFFICE "forms: [{family: f, pages: [\"\\x6fh!\"]}]", "2:29: error: a title");
}

static void what_is_wrong_once_is_told_once(void **state)
{
    struct scenario *s =
        read_text(OFFICE "counters: [{name: a, limits: &l {most: many}}, {name: b, limits: *l}]\n");
    (void)state;
    assert_int_equal(s->errors, 1);
    scenario_free(s);
}

static void files_are_read_and_held_to_their_hash(void **state)
{
    struct folder folder;
    static const char *const names[] = {"data.csv", "a.yaml", "b.yaml", NULL};
    (void)state;
    folder_make(&folder);
    folder_write(&folder, "data.csv", "abc");
    folder_write(&folder, "a.yaml", OFFICE "counters: [{name: a, data: data.csv}]\n");
    struct scenario *s = folder_read(&folder, "a.yaml");
    assert_int_equal(counter_of(s, 0)->data->size, 3);
    assert_string_equal(counter_of(s, 0)->data->sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    scenario_free(s);
    folder_write(&folder, "b.yaml",
                 OFFICE "counters: [{name: a, data: {file: data.csv, sha256: ba78}}, {name: b, data: none}, "
                        "{name: c, data: .}]\n");
    s = folder_read(&folder, "b.yaml");
    assert_told(s, "`data.csv` is not the file that was meant: its SHA-256 is ba7816bf");
    assert_told(s, "cannot read `none`: No such file or directory");
    assert_told(s, "cannot read `.`: it is not a regular file");
    scenario_free(s);
    folder_remove(&folder, names);
}

static void a_byte_order_mark_is_not_data(void **state)
{
    struct folder folder;
    static const char *const names[] = {"data.csv", "a.yaml", NULL};
    (void)state;
    folder_make(&folder);
    folder_write(&folder, "data.csv", "\xEF\xBB\xBFx");
    folder_write(&folder, "a.yaml", OFFICE "counters: [{name: a, data: data.csv}]\n");
    struct scenario *s = folder_read(&folder, "a.yaml");
    assert_int_equal(counter_of(s, 0)->data->size, 1);
    assert_int_equal(*counter_of(s, 0)->data->bytes, 'x');
    scenario_free(s);
    folder_remove(&folder, names);
}

static void a_long_value_is_cut_short_in_its_message(void **state)
{
    char text[5000];
    (void)state;
    snprintf(text, sizeof text, "seed: %0*d\nduration: %0*dé hours\n", 2000, 1, 2000, 1);
    struct scenario *s = read_sets(text, NULL, 0);
    assert_told(s, "000...000");
    assert_told(s, "a duration, such as");
    assert_true(strlen(told(s)) < 1500);
    scenario_free(s);
}

/* Three bytes make an element of hundreds. */
static void elements_without_end_are_refused_before_they_are_bound(void **state)
{
    struct text text = {0};
    (void)state;
    text_add(&text, OFFICE "forms: [");
    for (size_t i = 0; i <= BIND_ELEMENTS_MAX; i++)
        text_add(&text, "{},");
    text_add(&text, "]\n");
    struct scenario *s = read_text(text.bytes);
    assert_int_equal(s->errors, 1);
    assert_told(s,
                "office.yaml:2:8: error: this is too much: lists have more than 1000000 elements together");
    scenario_free(s);
    text_free(&text);
}

static void a_file_that_is_not_there_is_a_mistake(void **state)
{
    struct scenario *s = scenario_read(&post_office, "/nowhere/x.yaml", NULL, 0);
    (void)state;
    assert_string_equal(told(s),
                        "/nowhere/x.yaml:1:1: error: cannot read the scenario: No such file or directory\n");
    scenario_free(s);
}

static void the_reference_names_every_key(void **state)
{
    struct text out = {0};
    (void)state;
    reference_write(post_office.settings, &out);
    assert_non_null(strstr(out.bytes, "duration"));
    assert_non_null(strstr(out.bytes, "  counterName (or name)"));
    assert_non_null(strstr(out.bytes, "integer, 1 to 50, default 1"));
    assert_non_null(strstr(out.bytes, "one distribution:"));
    assert_non_null(strstr(out.bytes, "lognormal"));
    text_free(&out);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_bound_and_written),
        cmocka_unit_test(short_forms_are_what_they_stand_for),
        cmocka_unit_test(what_is_only_compared_is_held_as_written),
        cmocka_unit_test(all_mistakes_are_told_in_order),
        cmocka_unit_test(what_is_required_is_missed),
        cmocka_unit_test(kinds_of_values_are_told_apart),
        cmocka_unit_test(references_are_resolved_whatever_the_order),
        cmocka_unit_test(revisions_count_up),
        cmocka_unit_test(fields_that_are_only_known_are_remembered),
        cmocka_unit_test(what_aws_printed_may_hold_news),
        cmocka_unit_test(checks_name_objects_and_keys),
        cmocka_unit_test(parsed_texts_point_into_themselves),
        cmocka_unit_test(what_is_wrong_once_is_told_once),
        cmocka_unit_test(files_are_read_and_held_to_their_hash),
        cmocka_unit_test(a_byte_order_mark_is_not_data),
        cmocka_unit_test(a_long_value_is_cut_short_in_its_message),
        cmocka_unit_test(elements_without_end_are_refused_before_they_are_bound),
        cmocka_unit_test(a_file_that_is_not_there_is_a_mistake),
        cmocka_unit_test(the_reference_names_every_key),
    };
    return RUN_TESTS(tests);
}
