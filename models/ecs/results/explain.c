#include "models/ecs/results/explain.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/results/describe.h"
#include "models/ecs/results/explain_hosts.h"
#include "models/ecs/results/explain_service.h"
#include "models/ecs/results/explain_task.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/task_definition.h"
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

/* The task that is asked about, as it comes to be. */
struct story {
    const char *asked; /* name or hex id; NULL: none */
    struct text hosts; /* as they were when its host was chosen last, and nothing of it done */
    simtime hosts_at;
    bool exists, gone;
    pool_ref ref;
    char *name;
    const struct service *service; /* NULL: a standalone task */
    struct text told;              /* why and where, up to the instant */
    struct text life;              /* as it ended */
    simtime comes_at;              /* after the instant; SIMTIME_NEVER */
};

struct explanation {
    struct observer observer; /* first: it is found by it */
    struct run *run;
    struct question question;
    bool looked;
    struct sayings decisions, messages;
    struct story story;
    struct text answer;
};

static struct world *world_of(const struct explanation *explanation)
{
    return explanation->run->world;
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

/* --- the task --------------------------------------------------------------------------------- */

static bool is_asked_for(const struct story *story, const char *name)
{
    char id[HEX_ID_SIZE];
    if (!strcmp(story->asked, name))
        return true;
    if (strlen(story->asked) + 1 != HEX_ID_SIZE)
        return false;
    hex_id(id, "task", name);
    return !strcmp(story->asked, id);
}

/* A new task will have the next name of its service or family. */
static bool is_for_asked(const struct explanation *explanation, const struct host_choice *choice)
{
    struct text name = {0};
    if (choice->waited)
        return is_asked_for(&explanation->story, choice->waited->name);
    const struct service *service = choice->service;
    const struct task_family *family =
        service ? NULL : task_family_of(world_of(explanation), choice->definition);
    text_add_format(&name, "%s-%ld", service ? service->name : family->family,
                    (long)(service ? service->tasks_created : family->created) + 1);
    bool asked = is_asked_for(&explanation->story, name.bytes);
    text_free(&name);
    return asked;
}

static void see_choice(struct observer *observer, const void *chosen)
{
    struct explanation *explanation = (struct explanation *)observer;
    const struct host_choice *choice = chosen;
    struct story *story = &explanation->story;
    if (explanation->looked || !story->asked || !is_for_asked(explanation, choice))
        return;
    text_clear(&story->hosts);
    story->hosts_at = explanation->run->now;
    explain_hosts(world_of(explanation), choice, &story->hosts);
}

static void meet(struct explanation *explanation, const struct task *task)
{
    struct story *story = &explanation->story;
    story->ref = task->ref;
    story->service = task->service;
    story->name = arena_text(explanation->run->arena, task->name);
    if (explanation->looked)
        story->comes_at = explanation->run->now;
    else
        story->exists = true;
}

static void tell_decision(struct explanation *explanation, const struct decision *decision)
{
    struct story *story = &explanation->story;
    explain_time(&story->told, "  at ", explanation->run->now);
    text_add(&story->told, ": ");
    decision_describe(world_of(explanation), decision, &story->told);
    text_add(&story->told, "\n");
}

static void tell_why_started(struct explanation *explanation, const struct task *task)
{
    const struct deployment *deployment = task->deployment;
    struct text *told = &explanation->story.told;
    if (!deployment)
        text_add_format(told, "  a standalone task, of the group %s\n", task->group_name);
    else
        text_add_format(told, "  since %s (%s) was to have %ld and had %ld\n", deployment->name,
                        deployment->definition->name, (long)deployment->desired,
                        (long)(deployment->alive - 1));
}

static void tell_hosts(struct explanation *explanation)
{
    struct story *story = &explanation->story;
    if (!story->hosts.length) {
        text_add(&story->told, "  its host was named, and not chosen\n");
        return;
    }
    text_add_format(&story->told, "  just before that:\n%s", story->hosts.bytes);
    text_clear(&story->hosts);
}

static const struct task *task_asked_for(const struct explanation *explanation, uint64_t ref)
{
    const struct task *task = pool_find(&world_of(explanation)->tasks, ref);
    return task && is_asked_for(&explanation->story, task->name) ? task : NULL;
}

static bool is_of_task(const struct decision *decision)
{
    return decision->kind == DECISION_START_TASK || decision->kind == DECISION_PLACE_TASK ||
           decision->kind == DECISION_STOP_TASK;
}

static void follow_task(struct explanation *explanation, const struct decision *decision)
{
    const struct task *task = is_of_task(decision) ? task_asked_for(explanation, decision->chosen) : NULL;
    if (!task)
        return;
    if (decision->kind == DECISION_START_TASK)
        meet(explanation, task);
    if (explanation->looked)
        return;
    tell_decision(explanation, decision);
    if (decision->kind == DECISION_START_TASK)
        tell_why_started(explanation, task);
    if (decision->kind != DECISION_STOP_TASK)
        tell_hosts(explanation);
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
    if (explanation->looked || !service || !is_of_service(world_of(explanation), service, decision))
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
        follow_task(explanation, decision);
    else
        follow_service(explanation, at, decision);
}

/* Its row comes as it ends, or at the end of the run. */
static void see_end_of_task(struct explanation *explanation, const char *name)
{
    struct story *story = &explanation->story;
    if (!story->asked || !story->exists || strcmp(name, story->name))
        return;
    const struct task *task = pool_find(&world_of(explanation)->tasks, story->ref);
    story->gone = true;
    explain_task_life(task, &story->life);
}

static void see_row(struct observer *observer, size_t series, const struct value *values)
{
    struct explanation *explanation = (struct explanation *)observer;
    const char *subject = explanation->question.subject;
    if (explanation->looked)
        return;
    if (series == SERIES_TASKS)
        see_end_of_task(explanation, values[0].text);
    else if (subject && !strcmp(values[1].text, subject))
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
    EACH(struct timeline_settings, entry, settings->timeline)
        if (!strcmp(entry->action.variant->name, "createService"))
            names[count++] = ((const struct service_settings *)entry->action.settings)->name;
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
    const char *nearest = nearest_name(service, names);
    text_add_format(mistake, "there is no service %s", service);
    if (nearest)
        text_add_format(mistake, "; did you mean %s?", nearest);
    else if (*names) {
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
        .story = {.asked = slash ? slash + 1 : question->part, .comes_at = SIMTIME_NEVER},
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

/* One that waits for a host is tried in vain now. */
static void look_at_wait(struct explanation *explanation, const struct task *task)
{
    struct wait_request of;
    if (task->instance || task->stopping || task->last_status != TASK_PROVISIONING)
        return;
    struct host_choice choice = provisioning_consider(world_of(explanation), task, &of);
    text_add(&explanation->answer, "  why it has no host:\n");
    explain_hosts(world_of(explanation), &choice, &explanation->answer);
}

static void look_at_task(struct explanation *explanation)
{
    struct story *story = &explanation->story;
    struct text *answer = &explanation->answer;
    if (!story->exists)
        return;
    const struct task *task = story->gone ? NULL : pool_find(&world_of(explanation)->tasks, story->ref);
    text_add(answer, story->name);
    explain_time(answer, " at ", explanation->run->now);
    text_add(answer, ": ");
    if (task)
        explain_task_state(world_of(explanation), task, answer);
    else
        text_add(answer, "STOPPED");
    text_add_format(answer, "\n%s", story->told.bytes);
    if (task)
        explain_task_life(task, answer);
    else
        text_add(answer, story->life.bytes);
    if (task)
        look_at_wait(explanation, task);
}

void explain_look(void *listener)
{
    struct explanation *explanation = listener;
    explanation->looked = true;
    if (explanation->story.asked)
        look_at_task(explanation);
    else
        look_at_service(explanation);
}

/* It comes later, or its place was looked for in vain. */
static bool tell_of_absent(const struct explanation *explanation, struct text *answer)
{
    const struct story *story = &explanation->story;
    if (story->comes_at == SIMTIME_NEVER && !story->hosts.length)
        return false;
    text_add_format(answer, "%s does not exist", story->name ? story->name : story->asked);
    explain_time(answer, " at ", explanation->question.at);
    if (story->comes_at != SIMTIME_NEVER)
        explain_time(answer, ": it is started at ", story->comes_at);
    text_add(answer, "\n");
    if (!story->hosts.length)
        return true;
    explain_time(answer, "  it was wanted and found no place, last at ", story->hosts_at);
    text_add_format(answer, ":\n%s", story->hosts.bytes);
    return true;
}

static void add_numbers(struct text *mistake, const char *stem, int64_t created)
{
    if (created > 0)
        text_add_format(mistake, "; %s has had %s-1 to %s-%ld", stem, stem, stem, (long)created);
}

/* The tasks that there were, of whom the name begins like it. */
static void add_what_there_is(const struct world *world, const char *asked, struct text *mistake)
{
    const char *dash = strrchr(asked, '-');
    size_t length = dash ? (size_t)(dash - asked) : strlen(asked);
    for (uint32_t i = 0; i < world->service_count; i++) {
        const struct service *service = &world->services[i];
        if (strlen(service->name) == length && !strncmp(service->name, asked, length)) {
            add_numbers(mistake, service->name, service->tasks_created);
            return;
        }
    }
    for (uint32_t i = 0; i < world->family_count; i++) {
        const struct task_family *family = &world->families[i];
        if (strlen(family->family) == length && !strncmp(family->family, asked, length))
            add_numbers(mistake, family->family, family->created);
    }
}

/* `web-3`, where `wbe-3` was asked for. */
static void add_nearest(struct explanation *explanation, struct text *mistake)
{
    const struct world *world = world_of(explanation);
    const char *asked = explanation->story.asked, *dash = strrchr(asked, '-');
    const char *stem = dash ? arena_copy(explanation->run->arena, asked, (size_t)(dash - asked)) : asked;
    const char **names =
        arena_array(explanation->run->arena, world->service_count + world->family_count + 1, sizeof *names);
    size_t count = 0;
    for (uint32_t i = 0; i < world->service_count; i++)
        names[count++] = world->services[i].name;
    for (uint32_t i = 0; i < world->family_count; i++)
        names[count++] = world->families[i].family;
    const char *nearest = nearest_name(stem, names);
    if (nearest && strcmp(nearest, stem))
        text_add_format(mistake, "; did you mean %s%s?", nearest, dash ? dash : "");
}

static bool is_of_another(const struct explanation *explanation, struct text *mistake)
{
    const struct story *story = &explanation->story;
    const char *subject = explanation->question.subject;
    const char *owner = story->service ? story->service->name : NULL;
    if (!story->name || !subject || (owner && !strcmp(owner, subject)))
        return false;
    text_add_format(mistake, "%s is no task of %s but ", story->name, subject);
    text_add(mistake, owner ? owner : "a standalone one");
    return true;
}

static bool answer_of_task(struct explanation *explanation, struct text *mistake)
{
    const struct story *story = &explanation->story;
    if (is_of_another(explanation, mistake))
        return false;
    if (story->exists || tell_of_absent(explanation, &explanation->answer))
        return true;
    text_add_format(mistake, "there is no task %s", story->asked);
    add_what_there_is(world_of(explanation), story->asked, mistake);
    add_nearest(explanation, mistake);
    return false;
}

static void free_story(struct story *story)
{
    text_free(&story->hosts);
    text_free(&story->told);
    text_free(&story->life);
}

bool explain_answer(void *listener, struct text *answer, struct text *mistake)
{
    struct explanation *explanation = listener;
    bool answered = !explanation->story.asked || answer_of_task(explanation, mistake);
    if (answered)
        text_add(answer, explanation->answer.bytes);
    text_free(&explanation->answer);
    free_sayings(&explanation->decisions);
    free_sayings(&explanation->messages);
    free_story(&explanation->story);
    return answered;
}
