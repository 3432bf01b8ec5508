#include "sim/report/summary.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { FINGERPRINT_TEXT_SIZE = 17 };

/* 16 hexadecimal digits. */
static void format_fingerprint(char text[FINGERPRINT_TEXT_SIZE], uint64_t fingerprint)
{
    snprintf(text, FINGERPRINT_TEXT_SIZE, "%016" PRIx64, fingerprint);
}

static void add_head(struct json *json, const struct run *run)
{
    char fingerprint[FINGERPRINT_TEXT_SIZE];
    format_fingerprint(fingerprint, run->fingerprint);
    json_string(json, "name", run->settings->name);
    json_string(json, "description", run->settings->description);
    json_integer(json, "seed", (int64_t)run->seed);
    json_string(json, "version", ECSIM_VERSION);
    json_seconds(json, "duration_s", run->settings->duration);
    json_integer(json, "events", (int64_t)run->event_number);
    json_string(json, "fingerprint", fingerprint);
}

static void add_expectations(struct json *json, const struct verdict *verdicts, size_t count)
{
    json_begin_array(json, "expectations");
    for (size_t i = 0; i < count; i++) {
        json_begin_object(json, NULL);
        json_string(json, "promise", verdicts[i].promise);
        json_bool(json, "kept", verdicts[i].kept);
        json_string(json, "broken", verdicts[i].broken);
        json_end_object(json);
    }
    json_end_array(json);
}

void summary_add(struct text *out, struct run *run, const struct verdict *verdicts, size_t count)
{
    struct json json = {.out = out};
    json_begin_object(&json, NULL);
    add_head(&json, run);
    run->model->summarise(run->world, &json);
    add_expectations(&json, verdicts, count);
    json_end_object(&json);
    if (out->bytes[out->length - 1] != '\n')
        text_add_char(out, '\n');
}

/* Where the value of an outermost key begins, in the layout that the JSON writer gives; NULL if there is
 * none. */
static const char *find_value(const struct text *summary, const char *key)
{
    struct text pattern = {0};
    text_add_format(&pattern, "\n  \"%s\": ", key);
    const char *found = summary->length ? strstr(summary->bytes, pattern.bytes) : NULL;
    const char *value = found ? found + pattern.length : NULL;
    text_free(&pattern);
    return value;
}

bool summary_is_ours(const struct text *summary)
{
    return find_value(summary, "name") && find_value(summary, "version") &&
           find_value(summary, "fingerprint");
}

void summary_read_text(const struct text *summary, const char *key, struct text *out)
{
    const char *at = find_value(summary, key);
    if (!at || *at++ != '"')
        return;
    for (; *at && *at != '"'; at++) {
        if (*at != '\\') {
            text_add_char(out, *at);
            continue;
        }
        at++;
        if (*at == '"' || *at == '\\' || *at == '/')
            text_add_char(out, *at);
        else
            text_add_char(out,
                          ' '); /* what is escaped with a letter is a line end or another control character */
        if (*at == 'u')
            at += strnlen(at + 1, 4);
        if (!*at)
            return;
    }
}
