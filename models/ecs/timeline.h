/* The timeline: what people do to the cluster, AWS actions at their time.
 *
 * At one instant failures come first, then the timeline in the order of the scenario, then the scheduler's
 * tick. Each call is a line of calls.jsonl, with its answer. What AWS would refuse at run time is answered
 * as AWS answers, and the run goes on. */
#ifndef MODELS_ECS_TIMELINE_H
#define MODELS_ECS_TIMELINE_H

#include "sim/engine/rng.h"
#include "sim/engine/text.h"

struct world;

/* One AWS action; `settings` is what the scenario said of it. */
struct action_verbs {
    /* The main fields of the request, into an object that is open. */
    void (*ask)(const void *settings, struct json *request);
    /* Does it, and writes the fields of the answer. NULL, or how AWS refuses: "ClientException: …", good
     * to the end of the run. `draw` is for its random choices. */
    const char *(*play)(struct world *, const void *settings, rng_key draw, struct json *response);
};

void timeline_begin(struct world *); /* before t = 0: schedules the first entries */

/* Event: at this instant something is to be done, once its failures have struck. */
void timeline_plays(void *world, uint64_t failures_have_struck, uint64_t unused);

#endif
