#include "models/ecs/results/unknown_service.h"
#include "sim/engine/param.h"

bool add_unknown_service(struct text *out, const char *name, const char *const *names)
{
    const char *nearest = nearest_name(name, names);
    text_add_format(out, "there is no service `%s`", name);
    if (nearest)
        text_add_format(out, "; did you mean `%s`?", nearest);
    return nearest != NULL;
}
