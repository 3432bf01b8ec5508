/* Small pieces of memory that come and go: names, short arrays. What is given back is taken by the next of
 * its size, rounded up to 16 bytes; the rest lies side by side in an arena, with which all pieces go. Those
 * above a kilobyte are malloc's, so that whoever takes one gives it back. */
#ifndef SIM_ENGINE_PIECES_H
#define SIM_ENGINE_PIECES_H

#include <stddef.h>

struct arena;

enum { PIECE_SIZES = 65 };

struct pieces {
    struct arena *arena;
    void *given[PIECE_SIZES]; /* by size in steps of 16 bytes: the last one given back, which holds the one
                                 before */
};

void pieces_init(struct pieces *, struct arena *);

void *pieces_take(struct pieces *, size_t size);             /* aligned to 16 bytes; not zeroed */
void pieces_give(struct pieces *, void *piece, size_t size); /* as it was taken; NULL: nothing */

#endif
