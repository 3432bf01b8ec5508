/* What is wrong with a scenario: collected, sorted by position, printed once.
 *
 * Also knows where each bound object was written, so that a model can name an object and a key and the
 * message names a line.
 *
 * A text may be wrong in a million places: beyond MISTAKES_MAX errors and as many warnings they are counted
 * and not kept, and beyond some effort nobody is told what was meant. */
#ifndef SIM_SCENARIO_MISTAKES_H
#define SIM_SCENARIO_MISTAKES_H

#include "sim/engine/param.h"
#include "sim/scenario/source.h"

struct node;

enum { MISTAKES_MAX = 10000 };

struct mistake {
    struct place place;
    bool warning;
    bool refusal; /* an error of a check: what is written is well-formed, and the model refuses it */
    const char *text;
    size_t order; /* of coming */
};

/* Where an object was written. Several objects may share an address: a struct and its first member. */
struct position {
    const void *object;
    const struct shape *shape;
    const struct node *node;
};

/* Positions come in great numbers and are seldom looked for. */
struct position_chunk {
    struct position_chunk *next;
    size_t count;
    struct position positions[1000];
};

/* A name that references may use. */
struct named {
    const char *name;
    const struct node *node;
    const void *list; /* names within one list must differ; NULL: others may bear it too */
    size_t order;
};

struct collection {
    const char *name;
    struct named *names;
    size_t count;
    const char **meant; /* those that a wrong name may have meant; NULL while nobody asked */
    struct collection *next;
};

struct mistakes {
    struct arena *arena;
    struct mistake *all; /* that are kept */
    size_t count, errors, warnings;
    size_t refusals; /* of the errors; counted by mistakes_finish() */
    size_t unkept_errors, unkept_warnings, unkept_refusals;
    size_t compared;               /* letters, in search of what was meant */
    struct position_chunk *chunks; /* the last first */
    struct position *positions;    /* all, by address, once one was looked up */
    size_t position_count, positions_sorted;
    struct position
        checked; /* the object whose check runs: its own address is not taken for its first member's */
    struct collection *collections;
    bool collections_sorted;
};

void mistakes_init(struct mistakes *, struct arena *);

void mistake_at(struct mistakes *, struct place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void warn_at(struct mistakes *, struct place, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* No further error is kept: there is no use in looking for any. */
bool mistakes_are_full(const struct mistakes *);
/* nearest_name(), as long as it is worth the effort; then NULL. */
const char *mistakes_nearest(struct mistakes *, const char *name, const char *const *names);

/* Sorts by position and drops what was said twice of one place. */
void mistakes_finish(struct mistakes *);
/* `file:line:column: error: what is wrong`, the line, a caret. */
void mistakes_print(const struct mistakes *, struct text *);

const struct position *position_add(struct mistakes *, const void *object, const struct shape *,
                                    const struct node *);
/* The place of the key of the object, or of the object; false if the object is unknown. */
bool position_find(struct mistakes *, const void *object, const char *key, struct place *);

void collection_add(struct mistakes *, const char *collection, struct named);
/* Sorts the names and reports those that one list bears twice. No name may be added later. */
void collections_finish(struct mistakes *);
/* Once they are sorted: NULL where none has the name; the first of several that have. */
const struct named *collection_find(const struct mistakes *, const char *collection, const char *name);

#endif
