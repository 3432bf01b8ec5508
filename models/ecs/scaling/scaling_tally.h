/* How often policies and scheduled actions scaled something, for the summary and the story. */
#ifndef MODELS_ECS_SCALING_TALLY_H
#define MODELS_ECS_SCALING_TALLY_H

#include <stdint.h>

struct scaling_tally {
    int64_t out, in;
    int64_t failed; /* it was not scaled; its activity says why */
};

#endif
