#include "sim/command/options.h"
#include "sim/command/command.h"
#include "sim/engine/arena.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const struct option no_options[] = {{0}};

static const struct option *options_of(const struct command *command)
{
    return command->options ? command->options : no_options;
}

static void word_add(struct words *words, const char *word)
{
    words->items = memory_grow(words->items, words->count + 1, sizeof *words->items);
    words->items[words->count++] = word;
}

static bool is_named(const struct option *option, const char *name, size_t length)
{
    return strlen(option->name) == length && !strncmp(option->name, name, length);
}

static const struct option *find_long(const struct command *command, const char *name, size_t length)
{
    for (const struct option *option = options_of(command); option->name; option++)
        if (is_named(option, name, length))
            return option;
    return NULL;
}

static const struct option *find_letter(const struct command *command, char letter)
{
    for (const struct option *option = options_of(command); option->name; option++)
        if (option->letter == letter)
            return option;
    return NULL;
}

static enum options_outcome unknown(const struct command *command, const char *argument, size_t length,
                                    struct text *wrong)
{
    const char *names[64] = {OPTION_HELP};
    size_t count = 1;
    for (const struct option *option = options_of(command); option->name && count < 63; option++)
        names[count++] = option->name;
    char *name = memory_alloc(length + 1);
    memcpy(name, argument, length);
    name[length] = '\0';
    const char *bare = name + strspn(name, "-");
    const char *nearest = name[1] == '-' ? nearest_name(bare, names) : NULL;
    text_add_format(wrong, "ecsim %s: no such option: %s", command->name, name);
    if (nearest)
        text_add_format(wrong, "; did you mean --%s?", nearest);
    text_add_char(wrong, '\n');
    free(name);
    return OPTIONS_MISTAKE;
}

static enum options_outcome complain(const struct command *command, const struct option *option,
                                     const char *what, struct text *wrong)
{
    text_add_format(wrong, "ecsim %s: --%s %s\n", command->name, option->name, what);
    return OPTIONS_MISTAKE;
}

static void store(const struct option *option, const char *value, void *values)
{
    void *field = (char *)values + option->offset;
    if (option->type == OPTION_FLAG)
        *(bool *)field = true;
    else if (option->type == OPTION_TEXT)
        *(const char **)field = value;
    else
        word_add(field, value);
}

/* `attached` is what stands in the same word, or NULL; else the value is the next word, which `at` steps
 * over. */
static enum options_outcome take(const struct command *command, const struct option *option,
                                 const char *attached, char *const *argv, int *at, void *values,
                                 struct text *wrong)
{
    if (option->type == OPTION_FLAG && attached)
        return complain(command, option, "takes no value", wrong);
    if (option->type != OPTION_FLAG && !attached) {
        if (!argv[*at + 1])
            return complain(command, option, "needs a value", wrong);
        attached = argv[++*at];
    }
    if (option->type != OPTION_FLAG && !*attached)
        return complain(command, option, "needs a value that is not empty", wrong);
    store(option, attached, values);
    return OPTIONS_GOOD;
}

static enum options_outcome take_long(const struct command *command, char *const *argv, int *at, void *values,
                                      struct text *wrong)
{
    const char *name = argv[*at] + 2;
    size_t length = strcspn(name, "=");
    if (!strcmp(name, OPTION_HELP))
        return OPTIONS_HELP;
    const struct option *option = find_long(command, name, length);
    if (!option)
        return unknown(command, argv[*at], length + 2, wrong);
    return take(command, option, name[length] ? name + length + 1 : NULL, argv, at, values, wrong);
}

static enum options_outcome take_letters(const struct command *command, char *const *argv, int *at,
                                         void *values, struct text *wrong)
{
    const char *letters = argv[*at] + 1;
    const struct option *option = find_letter(command, *letters);
    if (!option)
        return unknown(command, argv[*at], 2, wrong);
    return take(command, option, letters[1] ? letters + 1 : NULL, argv, at, values, wrong);
}

static enum options_outcome check_operands(const struct command *command, const struct words *operands,
                                           struct text *wrong)
{
    const char *what = NULL;
    if (operands->count < command->least_operands)
        what = "something is missing";
    else if (operands->count > command->most_operands)
        what = "too many arguments";
    if (!what)
        return OPTIONS_GOOD;
    text_add_format(wrong, "ecsim %s: %s; usage: ecsim %s %s\n", command->name, what, command->name,
                    command->operands);
    return OPTIONS_MISTAKE;
}

enum options_outcome options_parse(const struct command *command, int argc, char *const *argv, void *values,
                                   struct words *operands, struct text *wrong)
{
    enum options_outcome outcome = OPTIONS_GOOD;
    bool ended = false;
    for (int at = 0; at < argc && outcome == OPTIONS_GOOD; at++) {
        const char *word = argv[at];
        if (!ended && !strcmp(word, "--"))
            ended = true;
        else if (ended || word[0] != '-' || !word[1])
            word_add(operands, word);
        else if (word[1] == '-')
            outcome = take_long(command, argv, &at, values, wrong);
        else
            outcome = take_letters(command, argv, &at, values, wrong);
    }
    return outcome == OPTIONS_GOOD ? check_operands(command, operands, wrong) : outcome;
}

void options_free(const struct command *command, void *values, struct words *operands)
{
    for (const struct option *option = options_of(command); option->name; option++)
        if (option->type == OPTION_TEXTS)
            free(((struct words *)((char *)values + option->offset))->items);
    free(operands->items);
}

void options_add_usage(struct text *out, const struct option *option)
{
    for (; option && option->name; option++) {
        if (option->letter)
            text_add_format(out, " [-%c", option->letter);
        else
            text_add_format(out, " [--%s", option->name);
        if (option->argument)
            text_add_format(out, " %s", option->argument);
        text_add(out, option->type == OPTION_TEXTS ? "]..." : "]");
    }
}

void options_add_help(struct text *out, const struct option *option)
{
    for (; option && option->name; option++) {
        text_add(out, "  ");
        if (option->letter)
            text_add_format(out, "-%c, ", option->letter);
        text_add_format(out, "--%s", option->name);
        if (option->argument)
            text_add_format(out, " %s", option->argument);
        text_add_format(out, "\n        %s\n", option->meaning);
    }
    text_add(out, "  --help\n        this text\n");
}
