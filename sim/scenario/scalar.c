#include "sim/scenario/scalar.h"
#include "sim/engine/simtime.h"
#include "sim/engine/text.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* digits * 10^-places */
struct decimal {
    __int128 digits;
    int places;
};

enum { DECIMAL_DIGITS_MAX = 27, CHOICE_LENGTH_MAX = 100 };

struct unit {
    const char *name;
    int64_t factor;
};

static const struct unit duration_units[] = {
    {"ms", SIMTIME_MILLISECOND}, {"us", 1}, {"s", SIMTIME_SECOND}, {"m", SIMTIME_MINUTE}, {"h", SIMTIME_HOUR},
    {"d", SIMTIME_DAY},          {NULL, 0}};
static const struct unit cpu_units[] = {{"vCPUs", 1024}, {"vCPU", 1024}, {NULL, 0}};
/* AWS counts a GB as 1,024 MiB. [API:RegisterTaskDefinition.memory] */
static const struct unit memory_units[] = {
    {"MiB", 1}, {"GiB", 1024}, {"TiB", 1024 * 1024}, {"MB", 1}, {"GB", 1024}, {"TB", 1024 * 1024}, {NULL, 0}};

/* Decimals */

static const char *skip_blanks(const char *at)
{
    while (*at == ' ')
        at++;
    return at;
}

static int read_exponent(const char **at)
{
    if (**at != 'e' && **at != 'E')
        return 0;
    const char *from = *at + 1;
    int sign = *from == '-' ? -1 : 1, value = 0;
    from += *from == '-' || *from == '+';
    if (!isdigit((unsigned char)*from))
        return 0;
    for (; isdigit((unsigned char)*from); from++)
        value = value < 100 ? 10 * value + (*from - '0') : value;
    *at = from;
    return sign * value;
}

/* Reads [-+]digits[.digits][e±digits] and moves behind it; false if there is none or it is too long. */
static bool read_decimal(const char **at, struct decimal *value)
{
    bool negative = **at == '-', point = false;
    int digits = 0;
    const char *from = *at + (**at == '-' || **at == '+');
    *value = (struct decimal){0};
    for (; isdigit((unsigned char)*from) || (*from == '.' && !point); from++) {
        if (*from == '.') {
            point = true;
            continue;
        }
        digits++;
        value->digits = 10 * value->digits + (*from - '0');
        value->places += point;
        if (value->digits > 0 && digits > DECIMAL_DIGITS_MAX)
            return false;
    }
    if (digits == 0)
        return false;
    value->places -= read_exponent(&from);
    value->digits = negative ? -value->digits : value->digits;
    *at = from;
    return true;
}

/* value * factor, rounded to nearest, half away from zero; false if it is not representable. */
static bool scale(struct decimal value, int64_t factor, int64_t *result, bool *exact)
{
    __int128 scaled, power = 1;
    if (__builtin_mul_overflow(value.digits, factor, &scaled))
        return false;
    for (; value.places < 0; value.places++)
        if (__builtin_mul_overflow(scaled, (__int128)10, &scaled))
            return false;
    for (; value.places > 0; value.places--)
        if (__builtin_mul_overflow(power, (__int128)10, &power))
            return false;
    __int128 whole = scaled / power, rest = scaled % power;
    *exact = rest == 0;
    if (rest < 0 ? -rest >= power + rest : rest >= power - rest)
        whole += rest < 0 ? -1 : rest > 0;
    if (whole > INT64_MAX || whole <= INT64_MIN)
        return false;
    *result = (int64_t)whole;
    return true;
}

static const struct unit *read_unit(const char **at, const struct unit *units, bool any_case)
{
    for (; units->name; units++) {
        size_t length = strlen(units->name);
        bool same =
            any_case ? strncasecmp(*at, units->name, length) == 0 : strncmp(*at, units->name, length) == 0;
        if (same && !isalpha((unsigned char)(*at)[length])) {
            *at += length;
            return units;
        }
    }
    return NULL;
}

/* The types. Each returns NULL or what is wrong. */

static const char *read_number(const char *text, int64_t factor, bool whole, int64_t *value)
{
    struct decimal decimal;
    bool exact;
    const char *at = text;
    if (!read_decimal(&at, &decimal) || *at != '\0')
        return strchr(text, ',') || strchr(text, '_') ? "is not a number; digits are not grouped"
                                                      : "is not a number";
    if (!scale(decimal, factor, value, &exact))
        return "is too large a number";
    return whole && !exact ? "is not a whole number" : NULL;
}

static const char *read_sized(const char *text, const struct unit *units, int64_t *value)
{
    struct decimal decimal;
    const char *at = text;
    bool exact;
    if (!read_decimal(&at, &decimal))
        return "is not a size";
    at = skip_blanks(at);
    const struct unit *unit = *at ? read_unit(&at, units, true) : NULL;
    if (*at)
        return "has no unit that belongs here";
    if (!scale(decimal, unit ? unit->factor : 1, value, &exact))
        return "is too large a size";
    return exact ? NULL : "is not a whole number of units";
}

static const char *read_duration_part(const char **at, int64_t *sum)
{
    struct decimal decimal;
    int64_t part;
    bool exact;
    if (!read_decimal(at, &decimal))
        return "is not a duration";
    *at = skip_blanks(*at);
    const char *start = *at;
    const struct unit *unit = NULL;
    for (const struct unit *each = duration_units; each->name && !unit; each++)
        if (strncmp(start, each->name, strlen(each->name)) == 0)
            unit = each;
    if (!unit)
        return "has no unit of time";
    *at = skip_blanks(start + strlen(unit->name));
    if (!scale(decimal, unit->factor, &part, &exact) || __builtin_add_overflow(*sum, part, sum))
        return "is too long";
    return NULL;
}

static const char *read_duration(const char *text, simtime unit, int64_t *value)
{
    const char *at = text, *wrong = NULL;
    if (!read_number(text, unit > 0 ? unit : SIMTIME_SECOND, false, value))
        return NULL;
    *value = 0;
    do {
        wrong = read_duration_part(&at, value);
        if (!wrong && isalpha((unsigned char)*at))
            wrong = "has no unit of time";
    } while (!wrong && *at);
    return wrong;
}

static const char *read_utc(const char *text, int64_t *value)
{
    /* The CLI's first version prints seconds since 1970. */
    if (simtime_parse_utc(text, value) == 0 || !read_number(text, MILLION, false, value))
        return NULL;
    return "is not a time";
}

static bool read_two_digits(const char **at, int most, int64_t *value)
{
    const char *from = *at;
    if (!isdigit((unsigned char)from[0]) || !isdigit((unsigned char)from[1]))
        return false;
    *value = 10 * (from[0] - '0') + (from[1] - '0');
    *at += 2;
    return *value <= most;
}

static const char *read_time_of_day(const char *text, int64_t *value)
{
    int64_t hour, minute, second = 0;
    const char *at = text;
    bool fine = read_two_digits(&at, 23, &hour) && *at++ == ':' && read_two_digits(&at, 59, &minute);
    if (fine && *at == ':') {
        at++;
        fine = read_two_digits(&at, 59, &second);
    }
    if (!fine || *at)
        return "is not a time of day";
    *value = hour * SIMTIME_HOUR + minute * SIMTIME_MINUTE + second * SIMTIME_SECOND;
    return NULL;
}

static const char *read_flag(const char *text, int64_t *value)
{
    static const char *const words[] = {"false", "true",     "no",      "yes", "off",
                                        "on",    "disabled", "enabled", NULL};
    for (int i = 0; words[i]; i++)
        if (strcasecmp(text, words[i]) == 0) {
            *value = i % 2;
            return NULL;
        }
    return "is neither true nor false";
}

static const char *list_names(struct arena *arena, const char *const *names)
{
    const char *all = "";
    for (; *names; names++)
        all = arena_format(arena, "%s%s%s", all, *all ? ", " : "", *names);
    return all;
}

static const char *read_choice(struct arena *arena, const char *const *names, const char *text,
                               int64_t *value)
{
    for (int i = 0; names[i]; i++)
        if (*text && strcasecmp(text, names[i]) == 0) {
            *value = i;
            return NULL;
        }
    names = param_names(names);
    const char *nearest = strlen(text) < CHOICE_LENGTH_MAX ? nearest_name(text, names) : NULL;
    if (nearest)
        return arena_format(arena, "is none of %s; did you mean `%s`?", list_names(arena, names), nearest);
    return arena_format(arena, "is none of %s", list_names(arena, names));
}

static const char *read_type(struct arena *arena, const struct param *param, const char *text, int64_t *value)
{
    switch (param->type) {
    case PARAM_FLAG:
        return read_flag(text, value);
    case PARAM_INTEGER:
        return read_number(text, 1, true, value);
    case PARAM_NUMBER:
        return read_number(text, MILLION, false, value);
    case PARAM_DURATION:
        return read_duration(text, param->unit, value);
    case PARAM_CPU:
        return read_sized(text, cpu_units, value);
    case PARAM_MEMORY:
        return read_sized(text, memory_units, value);
    case PARAM_UTC:
        return read_utc(text, value);
    case PARAM_TIME_OF_DAY:
        return read_time_of_day(text, value);
    default:
        return read_choice(arena, param->names, text, value);
    }
}

/* Ranges */

static bool has_range(enum param_type type)
{
    return type == PARAM_INTEGER || type == PARAM_NUMBER || type == PARAM_DURATION || type == PARAM_CPU ||
           type == PARAM_MEMORY;
}

static int64_t most_of(const struct param *param)
{
    int64_t natural = param->type == PARAM_DURATION ? SIMTIME_NEVER / 4 : INT64_MAX;
    bool given = param->most > param->least || (param->most == param->least && param->most != 0);
    return given && param->most < natural ? param->most : natural;
}

static const char *show_bound(struct arena *arena, const struct param *param, int64_t bound)
{
    if (param->type == PARAM_DURATION) {
        char human[SIMTIME_TEXT_SIZE];
        simtime_format_human(human, bound);
        return arena_text(arena, human);
    }
    struct text text = {0};
    text_add_decimal(&text, bound, param->type == PARAM_NUMBER ? 6 : 0);
    const char *shown = arena_text(arena, text.bytes);
    text_free(&text);
    return arena_format(arena, "%s%s", shown, param->type == PARAM_MEMORY ? " MiB" : "");
}

const char *scalar_range(struct arena *arena, const struct param *param)
{
    bool open = most_of(param) >= (param->type == PARAM_DURATION ? SIMTIME_NEVER / 4 : INT64_MAX);
    if (!has_range(param->type) || (open && param->least == 0))
        return NULL;
    const char *least = show_bound(arena, param, param->least);
    if (open)
        return arena_format(arena, "at least %s", least);
    return arena_format(arena, "%s to %s", least, show_bound(arena, param, most_of(param)));
}

static const char *check_range(struct arena *arena, const struct param *param, int64_t value)
{
    if (!has_range(param->type) || (value >= param->least && value <= most_of(param)))
        return NULL;
    const char *range = scalar_range(arena, param);
    if (range)
        return arena_format(arena, "is out of range; `%s` is %s", param->key, range);
    return value < 0 ? "is out of range; it cannot be negative" : "is out of range; it is too large";
}

const char *scalar_expected(const struct param *param)
{
    switch (param->type) {
    case PARAM_FLAG:
        return "true or false";
    case PARAM_INTEGER:
        return "a whole number, such as 512";
    case PARAM_NUMBER:
        return "a number, such as 75.5";
    case PARAM_DURATION:
        return "a duration, such as 90s, 10m, 1h30m, 2d or 250ms";
    case PARAM_CPU:
        return "CPU units or vCPUs, such as 512 or `0.5 vCPU`";
    case PARAM_MEMORY:
        return "a size in MiB, such as 512 or 7GiB";
    case PARAM_UTC:
        return "a time in UTC, such as 2026-03-02T00:00:00Z";
    case PARAM_TIME_OF_DAY:
        return "a time of day in UTC, such as 20:00";
    case PARAM_CHOICE:
        return "one of some words";
    case PARAM_FILE:
        return "a file's path";
    case PARAM_NAME:
    case PARAM_REFERENCE:
        return "a name or an ARN";
    default:
        return "a text";
    }
}

/* "is not a duration, such as 90s": where what is wrong names what is expected, it is named once. */
static const char *with_expected(struct arena *arena, const char *wrong, const char *expected)
{
    static const char is_not[] = "is not ";
    const char *named = wrong + strlen(is_not);
    if (!strncmp(wrong, is_not, strlen(is_not)) && !strncmp(expected, named, strlen(named)))
        return arena_format(arena, "%s%s", is_not, expected);
    return arena_format(arena, "%s; it should be %s", wrong, expected);
}

const char *scalar_read(struct arena *arena, const struct param *param, const char *text, int64_t *value)
{
    const char *wrong = read_type(arena, param, text, value);
    if (wrong && param->type == PARAM_CHOICE)
        return wrong;
    if (wrong)
        return with_expected(arena, wrong, scalar_expected(param));
    return check_range(arena, param, *value);
}

/* Names */

static const char *up_to_slash(struct arena *arena, const char *from)
{
    return arena_copy(arena, from, strcspn(from, "/"));
}

static const char *last_part(const char *text, char separator)
{
    const char *last = strrchr(text, separator);
    return last ? last + 1 : NULL;
}

const char *scalar_name(struct arena *arena, const char *text)
{
    static const char *const slashed[] = {"targetgroup/", "loadbalancer/app/", "loadbalancer/net/",
                                          "loadbalancer/gwy/"};
    static const char *const whole[] = {"policyName/", "autoScalingGroupName/"};
    const char *found;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if ((found = strstr(text, whole[i])))
            return found + strlen(whole[i]);
    for (size_t i = 0; i < sizeof slashed / sizeof *slashed; i++)
        if ((found = strstr(text, slashed[i])))
            return up_to_slash(arena, found + strlen(slashed[i]));
    if (strncmp(text, "arn:", 4) != 0 && strncmp(text, "service/", 8) != 0)
        return text;
    found = last_part(text, '/');
    return found ? found : last_part(text, ':');
}
