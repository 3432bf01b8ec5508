/* Numbers out of a JSON file of data; what is not asked for is skipped over. */
#include "sim/engine/data.h"
#include <string.h>

struct reader {
    const char *at, *end;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && is_blank(*reader->at))
        reader->at++;
}

static bool take(struct reader *reader, char c)
{
    skip_blanks(reader);
    if (reader->at == reader->end || *reader->at != c)
        return false;
    reader->at++;
    return true;
}

/* What stands between the quotes, as it is written. */
static bool take_string(struct reader *reader, struct data_cell *text)
{
    if (!take(reader, '"'))
        return false;
    const char *from = reader->at;
    while (reader->at < reader->end && *reader->at != '"')
        reader->at += *reader->at == '\\' && reader->at + 1 < reader->end ? 2 : 1;
    if (reader->at == reader->end)
        return false;
    *text = (struct data_cell){from, (size_t)(reader->at++ - from)};
    return true;
}

/* A number, or true, false, null. */
static struct data_cell take_word(struct reader *reader)
{
    skip_blanks(reader);
    const char *from = reader->at;
    while (reader->at < reader->end && !strchr(",:[]{}\"", *reader->at) && !is_blank(*reader->at))
        reader->at++;
    return (struct data_cell){from, (size_t)(reader->at - from)};
}

static bool skip_token(struct reader *reader, int64_t *depth)
{
    struct data_cell text;
    skip_blanks(reader);
    if (reader->at == reader->end)
        return false;
    char c = *reader->at;
    if (c == '"')
        return take_string(reader, &text);
    *depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    if (strchr("[]{},:", c))
        reader->at++;
    else
        take_word(reader);
    return *depth >= 0;
}

static bool skip_value(struct reader *reader)
{
    int64_t depth = 0;
    do {
        if (!skip_token(reader, &depth))
            return false;
    } while (depth > 0);
    return true;
}

static bool enter_member(struct reader *reader, const char *key, size_t length)
{
    struct data_cell name;
    if (!take(reader, '{'))
        return false;
    while (take_string(reader, &name) && take(reader, ':')) {
        if (name.length == length && memcmp(name.bytes, key, length) == 0)
            return true;
        if (!skip_value(reader) || !take(reader, ','))
            return false;
    }
    return false;
}

static bool follow(struct reader *reader, const char *path)
{
    size_t length = strcspn(path, ".");
    while (enter_member(reader, path, length)) {
        if (path[length] == '\0')
            return true;
        path += length + 1;
        length = strcspn(path, ".");
    }
    return false;
}

static const char *take_number(struct arena *arena, struct reader *reader, struct list *values)
{
    struct data_cell word = take_word(reader);
    if (data_number(word, &((int64_t *)values->items)[values->count++]))
        return NULL;
    return arena_format(arena, "\"%.*s\" is not a number from 0 to 100000000000",
                        (int)(word.length < 40 ? word.length : 40), word.bytes);
}

static size_t most_numbers(const struct reader *reader)
{
    size_t count = 1;
    for (const char *at = reader->at; at < reader->end; at++)
        count += *at == ',';
    return count;
}

static const char *take_numbers(struct arena *arena, struct reader *reader, struct list *values)
{
    do {
        const char *wrong = take_number(arena, reader, values);
        if (wrong)
            return wrong;
    } while (take(reader, ','));
    return take(reader, ']') ? NULL : "a list does not end";
}

const char *data_read_json(struct arena *arena, const struct data_file *file, const char *path,
                           struct list *values)
{
    struct reader reader = {file->bytes, file->bytes + file->size};
    *values = (struct list){0};
    if (!follow(&reader, path))
        return arena_format(arena, "it has no \"%s\"", path);
    values->items = arena_array(arena, most_numbers(&reader), sizeof(int64_t));
    return take(&reader, '[') ? take_numbers(arena, &reader, values) : take_number(arena, &reader, values);
}
