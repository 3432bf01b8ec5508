/* Options as Unix has them: --name VALUE, --name=VALUE, -o VALUE, -oVALUE, in any place among the operands;
 * `--` ends them. */
#ifndef SIM_COMMAND_OPTIONS_H
#define SIM_COMMAND_OPTIONS_H

#include "sim/engine/text.h"

struct command;

/* Arguments that stand one after the other; the strings are the command line's. */
struct words {
    size_t count;
    const char **items;
};

enum option_type {
    OPTION_FLAG,  /* bool */
    OPTION_TEXT,  /* const char *; the last one counts */
    OPTION_TEXTS, /* struct words; all count */
};

struct option {
    const char *name; /* without dashes */
    char letter;      /* 0: it has none */
    enum option_type type;
    const char *argument; /* what the usage calls it */
    const char *meaning;
    size_t offset; /* of the field in the command's values */
};

/* Every command has it. */
#define OPTION_HELP "help"

enum options_outcome { OPTIONS_GOOD, OPTIONS_HELP, OPTIONS_MISTAKE };

/* Fills the values and the operands, each of which may take up to argc words; adds a mistake to `wrong`.
 * options_free() frees. */
enum options_outcome options_parse(const struct command *, int argc, char *const *argv, void *values,
                                   struct words *operands, struct text *wrong);
void options_free(const struct command *, void *values, struct words *operands);

void options_add_usage(struct text *, const struct option *); /* " [--seed N] …" */
void options_add_help(struct text *, const struct option *);  /* a line each */

/* Options that several commands have. */
#define OPTION_OUTPUT(values, text_meaning)                                                                  \
    {                                                                                                        \
        "output", 'o', OPTION_TEXT, "DIR", text_meaning, offsetof(values, output)                            \
    }
#define OPTION_SEED(values)                                                                                  \
    {                                                                                                        \
        "seed", 0, OPTION_TEXT, "N", "seed of every random draw, in place of the scenario's",                \
            offsetof(values, seed)                                                                           \
    }
#define OPTION_SET(values)                                                                                   \
    {                                                                                                        \
        "set", 0, OPTION_TEXTS, "PATH=VALUE",                                                                \
            "change the scenario: services.web.desiredCount=3, "                                             \
            "taskDefinitions[\"WebApp:2\"].simulation.startup=9s; "                                          \
            "failures[+]={instanceFailure: {at: 12m}} adds to a list",                                       \
            offsetof(values, sets)                                                                           \
    }

#endif
