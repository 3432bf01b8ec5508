/* gnuplot as a child process: no shell, no start-up files of the user, its working folder a private temporary
 * one.
 *
 * Everything that comes from a scenario reaches it as a quoted literal or as data in a file whose name is
 * ours, so no name can become code. It writes its drawing to the file 'drawing'. */
#ifndef SIM_REPORT_GNUPLOT_H
#define SIM_REPORT_GNUPLOT_H

#include "sim/engine/text.h"

struct gnuplot;

struct gnuplot *gnuplot_begin(void);
void gnuplot_end(struct gnuplot *); /* removes the folder */

/* A data file in its folder. */
void gnuplot_write(struct gnuplot *, const char *name, const struct text *);

/* Adds the drawing that the script made to `drawing`; false and a sentence in `mistake` if there is none. */
bool gnuplot_run(struct gnuplot *, const struct text *script, struct text *drawing, struct text *mistake);

/* A single-quoted literal, in which gnuplot knows no escapes, no macros and no backticks. Control characters
 * become spaces, and one stands before a quote at the beginning. */
void gnuplot_add_literal(struct text *, const char *);

/* A cell of a tab-separated data file. */
void gnuplot_add_cell(struct text *, const char *);

#endif
