#include "sim/engine/symbol.h"
#include "sim/engine/hash.h"
#include <ctype.h>
#include <string.h>

static uint32_t hash_bytes(const char *bytes, size_t length)
{
    uint64_t hash = length, word = 0;
    for (; length >= sizeof word; bytes += sizeof word, length -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = hash_fold(hash, word);
    }
    word = 0;
    memcpy(&word, bytes, length);
    return (uint32_t)hash_mix(hash_fold(hash, word));
}

static struct symbol **slot_of(const struct symbols *symbols, uint32_t hash)
{
    return &symbols->slots[hash & (symbols->capacity - 1)];
}

static void grow(struct symbols *symbols)
{
    struct symbols old = *symbols;
    symbols->capacity = old.capacity ? 4 * old.capacity : 64;
    symbols->slots = arena_array(symbols->arena, symbols->capacity, sizeof(struct symbol *));
    for (size_t i = 0; i < old.capacity; i++)
        for (struct symbol *symbol = old.slots[i], *next; symbol; symbol = next) {
            struct symbol **slot = slot_of(symbols, symbol->hash);
            next = symbol->next;
            symbol->next = *slot;
            *slot = symbol;
        }
}

static struct symbol *add(struct symbols *symbols, const char *bytes, size_t length, uint32_t hash)
{
    if (symbols->count == symbols->capacity)
        grow(symbols);
    struct symbol **slot = slot_of(symbols, hash);
    struct symbol *symbol = arena_alloc(symbols->arena, sizeof *symbol + length + 1);
    *symbol = (struct symbol){.next = *slot, .hash = hash, .length = (uint32_t)length};
    memcpy(symbol->text, bytes, length);
    symbol->same = symbol;
    symbols->count++;
    return *slot = symbol;
}

static struct symbol *find(const struct symbols *symbols, const char *bytes, size_t length, uint32_t hash)
{
    struct symbol *symbol = symbols->capacity ? *slot_of(symbols, hash) : NULL;
    while (symbol &&
           (symbol->hash != hash || symbol->length != length || memcmp(symbol->text, bytes, length)))
        symbol = symbol->next;
    return symbol;
}

struct symbol *symbol_of(struct symbols *symbols, const char *bytes, size_t length)
{
    uint32_t hash = hash_bytes(bytes, length);
    struct symbol *symbol = find(symbols, bytes, length, hash);
    if (symbol)
        return symbol;
    symbol = add(symbols, bytes, length, hash);
    if (isupper((unsigned char)*symbol->text)) {
        const char *copy = arena_copy(symbols->arena, bytes, length);
        *(char *)copy = (char)tolower((unsigned char)*copy);
        symbol->same = symbol_of(symbols, copy, length);
    }
    return symbol;
}

struct symbol *symbol_named(struct symbols *symbols, const char *text)
{
    return symbol_of(symbols, text, strlen(text));
}

const struct symbol *symbol_find(const struct symbols *symbols, const char *text)
{
    size_t length = strlen(text);
    return find(symbols, text, length, hash_bytes(text, length));
}

struct symbol *symbol_of_text(const char *text)
{
    return (struct symbol *)(text - offsetof(struct symbol, text));
}

int64_t symbol_give_number(struct symbols *symbols, const char *text)
{
    struct symbol *symbol = symbol_named(symbols, text);
    if (!symbol->number)
        symbol->number = ++symbols->numbered;
    return symbol->number;
}

int64_t symbol_number(const struct symbols *symbols, const char *text)
{
    const struct symbol *symbol = symbol_find(symbols, text);
    return symbol ? symbol->number : 0;
}

void symbol_enter(struct symbols *symbols, const char *text, const void *thing)
{
    struct symbol *symbol = text ? symbol_named(symbols, text) : NULL;
    if (symbol && !symbol->pointer)
        symbol->pointer = thing;
}

void *symbol_entered(const struct symbols *symbols, const char *text)
{
    const struct symbol *symbol = text ? symbol_find(symbols, text) : NULL;
    return symbol ? (void *)symbol->pointer : NULL;
}
