/* How a model describes what a scenario may say about it.
 *
 * A `shape` is a table of `params`, one per key; the reader (sim/scenario) fills structs from a scenario by
 * these tables, and the same tables make `help scenario`, `--set` and sweeps. Types come from the table,
 * never from YAML's guesses. After the door nothing about the input can be wrong, so engine and models have
 * no error returns.
 *
 * Numbers are integers. A PARAM_NUMBER is a decimal held in millionths (75.5 is 75500000), a PARAM_DURATION
 * is microseconds. */
#ifndef SIM_ENGINE_PARAM_H
#define SIM_ENGINE_PARAM_H

#include "sim/engine/arena.h"
#include "sim/engine/simtime.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct shape;
struct catalogue;
struct mistakes;

/* What a field holds when its key is absent and the table gives no default: ABSENT for integers, numbers and
 * durations; NULL for texts, pointers; 0 for flags and choices; an empty list; a chosen without variant. */
#define ABSENT INT64_MIN
#define MILLION INT64_C(1000000)
#define BILLION INT64_C(1000000000)

static inline int64_t given_or(int64_t given, int64_t standard)
{
    return given == ABSENT ? standard : given;
}

enum param_type {
    PARAM_FLAG,        /* bool; true, false, yes, no, on, off, ENABLED, DISABLED */
    PARAM_INTEGER,     /* int64_t; a count, `"512"` too */
    PARAM_NUMBER,      /* int64_t in millionths */
    PARAM_DURATION,    /* int64_t in us; a bare number counts `unit`s (seconds where `unit` is 0) */
    PARAM_CPU,         /* int64_t in CPU units; "1 vCPU" is 1024 */
    PARAM_MEMORY,      /* int64_t in MiB; "1 GB", "7GiB", "512 MiB" */
    PARAM_TEXT,        /* const char * */
    PARAM_NAME,        /* const char *; a name, or an ARN cut down to its name */
    PARAM_REFERENCE,   /* const char *; as PARAM_NAME, and an element of `collection` must have it (see
                          shape.collection) */
    PARAM_UTC,         /* int64_t, microseconds since 1970 */
    PARAM_TIME_OF_DAY, /* int64_t in us since midnight UTC, "20:00" or "20:00:30" */
    PARAM_CHOICE,      /* int; index into `names`, case ignored */
    PARAM_STRUCT,      /* an embedded struct of `shape` */
    PARAM_OPTIONAL,    /* struct *, of `shape`; NULL when absent */
    PARAM_LIST,        /* struct list of structs of `shape` */
    PARAM_TEXTS,   /* struct list of const char * ; one scalar is a list of one; commas separate where `comma`
                      is set */
    PARAM_VARIANT, /* struct chosen; not a key of its own: any key of `catalogue` chooses. At most one per
                      shape */
    PARAM_PARSED,  /* whatever `parse` makes of a scalar */
    PARAM_FILE,    /* const struct data_file *; a path beside the scenario */
    PARAM_UNREAD,  /* bool; true where there is something. What it says is only held against `aws`, if that is
                      set */
    PARAM_WRITTEN, /* const char *; all that is written there as JSON on one line, "" where that is nothing:
                      it is not read, but can be compared with another */
};

struct list {
    size_t count;
    void *items; /* NULL: the key is absent, which may mean something else than [] */
};

/* Lists of const char *; NULL is an empty one. */
bool texts_are_same(const struct list *a, const struct list *b);

/* One of several: which, and its settings (a struct of variant->shape). */
struct chosen {
    const struct variant *variant; /* NULL: nothing was chosen */
    void *settings;
};

/* A file that the scenario names, read whole. */
struct data_file {
    const char *path; /* as written */
    const char *bytes;
    size_t size;
    char sha256[65];
};

enum param_flag {
    PARAM_REQUIRED = 1,
    PARAM_COMMA = 2,       /* PARAM_TEXTS: "a,b" is two */
    PARAM_CAPITALISED = 4, /* documentation prints the key with a capital, as AWS does */
};

struct param {
    const char *key;   /* AWS's name, first letter's case free */
    const char *alias; /* another name for the same, or NULL */
    enum param_type type;
    unsigned flags;
    size_t offset;
    int64_t least, most;  /* inclusive; both 0: the type's own range (not negative) */
    const char *fallback; /* the default, as a scenario would write it; NULL: none */
    simtime unit;
    const char *const *names; /* PARAM_CHOICE: NULL-terminated. A first name of "" is what it is where the key
                                 is absent, and nobody can write it */
    const struct shape *shape;
    const struct catalogue *catalogue;
    const char *collection;
    /* Returns NULL, or what is wrong (in the arena) and the byte at which. */
    const char *(*parse)(struct arena *, const char *text, void *field, size_t *where);
    const char *aws;     /* section of the AWS field table that lists what else AWS has here (set on lists and
                            structs at the root) */
    const char *wrapper; /* the key under which `aws … describe-*` prints such elements, if not `key` */
    const char *meaning; /* one sentence for the reference */
};

struct shape {
    const char *name;
    size_t size;
    const struct param *params; /* ends with a key of NULL */
    /* A scalar or a sequence where a mapping is expected is the value of this key. NULL: a mistake. */
    const char *shorthand;
    bool tuple; /* written as a sequence, one item per param in order: [10m, 900] */
    /* Elements that have names: `name_key` holds it. With `revision_key` the name is "family:revision", and a
     * missing revision is one more than the family's highest so far. Such elements, wherever they stand, are
     * registered in `collection`. */
    const char *collection;
    const char *name_key;
    const char *revision_key;
    /* Of the root: runs once everything is bound, before any check, so that checks can look things up. */
    void (*index)(struct mistakes *, void *object);
    /* What the table cannot say. Runs after everything is bound, inner elements first; may fill derived
     * fields. */
    void (*check)(struct mistakes *, void *object, void *root);
};

/* Terminates a table of params. */
#define PARAM_END                                                                                            \
    {                                                                                                        \
        .key = NULL                                                                                          \
    }

/* The offset of a field, with its type checked when compiling: PARAM(struct service, desired_count, int64_t).
 */
#define PARAM_OFFSET(structure, field, type)                                                                 \
    (offsetof(structure, field) +                                                                            \
     0 * sizeof(char[__builtin_types_compatible_p(__typeof__(((structure *)0)->field), type) ? 1 : -1]))

/* A mistake at the key of an object that was bound (NULL: at the object itself, or its first line). warn()
 * does not stop the run. */
void mistake(struct mistakes *, const void *object, const char *key, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void warn(struct mistakes *, const void *object, const char *key, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Whether some element of the collection has this name; if not, *nearest is the most similar one, or NULL.
 * `nearest` may be NULL: nobody wants to know. */
bool collection_has(struct mistakes *, const char *collection, const char *name, const char **nearest);
struct arena *mistakes_arena(struct mistakes *);

/* Named variants: a new strategy, failure, workload is one file and one line. */
struct variant {
    const char *name;
    const char *meaning;
    const struct shape *shape; /* of its settings; NULL: it has none */
    const void *verbs;         /* what the family's header says it must do */
    const char *example;       /* settings that one could write; NULL: the family shows none */
};

struct catalogue {
    const char *kind;                      /* "distribution" */
    const struct variant *const *variants; /* ends with NULL */
};

const struct variant *catalogue_find(const struct catalogue *,
                                     const char *name); /* case of the first letter is free */

/* Those that can be written. */
static inline const char *const *param_names(const char *const *names)
{
    return **names ? names : names + 1;
}

/* The most similar of NULL-terminated names, or NULL if none is similar enough to be what was meant. */
const char *nearest_name(const char *name, const char *const *names);
size_t edit_distance(const char *a, const char *b); /* case ignored */

#endif
