#include "sim/study/grid_report.h"
#include <string.h>

const char *path_last_names(const char *path, size_t names)
{
    const char *at = path + strlen(path);
    while (at > path && (at[-1] != '.' || --names > 0))
        at--;
    return at;
}

const char *grid_axis_name(const struct grid_results *results, size_t axis)
{
    const char *name = path_last_names(results->axes[axis].name, 1);
    for (size_t i = 0; i < results->axis_count; i++)
        if (i != axis && !strcmp(path_last_names(results->axes[i].name, 1), name))
            return path_last_names(results->axes[axis].name, 2);
    return name;
}
