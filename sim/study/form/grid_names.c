#include "sim/study/form/grid_report.h"
#include <string.h>

/* The dot that ends the first of its names; NULL if it has one name. A bracket belongs to the name before it:
 * services["web.v2"].cost has two. */
static const char *first_dot(const char *path)
{
    path += strcspn(path, ".[");
    while (*path == '[') {
        const char *end = strstr(path, path[1] == '"' ? "\"]" : "]");
        path = end ? strchr(end, ']') + 1 : path + strlen(path);
    }
    return *path ? strchr(path, '.') : NULL;
}

const char *path_last_names(const char *path, size_t names)
{
    size_t dots = 0;
    for (const char *dot = path; (dot = first_dot(dot)); dot++)
        dots++;
    for (; dots >= names; dots--)
        path = first_dot(path) + 1;
    return path;
}

const char *grid_axis_name(const struct grid_results *results, size_t axis)
{
    const char *name = path_last_names(results->axes[axis].name, 1);
    for (size_t i = 0; i < results->axis_count; i++)
        if (i != axis && !strcmp(path_last_names(results->axes[i].name, 1), name))
            return path_last_names(results->axes[axis].name, 2);
    return name;
}
