/* Regular expressions, matched against whole values in time linear in the value.
 *
 * The part of Java's language that ECS users write: characters, . [a-z] [^a-z] \d \D \w \W \s \S, other
 * characters escaped by \, groups,
 * |, * + ? {2} {2,} {2,5} (also lazy, which is the same for whole matches), ^ and $. No look-around, no back
 * references. A character is a byte. POSIX's <regex.h> would depend on the locale, take locks when threads
 * share a pattern, need freeing, and let nested counts exhaust memory; this one has none of that. */
#ifndef MODELS_PLACEMENT_PATTERN_H
#define MODELS_PLACEMENT_PATTERN_H

#include "sim/engine/arena.h"
#include <stdbool.h>

struct pattern;

/* NULL, *error and *where (a byte of the text) if the text is wrong or makes too large a pattern. */
struct pattern *pattern_parse(struct arena *, const char *text, const char **error, size_t *where);
bool pattern_matches(const struct pattern *, const char *text);

#endif
