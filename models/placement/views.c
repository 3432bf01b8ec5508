#include "models/placement/views.h"
#include "models/placement/scan.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

/* Where the world is audited every question has its view, is asked twice, and views are often forgotten. */
#ifdef ECSIM_AUDIT
enum { FEW_INSTANCES = 0, FIRST_TIME = 1, SHORTEST_LOG = 16, QUESTIONS_OF_GROUP = 4 };
#define AUDIT(condition) CHECK(condition)
#else
enum { FEW_INSTANCES = 32, FIRST_TIME = 2, SHORTEST_LOG = 1024, QUESTIONS_OF_GROUP = 64 };
#define AUDIT(condition) (void)(false && (condition))
#endif
enum { LOG_PER_INSTANCE = 4 };

struct asked {
    struct view *view;
    int times;
    bool is_read;     /* the view knows of all instances, */
    uint32_t read_to; /* as the log has them up to here */
    struct asked *next;
};

struct views {
    struct asked **by_group; /* of the request */
    size_t group_capacity;
    placement_instance *log;
    uint32_t log_count, log_capacity;
    uint32_t read_to;    /* of the log, by any view */
    uint32_t *logged_at; /* by instance: where it stands in the log, if it does */
    size_t instance_capacity;
};

struct views *views_new(void)
{
    struct views *views = memory_alloc(sizeof *views);
    *views = (struct views){0};
    return views;
}

static void forget(struct asked **list)
{
    for (struct asked *each = *list, *next; each; each = next) {
        next = each->next;
        view_free(each->view);
        free(each);
    }
    *list = NULL;
}

static void forget_all(struct views *views)
{
    for (size_t group = 0; group < views->group_capacity; group++)
        forget(&views->by_group[group]);
    views->log_count = views->read_to = 0;
}

void views_free(struct views *views)
{
    forget_all(views);
    free(views->by_group);
    free(views->log);
    free(views->logged_at);
    free(views);
}

/* --- the log ---------------------------------------------------------------------------------- */

static void know_instance(struct views *views, placement_instance instance)
{
    if (instance < views->instance_capacity)
        return;
    size_t before = views->instance_capacity, after = 2 * (size_t)instance + 16;
    views->logged_at = memory_grow(views->logged_at, after, sizeof *views->logged_at);
    memset(views->logged_at + before, 0, (after - before) * sizeof *views->logged_at);
    views->instance_capacity = after;
}

static bool awaits_reading(const struct views *views, placement_instance instance)
{
    uint32_t at = views->logged_at[instance];
    return at >= views->read_to && at < views->log_count && views->log[at] == instance;
}

static void make_room(struct views *views)
{
    size_t most = LOG_PER_INSTANCE * views->instance_capacity + SHORTEST_LOG;
    if (views->log_count < views->log_capacity)
        return;
    if (views->log_count >= most) {
        forget_all(views);
        return;
    }
    views->log_capacity = 2 * views->log_capacity + SHORTEST_LOG;
    views->log = memory_grow(views->log, views->log_capacity, sizeof *views->log);
}

void views_touch(struct views *views, placement_instance instance)
{
    know_instance(views, instance);
    if (awaits_reading(views, instance))
        return;
    make_room(views);
    views->logged_at[instance] = views->log_count;
    views->log[views->log_count++] = instance;
}

/* --- questions -------------------------------------------------------------------------------- */

static struct asked **group_list(struct views *views, placement_group group)
{
    if (group >= views->group_capacity) {
        size_t before = views->group_capacity, after = 2 * (size_t)group + 16;
        views->by_group = memory_grow(views->by_group, after, sizeof *views->by_group);
        memset(views->by_group + before, 0, (after - before) * sizeof *views->by_group);
        views->group_capacity = after;
    }
    return &views->by_group[group];
}

static struct asked *find(struct views *views, const struct question *question)
{
    struct asked **list = group_list(views, question->request->group);
    int count = 0;
    for (struct asked *each = *list; each; each = each->next, count++)
        if (view_answers(each->view, question))
            return each;
    if (count == QUESTIONS_OF_GROUP)
        forget(list);
    struct asked *asked = memory_alloc(sizeof *asked);
    *asked = (struct asked){.view = view_new(question), .next = *list};
    *list = asked;
    return asked;
}

static void read_all(struct view *view, size_t instance_count)
{
    for (placement_instance instance = 0; instance < instance_count; instance++)
        view_refresh(view, instance);
}

/* Of several entries of an instance the latest counts. */
static void read_on(struct views *views, struct asked *asked, size_t instance_count)
{
    if (!asked->is_read)
        read_all(asked->view, instance_count);
    for (uint32_t at = asked->read_to; asked->is_read && at < views->log_count; at++)
        if (views->logged_at[views->log[at]] == at)
            view_refresh(asked->view, views->log[at]);
    asked->is_read = true;
    asked->read_to = views->read_to = views->log_count;
}

/* NULL: the scan answers. Else it is up to date. */
static const struct view *ask(struct views *views, const struct question *question)
{
    size_t instance_count = placement_instance_count(question->placement);
    if (instance_count <= FEW_INSTANCES)
        return NULL;
    struct asked *asked = find(views, question);
    if (asked->times < FIRST_TIME)
        asked->times++;
    if (asked->times < FIRST_TIME)
        return NULL;
    if (view_is_exact(asked->view))
        read_on(views, asked, instance_count);
    return view_is_exact(asked->view) ? asked->view : NULL;
}

placement_instance views_choose(struct views *views, const struct question *question)
{
    const struct view *view = ask(views, question);
    placement_instance chosen = view ? view_choose(view, question) : scan_choose(question);
    AUDIT(chosen == scan_choose(question));
    return chosen;
}

enum placement_refusal views_closest(struct views *views, const struct question *question,
                                     placement_instance *closest)
{
    const struct view *view = ask(views, question);
    if (!view)
        return scan_closest(question, closest);
    enum placement_refusal refusal = view_closest(view, closest);
    placement_instance expected;
    AUDIT(refusal == scan_closest(question, &expected) && *closest == expected);
    return refusal;
}
