#include "models/ecs/capacity/fargate_price.h"

/* Billionths of a dollar. */
static const struct {
    int64_t vcpu_hour, gib_hour;
} prices[] = {
    [ARCHITECTURE_X86_64] = {40480000, 4445000},
    [ARCHITECTURE_ARM64] = {32380000, 3560000},
};

int64_t fargate_price(int64_t cpu_units, int64_t memory_mib, enum cpu_architecture architecture,
                      simtime lived)
{
    int64_t seconds = (lived + SIMTIME_SECOND - 1) / SIMTIME_SECOND;
    int64_t an_hour_of_1024 =
        cpu_units * prices[architecture].vcpu_hour + memory_mib * prices[architecture].gib_hour;
    if (seconds < 60)
        seconds = 60;
    return (int64_t)((__int128)an_hour_of_1024 * seconds / (1024 * 3600));
}
