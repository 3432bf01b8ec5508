#include "models/ecs/results/percent_map.h"
#include "models/ecs/results/unknown_service.h"
#include "models/ecs/service/service_update.h"
#include "sim/engine/stats.h"
#include <stdlib.h>
#include <string.h>

static const simtime usual_update = SIMTIME_MINUTE;
enum { PART_BEFORE_UPDATE = 10 };

/* --- what is asked of a scenario -------------------------------------------------------------- */

static const struct service_settings *find_service(const struct ecs_settings *settings, const char *name)
{
    EACH(struct service_settings, each, settings->services)
        if (!strcmp(each->name, name))
            return each;
    return NULL;
}

static void no_such_service(const struct ecs_settings *settings, const char *name, struct text *mistake)
{
    const char **names = memory_alloc((settings->services.count + 1) * sizeof *names);
    size_t count = 0;
    EACH(struct service_settings, each, settings->services)
        names[count++] = each->name;
    add_unknown_service(mistake, name, names);
    free(names);
}

/* NULL: the entry is something else. */
static const struct update_service_settings *update_of(const struct timeline_settings *entry,
                                                       const char *service)
{
    const struct update_service_settings *update = settings_of_action(entry, "updateService");
    return update && !strcmp(update->service, service) ? update : NULL;
}

static bool sets_percentages(const struct update_service_settings *update)
{
    return update->deployment_configuration.minimum_healthy_percent != ABSENT ||
           update->deployment_configuration.maximum_percent != ABSENT;
}

/* In the steady world, that is; else nobody can say when it is worth looking at. */
static void add_update(const struct ecs_settings *settings, const char *service,
                       struct map_question *question)
{
    char at[SIMTIME_TEXT_SIZE];
    if (settings->start == START_EMPTY) {
        text_add_format(&question->mistake,
                        "nothing deploys `%s`, which starts from nothing; say when: timeline: [{at: 10m, "
                        "updateService: {service: %s, forceNewDeployment: true}}]",
                        service, service);
        return;
    }
    simtime_format_human(at, simtime_earlier(usual_update, settings->run.duration / PART_BEFORE_UPDATE));
    text_add_format(&question->set,
                    "timeline[+]={at: %s, updateService: {service: \"%s\", forceNewDeployment: true}}", at,
                    service);
    text_add_format(&question->note,
                    "the scenario does not deploy %s; here the same revision is deployed anew at %s", service,
                    at);
}

static void ask_updates(const struct ecs_settings *settings, const char *service,
                        struct map_question *question)
{
    bool deployed = false, percentages = false;
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct update_service_settings *update = update_of(entry, service);
        deployed = deployed || (update && update_may_deploy(update));
        percentages = percentages || (update && sets_percentages(update));
    }
    if (percentages)
        text_add_format(&question->mistake,
                        "an updateService of the timeline sets the percentages of `%s`, which the map is to "
                        "vary; leave its deploymentConfiguration out",
                        service);
    else if (!deployed)
        add_update(settings, service, question);
}

static void ask(const void *root, const char *name, struct map_question *question)
{
    const struct ecs_settings *settings = root;
    const struct service_settings *service = find_service(settings, name);
    if (!service)
        no_such_service(settings, name, &question->mistake);
    else if (service->deployment_configuration.strategy > STRATEGY_ROLLING)
        text_add_format(
            &question->mistake,
            "`%s` is not deployed rolling, and the percentages are not what its deployment goes by", name);
    else
        ask_updates(settings, name, question);
}

/* What a host is said to lack has the host for its subject. */
static bool is_of_a_host(const char *stuck)
{
    return !strncmp(stuck, "has ", 4) || !strncmp(stuck, "is ", 3);
}

static void why(const char *outcome, const char *stuck, struct text *out)
{
    if (!outcome)
        text_add(out, "nothing was deployed; calls.jsonl of a run says why");
    else if (!strcmp(outcome, "STUCK") && stuck)
        text_add_format(out, "%s%s", is_of_a_host(stuck) ? "the closest container instance " : "", stuck);
    else
        text_add(out, strcmp(outcome, "FAILED") ? "it goes on when the run ends" : "the deployment FAILED");
}

/* --- which is best ---------------------------------------------------------------------------- */

static int64_t figure(const struct map_setting *setting, enum map_figure_name name)
{
    return setting->figures[name];
}

static int64_t figure_in(const struct map_setting *setting, enum map_figure_name name, int decimals)
{
    return decimal_in(figure(setting, name), setting->decimals[name], decimals);
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int64_t percent(const char *text)
{
    return strtoll(text, NULL, 10);
}

static bool is_default(const struct map_setting *setting)
{
    return percent(setting->row) == 100 && percent(setting->column) == 200;
}

/* Of two that do equally well. Negative: a is better. */
static int by_name(const struct map_setting *a, const struct map_setting *b)
{
    if (is_default(a) != is_default(b))
        return is_default(a) ? -1 : 1;
    int by_maximum = order(percent(a->column), percent(b->column));
    return by_maximum ? by_maximum : order(percent(b->row), percent(a->row));
}

static int by_merit(const struct map_setting *a, const struct map_setting *b)
{
    int by_healthy = order(figure(b, MAP_LEAST_HEALTHY), figure(a, MAP_LEAST_HEALTHY));
    int by_duration = order(figure(a, MAP_DURATION), figure(b, MAP_DURATION));
    if (by_healthy || by_duration)
        return by_healthy ? by_healthy : by_duration;
    return order(figure(a, MAP_EXTRA_TASKS), figure(b, MAP_EXTRA_TASKS));
}

typedef bool condition(const struct map_setting *, const struct map_setting *chosen);

/* Of those that meet the condition; NULL: none does. */
static const struct map_setting *best(const struct map_setting *settings, size_t count, condition *meets,
                                      const struct map_setting *chosen)
{
    const struct map_setting *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct map_setting *each = &settings[i];
        if (meets && !meets(each, chosen))
            continue;
        int by = found ? by_merit(each, found) : -1;
        if (by < 0 || (by == 0 && by_name(each, found) < 0))
            found = each;
    }
    return found;
}

static bool is_as_safe_with_less_room(const struct map_setting *each, const struct map_setting *chosen)
{
    return figure(each, MAP_LEAST_HEALTHY) == figure(chosen, MAP_LEAST_HEALTHY) &&
           figure(each, MAP_EXTRA_TASKS) < figure(chosen, MAP_EXTRA_TASKS);
}

static bool needs_no_more_room(const struct map_setting *each, const struct map_setting *chosen)
{
    return figure(each, MAP_EXTRA_TASKS) == 0 && figure(chosen, MAP_EXTRA_TASKS) > 0;
}

static bool is_faster(const struct map_setting *each, const struct map_setting *chosen)
{
    return figure(each, MAP_DURATION) < figure(chosen, MAP_DURATION);
}

/* --- in words --------------------------------------------------------------------------------- */

static void add_setting(struct text *out, const struct map_setting *setting)
{
    text_add_format(out, "%s/%s", setting->row, setting->column);
}

static void add_duration(struct text *out, const struct map_setting *setting)
{
    text_add_human(out, figure_in(setting, MAP_DURATION, SIMTIME_DECIMALS));
}

static void add_healthy(struct text *out, const struct map_setting *setting)
{
    text_add_format(out, "%ld of %ld", (long)figure_in(setting, MAP_LEAST_HEALTHY, 0),
                    (long)figure_in(setting, MAP_DESIRED, 0));
}

static void add_room(struct text *out, const struct map_setting *setting)
{
    int64_t extra = figure_in(setting, MAP_EXTRA_TASKS, 0);
    if (extra == 0)
        text_add(out, "no more room than the service has");
    else
        text_add_format(out, "room for %ld more task%s", (long)extra, extra == 1 ? "" : "s");
}

static void say_chosen(struct text *out, const struct map_setting *chosen)
{
    text_add(out, "It would choose ");
    add_setting(out, chosen);
    text_add(out, ": healthy never falls below ");
    add_healthy(out, chosen);
    text_add(out, ", the deployment takes ");
    add_duration(out, chosen);
    text_add(out, chosen->runs > 1 ? " on average and needs " : " and needs ");
    add_room(out, chosen);
    text_add(out, ".");
}

/* From the fastest to the one that needs least; each is the fastest of those that need less than the one
 * before. Returns the last, or `chosen`. */
static const struct map_setting *say_less_room(struct text *out, const struct map_setting *settings,
                                               size_t count, const struct map_setting *chosen)
{
    const struct map_setting *last = chosen, *next;
    while ((next = best(settings, count, is_as_safe_with_less_room, last))) {
        text_add(out, last == chosen ? " As safe with less: " : ", ");
        add_setting(out, next);
        text_add(out, " (");
        add_duration(out, next);
        text_add(out, ", ");
        add_room(out, next);
        text_add(out, ")");
        last = next;
    }
    text_add(out, last == chosen ? "" : ".");
    return last;
}

static void say_no_room(struct text *out, const struct map_setting *other)
{
    text_add(out, " ");
    add_setting(out, other);
    text_add(out, " needs no more room than the service has: healthy falls to ");
    add_healthy(out, other);
    text_add(out, ", and it takes ");
    add_duration(out, other);
    text_add(out, ".");
}

static void say_faster(struct text *out, const struct map_setting *other)
{
    text_add(out, " ");
    add_setting(out, other);
    text_add(out, " is faster (");
    add_duration(out, other);
    text_add(out, "), but healthy falls to ");
    add_healthy(out, other);
    text_add(out, ".");
}

/* What nobody needs to hear twice is said once. */
static size_t recommend(const struct map_setting *settings, size_t count, struct text *out)
{
    const struct map_setting *chosen = best(settings, count, NULL, NULL);
    say_chosen(out, chosen);
    const struct map_setting *least = say_less_room(out, settings, count, chosen);
    const struct map_setting *none = best(settings, count, needs_no_more_room, least);
    const struct map_setting *faster = best(settings, count, is_faster, chosen);
    if (none)
        say_no_room(out, none);
    if (faster && faster != none)
        say_faster(out, faster);
    return (size_t)(chosen - settings);
}

/* --- the map ---------------------------------------------------------------------------------- */

static const char *const minimums[] = {"0", "25", "50", "75", "100", NULL};
static const char *const maximums[] = {"100", "125", "150", "200", NULL};

static const struct map_figure figures[MAP_FIGURES] = {
    [MAP_DURATION] = {.figure = "services%s.deploymentDuration",
                      .column = "duration_s",
                      .title = "duration",
                      .unit = "s",
                      .is_duration = true,
                      .sum = MAP_MEAN},
    [MAP_LEAST_HEALTHY] = {.figure = "services%s.deploymentLeastHealthy",
                           .column = "least_healthy",
                           .title = "least healthy",
                           .unit = "tasks",
                           .more_is_better = true,
                           .sum = MAP_LEAST},
    [MAP_EXTRA_TASKS] = {.figure = "services%s.deploymentExtraTasks",
                         .column = "extra_tasks",
                         .title = "extra room",
                         .unit = "tasks",
                         .sign = "+",
                         .sum = MAP_MOST},
    [MAP_DESIRED] = {.figure = "services%s.deploymentDesired", .column = "desired", .sum = MAP_MOST},
};

const struct study_map ecs_percent_map = {
    .name = "percent-map",
    .title = "Deployments of %s",
    .rows = {.label = "minimumHealthyPercent",
             .path = "services%s.deploymentConfiguration.minimumHealthyPercent",
             .values = minimums},
    .columns = {.label = "maximumPercent",
                .path = "services%s.deploymentConfiguration.maximumPercent",
                .values = maximums},
    .figures = figures,
    .figure_count = MAP_FIGURES,
    .outcome = "services%s.deploymentOutcome",
    .finished = "COMPLETED",
    .stuck = "services%s.stuck",
    .refused = "refused by AWS",
    .unfinished = "never finishes",
    .why = why,
    .ask = ask,
    .recommend = recommend,
};
