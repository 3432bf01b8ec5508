#include "sim/engine/text_table.h"
#include "sim/engine/check.h"
#include <string.h>

void text_table_cell(struct text_table *table, const char *format, ...)
{
    size_t from = table->cells.length;
    va_list arguments;
    va_start(arguments, format);
    text_add_arguments(&table->cells, format, arguments);
    va_end(arguments);
    for (char *byte = table->cells.bytes + from; *byte; byte++)
        *byte = without_control(*byte);
    text_add_bytes(&table->cells, "", 1);
    table->cell_count++;
}

void text_table_end_row(struct text_table *table)
{
    while (table->cell_count % table->columns)
        text_table_cell(table, "%s", "");
}

static void measure(const struct text_table *table, size_t *widths)
{
    const char *cell = table->cells.bytes;
    for (size_t i = 0; i < table->cell_count; i++, cell += strlen(cell) + 1) {
        size_t *width = &widths[i % table->columns], wide = count_letters(cell);
        *width = wide > *width ? wide : *width;
    }
}

static void add_blanks(struct text *out, size_t count)
{
    while (count--)
        text_add_char(out, ' ');
}

static void trim(struct text *out)
{
    while (out->length && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
}

static void write_cell(struct text *out, const char *cell, size_t width, bool number)
{
    size_t blanks = width - count_letters(cell);
    add_blanks(out, number ? blanks : 0);
    text_add(out, cell);
    add_blanks(out, number ? 0 : blanks);
}

void text_table_write(struct text_table *table, const char *indent, struct text *out)
{
    size_t widths[TEXT_TABLE_COLUMNS_MAX] = {0};
    CHECK(table->columns && table->columns <= TEXT_TABLE_COLUMNS_MAX);
    measure(table, widths);
    const char *cell = table->cells.bytes;
    for (size_t i = 0; i < table->cell_count; i++, cell += strlen(cell) + 1) {
        size_t column = i % table->columns;
        text_add(out, column ? "  " : indent);
        write_cell(out, cell, widths[column], table->numbers >> column & 1);
        if (column + 1 == table->columns || i + 1 == table->cell_count) {
            trim(out);
            text_add_char(out, '\n');
        }
    }
    text_free(&table->cells);
    table->cell_count = 0;
}
