#include "sim/engine/pieces.h"
#include "sim/engine/arena.h"
#include <stdlib.h>

enum { STEP = 16 };

static size_t steps_of(size_t size)
{
    return size ? (size + STEP - 1) / STEP : 1;
}

void pieces_init(struct pieces *pieces, struct arena *arena)
{
    *pieces = (struct pieces){.arena = arena};
}

void *pieces_take(struct pieces *pieces, size_t size)
{
    size_t steps = steps_of(size);
    if (steps >= PIECE_SIZES)
        return memory_alloc(size);
    void **piece = pieces->given[steps];
    if (!piece)
        return arena_alloc(pieces->arena, steps * STEP);
    pieces->given[steps] = *piece;
    return piece;
}

void pieces_give(struct pieces *pieces, void *piece, size_t size)
{
    size_t steps = steps_of(size);
    if (steps >= PIECE_SIZES) {
        free(piece);
    } else if (piece) {
        *(void **)piece = pieces->given[steps];
        pieces->given[steps] = piece;
    }
}
