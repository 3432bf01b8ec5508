#include "models/failure/spot_trace.h"
#include "models/failure/failure.h"
#include "models/settings/tables.h"

static const int64_t longest_gap_s = 31 * 24 * 3600;

static bool read(struct mistakes *mistakes, const struct spot_trace *trace, const char *path,
                 struct list *values)
{
    const char *wrong = data_read_json(mistakes_arena(mistakes), trace->file, path, values);
    if (wrong)
        mistake(mistakes, trace, "file", "%s: %s", trace->file->path, wrong);
    return !wrong;
}

static void add_change(struct spot_trace *trace, simtime at, bool available)
{
    size_t count = trace->change_count;
    bool before = count == 0 || trace->changes[count - 1].available;
    if (available != before)
        trace->changes[trace->change_count++] = (struct spot_trace_change){at, available};
}

/* From the tick on that holds at the start of the run. */
static void find_changes(struct mistakes *mistakes, struct spot_trace *trace, const struct list *data,
                         simtime gap)
{
    size_t first =
        (uint64_t)(trace->from / gap) < data->count ? (size_t)(trace->from / gap) : data->count - 1;
    trace->changes = arena_array(mistakes_arena(mistakes), data->count, sizeof *trace->changes);
    for (size_t i = first; i < data->count; i++) {
        __int128 at = i == first ? 0 : (__int128)gap * (int64_t)i - trace->from;
        if (at < SIMTIME_NEVER)
            add_change(trace, (simtime)at, *LIST_AT(int64_t, *data, i) > 0);
    }
}

static void spot_trace_check(struct mistakes *mistakes, void *object, void *root)
{
    struct spot_trace *trace = object;
    struct list gap, data;
    failure_check_zone(mistakes, trace, trace->availability_zone, root);
    if (trace->instance_type)
        settings_instance_type(mistakes, root, trace, trace->instance_type);
    if (!read(mistakes, trace, "metadata.gap_seconds", &gap) || !read(mistakes, trace, "data", &data))
        return;
    int64_t seconds = *LIST_AT(int64_t, gap, 0); /* millionths: microseconds */
    if (seconds == 0 || seconds > longest_gap_s * MILLION)
        mistake(mistakes, trace, "file", "%s: its gap_seconds are no time between two ticks, at most a month",
                trace->file->path);
    else
        find_changes(mistakes, trace, &data, seconds);
}

static const struct param spot_trace_params[] = {
    {.key = "file",
     .type = PARAM_FILE,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct spot_trace, file, const struct data_file *),
     .meaning = "a JSON file: {metadata: {gap_seconds: 34}, data: [0, 1, …]}, 0 where there is no capacity"},
    {.key = "instanceType",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct spot_trace, instance_type, const char *),
     .meaning = "of which hosts (default: of every type)"},
    {.key = "availabilityZone",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct spot_trace, availability_zone, const char *),
     .meaning = "where (default: in every zone)"},
    {.key = "from",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(struct spot_trace, from, simtime),
     .fallback = "0s",
     .meaning = "the time in the file that is the start of the run"},
    PARAM_END,
};

const struct shape spot_trace_shape = {
    .name = "trace of a Spot pool",
    .size = sizeof(struct spot_trace),
    .params = spot_trace_params,
    .check = spot_trace_check,
};
