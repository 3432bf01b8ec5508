#include "sim/report/csv.h"
#include <stdlib.h>
#include <string.h>

enum {
    DOLLAR_DECIMALS = 6,
    BILLIONTHS_PER_MILLIONTH = 1000,
    CELL_SIZE = DECIMAL_TEXT_SIZE + 1, /* a number and its comma */
};

void csv_add_cell(struct text *out, const char *cell)
{
    if (!cell)
        return;
    size_t length = strcspn(cell, ",\"\r\n");
    if (!cell[length]) {
        text_add_bytes(out, cell, length);
        return;
    }
    text_add_char(out, '"');
    for (; *cell; cell++) {
        if (*cell == '"')
            text_add_char(out, '"');
        text_add_char(out, *cell);
    }
    text_add_char(out, '"');
}

/* Six decimals always, rounded half away from zero. */
static char *write_dollars(char *out, int64_t billionths)
{
    uint64_t size = billionths < 0 ? -(uint64_t)billionths : (uint64_t)billionths;
    uint64_t millionths = (size + BILLIONTHS_PER_MILLIONTH / 2) / BILLIONTHS_PER_MILLIONTH;
    if (billionths < 0 && millionths)
        *out++ = '-';
    out = decimal_write(out, (int64_t)(millionths / 1000000), 0);
    *out++ = '.';
    for (int i = DOLLAR_DECIMALS; i-- > 0; millionths /= 10)
        out[i] = (char)('0' + millionths % 10);
    return out + DOLLAR_DECIMALS;
}

static char *write_number(char *out, const struct value *value)
{
    switch (value->type) {
    case VALUE_INTEGER:
        return integer_write(out, value->integer);
    case VALUE_SECONDS:
    case VALUE_DECIMAL:
        return decimal_write(out, value->integer, 6);
    case VALUE_DOLLARS:
        return write_dollars(out, value->integer);
    case VALUE_EMPTY:
    case VALUE_TEXT:
        break;
    }
    return out;
}

void csv_add_header(struct text *out, const struct series *series)
{
    for (size_t i = 0; i < series->column_count; i++) {
        if (i)
            text_add_char(out, ',');
        csv_add_cell(out, series->columns[i].name);
    }
    text_add_char(out, '\n');
}

/* The end of a short text that needs no quotes, as nearly all; NULL of another one. */
static char *write_plain(char *out, const char *text)
{
    for (int i = 0; i < CELL_SIZE; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte <= ',' && byte != ' ')
            return byte ? NULL : out + i;
        out[i] = text[i];
    }
    return NULL;
}

static char *add_text(struct text *out, char *end, const char *text, size_t room)
{
    char *plain_end = write_plain(end, text);
    if (plain_end)
        return plain_end;
    out->length = (size_t)(end - out->bytes);
    csv_add_cell(out, text);
    text_make_room(out, room);
    return out->bytes + out->length;
}

/* There is room for numbers in all cells, whatever texts have taken. */
void csv_add_row(struct text *out, const struct value *values, size_t count)
{
    size_t room = count * CELL_SIZE;
    text_make_room(out, room);
    char *end = out->bytes + out->length;
    for (size_t i = 0; i < count; i++) {
        if (values[i].type == VALUE_TEXT)
            end = add_text(out, end, values[i].text, room);
        else
            end = write_number(end, &values[i]);
        *end++ = ',';
    }
    end[-1] = '\n';
    *end = '\0';
    out->length = (size_t)(end - out->bytes);
}

void csv_open(struct csv_reader *reader, const char *bytes, size_t length)
{
    *reader = (struct csv_reader){.at = bytes, .end = bytes + length};
}

/* One cell, unquoted, into the bytes; stops before the comma or line end. */
static void read_cell(struct csv_reader *reader)
{
    bool quoted = reader->at < reader->end && *reader->at == '"';
    reader->at += quoted;
    for (; reader->at < reader->end; reader->at++) {
        char c = *reader->at;
        if (quoted && c == '"') {
            bool doubled = reader->at + 1 < reader->end && reader->at[1] == '"';
            quoted = doubled;
            reader->at += doubled;
            if (!doubled)
                continue;
        } else if (!quoted && (c == ',' || c == '\n'))
            break;
        text_add_char(&reader->bytes, c);
    }
    text_add_char(&reader->bytes, '\0');
}

/* The bytes may move while they grow, so cells are found once the row is complete. */
static void find_cells(struct csv_reader *reader)
{
    if (reader->count > reader->capacity) {
        reader->capacity = 2 * reader->count;
        reader->cells = memory_grow(reader->cells, reader->capacity, sizeof *reader->cells);
    }
    const char *at = reader->bytes.bytes;
    for (size_t i = 0; i < reader->count; i++, at += strlen(at) + 1)
        reader->cells[i] = at;
}

bool csv_next(struct csv_reader *reader)
{
    if (reader->at >= reader->end)
        return false;
    text_clear(&reader->bytes);
    reader->count = 0;
    for (bool more = true; more;) {
        read_cell(reader);
        reader->count++;
        more = reader->at < reader->end && *reader->at == ',';
        reader->at += reader->at < reader->end;
    }
    find_cells(reader);
    return true;
}

void csv_close(struct csv_reader *reader)
{
    text_free(&reader->bytes);
    free(reader->cells);
}

int csv_column(const struct csv_reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->count; i++)
        if (!strcmp(reader->cells[i], name))
            return (int)i;
    return -1;
}
