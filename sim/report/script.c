#include "sim/report/script.h"
#include "sim/engine/check.h"
#include "sim/report/gnuplot.h"
#include "sim/report/templates.h"
#include <string.h>

void script_add_real(struct text *script, const char *name, int64_t value)
{
    text_add_format(script, "%s = %lld.0\n", name, (long long)value);
}

void script_add_integer(struct text *script, const char *name, int64_t value)
{
    text_add_format(script, "%s = %lld\n", name, (long long)value);
}

void script_add_string(struct text *script, const char *name, const char *value)
{
    text_add_format(script, "%s = ", name);
    gnuplot_add_literal(script, value ? value : "");
    text_add_char(script, '\n');
}

void script_add_terminal(struct text *script, enum plot_format format, int width, int height)
{
    switch (format) {
    case PLOT_SVG:
        text_add_format(script,
                        "set terminal svg size %d,%d dynamic font 'Helvetica,Arial,sans-serif,12' "
                        "background '#ffffff'\n",
                        width, height);
        break;
    case PLOT_PNG:
        text_add_format(script,
                        "set terminal pngcairo size %d,%d font 'Helvetica,12' fontscale 1.5 linewidth 2 "
                        "background '#ffffff'\n",
                        2 * width, 2 * height);
        break;
    case PLOT_PDF:
        text_add_format(script,
                        "set terminal pdfcairo size %d/72.0,%d/72.0 font 'Helvetica,12' fontscale 0.75 "
                        "linewidth 1 background '#ffffff'\n",
                        width, height);
        break;
    case PLOT_TERMINAL:
        text_add_format(script, "set terminal dumb noenhanced size %d,%d\n", width, height);
        break;
    }
    text_add(script, "set output 'drawing'\nset encoding utf8\nset datafile separator \"\\t\"\n");
}

void script_add_template(struct text *script, const char *name)
{
    const struct plot_template *template = plot_templates;
    while (template->name && strcmp(template->name, name))
        template ++;
    CHECK(template->name);
    text_add(script, template->text);
}
