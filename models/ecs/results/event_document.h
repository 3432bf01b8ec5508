/* One EventBridge event while it is written: the envelope is the same for all, the detail is written in
 * between. [ODG:ecs_cwe_events] For the files that write details, and nobody else. */
#ifndef MODELS_ECS_EVENT_DOCUMENT_H
#define MODELS_ECS_EVENT_DOCUMENT_H

#include "models/ecs/world.h"
#include "sim/engine/text.h"

struct document {
    struct text text, arn; /* arn: room for those that are formed on the way */
    struct json json;
};

/* Whether anybody listens to events of this kind. Nobody does before t = 0. */
bool event_wanted(const struct world *, enum recorded_kind);

/* The envelope up to the open detail, of ECS or of another source; and what closes, records and frees it. */
struct json *event_begin(struct world *, struct document *, const char *detail_type, const char *resource);
struct json *event_begin_of(struct world *, struct document *, const char *source, const char *detail_type,
                            const char *resource);
void event_end(struct world *, struct document *);

void event_add_time(const struct world *, struct json *, const char *key, simtime); /* nothing if NEVER */

#endif
