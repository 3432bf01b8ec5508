/* Services that ask services: nginx in front, an application behind it.
 *
 * `load: [{service: app, requestsOf: nginx, share: 0.9}]`: for each request that a task of nginx takes on,
 * app is asked 0.9 times, in the same instant. nginx's tasks take on what they would serve alone: a request
 * that fails behind costs its CPU and counts towards its maxRequestsPerSecond like any other. A share below 1
 * is nginx's own rest, or another service's; one above 1 is several calls for each request.
 *
 * A request that is unserved behind is unserved in front, too: a proxy whose upstream does not answer says
 * 502 (Bad Gateway) [NGINX:proxy_pass], which the load balancer counts among HTTPCode_Target_5XX_Count, not
 * as its own [ELB:load-balancer-cloudwatch-metrics]; so the task is healthy, and who asked got nothing.
 * Neither tries again.
 *
 * Settled where nobody can know: that several calls fail, they do for different requests as long as there are
 * any (what is unserved in front is at most that, and exact wherever a request makes one call at most). Of a
 * service that several ask, each gets its part of what is unserved by what it asked in that while. A service
 * that was not yet created is not asked, and nothing fails for that; one that was deleted is asked in vain.
 *
 * Services that are connected by such asks are a chain, and are counted together: at each change of one of
 * their tasks, and at each second of a slow start of one of them, askers first. So within each while that is
 * counted all of their splits are constant.
 *
 * INVARIANT (load_audit.c): what was asked of each is what its own workload and its share of what its askers
 * took on come to, from its creation on, to the millionth of a request; failed <= served <= requests. */
#ifndef MODELS_ECS_REQUEST_CHAIN_H
#define MODELS_ECS_REQUEST_CHAIN_H

#include "models/ecs/world.h"

struct asker {
    struct service *service;
    int64_t share;          /* millionths */
    __int128 asked;         /* millionths of requests, in all */
    __int128 asked_in_step; /* likewise, in the while that was counted last */
};

struct request_chain {
    struct service **services; /* askers first */
    uint32_t count;
    simtime counted_until;
};

/* The services are there, and none of them has been created. */
void request_chains_begin(struct world *);

/* With what has been so far. */
void request_chain_count_until(struct world *, struct request_chain *, simtime until);

/* Whether shares of what was served in the last step are whole millionths: then a step like it asks the same.
 */
bool request_chain_divides(const struct request_chain *);

/* What its askers have asked of it, since the run began: millionths. */
__int128 request_chain_asked(const struct load *);

#endif
