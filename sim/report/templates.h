/* The gnuplot templates of plots/, compiled into the program so that it draws from any folder. The build
 * writes the table. */
#ifndef SIM_REPORT_TEMPLATES_H
#define SIM_REPORT_TEMPLATES_H

struct plot_template {
    const char *name; /* plots/<name>.gp */
    const char *text;
};

extern const struct plot_template plot_templates[]; /* ends with a name of NULL */

#endif
