/* The sheet on which the pictures of studies are laid out: layers of marks in pixels, each a data file of its
 * own, which a template draws in its order, with its colours and weights.
 *
 * So the script for gnuplot has numbers and a template and nothing else: every text that anybody wrote is
 * data. x goes to the right and y down. */
#ifndef SIM_STUDY_PICTURE_SHEET_H
#define SIM_STUDY_PICTURE_SHEET_H

#include "sim/study/picture/pictures.h"

enum layer_kind {
    LAYER_TEXTS,    /* x, y, text */
    LAYER_BOXES,    /* x1, x2, y1, y2, shade */
    LAYER_VERTICES, /* x, y; a gap between lines or areas, a block for each series */
};

/* picture_layers.def names them. */
enum layer {
#define LAYER(name, kind) LAYER_##name,
#include "sim/study/picture/picture_layers.def"
#undef LAYER
    LAYERS
};

enum {
    SHEET_EDGE = 24,        /* free on all sides */
    SHEET_WIDTH = 1000,     /* of a page that has no reason to be another */
    SHEET_LINE_HEIGHT = 18, /* of what is written in the usual size */
    SHEET_BLOCKS_MOST = 8,
};

struct sheet {
    struct text layers[LAYERS];
    int blocks[LAYERS];
    int width, height;
};

/* The width of a page that has room for all that stands around the picture. */
double sheet_page_room(const struct picture_page *);

/* What stands above; returns where the rest may begin. */
double sheet_begin(struct sheet *, const struct picture_page *, int width);
void sheet_free(struct sheet *);

/* What stands below, from y on: `left_out` in words where there is something (empty: nothing), and the note;
 * sets the height. */
void sheet_end(struct sheet *, const struct picture_page *, const struct text *left_out, double y);

/* The template is one of plots/. */
bool sheet_draw(const struct sheet *, const char *template_name, enum plot_format, struct text *drawing,
                struct text *mistake);
void sheet_add_script(const struct sheet *, const char *template_name, enum plot_format, struct text *script);

/* Letters of the usual size that fit, at least one; and the room that a text takes, at most that many of its
 * letters. */
int sheet_letters(double pixels);
double sheet_room(const char *, int letters_most);

/* Cut with … to that many letters (wide ones count twice). */
void sheet_text(struct sheet *, enum layer, double x, double y, const char *, int letters_most);
/* The end of a path says more than its beginning: that is what is cut. */
void sheet_path(struct sheet *, enum layer, double x, double y, const char *, int letters_most);

void sheet_box(struct sheet *, enum layer, double x, double y, double width, double height, double shade);

void sheet_block(struct sheet *, enum layer,
                 int block); /* what follows is of this series; ascending, from 0 */
void sheet_point(struct sheet *, enum layer, double x,
                 double y); /* begins a line or an area, or stands alone */
void sheet_join(struct sheet *, enum layer, double x, double y);                         /* the next vertex */
void sheet_line(struct sheet *, enum layer, double x1, double y1, double x2, double y2); /* may go on */

/* Entries of a legend in lines, from the left edge on. */
struct legend {
    double x, y; /* of the next one; y is the middle of its line */
};

/* Returns x of where the caller draws a swatch of this width, at the legend's y. */
double legend_add(struct sheet *, struct legend *, double swatch, const char *meaning);
void legend_add_label(struct sheet *, struct legend *, const char *); /* "label:", of what is varied */
double legend_end(struct legend *);                                   /* y of the line below */

/* In place of a picture; returns y below. */
double sheet_add_nothing(struct sheet *, double y);

static inline size_t sheet_shown(size_t count, size_t most)
{
    return count < most ? count : most;
}

/* For sheet_end(): "and 12 more rows", where not all are shown. */
void sheet_add_more(struct text *left_out, size_t count, size_t shown, const char *what);

/* Adds "title (unit)". */
void sheet_add_title(struct text *, const char *title, const char *unit);

#endif
