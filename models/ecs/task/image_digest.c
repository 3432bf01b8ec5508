#include "models/ecs/task/image_digest.h"
#include <string.h>

bool image_digest_needed(const struct task_definition_settings *definition)
{
    EACH(struct container_settings, container, definition->containers) {
        if (container->version_consistency && container->image && !strstr(container->image, "@sha256:"))
            return true;
    }
    return false;
}

bool image_digest_attempt(struct image_digest *digest, int64_t failures_to_come)
{
    if (!digest->unresolved)
        return true;
    bool fails = digest->failures < failures_to_come;
    digest->failures += fails;
    digest->unresolved = fails && digest->failures < MOST_DIGEST_ATTEMPTS;
    return !fails || digest->unresolved;
}

int64_t image_digest_allows(const struct image_digest *digest, int64_t alive, int64_t wanted)
{
    int64_t alone = digest->failures + 1 - alive;
    if (!digest->unresolved || wanted <= alone)
        return wanted;
    return alone > 0 ? alone : 0;
}
