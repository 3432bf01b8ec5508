/* Texts that are kept once: two symbols of one table are the same text if they are the same pointer. */
#ifndef SIM_ENGINE_SYMBOL_H
#define SIM_ENGINE_SYMBOL_H

#include "sim/engine/arena.h"
#include <stdint.h>

struct symbol {
    struct symbol *next; /* of the same slot */
    struct symbol *same; /* stands for all that differ in the case of the first letter only */
    uint32_t hash;
    uint32_t length;
    int64_t number; /* this and the next belong to the owner of the table; zero at first */
    const void *pointer;
    char text[];
};

/* Zero, but for the arena. */
struct symbols {
    struct arena *arena;
    struct symbol **slots; /* never walked */
    size_t count, capacity;
    int64_t numbered;
};

struct symbol *symbol_of(struct symbols *, const char *bytes, size_t length);
struct symbol *symbol_named(struct symbols *, const char *text);
const struct symbol *symbol_find(const struct symbols *, const char *text); /* NULL: it is none */
struct symbol *symbol_of_text(const char *text);                            /* of a symbol's own text */

/* For an owner who wants to number texts from 1 on: that of this one, which is given the next where it has
 * none (symbol_give_number); 0 where it has none (symbol_number). */
int64_t symbol_give_number(struct symbols *, const char *text);
int64_t symbol_number(const struct symbols *, const char *text);

/* For an owner who wants to find things by a text: the first that is entered under it stays; NULL where
 * nothing is. A text that is NULL takes nothing and has nothing. Whether a thing may be written to, its owner
 * knows. */
void symbol_enter(struct symbols *, const char *text, const void *thing);
void *symbol_entered(const struct symbols *, const char *text);

#endif
