/* What every script for gnuplot has: its terminal, variables, templates. */
#ifndef SIM_REPORT_SCRIPT_H
#define SIM_REPORT_SCRIPT_H

#include "sim/report/plot.h"

/* Pixels; in PLOT_TERMINAL letters and lines. */
void script_add_terminal(struct text *script, enum plot_format, int width, int height);

/* A real number: gnuplot cuts the quotient of two whole ones. */
void script_add_real(struct text *script, const char *name, int64_t value);
void script_add_integer(struct text *script, const char *name, int64_t value);
void script_add_string(struct text *script, const char *name, const char *value); /* NULL is empty */

/* The text of plots/<name>.gp, which must be there. */
void script_add_template(struct text *script, const char *name);

#endif
