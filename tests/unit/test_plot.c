/* What a picture shows is what the files say, and no name becomes code. */
#include "sim/report/gnuplot.h"
#include "sim/report/marks.h"
#include "sim/report/output.h"
#include "sim/report/panels.h"
#include "sim/report/plot.h"
#include "tests/group.h"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const columns[] = {"desired", "running", "healthy", "pending", NULL};
static const struct picture_part tasks = {.kind = "tasks",
                                          .series_file = "timeseries.csv",
                                          .key_column = "service",
                                          .columns = columns,
                                          .marked = true};
static const struct picture picture = {.name = "timeseries",
                                       .template_name = "panels",
                                       .parts = &tasks,
                                       .part_count = 1,
                                       .marks_file = "marks.csv"};

static const char *const file_names[] = {"summary.json", "timeseries.csv", "marks.csv", "requests.csv"};

static void put(const char *folder, const char *name, const char *bytes)
{
    struct text text = {0};
    text_add(&text, bytes);
    unlink(name);
    output_write(folder, name, &text);
    text_free(&text);
}

static int enter_folder(void **state)
{
    char *folder = strdup("/tmp/ecsim-plot-test-XXXXXX");
    *state = folder;
    return !mkdtemp(folder) || chdir(folder);
}

static int leave_folder(void **state)
{
    for (size_t i = 0; i < sizeof file_names / sizeof *file_names; i++)
        unlink(file_names[i]);
    int failed = chdir("/") || rmdir(*state);
    free(*state);
    return failed;
}

static void seconds_are_read_exactly(void **state)
{
    (void)state;
    simtime at;
    assert_true(seconds_parse("12.25", &at));
    assert_int_equal(at, 12250000);
    assert_true(seconds_parse("0.000001", &at));
    assert_int_equal(at, 1);
    assert_false(seconds_parse("", &at));
    assert_false(seconds_parse("time_s", &at));
    assert_false(seconds_parse("1.0000001", &at));
}

static void panels_come_in_the_order_of_their_keys(void **state)
{
    struct panels panels;
    struct text mistake = {0};
    put(*state, "timeseries.csv",
        "time_s,service,desired,pending,running\n0,web,2,0,2\n0,api,1,0,1\n5.5,web,,1,3\n");
    static const char *const drawn[] = {"desired", "running", "pending", NULL};
    struct picture_part three = tasks;
    three.columns = drawn;
    assert_true(panels_read(&panels, &three, *state, &mistake));
    assert_int_equal(panels.count, 2);
    assert_string_equal(panels.panels[0].key, "web");
    assert_int_equal(panels.panels[0].count, 2);
    assert_int_equal(panels.panels[0].samples[1].values[0], ABSENT);
    assert_int_equal(panels.panels[0].samples[1].values[1], 3);
    assert_int_equal(panels.panels[0].samples[1].values[2], 1);
    assert_int_equal(panels.panels[0].greatest, 3);
    assert_int_equal(panels.end, 5500000);
    assert_false(panels.more);
    panels_free(&panels);
}

static void a_missing_column_is_named(void **state)
{
    struct panels panels;
    struct text mistake = {0};
    put(*state, "timeseries.csv", "time_s,service,desired,running,healthy\n0,web,2,0,2\n");
    assert_false(panels_read(&panels, &tasks, *state, &mistake));
    assert_non_null(strstr(mistake.bytes, "no column pending"));
    panels_free(&panels);
    text_free(&mistake);
}

static void what_is_optional_may_be_missing(void **state)
{
    struct panels panels;
    struct text mistake = {0};
    struct picture_part part = tasks;
    part.optional = true;
    assert_true(panels_read(&panels, &part, *state, &mistake));
    assert_int_equal(panels.count, 0);
    part.optional = false;
    assert_false(panels_read(&panels, &part, *state, &mistake));
    text_free(&mistake);
}

/* 90 and 30 in the first minute, 10 and 10 in the half one after it. */
static void periods_hold_from_their_beginning_per_second(void **state)
{
    static const char *const drawn[] = {"requests", "served", NULL};
    const struct picture_part part = {.kind = "requests",
                                      .series_file = "requests.csv",
                                      .key_column = "service",
                                      .columns = drawn,
                                      .period_column = "period_s"};
    struct panels panels;
    struct text mistake = {0};
    put(*state, "requests.csv",
        "time_s,service,period_s,requests,served\n60,web,60,90,30\n90,web,30,10,10\n");
    assert_true(panels_read(&panels, &part, *state, &mistake));
    const struct panel *panel = &panels.panels[0];
    assert_int_equal(panel->count, 3);
    assert_int_equal(panel->samples[0].at, 0);
    assert_int_equal(panel->samples[0].values[0], 1500);
    assert_int_equal(panel->samples[0].values[1], 500);
    assert_int_equal(panel->samples[1].at, 60 * SIMTIME_SECOND);
    assert_int_equal(panel->samples[1].values[0], 333);
    assert_int_equal(panel->samples[2].at, 90 * SIMTIME_SECOND);
    assert_int_equal(panels.unit, 1000);
    panels_free(&panels);
}

/* The zones of a group, of which one changes. */
static void sums_are_over_the_latest_of_each_subject(void **state)
{
    static const char *const drawn[] = {"reserved", "registered", NULL};
    static const char *const subjects[] = {"group", "zone", NULL};
    const struct picture_part part = {.kind = "reserved",
                                      .series_file = "timeseries.csv",
                                      .subject_columns = subjects,
                                      .columns = drawn,
                                      .ratios = true};
    struct panels panels;
    struct text mistake = {0};
    put(*state, "timeseries.csv",
        "time_s,group,zone,reserved,registered\n0,g,a,10,100\n0,g,b,30,100\n5,g,b,130,300\n6,g,a,0,0\n");
    assert_true(panels_read(&panels, &part, *state, &mistake));
    const struct panel *panel = &panels.panels[0];
    assert_int_equal(panels.count, 1);
    assert_int_equal(panel->count, 3);
    assert_int_equal(panel->samples[0].values[0], 20 * 1000);
    assert_int_equal(panel->samples[1].values[0], 35 * 1000);
    assert_int_equal(panel->samples[2].values[0], 130 * 100 * 1000 / 300);
    assert_int_equal(panel->samples[2].values[1], ABSENT);
    panels_free(&panels);
}

static void words_are_numbered(void **state)
{
    static const char *const drawn[] = {"state", NULL}, *const words[] = {"OK", "ALARM", NULL};
    const struct picture_part part = {.kind = "alarms",
                                      .series_file = "requests.csv",
                                      .key_column = "alarm",
                                      .columns = drawn,
                                      .words = words};
    struct panels panels;
    struct text mistake = {0};
    put(*state, "requests.csv", "time_s,alarm,state\n1,high,ALARM\n2,high,OK\n3,high,else\n");
    assert_true(panels_read(&panels, &part, *state, &mistake));
    assert_int_equal(panels.panels[0].samples[0].values[0], 1);
    assert_int_equal(panels.panels[0].samples[1].values[0], 0);
    assert_int_equal(panels.panels[0].samples[2].values[0], ABSENT);
    panels_free(&panels);
}

static void marks_of_other_kinds_are_not_drawn(void **state)
{
    struct marks marks;
    put(*state, "marks.csv", "time_s,key,kind,label\n1,,alarm,high\n2,,event,completed\n");
    marks_read(&marks, *state, "marks.csv");
    assert_int_equal(marks.count, 1);
    assert_int_equal(marks.items[0].kind, MARK_EVENT);
    marks_free(&marks);
}

static void a_picture_is_drawn_where_what_it_needs_is(void **state)
{
    static const char *const needs[] = {"requests.csv", NULL};
    struct picture choosy = picture;
    assert_true(plot_has(&choosy, *state));
    choosy.needs = needs;
    assert_false(plot_has(&choosy, *state));
    put(*state, "requests.csv", "time_s,service\n");
    assert_false(plot_has(&choosy, *state));
    put(*state, "requests.csv", "time_s,service\n60,web\n");
    assert_true(plot_has(&choosy, *state));
}

/* A dip of one microsecond among a hundred thousand rows must still be seen. */
static void reducing_keeps_every_extreme(void **state)
{
    (void)state;
    enum { ROWS = 100000, DIP = 54321 };
    struct panel panel = {0};
    for (int i = 0; i < ROWS; i++)
        panel_add(&panel, &(struct sample){i, {10, i == DIP ? 0 : 10, i == DIP + 1 ? 99 : 10, ABSENT}});
    panel_reduce(&panel, ROWS - 1);
    assert_in_range(panel.count, 2, PANEL_INSTANTS);
    int64_t least = 10, greatest = 10;
    for (size_t i = 0; i < panel.count; i++) {
        assert_true(i == 0 || panel.samples[i].at >= panel.samples[i - 1].at);
        if (panel.samples[i].values[1] < least)
            least = panel.samples[i].values[1];
        if (panel.samples[i].values[2] > greatest)
            greatest = panel.samples[i].values[2];
    }
    assert_int_equal(least, 0);
    assert_int_equal(greatest, 99);
    assert_int_equal(panel.samples[panel.count - 1].at, ROWS - 1);
    free(panel.samples);
}

static void few_rows_are_not_reduced(void **state)
{
    (void)state;
    struct panel panel = {0};
    for (int i = 0; i < PANEL_INSTANTS; i++)
        panel_add(&panel, &(struct sample){i, {i, 0, 0, 0}});
    panel_reduce(&panel, PANEL_INSTANTS);
    assert_int_equal(panel.count, PANEL_INSTANTS);
    assert_int_equal(panel.samples[777].values[0], 777);
    free(panel.samples);
}

static void labels_of_one_instant_stand_below_each_other(void **state)
{
    (void)state;
    char label[] = "one label";
    struct mark mark = {.at = 10, .label = label};
    const struct mark *const marks[] = {&mark, &mark};
    struct mark_place places[2];
    assert_int_equal(marks_place(marks, 2, 100, 900, places), 2);
    assert_int_equal(places[0].row, 1);
    assert_int_equal(places[1].row, 0);
}

static void labels_far_apart_share_a_row(void **state)
{
    (void)state;
    char label[] = "one label";
    struct mark early = {.at = 10, .label = label}, late = {.at = 99, .label = label};
    const struct mark *const marks[] = {&early, &late};
    struct mark_place places[2];
    assert_int_equal(marks_place(marks, 2, 100, 900, places), 1);
    assert_false(places[0].left);
    assert_true(places[1].left);
}

static void labels_without_room_become_bare_lines(void **state)
{
    (void)state;
    enum { MANY = 40 };
    char label[] = "one label";
    struct mark mark = {.at = 10, .label = label};
    const struct mark *marks[MANY];
    struct mark_place places[MANY];
    for (int i = 0; i < MANY; i++)
        marks[i] = &mark;
    assert_int_equal(marks_place(marks, MANY, 100, 900, places), MARK_ROWS);
    assert_int_equal(places[MARK_ROWS - 1].row, 0);
    assert_int_equal(places[MARK_ROWS].row, -1);
    assert_int_equal(places[MANY - 1].row, -1);
}

static void long_labels_are_cut_between_letters(void **state)
{
    struct marks marks;
    put(*state, "marks.csv",
        "time_s,key,kind,label\n1,,failure,ääääääääääääääääääääääääääääääääääääääääääääääääää\n"
        "2,,failure,ああああああああああああああああああああ\n");
    marks_read(&marks, *state, "marks.csv");
    assert_int_equal(marks.count, 2);
    assert_int_equal(marks.items[0].kind, MARK_FAILURE);
    assert_int_equal(strlen(marks.items[0].label), 2 * (MARK_LABEL_LETTERS - 1) + 3);
    /* Wide ones count twice. */
    assert_int_equal(strlen(marks.items[1].label), 3 * ((MARK_LABEL_LETTERS - 1) / 2) + 3);
    assert_true(mark_is_in(&marks.items[0], "any"));
    marks_free(&marks);
}

static void literals_are_quoted_whole(void **state)
{
    (void)state;
    struct text out = {0};
    gnuplot_add_literal(&out, "it's `x` \"y\" \\ \n$(z)");
    assert_string_equal(out.bytes, "'it''s `x` \"y\" \\  $(z)'");
    text_clear(&out);
    gnuplot_add_literal(&out, "'; z");
    assert_string_equal(out.bytes, "' ''; z'");
    text_free(&out);
}

/* Every place in which a name can stand tries to make a file. */
static void no_name_becomes_code(void **state)
{
    struct text drawing = {0}, mistake = {0};
    static const char evil[] =
        "`touch ../pwned`'; system('touch ../pwned'); '\"\"; system(\"\"touch ../pwned\"\") "
        "$(touch ../pwned)\n!touch ../pwned\n";
    struct text rows = {0}, marks = {0};
    text_add_format(&rows,
                    "time_s,service,desired,pending,running,healthy\n0,\"%s\",2,0,2,2\n9,\"%s\",2,0,1,2\n",
                    evil, evil);
    text_add_format(&marks, "time_s,key,kind,label\n3,,failure,\"%s\"\n4,,\"%s\",|touch ../pwned\n", evil,
                    evil);
    put(*state, "timeseries.csv", rows.bytes);
    put(*state, "marks.csv", marks.bytes);
    put(*state, "summary.json",
        "{\n  \"name\": \"'; system('touch ../pwned'); '\",\n  \"description\": \"\\n!touch "
        "../pwned\\n`touch "
        "pwned`\"\n}\n");
    assert_int_equal(setenv("TMPDIR", *state, 1), 0);
    const char *folder = *state;
    struct plot plot = {.picture = &picture, .folders = &folder, .folder_count = 1, .format = PLOT_SVG};
    bool drawn = plot_draw(&plot, &drawing, &mistake);
    unsetenv("TMPDIR");
    assert_true(drawn);
    assert_non_null(strstr(drawing.bytes, "touch ../pwned")); /* as text */
    assert_int_equal(access("pwned", F_OK), -1);
    text_free(&rows);
    text_free(&marks);
    text_free(&drawing);
}

static void a_gnuplot_that_is_not_there_is_a_sentence(void **state)
{
    struct text drawing = {0}, mistake = {0};
    char *path = strdup(getenv("PATH"));
    put(*state, "timeseries.csv", "time_s,service,desired,pending,running,healthy\n0,web,2,0,2,2\n");
    setenv("PATH", "/nowhere", 1);
    const char *folder = *state;
    struct plot plot = {.picture = &picture, .folders = &folder, .folder_count = 1, .format = PLOT_SVG};
    bool drawn = plot_draw(&plot, &drawing, &mistake);
    setenv("PATH", path, 1);
    assert_false(drawn);
    assert_non_null(strstr(mistake.bytes, "gnuplot could not be started"));
    text_free(&mistake);
    free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds_are_read_exactly),
        TEST(panels_come_in_the_order_of_their_keys),
        TEST(a_missing_column_is_named),
        TEST(what_is_optional_may_be_missing),
        TEST(periods_hold_from_their_beginning_per_second),
        TEST(sums_are_over_the_latest_of_each_subject),
        TEST(words_are_numbered),
        TEST(marks_of_other_kinds_are_not_drawn),
        TEST(a_picture_is_drawn_where_what_it_needs_is),
        cmocka_unit_test(reducing_keeps_every_extreme),
        cmocka_unit_test(few_rows_are_not_reduced),
        cmocka_unit_test(labels_of_one_instant_stand_below_each_other),
        cmocka_unit_test(labels_far_apart_share_a_row),
        cmocka_unit_test(labels_without_room_become_bare_lines),
        TEST(long_labels_are_cut_between_letters),
        cmocka_unit_test(literals_are_quoted_whole),
        TEST(no_name_becomes_code),
        TEST(a_gnuplot_that_is_not_there_is_a_sentence),
    };
    return cmocka_run_group_tests_name("plot", tests, NULL, NULL);
}
