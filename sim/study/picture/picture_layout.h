/* Each picture laid out on a sheet, before gnuplot draws it. */
#ifndef SIM_STUDY_PICTURE_LAYOUT_H
#define SIM_STUDY_PICTURE_LAYOUT_H

#include "sim/study/picture/picture_sheet.h"

/* Begin the sheet and end it; sheet_free() is the caller's. */
void heat_lay_out(const struct heat_map *, struct sheet *);
void fan_lay_out(const struct fan *, struct sheet *);
void lines_lay_out(const struct lines *, struct sheet *);
void frontier_lay_out(const struct frontier *, struct sheet *);

#endif
