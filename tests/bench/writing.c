/* What writing results costs: rows through the observer that writes them, and the same bytes written bare,
 * each until they are on the disk.
 *
 *   writing csv|jsonl ROWS FOLDER   prints of both the seconds by wall clock and those of the processor, and
 * how many bytes there were */
#include "sim/report/output.h"
#include "sim/report/recorder.h"
#include "tests/bench/clock.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CSV, JSONL, PIECE_BYTES = 1 << 18 };

/* As wide as tasks.csv, with as many names and times. */
static const struct column columns[] = {
    {"task", ""},      {"group", ""},      {"service", ""},   {"task_definition", ""}, {"host", ""},
    {"zone", ""},      {"created_s", ""},  {"placed_s", ""},  {"pulled_s", ""},        {"started_s", ""},
    {"healthy_s", ""}, {"stopping_s", ""}, {"stopped_s", ""}, {"stop_code", ""},       {"reason", ""},
    {"exit_code", ""}, {"cost_usd", ""},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const struct series series[] = {
    [CSV] = {.file = "rows.csv", .columns = columns, .column_count = COLUMNS},
    [JSONL] = {.file = "rows.jsonl"},
};

static void *begin(struct run *run, const void *settings)
{
    (void)settings;
    return run;
}

static const struct model model = {.series = series, .series_count = 2, .begin = begin};

static void add_table_row(struct run *run, int64_t nth)
{
    char task[32];
    snprintf(task, sizeof task, "web-%ld", (long)nth);
    simtime at = nth * 157679000;
    const struct value values[COLUMNS] = {
        value_text(task),
        value_text("service:web"),
        value_text("web"),
        value_text("WebApp:12"),
        value_text("fleet-1234"),
        value_text("us-east-1a"),
        value_seconds(at),
        value_seconds(at + 1200000),
        value_seconds(at + 1300000),
        value_seconds(at + 9300000),
        value_seconds(at + 40123456),
        value_seconds(at + 999000000),
        value_seconds(at + 1029000000),
        value_text("ServiceSchedulerInitiated"),
        value_text("Scaling activity initiated by (deployment ecs-svc/1)"),
        value_integer(nth % 256),
        value_dollars(nth * 1000),
    };
    run_row(run, CSV, values);
}

/* An event's size and shape. */
static void add_detail(struct json *json, int64_t nth)
{
    json_begin_object(json, "detail");
    json_string(json, "clusterArn", "arn:aws:ecs:us-east-1:111122223333:cluster/default");
    json_string(
        json, "containerInstanceArn",
        "arn:aws:ecs:us-east-1:111122223333:container-instance/default/0123456789abcdef0123456789abcdef");
    json_begin_array(json, "containers");
    json_begin_object(json, NULL);
    json_string(json, "name", "nginx");
    json_string(json, "lastStatus", "RUNNING");
    json_integer(json, "exitCode", nth % 256);
    json_end_object(json);
    json_end_array(json);
    json_string(json, "lastStatus", "RUNNING");
    json_string(json, "desiredStatus", "RUNNING");
    json_integer(json, "version", nth);
    json_end_object(json);
}

static void add_document(struct run *run, struct text *text, int64_t nth)
{
    struct json json = {.out = text, .one_line = true};
    text_clear(text);
    json_begin_object(&json, NULL);
    json_string(&json, "version", "0");
    json_string(&json, "id", "3317b2af-7005-947d-b652-f55e762e571a");
    json_string(&json, "detail-type", "ECS Task State Change");
    json_string(&json, "source", "aws.ecs");
    json_string(&json, "account", "111122223333");
    json_string(&json, "time", "2026-03-02T00:00:00Z");
    json_string(&json, "region", "us-east-1");
    add_detail(&json, nth);
    json_end_object(&json);
    const struct value document = value_text(text->bytes);
    run_row(run, JSONL, &document);
}

static void add_rows(struct run *run, int form, int64_t rows)
{
    struct text document = {0};
    for (int64_t nth = 0; nth < rows; nth++)
        if (form == CSV)
            add_table_row(run, nth);
        else
            add_document(run, &document, nth);
    text_free(&document);
}

static double wall_seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* When a form began, by processor time and by wall clock. */
struct beginning {
    double processor, wall;
};

static struct beginning begin_form(void)
{
    return (struct beginning){processor_seconds(), wall_seconds()};
}

/* Once all is written, and once it is on the disk. */
static void end_form(const struct beginning *begun, const char *what, const char *path)
{
    struct stat written;
    double processor = processor_seconds() - begun->processor;
    int file = open(path, O_WRONLY);
    if (file < 0 || fsync(file) || fstat(file, &written) || close(file))
        exit(1);
    printf("%s seconds=%.4f wall=%.4f bytes=%zu\n", what, processor, wall_seconds() - begun->wall,
           (size_t)written.st_size);
}

static void write_rows(struct run *run, int form, int64_t rows, const char *folder, const char *path)
{
    struct beginning begun = begin_form();
    struct recorder *recorder = recorder_new(run, folder);
    add_rows(run, form, rows);
    recorder_close(recorder);
    end_form(&begun, "rows", path);
}

static void write_bare(const struct text *bytes, const char *path)
{
    struct beginning begun = begin_form();
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    for (size_t at = 0, size; at < bytes->length; at += size) {
        size = bytes->length - at < PIECE_BYTES ? bytes->length - at : PIECE_BYTES;
        if (write(file, bytes->bytes + at, size) != (ssize_t)size)
            exit(1);
    }
    close(file);
    end_form(&begun, "bare", path);
}

static void compare(struct run *run, int form, int64_t rows, const char *folder)
{
    struct text path = {0}, bytes = {0};
    text_add_format(&path, "%s/%s", folder, series[form].file);
    write_rows(run, form, rows, folder, path.bytes);
    if (!input_read(path.bytes, &bytes))
        exit(1);
    unlink(path.bytes);
    write_bare(&bytes, path.bytes);
    text_free(&bytes);
    text_free(&path);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return fprintf(stderr, "usage: writing csv|jsonl ROWS FOLDER\n"), 2;
    const struct run_settings settings = {.duration = 1};
    struct run *run = run_new(&model, &settings);
    output_remove(argv[3]);
    output_make_folder(argv[3]);
    compare(run, argv[1][0] == 'c' ? CSV : JSONL, atoll(argv[2]), argv[3]);
    output_remove(argv[3]);
    run_free(run);
    return 0;
}
