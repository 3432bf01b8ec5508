#include "sim/study/bisection.h"

enum { FIRST_RUNS = 32, MILLION = 1000000 };

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

enum answer trial_answer(const struct trial *trial, int64_t share_millionths)
{
    __int128 wanted = (__int128)trial->total * share_millionths;
    if ((__int128)trial->kept * MILLION >= wanted)
        return ANSWER_HOLDS;
    size_t possible = trial->kept + (trial->total - trial->runs);
    return (__int128)possible * MILLION < wanted ? ANSWER_FAILS : ANSWER_NONE;
}

size_t trial_next_runs(const struct trial *trial)
{
    size_t runs = trial->runs ? 2 * trial->runs : FIRST_RUNS;
    return runs < trial->total ? runs : trial->total;
}
