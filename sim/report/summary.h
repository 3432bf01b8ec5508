/* summary.json: what a run comes to, in one JSON object. First what every model has (name, description, seed,
 * version, duration_s, events, fingerprint), then the model's figures, then the expectations. Positions in
 * the scenario's file are left out: the resolved scenario gives the same summary. */
#ifndef SIM_REPORT_SUMMARY_H
#define SIM_REPORT_SUMMARY_H

#include "sim/engine/run.h"

void summary_add(struct text *, struct run *, const struct verdict *verdicts, size_t count);

/* Whether the bytes are a summary that this program wrote. */
bool summary_is_ours(const struct text *);

/* Adds a text of the outermost object ("name") without its control characters; nothing if it is absent or
 * null. */
void summary_read_text(const struct text *summary, const char *key, struct text *out);

#endif
