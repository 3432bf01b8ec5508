/* Requests as they were counted: a column of a CSV file, one row per interval.
 *
 * The rate of a row holds until the next row, so the last value holds over gaps; the last row of the file
 * holds for `per`. The window [from, from + for) becomes the run's [0, for); before the first row and after
 * the window nothing is asked. */
#include "models/workload/workload.h"
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

/* CSV: blanks around cells do not count, and a cell may stand in quotes. */

struct span {
    const char *bytes;
    size_t length;
};

static struct span cut(struct span *rest, char separator)
{
    const char *end = memchr(rest->bytes, separator, rest->length);
    struct span taken = {rest->bytes, end ? (size_t)(end - rest->bytes) : rest->length};
    size_t used = taken.length + (end != NULL);
    *rest = (struct span){rest->bytes + used, rest->length - used};
    return taken;
}

static struct span trimmed(struct span text)
{
    while (text.length && strchr(" \t\r", text.bytes[text.length - 1]))
        text.length--;
    while (text.length && strchr(" \t", *text.bytes))
        text = (struct span){text.bytes + 1, text.length - 1};
    return text;
}

/* A cell's text, without the quotes around it. */
static struct span take_cell(struct span *row)
{
    if (row->length == 0 || *row->bytes != '"')
        return trimmed(cut(row, ','));
    *row = (struct span){row->bytes + 1, row->length - 1};
    struct span cell = cut(row, '"');
    cut(row, ',');
    return cell;
}

static struct span cell_at(struct span row, size_t column)
{
    for (size_t i = 0; i < column && row.length; i++)
        take_cell(&row);
    return take_cell(&row);
}

static bool is_text(struct span span, const char *text)
{
    return span.length == strlen(text) && memcmp(span.bytes, text, span.length) == 0;
}

/* A decimal that is not negative, in millionths, at most 10^11; further decimals are cut off. */
static bool parse_decimal(struct span text, int64_t *millionths)
{
    const int64_t greatest = MILLION * MILLION * 100000; /* ten times more still fits */
    int64_t value = 0, unit = MILLION;
    bool fraction = false, digits = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.bytes[i];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c < '0' || c > '9') {
            return false;
        } else {
            digits = true;
            unit = fraction ? unit / 10 : unit;
            value = fraction ? value + (c - '0') * unit : value * 10 + (c - '0') * MILLION;
        }
        if (value > greatest)
            return false;
    }
    *millionths = value;
    return digits;
}

/* A wall clock, or seconds. */
static bool parse_time(struct span text, int64_t *us)
{
    char copy[SIMTIME_TEXT_SIZE];
    if (text.length == 0 || text.length >= sizeof copy)
        return false;
    memcpy(copy, text.bytes, text.length);
    copy[text.length] = '\0';
    return parse_decimal(text, us) || simtime_parse_utc(copy, us) == 0;
}

/* Reading */

enum { NO_COLUMN = 4096 };

struct reading {
    struct mistakes *mistakes;
    struct trace *trace;
    struct span rest;
    size_t line; /* of the file, from 1 */
    size_t time_column, value_column;
};

static bool next_row(struct reading *reading, struct span *row)
{
    while (reading->rest.length) {
        reading->line++;
        *row = trimmed(cut(&reading->rest, '\n'));
        if (row->length)
            return true;
    }
    return false;
}

/* Which column `wanted` is, by name in the header or counted from 0. */
static size_t find_column(struct span header, const char *wanted)
{
    size_t column = 0;
    for (struct span rest = header; rest.length; column++)
        if (is_text(take_cell(&rest), wanted))
            return column;
    int64_t number;
    if (!parse_decimal((struct span){wanted, strlen(wanted)}, &number) || number % MILLION)
        return NO_COLUMN;
    return number / MILLION < (int64_t)column ? (size_t)(number / MILLION) : NO_COLUMN;
}

static bool find_columns(struct reading *reading)
{
    struct trace *trace = reading->trace;
    struct span header = {"", 0}, before = reading->rest;
    next_row(reading, &header);
    reading->time_column = find_column(header, trace->time);
    reading->value_column = find_column(header, trace->value);
    if (reading->time_column == NO_COLUMN)
        mistake(reading->mistakes, trace, "time", "%s has no column %s", trace->file->path, trace->time);
    if (reading->value_column == NO_COLUMN)
        mistake(reading->mistakes, trace, "value", "%s has no column %s", trace->file->path, trace->value);
    if (reading->time_column == NO_COLUMN || reading->value_column == NO_COLUMN)
        return false;
    int64_t time;
    if (parse_time(cell_at(header, reading->time_column), &time)) { /* the file has no header */
        reading->rest = before;
        reading->line = 0;
    }
    return true;
}

/* One mistake of a file is enough: it ends the reading. */
static bool wrong_cell(const struct reading *reading, const char *key, struct span cell, const char *what)
{
    mistake(reading->mistakes, reading->trace, key, "%s line %zu: '%.*s' %s", reading->trace->file->path,
            reading->line, (int)cell.length, cell.bytes, what);
    return false;
}

static bool read_row(struct reading *reading, struct span row, struct workload_knot *knots, size_t count)
{
    const struct trace *trace = reading->trace;
    struct span time = cell_at(row, reading->time_column), value = cell_at(row, reading->value_column);
    struct workload_knot *knot = &knots[count];
    int64_t counted;
    if (!parse_time(time, &knot->at))
        return wrong_cell(reading, "time", time, "is neither a time nor a number of seconds");
    if (count && knot->at <= knots[count - 1].at)
        return wrong_cell(reading, "time", time, "is not later than the row before");
    if (!parse_decimal(value, &counted))
        return wrong_cell(reading, "value", value, "is not a number that counts something");
    __int128 amount = (__int128)counted * trace->scale / MILLION;
    if (amount * SIMTIME_SECOND / trace->per > WORKLOAD_GREATEST_RATE)
        return wrong_cell(reading, "value", value, "is more than a million requests per second");
    knot->amount = (int64_t)amount;
    return true;
}

static size_t count_rows(struct span text)
{
    size_t rows = 1;
    for (size_t i = 0; i < text.length; i++)
        rows += text.bytes[i] == '\n';
    return rows;
}

static bool read_rows(struct reading *reading)
{
    struct trace *trace = reading->trace;
    struct span row;
    trace->knots =
        arena_array(mistakes_arena(reading->mistakes), count_rows(reading->rest), sizeof *trace->knots);
    while (next_row(reading, &row)) {
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
    if (trace->from && !parse_time((struct span){trace->from, strlen(trace->from)}, from)) {
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
    struct reading reading = {.mistakes = m, .trace = trace, .rest = {trace->file->bytes, trace->file->size}};
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

static const struct workload_verbs trace_verbs = {trace_cumulative};

const struct variant workload_trace = {
    .name = "trace",
    .meaning = "requests as they were counted, from a CSV file",
    .shape = &trace_shape,
    .verbs = &trace_verbs,
};
