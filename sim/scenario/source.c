#include "sim/scenario/source.h"
#include "sim/engine/check.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    WINDOW_BEFORE = 60,
    WINDOW_AFTER = 40
}; /* code points of a long line that are shown around the caret */

/* Reading files */

static const char *read_all(struct arena *arena, int file, size_t size, char **bytes)
{
    *bytes = arena_alloc(arena, size + 1);
    for (size_t have = 0; have < size;) {
        ssize_t got = read(file, *bytes + have, size - have);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return arena_text(arena, strerror(errno));
        if (got == 0)
            return "it became shorter while it was read";
        have += (size_t)got;
    }
    return NULL;
}

static const char *read_open_file(struct arena *arena, int file, const char **bytes, size_t *size)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return arena_text(arena, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return "it is not a regular file";
    if ((uint64_t)status.st_size > SOURCE_SIZE_MAX)
        return "it is larger than 256 MiB";
    char *all;
    const char *wrong = read_all(arena, file, (size_t)status.st_size, &all);
    *bytes = all;
    *size = (size_t)status.st_size;
    return wrong;
}

const char *source_read_file(struct arena *arena, const char *path, const char **bytes, size_t *size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return arena_text(arena, strerror(errno));
    const char *wrong = read_open_file(arena, file, bytes, size);
    close(file);
    return wrong;
}

const char *source_folder(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}

const char *source_base_name(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    return arena_copy(arena, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

const char *source_resolve(struct arena *arena, const char *folder, const char *path)
{
    if (*path == '/' || strcmp(folder, ".") == 0)
        return path;
    return arena_format(arena, "%s/%s", folder, path);
}

/* JSON's surrogate pairs */

static bool read_surrogate(const char *at, const char *end, uint32_t first, uint32_t *value)
{
    char digits[5] = {0};
    if (end - at < 6 || at[0] != '\\' || at[1] != 'u')
        return false;
    memcpy(digits, at + 2, 4);
    if (strspn(digits, "0123456789abcdefABCDEF") != 4)
        return false;
    *value = (uint32_t)strtoul(digits, NULL, 16) - first;
    return *value < 0x400;
}

/* Backslashes stand only in strings in JSON, so an escape is an escape wherever it is seen. Both forms fit:
 * ten bytes for twelve. */
static size_t join_surrogates(char *bytes, size_t size)
{
    char *to = bytes, *end = bytes + size;
    for (char *from = bytes; from < end;) {
        uint32_t high, low;
        if (*from != '\\' || end - from < 2) {
            *to++ = *from++;
        } else if (read_surrogate(from, end, 0xD800, &high) && read_surrogate(from + 6, end, 0xDC00, &low)) {
            char joined[16];
            snprintf(joined, sizeof joined, "\\U%08X", 0x10000 + (high << 10) + low);
            memcpy(to, joined, 10);
            to += 10;
            from += 12;
        } else {
            *to++ = *from++;
            *to++ = *from++;
        }
    }
    return (size_t)(to - bytes);
}

/* Lines */

/* Bytes of the line break at `at`, 0 if there is none. */
static size_t break_length(const char *at, size_t left)
{
    const unsigned char *byte = (const unsigned char *)at;
    if (left >= 1 && byte[0] == '\n')
        return 1;
    if (left >= 1 && byte[0] == '\r')
        return left >= 2 && byte[1] == '\n' ? 2 : 1;
    if (left >= 2 && byte[0] == 0xC2 && byte[1] == 0x85)
        return 2;
    return left >= 3 && byte[0] == 0xE2 && byte[1] == 0x80 && (byte[2] == 0xA8 || byte[2] == 0xA9) ? 3 : 0;
}

static size_t line_end(const struct source *source, size_t at)
{
    if (source->lines->plain) {
        const char *end = memchr(source->bytes + at, '\n', source->size - at);
        return end ? (size_t)(end - source->bytes) : source->size;
    }
    while (at < source->size && break_length(source->bytes + at, source->size - at) == 0)
        at++;
    return at;
}

static uint32_t note_lines(const struct source *source, uint32_t *lines)
{
    uint32_t count = 0;
    size_t at = 0;
    do {
        if (lines)
            lines[count] = (uint32_t)at;
        count++;
        at = line_end(source, at);
        if (at == source->size)
            return count;
        at += break_length(source->bytes + at, source->size - at);
    } while (true);
}

/* No line ends but with LF. */
static bool has_plain_lines(const struct source *source)
{
    static const char others[] = {'\r', '\xC2', '\xE2'};
    for (size_t i = 0; i < sizeof others; i++)
        if (memchr(source->bytes, others[i], source->size))
            return false;
    return true;
}

static const uint32_t *lines_of(const struct source *source)
{
    struct source_lines *lines = source->lines;
    if (lines->count == 0) {
        lines->plain = has_plain_lines(source);
        lines->count = note_lines(source, NULL);
        lines->starts = arena_array(lines->arena, lines->count, sizeof *lines->starts);
        note_lines(source, lines->starts);
    }
    return lines->starts;
}

uint32_t source_line_count(const struct source *source)
{
    lines_of(source);
    return source->lines->count;
}

static bool looks_like_json(const struct source *source)
{
    size_t at = 0;
    while (at < source->size && memchr(" \t\r\n", source->bytes[at], 4))
        at++;
    return at < source->size && (source->bytes[at] == '{' || source->bytes[at] == '[');
}

struct source *source_new(struct arena *arena, const char *name, const char *folder, const char *bytes,
                          size_t size)
{
    static const char byte_order_mark[] = "\xEF\xBB\xBF";
    struct source *source = arena_alloc(arena, sizeof *source);
    if (size >= 3 && memcmp(bytes, byte_order_mark, 3) == 0) {
        bytes += 3;
        size -= 3;
    }
    *source = (struct source){.name = name, .folder = folder, .bytes = bytes, .size = size};
    source->json = looks_like_json(source);
    if (source->json && memchr(bytes, '\\', size)) {
        char *joined = arena_copy(arena, bytes, size);
        source->size = join_surrogates(joined, size);
        source->bytes = joined;
    }
    source->lines = arena_alloc(arena, sizeof *source->lines);
    source->lines->arena = arena;
    return source;
}

/* Places */

struct place source_place(const struct source *source, size_t byte)
{
    const uint32_t *lines = lines_of(source);
    uint32_t low = 0, high = source->lines->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (lines[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    struct place place = {.source = source, .line = low + 1, .column = 1};
    for (size_t at = lines[low]; at < byte && at < source->size; at++)
        place.column += begins_letter(source->bytes[at]);
    return place;
}

const char *source_at(struct place place, size_t *size)
{
    const struct source *source = place.source;
    *size = 0;
    if (place.line == 0 || place.line > source_line_count(source))
        return "";
    size_t at = lines_of(source)[place.line - 1], end = line_end(source, at);
    for (uint32_t column = 1; column < place.column && at < end; column++)
        do
            at++;
        while (at < end && !begins_letter(source->bytes[at]));
    *size = source->size - at;
    return source->bytes + at;
}

/* Length of the valid, printable code point at the start of the bytes; 0 if there is none. */
static size_t printable_length(const char *bytes, size_t left)
{
    unsigned char first = (unsigned char)*bytes;
    size_t length = first < 0x80   ? 1
                    : first < 0xC2 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF5 ? 4
                                   : 0;
    if (length == 0 || length > left || (length == 1 && (first < 0x20 || first == 0x7F)))
        return 0;
    for (size_t i = 1; i < length; i++)
        if (begins_letter(bytes[i]))
            return 0;
    return length == 2 && first == 0xC2 && (unsigned char)bytes[1] < 0xA0 ? 0 : length;
}

/* How many bytes the code point at the start takes, or what stands in place of one. */
static size_t taken_length(const char *bytes, size_t left)
{
    size_t length = printable_length(bytes, left);
    if (length > 0)
        return length;
    for (length = 1; length < left && !begins_letter(bytes[length]);)
        length++;
    return length;
}

/* Copies it as it can be shown. */
static void show_code_point(struct text *out, const char *bytes, size_t left)
{
    size_t length = printable_length(bytes, left);
    if (length > 0 || *bytes == '\t')
        text_add_bytes(out, bytes, length > 0 ? length : 1);
    else
        text_add_char(out, '?');
}

static void add_blank(struct text *out, bool tab)
{
    text_add_char(out, tab ? '\t' : ' ');
}

static bool in_line(const struct source_walk *walk)
{
    const struct source *source = walk->source;
    return walk->at < source->size && !break_length(source->bytes + walk->at, source->size - walk->at);
}

static void step(struct source_walk *walk)
{
    walk->at += taken_length(walk->source->bytes + walk->at, walk->source->size - walk->at);
    walk->column++;
}

/* To the column, or the end of the line before it. */
static void walk_to(struct source_walk *walk, struct place place, uint32_t column)
{
    const struct source *source = place.source;
    if (walk->source != source || walk->line != place.line || walk->column > column)
        *walk = (struct source_walk){source, place.line, 1, lines_of(source)[place.line - 1]};
    while (walk->column < column && in_line(walk))
        step(walk);
}

void source_show(struct text *out, struct place place, struct source_walk *walk)
{
    const struct source *source = place.source;
    if (place.line == 0 || place.line > source_line_count(source) || source->size == 0)
        return;
    uint32_t first = place.column > WINDOW_BEFORE + WINDOW_AFTER ? place.column - WINDOW_BEFORE : 1;
    struct text caret = {0};
    text_add(out, first > 1 ? "  ..." : "  ");
    text_add(&caret, first > 1 ? "     " : "  ");
    walk_to(walk, place, first);
    struct source_walk shown = *walk;
    for (; shown.column < place.column + WINDOW_AFTER && in_line(&shown); step(&shown)) {
        if (shown.column < place.column)
            add_blank(&caret, source->bytes[shown.at] == '\t');
        show_code_point(out, source->bytes + shown.at, source->size - shown.at);
    }
    for (uint32_t column = shown.column; column < place.column && column < UINT16_MAX; column++)
        add_blank(&caret, false);
    text_add(out, in_line(&shown) ? "...\n" : "\n");
    text_add_bytes(out, caret.bytes, caret.length);
    text_add(out, "^\n");
    text_free(&caret);
}
