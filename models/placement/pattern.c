/* A pattern is a program of steps for a nondeterministic automaton; jumps are relative, so that a stretch of
 * steps can be moved and copied. Matching follows all states at once (Thompson 1968). */
#include "models/placement/pattern.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MAX = 512, GROUPS_MAX = 50, REPEAT_MAX = 1000, NO_LIMIT = -1 };

enum step_kind { STEP_BYTE, STEP_SPLIT, STEP_JUMP, STEP_AT_BEGIN, STEP_AT_END, STEP_MATCH };

struct bytes {
    uint64_t bits[4];
};

struct step {
    enum step_kind kind;
    int first, second;  /* SPLIT: both; JUMP: first */
    struct bytes bytes; /* BYTE: any of these */
};

struct pattern {
    size_t count;
    struct step *steps;
};

struct parser {
    const char *text, *at;
    const char *error;
    size_t where;
    int groups; /* open ones */
    size_t count;
    struct step steps[STEPS_MAX];
};

static void fail(struct parser *parser, const char *error)
{
    if (parser->error)
        return;
    parser->error = error;
    parser->where = (size_t)(parser->at - parser->text);
}

static bool accept(struct parser *parser, char c)
{
    if (*parser->at != c || c == '\0')
        return false;
    parser->at++;
    return true;
}

/* --- steps ------------------------------------------------------------------------------------ */

static bool has_room(struct parser *parser, size_t count)
{
    if (parser->count + count <= STEPS_MAX)
        return true;
    fail(parser, "the pattern is too large");
    return false;
}

static void emit(struct parser *parser, struct step step)
{
    if (has_room(parser, 1))
        parser->steps[parser->count++] = step;
}

static void emit_split(struct parser *parser, int first, int second)
{
    emit(parser, (struct step){.kind = STEP_SPLIT, .first = first, .second = second});
}

static void insert_split(struct parser *parser, size_t at, int first, int second)
{
    if (!has_room(parser, 1))
        return;
    memmove(&parser->steps[at + 1], &parser->steps[at], (parser->count - at) * sizeof *parser->steps);
    parser->steps[at] = (struct step){.kind = STEP_SPLIT, .first = first, .second = second};
    parser->count++;
}

static void emit_copy(struct parser *parser, size_t from, size_t length)
{
    if (!has_room(parser, length))
        return;
    memcpy(&parser->steps[parser->count], &parser->steps[from], length * sizeof *parser->steps);
    parser->count += length;
}

/* --- sets of bytes ---------------------------------------------------------------------------- */

static void add_range(struct bytes *bytes, unsigned char from, unsigned char to)
{
    for (unsigned c = from; c <= to; c++)
        bytes->bits[c / 64] |= UINT64_C(1) << (c % 64);
}

static bool has_byte(const struct bytes *bytes, unsigned char c)
{
    return bytes->bits[c / 64] >> (c % 64) & 1;
}

static void add_complement(struct bytes *bytes, const struct bytes *of)
{
    for (int i = 0; i < 4; i++)
        bytes->bits[i] |= ~of->bits[i];
}

static struct bytes class_bytes(char letter)
{
    struct bytes bytes = {{0}};
    if (letter == 's') {
        add_range(&bytes, '\t', '\r');
        add_range(&bytes, ' ', ' ');
        return bytes;
    }
    add_range(&bytes, '0', '9');
    if (letter == 'w') {
        add_range(&bytes, 'A', 'Z');
        add_range(&bytes, 'a', 'z');
        add_range(&bytes, '_', '_');
    }
    return bytes;
}

static bool is_alphanumeric(char c)
{
    struct bytes word = class_bytes('w');
    return c != '_' && has_byte(&word, (unsigned char)c);
}

/* What stands behind a backslash. *single: it is one byte, which may begin a range. */
static void parse_escape(struct parser *parser, struct bytes *bytes, bool *single)
{
    char c = *parser->at;
    *single = false;
    if (c != '\0' && strchr("dws", c)) {
        struct bytes class = class_bytes(c);
        for (int i = 0; i < 4; i++)
            bytes->bits[i] |= class.bits[i];
    } else if (c != '\0' && strchr("DWS", c)) {
        struct bytes class = class_bytes((char)(c - 'A' + 'a'));
        add_complement(bytes, &class);
    } else if (c != '\0' && !is_alphanumeric(c)) {
        add_range(bytes, (unsigned char)c, (unsigned char)c);
        *single = true;
    } else {
        fail(parser, "this escape is not supported");
        return;
    }
    parser->at++;
}

/* The last character of a range whose first is given. */
static char parse_range_end(struct parser *parser, char from)
{
    bool escaped = accept(parser, '\\');
    char to = *parser->at;
    if (to == '\0' || (escaped && is_alphanumeric(to)))
        fail(parser, "a range needs a character at its end");
    else if ((unsigned char)to < (unsigned char)from)
        fail(parser, "this range ends before it begins");
    else
        parser->at++;
    return to;
}

/* One character of a class, or a range, or an escape. */
static void parse_class_item(struct parser *parser, struct bytes *bytes)
{
    bool single = true;
    char from = *parser->at++;
    if (from == '\\') {
        from = *parser->at;
        parse_escape(parser, bytes, &single);
    } else if (from == '[') {
        fail(parser, "a class within a class is not supported; write \\[ for the character");
    }
    char to = from;
    if (single && parser->at[0] == '-' && parser->at[1] != ']') {
        parser->at++;
        to = parse_range_end(parser, from);
    }
    if (single)
        add_range(bytes, (unsigned char)from, (unsigned char)to);
}

static void parse_class(struct parser *parser)
{
    bool negated = accept(parser, '^');
    struct bytes bytes = {{0}}, complement = {{0}};
    do {
        if (*parser->at == '\0')
            fail(parser, "a class lacks its ]");
        else
            parse_class_item(parser, &bytes);
    } while (!parser->error && *parser->at != ']');
    accept(parser, ']');
    add_complement(&complement, &bytes);
    emit(parser, (struct step){.kind = STEP_BYTE, .bytes = negated ? complement : bytes});
}

/* --- the grammar ------------------------------------------------------------------------------ */

static void parse_alternatives(struct parser *parser);

static void parse_group(struct parser *parser)
{
    if (parser->at[0] == '?' && parser->at[1] == ':')
        parser->at += 2;
    else if (*parser->at == '?')
        fail(parser, "(? is supported as (?: only");
    if (++parser->groups > GROUPS_MAX)
        fail(parser, "groups are nested too deeply");
    if (!parser->error)
        parse_alternatives(parser);
    parser->groups--;
    if (!accept(parser, ')'))
        fail(parser, "a group lacks its )");
}

static void emit_bytes_at(struct parser *parser)
{
    struct bytes bytes = {{0}};
    char c = *parser->at++;
    if (c == '\\') {
        bool single;
        parse_escape(parser, &bytes, &single);
    } else if (c == '.') {
        add_range(&bytes, 0, UINT8_MAX);
    } else {
        add_range(&bytes, (unsigned char)c, (unsigned char)c);
    }
    emit(parser, (struct step){.kind = STEP_BYTE, .bytes = bytes});
}

static void parse_atom(struct parser *parser)
{
    if (strchr("*+?{", *parser->at))
        fail(parser, "there is nothing to repeat");
    else if (accept(parser, '('))
        parse_group(parser);
    else if (accept(parser, '['))
        parse_class(parser);
    else if (accept(parser, '^'))
        emit(parser, (struct step){.kind = STEP_AT_BEGIN});
    else if (accept(parser, '$'))
        emit(parser, (struct step){.kind = STEP_AT_END});
    else
        emit_bytes_at(parser);
}

static void repeat_without_limit(struct parser *parser, size_t start, int least)
{
    size_t length = parser->count - start;
    if (least == 0) {
        insert_split(parser, start, 1, (int)length + 2);
        emit(parser, (struct step){.kind = STEP_JUMP, .first = -(int)length - 1});
        return;
    }
    for (int i = 1; i < least; i++)
        emit_copy(parser, start, length);
    emit_split(parser, -(int)length, 1);
}

static void repeat_up_to(struct parser *parser, size_t start, int least, int most)
{
    size_t length = parser->count - start;
    if (most == 0) {
        parser->count = start;
        return;
    }
    for (int i = 1; i < least; i++)
        emit_copy(parser, start, length);
    if (least == 0) {
        insert_split(parser, start, 1, (int)length + 1);
        start++;
        least = 1;
    }
    for (int i = least; i < most; i++) {
        emit_split(parser, 1, (int)length + 1);
        emit_copy(parser, start, length);
    }
}

static int parse_count(struct parser *parser)
{
    char *end;
    if (*parser->at < '0' || *parser->at > '9') {
        fail(parser, "a number is missing");
        return 0;
    }
    unsigned long count = strtoul(parser->at, &end, 10);
    if (count > REPEAT_MAX) {
        fail(parser, "at most 1000 repetitions");
        return 0;
    }
    parser->at = end;
    return (int)count;
}

static void parse_counts(struct parser *parser, int *least, int *most)
{
    *least = *most = parse_count(parser);
    if (accept(parser, ','))
        *most = *parser->at == '}' ? NO_LIMIT : parse_count(parser);
    if (!accept(parser, '}'))
        fail(parser, "a } is missing");
    else if (*most != NO_LIMIT && *most < *least)
        fail(parser, "more at least than at most");
}

static bool parse_quantifier(struct parser *parser, int *least, int *most)
{
    *least = 0;
    *most = NO_LIMIT;
    if (accept(parser, '+'))
        *least = 1;
    else if (accept(parser, '?'))
        *most = 1;
    else if (accept(parser, '{'))
        parse_counts(parser, least, most);
    else if (!accept(parser, '*'))
        return false;
    accept(parser, '?');
    return true;
}

static void parse_repeated(struct parser *parser)
{
    size_t start = parser->count;
    int least, most;
    parse_atom(parser);
    if (parser->error || !parse_quantifier(parser, &least, &most) || parser->error)
        return;
    if (most == NO_LIMIT)
        repeat_without_limit(parser, start, least);
    else
        repeat_up_to(parser, start, least, most);
}

static void parse_sequence(struct parser *parser)
{
    while (!parser->error && *parser->at && *parser->at != '|' && *parser->at != ')')
        parse_repeated(parser);
}

/* first|rest: a split before the first, which jumps over the rest. */
static void parse_alternatives(struct parser *parser)
{
    size_t start = parser->count;
    parse_sequence(parser);
    while (!parser->error && accept(parser, '|')) {
        insert_split(parser, start, 1, (int)(parser->count - start) + 2);
        size_t jump = parser->count;
        emit(parser, (struct step){.kind = STEP_JUMP});
        parse_sequence(parser);
        if (!parser->error)
            parser->steps[jump].first = (int)(parser->count - jump);
    }
}

struct pattern *pattern_parse(struct arena *arena, const char *text, const char **error, size_t *where)
{
    struct parser parser = {.text = text, .at = text};
    parse_alternatives(&parser);
    if (*parser.at)
        fail(&parser, "this ) closes nothing");
    emit(&parser, (struct step){.kind = STEP_MATCH});
    if (parser.error) {
        *error = parser.error;
        *where = parser.where;
        return NULL;
    }
    struct pattern *pattern = arena_alloc(arena, sizeof *pattern);
    pattern->count = parser.count;
    pattern->steps = arena_array(arena, parser.count, sizeof *pattern->steps);
    memcpy(pattern->steps, parser.steps, parser.count * sizeof *pattern->steps);
    return pattern;
}

/* --- matching --------------------------------------------------------------------------------- */

struct states {
    uint64_t bits[STEPS_MAX / 64];
};

static bool has_state(const struct states *states, size_t step)
{
    return states->bits[step / 64] >> (step % 64) & 1;
}

struct position {
    bool at_begin, at_end;
};

/* The state and all that it leads to without a byte. */
static void add_state(const struct pattern *pattern, struct states *states, size_t at,
                      struct position position)
{
    while (!has_state(states, at)) {
        const struct step *step = &pattern->steps[at];
        states->bits[at / 64] |= UINT64_C(1) << (at % 64);
        if (step->kind == STEP_BYTE || step->kind == STEP_MATCH)
            return;
        if ((step->kind == STEP_AT_BEGIN && !position.at_begin) ||
            (step->kind == STEP_AT_END && !position.at_end))
            return;
        if (step->kind == STEP_SPLIT)
            add_state(pattern, states, at + (size_t)step->second, position);
        at += step->kind == STEP_SPLIT || step->kind == STEP_JUMP ? (size_t)step->first : 1;
    }
}

bool pattern_matches(const struct pattern *pattern, const char *text)
{
    struct states states = {{0}};
    add_state(pattern, &states, 0, (struct position){true, text[0] == '\0'});
    for (; *text; text++) {
        struct states next = {{0}};
        for (size_t i = 0; i < pattern->count; i++)
            if (has_state(&states, i) && pattern->steps[i].kind == STEP_BYTE &&
                has_byte(&pattern->steps[i].bytes, (unsigned char)*text))
                add_state(pattern, &next, i + 1, (struct position){false, text[1] == '\0'});
        states = next;
    }
    return has_state(&states, pattern->count - 1);
}
