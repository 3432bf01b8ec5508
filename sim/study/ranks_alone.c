/* Without MPI there is one rank. A program that is linked with sim/study/mpi/ranks_mpi.c does not take this.
 */
#include "sim/study/ranks.h"

bool ranks_are_mpi(void)
{
    return false;
}

int ranks_own(void)
{
    return 0;
}

int ranks_size(void)
{
    return 1;
}

void ranks_begin(void)
{
}

void ranks_end(void)
{
}

void ranks_exchange(const struct text *mine, struct text *all)
{
    all[0] = (struct text){0};
    text_add_bytes(&all[0], mine->bytes, mine->length);
}

void ranks_share(struct text *text)
{
    (void)text;
}
