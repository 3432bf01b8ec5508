/* The worst moment: a failure that is appended changes nothing before it strikes; what the search finds is
 * what brute force finds; and the planted weakness of scenarios/studies is found, and nothing but it. */
#include "models/ecs/ecs.h"
#include "models/ecs/results/perturbation.h"
#include "models/ecs/results/rows.h"
#include "sim/report/output.h"
#include "sim/scenario/scenario.h"
#include "sim/study/study.h"
#include "tests/group.h"
#include <dirent.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char planted[] = "scenarios/studies/two-on-one-host.yaml";

/* --- nothing before ------------------------------------------------------------------------------ */

struct first_victims {
    char set[2][400]; /* one of each kind; empty: none is alive */
    simtime at, duration;
};

static void take_first(void *self, size_t kind, const char *name)
{
    struct first_victims *first = self;
    struct text set = {0};
    if (first->set[kind][0])
        return;
    ecs_perturbation.strike(kind, name, first->at, first->duration, &set);
    assert_true(set.length < sizeof first->set[kind]);
    strcpy(first->set[kind], set.bytes);
    text_free(&set);
}

/* Of all that happened and was decided before an instant. */
static uint64_t fingerprint_before(const struct scenario *scenario, simtime at, struct first_victims *first)
{
    struct run *run = run_new(&ecs_model, scenario->settings);
    run_begin(run);
    run_advance(run, at - 1);
    uint64_t fingerprint = run->fingerprint;
    if (first)
        ecs_perturbation.victims(run->world, take_first, first);
    run_free(run);
    return fingerprint;
}

static int strike_changes_nothing_before(const char *path)
{
    struct scenario *scenario = scenario_read(&ecs_model, path, NULL, 0);
    assert_int_equal(scenario->errors, 0);
    simtime duration = ((const struct run_settings *)scenario->settings)->duration;
    struct first_victims first = {.at = duration / 3 * 2, .duration = duration};
    uint64_t without = fingerprint_before(scenario, first.at, &first);
    int tried = 0;
    for (int kind = 0; kind < 2; kind++) {
        const char *sets[] = {first.set[kind]};
        if (!first.set[kind][0])
            continue;
        struct scenario *struck = scenario_read(&ecs_model, path, sets, 1);
        if (struck->errors)
            scenario_print_mistakes(struck, stderr);
        assert_int_equal(struck->errors, 0);
        if (fingerprint_before(struck, first.at, NULL) != without)
            fail_msg("%s --set '%s' changes what happens before", path, *sets);
        scenario_free(struck);
        tried++;
    }
    scenario_free(scenario);
    return tried;
}

static void a_failure_that_is_appended_changes_nothing_before_it_strikes(void **state)
{
    (void)state;
    glob_t found;
    int tried = 0;
    assert_int_equal(glob("scenarios/*.yaml", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        tried += strike_changes_nothing_before(found.gl_pathv[i]);
    globfree(&found);
    assert_true(tried > 80);
}

/* --- brute force --------------------------------------------------------------------------------- */

struct least {
    int64_t healthy, serving;
};

/* Sees what a service has from an instant on, off the rows: nothing of the search is used. A row stands for
 * the state after its instant. */
struct watcher {
    struct observer observer;
    simtime from, seen_at;
    struct least least, now;
};

static void lower(struct least *least, struct least other)
{
    if (other.healthy < least->healthy)
        least->healthy = other.healthy;
    if (other.serving < least->serving)
        least->serving = other.serving;
}

static void watch_row(struct observer *observer, size_t series, const struct value *values)
{
    struct watcher *watcher = (struct watcher *)observer;
    if (series != SERIES_TIMESERIES || strcmp(values[1].text, "web") != 0)
        return;
    simtime at = values[0].integer;
    if (at > watcher->from)
        lower(&watcher->least, watcher->now); /* it has lasted until here */
    watcher->now = (struct least){values[5].integer, values[6].integer};
}

static struct least play_death(const char *path, size_t kind, const char *name, simtime at)
{
    struct watcher watcher = {.observer = {.row = watch_row, .wants = UINT64_C(1) << SERIES_TIMESERIES},
                              .from = at,
                              .least = {INT64_MAX, INT64_MAX}};
    struct text set = {0};
    ecs_perturbation.strike(kind, name, at, SIMTIME_DAY, &set);
    const char *sets[] = {set.bytes};
    struct scenario *scenario = scenario_read(&ecs_model, path, sets, 1);
    assert_int_equal(scenario->errors, 0);
    struct run *run = run_new(&ecs_model, scenario->settings);
    run_observe(run, &watcher.observer);
    run_play(run);
    run_free(run);
    scenario_free(scenario);
    text_free(&set);
    return watcher.least;
}

struct victim_name {
    size_t kind;
    const char *name;
};

static struct least brute_force(const char *path, const struct victim_name *victims, size_t count,
                                simtime from, simtime until, simtime step)
{
    struct least least = {INT64_MAX, INT64_MAX};
    for (simtime at = from; at <= until; at += step)
        for (size_t i = 0; i < count; i++)
            lower(&least, play_death(path, victims[i].kind, victims[i].name, at));
    return least;
}

/* --- the search ---------------------------------------------------------------------------------- */

struct found {
    char folder[64];
    struct arena *arena;
    struct text said, table; /* worst.csv */
};

static void search(struct found *found, const char *path)
{
    *found = (struct found){.arena = arena_new()};
    strcpy(found->folder, "/tmp/ecsim-worst-XXXXXX");
    assert_non_null(mkdtemp(found->folder));
    struct study study = {
        .arena = found->arena, .model = &ecs_model, .name = "worst", .scenario = path, .worst_of = "web"};
    struct runner_settings settings = {
        .model = &ecs_model, .folder = found->folder, .threads = 2, .parts = 1};
    struct session session = {.study = &study, .folder = found->folder, .said = &found->said};
    session.runner = runner_new(&settings);
    assert_int_equal(study_worst_moment(&session), STUDY_DONE);
    runner_free(session.runner);
    char table[100];
    snprintf(table, sizeof table, "%s/worst.csv", found->folder);
    assert_true(input_read(table, &found->table));
}

static void found_free(struct found *found)
{
    char file[400];
    DIR *folder = opendir(found->folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        snprintf(file, sizeof file, "%s/%s", found->folder, entry->d_name);
        unlink(file);
    }
    closedir(folder);
    assert_int_equal(rmdir(found->folder), 0);
    text_free(&found->said);
    text_free(&found->table);
    arena_free(found->arena);
}

/* Columns of worst.csv, whose last ones have no commas in them, so that they can be counted from the end. */
enum { FROM_END_LEAST_HEALTHY = 9, FROM_END_LEAST_SERVING = 6 };

static const char *column_from_end(const char *line, size_t length, int number)
{
    const char *at = line + length;
    for (; number > 0 && at > line; number--)
        do
            at--;
        while (at > line && *at != ',');
    return at + (at > line);
}

struct row {
    char kind[20], victim[60];
    double at_s;
    struct least least;
};

static const char *read_row(const char *line, struct row *row)
{
    size_t length = strcspn(line, "\n");
    assert_int_equal(sscanf(line, "%*d,%19[^,],%59[^,],%lf", row->kind, row->victim, &row->at_s), 3);
    row->least.healthy = atoi(column_from_end(line, length, FROM_END_LEAST_HEALTHY));
    row->least.serving = atoi(column_from_end(line, length, FROM_END_LEAST_SERVING));
    return line + length + 1;
}

static const char *first_row(const struct found *found)
{
    return strchr(found->table.bytes, '\n') + 1;
}

static struct least least_found(const struct found *found)
{
    struct least least = {INT64_MAX, INT64_MAX};
    struct row row;
    for (const char *line = first_row(found); *line;) {
        line = read_row(line, &row);
        lower(&least, row.least);
    }
    return least;
}

static void assert_same_least(const char *path, const struct victim_name *victims, size_t count,
                              simtime from_s, simtime until_s, simtime step)
{
    struct found found;
    struct row worst;
    search(&found, path);
    struct least searched = least_found(&found);
    struct least brute =
        brute_force(path, victims, count, from_s * SIMTIME_SECOND, until_s * SIMTIME_SECOND, step);
    read_row(first_row(&found), &worst);
    assert_int_equal(searched.healthy, brute.healthy);
    assert_int_equal(searched.serving, brute.serving);
    assert_int_equal(worst.least.healthy, brute.healthy);
    found_free(&found);
}

static void the_search_finds_what_brute_force_finds(void **state)
{
    (void)state;
    static const struct victim_name fleet[] = {
        {0, "fleet-1"}, {0, "fleet-2"}, {1, "us-east-1a"}, {1, "us-east-1b"}};
    static const struct victim_name two[] = {{0, "t3.small-1"}, {0, "t3.small-2"}, {1, "us-east-1a"}};
    assert_same_least(planted, fleet, 4, 600, 720, 250 * SIMTIME_MILLISECOND);
    assert_same_least("scenarios/03-deploy-50-100.yaml", two, 3, 600, 720, 500 * SIMTIME_MILLISECOND);
}

/* Every row says what a run of that death comes to. */
static void every_row_is_what_a_run_comes_to(void **state)
{
    (void)state;
    struct found found;
    struct row row;
    search(&found, planted);
    for (const char *line = first_row(&found); *line;) {
        line = read_row(line, &row);
        simtime at = (simtime)(row.at_s * 1e6 + 0.5);
        struct least least = play_death(planted, strcmp(row.kind, "zone") == 0, row.victim, at);
        assert_int_equal(least.healthy, row.least.healthy);
        assert_int_equal(least.serving, row.least.serving);
    }
    found_free(&found);
}

/* --- the planted weakness ------------------------------------------------------------------------ */

/* As its comment says: the host of the first zone, after 670 s and before 706 s. */
static bool is_fatal(const char *victim, double at_s)
{
    bool first = strcmp(victim, "fleet-1") == 0 || strcmp(victim, "us-east-1a") == 0;
    return first && at_s > 670 && at_s < 706;
}

static void only_the_planted_moments_are_fatal(void **state)
{
    (void)state;
    struct found found;
    struct row row;
    int fatal = 0, others = 0;
    search(&found, planted);
    for (const char *line = first_row(&found); *line;) {
        line = read_row(line, &row);
        assert_int_equal(row.least.serving == 0, is_fatal(row.victim, row.at_s));
        fatal += row.least.serving == 0;
        others += row.least.serving > 0;
    }
    assert_int_equal(fatal, 22);
    assert_int_equal(others, 154);
    assert_non_null(strstr(found.said.bytes, "the death of instance fleet-1 at 11m30s, just after"));
    assert_non_null(strstr(found.said.bytes, "serving falls to 0 (without it: 2)"));
    found_free(&found);
}

static void between_events_it_is_the_same(void **state)
{
    (void)state;
    static const char *const victims[] = {"fleet-1", "fleet-2"};
    for (int i = 0; i < 2; i++)
        for (simtime at = 590 * SIMTIME_SECOND; at < 730 * SIMTIME_SECOND; at += 333333) {
            struct least least = play_death(planted, 0, victims[i], at);
            assert_int_equal(least.serving == 0, is_fatal(victims[i], (double)at / 1e6));
        }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_that_is_appended_changes_nothing_before_it_strikes),
        cmocka_unit_test(the_search_finds_what_brute_force_finds),
        cmocka_unit_test(every_row_is_what_a_run_comes_to),
        cmocka_unit_test(only_the_planted_moments_are_fatal),
        cmocka_unit_test(between_events_it_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
