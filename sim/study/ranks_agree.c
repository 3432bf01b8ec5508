#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include "sim/study/ranks.h"
#include <stdlib.h>
#include <string.h>

static bool are_same(const struct text *a, const struct text *b)
{
    return a->length == b->length && (a->length == 0 || !memcmp(a->bytes, b->bytes, a->length));
}

void ranks_agree(const struct text *mine, const char *otherwise)
{
    size_t size = (size_t)ranks_size();
    struct text *all = memory_alloc(size * sizeof *all);
    bool agreed = true;
    ranks_exchange(mine, all);
    for (size_t i = 0; i < size; i++)
        agreed = agreed && are_same(&all[0], &all[i]);
    for (size_t i = 0; i < size; i++)
        text_free(&all[i]);
    free(all);
    if (agreed)
        return;
    /* The others wait here, and end with the first. */
    if (ranks_own() > 0)
        ranks_end();
    machine_failed("%s", otherwise);
}
