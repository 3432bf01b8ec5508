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

static const char became_shorter[] = "it became shorter while it was read";

/* At most so many bytes, and fewer only at the end of the file. NULL, or why it cannot be read. */
static const char *read_piece(int file, char *bytes, size_t size, size_t *have)
{
    for (*have = 0; *have < size;) {
        ssize_t got = read(file, bytes + *have, size - *have);
        if (got < 0 && errno != EINTR)
            return strerror(errno);
        if (got == 0)
            return NULL;
        *have += got > 0 ? (size_t)got : 0;
    }
    return NULL;
}

static const char *read_all(struct arena *arena, int file, size_t size, const char **bytes)
{
    char *all = arena_alloc(arena, size + 1);
    size_t have;
    const char *wrong = read_piece(file, all, size, &have);
    *bytes = all;
    return wrong ? arena_text(arena, wrong) : have < size ? became_shorter : NULL;
}

static const char *look_at(struct arena *arena, int file, size_t *size)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return arena_text(arena, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return "it is not a regular file";
    if ((uint64_t)status.st_size > SOURCE_SIZE_MAX)
        return "it is larger than 256 MiB";
    *size = (size_t)status.st_size;
    return NULL;
}

static int open_file(const char *path)
{
    return open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

const char *source_read_file(struct arena *arena, const char *path, const char **bytes, size_t *size)
{
    int file = open_file(path);
    if (file < 0)
        return arena_text(arena, strerror(errno));
    const char *wrong = look_at(arena, file, size);
    wrong = wrong ? wrong : read_all(arena, file, *size, bytes);
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

size_t source_mark_length(const char *bytes, size_t size)
{
    return size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
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

static size_t line_end(const struct source_lines *lines, size_t at)
{
    if (lines->plain) {
        const char *end = memchr(lines->bytes + at, '\n', lines->size - at);
        return end ? (size_t)(end - lines->bytes) : lines->size;
    }
    while (at < lines->size && break_length(lines->bytes + at, lines->size - at) == 0)
        at++;
    return at;
}

static uint32_t note_lines(const struct source_lines *lines, uint32_t *starts)
{
    uint32_t count = 0;
    size_t at = 0;
    do {
        if (starts)
            starts[count] = (uint32_t)at;
        count++;
        at = line_end(lines, at);
        if (at == lines->size)
            return count;
        at += break_length(lines->bytes + at, lines->size - at);
    } while (true);
}

/* No line ends but with LF. */
static bool has_plain_lines(const struct source_lines *lines)
{
    static const char others[] = {'\r', '\xC2', '\xE2'};
    for (size_t i = 0; i < sizeof others; i++)
        if (memchr(lines->bytes, others[i], lines->size))
            return false;
    return true;
}

/* A file that has changed meanwhile may be shown wrongly, or not at all. */
static void read_again(const struct source *source)
{
    struct source_lines *lines = source->lines;
    size_t size;
    const char *wrong = source_read_file(lines->arena, source->path, &lines->bytes, &size);
    size_t mark = wrong ? 0 : source_mark_length(lines->bytes, size);
    lines->bytes = wrong ? "" : lines->bytes + mark;
    lines->size = wrong ? 0 : size - mark;
}

static const struct source_lines *lines_of(const struct source *source)
{
    struct source_lines *lines = source->lines;
    if (lines->count > 0)
        return lines;
    lines->bytes = source->bytes;
    lines->size = source->size;
    if (source->path)
        read_again(source);
    lines->plain = has_plain_lines(lines);
    lines->count = note_lines(lines, NULL);
    lines->starts = arena_array(lines->arena, lines->count, sizeof *lines->starts);
    note_lines(lines, lines->starts);
    return lines;
}

uint32_t source_line_count(const struct source *source)
{
    return lines_of(source)->count;
}

/* Texts */

static bool looks_like_json(const char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size && memchr(" \t\r\n", bytes[at], 4))
        at++;
    return at < size && (bytes[at] == '{' || bytes[at] == '[');
}

struct source *source_new(struct arena *arena, const char *name, const char *folder, const char *bytes,
                          size_t size)
{
    struct source *source = arena_alloc(arena, sizeof *source);
    size_t mark = source_mark_length(bytes, size);
    bytes += mark;
    size -= mark;
    *source = (struct source){.name = name, .folder = folder, .bytes = bytes, .size = size};
    source->json = looks_like_json(bytes, size);
    if (source->json && memchr(bytes, '\\', size)) {
        char *joined = arena_copy(arena, bytes, size);
        source->size = join_surrogates(joined, size);
        source->bytes = joined;
    }
    source->lines = arena_alloc(arena, sizeof *source->lines);
    source->lines->arena = arena;
    return source;
}

/* Whether the file is worth being read in pieces; if so, how long its byte order mark is. */
static bool is_for_pieces(int file, size_t size, size_t *mark)
{
    char head[4096 + 1];
    size_t have, most = sizeof head - 1;
    if (size <= most || read_piece(file, head, most, &have))
        return false;
    head[have] = '\0';
    *mark = source_mark_length(head, have);
    const char *text = head + *mark;
    return strspn(text, " \t\r\n") < have - *mark && !looks_like_json(text, have - *mark);
}

struct source *source_of_file(struct arena *arena, const char *path, const char **wrong)
{
    const char *name = arena_text(arena, path), *bytes = "";
    size_t size = 0, mark = 0;
    int file = open_file(path);
    *wrong = file < 0 ? arena_text(arena, strerror(errno)) : look_at(arena, file, &size);
    bool pieces = !*wrong && is_for_pieces(file, size, &mark);
    if (!*wrong && !pieces) {
        lseek(file, 0, SEEK_SET);
        *wrong = read_all(arena, file, size, &bytes);
    }
    if (file >= 0)
        close(file);
    struct source *source =
        source_new(arena, name, source_folder(arena, name), bytes, *wrong || pieces ? 0 : size);
    if (pieces) {
        source->path = name;
        source->bytes = NULL;
        source->size = size - mark;
    }
    return source;
}

/* Pieces */

void source_begin(struct source_reader *reader, const struct source *source, size_t at)
{
    *reader = (struct source_reader){.source = source, .at = at, .file = -1};
    if (!source->path)
        return;
    reader->file = open_file(source->path);
    char head[3];
    size_t have;
    if (reader->file < 0)
        reader->wrong = strerror(errno);
    else if (!(reader->wrong = read_piece(reader->file, head, sizeof head, &have)))
        lseek(reader->file, (off_t)(source_mark_length(head, have) + at), SEEK_SET);
}

size_t source_next(struct source_reader *reader, void *piece, size_t size)
{
    size_t left = reader->source->size - reader->at, wanted = size < left ? size : left, got;
    if (reader->wrong || wanted == 0)
        return 0;
    if (reader->source->bytes)
        memcpy(piece, reader->source->bytes + reader->at, wanted);
    else if (!(reader->wrong = read_piece(reader->file, piece, wanted, &got)) && got < wanted)
        reader->wrong = became_shorter;
    reader->at += wanted;
    return reader->wrong ? 0 : wanted;
}

void source_end(struct source_reader *reader)
{
    if (reader->file >= 0)
        close(reader->file);
}

/* Places */

struct place source_place(const struct source *source, size_t byte)
{
    const struct source_lines *lines = lines_of(source);
    uint32_t low = 0, high = lines->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (lines->starts[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    struct place place = {.source = source, .line = low + 1, .column = 1};
    for (size_t at = lines->starts[low]; at < byte && at < lines->size; at++)
        place.column += begins_letter(lines->bytes[at]);
    return place;
}

struct place source_after(struct place place, size_t bytes)
{
    size_t left;
    source_at(place, &left);
    return source_place(place.source, lines_of(place.source)->size - left + bytes);
}

const char *source_at(struct place place, size_t *size)
{
    const struct source_lines *lines = lines_of(place.source);
    *size = 0;
    if (place.line == 0 || place.line > lines->count)
        return "";
    size_t at = lines->starts[place.line - 1], end = line_end(lines, at);
    for (uint32_t column = 1; column < place.column && at < end; column++)
        do
            at++;
        while (at < end && !begins_letter(lines->bytes[at]));
    *size = lines->size - at;
    return lines->bytes + at;
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
    const struct source_lines *lines = lines_of(walk->source);
    return walk->at < lines->size && !break_length(lines->bytes + walk->at, lines->size - walk->at);
}

static void step(struct source_walk *walk)
{
    const struct source_lines *lines = lines_of(walk->source);
    walk->at += taken_length(lines->bytes + walk->at, lines->size - walk->at);
    walk->column++;
}

/* To the column, or the end of the line before it. */
static void walk_to(struct source_walk *walk, struct place place, uint32_t column)
{
    const struct source *source = place.source;
    if (walk->source != source || walk->line != place.line || walk->column > column)
        *walk = (struct source_walk){source, place.line, 1, lines_of(source)->starts[place.line - 1]};
    while (walk->column < column && in_line(walk))
        step(walk);
}

void source_show(struct text *out, struct place place, struct source_walk *walk)
{
    const struct source_lines *lines = lines_of(place.source);
    if (place.line == 0 || place.line > lines->count || lines->size == 0)
        return;
    uint32_t first = place.column > WINDOW_BEFORE + WINDOW_AFTER ? place.column - WINDOW_BEFORE : 1;
    struct text caret = {0};
    text_add(out, first > 1 ? "  ..." : "  ");
    text_add(&caret, first > 1 ? "     " : "  ");
    walk_to(walk, place, first);
    struct source_walk shown = *walk;
    for (; shown.column < place.column + WINDOW_AFTER && in_line(&shown); step(&shown)) {
        if (shown.column < place.column)
            add_blank(&caret, lines->bytes[shown.at] == '\t');
        show_code_point(out, lines->bytes + shown.at, lines->size - shown.at);
    }
    for (uint32_t column = shown.column; column < place.column && column < UINT16_MAX; column++)
        add_blank(&caret, false);
    text_add(out, in_line(&shown) ? "...\n" : "\n");
    text_add_bytes(out, caret.bytes, caret.length);
    text_add(out, "^\n");
    text_free(&caret);
}
