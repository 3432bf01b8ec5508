/* Tasks of some kind counted by instance, and the views that look only at instances that have such tasks. */
#ifndef MODELS_PLACEMENT_TALLY_H
#define MODELS_PLACEMENT_TALLY_H

#include "models/placement/numbers.h"
#include "models/placement/view.h"

struct placement_tally {
    struct numbers by_instance;
    int64_t tasks;
    struct view *watchers;                    /* views of its instances, see view_watch() */
    struct placement_tally *next, *next_free; /* of the placement */
};

/* What changes on an instance: those watchers that listen, of every tally that has tasks there, are told. How
 * many tasks a group has there is told to the group's own views alone, see view_tell_count(). */
struct change {
    enum {
        CHANGE_ANY,     /* anything that a filter may look at */
        CHANGE_ROOM,    /* what remains of its resources */
        CHANGE_RANKING, /* where it stands in the ranking */
    } kind;
    const struct ranking *ranking;
};

void tally_tell(const struct placement_tally *, placement_instance, const struct change *);
void placement_tell(const struct placement *, placement_instance, const struct change *);

/* The group's own, by desired status. */
struct placement_tally *placement_tally_of_group(const struct placement *, placement_group);

/* The count itself is about to change. */
void tally_mark(const struct placement_tally *, placement_instance);

#endif
