/* The cluster query language. [ODG:cluster-query-language]
 *
 *   any        = all { ( "or" | "||" ) all }
 *   all        = one { ( "and" | "&&" ) one }
 *   one        = ( "not" | "!" ) one | "(" any ")" | comparison
 *   comparison = subject operator [ value | "[" value { "," value } "]" ]
 */
#include "models/placement/pattern.h"
#include "models/placement/placement.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { DEPTH_MAX = 50 };

enum test {
    TEST_EXISTS,
    TEST_EQUALS,
    TEST_MATCHES,
    TEST_GREATER,
    TEST_GREATER_EQUAL,
    TEST_LESS,
    TEST_LESS_EQUAL
};

enum {
    ALLOWS_EQUALITY = 1 << TEST_EXISTS | 1 << TEST_EQUALS,
    ALLOWS_MATCHES = 1 << TEST_MATCHES,
    ALLOWS_ORDER = 1 << TEST_GREATER | 1 << TEST_GREATER_EQUAL | 1 << TEST_LESS | 1 << TEST_LESS_EQUAL,
};

/* What an instance shows of a subject, or what it is compared with. */
struct value {
    const char *text;
    int64_t number; /* of subjects that are numbers, dates or flags */
};

struct argument {
    struct value value;
    struct argument *next;
};

struct subject {
    const char *name;
    unsigned allows;              /* bit per test */
    const char *expects;          /* what its values look like */
    bool (*read)(struct value *); /* the text as a value; false if it is none. NULL: any text */
    int (*compare)(const struct value *, const struct value *);
    /* False: the instance has none. NULL: the groups of its tasks. */
    bool (*see)(const char *attribute, const struct placement_facts *, struct value *);
};

struct comparison {
    const struct subject *subject;
    const char *attribute; /* name, of an attribute: subject */
    enum test test;
    bool negated;
    const struct argument *arguments; /* equal to any of these */
    const struct pattern *pattern;
};

enum query_kind { QUERY_COMPARISON, QUERY_AND, QUERY_OR, QUERY_NOT };

struct query {
    const char *text; /* of the whole; at the root only */
    enum query_kind kind;
    const struct query *left, *right;
    struct comparison comparison;
};

/* --- subjects --------------------------------------------------------------------------------- */

static bool read_flag(struct value *value)
{
    value->number = strcasecmp(value->text, "true") == 0;
    return value->number || strcasecmp(value->text, "false") == 0;
}

static bool read_whole_number(struct value *value)
{
    size_t digits = strspn(value->text, "0123456789");
    value->number = strtoll(value->text, NULL, 10);
    return digits > 0 && digits < 19 && value->text[digits] == '\0';
}

static bool read_date(struct value *value)
{
    return simtime_parse_utc(value->text, &value->number) == 0;
}

static bool read_version(struct value *value)
{
    return isdigit((unsigned char)value->text[0]) && value->text[strspn(value->text, "0123456789.")] == '\0';
}

static int compare_numbers(const struct value *a, const struct value *b)
{
    return (a->number > b->number) - (a->number < b->number);
}

static int compare_texts(const struct value *a, const struct value *b)
{
    return strcmp(a->text, b->text);
}

static int compare_attributes(const struct value *a, const struct value *b)
{
    struct value left = *a, right = *b;
    if (!read_whole_number(&left) || !read_whole_number(&right))
        return compare_texts(a, b);
    int order = compare_numbers(&left, &right);
    return order ? order : compare_texts(a, b);
}

static unsigned long long next_number(const char **version)
{
    char *end;
    unsigned long long number = strtoull(*version, &end, 10);
    *version = *end == '.' ? end + 1 : "";
    return number;
}

/* Number by number, so that 1.9 is before 1.10; what is not there is 0. */
static int compare_versions(const struct value *a, const struct value *b)
{
    const char *left = a->text, *right = b->text;
    while (*left || *right) {
        unsigned long long x = next_number(&left);
        unsigned long long y = next_number(&right);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}

static bool see_agent_connected(const char *attribute, const struct placement_facts *facts,
                                struct value *value)
{
    (void)attribute;
    value->number = facts->agent_connected;
    return true;
}

static bool see_agent_version(const char *attribute, const struct placement_facts *facts, struct value *value)
{
    (void)attribute;
    value->text = facts->agent_version;
    return value->text != NULL;
}

static bool see_ec2_instance_id(const char *attribute, const struct placement_facts *facts,
                                struct value *value)
{
    (void)attribute;
    value->text = facts->ec2_instance_id;
    return value->text != NULL;
}

static bool see_registered_at(const char *attribute, const struct placement_facts *facts, struct value *value)
{
    (void)attribute;
    value->number = facts->registered_at_us;
    return true;
}

static bool see_running_tasks_count(const char *attribute, const struct placement_facts *facts,
                                    struct value *value)
{
    (void)attribute;
    value->number = facts->running_tasks_count;
    return true;
}

static bool see_attribute(const char *name, const struct placement_facts *facts, struct value *value)
{
    const struct attribute *attribute = placement_find_attribute(facts, name);
    value->text = attribute && attribute->value ? attribute->value : "";
    return attribute != NULL;
}

static const struct subject subjects[] = {
    {"agentConnected", ALLOWS_EQUALITY, "true or false", read_flag, compare_numbers, see_agent_connected},
    {"agentVersion", ALLOWS_EQUALITY | ALLOWS_ORDER | ALLOWS_MATCHES, "a version such as 1.14.5",
     read_version, compare_versions, see_agent_version},
    {"ec2InstanceId", ALLOWS_EQUALITY | ALLOWS_MATCHES, "an instance id", NULL, compare_texts,
     see_ec2_instance_id},
    {"registeredAt", ALLOWS_EQUALITY | ALLOWS_ORDER, "a date such as 2018-06-18T22:28:28Z", read_date,
     compare_numbers, see_registered_at},
    {"runningTasksCount", ALLOWS_EQUALITY | ALLOWS_ORDER, "a whole number", read_whole_number,
     compare_numbers, see_running_tasks_count},
    {"task:group", ALLOWS_EQUALITY | ALLOWS_MATCHES, "a group such as service:web", NULL, NULL, NULL},
};

static const struct subject attribute_subject = {
    "attribute:", ALLOWS_EQUALITY | ALLOWS_ORDER | ALLOWS_MATCHES, "a value", NULL, compare_attributes,
    see_attribute};

/* --- words ------------------------------------------------------------------------------------ */

struct parser {
    struct arena *arena;
    const char *text, *at;
    const char *error;
    size_t where;
    int depth;
};

/* The first mistake is the one that is told. */
__attribute__((format(printf, 3, 4))) static void fail(struct parser *parser, const char *at,
                                                       const char *format, ...)
{
    if (parser->error)
        return;
    char message[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    parser->error = arena_text(parser->arena, message);
    parser->where = (size_t)(at - parser->text);
}

static void skip_space(struct parser *parser)
{
    while (isspace((unsigned char)*parser->at))
        parser->at++;
}

static bool continues_word(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("_:./\\-", c));
}

/* Takes the word or symbol if it comes next; a word must end where the text's does. */
static bool accept(struct parser *parser, const char *token)
{
    size_t length = strlen(token);
    skip_space(parser);
    if (strncasecmp(parser->at, token, length) != 0)
        return false;
    if (isalpha((unsigned char)token[length - 1]) && continues_word(parser->at[length]))
        return false;
    parser->at += length;
    return true;
}

static const char *take(struct parser *parser, size_t length)
{
    const char *text = arena_copy(parser->arena, parser->at, length);
    parser->at += length;
    return text;
}

static const char *take_quoted(struct parser *parser)
{
    const char *start = parser->at;
    const char *end = strchr(start + 1, *start);
    if (!end) {
        fail(parser, start, "this quote is not closed");
        return "";
    }
    parser->at++;
    const char *text = take(parser, (size_t)(end - start) - 1);
    parser->at++;
    return text;
}

static bool ends_value(const char *at)
{
    return *at == '\0' || isspace((unsigned char)*at) || strchr("()[],'\"", *at) ||
           strncmp(at, "&&", 2) == 0 || strncmp(at, "||", 2) == 0;
}

static size_t length_of_value(const char *start)
{
    const char *at = start;
    while (!ends_value(at))
        at++;
    return (size_t)(at - start);
}

/* A pattern without quotes goes to the next space, or to the parenthesis that closes the expression around
 * it. */
static size_t length_of_pattern(const char *start)
{
    int open = 0;
    const char *at = start;
    for (; *at && !isspace((unsigned char)*at); at++) {
        open += *at == '(';
        if (*at == ')' && open-- == 0)
            break;
    }
    return (size_t)(at - start);
}

static const char *take_value(struct parser *parser, size_t (*length_of)(const char *))
{
    skip_space(parser);
    if (*parser->at == '\'' || *parser->at == '"')
        return take_quoted(parser);
    size_t length = length_of(parser->at);
    if (length == 0)
        fail(parser, parser->at, "a value is missing");
    return take(parser, length);
}

/* --- comparisons ------------------------------------------------------------------------------ */

struct operator
{
    const char *token;
    enum test test;
    bool negated;
    bool list; /* its argument is one */
};

/* A token that begins another stands behind it. */
static const struct operator operators[] = {
    {"==", TEST_EQUALS, false, false},
    {"!=", TEST_EQUALS, true, false},
    {"=~", TEST_MATCHES, false, false},
    {"!~", TEST_MATCHES, true, false},
    {">=", TEST_GREATER_EQUAL, false, false},
    {"<=", TEST_LESS_EQUAL, false, false},
    {">", TEST_GREATER, false, false},
    {"<", TEST_LESS, false, false},
    {"!in", TEST_EQUALS, true, true},
    {"!exists", TEST_EXISTS, true, false},
    {"in", TEST_EQUALS, false, true},
    {"exists", TEST_EXISTS, false, false},
    {"not_in", TEST_EQUALS, true, true},
    {"not_exists", TEST_EXISTS, true, false},
    {"equals", TEST_EQUALS, false, false},
    {"not_equals", TEST_EQUALS, true, false},
    {"matches", TEST_MATCHES, false, false},
    {"not_matches", TEST_MATCHES, true, false},
    {"greater_than", TEST_GREATER, false, false},
    {"greater_than_equal", TEST_GREATER_EQUAL, false, false},
    {"less_than", TEST_LESS, false, false},
    {"less_than_equal", TEST_LESS_EQUAL, false, false},
};

enum {
    OPERATOR_COUNT = sizeof operators / sizeof *operators,
    SUBJECT_COUNT = sizeof subjects / sizeof *subjects
};

static const struct operator* parse_operator(struct parser *parser, const struct subject *subject)
{
    skip_space(parser);
    const char *start = parser->at;
    for (int i = 0; i < OPERATOR_COUNT; i++) {
        if (!accept(parser, operators[i].token))
            continue;
        if (!(subject->allows >> operators[i].test & 1))
            fail(parser, start, "%s cannot be compared by %s", subject->name, operators[i].token);
        return &operators[i];
    }
    fail(parser, start, "an operator is missing: ==, !=, <, <=, >, >=, =~, !~, in, !in, exists or !exists");
    return &operators[0];
}

static void parse_subject(struct parser *parser, struct comparison *comparison)
{
    skip_space(parser);
    const char *start = parser->at;
    size_t length = 0;
    while (continues_word(start[length]))
        length++;
    const char *name = take(parser, length);
    size_t prefix = strlen(attribute_subject.name);
    comparison->subject = &attribute_subject;
    comparison->attribute = name + prefix;
    if (strncasecmp(name, attribute_subject.name, prefix) == 0 && name[prefix])
        return;
    for (int i = 0; i < SUBJECT_COUNT; i++) {
        comparison->subject = &subjects[i];
        if (strcasecmp(name, subjects[i].name) == 0)
            return;
    }
    fail(parser, start,
         "a subject is missing: agentConnected, agentVersion, attribute:NAME, ec2InstanceId, registeredAt, "
         "runningTasksCount or task:group");
}

static void parse_argument(struct parser *parser, struct comparison *comparison)
{
    skip_space(parser);
    const char *start = parser->at;
    struct argument *argument = arena_alloc(parser->arena, sizeof *argument);
    argument->value.text = take_value(parser, length_of_value);
    argument->next = (struct argument *)comparison->arguments;
    comparison->arguments = argument;
    if (comparison->subject->read && !comparison->subject->read(&argument->value))
        fail(parser, start, "%s is compared with %s", comparison->subject->name,
             comparison->subject->expects);
}

static void parse_arguments(struct parser *parser, struct comparison *comparison)
{
    if (!accept(parser, "["))
        fail(parser, parser->at, "a list in brackets is missing, as in [a, b]");
    do {
        parse_argument(parser, comparison);
    } while (!parser->error && accept(parser, ","));
    if (!accept(parser, "]"))
        fail(parser, parser->at, "a list lacks its ]");
}

static void parse_pattern(struct parser *parser, struct comparison *comparison)
{
    skip_space(parser);
    const char *start = parser->at, *error;
    size_t where;
    const char *text = take_value(parser, length_of_pattern);
    comparison->pattern = pattern_parse(parser->arena, text, &error, &where);
    if (!comparison->pattern)
        fail(parser, start + (*start == '\'' || *start == '"') + where, "%s", error);
}

static struct query *parse_comparison(struct parser *parser)
{
    struct query *query = arena_alloc(parser->arena, sizeof *query);
    struct comparison *comparison = &query->comparison;
    parse_subject(parser, comparison);
    if (parser->error)
        return query;
    const struct operator* operator= parse_operator(parser, comparison->subject);
    comparison->test = operator->test;
    comparison->negated = operator->negated;
    if (parser->error || operator->test == TEST_EXISTS)
        return query;
    if (operator->test == TEST_MATCHES)
        parse_pattern(parser, comparison);
    else if (operator->list)
        parse_arguments(parser, comparison);
    else
        parse_argument(parser, comparison);
    return query;
}

/* --- expressions ------------------------------------------------------------------------------ */

static struct query *parse_any(struct parser *parser);

static struct query *join(struct parser *parser, enum query_kind kind, const struct query *left,
                          const struct query *right)
{
    struct query *query = arena_alloc(parser->arena, sizeof *query);
    query->kind = kind;
    query->left = left;
    query->right = right;
    return query;
}

static struct query *parse_parenthesis(struct parser *parser)
{
    struct query *query = parse_any(parser);
    if (!accept(parser, ")"))
        fail(parser, parser->at, "a ), and, or or is missing");
    return query;
}

static struct query *parse_one(struct parser *parser)
{
    struct query *query;
    if (++parser->depth > DEPTH_MAX)
        fail(parser, parser->at, "expressions are nested too deeply");
    if (!parser->error && (accept(parser, "!") || accept(parser, "not")))
        query = join(parser, QUERY_NOT, parse_one(parser), NULL);
    else if (!parser->error && accept(parser, "("))
        query = parse_parenthesis(parser);
    else
        query = parse_comparison(parser);
    parser->depth--;
    return query;
}

static struct query *parse_all(struct parser *parser)
{
    struct query *query = parse_one(parser);
    while (!parser->error && (accept(parser, "&&") || accept(parser, "and")))
        query = join(parser, QUERY_AND, query, parse_one(parser));
    return query;
}

static struct query *parse_any(struct parser *parser)
{
    struct query *query = parse_all(parser);
    while (!parser->error && (accept(parser, "||") || accept(parser, "or")))
        query = join(parser, QUERY_OR, query, parse_all(parser));
    return query;
}

struct query *query_parse(struct arena *arena, const char *text, const char **error, size_t *where)
{
    struct parser parser = {.arena = arena, .text = text, .at = text};
    if (strlen(text) > QUERY_TEXT_MAX)
        fail(&parser, text + QUERY_TEXT_MAX, "an expression has at most %d characters", QUERY_TEXT_MAX);
    struct query *query = parser.error ? NULL : parse_any(&parser);
    skip_space(&parser);
    if (*parser.at)
        fail(&parser, parser.at, "and, or or the end of the expression is missing");
    if (parser.error) {
        *error = parser.error;
        *where = parser.where;
        return NULL;
    }
    query->text = arena_text(arena, text);
    return query;
}

const char *query_bind(struct arena *arena, const char *text, void *field, size_t *where)
{
    const char *error = NULL;
    const struct query **query = field;
    if (strlen(text) > QUERY_TEXT_MAX) {
        *where = QUERY_TEXT_MAX;
        return "an expression has at most 2000 characters";
    }
    *query = query_parse(arena, text, &error, where);
    return error;
}

const char *query_text(const struct query *query)
{
    return query->text;
}

/* --- evaluation ------------------------------------------------------------------------------- */

static bool equals_any(const struct comparison *comparison, const struct value *seen)
{
    for (const struct argument *argument = comparison->arguments; argument; argument = argument->next)
        if (comparison->subject->compare(seen, &argument->value) == 0)
            return true;
    return false;
}

static bool passes(const struct comparison *comparison, const struct value *seen)
{
    switch (comparison->test) {
    case TEST_EXISTS:
        return true;
    case TEST_EQUALS:
        return equals_any(comparison, seen);
    case TEST_MATCHES:
        return pattern_matches(comparison->pattern, seen->text);
    default:
        break;
    }
    int order = comparison->subject->compare(seen, &comparison->arguments->value);
    switch (comparison->test) {
    case TEST_GREATER:
        return order > 0;
    case TEST_GREATER_EQUAL:
        return order >= 0;
    case TEST_LESS:
        return order < 0;
    default:
        return order <= 0;
    }
}

static bool has_tasks_of(const struct comparison *comparison, const struct placement *placement,
                         placement_instance instance)
{
    for (const struct argument *argument = comparison->arguments; argument; argument = argument->next) {
        placement_group group = placement_find_group(placement, argument->value.text);
        if (group != PLACEMENT_NONE && placement_tasks_on(placement, group, instance) > 0)
            return true;
    }
    return false;
}

static bool has_tasks_of_some(const struct comparison *comparison, const struct placement *placement,
                              placement_instance instance)
{
    size_t count = placement_group_count(placement);
    for (placement_group group = 0; group < count; group++) {
        struct value seen = {.text = placement_group_name(placement, group)};
        if (placement_tasks_on(placement, group, instance) > 0 && passes(comparison, &seen))
            return true;
    }
    return false;
}

static bool group_passes(const struct comparison *comparison, const struct placement *placement,
                         placement_instance instance)
{
    if (comparison->test == TEST_EQUALS)
        return has_tasks_of(comparison, placement, instance);
    return has_tasks_of_some(comparison, placement, instance);
}

static bool compares(const struct comparison *comparison, const struct placement *placement,
                     placement_instance instance)
{
    const struct subject *subject = comparison->subject;
    struct value seen = {0};
    bool passed;
    if (!subject->see)
        passed = group_passes(comparison, placement, instance);
    else
        passed = subject->see(comparison->attribute, placement_see(placement, instance), &seen) &&
                 passes(comparison, &seen);
    return passed != comparison->negated;
}

bool query_matches(const struct query *query, const struct placement *placement, placement_instance instance)
{
    switch (query->kind) {
    case QUERY_AND:
        return query_matches(query->left, placement, instance) &&
               query_matches(query->right, placement, instance);
    case QUERY_OR:
        return query_matches(query->left, placement, instance) ||
               query_matches(query->right, placement, instance);
    case QUERY_NOT:
        return !query_matches(query->left, placement, instance);
    case QUERY_COMPARISON:
        break;
    }
    return compares(&query->comparison, placement, instance);
}
