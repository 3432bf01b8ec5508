/* A strict reader of JSON [RFC 8259], for looking at what the program writes with other eyes than its own. It
 * takes no leading zeros, no bare control characters, no commas too many, and no key twice in an object. */
#ifndef TESTS_PROPERTY_JSON_READER_H
#define TESTS_PROPERTY_JSON_READER_H

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum { MOST_JSON_MEMBERS = 64, MOST_JSON_DEPTH = 32 };

/* A part of the document. A key, and a value that is a string, are without their quotes, escapes as written.
 */
struct json_span {
    const char *at;
    size_t length;
};

struct json_member {
    struct json_span key, value;
};

struct json_object {
    struct json_member members[MOST_JSON_MEMBERS];
    size_t count;
};

/* Past the value at `at`, NULL if there is none; the members of an object go to `object` unless that is NULL.
 */
static inline const char *json_value(const char *at, struct json_object *object, int depth);

static inline bool json_span_is(struct json_span span, const char *text)
{
    return span.length == strlen(text) && !memcmp(span.at, text, span.length);
}

static inline const char *json_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

static inline const char *json_digits(const char *at)
{
    if (!isdigit((unsigned char)*at))
        return NULL;
    while (isdigit((unsigned char)*at))
        at++;
    return at;
}

static inline const char *json_number(const char *at)
{
    at += *at == '-';
    at = *at == '0' ? at + 1 : json_digits(at);
    if (at && *at == '.')
        at = json_digits(at + 1);
    if (!at || (*at != 'e' && *at != 'E'))
        return at;
    at++;
    return json_digits(at + (*at == '+' || *at == '-'));
}

static inline const char *json_escape(const char *at)
{
    if (*at != 'u')
        return *at && strchr("\"\\/bfnrt", *at) ? at + 1 : NULL;
    for (int i = 1; i <= 4; i++)
        if (!isxdigit((unsigned char)at[i]))
            return NULL;
    return at + 5;
}

static inline const char *json_string_end(const char *at)
{
    if (*at++ != '"')
        return NULL;
    while (at && *at != '"') {
        if ((unsigned char)*at < ' ')
            return NULL;
        at = *at == '\\' ? json_escape(at + 1) : at + 1;
    }
    return at ? at + 1 : NULL;
}

static inline const char *json_word(const char *at)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strncmp(at, words[i], strlen(words[i])))
            return at + strlen(words[i]);
    return NULL;
}

static inline struct json_span json_span_of(const char *begin, const char *end)
{
    bool quoted = *begin == '"';
    return (struct json_span){begin + quoted, (size_t)(end - begin) - 2 * quoted};
}

static inline bool json_add_member(struct json_object *object, struct json_member member)
{
    for (size_t i = 0; i < object->count; i++)
        if (object->members[i].key.length == member.key.length &&
            !memcmp(object->members[i].key.at, member.key.at, member.key.length))
            return false;
    if (object->count == MOST_JSON_MEMBERS)
        return false;
    object->members[object->count++] = member;
    return true;
}

/* `"key": value`. */
static inline const char *json_member_at(const char *at, struct json_object *object, int depth)
{
    const char *key_end = json_string_end(at);
    const char *colon = key_end ? json_space(key_end) : NULL;
    if (!colon || *colon != ':')
        return NULL;
    const char *value = json_space(colon + 1), *end = json_value(value, NULL, depth);
    struct json_member member = {.key = json_span_of(at, key_end)};
    if (!end)
        return NULL;
    member.value = json_span_of(value, end);
    return json_add_member(object, member) ? json_space(end) : NULL;
}

/* What stands between brackets: elements, or members where `object` is given. */
static inline const char *json_list(const char *at, char close, struct json_object *object, int depth)
{
    at = json_space(at);
    if (*at == close)
        return at + 1;
    for (;;) {
        const char *end = object ? json_member_at(at, object, depth) : json_value(at, NULL, depth);
        if (!end)
            return NULL;
        at = json_space(end);
        if (*at == close)
            return at + 1;
        if (*at != ',')
            return NULL;
        at = json_space(at + 1);
    }
}

static inline const char *json_value(const char *at, struct json_object *object, int depth)
{
    struct json_object nobody_asks;
    nobody_asks.count = 0; /* all of it would be cleared for each value */
    if (depth == MOST_JSON_DEPTH)
        return NULL;
    switch (*at) {
    case '{':
        return json_list(at + 1, '}', object ? object : &nobody_asks, depth + 1);
    case '[':
        return json_list(at + 1, ']', NULL, depth + 1);
    case '"':
        return json_string_end(at);
    case '-':
        return json_number(at);
    default:
        return isdigit((unsigned char)*at) ? json_number(at) : json_word(at);
    }
}

/* Whether all of the text is one value. */
static inline bool json_read(const char *text, struct json_object *object)
{
    if (object)
        object->count = 0;
    const char *end = json_value(json_space(text), object, 0);
    return end && *json_space(end) == '\0';
}

/* NULL: it has none of this name. */
static inline const struct json_span *json_find(const struct json_object *object, const char *key)
{
    for (size_t i = 0; i < object->count; i++)
        if (json_span_is(object->members[i].key, key))
            return &object->members[i].value;
    return NULL;
}

#endif
