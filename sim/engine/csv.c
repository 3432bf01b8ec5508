#include "sim/engine/csv.h"
#include <ctype.h>
#include <string.h>

struct span {
    const char *first, *end;
};

static bool is_blank(char character)
{
    return character == ' ' || character == '\t' || character == '\r';
}

static struct span trimmed(struct span span)
{
    while (span.first < span.end && is_blank(*span.first))
        span.first++;
    while (span.end > span.first && is_blank(span.end[-1]))
        span.end--;
    return span;
}

/* Cuts what stands before the separator off `rest`; false if there is nothing left. */
static bool take_part(struct span *rest, char separator, struct span *part)
{
    if (!rest->first)
        return false;
    const char *found = memchr(rest->first, separator, (size_t)(rest->end - rest->first));
    *part = trimmed((struct span){rest->first, found ? found : rest->end});
    rest->first = found ? found + 1 : NULL;
    return true;
}

/* A cell's text, without the quotes around it. */
static bool take_cell(struct span *line, struct span *cell)
{
    if (line->first)
        *line = trimmed(*line);
    bool quoted = line->first && line->first < line->end && *line->first == '"';
    const char *close = quoted ? memchr(line->first + 1, '"', (size_t)(line->end - line->first - 1)) : NULL;
    if (!close)
        return take_part(line, ',', cell);
    struct span text = {line->first + 1, close};
    line->first = close;
    take_part(line, ',', cell);
    *cell = text;
    return true;
}

static bool cell_at(struct span line, size_t index, struct span *cell)
{
    for (size_t i = 0; i <= index; i++)
        if (!take_cell(&line, cell))
            return false;
    return true;
}

static bool is_digit(const struct span *span)
{
    return span->first < span->end && isdigit((unsigned char)*span->first);
}

/* Not negative, below about 10^12; digits beyond the sixth decimal are dropped. */
static bool parse_millionths(struct span text, int64_t *number)
{
    bool any = is_digit(&text);
    *number = 0;
    for (; is_digit(&text); text.first++) {
        if (*number > MILLION * MILLION * MILLION / 10)
            return false;
        *number = 10 * *number + (*text.first - '0') * MILLION;
    }
    if (text.first < text.end && *text.first == '.') {
        text.first++;
        any |= is_digit(&text);
        for (int64_t worth = MILLION / 10; is_digit(&text); text.first++, worth /= 10)
            *number += worth * (*text.first - '0');
    }
    return any && text.first == text.end;
}

static bool find_name(struct span header, const char *name, size_t *index)
{
    struct span cell;
    for (*index = 0; take_cell(&header, &cell); ++*index)
        if ((size_t)(cell.end - cell.first) == strlen(name) && memcmp(cell.first, name, strlen(name)) == 0)
            return true;
    return false;
}

static bool find_index(const char *column, size_t *index)
{
    size_t length = strlen(column);
    *index = 0;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)column[i]) || i > 6)
            return false;
        *index = 10 * *index + (size_t)(column[i] - '0');
    }
    return length > 0;
}

/* Which column is meant, and whether the first line is a header. */
static bool find_column(struct span first_line, const char *column, size_t *index, bool *header)
{
    if (!find_index(column, index)) {
        *header = true;
        return find_name(first_line, column, index);
    }
    struct span cell;
    int64_t number;
    bool found = cell_at(first_line, *index, &cell);
    *header = found && !parse_millionths(cell, &number);
    return found;
}

static size_t count_lines(struct span text)
{
    size_t count = 1;
    for (const char *c = text.first; c < text.end; c++)
        count += *c == '\n';
    return count;
}

static const char *read_cells(struct arena *arena, struct span rest, size_t index, size_t line_number,
                              struct list *values)
{
    values->items = arena_array(arena, count_lines(rest), sizeof(int64_t));
    int64_t *numbers = values->items;
    struct span line, cell;
    for (; take_part(&rest, '\n', &line); line_number++) {
        if (line.first == line.end)
            continue;
        if (!cell_at(line, index, &cell))
            return arena_format(arena, "line %zu has no column %zu", line_number, index);
        if (!parse_millionths(cell, &numbers[values->count++]))
            return arena_format(arena, "line %zu: \"%.*s\" is not a number from 0 to 1000000000000",
                                line_number, (int)(cell.end - cell.first), cell.first);
    }
    return values->count > 0 ? NULL : "there are no values";
}

const char *csv_read_column(struct arena *arena, const struct data_file *file, const char *column,
                            struct list *values)
{
    struct span rest = {file->bytes, file->bytes + file->size}, after_first = rest, first_line;
    size_t index;
    bool header;
    *values = (struct list){0};
    if (file->size == 0 || !take_part(&after_first, '\n', &first_line))
        return "the file is empty";
    if (!find_column(first_line, column, &index, &header))
        return arena_format(arena, "there is no column \"%s\" in its first line", column);
    if (!header)
        return read_cells(arena, rest, index, 1, values);
    if (!after_first.first)
        return "there are no values";
    return read_cells(arena, after_first, index, 2, values);
}
