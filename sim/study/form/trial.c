#include "sim/study/form/trial.h"
#include "sim/study/study.h"

enum { FIRST_RUNS = 32, MOST_RUNS = 100000000 };

enum answer trial_answer(const struct trial *trial, int64_t share_millionths)
{
    size_t left = trial->total - trial->runs, most = trial_judged(trial) + left;
    __int128 wanted = (__int128)most * share_millionths;
    if (most > 0 && (__int128)trial->kept * MILLION >= wanted)
        return ANSWER_HOLDS;
    bool possible = most > 0 && (__int128)(trial->kept + left) * MILLION >= wanted;
    return possible ? ANSWER_NONE : ANSWER_FAILS;
}

size_t trial_next_runs(const struct trial *trial)
{
    size_t runs = trial->runs ? 2 * trial->runs : FIRST_RUNS;
    return runs < trial->total ? runs : trial->total;
}

struct estimate trial_share(const struct trial *trial)
{
    return statistics_share(trial->kept, trial_judged(trial), STUDY_CONFIDENCE);
}

bool trial_is_evident(const struct trial *trial, int64_t share_millionths)
{
    struct estimate share = trial_share(trial);
    int64_t asked = share_millionths * (BILLION / MILLION);
    return share.value != ABSENT && (share.low >= asked || share.high < asked);
}

static bool would_be_evident(const struct trial *trial, size_t runs, int64_t share_millionths)
{
    size_t judged = trial_judged(trial);
    size_t kept = (size_t)(((__int128)2 * trial->kept * runs + judged) / (2 * judged));
    return trial_is_evident(&(struct trial){.kept = kept, .runs = runs, .total = runs}, share_millionths);
}

/* In two digits, so that it does not look more exact than it is. */
static size_t round_up(size_t runs)
{
    size_t unit = 1;
    while (runs / unit >= 100)
        unit *= 10;
    return (runs + unit - 1) / unit * unit;
}

size_t trial_runs_until_evident(const struct trial *trial, int64_t share_millionths)
{
    size_t few = trial_judged(trial), many = few;
    if (few == 0)
        return 0;
    while (!would_be_evident(trial, many, share_millionths)) {
        few = many;
        many *= 2;
        if (many > MOST_RUNS)
            return 0;
    }
    while (many - few > 1) {
        size_t middle = few + (many - few) / 2;
        if (would_be_evident(trial, middle, share_millionths))
            many = middle;
        else
            few = middle;
    }
    return round_up(many);
}
