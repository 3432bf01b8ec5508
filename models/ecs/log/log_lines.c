#include "models/ecs/log/log_lines.h"
#include "models/ecs/results/rows.h"
#include <stdio.h>

enum { MESSAGE_SIZE = 32 };

static int format(char text[MESSAGE_SIZE], const struct log_line *line)
{
    static const char *const words[] = {
        [LOG_STARTED] = "started",
        [LOG_ANSWERS] = "answers",
        [LOG_ANSWERS_NO_MORE] = "no longer answers",
        [LOG_STOP_SIGNAL] = "received SIGTERM",
        [LOG_EXITED] = "exits",
    };
    if (line->message == LOG_EXITED && line->exit_code != EXIT_CODE_UNKNOWN)
        return snprintf(text, MESSAGE_SIZE, "exits with code %d", line->exit_code);
    return snprintf(text, MESSAGE_SIZE, "%s", words[line->message]);
}

int64_t log_line_size(const struct log_line *line)
{
    char text[MESSAGE_SIZE];
    return format(text, line);
}

/* Since 1970, rounded down. */
static int64_t milliseconds(const struct world *world, simtime at)
{
    int64_t time = world->settings->run.start_time_us + at;
    return time / SIMTIME_MILLISECOND - (time % SIMTIME_MILLISECOND < 0);
}

void log_line_write(struct world *world, const struct task *task, int container, const struct log_line *line)
{
    struct text document = {0}, stream = {0};
    struct json json = {.out = &document, .one_line = true};
    char message[MESSAGE_SIZE];
    if (!world->settings->logs.recorded || !run_wants(world->run, SERIES_LOGS))
        return;
    format(message, line);
    log_plan_stream(&stream, task, container);
    json_begin_object(&json, NULL);
    json_integer(&json, "timestamp", milliseconds(world, line->at));
    json_string(&json, "logGroupName", task->definition->containers[container].log->group->name);
    json_string(&json, "logStreamName", stream.bytes);
    json_string(&json, "message", message);
    json_end_object(&json);
    row_document(world, SERIES_LOGS, &document);
    text_free(&document);
    text_free(&stream);
}
