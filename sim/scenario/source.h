/* The texts that a scenario is read from, and places in them.
 *
 * Lines and columns are counted from 1; a column is a code point. Lines end as YAML 1.1 says: LF, CR LF, CR,
 * NEL, LS or PS. */
#ifndef SIM_SCENARIO_SOURCE_H
#define SIM_SCENARIO_SOURCE_H

#include "sim/engine/arena.h"
#include "sim/engine/text.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SOURCE_SIZE_MAX ((size_t)256 << 20)

/* What places are shown by, once somebody has asked: the text, and where its lines begin. */
struct source_lines {
    struct arena *arena;
    const char *bytes;
    size_t size;
    uint32_t *starts;
    uint32_t count; /* 0: nobody has */
    bool plain;     /* all end with LF */
};

/* One text; lives in the arena that it was made in. */
struct source {
    const char *name;   /* as messages print it */
    const char *folder; /* what relative paths in it start from */
    const char *path;   /* of the file that it is read from, in pieces; NULL: it is in memory */
    const char *bytes;  /* in memory; NULL: in the file */
    size_t size;
    unsigned order; /* of reading: mistakes are sorted by it */
    bool json;      /* begins as a JSON document does */
    bool printed;   /* a program wrote it: what is unknown in it is a warning */
    struct source_lines *lines;
};

struct place {
    const struct source *source;
    uint32_t line, column;
};

/* Drops a byte order mark, and in JSON joins the surrogate pairs of \u escapes, which YAML does not have. */
struct source *source_new(struct arena *, const char *name, const char *folder, const char *bytes,
                          size_t size);

/* Reads a regular file of at most SOURCE_SIZE_MAX bytes into the arena. Returns NULL, or why it cannot be
 * read. */
const char *source_read_file(struct arena *, const char *path, const char **bytes, size_t *size);

/* A text that is read from its file in pieces, and again if anything is wrong with it; what is small, or may
 * be JSON, is read whole. The text is empty if *wrong says why the file cannot be read. */
struct source *source_of_file(struct arena *, const char *path, const char **wrong);
size_t source_mark_length(const char *bytes,
                          size_t size); /* of a byte order mark in front; 0: there is none */

/* Reading a text in pieces, from byte `at` on. */
struct source_reader {
    const struct source *source;
    size_t at;
    int file;          /* of a text that is in a file */
    const char *wrong; /* why a piece is empty before the end of the text; NULL: nothing is */
};
void source_begin(struct source_reader *, const struct source *, size_t at);
size_t source_next(struct source_reader *, void *piece, size_t size); /* bytes; 0 at the end */
void source_end(struct source_reader *);

/* "/a/b.yaml" is in "/a", "b.yaml" in ".". */
const char *source_folder(struct arena *, const char *path);
const char *source_base_name(struct arena *, const char *path); /* "b" of both */
const char *source_resolve(struct arena *, const char *folder,
                           const char *path); /* absolute paths stay as they are */

uint32_t source_line_count(const struct source *);
struct place source_place(const struct source *, size_t byte);
struct place source_after(struct place, size_t bytes); /* so many bytes behind the place */
/* The bytes of a place and after it up to the end of the text; empty beyond the end. */
const char *source_at(struct place, size_t *size);

/* Where a place was shown last: if the next lies behind it, what is between them is all that is walked over.
 */
struct source_walk {
    const struct source *source;
    uint32_t line, column;
    size_t at;
};

/* The line of the place and a caret under the column. Long lines are shown in part, tabs are copied, control
 * characters are replaced. Adds nothing where the text has no such line. */
void source_show(struct text *, struct place, struct source_walk *);

#endif
