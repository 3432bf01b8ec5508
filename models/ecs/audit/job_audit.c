#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/job/job.h"
#include "models/ecs/task/free_room.h"

/* Jobs with a task, of one load. */
static int64_t count_in_flight(const struct world *world, const struct job_load *load)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < world->family_count; i++)
        for (const struct task *task = world->families[i].first; task; task = task->next_in_deployment) {
            const struct job *job = task->job ? pool_find(&world->jobs->jobs, task->job) : NULL;
            CHECK(!task->job || job);
            count += job && job->load == load;
        }
    return count;
}

/* No job is lost or counted twice; those that can be received are in no delivery. */
static void audit_jobs_of(const struct world *world, const struct job_load *load)
{
    const struct job_counts *counts = &load->counts;
    int64_t queued = 0, visible = 0, dropped = 0;
    for (const struct job *job = load->first_queued; job; job = job->next_queued) {
        CHECK(job->load == load && job->called_at == SIMTIME_NEVER);
        CHECK(!job->next_queued || job->next_queued->number > job->number);
        queued++;
    }
    for (const struct job *job = load->visible.first; job; job = job->next)
        visible += !job->delivered && !job->expired;
    for (int i = 0; i < SETBACK_COUNT; i++)
        dropped += counts->dropped_for[i];
    CHECK(queued == counts->queued && visible == load->visible.count && dropped == counts->dropped);
    CHECK(count_in_flight(world, load) == counts->in_flight);
    CHECK(load->running >= 0 && (!load->traits.function || load->running <= load->traits.concurrency));
    CHECK(counts->arrived == counts->queued + counts->in_flight + counts->done + counts->late +
                                 counts->dropped + counts->failed);
}

void audit_jobs(const struct world *world)
{
    for (uint32_t i = 0; world->jobs && i < world->jobs->load_count; i++)
        audit_jobs_of(world, &world->jobs->loads[i]);
}

/* Each task that was refused has one reason, and those that started are among those that were not; what is
 * free on a host, there or gone, is known. */
void audit_task_loads(const struct world *world)
{
    const struct task_loads *loads = &world->task_loads;
    int64_t refused = 0;
    for (size_t i = 0; i < loads->refusal_count; i++)
        refused += loads->refusals[i].tasks;
    CHECK(refused == loads->refused);
    CHECK((int64_t)loads->waits.count <= loads->asked - refused);
    for (uint32_t i = 0; i < world->host_count; i++)
        CHECK(free_room_knows(world, i));
}
#endif
