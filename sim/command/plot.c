#include "sim/report/plot.h"
#include "sim/command/command.h"
#include "sim/report/output.h"
#include "sim/report/summary.h"
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct plot_values {
    const char *output;
    bool terminal;
};

static const struct option plot_options[] = {
    {"output", 'o', OPTION_TEXT, "FILE", "the picture: .svg, .png or .pdf (default: the .svg in DIR)",
     offsetof(struct plot_values, output)},
    {"terminal", 0, OPTION_FLAG, NULL, "draw with letters, on the terminal",
     offsetof(struct plot_values, terminal)},
    {0},
};

enum { USUAL_COLUMNS = 100, USUAL_LINES = 28, LEAST_COLUMNS = 40, LEAST_LINES = 12 };

static bool format_of(const char *path, enum plot_format *format)
{
    static const char *const endings[] = {[PLOT_SVG] = ".svg", [PLOT_PNG] = ".png", [PLOT_PDF] = ".pdf"};
    const char *dot = strrchr(path, '.');
    for (enum plot_format i = PLOT_SVG; dot && i <= PLOT_PDF; i++)
        if (!strcmp(dot, endings[i])) {
            *format = i;
            return true;
        }
    return false;
}

static void fit_terminal(struct plot *plot)
{
    struct winsize size = {0};
    bool known = !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    plot->format = PLOT_TERMINAL;
    plot->columns = known && size.ws_col >= LEAST_COLUMNS ? size.ws_col : USUAL_COLUMNS;
    plot->lines = known && size.ws_row >= LEAST_LINES ? size.ws_row - 2 : USUAL_LINES;
}

static bool holds_results(const char *folder)
{
    struct text path = {0}, summary = {0};
    text_add_format(&path, "%s/summary.json", folder);
    bool holds = input_read(path.bytes, &summary) && summary_is_ours(&summary);
    text_free(&path);
    text_free(&summary);
    return holds;
}

static int draw(const struct plot *plot, const char *output)
{
    struct text drawing = {0}, mistake = {0};
    bool drawn = plot_draw(plot, &drawing, &mistake);
    if (!drawn)
        fprintf(stderr, "ecsim plot: %s\n", mistake.bytes);
    else if (plot->format == PLOT_TERMINAL)
        fwrite(drawing.bytes, 1, drawing.length, stdout);
    else
        output_replace(output, &drawing);
    text_free(&drawing);
    text_free(&mistake);
    return drawn ? STATUS_FINE : STATUS_MACHINE;
}

static int plot_results(const struct model *model, const void *all_values, const struct words *operands)
{
    const struct plot_values *values = all_values;
    struct plot plot = {.picture = model->picture, .folder = operands->items[0], .format = PLOT_SVG};
    if (!holds_results(plot.folder)) {
        fprintf(stderr, "ecsim plot: %s holds no results of ecsim\n", plot.folder);
        return STATUS_MISTAKE;
    }
    if (values->terminal)
        fit_terminal(&plot);
    else if (values->output && !format_of(values->output, &plot.format)) {
        fprintf(stderr, "ecsim plot: %s: the name of a picture ends in .svg, .png or .pdf\n", values->output);
        return STATUS_MISTAKE;
    }
    struct text standard = {0};
    text_add_format(&standard, "%s/%s.svg", plot.folder, plot.picture->template_name);
    int status = draw(&plot, values->output ? values->output : standard.bytes);
    text_free(&standard);
    return status;
}

const struct command command_plot = {
    .name = "plot",
    .operands = "DIR",
    .least_operands = 1,
    .most_operands = 1,
    .meaning = "draw results that are already there, as svg, png, pdf or letters",
    .options = plot_options,
    .values_size = sizeof(struct plot_values),
    .run = plot_results,
};
