/* Pictures of studies: no name becomes code, numbers are said as people say them, and no extreme is too much.
 */
#include "sim/study/picture/picture_layout.h"
#include "sim/study/picture/picture_scale.h"
#include "tests/unit/unit.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char evil[] = "'; system('touch ../pwned'); '\"\"; `touch ../pwned` $(touch ../pwned)\n!touch "
                           "../pwned\n\\\\ {^_&@~ %s %n \x01";
static const char *const evils[] = {evil, evil, evil};
static const struct picture_page evil_page = {evil, evil, evil, evil};

/* --- what is drawn ---------------------------------------------------------------------------------------
 */

/* A heat map of 3 x 3 cells in two facets, two figures, every state. */
struct small_map {
    struct heat_value values[9][2];
    struct heat_cell cells[9];
    struct heat_facet facets[2];
    struct heat_figure figures[2];
    struct heat_reason reason;
    struct heat_map map;
};

static void fill_map(struct small_map *small, const char *text, const char *const *names)
{
    *small = (struct small_map){.reason = {text, text}};
    for (int i = 0; i < 9; i++) {
        small->values[i][0] = (struct heat_value){i * 100, NULL};
        small->values[i][1] = (struct heat_value){NAN, text};
        small->cells[i] = (struct heat_cell){.state = (enum heat_state)(i % 4),
                                             .chosen = i == 4,
                                             .code = text,
                                             .values = i == 7 ? NULL : small->values[i]};
    }
    for (int i = 0; i < 2; i++) {
        small->facets[i] = (struct heat_facet){text, small->cells};
        small->figures[i] = (struct heat_figure){text, text, MEASURE_SECONDS, HEAT_LESS_IS_BETTER};
    }
    small->map = (struct heat_map){.page = {text, text, text, text},
                                   .rows = {text, names, 3},
                                   .columns = {text, names, 3},
                                   .figures = small->figures,
                                   .figure_count = 2,
                                   .facets = small->facets,
                                   .facet_count = 2,
                                   .reasons = &small->reason,
                                   .reason_count = 1,
                                   .rejected = text,
                                   .stuck = text,
                                   .chosen = text};
}

static const simtime instants[] = {0, SIMTIME_MINUTE, 2 * SIMTIME_MINUTE};
static const double counts[] = {2, 1, 2}, some_counts[] = {NAN, 1, NAN}, none[] = {NAN, NAN, NAN};
static const struct fan_track tracks[] = {
    {{counts, counts, counts, counts, counts, counts, counts}},
    {{some_counts, some_counts, none, some_counts, none, counts, NULL}},
};
static const struct fan_row evil_row = {evil, tracks};
static const struct fan evil_fan = {.page = evil_page,
                                    .instants = instants,
                                    .instant_count = 3,
                                    .end = 3 * SIMTIME_MINUTE,
                                    .quantities = evils,
                                    .quantity_count = 2,
                                    .unit = evil,
                                    .rows = &evil_row,
                                    .row_count = 1};

static const double numbers[] = {1, 10, 1000};
static const struct line_point line_points[] = {{1, 0.5, 2}, {NAN, NAN, NAN}, {3, NAN, NAN},
                                                {1, 1, 1},   {2, 1, 3},       {1e300, INFINITY, 4}};
static const struct line_figure evil_figure = {evil, evil, MEASURE_NUMBER, 2, evil, line_points};
static const struct lines evil_lines = {.page = evil_page,
                                        .values = {evil, evils, numbers, 3},
                                        .series = {evil, evils, 2},
                                        .figures = &evil_figure,
                                        .figure_count = 1,
                                        .has_border = true,
                                        .border = 1,
                                        .border_name = evil};

static const struct frontier_point points[] = {{100, 0.9, 0.8, 0.95, evil, false, true},
                                               {200, 0.99, NAN, NAN, evil, true, true},
                                               {300, 0.95, NAN, NAN, evil, false, false}};
static const struct frontier evil_frontier = {.page = evil_page,
                                              .x = {evil, evil, MEASURE_NUMBER},
                                              .y = {evil, evil, MEASURE_SHARE},
                                              .asked = 0.95,
                                              .asked_name = evil,
                                              .points = points,
                                              .point_count = 3};

/* --- no name becomes code --------------------------------------------------------------------------------
 */

static void check_is_data(struct sheet *sheet, const char *template_name)
{
    struct text script = {0};
    size_t texts = 0;
    sheet_add_script(sheet, template_name, PLOT_SVG, &script);
    assert_null(strstr(script.bytes, "pwned"));
    for (size_t i = 0; i < LAYERS; i++) {
        const struct text *layer = &sheet->layers[i];
        texts += layer->length && strstr(layer->bytes, "touch");
        for (size_t at = 0; at < layer->length; at++)
            assert_true((unsigned char)layer->bytes[at] >= ' ' || strchr("\n\t", layer->bytes[at]));
        if (layer->length)
            assert_null(strstr(layer->bytes, "\n!"));
    }
    assert_true(texts > 0);
    text_free(&script);
    sheet_free(sheet);
}

static void scripts_hold_no_name(void **state)
{
    (void)state;
    struct small_map small;
    struct sheet sheet;
    fill_map(&small, evil, evils);
    heat_lay_out(&small.map, &sheet);
    check_is_data(&sheet, "heat");
    fan_lay_out(&evil_fan, &sheet);
    check_is_data(&sheet, "fan");
    lines_lay_out(&evil_lines, &sheet);
    check_is_data(&sheet, "lines");
    frontier_lay_out(&evil_frontier, &sheet);
    check_is_data(&sheet, "frontier");
}

static int enter_folder(void **state)
{
    char *folder = strdup("/tmp/ecsim-pictures-test-XXXXXX");
    *state = folder;
    return !mkdtemp(folder) || chdir(folder) || setenv("TMPDIR", folder, 1);
}

static int leave_folder(void **state)
{
    int failed = unsetenv("TMPDIR") || chdir("/") || rmdir(*state);
    free(*state);
    return failed;
}

static void check_drawn(bool drawn, struct text *drawing, struct text *mistake)
{
    if (!drawn)
        print_error("%s\n", mistake->bytes);
    assert_true(drawn);
    assert_non_null(strstr(drawing->bytes, "</svg>"));
    text_free(drawing);
    text_free(mistake);
}

/* gnuplot's folder is below this one, which therefore is what ../ names. */
static void no_name_becomes_code(void **state)
{
    (void)state;
    struct small_map small;
    struct text drawing = {0}, mistake = {0};
    fill_map(&small, evil, evils);
    check_drawn(picture_draw_heat(&small.map, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    check_drawn(picture_draw_fan(&evil_fan, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    check_drawn(picture_draw_lines(&evil_lines, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    check_drawn(picture_draw_frontier(&evil_frontier, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    assert_int_equal(access("pwned", F_OK), -1);
}

static void texts_are_drawn_as_they_are(void **state)
{
    (void)state;
    static const char *const names[] = {"a_b", "c^d", "e{f}"};
    struct small_map small;
    struct text drawing = {0}, mistake = {0};
    fill_map(&small, "\\x", names);
    assert_true(picture_draw_heat(&small.map, PLOT_SVG, &drawing, &mistake));
    assert_non_null(strstr(drawing.bytes, ">a_b<"));
    assert_non_null(strstr(drawing.bytes, ">c^d<"));
    assert_non_null(strstr(drawing.bytes, ">e{f}<"));
    assert_non_null(strstr(drawing.bytes, ">\\x<"));
    assert_non_null(strstr(drawing.bytes, "13m20s")); /* 800 s, the end of the scale */
    text_free(&drawing);
}

/* --- extremes --------------------------------------------------------------------------------------------
 */

static void nothing_is_a_page(void **state)
{
    (void)state;
    struct text drawing = {0}, mistake = {0};
    check_drawn(picture_draw_heat(&(struct heat_map){0}, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    check_drawn(picture_draw_fan(&(struct fan){0}, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    check_drawn(picture_draw_lines(&(struct lines){0}, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    check_drawn(picture_draw_frontier(&(struct frontier){0}, PLOT_SVG, &drawing, &mistake), &drawing,
                &mistake);
}

static void draw_one_cell(double number, enum measure measure)
{
    static const char *const names[] = {"only"};
    struct text drawing = {0}, mistake = {0};
    struct heat_value value = {number, NULL};
    struct heat_cell cell = {.values = &value};
    struct heat_facet facet = {NULL, &cell};
    struct heat_figure figure = {"f", NULL, measure, HEAT_MORE_IS_BETTER};
    struct heat_map map = {.rows = {NULL, names, 1},
                           .columns = {NULL, names, 1},
                           .figures = &figure,
                           .figure_count = 1,
                           .facets = &facet,
                           .facet_count = 1};
    check_drawn(picture_draw_heat(&map, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
}

static void draw_one_point(double number, enum measure measure)
{
    static const char *const names[] = {"only"};
    struct text drawing = {0}, mistake = {0};
    struct line_point point = {number, number, number};
    struct line_figure figure = {"f", NULL, measure, number, NULL, &point};
    struct lines lines = {.values = {NULL, names, &number, 1},
                          .series = {NULL, NULL, 1},
                          .figures = &figure,
                          .figure_count = 1};
    struct frontier_point dot = {number, number, number, number, "only", true, true};
    struct frontier frontier = {.x = {"x", NULL, measure},
                                .y = {"y", NULL, measure},
                                .asked = number,
                                .points = &dot,
                                .point_count = 1};
    check_drawn(picture_draw_lines(&lines, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
    check_drawn(picture_draw_frontier(&frontier, PLOT_SVG, &drawing, &mistake), &drawing, &mistake);
}

static void one_number_of_any_size_is_drawn(void **state)
{
    (void)state;
    static const double sizes[] = {NAN, 0, 1, -3, 1e-30, 1e15, INFINITY};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        draw_one_cell(sizes[i], MEASURE_SECONDS);
        draw_one_point(sizes[i], i % 2 ? MEASURE_SHARE : MEASURE_WHOLE);
    }
}

/* As many boxes as 20,000 at most, whatever is asked for; and the page says what is missing. */
static void what_is_too_much_is_left_out(void **state)
{
    (void)state;
    enum { SIDE = 300, FACETS = 40 };
    static struct heat_cell cells[SIDE * SIDE];
    static struct heat_value values[SIDE * SIDE];
    static const char *names[SIDE];
    static struct heat_facet facets[FACETS];
    static const struct heat_figure figure = {"f", NULL, MEASURE_NUMBER, HEAT_LESS_IS_BETTER};
    for (int i = 0; i < SIDE * SIDE; i++) {
        values[i].number = i * 7919 % 10007;
        cells[i] = (struct heat_cell){.values = &values[i]};
    }
    for (int i = 0; i < SIDE; i++)
        names[i] = "name";
    for (int i = 0; i < FACETS; i++)
        facets[i] = (struct heat_facet){"facet", cells};
    struct heat_map map = {.page = {"t", NULL, NULL, "cells.csv"},
                           .rows = {"r", names, SIDE},
                           .columns = {"c", names, SIDE},
                           .figures = &figure,
                           .figure_count = 1,
                           .facets = facets,
                           .facet_count = FACETS};
    struct sheet sheet;
    heat_lay_out(&map, &sheet);
    size_t boxes = 0;
    for (size_t i = 0; i < sheet.layers[LAYER_shade].length; i++)
        boxes += sheet.layers[LAYER_shade].bytes[i] == '\n';
    assert_in_range(boxes, 10000, 20500);
    assert_non_null(
        strstr(sheet.layers[LAYER_note].bytes,
               "and 36 more settings, and 236 more rows, and 236 more columns; all in cells.csv"));
    sheet_free(&sheet);
}

static void long_names_are_cut_between_letters(void **state)
{
    (void)state;
    struct sheet sheet;
    sheet_begin(&sheet, &(struct picture_page){0}, SHEET_WIDTH);
    sheet_text(&sheet, LAYER_legend, 0, 0, "äöüäöü", 4);
    sheet_path(&sheet, LAYER_legend, 0, 0, "äöüäöü", 4);
    sheet_text(&sheet, LAYER_legend, 0, 0, "日本語日本語", 5); /* each is two wide */
    sheet_text(&sheet, LAYER_legend, 0, 0, "abcd", 4);
    assert_string_equal(sheet.layers[LAYER_legend].bytes,
                        "0\t0\täöü…\n0\t0\t…äöü\n0\t0\t日本…\n0\t0\tabcd\n");
    sheet_free(&sheet);
}

/* --- numbers ---------------------------------------------------------------------------------------------
 */

static void numbers_are_said_short(void **state)
{
    (void)state;
    static const struct {
        double number;
        enum measure measure;
        const char *said;
    } cases[] = {
        {NAN, MEASURE_NUMBER, "–"},
        {INFINITY, MEASURE_SECONDS, "–"},
        {0, MEASURE_NUMBER, "0"},
        {3.14159, MEASURE_NUMBER, "3.14"},
        {1234.5, MEASURE_NUMBER, "1235"},
        {12345, MEASURE_NUMBER, "12.3k"},
        {-2.5e7, MEASURE_NUMBER, "-25M"},
        {1e18, MEASURE_NUMBER, "1e18"},
        {0.0042, MEASURE_NUMBER, "0.0042"},
        {4.2e-8, MEASURE_NUMBER, "42e-9"},
        {0, MEASURE_SECONDS, "0s"},
        {250, MEASURE_SECONDS, "4m10s"},
        {0.25, MEASURE_SECONDS, "250ms"},
        {12.3456, MEASURE_SECONDS, "12.3s"},
        {-90, MEASURE_SECONDS, "-1m30s"},
        {93784, MEASURE_SECONDS, "1d2h"},
        {0, MEASURE_SHARE, "0%"},
        {1, MEASURE_SHARE, "100%"},
        {0.5, MEASURE_SHARE, "50%"},
        {0.123456, MEASURE_SHARE, "12.3%"},
        {0.995, MEASURE_SHARE, "99.5%"},
        {0.99967, MEASURE_SHARE, "99.967%"},
        {0.9999999, MEASURE_SHARE, ">99.999%"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text said = {0};
        picture_add_short(&said, cases[i].number, cases[i].measure);
        assert_string_equal(said.bytes, cases[i].said);
        text_free(&said);
    }
}

static void check_tics(double low, double high, enum measure measure, const char *tics)
{
    struct range range = {0};
    struct text said = {0};
    range_add(&range, low);
    range_add(&range, high);
    struct scale scale = scale_over(range, measure, 6);
    for (int tic = 0; tic < scale.tic_count; tic++) {
        text_add(&said, tic ? " " : "");
        scale_add_tic(&said, &scale, tic);
    }
    assert_string_equal(said.bytes, tics);
    text_free(&said);
}

static void tics_are_round_and_differ(void **state)
{
    (void)state;
    check_tics(0, 7, MEASURE_NUMBER, "0 2 4 6 8");
    check_tics(0, 1, MEASURE_WHOLE, "0 1");
    check_tics(5, 5, MEASURE_WHOLE, "4 5 6");
    check_tics(0, 0, MEASURE_NUMBER, "0 0.2 0.4 0.6 0.8 1");
    check_tics(100001, 100004, MEASURE_WHOLE, "100.001k 100.002k 100.003k 100.004k");
    check_tics(30, 700, MEASURE_SECONDS, "0s 5m 10m 15m");
    check_tics(0.9991, 1, MEASURE_SHARE, "99.9% 99.92% 99.94% 99.96% 99.98% 100%");
    check_tics(1, 1, MEASURE_SHARE, "90% 92% 94% 96% 98% 100%");
    check_tics(-3, 4, MEASURE_NUMBER, "-4 -2 0 2 4");
    check_tics(1e-7, 9e-7, MEASURE_NUMBER, "0 0.2e-6 0.4e-6 0.6e-6 0.8e-6 1e-6");
}

static void every_number_lies_on_its_scale(void **state)
{
    (void)state;
    static const double sizes[] = {0, 1e-90, 1e-12, 0.3, 1, 7, 59, 3601, 123456789, 1e18, 9e99};
    enum { SIZES = sizeof sizes / sizeof *sizes };
    for (size_t i = 0; i < SIZES * SIZES * 8; i++) {
        double a = sizes[i % SIZES] * (i / SIZES / SIZES % 2 ? -1 : 1), b = sizes[i / SIZES % SIZES];
        struct range range = {0};
        range_add(&range, a);
        range_add(&range, b);
        struct scale scale = scale_over(range, (enum measure)(i / SIZES / SIZES / 2), 6);
        assert_in_range(scale.tic_count, 2, 6);
        assert_true(scale_place(&scale, a) >= -1e-5 && scale_place(&scale, a) <= 1 + 1e-5);
        assert_true(scale_place(&scale, b) >= -1e-5 && scale_place(&scale, b) <= 1 + 1e-5);
    }
}

/* A fan is thinned to what pixels can show, and a dip of one instant must still be seen. */
static void thinning_keeps_the_least(void **state)
{
    (void)state;
    enum { MANY = 10000 };
    static simtime at[MANY];
    static double least[MANY];
    for (int i = 0; i < MANY; i++) {
        at[i] = i * SIMTIME_SECOND;
        least[i] = i == 5000 ? 0 : 8;
    }
    static const char *const quantities[] = {"running"};
    struct fan_track track = {.series[FAN_LEAST] = least};
    struct fan_row row = {"web", &track};
    struct fan fan = {.instants = at,
                      .instant_count = MANY,
                      .end = MANY * SIMTIME_SECOND,
                      .quantities = quantities,
                      .quantity_count = 1,
                      .rows = &row,
                      .row_count = 1};
    struct sheet sheet;
    fan_lay_out(&fan, &sheet);
    size_t vertices = 0;
    for (size_t i = 0; i < sheet.layers[LAYER_least].length; i++)
        vertices += sheet.layers[LAYER_least].bytes[i] == '\n';
    assert_in_range(vertices, 6, 12);
    sheet_free(&sheet);
}

static size_t count_parts(const struct lines *lines)
{
    struct sheet sheet;
    size_t gaps = 0;
    lines_lay_out(lines, &sheet);
    const struct text *line = &sheet.layers[LAYER_line];
    for (size_t i = 1; i < line->length; i++)
        gaps += line->bytes[i] == '\n' && line->bytes[i - 1] == '\n';
    sheet_free(&sheet);
    return gaps + 1;
}

static void a_value_without_a_mean_parts_its_line(void **state)
{
    (void)state;
    static const double three[] = {1, 2, 3};
    struct lines lines = evil_lines;
    lines.values.numbers = three;
    lines.series = (struct line_series){NULL, NULL, 1};
    assert_int_equal(count_parts(&lines), 2);
    lines.joins_gaps = true;
    assert_int_equal(count_parts(&lines), 1);
    lines.values.numbers = NULL;
    assert_int_equal(count_parts(&lines), 1);
}

#define DRAWING_TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_hold_no_name),
        DRAWING_TEST(no_name_becomes_code),
        DRAWING_TEST(texts_are_drawn_as_they_are),
        DRAWING_TEST(nothing_is_a_page),
        DRAWING_TEST(one_number_of_any_size_is_drawn),
        cmocka_unit_test(what_is_too_much_is_left_out),
        cmocka_unit_test(long_names_are_cut_between_letters),
        cmocka_unit_test(numbers_are_said_short),
        cmocka_unit_test(tics_are_round_and_differ),
        cmocka_unit_test(every_number_lies_on_its_scale),
        cmocka_unit_test(thinning_keeps_the_least),
        cmocka_unit_test(a_value_without_a_mean_parts_its_line),
    };
    return RUN_TESTS(tests);
}
