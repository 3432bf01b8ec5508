#include "models/placement/scan.h"
#include "models/placement/rest.h"

/* Where the group's own tasks matter, those that are refused for them belong to it as well. */
static void mark_of_rest(struct census *eligible, const struct question *question)
{
    struct rest rest;
    struct question without = rest_of_question(&rest, question);
    size_t count = placement_instance_count(question->placement);
    for (placement_instance instance = 0; instance < count; instance++)
        if (question_refuses(&without, instance) == REFUSED_NOT)
            census_mark(eligible, instance);
}

placement_instance scan_choose(const struct question *question)
{
    struct choice choice = {.question = question};
    struct census eligible = {0};
    size_t count = placement_instance_count(question->placement);
    bool is_of_group = question_is_of_group(question);
    bool marks = question->draws && count > TIED_MAX && !is_of_group;
    for (placement_instance instance = 0; instance < count; instance++) {
        if (question_refuses(question, instance) != REFUSED_NOT)
            continue;
        choice_consider(&choice, instance);
        if (marks)
            census_mark(&eligible, instance);
    }
    if (choice_draws(&choice) && is_of_group)
        mark_of_rest(&eligible, question);
    census_sum(&eligible);
    placement_instance chosen = choice_take(&choice, &eligible);
    census_free(&eligible);
    return chosen;
}

enum placement_refusal scan_closest(const struct question *question, placement_instance *closest)
{
    enum placement_refusal latest = REFUSED_INACTIVE;
    *closest = PLACEMENT_NONE;
    size_t count = placement_instance_count(question->placement);
    for (placement_instance instance = 0; instance < count; instance++) {
        enum placement_refusal refusal = question_refuses(question, instance);
        if (refusal > latest) {
            latest = refusal;
            *closest = instance;
        }
    }
    return latest;
}
