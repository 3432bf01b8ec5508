#include "models/ecs/capacity/fargate.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/job/job.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/results/expectation.h"
#include "models/ecs/service/service.h"
#include <string.h>
#include <strings.h>

#define EACH_COST(world, each)                                                                               \
    for (struct expectation *each = (world)->expectations->costs; each; each = each->next_cost)

/* What happened earlier than this is no longer "just". */
static const simtime just_now = 5 * SIMTIME_MINUTE;

/* --- windows ---------------------------------------------------------------------------------- */

static bool has_window(const struct expect_settings *settings)
{
    return settings->from != ABSENT || settings->until != ABSENT || settings->during;
}

/* An instant is a microsecond long: a value that lasts no time is not looked at. */
static struct span instant(simtime at)
{
    return (struct span){at, at + 1};
}

static struct span window_of(const struct world *world, const struct expectation *expectation)
{
    const struct expect_settings *settings = expectation->settings;
    enum measure_kind kind = expectation->measure->kind;
    simtime end = world->settings->run.duration;
    bool counts_last_instant = kind == MEASURE_TALLY || kind == MEASURE_LOSSES;
    if (settings->at != ABSENT)
        return instant(settings->at);
    if (kind == MEASURE_STATE && settings->by != ABSENT)
        return instant(settings->by);
    if (kind == MEASURE_STATE && !has_window(settings))
        return instant(end);
    struct span window = {given_or(settings->from, 0), given_or(settings->until, end + counts_last_instant)};
    if (settings->by != ABSENT && kind == MEASURE_LEVEL)
        return (struct span){settings->by, simtime_later(window.until, settings->by + 1)};
    if (settings->by != ABSENT)
        window.until = simtime_earlier(window.until, settings->by + counts_last_instant);
    return window;
}

static bool in_span(struct span span, simtime at)
{
    return span.from <= at && at < span.until;
}

static bool deploys(const struct service *service)
{
    return service->primary && !service->primary->creates_service &&
           service->primary->state == STATE_IN_PROGRESS;
}

static bool deployment_under_way(const struct world *world, const struct service *service)
{
    if (service)
        return deploys(service);
    for (uint32_t i = 0; i < world->service_count; i++)
        if (deploys(&world->services[i]))
            return true;
    return false;
}

static bool counts_now(const struct world *world, const struct expectation *expectation)
{
    return in_span(expectation->window, world->run->now) &&
           (!expectation->settings->during || deployment_under_way(world, expectation->service));
}

bool expectation_covers(const struct expectation *expectation, simtime at)
{
    if (!in_span(expectation->window, at))
        return false;
    if (!expectation->settings->during)
        return true;
    size_t i = expectation->deployment_count;
    while (i > 0 && expectation->deployments[i - 1].from > at)
        i--;
    return i > 0 && in_span(expectation->deployments[i - 1], at);
}

/* Room for one more element, in the arena: the old ones stay where somebody may still point at them. */
static void *with_room(struct arena *arena, const void *old, size_t count, size_t size)
{
    if (count & (count - 1))
        return (void *)old;
    void *grown = arena_array(arena, count ? 2 * count : 1, size);
    if (count)
        memcpy(grown, old, count * size);
    return grown;
}

static void follow_deployments(struct world *world, struct expectation *expectation)
{
    if (!expectation->settings->during)
        return;
    size_t count = expectation->deployment_count;
    struct span *last = count ? &expectation->deployments[count - 1] : NULL;
    bool open = last && last->until == SIMTIME_NEVER;
    bool under_way = deployment_under_way(world, expectation->service);
    if (open && !under_way)
        last->until = world->run->now;
    if (open || !under_way)
        return;
    expectation->deployments = with_room(world->arena, expectation->deployments, count, sizeof(struct span));
    expectation->deployments[expectation->deployment_count++] = (struct span){world->run->now, SIMTIME_NEVER};
}

/* --- what had just happened ------------------------------------------------------------------- */

static const struct past_mark *latest_mark(const struct world *world, const struct service *service)
{
    const struct expectations *all = world->expectations;
    for (size_t i = all->mark_count; i > 0; i--) {
        const struct past_mark *mark = &all->marks[i - 1];
        if (world->run->now - mark->at > just_now)
            return NULL;
        if (!mark->service || !service || !strcmp(mark->service, service->name))
            return mark;
    }
    return NULL;
}

static void remember_sight(struct world *world, struct expectation *expectation, int64_t value)
{
    const struct service *service = expectation->service;
    struct sight *sight = &expectation->sight;
    *sight = (struct sight){
        .value = value,
        .at = world->run->now,
        .mark = latest_mark(world, service),
        .said = {.at = SIMTIME_NEVER},
        .deployment = expectation->deployment,
    };
    if (!service)
        return;
    const struct said *said = &world->expectations->said[service->index];
    if (said->at != SIMTIME_NEVER && world->run->now - said->at <= just_now)
        sight->said = *said;
    sight->stuck_because = service->stuck == STUCK_NOT ? NULL : service->stuck_because;
    sight->stuck_since = service->stuck_since;
}

/* --- looking ---------------------------------------------------------------------------------- */

static int64_t nearest_inside(const struct measure_bound *bound, int64_t value)
{
    if (value < bound->at_least)
        return bound->at_least;
    return value > bound->at_most ? bound->at_most : value;
}

/* Outside of deployments any value is fine. */
static void see_from(struct world *world, struct expectation *expectation, simtime from, int64_t value)
{
    if (expectation->settings->during && !deployment_under_way(world, expectation->service))
        value = nearest_inside(&expectation->bound, value);
    watch_see(&expectation->watch, from, value);
    if (expectation->watch.first_outside == SIMTIME_NEVER && expectation_outside(expectation, value))
        remember_sight(world, expectation, value);
}

static void see(struct world *world, struct expectation *expectation, int64_t value)
{
    see_from(world, expectation, world->run->now, value);
}

/* Its value has risen to this one since the last look, past a bound in between. */
static void see_risen(struct world *world, struct expectation *expectation, int64_t past, int64_t value)
{
    simtime since = expectation->watch.since;
    simtime at = disk_watch_exceeded_at(world, expectation->group, past);
    if (at != SIMTIME_NEVER)
        see_from(world, expectation, simtime_later(at, since), value);
}

/* Between two looks disks have filled up. */
static void see_filling(struct world *world, struct expectation *expectation)
{
    const struct measure_bound *bound = &expectation->bound;
    int64_t value = disk_watch_fullest_before(world, expectation->group);
    int64_t last = expectation->watch.value;
    if (!expectation->watch.started)
        return;
    if (last < bound->at_least && value >= bound->at_least)
        see_risen(world, expectation, bound->at_least, bound->at_least);
    if (last <= bound->at_most && value > bound->at_most)
        see_risen(world, expectation, bound->at_most, value);
}

/* Lateness begins between two looks, `within` after the drop. */
static void notice_late(struct expectation *expectation, simtime now)
{
    simtime due = simtime_after(expectation->dropped_at, expectation->settings->recovered->within);
    if (expectation->late || expectation->dropped_at == SIMTIME_NEVER || due >= now)
        return;
    expectation->late = true;
    watch_see(&expectation->watch, due, -1);
    if (expectation->late_drop.from == SIMTIME_NEVER)
        expectation->late_drop = (struct span){expectation->dropped_at, SIMTIME_NEVER};
}

static void recover(struct expectation *expectation, simtime now)
{
    watch_see(&expectation->watch, now, 0);
    if (expectation->late && expectation->late_drop.from == expectation->dropped_at)
        expectation->late_drop.until = now;
    expectation->dropped_at = SIMTIME_NEVER;
    expectation->late = false;
    expectation->had_enough = true;
}

static void see_recovery(struct world *world, struct expectation *expectation, int64_t value)
{
    simtime now = world->run->now;
    notice_late(expectation, now);
    if (value >= expectation->bound.at_least) {
        recover(expectation, now);
        return;
    }
    if (expectation->had_enough && counts_now(world, expectation)) {
        expectation->dropped_at = now;
        if (expectation->late_drop.from == SIMTIME_NEVER)
            remember_sight(world, expectation, value);
    }
    expectation->had_enough = false;
}

/* Of the requests since counted_until those of a part. What services ask is told by what people ask of all of
 * the chain. */
static __int128 asked_in(const struct world *world, const struct expectation *expectation, struct span part,
                         __int128 requests)
{
    const struct load *load = expectation->service->load;
    __int128 asked = load_asked_in(world, load, part.from, part.until);
    if (!load->chain)
        return asked;
    __int128 all = load_asked_in(world, load, expectation->counted_until, load->counted_until);
    return all ? requests * asked / all : 0;
}

/* Requests of a part of [counted_until, until), in which the share that is served was constant. */
static void add_requests(const struct world *world, struct expectation *expectation, struct span part,
                         __int128 requests, __int128 unserved)
{
    if (part.from >= part.until || requests == 0)
        return;
    __int128 asked = asked_in(world, expectation, part, requests);
    expectation->requests_inside += asked;
    expectation->unserved_inside += asked * unserved / requests;
}

static void count_requests(struct world *world, struct expectation *expectation)
{
    const struct load *load = expectation->service->load;
    if (!load || load->counted_until <= expectation->counted_until)
        return;
    struct span since =
        span_overlap((struct span){expectation->counted_until, load->counted_until}, expectation->window);
    __int128 requests = load->total.requests - expectation->requests;
    __int128 unserved = load_unserved(load) - expectation->unserved;
    if (!expectation->settings->during)
        add_requests(world, expectation, since, requests, unserved);
    for (size_t i = expectation->deployment_count;
         i > 0 && expectation->deployments[i - 1].until > since.from; i--)
        add_requests(world, expectation, span_overlap(since, expectation->deployments[i - 1]), requests,
                     unserved);
    expectation->counted_until = load->counted_until;
    expectation->requests = load->total.requests;
    expectation->unserved = load_unserved(load);
}

void expectation_look(struct world *world, struct expectation *expectation)
{
    const struct measure *measure = expectation->measure;
    if (expectation->service && !expectation->service->primary)
        return; /* the timeline has yet to create it */
    if (expectation->began == SIMTIME_NEVER)
        expectation->began = world->run->now;
    follow_deployments(world, expectation);
    if (measure->kind == MEASURE_UNSERVED)
        count_requests(world, expectation);
    else if (measure->kind == MEASURE_RECOVERY)
        see_recovery(world, expectation, measure->value(world, expectation));
    else if (measure->value)
        see(world, expectation, measure->value(world, expectation));
}

static void look_at_disks(struct world *world)
{
    struct expectation *first = world->disks.touched_count ? world->expectations->of_disks : NULL;
    for (struct expectation *each = first; each; each = each->next_of_disks) {
        see_filling(world, each);
        expectation_look(world, each);
    }
}

void expect_settle(struct world *world, const uint32_t *services, uint32_t count)
{
    struct expectations *all = world->expectations;
    bool first = !all->begun, fleet = world->touched_cells.count > 0 || world->touched_groups.count > 0;
    all->begun = true;
    if (first || fleet)
        measure_fleet(world, &all->fleet, first);
    for (size_t i = 0; first && i < all->count; i++)
        expectation_look(world, &all->entries[i]);
    for (uint32_t i = 0; i < count; i++)
        for (struct expectation *each = all->of_service[services[i]]; each; each = each->next_of_service)
            expectation_look(world, each);
    for (struct expectation *each = fleet ? all->of_fleet : NULL; each; each = each->next_of_fleet)
        expectation_look(world, each);
    for (struct expectation *each = all->always; each; each = each->next_always)
        expectation_look(world, each);
    look_at_disks(world);
}

/* --- what is counted as it happens ------------------------------------------------------------ */

/* Its health is why it was never healthy: not that it was no longer wanted, or the run was over. */
static bool failed_to_become_healthy(const struct task *task)
{
    bool unwanted =
        task->stop_code == STOP_SERVICE_SCHEDULER_INITIATED || task->stop_code == STOP_USER_INITIATED;
    return task->unhealthy || (task->stopping && !unwanted);
}

static bool came_with_the_steady_start(const struct world *world, const struct task *task)
{
    return world->settings->start == START_STEADY && task->created_at == 0 && task->healthy_at == 0;
}

void expectation_add_delay(struct world *world, struct expectation *expectation, simtime delay)
{
    size_t count = expectation->delay_count++;
    expectation->delays = with_room(world->arena, expectation->delays, count, sizeof *expectation->delays);
    expectation->delays[count] = delay;
}

void expect_task_ended(struct world *world, const struct task *task)
{
    bool healthy = task->healthy_at != SIMTIME_NEVER;
    if (!task->service || came_with_the_steady_start(world, task) ||
        (!healthy && !failed_to_become_healthy(task)))
        return;
    struct expectation *each = world->expectations->of_service[task->service->index];
    for (; each; each = each->next_of_service)
        if (each->measure->kind == MEASURE_DELAYS && expectation_covers(each, task->created_at))
            expectation_add_delay(world, each, healthy ? task->healthy_at - task->created_at : SIMTIME_NEVER);
}

/* --- cost ------------------------------------------------------------------------------------- */

/* What something had cost by then; it has ended now. */
typedef int64_t cost_until(const void *subject, simtime at);

static void add_cost(const struct world *world, struct expectation *expectation, cost_until *cost,
                     const void *subject)
{
    simtime now = world->run->now;
    struct span window = expectation->window;
    expectation->total +=
        cost(subject, simtime_earlier(now, window.until)) - cost(subject, simtime_earlier(now, window.from));
}

static int64_t instance_cost_until(const void *subject, simtime at)
{
    const struct container_instance *instance = subject;
    return instance_cost(instance, simtime_earlier(at, instance->terminated_at));
}

/* Of the cluster, or of its group. */
void expect_instance_ended(struct world *world, const struct container_instance *instance)
{
    EACH_COST(world, each)
    {
        if (!each->service && (!each->group || each->group == instance->group))
            add_cost(world, each, instance_cost_until, instance);
    }
}

static int64_t fargate_cost_until(const void *subject, simtime at)
{
    return fargate_cost(subject, at);
}

/* Of the cluster, or of its service; a group has none. */
void expect_fargate_ended(struct world *world, const struct task *task)
{
    EACH_COST(world, each)
    {
        if (!each->group && (!each->service || each->service == task->service))
            add_cost(world, each, fargate_cost_until, task);
    }
}

static int64_t reservation_cost_until(const void *subject, simtime at)
{
    return cost_of_reservation(subject, at);
}

void expect_reservation_ended(struct world *world, const struct task *task)
{
    EACH_COST(world, each)
    {
        if (each->service && each->service == task->service)
            add_cost(world, each, reservation_cost_until, task);
    }
}

static void count(struct world *world, struct expectation *expectation, int64_t number)
{
    if (!counts_now(world, expectation))
        return;
    expectation->total += (__int128)number * MILLION;
    if (expectation->total > expectation->bound.at_most && expectation->sight.at == SIMTIME_NEVER)
        remember_sight(world, expectation, expectation_total(expectation));
}

static bool concerns(const struct expectation *expectation, const struct service *service)
{
    return expectation->measure->kind == MEASURE_TALLY &&
           (!expectation->service || expectation->service == service);
}

void expect_event(struct world *world, const struct service *service, const char *event_name)
{
    struct expectations *all = world->expectations;
    for (size_t i = 0; i < all->count; i++) {
        const char *event = all->entries[i].settings->event;
        if (event && concerns(&all->entries[i], service) && !strcasecmp(event, event_name))
            count(world, &all->entries[i], 1);
    }
}

static void remember_message(struct world *world, const struct service *service, const char *message)
{
    struct said *said = &world->expectations->said[service->index];
    const char *end_of_name = strstr(message, ") ");
    said->at = world->run->now;
    said->words[0] = '\0';
    strncat(said->words, end_of_name ? end_of_name + 2 : message, SAID_SIZE - 1);
}

void expect_message(struct world *world, const struct service *service, const char *message)
{
    struct expectations *all = world->expectations;
    for (size_t i = 0; i < all->count; i++) {
        const char *text = all->entries[i].settings->message;
        if (text && concerns(&all->entries[i], service) && strstr(message, text))
            count(world, &all->entries[i], 1);
    }
    if (all->count)
        remember_message(world, service, message);
}

void expect_logs_dropped(struct world *world, const struct service *service, int64_t lines)
{
    struct expectations *all = world->expectations;
    for (size_t i = 0; i < all->count; i++)
        if (all->entries[i].measure->kind == MEASURE_LOSSES && all->entries[i].service == service)
            count(world, &all->entries[i], lines);
}

/* The last one of all. */
static void chain_mark(struct expectations *all, const struct service *service)
{
    struct mark_chain *chain = &all->marks_of[service->index];
    *(chain->last ? &all->marks[chain->last - 1].next_of_service : &chain->first) = all->mark_count;
    chain->last = all->mark_count;
}

void expect_mark(struct world *world, const char *key, const char *kind, const char *label)
{
    struct expectations *all = world->expectations;
    all->marks = with_room(world->arena, all->marks, all->mark_count, sizeof *all->marks);
    all->marks[all->mark_count++] = (struct past_mark){
        .at = world->run->now,
        .service = arena_text(world->arena, key),
        .kind = arena_text(world->arena, kind),
        .label = arena_text(world->arena, label),
    };
    if (key)
        chain_mark(all, service_named(world, key));
}

size_t expect_next_mark(const struct world *world, const struct service *service, size_t after)
{
    return after ? expect_mark_at(world, after)->next_of_service
                 : world->expectations->marks_of[service->index].first;
}

const struct past_mark *expect_mark_at(const struct world *world, size_t place)
{
    return &world->expectations->marks[place - 1];
}

const struct past_mark *expect_marks(const struct world *world, size_t *count)
{
    *count = world->expectations->mark_count;
    return world->expectations->marks;
}

const struct fleet_figures *expect_fleet(const struct world *world)
{
    return &world->expectations->fleet;
}

/* --- beginning -------------------------------------------------------------------------------- */

static void begin_watch(struct expectation *expectation)
{
    struct measure_bound bound = expectation->bound;
    struct span window = expectation->window;
    if (expectation->measure->kind == MEASURE_RECOVERY) { /* late is late, inside the window or not */
        bound = (struct measure_bound){0, INT64_MAX};
        window = (struct span){0, SIMTIME_NEVER};
    }
    watch_init(&expectation->watch, bound.at_least, bound.at_most, window.from, window.until,
               expectation->settings->except);
}

static void begin_entry(const struct world *world, struct expectation *expectation,
                        const struct expect_settings *settings)
{
    *expectation = (struct expectation){
        .settings = settings,
        .measure = measure_of(settings),
        .service = service_named(world, settings->service),
        .group = group_find(world, settings->auto_scaling_group),
        .job = job_load_named(world, settings->job),
        .began = SIMTIME_NEVER,
        .sight = {.at = SIMTIME_NEVER},
        .dropped_at = SIMTIME_NEVER,
        .late_drop = {SIMTIME_NEVER, SIMTIME_NEVER},
    };
    expectation->bound = measure_bound(settings, expectation->measure);
    expectation->window = window_of(world, expectation);
    begin_watch(expectation);
}

/* From the last to the first, so that each goes to the head of its lists. */
static void link_entry(struct expectations *all, struct expectation *expectation)
{
    unsigned looks = expectation->measure->looks;
    bool any_deployment = expectation->settings->during && !expectation->service;
    if (expectation->service) {
        struct expectation **first = &all->of_service[expectation->service->index];
        expectation->next_of_service = *first;
        *first = expectation;
    }
    if (expectation->measure->kind == MEASURE_COST) {
        expectation->next_cost = all->costs;
        all->costs = expectation;
    }
    if (expectation->job) {
        expectation->next_of_jobs = all->of_jobs;
        all->of_jobs = expectation;
    }
    if (looks & LOOK_FLEET) {
        expectation->next_of_fleet = all->of_fleet;
        all->of_fleet = expectation;
    }
    if (looks & LOOK_DISKS) {
        expectation->next_of_disks = all->of_disks;
        all->of_disks = expectation;
    }
    if ((looks & LOOK_ALWAYS) || any_deployment) {
        expectation->next_always = all->always;
        all->always = expectation;
    }
}

void expect_begin(struct world *world)
{
    const struct list *entries = &world->settings->expect;
    struct expectations *all = arena_alloc(world->arena, sizeof *all);
    all->entries = arena_array(world->arena, entries->count + 1, sizeof *all->entries);
    all->of_service = arena_array(world->arena, world->service_count + 1, sizeof(struct expectation *));
    all->said = arena_array(world->arena, world->service_count + 1, sizeof *all->said);
    all->marks_of = arena_array(world->arena, world->service_count + 1, sizeof *all->marks_of);
    for (uint32_t i = 0; i < world->service_count; i++)
        all->said[i].at = SIMTIME_NEVER;
    EACH(struct expect_settings, settings, *entries)
        begin_entry(world, &all->entries[all->count++], settings);
    for (size_t i = all->count; i > 0; i--)
        link_entry(all, &all->entries[i - 1]);
    world->expectations = all;
}

/* --- the end ---------------------------------------------------------------------------------- */

/* What happened at the last instant has lasted for an instant. */
static void close_entry(struct world *world, struct expectation *expectation)
{
    simtime end = world->run->now;
    if (expectation->measure->kind == MEASURE_UNSERVED)
        count_requests(world, expectation);
    if (expectation->measure->kind == MEASURE_RECOVERY)
        notice_late(expectation, end);
    if (expectation->measure->looks & LOOK_DISKS)
        see_filling(world, expectation);
    watch_close(&expectation->watch, expectation->measure->kind == MEASURE_RECOVERY ? end : end + 1);
}

void expect_judge(void *context, struct verdict **verdicts, size_t *count)
{
    struct world *world = context;
    struct expectations *all = world->expectations;
    *count = all->count;
    *verdicts = arena_array(world->arena, all->count + 1, sizeof **verdicts);
    for (size_t i = 0; i < all->count; i++) {
        struct expectation *each = &all->entries[i];
        close_entry(world, each);
        bool kept = expectation_kept(world, each);
        bool level = !kept && each->measure->kind == MEASURE_LEVEL;
        (*verdicts)[i] = (struct verdict){
            .object = each->settings,
            .kept = kept,
            .promise = expectation_promise(world, each),
            .broken = kept ? NULL : expectation_broken(world, each),
            .worst = level ? each->watch.worst : 0,
            .outside = level ? each->watch.outside : 0,
        };
    }
}
