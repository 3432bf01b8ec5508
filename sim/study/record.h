/* What became of a run: its figures, under the key of its cell (cell.h) and its seed.
 *
 * Records travel as lines, in journals (journal.h) and between ranks (ranks.h):
 *
 *     figure <number> <name> <sum>                    a name that records of this text use by its number
 *     run <key> <seed> <names' sum> <number>=<text> ... <sum>
 *
 * with tabs between. The sum covers what stands before it, so a line that was torn or damaged is known and
 * passed over; the names' sum covers the names that the numbers stand for, so that where the line of a name
 * is lost, its number is not taken for an earlier text's. The run is done again. */
#ifndef SIM_STUDY_RECORD_H
#define SIM_STUDY_RECORD_H

#include "sim/engine/text.h"
#include "sim/study/figures.h"

struct record {
    uint64_t key;
    int64_t seed;
    size_t count;
    struct figure *figures; /* in the order of summary.json */
};

struct records;

struct records *records_new(void);
void records_free(struct records *);
struct figure_names *records_names(struct records *);
const struct record *records_find(const struct records *, uint64_t key, int64_t seed); /* NULL: not yet */

/* The text of a figure of the record; NULL: it has none. */
const char *record_figure(const struct record *, uint32_t name);

/* Takes the figures of a run, "name<tab>text" a line. Of what is there already the first stays. */
const struct record *records_add(struct records *, uint64_t key, int64_t seed, const struct text *figures);

/* Which names a text has told already, by number; zero is fine. */
struct told_names {
    bool *told;
    size_t count;
};

/* Adds the record's line to the text, after those of names that were not told yet. */
void record_write(struct text *, struct told_names *, const struct figure_names *, const struct record *);

/* The numbers of a text that is read, in several pieces perhaps; zero is fine. */
struct read_names {
    uint32_t *numbers; /* of ours, by theirs */
    bool *known;
    size_t count;
};

/* Takes all whole and sound lines. Returns how many runs were new. */
size_t records_read(struct records *, struct read_names *, const char *bytes, size_t length);

void told_names_free(struct told_names *);
void read_names_free(struct read_names *);

#endif
