#include "sim/study/form/bisection.h"

size_t bisection_border(const enum answer *answers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (answers[i] == ANSWER_HOLDS)
            return i;
    return BISECTION_NOTHING;
}

size_t bisection_contradiction(const enum answer *answers, size_t count)
{
    size_t border = bisection_border(answers, count);
    for (size_t i = border; i < count; i++)
        if (answers[i] == ANSWER_FAILS)
            return i;
    return BISECTION_NOTHING;
}

static size_t where_one_may_hold(const enum answer *answers, size_t count)
{
    const size_t likely[] = {count - 1, (count - 1) / 2, 0};
    for (size_t i = 0; i < sizeof likely / sizeof *likely; i++)
        if (answers[likely[i]] == ANSWER_NONE)
            return likely[i];
    return BISECTION_NOTHING;
}

/* How many values are below the border for sure: up to the greatest that fails. */
static size_t count_below(const enum answer *answers, size_t border)
{
    size_t below = border;
    while (below > 0 && answers[below - 1] != ANSWER_FAILS)
        below--;
    return below;
}

size_t bisection_next(const enum answer *answers, size_t count)
{
    if (count == 0)
        return BISECTION_NOTHING;
    size_t border = bisection_border(answers, count);
    if (border == BISECTION_NOTHING)
        return where_one_may_hold(answers, count);
    size_t below = count_below(answers, border);
    if (below < border)
        return below + (border - below - 1) / 2;
    bool next_is_unknown = border + 1 < count && answers[border + 1] == ANSWER_NONE;
    return next_is_unknown ? border + 1 : BISECTION_NOTHING;
}
