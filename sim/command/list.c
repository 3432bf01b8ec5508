#include "sim/command/command.h"
#include <stdio.h>
#include <string.h>

enum { MOST_LISTINGS = 64 };

static int print_kinds(const struct model *model)
{
    for (const struct listing *listing = model->listings; listing->kind; listing++)
        printf("%-24s %s\n", listing->kind, listing->meaning);
    return STATUS_FINE;
}

static int unknown_kind(const struct model *model, const char *kind)
{
    const char *names[MOST_LISTINGS + 1] = {0};
    for (size_t i = 0; model->listings[i].kind && i < MOST_LISTINGS; i++)
        names[i] = model->listings[i].kind;
    return command_unknown("kind", kind, names);
}

static int print_listing(const struct listing *listing)
{
    struct text out = {0};
    listing->print(&out);
    if (out.length)
        fwrite(out.bytes, 1, out.length, stdout);
    text_free(&out);
    return STATUS_FINE;
}

static int list(const struct model *model, const void *values, const struct words *operands)
{
    (void)values;
    if (!operands->count)
        return print_kinds(model);
    for (const struct listing *listing = model->listings; listing->kind; listing++)
        if (!strcmp(listing->kind, operands->items[0]))
            return print_listing(listing);
    return unknown_kind(model, operands->items[0]);
}

const struct command command_list = {
    .name = "list",
    .operands = "[KIND]",
    .most_operands = 1,
    .meaning = "what a scenario can name, kind by kind; without KIND, the kinds",
    .run = list,
};
