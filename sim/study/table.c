#include "sim/study/table.h"
#include "sim/report/csv.h"
#include "sim/study/statistics.h"

void table_add_axes(struct text *out, const struct axis *axes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        csv_add_cell(out, axes[i].name);
        text_add_char(out, ',');
    }
}

void table_add_values(struct text *out, const struct cell *cell, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        csv_add_cell(out, cell->values[i]);
        text_add_char(out, ',');
    }
}

void table_add_exact(struct text *out, int64_t value, int decimals)
{
    text_add_char(out, ',');
    if (value != ABSENT)
        text_add_decimal(out, value, decimals);
}

void table_add_digits(struct text *out, int64_t value, int decimals, int digits)
{
    char text[DECIMAL_TEXT_SIZE];
    number_format(text, value, decimals, digits);
    text_add_char(out, ',');
    text_add(out, text);
}

void table_add_rounded(struct text *out, int64_t value, int decimals)
{
    table_add_digits(out, value, decimals, STATISTICS_DIGITS);
}
