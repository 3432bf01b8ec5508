/* Requests as they were counted: a column of a CSV file, one row per interval.
 *
 * The rate of a row holds until the next row, so the last value holds over gaps; the last row of the file
 * holds for `per`. The window [from, from + for) becomes the run's [0, for); before the first row and after
 * the window nothing is asked. */
#include "models/workload/workload.h"
#include "sim/engine/data.h"
#include <string.h>

struct trace {
    const struct data_file *file;
    const char *time, *value; /* columns */
    simtime per;
    const char *from;
    simtime length; /* ABSENT: until the file ends */
    int64_t scale;
    /* derived */
    struct workload_knot *knots; /* `amount` per `per` */
    size_t knot_count;
    simtime end;
};

/* Reading */

struct reading {
    struct mistakes *mistakes;
    struct trace *trace;
    struct data_rows rows;
    size_t time_column, value_column;
};

static bool find_column(const struct reading *reading, struct data_cell header, const char *key,
                        const char *column, size_t *index)
{
    if (data_find_column(header, column, index))
        return true;
    mistake(reading->mistakes, reading->trace, key, "%s has no column %s", reading->trace->file->path,
            column);
    return false;
}

static bool find_columns(struct reading *reading)
{
    struct trace *trace = reading->trace;
    struct data_cell header = {"", 0}, first;
    struct data_rows before = reading->rows;
    data_next_row(&reading->rows, &header);
    bool timed = find_column(reading, header, "time", trace->time, &reading->time_column);
    bool valued = find_column(reading, header, "value", trace->value, &reading->value_column);
    if (!timed || !valued)
        return false;
    int64_t time;
    if (data_take_cell(header, reading->time_column, &first) && workload_parse_time(first, &time))
        reading->rows = before; /* the file has no header */
    return true;
}

/* One mistake of a file is enough: it ends the reading. */
static bool wrong_cell(const struct reading *reading, const char *key, struct data_cell cell,
                       const char *what)
{
    mistake(reading->mistakes, reading->trace, key, "%s line %zu: '%.*s' %s", reading->trace->file->path,
            reading->rows.line, (int)cell.length, cell.bytes, what);
    return false;
}

static bool read_row(struct reading *reading, struct data_cell row, struct workload_knot *knots, size_t count)
{
    const struct trace *trace = reading->trace;
    struct data_cell time = {"", 0}, value = {"", 0};
    data_take_cell(row, reading->time_column, &time);
    data_take_cell(row, reading->value_column, &value);
    struct workload_knot *knot = &knots[count];
    int64_t counted;
    if (!workload_parse_time(time, &knot->at))
        return wrong_cell(reading, "time", time, "is neither a time nor a number of seconds");
    if (count && knot->at <= knots[count - 1].at)
        return wrong_cell(reading, "time", time, "is not later than the row before");
    if (!data_number(value, &counted))
        return wrong_cell(reading, "value", value, "is not a number that counts something");
    __int128 amount = (__int128)counted * trace->scale / MILLION;
    if (amount * SIMTIME_SECOND / trace->per > WORKLOAD_GREATEST_RATE)
        return wrong_cell(reading, "value", value, "is more than a million requests per second");
    knot->amount = (int64_t)amount;
    return true;
}

static bool read_rows(struct reading *reading)
{
    struct trace *trace = reading->trace;
    struct data_cell row;
    trace->knots =
        arena_array(mistakes_arena(reading->mistakes), data_most_rows(&reading->rows), sizeof *trace->knots);
    while (data_next_row(&reading->rows, &row)) {
        if (!read_row(reading, row, trace->knots, trace->knot_count))
            return false;
        trace->knot_count++;
    }
    if (trace->knot_count == 0)
        mistake(reading->mistakes, trace, "file", "%s has no rows", trace->file->path);
    return trace->knot_count > 0;
}

/* The window */

static bool find_window(struct reading *reading, simtime *from, simtime *until)
{
    struct trace *trace = reading->trace;
    simtime file_end = trace->knots[trace->knot_count - 1].at + trace->per;
    *from = trace->knots[0].at;
    if (trace->from && !workload_parse_time((struct data_cell){trace->from, strlen(trace->from)}, from)) {
        mistake(reading->mistakes, trace, "from", "'%s' is neither a time nor a number of seconds",
                trace->from);
        return false;
    }
    *until = trace->length == ABSENT ? file_end : *from + trace->length;
    if (*from >= file_end || *until <= trace->knots[0].at) {
        mistake(reading->mistakes, trace, "from", "no row of %s is in this window", trace->file->path);
        return false;
    }
    if (*until > file_end) {
        warn(reading->mistakes, trace, "for", "%s ends before this window does; nothing is asked after it",
             trace->file->path);
        *until = file_end;
    }
    return true;
}

/* Lets the window begin at 0: rows before it go, but for the one that holds at its beginning. */
static void cut_window(struct trace *trace, simtime from, simtime until)
{
    while (trace->knot_count > 1 && trace->knots[1].at <= from) {
        trace->knots++;
        trace->knot_count--;
    }
    for (size_t i = 0; i < trace->knot_count; i++)
        trace->knots[i].at -= trace->knots[i].at > from ? from : trace->knots[i].at;
    trace->end = until - from;
    workload_link_knots(trace->knots, trace->knot_count);
}

static void trace_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    struct trace *trace = object;
    struct reading reading = {.mistakes = m, .trace = trace, .rows = data_open(trace->file)};
    simtime from, until;
    if (find_columns(&reading) && read_rows(&reading) && find_window(&reading, &from, &until))
        cut_window(trace, from, until);
}

static __int128 trace_cumulative(const void *settings, simtime at, int64_t start_us)
{
    (void)start_us;
    const struct trace *trace = settings;
    simtime asked_until = at < trace->end ? at : trace->end;
    return workload_knots_cumulative(trace->knots, trace->knot_count, trace->per, asked_until);
}

static simtime trace_unit(const void *settings)
{
    return ((const struct trace *)settings)->per;
}

static void trace_extent(const void *settings, simtime *from, simtime *until)
{
    const struct trace *trace = settings;
    *from = trace->knots[0].at;
    *until = trace->end;
}

static simtime trace_steady_until(const void *settings, simtime from)
{
    const struct trace *trace = settings;
    if (from >= trace->end)
        return SIMTIME_NEVER;
    return simtime_earlier(trace->end,
                           workload_knots_steady_until(trace->knots, trace->knot_count, trace->per, from));
}

static const struct param trace_params[] = {
    {.key = "file",
     .type = PARAM_FILE,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct trace, file, const struct data_file *),
     .meaning = "a CSV file, rows in order of time"},
    {.key = "time",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct trace, time, const char *),
     .fallback = "0",
     .meaning = "the column of the time, by name or from 0: a date and time in UTC, or seconds"},
    {.key = "value",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct trace, value, const char *),
     .fallback = "1",
     .meaning = "the column of the number of requests, by name or from 0"},
    {.key = "per",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(struct trace, per, simtime),
     .least = 1,
     .most = 366 * SIMTIME_DAY,
     .fallback = "1m",
     .meaning = "the time in which a row's requests were counted"},
    {.key = "from",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct trace, from, const char *),
     .meaning = "the time in the file that is the start of the run; its first row if not given"},
    {.key = "for",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(struct trace, length, simtime),
     .least = 1,
     .most = 100 * 366 * SIMTIME_DAY,
     .meaning = "how much of the file is used; the rate is 0 after it"},
    {.key = "scale",
     .type = PARAM_NUMBER,
     .offset = PARAM_OFFSET(struct trace, scale, int64_t),
     .least = 0,
     .most = MILLION * MILLION,
     .fallback = "1",
     .meaning = "every value is multiplied by this"},
    PARAM_END,
};

static const struct shape trace_shape = {
    .name = "trace",
    .size = sizeof(struct trace),
    .params = trace_params,
    .check = trace_check,
};

static const struct workload_verbs trace_verbs = {
    .cumulative = trace_cumulative,
    .unit = trace_unit,
    .extent = trace_extent,
    .steady_until = trace_steady_until,
};

const struct variant workload_trace = {
    .name = "trace",
    .meaning = "requests as they were counted, from a CSV file",
    .shape = &trace_shape,
    .verbs = &trace_verbs,
};
