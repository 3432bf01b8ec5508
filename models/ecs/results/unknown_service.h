/* What is said to whoever asks for a service that is none. */
#ifndef MODELS_ECS_UNKNOWN_SERVICE_H
#define MODELS_ECS_UNKNOWN_SERVICE_H

#include "sim/engine/text.h"

/* Adds that there is none of this name, and which of the names, NULL-terminated, was meant; false if none is
 * similar enough. */
bool add_unknown_service(struct text *, const char *name, const char *const *names);

#endif
