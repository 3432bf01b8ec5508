#include "models/scaling/schedule.h"
#include <string.h>

/* What is in the brackets of at(…), rate(…), cron(…); NULL: the text is not of this kind. */
static const char *inside(struct arena *arena, const char *text, const char *kind)
{
    size_t length = strlen(text), before = strlen(kind);
    bool fits =
        length > before + 1 && !strncmp(text, kind, before) && text[before] == '(' && text[length - 1] == ')';
    return fits ? arena_copy(arena, text + before + 1, length - before - 2) : NULL;
}

static const char *parse_at(const char *text, struct schedule *schedule)
{
    static const char form[] = "2026-03-02T08:00:00";
    if (strlen(text) != strlen(form) || text[10] != 'T' || simtime_parse_utc(text, &schedule->at_us))
        return "at() holds a time such as 2026-03-02T08:00:00";
    schedule->kind = SCHEDULE_AT;
    return NULL;
}

/* The unit is singular after 1 and plural after the rest. [AAS:scheduled-scaling-using-rate-expressions] */
static simtime unit_of(const char *text, bool one)
{
    static const struct {
        const char *singular, *plural;
        simtime us;
    } units[] = {
        {"minute", "minutes", SIMTIME_MINUTE}, {"hour", "hours", SIMTIME_HOUR}, {"day", "days", SIMTIME_DAY}};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (!strcmp(text, one ? units[i].singular : units[i].plural))
            return units[i].us;
    return 0;
}

static const char *parse_rate(const char *text, struct schedule *schedule)
{
    enum { MOST_DIGITS = 6 };
    size_t digits = strspn(text, "0123456789");
    int64_t number = 0;
    for (size_t i = 0; i < digits && i < MOST_DIGITS; i++)
        number = number * 10 + (text[i] - '0');
    if (digits && digits <= MOST_DIGITS && text[digits] == ' ')
        schedule->rate = number * unit_of(text + digits + 1, number == 1);
    if (!schedule->rate)
        return "rate() holds a number and minutes, hours or days, or 1 and one of them";
    schedule->kind = SCHEDULE_RATE;
    return NULL;
}

static const char *parse_cron(const char *text, struct schedule *schedule, size_t *where)
{
    const char *wrong = cron_parse_six(text, &schedule->cron, where);
    schedule->kind = wrong ? SCHEDULE_UNREAD : SCHEDULE_CRON;
    *where += strlen("cron(");
    return wrong;
}

const char *schedule_parse(struct arena *arena, const char *text, void *field, size_t *where)
{
    struct schedule *schedule = *(struct schedule **)field = arena_alloc(arena, sizeof *schedule);
    const char *at = inside(arena, text, "at"), *rate = inside(arena, text, "rate");
    const char *cron = inside(arena, text, "cron");
    *where = 0;
    if (at)
        return parse_at(at, schedule);
    if (rate)
        return parse_rate(rate, schedule);
    return cron ? parse_cron(cron, schedule, where) : "a schedule is at(…), rate(…) or cron(…)";
}

const char *schedule_parse_recurrence(struct arena *arena, const char *text, void *field, size_t *where)
{
    struct schedule *schedule = *(struct schedule **)field = arena_alloc(arena, sizeof *schedule);
    const char *wrong = cron_parse_five(text, &schedule->cron, where);
    schedule->kind = wrong ? SCHEDULE_UNREAD : SCHEDULE_CRON;
    return wrong;
}

/* --- when it is due ---------------------------------------------------------------------------- */

/* Instants are far from the ends of the type: years are between 1970 and 9999. */
static int64_t minute_from(int64_t us)
{
    return us / SIMTIME_MINUTE + (us % SIMTIME_MINUTE > 0);
}

static int64_t next_of_rate(simtime rate, int64_t origin_us, int64_t from_us)
{
    if (from_us <= origin_us)
        return origin_us;
    int64_t times = (from_us - origin_us - 1) / rate + 1;
    return origin_us + times * rate;
}

static int64_t next_of_cron(const struct cron *cron, int64_t from_us)
{
    int64_t minute = cron_next(cron, minute_from(from_us));
    return minute == CRON_NEVER ? SCHEDULE_NEVER : minute * SIMTIME_MINUTE;
}

int64_t schedule_next(const struct schedule *schedule, int64_t origin_us, int64_t from_us)
{
    int64_t at = schedule->at_us - schedule->at_us % SIMTIME_MINUTE;
    switch (schedule->kind) {
    case SCHEDULE_UNREAD:
        return SCHEDULE_NEVER;
    case SCHEDULE_AT:
        return at >= from_us ? at : SCHEDULE_NEVER;
    case SCHEDULE_RATE:
        return next_of_rate(schedule->rate, origin_us, from_us);
    case SCHEDULE_CRON:
        return next_of_cron(&schedule->cron, from_us);
    }
    return SCHEDULE_NEVER;
}
