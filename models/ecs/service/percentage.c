#include "models/ecs/service/percentage.h"

int64_t percent_rounded_up(int64_t tasks, int64_t percent)
{
    return (tasks * percent + 99) / 100;
}
