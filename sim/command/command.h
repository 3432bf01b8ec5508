/* The commands of the program. One file and one line in commands.def each.
 *
 * A command gets its options parsed into a struct of its own and its operands as they stand. What it returns
 * is the exit status. */
#ifndef SIM_COMMAND_COMMAND_H
#define SIM_COMMAND_COMMAND_H

#include "sim/command/options.h"
#include "sim/engine/model.h"
#include <stdio.h>

enum status {
    STATUS_FINE = 0,
    STATUS_MACHINE = 1, /* the machine failed, or a limit stopped the run */
    STATUS_MISTAKE = 2, /* the command line or a scenario is wrong; nothing ran, nothing was written */
    STATUS_BROKEN = 3,  /* it ran, and an expectation was not met, or a difference was found */
};

struct command {
    const char *name;
    const char *operands; /* as the usage prints them */
    size_t least_operands, most_operands;
    const char *meaning;          /* one line of the overview */
    const char *more;             /* paragraphs for its own help, or NULL */
    const struct option *options; /* ends with a name of NULL; NULL: none */
    size_t values_size;           /* of the struct that the options fill; it starts zeroed */
    bool together;                /* many processes may do it together (ranks.h) */
    int (*run)(const struct model *, const void *values, const struct words *operands);
};

#define ENTRY(name) extern const struct command command_##name;
#include "sim/command/commands.def"
#undef ENTRY

extern const struct command *const commands[]; /* in the order of the overview; ends with NULL */

const struct command *command_find(const char *name); /* NULL if there is none */
void command_add_help(struct text *, const struct command *);
void command_add_overview(struct text *);

/* Prints on the first of the processes that do the command together; on others nothing. */
void command_print(FILE *, const struct text *);

/* "ecsim: no such KIND: NAME; did you mean NEAREST?" on standard error. Returns STATUS_MISTAKE. `names` ends
 * with NULL. */
int command_unknown(const char *kind, const char *name, const char *const *names);

/* The whole program. */
int command_main(const struct model *, int argc, char *const *argv);

#endif
