/* Promises, and how they were broken, in words. */
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/results/expectation.h"
#include <string.h>

static const char *const rollout_names[] = {
    [ROLLOUT_COMPLETED] = "COMPLETED", [ROLLOUT_FAILED] = "FAILED", [ROLLOUT_IN_PROGRESS] = "IN_PROGRESS"};

static void add_time(struct text *text, const char *before, simtime time, const char *after)
{
    char words[SIMTIME_TEXT_SIZE];
    simtime_format_human(words, time);
    text_add_format(text, "%s%s%s", before, words, after);
}

static void add_millionths(struct text *text, const char *before, int64_t value)
{
    text_add(text, before);
    text_add_decimal(text, value, 6);
}

static const char *keep(const struct world *world, struct text *text)
{
    const char *kept = arena_copy(world->arena, text->bytes, text->length);
    text_free(text);
    return kept;
}

/* --- promises --------------------------------------------------------------------------------- */

static void add_subject(struct text *text, const struct expect_settings *settings)
{
    const char *owner = settings->service ? settings->service
                        : settings->job   ? settings->job
                                          : settings->auto_scaling_group;
    if (owner)
        text_add_format(text, "%s: ", owner);
    if (settings->event)
        text_add_format(text, "event %s", settings->event);
    else if (settings->message)
        text_add_format(text, "message \"%s\"", settings->message);
    else if (!owner)
        text_add(text, "cluster: ");
}

static void add_bound(struct text *text, const struct measure_bound *bound)
{
    if (bound->at_least == bound->at_most) {
        add_millionths(text, "exactly ", bound->at_least);
        return;
    }
    if (bound->at_least != INT64_MIN)
        add_millionths(text, "at least ", bound->at_least);
    if (bound->at_least != INT64_MIN && bound->at_most != INT64_MAX)
        text_add(text, " and ");
    if (bound->at_most != INT64_MAX)
        add_millionths(text, "at most ", bound->at_most);
}

static void add_delay_bound(struct text *text, const char *name, const struct bound_duration_settings *bound)
{
    if (bound->at_least == ABSENT && bound->at_most == ABSENT)
        return;
    text_add_format(text, " %s", name);
    if (bound->at_least != ABSENT)
        add_time(text, " at least ", bound->at_least, "");
    if (bound->at_most != ABSENT)
        add_time(text, " at most ", bound->at_most, "");
}

static void add_delay_bounds(struct text *text, const struct expectation *expectation)
{
    struct delay_bound bounds[DELAY_BOUNDS];
    measure_delays(expectation->settings, bounds);
    text_add(text, expectation->measure->words);
    for (int i = 0; i < DELAY_BOUNDS; i++)
        add_delay_bound(text, bounds[i].name, bounds[i].bound);
}

static void add_state(struct text *text, const struct expectation *expectation)
{
    const struct expect_settings *settings = expectation->settings;
    text_add(text, expectation->measure->words);
    if (settings->task_definition)
        text_add_format(text, " of %s", settings->task_definition);
    if (settings->deployment)
        text_add_format(text, " %s", rollout_names[settings->deployment]);
}

/* The count that availability and recovery look at. */
static const char *count_name(const struct expect_settings *settings)
{
    int64_t healthy = settings->availability ? settings->availability->healthy : settings->recovered->healthy;
    int64_t serving = settings->availability ? settings->availability->serving : settings->recovered->serving;
    return healthy != ABSENT ? "healthy" : serving != ABSENT ? "serving" : "running";
}

static void add_level(struct text *text, const struct expectation *expectation)
{
    text_add(text, expectation->measure->words);
    if (expectation->settings->tasks_on)
        text_add_format(text, " \"%s\"", query_text(expectation->settings->tasks_on->expression));
}

static void add_promised(struct text *text, const struct expectation *expectation)
{
    const struct expect_settings *settings = expectation->settings;
    switch (expectation->measure->kind) {
    case MEASURE_STATE:
        add_state(text, expectation);
        return;
    case MEASURE_DELAYS:
        add_delay_bounds(text, expectation);
        return;
    case MEASURE_AVAILABILITY:
        add_bound(text, &expectation->bound);
        text_add_format(text, " %s for ", count_name(settings));
        add_millionths(text, "", settings->availability->at_least);
        text_add(text, " of the time");
        return;
    case MEASURE_RECOVERY:
        add_millionths(text, "back to ", expectation->bound.at_least);
        text_add_format(text, " %s", count_name(settings));
        add_time(text, " within ", settings->recovered->within, "");
        return;
    case MEASURE_TALLY:
        text_add(text, " ");
        add_bound(text, &expectation->bound);
        text_add(text, " times");
        return;
    default:
        add_level(text, expectation);
        text_add(text, " ");
        add_bound(text, &expectation->bound);
    }
}

static void add_window(struct text *text, const struct expect_settings *settings)
{
    static const struct {
        const char *words;
        size_t offset;
    } edges[] = {
        {" from ", offsetof(struct expect_settings, from)},
        {" until ", offsetof(struct expect_settings, until)},
        {" at ", offsetof(struct expect_settings, at)},
        {" by ", offsetof(struct expect_settings, by)},
    };
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        simtime at = *(const simtime *)((const char *)settings + edges[i].offset);
        if (at != ABSENT)
            add_time(text, edges[i].words, at, "");
    }
    if (settings->during)
        text_add(text, " during deployments");
    if (settings->except > 0)
        add_time(text, " except for ", settings->except, "");
}

const char *expectation_promise(const struct world *world, const struct expectation *expectation)
{
    struct text text = {0};
    add_subject(&text, expectation->settings);
    add_promised(&text, expectation);
    add_window(&text, expectation->settings);
    return keep(world, &text);
}

/* --- broken promises -------------------------------------------------------------------------- */

static void add_lag(struct text *text, simtime lag)
{
    if (lag > 0)
        add_time(text, ", ", lag, " after ");
    else
        text_add(text, ", as ");
}

static void add_mark(struct text *text, const struct past_mark *mark)
{
    if (!strcmp(mark->kind, "change"))
        text_add_format(text, "the deployment of %s began", mark->label);
    else if (!strcmp(mark->kind, "event"))
        text_add_format(text, "the deployment was marked \"%s\"", mark->label);
    else if (!strcmp(mark->kind, "alarm"))
        text_add_format(text, "the alarm %s", mark->label);
    else
        text_add(text, mark->label);
}

/* What was seen earlier than `at` had happened before the window began: no cause of anything in it. */
static void add_cause(struct text *text, const struct sight *sight, simtime at)
{
    if (sight->at != at)
        return;
    if (sight->mark) {
        add_lag(text, sight->at - sight->mark->at);
        add_mark(text, sight->mark);
    } else if (sight->said.at != SIMTIME_NEVER) {
        add_lag(text, sight->at - sight->said.at);
        text_add_format(text, "the service said \"%s\"", sight->said.words);
    }
}

static void add_outside(struct text *text, const struct expectation *expectation)
{
    if (expectation->settings->at == ABSENT && expectation->window.until - expectation->window.from > 1)
        add_time(text, "; outside for ", expectation->watch.outside, " in all");
}

static const char *verb_of(const struct expectation *expectation)
{
    const struct sight *sight = &expectation->sight;
    if (sight->at < expectation->watch.first_outside || sight->at == expectation->began)
        return "was";
    return sight->value < expectation->bound.at_least ? "fell to" : "rose to";
}

static void add_broken_level(struct text *text, const struct expectation *expectation)
{
    const struct watch *watch = &expectation->watch;
    add_level(text, expectation);
    text_add_format(text, " %s ", verb_of(expectation));
    add_millionths(text, "", expectation->sight.value);
    add_time(text, " at ", watch->first_outside, " (promised ");
    add_bound(text, &expectation->bound);
    text_add(text, ")");
    add_cause(text, &expectation->sight, watch->first_outside);
    if (watch->worst != expectation->sight.value)
        add_millionths(text, "; at worst ", watch->worst);
    add_outside(text, expectation);
}

static void add_rollout(struct text *text, const struct expectation *expectation)
{
    const struct seen_deployment *deployment = &expectation->sight.deployment;
    if (deployment->number)
        text_add_format(text, "deployment ecs-svc/%ld (%s) was %s", (long)deployment->number,
                        deployment->definition, rollout_state_names[deployment->state]);
    else
        text_add(text, "there was no deployment");
}

static void add_broken_state(struct text *text, const struct expectation *expectation)
{
    if (expectation->began == SIMTIME_NEVER) {
        text_add(text, "the service never existed");
        return;
    }
    if (expectation->settings->deployment)
        add_rollout(text, expectation);
    else
        text_add_format(text, "was not %s", expectation->settings->stuck ? "stuck" : "in a steady state");
    add_time(text, " at ", expectation->watch.first_outside, " (promised ");
    add_state(text, expectation);
    text_add(text, ")");
    if (expectation->sight.stuck_because)
        add_time(text, ", stuck since ", expectation->sight.stuck_since, ": ");
    if (expectation->sight.stuck_because)
        text_add(text, expectation->sight.stuck_because);
    else
        add_cause(text, &expectation->sight, expectation->watch.first_outside);
    add_outside(text, expectation);
}

static void add_broken_availability(struct text *text, const struct world *world,
                                    const struct expectation *expectation)
{
    struct lack lack = expectation_lack(world, expectation);
    add_millionths(text, "fewer than ", expectation->bound.at_least);
    text_add_format(text, " %s", count_name(expectation->settings));
    add_time(text, " for ", lack.lacking, "");
    add_time(text, " of ", lack.watched, "");
    add_time(text, " (promised ", lack.allowed, " at most)");
    add_time(text, ", first at ", expectation->watch.first_outside, "");
    add_cause(text, &expectation->sight, expectation->watch.first_outside);
}

static void add_broken_recovery(struct text *text, const struct expectation *expectation)
{
    struct span drop = expectation->late_drop;
    add_millionths(text, "fewer than ", expectation->bound.at_least);
    text_add_format(text, " %s", count_name(expectation->settings));
    add_time(text, " from ", drop.from, " on");
    add_cause(text, &expectation->sight, drop.from);
    if (drop.until == SIMTIME_NEVER) {
        text_add(text, ", until the end");
    } else {
        add_time(text, ", until ", drop.until, "");
        add_time(text, ", for ", drop.until - drop.from, "");
    }
    add_time(text, " (promised ", expectation->settings->recovered->within, " at most)");
}

static void add_broken_tally(struct text *text, const struct expectation *expectation)
{
    add_millionths(text, " came ", expectation_total(expectation));
    text_add(text, " times (promised ");
    add_bound(text, &expectation->bound);
    text_add(text, ")");
    if (expectation->total <= expectation->bound.at_most)
        return;
    add_time(text, ", once too often at ", expectation->sight.at, "");
    if (expectation->sight.mark)
        add_cause(text, &expectation->sight, expectation->sight.at);
}

static void add_broken_delays(struct text *text, const struct expectation *expectation)
{
    struct delay_bound bound;
    simtime quantile;
    CHECK(expectation_delay_broken(expectation, &bound, &quantile));
    text_add_format(text, "%s of %zu %s: %s was ", expectation->measure->words, expectation->delay_count,
                    expectation->job ? "jobs" : "tasks", bound.name);
    bool never = quantile > 100 * 366 * SIMTIME_DAY; /* an average with a task that never was */
    add_time(text, "", never ? SIMTIME_NEVER : quantile, " (promised");
    add_delay_bound(text, bound.name, bound.bound);
    text_add(text, ")");
}

static void add_broken_total(struct text *text, const struct expectation *expectation)
{
    text_add_format(text, "%s was ", expectation->measure->words);
    add_millionths(text, "", expectation_total(expectation));
    text_add(text, " (promised ");
    add_bound(text, &expectation->bound);
    text_add(text, ")");
}

static void add_how(struct text *text, const struct world *world, const struct expectation *expectation)
{
    switch (expectation->measure->kind) {
    case MEASURE_LEVEL:
        add_broken_level(text, expectation);
        break;
    case MEASURE_STATE:
        add_broken_state(text, expectation);
        break;
    case MEASURE_AVAILABILITY:
        add_broken_availability(text, world, expectation);
        break;
    case MEASURE_RECOVERY:
        add_broken_recovery(text, expectation);
        break;
    case MEASURE_TALLY:
        add_broken_tally(text, expectation);
        break;
    case MEASURE_DELAYS:
        add_broken_delays(text, expectation);
        break;
    case MEASURE_LOSSES:
    case MEASURE_COST:
    case MEASURE_UNSERVED:
    case MEASURE_SHARE:
        add_broken_total(text, expectation);
        break;
    }
}

const char *expectation_broken(const struct world *world, const struct expectation *expectation)
{
    struct text text = {0};
    add_subject(&text, expectation->settings);
    add_how(&text, world, expectation);
    return keep(world, &text);
}
