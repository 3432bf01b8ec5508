/* summary.json: what a run comes to, in one JSON object. First what every model has (name, description, seed,
 * version, duration_s, events, fingerprint), then the model's figures, then the expectations. Positions in
 * the scenario's file are left out: the resolved scenario gives the same summary. */
#ifndef SIM_REPORT_SUMMARY_H
#define SIM_REPORT_SUMMARY_H

#include "sim/engine/run.h"

void summary_add(struct text *, struct run *, const struct verdict *verdicts, size_t count);

/* Whether the bytes are a summary that this program wrote. */
bool summary_is_ours(const struct text *);

/* And all of it: nobody cut it short. */
bool summary_is_whole(const struct text *);

/* Adds a text of the outermost object ("name") without its control characters; nothing if it is absent or
 * null. */
void summary_read_text(const struct text *summary, const char *key, struct text *out);

/* Whether the summary is that of the run, which is over: it has its fingerprint. */
bool summary_is_of(const struct text *summary, const struct run *);

/* The values of a summary in the order in which they stand, each with its path as --set has it:
 * `services.web.cost`, `services["web.v2"].cost`, `expectations[0].kept`. Numbers, true and false come as
 * they are written, strings without their quotes and with their escapes; nulls are left out. Any bytes do:
 * what is not laid out as a summary only gives less. Path and value live until the call returns. */
typedef void summary_leaf(void *self, const char *path, const char *value);
void summary_walk(const struct text *summary, summary_leaf *, void *self);

/* Whether such a path is one of what a run was of, or that of a promise: the rest are figures. */
bool summary_is_fact(const char *path);    /* name, description, seed, version, duration_s, fingerprint */
bool summary_is_promise(const char *path); /* expectations[0].kept */

/* Goes on in such a path: `.web`, or `["web.v2"]`; at the begin of one without the dot. */
void summary_add_key(struct text *path, const char *key, size_t length);

#endif
