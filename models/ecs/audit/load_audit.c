#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/request_chain.h"
#include "models/ecs/load_balancer/targets.h"
#include <string.h>

/* request_chain.h */
static void audit_chain(const struct service *service)
{
    const struct load *load = service->load;
    __int128 asked = 0;
    for (size_t i = 0; i < load->asker_count; i++) {
        const struct asker *asker = &load->askers[i];
        CHECK(asker->asked == asker->service->load->total.served * asker->share / MILLION);
        asked += asker->asked;
    }
    CHECK(!service->primary || load->counted_until == load->chain->counted_until);
    CHECK(!service->primary || load->workload->chosen.variant || load->asked_before == asked);
    CHECK(load->total.failed >= 0 && load->total.failed <= load->total.served);
    CHECK(load->total.served <= load->total.requests && load->total.requests <= load->asked_before);
}

static int64_t count_targets_of(const struct task *task, const struct target_counts *counts,
                                enum target_state state)
{
    int64_t count = 0;
    for (int i = 0; i < task->target_count; i++)
        count += task->deployment->registrations[i].counts == counts && targets_state_of(task, i) == state;
    return count;
}

static int64_t count_targets(const struct service *service, const struct target_counts *counts,
                             enum target_state state)
{
    int64_t count = 0;
    for (const struct deployment *each = service->primary; each; each = each->older)
        for (const struct task *task = each->first; task; task = task->next_in_deployment)
            count += count_targets_of(task, counts, state);
    return count;
}

/* What the load balancers say is what their targets are in; a target that drains has no task to be asked. */
static void audit_targets(const struct service *service)
{
    for (const struct target_counts *each = service->target_counts; each; each = each->next) {
        for (int state = TARGET_INITIAL; state < TARGET_DRAINING; state++)
            CHECK(each->in[state] - each->orphans[state] == count_targets(service, each, state));
        CHECK(each->in[TARGET_DRAINING] >= 0 && each->in[TARGET_UNUSED] == 0);
    }
}

static void audit_receivers(const struct service *service)
{
    for (const struct deployment *each = service->primary; each; each = each->older) {
        struct receivers counted = each->orphans;
        for (const struct task *task = each->first; task; task = task->next_in_deployment) {
            struct receivers one = load_receivers(task);
            load_add_receivers(&counted, &one, +1);
        }
        CHECK(!memcmp(&counted, &each->receivers, sizeof counted));
    }
}

void audit_load(const struct service *service)
{
    audit_targets(service);
    if (service->load)
        audit_receivers(service);
    if (service->load && service->load->chain)
        audit_chain(service);
}
#endif
