#include "sim/engine/text.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room in which most of what is formatted fits at the first try. */
enum { OFTEN_ENOUGH = 63 };

void text_free(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

void text_clear(struct text *text)
{
    text->length = 0;
    if (text->bytes)
        text->bytes[0] = '\0';
}

void text_grow(struct text *text, size_t more)
{
    size_t needed = text->length + more + 1;
    size_t doubled = text->capacity ? 2 * text->capacity : 64;
    text->capacity = doubled > needed ? doubled : needed;
    text->bytes = memory_grow(text->bytes, text->capacity, 1);
}

void text_add_bytes(struct text *text, const char *bytes, size_t length)
{
    text_make_room(text, length);
    if (length > 0)
        memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

void text_add(struct text *text, const char *string)
{
    text_add_bytes(text, string, strlen(string));
}

void text_add_plain(struct text *text, const char *string)
{
    for (; *string; string++)
        text_add_char(text, without_control(*string));
}

void text_blank_controls(struct text *text)
{
    for (size_t i = 0; i < text->length; i++)
        if (text->bytes[i] != '\n')
            text->bytes[i] = without_control(text->bytes[i]);
}

size_t count_letters(const char *string)
{
    size_t count = 0;
    for (; *string; string++)
        count += begins_letter(*string);
    return count;
}

bool text_is_same(const char *a, const char *b)
{
    return a == b || strcmp(a ? a : "", b ? b : "") == 0;
}

void text_add_arguments(struct text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    text_make_room(text, OFTEN_ENOUGH);
    size_t room = text->capacity - text->length;
    int length = vsnprintf(text->bytes + text->length, room, format, arguments);
    CHECK(length >= 0);
    if ((size_t)length >= room) {
        text_make_room(text, (size_t)length);
        vsnprintf(text->bytes + text->length, (size_t)length + 1, format, again);
    }
    text->length += (size_t)length;
    va_end(again);
}

void text_add_format(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    text_add_arguments(text, format, arguments);
    va_end(arguments);
}

void text_add_decimal(struct text *text, int64_t value, int decimals)
{
    text_make_room(text, DECIMAL_TEXT_SIZE);
    text->length += decimal_format(text->bytes + text->length, value, decimals);
}

void text_add_integer(struct text *text, int64_t value)
{
    text_make_room(text, DECIMAL_TEXT_SIZE);
    char *end = integer_write(text->bytes + text->length, value);
    *end = '\0';
    text->length = (size_t)(end - text->bytes);
}

void text_add_seconds(struct text *text, simtime at)
{
    text_add_decimal(text, at, 6);
}

void text_add_human(struct text *text, simtime at)
{
    char human[SIMTIME_TEXT_SIZE];
    simtime_format_human(human, at);
    text_add(text, human);
}

/* Length of the UTF-8 sequence that starts here, or 0 if none does. Overlong forms and surrogates are none.
 */
static size_t utf8_length(const unsigned char *bytes)
{
    static const struct {
        unsigned char mask, lead;
        uint32_t least;
    } forms[] = {{0xe0, 0xc0, 0x80}, {0xf0, 0xe0, 0x800}, {0xf8, 0xf0, 0x10000}};
    for (size_t extra = 1; extra <= 3; extra++) {
        if ((bytes[0] & forms[extra - 1].mask) != forms[extra - 1].lead)
            continue;
        uint32_t point = bytes[0] & (unsigned char)~forms[extra - 1].mask;
        for (size_t i = 1; i <= extra; i++) {
            if ((bytes[i] & 0xc0) != 0x80)
                return 0;
            point = point << 6 | (bytes[i] & 0x3f);
        }
        bool surrogate = point >= 0xd800 && point <= 0xdfff;
        return point < forms[extra - 1].least || surrogate || point > 0x10ffff ? 0 : extra + 1;
    }
    return 0;
}

/* The letter after the backslash, or 0 where there is no short form. */
static char short_escape(unsigned char character)
{
    static const char escapes[][2] = {{'"', '"'},  {'\\', '\\'}, {'\n', 'n'}, {'\t', 't'},
                                      {'\r', 'r'}, {'\b', 'b'},  {'\f', 'f'}};
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        if (escapes[i][0] == (char)character)
            return escapes[i][1];
    return 0;
}

static void add_ascii(struct text *out, unsigned char character)
{
    char letter = short_escape(character);
    if (letter) {
        text_add_char(out, '\\');
        text_add_char(out, letter);
    } else if (character < 0x20) {
        text_add_format(out, "\\u%04x", character);
    } else {
        text_add_char(out, (char)character);
    }
}

/* Of what stands for itself: nearly all there is, so it is copied in one piece. */
static size_t plain_length(const unsigned char *string)
{
    size_t length = 0;
    while (string[length] >= ' ' && string[length] < 0x7f && string[length] != '"' && string[length] != '\\')
        length++;
    return length;
}

static void add_quoted(struct text *out, const char *string)
{
    text_add_char(out, '"');
    const unsigned char *next = (const unsigned char *)string;
    for (;;) {
        size_t plain = plain_length(next);
        text_add_bytes(out, (const char *)next, plain);
        next += plain;
        if (!*next)
            break;
        size_t length = *next < 0x80 ? 1 : utf8_length(next);
        if (*next < 0x80)
            add_ascii(out, *next);
        else if (length > 0)
            text_add_bytes(out, (const char *)next, length);
        else
            text_add(out, "\xef\xbf\xbd");
        next += length ? length : 1;
    }
    text_add_char(out, '"');
}

static void new_line(struct json *json)
{
    if (json->one_line)
        return;
    text_add_char(json->out, '\n');
    for (int i = 0; i < json->depth; i++)
        text_add(json->out, "  ");
}

/* All that stands before a value. */
static void begin_value(struct json *json, const char *key)
{
    if (json->comma)
        text_add_char(json->out, ',');
    if (json->depth > 0)
        new_line(json);
    if (key) {
        add_quoted(json->out, key);
        text_add(json->out, json->one_line ? ":" : ": ");
    }
    json->comma = true;
}

static void begin_nest(struct json *json, const char *key, char bracket)
{
    begin_value(json, key);
    text_add_char(json->out, bracket);
    json->depth++;
    json->comma = false;
}

static void end_nest(struct json *json, char bracket)
{
    CHECK(json->depth > 0);
    json->depth--;
    if (json->comma)
        new_line(json);
    text_add_char(json->out, bracket);
    json->comma = true;
}

void json_begin_object(struct json *json, const char *key)
{
    begin_nest(json, key, '{');
}

void json_end_object(struct json *json)
{
    end_nest(json, '}');
}

void json_begin_array(struct json *json, const char *key)
{
    begin_nest(json, key, '[');
}

void json_end_array(struct json *json)
{
    end_nest(json, ']');
}

void json_string(struct json *json, const char *key, const char *value)
{
    if (!value) {
        json_null(json, key);
        return;
    }
    begin_value(json, key);
    add_quoted(json->out, value);
}

void json_integer(struct json *json, const char *key, int64_t value)
{
    json_decimal(json, key, value, 0);
}

void json_decimal(struct json *json, const char *key, int64_t value, int decimals)
{
    begin_value(json, key);
    text_add_decimal(json->out, value, decimals);
}

void json_seconds(struct json *json, const char *key, simtime value)
{
    if (value == SIMTIME_NEVER)
        json_null(json, key);
    else
        json_decimal(json, key, value, 6);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin_value(json, key);
    text_add(json->out, value ? "true" : "false");
}

void json_null(struct json *json, const char *key)
{
    begin_value(json, key);
    text_add(json->out, "null");
}
