#include "models/placement/views.h"
#include "models/placement/ranking.h"
#include "models/placement/scan.h"
#include "models/placement/tally.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

/* Where the world is audited every question has its view, is asked twice, and views are often forgotten. */
#ifdef ECSIM_AUDIT
enum { FEW_INSTANCES = 0, VIEWED_FROM = 1, SHORTEST_LOG = 16, QUESTIONS_OF_GROUP = 4 };
#define AUDIT(condition) CHECK(condition)
#else
enum { FEW_INSTANCES = 32, VIEWED_FROM = 2, SHORTEST_LOG = 1024, QUESTIONS_OF_GROUP = 64 };
#define AUDIT(condition) (void)(false && (condition))
#endif
enum { LOG_PER_INSTANCE = 4, SHARED_OF_GROUP = 4 };

/* A question that was asked, and who answers it: a view, a ranking for the questions of groups, or, for one
 * of these, the group's view and that ranking. */
struct asked {
    struct view *view;
    struct ranking *ranking;
    struct asked *rest; /* the ranking's */
    struct ranking_search search;
    int times;
    bool is_read;     /* the view or ranking knows of all instances, */
    uint32_t read_to; /* as the log has them up to here */
    struct asked *next;
};

/* A list of them. */
struct questions {
    struct asked *first;
    int count;
};

enum { SHARED_LISTS = 64 };

struct views {
    struct questions shared[SHARED_LISTS]; /* of those that are not of a group, by their demand */
    int shared_count;
    struct questions *by_group; /* of the request */
    size_t group_capacity;
    int64_t hearing_room; /* views that are told of room */
    placement_instance *log;
    uint32_t log_count, log_capacity;
    uint32_t read_to;    /* of the log, by any view */
    uint32_t *logged_at; /* by instance: where it stands in the log, if it does */
    size_t instance_capacity;
};

struct views *views_new(void)
{
    struct views *views = memory_alloc(sizeof *views);
    *views = (struct views){.shared_count = 0};
    return views;
}

static void free_asked(struct asked *asked)
{
    if (asked->view)
        view_free(asked->view);
    if (asked->ranking)
        ranking_free(asked->ranking);
    ranking_search_free(&asked->search);
    free(asked);
}

static void forget_first(struct views *views, struct questions *list, struct asked **first)
{
    struct asked *asked = *first;
    *first = asked->next;
    list->count--;
    views->hearing_room -= asked->view && view_hears_room(asked->view);
    free_asked(asked);
}

static void forget(struct views *views, struct questions *list)
{
    while (list->first)
        forget_first(views, list, &list->first);
}

static void forget_all(struct views *views)
{
    for (int i = 0; i < SHARED_LISTS; i++)
        forget(views, &views->shared[i]);
    views->shared_count = 0;
    for (size_t group = 0; group < views->group_capacity; group++)
        forget(views, &views->by_group[group]);
    views->log_count = views->read_to = 0;
}

void views_forget_tally(struct views *views, const struct placement_tally *tally)
{
    while (tally->watchers) {
        struct questions *list = &views->by_group[view_group(tally->watchers)];
        struct asked **asked = &list->first;
        while ((*asked)->view != tally->watchers)
            asked = &(*asked)->next;
        forget_first(views, list, asked);
    }
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

bool views_hear_room(const struct views *views)
{
    return views->hearing_room > 0;
}

void views_tell_count(struct views *views, placement_group group, placement_instance instance)
{
    if (group >= views->group_capacity)
        return;
    for (struct asked *each = views->by_group[group].first; each; each = each->next)
        view_tell_count(each->view, instance);
}

/* --- questions -------------------------------------------------------------------------------- */

static void know_group(struct views *views, placement_group group)
{
    if (group < views->group_capacity)
        return;
    size_t before = views->group_capacity, after = 2 * (size_t)group + 16;
    views->by_group = memory_grow(views->by_group, after, sizeof *views->by_group);
    memset(views->by_group + before, 0, (after - before) * sizeof *views->by_group);
    views->group_capacity = after;
}

static struct questions *shared_list(struct views *views, const struct placement_request *request)
{
    return &views->shared[rng_bits((uint64_t)request->cpu, (uint64_t)request->memory_mib) % SHARED_LISTS];
}

static struct asked *add(struct questions *list)
{
    struct asked *asked = memory_alloc(sizeof *asked);
    *asked = (struct asked){.next = list->first};
    list->count++;
    return list->first = asked;
}

static struct asked *add_shared(struct views *views, struct questions *list)
{
    if (views->shared_count >= QUESTIONS_OF_GROUP + SHARED_OF_GROUP * (int)views->group_capacity)
        forget_all(views);
    views->shared_count++;
    return add(list);
}

static struct asked *find_view(const struct questions *list, const struct question *question)
{
    for (struct asked *each = list->first; each; each = each->next)
        if (each->view && view_answers(each->view, question))
            return each;
    return NULL;
}

static struct asked *shared_view(struct views *views, const struct question *question)
{
    struct questions *list = shared_list(views, question->request);
    struct asked *asked = find_view(list, question);
    if (asked)
        return asked;
    asked = add_shared(views, list);
    asked->view = view_new(question);
    return asked;
}

static struct asked *shared_ranking(struct views *views, const struct question *question)
{
    struct questions *list = shared_list(views, question->request);
    for (struct asked *each = list->first; each; each = each->next)
        if (each->ranking && ranking_serves(each->ranking, question))
            return each;
    struct asked *asked = add_shared(views, list);
    asked->ranking = ranking_new(question);
    return asked;
}

/* A task that goes is one of the tally's; where one starts, the group's tasks matter. */
static struct asked *view_of_group(struct views *views, const struct question *question)
{
    struct questions *list = &views->by_group[question->request->group];
    struct asked *asked = find_view(list, question), *rest;
    if (asked)
        return asked;
    if (list->count == QUESTIONS_OF_GROUP)
        forget(views, list);
    rest = question->leaving ? NULL : shared_ranking(views, question);
    asked = add(list);
    asked->rest = rest;
    asked->view = view_new(question);
    view_watch(asked->view,
               rest ? placement_tally_of_group(question->placement, question->request->group)
                    : question->leaving,
               rest ? rest->ranking : NULL, &asked->search);
    views->hearing_room += view_hears_room(asked->view);
    return asked;
}

static struct asked *find(struct views *views, const struct question *question)
{
    know_group(views, question->request->group);
    bool shared = !question->leaving && !question_is_of_group(question);
    return (shared ? shared_view : view_of_group)(views, question);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void refresh(const struct asked *asked, const struct placement *placement, placement_instance instance)
{
    if (asked->view)
        view_refresh(asked->view, instance);
    else if (ranking_refresh(asked->ranking, instance))
        placement_tell(placement, instance,
                       &(struct change){.kind = CHANGE_RANKING, .ranking = asked->ranking});
}

/* Of several entries of an instance the latest counts. */
static void read_on(struct views *views, struct asked *asked, const struct placement *placement)
{
    size_t instance_count = asked->is_read ? 0 : placement_instance_count(placement);
    for (placement_instance instance = 0; instance < instance_count; instance++)
        refresh(asked, placement, instance);
    for (uint32_t at = asked->read_to; asked->is_read && at < views->log_count; at++)
        if (views->logged_at[views->log[at]] == at)
            refresh(asked, placement, views->log[at]);
    asked->is_read = true;
    asked->read_to = views->read_to = views->log_count;
}

static bool is_exact(const struct asked *asked)
{
    return view_is_exact(asked->view) && (!asked->rest || ranking_is_exact(asked->rest->ranking));
}

static void bring_up_to_date(struct views *views, struct asked *asked, const struct question *question)
{
    if (asked->rest)
        read_on(views, asked->rest, question->placement);
    if (asked->rest || question->leaving)
        view_catch_up(asked->view);
    else
        read_on(views, asked, question->placement);
}

/* NULL: the scan answers. Else it is up to date. Of a task that goes the first question is answered as well,
 * since to look at the instances of a tally costs less than the scan. */
static struct asked *ask(struct views *views, const struct question *question)
{
    if (placement_instance_count(question->placement) <= FEW_INSTANCES)
        return NULL;
    struct asked *asked = find(views, question);
    if (asked->times < VIEWED_FROM)
        asked->times++;
    if (asked->times < VIEWED_FROM && !question->leaving)
        return NULL;
    if (is_exact(asked))
        bring_up_to_date(views, asked, question);
    return is_exact(asked) ? asked : NULL;
}

static const struct placement_tally *own_tasks(const struct question *question)
{
    return placement_tally_of_group(question->placement, question->request->group);
}

static void gather_tied(struct asked *asked, struct choice *choice)
{
    choice->tied_count = 0;
    view_gather(asked->view, choice);
    if (asked->rest)
        ranking_gather(asked->rest->ranking, &asked->search, own_tasks(choice->question), choice);
    choice_sort_tied(choice);
}

static const struct census *eligible(const struct asked *asked)
{
    return asked->rest ? ranking_eligible(asked->rest->ranking) : view_eligible(asked->view);
}

static placement_instance choose(struct asked *asked, const struct question *question)
{
    struct choice choice = {.question = question};
    view_consider(asked->view, &choice);
    if (asked->rest)
        ranking_consider(asked->rest->ranking, &asked->search, own_tasks(question), &choice);
    if (question->draws && choice.tied_count)
        gather_tied(asked, &choice);
    return choice_take(&choice, eligible(asked));
}

static enum placement_refusal closest_of(struct asked *asked, const struct question *question,
                                         placement_instance *closest)
{
    for (int refusal = REFUSED_COUNT - 1; refusal > REFUSED_INACTIVE; refusal--) {
        placement_instance other = PLACEMENT_NONE;
        *closest = view_first_refused(asked->view, (enum placement_refusal)refusal);
        if (asked->rest)
            other = ranking_first_refused(asked->rest->ranking, &asked->search, own_tasks(question),
                                          (enum placement_refusal)refusal);
        if (other < *closest)
            *closest = other;
        if (*closest != PLACEMENT_NONE)
            return (enum placement_refusal)refusal;
    }
    return REFUSED_INACTIVE;
}

placement_instance views_choose(struct views *views, const struct question *question)
{
    struct asked *asked = ask(views, question);
    placement_instance chosen = asked ? choose(asked, question) : scan_choose(question);
    AUDIT(chosen == scan_choose(question));
    return chosen;
}

enum placement_refusal views_closest(struct views *views, const struct question *question,
                                     placement_instance *closest)
{
    struct asked *asked = ask(views, question);
    if (!asked)
        return scan_closest(question, closest);
    enum placement_refusal refusal = closest_of(asked, question, closest);
    placement_instance expected;
    AUDIT(refusal == scan_closest(question, &expected) && *closest == expected);
    return refusal;
}
