#include "sim/study/fan_chart.h"
#include "sim/engine/stats.h"
#include "sim/report/csv.h"
#include "sim/study/statistics.h"
#include "sim/study/tracks.h"
#include <stdlib.h>
#include <string.h>

enum { FAN_VALUES = 7, MOST_FAN_CELLS = 64, THOUSAND = 1000, THOUSANDTH_DECIMALS = 3 };

static const char *const value_names[FAN_VALUES] = {"least", "p05", "p25",     "median",
                                                    "p75",   "p95", "greatest"};
static const double value_quantiles[FAN_VALUES] = {0, 0.05, 0.25, 0.5, 0.75, 0.95, 1};

/* The tracks of one name in the runs of one cell. */
struct bundle {
    const struct grid_results *results;
    const struct cell *cell;
    const struct job *jobs;
    size_t count;
    int64_t (*tracks)[TRACK_INSTANTS]; /* in thousandths, so that quantiles between two counts are told */
    int64_t *sorted;                   /* those of one instant */
};

static void read_track(struct bundle *bundle, size_t run, uint32_t name)
{
    const struct job *job = &bundle->jobs[run];
    int64_t *track = bundle->tracks[run];
    const char *text =
        record_figure(runner_record(bundle->results->session->runner, job->cell, job->seed), name);
    bool good = text && track_read(text, track);
    for (size_t i = 0; i < TRACK_INSTANTS; i++)
        track[i] = good && track[i] != ABSENT ? track[i] * THOUSAND : ABSENT;
}

/* False if no run has a value at the instant. */
static bool values_at(struct bundle *bundle, size_t instant, int64_t values[FAN_VALUES])
{
    for (size_t i = 0; i < bundle->count; i++)
        bundle->sorted[i] = bundle->tracks[i][instant];
    size_t count = statistics_sort(bundle->sorted, bundle->count);
    for (size_t i = 0; i < FAN_VALUES && count > 0; i++)
        values[i] = stats_quantile_of_sorted(bundle->sorted, count, value_quantiles[i]);
    return count > 0;
}

/* --- fan.csv ---------------------------------------------------------------------------------- */

/* "track:running:web" */
static void add_row(const struct bundle *bundle, const char *name, size_t instant,
                    const int64_t values[FAN_VALUES], struct text *out)
{
    const char *column = name + strlen(TRACK_PREFIX), *key = strchr(column, ':');
    for (size_t i = 0; i < bundle->results->axis_count; i++) {
        csv_add_cell(out, bundle->cell->values[i]);
        text_add_char(out, ',');
    }
    csv_add_cell(out, key + 1);
    text_add_format(out, ",%.*s,", (int)(key - column), column);
    text_add_seconds(out, track_instant(bundle->cell->duration, instant));
    for (size_t i = 0; i < FAN_VALUES; i++) {
        text_add_char(out, ',');
        text_add_decimal(out, values[i], THOUSANDTH_DECIMALS);
    }
    text_add_char(out, '\n');
}

static void add_head(const struct grid_results *results, struct text *out)
{
    for (size_t i = 0; i < results->axis_count; i++) {
        csv_add_cell(out, results->axes[i].name);
        text_add_char(out, ',');
    }
    text_add(out, "of,what,time_s");
    for (size_t i = 0; i < FAN_VALUES; i++)
        text_add_format(out, ",%s", value_names[i]);
    text_add_char(out, '\n');
}

static void add_bundle(struct bundle *bundle, uint32_t name, struct text *out)
{
    int64_t values[FAN_VALUES];
    for (size_t i = 0; i < bundle->count; i++)
        read_track(bundle, i, name);
    for (size_t i = 0; i < TRACK_INSTANTS; i++)
        if (values_at(bundle, i, values))
            add_row(bundle, figure_name(runner_names(bundle->results->session->runner), name), i, values,
                    out);
}

static void add_cell(const struct grid_results *results, const struct job *jobs, size_t count,
                     struct text *out)
{
    struct bundle bundle = {.results = results, .cell = jobs->cell, .jobs = jobs, .count = count};
    struct figure_list tracks = session_tracks(results->session, jobs, count);
    bundle.tracks = memory_alloc(count * sizeof *bundle.tracks);
    bundle.sorted = memory_alloc(count * sizeof *bundle.sorted);
    for (size_t i = 0; i < tracks.count; i++)
        add_bundle(&bundle, tracks.names[i], out);
    free(bundle.tracks);
    free(bundle.sorted);
}

void fan_chart_draw(const struct grid_results *results)
{
    struct text out = {0};
    if (results->cell_count > MOST_FAN_CELLS)
        return;
    add_head(results, &out);
    for (size_t i = 0, next; i < results->job_count; i = next) {
        for (next = i; next < results->job_count && results->jobs[next].cell == results->jobs[i].cell;)
            next++;
        add_cell(results, results->jobs + i, next - i, &out);
    }
    session_write(results->session, "fan.csv", &out);
    text_free(&out);
}
