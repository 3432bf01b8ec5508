/* The ranks are the processes of MPI_COMM_WORLD. MPI counts in ints, so texts travel in pieces. */
#include "sim/engine/arena.h"
#include "sim/study/ranks.h"
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE_BYTES = 1 << 24 };

bool ranks_are_mpi(void)
{
    return true;
}

static bool is_begun(void)
{
    int begun, ended;
    MPI_Initialized(&begun);
    MPI_Finalized(&ended);
    return begun && !ended;
}

int ranks_own(void)
{
    int own = 0;
    if (is_begun())
        MPI_Comm_rank(MPI_COMM_WORLD, &own);
    return own;
}

int ranks_size(void)
{
    int size = 1;
    if (is_begun())
        MPI_Comm_size(MPI_COMM_WORLD, &size);
    return size;
}

/* The others would wait for this one for ever. */
static void end_all(void)
{
    if (is_begun())
        MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
}

void ranks_begin(void)
{
    int provided;
    MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &provided);
    atexit(end_all);
}

/* Whoever exits with another status than 0 may take the others along, before the first has said all that it
 * has to say: so all come here first. */
void ranks_end(void)
{
    MPI_Barrier(MPI_COMM_WORLD);
    MPI_Finalize();
}

/* Adds what the rank `from` sends, so many bytes of `mine`, to `text`. */
static void broadcast(int from, const struct text *mine, uint64_t length, struct text *text)
{
    char *piece = memory_alloc(PIECE_BYTES);
    for (uint64_t at = 0; at < length;) {
        uint64_t left = length - at;
        int count = left < PIECE_BYTES ? (int)left : PIECE_BYTES;
        if (mine)
            memcpy(piece, mine->bytes + at, (size_t)count);
        MPI_Bcast(piece, count, MPI_BYTE, from, MPI_COMM_WORLD);
        text_add_bytes(text, piece, (size_t)count);
        at += (uint64_t)count;
    }
    free(piece);
}

void ranks_exchange(const struct text *mine, struct text *all)
{
    int own = ranks_own(), size = ranks_size();
    uint64_t length = mine->length, *lengths = memory_alloc((size_t)size * sizeof *lengths);
    MPI_Allgather(&length, 1, MPI_UINT64_T, lengths, 1, MPI_UINT64_T, MPI_COMM_WORLD);
    for (int i = 0; i < size; i++) {
        all[i] = (struct text){0};
        broadcast(i, i == own ? mine : NULL, lengths[i], &all[i]);
    }
    free(lengths);
}

void ranks_share(struct text *text)
{
    struct text first = {0};
    uint64_t length = text->length;
    MPI_Bcast(&length, 1, MPI_UINT64_T, 0, MPI_COMM_WORLD);
    broadcast(0, ranks_own() == 0 ? text : NULL, length, &first);
    text_free(text);
    *text = first;
}
