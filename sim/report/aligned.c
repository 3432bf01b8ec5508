#include "sim/report/aligned.h"
#include <string.h>

static size_t width_of(const char *cell)
{
    size_t width = 0;
    for (; *cell; cell++)
        width += ((unsigned char)*cell & 0xC0) != 0x80;
    return width;
}

void aligned_add(struct aligned *table, const char *cell)
{
    if (table->count == ALIGNED_COLUMNS)
        return;
    size_t from = table->cells.length, width = width_of(cell);
    text_add_bytes(&table->cells, cell, strlen(cell) + 1);
    for (char *byte = table->cells.bytes + from; *byte; byte++)
        if ((unsigned char)*byte < ' ' || *byte == '\x7f')
            *byte = ' ';
    if (width > table->widths[table->count])
        table->widths[table->count] = width;
    table->count++;
}

void aligned_end_row(struct aligned *table)
{
    text_add_char(&table->counts, (char)table->count);
    table->count = 0;
}

static void pad(struct text *out, size_t width)
{
    while (width-- > 0)
        text_add_char(out, ' ');
}

static const char *write_row(const struct aligned *table, const char *cell, size_t count, size_t left,
                             struct text *out)
{
    for (size_t i = 0; i < count; i++, cell += strlen(cell) + 1) {
        size_t room = table->widths[i] - width_of(cell);
        pad(out, i > 0 ? 2 : 0);
        pad(out, i >= left ? room : 0);
        text_add(out, cell);
        pad(out, i < left && i + 1 < count ? room : 0);
    }
    text_add_char(out, '\n');
    return cell;
}

void aligned_write(struct aligned *table, size_t left, struct text *out)
{
    const char *cell = table->cells.bytes;
    for (size_t i = 0; i < table->counts.length; i++)
        cell = write_row(table, cell, (size_t)table->counts.bytes[i], left, out);
    text_free(&table->cells);
    text_free(&table->counts);
    *table = (struct aligned){0};
}
