/* The story of one task: why and where it was placed, by the hosts as they were just before, and its life. */
#ifndef MODELS_ECS_EXPLAIN_STORY_H
#define MODELS_ECS_EXPLAIN_STORY_H

#include "models/ecs/capacity/capacity.h"

/* The task as it comes to be, up to the question's instant. Begins with the first three, and comes_at
 * SIMTIME_NEVER. */
struct story {
    struct run *run;
    const struct question *question;
    const char *asked; /* name or hex id */

    struct text hosts; /* as they were when its host was chosen last, and nothing of it done */
    simtime hosts_at;
    bool exists, gone;
    pool_ref ref;
    char *name;
    const struct service *service; /* NULL: a standalone task */
    struct text told;              /* why and where, up to the instant */
    struct text life;              /* as it ended */
    simtime comes_at;              /* after the instant; SIMTIME_NEVER */
};

/* What a listener of the run is told, of whatever task. */
void story_see_choice(struct story *, const struct host_choice *);
void story_see_decision(struct story *, const struct decision *);
void story_see_end(struct story *, const char *task); /* its row comes as it ends, or at the end of the run */

/* At the question's instant: what there is to tell of it; nothing if it does not exist. */
void story_look(const struct story *, struct text *answer);

/* Once the run is over. False, and why: there is no such task. Else adds what is to be said of one that the
 * look did not find. */
bool story_answer(const struct story *, struct text *answer, struct text *mistake);

void story_free(struct story *);

#endif
