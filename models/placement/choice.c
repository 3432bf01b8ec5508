#include "models/placement/choice.h"
#include <stdlib.h>

/* --- what is asked ---------------------------------------------------------------------------- */

static placement_rank *rank_of(const struct question *question, const struct strategy_verbs *verbs)
{
    return question->leaving ? verbs->stop_rank : verbs->rank;
}

static void read_chain(struct question *question, const struct list *chain)
{
    question->strategies = chain->items;
    while (question->strategy_count < chain->count && question->strategy_count < PLACEMENT_STRATEGIES_MAX) {
        const struct placement_strategy *strategy = &question->strategies[question->strategy_count];
        const struct strategy_verbs *verbs = strategy->variant->verbs;
        const char *attribute = placement_attribute_of(strategy);
        if (!rank_of(question, verbs)) {
            question->draws = true;
            return;
        }
        if (attribute)
            placement_know_attribute(question->placement, attribute);
        question->draws |= question->leaving && verbs->draws_stop_tie;
        question->strategy_count++;
    }
}

struct question question_of_start(struct placement *placement, const struct placement_request *request)
{
    return question_of_stop(placement, request, NULL);
}

struct question question_of_stop(struct placement *placement, const struct placement_request *request,
                                 struct placement_tally *leaving)
{
    struct question question = {.placement = placement, .request = request, .leaving = leaving};
    read_chain(&question, request->strategies);
    return question;
}

static bool chain_is_of_group(const struct question *question)
{
    for (size_t i = 0; i < question->strategy_count; i++)
        if (placement_is_of_group(&question->strategies[i]))
            return true;
    return false;
}

static bool list_is_of_group(const struct list *list)
{
    const struct placement_constraint *constraints = list ? list->items : NULL;
    for (size_t i = 0; list && i < list->count; i++)
        if (((const struct constraint_verbs *)constraints[i].variant->verbs)->of_group)
            return true;
    return false;
}

bool question_is_of_group(const struct question *question)
{
    const struct list *const *constraints = question->request->constraints;
    return chain_is_of_group(question) ||
           (!question->leaving && (list_is_of_group(constraints[0]) || list_is_of_group(constraints[1])));
}

enum placement_refusal question_refuses(const struct question *question, placement_instance instance)
{
    if (!question->leaving)
        return placement_refuses(question->placement, question->request, instance);
    if (!placement_tally_of(question->leaving, instance))
        return REFUSED_INACTIVE;
    return placement_filters_refuse(question->request->filter, instance);
}

int64_t question_rank(const struct question *question, size_t strategy, placement_instance instance)
{
    const struct placement_strategy *of = &question->strategies[strategy];
    return rank_of(question, of->variant->verbs)(question->placement, question->request, of, instance);
}

/* --- the best so far -------------------------------------------------------------------------- */

/* Below, at or above 0 as the instance is better than the best, tied with it, or worse. */
static int compare(const struct choice *choice, placement_instance instance)
{
    for (size_t i = 0; i < choice->question->strategy_count; i++) {
        int64_t value = question_rank(choice->question, i, instance);
        if (value != choice->best[i])
            return value < choice->best[i] ? -1 : 1;
    }
    return 0;
}

bool choice_ties(const struct choice *choice, placement_instance instance)
{
    return compare(choice, instance) == 0;
}

static void take_as_best(struct choice *choice, placement_instance instance)
{
    for (size_t i = 0; i < choice->question->strategy_count; i++)
        choice->best[i] = question_rank(choice->question, i, instance);
    choice->tied[0] = instance;
    choice->tied_count = 1;
}

void choice_add_tied(struct choice *choice, placement_instance instance)
{
    if (choice->tied_count && instance < choice->tied[0]) {
        placement_instance first = choice->tied[0];
        choice->tied[0] = instance;
        instance = first;
    }
    if (choice->tied_count < TIED_MAX)
        choice->tied[choice->tied_count] = instance;
    choice->tied_count++;
}

void choice_tie_many(struct choice *choice)
{
    choice->tied_count = TIED_MAX + 1;
}

void choice_consider(struct choice *choice, placement_instance instance)
{
    int order = choice->tied_count == 0 ? -1 : compare(choice, instance);
    if (order < 0)
        take_as_best(choice, instance);
    else if (order == 0)
        choice_add_tied(choice, instance);
}

static int in_order(const void *a, const void *b)
{
    placement_instance x = *(const placement_instance *)a, y = *(const placement_instance *)b;
    return (x > y) - (x < y);
}

void choice_sort_tied(struct choice *choice)
{
    if (choice->tied_count <= TIED_MAX)
        qsort(choice->tied, choice->tied_count, sizeof *choice->tied, in_order);
}

bool choice_draws(const struct choice *choice)
{
    return choice->question->draws && choice->tied_count > TIED_MAX;
}

/* Ends, since more than TIED_MAX instances are tied. */
static placement_instance draw_until_tied(const struct choice *choice, const struct census *eligible)
{
    const struct question *question = choice->question;
    for (uint64_t draw = 1;; draw++) {
        uint32_t nth = (uint32_t)rng_below(question->request->draw, draw, eligible->count);
        placement_instance instance = census_nth(eligible, nth);
        if (question_refuses(question, instance) == REFUSED_NOT && choice_ties(choice, instance))
            return instance;
    }
}

placement_instance choice_take(const struct choice *choice, const struct census *eligible)
{
    if (choice->tied_count == 0)
        return PLACEMENT_NONE;
    if (!choice->question->draws || choice->tied_count == 1)
        return choice->tied[0];
    if (choice_draws(choice))
        return draw_until_tied(choice, eligible);
    return choice->tied[rng_below(choice->question->request->draw, 0, choice->tied_count)];
}
