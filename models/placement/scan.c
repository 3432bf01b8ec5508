#include "models/placement/scan.h"

placement_instance scan_choose(const struct question *question)
{
    struct choice choice = {.question = question};
    size_t count = placement_instance_count(question->placement);
    for (placement_instance instance = 0; instance < count; instance++)
        if (question_refuses(question, instance) == REFUSED_NOT)
            choice_consider(&choice, instance);
    return choice_take(&choice);
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
