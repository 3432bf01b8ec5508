#include "sim/report/summary.h"
#include <ctype.h>
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
        if (verdicts[i].outside > 0) {
            json_decimal(json, "worst", verdicts[i].worst, 6);
            json_seconds(json, "outside", verdicts[i].outside);
        }
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

/* Only the outermost object closes at the begin of a line. */
bool summary_is_whole(const struct text *summary)
{
    static const char close[] = "\n}\n";
    size_t length = sizeof close - 1;
    return summary_is_ours(summary) && summary->length >= length &&
           !strcmp(summary->bytes + summary->length - length, close);
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

bool summary_is_of(const struct text *summary, const struct run *run)
{
    char fingerprint[FINGERPRINT_TEXT_SIZE];
    struct text recorded = {0};
    format_fingerprint(fingerprint, run->fingerprint);
    summary_read_text(summary, "fingerprint", &recorded);
    bool same = recorded.length && !strcmp(recorded.bytes, fingerprint);
    text_free(&recorded);
    return same;
}

/* Walking: the JSON writer puts each value on a line of its own, so lines are all that must be understood. */

enum { WALK_DEPTH_MAX = 64 };

struct level {
    size_t path_length;
    bool is_array;
    int next_index;
};

struct walk {
    struct text path, value;
    struct level levels[WALK_DEPTH_MAX];
    int depth;
    summary_leaf *leaf;
    void *self;
};

static bool is_plain_key(const char *key, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)key[i]) && key[i] != '_' && key[i] != '-')
            return false;
    return length > 0;
}

static void path_cut(struct walk *walk, size_t length)
{
    walk->path.length = length;
    if (walk->path.bytes)
        walk->path.bytes[length] = '\0';
}

bool summary_is_fact(const char *path)
{
    static const char *const facts[] = {"name",    "description", "seed",
                                        "version", "duration_s",  "fingerprint"};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        if (!strcmp(path, facts[i]))
            return true;
    return false;
}

bool summary_is_promise(const char *path)
{
    static const char promises[] = "expectations[";
    return !strncmp(path, promises, sizeof promises - 1);
}

void summary_add_key(struct text *path, const char *key, size_t length)
{
    if (!is_plain_key(key, length)) {
        text_add(path, "[\"");
        text_add_bytes(path, key, length);
        text_add(path, "\"]");
        return;
    }
    if (path->length > 0)
        text_add_char(path, '.');
    text_add_bytes(path, key, length);
}

/* The byte after the string that begins here; a backslash takes the next byte with it. */
static const char *end_of_string(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        at += *at == '\\' && at + 1 < end;
    return at < end ? at + 1 : end;
}

/* Takes the key, or the index in an array, into the path; returns where the value begins. */
static const char *take_key(struct walk *walk, const char *at, const char *end)
{
    struct level *level = &walk->levels[walk->depth];
    path_cut(walk, level->path_length);
    if (level->is_array) {
        text_add_format(&walk->path, "[%d]", level->next_index++);
        return at;
    }
    if (at == end || *at != '"')
        return at;
    const char *after = end_of_string(at, end);
    if (after + 2 > end || after[0] != ':')
        return at;
    summary_add_key(&walk->path, at + 1, (size_t)(after - at) - 2);
    return after + 2;
}

static void take_value(struct walk *walk, const char *at, const char *end)
{
    bool quoted = at < end && *at == '"' && end - at >= 2;
    text_clear(&walk->value);
    text_add_bytes(&walk->value, at + quoted, (size_t)(end - at) - 2 * quoted);
    if (walk->path.length > 0 && (quoted || (strcmp(walk->value.bytes, "null") && end > at)))
        walk->leaf(walk->self, walk->path.bytes, walk->value.bytes);
}

static bool opens(const char *at, const char *end)
{
    return end - at == 1 && (*at == '{' || *at == '[');
}

static bool is_empty_nest(const char *at, const char *end)
{
    return end - at == 2 && ((at[0] == '{' && at[1] == '}') || (at[0] == '[' && at[1] == ']'));
}

static void walk_line(struct walk *walk, const char *at, const char *end)
{
    while (at < end && *at == ' ')
        at++;
    if (end > at && end[-1] == ',')
        end--;
    if (at == end)
        return;
    if (*at == '}' || *at == ']') {
        walk->depth -= walk->depth > 0;
        return;
    }
    bool outermost = walk->depth == 0 && opens(at, end);
    const char *value = outermost ? at : take_key(walk, at, end);
    if (!opens(value, end)) {
        if (!is_empty_nest(value, end))
            take_value(walk, value, end);
    } else if (walk->depth + 1 < WALK_DEPTH_MAX)
        walk->levels[++walk->depth] =
            (struct level){.path_length = walk->path.length, .is_array = *value == '['};
}

void summary_walk(const struct text *summary, summary_leaf *leaf, void *self)
{
    struct walk walk = {.leaf = leaf, .self = self};
    const char *at = summary->bytes, *end = at + summary->length;
    while (at < end) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        walk_line(&walk, at, line_end ? line_end : end);
        at = line_end ? line_end + 1 : end;
    }
    text_free(&walk.path);
    text_free(&walk.value);
}
