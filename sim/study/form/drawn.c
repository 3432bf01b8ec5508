#include "sim/study/form/drawn.h"
#include <math.h>
#include <string.h>

double drawn_number(int64_t value, int decimals)
{
    double unit = 1;
    for (; decimals > 0; decimals--)
        unit *= 10;
    return value == ABSENT ? NAN : (double)value / unit;
}

struct line_point drawn_point(const struct estimate *estimate, int decimals)
{
    return (struct line_point){drawn_number(estimate->value, decimals), drawn_number(estimate->low, decimals),
                               drawn_number(estimate->high, decimals)};
}

enum measure drawn_measure(const char *unit)
{
    return !strcmp(unit, "s") ? MEASURE_SECONDS : !strcmp(unit, "share") ? MEASURE_SHARE : MEASURE_NUMBER;
}

const char *drawn_unit(const char *unit)
{
    return drawn_measure(unit) == MEASURE_NUMBER ? unit : "";
}

const char *const *drawn_names(struct arena *arena, const struct axis_value *values, size_t count)
{
    const char **names = arena_array(arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = values[i].shown;
    return names;
}

/* true and false are numbers among figures, and none on an axis. */
static bool is_number(const char *text, int64_t *billionths)
{
    return strchr("0123456789-", *text) && figure_number(text, billionths);
}

const double *drawn_numbers(struct arena *arena, const struct axis_value *values, size_t count)
{
    double *numbers = arena_array(arena, count, sizeof *numbers);
    for (size_t i = 0; i < count; i++) {
        int64_t billionths;
        if (!is_number(values[i].shown, &billionths))
            return NULL;
        numbers[i] = drawn_number(billionths, FIGURE_DECIMALS);
        if (i > 0 && numbers[i] <= numbers[i - 1])
            return NULL;
    }
    return numbers;
}

const char *drawn_cell_name(struct arena *arena, const struct cell *cell, size_t axis_count)
{
    struct text name = {0};
    for (size_t i = 0; i < axis_count; i++)
        text_add_format(&name, "%s%s", i > 0 ? ", " : "", cell->values[i]);
    const char *copy = arena_text(arena, name.length ? name.bytes : "");
    text_free(&name);
    return copy;
}
