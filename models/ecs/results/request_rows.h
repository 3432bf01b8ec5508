/* requests.csv: what was asked of each service with a load, and what of it was served, period by period.
 *
 * A period is a minute, or as many whole minutes as leave a run no more than REQUEST_ROWS rows a service;
 * sampleEvery where that is given. The last one ends with the run.
 *
 * No event ends a period: before anything changes what is asked or served, and before anybody looks, the
 * periods that are over by then are counted, of all services, with what has been so far. */
#ifndef MODELS_ECS_REQUEST_ROWS_H
#define MODELS_ECS_REQUEST_ROWS_H

#include "models/ecs/world.h"

enum { REQUEST_ROWS = 1500 };

/* Up to where the rows have come, of one service. */
struct requests_told {
    simtime at;
    __int128 requests, served; /* millionths, in all */
};

void request_rows_begin(struct world *);
void request_rows_catch_up(struct world *);                   /* the periods that are over */
void request_rows_catch_up_to(struct world *, simtime until); /* those that were over then */
bool request_rows_cut_minutes(const struct world *);          /* some end within a minute of the clock */
void request_rows_finish(struct world *);                     /* the last one, too */

#endif
