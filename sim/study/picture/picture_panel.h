/* A panel with axes on a sheet. */
#ifndef SIM_STUDY_PICTURE_PANEL_H
#define SIM_STUDY_PICTURE_PANEL_H

#include "sim/study/picture/picture_scale.h"
#include "sim/study/picture/picture_sheet.h"

enum { PANEL_TITLE = 24 }; /* its room above a panel */

struct panel {
    double left, top, width, height; /* of what lies between the axes */
    struct scale x, y;
};

double panel_x(const struct panel *, double number);
double panel_y(const struct panel *, double number);

/* As many tics as are pleasant. */
int panel_tics(double pixels);

/* Lines at the tics of y, their numbers beside them, both axes, the title above. */
void panel_add_frame(struct sheet *, const struct panel *, const char *title, const char *unit);
void panel_add_x_tics(struct sheet *, const struct panel *, bool with_numbers);

/* A dashed level of y, named at its right end. */
void panel_add_level(struct sheet *, const struct panel *, double y, const char *name);

#endif
