/* Figures of runs: what summary.json says, as names and texts.
 *
 * A name is a path as summary_walk() gives it, and gets a small number, the same for the same name. Texts are
 * those of summary.json, so nothing is lost on the way into study.csv. */
#ifndef SIM_STUDY_FIGURES_H
#define SIM_STUDY_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct figure {
    uint32_t name;
    const char *text;
};

struct figure_names;

struct figure_names *figure_names_new(void);
void figure_names_free(struct figure_names *);
/* Numbers it if it is new. The name holds no NUL. */
uint32_t figure_name_of(struct figure_names *, const char *name, size_t length);
bool figure_name_find(const struct figure_names *, const char *name, uint32_t *number);
const char *figure_name(const struct figure_names *, uint32_t);
uint64_t figure_name_hash(const struct figure_names *, uint32_t); /* of the name, whatever its number */
size_t figure_names_count(const struct figure_names *);

/* A figure that is a number, exactly: billionths; true is 1, false is 0. False: it is a text, or has more
 * decimals or digits than fit. */
enum { FIGURE_DECIMALS = 9 };
bool figure_number(const char *text, int64_t *billionths);

/* The same in units of 10^-decimals, to the nearest: billionths end at 9.2 * 10^9, whole units at 9.2 *
 * 10^18. */
bool figure_scaled(const char *text, int decimals, int64_t *value);

/* Whether such units leave room for the statistics of numbers no larger than this one: no bound of an
 * interval is further away than 12.71 times the greatest, the mean of two. Of whole units, and what is no
 * number, they do. */
bool figure_has_room(const char *text, int decimals);

/* Whether the name is the path itself, or that of a figure below it. */
bool figure_is_below(const char *name, const char *path);

#endif
