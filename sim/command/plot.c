#include "sim/report/plot.h"
#include "sim/command/command.h"
#include "sim/report/output.h"
#include "sim/report/summary.h"
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct plot_values {
    const char *output, *picture;
    bool terminal;
};

static const struct option plot_options[] = {
    {"output", 'o', OPTION_TEXT, "FILE", "the picture: .svg, .png or .pdf (default: the .svg in DIR)",
     offsetof(struct plot_values, output)},
    {"picture", 0, OPTION_TEXT, "NAME", "which one (default: every one in DIR, the first into FILE)",
     offsetof(struct plot_values, picture)},
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

static bool hold_results(const struct words *folders)
{
    for (size_t i = 0; i < folders->count; i++)
        if (!holds_results(folders->items[i])) {
            fprintf(stderr, "ecsim plot: %s holds no results of ecsim\n", folders->items[i]);
            return false;
        }
    return true;
}

/* NULL, and a mistake is printed, if there is no picture of that name. */
static const struct picture *find_picture(const struct picture *pictures, const char *name)
{
    struct text names = {0};
    const struct picture *picture = pictures;
    for (; picture->name && strcmp(picture->name, name); picture++)
        text_add_format(&names, "%s%s", picture == pictures ? "" : ", ", picture->name);
    if (!picture->name)
        fprintf(stderr, "ecsim plot: there is no picture %s; there are %s\n", name, names.bytes);
    text_free(&names);
    return picture->name ? picture : NULL;
}

/* Each in its place. */
static int draw_into_folder(struct plot plot)
{
    struct text standard = {0};
    text_add_format(&standard, "%s/%s.svg", *plot.folders, plot.picture->name);
    int status = draw(&plot, standard.bytes);
    text_free(&standard);
    return status;
}

static int draw_all(struct plot plot, const struct picture *pictures)
{
    int status = STATUS_FINE;
    bool any = false;
    for (plot.picture = pictures; plot.picture->name && status == STATUS_FINE; plot.picture++) {
        if (!plot_has(plot.picture, *plot.folders))
            continue;
        status = draw_into_folder(plot);
        any = true;
    }
    if (!any)
        fprintf(stderr, "ecsim plot: %s: there is nothing to draw\n", *plot.folders);
    return any ? status : STATUS_MACHINE;
}

static int plot_results(const struct model *model, const void *all_values, const struct words *operands)
{
    const struct plot_values *values = all_values;
    const struct picture *named =
        values->picture ? find_picture(model->pictures, values->picture) : model->pictures;
    struct plot plot = {.picture = named, .folders = operands->items, .folder_count = operands->count};
    if (!named || !hold_results(operands))
        return STATUS_MISTAKE;
    if (values->terminal)
        fit_terminal(&plot);
    else if (values->output && !format_of(values->output, &plot.format)) {
        fprintf(stderr, "ecsim plot: %s: the name of a picture ends in .svg, .png or .pdf\n", values->output);
        return STATUS_MISTAKE;
    }
    if (values->output || values->terminal)
        return draw(&plot, values->output);
    if (operands->count > 1) {
        fprintf(stderr, "ecsim plot: several results on one picture need -o FILE\n");
        return STATUS_MISTAKE;
    }
    return values->picture ? draw_into_folder(plot) : draw_all(plot, model->pictures);
}

const struct command command_plot = {
    .name = "plot",
    .operands = "DIR [DIR...]",
    .least_operands = 1,
    .most_operands = 4,
    .meaning = "draw results that are already there, as svg, png, pdf or letters",
    .more = "Several results are drawn side by side, what is the same in them to the same scale.",
    .options = plot_options,
    .values_size = sizeof(struct plot_values),
    .run = plot_results,
};
