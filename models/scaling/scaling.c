#include "models/scaling/scaling.h"

static const struct variant *const variants[] = {
#define ENTRY(name) &scaling_##name,
#include "models/scaling/policies.def"
#undef ENTRY
    NULL};

const struct catalogue scaling_policies = {.kind = "scaling policy", .variants = variants};
