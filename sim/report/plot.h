/* The picture of a run, drawn by gnuplot from the files of its results: a panel per key, the model's columns
 * as stepped lines, marks as labelled lines. The template that lays it out is
 * plots/<picture.template_name>.gp, after plots/style.gp. */
#ifndef SIM_REPORT_PLOT_H
#define SIM_REPORT_PLOT_H

#include "sim/engine/model.h"

enum plot_format { PLOT_SVG, PLOT_PNG, PLOT_PDF, PLOT_TERMINAL };

struct plot {
    const struct picture *picture;
    const char *folder;
    enum plot_format format;
    int columns, lines; /* PLOT_TERMINAL: its size in letters */
};

/* Adds the drawing to `drawing`; false, and a sentence in `mistake`, if there is none. */
bool plot_draw(const struct plot *, struct text *drawing, struct text *mistake);

#endif
