#include "sim/study/form/fan_chart.h"
#include "sim/engine/stats.h"
#include "sim/report/csv.h"
#include "sim/study/form/drawn.h"
#include "sim/study/table.h"
#include "sim/study/tracks.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FAN_VALUES = 7, MOST_FAN_CELLS = 64, THOUSAND = 1000, THOUSANDTH_DECIMALS = 3 };

static const struct {
    const char *name;
    double quantile;
    enum fan_series series; /* as which it is drawn; FAN_SERIES: not at all */
} fan_values[FAN_VALUES] = {
    {"least", 0, FAN_LEAST}, {"p05", 0.05, FAN_5},  {"p25", 0.25, FAN_25},       {"median", 0.5, FAN_MEDIAN},
    {"p75", 0.75, FAN_75},   {"p95", 0.95, FAN_95}, {"greatest", 1, FAN_SERIES},
};

/* The tracks of one name, "track:running:web", in the runs of one cell. */
struct bundle {
    const char *column, *key;      /* "running", "web" */
    int64_t (*values)[FAN_VALUES]; /* of each instant, in thousandths, so that quantiles between two counts
                                      are told; ABSENT where no run has any */
};

/* The bundles of a cell, and what they are made of. */
struct chart {
    const struct results *results;
    const struct cell *cell;
    const struct job *jobs;
    size_t run_count;
    struct bundle *bundles;
    size_t bundle_count;
};

/* --- quantiles -------------------------------------------------------------------------------- */

static void read_track(const struct chart *chart, size_t run, uint32_t name, int64_t track[TRACK_INSTANTS])
{
    const char *text = runner_figure(chart->results->session->runner, &chart->jobs[run], name);
    bool good = text && track_read(text, track);
    for (size_t i = 0; i < TRACK_INSTANTS; i++)
        track[i] = good && track[i] != ABSENT ? track[i] * THOUSAND : ABSENT;
}

static void find_quantiles(int64_t *values, size_t count, int64_t quantiles[FAN_VALUES])
{
    count = statistics_sort(values, count);
    for (size_t i = 0; i < FAN_VALUES; i++)
        quantiles[i] = count > 0 ? stats_quantile_of_sorted(values, count, fan_values[i].quantile) : ABSENT;
}

static void fill_bundle(const struct chart *chart, uint32_t name, struct bundle *bundle)
{
    int64_t(*tracks)[TRACK_INSTANTS] = memory_alloc(chart->run_count * sizeof *tracks);
    int64_t *at_instant = memory_alloc(chart->run_count * sizeof *at_instant);
    for (size_t run = 0; run < chart->run_count; run++)
        read_track(chart, run, name, tracks[run]);
    for (size_t i = 0; i < TRACK_INSTANTS; i++) {
        for (size_t run = 0; run < chart->run_count; run++)
            at_instant[run] = tracks[run][i];
        find_quantiles(at_instant, chart->run_count, bundle->values[i]);
    }
    free(tracks);
    free(at_instant);
}

static void fill_chart(struct chart *chart)
{
    const struct session *session = chart->results->session;
    struct arena *arena = session->study->arena;
    struct figure_list tracks = session_tracks(session, chart->jobs, chart->run_count);
    chart->bundles = arena_array(arena, tracks.count, sizeof *chart->bundles);
    chart->bundle_count = tracks.count;
    for (size_t i = 0; i < tracks.count; i++) {
        const char *column =
            figure_name(runner_names(session->runner), tracks.names[i]) + strlen(TRACK_PREFIX);
        const char *colon = strchr(column, ':');
        struct bundle *bundle = &chart->bundles[i];
        *bundle = (struct bundle){arena_copy(arena, column, (size_t)(colon - column)), colon + 1,
                                  arena_array(arena, TRACK_INSTANTS, sizeof *bundle->values)};
        fill_bundle(chart, tracks.names[i], bundle);
    }
}

/* --- fan.csv ---------------------------------------------------------------------------------- */

static void add_head(const struct results *results, struct text *out)
{
    table_add_axes(out, results->axes, results->axis_count);
    text_add(out, "of,what,time_s");
    for (size_t i = 0; i < FAN_VALUES; i++)
        text_add_format(out, ",%s", fan_values[i].name);
    text_add_char(out, '\n');
}

static void add_row(const struct chart *chart, const struct bundle *bundle, size_t instant, struct text *out)
{
    table_add_values(out, chart->cell, chart->results->axis_count);
    csv_add_cell(out, bundle->key);
    text_add_format(out, ",%s,", bundle->column);
    text_add_seconds(out, track_instant(chart->cell->duration, instant));
    for (size_t i = 0; i < FAN_VALUES; i++) {
        text_add_char(out, ',');
        text_add_decimal(out, bundle->values[instant][i], THOUSANDTH_DECIMALS);
    }
    text_add_char(out, '\n');
}

static void add_rows(const struct chart *chart, struct text *out)
{
    for (size_t i = 0; i < chart->bundle_count; i++)
        for (size_t instant = 0; instant < TRACK_INSTANTS; instant++)
            if (chart->bundles[i].values[instant][0] != ABSENT)
                add_row(chart, &chart->bundles[i], instant, out);
}

/* --- fan.svg ---------------------------------------------------------------------------------- */

static const struct bundle *find_bundle(const struct chart *chart, const char *key, const char *column)
{
    for (size_t i = 0; i < chart->bundle_count; i++)
        if (!strcmp(chart->bundles[i].key, key) && !strcmp(chart->bundles[i].column, column))
            return &chart->bundles[i];
    return NULL;
}

static double *numbers_of(struct arena *arena, const struct bundle *bundle, size_t value)
{
    double *numbers = arena_array(arena, TRACK_INSTANTS, sizeof *numbers);
    for (size_t i = 0; i < TRACK_INSTANTS; i++)
        numbers[i] = drawn_number(bundle->values[i][value], THOUSANDTH_DECIMALS);
    return numbers;
}

static struct fan_track drawn_track(const struct chart *chart, const struct bundle *bundle,
                                    const struct bundle *wanted)
{
    enum { MEDIAN = 3 };
    struct arena *arena = chart->results->session->study->arena;
    struct fan_track track = {0};
    for (size_t i = 0; bundle && i < FAN_VALUES; i++)
        if (fan_values[i].series != FAN_SERIES)
            track.series[fan_values[i].series] = numbers_of(arena, bundle, i);
    if (wanted)
        track.series[FAN_WANTED] = numbers_of(arena, wanted, MEDIAN);
    return track;
}

static bool is_first_of_key(const struct chart *chart, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (!strcmp(chart->bundles[i].key, chart->bundles[index].key))
            return false;
    return true;
}

/* A row for each key, a column for each quantity but the wanted one. */
static void draw_rows(const struct chart *chart, const struct fan_source *source, struct fan *fan)
{
    struct arena *arena = chart->results->session->study->arena;
    const char **quantities = arena_array(arena, FAN_COLUMNS, sizeof *quantities);
    struct fan_row *rows = arena_array(arena, chart->bundle_count, sizeof *rows);
    for (const char *const *column = source->columns; *column; column++)
        if (!source->wanted || strcmp(*column, source->wanted) != 0)
            quantities[fan->quantity_count++] = *column;
    for (size_t i = 0; i < chart->bundle_count; i++) {
        if (!is_first_of_key(chart, i))
            continue;
        const char *key = chart->bundles[i].key;
        const struct bundle *wanted = source->wanted ? find_bundle(chart, key, source->wanted) : NULL;
        struct fan_track *tracks = arena_array(arena, FAN_COLUMNS, sizeof *tracks);
        for (size_t j = 0; j < fan->quantity_count; j++)
            tracks[j] = drawn_track(chart, find_bundle(chart, key, quantities[j]), wanted);
        rows[fan->row_count++] = (struct fan_row){key, tracks};
    }
    fan->quantities = quantities;
    fan->rows = rows;
}

static void draw(const struct chart *chart)
{
    const struct session *session = chart->results->session;
    struct arena *arena = session->study->arena;
    const struct fan_source *source = session->study->model->fan;
    simtime *instants = arena_array(arena, TRACK_INSTANTS, sizeof *instants);
    for (size_t i = 0; i < TRACK_INSTANTS; i++)
        instants[i] = track_instant(chart->cell->duration, i);
    struct fan fan = {
        .page = {.title = session->study->name,
                 .subtitle = arena_format(arena, "%zu runs, seeds %" PRId64 " to %" PRId64, chart->run_count,
                                          chart->jobs[0].seed, chart->jobs[chart->run_count - 1].seed),
                 .rest_file = "fan.csv"},
        .instants = instants,
        .instant_count = TRACK_INSTANTS,
        .end = chart->cell->duration,
        .unit = source->unit,
    };
    struct text drawing = {0}, mistake = {0};
    draw_rows(chart, source, &fan);
    bool drawn = picture_draw_fan(&fan, PLOT_SVG, &drawing, &mistake);
    session_write_picture(session, "fan.svg", drawn, &drawing, &mistake);
}

void fan_chart_write(const struct results *results)
{
    struct text out = {0};
    if (results->cell_count > MOST_FAN_CELLS || !session_writes())
        return;
    add_head(results, &out);
    for (size_t i = 0; i < results->cell_count; i++) {
        struct chart chart = {.results = results,
                              .cell = &results->cells[i],
                              .jobs = results_jobs(results, i),
                              .run_count = results_runs(results, i)};
        if (chart.run_count == 0)
            continue;
        fill_chart(&chart);
        add_rows(&chart, &out);
        if (results->cell_count == 1 && chart.bundle_count > 0)
            draw(&chart);
    }
    session_write(results->session, "fan.csv", &out);
    text_free(&out);
}
