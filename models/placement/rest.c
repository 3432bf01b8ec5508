#include "models/placement/rest.h"
#include "sim/engine/check.h"

static void rest_of_chain(struct rest *rest, const struct question *question)
{
    rest->chain.items = rest->strategies;
    for (size_t i = 0; i < question->request->strategies->count && i < PLACEMENT_STRATEGIES_MAX; i++)
        if (!placement_is_of_group(&question->strategies[i]))
            rest->strategies[rest->chain.count++] = question->strategies[i];
    rest->request.strategies = &rest->chain;
}

static void rest_of_constraints(struct rest *rest, int which)
{
    const struct list *all = rest->request.constraints[which];
    const struct placement_constraint *items = all ? all->items : NULL;
    struct list *list = &rest->conditions[which];
    list->items = rest->constraints[which];
    for (size_t i = 0; all && i < all->count; i++)
        if (!((const struct constraint_verbs *)items[i].variant->verbs)->of_group) {
            CHECK(list->count < PLACEMENT_CONSTRAINTS_MAX);
            rest->constraints[which][list->count++] = items[i];
        }
    rest->request.constraints[which] = list;
}

struct question rest_of_question(struct rest *rest, const struct question *question)
{
    if (question->leaving)
        return *question;
    *rest = (struct rest){.request = *question->request};
    rest_of_chain(rest, question);
    rest_of_constraints(rest, 0);
    rest_of_constraints(rest, 1);
    return question_of_start(question->placement, &rest->request);
}
