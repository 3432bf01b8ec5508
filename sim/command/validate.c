#include "sim/command/command.h"
#include "sim/scenario/scenario.h"
#include <stdio.h>

static bool validate_one(const struct model *model, const char *path)
{
    struct scenario *scenario = scenario_read(model, path, NULL, 0);
    bool good = !scenario->errors;
    scenario_print_mistakes(scenario, stderr);
    if (good) {
        scenario_print_unused(scenario, stdout);
        printf("%s: fine\n", path);
    }
    scenario_free(scenario);
    return good;
}

static int validate(const struct model *model, const void *values, const struct words *operands)
{
    (void)values;
    int status = STATUS_FINE;
    for (size_t i = 0; i < operands->count; i++)
        if (!validate_one(model, operands->items[i]))
            status = STATUS_MISTAKE;
    return status;
}

const struct command command_validate = {
    .name = "validate",
    .operands = "SCENARIO.yaml...",
    .least_operands = 1,
    .most_operands = SIZE_MAX,
    .meaning = "read and check scenarios, and run nothing",
    .more = "Also lists the AWS fields that are accepted and not simulated.",
    .run = validate,
};
