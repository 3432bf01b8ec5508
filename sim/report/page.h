/* The page of a picture: what is drawn of each folder of results, and where it stands. Each folder has a
 * column of its own, in which the panels of its picture stand one above the other. */
#ifndef SIM_REPORT_PAGE_H
#define SIM_REPORT_PAGE_H

#include "sim/report/marks.h"
#include "sim/report/panels.h"
#include "sim/report/plot.h"

/* Pixels; the templates lay a page out by the variables that plot.c hands over. */
enum {
    PAGE_WIDTH = 1000, /* of a column */
    PAGE_HEADER = 100,
    PAGE_FOOTER = 52,
    PANEL_HEIGHT = 180,
    PANEL_GAP = 34,
    PANEL_LEFT = 70,
    PANEL_RIGHT = 28,
    BAND_HEIGHT = 15, /* of a low panel */
    BAND_GAP = 4,
};

/* A run on the page. */
struct shown_run {
    struct panels *parts; /* as many as the picture has */
    struct marks marks;
    size_t panel_count;
    int height; /* of all panels, each with the gap below it */
    bool more;  /* there is more than is shown */
};

struct page {
    const struct plot *plot;
    struct shown_run *runs; /* as many as there are folders */
    size_t panels;
    simtime end;
    int width, height;
};

/* False, and a sentence in `mistake`, if there is nothing to draw; page_free() in any case. Panels of one
 * kind and key have one scale in all columns. */
bool page_read(struct page *, const struct plot *, struct text *mistake);
void page_free(struct page *);

int page_panel_height(const struct picture_part *);
int page_gap_below(const struct picture_part *, const struct panels *, size_t panel);

#endif
