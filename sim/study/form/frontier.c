#include "sim/study/form/frontier.h"
#include "sim/engine/param.h"

static bool is_known(const struct choice *choice)
{
    return choice->cost != ABSENT && choice->good != ABSENT;
}

static bool beats(const struct choice *a, const struct choice *b)
{
    return is_known(a) && a->cost <= b->cost && a->good >= b->good &&
           (a->cost < b->cost || a->good > b->good);
}

void frontier_mark(const struct choice *choices, size_t count, bool *on)
{
    for (size_t i = 0; i < count; i++) {
        on[i] = is_known(&choices[i]);
        for (size_t j = 0; j < count && on[i]; j++)
            on[i] = !beats(&choices[j], &choices[i]);
    }
}
