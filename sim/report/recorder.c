#include "sim/report/recorder.h"
#include "sim/engine/check.h"
#include "sim/report/csv.h"
#include "sim/report/jsonl.h"
#include "sim/report/output.h"
#include <stdlib.h>

enum { MOST_SERIES = 64 }; /* an observer's `wants` has a bit per series */

struct recorder {
    struct observer observer; /* first: the observer is the recorder */
    struct run *run;
    const char *folder;
    struct output files[MOST_SERIES]; /* without a path: not opened yet */
};

static void count_bytes(struct recorder *recorder, struct output *file, size_t before)
{
    recorder->run->bytes_written += (int64_t)(file->text.length - before);
    output_flush_if_full(file);
}

static void open_file(struct recorder *recorder, size_t index)
{
    const struct series *series = &recorder->run->model->series[index];
    struct output *file = &recorder->files[index];
    output_open(file, recorder->folder, series->file);
    if (series->columns)
        csv_add_header(&file->text, series);
    count_bytes(recorder, file, 0);
}

static void record_row(struct observer *observer, size_t index, const struct value *values)
{
    struct recorder *recorder = (struct recorder *)observer;
    const struct series *series = &recorder->run->model->series[index];
    struct output *file = &recorder->files[index];
    if (!file->path)
        open_file(recorder, index);
    size_t before = file->text.length;
    if (series->columns)
        csv_add_row(&file->text, values, series->column_count);
    else
        jsonl_add_row(&file->text, values);
    count_bytes(recorder, file, before);
}

struct recorder *recorder_new(struct run *run, const char *folder)
{
    CHECK(run->model->series_count <= MOST_SERIES);
    struct recorder *recorder = memory_alloc(sizeof *recorder);
    *recorder = (struct recorder){
        .observer = {.row = record_row},
        .run = run,
        .folder = arena_text(run->arena, folder),
    };
    for (size_t i = 0; i < run->model->series_count; i++) {
        recorder->observer.wants |= UINT64_C(1) << i;
        if (!run->model->series[i].when_used)
            open_file(recorder, i);
    }
    run_observe(run, &recorder->observer);
    return recorder;
}

void recorder_close(struct recorder *recorder)
{
    for (size_t i = 0; i < recorder->run->model->series_count; i++)
        if (recorder->files[i].path)
            output_close(&recorder->files[i]);
    free(recorder);
}
