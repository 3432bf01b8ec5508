#include "sim/engine/data.h"
#include <string.h>

#define GREATEST INT64_C(100000000000) /* of numbers */

/* What stands before the separator, and `rest` goes on behind it. */
static struct data_cell cut(struct data_cell *rest, char separator)
{
    const char *end = rest->length ? memchr(rest->bytes, separator, rest->length) : NULL;
    struct data_cell taken = {rest->bytes, end ? (size_t)(end - rest->bytes) : rest->length};
    size_t used = taken.length + (end != NULL);
    *rest = (struct data_cell){rest->bytes + used, rest->length - used};
    return taken;
}

static bool is_blank(char character)
{
    return character == ' ' || character == '\t' || character == '\r';
}

static struct data_cell trimmed(struct data_cell text)
{
    while (text.length && is_blank(text.bytes[text.length - 1]))
        text.length--;
    while (text.length && is_blank(*text.bytes))
        text = (struct data_cell){text.bytes + 1, text.length - 1};
    return text;
}

/* A cell's text, without the quotes around it. */
static struct data_cell cut_cell(struct data_cell *row)
{
    struct data_cell inside = trimmed(*row);
    if (inside.length == 0 || *inside.bytes != '"' || !memchr(inside.bytes + 1, '"', inside.length - 1))
        return trimmed(cut(row, ','));
    inside = (struct data_cell){inside.bytes + 1, inside.length - 1};
    struct data_cell cell = cut(&inside, '"');
    *row = inside;
    cut(row, ',');
    return cell;
}

struct data_rows data_open(const struct data_file *file)
{
    return (struct data_rows){.rest = {file->bytes, file->size}};
}

bool data_next_row(struct data_rows *rows, struct data_cell *row)
{
    while (rows->rest.length) {
        rows->line++;
        *row = trimmed(cut(&rows->rest, '\n'));
        if (row->length)
            return true;
    }
    return false;
}

size_t data_most_rows(const struct data_rows *rows)
{
    size_t count = 1;
    for (struct data_cell rest = rows->rest; rest.length; count++)
        cut(&rest, '\n');
    return count;
}

bool data_take_cell(struct data_cell row, size_t index, struct data_cell *cell)
{
    for (size_t i = 0; i < index; i++) {
        cut_cell(&row);
        if (row.length == 0)
            return false;
    }
    *cell = cut_cell(&row);
    return true;
}

static bool find_name(struct data_cell header, const char *name, size_t *index)
{
    for (*index = 0; header.length; ++*index) {
        struct data_cell cell = cut_cell(&header);
        if (cell.length == strlen(name) && memcmp(cell.bytes, name, cell.length) == 0)
            return true;
    }
    return false;
}

bool data_find_column(struct data_cell first_row, const char *column, size_t *index)
{
    struct data_cell cell;
    int64_t number;
    if (find_name(first_row, column, index))
        return true;
    if (!data_number((struct data_cell){column, strlen(column)}, &number) || number % MILLION)
        return false;
    *index = (size_t)(number / MILLION);
    return *index < first_row.length && data_take_cell(first_row, *index, &cell);
}

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* The digits before the point; false: they are too many. */
static bool take_whole(struct data_cell *text, int64_t *whole)
{
    for (; text->length && is_digit(*text->bytes); text->bytes++, text->length--) {
        *whole = *whole * 10 + (*text->bytes - '0');
        if (*whole > GREATEST)
            return false;
    }
    return true;
}

/* The digits behind the point, as far as they are millionths. */
static int64_t take_millionths(struct data_cell *text)
{
    int64_t millionths = 0, unit = MILLION;
    for (; text->length && is_digit(*text->bytes); text->bytes++, text->length--) {
        unit /= 10;
        millionths += (*text->bytes - '0') * unit;
    }
    return millionths;
}

bool data_number(struct data_cell text, int64_t *millionths)
{
    size_t points = 0, length = text.length;
    int64_t whole = 0, part = 0;
    if (!take_whole(&text, &whole))
        return false;
    if (text.length && *text.bytes == '.') {
        points = 1;
        text = (struct data_cell){text.bytes + 1, text.length - 1};
        part = take_millionths(&text);
    }
    *millionths = whole * MILLION + part;
    return length > points && !text.length && *millionths <= GREATEST * MILLION;
}

static const char *read_numbers(struct arena *arena, struct data_rows rows, size_t index, struct list *values)
{
    int64_t *numbers = arena_array(arena, data_most_rows(&rows), sizeof *numbers);
    struct data_cell row, cell;
    values->items = numbers;
    while (data_next_row(&rows, &row)) {
        if (!data_take_cell(row, index, &cell))
            return arena_format(arena, "line %zu has no column %zu", rows.line, index);
        if (!data_number(cell, &numbers[values->count++]))
            return arena_format(arena, "line %zu: \"%.*s\" is not a number from 0 to 100000000000", rows.line,
                                (int)cell.length, cell.bytes);
    }
    return values->count > 0 ? NULL : "there are no values";
}

const char *data_read_column(struct arena *arena, const struct data_file *file, const char *column,
                             struct list *values)
{
    struct data_rows rows = data_open(file), all = rows;
    struct data_cell first, cell;
    size_t index;
    int64_t number;
    *values = (struct list){0};
    if (!data_next_row(&rows, &first))
        return "the file is empty";
    if (!data_find_column(first, column, &index))
        return arena_format(arena, "there is no column \"%s\" in its first line", column);
    bool header = !data_take_cell(first, index, &cell) || !data_number(cell, &number);
    return read_numbers(arena, header ? rows : all, index, values);
}
