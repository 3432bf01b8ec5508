/* What a heat map shows, and how large all is. */
#ifndef SIM_STUDY_PICTURE_HEAT_PAGE_H
#define SIM_STUDY_PICTURE_HEAT_PAGE_H

#include "sim/study/picture/picture_panel.h"

enum { HEAT_FIGURES_MOST = 6, HEAT_NAME_LETTERS = 16 };

/* Pixels. */
enum { HEAT_PANEL_GAP = 28, HEAT_BAR_LEFT = 10 };

/* Of one figure, in all facets. */
struct heat_figure_page {
    struct range range;
    double cell_width, width; /* of a panel: all of it */
    bool tilted;              /* the names of columns */
};

struct heat_page {
    const struct heat_map *map;
    size_t rows, columns, figures, facets, panels_across;
    bool has_texts;
    double cell_height, left, height; /* left: of a panel, up to its grid */
    double names_height;
    struct heat_figure_page of[HEAT_FIGURES_MOST];
};

/* Whether there is anything to be shown; else only the counts are set. */
bool heat_page_choose(struct heat_page *, const struct heat_map *);

int heat_page_width(const struct heat_page *);
double heat_column_width(const struct heat_page *, size_t across); /* of the panels below each other */

const struct heat_cell *heat_cell_at(const struct heat_page *, size_t facet, size_t row, size_t column);
double heat_number(const struct heat_cell *, size_t figure); /* NAN: none */

/* The text of a cell for a figure; false: there is none. */
bool heat_add_text(struct text *, const struct heat_page *, const struct heat_cell *, size_t figure);

/* Whether the figure's numbers differ, and so have a scale of colours beside them. */
bool heat_has_bar(const struct heat_figure_page *);

#endif
