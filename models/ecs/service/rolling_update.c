#include "models/ecs/service/rolling_update.h"
#include "models/ecs/service/percentage.h"
#include "sim/engine/check.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t positive(int64_t n)
{
    return n > 0 ? n : 0;
}

/* The floor rounds up, the ceiling down. [API:DeploymentConfiguration] */
int64_t rollout_minimum(int64_t desired, int64_t minimum_healthy_percent)
{
    return percent_rounded_up(desired, minimum_healthy_percent);
}

int64_t rollout_maximum(int64_t desired, int64_t maximum_percent)
{
    return desired * maximum_percent / 100;
}

static int64_t not_unhealthy(const struct revision_counts *revision)
{
    return revision->alive - revision->unhealthy;
}

static int64_t settling(const struct revision_counts *revision)
{
    return not_unhealthy(revision) - revision->healthy;
}

/* What a revision may be asked for: one that has FAILED brings nothing back. */
static int64_t askable(const struct revision_counts *revision)
{
    return revision->failed ? smaller(revision->desired, revision->alive) : revision->desired;
}

/* A revision keeps of what is needed. */
static void keep(struct revision_move *move, int64_t most, int64_t *need)
{
    int64_t kept = smaller(positive(most), *need);
    move->desired += kept;
    *need -= kept;
}

/* What is missing to the desired count beyond the floor, and will not come of a PRIMARY that has FAILED. */
static int64_t forgone(const struct rollout_view *view)
{
    return view->revisions[0].failed ? positive(view->revisions[0].desired - view->minimum_healthy) : 0;
}

static int64_t need_beside_whole_revisions(const struct rollout_view *view)
{
    int64_t need = view->minimum_healthy + forgone(view) - view->revisions[0].healthy;
    for (int i = 1; i < view->count; i++)
        if (view->revisions[i].whole)
            need -= view->revisions[i].healthy;
    return positive(need);
}

static void ask_whole_revisions(const struct rollout_view *view, struct revision_move *moves)
{
    for (int i = 0; i < view->count; i++)
        if (i == 0 || view->revisions[i].whole)
            moves[i].desired = askable(&view->revisions[i]);
}

/* Older revisions are asked to keep what the floor needs beyond the PRIMARY's healthy tasks: those that are
 * healthy, and to bring back no more than they were asked for before. What drains is needed only as long as
 * too few are healthy elsewhere. */
static void ask_older_revisions(const struct rollout_view *view, struct revision_move *moves)
{
    const struct revision_counts *revisions = view->revisions;
    int64_t need = need_beside_whole_revisions(view);
    for (int i = 1; i < view->count && !revisions[i].draining; i++)
        if (!revisions[i].whole)
            keep(&moves[i], revisions[i].healthy, &need);
    int64_t need_elsewhere = need;
    for (int i = 1; i < view->count && !revisions[i].draining; i++)
        if (!revisions[i].whole)
            keep(&moves[i], askable(&revisions[i]) - revisions[i].hopeless - moves[i].desired,
                 &need_elsewhere);
    need = positive(need - forgone(view));
    for (int i = 1; i < view->count; i++)
        if (revisions[i].draining)
            keep(&moves[i], revisions[i].healthy, &need);
}

static int64_t surplus(const struct revision_counts *revision, const struct revision_move *move)
{
    return positive(not_unhealthy(revision) - move->desired);
}

/* Healthy tasks that the floor may need of it. */
static int64_t needed(const struct rollout_view *view, int i, const struct revision_move *move)
{
    return i ? move->desired : smaller(move->desired, view->minimum_healthy);
}

/* Tasks that may be stopped, unhealthy ones aside: none that is guarded, no healthy one that is needed. */
static int64_t dispensable(const struct revision_counts *revision, int64_t needed_healthy)
{
    int64_t guarded_settling = revision->guarded - revision->guarded_healthy;
    return settling(revision) - guarded_settling +
           smaller(revision->healthy - revision->guarded_healthy,
                   positive(revision->healthy - needed_healthy));
}

/* An unhealthy task is kept until a replacement is healthy, or is seen to ail too; what is above the desired
 * count goes at once [DG:ecs_services], and so does what is `given_up`: left alone it would be taken off what
 * its revision is asked for again and again. */
static bool decide_stops(const struct rollout_view *view, int i, struct revision_move *move)
{
    const struct revision_counts *revision = &view->revisions[i];
    int64_t given_up = i && !revision->whole ? revision->hopeless : 0;
    int64_t patience = positive(move->desired - revision->healthy - revision->ailing);
    move->stop_unhealthy = revision->unhealthy - smaller(revision->unhealthy - given_up, patience);
    move->stop = smaller(surplus(revision, move), dispensable(revision, needed(view, i, move)));
    move->held = surplus(revision, move) - move->stop;
    return move->stop_unhealthy || move->stop;
}

static int64_t total_alive(const struct rollout_view *view)
{
    int64_t alive = 0;
    for (int i = 0; i < view->count; i++)
        alive += view->revisions[i].alive;
    return alive;
}

/* Lost tasks of older revisions first: they hold the floor. */
static bool decide_starts(const struct rollout_view *view, struct revision_move *moves)
{
    int64_t room = positive(view->maximum_total - total_alive(view) - view->stopping);
    bool any = false;
    for (int k = 1; k <= view->count; k++) {
        int i = k % view->count;
        if (!view->revisions[i].draining && !view->revisions[i].failed)
            moves[i].start = smaller(positive(moves[i].desired - not_unhealthy(&view->revisions[i])), room);
        room -= moves[i].start;
        any |= moves[i].start > 0;
    }
    return any;
}

/* Something starts, settles or stops, and will change the counts by itself. */
static bool under_way(const struct rollout_view *view)
{
    int64_t tasks = view->leaving;
    for (int i = 0; i < view->count; i++)
        tasks += settling(&view->revisions[i]);
    return tasks > 0;
}

/* No room to start first: an unhealthy task is stopped for its replacement, one at a time. [DG:ecs_services]
 */
static bool make_room(const struct rollout_view *view, struct revision_move *moves)
{
    if (view->leaving > 0)
        return false;
    for (int i = view->count - 1; i >= 0; i--) {
        const struct revision_counts *revision = &view->revisions[i];
        if (revision->unhealthy > 0 && !revision->failed && !settling(revision) &&
            moves[i].desired > not_unhealthy(revision)) {
            moves[i].stop_unhealthy = 1;
            return true;
        }
    }
    return false;
}

static bool unfinished(const struct rollout_view *view, const struct revision_move *moves)
{
    bool missing = false, older = false;
    for (int i = 0; i < view->count; i++) {
        missing |= moves[i].desired > not_unhealthy(&view->revisions[i]);
        older |= i && view->revisions[i].alive > moves[i].desired;
    }
    return missing || older;
}

void rollout_decide(const struct rollout_view *view, struct rollout_decision *decision)
{
    CHECK(view->count >= 1 && view->count <= MOST_PARTS);
    *decision = (struct rollout_decision){.acts = false};
    struct revision_move *moves = decision->moves;
    ask_whole_revisions(view, moves);
    ask_older_revisions(view, moves);
    for (int i = 0; i < view->count; i++) {
        decision->acts |= decide_stops(view, i, &moves[i]);
        decision->guarded |= moves[i].held > 0;
    }
    if (!decision->acts)
        decision->acts = decide_starts(view, moves) || make_room(view, moves);
    decision->waiting = under_way(view);
    decision->blocked = !decision->acts && !decision->waiting && unfinished(view, moves);
}
