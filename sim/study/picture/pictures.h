/* The pictures of studies: what a form of study has found, as plain structs, drawn by gnuplot.
 *
 * Nothing is kept or changed; every string may be anything that a scenario can hold, is shown as it is, and
 * is cut with … where there is no room; NULL is no text. Numbers are doubles, NAN where there is none (so is
 * an infinite one). What is more than a page can show is left out, and the page says so and names the file
 * that has it all. The templates that give the looks are plots/{heat,fan,lines,frontier}.gp.
 *
 * Each picture_draw_* adds the drawing to `drawing`: svg, png or pdf. False and a sentence in `mistake` if
 * gnuplot could not make it; a picture without any data is a page that says so. */
#ifndef SIM_STUDY_PICTURES_H
#define SIM_STUDY_PICTURES_H

#include "sim/report/plot.h"

/* How the numbers of a figure are said. */
enum measure {
    MEASURE_NUMBER,
    MEASURE_WHOLE,   /* counts: tics stand at whole numbers only */
    MEASURE_SECONDS, /* said as durations: 4m10s */
    MEASURE_SHARE,   /* 0..1, said in % */
};

/* Adds a number as the axes and bars of pictures say it, for cells too: "4m10s", "99.5%", "1.25k", "0.004",
 * three significant digits (shares near 1: as many nines as there are, and one digit more). NAN: "–". */
void picture_add_short(struct text *, double, enum measure);

/* What stands around every picture. */
struct picture_page {
    const char *title;
    const char *subtitle;
    const char *note;      /* small, below: how many runs, which interval */
    const char *rest_file; /* that has what is not shown: "cells.csv" */
};

/* --- heat maps -------------------------------------------------------------------------------------------
 */

enum heat_state {
    HEAT_GOOD,     /* coloured by its number, or as good where the figure has none */
    HEAT_REJECTED, /* hatched */
    HEAT_STUCK,    /* in a strong colour, with its code */
    HEAT_EMPTY,    /* nothing is known (yet): blank */
};

enum heat_better { HEAT_LESS_IS_BETTER, HEAT_MORE_IS_BETTER }; /* the better, the lighter */

struct heat_figure {
    const char *title;
    const char *unit; /* in brackets behind the title */
    enum measure measure;
    enum heat_better better;
};

struct heat_value {
    double number;
    const char *text; /* in the cell; NULL: picture_add_short of the number */
};

struct heat_cell {
    enum heat_state state;
    bool chosen;                     /* has a thick frame */
    const char *code;                /* of a reason, one or two letters; NULL: none */
    const struct heat_value *values; /* one for each figure; NULL: none has any */
};

/* One grid for each setting of what is varied beyond rows and columns. */
struct heat_facet {
    const char *title;             /* "desiredCount = 2"; NULL where there is one facet only */
    const struct heat_cell *cells; /* rows.count * columns.count, row by row */
};

struct heat_axis {
    const char *label;        /* what is varied */
    const char *const *names; /* its values, top to bottom, left to right */
    size_t count;
};

struct heat_reason {
    const char *code;
    const char *meaning;
};

/* A panel for each facet and figure; a figure has one scale of colours in all facets. */
struct heat_map {
    struct picture_page page;
    struct heat_axis rows, columns;
    const struct heat_figure *figures;
    size_t figure_count;
    const struct heat_facet *facets;
    size_t facet_count;
    const struct heat_reason *reasons; /* the legend of the codes */
    size_t reason_count;
    const char *rejected, *stuck, *chosen; /* what they mean, in the legend; NULL: that word itself */
};

bool picture_draw_heat(const struct heat_map *, enum plot_format, struct text *drawing, struct text *mistake);

/* --- fans ------------------------------------------------------------------------------------------------
 */

enum fan_series {
    FAN_LEAST, /* of all runs */
    FAN_5,     /* quantiles */
    FAN_25,
    FAN_MEDIAN,
    FAN_75,
    FAN_95,
    FAN_WANTED, /* dashed */
    FAN_SERIES
};

/* One quantity of one key, over the instants of the fan; each value holds until the next instant. */
struct fan_track {
    const double *series[FAN_SERIES]; /* NULL: not drawn */
};

struct fan_row {
    const char *key;
    const struct fan_track *tracks; /* one for each quantity */
};

/* A row of panels for each key, a column for each quantity; a row has one scale. */
struct fan {
    struct picture_page page;
    const simtime *instants; /* ascending */
    size_t instant_count;
    simtime end;                   /* of the axis */
    const char *const *quantities; /* "running", "healthy" */
    size_t quantity_count;
    const char *unit; /* of the vertical axis */
    const struct fan_row *rows;
    size_t row_count;
};

bool picture_draw_fan(const struct fan *, enum plot_format, struct text *drawing, struct text *mistake);

/* --- lines -----------------------------------------------------------------------------------------------
 */

struct line_point {
    double mean, low, high; /* low and high NAN: no interval */
};

struct line_figure {
    const char *title;
    const char *unit;
    enum measure measure;
    double asked;                    /* a dashed level; NAN: none */
    const char *asked_name;          /* at the level; NULL: "asked" */
    const struct line_point *points; /* series.count * values.count, series by series */
};

/* The values of the varied path. With numbers, points are joined and stand at their place (evenly where they
 * span decades); without, they are categories. */
struct line_values {
    const char *label;
    const char *const *names;
    const double *numbers; /* ascending; NULL: categories */
    size_t count;
};

struct line_series {
    const char *label;        /* what is varied; NULL: there is one line without a name */
    const char *const *names; /* its values */
    size_t count;             /* at least 1 where there is anything */
};

/* A panel for each figure. A search has one: the share of runs that keep all promises. */
struct lines {
    struct picture_page page;
    struct line_values values;
    struct line_series series;
    const struct line_figure *figures;
    size_t figure_count;
    bool joins_gaps;         /* lines lead on over values without a mean, which else part them */
    bool has_border;         /* a value is marked by a line from top to bottom: what a search has found */
    size_t border;           /* its index */
    const char *border_name; /* at the line; NULL: the value's own name */
};

bool picture_draw_lines(const struct lines *, enum plot_format, struct text *drawing, struct text *mistake);

/* --- frontiers -------------------------------------------------------------------------------------------
 */

struct frontier_point {
    double x, y;
    double low, high; /* interval of y; NAN: none */
    const char *label;
    bool chosen;
    bool best; /* on the frontier: no other one beats it */
};

struct frontier_axis {
    const char *label;
    const char *unit;
    enum measure measure;
};

/* Less of x and more of y is better: the best points are joined. */
struct frontier {
    struct picture_page page;
    struct frontier_axis x, y;
    double asked;           /* level of y, dashed; NAN: none */
    const char *asked_name; /* NULL: "asked" */
    const struct frontier_point *points;
    size_t point_count;
};

bool picture_draw_frontier(const struct frontier *, enum plot_format, struct text *drawing,
                           struct text *mistake);

#endif
