/* Numbers of pictures: axes with round tics, and how their numbers are said. */
#ifndef SIM_STUDY_PICTURE_SCALE_H
#define SIM_STUDY_PICTURE_SCALE_H

#include "sim/study/picture/pictures.h"

/* False: there is none (NAN, infinite, or beyond what can be drawn). */
bool number_is_known(double);

/* Of the known numbers that were added. */
struct range {
    double low, high;
    bool any;
};

void range_add(struct range *, double);

/* An axis from low to high, both of them tics: first * step, (first + 1) * step, … */
struct scale {
    enum measure measure;
    double low, high, step;
    double first;
    int tic_count;
};

/* Covers the range with at most `most` tics (at least 3 are asked for), from 0 where it is not far. */
struct scale scale_over(struct range, enum measure, int most);

/* Ends at this number, which need not be a tic, if it is above the lowest. */
void scale_end(struct scale *, double high);

/* From 0 to 1 between low and high. */
double scale_place(const struct scale *, double number);

double scale_tic(const struct scale *, int tic);
void scale_add_tic(struct text *, const struct scale *, int tic); /* as precise as the step */

#endif
