#include "sim/study/paths.h"
#include "sim/report/summary.h"
#include <string.h>

/* A step, and the name in it. */
struct step {
    const char *name;
    size_t length;
    const char *end;
};

/* The step that begins here, which is not the end of the path. */
static struct step step_at(const char *at)
{
    bool bracket = *at == '[', quoted = bracket && (at[1] == '"' || at[1] == '\'');
    struct step step = {.name = at + bracket + quoted + (*at == '.')};
    const char end_of_quoted[] = {at[bracket], ']', '\0'},
               *end = quoted ? strstr(step.name, end_of_quoted) : NULL;
    if (!quoted)
        step.length = strcspn(step.name, bracket ? "]" : ".[");
    else
        step.length = end ? (size_t)(end - step.name) : strlen(step.name);
    step.end = step.name + step.length;
    step.end += quoted && *step.end;
    step.end += bracket && *step.end;
    return step;
}

const char *path_last_names(const char *path, size_t names)
{
    size_t dots = 0;
    for (const char *at = path; *at; at = step_at(at).end)
        dots += *at == '.';
    const char *last = path;
    for (const char *at = path; *at && dots >= names; at = step_at(at).end)
        if (*at == '.') {
            last = at + 1;
            dots--;
        }
    return last;
}

size_t path_length_above(const char *path)
{
    const char *last = path;
    for (const char *at = path; *at; at = step_at(at).end)
        last = at;
    return (size_t)(last - path);
}

bool path_is_same(const char *a, const char *b)
{
    while (*a && *b) {
        struct step of_a = step_at(a), of_b = step_at(b);
        if (of_a.length != of_b.length || memcmp(of_a.name, of_b.name, of_a.length) != 0)
            return false;
        a = of_a.end;
        b = of_b.end;
    }
    return !*a && !*b;
}

bool path_matches(const char *path, const char *pattern)
{
    while (*pattern)
        if (!strncmp(pattern, ".*", 2)) {
            if (*path != '.' && *path != '[')
                return false;
            path = step_at(path).end;
            pattern += 2;
        } else if (*pattern++ != *path++)
            return false;
    return !*path;
}

const char *path_of_subject(struct arena *arena, const char *pattern, const char *subject)
{
    const char *place = strstr(pattern, "%s");
    struct text path = {0};
    text_add_bytes(&path, pattern, (size_t)(place - pattern));
    summary_add_key(&path, subject, strlen(subject));
    text_add(&path, place + 2);
    const char *copy = arena_text(arena, path.bytes);
    text_free(&path);
    return copy;
}
