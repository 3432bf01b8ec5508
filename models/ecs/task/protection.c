#include "models/ecs/task/protection.h"
#include "models/ecs/events.h"
#include "models/ecs/selector.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/task.h"
#include "models/ecs/timeline.h"

/* --- a task ----------------------------------------------------------------------------------- */

static void set_guarded(struct world *world, struct task *task, bool guarded, simtime until)
{
    task_uncount(world, task);
    task->guarded = guarded;
    task->guarded_until = until;
    task_count(world, task);
    service_wake(world, task->service);
}

static void protect(struct world *world, struct task *task, simtime period)
{
    simtime until = simtime_after(world->run->now, period);
    set_guarded(world, task, true, until);
    run_schedule(world->run, until, PHASE_WORLD, EVENT_PROTECTION_ENDS, task->ref, 0);
}

void protection_ends(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (task && task->guarded && task->guarded_until == world->run->now)
        set_guarded(world, task, false, SIMTIME_NEVER);
}

/* --- the request ------------------------------------------------------------------------------ */

static void update_task_protection_ask(const void *settings, struct json *request)
{
    const struct update_task_protection_settings *update = settings;
    json_begin_array(request, "tasks");
    EACH(struct selector, selector, update->tasks)
        selector_write(selector, NULL, request);
    json_end_array(request);
    json_bool(request, "protectionEnabled", update->protection_enabled);
    if (update->protection_enabled)
        json_integer(request, "expiresInMinutes", update->expires_in / SIMTIME_MINUTE);
}

/* --- the answer ------------------------------------------------------------------------------- */

struct protection_failure {
    const char *arn; /* NULL: nobody in particular */
    const char *reason;
};

struct protection_call {
    struct world *world;
    const struct update_task_protection_settings *settings;
    struct task *tasks[MOST_PROTECTED_TASKS]; /* whose protection was set or taken back */
    struct protection_failure failures[MOST_PROTECTED_TASKS];
    int task_count, failure_count;
};

static bool protection_holds_back(const struct service *service)
{
    int64_t guarded = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        guarded += each->guarded;
    return service->stuck == STUCK_PROTECTION || guarded > service->desired_count;
}

/* NULL: it can. */
static const char *why_not(const struct task *task, bool protect)
{
    if (task->stopping)
        return "MISSING";
    if (!task->service)
        return "TASK_NOT_VALID";
    if (protect && !task->guarded && protection_holds_back(task->service))
        return "DEPLOYMENT_BLOCKED";
    return NULL;
}

static void fail(struct protection_call *call, const char *arn, const char *reason)
{
    CHECK(call->failure_count < MOST_PROTECTED_TASKS);
    call->failures[call->failure_count++] = (struct protection_failure){arn, reason};
}

static void update_one(struct protection_call *call, struct task *task)
{
    bool wanted = call->settings->protection_enabled;
    const char *reason = why_not(task, wanted);
    if (reason) {
        fail(call, task->name, reason);
        return;
    }
    if (wanted)
        protect(call->world, task, call->settings->expires_in);
    else
        set_guarded(call->world, task, false, SIMTIME_NEVER);
    CHECK(call->task_count < MOST_PROTECTED_TASKS);
    call->tasks[call->task_count++] = task;
}

static bool is_of_service(const struct task *task)
{
    return task->service && !task->stopping;
}

static void update_selected(struct protection_call *call, const struct selector *selector, rng_key draw)
{
    struct world *world = call->world;
    struct selection tasks = select_tasks(world, selector, selector->name ? NULL : is_of_service, draw);
    for (size_t i = 0; i < tasks.count; i++)
        update_one(call, pool_find(&world->tasks, tasks.refs[i]));
    if (tasks.count == 0)
        fail(call, selector->name, "MISSING");
    selection_free(&tasks);
}

static void write_protected(const struct protection_call *call, const struct task *task,
                            struct json *response)
{
    char at[SIMTIME_TEXT_SIZE];
    json_begin_object(response, NULL);
    json_string(response, "taskArn", task->name);
    json_bool(response, "protectionEnabled", task->guarded);
    if (task->guarded) {
        simtime_format_utc(at, call->world->settings->run.start_time_us + task->guarded_until);
        json_string(response, "expirationDate", at);
    }
    json_end_object(response);
}

static void write_answer(const struct protection_call *call, struct json *response)
{
    json_begin_array(response, "protectedTasks");
    for (int i = 0; i < call->task_count; i++)
        write_protected(call, call->tasks[i], response);
    json_end_array(response);
    json_begin_array(response, "failures");
    for (int i = 0; i < call->failure_count; i++) {
        json_begin_object(response, NULL);
        if (call->failures[i].arn)
            json_string(response, "arn", call->failures[i].arn);
        json_string(response, "reason", call->failures[i].reason);
        json_end_object(response);
    }
    json_end_array(response);
}

static const char *update_task_protection_play(struct world *world, const void *settings, rng_key draw,
                                               struct json *response)
{
    struct protection_call call = {.world = world, .settings = settings};
    EACH(struct selector, selector, call.settings->tasks)
        update_selected(&call, selector, draw);
    write_answer(&call, response);
    return NULL;
}

const struct action_verbs update_task_protection_action = {update_task_protection_ask,
                                                           update_task_protection_play};
