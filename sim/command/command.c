#include "sim/command/command.h"
#include "sim/study/launcher.h"
#include "sim/study/ranks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENTRY(name) &command_##name,
const struct command *const commands[] = {
#include "sim/command/commands.def"
    NULL};
#undef ENTRY

enum { MOST_COMMANDS = 32 };

const struct command *command_find(const char *name)
{
    for (const struct command *const *command = commands; *command; command++)
        if (!strcmp((*command)->name, name))
            return *command;
    return NULL;
}

int command_unknown(const char *kind, const char *name, const char *const *names)
{
    const char *nearest = nearest_name(name, names);
    fprintf(stderr, "ecsim: no such %s: %s", kind, name);
    if (nearest)
        fprintf(stderr, "; did you mean %s?", nearest);
    fprintf(stderr, "\n");
    return STATUS_MISTAKE;
}

static void add_usage(struct text *out, const struct command *command)
{
    text_add_format(out, "ecsim %s%s%s", command->name, *command->operands ? " " : "", command->operands);
    options_add_usage(out, command->options);
    text_add_char(out, '\n');
}

void command_add_help(struct text *out, const struct command *command)
{
    text_add(out, "usage: ");
    add_usage(out, command);
    text_add_format(out, "\n%s.\n\n", command->meaning);
    options_add_help(out, command->options);
    if (command->more)
        text_add_format(out, "\n%s\n", command->more);
}

void command_add_overview(struct text *out)
{
    text_add(out, "ecsim simulates Amazon ECS: what happens to services, tasks and instances over time.\n\n");
    for (const struct command *const *command = commands; *command; command++)
        text_add_format(out, "  ecsim %-9s %s\n", (*command)->name, (*command)->meaning);
    text_add(out,
             "  ecsim --version\n\n"
             "ecsim COMMAND --help says more; so do ecsim help scenario, help study, help results and help "
             "aws.\n\n"
             "Exit status: 0 fine; 1 the machine failed or a limit stopped the run; 2 the command line or a\n"
             "scenario is wrong, and nothing ran; 3 it ran, and an expectation was not met, or diff found a\n"
             "difference.\n");
}

void command_print(FILE *file, const struct text *text)
{
    if (text->length > 0 && ranks_own() == 0)
        fwrite(text->bytes, 1, text->length, file);
}

static int print_help(const struct command *command)
{
    struct text help = {0};
    command_add_help(&help, command);
    command_print(stdout, &help);
    text_free(&help);
    return STATUS_FINE;
}

static int play(const struct model *model, const struct command *command, int argc, char *const *argv)
{
    struct words operands = {0};
    struct text wrong = {0};
    void *values = memory_alloc(command->values_size + 1);
    memset(values, 0, command->values_size + 1);
    int status = STATUS_MISTAKE;
    enum options_outcome outcome = options_parse(command, argc, argv, values, &operands, &wrong);
    command_print(stderr, &wrong);
    text_free(&wrong);
    if (outcome == OPTIONS_HELP)
        status = print_help(command);
    else if (outcome == OPTIONS_GOOD)
        status = command->run(model, values, &operands);
    options_free(command, values, &operands);
    free(values);
    return status;
}

static void compare_arguments(char *const *argv)
{
    struct text all = {0};
    for (; *argv; argv++)
        text_add_bytes(&all, *argv, strlen(*argv) + 1);
    ranks_agree(&all, "the processes of this study were called with different arguments");
    text_free(&all);
}

static int play_together(const struct model *model, const struct command *command, int argc,
                         char *const *argv)
{
    if (!launcher_begin(argv))
        return STATUS_MISTAKE;
    compare_arguments(argv + 1);
    int status = play(model, command, argc - 2, argv + 2);
    /* Once one of them has exited, another may be killed. */
    fflush(stdout);
    ranks_end();
    return status;
}

static int unknown_command(const char *name)
{
    const char *names[MOST_COMMANDS + 1] = {0};
    for (size_t i = 0; commands[i] && i < MOST_COMMANDS; i++)
        names[i] = commands[i]->name;
    return command_unknown(*name == '-' ? "option" : "command", name, names);
}

int command_main(const struct model *model, int argc, char *const *argv)
{
    if (argc < 2) {
        struct text overview = {0};
        command_add_overview(&overview);
        fputs(overview.bytes, stderr);
        text_free(&overview);
        return STATUS_MISTAKE;
    }
    if (!strcmp(argv[1], "--version")) {
        puts("ecsim " ECSIM_VERSION);
        return STATUS_FINE;
    }
    const char *name = !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ? OPTION_HELP : argv[1];
    const struct command *command = command_find(name);
    if (!command)
        return unknown_command(name);
    return command->together ? play_together(model, command, argc, argv)
                             : play(model, command, argc - 2, argv + 2);
}
