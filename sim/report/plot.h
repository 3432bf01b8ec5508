/* The pictures of runs, drawn by gnuplot from the files of their results: panels one above the other, the
 * model's columns as stepped lines, marks as labelled lines; of several runs side by side, panels of the same
 * kind and key to the same scale. The template that lays a picture out is plots/<template_name>.gp, after
 * plots/style.gp. */
#ifndef SIM_REPORT_PLOT_H
#define SIM_REPORT_PLOT_H

#include "sim/engine/model.h"

enum plot_format { PLOT_SVG, PLOT_PNG, PLOT_PDF, PLOT_TERMINAL };

struct plot {
    const struct picture *picture;
    const char *const *folders; /* of results, from left to right */
    size_t folder_count;
    enum plot_format format;
    int columns, lines; /* PLOT_TERMINAL: its size in letters */
};

/* Whether the results in this folder are such that the picture is drawn of them (picture.needs). */
bool plot_has(const struct picture *, const char *folder);

/* Adds the drawing to `drawing`; false, and a sentence in `mistake`, if there is none. */
bool plot_draw(const struct plot *, struct text *drawing, struct text *mistake);

#endif
