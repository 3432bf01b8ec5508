#include "models/ecs/results/explain.h"
#include "models/ecs/events.h"
#include "models/ecs/results/describe.h"
#include "models/ecs/results/explain_service.h"
#include "models/ecs/results/explain_story.h"
#include "models/ecs/results/explain_task.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/results/unknown_service.h"
#include "models/ecs/service/service.h"
#include "sim/engine/text_table.h"
#include <string.h>

enum { MOST_LINES = 10 };

/* What was said last; words that repeat are said once. */
struct said {
    simtime first_at, at;
    int64_t times;
    struct text words;
};
struct sayings {
    struct said lines[MOST_LINES]; /* a ring */
    int64_t count;                 /* of lines so far, those that are gone included */
};

struct explanation {
    struct observer observer; /* first: it is found by it */
    struct run *run;
    struct question question;
    struct sayings decisions, messages;
    struct story story; /* of the task that is asked for; `asked` NULL: none is */
    struct text answer;
};

static struct world *world_of(const struct explanation *explanation)
{
    return explanation->run->world;
}

/* What comes after its instant is not told. */
static bool is_later(const struct explanation *explanation)
{
    return explanation->run->now > explanation->question.at;
}

/* --- what was said ---------------------------------------------------------------------------- */

static void hear(struct sayings *sayings, simtime at, const char *words)
{
    struct said *last = &sayings->lines[(sayings->count + MOST_LINES - 1) % MOST_LINES];
    if (sayings->count && !strcmp(last->words.bytes, words)) {
        last->at = at;
        last->times++;
        return;
    }
    struct said *said = &sayings->lines[sayings->count++ % MOST_LINES];
    text_clear(&said->words);
    text_add(&said->words, words);
    said->first_at = said->at = at;
    said->times = 1;
}

static void add_said(struct text_table *table, const struct said *said)
{
    char first[SIMTIME_TEXT_SIZE], last[SIMTIME_TEXT_SIZE];
    simtime_format_human(first, said->first_at);
    simtime_format_human(last, said->at);
    text_table_cell(table, "%s", first);
    if (said->times > 1)
        text_table_cell(table, "%s (%ld times, last at %s)", said->words.bytes, (long)said->times, last);
    else
        text_table_cell(table, "%s", said->words.bytes);
}

static void add_sayings(struct text *text, const char *head, const struct sayings *sayings)
{
    int64_t first = sayings->count > MOST_LINES ? sayings->count - MOST_LINES : 0;
    struct text_table table = {.columns = 2, .numbers = 1};
    if (!sayings->count)
        return;
    text_add_format(text, "\n%s:\n", head);
    for (int64_t i = first; i < sayings->count; i++)
        add_said(&table, &sayings->lines[i % MOST_LINES]);
    text_table_write(&table, "  ", text);
}

static void free_sayings(struct sayings *sayings)
{
    for (int i = 0; i < MOST_LINES; i++)
        text_free(&sayings->lines[i].words);
}

/* --- the service ------------------------------------------------------------------------------ */

static const struct service *service_asked_for(const struct explanation *explanation)
{
    const char *name = explanation->question.subject;
    return name ? service_named(world_of(explanation), name) : NULL;
}

/* A group may have the name of a service. */
static bool is_of_service(const struct world *world, const struct service *service,
                          const struct decision *decision)
{
    const struct task *task;
    switch (decision->kind) {
    case DECISION_LAUNCH_INSTANCE:
    case DECISION_TERMINATE_INSTANCE:
    case DECISION_SCALE_GROUP:
        return false;
    case DECISION_START_TASK:
    case DECISION_STOP_TASK:
    case DECISION_PLACE_TASK:
        task = pool_find(&world->tasks, decision->chosen);
        return task && task->service == service;
    default:
        return decision->who == service->who;
    }
}

static void follow_service(struct explanation *explanation, simtime at, const struct decision *decision)
{
    const struct service *service = service_asked_for(explanation);
    struct text words = {0};
    if (is_later(explanation) || !service || !is_of_service(world_of(explanation), service, decision))
        return;
    decision_describe(world_of(explanation), decision, &words);
    hear(&explanation->decisions, at, words.bytes);
    text_free(&words);
}

/* --- the observer ----------------------------------------------------------------------------- */

static void see_decision(struct observer *observer, simtime at, const struct decision *decision)
{
    struct explanation *explanation = (struct explanation *)observer;
    if (explanation->story.asked)
        story_see_decision(&explanation->story, decision);
    else
        follow_service(explanation, at, decision);
}

static void see_choice(struct observer *observer, const void *choice)
{
    struct explanation *explanation = (struct explanation *)observer;
    if (explanation->story.asked)
        story_see_choice(&explanation->story, choice);
}

static void see_row(struct observer *observer, size_t series, const struct value *values)
{
    struct explanation *explanation = (struct explanation *)observer;
    const char *subject = explanation->question.subject;
    if (series == SERIES_TASKS)
        story_see_end(&explanation->story, values[0].text);
    else if (!is_later(explanation) && subject && !strcmp(values[1].text, subject))
        hear(&explanation->messages, values[0].integer, values[2].text);
}

/* --- the question ----------------------------------------------------------------------------- */

/* Names of the services that the scenario ever has; ends with NULL. */
static const char **service_names(struct run *run)
{
    const struct ecs_settings *settings = (const struct ecs_settings *)run->settings;
    size_t most = settings->services.count + settings->timeline.count, count = 0;
    const char **names = arena_array(run->arena, most + 1, sizeof *names);
    EACH(struct service_settings, each, settings->services)
        names[count++] = each->name;
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct service_settings *created = settings_of_action(entry, "createService");
        if (created)
            names[count++] = created->name;
    }
    return names;
}

static bool is_first(const char *const *names, const char *const *name)
{
    while (strcmp(*names, *name) != 0)
        names++;
    return names == name;
}

/* Each once: one that is deleted may be created again under its name. */
static void add_names(struct text *text, const char *const *names)
{
    for (const char *const *name = names; *name; name++)
        if (is_first(names, name))
            text_add_format(text, "%s%s", name == names ? "" : ", ", *name);
}

static bool is_known(const char *service, const char *const *names, struct text *mistake)
{
    for (const char *const *name = names; *name; name++)
        if (!strcmp(*name, service))
            return true;
    if (!add_unknown_service(mistake, service, names) && *names) {
        text_add(mistake, "; there are ");
        add_names(mistake, names);
    }
    return false;
}

static bool is_answerable(struct run *run, const struct question *question, struct text *mistake)
{
    const char **names = service_names(run);
    if (question->subject)
        return is_known(question->subject, names, mistake);
    if (question->part)
        return true;
    text_add(mistake, *names ? "of which service? there are " : "there is no service; ask for a task");
    add_names(mistake, names);
    return false;
}

void *explain_listen(struct run *run, const struct question *question, struct text *mistake)
{
    if (!is_answerable(run, question, mistake))
        return NULL;
    struct explanation *explanation = arena_alloc(run->arena, sizeof *explanation);
    const char *slash = question->part ? strrchr(question->part, '/') : NULL;
    *explanation = (struct explanation){
        .observer = {.row = see_row,
                     .decision = see_decision,
                     .choice = see_choice,
                     .wants = UINT64_C(1) << SERIES_TASKS | UINT64_C(1) << SERIES_SERVICE_EVENTS},
        .run = run,
        .question = *question,
        .story = {.run = run,
                  .question = &explanation->question,
                  .asked = slash ? slash + 1 : question->part,
                  .comes_at = SIMTIME_NEVER},
    };
    run_observe(run, &explanation->observer);
    return explanation;
}

/* --- the answer ------------------------------------------------------------------------------- */

static void look_at_service(struct explanation *explanation)
{
    const struct service *service = service_asked_for(explanation);
    struct text *answer = &explanation->answer;
    if (service->exists)
        explain_service(world_of(explanation), service, answer);
    else {
        text_add_format(answer, "%s does not exist", service->name);
        explain_time(answer, " at ", explanation->run->now);
        text_add(answer, service->primary ? ": it was deleted\n" : ": it has not been created yet\n");
    }
    add_sayings(answer, "What was decided of it last", &explanation->decisions);
    add_sayings(answer, "What it said last", &explanation->messages);
}

void explain_look(void *listener)
{
    struct explanation *explanation = listener;
    if (explanation->story.asked)
        story_look(&explanation->story, &explanation->answer);
    else
        look_at_service(explanation);
}

bool explain_answer(void *listener, struct text *answer, struct text *mistake)
{
    struct explanation *explanation = listener;
    bool answered =
        !explanation->story.asked || story_answer(&explanation->story, &explanation->answer, mistake);
    if (answered)
        text_add(answer, explanation->answer.bytes);
    text_free(&explanation->answer);
    free_sayings(&explanation->decisions);
    free_sayings(&explanation->messages);
    story_free(&explanation->story);
    return answered;
}
