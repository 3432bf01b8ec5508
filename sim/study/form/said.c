#include "sim/study/form/said.h"

enum { SHOWN_DIGITS = 4 };

static void add(struct text *out, int64_t value, int decimals, const char *unknown)
{
    char text[DECIMAL_TEXT_SIZE];
    number_format(text, value, decimals, SHOWN_DIGITS);
    text_add(out, *text ? text : unknown);
}

void said_add(struct text *out, int64_t value, int decimals)
{
    add(out, value, decimals, "-");
}

void said_add_amount(struct text *out, int64_t value, int decimals, const char *unit)
{
    said_add(out, value, decimals);
    text_add_format(out, "%s%s", *unit ? " " : "", unit);
}

void said_add_interval(struct text *out, const struct estimate *estimate, int decimals)
{
    add(out, estimate->low, decimals, "?");
    text_add(out, " to ");
    add(out, estimate->high, decimals, "?");
}

void said_cell(struct text_table *table, int64_t value, int decimals)
{
    struct text cell = {0};
    said_add(&cell, value, decimals);
    text_table_cell(table, "%s", cell.bytes);
    text_free(&cell);
}

void said_interval_cell(struct text_table *table, const struct estimate *estimate, int decimals)
{
    struct text cell = {0};
    said_add_interval(&cell, estimate, decimals);
    text_table_cell(table, "%s", cell.bytes);
    text_free(&cell);
}
