/* A scenario as a tree of texts, before anybody knows what they mean.
 *
 * Built from libyaml's events. Aliases are copies and `<<` is resolved, so that one place can be changed
 * without another; copies count towards the limit of nodes, which stops the "billion laughs". Nodes live in
 * the arena of the mistakes. */
#ifndef SIM_SCENARIO_TREE_H
#define SIM_SCENARIO_TREE_H

#include "sim/engine/arena.h"
#include "sim/scenario/mistakes.h"
#include "sim/scenario/source.h"

enum {
    TREE_DEPTH_MAX = 64,
    TREE_NODES_MAX = 4000000, /* or one for so many bytes of the text: */
    TREE_BYTES_PER_NODE = 4,
    TREE_ANCHORS_MAX = 1000,
    TREE_SCALAR_MAX = 1 << 20, /* bytes */
    TREE_KEY_MAX = 250,        /* bytes; YAML itself allows 1,024 characters */
};

enum node_kind { NODE_SCALAR, NODE_SEQUENCE, NODE_MAPPING };

struct entry {
    const char *key; /* NULL in sequences */
    struct place place;
    struct node *value;
};

struct node {
    struct place place;
    union {
        const char *text; /* of scalars; holds no NUL */
        struct entry *entries;
    };
    uint32_t count;      /* of entries; 0 in scalars */
    uint8_t kind;        /* enum node_kind */
    bool plain : 1;      /* a scalar without quotes: null can only be said so */
    bool filled : 1;     /* a default, which nobody has written */
    bool was_short : 1;  /* a mapping that was written as the value of its first entry alone */
    bool exact : 1;      /* there is room for these entries and no more */
    bool names_data : 1; /* a scalar: see node_name_data() */
};

/* Reads the one document in the text from `start` on. Returns NULL if it is so wrong that nothing can be made
 * of it. An empty text is null. Every mistake that was found is in the mistakes. */
struct node *tree_read(struct mistakes *, const struct source *, size_t start);

struct node *node_scalar(struct arena *, struct place, const char *text, bool plain);
struct node *node_collection(struct arena *, struct place, enum node_kind);
struct node *node_copy(struct arena *, const struct node *); /* the same values, not copied */
void node_become(struct node *, enum node_kind);             /* empty, at its place */
void node_add(struct arena *, struct node *collection, const char *key, struct place, struct node *value);
void node_remove(struct node *collection, size_t index);
/* A scalar names a data file, which has this path from the root of the file system. */
void node_name_data(struct arena *, struct node *, const char *path);
const char *node_data_path(const struct node *);                      /* NULL: it names none */
void node_write(const struct node *, struct json *, const char *key); /* all scalars as strings but null */

/* `items` with room for one more than `count`, in the arena; such an array's capacity is the power of two
 * that holds its count. */
void *array_room(struct arena *, void *items, size_t count, size_t size);

bool node_is_null(const struct node *);      /* absent: nothing, ~ or null, without quotes */
bool key_same(const char *a, const char *b); /* the case of the first letter is free */
struct entry *node_find(const struct node *mapping, const char *key); /* NULL if absent */
const char *node_text(const struct node *mapping,
                      const char *key); /* of a scalar that is there and not null, or NULL */

#endif
