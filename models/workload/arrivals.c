#include "models/workload/workload.h"
#include <string.h>

enum { MOST_CPU_UNITS = 196608, MOST_MIB = 32 << 20, MOST_GPUS = 1000 };

enum column { COLUMN_AT, COLUMN_DURATION, COLUMN_END, COLUMN_CPU, COLUMN_MEMORY, COLUMN_GPU, COLUMN_COUNT };
static const char *const column_keys[COLUMN_COUNT] = {"at", "duration", "end", "cpu", "memory", "gpu"};

bool task_size_given(const struct task_size *size)
{
    return size->cpu != ABSENT || size->memory_mib != ABSENT || size->gpus != ABSENT;
}

/* --- rows ------------------------------------------------------------------------------------- */

struct reading {
    struct mistakes *mistakes;
    struct arrivals *arrivals;
    struct data_rows rows;
    const char *names[COLUMN_COUNT]; /* NULL: there is no such column */
    size_t columns[COLUMN_COUNT];
    simtime from, until; /* of the file */
};

static bool find_columns(struct reading *reading)
{
    struct data_cell header = {"", 0}, first;
    struct data_rows before = reading->rows;
    data_next_row(&reading->rows, &header);
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (reading->names[i] && !data_find_column(header, reading->names[i], &reading->columns[i])) {
            mistake(reading->mistakes, reading->arrivals, column_keys[i], "%s has no column %s",
                    reading->arrivals->file->path, reading->names[i]);
            return false;
        }
    int64_t time;
    if (data_take_cell(header, reading->columns[COLUMN_AT], &first) && workload_parse_time(first, &time))
        reading->rows = before; /* the file has no header */
    return true;
}

/* One mistake of a file is enough: it ends the reading. */
static bool wrong_cell(const struct reading *reading, enum column column, struct data_cell cell,
                       const char *what)
{
    mistake(reading->mistakes, reading->arrivals, column_keys[column], "%s line %zu: '%.*s' %s",
            reading->arrivals->file->path, reading->rows.line, (int)cell.length, cell.bytes, what);
    return false;
}

/* Whether the row has such a cell, and it is not empty. */
static bool has_cell(const struct reading *reading, struct data_cell row, enum column column,
                     struct data_cell *cell)
{
    *cell = (struct data_cell){"", 0};
    return reading->names[column] && data_take_cell(row, reading->columns[column], cell) && cell->length > 0;
}

/* A date has no unit; a number counts units. */
static bool parse_time(const struct reading *reading, struct data_cell cell, simtime *time)
{
    int64_t number;
    if (!data_number(cell, &number))
        return workload_parse_time(cell, time);
    simtime unit = reading->arrivals->unit;
    __int128 scaled = (__int128)(number / MILLION) * unit + number % MILLION * unit / MILLION;
    *time = (simtime)scaled;
    return scaled < SIMTIME_NEVER;
}

static bool read_at(const struct reading *reading, struct data_cell row, struct arrival *arrival)
{
    struct data_cell cell;
    has_cell(reading, row, COLUMN_AT, &cell);
    return parse_time(reading, cell, &arrival->at) ||
           wrong_cell(reading, COLUMN_AT, cell, "is neither a time nor a number");
}

static bool read_runtime(const struct reading *reading, struct data_cell row, struct arrival *arrival)
{
    struct data_cell cell;
    simtime time;
    arrival->runtime = ABSENT;
    if (has_cell(reading, row, COLUMN_DURATION, &cell)) {
        if (!parse_time(reading, cell, &arrival->runtime))
            return wrong_cell(reading, COLUMN_DURATION, cell, "is no number");
    } else if (has_cell(reading, row, COLUMN_END, &cell)) {
        if (!parse_time(reading, cell, &time))
            return wrong_cell(reading, COLUMN_END, cell, "is neither a time nor a number");
        arrival->runtime = time - arrival->at;
        if (arrival->runtime < 0)
            return wrong_cell(reading, COLUMN_END, cell, "is before the task arrives");
    }
    return true;
}

/* Rounded up to whole units. */
static bool read_resource(const struct reading *reading, struct data_cell row, enum column column,
                          int64_t scale, int64_t most, int64_t *value)
{
    struct data_cell cell;
    int64_t number;
    *value = ABSENT;
    if (!has_cell(reading, row, column, &cell))
        return true;
    if (!data_number(cell, &number))
        return wrong_cell(reading, column, cell, "is not a number that counts something");
    __int128 whole = (__int128)MILLION * MILLION, scaled = ((__int128)number * scale + whole - 1) / whole;
    if (scaled > most)
        return wrong_cell(reading, column, cell, "is more than a task can reserve");
    *value = (int64_t)scaled;
    return true;
}

static bool read_row(struct reading *reading, struct data_cell row, struct arrival *arrival)
{
    const struct arrivals *arrivals = reading->arrivals;
    struct task_size *size = &arrival->size;
    return read_at(reading, row, arrival) && read_runtime(reading, row, arrival) &&
           read_resource(reading, row, COLUMN_CPU, arrivals->cpu_scale, MOST_CPU_UNITS, &size->cpu) &&
           read_resource(reading, row, COLUMN_MEMORY, arrivals->memory_scale, MOST_MIB, &size->memory_mib) &&
           read_resource(reading, row, COLUMN_GPU, MILLION, MOST_GPUS, &size->gpus);
}

static bool read_rows(struct reading *reading)
{
    struct arrivals *arrivals = reading->arrivals;
    struct data_cell row;
    arrivals->items = arena_array(mistakes_arena(reading->mistakes), data_most_rows(&reading->rows),
                                  sizeof *arrivals->items);
    while (data_next_row(&reading->rows, &row)) {
        if (!read_row(reading, row, &arrivals->items[arrivals->count]))
            return false;
        arrivals->count++;
    }
    if (!arrivals->count)
        mistake(reading->mistakes, arrivals, "file", "%s has no rows", arrivals->file->path);
    return arrivals->count > 0;
}

/* --- order and window ------------------------------------------------------------------------- */

static bool is_in_order(const struct arrivals *arrivals)
{
    for (size_t i = 1; i < arrivals->count; i++)
        if (arrivals->items[i].at < arrivals->items[i - 1].at)
            return false;
    return true;
}

/* Merges two sorted halves, the first of which comes first at one instant. */
static void merge(struct arrival *items, size_t half, size_t count, struct arrival *scratch)
{
    if (items[half - 1].at <= items[half].at)
        return;
    memcpy(scratch, items, half * sizeof *items);
    size_t left = 0, right = half, out = 0;
    while (left < half)
        items[out++] = right < count && items[right].at < scratch[left].at ? items[right++] : scratch[left++];
}

static void sort(struct arrival *items, size_t count, struct arrival *scratch)
{
    if (count < 2)
        return;
    sort(items, count / 2, scratch);
    sort(items + count / 2, count - count / 2, scratch);
    merge(items, count / 2, count, scratch);
}

/* Most files are in order, and need no room to be sorted in. */
static void put_in_order(struct arena *arena, struct arrivals *arrivals)
{
    if (!is_in_order(arrivals))
        sort(arrivals->items, arrivals->count,
             arena_array(arena, arrivals->count / 2, sizeof *arrivals->items));
}

static bool find_window(struct reading *reading)
{
    struct arrivals *arrivals = reading->arrivals;
    reading->from = arrivals->items[0].at;
    if (arrivals->from &&
        !parse_time(reading, (struct data_cell){arrivals->from, strlen(arrivals->from)}, &reading->from)) {
        mistake(reading->mistakes, arrivals, "from", "'%s' is neither a time nor a number", arrivals->from);
        return false;
    }
    reading->until = arrivals->length == ABSENT ? SIMTIME_NEVER : reading->from + arrivals->length;
    return true;
}

static void cut_window(struct reading *reading)
{
    struct arrivals *arrivals = reading->arrivals;
    size_t kept = 0;
    for (size_t i = 0; i < arrivals->count; i++) {
        struct arrival arrival = arrivals->items[i];
        if (arrival.at < reading->from || arrival.at >= reading->until)
            continue;
        arrival.at -= reading->from;
        arrivals->items[kept++] = arrival;
    }
    arrivals->count = kept;
    if (!kept)
        mistake(reading->mistakes, arrivals, "from", "no row of %s is in this window", arrivals->file->path);
}

static void check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    struct arrivals *arrivals = object;
    struct reading reading = {
        .mistakes = m,
        .arrivals = arrivals,
        .rows = data_open(arrivals->file),
        .names = {arrivals->at, arrivals->duration, arrivals->end, arrivals->cpu, arrivals->memory,
                  arrivals->gpu},
    };
    if (arrivals->duration && arrivals->end)
        mistake(m, arrivals, "end", "a row says when its task ends or how long it runs, not both");
    if (!find_columns(&reading) || !read_rows(&reading))
        return;
    put_in_order(mistakes_arena(m), arrivals);
    if (find_window(&reading))
        cut_window(&reading);
}

/* --- table ------------------------------------------------------------------------------------ */

#define COLUMN(name, field, text)                                                                            \
    {                                                                                                        \
        .key = name, .type = PARAM_TEXT, .offset = PARAM_OFFSET(struct arrivals, field, const char *),       \
        .meaning = text                                                                                      \
    }
#define SCALE(name, field, text)                                                                             \
    {                                                                                                        \
        .key = name, .type = PARAM_NUMBER, .offset = PARAM_OFFSET(struct arrivals, field, int64_t),          \
        .least = 0, .most = MILLION * MILLION, .fallback = "1", .meaning = text                              \
    }

static const struct param params[] = {
    {.key = "file",
     .type = PARAM_FILE,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct arrivals, file, const struct data_file *),
     .meaning = "a CSV file with a row for each task"},
    {.key = "at",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct arrivals, at, const char *),
     .fallback = "0",
     .meaning =
         "the column of the time at which the task is run, by name or from 0: a date and time in UTC, or "
         "a number"},
    COLUMN("duration", duration,
           "the column of how long it runs, from RUNNING on (default: as the task definition says)"),
    COLUMN("end", end, "instead of that, the column of the time at which it would end if it ran at once"),
    COLUMN("cpu", cpu, "the column of what it reserves of CPU (default: as the task definition says)"),
    COLUMN("memory", memory,
           "the column of what it reserves of memory (default: as the task definition says)"),
    COLUMN("gpu", gpu, "the column of how many GPUs it needs (default: as the task definition says)"),
    {.key = "unit",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(struct arrivals, unit, simtime),
     .least = 1,
     .most = SIMTIME_DAY,
     .fallback = "1s",
     .meaning = "what a number in the columns of time counts"},
    SCALE("cpuScale", cpu_scale,
          "a number in the column of CPU times this is in CPU units: 1.024 for thousandths "
          "of a vCPU"),
    SCALE("memoryScale", memory_scale, "a number in the column of memory times this is in MiB"),
    {.key = "from",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct arrivals, from, const char *),
     .meaning = "the time in the file that is the start of the run; that of the first task if not given"},
    {.key = "for",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(struct arrivals, length, simtime),
     .least = 1,
     .most = 100 * 366 * SIMTIME_DAY,
     .meaning = "how much of the file is used"},
    PARAM_END,
};

const struct shape arrivals_shape = {
    .name = "trace of tasks",
    .size = sizeof(struct arrivals),
    .params = params,
    .check = check,
};
