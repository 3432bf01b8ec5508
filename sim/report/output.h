/* Files being written. Bytes gather in memory and leave in large pieces; a disk that refuses is
 * machine_failed().
 *
 * Whoever formats adds to `text` and calls output_flush_if_full() after each row. */
#ifndef SIM_REPORT_OUTPUT_H
#define SIM_REPORT_OUTPUT_H

#include "sim/engine/text.h"

struct output {
    struct text text;
    char *path;
    int descriptor;
};

/* Creates the folder and those above it where they are missing. */
void output_make_folder(const char *path);

/* Creates folder/name, which must not exist: results are written into a folder of their own. */
void output_open(struct output *, const char *folder, const char *name);
void output_flush_if_full(struct output *);
void output_close(struct output *); /* writes the rest and frees */

/* One file at once. */
void output_write(const char *folder, const char *name, const struct text *);

/* A file, or a folder with all that is in it; nothing where there is none. */
void output_remove(const char *path);

/* For what is written under a name that it loses once it is whole: a full disk stays full if what filled it
 * is left. */
void output_remove_at_exit(const char *path);

/* Replaces the file at `path` in one step: a reader sees the old one or the new one. */
void output_replace(const char *path, const struct text *);

/* Adds the whole file to the text; false (and errno) if it cannot be read or is no regular file. */
bool input_read(const char *path, struct text *);

#endif
