#include "models/ecs/results/explain_story.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/results/describe.h"
#include "models/ecs/results/explain_hosts.h"
#include "models/ecs/results/explain_task.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/task_definition.h"
#include <string.h>

static struct world *world_of(const struct story *story)
{
    return story->run->world;
}

/* What comes after the question's instant is not told. */
static bool is_later(const struct story *story)
{
    return story->run->now > story->question->at;
}

/* --- where -------------------------------------------------------------------------------------- */

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
static bool is_for_asked(const struct story *story, const struct host_choice *choice)
{
    struct text name = {0};
    if (choice->waited)
        return is_asked_for(story, choice->waited->name);
    const struct service *service = choice->service;
    const struct task_family *family = service ? NULL : choice->definition->family;
    text_add_format(&name, "%s-%ld", service ? service->name : family->family,
                    (long)(service ? service->tasks_created : family->created) + 1);
    bool asked = is_asked_for(story, name.bytes);
    text_free(&name);
    return asked;
}

void story_see_choice(struct story *story, const struct host_choice *choice)
{
    if (is_later(story) || !is_for_asked(story, choice))
        return;
    text_clear(&story->hosts);
    story->hosts_at = story->run->now;
    explain_hosts(world_of(story), choice, &story->hosts);
}

/* --- why ---------------------------------------------------------------------------------------- */

static void meet(struct story *story, const struct task *task)
{
    story->ref = task->ref;
    story->service = task->service;
    story->name = arena_text(story->run->arena, task->name);
    if (is_later(story))
        story->comes_at = story->run->now;
    else
        story->exists = true;
}

static void tell_decision(struct story *story, const struct decision *decision)
{
    explain_time(&story->told, "  at ", story->run->now);
    text_add(&story->told, ": ");
    decision_describe(world_of(story), decision, &story->told);
    text_add(&story->told, "\n");
}

static void tell_why_started(struct story *story, const struct task *task)
{
    const struct deployment *deployment = task->deployment;
    struct text *told = &story->told;
    if (!deployment)
        text_add_format(told, "  a standalone task, of the group %s\n", task->group_name);
    else
        text_add_format(told, "  since %s (%s) was to have %ld and had %ld\n", deployment->name,
                        deployment->definition->name, (long)deployment->desired,
                        (long)(deployment->alive - 1));
}

static void tell_hosts(struct story *story)
{
    if (!story->hosts.length) {
        text_add(&story->told, "  its host was named, and not chosen\n");
        return;
    }
    text_add_format(&story->told, "  just before that:\n%s", story->hosts.bytes);
    text_clear(&story->hosts);
}

static const struct task *task_asked_for(const struct story *story, uint64_t ref)
{
    const struct task *task = pool_find(&world_of(story)->tasks, ref);
    return task && is_asked_for(story, task->name) ? task : NULL;
}

static bool is_of_task(const struct decision *decision)
{
    return decision->kind == DECISION_START_TASK || decision->kind == DECISION_PLACE_TASK ||
           decision->kind == DECISION_STOP_TASK;
}

void story_see_decision(struct story *story, const struct decision *decision)
{
    const struct task *task = is_of_task(decision) ? task_asked_for(story, decision->chosen) : NULL;
    if (!task)
        return;
    if (decision->kind == DECISION_START_TASK)
        meet(story, task);
    if (is_later(story))
        return;
    tell_decision(story, decision);
    if (decision->kind == DECISION_START_TASK)
        tell_why_started(story, task);
    if (decision->kind != DECISION_STOP_TASK)
        tell_hosts(story);
}

void story_see_end(struct story *story, const char *name)
{
    if (is_later(story) || !story->exists || strcmp(name, story->name))
        return;
    const struct task *task = pool_find(&world_of(story)->tasks, story->ref);
    story->gone = true;
    explain_task_life(task, &story->life);
    explain_task_disk(world_of(story), task, &story->life);
}

/* --- what there is ------------------------------------------------------------------------------ */

/* One that waits for a host is tried in vain now. */
static void look_at_wait(const struct story *story, const struct task *task, struct text *answer)
{
    struct wait_request of;
    if (task->instance || task->stopping || task->last_status != TASK_PROVISIONING)
        return;
    struct host_choice choice = provisioning_consider(world_of(story), task, &of);
    text_add(answer, "  why it has no host:\n");
    explain_hosts(world_of(story), &choice, answer);
}

void story_look(const struct story *story, struct text *answer)
{
    if (!story->exists)
        return;
    const struct task *task = story->gone ? NULL : pool_find(&world_of(story)->tasks, story->ref);
    text_add(answer, story->name);
    explain_time(answer, " at ", story->run->now);
    text_add(answer, ": ");
    if (task)
        explain_task_state(world_of(story), task, answer);
    else
        text_add(answer, "STOPPED");
    text_add_format(answer, "\n%s", story->told.bytes);
    if (!task) {
        text_add(answer, story->life.bytes);
        return;
    }
    explain_task_life(task, answer);
    explain_task_disk(world_of(story), task, answer);
    look_at_wait(story, task, answer);
}

/* --- what there is not -------------------------------------------------------------------------- */

/* It comes later, or its place was looked for in vain. */
static bool tell_of_absent(const struct story *story, struct text *answer)
{
    if (story->comes_at == SIMTIME_NEVER && !story->hosts.length)
        return false;
    text_add_format(answer, "%s does not exist", story->name ? story->name : story->asked);
    explain_time(answer, " at ", story->question->at);
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
static void add_what_there_is(const struct world *world, const char *stem, struct text *mistake)
{
    const struct service *service = service_named(world, stem);
    if (service) {
        add_numbers(mistake, service->name, service->tasks_created);
        return;
    }
    for (uint32_t i = 0; i < world->family_count; i++)
        if (!strcmp(world->families[i].family, stem))
            add_numbers(mistake, stem, world->families[i].created);
}

/* `web-3`, where `wbe-3` was asked for. */
static void add_nearest(const struct story *story, const char *stem, const char *number, struct text *mistake)
{
    const struct world *world = world_of(story);
    const char **names =
        arena_array(story->run->arena, world->service_count + world->family_count + 1, sizeof *names);
    size_t count = 0;
    for (uint32_t i = 0; i < world->service_count; i++)
        names[count++] = world->services[i].name;
    for (uint32_t i = 0; i < world->family_count; i++)
        names[count++] = world->families[i].family;
    const char *nearest = nearest_name(stem, names);
    if (nearest && strcmp(nearest, stem))
        text_add_format(mistake, "; did you mean %s%s?", nearest, number);
}

static bool is_of_another(const struct story *story, struct text *mistake)
{
    const char *subject = story->question->subject;
    const char *owner = story->service ? story->service->name : NULL;
    if (!story->name || !subject || (owner && !strcmp(owner, subject)))
        return false;
    text_add_format(mistake, "%s is no task of %s but ", story->name, subject);
    text_add(mistake, owner ? owner : "a standalone one");
    return true;
}

bool story_answer(const struct story *story, struct text *answer, struct text *mistake)
{
    if (is_of_another(story, mistake))
        return false;
    if (story->exists || tell_of_absent(story, answer))
        return true;
    text_add_format(mistake, "there is no task %s", story->asked);
    const char *dash = strrchr(story->asked, '-'), *end = dash ? dash : story->asked + strlen(story->asked);
    const char *stem = arena_copy(story->run->arena, story->asked, (size_t)(end - story->asked));
    add_what_there_is(world_of(story), stem, mistake);
    add_nearest(story, stem, end, mistake);
    return false;
}

void story_free(struct story *story)
{
    text_free(&story->hosts);
    text_free(&story->told);
    text_free(&story->life);
}
