/* Where binding stands: one frame per mapping that is being bound. Only bind.c and the files beside it that
 * do a part of its work know it. */
#ifndef SIM_SCENARIO_FRAME_H
#define SIM_SCENARIO_FRAME_H

#include "sim/scenario/bind.h"

/* A path through the tables, as far as binding came: all elements of a list are on one level. */
struct level {
    const struct level *outer;
    const void *step;           /* from the outer: the param, the variant, or the key */
    const char *section, *path; /* of AWS's fields; NULL outside */
    const char *label;          /* for people: "services[].deploymentConfiguration" */
    int known;                  /* of a key that the tables do not have: as model.known_field */
    size_t unused;              /* 1 + the number of such a field among those that are not simulated; or 0 */
    struct plan *plan;          /* of the objects there; NULL: there was none yet */
    struct level *inner, *next;
};

struct frame {
    struct frame *outer;
    struct level *level;
    const struct param *list; /* of the root, of which this is an element: names in it must differ */
    bool broken;              /* something in it is wrong: its check does not run */
    bool absent;              /* the scenario does not say it: only its defaults count */
    bool lenient;             /* a program wrote it */
};

struct frame *frame_below(struct binder *, struct frame *outer, const struct param *);
/* A variant's settings are a section of their own where the table names one: "timeline.updateService". */
struct frame *frame_of_variant(struct binder *, struct frame *outer, const struct param *,
                               const struct variant *);

struct level *level_of_root(struct arena *);
/* The one that the step leads to; NULL: binding has not been there. */
struct level *level_find(const struct level *outer, const void *step);
/* Of a key that the tables do not have, and of the elements of a list that they do not have. NULL: AWS does
 * not know it, either. */
struct level *level_of_key(struct binder *, struct level *outer, const char *key);
struct level *level_of_elements(struct binder *, struct level *outer);

/* Something in the frame is wrong, and so in all around it. */
void frame_break(struct frame *);

#define WRONG(binder, frame, place, ...)                                                                     \
    do {                                                                                                     \
        frame_break(frame);                                                                                  \
        mistake_at((binder)->mistakes, place, __VA_ARGS__);                                                  \
    } while (0)

/* Whether an entry is an element's own ARN; and whether a node is what AWS printed, which adds fields every
 * month: there, an unknown one is no error. */
bool entry_says_arn(const struct entry *);
bool frame_is_printed(const struct node *);

/* A key that the tables do not have: a field that AWS has is remembered, and anything else is reported. */
void bind_unknown(struct binder *, struct frame *, const struct shape *, const struct entry *);
/* What AWS has below a field that the model does not use is checked as well: a typo is a typo. */
void bind_unknown_below(struct binder *, struct frame *, struct level *, const struct node *);

void bind_value(struct binder *, struct frame *, const struct param *, struct node *, void *field);

/* A data file: read once, however often it is named. */
void bind_file(struct binder *, struct frame *, const struct param *, struct node *,
               const struct data_file **field);

#endif
