/* Text that grows, and a JSON writer on top of it. Nothing here depends on the locale. */
#ifndef SIM_ENGINE_TEXT_H
#define SIM_ENGINE_TEXT_H

#include "sim/engine/decimal.h"
#include "sim/engine/simtime.h"
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    char *bytes; /* NUL-terminated once anything was added; NULL before */
    size_t length;
    size_t capacity;
};

/* What a terminal would obey: nobody who writes a scenario shall steer the screen of whoever reads of it. */
static inline bool is_control(char byte)
{
    return (unsigned char)byte < ' ' || byte == '\x7f';
}

static inline char without_control(char byte)
{
    return is_control(byte) ? ' ' : byte;
}

/* Whether a letter of UTF-8 begins here; bytes that do not are counted in no width. */
static inline bool begins_letter(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

size_t count_letters(const char *string);

/* Either may be absent, which is as good as empty. */
bool text_is_same(const char *a, const char *b);

/* Takes memory, so that so many bytes more and the NUL fit. */
void text_grow(struct text *, size_t more);

static inline void text_make_room(struct text *text, size_t more)
{
    if (text->capacity - text->length <= more)
        text_grow(text, more);
}

static inline void text_add_char(struct text *text, char character)
{
    text_make_room(text, 1);
    text->bytes[text->length++] = character;
    text->bytes[text->length] = '\0';
}

void text_free(struct text *);
void text_clear(struct text *); /* keeps the memory */
void text_add(struct text *, const char *string);
void text_add_bytes(struct text *, const char *bytes, size_t length);
void text_add_integer(struct text *, int64_t);
void text_add_decimal(struct text *, int64_t value, int decimals); /* as decimal_write */
void text_add_plain(struct text *, const char *string); /* with a blank for each control character */
void text_blank_controls(struct text *);                /* likewise, of all that is there; newlines stay */
void text_add_seconds(struct text *, simtime);          /* as simtime_format_seconds */
void text_add_human(struct text *, simtime);            /* as simtime_format_human */
void text_add_format(struct text *, const char *format, ...)
    __attribute__((format(printf, 2, 3))); /* no floats, please */
void text_add_arguments(struct text *, const char *format, va_list) __attribute__((format(printf, 2, 0)));

/* Writes one JSON document, indented by two spaces per level, or on one line; no newline at its end. Keys
 * come in the order of the calls; strings are escaped (control characters, quotes, backslashes, invalid UTF-8
 * as U+FFFD). */
struct json {
    struct text *out;
    bool one_line;
    int depth;
    bool comma; /* the next value at this depth needs one */
};

void json_begin_object(struct json *, const char *key); /* key is NULL in arrays and at the top */
void json_end_object(struct json *);
void json_begin_array(struct json *, const char *key);
void json_end_array(struct json *);
void json_string(struct json *, const char *key, const char *value); /* a NULL value is null */
void json_integer(struct json *, const char *key, int64_t value);
void json_decimal(struct json *, const char *key, int64_t value, int decimals); /* as text_add_decimal */
void json_seconds(struct json *, const char *key, simtime value);               /* SIMTIME_NEVER is null */
void json_bool(struct json *, const char *key, bool value);
void json_null(struct json *, const char *key);

#endif
